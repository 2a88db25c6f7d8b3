"""The data edition as one SQLite file, and a fingerprint of what is in it.

What comes in are the tables' entries in the descriptor and their CSV files as bytes; what goes out is a database with
types, primary and foreign keys, and the two tables `_meta` and `_fields`. Rows go in as the CSV has them, tables in the
order of the descriptor. The one difficulty: versions of SQLite write the same content in different bytes, and
`Connection.iterdump` has SQLite itself write the numbers, which 3.40 and 3.54 do differently. So the fingerprint is
taken of a dump in which Python writes the values (`fingerprint`), and that is equal wherever the content is.
"""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from pakrus.codebook import as_list
from pakrus.data import DataError, parse
from pakrus.folder import DESCRIPTOR

AFFINITY = {"integer": "INTEGER", "year": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # all others: TEXT
BOOLEANS = {"true": 1, "false": 0}


def make(resources: list[dict], contents: dict[str, bytes], meta: dict[str, str]) -> tuple[bytes, str]:
    """Return the database file and its `fingerprint`.

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
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            _fill(connection, resources, contents, meta)
            found = fingerprint(connection)
        except sqlite3.Error as error:
            raise DataError(f"the data edition cannot be made: {error}. Run 'python -m pakrus check'.") from error
        finally:
            connection.close()
        return path.read_bytes(), found


def fingerprint(connection: sqlite3.Connection) -> str:
    """Return the sha256 of a database's dump: a line of JSON for each table (its definition) and each of its rows.

    The README of the zip gives the same lines to check with: `edition.CHECK`.
    """
    digest = hashlib.sha256()
    for name, definition in connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall():
        digest.update(f"{json.dumps(definition)}\n".encode())
        for row in connection.execute(f"SELECT * FROM {_quoted(name)} ORDER BY rowid"):
            digest.update(f"{json.dumps(row)}\n".encode())
    return digest.hexdigest()


def _fill(connection: sqlite3.Connection, resources: list[dict], contents: dict[str, bytes], meta: dict) -> None:
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


def _keys(
    entry: dict, package: dict[str, dict], rows: dict[str, list[tuple]]
) -> list[tuple[list[str], str, list[str]]]:
    """(fields, table, fields there) of the foreign keys; SQL has none to fields in which a value may come twice."""
    found = []
    for key in entry["schema"].get("foreignKeys", []):
        table, there = key["reference"].get("resource") or entry["name"], as_list(key["reference"]["fields"])
        if table not in package:
            raise DataError(f"{DESCRIPTOR}: table {entry['name']} refers to {table}, which is not there.")
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
        line = f"{name} {AFFINITY.get(kind, 'TEXT')}"
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
    converters = {field["name"]: _converter(field["type"]) for field in fields}
    rows = []
    for number, row in enumerate(parse(content, f"data/{entry['path']}"), start=2):
        if list(row) != list(converters):
            raise DataError(
                f"data/{entry['path']}: its columns are not those of the descriptor. Run 'python -m pakrus check'."
            )
        try:
            rows.append(tuple(None if row[name] in missing else f(row[name]) for name, f in converters.items()))
        except (ValueError, KeyError) as error:
            raise DataError(f"data/{entry['path']}, row {number}: {error}. Run 'python -m pakrus check'.") from None
    return rows


_CONVERTERS = {"INTEGER": int, "REAL": float, "TEXT": str}


def _converter(kind: str) -> Callable[[str], int | float | str]:
    return BOOLEANS.__getitem__ if kind == "boolean" else _CONVERTERS[AFFINITY.get(kind, "TEXT")]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))
