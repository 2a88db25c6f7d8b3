"""The bibliography `references.bib` of the data folder in use: its entries, and what each is called in the text."""

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
    """Return by key what each entry of the bibliography is called in the text: see `bibliography.labels`."""
    return _labels((folder or Folder.default()).references.read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _labels(text: str) -> dict[str, str]:
    return bibliography.labels(_parse(text))
