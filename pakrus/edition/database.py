"""The data edition as one SQLite file, in the same bytes whichever version of SQLite writes it.

Rows go in as the CSV has them, tables in the order of the descriptor, then VACUUM. What versions and builds of SQLite
do differently is taken out: their defaults (the file starts from an empty one made here), how they store whole numbers
in REAL columns, what they leave in unused space, and the header's counters and library version. Debian's SQLite 3.40.1
and a Red Hat build of 3.54.1 gave the same file.
"""

import csv
import io
import sqlite3
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path

from pakrus import paths
from pakrus.codebook import as_list
from pakrus.data import DataError

PAGE_SIZE = 4096
AFFINITY = {"integer": "INTEGER", "year": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # all others: TEXT
BOOLEANS = {"true": 1, "false": 0}


def make(resources: list[dict], contents: dict[str, bytes], meta: dict[str, str]) -> bytes:
    """Return the database file.

    Parameters
    ----------
    resources : list of dict
        The tables' entries in the descriptor.
    contents : dict
        The CSV of each table.
    meta : dict
        What the table `_meta` says, by name; `_fields` says what the descriptor says of each field.

    Raises
    ------
    DataError
        When a row or a key is not what the descriptor says.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "edition.sqlite")
        path.write_bytes(_empty_database())
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            _fill(connection, resources, contents, meta)
            roots = [row[0] for row in connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0")]
        except sqlite3.Error as error:
            raise DataError(f"the data edition cannot be made: {error}. Run 'python -m pakrus check'.") from error
        finally:
            connection.close()
        content = bytearray(path.read_bytes())
    _declare_reals(content, resources)
    _clear_unused(content, roots)
    struct.pack_into(">I", content, 24, 1)  # changes so far
    struct.pack_into(">I", content, 40, 1)  # changes of the schema
    struct.pack_into(">II", content, 92, 1, 0)  # for which change the size holds; which library wrote
    return bytes(content)


def _fill(connection: sqlite3.Connection, resources: list[dict], contents: dict[str, bytes], meta: dict) -> None:
    connection.execute("PRAGMA secure_delete = ON")  # no leftovers in unused space
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    package = {entry["name"]: entry for entry in resources}
    rows = {name: _rows(entry, contents[name]) for name, entry in package.items()}
    keys = {name: _keys(entry, package, rows) for name, entry in package.items()}
    for name, entry in package.items():
        referred = [fields for others in keys.values() for _, table, fields in others if table == name]
        connection.execute(_create(entry, keys[name], referred))
        marks = ", ".join("?" * len(entry["schema"]["fields"]))
        connection.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", rows[name])
    connection.execute("CREATE TABLE _meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)")
    connection.executemany("INSERT INTO _meta VALUES (?, ?)", meta.items())
    connection.execute(
        'CREATE TABLE _fields ("table" TEXT NOT NULL, field TEXT NOT NULL, type TEXT NOT NULL, unit TEXT, '
        'description TEXT, PRIMARY KEY ("table", field))'
    )
    described = [
        (name, field["name"], field["type"], field.get("unit"), field.get("description"))
        for name, entry in package.items()
        for field in entry["schema"]["fields"]
    ]
    connection.executemany("INSERT INTO _fields VALUES (?, ?, ?, ?, ?)", described)
    connection.execute("COMMIT")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise DataError(
            f"table {broken[0]}, row {broken[1]} of its data, points to no row of {broken[2]}. "
            "Run 'python -m pakrus check'."
        )
    connection.execute("VACUUM")


def _declare_reals(content: bytearray, resources: list[dict]) -> None:
    """Number columns were filled as BLOB, which converts nothing; from here on they are REAL."""
    for entry in resources:
        for field in entry["schema"]["fields"]:
            if AFFINITY.get(field["type"]) == "REAL":
                table = content.index(f"CREATE TABLE {_quoted(entry['name'])} (".encode())
                column = f"{_quoted(field['name'])} BLOB".encode()
                end = content.index(column, table) + len(column)
                content[end - 4 : end] = b"REAL"


def _empty_database() -> bytes:
    """An SQLite database without tables: made here, so that no library's own defaults get into the file."""
    page = bytearray(PAGE_SIZE)
    header = (b"SQLite format 3\0", PAGE_SIZE, 1, 1, 0, 64, 32, 32, 1, 1, 0, 0, 0, 4, 0, 0, 1)
    struct.pack_into(">16sHBBBBBBIIIIIIIII", page, 0, *header)
    struct.pack_into(">BHHHB", page, 100, 13, 0, 0, PAGE_SIZE, 0)  # an empty leaf
    struct.pack_into(">I", page, 92, 1)
    return bytes(page)


def _clear_unused(content: bytearray, roots: list[int]) -> None:
    """Zero what lies between the cell pointers and the cells of each page: leftovers that differ between builds."""
    pages = [1, *roots]
    while pages:
        start = (pages.pop() - 1) * PAGE_SIZE
        head = start + (100 if start == 0 else 0)
        kind, _, cells, first = struct.unpack_from(">BHHH", content, head)
        inner = kind in (2, 5)
        pointers = head + (12 if inner else 8)
        end, first = pointers + 2 * cells, start + first
        content[end:first] = bytes(first - end)
        if inner:
            at = [start + offset for offset in struct.unpack_from(f">{cells}H", content, pointers)]
            pages += [struct.unpack_from(">I", content, place)[0] for place in [head + 8, *at]]


def _keys(
    entry: dict, package: dict[str, dict], rows: dict[str, list[tuple]]
) -> list[tuple[list[str], str, list[str]]]:
    """(fields, table, fields there) of the foreign keys; SQL has none to fields in which a value may come twice."""
    found = []
    for key in entry["schema"].get("foreignKeys", []):
        table, there = key["reference"].get("resource") or entry["name"], as_list(key["reference"]["fields"])
        if table not in package:
            raise DataError(f"{paths.DESCRIPTOR}: table {entry['name']} refers to {table}, which is not there.")
        names = [field["name"] for field in package[table]["schema"]["fields"]]
        values = [tuple(row[names.index(name)] for name in there) for row in rows[table]]
        if len(values) == len(set(values)):
            found.append((as_list(key["fields"]), table, there))
    return found


def _create(entry: dict, keys: list, referred: list[list[str]]) -> str:
    primary = as_list(entry["schema"].get("primaryKey", []))
    lines = []
    for field in entry["schema"]["fields"]:
        name, kind = _quoted(field["name"]), field["type"]
        line = f"{name} {AFFINITY.get(kind, 'TEXT').replace('REAL', 'BLOB')}"
        line += " NOT NULL" if field.get("constraints", {}).get("required") else ""
        line += f" CHECK ({name} IN (0, 1))" if kind == "boolean" else ""
        lines.append(line)
    if primary:
        lines.append(f"PRIMARY KEY ({_names(primary)})")
    lines += [f"UNIQUE ({names})" for names in sorted({_names(fields) for fields in referred if fields != primary})]
    lines += [
        f"FOREIGN KEY ({_names(here)}) REFERENCES {_quoted(table)} ({_names(there)})" for here, table, there in keys
    ]
    return f"CREATE TABLE {_quoted(entry['name'])} (\n  " + ",\n  ".join(lines) + "\n)"


def _rows(entry: dict, content: bytes) -> list[tuple]:
    """The rows of a CSV with the values of their types, missing ones as None."""
    fields = entry["schema"]["fields"]
    missing = set(entry["schema"].get("missingValues", [""]))
    converters = [_converter(field["type"]) for field in fields]
    lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    names = next(lines)
    if names != [field["name"] for field in fields]:
        raise DataError(
            f"data/{entry['path']}: its columns are not those of the descriptor. Run 'python -m pakrus check'."
        )
    rows = []
    for number, line in enumerate(lines, start=2):
        try:
            rows.append(tuple(None if v in missing else f(v) for v, f in zip(line, converters, strict=True)))
        except (ValueError, KeyError) as error:
            raise DataError(f"data/{entry['path']}, row {number}: {error}. Run 'python -m pakrus check'.") from None
    return rows


def _real(text: str) -> int | float:
    """A number as SQLite keeps it in a REAL column: 17.0 as the integer 17 (reading gives 17.0 again)."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 2**47 else value


_CONVERTERS = {"INTEGER": int, "REAL": _real, "TEXT": str}


def _converter(kind: str) -> Callable[[str], int | float | str]:
    return BOOLEANS.__getitem__ if kind == "boolean" else _CONVERTERS[AFFINITY.get(kind, "TEXT")]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))
