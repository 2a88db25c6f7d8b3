"""The rules of the register on rows in memory: each kind of broken cell is found, and two rows that do not go together."""

from functools import partial

import pytest
from broken import LIBRARY, assert_every_rule_is_broken, assert_said, changed, day, find, tables
from pybtex.database import parse_string

from pakrus.checks import register
from pakrus.checks.problem import Problem, few

NAMES = (*register.TABLES, "visits", "agreements", "leads", "claim_evidence")
CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    ("events", {"date": day, "phase": "cold-war"}, {"phase": "sco-era"}, ("phase", "sco-era", "cold-war for")),
    ("events", {"date": day}, {"date": "1946-01-01"}, ("phase", "cold-war", "a date from 1947-08-14 for 1946-01-01")),
    ("events", {"date": day}, {"actors": "PAK; ATLANTIS"}, ("actors", "ATLANTIS", "a code of data/actors.csv")),
    ("events", {"date": day}, {"summary": "word " * 61}, ("summary", "61 words", "at most 60 words")),
    ("events", {"confidence": "confirmed"}, {"confidence": "disputed", "dispute_note": ""}, ("dispute_note", "", "who says what")),
    ("event_sources", {"origin_group": "Reuters"}, {"origin_group": "Reuter"}, ("origin_group", "Reuter", "'Reuters'")),
    ("event_sources", {"testimony": "announces"}, {"testimony": "reports"}, ("testimony", "reports (", "'announces', as the source is older than the event of")),
    ("event_sources", {"key": "mid2017pushkin"}, {"date_given": "2016"}, ("date_given", "2016", "no date before 2017-11-04")),
    ("events", {"event_id": "2017-11-04-pushkin-medal-butt"}, {"date": "2017-11"}, ("date", "2017-11", "2017-11-04, the date that")),
    ("leads", {"date": day, "phase": "cold-war"}, {"phase": "sco-era"}, ("phase", "sco-era", "cold-war for")),
    ("leads", {"origin_group": "Dawn"}, {"origin_group": "The Dawn"}, ("origin_group", "The Dawn", "'Dawn'")),
    ("claim_evidence", {"origin_group": "Dawn"}, {"origin_group": "dawn.com"}, ("origin_group", "dawn.com", "'Dawn'")),
]  # fmt: skip


def problems(rows, library=LIBRARY):
    return register.problems(rows, library)


_cell = partial(changed, NAMES)


def one_origin():
    """All sources of a confirmed event come from one origin."""
    rows = tables(*NAMES)
    number, event = find(rows["events"], {"confidence": "confirmed", "status": "happened"})
    for row in rows["event_sources"]:
        if row["event_id"] == event["event_id"]:
            row["origin_group"] = "Soviet/Russian state"
    return rows, number


def no_source():
    """No source tells of an event."""
    rows = tables(*NAMES)
    number, event = find(rows["events"], {})
    rows["event_sources"] = [row for row in rows["event_sources"] if row["event_id"] != event["event_id"]]
    return rows, number


def only_announced():
    """The sources of an event that happened do no more than announce it."""
    rows = tables(*NAMES)
    number, event = find(rows["events"], {"status": "happened", "confidence": "reported"})
    for row in rows["event_sources"]:
        if row["event_id"] == event["event_id"]:
            row["testimony"] = "announces"
    return rows, number


def twice():
    """One event stands there under two identifiers, the title in other letters."""
    rows = tables(*NAMES)
    _, first = find(rows["events"], {"date_precision": "day"})
    again = {**first, "event_id": f"{first['date']}-again", "title": first["title"].upper(), "summary": "Other words."}
    rows["events"].append(again)
    sources = [row for row in rows["event_sources"] if row["event_id"] == first["event_id"]]
    rows["event_sources"] += [{**row, "event_id": again["event_id"]} for row in sources]
    return rows, len(rows["events"]) + 1


def copied():
    """The summary of one event stands under another too."""
    rows = tables(*NAMES)
    _, first = find(rows["events"], {"summary": lambda text: len(text.split()) > 15})
    number, row = find(rows["events"], {"event_id": lambda text: text > first["event_id"]})
    row["summary"] = first["summary"]
    return rows, number


PAIRS = [
    # what is broken, (column, value found, expectation, remedy)
    (one_origin, ("confidence", "confirmed", "two sources of different origin", "'soviet/russian state'")),
    (no_source, ("event_id", "", "at least one row in event_sources", "or remove the event")),
    (only_announced, ("status", "happened", "'planned', as its sources only announce it", "mark it as planned")),
    (twice, ("title", "", "no second row of the same day, actors, kind and title (row 2)", "keep the older identifier")),
    (copied, ("summary", "…", "no run of 12 words that also stands in row 2", "words of its own")),
]  # fmt: skip


def test_the_register_of_the_book_is_valid():
    assert problems(tables()) == []


@pytest.mark.parametrize(("table", "wanted", "cells", "said"), CELLS, ids=[f"{t}-{next(iter(c))}" for t, _, c, _ in CELLS])  # fmt: skip
def test_a_broken_cell_is_found(table, wanted, cells, said):
    rows, number = _cell(table, wanted, cells)
    assert_said(problems(rows), table, number, said)


@pytest.mark.parametrize(("broken", "said"), PAIRS, ids=[broken.__name__ for broken, _ in PAIRS])
def test_rows_that_do_not_go_together_are_found(broken, said):
    rows, number = broken()
    column, value, expected, remedy = said
    (problem,) = problems(rows)
    assert (problem.file, problem.row, problem.column) == ("data/events.csv", number, column)
    assert value in problem.value and expected in problem.expected and remedy in problem.remedy


def test_every_rule_has_a_case():
    cases = [_cell(table, wanted, cells)[0] for table, wanted, cells, _ in CELLS] + [broken()[0] for broken, _ in PAIRS]
    assert_every_rule_is_broken(register.rule, lambda rows: register.Known(rows, LIBRARY), cases)


def test_a_source_older_than_what_it_reports_is_no_report():
    rows, _ = _cell("event_sources", {"testimony": "announces", "key": "newsaz2025aman"}, {"testimony": "reports"})
    (problem,) = problems(rows)
    assert "A plan is not an event" in problem.remedy
    assert problems(rows, None) == []  # without a bibliography no source has a date
    assert problems(rows, parse_string("", "bibtex")) == []


def test_a_note_explains_dates_of_witnesses_that_are_not_the_row_s():
    rows, number = _cell("events", {"event_id": "2017-11-04-pushkin-medal-butt"}, {"date": "2017-11"})
    assert [p.column for p in problems(rows)] == ["date"]
    rows["events"][number - 2]["dispute_note"] = "The fourth is the day of the speech alone."
    assert problems(rows) == []
    _, first = find(rows["event_sources"], {"key": "mid2017pushkin"})
    first["date_given"] = "2016"
    assert problems(rows) == []


def test_a_row_stays_coarse_where_its_witnesses_give_two_days():
    rows, _ = _cell("events", {"event_id": "2017-11-04-pushkin-medal-butt"}, {"date": "2017-11"})
    _, other = find(rows["event_sources"], {"key": "nation2017pushkin"})
    other["date_given"] = "2017-11-05"
    assert problems(rows) == []
    other["date_given"] = "2017-11"
    (problem,) = problems(rows)
    assert "2017-11-04, the date that mid2017pushkin gives" in problem.expected


def test_without_one_of_its_tables_no_rule_is_asked():
    rows, _ = _cell("events", {}, {"actors": "ATLANTIS"})
    for table in register.TABLES:
        assert problems({name: content for name, content in rows.items() if name != table}) == []


def test_problems_come_in_the_order_of_the_rows():
    rows = tables(*NAMES)
    for row in rows["events"][::-100]:
        row.update(actors="ATLANTIS", summary="word " * 61, date="1946-01-01")
    numbers = [p.row for p in problems(rows) if p.file == "data/events.csv"]
    assert len(numbers) > 10 and numbers == sorted(numbers)


def test_spellings_of_one_origin():
    assert {register.folded(name) for name in ("Reuters", "The Reuter", "reuters.com", "REUTERS ")} == {"reuter"}
    assert register.usual_spelling(["TASS", "Tass", "TASS", "", "Dawn"]) == {"tass": "TASS", "dawn": "Dawn"}


def test_a_date_between_two_phases_may_be_either():
    phases = tables("phases")["phases"]
    assert register.phases_of("2001", phases) == ["post-1991", "post-9-11"]
    assert register.phases_of("2030-01-01", phases) == ["sco-era"]
    assert register.phases_of("1946", phases) == []


def test_one_rule_names_a_few_rows_and_counts_the_others():
    found = few(Problem("data/x.csv", row, "a", "v", "w", "Mend it.") for row in range(2, 12))
    assert [p.row for p in found] == [2, 3, 4] and "7 more rows of this column, to row 11" in found[-1].remedy
    assert few(found[:2]) == found[:2]
