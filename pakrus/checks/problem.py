"""One thing that is wrong with the data, where it is and how to mend it; and the rules that find such things."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, str]
Names = dict[str, Any]


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
        return f"{where}: found {self.value!r}; expected {self.expected}. {self.remedy}"


@dataclass(frozen=True)
class Rule:
    """What the cells of one column must be: in words, and as a function that finds what breaks it.

    `expects` and `remedy` may hold names in braces: the row's columns, and what the function yields.
    """

    column: str
    expects: str
    remedy: str
    finds: Callable[[list[Row], Any], Iterable[tuple[int, Names]]]

    def problems(self, table: str, rows: list[Row], known: Any) -> Iterator[Problem]:
        """Yield what breaks the rule in the rows of a table; rows are counted as a spreadsheet shows them."""
        for number, names in self.finds(rows, known):
            row = rows[number - 2]
            column = names.get("column", self.column)
            found, words = str(names.get("found", row.get(column, ""))), row | names
            expected, remedy = self.expects.format_map(words), self.remedy.format_map(words)
            yield Problem(f"data/{table}.csv", number, column, found, expected, remedy)


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
            def finds(rows: list[Row], known: Any) -> Iterator[tuple[int, Names]]:
                return ((number, n) for number, row in enumerate(rows, start=2) for n in function(row, known))

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
        for table, rules in self.by_table.items():
            rows = tables.get(table, [])
            found += sorted((p for rule in rules for p in rule.problems(table, rows, known)), key=lambda p: p.row or 0)
        return found
