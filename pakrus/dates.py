"""Dates that are known to the year, the month or the day (ISO 8601: "1966", "1966-01", "1966-01-10").

What comes in is the text of a table's cell, what goes out the days that it can mean, and the words a reader sees. The
one difficulty: such a date is a span, not a point, so that comparing two as texts is wrong at the edges. Whoever
compares dates says which rule holds: `overlap` (could it have been then?) or `within` (its first day counts). What readers
meet as a list stands in `reading_order`; the tables' files are sorted as texts, as any program sorts them.

Month names are written here: the book is in English, CLDR's patterns for "3–5 May 1950" change from edition to edition
of Babel, and the calendar's own names follow the machine's locale.
"""

import calendar
import datetime
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

OPEN = "9999-12-31"  # stands for the last day of what has not ended
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_PRECISION = {4: "year", 7: "month", 10: "day"}
Row = TypeVar("Row", bound=Mapping[str, str])


@lru_cache(maxsize=16384)
def span(date: str) -> tuple[str, str]:
    """Return the first and the last day (YYYY-MM-DD) that a date can mean.

    Raises
    ------
    ValueError
        When the text is no ISO 8601 date of year, month or day precision, or no day of the calendar.
    """
    parts = [int(part) for part in str(date).split("-")] if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", str(date)) else []
    if not parts:
        raise ValueError(f"{date!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD expected")
    try:
        first = datetime.date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        raise ValueError(f"{date!r} is no date of the calendar") from None
    month = parts[1] if len(parts) > 1 else 12
    last = first if len(parts) == 3 else datetime.date(first.year, month, calendar.monthrange(first.year, month)[1])
    return first.isoformat(), last.isoformat()


def valid(date: str) -> bool:
    """Return whether the text is a date of year, month or day precision in the calendar."""
    try:
        span(date)
    except ValueError:
        return False
    return True


def precision(date: str) -> str:
    """Return how exactly a date is known: "year", "month" or "day"."""
    span(date)
    return _PRECISION[len(date)]


def year(date: str) -> int:
    """Return the year in which a date lies."""
    return int(span(date)[0][:4])


def decimal(date: str) -> float:
    """Return a date as a decimal year for an axis, in the middle of what it leaves open; months count as equally long."""
    known = precision(date)
    number, month, day = (int(part) for part in span(date)[0].split("-"))
    if known == "year":
        return number + 0.5
    return number + (month - 1) / 12 + ((day - 1) / 365 if known == "day" else 1 / 24)


def middle(date: str) -> str:
    """Return the middle day of what a date leaves open: 2 July of a year, the 15th or 16th of a month of 30 or 31 days."""
    first, last = (datetime.date.fromisoformat(day) for day in span(date))
    return (first + datetime.timedelta(days=((last - first).days + 1) // 2)).isoformat()


def overlap(date: str, first: str, last: str = OPEN) -> bool:
    """Return whether a date may lie between `first` and `last` (of any precision): some day that it can mean does."""
    start, end = span(date)
    return span(first)[0] <= end and start <= span(last)[1]


def within(date: str, first: str, last: str = OPEN) -> bool:
    """Return whether a date counts as between `first` and `last` (of any precision): the first day that it can mean does."""
    return span(first)[0] <= span(date)[0] <= span(last)[1]


def before(date: str, other: str) -> bool:
    """Return whether a date is surely earlier than another: its last day comes before the other's first."""
    return span(date)[1] < span(other)[0]


def reading_order(date: str) -> tuple[str, int]:
    """Return what sorts dates as a chronicle does: known by the month or the year alone, after every day of it; none first.

    So "1954" stands after "1954-12", and that after "1954-12-31": what may have been late is not told before what it followed.
    """
    return (span(date)[1], -len(date)) if date else ("", 0)


def in_reading_order(rows: Iterable[Row], date: str, name: str) -> list[Row]:
    """Return rows by the `reading_order` of a column, those of one date by their names."""
    return sorted(rows, key=lambda row: (reading_order(row[date]), row[name]))


def in_words(date: str) -> str:
    """Return a date as readers see it, as precise as it is known: "10 January 1966", "January 1966", "1966"."""
    known = precision(date)
    number, month, day = (int(part) for part in span(date)[0].split("-"))
    name = MONTHS[month - 1]
    return {"year": f"{number}", "month": f"{name} {number}", "day": f"{day} {name} {number}"}[known]


def range_in_words(first: str, last: str = "") -> str:
    """Return a range as readers see it, with what both ends share said once; without an end, `in_words`.

    "1968–1970", "January–February 2000", "3–5 May 1950", "20 October – 1 November 1994", "1968 – 5 May 1970".
    """
    if last in ("", first):
        return in_words(first)
    start, end = in_words(first), in_words(last)
    if precision(first) == precision(last):
        if precision(first) == "year" or first[:-3] == last[:-3]:
            return f"{start.split(' ')[0]}–{end}"
        if year(first) == year(last):
            return f"{start.removesuffix(f' {year(first)}')} – {end}"
    return f"{start} – {end}"
