"""The exercises of the chapters: an address for each, and ``{exercises}``, the list of all with what each one teaches.

In come paragraphs of a chapter that begin with **Exercise 3.**; out go their ids (``exercise-3``), which links of the form
``chapter.ipynb#exercise-3`` lead to. The list is made from the notebooks, so an exercise that is added, moved or taken out is
so in the list as well.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from pakrus import numbering
from pakrus.pages.links import book_of_links

_BEGINS = re.compile(r"Exercise (\d+)\.")
AIM = re.compile(r"^\*What it teaches:\* (.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)


class Addresses(SphinxTransform):
    """Give the paragraph of each exercise its id."""

    default_priority = 6

    def apply(self, **kwargs: Any) -> None:
        """Go through the paragraphs of one page."""
        for paragraph in self.document.findall(nodes.paragraph):
            first = next((node for node in paragraph.children if node.astext()), None)  # the parser may put "" before
            begun = _BEGINS.fullmatch(first.astext()) if isinstance(first, nodes.strong) else None
            if begun:
                paragraph["ids"].append(f"exercise-{begun[1]}")
                self.document.set_id(paragraph)


class Exercises(SphinxDirective):
    """A list for each chapter: its exercises, each a link with what it teaches."""

    def run(self) -> list[nodes.Node]:
        """Make a rubric and a list for each chapter that has exercises, in the order of the contents."""
        book = book_of_links(self.env.app)
        found: list[nodes.Node] = []
        for name, number in numbering.sections(book.root).items():
            page = book.pages[name]
            if not page.exercises:
                continue
            self.env.note_dependency(str(page.path))
            aims = [aim for text in page.texts for aim in AIM.findall(text)]
            if len(aims) != len(page.exercises):
                raise self.error(f"{name}: {len(page.exercises)} exercises, but {len(aims)} times *What it teaches:*")
            items = nodes.bullet_list("")
            for target, aim in zip(page.exercises, aims, strict=True):
                title = f"Exercise {target.rpartition('-')[2]}"
                words, messages = self.parse_inline(" ".join(aim.split()), lineno=self.lineno)
                said = nodes.paragraph("", "", self.link(name, target, title), nodes.Text(": "), *words)
                items += [nodes.list_item("", said), *messages]
            heading = page.texts[0].partition("\n")[0].removeprefix("# ").strip()
            found += [nodes.rubric("", f"{number}. {heading}"), items]
        return found

    def link(self, page: str, target: str, words: str) -> pending_xref:
        """Return a link to an exercise, as `links.PlainLinks` makes it of a link in the text."""
        shown = nodes.inline("", words)
        options = {"refdoc": self.env.docname, "refexplicit": False, "refwarn": True, "page": page}
        return pending_xref("", shown, refdomain="", reftype="pakrus-exercise", reftarget=target, **options)


def setup(app: Sphinx) -> None:
    app.add_transform(Addresses)
    app.add_directive("exercises", Exercises)
