"""The rules of rows and columns as wholes: what a spreadsheet does when it sorts, moves or fills.

In go the rows of all tables (all values text) and the descriptor, out come problems. The difficulty: a cell that was
moved with its column is itself a good one. It betrays itself in that the whole column runs in order although the book's
rows do not, or in that a run of cells speaks of the row above or below and not of its own.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from pakrus.checks.problem import Names, Problem, Row, Rule, readable

SORTED, IN_ORDER = "pakrus:sortedBy", "pakrus:inOrder"  # what a table's rows are sorted by, and columns that run along
ISO = "ISO 8601"  # the unit of columns of dates
CHANCE = 4  # a column is in order by itself if that happens less often by chance than once in 10 ** CHANCE
MOVED = 8  # so many more rows must speak of their neighbour than of themselves
TELLING = 5  # words in a cell from which two rows that say the same are one
COMMON = 0.15  # words that more rows than this share tell no row from another

STEM = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]{2,4}|(?<!\d)\d{2,4})")


def problems(rows: Mapping[str, list[Row]], package: dict) -> list[Problem]:
    """Return where rows are out of their order, doubled or numbered with gaps, and columns sorted or moved by themselves."""
    return [
        problem
        for entry in package["resources"]
        for rule in RULES
        for problem in rule.problems(entry["name"], readable(rows, entry["name"]), entry)
    ]


def _fields(entry: dict) -> list[str]:
    return [field["name"] for field in entry["schema"]["fields"]]


def _keys(entry: dict) -> list[str]:
    key = entry["schema"].get("primaryKey", [])
    return [key] if isinstance(key, str) else key


def _natural(text: str) -> tuple[float, str]:
    """Numbers by size, before texts; texts by their letters."""
    try:
        return (float(text), "")
    except ValueError:
        return (math.inf, text)


# rows -----------------------------------------------------------------------------------------------------------------


def _row_out_of_place(rows: list[Row], entry: dict) -> Iterator[tuple[int, Names]]:
    """One message a table: the first row that comes too late, or stands before those that it follows."""
    by = entry.get(SORTED)
    if not by:
        return
    dated = {
        field["name"] for field in entry["schema"]["fields"] if field.get("unit") == ISO
    }  # a year alone is no number
    found = [tuple(row[column] if column in dated else _natural(row[column]) for column in by) for row in rows]
    late = [n for n in range(1, len(found)) if found[n] < found[n - 1]]
    if late:
        at = late[0]
        if at + 1 < len(found) and found[at + 1] < found[at - 1] and (at < 2 or found[at - 2] <= found[at]):
            at -= 1  # those after it are in order: it is this one that stands too early
        yield at + 2, {"column": by[0], "by": ", ".join(by), "places": len(late)}


def _doubled(rows: list[Row], entry: dict) -> Iterator[tuple[int, Names]]:
    """A row copied and given a key of its own says what another says; codings and readings of two things may agree."""
    keys = _keys(entry)
    pointing = [foreign["fields"] for foreign in entry["schema"].get("foreignKeys", [])]
    if not entry.get(SORTED) or not keys or keys[-1] in (*pointing, "key"):
        return
    told = [column for column in _fields(entry) if column != _keys(entry)[-1]]
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        cells = tuple(row[column] for column in told)
        telling = len(told) > 2 and any(len(cell.split()) >= TELLING for cell in cells)
        if telling and seen.setdefault(cells, number) != number:
            yield number, {"column": _keys(entry)[-1], "first": seen[cells]}


def _numbered(rows: list[Row], entry: dict) -> Iterator[tuple[int, Names]]:
    """Keys that end in a number of fixed width count without gaps: S1-01, S1-02; l001, l002."""
    pattern = {
        f["name"]: re.search(r"\\d\{(\d)\}\$$", f.get("constraints", {}).get("pattern", ""))
        for f in entry["schema"]["fields"]
    }
    key = _keys(entry)[0] if len(_keys(entry)) == 1 else ""
    if not entry.get(SORTED) or not pattern.get(key):
        return
    width, before = int(pattern[key][1]), ("", 0)
    for number, row in enumerate(rows, start=2):
        stem, count = row[key][:-width], row[key][-width:]
        wanted = before[1] + 1 if stem == before[0] else 1
        if count.isdigit():
            if int(count) != wanted:
                yield number, {"column": key, "wanted": f"{stem}{wanted:0{width}}"}
            before = (stem, int(count))


# columns --------------------------------------------------------------------------------------------------------------


def _log_orders(values: list) -> float:
    """The number of orders in which the values can stand, as a power of ten."""
    orders = math.lgamma(len(values) + 1) - sum(math.lgamma(n + 1) for n in Counter(values).values())
    return orders / math.log(10)


def _sorted_by_itself(rows: list[Row], entry: dict) -> Iterator[tuple[int, Names]]:
    lawful = {*_keys(entry)[:1], *entry.get(SORTED, [])[:1], *entry.get(IN_ORDER, [])}
    for column in _fields(entry):
        values = [row[column] for row in rows] if column not in lawful else []
        while values and not values[-1]:
            values.pop()  # a spreadsheet puts empty cells last
        ways = (_way(values, _natural), _way(values, str)) if len(values) >= 8 else ()
        if any(ways) and _log_orders(values + [""] * (len(rows) - len(values))) > CHANCE:
            yield 2, {"column": column, "found": f"{values[0]} … {values[-1]}", "way": ways[0] or ways[1]}


def _way(values: list[str], by: Callable) -> str:
    """Whether values that are not all the same run in order: "rises", "falls" or an empty text."""
    up = down = True
    last = by(values[0])
    for value in values[1:]:
        this = by(value)
        up, down, last = up and last <= this, down and last >= this, this
        if not (up or down):
            return ""
    return "" if up and down else "rises" if up else "falls"


@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """Return the beginnings (four letters) of the words and numbers in a text, without marks and case."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return frozenset(STEM.findall(text.casefold()))


def _moved(rows: list[Row], entry: dict) -> Iterator[tuple[int, Names]]:
    """A run of cells that share words with the row beside their own, and not with their own."""
    if not entry.get(SORTED) or len(rows) < 2 * MOVED:
        return
    fields = [f for f in entry["schema"]["fields"] if f["type"] == "string" and "enum" not in f.get("constraints", {})]
    cells = [[stems(row[f["name"]]) for f in fields] for row in rows]
    counts = [Counter(stem for cell in row for stem in cell) for row in cells]  # in how many cells of the row
    often = Counter(stem for count in counts for stem in count)
    common = {stem for stem, count in often.items() if count > COMMON * len(rows)}
    for place, described in enumerate(fields):
        column = described["name"]
        if column in _keys(entry)[:1] or "pattern" in described.get("constraints", {}):
            continue
        own = [row[place] - common for row in cells]
        fits = [any(counts[at][stem] > 1 for stem in mine) for at, mine in enumerate(own)]
        most, first, where = max(_run(own, fits, counts, step) for step in (-1, 1))
        if most >= MOVED:
            yield first + 2, {"column": column, "where": "above" if where < 0 else "below"}


def _run(own: list[frozenset], fits: list[bool], counts: list[Counter], step: int) -> tuple[int, int, int]:
    """How many cells more fit the row a step away than fit their own, in the run of cells where that is most; its start; the step."""
    run = start = best = first = 0
    for at, mine in enumerate(own):
        beside = at + step
        if mine and 0 <= beside < len(own):
            there, others = counts[beside], own[beside]
            run += -1 if fits[at] else any(there[stem] > (stem in others) for stem in mine)
            if run <= 0:
                start, run = at + 1, 0
            elif run > best:
                best, first = run, start
    return best, first, step


RULES = (
    Rule("", "rows sorted by {by} ({places} rows are not)",
         "Put the row in its place; if the table was sorted by another column, sort it back.", _row_out_of_place),
    Rule("", "no second row that says the same (row {first})", "Take one of the two out, or say where they differ.", _doubled),
    Rule("", "{wanted}, as the numbers run without a gap", "Restore the row that is gone, or give the next number.", _numbered),
    Rule("", "a column in the order of its rows; it {way} from top to bottom, as if it had been sorted by itself",
         "Undo the sort and sort whole rows. If the column does run so, name it in the descriptor under " + IN_ORDER + ".",
         _sorted_by_itself),
    Rule("", "cells that speak of their own row; around here they fit the row {where}",
         "A cell was put in or taken out, here or above: move the column back.", _moved),
)  # fmt: skip
