"""The files as the descriptor says they are: names, bytes, encoding; types, constraints and keys by Frictionless.

In goes a folder of tables, out come problems. The difficulty: Frictionless says what failed in its own words, and a
contributor needs what was expected instead and how to mend it; and it reads every table that a key leads to, so what
has been validated once under the same description is not validated again.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pakrus.checks.problem import Problem
from pakrus.folder import DESCRIPTOR, Folder

# what a constraint asks for in words; the names in braces are the field's own constraints
EXPECTED = {
    "enum": "one of {enum}",
    "pattern": "a text like {pattern}",
    "required": "a value (the column may not be empty)",
    "minimum": "a number from {minimum} to {maximum}",
    "maximum": "a number from {minimum} to {maximum}",
    "unique": "a value that no other row has",
    "type": "a value of type {type}",
}
REMEDIES = {
    "primary-key": "Give the row a key of its own; keys are never reused.",
    "foreign-key": "Add the row it points to, or mend the spelling.",
}
REMEDY = "Correct the cell; leave it empty if it is not known and may be empty."


def files(package: dict, folder: Folder) -> Iterator[Problem]:
    """Every described file is there with its recorded bytes; every CSV is described; text is UTF-8 with LF."""
    described = {entry["path"] for entry in package["resources"]}
    for path in sorted(folder.data.glob("*.csv")):
        if path.name not in described:
            expected, remedy = f"only tables described in {DESCRIPTOR}", "Describe it there, or remove the file."
            yield Problem(f"data/{path.name}", None, "", "a table", expected, remedy)
    for entry in package["resources"]:
        path, name = folder.data / entry["path"], f"data/{entry['path']}"
        if path.is_file():
            yield from _file(path.read_bytes(), name, entry.get("hash"))
        else:
            expected, remedy = "the table that the descriptor names", f"Restore it: git checkout -- {name}"
            yield Problem(name, None, "", "no file", expected, remedy)


def _file(content: bytes, name: str, recorded: str | None) -> Iterator[Problem]:
    def wrong(at: int | None, found: str, expected: str, remedy: str) -> Problem:
        return Problem(name, None if at is None else content[:at].count(b"\n") + 1, "", found, expected, remedy)

    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        found = repr(content[error.start : error.end])
        yield wrong(error.start, found, "UTF-8", "Save the file as UTF-8 (in a spreadsheet: CSV UTF-8).")
        return
    if b"\r" in content:
        at = content.index(b"\r")
        yield wrong(at, "a carriage return", "lines that end in LF alone", "Save the file with Unix line ends.")
    if content.startswith(b"\xef\xbb\xbf"):
        yield wrong(0, "a byte-order mark", "UTF-8 without one", "Save the file as UTF-8 without BOM.")
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if digest != recorded:
        remedy = f"If the change is meant, run 'python -m pakrus seal'; else git checkout -- {name}"
        yield wrong(None, digest, f"{recorded} as recorded in the descriptor", remedy)


@dataclass(frozen=True)
class _Described:
    """A table with those that its keys lead to: equal to another of the same bytes under the same description."""

    name: str
    descriptor: str
    digests: tuple[str, ...]
    basepath: Path = field(compare=False)  # where these bytes are to be read does not matter


def problems(package: dict, folder: Folder) -> list[Problem]:
    """Return where the tables break types, constraints, keys and foreign keys of their schemas."""
    present = {e["name"]: e for e in package["resources"] if (folder.data / e["path"]).is_file()}
    known, wanted = {}, {}
    for name, entry in present.items():
        # a key into a table that is missing cannot be followed; the missing file is reported by itself
        keys = [k for k in entry["schema"].get("foreignKeys", []) if k["reference"]["resource"] in present]
        stripped = {k: v for k, v in entry.items() if k not in ("hash", "bytes")}
        known[name] = stripped | {"schema": entry["schema"] | {"foreignKeys": keys}}
        wanted[name] = [name, *sorted({k["reference"]["resource"] for k in keys} - {name})]
    digests = {name: hashlib.sha256((folder.data / e["path"]).read_bytes()).hexdigest() for name, e in present.items()}
    found: dict[Problem, None] = {}
    for name, needed in wanted.items():
        # what a table is checked against: itself and the tables that its keys lead to, whose own keys do not matter here
        others = [known[n] | {"schema": known[n]["schema"] | {"foreignKeys": []}} for n in needed[1:]]
        text = json.dumps([known[name], *others], sort_keys=True)
        found |= dict.fromkeys(_validated(_Described(name, text, tuple(digests[n] for n in needed), folder.data)))
    return list(found)


@lru_cache(maxsize=512)
def _validated(table: _Described) -> tuple[Problem, ...]:
    """The problems of one table; the same bytes under the same description are read once in a process."""
    from frictionless import FrictionlessException, Package, system

    resources = json.loads(table.descriptor)
    try:
        with system.use_context(trusted=True):
            package = Package.from_descriptor({"name": "data", "resources": resources}, basepath=str(table.basepath))
            report = package.get_resource(table.name).validate(limit_errors=200)
    except FrictionlessException as error:
        return (_undescribed(table.name, str(error)),)
    fields = {field["name"]: field for field in resources[0]["schema"]["fields"]}
    found = [_undescribed(table.name, error.message) for error in report.errors]
    for error in (error for task in report.tasks for error in task.errors):
        column = getattr(error, "field_name", "") or ", ".join(getattr(error, "field_names", []))
        value = getattr(error, "cell", None)
        if error.type == "foreign-key":
            value = ", ".join(map(str, error.field_cells))
        elif value is None:
            cells = getattr(error, "cells", None) or getattr(error, "labels", None) or []
            value = ", ".join(map(str, cells)) or error.note
        row, expected = getattr(error, "row_number", None), _expected(fields.get(column, {}), error)
        remedy = REMEDIES.get(error.type, REMEDY)
        found.append(Problem(f"data/{resources[0]['path']}", row, column, str(value)[:120], expected, remedy))
    return tuple(found)


def _undescribed(table: str, message: str) -> Problem:
    expected = "a Frictionless data package"
    return Problem(f"data/{DESCRIPTOR}", None, table, message[:300], expected, "Mend the descriptor.")


def _expected(field: dict, error) -> str:
    named = re.match(r'constraint "(\w+)"', error.note)
    if error.type == "constraint-error" and named and named[1] in EXPECTED:
        return expectation(field, named[1])
    if error.type == "type-error":
        return expectation(field, "type")
    if error.type == "primary-key":
        return "a primary key that no other row has"
    if error.type == "foreign-key":
        where = f"data/{error.reference_name}.csv, column {', '.join(error.reference_field_names)}"
        return f"a value that is there in {where}"
    return error.note


def expectation(field: dict, constraint: str) -> str:
    """Return in words what a field of the descriptor asks for by one of its constraints, or by its `type`."""
    limits = {"minimum": "…", "maximum": "…"} | field.get("constraints", {})
    limits["enum"] = ", ".join(map(str, limits.get("enum", [])))
    unit = f" ({field['unit']})" if constraint == "type" and field.get("unit") else ""
    return EXPECTED[constraint].format(type=field.get("type"), **limits) + unit


def cell_reader(field: dict) -> Callable[[str], str | None]:
    """Return a function that says what a field of the descriptor expects and a text is not, or None if it may stand there."""
    from frictionless import Field

    read = Field.from_descriptor(field).create_cell_reader()

    def unmet(text: str) -> str | None:
        _, notes = read(text)
        return expectation(field, next(iter(notes))) if notes else None

    return unmet
