"""Load the book's tables, say what they are and cite them.

>>> from pakrus import data
>>> trade = data.load("trade")

In goes a `Folder` (without one: the book's own, or the one that PAKRUS_DATA names), out come typed data frames, rows as
they are written, and entries of the descriptor. The difficulty: a table may be met by someone who has changed it, so
`load` compares its bytes with the descriptor and says what to do when they differ, and no cell is taken for another
value than it holds.
"""

import csv
import hashlib
import io
import json
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from pakrus import codebook
from pakrus.folder import DESCRIPTOR, Folder

BOOLEANS = {"true": True, "false": False}

_loaded: dict[str, None] = {}


class DataError(Exception):
    """A table or its descriptor is missing, changed or not as described; the message says which and what to do."""


def descriptor(folder: Folder | None = None) -> dict:
    """Return the Frictionless descriptor (`data/datapackage.json`) as a dictionary.

    Raises
    ------
    DataError
        When the descriptor is missing or is not valid JSON.
    """
    return json.loads(_descriptor_text(folder))


def _descriptor_text(folder: Folder | None) -> str:
    path = (folder or Folder.default()).descriptor
    restore = f"Restore it: git checkout -- data/{DESCRIPTOR}"
    try:
        found = path.stat()
        return _valid(path, found.st_mtime_ns, found.st_size)
    except FileNotFoundError:
        raise DataError(
            f"{path}: missing. Get the whole book folder (chapters read data/ beside pakrus/), or set PAKRUS_DATA to a data folder."
        ) from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). {restore}") from None
    except (ValueError, RecursionError) as error:  # of JSON, and of bytes that are no UTF-8
        raise DataError(f"{path}: not valid JSON ({error}). {restore}") from None
    except _Misshapen as error:
        raise DataError(f"{path}: {error}. {restore}") from None


@lru_cache(maxsize=2)
def _valid(path: Path, changed: int, size: int) -> str:
    """The text of a descriptor as it was at that time; a chapter asks for it hundreds of times."""
    text = path.read_text(encoding="utf-8")
    _resources(text)
    return text


class _Misshapen(Exception):
    """JSON that is no descriptor of tables."""


@lru_cache(maxsize=2)
def _resources(text: str) -> list[dict]:
    """The entries of the tables."""
    package = json.loads(text)
    entries = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(entries, list) or not entries:
        raise _Misshapen("a list of tables ('resources') expected")
    for number, entry in enumerate(entries, start=1):
        entry = entry if isinstance(entry, dict) else {}
        for key in ("name", "path"):
            if not isinstance(entry.get(key), str):
                raise _Misshapen(f"table {number} has no {key!r}")
        schema = entry.get("schema")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if not isinstance(fields, list) or not fields:
            raise _Misshapen(f"table {entry['name']} has no fields")
        if not all(
            isinstance(f, dict) and isinstance(f.get("name"), str) and isinstance(f.get("type"), str) for f in fields
        ):
            raise _Misshapen(f"table {entry['name']} has a field without name or type")
    return entries


def tables(folder: Folder | None = None) -> list[str]:
    """Return the names of all tables, in the order of the descriptor."""
    return [resource["name"] for resource in _resources(_descriptor_text(folder))]


def resource(table: str, folder: Folder | None = None) -> dict:
    """Return a table's entry of the descriptor, to read and not to change.

    Raises
    ------
    DataError
        When there is no such table; the message lists those that are.
    """
    for entry in _resources(_descriptor_text(folder)):
        if entry["name"] == table:
            return entry
    raise DataError(f"no table {table!r}. There are: {', '.join(tables(folder))}.")


def read(path: Path) -> bytes:
    """Return the bytes of a table's file.

    Raises
    ------
    DataError
        When it is missing, or cannot be read: a folder, a file that may not be opened.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path}: missing. Restore it: git checkout -- data/{path.name}") from None
    except OSError as error:
        remedy = f"Free it to be read, or restore it: git checkout -- data/{path.name}"
        raise DataError(f"{path}: cannot be read ({error.strerror}). {remedy}") from None


def derived(entry: dict) -> bool:
    """Return whether a table, by its entry of the descriptor, is made from publishers' files by `derive`."""
    return any(source.get("pakrus:source") for source in entry.get("sources", []))


def if_meant(entry: dict) -> str:
    """Return in words what to do about a table whose bytes are not those recorded, by its entry of the descriptor."""
    restore = f"restore it: git checkout -- data/{entry['path']}"
    if derived(entry):
        return (
            "It is written by 'python -m pakrus derive' and not by hand: put a correction of what a publisher has wrong into "
            f"pakrus/sources/corrections.toml and derive; otherwise {restore}"
        )
    return f"If you changed the table on purpose, run 'python -m pakrus check' and then 'python -m pakrus seal'; otherwise {restore}"


def _verified_bytes(folder: Folder, entry: dict) -> bytes:
    content = read(folder.data / entry["path"])
    found = hashlib.sha256(content).hexdigest()
    if found != entry["hash"].removeprefix("sha256:"):
        raise DataError(
            f"{folder.data / entry['path']}: its sha256 is {found}, the descriptor says {entry['hash']}. {if_meant(entry)}"
        )
    return content


def rows(table: str, folder: Folder | None = None) -> list[dict[str, str]]:
    """Return a table's rows as they are written: one dictionary a row, all values text, missing = "".

    Neither the descriptor nor the seal is asked, so that a table can be read while it is being changed.

    Raises
    ------
    DataError
        When the table is missing, is no UTF-8, or a row has more or fewer cells than the header.
    """
    folder = folder or Folder.default()
    path = folder.table(table)
    return parse(read(path), path)


def parse(content: bytes, path: Path | str) -> list[dict[str, str]]:
    """Return the rows in the bytes of a table, as `rows` does; errors name `path`."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError(
            f"{path}, line {line}: found {content[error.start : error.end]!r}; expected UTF-8. Save the file as CSV UTF-8."
        ) from None
    header, *lines = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    found = []
    for number, line in enumerate(filter(None, lines), start=2):
        if len(line) != len(header):
            raise DataError(
                f"{path}, row {number}: found {len(line)} cells; expected {len(header)}, as the header has. "
                "Put a cell that holds a comma or a line break in double quotes."
            )
        found.append(dict(zip(header, line, strict=True)))
    return found


def _typed(column: pd.Series, field: dict, path: str) -> pd.Series:
    """A column of text as the type that the descriptor names; empty cells are missing, no other cell becomes missing."""
    kind, required = field["type"], field.get("constraints", {}).get("required", False)
    column = column.mask(column == "")
    if kind == "boolean":
        values, expected = column.map(BOOLEANS).astype("boolean"), "true or false"
    elif kind in ("integer", "number"):
        values, expected = pd.to_numeric(column, errors="coerce"), "an integer" if kind == "integer" else "a number"
    else:
        return column
    wrong = values.isna() & column.notna()
    if kind == "integer":
        wrong |= (values % 1 != 0) & values.notna()
        if required:
            wrong |= column.isna()
    if wrong.any():
        first = wrong.idxmax()
        raise DataError(
            f"{path}, row {first + 2}, column {field['name']}: found {'' if pd.isna(column[first]) else column[first]!r}; "
            f"expected {expected}. Correct the cell (leave it empty if it is not known and may be empty); "
            "'python -m pakrus check' lists every such cell."
        )
    if kind == "integer":
        return values.astype("Int64").astype("int64" if required else "Int64")
    return values.astype("float64") if kind == "number" else values


@cache
def _load(table: str, folder: Folder, digest: str) -> pd.DataFrame:
    entry = resource(table, folder)
    path = folder.data / entry["path"]
    content = _verified_bytes(folder, entry)
    names = [field["name"] for field in entry["schema"]["fields"]]
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")
    if list(frame.columns) != names:
        raise DataError(
            f"{path}: columns are {list(frame.columns)}, the descriptor says {names}. Run 'python -m pakrus check' for every difference."
        )
    for field in entry["schema"]["fields"]:
        frame[field["name"]] = _typed(frame[field["name"]], field, str(path))
    return frame


def load(table: str, folder: Folder | None = None) -> pd.DataFrame:
    """Return a table as a typed data frame (a fresh copy), from any working directory.

    Columns, types and units are those of the descriptor: `describe(table)` prints them. Missing is missing (NA), never 0.

    Raises
    ------
    DataError
        When the table is unknown, missing, differs from the descriptor in bytes or columns, or holds a cell that is not
        of its column's type; the message names file, row, column and value.
    """
    folder = folder or Folder.default()
    frame = _load(table, folder, _digest(folder, resource(table, folder))).copy()
    _loaded[table] = None
    return frame


def loaded(folder: Folder | None = None) -> list[str]:
    """Return the names of the tables that this process has loaded, in the order of the descriptor."""
    return [name for name in tables(folder) if name in _loaded]


def _digest(folder: Folder, entry: dict) -> str:
    path = folder.data / entry["path"]
    return f"{entry['hash']}:{path.stat().st_mtime_ns}:{path.stat().st_size}" if path.is_file() else entry["hash"]


def keys(table: str, folder: Folder | None = None) -> list[str]:
    """Return the BibTeX keys of a table's sources: those of the descriptor and those in its `key` or `source` column."""
    entry = resource(table, folder)
    found = [source["key"] for source in entry.get("sources", []) if source.get("key")]
    names = [field["name"] for field in entry["schema"]["fields"]]
    for column in ("key", "source"):
        if column in names and entry.get("pakrus:sourceColumn") == column:
            found += sorted(load(table, folder)[column].dropna().unique())
    if entry.get("pakrus:sourcesIn"):
        found += keys(entry["pakrus:sourcesIn"], folder)
    return list(dict.fromkeys(found))


def cite(table: str, folder: Folder | None = None) -> str:
    """Return BibTeX: an entry for this table of the book, then one for each of its sources.

    Raises
    ------
    DataError
        When a source's key is not in references.bib.
    """
    from pakrus import citation, references

    library, needed = references.read(folder), keys(table, folder)
    missing = [key for key in needed if key not in library.entries]
    if missing:
        raise DataError(f"table {table}: no entry in references.bib for {', '.join(missing)}.")
    book = citation.read((folder or Folder.default()).citation)
    work = citation.Work(book, resource(table, folder)["title"], table, kind="table")
    return "\n\n".join(
        [citation.work_bibtex(work).strip()] + [citation.bibtex(key, library.entries[key]) for key in needed]
    )


def describe(table: str, folder: Folder | None = None) -> str:
    """Return a table's codebook entry as Markdown: what a row is, columns with units, sources, terms, limits."""
    return codebook.markdown(codebook.table(resource(table, folder)))
