"""The rules of names: each person is written one way, and stands on the side that the table of people gives.

In go the rows of the tables that name people (all values text), out come problems. The difficulty: what is misspelled
cannot be told from what is new, so every name must be in data/people.csv, and one that is not is answered with the
name that it resembles.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from pakrus import dates, named
from pakrus.checks.problem import Names, Problem, Row, Rules

TABLE = "people"
# table, column -> the column or the code that gives the side on which the named stand; None where any may
NAMED: dict[tuple[str, str], str | None] = {
    ("events", "people"): None,
    ("leads", "people"): None,
    ("visits", "visitor"): "from_state",
    ("visits", "counterpart"): None,
    ("envoys", "name"): "sending_state",
    ("agreements", "signatory_pak"): "PAK",
    ("agreements", "signatory_rus"): "RUS",
    ("institutions", "head_pak"): "PAK",
    ("institutions", "head_rus"): "RUS",
}
DATED = {"events": "date", "leads": "date", "visits": "start_date", "agreements": "date", "institutions": "start_date"}
YEARS_APART = 30  # nobody is named by these tables so long after he was last named
ALIKE = 0.82  # difflib's ratio from which a name may be meant for another

rule = Rules()


@dataclass(frozen=True)
class Known:
    """What the rules know of all tables."""

    rows: Mapping[str, list[Row]]

    @cached_property
    def states(self) -> dict[str, str]:
        """The state of each person, empty where none is given, by the name as the register writes it."""
        return {row["name"]: row["state"] for row in self.rows[TABLE]}

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The name as the register writes it, by each other spelling."""
        return {other: row["name"] for row in self.rows[TABLE] for other in row["other_spellings"].split("; ") if other}

    @cached_property
    def years(self) -> dict[str, list[int]]:
        """The years for which each person is named, in order."""
        found = defaultdict(list)
        for (table, column), _ in NAMED.items():
            for row in self.rows.get(table, []) if table in DATED else []:
                if dates.valid(row[DATED[table]]):
                    for name in named.people(row[column]):
                        found[name].append(dates.year(row[DATED[table]]))
        return {name: sorted(years) for name, years in found.items()}

    @cached_property
    def named(self) -> set[str]:
        """All names in the tables."""
        return {
            name for table, column in NAMED for row in self.rows.get(table, []) for name in named.people(row[column])
        }


def problems(rows: Mapping[str, list[Row]]) -> list[Problem]:
    """Return where names break the rules; without the table of people no rule is asked."""
    return rule.problems(rows, Known(rows)) if TABLE in rows else []


def meant(name: str, known: Known) -> str | None:
    """Return what is expected instead of a name that data/people.csv does not have; None if it has it."""
    return in_table(name, TABLE, known.states, known.spelled)


def in_table(name: str, table: str, written: Collection[str], spelled: Mapping[str, str]) -> str | None:
    """Return what is expected instead of a name that a table does not have; None if it has it.

    `written` are the names as the table writes them, `spelled` gives one for each other spelling.
    """
    if name in written:
        return None
    if name in spelled:
        return f"{spelled[name]!r}, as data/{table}.csv writes it"
    near = difflib.get_close_matches(name, [*written, *spelled], n=1, cutoff=ALIKE)
    return f"a name of data/{table}.csv" + (f", such as {spelled.get(near[0], near[0])!r}" if near else "")


def _is_known(column: str, row: Row, known: Known) -> Iterator[Names]:
    for name in named.people(row[column]):
        wanted = meant(name, known)
        if wanted:
            yield {"found": name, "wanted": wanted}


def _named_once(column: str, row: Row, _: Known) -> Iterator[Names]:
    cell = named.people(row[column])
    yield from ({"found": name} for name in dict.fromkeys(cell) if cell.count(name) > 1)


def _on_its_side(column: str, side: str, row: Row, known: Known) -> Iterator[Names]:
    state = row.get(side, side)
    for name in named.people(row[column]):
        if known.states.get(name) and known.states[name] != state:
            yield {"found": name, "state": state, "other": known.states[name]}


def _of_his_time(column: str, date: str, row: Row, known: Known) -> Iterator[Names]:
    for name in named.people(row[column]) if dates.valid(row[date]) else ():
        year, years = dates.year(row[date]), known.years[name]
        others = [other for other in years if other != year]
        if len(others) > 1 and min(abs(year - other) for other in others) > YEARS_APART and years.count(year) == 1:
            yield {"found": name, "first": min(others), "last": max(others), "year": year}


for (_table, _column), _side in NAMED.items():
    rule(
        _table, _column, "{wanted}",
        "Mend the spelling; who is new gets a row in data/people.csv first (names are separated by '; ').",
    )(partial(_is_known, _column))  # fmt: skip
    rule(_table, _column, "each name once", "Take the second out.")(partial(_named_once, _column))
    if _side:
        rule(
            _table, _column, "somebody who stands for {state}; data/people.csv has him for {other}",
            "Put the name on its side, or correct the state.",
        )(partial(_on_its_side, _column, _side))  # fmt: skip
    if _table in DATED:
        rule(
            _table, _column, "somebody of {year}; all other rows name him for {first} to {last}",
            "Mend name or date; two persons of one name are told apart in data/people.csv.",
        )(partial(_of_his_time, _column, DATED[_table]))  # fmt: skip


# the table of people itself -------------------------------------------------------------------------------------------


def folded(name: str) -> str:
    """Return a name without what spellings of it differ by: vowels, doubled letters, marks, hyphens and case."""
    letters = re.sub(r"[^a-z]", "", name.casefold())
    return re.sub(r"(.)\1+", r"\1", letters[:1] + re.sub(r"[aeiouy]", "", letters[1:]))


@rule(TABLE, "name", "a name that some row of the register has", "Mend the spelling, or take the row out.")
def _is_named(row: Row, known: Known) -> Iterator[Names]:
    if row["name"] not in known.named:
        yield {}


@rule(
    TABLE, "other_spellings", "spellings that are no name of another row", "Take it out here, or join the two rows."
)  # fmt: skip
def _other_spellings_are_others(row: Row, known: Known) -> Iterator[Names]:
    for other in filter(None, row["other_spellings"].split("; ")):
        if other in known.states or known.spelled[other] != row["name"]:
            yield {"found": other}


@rule.whole(
    TABLE, "name", "one row a person: row {first} has {other!r}",
    "Settle one spelling and give the other under other_spellings; of two persons one's note names the other.",
)  # fmt: skip
def _nobody_twice(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    seen: dict[str, tuple[int, Row]] = {}
    for number, row in enumerate(rows, start=2):
        first, other = seen.setdefault(folded(row["name"]), (number, row))
        if first != number and row["name"] not in other["note"] and other["name"] not in row["note"]:
            yield number, {"first": first, "other": other["name"]}
