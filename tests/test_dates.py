"""Dates known to the year, the month or the day: what they can mean, where they fall, how they read."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pakrus import data, dates

days = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31))
partial = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))
few = settings(max_examples=100, deadline=None)


@pytest.mark.parametrize(
    "text",
    ["", "66", "1966-1-10", "1966-13", "1966-02-30", "10 January 1966", "1966-01-10T00:00", "1966-", "0000", "1966\n", "١٩٦٦"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text):
    assert not dates.valid(text)
    with pytest.raises(ValueError, match="is no date"):
        dates.span(text)


def test_span_of_a_partial_date():
    assert dates.span("1968-02") == ("1968-02-01", "1968-02-29")
    assert dates.span("1968") == ("1968-01-01", "1968-12-31")
    assert dates.span("1968-02-29") == ("1968-02-29", "1968-02-29")


@few
@given(days)
def test_a_day_lies_in_its_month_and_its_year_and_nowhere_else(day):
    text = day.isoformat()
    for length, precision in ((4, "year"), (7, "month"), (10, "day")):
        part = text[:length]
        first, last = dates.span(part)
        assert first <= text <= last and dates.precision(part) == precision
        before, after = (
            datetime.date.fromisoformat(edge) + datetime.timedelta(days=step) for edge, step in ((first, -1), (last, 1))
        )
        assert before.isoformat()[:length] != part != after.isoformat()[:length]


@few
@given(partial)
def test_points_of_a_date_lie_inside_it(text):
    first, last = dates.span(text)
    assert first <= dates.middle(text) <= last
    assert dates.year(text) <= dates.decimal(text) < dates.year(text) + 1
    assert dates.decimal(first) <= dates.decimal(text) <= dates.decimal(last)


@pytest.mark.parametrize(
    ("text", "middle"),
    [("1966", "1966-07-02"), ("1968", "1968-07-02"), ("1966-01", "1966-01-16"), ("1966-04", "1966-04-16"), ("1966-02", "1966-02-15"), ("1966-01-10", "1966-01-10")],
)  # fmt: skip
def test_the_middle_of_what_a_date_leaves_open(text, middle):
    assert dates.middle(text) == middle


@few
@given(partial, partial, partial)
def test_rules_of_comparison_agree(date, one, other):
    first, last = sorted((one, other), key=dates.span)
    if dates.within(date, first, last):
        assert dates.overlap(date, first, last)
    assert dates.overlap(date, date) and dates.within(date, date)
    assert dates.overlap(date, first, last) == (not dates.before(date, first) and not dates.before(last, date))


def test_a_date_that_straddles_a_boundary_may_lie_on_both_sides_and_counts_once():
    early, late = ("1991-12-26", "2001-09-10"), ("2001-09-11", dates.OPEN)
    assert dates.overlap("2001", *early) and dates.overlap("2001", *late)
    assert dates.within("2001", *early) and not dates.within("2001", *late)
    assert dates.within("1991-01", "1991-01-01", "1991") and not dates.within("1991", "1991-12-26")


def test_what_is_known_by_the_month_or_year_alone_is_read_after_the_days_of_it():
    in_order = [
        "",
        "1953-12-31",
        "1954-01-01",
        "1954-01-31",
        "1954-01",
        "1954-02-01",
        "1954-12-31",
        "1954-12",
        "1954",
        "1955-01-01",
    ]
    assert sorted(reversed(in_order), key=dates.reading_order) == in_order
    rows = [{"on": date, "name": name} for date, name in (("1954", "b"), ("1954", "a"), ("1954-03", "c"))]
    assert [row["name"] for row in dates.in_reading_order(rows, "on", "name")] == ["c", "a", "b"]


@few
@given(partial, partial)
def test_no_date_is_read_before_one_that_is_surely_earlier(one, other):
    if dates.before(one, other):
        assert dates.reading_order(one) < dates.reading_order(other)


@pytest.mark.parametrize(
    ("date", "end", "said"),
    [
        ("1966-01-10", "", "10 January 1966"),
        ("1966-01", "", "January 1966"),
        ("1966", "", "1966"),
        ("1950-05-03", "1950-05-05", "3–5 May 1950"),
        ("1950-05-03", "1950-05-03", "3 May 1950"),
        ("1994-10-20", "1994-11-01", "20 October – 1 November 1994"),
        ("1994-12-30", "1995-01-02", "30 December 1994 – 2 January 1995"),
        ("2000-01", "2000-02", "January–February 2000"),
        ("2000-12", "2001-02", "December 2000 – February 2001"),
        ("1968", "1970", "1968–1970"),
        ("1968-07-01", "1970", "1 July 1968 – 1970"),
    ],
)
def test_dates_in_words_are_as_precise_as_they_are_known(date, end, said):
    assert dates.range_in_words(date, end) == said


def test_every_date_of_the_register_reads_and_counts():
    for row in data.load("events").itertuples():
        assert dates.precision(row.date) == row.date_precision
        assert dates.in_words(row.date).endswith(str(dates.year(row.date)))
