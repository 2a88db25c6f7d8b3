"""How a page is cited, on the page: box on every page, metadata in its head, from `pakrus.citation`.

The one setting for a public address is ``html.baseurl`` in _config.yml,
and everything here works while it is empty.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from pakrus.citation import (
    FILE,
    LABELS,
    LICENCES,
    Book,
    CitationError,
    Work,
    files,
    plain,
    read,
    ris,
    strings,
    whole_name,
    work_bibtex,
)


def book_of(app: Sphinx) -> Book:
    """Return what CITATION.cff says of the book that is being built."""
    return app.config.pakrus_book


def work_of(app: Sphinx, pagename: str, title: str, number: str = "") -> Work:
    """Return a page as something to cite: the whole book if it is the first page, else a chapter of it."""
    book, base = book_of(app), app.config.html_baseurl
    whole = pagename == app.config.root_doc
    target = "" if whole else app.builder.get_target_uri(pagename)
    address = urljoin(base.rstrip("/") + "/", target) if base else book.url if whole else ""
    kind = "book" if whole else "chapter"
    return Work(book, book.title if whole else title, pagename.rsplit("/", 1)[-1], number, address, kind)


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
    context["cite_strings"] = [(LABELS[style], string) for style, string in strings(work).items()]
    context["cite_files"] = files(work)
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
        *(("name", "citation_author", escape(whole_name(author), quote=True)) for author in book.authors),
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
        """Make the three forms in which the whole book is cited."""
        self.env.note_dependency(str(Path(self.env.app.srcdir, FILE)))
        book = book_of(self.env.app)
        base = self.config.html_baseurl
        work = Work(book, book.title, "book", address=base or book.url, kind="book")
        return [
            nodes.paragraph("", plain(strings(work)["apa"]), classes=["cite-plain"]),
            nodes.rubric("", "BibTeX"),
            nodes.literal_block("", work_bibtex(work), language="bibtex", classes=["cite-format"]),
            nodes.rubric("", "RIS"),
            nodes.literal_block("", ris(work), language="text", classes=["cite-format"]),
        ]


def _load(app: Sphinx, config: Any) -> None:
    try:
        book = read(Path(app.srcdir, FILE))
    except CitationError as error:
        raise ExtensionError(str(error)) from error
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
