"""Write tables and keep the descriptor's fingerprints true to them.

In go data frames, bytes and the folder's descriptor, out come files. The difficulty: a fingerprint is to say that somebody
meant a change. A file is written whole or not at all, and a derived table that was changed by hand is not sealed: only
`derive` may change it, as it can be made again from the publishers' files.
"""

import hashlib
import json
import os
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from pybtex.database import BibliographyDataError
from pybtex.scanner import PybtexError

from pakrus import data, references
from pakrus.folder import DESCRIPTOR, Folder

FORMS = "PAKRUS_FORMS"  # environment variable that says that what a notebook shows is stored: then figures are drawn in every form


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as the book stores it: UTF-8, LF, comma, missing = empty, true/false in lower case."""
    out = frame.copy()
    for column in out.columns:
        if isinstance(out[column].dtype, pd.BooleanDtype) or out[column].dtype == bool:
            out[column] = out[column].astype("boolean").map({True: "true", False: "false"})
        elif out[column].dtype == float and out[column].abs().between(0, 1e-4, inclusive="neither").any():
            # digits written out: 3.1e-05 is what spreadsheets make of a number, and `check` says so
            out[column] = out[column].map(partial(np.format_float_positional, trim="0"), na_action="ignore")
    return out.to_csv(index=False, lineterminator="\n").encode("utf-8")


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; two processes that write it at once do not meet in one temporary file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, path.stat().st_mode if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)  # what a full disk broke off
        raise


def seal(folder: Folder | None = None, *, derived: bool = False) -> list[str]:
    """Record sha256, size and number of rows of every table in the descriptor; return the names of those that had changed.

    A derived table that was changed by hand keeps the fingerprint that it had (`kept` says which do), unless the call
    comes from what has derived it (`derived`). What the text calls each source (`pakrus:label`, from `references.labels`) is recorded as
    well, so that a chapter need not read the whole bibliography to name it.

    Raises
    ------
    data.DataError
        When a table named in the descriptor is missing, or is not readable as CSV.
    """
    folder = folder or Folder.default()
    package = data.descriptor(folder)
    try:
        labels = references.labels(folder)
    except (PybtexError, BibliographyDataError, UnicodeDecodeError) as error:
        raise data.DataError(
            f"references.bib: found {str(error)[:160]!r}; expected BibTeX in UTF-8 with every key once. "
            "Mend the entry that the message names; nothing was sealed."
        ) from None
    changed = []
    for source in (source for entry in package["resources"] for source in entry.get("sources", [])):
        label = labels.get(source.get("key"))
        if label and source.get("pakrus:label") != label:
            source["pakrus:label"] = label
            changed.append("labels")
    for entry in package["resources"]:
        path = folder.data / entry["path"]
        if not path.is_file():
            raise data.DataError(f"{path}: missing, but described in {DESCRIPTOR}. Restore it, or take its entry out.")
        content = path.read_bytes()
        record = {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
        if "pakrus:rows" in entry and all(entry.get(key) == value for key, value in record.items()):
            continue
        if data.derived(entry) and not derived:
            continue
        try:
            entry.update(record | {"pakrus:rows": len(pd.read_csv(path, dtype=str, keep_default_na=False))})
        except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
            raise data.DataError(
                f"{path}: found {str(error).strip()!r}; expected UTF-8 CSV with a header and one cell per column. "
                "Put a cell that holds a comma or a line break in double quotes; nothing was sealed."
            ) from None
        changed.append(entry["name"])
    if changed:
        write(folder.descriptor, (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    return list(dict.fromkeys(changed))


def kept(folder: Folder | None = None) -> list[str]:
    """Return a line for each derived table whose bytes are not those recorded, and which `seal` leaves so."""
    folder = folder or Folder.default()
    return [
        f"data/{entry['path']}: sealed as it was. {data.if_meant(entry)}."
        for entry in data.descriptor(folder)["resources"]
        if data.derived(entry)
        and f"sha256:{hashlib.sha256(data.read(folder.data / entry['path'])).hexdigest()}" != entry.get("hash")
    ]


def first_difference(stored: bytes, fresh: bytes) -> str:
    """Return where two CSV texts first differ: line, and the two lines' first differing cells."""
    old, new = stored.decode("utf-8", "replace").split("\n"), fresh.decode("utf-8", "replace").split("\n")
    for number, (a, b) in enumerate(zip(old, new, strict=False), start=1):
        if a != b:
            header = new[0].split(",")
            for index, (x, y) in enumerate(zip(a.split(","), b.split(","), strict=False)):
                if x != y:
                    name = header[index] if index < len(header) else f"cell {index + 1}"
                    return f"line {number}, column {name}: stored {x!r}, derived {y!r}"
            return f"line {number}: stored {a!r}, derived {b!r}"
    return f"stored {len(old) - 1} lines, derived {len(new) - 1} lines"
