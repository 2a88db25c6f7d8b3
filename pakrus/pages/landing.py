"""The landing page: edition, ways in and other languages under the title, findings and phases as cards.

In comes the page's tree, plain Markdown as in the notebook; out goes, on the web alone, the same with a line on the edition and a row
of doors under its title, and with two of its lists set as cards: those of the findings, each led by its number, and those of the
phases, each with its strip of the period (`chapter_head`). Nothing is said here that the notebook, CITATION.cff or the tables
do not say. A door is there when its page is.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from pakrus import dates
from pakrus.pages import abstracts, formats
from pakrus.pages.chapter_head import drawing, strip_of
from pakrus.pages.citation import book_of
from pakrus.pages.doors import front_doors
from pakrus.pages.languages import direction
from pakrus.pages.links import book_of_links

logger = logging.getLogger(__name__)

STYLE = "landing.css"
FINDINGS, PHASES, WAYS = "Five findings", "Four phases", "Ways to read"


class LandingPage(SphinxPostTransform):
    """Add what the page has on the web alone."""

    default_priority = 850  # links are resolved, so that a list tells where it leads

    def run(self, **kwargs: Any) -> None:
        """Change the root page."""
        if self.env.docname != self.app.config.root_doc or not formats.of(self.app.builder).theme:
            return
        top = next(self.document.findall(nodes.section), None)
        if top is None:
            return
        for child in top.children[1:2]:
            if isinstance(child, nodes.paragraph):
                child["classes"].append("question")
        top.insert(1, nodes.raw("", head(self.app), format="html"))
        for section in self.document.findall(nodes.section):
            heading = section[0].astext()
            for listed in section.children:
                if isinstance(listed, nodes.bullet_list) and heading in (FINDINGS, PHASES):
                    self.cards(listed, heading)
                elif isinstance(listed, nodes.bullet_list) and heading == WAYS:
                    listed["classes"].append("ways")

    def cards(self, listed: nodes.bullet_list, heading: str) -> None:
        """Set a list as cards; a phase's card begins with its strip."""
        listed["classes"] += ["cards", "findings" if heading == FINDINGS else "phases"]
        for item in listed.children:
            links = [link for link in item.findall(nodes.reference) if link.get("refuri")]
            if not links:
                logger.warning("A card of %r has no link to a page: %s", heading, item.astext(), location=item)
                continue
            if heading == FINDINGS:
                links[-1]["classes"].append("to-figure")
                self.say_what_is_counted(links[0])
                continue
            page = links[0]["refuri"].partition(".html")[0]
            strip = strip_of(self.app, page)
            links[0]["classes"].append("to-phase")
            if strip:
                item.insert(0, nodes.raw("", f'<div class="strip">{drawing(strip)}</div>', format="html"))

    def say_what_is_counted(self, number: nodes.reference) -> None:
        """Put under a card's number what it counts, in the words with which its chapter publishes it."""
        page, _, name = number["refuri"].partition(".html#fact-")
        known = book_of_links(self.app).pages.get(page)
        fact = known.facts.get(name) if known else None
        if fact:
            strong = number.parent
            unit = nodes.inline("", "", nodes.Text(fact["words"]), classes=["unit"])
            strong.parent.insert(strong.parent.index(strong) + 1, [nodes.Text(" "), unit])


def head(app: Sphinx) -> str:
    """Return the line on the edition, with the other languages, and the row of doors."""
    book, here, root = book_of(app), app.builder.get_target_uri(app.config.root_doc), Path(app.srcdir)
    said = [f"Version {book.version}", dates.in_words(book.date.isoformat())]
    if book.content_licence:
        said.append(f"text and data {book.content_licence_in_words}" + (", code MIT" if "MIT" in book.licences else ""))
    parts = [escape(part) for part in said]
    for language in abstracts.languages(root):
        name = abstracts.read(root / abstracts.FOLDER / language / f"{abstracts.INDEX}.md").words["name"]
        way = f' dir="{direction(language)}"' if direction(language) else ""
        target = escape(relative_uri(here, abstracts.file_of(language)), quote=True)
        parts.append(f'<a href="{target}" lang="{language}" hreflang="{language}"{way}>{escape(name)}</a>')
    row = "".join(
        f'<a href="{escape(target, quote=True)}">{escape(name)}{": start here" if name == "Read" else ""}</a>'
        for name, target in front_doors(app, here)
    )
    return (
        f'<p class="edition">{" <span aria-hidden=true>·</span> ".join(parts)}</p>\n'
        f'<nav class="doors" aria-label="Ways into the book">{row}</nav>\n'
    )


def setup(app: Sphinx) -> None:
    """Register the page's parts and their style."""
    app.add_post_transform(LandingPage)
    app.add_css_file(STYLE)
