"""What the codebook says of a table, in words and in each format."""

import re

import pytest
from bs4 import BeautifulSoup

from pakrus import codebook, data
from pakrus.edition import Edition

RESOURCE = {
    "name": "trade_flows",
    "path": "trade_flows.csv",
    "title": "Trade",
    "description": "One row is one year.\n\nIn `US$`.",
    "hash": "sha256:" + "0a" * 32,
    "bytes": 2345,
    "pakrus:rows": 1234,
    "sources": [
        {"title": "Votes", "path": "https://example.org/v", "key": "votes", "version": "2", "accessed": "2026-11-22", "terms": "free."},
        {"title": "By hand", "pakrus:inputs": [{}]},
    ],
    "licenses": [{"name": "CC-BY-4.0", "path": "not an address"}],
    "pakrus:notReadAs": "Not a price.",
    "pakrus:howLong": ["Short.", "Very."],
    "pakrus:rivals": {"no": "text"},
    "schema": {
        "primaryKey": ["year", "state"],
        "foreignKeys": [
            {"fields": "state", "reference": {"resource": "states", "fields": ["code"]}},
            {"fields": "year", "reference": {"resource": "", "fields": "year"}},
        ],
        "fields": [
            {"name": "year", "type": "integer", "description": "Calendar year", "constraints": {"required": True, "unique": True, "minimum": 1947}},
            {"name": "state", "type": "string", "constraints": {"enum": ["PAK", "RUS"], "maxLength": 3}},
            {"name": "share", "type": "number", "format": "x", "unit": "%", "constraints": {"minimum": 0, "maximum": 1}},
            {"name": "note", "type": "string", "constraints": {"pattern": "^a$", "minLength": 1}},
            {"name": "most", "type": "number", "constraints": {"maximum": 5}},
        ],
    },
}  # fmt: skip


def said(sentence):
    return "".join(part.text for part in sentence)


def test_facts_are_sentences():
    facts = [(fact.term, [said(sentence) for sentence in fact.said]) for fact in codebook.table(RESOURCE).facts]
    assert facts == [
        ("File", ["trade_flows.csv (2 kB)"]),
        ("Rows", ["1,234"]),
        ("One row per", ["year, state"]),
        ("Refers to", ["state is code of states"]),
        ("Refers to", ["year is year of trade_flows"]),
        (
            "Sources",
            [
                "Votes votes (version 2, read 2026-11-22). Terms: free.",
                "By hand. 1 file read; their hashes are in the descriptor.",
            ],
        ),
        ("Licence", ["CC-BY-4.0"]),
        ("SHA-256", ["0a" * 32]),
    ]


def test_fields_say_what_their_values_may_be():
    found = {field.name: (field.type, field.unit, said(field.values)) for field in codebook.table(RESOURCE).fields}
    assert found == {
        "year": ("integer", "", "never empty; unique; at least 1947"),
        "state": ("string", "", "one of PAK, RUS; at most 3 characters"),
        "share": ("number (x)", "%", "0 to 1"),
        "note": ("string", "", "pattern ^a$; at least 1 characters"),
        "most": ("number", "", "at most 5"),
    }


def test_remarks_come_in_reading_order_and_only_texts():
    assert codebook.table(RESOURCE).remarks == [
        ("Not to be read as", ["Not a price."]),
        ("How long", ["Short.", "Very."]),
    ]


def test_what_the_descriptor_does_not_say_is_left_out():
    entry = codebook.table({"name": "states"})
    assert (entry.rows, entry.description, entry.fields, entry.remarks) == ("", [], [], [])
    assert [fact.term for fact in entry.facts] == ["File"]


@pytest.mark.parametrize("name", data.tables())
def test_markdown_and_html_say_all_of_it(name, page):
    entry = codebook.table(data.resource(name))
    text, html = codebook.markdown(entry), page.find(id=name).parent
    words = " ".join(html.get_text(" ").split())
    assert html.find("h2") and text.startswith(f"# {name}: {entry.title}\n")
    sentences = [sentence for fact in entry.facts for sentence in fact.said] + [field.values for field in entry.fields]
    for part in (part for sentence in sentences for part in sentence if part.text.strip()):
        assert part.text in text and _bare(part.text) in _bare(words)
    for prose in [*entry.description, *(field.meaning for field in entry.fields)]:
        assert prose.rstrip(".") in text and _bare(prose) in _bare(words)
    for remark in entry.remarks:
        assert remark.heading in words and all(_bare(paragraph) in _bare(words) for paragraph in remark.paragraphs)


@pytest.fixture(scope="module")
def page():
    return BeautifulSoup(Edition().codebook(), "lxml")


def _bare(text):
    return re.sub(r"[`\s]", "", text)
