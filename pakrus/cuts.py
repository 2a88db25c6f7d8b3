"""Cuts of the whole period into phases: data frames with one row per phase, and the phase of a date under a cut.

A cut has `phase`, `title`, `first_day`, `last_day` (empty = open), `first_session`, `last_session`; its `attrs["begins"]` holds
the dates of moved boundaries as precise as they are known. What comes in: the table
`phases`, or a cut, and dates. What goes out: the book's own cut, one with a boundary set elsewhere, and for each date its
phase. The one difficulty are dates that are less precise than a boundary: `phase_of_dates` says where they go.
"""

from functools import lru_cache

import pandas as pd

from pakrus import dates

COLUMNS = ["phase", "title", "first_day", "last_day", "first_session", "last_session"]


def book_cut(phases: pd.DataFrame) -> pd.DataFrame:
    """Return the book's own cut from the table `phases`."""
    return phases.sort_values("number")[COLUMNS].reset_index(drop=True)


def moved(cut: pd.DataFrame, into_phase: str, date: str, first_session: int) -> pd.DataFrame:
    """Return the cut with the beginning of one phase moved to `date` (ISO, any precision: its first day) and `first_session`.

    Raises
    ------
    ValueError
        When the phase is unknown, is the first, or the new date does not leave both neighbours a span.
    """
    found = cut.index[cut["phase"] == into_phase]
    if len(found) != 1 or found[0] == 0:
        raise ValueError(f"{into_phase!r} has no boundary to move; phases with one: {', '.join(cut['phase'][1:])}")
    row = found[0]
    start = dates.span(date)[0]
    end = cut.at[row, "last_day"]
    if not cut.at[row - 1, "first_day"] < start < (end if isinstance(end, str) else dates.OPEN):
        raise ValueError(f"{date}: {into_phase} cannot begin there, between {cut.at[row - 1, 'first_day']} and {end}")
    new = cut.copy()
    new.attrs["begins"] = {**cut.attrs.get("begins", {}), into_phase: date}
    new.at[row, "first_day"], new.at[row, "first_session"] = start, first_session
    new.at[row - 1, "last_day"] = (pd.Timestamp(start) - pd.Timedelta(days=1)).date().isoformat()
    new.at[row - 1, "last_session"] = first_session - 1
    return new


def ends_in_words(cut: pd.DataFrame, phase: str, until: str) -> tuple[str, str]:
    """Return first and last day of a phase, no more precise than its boundaries: "1992-04" where no day is known.

    `until` is the last day of the open phase.
    """
    begins, order = cut.attrs.get("begins", {}), list(cut["phase"])
    row = cut.iloc[order.index(phase)]
    last = row["last_day"] if isinstance(row["last_day"], str) else until
    after = begins.get(order[order.index(phase) + 1]) if phase != order[-1] else None
    return begins.get(phase, row["first_day"]), last[: len(after)] if after else last


def phase_of_dates(days: pd.Series, cut: pd.DataFrame, own: pd.Series | None = None) -> pd.Series:
    """Return the phase of each date under a cut; missing where none fits.

    A date that leaves two phases open (a year in which one ends) keeps its `own` phase where that is one of the two,
    and else goes where its middle day lies.
    """
    starts, ends = cut["first_day"], [day if isinstance(day, str) else dates.OPEN for day in cut["last_day"]]
    spans = tuple(zip(cut["phase"], starts, ends, strict=True))
    kept = own if own is not None else [None] * len(days)
    found = [_phase(spans, str(date), phase) for date, phase in zip(days, kept, strict=True)]
    return pd.Series(found, index=days.index, dtype=object)


@lru_cache(maxsize=2**16)  # a chapter asks for the same days dozens of times
def _phase(spans: tuple[tuple[str, str, str], ...], date: str, kept: object) -> object:
    open_to = [name for name, start, end in spans if dates.overlap(date, start, end)]
    if len(open_to) <= 1 or kept in open_to:
        return kept if kept in open_to else (open_to or [None])[0]
    middle = dates.middle(date)
    return next((name for name, start, end in spans if start <= middle <= end), open_to[0])


def phase_of_years(years: pd.Series, cut: pd.DataFrame) -> pd.Series:
    """Return the phase of each calendar year: the one that holds its middle day, 2 July."""
    return phase_of_dates(years.astype(int).astype(str) + "-07-02", cut)


def lengths(cut: pd.DataFrame, until: str) -> pd.Series:
    """Return the length of each phase in years, the open one counted to the day `until`; the index holds the phases."""
    ends = [day if isinstance(day, str) else until for day in cut["last_day"]]
    days = [
        (pd.Timestamp(end) - pd.Timestamp(start)).days + 1 for start, end in zip(cut["first_day"], ends, strict=True)
    ]
    return pd.Series([count / 365.25 for count in days], index=list(cut["phase"]), name="years")
