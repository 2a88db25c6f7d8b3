"""How book, chapter and table are cited, from CITATION.cff."""

import datetime
import json

import pytest
import yaml
import zotero_reader
from edition_programs import program
from pybtex.database import BibliographyData, parse_string

from pakrus import citation, references
from pakrus.folder import ROOT

BOOK = citation.Book("A: b & c", ("The contributors",), "1", datetime.date(2026, 1, 2), doi="10.1/x_y")


def test_bibtex_is_readable():
    for kind in ("book", "chapter", "data"):
        parsed = parse_string(
            citation.work_bibtex(citation.Work(BOOK, "A & b", "slug", "2", "https://example.org/a_b", kind)), "bibtex"
        )
        (entry,) = parsed.entries.values()
        assert [str(person) for person in entry.persons["author"]] == ["{The contributors}"]
        assert entry.fields["title"] == (r"{A}: {B} \& c" if kind == "book" else r"{A} \& b")
        assert entry.fields["doi"] == "10.1/x_y" and entry.fields["url"] == "https://example.org/a_b"


def test_a_chapter_stands_in_its_book_and_empty_fields_are_left_out():
    text = citation.work_bibtex(citation.Work(BOOK, "One", "one"))
    assert text.startswith("@incollection{pakistan-russia-2026-one,\n") and text.endswith("}\n")
    (entry,) = parse_string(text, "bibtex").entries.values()
    assert entry.fields["booktitle"] == r"{A}: {B} \& c" and not {"chapter", "url"} & set(entry.fields)


def test_a_table_is_cited_as_a_data_set_of_the_book():
    text = citation.work_bibtex(citation.Work(BOOK, "Roll calls", "unga_votes", kind="table"))
    entry = parse_string(text, "bibtex").entries["pakistan-russia-2026-unga_votes"]
    assert dict(entry.fields) == {
        "title": r"{Roll} calls (table unga\_votes)",
        "howpublished": r"Data set in: A: b \& c",
        "edition": "Version 1",
        "year": "2026",
    }


def test_no_program_takes_a_work_of_the_book_for_software():
    works = [citation.Work(BOOK, "One", "one", kind=kind) for kind in ("book", "chapter", "data")]
    for text in map(citation.work_bibtex, [*works, citation.Work(BOOK, "Trade", "trade", kind="table")]):
        (entry,) = parse_string(text, "bibtex").entries.values()
        assert "version" not in entry.fields and entry.fields["edition"] == "Version 1", text
        assert entry.type in ("book", "incollection", "misc")
    assert [citation.ris(work).splitlines()[0] for work in works] == ["TY  - BOOK", "TY  - CHAP", "TY  - DATA"]
    book, chapter, data = (json.loads(citation.csl_json(work))[0] for work in works)
    assert book["type"] == "book" and "version" not in book  # Zotero makes a computerProgram of a book that has one
    assert book["edition"] == "Version 1" and "note" not in book
    assert (chapter["type"], chapter["version"], chapter["note"]) == ("chapter", "1", "version: 1")
    assert (data["type"], data["version"]) == ("dataset", "1")


def test_an_entry_says_in_its_note_what_zotero_has_no_field_for():
    (item,) = json.loads(citation.csl_json(citation.Work(BOOK, "One", "1966-01", kind="event")))
    assert item["type"] == "chapter" and item["genre"] == "Register entry 1966-01"
    assert item["note"].split("\n") == ["type: entry", "genre: Register entry 1966-01", "version: 1"]


def test_programs_read_the_group_of_authors_whole():
    name = citation.read(ROOT / citation.FILE).author
    assert zotero_reader.authors([name]) == [(name.rpartition(" ")[0], "contributors")]  # what it would do
    assert zotero_reader.authors([citation.whole_name(name)]) == [("", name)]
    assert zotero_reader.authors(["Doe, Jane", "Richard Roe"]) == [("Jane", "Doe"), ("Richard", "Roe")]
    book = citation.Book("T", (name,), "1", BOOK.date)
    for kind in ("book", "chapter", "data"):
        work = citation.Work(book, "T", "t", kind=kind)
        (line,) = [line for line in citation.ris(work).splitlines() if line.startswith("AU  - ")]
        assert zotero_reader.authors([line.removeprefix("AU  - ")]) == [("", name)]
        (person,) = next(iter(parse_string(citation.work_bibtex(work), "bibtex").entries.values())).persons["author"]
        assert (person.last_names, person.first_names) == ([f"{{{name}}}"], [])


def test_the_citation_file_has_one_licence_and_tells_the_split():
    content = yaml.safe_load((ROOT / citation.FILE).read_text(encoding="utf-8"))
    assert content["license"] == "CC-BY-4.0"  # a list stops Zenodo, schema.org and codemeta
    assert [work["license"] for work in content["references"] if work["type"] == "software-code"] == ["MIT"]
    book = citation.read(ROOT / citation.FILE)
    assert book.licences == ("CC-BY-4.0", "MIT") and book.content_licence == "CC-BY-4.0"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "Code: MIT" in readme and "CC BY 4.0" in readme and "Archives take one licence" in readme


def test_the_data_have_a_citation_file_of_their_own(tmp_path):
    path = tmp_path / citation.FILE
    path.write_text(citation.dataset_cff(BOOK, "A: data", "Tables."), encoding="utf-8")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (content["type"], content["title"], content["doi"]) == ("dataset", "A: data", "10.1/x_y")
    assert content["authors"] == [{"name": "The contributors"}] and "license" not in content
    assert [(work["type"], work["title"]) for work in content["references"]] == [("book", "A: b & c")]
    again = citation.read(path)
    assert (again.version, again.date, again.authors) == (BOOK.version, BOOK.date, BOOK.authors)


def test_every_source_comes_out_as_it_stands_in_the_bibliography():
    library = references.read()
    again = parse_string("\n".join(citation.bibtex(key, entry) for key, entry in library.entries.items()), "bibtex")
    assert again == BibliographyData(library.entries)


def test_every_source_is_read_by_another_parser_too():
    bibtexparser = program("bibtexparser")
    text, keys = (ROOT / "references.bib").read_text(encoding="utf-8"), set(references.read().entries)
    if hasattr(bibtexparser, "parse_string"):  # version 2
        found = bibtexparser.parse_string(text)
        assert not found.failed_blocks and {entry.key for entry in found.entries} == keys
    else:
        found = bibtexparser.loads(text, bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False))
        assert {entry["ID"] for entry in found.entries} == keys


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "CITATION.cff is missing"),
        ("a: [", "is no YAML"),
        ("", "lacks title, authors, version, date-released"),
        ("title: x\n", "lacks authors, version, date-released"),
    ],
)
def test_a_broken_citation_file_is_named(tmp_path, text, message):
    path = tmp_path / "CITATION.cff"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(citation.CitationError, match=message):
        citation.read(path)


def test_a_source_is_named_in_a_few_words():
    text = (
        "@book{a, author = {Fatemi, Sajjad and Malik, Ann}, title = {Echoes {\\&} more}, year = {2012}}"
        "@online{b, organization = {{Dawn}}, title = {Steel}, date = {1971-03-02}}"
        "@misc{c, author = {{United Nations}}, title = {Votes}}"
        "@online{d, organization = {Dawn}, title = {Tea}, date = {1971}}"
    )
    library = parse_string(text, "bibtex")
    assert [citation.named(entry) for entry in library.entries.values()] == [
        "Fatemi and Malik, Echoes & more (2012)",
        "Dawn, Steel (1971)",  # not 1971a, which only a list of references explains
        "United Nations, Votes (n.d.)",
        "Dawn, Tea (1971)",
    ]
