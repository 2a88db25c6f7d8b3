"""The accounts of a contested episode side by side: Pakistani, Soviet or Russian, third-party.

In come paragraphs that begin with a bold "Pakistani account." and the like, which is how notebooks write them; out go, on the
web, columns in the same order, so that ear and eye read alike, with what nobody knows in a row of its own below them. Every
other format keeps the paragraphs. The one difficulty is "Not known:", which mostly stands inside the last account: from there
on its paragraph is cut off.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from pakrus.pages import formats
from pakrus.pages.notes import CitationsToNotes

STYLE = "accounts.css"
_VOICE = re.compile(r"(\S[\w/ -]*?) accounts?\.?")
_SIDES = {"Pakistani": "pakistani", "Third-party": "third-party"}
_SOVIET = ("Soviet/Russian", "Soviet", "Russian")
_UNKNOWN = re.compile(r"(?:(?<=[.!?”’)] )|(?<=^)|(?<=^ ))(?:What is n|N)ot known\b")


class accounts(nodes.General, nodes.Element):
    """The accounts of one episode, each an ``account``, and what is not known as one more."""


class account(nodes.General, nodes.Element):
    """One account; ``side`` is pakistani, soviet-russian, third-party, another (a state that is neither), or unknown."""


class AccountsInColumns(SphinxPostTransform):
    """Gather the accounts that follow each other in a section."""

    default_priority = CitationsToNotes.default_priority + 20
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Go through one page."""
        if not formats.of(self.app.builder).folds:
            return
        for section in list(self.document.findall(nodes.section)):
            told: list[nodes.paragraph] = [node for node in section.children if side_of(node)]
            if len(told) > 1:
                gather(section, told)


def side_of(node: nodes.Node) -> str:
    """Return whose account a paragraph is, by its bold beginning; "" if it is none."""
    first = (
        next(filter(str, node.children), None) if isinstance(node, nodes.paragraph) else None
    )  # an empty text may stand first
    said = _VOICE.fullmatch(first.astext()) if isinstance(first, nodes.strong) else None
    if not said:
        return ""
    return "soviet-russian" if said.group(1) in _SOVIET else _SIDES.get(said.group(1), "another")


def gather(section: nodes.section, told: list[nodes.paragraph]) -> None:
    """Put the accounts of a section into columns, and what is not known under them."""
    place = section.index(told[0])
    after = section.index(told[-1]) + 1
    if section.children[place:after] != told:
        return  # something else stands between them: they stay as they are
    side_by_side, unknown = accounts(), []
    for paragraph in told:
        unknown += [rest for rest in [cut_unknown(paragraph)] if rest is not None]
        side_by_side += account("", paragraph, side=side_of(paragraph))
    follower = section[after] if after < len(section) else None
    if not unknown and isinstance(follower, nodes.paragraph) and _UNKNOWN.match(follower.astext()):
        unknown = [follower]
        section.remove(follower)
    if unknown:
        side_by_side += account("", *unknown, side="unknown")
    section.children[place:after] = []
    section.insert(place, side_by_side)


def cut_unknown(paragraph: nodes.paragraph) -> nodes.paragraph | None:
    """Cut off what a paragraph says is not known; None if it says nothing of the kind."""
    for place, child in enumerate(paragraph.children):
        if isinstance(child, nodes.emphasis) and child.astext().startswith("Not known"):
            before: list[nodes.Node] = []
            after = paragraph.children[place:]
        elif isinstance(child, nodes.Text) and (found := _UNKNOWN.search(child)):
            before = [nodes.Text(child[: found.start()].rstrip())]
            after = [nodes.Text(child[found.start() :]), *paragraph.children[place + 1 :]]
        else:
            continue
        kept = [*paragraph.children[:place], *before]
        paragraph.children = []
        paragraph += kept
        return nodes.paragraph("", "", *after)
    return None


def _visit_accounts(self: Any, node: accounts) -> None:
    self.body.append('<div class="accounts">\n')


def _visit_account(self: Any, node: account) -> None:
    self.body.append(f'<div class="account {node["side"]}">\n')


def _depart(self: Any, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def setup(app: Sphinx) -> None:
    """Register the columns and their style."""
    app.add_node(accounts, html=(_visit_accounts, _depart))
    app.add_node(account, html=(_visit_account, _depart))
    app.add_post_transform(AccountsInColumns)
    app.add_css_file(STYLE)
