"""Citations become notes: a number in the text, the sources in full under it at the end of the page, on paper at its foot.

In come pages whose citations are links in brackets, "(Fatemi 2012; Dawn 2020a)", as notebooks have them; out goes one
note for each bracket, numbered through the page. A source is given in full in the first note that names it; later ones
name it in short and lead there. What a format can do, ``formats`` says: the web shows a note as a card besides
(``static/notes.js``), paper has author, title and date at the foot of the page, a format without markup of ours keeps the brackets.

The one difficulty is punctuation: the bracket stands before the full stop, the number after it, and the words of page
and notebook must stay the same (a test puts the brackets back and compares).
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from pakrus.pages import formats
from pakrus.pages.chronology import cited_nodes, library, named_nodes, perspectives, published, words_of_kind
from pakrus.pages.links import source_id
from pakrus.pages.nodes import join_texts

SCRIPT = "notes.js"
_STOPS = re.compile(r"[.,;:?!]+")
_APART = re.compile(r"\s*[;,]\s*")


class note_mark(nodes.Inline, nodes.TextElement):
    """Where a note is called: its ``number``; its children are the links to the sources, named in short.

    ``stays`` says that no punctuation was taken from behind the bracket and put before it; ``places`` are the ids of the
    sources that the page cites here first, to which the bibliography leads.
    """


class page_notes(nodes.General, nodes.Element):
    """The notes of a page, a section of their own at its end."""


class one_note(nodes.General, nodes.TextElement):
    """A note under its ``number``: its sources."""


class backlink(nodes.Inline, nodes.Element):
    """The way from note ``number`` back to the text."""


class CitationsToNotes(SphinxPostTransform):
    """Brackets of citations give way to marks, and the notes follow the page."""

    default_priority = 700  # links are resolved, languages not yet marked

    def run(self, **kwargs: Any) -> None:
        """Go through one page."""
        output = formats.of(self.app.builder)
        if not output.html:
            return
        marks: list[note_mark] = []
        for parent in dict.fromkeys(link.parent for link in self.document.findall(nodes.reference) if _is_source(link)):
            join_texts(parent)
            marks += _marks_of(parent)
        if output.entries:
            self.name_places()
        if not marks:
            return
        marks = list(self.document.findall(note_mark))  # as they stand on the page
        for number, mark in enumerate(marks, 1):
            mark["number"] = number
        next(self.document.findall(nodes.section)).append(self.notes(marks))

    def name_places(self) -> None:
        """Give an id to the place where the page first cites each source."""
        named = set()
        for link in self.document.findall(nodes.reference):
            if _is_source(link) and link["key"] not in named:
                named.add(link["key"])
                if isinstance(link.parent, note_mark):
                    link.parent["places"] = [*link.parent.get("places", ()), source_id(link["key"])]
                else:
                    link["ids"].append(source_id(link["key"]))

    def notes(self, marks: list[note_mark]) -> page_notes:
        """Return the notes of a page, in order."""
        entries, known = library(self.env), perspectives(Path(self.env.srcdir))
        first: dict[str, int] = {}
        listed = page_notes()
        for mark in marks:
            note = one_note("", "", number=mark["number"])
            for place, link in enumerate(mark.findall(nodes.reference)):
                key = link["key"]
                note += [nodes.Text("; ")] if place else []
                if first.setdefault(key, mark["number"]) == mark["number"]:
                    in_short = formats.of(self.app.builder).short_notes and key in entries
                    note += (
                        self.in_short(link, entries[key])
                        if in_short
                        else self.in_full(link, entries.get(key), known.get(key))
                    )
                else:
                    note += nodes.reference("", link.astext(), internal=True, refid=f"note-{first[key]}")
                    note += nodes.Text(f" (note {first[key]})")
            note += [nodes.Text("\u00a0"), backlink("", number=mark["number"])]
            listed += note
        return listed

    def in_full(self, link: nodes.reference, entry: Any, perspective: str | None) -> nodes.inline:
        """Return a source with its kind and whose voice it is; these lead to it in the bibliography."""
        words = words_of_kind(entry, perspective)
        place = nodes.reference("", words, internal=True, refuri=link["refuri"], classes=["kind"])
        return nodes.inline("", "", *cited_nodes(entry, ""), nodes.Text(" ("), place, nodes.Text(")"))

    def in_short(self, link: nodes.reference, entry: Any) -> nodes.inline:
        """Return a source as paper names it: author, title, of the press the newspaper, date; the date leads to the bibliography."""
        place = nodes.reference("", published(entry), internal=True, refuri=link["refuri"], classes=["kind"])
        return nodes.inline("", "", *named_nodes(entry), nodes.Text(", "), place)


def _is_source(link: nodes.Node) -> bool:
    return isinstance(link, nodes.reference) and "source" in link["classes"]


def _marks_of(parent: nodes.Element) -> list[note_mark]:
    """Put a mark in place of each bracket of a paragraph that holds nothing but citations."""
    children, marks, at = list(parent.children), [], 0
    while at < len(children):
        before = children[at - 1] if at else None
        opens = isinstance(before, nodes.Text) and before.endswith("(")
        end = at
        while opens and end < len(children) and _is_source(children[end]):
            between = children[end + 1] if end + 1 < len(children) else None
            if isinstance(between, nodes.Text) and _APART.fullmatch(between):
                end += 2
            else:
                end += 1
                break
        after = children[end] if end < len(children) else None
        if end > at and isinstance(after, nodes.Text) and after.startswith(")"):
            text, rest = str(before).removesuffix("(").rstrip(), str(after).removeprefix(")")
            stops = _STOPS.match(rest)
            mark = note_mark("", "", *children[at:end], stays=stops is None)
            text, rest = (text + stops.group(), rest[stops.end() :]) if stops else (text, rest)
            children[at - 1 : end + 1] = [nodes.Text(text), mark, nodes.Text(rest)]
            marks.append(mark)
            at += 1
        else:
            at += 1
    if marks:
        parent.children = []
        parent += [child for child in children if not isinstance(child, nodes.Text) or child]
    return marks


# HTML -----------------------------------------------------------------------------------------------------------------


def _visit_mark(self: Any, node: note_mark) -> None:
    number = node["number"]
    named = escape(" ".join(node.astext().split("\n")), quote=True)
    place = " stays" if node["stays"] else ""
    places = "".join(f'<span id="{identifier}"></span>' for identifier in node.get("places", ()))
    self.body.append(
        f'<sup class="note{place}">{places}<a href="#note-{number}" id="call-{number}" role="doc-noteref" data-sources="{named}">'
        f"{number}</a></sup>"
    )
    raise nodes.SkipNode


def _depart_mark(self: Any, node: note_mark) -> None:
    self.body.append("</span>")


def _visit_notes(self: Any, node: page_notes) -> None:
    self.body.append('<section id="notes" role="doc-endnotes">\n<h2>Notes</h2>\n<ol class="notes">\n')


def _depart_notes(self: Any, node: page_notes) -> None:
    self.body.append("</ol>\n</section>\n")


def _visit_note(self: Any, node: one_note) -> None:
    self.body.append(f'<li id="note-{node["number"]}">')


def _depart_note(self: Any, node: one_note) -> None:
    self.body.append("</li>\n")


def _visit_backlink(self: Any, node: backlink) -> None:
    number = node["number"]
    self.body.append(
        f'<a href="#call-{number}" role="doc-backlink" aria-label="Back to note {number} in the text">↩</a>'
    )
    raise nodes.SkipNode


def _pass(self: Any, node: nodes.Node) -> None:
    """Nothing of one's own around it."""


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script of the cards, on pages with notes."""
    output = formats.of(app.builder)
    if output.folds and output.scripts and doctree is not None and any(doctree.findall(note_mark)):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the nodes, the transform and the script."""
    app.add_node(note_mark, html=(_visit_mark, _depart_mark))
    app.add_node(page_notes, html=(_visit_notes, _depart_notes))
    app.add_node(one_note, html=(_visit_note, _depart_note))
    app.add_node(backlink, html=(_visit_backlink, _pass))
    app.add_post_transform(CitationsToNotes)
    app.connect("html-page-context", _add_script)
