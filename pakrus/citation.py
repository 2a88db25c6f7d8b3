"""Who made the book, and how it, a page of it or a table of it is cited.

What comes in is CITATION.cff, the one home of title, authors, version, date and licences; what goes out is a sentence,
BibTeX and RIS. All BibTeX of the book, also that of references.bib, is written by `bibtex`. The one difficulty: fields
of references.bib are LaTeX already while the book's own are plain text, so these are escaped where an entry is made
and nothing is escaped where one is written.
"""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

FILE = "CITATION.cff"
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/", "MIT": "https://opensource.org/license/mit"}


class CitationError(Exception):
    """CITATION.cff is missing or does not say what every citation needs."""


@dataclass(frozen=True)
class Book:
    """What CITATION.cff says."""

    title: str
    authors: tuple[str, ...]
    version: str
    date: datetime.date
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    doi: str = ""
    url: str = ""

    @property
    def author(self) -> str:
        """All authors in one line."""
        return "; ".join(self.authors)

    @property
    def content_licence(self) -> str:
        """The licence of text and tables, by its SPDX name."""
        return next(
            (name for name in self.licences if name.startswith("CC")), self.licences[0] if self.licences else ""
        )


@dataclass(frozen=True)
class Work:
    """A page as something to cite: a chapter of the book, or the book itself."""

    book: Book
    title: str
    slug: str
    number: str = ""
    address: str = ""
    whole: bool = False

    def plain(self) -> str:
        """Return the sentence to copy into a list of references."""
        book = self.book
        end = f" doi:{book.doi}." if book.doi else f" {self.address}" if self.address else ""
        if self.whole:
            return f"{book.author} ({book.date.year}). {book.title} (version {book.version}).{end}"
        return f"{book.author} ({book.date.year}). “{self.title}.” In {book.title} (version {book.version}).{end}"

    def bibtex(self) -> str:
        """Return the BibTeX entry: a book, or a chapter in it."""
        book = self.book
        own = {} if self.whole else {"booktitle": f"{{{_tex(book.title)}}}", "chapter": self.number}
        fields = {
            "title": f"{{{_tex(self.title)}}}",
            **own,
            "year": str(book.date.year),
            "version": book.version,
            "doi": book.doi,
            "url": self.address,
            "note": f"Version {book.version}",
        }
        kind, key = ("book", "") if self.whole else ("incollection", f"-{self.slug}")
        return bibtex(f"pakistan-russia-{book.date.year}{key}", _entry(kind, book, fields)) + "\n"

    def ris(self) -> str:
        """Return the entry for reference managers that read RIS."""
        book = self.book
        rows = [
            ("TY", "BOOK" if self.whole else "CHAP"),
            *(("AU", f"{name},") for name in book.authors),
            ("TI", self.title),
        ]
        rows += [] if self.whole else [("T2", book.title)]
        rows += [
            ("PY", str(book.date.year)),
            ("DA", book.date.strftime("%Y/%m/%d")),
            ("ET", f"Version {book.version}"),
            ("LA", "en"),
        ]
        rows += [("DO", book.doi)] if book.doi else []
        rows += [("UR", self.address)] if self.address else []
        return "".join(f"{tag}  - {value}\n" for tag, value in [*rows, ("ER", "")])


def read(path: Path) -> Book:
    """Return what a CITATION.cff says.

    Raises
    ------
    CitationError
        When the file is missing, is no YAML or lacks what every citation needs; the message says which.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CitationError(f"{path.name} is missing: it holds title, authors, version and date of the book") from error
    except yaml.YAMLError as error:
        raise CitationError(f"{path.name} is no YAML: {error}") from error
    content = content if isinstance(content, dict) else {}
    missing = [key for key in ("title", "authors", "version", "date-released") if not content.get(key)]
    if missing:
        raise CitationError(f"{path.name} lacks {', '.join(missing)}")
    date = content["date-released"]
    licences = content.get("license", [])
    return Book(
        title=content["title"],
        authors=tuple(_name(author) for author in content["authors"]),
        version=str(content["version"]),
        date=date if isinstance(date, datetime.date) else datetime.date.fromisoformat(str(date)),
        abstract=" ".join(str(content.get("abstract", "")).split()),
        keywords=tuple(content.get("keywords", ())),
        licences=(licences,) if isinstance(licences, str) else tuple(licences),
        doi=str(content.get("doi", "")),
        url=str(content.get("url", "")),
    )


def table_bibtex(book: Book, table: str, title: str) -> str:
    """Return the BibTeX entry that cites one table of the book."""
    fields = {
        "title": _tex(f"{title} (table {table})"),
        "howpublished": _tex(f"Data set in: {book.title}"),
        "version": book.version,
        "year": str(book.date.year),
    }
    return bibtex(f"pakrus_{table}", _entry("misc", book, fields))


def bibtex(key: str, entry: Entry) -> str:
    """Return one entry as BibTeX, each field as it is in the entry."""
    return _AsItIs().to_string(BibliographyData({key: entry})).strip()


class _AsItIs(Writer):
    """pybtex would put LaTeX into fields that are LaTeX already, and into addresses: a\\_b, \\\\&."""

    def _encode(self, text: str) -> str:
        return text


def _entry(kind: str, book: Book, fields: dict[str, str]) -> Entry:
    authors = [Person(f"{{{_tex(author)}}}") for author in book.authors]
    return Entry(kind, {name: value for name, value in fields.items() if value}, {"author": authors})


def _tex(text: str) -> str:
    return re.sub(r"([&%#$_])", r"\\\1", text)


def _name(author: dict[str, str]) -> str:
    return author.get("name") or " ".join(filter(None, (author.get("given-names"), author.get("family-names"))))
