"""What programs read of a page: its head, for search engines, reference managers and previews, and the map of the site.

In come the page's tree and what CITATION.cff says; out go meta elements (Highwire for the book and its chapters, Dublin
Core and Open Graph for every page), schema.org as JSON-LD, and ``sitemap.xml``. Whatever needs a public address comes from
``html.baseurl`` alone and is left out without it. The one difficulty is Zotero: it takes any page with ``citation_title`` for
a chapter or an article, and any ``DC.type`` Text for an article, so the one stands on chapters only and the other nowhere.
"""

from __future__ import annotations

import json
import re
import shutil
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from pakrus.citation import LICENCES, Book, Work, whole_name
from pakrus.pages import formats
from pakrus.pages.citation import address_of, book_of, page_work

SITEMAP = "sitemap.xml"
PICTURES = "_images"
_NOT_ON_THE_MAP = ("_static", "_images", "_sources", "search.html", "genindex.html")


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
    """Put the page's metadata into its head."""
    if doctree is None:
        return
    work = page_work(app, pagename)
    context["page_title_text"] = work.title
    if work.address:
        context["pageurl"] = work.address  # the canonical address, for the template
    known = context.get("metatags", "")
    said = re.search(r'<meta[^>]*name="description"[^>]*content="([^"]*)"', known)
    said = re.search(r'<meta[^>]*content="([^"]*)"[^>]*name="description"', known) or said
    description = unescape(said.group(1)) if said else _description(work, doctree)
    tags = [] if said else [("name", "description", description)]
    pictured = picture(app, doctree)
    tags += [*open_graph(work, description), *pictured, *dublin_core(work)]
    if belongs_to_the_book(work):
        tags += highwire(work) + chapter_pdf(app, pagename, work)
    lines = [f'<meta {kind}="{name}" content="{escape(content, quote=True)}" />' for kind, name, content in tags]
    shown = next((content for _, name, content in pictured if name == "og:image"), "")
    lines.append(script(linked_data(work, description, address_of(app, ""), shown)))
    # docutils says the viewport once more
    rest = re.sub(r'<meta name="viewport"[^>]*>', "", known).strip()
    context["metatags"] = rest + "\n" + "\n".join(lines) + "\n"


def belongs_to_the_book(work: Work) -> bool:
    """Whether a page is what one cites as a work: the book or a chapter, not a glossary or a list of changes."""
    return work.whole or bool(work.number)


Tags = list[tuple[str, str, str]]


def open_graph(work: Work, description: str) -> Tags:
    """Return what a preview of the page shows."""
    kind = "book" if work.whole else "article" if belongs_to_the_book(work) else "website"
    tags = [
        ("property", "og:title", work.title),
        ("property", "og:type", kind),
        ("property", "og:site_name", work.book.title),
        ("property", "og:description", description),
        ("property", "og:locale", "en_GB"),
    ]
    return tags + ([("property", "og:url", work.address)] if work.address else [])


def picture(app: Sphinx, doctree: nodes.document) -> Tags:
    """Return the first figure of the page as its picture, of which previews want the PNG and its whole address."""
    if not app.config.html_baseurl or not formats.of(app.builder).data_beside:
        return []
    for image in doctree.findall(nodes.image):
        found = image.get("candidates", {}).get("image/png") if "pakrus-figure-image" in image["classes"] else None
        source = Path(app.srcdir, found) if found else None
        if source and source.is_file():
            target = Path(app.outdir, PICTURES, source.name)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, target)
            words = [("property", "og:image:alt", image["alt"])] if image.get("alt") else []
            return [("property", "og:image", address_of(app, f"{PICTURES}/{source.name}")), *words]
    return []


def dublin_core(work: Work) -> Tags:
    """Return the fields of Dublin Core; a group keeps its name whole by a trailing comma, as in `highwire`."""
    book = work.book
    tags = [
        ("DC.title", work.title),
        *(("DC.creator", whole_name(author)) for author in book.authors),
        ("DC.date", book.date.isoformat()),
        ("DC.language", "en"),
        ("DC.rights", LICENCES.get(book.content_licence, book.content_licence)),
        ("DC.identifier", work.address or (f"https://doi.org/{book.doi}" if book.doi else "")),
    ]
    return [("name", name, content) for name, content in tags if content]


def highwire(work: Work) -> Tags:
    """Return what Google Scholar and Zotero read, in the names that Highwire Press gave."""
    book = work.book
    tags = [
        ("citation_title", work.title),
        *(("citation_author", whole_name(author)) for author in book.authors),
        ("citation_publication_date", book.date.strftime("%Y/%m/%d")),
        ("citation_language", "en"),
        ("citation_inbook_title", "" if work.whole else book.title),
        ("citation_doi", book.doi),
        ("citation_public_url", work.address),
        *(("citation_keywords", word) for word in book.keywords),
    ]
    return [("name", name, content) for name, content in tags if content]


def chapter_pdf(app: Sphinx, pagename: str, work: Work) -> Tags:
    """Return where a chapter has a PDF of its own, which search engines for scholars want; the book is too heavy for them."""
    found = address_of(app, f"{formats.PDFS}/{formats.chapter_pdf(pagename)}") if work.number else ""
    return [("name", "citation_pdf_url", found)] if found else []


def linked_data(work: Work, description: str, home: str = "", image: str = "") -> dict[str, Any]:
    """Return the page in the words of schema.org: the book, a chapter of it, or a page of it.

    `home` and `image` are the addresses of the book and of the page's picture, "" for a book without an address.
    """
    whole = book_data(work.book) | ({"url": home} if home else {})
    if work.whole:
        data = {**whole, "description": description}
    else:
        data = {
            "@type": "Chapter" if belongs_to_the_book(work) else "WebPage",
            "name": work.title,
            "description": description,
            "author": whole["author"],
            "datePublished": whole["datePublished"],
            "inLanguage": "en",
            "isPartOf": whole,
        }
        if work.number:
            data["position"] = work.number
    added = {"url": work.address, "image": image}
    return data | {name: value for name, value in added.items() if value}


def book_data(book: Book) -> dict[str, Any]:
    """Return the book in the words of schema.org."""
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
    return whole


def script(data: dict[str, Any]) -> str:
    """Return JSON-LD as an element of the head."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, sort_keys=True)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>'


def _description(work: Work, doctree: nodes.document) -> str:
    if work.whole and work.book.abstract:
        return work.book.abstract
    return first_words(doctree) or f"{work.title}: {work.book.title}"


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """The addresses of all pages that lie in the folder, for search engines; none without a public address."""
    if exception or not formats.of(app.builder).data_beside:
        return
    folder = Path(app.outdir)
    if not app.config.html_baseurl:
        (folder / SITEMAP).unlink(missing_ok=True)
        return
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    root, date = f"{app.config.root_doc}.html", book_of(app).date.isoformat()
    shown = [page for page in pages if not page.startswith(_NOT_ON_THE_MAP)]
    entries = "".join(
        f"<url><loc>{escape(address_of(app, '' if page == root else page))}</loc><lastmod>{date}</lastmod></url>\n"
        for page in shown
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
    (folder / SITEMAP).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register what writes heads and the map."""
    app.connect("html-page-context", describe_page, priority=300)
    app.connect("build-finished", write_sitemap, priority=900)  # after whatever else writes pages
