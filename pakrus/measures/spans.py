"""Some of a table's rows, by year or by title, for questions about less than a phase; what is computed from them says so."""

import pandas as pd

from pakrus import dates
from pakrus.estimate import sessions_in_words, years_in_words
from pakrus.terms import year_of_session

DATES = ("date", "start_date", "month")


def in_years(rows: pd.DataFrame, first: int, last: int | None = None) -> pd.DataFrame:
    """Return the rows of the years from `first` to `last`, both included (one year without `last`), with a fresh index.

    Rows with a `session` go by the year in which it opened, those with a `year` by it, others by the first day of their
    `date`, `start_date` or `month`. An estimate from the rows says "sessions of 1965–1971" or "1965–1971"; of rows of a phase
    also which, since a phase need not hold all of its first or last year: "1997–2001, Post-1991".

    Raises
    ------
    ValueError
        When the rows have none of these columns.
    """
    last = first if last is None else last
    words = years_in_words(first, last)
    if "session" in rows.columns:
        year = year_of_session(rows["session"])
        words = sessions_in_words(first, last)
    elif "year" in rows.columns:
        year = rows["year"]
    else:
        found = [column for column in DATES if column in rows.columns]
        if not found:
            expected = ", ".join(("session", "year", *DATES))
            raise ValueError(f"rows without a year: one of {expected} expected, found {', '.join(rows.columns)}")
        year = rows[found[0]].map(dates.year)
    kept = rows[year.between(first, last)].reset_index(drop=True)
    known = (rows.attrs.get("span") or "").split(", ")  # of years that were cut before only these are said
    kept.attrs["span"] = ", ".join([words, *(part for part in known if part and part != rows.attrs.get("years"))])
    kept.attrs["years"] = words
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


def about(rows: pd.DataFrame, *words: str, without: bool = False) -> pd.DataFrame:
    """Return the rows (roll calls, events) whose title holds one of the words (in any case); `without`: those with none.

    `rows` have a `title`; a row without one is about nothing.
    """
    titles = rows["title"].fillna("").str.upper()
    held = pd.Series(False, index=rows.index)
    for word in words:
        held |= titles.str.contains(word.upper(), regex=False)
    kept = rows[held != without].reset_index(drop=True)
    span = rows.attrs.get("span")
    topic = f"{'without' if without else 'with'} {' or '.join(f'“{word}”' for word in words)} in the title"
    kept.attrs["span"] = f"{span}, {topic}" if span else topic
    return kept
