"""The tables as the descriptor says they are: types, constraints and keys, read by Frictionless.

In go tables as they were read, out come problems. The difficulty: Frictionless says what failed in its own words, and a
contributor needs what was expected and how to mend it, once for each fault. So Frictionless reads the descriptor and the
single cell, each distinct text of a column once; keys between tables are followed here, and a value that leads nowhere
is one problem, however many rows have it.
"""

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from pakrus import tidy
from pakrus.checks.cells import grouped
from pakrus.checks.files import Table
from pakrus.checks.problem import Problem, Row, Tables, Unread
from pakrus.folder import DESCRIPTOR

DATE = "a date: a year, a month or a day, as 1966, 1966-01 or 1966-01-10"
# the patterns of the descriptor in words
PATTERNS = {
    r"\d{4}(-\d{2}(-\d{2})?)?": DATE,
    r"\d{4}-\d{2}-\d{2}": "a day, as 1966-01-10",
    r"\d{4}-\d{2}": "a month, as 1966-01",
    r"\d{4}(-\d{2}(-\d{2})?)?-[a-z0-9-]+": "an identifier of a date and lower-case words joined by hyphens, as 1966-01-10-tashkent-declaration",
    r"[a-z0-9-]+": "an identifier of lower-case letters, digits and hyphens",
    r"[a-z0-9]+(-[a-z0-9]+)*": "an identifier of lower-case letters and digits, joined by single hyphens",
    r"[A-Z0-9_-]+": "a code of capital letters and digits, as PAK",
    r"[A-Z]{3}": "the three capital letters of a state, as PAK",
    r"s[0-4]": "the code of an article, s0 to s4",
    r"[0-9a-f]{64}": "a sha256 of 64 digits and letters a to f",
    r"S[0-4]-\d{2}": "the identifier of a claim, as S0-01",
    r"l\d{3}": "the identifier of a link, as l001",
    r"\d{3}": "three digits, as 001",
    r"(\d{4}-\d{4}|cold-war|post-1991|post-9-11|sco-era)": "a span of years, as 1946-1991, or the identifier of a phase",
    r"\d{4}-\d{2}-\d{2}-\d+": "a day and a number, as 1971-12-04-1",
    r"(CHN|FRA|GBR|RUS|USA)(; (CHN|FRA|GBR|RUS|USA))*": "codes of permanent members of the Council, separated by '; ', as RUS; USA",
}
TYPES = {
    "integer": "a whole number",
    "number": "a number with a decimal point and no other separator",
    "boolean": "true or false, written small",
}
# which numbers a table may hold: machines read others too (1e5, ١٢, inf), people do not
NUMBERS = {"integer": r"-?[0-9]+", "number": r"-?[0-9]+(\.[0-9]+)?"}


def description(package: dict) -> tuple[Problem, ...]:
    """Return where the descriptor is none that Frictionless can read; tables named in `column` cannot be checked then."""
    return _description(json.dumps(package))


@lru_cache(maxsize=16)
def _description(text: str) -> tuple[Problem, ...]:
    from frictionless import FrictionlessException, Package, Resource

    package = json.loads(text)
    try:
        Package.from_descriptor({"name": "data"} | package)
    except FrictionlessException as error:
        found = []
        for entry in package["resources"]:
            try:
                Resource.from_descriptor(entry)
            except FrictionlessException as wrong:
                found.append(_undescribed(entry["name"], wrong))
        return tuple(found) or (_undescribed("", error),)
    return ()


def _undescribed(table: str, error) -> Problem:
    notes = [reason.message for reason in error.reasons] or [error.error.message]
    expected, remedy = (
        "a Frictionless data package",
        f"Mend the descriptor, or restore it: git checkout -- data/{DESCRIPTOR}",
    )
    return Problem(f"data/{DESCRIPTOR}", None, table, "; ".join(notes)[:300], expected, remedy)


def problems(tables: Mapping[str, Table], rows: Tables) -> Iterator[Problem]:
    """Yield where the tables break types, constraints and keys of their schemas, then the keys that lead nowhere.

    `rows` holds the rows of `tables`, and knows which of them were not read.
    """
    said = set()
    for table in tables.values():
        for problem in (*_cells(table), *_keys(table)) if table.rows is not None else ():
            said.add((problem.file, problem.row, problem.column))
            yield problem
    # a cell that its field does not allow is not said to lead nowhere as well
    yield from (p for p in _foreign_keys(tables, rows) if (p.file, p.row, p.column) not in said)


@lru_cache(maxsize=256)
def _cells(table: Table) -> tuple[Problem, ...]:
    """The cells that their fields do not allow; what a table holds is asked once in a process."""
    found: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for field in table.entry["schema"]["fields"]:
        name, unmet = field["name"], _reader(field)
        wrong = {text: said for text in {row[name] for row in table.rows} if (said := unmet(text))}
        for number, row in enumerate(table.rows, start=2) if wrong else []:
            if row[name] in wrong and any(row.values()):
                found[(name, *wrong[row[name]])].append((number, row[name]))
    return tuple(sorted(grouped(table, found), key=lambda problem: problem.row))


def _reader(field: dict) -> Callable[[str], tuple[str, str] | None]:
    """A function that says what a field expects and a text is not, and how to mend it; None where the text may stand there."""
    unmet = cell_reader(field)
    required = field.get("constraints", {}).get("required")

    def said(text: str) -> tuple[str, str] | None:
        expected = unmet(text)
        if expected is None:
            return None
        if not text:
            return expected, "Fill the cell in."
        if field["type"] == "boolean" and text.upper() in ("TRUE", "FALSE"):
            return expected, "Spreadsheet programs write it in capitals: 'python -m pakrus tidy' writes it small."
        if made := tidy.rewritten(text, field):
            return (
                f"{expected}; this is {made}",
                "Put back what stood there (git diff shows it), and import the column as text.",
            )
        return expected, "Correct the cell." if required else "Correct the cell; leave it empty if it is not known."

    return said


def cell_reader(field: dict) -> Callable[[str], str | None]:
    """Return a function that says what a field of the descriptor expects and a text is not, or None if it may stand there."""
    from frictionless import Field

    if field["type"] == "boolean":
        field = field | {"trueValues": ["true"], "falseValues": ["false"]}  # else Frictionless reads TRUE and 1 too
    read = Field.from_descriptor(field).create_cell_reader()
    written = re.compile(NUMBERS.get(field["type"], r"(?s:.*)"))

    def unmet(text: str) -> str | None:
        if text and not written.fullmatch(text):
            return expectation(field, "type")
        _, notes = read(text)
        return expectation(field, next(iter(notes))) if notes else None

    return unmet


def expectation(field: dict, constraint: str) -> str:
    """Return in words what a field of the descriptor asks for by one of its constraints, or by its `type`."""
    limits = field.get("constraints", {})
    if constraint == "type":
        unit = f" ({field['unit']})" if field.get("unit") else ""
        return TYPES.get(field["type"], f"a {field['type']}") + unit
    if constraint == "pattern":
        known = PATTERNS.get(limits["pattern"].removeprefix("^").removesuffix("$"))
        return known or f"what the column is described as: {field.get('description', field['name'])}"
    if constraint in ("minimum", "maximum"):
        low, high = limits.get("minimum"), limits.get("maximum")
        return (
            f"a number from {low} to {high}"
            if None not in (low, high)
            else f"a number of {high} or less"
            if low is None
            else f"a number of {low} or more"
        )
    if constraint == "enum":
        return f"one of {', '.join(map(str, limits['enum']))}"
    if constraint == "required":
        return "a value: the column may not be empty"
    if constraint == "unique":
        return "a value that no other row has"
    return f"a value that meets {constraint} {limits.get(constraint)!r}"


# keys -----------------------------------------------------------------------------------------------------------------


def _columns(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


@lru_cache(maxsize=256)
def _keys(table: Table) -> tuple[Problem, ...]:
    """Rows whose key another row has already: of the primary key, and of each column that is to be unique."""
    schema, found = table.entry["schema"], []
    key = _columns(schema.get("primaryKey", []))
    unique = [[f["name"]] for f in schema["fields"] if f.get("constraints", {}).get("unique")]
    said: set[int] = set()
    for columns in filter(None, [key, *(columns for columns in unique if columns != key)]):
        first: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(table.rows, start=2):
            values = tuple(row[column] for column in columns)
            if not any(values) or first.setdefault(values, number) == number or number in said:
                continue
            said.add(number)
            where = ", ".join(columns)
            expected = f"a key that no row above has; row {first[values]} has it"
            remedy = "If it is the same thing, keep one row; otherwise give this row a new key: keys are never reused."
            found.append(Problem(table.file, number, where, ", ".join(filter(None, values)), expected, remedy))
    return tuple(found)


def _foreign_keys(tables: Mapping[str, Table], rows: Tables) -> Iterator[Problem]:
    """Values that lead to no row of the table that they are a key of: one problem for each, with every place that has it."""
    lost: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[tuple[Table, int, str]]] = defaultdict(list)
    used: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] = defaultdict(set)
    there: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], int]] = {}
    for name, table in tables.items():
        for key in table.entry["schema"].get("foreignKeys", []) if table.rows is not None else []:
            columns, other = _columns(key["fields"]), key["reference"].get("resource") or name
            target = (other, tuple(_columns(key["reference"]["fields"])))
            try:
                if target not in there:
                    there[target] = _index(rows[other], target[1])
            except Unread as missing:
                missing.stops(name)
                continue
            except KeyError:
                found, expected = (
                    f"a key into {other}, {', '.join(target[1])}",
                    "a table and columns that are described",
                )
                yield Problem(
                    f"data/{DESCRIPTOR}", None, name, found, expected, "Mend the foreign key in the descriptor."
                )
                continue
            for number, row in enumerate(table.rows, start=2):
                values = tuple(row[column] for column in columns)
                if any(values):
                    used[target].add(values)
                    if values not in there[target]:
                        lost[*target, values].append((table, number, ", ".join(columns)))
    for (other, columns, values), places in lost.items():
        yield _leads_nowhere(places, values, tables[other], columns, there[other, columns], used[other, columns])


def _index(rows: list[Row], columns: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """The first row that has each value of the columns."""
    return {tuple(row[column] for column in columns): number for number, row in reversed([*enumerate(rows, start=2)])}


def _leads_nowhere(places, values, other: Table, columns, there, used) -> Problem:
    (table, number, column), *more = places
    expected = f"a value that is there in {other.file}, column {', '.join(columns)}"
    if more:
        shown = ", ".join(f"{t.file} row {n}" for t, n, _ in more[:4]) + (
            f" and {len(more) - 4} more" if len(more) > 4 else ""
        )
        expected += f" (it also stands in {shown})"
    near = difflib.get_close_matches(values[0], [key[0] for key in there], n=1, cutoff=0.8) if len(values) == 1 else []
    if not near:
        remedy = "Add the row it points to, or mend the spelling."
    elif (near[0],) in used:
        remedy = (
            f"Mend the spelling ({near[0]!r} stands in row {there[(near[0],)]} there), or add the row it points to."
        )
    else:
        where = f"row {there[(near[0],)]} of {other.file} has {near[0]!r}, to which nothing points"
        remedy = f"Mend the spelling: {where}. A key that was changed is to be changed back."
    return Problem(table.file, number, column, ", ".join(values), expected, remedy)
