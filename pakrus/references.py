"""The bibliography `references.bib` of the data folder in use: its entries, and what each is called in the text."""

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from pybtex.database import BibliographyData, Entry, parse_string

from pakrus import bibliography
from pakrus.folder import Folder

WORKS = {  # what libraries hold, by its kind, and what a page calls it: each has a number, or says that none was seen
    "book": "books",
    "article": "articles",
    "incollection": "parts of books",
    "inproceedings": "parts of books",
}
NUMBERS = {"doi": "with a DOI", "isbn": "with an ISBN"}
NONE = "none in what was read"  # the field `identifier` of a work in which neither was seen


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


def numbered(entry: Entry) -> bool:
    """Whether a work of `WORKS` has a DOI or an ISBN, its own or that of the book it is part of."""
    return any(entry.fields.get(name) for name in NUMBERS)


def dated(entry: Entry) -> bool:
    """Whether an entry has a date, be it a year alone."""
    return bool(entry.fields.get("date") or entry.fields.get("year"))


def tally(entries: Iterable[Entry]) -> Counter[str]:
    """Return how many entries there are of each kind and state: "books", "books with an ISBN", "references without a date".

    A work that has both a DOI and an ISBN is counted with either.
    """
    found: Counter[str] = Counter()
    for entry in entries:
        states = [words for name, words in NUMBERS.items() if entry.fields.get(name)]
        states += [] if numbered(entry) else ["without either"]
        states += [] if dated(entry) else ["without a date"]
        states += ["with a title by the editor"] if entry.fields.get("title", "").startswith("[") else []
        kinds = ["references", *([WORKS[entry.type], "works"] if entry.type in WORKS else [])]
        found.update(f"{kind} {state}".strip() for kind in kinds for state in ("", *states))
    return found
