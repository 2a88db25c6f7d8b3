"""What assistive technology needs and the theme's own markup lacks.

In come the trees of pages, partly with nodes of docutils and myst-nb; out goes markup in which code cells fold (and are
never removed) together with what they published, drop-down notes are native, the bibliography is a list, and words in
another script say which language they are. The one difficulty is time: what all formats share is done when a page is
read (``SphinxTransform``), what one format needs when it is written (``SphinxPostTransform``), and the fold itself is
made by myst-nb in between.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, HideInputCells
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from pakrus.pages import formats
from pakrus.pages.chronology import plain
from pakrus.pages.languages import as_nodes, direction, foreign, pieces, title_pieces
from pakrus.pages.nodes import facts_table, join_texts

FACTS_SCRIPT = "facts.js"


class FoldCode(SphinxTransform):
    """Every code cell is folded, whether its author tagged it or not."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        """Give every code cell the mode that makes myst-nb fold its code."""
        for cell in self.document.findall(nodes.container):
            if cell.get("nb_element") == "cell_code" and not cell.get("hide_mode"):
                cell["hide_mode"] = "input"
                cell["prompt_show"] = self.config.nb_code_prompt_show
                cell["prompt_hide"] = self.config.nb_code_prompt_hide


class GatherFacts(SphinxTransform):
    """Tables of facts leave the output of their cell and follow its code; an output that showed nothing else goes."""

    default_priority = FoldCode.default_priority + 10

    def apply(self, **kwargs: Any) -> None:
        """Move the tables of one page, all of a cell into one."""
        for cell in list(self.document.findall(nodes.container)):
            if cell.get("nb_element") != "cell_code" or len(cell) < 2:
                continue
            code, output = cell[0], cell[-1]
            tables = list(output.findall(facts_table))
            # a cell whose author removed the code has no fold: its table stays where it is
            if not tables or code.get("nb_element") != "cell_code_source":
                continue
            for table in tables:
                part = table
                while part.parent is not output:  # the bundle's other parts say the same to JupyterLab
                    part = part.parent
                output.remove(part)
            cell.insert(1, facts_table(rows=[row for table in tables for row in table["rows"]]))
            if not output.children:
                cell.remove(output)


class FactsIntoFold(SphinxPostTransform):
    """Once myst-nb has wrapped the code of a cell in its fold, the tables of facts that follow it go in as well."""

    default_priority = HideInputCells.default_priority + 1
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Move the tables of one page."""
        for table in list(self.document.findall(facts_table)):
            fold = table.previous_sibling()
            if isinstance(fold, HideCodeCellNode):
                table.parent.remove(table)
                fold += table


class PlainFacts(SphinxPostTransform):
    """Where no table of facts is shown, a link to one is plain text."""

    default_priority = FactsIntoFold.default_priority + 1

    def run(self, **kwargs: Any) -> None:
        """Take the links of one page away, if need be."""
        if formats.of(self.app.builder).folds:
            return
        for link in list(self.document.findall(nodes.reference)):
            if "fact" in link["classes"]:
                link.parent.replace(link, link.children)


class MarkTitles(SphinxPostTransform):
    """In the bibliography the title of a source is in the language that its entry gives."""

    default_priority = 890
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Mark the titles of one page."""
        if "cite" not in self.env.domains:
            return
        entries = self.env.get_domain("cite").bibdata.data.entries
        prefix = self.config.bibtex_cite_id.partition("{")[0]
        for citation in self.document.findall(nodes.citation):
            entry = next((entries.get(name.removeprefix(prefix)) for name in citation["ids"]), None)
            if entry is None:
                continue
            title = plain(entry.fields.get("title", ""))
            found = title_pieces(title, entry.fields.get("langid", ""))
            for parent in {text.parent for text in citation.findall(nodes.Text)}:
                join_texts(parent)
            text = next((text for text in citation.findall(nodes.Text) if title and title in text), None)
            if text is None or not any(piece.language for piece in found):
                continue
            before, _, after = text.partition(title)
            around = [nodes.Text(before) if before else None, *as_nodes(found), nodes.Text(after) if after else None]
            text.parent.replace(text, [node for node in around if node is not None])


class MarkLanguages(SphinxPostTransform):
    """Words in another script than the book's say in which language they are."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Wrap the runs of one page."""
        for text in list(self.document.findall(nodes.Text)):
            parent = text.parent
            if isinstance(parent, (nodes.FixedTextElement, nodes.literal, nodes.raw, nodes.math, foreign)):
                continue
            found = pieces(text)
            if any(piece.language for piece in found):
                parent.replace(text, as_nodes(found))


def _visit_foreign(self: Any, node: foreign) -> None:
    side = direction(node["language"])
    self.body.append(f'<span lang="{node["language"]}"' + (f' dir="{side}">' if side else ">"))


def _depart_foreign(self: Any, node: foreign) -> None:
    self.body.append("</span>")


def _visit_fold(self: Any, node: HideCodeCellNode) -> None:
    if not formats.of(self.builder).folds:
        self.body.append('<div class="code-fold">\n')
        return
    classes = " ".join(node["classes"])
    shut, open_ = escape(node["prompt_show"]), escape(node["prompt_hide"])
    # a fold that says what is in it is called so whether it is open or not
    named = f'<span class="when-shut">{shut}</span><span class="when-open">{open_}</span>' if open_ else shut
    self.body.append(f'<details class="code-fold {classes}">\n<summary>{named}</summary>\n')


def _depart_fold(self: Any, node: HideCodeCellNode) -> None:
    self.body.append("</details>\n" if formats.of(self.builder).folds else "</div>\n")


def _visit_admonition(self: Any, node: nodes.Element, name: str = "") -> None:
    if "dropdown" not in node["classes"] or not formats.of(self.builder).folds:
        type(self).visit_admonition(self, node, name)
        return
    title = node.next_node(nodes.title)
    classes = " ".join(name for name in node["classes"] if name != "dropdown")
    self.body.append(self.starttag(nodes.Element(ids=node["ids"]), "details", CLASS=f"admonition {classes}"))
    self.body.append(f'<summary class="admonition-title">{escape(title.astext() if title else "More")}</summary>\n')
    if title is not None:
        node.remove(title)
    node["pakrus_details"] = True


def _depart_admonition(self: Any, node: nodes.Element) -> None:
    if node.get("pakrus_details"):
        self.body.append("</details>\n")
    else:
        type(self).depart_admonition(self, node)


def _visit_citation(self: Any, node: nodes.citation) -> None:
    """A list of list items: ``doc-biblioentry`` is deprecated and not allowed there."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", CLASS="citation", ROLE="listitem"))


def _depart_citation(self: Any, node: nodes.citation) -> None:
    self.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
        self.body.append("</div>\n")


def _skip_label(self: Any, node: nodes.label) -> None:
    """Citations read author and year: the label of a bibliography entry says nothing."""
    if isinstance(node.parent, nodes.citation):
        raise nodes.SkipNode
    type(self).visit_label(self, node)


def _depart_label(self: Any, node: nodes.label) -> None:
    type(self).depart_label(self, node)


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script that opens the fold of a fact, on pages that have one."""
    output = formats.of(app.builder)
    if output.folds and output.scripts and doctree is not None and any(doctree.findall(facts_table)):
        app.add_js_file(FACTS_SCRIPT, loading_method="defer")


def _offer_static(app: Sphinx) -> None:
    """The script lies in this folder, not in the book's ``_static``, where every page would load it."""
    app.config.html_static_path.append(str(Path(__file__).with_name("static")))


def setup(app: Sphinx) -> None:
    """Register the nodes, the transforms and the script of the facts."""
    passing = {name: (lambda self, node: None, lambda self, node: None) for name in formats.PLAIN}
    app.add_node(foreign, html=(_visit_foreign, _depart_foreign), **passing)
    app.add_node(HideCodeCellNode, override=True, html=(_visit_fold, _depart_fold))
    app.add_node(nodes.admonition, override=True, html=(_visit_admonition, _depart_admonition))
    app.add_node(nodes.citation, override=True, html=(_visit_citation, _depart_citation))
    app.add_node(nodes.label, override=True, html=(_skip_label, _depart_label))
    app.add_transform(FoldCode)
    app.add_transform(GatherFacts)
    for transform in (FactsIntoFold, PlainFacts, MarkTitles, MarkLanguages):
        app.add_post_transform(transform)
    app.connect("builder-inited", _offer_static)
    app.connect("html-page-context", _add_script)
