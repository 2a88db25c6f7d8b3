"""``{counted}`tests` ``: a number that a page says of the book itself, counted when the page is read.

In come the contents, the notebooks, the tests' files, the descriptor and the bibliography; out goes a text. So what the pages on how the book is
checked say of pages, tests, tables and sources cannot grow old. Numbers that the data give are facts of the notebooks and not counted
here.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from pakrus import data, numbering, references
from pakrus.folder import DESCRIPTOR, REFERENCES, Folder
from pakrus.pages.formats import ENTRIES


class Counts:
    """What can be counted in a book's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def test_files(self) -> list[Path]:
        """The files of the tests."""
        return sorted((self.root / "tests").rglob("test_*.py"))

    @property
    def notebooks(self) -> list[Path]:
        """The pages that are run: those of the contents that are notebooks."""
        paths = (self.root / f"{page}.ipynb" for page in numbering.pages(self.root))
        return [path for path in paths if path.is_file()]

    @property
    def resources(self) -> list[dict]:
        """The descriptor's entries, one a table."""
        return json.loads((self.root / "data" / DESCRIPTOR).read_text(encoding="utf-8"))["resources"]

    def functions(self) -> Iterator[ast.FunctionDef]:
        """The functions that pytest takes for tests."""
        for path in self.test_files:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield node

    def cells(self) -> list[dict]:
        """The code cells of the notebooks."""
        books = (json.loads(path.read_text(encoding="utf-8")) for path in self.notebooks)
        return [cell for book in books for cell in book["cells"] if cell["cell_type"] == "code"]

    def rows(self, table: str) -> int:
        """The rows of a table."""
        return len(data.rows(table, Folder(self.root / "data", self.root)))

    def sources(self, name: str) -> int:
        """How many entries of the bibliography are what a name of `references.tally` says."""
        return references.tally(references.read(Folder(self.root / "data", self.root)).entries.values())[name]


SOURCES = [
    f"{kind} {state}".strip()
    for kind in ("references", "works", *dict.fromkeys(references.WORKS.values()))
    for state in ("", *references.NUMBERS.values(), "without either", "without a date", "with a title by the editor")
]
NAMES: dict[str, Callable[[Counts], int]] = {
    "test files": lambda book: len(book.test_files),
    "tests": lambda book: sum(1 for _ in book.functions()),
    "notebooks": lambda book: len(book.notebooks),
    "cells": lambda book: len(book.cells()),
    "pages": lambda book: len(numbering.pages(book.root)),
    "small pages": lambda book: sum(book.rows(table) for table in ENTRIES),
    "tables": lambda book: len(book.resources),
    "derived tables": lambda book: sum(data.derived(entry) for entry in book.resources),
    "own tables": lambda book: sum(not data.derived(entry) for entry in book.resources),
    "table rows": lambda book: sum(entry["pakrus:rows"] for entry in book.resources),
    "fields": lambda book: sum(len(entry["schema"]["fields"]) for entry in book.resources),
    **{name: partial(Counts.sources, name=name) for name in SOURCES},
}


class Counted(SphinxRole):
    """The number of a name in `NAMES`, as a text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Count, or say which names there are."""
        book = Counts(Path(self.env.srcdir))
        if self.text not in NAMES:
            message = f"nothing is counted as {self.text!r}; known: {', '.join(NAMES)}"
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        files = (book.root / numbering.TOC, book.root / "data" / DESCRIPTOR, book.root / REFERENCES)
        for path in (*book.test_files, *book.notebooks, *files):
            self.env.note_dependency(str(path))
        return [nodes.Text(f"{NAMES[self.text](book):,}")], []


def setup(app: Sphinx) -> None:
    app.add_role("counted", Counted())
