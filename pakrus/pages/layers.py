"""A page in layers: what is read, how its numbers are computed, the code. Machine words leave the reading path.

In come pages of notebooks as myst-nb has made them, a fold before each output; out go, on the web alone: one fold at the end
of a section with the steps that compute its numbers, a fold under each figure and table named after it, and at the page's
end one with the set-up and the tables used. No two folds stand side by side, and no two of a page are called alike. A script
(``layers.js``) adds the switch *Reading | Methods | Code*; without it every fold opens by itself. The one difficulty is that
a sentence before a cell may be a part of the text: only one that merely announces the cell goes into the fold with it.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from pakrus.pages import formats
from pakrus.pages.accounts import AccountsInColumns
from pakrus.pages.announcing import LOADS, SENTENCE, ends_a_sentence, put_to_a_cell
from pakrus.pages.nodes import nothing, table_frame
from pakrus.pages.notes import note_mark, page_notes

SCRIPT, STYLE = "layers.js", "layers.css"
STEPS, END = "How these numbers are computed", "Set-up and data of this page"
TABLES = "The tables that this page is computed from:"
NUMBERS = "The statements by number"  # of a box that lists claims
DATA_USED, NEXT = "-data-used", "Next"
_ANNOUNCED = 30  # words of a sentence that may do no more than announce a cell


class layer_fold(nodes.General, nodes.Element):
    """A fold with steps: ``summary``, and ``more`` for who hears it, which tells it from the others of the page."""


class step(nodes.General, nodes.Element):
    """A step of a fold: a paragraph that names it, then its cell."""


class PageInLayers(SphinxPostTransform):
    """Gather the cells of one page."""

    default_priority = AccountsInColumns.default_priority + 10
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Go through one page, from its end fold to the names of what folds where it stands."""
        if not formats.of(self.app.builder).theme or not any(self.document.findall(_is_cell)):
            return
        page = next(self.document.findall(nodes.section))
        end = self.end(page)
        for section in list(self.document.findall(nodes.section)):
            self.steps(section)
        self.name_folds()
        for box in list(self.document.findall(_is_box)):
            fold_numbers(box)
        if end.children:
            page += end
        for section in [node for node in page.findall(nodes.section) if node[0].astext() == NEXT]:
            section.parent.remove(section)
            label = nodes.paragraph("", NEXT, classes=["next-label"])
            page += nodes.container("", label, *section.children[1:], classes=["next"])

    def end(self, page: nodes.section) -> layer_fold:
        """Take out what sets the page up and lists its tables, each with the sentence that announces it."""
        fold = layer_fold(summary=END, more="")
        cells = list(page.findall(_is_cell))
        for cell in takewhile(lambda cell: not _shows(cell) and not _facts(cell), cells):
            fold += self.step(cell, taken=_set_up_words(cell) or _announced(cell))
        for cell in [cell for cell in cells if _name_of(cell).endswith(DATA_USED)]:
            taken = _announced(cell)
            fold += self.step(cell, taken or nodes.paragraph("", TABLES), moved=taken is not None)
        return fold

    def step(self, cell: nodes.container, taken: nodes.paragraph | None, moved: bool = True) -> step:
        """Take a cell out of the page, with the paragraph that announces it; else its name repeats the words before it."""
        if taken is None:
            before = cell.previous_sibling() if cell.parent.index(cell) else None
            words = SENTENCE.split(before.astext())[-1] if isinstance(before, nodes.paragraph) else "Then"
            name = nodes.paragraph("", words, classes=["step-name"])
        else:
            taken["classes"] += ["step-name", "moved"] if moved else ["step-name"]
            if taken.parent is not None:
                taken.parent.remove(taken)
            name = taken
        cell.parent.remove(cell)
        _unfold(cell)
        return step("", name, cell)

    def steps(self, section: nodes.section) -> None:
        """Put the cells of a section that show nothing into one fold at the end of what is the section's own."""
        cells = [node for node in section.children if _is_cell(node) and not _shows(node)]
        if not cells:
            return
        taken = [_announced(cell, _answer(cell)) for cell in cells]
        made = [self.step(cell, paragraph) for cell, paragraph in zip(cells, taken, strict=True)]
        inner = (nodes.section, page_notes)
        place = next((at for at, node in enumerate(section.children) if isinstance(node, inner)), len(section))
        last = section[place - 1]
        if _is_cell(last) and isinstance(last[0], HideCodeCellNode) and _shows(last):
            # its own fold would stand beside this one
            own = nodes.container(classes=["cell"], nb_element="cell_code")
            own += last[0].children
            last.remove(last[0])
            made.append(step("", nodes.paragraph("", self.words_of(last), classes=["step-name"]), own))
        words = f"{STEPS} ({len(made)} step{'s' if len(made) > 1 else ''})"
        section.insert(place, layer_fold("", *made, summary=words, more=section[0].astext()))

    def words_of(self, cell: nodes.container) -> str:
        """Return what a cell's code makes: the figure or table by its number, or what the text asks before it."""
        solved = _exercise_of(cell)
        if solved:
            return f"Solution of {solved}"
        for node in cell.findall(lambda node: isinstance(node, (nodes.figure, table_frame)) and node["ids"]):
            kind = "figure" if isinstance(node, nodes.figure) else "table"
            number = self.env.toc_fignumbers.get(self.env.docname, {}).get(kind, {}).get(node["ids"][0], ())
            return f"Code of {kind.capitalize()} {'.'.join(map(str, number))}"
        before = cell.previous_sibling() if cell.parent is not None and cell.parent.index(cell) else None
        asked = SENTENCE.split(before.astext())[-1] if isinstance(before, nodes.paragraph) else ""
        return f"Code: {asked}" if asked else "Code"

    def name_folds(self) -> None:
        """Name each fold that stays where it is, and put it under what its cell shows."""
        used: Counter[str] = Counter()
        for cell in self.document.findall(_is_cell):
            fold = cell[0] if len(cell) and isinstance(cell[0], HideCodeCellNode) else None
            if fold is None:
                continue
            words = self.words_of(cell)
            used[words] += 1
            fold["prompt_show"], fold["prompt_hide"] = words + (f" ({used[words]})" if used[words] > 1 else ""), ""
            if words.startswith("Solution"):
                fold["classes"].append("solution")
            elif len(cell) > 1:
                cell.remove(fold)
                cell += fold


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def _is_box(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and "box" in node["classes"]


def _shows(cell: nodes.container) -> bool:
    """Whether a cell shows something beside its code, or is a solution, which folds as a whole."""
    outside = [node for node in cell.children if not isinstance(node, HideCodeCellNode)]
    visible = (nodes.Text, nodes.image, nodes.table)
    seen = any(
        not isinstance(node, nothing) and any(node.findall(lambda one: isinstance(one, visible))) for node in outside
    )
    return seen or cell.get("hide_mode") == "all" or not isinstance(cell[0], HideCodeCellNode)


def _facts(cell: nodes.container) -> bool:
    return any(type(node).__name__ == "facts_table" for node in cell.findall())


def _name_of(cell: nodes.container) -> str:
    return next((node["ids"][0] for node in cell.findall(table_frame) if node["ids"]), "")


def _unfold(cell: nodes.container) -> None:
    """Take the cell's own fold away: it stands in another."""
    if isinstance(cell[0], HideCodeCellNode):
        inside = cell[0].children
        cell.remove(cell[0])
        for place, node in enumerate(inside):
            cell.insert(place, node)


def _set_up_words(cell: nodes.container) -> nodes.paragraph | None:
    """Cut off the sentence that announces the set-up; the rest of its paragraph stays."""
    before = cell.previous_sibling()
    if not isinstance(before, nodes.paragraph) or not (found := LOADS.search(before.astext())):
        return None
    if found.start() == 0:
        return before
    last = next((node for node in reversed(before.children) if isinstance(node, nodes.Text) and node), None)
    cut = LOADS.search(str(last)) if last is not None else None
    if cut is None:
        return None
    before.replace(last, nodes.Text(str(last)[: cut.start()]))
    return nodes.paragraph("", str(last)[cut.start() :].strip())


def _announced(cell: nodes.container, answer: str = "") -> nodes.paragraph | None:
    """Return what the paragraph before a cell puts to it: the paragraph itself, or one with the end that is cut off it."""
    before = cell.previous_sibling() if cell.parent.index(cell) else None
    if not isinstance(before, nodes.paragraph) or any(before.findall(nodes.image)):
        return None
    words = before.astext()
    if len(SENTENCE.split(words)) == 1 and len(words.split()) <= _ANNOUNCED and ":" in words and "?" not in words:
        return None if any(before.findall(nodes.reference)) else before
    if put_to_a_cell(words, answer) == 0:
        return None if any(before.findall(nodes.reference)) else before
    last = before[-1]
    place = put_to_a_cell(last, answer) if isinstance(last, nodes.Text) else len(last)
    told = "".join(part.astext() for part in before[:-1] if not isinstance(part, note_mark))
    if place == len(last) or not (place or ends_a_sentence(told)):
        return None
    before.replace(last, nodes.Text(last[:place].rstrip()))
    return nodes.paragraph("", last[place:].strip())


def _answer(cell: nodes.container) -> str:
    """Return the paragraph that says what came of what the text asks before a cell, "" if that comes further on or in a list."""
    after = cell.next_node(descend=False, siblings=True)
    if not isinstance(after, nodes.paragraph):
        return ""
    behind = after.next_node(descend=False, siblings=True)
    asks_on = behind is not None and _is_cell(behind) and after.astext().endswith(("?", ":"))
    return "" if asks_on else after.astext()


def _exercise_of(cell: nodes.container) -> str:
    """Return the exercise that a folded cell solves, "" for other cells."""
    if cell.get("hide_mode") != "all":
        return ""
    before = cell.previous_sibling()
    while before is not None and not _is_cell(before):
        found = re.match(r"(Exercise \d+)\.", before.astext())
        if found:
            return found.group(1).lower()
        before = before.previous_sibling() if before.parent.index(before) else None
    return "the exercise"


def fold_numbers(box: nodes.container) -> None:
    """Put the paragraphs of a box that are lists of claims by number into a fold."""
    listed = [node for node in box.children if isinstance(node, nodes.paragraph) and _is_list_of_claims(node)]
    if not listed:
        return
    place = box.index(listed[0])
    for node in listed:
        box.remove(node)
    box.insert(place, layer_fold("", *listed, summary=NUMBERS, more="", classes=["numbers"]))


def _is_list_of_claims(paragraph: nodes.paragraph) -> bool:
    links = [link for link in paragraph.findall(nodes.reference) if "claim" in link["classes"]]
    return len(links) > 2 and len(links) * 3 > len(paragraph.astext().split()) * 2


def _visit_fold(self: Any, node: layer_fold) -> None:
    kind = "numbers" if "numbers" in node["classes"] else "code-fold steps"
    more = f'<span class="visually-hidden">: {self.encode(node["more"])}</span>' if node["more"] else ""
    self.body.append(f'<details class="{kind}">\n<summary>{self.encode(node["summary"])}{more}</summary>\n')


def _depart_fold(self: Any, node: layer_fold) -> None:
    self.body.append("</details>\n")


def _visit_step(self: Any, node: step) -> None:
    self.body.append('<div class="step">\n')


def _depart_step(self: Any, node: step) -> None:
    self.body.append("</div>\n")


def _forget_next(app: Sphinx, doctree: nodes.document) -> None:
    """The way on is no part of a page's contents: the arrows are below it."""
    contents = app.env.tocs.get(app.env.docname)
    for item in list(contents.findall(nodes.list_item)) if contents is not None else []:
        if item[0].astext() == NEXT and item.parent.parent is not contents:
            item.parent.remove(item)


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The switch, on pages with something to switch."""
    output = formats.of(app.builder)
    if output.theme and output.scripts and doctree is not None and any(doctree.findall(layer_fold)):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the folds, the script and the style."""
    app.add_node(layer_fold, html=(_visit_fold, _depart_fold))
    app.add_node(step, html=(_visit_step, _depart_step))
    app.add_post_transform(PageInLayers)
    app.add_css_file(STYLE)
    app.connect("doctree-read", _forget_next, priority=900)  # after Sphinx has listed the headings
    app.connect("html-page-context", _add_script)
