"""Paragraphs of a chapter have numbers, so that a passage of it can be cited: ``chapters/cold-war.html#p12``.

In come the pages of numbered chapters; on the web each paragraph of the running text leaves with the id ``p1``, ``p2`` …
in the order of the page, and with a link to itself that shows the number in the margin. The number is drawn by the
stylesheet (``margin.css``): it is no word of the text, is not copied with it, and is heard as a link alone.

What is counted is what is read: the abstract, the paragraphs of sections and those of accounts in columns. Keywords, boxes,
captions, notes, the way on and all that stands in a fold with code have no number, so that the numbers seen have no gaps.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from pakrus.pages import formats
from pakrus.pages.accounts import account
from pakrus.pages.layers import PageInLayers

STYLE = "margin.css"


class paragraph_number(nodes.Inline, nodes.Element):
    """The link of a paragraph to itself, under its ``number``."""


class NumberParagraphs(SphinxPostTransform):
    """Give the paragraphs of a chapter their numbers."""

    default_priority = PageInLayers.default_priority + 10  # what folds is in its fold

    def run(self, **kwargs: Any) -> None:
        """Go through one page."""
        if not formats.of(self.app.builder).entries or not is_chapter(self.env, self.env.docname):
            return
        told = [node for node in self.document.findall(nodes.paragraph) if is_read(node)]
        for number, paragraph in enumerate(told, 1):
            paragraph["ids"].append(f"p{number}")
            paragraph += paragraph_number("", number=number)


def is_read(paragraph: nodes.paragraph) -> bool:
    """Whether a paragraph belongs to the running text."""
    return isinstance(paragraph.parent, (nodes.section, account)) and "keywords" not in paragraph["classes"]


def is_chapter(env: Any, page: str) -> bool:
    """Whether a page is a chapter, which alone have a number."""
    return bool(env.toc_secnumbers.get(page, {}).get(""))


def _visit_number(self: Any, node: paragraph_number) -> None:
    number = node["number"]
    self.body.append(f'<a class="para" href="#p{number}" aria-label="Paragraph {number}" data-n="{number}"></a>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node, the transform and the stylesheet."""
    app.add_node(paragraph_number, html=(_visit_number, None))
    app.add_post_transform(NumberParagraphs)
    app.add_css_file(STYLE)
