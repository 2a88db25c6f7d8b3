"""Plain links become the page's own: to a fact's line in the folded code, to a source, a figure, an event, a claim.

What comes in: the references that myst-parser makes of `[text](#target)` and `[text](page.ipynb#target)`. What goes out: links
inside the book in every format. Which kind a target is, `pakrus.notebooks.links` says, as for the texts; figures are
resolved by Sphinx's own numbering, so that its numbers and those in the notebooks prove each other. The one difficulty:
this must happen before myst-parser resolves its links (it knows headings only), hence the early priority, and a citation
must be made known to sphinxcontrib-bibtex, or the bibliography would not list it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.roles import CitationRef

from pakrus import numbering
from pakrus.notebooks.links import Book, LinkError

logger = logging.getLogger(__name__)
KINDS = ("fact", "source", "event", "claim", "table", "exercise")  # what `_resolve` resolves; types of no Sphinx domain


class PlainLinks(SphinxTransform):
    """Give every plain link of a page to something of the book its target."""

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Go through the links of one page."""
        book = book_of_links(self.app)
        docname = self.env.docname
        if docname not in book.pages:
            return
        for node in list(self.document.findall(nodes.reference)):
            if node.get("id_link"):
                self.replace(book, docname, node, node["refuri"])
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node.get("reftype") == "myst" and node.get("refdomain") == "doc" and node.get("reftargetid"):
                known = book.pages.get(node["reftarget"])
                if known is not None:
                    self.replace(book, docname, node, f"/{node['reftarget']}{known.path.suffix}#{node['reftargetid']}")

    def replace(self, book: Book, docname: str, node: nodes.Element, target: str) -> None:
        """Put in place of a link what its target needs; one that leads to a heading or to nothing is left to myst-parser."""
        try:
            kind, page, name = book.kind("" if target.startswith("/") else docname, target.removeprefix("/"))
        except LinkError:
            return
        text, expected = node.astext(), book.text("" if target.startswith("/") else docname, target.removeprefix("/"))
        in_cell = docname in book.pages and book.pages[docname].notebook is not None
        if expected is not None and text != expected and in_cell:
            message = "the text %r of the link to %s is not %r: run python book.py run"
            logger.warning(message, text, name, expected, location=node, type="pakrus", subtype="link")
        shown = nodes.inline("", "", *(child.deepcopy() for child in node.children))
        if kind == "figure":
            new = self.pending("std", "numref", name, shown, docname)
        elif kind in KINDS:
            new = self.pending("", f"pakrus-{kind}", name, shown, docname)
            new["page"] = page
            if kind == "fact":
                row = name if name in book.pages[page].facts else name.rpartition("_")[0]
                new["reftarget"] = fact_id(row)
            if kind == "source":
                self.note_citation(new, name, docname, node)
        else:
            return
        new.source, new.line = node.source, node.line
        node.replace_self(new)

    def pending(self, domain: str, kind: str, target: str, shown: nodes.Node, docname: str) -> addnodes.pending_xref:
        """Return a reference that Sphinx, or `_resolve`, resolves once all pages are read."""
        options = {"refdoc": docname, "refexplicit": False, "refwarn": True}
        return addnodes.pending_xref("", shown, refdomain=domain, reftype=kind, reftarget=target, **options)

    def note_citation(self, new: addnodes.pending_xref, key: str, docname: str, node: nodes.Element) -> None:
        """Tell sphinxcontrib-bibtex, as its role does."""
        self.document.note_explicit_target(new, new)
        domain = self.env.get_domain("cite")
        reference = CitationRef(new["ids"][0], docname, node.line or 0, [CitationTarget(key, "", "")])
        domain.citation_refs.append(reference)


def fact_id(name: str) -> str:
    """The id of a fact's line on its page."""
    return f"fact-{name}"


def source_id(key: str) -> str:
    """The id of the place on a page that cites a source first."""
    return f"by-{key}"


def book_of_links(app: Sphinx) -> Book:
    """Everything that links can lead to, read once for a build (again after a page's file has changed)."""
    root = Path(app.srcdir)
    stamp = tuple(
        path.stat().st_mtime_ns
        for folder in ("", "chapters", "back-matter")
        for path in sorted((root / folder).glob("*.ipynb"))
    )
    known = app.__dict__.get("pakrus_links")
    if known is None or known[0] != stamp:
        known = app.__dict__["pakrus_links"] = (stamp, Book(root))
    return known[1]


def _resolve(app: Sphinx, env: Any, node: addnodes.pending_xref, contnode: nodes.Node) -> nodes.Node | None:
    prefix, _, kind = node.get("reftype", "").partition("-")
    if prefix != "pakrus":
        return None
    target = node["reftarget"]
    identifier = f"cite-{target}" if kind == "source" else target
    link = make_refnode(app.builder, node["refdoc"], node["page"], identifier, contnode)
    link["classes"].append(kind)
    link["key"] = target
    return link


def _letters(app: Sphinx, env: Any) -> list[str]:
    """Figures and tables of pages without a number are counted page by page, after their letter."""
    changed, before = [], env.__dict__.setdefault("pakrus_lettered", {})
    lettered = {}
    for page, number in numbering.sections(Path(app.srcdir)).items():
        counted = env.toc_fignumbers.get(page)
        if number.isdigit() or not counted:
            continue
        fresh = {
            kind: {name: (number, place) for place, name in enumerate(identifiers, 1)}
            for kind, identifiers in counted.items()
        }
        lettered[page] = (counted, fresh)
        env.toc_fignumbers[page] = fresh
        if before.get(page, ({}, {}))[1] != fresh:
            changed.append(page)
    env.pakrus_lettered = lettered
    return changed


def _numbers(app: Sphinx, env: Any) -> list[str]:
    """Put Sphinx's own numbers back before it counts anew: else it would write the pages with letters at every build."""
    for page, (counted, fresh) in getattr(env, "pakrus_lettered", {}).items():
        if env.toc_fignumbers.get(page) == fresh:
            env.toc_fignumbers[page] = counted
    return []


def setup(app: Sphinx) -> None:
    app.add_transform(PlainLinks)
    app.connect("missing-reference", _resolve)
    app.connect("env-get-updated", _numbers, priority=100)
    app.connect("env-get-updated", _letters, priority=900)  # after Sphinx has counted
