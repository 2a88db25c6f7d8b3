"""The four phases: defined in `data/phases.csv` and nowhere else."""

from functools import lru_cache

import pandas as pd

from pakrus import data


def phases() -> pd.DataFrame:
    """Return the phases in order: `phase`, `title`, `first_day`, `last_day` (empty = open), `first_session`, `last_session`, …"""
    return data.load("phases")


@lru_cache(maxsize=4096)
def span_of(date: str) -> tuple[str, str]:
    """Return the first and last day (ISO) that a date of year, month or day precision can mean.

    Raises
    ------
    ValueError
        When the text is no ISO 8601 date of one of these precisions, or no day of the calendar.
    """
    parts = str(date).split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or [len(p) for p in parts] not in (
        [4],
        [4, 2],
        [4, 2, 2],
    ):
        raise ValueError(f"{date!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD expected")
    try:
        period = pd.Period(date, freq={1: "Y", 2: "M", 3: "D"}[len(parts)])
    except ValueError:
        raise ValueError(f"{date!r} is no date of the calendar") from None
    return period.start_time.date().isoformat(), period.end_time.date().isoformat()


def phases_of(date: str) -> list[str]:
    """Return the ids of the phases into which a date may fall: one, or two when its precision straddles a boundary."""
    first, last = span_of(date)
    table = phases()
    inside = (table["first_day"] <= last) & (table["last_day"].fillna("9999-12-31") >= first)
    return list(table.loc[inside, "phase"])


def phase_of(date: str) -> str:
    """Return the id of the phase of a date.

    Raises
    ------
    ValueError
        When the date lies before the first phase or its precision leaves two phases open.
    """
    found = phases_of(date)
    if len(found) != 1:
        raise ValueError(f"{date!r} falls into {' or '.join(found) if found else 'no phase'}")
    return found[0]


def sessions(table: pd.DataFrame | None = None) -> dict[str, tuple[int, int]]:
    """Return each phase's first and last General Assembly session (a session belongs to the phase in which it opened).

    `table` stands in for the loaded table of phases where the tables are only being made and not yet sealed.
    """
    table = phases() if table is None else table
    return {row.phase: (int(row.first_session), int(row.last_session)) for row in table.itertuples()}
