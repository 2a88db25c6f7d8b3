"""What CITATION.cff says: the one home of title, authors, version, date and licences of the book.

What comes in is the file, or nothing but an error that says what it lacks; what goes out is a `Book`, and the CITATION.cff
of the data edition, which is a work of its own.
"""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

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

    @property
    def content_licence_in_words(self) -> str:
        """The licence of text and tables as one writes it."""
        return re.sub(r"^CC-BY(.*)-", r"CC BY\1 ", self.content_licence)


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


def _name(author: dict[str, str]) -> str:
    return author.get("name") or " ".join(filter(None, (author.get("given-names"), author.get("family-names"))))
