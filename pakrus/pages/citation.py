"""Who made the book, and how a page of it is cited: box on every page, metadata in its head.

The one home of the metadata is CITATION.cff; the one setting for a public address is ``html.baseurl`` in _config.yml,
and everything here works while it is empty.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

FILE = "CITATION.cff"
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/", "MIT": "https://opensource.org/license/mit"}


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
        return "; ".join(self.authors)

    @property
    def content_licence(self) -> str:
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
    formats: dict[str, str] = field(default_factory=dict, compare=False)

    def plain(self) -> str:
        book = self.book
        end = f" doi:{book.doi}." if book.doi else f" {self.address}" if self.address else ""
        if self.whole:
            return f"{book.author} ({book.date.year}). {book.title} (version {book.version}).{end}"
        return f"{book.author} ({book.date.year}). “{self.title}.” In {book.title} (version {book.version}).{end}"

    def bibtex(self) -> str:
        book = self.book
        rows = [("author", "{" + "} and {".join(book.authors) + "}"), ("title", "{" + _tex(self.title) + "}")]
        if not self.whole:
            rows.append(("booktitle", "{" + _tex(book.title) + "}"))
            if self.number:
                rows.append(("chapter", self.number))
        rows += [("year", str(book.date.year)), ("version", book.version)]
        rows += [("doi", book.doi)] if book.doi else []
        rows += [("url", self.address)] if self.address else []
        rows += [("note", f"Version {book.version}")]
        kind, key = ("book", "") if self.whole else ("incollection", "-" + self.slug)
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in rows)
        return f"@{kind}{{pakistan-russia-{book.date.year}{key},\n{lines}\n}}\n"

    def ris(self) -> str:
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
    """CITATION.cff as a Book; says what is wrong with the file, if something is."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ExtensionError(
            f"{path.name} is missing: it holds title, authors, version and date of the book"
        ) from error
    except yaml.YAMLError as error:
        raise ExtensionError(f"{path.name} is no YAML: {error}") from error
    missing = [key for key in ("title", "authors", "version", "date-released") if not content.get(key)]
    if missing:
        raise ExtensionError(f"{path.name} lacks {', '.join(missing)}")
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


def _tex(text: str) -> str:
    return re.sub(r"([&%#$_])", r"\\\1", text)


def _name(author: dict[str, str]) -> str:
    return author.get("name") or " ".join(filter(None, (author.get("given-names"), author.get("family-names"))))


def book_of(app: Sphinx) -> Book:
    return app.config.pakrus_book


def work_of(app: Sphinx, pagename: str, title: str, number: str = "") -> Work:
    book, base = book_of(app), app.config.html_baseurl
    whole = pagename == app.config.root_doc
    target = "" if whole else app.builder.get_target_uri(pagename)
    address = urljoin(base.rstrip("/") + "/", target) if base else book.url if whole else ""
    return Work(book, book.title if whole else title, pagename.rsplit("/", 1)[-1], number, address, whole)


def first_words(doctree: nodes.document | None, limit: int = 200) -> str:
    """What the page is about: its question, or its first paragraph; cut after a sentence or a word."""
    if doctree is None:
        return ""
    paragraphs = [
        paragraph for paragraph in doctree.findall(nodes.paragraph) if isinstance(paragraph.parent, nodes.section)
    ]
    asked = [paragraph for paragraph in paragraphs if paragraph.parent.next_node(nodes.title).astext() == "Question"]
    texts = (" ".join(paragraph.astext().split()) for paragraph in asked + paragraphs)
    text = next((text for text in texts if len(text) >= 30), "")
    if len(text) <= limit:
        return text
    cut = text[: limit + 1]
    sentence = max(cut.rfind(mark) for mark in (". ", "? ", "! "))
    return cut[: sentence + 1] if sentence > limit // 2 else cut[: cut.rfind(" ")].rstrip(",;:–—") + " …"


def describe_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Metadata of the page into its head, the citation box's words into the template's context."""
    book = book_of(app)
    context["book"] = book
    context["book_licences"] = [(name, LICENCES.get(name, "")) for name in book.licences]
    if doctree is None:
        return
    number = ".".join(str(part) for part in app.env.toc_secnumbers.get(pagename, {}).get("", ()) or ())
    title = app.env.titles[pagename].astext() if pagename in app.env.titles else book.title
    work = work_of(app, pagename, title, number)
    context["cite"] = work
    context["page_title_text"] = work.title
    said = re.search(r'<meta[^>]*name="description"[^>]*content="([^"]*)"', context.get("metatags", ""))
    described = re.search(r'<meta[^>]*content="([^"]*)"[^>]*name="description"', context.get("metatags", "")) or said
    description = described.group(1) if described else escape(_description(work, doctree), quote=True)
    tags = [] if described else [("name", "description", description)]
    tags += [
        ("property", "og:title", escape(work.title, quote=True)),
        ("property", "og:type", "book" if work.whole else "article"),
        ("property", "og:site_name", escape(book.title, quote=True)),
        ("property", "og:description", description),
        ("property", "og:locale", "en"),
        ("name", "citation_title", escape(work.title, quote=True)),
        *(("name", "citation_author", escape(author, quote=True)) for author in book.authors),
        ("name", "citation_publication_date", book.date.strftime("%Y/%m/%d")),
        ("name", "citation_language", "en"),
    ]
    if not work.whole:
        tags.append(("name", "citation_inbook_title", escape(book.title, quote=True)))
    if book.doi:
        tags.append(("name", "citation_doi", escape(book.doi, quote=True)))
    if work.address:
        address = escape(work.address, quote=True)
        tags += [("property", "og:url", address), ("name", "citation_public_url", address)]
    tags += [("name", "citation_keywords", escape(word, quote=True)) for word in book.keywords]
    lines = [f'<meta {kind}="{name}" content="{content}" />' for kind, name, content in tags]
    lines.append(f'<script type="application/ld+json">{_linked_data(work, description)}</script>')
    # docutils says the viewport once more
    known = re.sub(r'<meta name="viewport"[^>]*>', "", context.get("metatags", "")).strip()
    context["metatags"] = known + "\n" + "\n".join(lines) + "\n"


def _description(work: Work, doctree: nodes.document) -> str:
    if work.whole and work.book.abstract:
        return work.book.abstract
    return first_words(doctree) or f"{work.title}: {work.book.title}"


def _linked_data(work: Work, description: str) -> str:
    from html import unescape

    book = work.book
    whole: dict[str, Any] = {
        "@type": "Book",
        "name": book.title,
        "author": [{"@type": "Organization", "name": author} for author in book.authors],
        "version": book.version,
        "datePublished": book.date.isoformat(),
        "inLanguage": "en",
        "isAccessibleForFree": True,
    }
    if book.keywords:
        whole["keywords"] = list(book.keywords)
    if LICENCES.get(book.content_licence):
        whole["license"] = LICENCES[book.content_licence]
    if book.doi:
        whole["identifier"] = f"doi:{book.doi}"
    if work.whole:
        data = {**whole, "description": unescape(description)}
    else:
        data = {
            "@type": "Chapter",
            "name": work.title,
            "description": unescape(description),
            "author": whole["author"],
            "datePublished": whole["datePublished"],
            "inLanguage": "en",
            "isPartOf": whole,
        }
        if work.number:
            data["position"] = work.number
    if work.address:
        data["url"] = work.address
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


class CiteBook(SphinxDirective):
    """``{cite-book}``: how to cite the whole book, in three formats, from CITATION.cff."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(Path(self.env.app.srcdir, FILE)))
        book = book_of(self.env.app)
        base = self.config.html_baseurl
        work = Work(book, book.title, "book", address=base or book.url, whole=True)
        return [
            nodes.paragraph("", work.plain(), classes=["cite-plain"]),
            nodes.rubric("", "BibTeX"),
            nodes.literal_block("", work.bibtex(), language="bibtex", classes=["cite-format"]),
            nodes.rubric("", "RIS"),
            nodes.literal_block("", work.ris(), language="text", classes=["cite-format"]),
        ]


def _load(app: Sphinx, config: Any) -> None:
    book = read(Path(app.srcdir, FILE))
    config.pakrus_book = book
    config.version = config.release = book.version
    if config.author != book.author:
        raise ExtensionError(
            f"_config.yml names the author {config.author!r}, {FILE} {book.author!r}: let _config.yml follow"
        )


def setup(app: Sphinx) -> None:
    app.add_config_value("pakrus_book", None, "html", types=[Book])
    app.connect("config-inited", _load)
    app.connect(
        "html-page-context", describe_page, priority=300
    )  # before the theme drops templates that come out empty
    app.add_directive("cite-book", CiteBook)
