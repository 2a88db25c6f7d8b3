"""The rules of places: each is written one way, and what is on the map has both coordinates and the entry they were read from.

In go the rows of the tables that name places (all values text), out come problems. As with people, a misspelling cannot
be told from what is new, so every place must be in data/places.csv first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pakrus import named
from pakrus.checks.people import in_table
from pakrus.checks.problem import Names, Problem, Row, Rules

TABLE = "places"
NAMED = "events visits agreements exercises institutions"

rule = Rules()


@dataclass(frozen=True)
class Known:
    """What the rules know of all tables."""

    rows: Mapping[str, list[Row]]

    @cached_property
    def written(self) -> set[str]:
        """The places as the register writes them."""
        return {row["name"] for row in self.rows[TABLE]}

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The place as the register writes it, by each other spelling."""
        return {other: row["name"] for row in self.rows[TABLE] for other in row["other_spellings"].split("; ") if other}

    @cached_property
    def named(self) -> set[str]:
        """All places in the tables."""
        return {
            name for table in NAMED.split() for row in self.rows.get(table, []) for name in named.places(row["place"])
        }


def problems(rows: Mapping[str, list[Row]]) -> list[Problem]:
    """Return where places break the rules; without the table of places no rule is asked."""
    return rule.problems(rows, Known(rows)) if TABLE in rows else []


@rule(
    NAMED, "place", "{wanted}",
    "Mend the spelling; a place that is new gets a row in data/places.csv first (places are separated by ' / ').",
)  # fmt: skip
def _is_known(row: Row, known: Known) -> Iterator[Names]:
    for name in named.places(row["place"]):
        wanted = in_table(name, TABLE, known.written, known.spelled)
        if wanted:
            yield {"found": name, "wanted": wanted}


@rule(TABLE, "name", "a place that some row of the register has", "Mend the spelling, or take the row out.")
def _is_named(row: Row, known: Known) -> Iterator[Names]:
    if row["name"] not in known.named:
        yield {}


@rule(TABLE, "other_spellings", "spellings that are no name of another row", "Take it out here, or join the two rows.")
def _other_spellings_are_others(row: Row, known: Known) -> Iterator[Names]:
    for other in filter(None, row["other_spellings"].split("; ")):
        if other in known.written or known.spelled[other] != row["name"]:
            yield {"found": other}


@rule(
    TABLE, "longitude", "both coordinates, with the entry's number and the source, or none of the four",
    "Fill in what is missing, or take the others out.",
)  # fmt: skip
def _placed_from_a_source(row: Row, _: Known) -> Iterator[Names]:
    if len({bool(row[column]) for column in ("latitude", "longitude", "geonames", "key")}) > 1:
        yield {}
