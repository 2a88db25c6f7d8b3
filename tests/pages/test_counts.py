"""Numbers that pages say of the book are counted from its folder: here by other ways, and with a folder where they differ."""

import re

import pytest
from book_samples import DESCRIPTOR, PAGES, build, write_book
from bs4 import BeautifulSoup

from pakrus import data, numbering
from pakrus.folder import ROOT
from pakrus.notebooks import execute
from pakrus.pages import counts
from pakrus.pages.formats import ENTRIES


@pytest.fixture(scope="module")
def book():
    return counts.Counts(ROOT)


def test_tests_are_those_that_their_files_define(book):
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    defined = re.findall(r"^(?:    )?def test_\w+\(", "\n".join(texts), re.MULTILINE)
    inside_texts = 3  # of test_book_command.py: three lines of a file that it writes
    assert counts.NAMES["test files"](book) == len(texts)
    assert abs(counts.NAMES["tests"](book) - len(defined)) <= inside_texts


def test_notebooks_are_those_that_are_run_and_stand_in_the_contents(book):
    assert sorted(book.notebooks) == sorted(execute.notebooks(ROOT))
    assert counts.NAMES["cells"](book) > 20 * len(book.notebooks)


def test_pages_and_rows_are_those_of_contents_and_tables(book):
    toc = (ROOT / numbering.TOC).read_text(encoding="utf-8")
    assert counts.NAMES["pages"](book) == len(re.findall(r"^ +- file: ", toc, re.MULTILINE)) + 1
    assert counts.NAMES["small pages"](book) == sum(len(data.load(table)) for table in ENTRIES)
    assert counts.NAMES["tables"](book) == len(data.tables())
    assert counts.NAMES["table rows"](book) == sum(len(data.rows(table)) for table in data.tables())
    assert counts.NAMES["fields"](book) == sum(len(data.rows(table)[0]) for table in data.tables())


def test_sources_are_those_that_the_bibliography_has(book):
    text = (ROOT / "references.bib").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=@)", text)[1:]
    books = [entry for entry in entries if entry.startswith("@book{")]
    undated = [entry for entry in entries if not re.search(r"^  (?:date|year) = ", entry, re.MULTILINE)]
    assert counts.NAMES["references"](book) == len(entries)
    assert counts.NAMES["references without a date"](book) == len(undated)
    assert counts.NAMES["books"](book) == len(books)
    assert counts.NAMES["books with an ISBN"](book) == sum("\n  isbn = " in entry for entry in books)
    assert counts.NAMES["works without either"](book) == text.count("\n  identifier = ")


def test_a_page_says_the_number_and_a_name_that_is_not_known_is_told(tmp_path):
    pages = {**PAGES, "says.md": "# Says\n\nThere are {counted}`tables` tables.\n"}
    write_book(tmp_path / "book", pages)
    built = build(tmp_path / "book")
    said = BeautifulSoup((built.out / "says.html").read_text(encoding="utf-8"), "lxml").find("article").get_text()
    assert f"There are {len(DESCRIPTOR['resources'])} tables." in said and built.warnings == ""
    (tmp_path / "book" / "says.md").write_text("# Says\n\nThere are {counted}`unicorns`.\n", encoding="utf-8")
    assert "nothing is counted as 'unicorns'" in build(tmp_path / "book").warnings
