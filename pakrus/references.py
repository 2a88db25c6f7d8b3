"""The bibliography `references.bib` of the data folder in use: its entries, and what each is called in the text."""

import json
from functools import lru_cache

from pybtex.database import BibliographyData, parse_string

from pakrus import bibliography
from pakrus.folder import Folder


@lru_cache(maxsize=4)
def _parse(text: str) -> BibliographyData:
    return parse_string(text, bib_format="bibtex")


def read(folder: Folder | None = None) -> BibliographyData:
    """Return the parsed bibliography of a folder (without one: the book's).

    Raises
    ------
    pybtex.scanner.PybtexSyntaxError, pybtex.database.BibliographyDataError
        When the file is not BibTeX or holds a key twice.
    """
    return _parse((folder or Folder.default()).references.read_text(encoding="utf-8"))


def labels(folder: Folder | None = None) -> dict[str, str]:
    """Return by key what each entry is called in a table: "Dawn 2020".

    Only the sources of the folder's tables have a letter where there is their like (`bibliography.labels`): which letter
    another source has hangs on what the text cites, and a table must not.
    """
    folder = folder or Folder.default()
    package = folder.descriptor.read_text(encoding="utf-8")
    return _labels(
        folder.references.read_text(encoding="utf-8"), tuple(sorted(bibliography.of_tables(json.loads(package))))
    )


@lru_cache(maxsize=4)
def _labels(text: str, tables: tuple[str, ...]) -> dict[str, str]:
    return bibliography.labels(_parse(text), (), tables)
