"""A few years of a table's rows, for questions about less than a phase; the words of what is computed from them say so."""

import pandas as pd

from pakrus import dates
from pakrus.terms import year_of_session

DATES = ("date", "start_date", "month")


def in_years(rows: pd.DataFrame, first: int, last: int | None = None) -> pd.DataFrame:
    """Return the rows of the years from `first` to `last`, both included (one year without `last`), with a fresh index.

    Rows with a `session` go by the year in which it opened, those with a `year` by it, others by the first day of their
    `date`, `start_date` or `month`. An estimate from the rows says "sessions of 1965–1971" or "1965–1971".

    Raises
    ------
    ValueError
        When the rows have none of these columns.
    """
    last = first if last is None else last
    words = str(first) if first == last else f"{first}–{last}"
    if "session" in rows.columns:
        year = year_of_session(rows["session"])
        words = f"session{'s' if first != last else ''} of {words}"
    elif "year" in rows.columns:
        year = rows["year"]
    else:
        found = [column for column in DATES if column in rows.columns]
        if not found:
            expected = ", ".join(("session", "year", *DATES))
            raise ValueError(f"rows without a year: one of {expected} expected, found {', '.join(rows.columns)}")
        year = rows[found[0]].map(dates.year)
    kept = rows[year.between(first, last)].reset_index(drop=True)
    kept.attrs["span"] = words
    return kept


def since(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return the rows dated no earlier than a day, with a fresh index; an estimate from them says "…, since 24 February 2022".

    Rows go by the first day of their `date`, `start_date` or `month`.

    Raises
    ------
    ValueError
        When the rows have none of these columns.
    """
    found = [column for column in DATES if column in rows.columns]
    if not found:
        raise ValueError(f"rows without a date: one of {', '.join(DATES)} expected, found {', '.join(rows.columns)}")
    kept = rows[[dates.within(date, day) for date in rows[found[0]]]].reset_index(drop=True)
    span = rows.attrs.get("span")
    words = f"since {dates.in_words(day)}"
    kept.attrs["span"] = f"{span}, {words}" if span else words
    return kept
