"""Who made the book, and how it, a page of it or a table of it is cited.

What comes in is CITATION.cff, the one home of title, authors, version, date and licences; what goes out is a sentence,
BibTeX, RIS and the CITATION.cff of the data edition. All BibTeX of the book, also that of references.bib, is written by `bibtex`. The one difficulty: fields
of references.bib are LaTeX already while the book's own are plain text, so these are escaped where an entry is made
and nothing is escaped where one is written. No entry has the field `version`: programs take a work that has one for
software, and a book's version is its edition. The authors are a group: braces in BibTeX and a trailing comma elsewhere
keep programs from splitting the name.
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
    def edition(self) -> str:
        """The version as programs that know editions take it."""
        return f"Version {self.version}"

    @property
    def content_licence(self) -> str:
        """The licence of text and tables, by its SPDX name."""
        return next(
            (name for name in self.licences if name.startswith("CC")), self.licences[0] if self.licences else ""
        )


@dataclass(frozen=True)
class Work:
    """Something to cite: a chapter of the book (`kind` "chapter"), the book itself ("book") or its data ("data")."""

    book: Book
    title: str
    slug: str
    number: str = ""
    address: str = ""
    kind: str = "chapter"

    @property
    def whole(self) -> bool:
        """Whether it is the book itself."""
        return self.kind == "book"

    def plain(self) -> str:
        """Return the sentence to copy into a list of references."""
        book = self.book
        end = f" doi:{book.doi}." if book.doi else f" {self.address}" if self.address else ""
        if self.whole:
            return f"{book.author} ({book.date.year}). {book.title} (version {book.version}).{end}"
        if self.kind == "data":
            return f"{book.author} ({book.date.year}). {self.title} (version {book.version}) [Data set].{end}"
        return f"{book.author} ({book.date.year}). “{self.title}.” In {book.title} (version {book.version}).{end}"

    def bibtex(self) -> str:
        """Return the BibTeX entry: a book, a chapter in it, or a data set."""
        book = self.book
        own = {
            "book": {},
            "chapter": {"booktitle": f"{{{_tex(book.title)}}}", "chapter": self.number},
            "data": {"howpublished": "Data set"},
        }[self.kind]
        fields = {
            "title": f"{{{_tex(self.title)}}}",
            **own,
            "edition": book.edition,
            "year": str(book.date.year),
            "doi": book.doi,
            "url": self.address,
        }
        kind = {"book": "book", "chapter": "incollection", "data": "misc"}[self.kind]
        key = "" if self.whole else f"-{self.slug}"
        return bibtex(f"pakistan-russia-{book.date.year}{key}", _entry(kind, book, fields)) + "\n"

    def ris(self) -> str:
        """Return the entry for reference managers that read RIS."""
        book = self.book
        rows = [
            ("TY", {"book": "BOOK", "chapter": "CHAP", "data": "DATA"}[self.kind]),
            *(("AU", whole_name(name)) for name in book.authors),
            ("TI", self.title),
        ]
        rows += [("T2", book.title)] if self.kind == "chapter" else []
        rows += [
            ("PY", str(book.date.year)),
            ("DA", book.date.strftime("%Y/%m/%d")),
            ("ET", book.edition),
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
    # one licence a work: archives refuse a list; what the book consists of besides, and its licence, is in `references`
    licences = [content, *content.get("references", [])]
    return Book(
        title=content["title"],
        authors=tuple(_name(author) for author in content["authors"]),
        version=str(content["version"]),
        date=date if isinstance(date, datetime.date) else datetime.date.fromisoformat(str(date)),
        abstract=" ".join(str(content.get("abstract", "")).split()),
        keywords=tuple(content.get("keywords", ())),
        licences=tuple(dict.fromkeys(work["license"] for work in licences if work.get("license"))),
        doi=str(content.get("doi", "")),
        url=str(content.get("url", "")),
    )


def table_bibtex(book: Book, table: str, title: str) -> str:
    """Return the BibTeX entry that cites one table of the book."""
    fields = {
        "title": _tex(f"{title} (table {table})"),
        "howpublished": _tex(f"Data set in: {book.title}"),
        "edition": book.edition,
        "year": str(book.date.year),
    }
    return bibtex(f"pakrus_{table}", _entry("misc", book, fields))


def dataset_cff(book: Book, title: str, abstract: str) -> str:
    """Return the CITATION.cff of the book's data: a data set of its own title, with the book it belongs to."""
    authors = [{"name": name} for name in book.authors]
    content = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below, with the version you used, and the sources of the tables.",
        "type": "dataset",
        "title": title,
        "abstract": abstract,
        "authors": authors,
        "version": book.version,
        "date-released": book.date,
        "license": book.content_licence,
        "doi": book.doi,
        "url": book.url,
        "keywords": list(book.keywords),
        "references": [
            {"type": "book", "title": book.title, "authors": authors, "year": book.date.year, "edition": book.edition}
        ],
    }
    filled = {key: value for key, value in content.items() if value}
    return yaml.dump(filled, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)


class _Plain(yaml.SafeDumper):
    """Writes a thing that comes twice twice, not as a reference to the first."""

    def ignore_aliases(self, data: object) -> bool:
        """Say that nothing is to be written as a reference."""
        return True


def whole_name(author: str) -> str:
    """Return the name of a group so that no program takes its last word for a family name: with a trailing comma."""
    return f"{author},"


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
