"""Load the book's tables, say what they are and cite them.

>>> from pakrus import data
>>> trade = data.load("trade")
"""

import hashlib
import io
import json
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from pakrus import codebook, paths

TYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "string": "str", "date": "str"}


_loaded: dict[str, None] = {}


class DataError(Exception):
    """A table or its descriptor is missing, changed or not as described; the message says which and what to do."""


def descriptor() -> dict:
    """Return the Frictionless descriptor (`data/datapackage.json`) as a dictionary.

    Raises
    ------
    DataError
        When the descriptor is missing or is not valid JSON.
    """
    return json.loads(_descriptor_text())


def _descriptor_text() -> str:
    path = paths.DATA / paths.DESCRIPTOR
    try:
        text = path.read_text(encoding="utf-8")
        _resources(text)
        return text
    except FileNotFoundError:
        raise DataError(
            f"{path}: missing. Get the whole book folder (chapters read data/ beside pakrus/), or set PAKRUS_DATA to a data folder."
        ) from None
    except json.JSONDecodeError as error:
        raise DataError(
            f"{path}: not valid JSON ({error}). Restore it: git checkout -- data/{paths.DESCRIPTOR}"
        ) from None


@lru_cache(maxsize=2)
def _resources(text: str) -> list[dict]:
    return json.loads(text)["resources"]  # a chapter asks for entries dozens of times


def tables() -> list[str]:
    """Return the names of all tables, in the order of the descriptor."""
    return [resource["name"] for resource in _resources(_descriptor_text())]


def resource(table: str) -> dict:
    """Return a table's entry of the descriptor, to read and not to change.

    Raises
    ------
    DataError
        When there is no such table; the message lists those that are.
    """
    for entry in _resources(_descriptor_text()):
        if entry["name"] == table:
            return entry
    raise DataError(f"no table {table!r}. There are: {', '.join(tables())}.")


def _verified_bytes(entry: dict) -> bytes:
    path = paths.DATA / entry["path"]
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path}: missing. Restore it: git checkout -- data/{entry['path']}") from None
    found = hashlib.sha256(content).hexdigest()
    if found != entry["hash"].removeprefix("sha256:"):
        raise DataError(
            f"{path}: its sha256 is {found}, the descriptor says {entry['hash']}. If you changed the table on purpose, run "
            f"'python -m pakrus check' and then 'python -m pakrus seal'; otherwise restore it: git checkout -- data/{entry['path']}"
        )
    return content


@cache
def _load(table: str, path: Path, digest: str) -> pd.DataFrame:
    entry = resource(table)
    content = _verified_bytes(entry)
    fields = entry["schema"]["fields"]
    names = [field["name"] for field in fields]
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")
    if list(frame.columns) != names:
        raise DataError(
            f"{path}: columns are {list(frame.columns)}, the descriptor says {names}. Run 'python -m pakrus check' for every difference."
        )
    for field in fields:
        column = frame[field["name"]].mask(frame[field["name"]] == "")
        try:
            if field["type"] == "boolean":
                column = column.map({"true": True, "false": False}).astype("boolean")
            elif field["type"] == "number":
                column = pd.to_numeric(column).astype("float64")
            elif field["type"] == "integer":
                column = pd.to_numeric(column).astype("Int64")
                if field.get("constraints", {}).get("required"):
                    column = column.astype("int64")
        except (ValueError, TypeError) as error:
            raise DataError(
                f"{path}, column {field['name']}: {error}; {field['type']} expected. Run 'python -m pakrus check'."
            ) from None
        frame[field["name"]] = column
    return frame


def load(table: str) -> pd.DataFrame:
    """Return a table as a typed data frame (a fresh copy), from any working directory.

    Columns, types and units are those of the descriptor: `describe(table)` prints them. Missing is missing (NA), never 0.

    Raises
    ------
    DataError
        When the table is unknown, missing, or differs from the descriptor in bytes or columns.
    """
    entry = resource(table)
    frame = _load(table, paths.DATA / entry["path"], _digest(entry)).copy()
    _loaded[table] = None
    return frame


def loaded() -> list[str]:
    """Return the names of the tables that this process has loaded, in the order of the descriptor."""
    return [name for name in tables() if name in _loaded]


def _digest(entry: dict) -> str:
    path = paths.DATA / entry["path"]
    return f"{entry['hash']}:{path.stat().st_mtime_ns}:{path.stat().st_size}" if path.is_file() else entry["hash"]


def keys(table: str) -> list[str]:
    """Return the BibTeX keys of a table's sources: those of the descriptor and those in its `key` or `source` column."""
    entry = resource(table)
    found = [source["key"] for source in entry.get("sources", []) if source.get("key")]
    names = [field["name"] for field in entry["schema"]["fields"]]
    for column in ("key", "source"):
        if column in names and entry.get("pakrus:sourceColumn") == column:
            found += sorted(load(table)[column].dropna().unique())
    if entry.get("pakrus:sourcesIn"):
        found += keys(entry["pakrus:sourcesIn"])
    return list(dict.fromkeys(found))


def cite(table: str) -> str:
    """Return BibTeX: an entry for this table of the book, then one for each of its sources.

    Raises
    ------
    DataError
        When a source's key is not in references.bib.
    """
    from pakrus import citation, references

    library = references.read()
    missing = [key for key in keys(table) if key not in library.entries]
    if missing:
        raise DataError(f"table {table}: no entry in references.bib for {', '.join(missing)}.")
    return "\n\n".join(
        [citation.table_bibtex(citation.read(paths.ROOT / citation.FILE), table, resource(table)["title"])]
        + [citation.bibtex(key, library.entries[key]) for key in keys(table)]
    )


def describe(table: str) -> str:
    """Return a table's codebook entry as Markdown: what a row is, columns with units, sources, terms, limits."""
    return codebook.markdown(codebook.table(resource(table)))
