"""What the rules of the derived tables share: their cells as arrays, how two numbers are compared, how a rule is entered.

In go rows as text and the descriptor. Out come columns as arrays (a number that is missing is NaN, and so is a cell that
is no number, which `junk` tells apart) and the names that a rule's words need. The difficulty is the ledger of roundings:
a table holds rounded numbers, so what is computed from them is compared with the room that rounding leaves, never more.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import numpy as np

from pakrus.checks.problem import Names, Row, Rules

rule = Rules()
Found = Iterable[tuple[int, Names]]
HALF = 0.6  # of the last digit: what rounding may move, and a little for numbers that lie between two roundings
Z = 1.959963984540054  # of the 95 % intervals


@dataclass(frozen=True)
class Known:
    """What the rules know of all tables and of the descriptor; what is asked for again is computed once."""

    rows: Mapping[str, list[Row]]
    package: dict
    _made: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, make: Callable, *arguments: Hashable) -> Any:
        """Return `make(known, *arguments)`, computed the first time."""
        key = (make, *arguments)
        if key not in self._made:
            self._made[key] = make(self, *arguments)
        return self._made[key]

    def text(self, table: str, column: str) -> np.ndarray:
        """A column's cells as they are written."""
        return self.once(_text, table, column)

    def number(self, table: str, column: str) -> np.ndarray:
        """A column's cells as numbers; NaN where the cell is empty or is no number."""
        return self.once(_numbers, table, column)[0]

    def junk(self, table: str, column: str) -> np.ndarray:
        """Which cells are neither empty nor a number."""
        return self.once(_numbers, table, column)[1]

    def places(self, table: str, *columns: str) -> dict[tuple[str, ...], int]:
        """The position (0 = first) of each row by the cells of some columns; of equal rows the first."""
        return self.once(_places, table, *columns)

    def groups(self, table: str, *columns: str) -> dict[tuple[str, ...], np.ndarray]:
        """The positions of the rows that have the same cells in some columns, in the order of the table."""
        return self.once(_groups, table, *columns)


def _text(known: Known, table: str, column: str) -> np.ndarray:
    return np.array([row[column] for row in known.rows[table]], dtype=object)


def _numbers(known: Known, table: str, column: str) -> tuple[np.ndarray, np.ndarray]:
    cells = known.text(table, column)
    try:
        values = np.array([cell or "nan" for cell in cells], dtype=float)
    except ValueError:
        values = np.array([_number(cell) for cell in cells], dtype=float)
    values = np.where(np.isfinite(values), values, np.nan)
    return values, np.isnan(values) & (cells != "")


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan


def _places(known: Known, table: str, *columns: str) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for place, key in enumerate(zip(*(known.text(table, column) for column in columns), strict=True)):
        found.setdefault(key, place)
    return found


def _groups(known: Known, table: str, *columns: str) -> dict[tuple[str, ...], np.ndarray]:
    found: dict[tuple[str, ...], list[int]] = {}
    for place, key in enumerate(zip(*(known.text(table, column) for column in columns), strict=True)):
        found.setdefault(key, []).append(place)
    return {key: np.array(places) for key, places in found.items()}


def holds(table: str, column: str, expects: str, needs: str = "") -> Callable:
    """Make the decorated function the rule of a column of a derived table.

    The function gets `Known` and yields the number of a row (2 = the first) and the names that `expects` needs. Without one
    of the tables that it `needs` beside its own (names separated by spaces) it is not asked.
    """
    others = needs.split()
    restore = " ".join(f"data/{name}.csv" for name in (table, *others))
    remedy = (
        f"A derived table is not edited by hand: restore what was changed (git checkout -- {restore}), or run 'python -m "
        "pakrus derive' where the sources' files are. A source's error is corrected in pakrus/sources/corrections.toml."
    )

    def enter(function: Callable[[Known], Found]) -> Callable:
        @wraps(function)
        def finds(rows: list[Row], known: Known) -> Found:
            if not rows or not all(known.rows.get(name) for name in others):
                return ()
            with np.errstate(all="ignore"):  # what is missing is NaN and breaks no rule
                return list(function(known))

        rule.whole(table, column, expects, remedy)(finds)
        return function

    return enter


def shown(value: float, digits: int) -> str:
    """Return a number for a message: without needless zeros; "no value" for a missing one."""
    if math.isnan(value):
        return "no value"
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unlike(
    known: Known, table: str, column: str, expected: np.ndarray, digits: int,
    asked: np.ndarray | None = None, room: np.ndarray | float = 0.0,
) -> Iterator[tuple[int, Names]]:  # fmt: skip
    """Yield the cells of a column that are not as expected (NaN: empty), with the `number` that is, rounded to `digits`.

    `asked` says which rows are compared at all; `room` is what may lie between the two beside the rounding of the cell.
    """
    found = known.number(table, column)
    apart = np.abs(found - expected) > HALF * 10.0**-digits + 1e-9 + room
    wrong = (apart | (np.isnan(found) != np.isnan(expected))) & ~known.junk(table, column)
    if asked is not None:
        wrong &= asked
    yield from ((int(i) + 2, {"number": shown(float(expected[i]), digits)}) for i in np.flatnonzero(wrong))


def wilson(share: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the 95 % Wilson interval of shares of `n`; NaN where n is 0.

    `pakrus.measures.proportions` makes the tables' own intervals with statsmodels, whose import alone takes longer than
    all the rules here; that both agree, a test holds.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
        return np.minimum((centre - half).clip(0), share), np.maximum((centre + half).clip(max=1), share)


def leaps(values: np.ndarray, factor: float) -> np.ndarray:
    """Return which positive values are more than `factor` times, or less than a `factor`th of, both known neighbours.

    `values` are in the order of time; a value without a neighbour on one side is held against the other alone.
    """
    known = np.flatnonzero(np.isfinite(values) & (values > 0))
    out = np.zeros(len(values), dtype=bool)
    if len(known) < 2:
        return out
    logs = np.log(values[known])
    before = np.concatenate([[np.nan], np.diff(logs)])
    after = np.concatenate([-np.diff(logs), [np.nan]])
    before, after = np.where(np.isnan(before), after, before), np.where(np.isnan(after), before, after)
    limit = math.log(factor)
    out[known] = ((before > limit) & (after > limit)) | ((before < -limit) & (after < -limit))
    return out


def usual(values: np.ndarray) -> Any:
    """Return what most of the values are; None where there are fewer than three or no one value leads."""
    found, number = np.unique(values.astype(str) if values.dtype == object else values, return_counts=True)
    most = number.max(initial=0)
    return found[number.argmax()].item() if len(values) > 2 and most > 1 and (number == most).sum() == 1 else None
