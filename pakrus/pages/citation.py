"""How a page, a figure or a table is cited, on the page: boxes to open, and files to download, from `pakrus.citation`.

A box on every page has all forms; the one under a figure or table has those that differ from its page's, so that fifteen
figures do not weigh on a page. All is there without script; a script adds the buttons that copy. The one setting for a
public address is ``html.baseurl`` in _config.yml, and everything works while it is empty.
"""

from __future__ import annotations

import re
from collections.abc import Container
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from pakrus.citation import (
    FILE,
    LABELS,
    LICENCES,
    Book,
    CitationError,
    Work,
    files,
    named,
    read,
    ris,
    strings,
    work_bibtex,
)
from pakrus.pages import formats
from pakrus.pages.chronology import library

FOLDER = "cite"
SCRIPT, STYLE = "cite.js", "cite.css"
ANCHOR, TABLE_ANCHOR = "cite-this-page", "cite"
PROGRAMS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
_OF_A_PART = ("apa", "in-text", "chicago-note", "credit")  # what a figure's box has; the rest is as its page's
_OF_A_TABLE = ("apa", "chicago-note", "mla", "credit")


class cite_this(nodes.General, nodes.Element):
    """The box that says how a figure, a table on a page or a table of the book's data is cited.

    ``kind`` is "figure", "table" or "data" and ``name`` its name; data have a ``title``, an ``anchor`` and ``sources``. A
    table of data is cited on its own page (`pakrus.pages.tables`): where it has one, a link leads there.
    """


# what is cited ----------------------------------------------------------------------------------------------------------


def book_of(app: Sphinx) -> Book:
    """Return what CITATION.cff says of the book that is being built."""
    return app.config.pakrus_book


def address_of(app: Sphinx, target: str) -> str:
    """Return where a file of the book is published, "" for a book without an address."""
    base = app.config.html_baseurl
    return urljoin(base.rstrip("/") + "/", target) if base else ""


def work_of(app: Sphinx, pagename: str, title: str, number: str = "") -> Work:
    """Return a page as something to cite: the whole book if it is the first page, else a chapter of it."""
    book, whole = book_of(app), pagename == app.config.root_doc
    target = "" if whole else app.builder.get_target_uri(pagename)
    address = address_of(app, target) or (book.url if whole else "")
    kind = "book" if whole else "chapter"
    return Work(book, book.title if whole else title, pagename.rsplit("/", 1)[-1], number, address, kind)


def page_work(app: Sphinx, pagename: str) -> Work:
    """Return a page as something to cite, with the title and the number that it has in the book."""
    number = ".".join(str(part) for part in app.env.toc_secnumbers.get(pagename, {}).get("", ()) or ())
    title = app.env.titles[pagename].astext() if pagename in app.env.titles else book_of(app).title
    return work_of(app, pagename, title, number)


def part_work(app: Sphinx, pagename: str, node: cite_this) -> Work:
    """Return a figure or a table of a page, or a table of the book's data, as something to cite."""
    kind, name = node["kind"], node["name"]
    if kind == "data":
        described = node["anchor"] in getattr(app.env, "pakrus_tables", {})
        target = formats.table_file(name) if described else app.builder.get_target_uri(pagename)
        address = address_of(app, target)
        return Work(book_of(app), node["title"], name, address=address, kind="table", sources=tuple(node["sources"]))
    page = page_work(app, pagename)
    entry = getattr(app.env, "pakrus_data", {}).get(name, {})
    numbers = app.env.toc_fignumbers.get(pagename, {}).get(kind, {}).get(name, ())
    caption = words_of((entry.get("caption") or "").split("\n\n")[0])
    return page.at(
        f"{kind.capitalize()} {'.'.join(map(str, numbers))}".strip(),
        title=re.split(r"(?<=[a-z)\d])[.:] ", caption)[0].rstrip("."),
        address=f"{page.address}#{name}" if page.address else "",
        sources=underlying(entry.get("source") or "", app.env),
    )


def underlying(source: str, env: Any) -> tuple[str, ...]:
    """Return the sources that a *Source* line leads to, by name; tables whose rows name theirs; else what it says."""
    entries = library(env)
    keys = dict.fromkeys(key for key in re.findall(r"\]\(#([^)]+)\)", source) if key in entries)
    rows = dict.fromkeys(re.findall(r"table `(\w+)`, [\d,]+ rows, each with its sources(?!, from)", source))
    found = [named(entries[key]) for key in keys]
    if rows:
        found.append(f"the sources that the rows of {' and '.join(rows)} name")
    return tuple(found) or tuple(filter(None, [words_of(source)]))


def words_of(text: str) -> str:
    """Return Markdown as words: links, roles and marks go, what they show stays."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\{[\w:]+\}`([^`<]*?)\s*(?:<[^`>]*>)?`", r"\1", text)
    return " ".join(re.sub(r"^\s*[*_]*Sources?:?[*_]*:?\s*|[*`]", "", text).split())


# how it is shown --------------------------------------------------------------------------------------------------------


def offer(app: Sphinx, stem: str, work: Work) -> dict[str, str]:
    """Write ``cite/STEM.bib``, ``.ris`` and ``.json`` beside the pages; return their paths by their endings."""
    if not formats.of(app.builder).data_beside:
        return {}
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(exist_ok=True)
    made = files(work)
    for ending in PROGRAMS:
        path, content = folder / f"{stem}.{ending}", made[ending].encode()
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    return {ending: f"{FOLDER}/{stem}.{ending}" for ending in PROGRAMS}


def keep(app: Sphinx, kind: str, names: Container[str]) -> None:
    """Take away what `offer` once wrote for works of a kind that are gone."""
    for path in Path(app.outdir, FOLDER).glob(f"{kind}-*"):
        if path.stem.removeprefix(f"{kind}-") not in names:
            path.unlink()


def passage(work: Work) -> str:
    """Return how one paragraph of a chapter is cited in the text: the first, and with a script the one that was chosen."""
    made = strings(work.at("Paragraph 1"))["in-text"]
    return re.sub(r"1(?=\)$)", '<span class="cite-paragraph">1</span>', made)


def forms(work: Work, styles: Any, links: dict[str, str], anchor: str = "", more: str = "", passage: str = "") -> str:
    """Return a list of the forms of a citation as HTML; `links` are addresses of files by their endings."""
    made = strings(work)
    first = ' class="cite-plain"' if anchor else ""  # of a page's forms the first is printed
    shown = [
        f"<dt>{LABELS[style]}</dt><dd{'' if place else first}>{made[style]}</dd>" for place, style in enumerate(styles)
    ]
    if passage:
        shown.insert(2, f"<dt>{LABELS['apa']}, a paragraph by its number in the margin</dt><dd>{passage}</dd>")
    listed = " ".join(
        f'<a href="{escape(links[ending], quote=True)}" download>{PROGRAMS[ending]}</a>' for ending in links
    )
    if listed or more:
        shown.append(f'<dt>Other forms</dt><dd class="cite-files">{" ".join(filter(None, (listed, more)))}</dd>')
    identifier = f' id="{anchor}"' if anchor else ""
    return f'<dl class="cite-forms"{identifier}>\n' + "\n".join(shown) + "\n</dl>"


def show_box(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """What the template of the box at the foot of a page says."""
    book = book_of(app)
    context["book"] = book
    context["book_licences"] = [(name, LICENCES.get(name, "")) for name in book.licences]
    if doctree is None:
        return
    work = page_work(app, pagename)
    here = app.builder.get_target_uri(pagename)
    links = {ending: relative_uri(here, path) for ending, path in offer(app, work.slug, work).items()}
    context["cite"] = work
    context["cite_forms"] = forms(work, LABELS, links, ANCHOR, passage=passage(work) if work.number else "")
    context["cite_blocks"] = [("BibTeX", work_bibtex(work)), ("RIS", ris(work))]
    if formats.of(app.builder).scripts:
        app.add_js_file(SCRIPT, loading_method="defer")


def _visit_cite_this(self: Any, node: cite_this) -> None:
    output = formats.of(self.builder)
    if not (output.folds and output.data_beside) or output.one_page:
        raise nodes.SkipNode
    app, pagename = self.builder.app, self.builder.current_docname
    kind, here = node["kind"], self.builder.get_target_uri(pagename)
    identifier = f' id="{node["ids"][0]}"' if node["ids"] else ""
    if kind == "data" and output.entries and node["anchor"] in getattr(app.env, "pakrus_tables", {}):
        target = f"{relative_uri(here, formats.table_file(node['name']))}#{TABLE_ANCHOR}"
        said = f"<code>{escape(node['name'])}</code>, {escape(node['title'])}"
        self.body.append(f'<p{identifier}><a href="{target}">{said}</a></p>\n')
        raise nodes.SkipNode
    work = part_work(app, pagename, node)
    made = offer(app, f"{kind}-{node['name']}", work)
    links = {ending: relative_uri(here, path) for ending, path in made.items()}
    more = "" if kind == "data" else f'<a href="#{ANCHOR}">Chicago, MLA: as for this page</a>'
    shown = forms(work, _OF_A_TABLE if kind == "data" else _OF_A_PART, links, more=more)
    said = f"<code>{escape(node['name'])}</code>, {escape(node['title'])}" if kind == "data" else f"Cite {work.part}"
    self.body.append(
        f'<details class="cite-box cite-part"{identifier}><summary>{said}</summary>\n{shown}\n</details>\n'
    )
    raise nodes.SkipNode


def _skip(self: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


class CiteBook(SphinxDirective):
    """``{cite-book}``: how to cite the whole book, in every form, from CITATION.cff."""

    def run(self) -> list[nodes.Node]:
        """Make the forms in which the whole book is cited."""
        self.env.note_dependency(str(Path(self.env.app.srcdir, FILE)))
        book = book_of(self.env.app)
        work = Work(book, book.title, "book", address=self.config.html_baseurl or book.url, kind="book")
        listed = nodes.definition_list(classes=["cite-list"])
        for style, string in strings(work).items():
            said = nodes.definition("", nodes.paragraph("", "", *italics(string)))
            listed += nodes.definition_list_item("", nodes.term("", LABELS[style]), said)
        found: list[nodes.Node] = [listed]
        for label, text, language in (("BibTeX", work_bibtex(work), "bibtex"), ("RIS", ris(work), "text")):
            block = nodes.literal_block("", text, language=language, classes=["cite-format"])
            found += [nodes.rubric("", label), block]
        return found


def italics(string: str) -> list[nodes.Node]:
    """Return a citation's HTML, which has no mark but ``<i>``, as nodes."""
    parts = [unescape(part) for part in re.split("</?i>", string)]
    return [nodes.emphasis("", part) if place % 2 else nodes.Text(part) for place, part in enumerate(parts) if part]


# set-up -----------------------------------------------------------------------------------------------------------------


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


def _tidy(app: Sphinx, exception: Exception | None) -> None:
    """The files of figures and tables that are gone go too."""
    if exception or not formats.of(app.builder).data_beside:
        return
    known = getattr(app.env, "pakrus_data", {})
    for kind in ("figure", "table"):
        keep(app, kind, {name for name, entry in known.items() if entry["kind"] == kind})


def setup(app: Sphinx) -> None:
    """Register the box, the directive and the file of the book's names."""
    app.add_config_value("pakrus_book", None, "html", types=[Book])
    app.connect("config-inited", _load)
    app.add_node(cite_this, html=(_visit_cite_this, None), **{name: (_skip, None) for name in formats.PLAIN})
    app.add_directive("cite-book", CiteBook)
    app.add_css_file(STYLE)
    # before the theme drops templates that come out empty
    app.connect("html-page-context", show_box, priority=290)
    app.connect("build-finished", _tidy)
