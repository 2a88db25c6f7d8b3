"""The builder ``bookfile``: the whole book as one HTML file for print, every id unique, every inner link with a target.

In come the trees of all pages; out goes ``book.html`` beside its pictures, for ``pdf``. Pages are written by the HTML
writer without the theme (what differs, ``formats`` says), then put one after another in the order of the contents. The
one difficulty is names: ids get their page's name in front, so that headings, citations and notes of the same name in
two chapters stay apart, and every link between pages is bent to the new id or reported.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from docutils.io import StringOutput
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from pakrus.citation import strings
from pakrus.pages.citation import book_of, work_of

logger = logging.getLogger(__name__)
NAME = "bookfile"
FILE = "book.html"
MIME_PRIORITIES = (
    ("text/html", 30),
    ("image/svg+xml", 40),
    ("image/png", 50),
    ("image/jpeg", 60),
    ("text/markdown", 80),
)
WIDE = 105  # characters that a table may need in its columns before its page turns
LONG = 20  # rows of a table that may break across pages
_REFERRING = ("aria-labelledby", "aria-describedby", "for", "headers")


class BookFileBuilder(StandaloneHTMLBuilder):
    """Collects the body of every page instead of writing files, and assembles them at the end."""

    name = NAME
    epilog = f"The book in one file is %(outdir)s/{FILE}."
    search = False
    copysource = False
    download_support = False
    add_permalinks = False
    use_index = False

    def init(self) -> None:
        """Start with no page written."""
        super().init()
        self.bodies: dict[str, str] = {}

    def get_outdated_docs(self) -> Iterator[str]:
        """All pages, always: the one file needs each of them."""
        yield from sorted(self.env.found_docs)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Keep the body of a page, as HTML without its frame."""
        doctree.settings = self.docsettings
        self.secnumbers = self.env.toc_secnumbers.get(docname, {})
        self.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.imgpath = relative_uri(self.get_target_uri(docname), "_images")
        self.current_docname = docname
        self.docwriter.write(doctree, StringOutput(encoding="utf-8"))
        self.docwriter.assemble_parts()
        self.bodies[docname] = self.docwriter.parts["fragment"]

    def finish(self) -> None:
        """Write the one file and the pictures it shows."""
        self.copy_image_files()
        html = assemble(self)
        Path(self.outdir, FILE).write_text(html, encoding="utf-8")


def parts_of(builder: BookFileBuilder) -> list[tuple[str, list[str]]]:
    """The book's order: (caption of the part, its pages); the root page stands before all parts."""
    root = builder.config.root_doc
    # one toctree of the root page is one part of the book
    tree = builder.env.get_doctree(root)
    found: list[tuple[str, list[str]]] = [("", [root])]
    for toctree in tree.findall(addnodes.toctree):
        pages = [page for name in toctree["includefiles"] for page in _with_children(builder, name)]
        found.append((toctree.get("caption") or "", [page for page in pages if page in builder.bodies]))
    return found


def _with_children(builder: BookFileBuilder, page: str) -> list[str]:
    return [
        page,
        *(below for child in builder.env.toctree_includes.get(page, []) for below in _with_children(builder, child)),
    ]


def slug(page: str) -> str:
    """A page's name as the first part of an id: ``chapters/cold-war`` is ``chapters-cold-war``."""
    return re.sub(r"[^a-z0-9]+", "-", page.lower()).strip("-")


def assemble(builder: BookFileBuilder) -> str:
    """One document of all pages, with title page and contents."""
    book = book_of(builder.app)
    parts = parts_of(builder)
    pages = {page: _page(builder, page) for _, names in parts for page in names}
    targets = {f"{slug(page)}--top" for page in pages}
    targets |= {tag["id"] for soup in pages.values() for tag in soup.find_all(id=True)}
    for page, soup in pages.items():
        _link(page, soup, pages, targets)
        _gather_code(soup, slug(page))
    contents, bodies = [], []
    for caption, names in parts:
        if caption and names:
            contents.append(f'<li class="part">{escape(caption)}<ol>')
        for page in names:
            contents.append(_entry(builder, page, pages[page]))
            bodies.append(f'<section class="page" id="{slug(page)}--top">{pages[page].decode_contents()}</section>')
        if caption and names:
            contents.append("</ol></li>")
    whole = work_of(builder.app, builder.config.root_doc, book.title)
    licence = f"Text and data {book.content_licence}" if book.content_licence else ""
    licence += ", code MIT." if "MIT" in book.licences else "." if licence else ""
    title, _, subtitle = book.title.partition(": ")
    second = f'<p class="subtitle">{escape(subtitle[:1].upper() + subtitle[1:])}</p>' if subtitle else ""
    keywords = (
        f'<meta name="keywords" content="{escape(", ".join(book.keywords), quote=True)}">' if book.keywords else ""
    )
    colours = builder.highlighter.get_stylesheet()
    # the file travels alone: no script, no stylesheet beside it but the one the PDF maker is given
    return f"""<!DOCTYPE html>
<html lang="{builder.config.language}">
<head>
<meta charset="utf-8">
<title>{escape(book.title)}</title>
<meta name="author" content="{escape(book.author, quote=True)}">
<meta name="description" content="{escape(book.abstract, quote=True)}">
<meta name="dcterms.created" content="{book.date.isoformat()}">
{keywords}
<style>{colours}</style>
</head>
<body>
<header class="title-page">
<p class="book-title">{escape(title)}</p>
{second}
<p class="author">{escape(book.author)}</p>
<p class="edition">Version {escape(book.version)}, {book.date.isoformat()}</p>
<p class="imprint">{escape(licence)}</p>
<p class="imprint">How to cite: {strings(whole)["apa"]}</p>
</header>
<nav class="contents" aria-label="Contents" id="contents"><h1>Contents</h1><ol>{"".join(contents)}</ol></nav>
<main>
{"".join(bodies)}
</main>
</body>
</html>
"""


def _page(builder: BookFileBuilder, page: str) -> BeautifulSoup:
    """A page's body as it stands on paper: ids of its own, nothing to click or to scroll, wide tables marked."""
    soup = BeautifulSoup(builder.bodies[page], "lxml").body or BeautifulSoup("", "lxml")
    for tag in soup.select("a.headerlink, script, .toctree-wrapper"):
        tag.decompose()
    name = slug(page)
    for tag in soup.find_all(True):
        if tag.get("id"):
            tag["id"] = f"{name}--{tag['id']}"
        for attribute in _REFERRING:
            if tag.get(attribute):
                tag[attribute] = " ".join(f"{name}--{word}" for word in tag[attribute].split())
        tag.attrs.pop("tabindex", None)
        # boxes to scroll in and names to hear them by say nothing on paper
        if tag.get("role") in {"region", "group", "list", "listitem"} and tag.name == "div":
            tag.attrs.pop("role")
            tag.attrs.pop("aria-label", None)
    for image in soup.find_all("img", src=True):
        if not image["src"].startswith("data:"):
            image["src"] = posixpath.normpath(posixpath.join(posixpath.dirname(page), image["src"]))
    for table in soup.find_all("table"):
        if _needs(table) > WIDE:
            frame = table.find_parent("figure") or table.find_parent("div", class_="scroll-box") or table
            frame["class"] = [*frame.get("class", []), "wide"]
        if (
            len(table.find_all("tr")) > LONG
        ):  # else it would start on a page of its own and leave the one before it empty
            for around in [table.find_parent("figure"), table.find_parent("div", class_="cell")]:
                if around is not None:
                    around["class"] = [*around.get("class", []), "long"]
    return soup


def _gather_code(soup: Tag, name: str) -> None:
    """Code cannot fold on paper: it follows the chapter, and a mark stands where it was."""
    folds = soup.select("div.code-fold")
    if not folds:
        return
    maker = BeautifulSoup("", "lxml")
    appendix = maker.new_tag("section", id=f"{name}--code", attrs={"class": "code-of-chapter"})
    heading = maker.new_tag("h2")
    heading.string = "Code of this chapter"
    appendix.append(heading)
    for number, fold in enumerate(folds, 1):
        here, there = f"{name}--code-mark-{number}", f"{name}--code-{number}"
        link = maker.new_tag("a", href=f"#{there}", id=here)
        link.string = f"Code {number}"
        mark = _mark_before(fold)
        if mark is None:
            mark = maker.new_tag("p", attrs={"class": "code-mark"})
            fold.insert_before(mark)
        else:
            mark.append(" ")
        mark.append(link)
        label = maker.new_tag("p", attrs={"class": "code-label"}, id=there)
        back = maker.new_tag("a", href=f"#{here}")
        back.string = f"Code {number}"
        label.append(back)
        appendix.append(label)
        for block in fold.find_all("pre"):
            block.string = block.get_text()  # thousands of coloured words are thousands of tags in the PDF
        appendix.append(fold.extract())
    (soup.find("section", recursive=False) or soup).append(appendix)


def _mark_before(fold: Tag) -> Tag | None:
    """The mark of the cell before, if that cell shows nothing else and this one stands right after it."""
    cell = fold.find_parent("div", class_="cell")
    before = cell.find_previous_sibling() if cell else None
    if before is None or "cell" not in before.get("class", []):
        return None
    inside = before.find_all(True, recursive=False)
    while not inside and before is not None and "cell" in before.get("class", []):  # cells whose mark moved on
        before = before.find_previous_sibling()
        inside = before.find_all(True, recursive=False) if before is not None else []
    return inside[0] if len(inside) == 1 and "code-mark" in inside[0].get("class", []) else None


def _needs(table: Tag) -> int:
    """How many characters the columns of a table need side by side, each broken at spaces only."""
    widths: dict[int, int] = {}
    for row in table.find_all("tr"):
        for index, cell in enumerate(row.find_all(["td", "th"], recursive=False)):
            text = cell.get_text(" ", strip=True)
            needed = max((len(word) for word in text.split()), default=0)
            widths[index] = max(widths.get(index, 0), needed, min(len(text), 10))
    return sum(widths.values()) + 3 * len(widths)


def _link(page: str, soup: BeautifulSoup, pages: dict[str, Any], targets: set[str]) -> None:
    """Links between pages become links inside the file; one that leads nowhere loses its link and is reported."""
    for link in soup.find_all("a", href=True):
        href = link["href"]
        if re.match(r"[a-z][a-z0-9+.-]*:", href):
            continue
        path, _, fragment = href.partition("#")
        other = page
        if path:
            other = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)).removesuffix(".html")
        target = f"{slug(other)}--{fragment or 'top'}"
        if other in pages and target in targets:
            link["href"] = f"#{target}"
            continue
        logger.warning(
            "link to %s leads nowhere in the book's one file", href, location=page, type="pakrus", subtype="link"
        )
        link.name = "span"
        link.attrs = {}


def _entry(builder: BookFileBuilder, page: str, soup: BeautifulSoup) -> str:
    """A page's line in the contents; numbered chapters also list their sections."""
    heading = soup.find("h1")
    words = escape(" ".join(heading.get_text().split())) if heading else escape(page)
    below = ""
    if builder.env.toc_secnumbers.get(page):
        items = []
        for section in soup.find_all("section", id=True):
            title = section.find(["h1", "h2", "h3", "h4"], recursive=False)
            if title is not None and title.name == "h2":
                text = escape(" ".join(title.get_text().split()))
                items.append(f'<li><a href="#{section["id"]}">{text}</a></li>')
        below = f"<ol>{''.join(items)}</ol>" if items else ""
    return f'<li class="page"><a href="#{slug(page)}--top">{words}</a>{below}</li>'


def _priorities(app: Sphinx, config: Any) -> None:
    """myst-nb knows only Sphinx's own builders: tell it what this one can show."""
    known = [tuple(entry) for entry in config.nb_mime_priority_overrides]
    config.nb_mime_priority_overrides = known + [
        (NAME, kind, priority) for kind, priority in (*MIME_PRIORITIES, ("text/plain", 100))
    ]


def setup(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(BookFileBuilder)
    app.connect("config-inited", _priorities)
