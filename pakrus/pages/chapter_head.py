"""The head of a chapter: which version this is, how long it takes to read, and where in the period it lies.

In come a page's tree and the events of data/; out goes, under the title of a numbered chapter, a line with version, date and
reading time and a strip of the whole period: a bar a year, the chapter's own years lit, a link to them in the explorer. The
abstract under it is the chapter's own, set as what it is: nothing is written twice. The years of a chapter that tells a phase
are the phase's, those of any other all that the register has.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from pakrus import data, dates
from pakrus.folder import Folder
from pakrus.pages import formats
from pakrus.pages.citation import book_of, page_work
from pakrus.pages.doors import explorer_of
from pakrus.pages.explorer.drawings import years
from pakrus.pages.notes import CitationsToNotes, note_mark, page_notes

STYLE = "chapter_head.css"
PACE = 230  # words a minute: prose read for its content
NOT_READ = ("Exercises", "Sources")  # sections that one does not read through
BAR, UP, DOWN = 8, 36, 16  # pixels of the strip: a year, the tallest bar up and down
_BLOCKS = (nodes.paragraph, nodes.title, nodes.term)


class chapter_head(nodes.General, nodes.Element):
    """The line and the strip under the title; ``words`` is how many words the chapter has to read."""


class Strip(NamedTuple):
    """The years of the register, each with its number of cooperative and of conflictual acts, and those of the chapter."""

    counts: dict[int, Counter[str]]
    first: int
    last: int


class ChapterHeads(SphinxPostTransform):
    """Put the head under the title of each numbered chapter, and mark its abstract and keywords."""

    default_priority = CitationsToNotes.default_priority + 10  # citations are numbers now, and no words to read

    def run(self, **kwargs: Any) -> None:
        """Go through one page."""
        docname = self.env.docname
        if not formats.of(self.app.builder).theme or not self.env.toc_secnumbers.get(docname, {}).get(""):
            return
        section = next(self.document.findall(nodes.section))
        for paragraph in section.children:
            start = paragraph.astext().partition(" ")[0] if isinstance(paragraph, nodes.paragraph) else ""
            if start in ("Abstract.", "Keywords:"):
                paragraph["classes"].append("standfirst" if start == "Abstract." else "keywords")
        section.insert(1, chapter_head(words=words_to_read(self.document)))


def words_to_read(document: nodes.document) -> int:
    """How many words of prose a page has, without cells, notes and the sections that one does not read through."""
    return sum(len(re.findall(r"\w[\w’'-]*", _prose(block))) for block in document.findall(_is_prose))


def _is_prose(node: nodes.Node) -> bool:
    if not isinstance(node, _BLOCKS):
        return False
    parent = node.parent
    while parent is not None:
        title = parent[0].astext() if isinstance(parent, nodes.section) and len(parent) else ""
        if isinstance(parent, (nodes.container, page_notes)) or title in NOT_READ:
            return False
        parent = parent.parent
    return True


def _prose(node: nodes.Element) -> str:
    return " ".join(
        child.astext() if isinstance(child, nodes.Text) else _prose(child)
        for child in node.children
        if not isinstance(child, note_mark) and hasattr(child, "children")
    )


def strip_of(app: Sphinx, docname: str) -> Strip | None:
    """Return the strip of a chapter; None for a book without an explorer."""
    known = app.__dict__.setdefault("pakrus_strips", {})
    if not known:
        folder = Folder(Path(app.srcdir, "data"))
        known["counts"] = years(data.rows("events", folder)) if folder.table("events").is_file() else {}
        told = data.rows("phases", folder) if folder.table("phases").is_file() else []
        known["phases"] = {row["phase"]: row for row in told}
    if not known["counts"] or not explorer_of(app):
        return None
    phase = known["phases"].get(docname.rpartition("/")[2])
    first, last = min(known["counts"]), max(known["counts"])
    if phase:
        end = dates.year(phase["last_day"]) if phase["last_day"] else last
        first, last = dates.year(phase["first_day"]), end
    return Strip(known["counts"], first, last)


def drawing(strip: Strip) -> str:
    """Return the strip as SVG: bars up for cooperative acts, down for conflictual ones; colours are the style's."""
    most = max((acts["cooperative"] for acts in strip.counts.values()), default=0) or 1
    least = max((acts["conflictual"] for acts in strip.counts.values()), default=0) or 1
    unit = min(UP / most, DOWN / least)  # one scale up and down
    paths: dict[str, list[str]] = {}
    for place, (year, acts) in enumerate(strip.counts.items()):
        lit = " lit" if strip.first <= year <= strip.last else ""
        for act, ground, side in (("cooperative", UP, -1), ("conflictual", UP + 2, 1)):
            if acts[act]:
                bar = f"M{place * BAR} {ground}v{side * acts[act] * unit:.1f}h{BAR - 2}V{ground}z"
                paths.setdefault(f"{act}{lit}", []).append(bar)
    marks = "".join(f'<path class="{name}" d="{"".join(bars)}"/>' for name, bars in sorted(paths.items()))
    start = (strip.first - min(strip.counts)) * BAR
    span = f'<path class="span" d="M{start} {UP + DOWN + 5}h{(strip.last - strip.first + 1) * BAR - 2}"/>'
    size = f"0 0 {len(strip.counts) * BAR} {UP + DOWN + 8}"
    title = f"<title>{escape(in_words(strip))}</title>"
    return f'<svg viewBox="{size}" role="img" preserveAspectRatio="none">{title}{marks}{span}</svg>'


def in_words(strip: Strip) -> str:
    """Return what the strip shows, for who hears it."""
    own = sum((acts for year, acts in strip.counts.items() if strip.first <= year <= strip.last), Counter())
    return (
        f"Acts of each year, cooperative ones up, conflictual ones down; of this chapter’s years {own['cooperative']} and "
        f"{own['conflictual']}."
    )


def _visit_head(self: Any, node: chapter_head) -> None:
    app, docname = self.builder.app, self.builder.current_docname
    book, minutes = book_of(app), max(1, round(node["words"] / PACE))
    edition = f"Version {escape(book.version)}, {dates.in_words(book.date.isoformat())}"
    length = f"about {minutes} minute{'s' if minutes > 1 else ''} to read"
    label = escape(f"About this edition of {page_work(app, docname).title}", quote=True)
    self.body.append(f'<div class="chapter-head" role="group" aria-label="{label}">\n<p>{edition} · {length}</p>\n')
    strip = strip_of(app, docname)
    if strip:
        target = relative_uri(self.builder.get_target_uri(docname), formats.EXPLORER)
        href = escape(f"{target}?from={strip.first}&to={strip.last}", quote=True)
        self.body.append(
            f'<a class="strip" href="{href}">{drawing(strip)}'
            f"<span>{min(strip.counts)}</span><span>{strip.first}–{strip.last}: explore these years</span>"
            f"<span>{max(strip.counts)}</span></a>\n"
        )
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the head and its style."""
    app.add_node(chapter_head, html=(_visit_head, None))
    app.add_post_transform(ChapterHeads)
    app.add_css_file(STYLE)
