"""Letters tell apart the sources of one author and year in the list that readers see: a, b, c without a gap."""

import re
from collections import defaultdict

from built_book import ROOT

from pakrus import references
from pakrus.bibliography import of_tables
from pakrus.data import descriptor
from pakrus.notebooks.links import Book


def lettered(labels) -> dict[str, list[str]]:
    """The letters by author and year; "" for a label without one. U.S. and US read alike."""
    found = defaultdict(list)
    for label in labels:
        alike, letter = re.fullmatch(r"(.*(?:\d{4}|n\.d\.))-?([a-z]*)", label.replace("U.S.", "US")).groups()
        found[alike].append(letter)
    return found


def whole(letters: list[str]) -> bool:
    """Whether letters begin with a and leave none out; one source alone has none."""
    return sorted(letters) == ([""] if len(letters) == 1 else [chr(ord("a") + place) for place in range(len(letters))])


def test_letters_are_dealt_over_the_sources_shown_without_gaps():
    book = Book(ROOT)
    shown = lettered(book.citations[key] for key in book.cited | book.of_tables)
    assert {alike: letters for alike, letters in shown.items() if not whole(letters)} == {}
    assert sum(len(letters) > 1 for letters in shown.values()) > 50


def test_an_author_is_spelled_in_one_way():
    """Labels that differ in full stops alone are two names of one author, and a reader looks for one."""
    book = Book(ROOT)
    who = {re.sub(r" (?:\d{4}|n\.d\.).*", "", label) for label in book.citations.values()}
    spelled = defaultdict(set)
    for name in who:
        spelled[name.replace(".", "")].add(name)
    assert len(who) > 500 and [names for names in spelled.values() if len(names) > 1] == []


def test_the_list_has_the_letters_of_the_text(pages):
    book = Book(ROOT)
    listed = {
        entry["id"].removeprefix("cite-"): re.search(r"\((\d{4}[a-z]*|n\.d\.[-a-z]*)\)", entry.get_text()).group(1)
        for entry in pages["back-matter/bibliography.html"].select("article .citation-list > li")
    }
    assert set(listed) == book.cited | book.of_tables
    assert {key: year for key, year in listed.items() if not book.citations[key].endswith(f" {year}")} == {}


def test_what_a_table_calls_its_source_is_what_the_text_calls_it():
    book, called = Book(ROOT), references.labels()
    tables = of_tables(descriptor())
    assert len(tables) > 15 and {key: called[key] for key in tables} == {key: book.citations[key] for key in tables}
