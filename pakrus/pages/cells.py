"""What cells of tables say: a verdict as a badge, a row's or a source's key as a link in words.

In come the tables of chapters as texts; out go, on the web, cells in which "Contradicted" has its shape, and
"1966-01-10-tashkent-declaration; Dawn 2020a" leads to the event by its title and to the source in the bibliography, or, where
that does not list it, to where it can be read; on paper and in an e-book the same words lead nowhere. A part that is nothing of
the book stays what it is. The ledger of claims and the pages of single claims take their badges from here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from pakrus.folder import Folder
from pakrus.pages import formats
from pakrus.pages.chronology import library, told_nodes
from pakrus.pages.links import book_of_links
from pakrus.pages.rows import Rows
from pakrus.terms import CRITERION_VERDICTS, VERDICTS

SCRIPT, STYLE = "verdicts.js", "verdicts.css"
_BADGES = (*VERDICTS, *CRITERION_VERDICTS)
_APART = re.compile(r"([;,] )")
_CLAIM = re.compile(r"S\d+-\d+")


def badge_classes(words: str) -> list[str]:
    """Return the classes of a badge that says a verdict; [] for words that are none."""
    said = words.strip().lower()
    return ["verdict", said.replace(" ", "-")] if said in _BADGES else []


class CellsInWords(SphinxPostTransform):
    """Go through the cells of the tables of a page."""

    default_priority = 15  # what the book's own links lead to is known
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the cells that are a text and nothing else; the first of a row names it and keeps its words."""
        output = formats.of(self.app.builder)
        if not output.html:
            return
        for row in self.document.findall(
            lambda node: isinstance(node, nodes.row) and isinstance(node.parent, nodes.tbody)
        ):
            for place, entry in enumerate(row.children):
                text = entry[0][0] if len(entry) == 1 and len(entry[0]) == 1 else None
                if isinstance(text, nodes.Text):
                    made = (
                        (as_badge(str(text)) if place and output.theme else [])
                        or self.as_links(str(text))
                        or self.as_told(str(text))
                    )
                    if made:
                        entry[0].remove(text)
                        entry[0] += made

    def as_links(self, text: str) -> list[nodes.Node]:
        """Return a cell's keys and citations as links with what stands between them; [] if it has none."""
        parts = _APART.split(text)
        if len(parts) == 1 and not any(map(str.isdigit, text)) and text not in self.sources():
            return []
        made = [self.link(part) if at % 2 == 0 else None for at, part in enumerate(parts)]
        return [link or nodes.Text(part) for link, part in zip(made, parts, strict=True)] if any(made) else []

    def as_told(self, text: str) -> list[nodes.Node]:
        """Return a cell that names sources, which the bibliography does not list, with what they are called; [] if it names none."""
        made = told_nodes(text, library(self.env))
        return made if len(made) > 1 else []

    def link(self, part: str) -> nodes.Node | None:
        """Return a link to what a part of a cell names, a lead (which has no page) in words; None if it names nothing of the book."""
        rows, words = getattr(self.env, "pakrus_rows", {}), part.strip()
        if _CLAIM.fullmatch(words) and words.lower() in rows:
            return self.to(rows[words.lower()][0], words.lower(), words)
        if words in rows:
            return self.to(rows[words][0], words, rows[words][1])
        if words in self.sources():
            page, key = self.sources()[words]
            return self.to(page, f"cite-{key}", book_of_links(self.app).citations[key])
        table, _, name = words.partition(" ")
        if table == "projects" and (title := self.named(table, name)):
            address = formats.entry(self.app.builder, formats.entry_file(table, name))
            return nodes.reference("", title, refuri=address, internal=True) if address else nodes.Text(title)
        lead = self.named("leads", words)
        return nodes.Text(lead) if lead else None

    def to(self, page: str, identifier: str, words: str) -> nodes.Node:
        """Return a link of this page to a place of another; on paper, the words alone."""
        if not formats.of(self.app.builder).theme:
            return nodes.Text(words)
        return make_refnode(self.app.builder, self.env.docname, page, identifier, nodes.inline("", words))

    def sources(self) -> dict[str, tuple[str, str]]:
        """The sources that the bibliography lists, by key and by how they are cited: its page and their key."""
        known = self.app.__dict__.get("pakrus_cell_sources")
        if known is None:
            cited = book_of_links(self.app).citations
            listed = self.env.get_domain("cite").citations if "cite" in self.env.domains else []
            known = self.app.__dict__["pakrus_cell_sources"] = {}
            for citation in listed:
                key, page = citation.key, citation.bibliography_key.docname
                if key in cited and citation.citation_id == f"cite-{key}":
                    known |= {key: (page, key), cited[key]: (page, key)}
        return known

    def named(self, table: str, key: str) -> str:
        """What a row of a table is, in words; empty if the table has no such row."""
        rows = self.app.__dict__.setdefault("pakrus_cell_rows", Rows(Folder(Path(self.app.srcdir, "data")), {}))
        words = rows.named(table, key)
        return words if words != key else ""


def as_badge(text: str) -> list[nodes.Node]:
    """Return a cell that is a verdict, or begins with one and a colon, with its badge; [] for any other."""
    said, colon, rest = text.partition(":")
    classes = badge_classes(said)
    return [nodes.inline("", said, classes=classes), *([nodes.Text(colon + rest)] if colon else [])] if classes else []


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script that shows the claims of one verdict alone, on pages that list claims."""
    output = formats.of(app.builder)
    if output.theme and output.scripts and doctree is not None:
        listed = doctree.findall(lambda node: isinstance(node, nodes.Element) and "claim" in node.get("classes", ()))
        if any(isinstance(node, nodes.General) for node in listed):
            app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the transform, the script and the style."""
    app.add_post_transform(CellsInWords)
    app.add_css_file(STYLE)
    app.connect("html-page-context", _add_script)
