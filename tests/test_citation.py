"""How book, chapter and table are cited, from CITATION.cff."""

import datetime

import pytest
from pybtex.database import BibliographyData, parse_string

from pakrus import citation, references

BOOK = citation.Book("A: b & c", ("The contributors",), "1", datetime.date(2026, 1, 2), doi="10.1/x_y")


def test_bibtex_is_readable():
    for whole in (True, False):
        parsed = parse_string(
            citation.Work(BOOK, "A & b", "slug", "2", "https://example.org/a_b", whole).bibtex(), "bibtex"
        )
        (entry,) = parsed.entries.values()
        assert [str(person) for person in entry.persons["author"]] == ["{The contributors}"]
        assert entry.fields["title"] == r"{A \& b}"
        assert entry.fields["doi"] == "10.1/x_y" and entry.fields["url"] == "https://example.org/a_b"


def test_a_chapter_stands_in_its_book_and_empty_fields_are_left_out():
    text = citation.Work(BOOK, "One", "one").bibtex()
    assert text.startswith("@incollection{pakistan-russia-2026-one,\n") and text.endswith("}\n")
    (entry,) = parse_string(text, "bibtex").entries.values()
    assert entry.fields["booktitle"] == r"{A: b \& c}" and not {"chapter", "url"} & set(entry.fields)


def test_a_table_is_cited_as_a_data_set_of_the_book():
    entry = parse_string(citation.table_bibtex(BOOK, "unga_votes", "Roll calls"), "bibtex").entries["pakrus_unga_votes"]
    assert dict(entry.fields) == {
        "title": r"Roll calls (table unga\_votes)",
        "howpublished": r"Data set in: A: b \& c",
        "version": "1",
        "year": "2026",
    }


def test_every_source_comes_out_as_it_stands_in_the_bibliography():
    library = references.read()
    again = parse_string("\n".join(citation.bibtex(key, entry) for key, entry in library.entries.items()), "bibtex")
    assert again == BibliographyData(library.entries)


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
