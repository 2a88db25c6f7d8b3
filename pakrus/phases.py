"""The four phases: defined in `data/phases.csv` and nowhere else, and how a table is cut by them.

What comes in: the tables `phases` and `phase_boundaries`, and for each table the descriptor's `pakrus:cutBy`, which says by
which field its rows belong to a phase. What goes out: `Phase`, one phase with its sessions, its rivals and its rows of any
table; and *cuts*, data frames with one row per phase (`phase`, `title`, `first_day`, `last_day` (empty = open),
`first_session`, `last_session`): the book's own and those with one boundary set elsewhere. The one difficulty are dates
that are less precise than a boundary: `phase_of_dates` says where they go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from pakrus import data, dates
from pakrus.cuts import book_cut, ends_in_words, lengths, moved, phase_of_dates, phase_of_years
from pakrus.estimate import sessions_in_words, years_in_words
from pakrus.terms import year_of_session


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


@dataclass(frozen=True)
class Phase:
    """One phase, by its id: its days, its sessions of the General Assembly, its rows of any table, its rivals.

    `Phase("post-1991")` is the book's own; `rival(boundary_id)` the same phase with one boundary set elsewhere.

    Raises
    ------
    ValueError
        When there is no such phase; the message lists those that are.
    """

    id: str
    cut: pd.DataFrame = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.cut is None:
            object.__setattr__(self, "cut", book_cut(phases()))
        if self.id not in set(self.cut["phase"]):
            raise ValueError(f"no phase {self.id!r}; there are: {', '.join(self.cut['phase'])}")

    @cached_property
    def _row(self) -> dict:
        return self.cut[self.cut["phase"] == self.id].iloc[0].to_dict()

    @cached_property
    def _own(self) -> bool:
        """Whether it is cut as in the book."""
        return self.cut.equals(book_cut(phases()))

    @property
    def title(self) -> str:
        """Its name in words."""
        return self._row["title"]

    @property
    def days(self) -> tuple[str, str]:
        """First and last day; of the open phase the last is the day of the latest event in the register."""
        last = self._row["last_day"]
        return self._row["first_day"], last if isinstance(last, str) else latest_day()

    @property
    def years(self) -> float:
        """Its length in years."""
        return float(lengths(self.cut, latest_day())[self.id])

    @property
    def calendar_years(self) -> tuple[int, int]:
        """The years in which it begins and ends: the limits of its figures."""
        return int(self.days[0][:4]), int(self.days[1][:4])

    @property
    def sessions(self) -> tuple[int, int]:
        """First and last session of the General Assembly: those that opened in the phase."""
        return int(self._row["first_session"]), int(self._row["last_session"])

    @property
    def session_years(self) -> tuple[int, int]:
        """The years in which its first and last session opened."""
        first, last = self.sessions
        return year_of_session(first), year_of_session(last)

    @property
    def before(self) -> Phase | None:
        """The phase before it, None of the first."""
        order = list(self.cut["phase"])
        place = order.index(self.id)
        return Phase(order[place - 1], self.cut) if place else None

    @property
    def rivals(self) -> pd.DataFrame:
        """The rows of `phase_boundaries` that would begin or end this phase elsewhere."""
        order = list(self.cut["phase"])
        after = order[order.index(self.id) + 1 :][:1]
        table = data.load("phase_boundaries")
        return table[table["into_phase"].isin([self.id, *after])].reset_index(drop=True)

    def rival(self, boundary_id: str) -> Phase:
        """Return this phase as it would be with one rival boundary of `phase_boundaries`.

        Raises
        ------
        ValueError
            When there is no such boundary; the message lists those of this phase.
        """
        table = data.load("phase_boundaries").set_index("boundary_id")
        if boundary_id not in table.index:
            raise ValueError(f"no boundary {boundary_id!r}; of this phase: {', '.join(self.rivals['boundary_id'])}")
        row = table.loc[boundary_id]
        return Phase(self.id, moved(self.cut, row["into_phase"], row["date"], int(row["first_session"])))

    @property
    def beginnings(self) -> dict[str, Phase]:
        """This phase for each place where it may begin, by date: the book's own, marked with an asterisk, and its rivals."""
        rows = self.rivals[self.rivals["into_phase"] == self.id]
        cuts = {row.date: self.rival(row.boundary_id) for row in rows.itertuples()}
        return dict(sorted({f"{self.days[0]}*": self, **cuts}.items()))

    def rows(self, tables: tuple[str, ...]) -> dict[str, pd.DataFrame]:
        """Return its rows of several tables, by their names (`of`)."""
        return {table: self.of(table) for table in tables}

    def of(self, table: str) -> pd.DataFrame:
        """Return the rows of a table that belong to this phase, in their order, with a fresh index.

        The descriptor's `pakrus:cutBy` says how: by `session`, by the `session_year` in which one opened, by a `phase`
        column, by the `event` that a row belongs to, by a `date`, or by a calendar `year` (where its middle day lies).
        Where a boundary is a rival's, events go by their date.

        Raises
        ------
        ValueError
            When the descriptor does not say how the table is cut.
        """
        frame = data.load(table)
        rows = frame[self.holds(frame, table)].reset_index(drop=True)
        rows.attrs["span"] = self._span(rows, table)
        return rows

    def _span(self, rows: pd.DataFrame, table: str) -> str:
        """Return what an estimate from these rows says: the title; of a rival cut also what its rows span.

        Sessions and calendar years belong to a phase whole, so that a rival's day would claim votes it does not have.
        """
        if self._own:
            return self.title
        by = data.resource(table).get("pakrus:cutBy", {})
        if "session" in by or "session_year" in by:
            return f"{self.title}, {sessions_in_words(*self.session_years)}"
        if "year" in by and len(rows):
            return f"{self.title}, {years_in_words(int(rows[by['year']].min()), int(rows[by['year']].max()))}"
        first, last = ends_in_words(self.cut, self.id, latest_day())
        return f"{self.title} from {first} to {last}"

    def holds(self, frame: pd.DataFrame, table: str) -> pd.Series:
        """Return for each row of a frame with the columns of `table` whether it belongs to this phase."""
        by = data.resource(table).get("pakrus:cutBy", {})
        if "session" in by:
            return frame[by["session"]].between(*self.sessions)
        if "session_year" in by:  # a year stands for the session that opened in it
            return frame[by["session_year"]].between(*self.session_years)
        if "year" in by:
            return phase_of_years(frame[by["year"]], self.cut) == self.id
        if "phase" in by:
            return phase_of_dates(frame["date"], self.cut, frame[by["phase"]]) == self.id
        own = pd.Series(index=frame.index, dtype=object)
        if "event" in by:
            events = data.load("events")
            phase = phase_of_dates(events["date"], self.cut, events["phase"])
            own = frame[by["event"]].map(dict(zip(events["event_id"], phase, strict=True)))
        if "date" in by:  # what belongs to no event goes by its own date
            return own.where(own.notna(), phase_of_dates(frame[by["date"]], self.cut, own)) == self.id
        if not by:
            raise ValueError(f"table {table}: the descriptor does not say how it is cut by phase (pakrus:cutBy)")
        return own == self.id


def latest_day() -> str:
    """Return the day up to which the register goes: the date of its latest event."""
    return str(data.load("events")["date"].max())


def whole_years() -> tuple[int, int]:
    """Return the first year of the book and the last that the register reaches: the limits of figures of the whole period."""
    return int(phases()["first_day"].min()[:4]), int(latest_day()[:4])


def every_phase(cut: pd.DataFrame | None = None) -> list[Phase]:
    """Return the phases in order, of the book's own cut or another."""
    cut = book_cut(phases()) if cut is None else cut
    return [Phase(name, cut) for name in cut["phase"]]
