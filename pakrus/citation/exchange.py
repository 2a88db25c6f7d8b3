"""Citations for programs: BibTeX, RIS, CSL-JSON.

The one difficulty: fields of references.bib are LaTeX already while the book's own are plain text, so these are escaped
where an entry is made and nothing is escaped where one is written.
"""

import json
import re

from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from pakrus.citation.book import Book
from pakrus.citation.work import KINDS, Work, sentence_case


def files(work: Work) -> dict[str, str]:
    """Return what reference managers import, by the ending of the file: "ris", "bib", "json"."""
    return {"ris": ris(work), "bib": work_bibtex(work), "json": csl_json(work)}


def work_bibtex(work: Work) -> str:
    """Return the BibTeX entry: a book, a part of it, or a data set."""
    book, kind = work.book, KINDS[work.kind]
    own = {
        "book": {},
        "incollection": {"booktitle": _title(book.title), "chapter": work.number},
        "misc": {"howpublished": "Data set" if work.kind == "data" else _tex(f"Data set in: {book.title}")},
    }[kind.bibtex]
    fields = {
        "title": _title(book.title if work.whole else work.name),
        **own,
        "edition": book.edition,
        "year": str(book.date.year),
        "doi": work.csl().get("DOI", ""),
        "url": work.address,
        "note": _tex(_note(work)),
    }
    return bibtex(_key(work), _entry(kind.bibtex, book, fields)) + "\n"


def ris(work: Work) -> str:
    """Return the entry for reference managers that read RIS."""
    book, kind = work.book, KINDS[work.kind]
    rows = [
        ("TY", kind.ris),
        *(("AU", whole_name(name)) for name in book.authors),
        ("TI", sentence_case(book.title if work.whole else work.name)),
        ("T2", "" if work.whole or work.kind == "data" else sentence_case(book.title)),
        ("SE", work.number),
        ("PY", str(book.date.year)),
        ("DA", book.date.strftime("%Y/%m/%d")),
        ("ET", book.edition),
        ("LA", "en"),
        ("AB", book.abstract if work.whole else ""),
        *(("KW", word) for word in (book.keywords if work.whole else ())),
        ("N1", _note(work)),
        ("DO", work.csl().get("DOI", "")),
        ("UR", work.address),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in rows if value) + "ER  - \n"


def csl_json(work: Work) -> str:
    """Return the work as CSL-JSON, a list of one item.

    Zotero takes a book with a `version` for software, so a book has it as its edition. Of a chapter Zotero knows no version,
    and it has no type for an `entry`, so that comes as a chapter: what is missing stands in the note, in the form in
    which Zotero and citeproc-js read fields from there.
    """
    item, entry = work.csl(), KINDS[work.kind].csl == "entry"
    item["id"] = _key(work)
    said = []
    if work.whole:
        item["edition"] = work.book.edition
        del item["version"]
    elif item["type"] != "dataset":
        said.append(f"version: {work.book.version}")
    if entry:
        item["type"] = "chapter"
        said = ["type: entry", f"genre: {work.mark}", *said]
        said += [_place(work)] if _place(work) else []
    elif work.part:
        said.append(_note(work))
    if said:
        item["note"] = "\n".join(said)
    return json.dumps([item], ensure_ascii=False, indent=2, sort_keys=True) + "\n"


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


def _key(work: Work) -> str:
    part = re.sub(r"[^a-z0-9]+", "-", work.part.lower())
    return "-".join(filter(None, ("pakistan-russia", str(work.book.date.year), "" if work.whole else work.slug, part)))


def _note(work: Work) -> str:
    """What the fields of a program have no place for: the figure that is meant, the key of an entry."""
    entry = work.mark if KINDS[work.kind].csl == "entry" else ""
    return ": ".join(filter(None, (work.part, work.part_title))) or "; ".join(filter(None, (entry, _place(work))))


def _place(work: Work) -> str:
    """Where the work lies in a copy of the book, as long as it has no address: no field of a program is for that."""
    return f"in the book's folder: {work.path}" if work.path and not work.address else ""


def _entry(kind: str, book: Book, fields: dict[str, str]) -> Entry:
    authors = [Person(f"{{{_tex(author)}}}") for author in book.authors]
    return Entry(kind, {name: value for name, value in fields.items() if value}, {"author": authors})


def _title(text: str) -> str:
    """A title whose names keep their capitals in every style, while the style decides on the other words."""
    words = []
    for word in sentence_case(text).split(" "):
        core = word.rstrip(",.:;?!)")
        capital = any(letter.isupper() for letter in core)
        words.append((f"{{{_tex(core)}}}" if capital else _tex(core)) + word[len(core) :])
    return " ".join(words)


def _tex(text: str) -> str:
    return re.sub(r"([&%#$_])", r"\\\1", text)
