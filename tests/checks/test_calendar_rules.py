"""The rules of dates on rows in memory: each kind of wrong date is found, and what is merely open is not."""

from functools import partial

import pytest
from broken import PACKAGE, assert_every_rule_is_broken, assert_said, changed, day, find, tables
from pybtex.database import parse_string

from pakrus import dates
from pakrus.checks import calendar

READ = "2026-11-30"
NAMES = (
    "events", "leads", "visits", "agreements", "exercises", "envoys", "institutions", "projects",
    "project_milestones", "phases", "phase_boundaries", "event_sources", "claim_articles", "unga_votes",
)  # fmt: skip
CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    ("events", {"date": day}, {"date": "1966-02-30"}, ("date", "1966-02-30", "of the calendar")),
    ("events", {"date": day}, {"date_precision": "month"}, ("date_precision", "month", "day for")),
    ("events", {"date": day}, {"end_date": "1947-08-13"}, ("end_date", "1947-08-13", "no earlier than")),
    ("events", {"date": lambda text: text > "1950"}, {"event_id": "1949-nothing"}, ("event_id", "1949-nothing", "an identifier that begins with 195")),
    ("events", {"date": "1966-01-10"}, {"date": "1966-01-11"}, ("event_id", "1966-01-10-", "begins with 1966-01-11- as its date does")),
    ("events", {"event_id": "1966-01-10-tashkent-declaration"}, {"date": "1966-01", "date_precision": "month"}, ("event_id", "1966-01-10-tashkent-declaration", "begins with 1966-01-")),
    ("events", {"event_id": "2020-09-raza-gerasimov-russia"}, {"date": "2021"}, ("date", "2021", "2020-09-05, as the descriptor lists it for 2020-09-raza")),
    ("events", {"status": "happened"}, {"date": "2031-05-01"}, ("date", "2031-05-01", f"no later than {READ}")),
    ("event_sources", {}, {"date_given": "1949-31-12"}, ("date_given", "1949-31-12", "of the calendar")),
    ("event_sources", {"testimony": "reports"}, {"date_given": "2031"}, ("date_given", "2031", "no later than")),
    ("event_sources", {}, {"date_given": "1927-05-01"}, ("date_given", "1927-05-01", "a date from 1947-08-14")),
    ("leads", {}, {"lead_id": "1900-lead"}, ("lead_id", "1900-lead", "an identifier that begins with")),
    ("leads", {"kind": "act"}, {"date": "2031-05"}, ("date", "2031-05", "no later than")),
    ("visits", {"start_date": day}, {"end_date": "1947-08-15"}, ("end_date", "1947-08-15", "no earlier than")),
    ("visits", {"start_date": day}, {"start_date": "1966-02-30"}, ("start_date", "1966-02-30", "of the calendar")),
    ("visits", {"start_date": day}, {"visit_id": "1900-visit"}, ("visit_id", "1900-visit", "an identifier that begins with")),
    ("visits", {"status": "happened"}, {"end_date": "2031"}, ("end_date", "2031", "no later than")),
    ("visits", {}, {"start_date": "1947-08-13"}, ("start_date", "1947-08-13", "a date from")),
    ("agreements", {}, {"date": "1990-13"}, ("date", "1990-13", "of the calendar")),
    ("agreements", {}, {"entry_into_force": "soon"}, ("entry_into_force", "soon", "of the calendar")),
    ("agreements", {}, {"entry_into_force": "1947-09"}, ("entry_into_force", "1947-09", "no earlier than")),
    ("agreements", {}, {"agreement_id": "1900-text"}, ("agreement_id", "1900-text", "an identifier that begins with")),
    ("agreements", {}, {"date": "1946"}, ("date", "1946", "a date from")),
    ("agreements", {}, {"date": "2031"}, ("date", "2031", "no later than")),
    ("exercises", {}, {"start_date": "2016-02-31"}, ("start_date", "2016-02-31", "of the calendar")),
    ("exercises", {"start_date": day}, {"end_date": "2001"}, ("end_date", "2001", "no earlier than")),
    ("exercises", {}, {"exercise_id": "1900-drill"}, ("exercise_id", "1900-drill", "an identifier that begins with")),
    ("exercises", {}, {"start_date": "1945"}, ("start_date", "1945", "a date from")),
    ("exercises", {"status": "happened"}, {"start_date": "2031"}, ("start_date", "2031", "no later than")),
    ("institutions", {}, {"start_date": "2012-11-31"}, ("start_date", "2012-11-31", "of the calendar")),
    ("institutions", {}, {"end_date": "1947-09"}, ("end_date", "1947-09", "no earlier than")),
    ("institutions", {}, {"session_id": "1900-talks"}, ("session_id", "1900-talks", "an identifier that begins with")),
    ("institutions", {}, {"start_date": "1945"}, ("start_date", "1945", "a date from")),
    ("institutions", {"status": "happened"}, {"start_date": "2031"}, ("start_date", "2031", "no later than")),
    ("envoys", {"credentials_date": day}, {"credentials_date": "1949-31-12"}, ("credentials_date", "1949-31-12", "of the calendar")),
    ("envoys", {"arrival_or_appointment": day}, {"credentials_date": "2024-01-01"}, ("credentials_date", "2024-01-01", "no earlier than 2025-10-26, its arrival")),
    ("envoys", {"arrival_or_appointment": "2019-04"}, {"end_date": "2018"}, ("end_date", "2018", "no earlier than 2019-04")),
    ("envoys", {"credentials_date": "2023-12-04"}, {"end_date": "2022"}, ("end_date", "2022", "no earlier than 2023-12-04")),
    ("envoys", {"named_from": day}, {"named_until": "1955"}, ("named_until", "1955", "no earlier than")),
    ("envoys", {"arrival_or_appointment": "2019-04"}, {"arrival_or_appointment": "2016-04"}, ("envoy_id", "rus-to-pak-2019-ganich", "the year 2016")),
    ("envoys", {"sending_state": "RUS"}, {"sending_state": "PAK", "receiving_state": "RUS"}, ("envoy_id", "rus-to-pak-", "begins with pak-to-rus-")),
    ("envoys", {}, {"end_date": "2031"}, ("end_date", "2031", "no later than")),
    ("envoys", {}, {"end_date": "1940"}, ("end_date", "1940", "a date from")),
    ("projects", {}, {"first_announced": "2031"}, ("first_announced", "2031", "no later than")),
    ("projects", {"status_as_of": day}, {"first_announced": "2026-11-01"}, ("status_as_of", "-", "no earlier than 2026-11-01, its first_announced")),
    ("projects", {}, {"first_announced": "1945"}, ("first_announced", "1945", "a date from")),
    ("project_milestones", {}, {"date": "2015-06-31"}, ("date", "2015-06-31", "of the calendar")),
    ("project_milestones", {}, {"milestone_id": "1900-step"}, ("milestone_id", "1900-step", "an identifier that begins with")),
    ("project_milestones", {}, {"date": "1945"}, ("date", "1945", "a date from")),
    ("project_milestones", {}, {"date": "2031"}, ("date", "2031", "no later than")),
    ("claim_articles", {}, {"written": "2031"}, ("written", "2031", "no later than")),
    ("claim_articles", {}, {"written": "1918-05-01"}, ("written", "1918-05-01", "a date from")),
    ("phases", {"phase": "post-1991"}, {"first_day": "1989-11-09"}, ("first_day", "1989-11-09", "1991-12-26, the day after the phase before")),
    ("phases", {"phase": "post-1991"}, {"last_day": "1990-01-01"}, ("last_day", "1990-01-01", "no earlier than 1991-12-26")),
    ("phases", {"phase": "post-1991"}, {"number": "3"}, ("number", "3", "2, its place in time")),
    ("phases", {"phase": "post-1991"}, {"last_day": ""}, ("last_day", "", "the day before the next phase begins")),
    ("phases", {"phase": "sco-era"}, {"last_day": "2026-01-01"}, ("last_day", "2026-01-01", "nothing, as the last phase lasts")),
    ("phases", {"phase": "post-1991"}, {"first_session": "48"}, ("first_session", "48", "47, the first session that opens after 1991-12-26")),
    ("phases", {"phase": "cold-war"}, {"first_day": "1945-01-01"}, ("first_day", "1945-01-01", "a date from")),
    ("phases", {"phase": "post-1991"}, {"last_day": "2001-06-31"}, ("last_day", "2001-06-31", "of the calendar")),
    ("phases", {"phase": "post-1991"}, {"first_day": "1991-02-31"}, ("first_day", "1991-02-31", "of the calendar")),
    ("phase_boundaries", {"boundary_id": "ufa-2015"}, {"date": "1945"}, ("date", "1945", "a date from")),
    ("phase_boundaries", {"boundary_id": "ufa-2015"}, {"first_session": "69"}, ("first_session", "69", "70, the first session")),
    ("phase_boundaries", {"boundary_id": "ufa-2015"}, {"date": "1990-07-10"}, ("date", "1990-07-10", "between the two phases")),
    ("phase_boundaries", {"boundary_id": "ufa-2015"}, {"date": "2017-06-09"}, ("date", "2017-06-09", "another day than 2017-06-09")),
    ("phase_boundaries", {"boundary_id": "ufa-2015"}, {"date": "2015-07-20"}, ("event_id", "2015-07-10-sco-ufa-decision", "an event of 2015-07-20")),
    ("unga_votes", {}, {"date": "2022-02-31"}, ("date", "2022-02-31", "of the calendar")),
]  # fmt: skip


def problems(rows):
    return calendar.days(rows, PACKAGE) or calendar.problems(rows, PACKAGE, READ)


_cell = partial(changed, NAMES)


def test_the_dates_of_the_book_are_valid():
    assert problems(tables()) == []


@pytest.mark.parametrize(("table", "wanted", "cells", "said"), CELLS, ids=[f"{t}-{next(iter(c))}" for t, _, c, _ in CELLS])  # fmt: skip
def test_a_broken_date_is_found(table, wanted, cells, said):
    rows, number = _cell(table, wanted, cells)
    assert_said(problems(rows), table, number, said)


def test_every_rule_has_a_case():
    cases = [_cell(table, wanted, cells)[0] for table, wanted, cells, _ in CELLS]
    assert_every_rule_is_broken(calendar.rule, lambda rows: calendar.Known(rows, PACKAGE, READ), cases)


def test_every_column_of_dates_is_known_by_its_pattern():
    dated = calendar.Known({}, PACKAGE, READ).dated
    assert dated["events"] == ["date", "end_date"] and dated["event_sources"] == ["date_given"]
    assert dated["envoys"] == ["arrival_or_appointment", "credentials_date", "end_date", "named_from", "named_until"]
    assert dated["phases"] == ["first_day", "last_day"] and dated["unga_votes"] == ["date"]
    assert not dated["actors"] and not dated["claim_events"]


def test_what_is_dated_by_month_or_year_is_not_said_to_be_out_of_order():
    rows = tables(*NAMES)
    _, event = find(rows["events"], {"date": "1966-01-10"})
    event["end_date"] = "1966-01"
    assert problems(rows) == []


def test_a_row_dated_otherwise_since_is_good_once_the_descriptor_says_so():
    rows, _ = _cell("events", {"date": "1966-01-10"}, {"date": "1966-01-11"})
    assert [p.column for p in problems(rows)] == ["event_id"]
    events = {**next(e for e in PACKAGE["resources"] if e["name"] == "events")}
    events[calendar.LISTED] = events[calendar.LISTED] | {"1966-01-10-tashkent-declaration": "1966-01-11"}
    package = {"resources": [events if e["name"] == "events" else e for e in PACKAGE["resources"]]}
    assert calendar.problems(rows, package, READ) == []


def test_a_plan_may_lie_ahead_and_tomorrow_is_ahead_of_what_happened():
    rows = tables("events")
    _, row = find(rows["events"], {"status": "happened", "date": day})
    row |= {"date": "2026-12-01", "event_id": "2026-12-01-talks", "status": "planned", "end_date": ""}
    assert not [p for p in problems(rows) if p.row and "no later than" in p.expected]
    row["status"] = "happened"
    assert [p.value for p in problems(rows) if "no later than" in p.expected] == ["2026-12-01"]


def test_sessions_open_in_the_middle_of_september():
    assert calendar.opens_after("1991-12-26") == {"47"} and calendar.opens_after("2015-07-10") == {"70"}
    assert calendar.opens_after("2001-09-11") == {"56", "57"} and calendar.opens_after("2001-10") == {"57"}


def test_two_spans_are_near():
    assert calendar.near("1966-01-04", "1966-01-10", "1966-01-11", "")
    assert not calendar.near("1966-01-04", "1966-01-10", "1966-01-12", "")
    assert calendar.near("1966", "", "1966-12-31", "") and calendar.near("soon", "", "1966", "")


def test_the_last_reading_bounds_what_happened_on_every_day_alike():
    library = parse_string(
        "@misc{a, urldate = {2026-11-22}}\n@misc{b, urldate = {2026-11-30}}\n@misc{c, title = {C}}", "bibtex"
    )
    assert calendar.last_reading(library) == "2026-11-30"
    assert (
        calendar.last_reading(None)
        == calendar.last_reading(parse_string("@misc{c, title = {C}}", "bibtex"))
        == dates.OPEN
    )
