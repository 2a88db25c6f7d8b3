"""The one stored form of a notebook: plain sources, lasting ids, no settings of an editor or a machine, one way to write it."""

import hashlib
from pathlib import Path

from pakrus import store

KEPT_NOTEBOOK_METADATA = ("title", "subtitle", "authors", "date", "description", "keywords", "mystnb", "myst", "tags")
KEPT_CELL_METADATA = ("tags", "mystnb", "slideshow", "editable", "deletable", "jupyter")


def plain(notebook: dict) -> dict:
    """Return the notebook without outputs, and without what editors and machines leave behind; every cell has a lasting id."""
    cells, taken = [], {cell["id"] for cell in notebook["cells"] if "id" in cell}
    for number, cell in enumerate(notebook["cells"]):
        source = "".join(cell["source"])
        kept = {
            "cell_type": cell["cell_type"],
            "id": cell.get("id") or new_id(f"{number}\n{source}", taken),
            "metadata": {k: v for k, v in cell["metadata"].items() if k in KEPT_CELL_METADATA},
            "source": source,
        }
        if cell.get("attachments"):
            kept["attachments"] = cell["attachments"]
        if cell["cell_type"] == "code":
            kept.update(execution_count=None, outputs=[])
        cells.append(kept)
    metadata = {k: v for k, v in notebook.get("metadata", {}).items() if k in KEPT_NOTEBOOK_METADATA}
    metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata["language_info"] = {"name": "python"}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def new_id(text: str, taken: set[str]) -> str:
    """Return an id made from the cell itself, so that it is the same on every machine, and add it to those `taken`."""
    name = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    while name in taken:
        name = hashlib.sha256(name.encode("utf-8")).hexdigest()[:8]
    taken.add(name)
    return name


def as_text(notebook: dict) -> str:
    """Return the stored form of a notebook: one way to write each."""
    from nbformat import from_dict, writes

    notebook = from_dict(notebook)
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
    notebook["metadata"]["language_info"] = {"name": "python"}  # the kernel adds the version of this Python
    return writes(notebook, indent=1).rstrip("\n") + "\n"


def write(path: Path, text: str) -> None:
    """Write a notebook whole or not at all; its lines end in LF on every system."""
    store.write(path, text.encode("utf-8"))
