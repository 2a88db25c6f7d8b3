"""Something to cite, and its fields in the words of CSL, from which every form of its citation is made.

What comes in is the book, a title, a name and an address; what goes out, `Work.csl`, is the item that a CSL processor and
a reference manager read. Titles stay as they are written; capitals are the styles' business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pakrus.citation.book import Book


@dataclass(frozen=True)
class Kind:
    """How works of one kind are cited: the type in CSL, RIS and BibTeX, and the word for it, if it has a mark of its own."""

    csl: str
    ris: str
    bibtex: str
    word: str = ""


KINDS = {
    "book": Kind("book", "BOOK", "book"),
    "chapter": Kind("chapter", "CHAP", "incollection"),
    "event": Kind("entry", "CHAP", "incollection", "Register entry"),
    "claim": Kind("entry", "CHAP", "incollection", "Claim"),
    "project": Kind("entry", "CHAP", "incollection", "Project"),
    "table": Kind("dataset", "DATA", "misc", "Data set"),
    "data": Kind("dataset", "DATA", "misc", "Data set"),
}


@dataclass(frozen=True)
class Work:
    """Something to cite.

    Parameters
    ----------
    book : Book
        What CITATION.cff says.
    title : str
        Its title; a full stop at the end is left out.
    slug : str
        Its name within the book: a page's name, the key of an event, a claim, a project or a table.
    number : str
        The number of a chapter.
    address : str
        Where it is published, "" for a book without an address.
    kind : str
        A key of `KINDS`: "book", "chapter" (any page), "event", "claim", "project", "table" (one of the book's data) or
        "data" (the whole edition of the data).
    part : str
        The figure or table in it that is meant: "Figure 2.3".
    part_title : str
        What that figure or table is called.
    sources : tuple of str
        The underlying sources, in words; the credit line names them first.
    path : str
        Where it lies in every copy of the book, "claims/s1-03.html": its locator as long as it has no address.
    verdict : str
        What was found of a claim: its title is the claim itself, which is not to be taken for the book's own words.

    A figure or a table on a page is cited as the styles have it, as a part of the page: `Work.at`.
    """

    book: Book
    title: str
    slug: str
    number: str = ""
    address: str = ""
    kind: str = "chapter"
    part: str = ""
    part_title: str = ""
    sources: tuple[str, ...] = ()
    path: str = ""
    verdict: str = ""

    @property
    def locator(self) -> str:
        """Where a citation leads: to its address, else to its place in a copy of the book."""
        return self.address or self.path

    @property
    def whole(self) -> bool:
        """Whether it is the book itself."""
        return self.kind == "book"

    @property
    def name(self) -> str:
        """The title as it is cited: without a full stop at the end, and with the table's name in brackets."""
        title = self.title.strip().removesuffix(".")
        return f"{title} (table {self.slug})" if self.kind == "table" else title

    @property
    def mark(self) -> str:
        """What stands in brackets after the title: the kind of work, and for an entry its key and what was found of it."""
        word = KINDS[self.kind].word
        return (
            ", ".join(filter(None, (f"{word} {self.slug}", self.verdict))) if KINDS[self.kind].csl == "entry" else word
        )

    def at(self, part: str, title: str = "", address: str = "", sources: tuple[str, ...] = ()) -> Work:
        """Return a figure or table of this page ("Figure 2.3") as something to cite."""
        return replace(self, part=part, part_title=title, address=address or self.address, sources=sources)

    def csl(self) -> dict[str, Any]:
        """Return the fields of the work in CSL, titles in sentence case with a capital after the colon.

        The address is that of the work; a book, a chapter and the data have the book's DOI as well.
        """
        kind, book = KINDS[self.kind], self.book
        fields = {
            "id": self.slug,
            "type": kind.csl,
            "title": sentence_case(book.title if self.whole else self.name),
            "genre": self.mark,
            "container-title": "" if self.whole else sentence_case(book.title),
            "chapter-number": self.number,
            "version": book.version,
            "author": [{"literal": author} for author in book.authors],
            "issued": {"date-parts": [[book.date.year, book.date.month, book.date.day]]},
            "language": "en",
            "DOI": book.doi if self.kind in ("book", "chapter", "data") else "",
            "URL": self.address,
        }
        return {key: value for key, value in fields.items() if value}


def sentence_case(title: str) -> str:
    """Return a title with a capital after its colon, as APA writes it; the other styles put capitals elsewhere too."""
    head, colon, rest = title.partition(": ")
    return f"{head}{colon}{rest[:1].upper()}{rest[1:]}"
