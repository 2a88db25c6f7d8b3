"""The bibliography `references.bib`: reading it, and BibTeX for the book's own tables."""

from functools import lru_cache

import yaml
from pybtex.database import BibliographyData, Entry, parse_string
from pybtex.database.output.bibtex import Writer

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


def bibtex(library: BibliographyData, key: str) -> str:
    """Return one entry of the bibliography as BibTeX."""
    return _text(key, library.entries[key])


def own_entry(table: str, title: str, folder: Folder | None = None) -> str:
    """Return the BibTeX entry that cites one table of this book, in the version and year of CITATION.cff."""
    book = yaml.safe_load((folder or Folder.default()).citation.read_text(encoding="utf-8"))
    authors = " and ".join(f"{{{author['name']}}}" for author in book["authors"])
    entry = Entry(
        "misc",
        fields={
            "author": authors, "title": f"{title} (table {table})", "howpublished": f"Data set in: {book['title']}",
            "version": str(book["version"]), "year": str(book["date-released"])[:4],
        },
    )  # fmt: skip
    return _text(f"pakrus_{table}", entry)


def _text(key: str, entry: Entry) -> str:
    return (
        Writer().to_string(BibliographyData({key: entry})).strip()
    )  # pybtex would look its writer up anew for each entry
