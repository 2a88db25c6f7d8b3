"""The rules of texts on rows in memory: what no good heading or sentence has, and texts that are in a wrong row."""

import pytest
from broken import assert_every_rule_is_broken, assert_said, find, tables

from pakrus.checks import wording

STOP, TWICE = "a heading without a stop", "each word once"
CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    *((table, {}, {column: "A heading with a stop."}, (column, "A heading with a stop.", STOP)) for table, column in wording.HEADINGS.items()),
    ("events", {}, {"title": "kosygin visits Lahore"}, ("title", "kosygin", "begins with a capital")),
    ("events", {}, {"title": "KOSYGIN VISITS LAHORE"}, ("title", "KOSYGIN", "not all in capitals")),
    ("leads", {}, {"title": "Kosygin"}, ("title", "Kosygin", "two words or more")),
    *((table, {}, {column: "Too short."}, (column, "Too short.", "words or more")) for table, column in wording.SENTENCES.items()),
    ("events", {}, {"summary": "Kosygin arrives at Lahore and is met by Ayub Khan"}, ("summary", "Kosygin", "end with a full stop")),
    ("events", {}, {"summary": "he arrives at Lahore and is met by Ayub Khan."}, ("summary", "he arrives", "begin with a capital")),
    ("events", {}, {"title": "Kosygin arrives at Lahore on Friday", "summary": "Kosygin arrives at Lahore on Friday."}, ("summary", "Kosygin", "more than the title says")),
    *((table, {}, {columns[0]: "Talks on the the steel mill."}, (columns[0], "the the", TWICE)) for table, columns in wording.TEXTS.items()),
    ("events", {}, {"summary": "He said “yes and flew home that same evening to Moscow."}, ("summary", "He said", "as many opening as closing “”")),
    ("visits", {}, {"outcome": 'signed the "protocol'}, ("outcome", 'signed the "protocol', 'closing ""')),
    ("claims", {}, {"note": "Two sources (one of them Soviet give another day."}, ("note", "Two sources (", "as many opening as closing ()")),
    ("leads", {}, {"note": "Two sources , of which one is Soviet."}, ("note", "s ,", "marks where a sentence has them")),
    ("projects", {}, {"summary": "Offers of money,, then of more money, for the mill."}, ("summary", ",,", "marks where a sentence has them")),
    ("events", {"place": "Moscow"}, {"place": "Moskow"}, ("place", "Moskow", "'Moscow', as other rows have it")),
    ("leads", {"place": "Moscow"}, {"place": "Moscov"}, ("place", "Moscov", "'Moscow'")),
    ("visits", {"place": "Moscow / St Petersburg"}, {"place": "Mosvow / St Petersburg"}, ("place", "Mosvow", "'Moscow'")),
    ("agreements", {"place": "Islamabad"}, {"place": "Islambad"}, ("place", "Islambad", "'Islamabad'")),
    ("institutions", {"place": "Islamabad"}, {"place": "Islamabed"}, ("place", "Islamabed", "'Islamabad'")),
    ("exercises", {"place": "Karachi"}, {"place": "Karach"}, ("place", "Karach", "'Karachi'")),
    *((table, {"origin_group": "Pakistani state"}, {"origin_group": "Pakistani sate"}, ("origin_group", "Pakistani sate", "'Pakistani state'")) for table in ("event_sources", "leads", "claim_evidence")),
]  # fmt: skip


def _cell(table, wanted, cells):
    rows = tables()
    number, row = find(rows[table], wanted)
    row.update(cells)
    return rows, number


def swapped(table, column, one, other):
    """Two rows, named by a part of their identifiers, have each other's text."""
    rows = tables()
    (first, a), (second, b) = (find(rows[table], {f"{table[:-1]}_id": lambda key, part=part: part in key}) for part in (one, other))  # fmt: skip
    a[column], b[column] = b[column], a[column]
    return rows, {first, second}


SWAPPED = [
    ("events", "title", "1966-01-10-tashkent-declaration", "1973-12-steel-mill-foundation"),
    ("events", "summary", "1973-12-steel-mill-foundation", "2016-09-24-druzhba-exercise"),
    ("leads", "title", "1950-08-23-liaquat-moscow-date", "2007-04-13-kamaz"),
    ("leads", "summary", "1949-06-29-russian-economic-mission", "2018-03-21-counter-terrorism-group-7"),
]


def test_the_texts_of_the_book_are_valid():
    assert wording.problems(tables()) == []


@pytest.mark.parametrize(("table", "wanted", "cells", "said"), CELLS, ids=[f"{t}-{next(iter(c))}" for t, _, c, _ in CELLS])  # fmt: skip
def test_a_broken_text_is_found(table, wanted, cells, said):
    rows, number = _cell(table, wanted, cells)
    assert_said(wording.problems(rows), table, number, said)


@pytest.mark.parametrize(("table", "column", "one", "other"), SWAPPED)
def test_a_text_in_another_row_is_told_with_the_row_that_it_fits(table, column, one, other):
    rows, numbers = swapped(table, column, one, other)
    found = [p for p in wording.problems(rows) if p.column == column]
    assert found and {p.row for p in found} <= numbers
    (other_row,) = numbers - {found[0].row}
    assert f"it fits row {other_row}" in found[0].expected and "back in its row" in found[0].remedy


def test_every_rule_has_a_case():
    cases = [_cell(table, wanted, cells)[0] for table, wanted, cells, _ in CELLS] + [swapped(*s)[0] for s in SWAPPED]
    assert_every_rule_is_broken(wording.rule, lambda rows: rows, cases)


@pytest.mark.parametrize("text", [
    "He had had enough (so he said) of it.", 'Both, "as before", left; nothing more … was said.', "Figures of 1.5 and 2,5; 3:4.",
    "Boutros Boutros-Ghali wrote to them.", "He left. Why? Nobody said.", "“Yes”, he said, and «no».",
])  # fmt: skip
def test_what_good_sentences_have_is_no_fault(text):
    assert list(wording._text(("note",), {"note": text}, {})) == []


def test_a_place_of_its_own_is_good():
    rows = tables()
    _, event = find(rows["events"], {"place": "Moscow"})
    event["place"] = "Murmansk"
    assert wording.problems(rows) == []
