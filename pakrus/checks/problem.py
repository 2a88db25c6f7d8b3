"""One thing that is wrong with the data, where it is and how to mend it; and the rules that find such things.

In go rows in memory, out come problems. The difficulty: a table that cannot be read must not make the rules of other
tables complain. So `Tables` does not hand out such a table as empty: whoever asks for it is stopped (`Unread`), `Rules`
leaves out that rule, or that row, and `Tables` keeps what was left out, which is said beside the problems.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

Row = dict[str, str]
Names = dict[str, Any]
FEW = 3  # rows of one column that a rule names one by one
SHOWN = 100  # letters of a value that a message shows


class Unread(Exception):
    """A rule asked for a table that cannot be read; the message is its name."""

    def __init__(self, name: str, skipped: dict[str, set[str]]) -> None:
        super().__init__(name)
        self._waiting = skipped.setdefault(name, set())

    def stops(self, table: str) -> None:
        """Keep that rules of `table` could not be asked for want of this one."""
        self._waiting.add(table)


class Tables(Mapping[str, list[Row]]):
    """The rows of every table by its name; asking for one that cannot be read raises `Unread`, which is no KeyError.

    Parameters
    ----------
    rows : mapping
        The rows of the tables that can be read.
    unread : iterable of str
        The names of those that cannot: missing, torn, or under another header. They count as there.
    """

    def __init__(self, rows: Mapping[str, list[Row]], unread: Iterable[str] = ()) -> None:
        self._rows, self._unread = dict(rows), tuple(unread)
        self.skipped: dict[str, set[str]] = {}  # by unread table: the tables of which rules were left out
        self.faulty = False  # whether a cell was found wrong in form: what is no date or number, rules then pass over

    def without(self, names: Iterable[str]) -> "Tables":
        """Return the tables with these, too, among those that cannot be asked; what was skipped so far stays told."""
        names = set(names) & set(self._rows)
        kept = {name: rows for name, rows in self._rows.items() if name not in names}
        fewer = Tables(kept, (*self._unread, *sorted(names)))
        fewer.skipped = self.skipped
        fewer.faulty = bool(names)
        return fewer

    def __getitem__(self, name: str) -> list[Row]:
        if name in self._unread:
            raise Unread(name, self.skipped)
        return self._rows[name]

    def __contains__(self, name: object) -> bool:
        return name in self._rows or name in self._unread

    def __iter__(self) -> Iterator[str]:
        yield from (*self._rows, *self._unread)

    def __len__(self) -> int:
        return len(self._rows) + len(self._unread)


def readable(tables: Mapping[str, list[Row]], name: str) -> list[Row]:
    """Return the rows of a table, none where it cannot be read: for rules that ask every table in the same way."""
    try:
        return tables.get(name, [])
    except Unread as missing:
        missing.stops(name)
        return []


class HasEvents:
    """Mixed into what a room knows of all tables (`rows`): the events, which most rooms ask for."""

    rows: Mapping[str, list[Row]]

    @cached_property
    def events(self) -> dict[str, Row]:
        """The events by their identifier."""
        return {row["event_id"]: row for row in self.rows.get("events", []) if row["event_id"]}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where, and how to mend it."""

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        where = (
            self.file + (f", row {self.row}" if self.row else "") + (f", column {self.column}" if self.column else "")
        )
        value = self.value if len(self.value) <= SHOWN else self.value[: SHOWN - 1] + "…"
        return f"{where}: found {value!r}; expected {self.expected}. {self.remedy}"


@dataclass(frozen=True)
class Rule:
    """What the cells of one column must be: in words, and as a function that finds what breaks it.

    `expects` and `remedy` may hold names in braces: the row's columns, and what the function yields.
    """

    column: str
    expects: str
    remedy: str
    finds: Callable[[list[Row], Any], Iterable[tuple[int, Names | Unread | ValueError]]]

    def problems(self, table: str, rows: list[Row], known: Any, faulty: bool = False) -> Iterator[Problem]:
        """Yield what breaks the rule in the rows of a table; rows are counted as a spreadsheet shows them.

        Where cells are `faulty` in form, which was said, a row of which the rule can make nothing is passed over.
        """
        for number, names in self.finds(rows, known):
            if isinstance(names, Unread):
                names.stops(table)
                continue
            if isinstance(names, ValueError):
                if not faulty:
                    raise names
                continue
            row = rows[number - 2]
            column = names.get("column", self.column)
            found, words = str(names.get("found", row.get(column, ""))), row | names
            expected, remedy = self.expects.format_map(words), self.remedy.format_map(words)
            yield Problem(f"data/{table}.csv", number, column, found, expected, remedy)


def few(problems: Iterable[Problem]) -> list[Problem]:
    """Return what one rule found, of more than a few rows of a column the first ones, the last of them with the number of all."""
    by_column: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_column[problem.column].append(problem)
    kept = []
    for found in by_column.values():
        kept += found[:FEW]
        if len(found) > FEW:
            also = f" The same holds for {len(found) - FEW} more rows of this column, to row {found[-1].row}."
            kept[-1] = replace(kept[-1], remedy=kept[-1].remedy + also)
    return kept


class Rules:
    """The rules of one room, by table: it decorates their functions and asks them all.

    A rule's function gets a row and `known`, what the room knows of all tables, and yields a dictionary for each
    problem: the names that `expects` and `remedy` need and, where these are not the cell and column of the rule,
    what was `found` in which `column`. A rule of rows among each other (`whole`) gets all rows of its table and yields
    the number of the row too.
    """

    def __init__(self) -> None:
        self.by_table: dict[str, list[Rule]] = defaultdict(list)

    def __call__(self, tables: str, column: str, expects: str, remedy: str) -> Callable:
        """Make the decorated function the rule of `column` in each row of `tables` (names separated by spaces)."""

        def enter(function: Callable[[Row, Any], Iterable[Names]]) -> Callable:
            def finds(rows: list[Row], known: Any) -> Iterator[tuple[int, Names | Unread | ValueError]]:
                for number, row in enumerate(rows, start=2):
                    try:
                        for names in function(row, known):
                            yield number, names
                    except (Unread, ValueError) as missing:
                        yield number, missing

            self.whole(tables, column, expects, remedy)(finds)
            return function

        return enter

    def whole(self, tables: str, column: str, expects: str, remedy: str) -> Callable:
        """Make the decorated function the rule of `column` in all rows of each of `tables` together."""

        def enter(function: Callable[[list[Row], Any], Iterable[tuple[int, Names]]]) -> Callable:
            for table in tables.split():
                self.by_table[table].append(Rule(column, expects, remedy, function))
            return function

        return enter

    def problems(self, tables: Mapping[str, list[Row]], known: Any) -> list[Problem]:
        """Return the problems of all tables that have rules, in the order of their rows."""
        found: list[Problem] = []
        faulty = getattr(tables, "faulty", False)
        for table, rules in self.by_table.items():
            here: list[Problem] = []
            for rule in rules:
                try:
                    here += few(rule.problems(table, tables.get(table, []), known, faulty))
                except Unread as missing:
                    missing.stops(table)
                except ValueError:
                    if not faulty:
                        raise
            found += sorted(here, key=lambda p: p.row or 0)
        return found
