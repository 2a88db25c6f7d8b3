"""The four phases: defined in `data/phases.csv` and nowhere else."""

import pandas as pd

from pakrus import data, dates


def phases() -> pd.DataFrame:
    """Return the phases in order: `phase`, `title`, `first_day`, `last_day` (empty = open), `first_session`, `last_session`, …"""
    return data.load("phases")


def phases_of(date: str) -> list[str]:
    """Return the ids of the phases into which a date may fall: one, or two when its precision straddles a boundary."""
    table = phases()
    spans = zip(table["phase"], table["first_day"], table["last_day"].fillna(dates.OPEN), strict=True)
    return [phase for phase, first, last in spans if dates.overlap(date, first, last)]


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
