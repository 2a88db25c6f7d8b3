"""Nodes of the book's own, and how each output format writes them.

``render`` and the directives make the nodes; here are their visitors for HTML, for the plain formats, and the files of
data behind figures and tables. The one difficulty: Sphinx keeps one tree for all formats, so what a format does not
know must be taken apart after reading (``FrameToTable``) or passed over by its visitor, never left out when read.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from pakrus.citation import Work, plain, strings
from pakrus.pages import formats
from pakrus.pages.citation import words_of
from pakrus.pages.pictures import number_of, vector_address

DATA_FOLDER = "figure-data"
WIDE = 8  # columns of a table that on paper takes smaller type
LONG_WORDS = 40  # characters of a cell that make of its table one of text: on a phone each row is a card
SCRIPT, STYLE = "tables.js", "tables.css"
_DATA, _UNITS, _DRAWING = (
    "Data (CSV)",
    "Columns and units (JSON)",
    "Picture (SVG)",
)  # in the row under a figure or table
_TEXT = {"figure": "Data behind this figure", "table": "Data behind this table"}  # where there is no file beside


class scroll_box(nodes.General, nodes.Element):
    """A box in which a table scrolls sideways inside the page; ``label`` names it aloud, in a frame its caption does."""


class table_frame(nodes.General, nodes.Element):
    """A numbered table with caption, box and legend; counted with the other tables."""


class data_link(nodes.Inline, nodes.TextElement):
    """Link to the CSV of the figure or table ``name``."""


class facts_table(nodes.General, nodes.Element):
    """What a code cell published: ``rows`` of name, value, n, interval and words, all of them texts.

    It stands in the fold of its cell, where a number of the running text leads (``#fact-NAME``). What has no folds shows
    neither the table nor the links to it.
    """


class nothing(nodes.Invisible, nodes.Element):
    """Leaves no trace in any format."""


class FrameToTable(SphinxPostTransform):
    """Where a format knows only plain tables: caption into the table, legend after it, no box."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Take the frames of one page apart, unless the format writes them itself."""
        if formats.of(self.app.builder).html:
            return
        for frame in list(self.document.findall(table_frame)):
            table = next(frame.findall(nodes.table))
            caption = next(node for node in frame if isinstance(node, nodes.caption))
            legend = next((node for node in frame if isinstance(node, nodes.legend)), None)
            table.insert(0, nodes.title("", "", *caption.children))
            table["ids"], table["names"] = frame["ids"], frame["names"]
            frame.replace_self([table, *(legend.children if legend else [])])
        for box in list(self.document.findall(scroll_box)):
            box.replace_self(box.children)


def join_texts(parent: nodes.Element) -> None:
    """Make one text of neighbours: a bracket may have been cut at the end of a line, a title at a protected word."""
    joined: list[nodes.Node] = []
    for child in parent.children:
        if joined and isinstance(child, nodes.Text) and isinstance(joined[-1], nodes.Text):
            joined[-1] = nodes.Text(str(joined[-1]) + str(child))
        else:
            joined.append(child)
    parent.children = []
    parent += joined


# HTML ---------------------------------------------------------------------------------------------------------------


def _visit_scroll_box(self: Any, node: scroll_box) -> None:
    if isinstance(node.parent, table_frame):
        name = f'aria-labelledby="{_caption_id(node.parent)}"'
    else:
        name = f'aria-label="{escape(_unique_label(self, node["label"]), quote=True)}"'
    self.body.append(f'<div class="scroll-box table-box" tabindex="0" role="region" {name}>\n')


def _depart_scroll_box(self: Any, node: scroll_box) -> None:
    self.body.append("</div>\n")


def _unique_label(self: Any, label: str) -> str:
    """Landmarks of one page must not sound alike: the second of a name is counted."""
    used = self.__dict__.setdefault("pakrus_labels", {})
    used[label] = used.get(label, 0) + 1
    return label if used[label] == 1 else f"{label} ({used[label]})"


def _caption_id(frame: table_frame) -> str:
    return f"{frame['ids'][0]}-caption"


def _heard(self: Any, node: nodes.Element) -> dict[str, str]:
    """A figure's name for who hears the page: its number, else browsers take all that the caption holds, links and citation too."""
    number = number_of(self, node)
    return {"aria-label": number} if number else {}


def _visit_figure(self: Any, node: nodes.figure) -> None:
    start = len(self.body)
    type(self).visit_figure(self, node)
    for name, words in _heard(self, node).items():
        self.body[start] = self.body[start].replace("<figure", f'<figure {name}="{escape(words, quote=True)}"', 1)


def _depart_figure(self: Any, node: nodes.figure) -> None:
    type(self).depart_figure(self, node)


def _visit_table_frame(self: Any, node: table_frame) -> None:
    self.body.append(self.starttag(node, "figure", CLASS="table-frame", **_heard(self, node)))


def _depart_table_frame(self: Any, node: table_frame) -> None:
    self.body.append("</figure>\n")


def _visit_caption(self: Any, node: nodes.caption) -> None:
    if not isinstance(node.parent, table_frame):
        type(self).visit_caption(self, node)
        return
    self.body.append(f'<figcaption>\n<p><span id="{_caption_id(node.parent)}">')
    self.add_fignumber(node.parent)
    self.body.append('<span class="caption-text">')


def _depart_caption(self: Any, node: nodes.caption) -> None:
    if not isinstance(node.parent, table_frame):
        type(self).depart_caption(self, node)
        return
    self.body.append("</span></span>")
    self.add_permalink_ref(node.parent, "Link to this table")
    self.body.append("</p>\n</figcaption>\n")


def _visit_legend(self: Any, node: nodes.legend) -> None:
    """Under a table it stands outside the caption; docutils would open a second ``<figcaption>`` and leave it open."""
    if not isinstance(node.parent, table_frame):
        type(self).visit_legend(self, node)
        return
    self.body.append(self.starttag(node, "div", CLASS="legend"))


def _depart_legend(self: Any, node: nodes.legend) -> None:
    type(self).depart_legend(self, node)


def _visit_literal(self: Any, node: nodes.literal) -> None:
    """A code word without the span that docutils puts around each of its parts, which our style lets break anyway."""
    if {"code", "kbd"} & set(node["classes"]):
        type(self).visit_literal(self, node)
    else:
        self.body.append(self.starttag(node, "code", "", CLASS="literal notranslate"))
        above = node.parent
        while above is not None and not isinstance(above, nodes.entry):
            above = above.parent
        if above is not None:  # in a narrow cell a name breaks where its words meet
            self.body.append(self.encode(node.astext()).replace("_", "_<wbr>") + "</code>")
            raise nodes.SkipNode


def _depart_literal(self: Any, node: nodes.literal) -> None:
    if {"code", "kbd"} & set(node["classes"]):
        type(self).depart_literal(self, node)
    else:
        self.body.append("</code>")


def _visit_table(self: Any, node: nodes.table) -> None:
    """Every table scrolls in a box: its frame's, or, for one written in Markdown, one of its own named by its headers."""
    self._table_row_indices.append(0)
    boxed = isinstance(node.parent, scroll_box)
    if not boxed:
        title = next((child for child in node if isinstance(child, nodes.title)), None)
        heads = [entry.astext() for entry in next(node.findall(nodes.thead), nodes.thead()).findall(nodes.entry)]
        label = title.astext() if title is not None else ", ".join(filter(None, heads)) or "values"
        _visit_scroll_box(self, scroll_box(label=f"Table: {label}"))
    attributes = {}
    if boxed and isinstance(node.parent.parent, table_frame):
        # its box has the caption's words already; a table that is heard after it has the number
        attributes |= {"aria-label": number} if (number := number_of(self, node.parent.parent)) else {}
    columns = len(list(node.findall(nodes.colspec)))
    node["cards"] = card_labels(node) if formats.of(self.builder).theme else []
    kinds = ["table", *(["wide"] if columns > WIDE else []), *(["cards"] if node["cards"] else [])]
    self.body.append(self.starttag(node, "table", CLASS=" ".join(kinds), **attributes))


def _depart_table(self: Any, node: nodes.table) -> None:
    self._table_row_indices.pop()
    self.body.append("</table>\n")
    if not isinstance(node.parent, scroll_box):
        _depart_scroll_box(self, None)


def card_labels(table: nodes.table) -> list[str]:
    """Return the names of a table's columns, for its rows as cards; [] for one of numbers, or one that is simple enough."""
    heads = [entry.astext() for entry in next(table.findall(nodes.thead), nodes.thead()).findall(nodes.entry)]
    body = next(table.findall(nodes.tbody), nodes.tbody())
    spans = [entry for entry in table.findall(nodes.entry) if "morecols" in entry or "morerows" in entry]
    texts = [entry.astext() for row in body for entry in row[1:]]
    return heads if 2 < len(heads) <= WIDE and not spans and any(len(text) > LONG_WORDS for text in texts) else []


def _visit_entry(self: Any, node: nodes.entry) -> None:
    """As docutils does it (it counts columns on the row itself), with ``scope`` on headers, and none without words."""
    row = node.parent
    group = row.parent.parent
    head = isinstance(row.parent, nodes.thead)
    stub = bool(group.stubs[row.column])
    tag = "th" if (head or stub) and node.astext().strip() else "td"
    # the header of a row is known by its scope; the style asks for a word where there is none
    attributes: dict[str, Any] = {"classes": ["stub"] if stub and (head or tag == "td") else []}
    if tag == "th":
        attributes["scope"] = "col" if head else "row"
    cards = group.parent.get("cards")
    if (
        cards and not head and row.column and "codebook-fields" not in group.parent["classes"]
    ):  # of these the style knows all
        attributes["data-label"] = cards[row.column]
    row.column += 1 + node.get("morecols", 0)
    if "morerows" in node:
        attributes["rowspan"] = node["morerows"] + 1
    if "morecols" in node:
        attributes["colspan"] = node["morecols"] + 1
    self.body.append(self.starttag(node, tag, "", **attributes))
    self.context.append(f"</{tag}>\n")


def _depart_entry(self: Any, node: nodes.entry) -> None:
    self.body.append(self.context.pop())


def _is_all_of_its_cell(node: nodes.paragraph) -> bool:
    return isinstance(node.parent, nodes.entry) and len(node.parent) == 1


def _visit_paragraph(self: Any, node: nodes.paragraph) -> None:
    """A paragraph, without a mark of its own where it is all that a cell holds."""
    if not _is_all_of_its_cell(node):
        type(self).visit_paragraph(self, node)


def _depart_paragraph(self: Any, node: nodes.paragraph) -> None:
    if not _is_all_of_its_cell(node):
        type(self).depart_paragraph(self, node)


def _visit_row(self: Any, node: nodes.row) -> None:
    """A row without docutils' words for odd and even, which the style counts itself."""
    node.column = 0
    self.body.append(self.starttag(node, "tr", ""))


def _depart_row(self: Any, node: nodes.row) -> None:
    self.body.append("</tr>\n")


def _visit_data_link(self: Any, node: data_link) -> None:
    target, text = f"{DATA_FOLDER}/{node['name']}.csv", _TEXT[node["kind"]]
    found = formats.address(self.builder, target)
    if found is None:
        self.body.append(f"{text}: <code>{escape(target)}</code> in the web edition")
        raise nodes.SkipNode
    href, beside = escape(found[0], quote=True), found[1]
    if beside:
        described = href.removesuffix("csv") + "json"
        self.body.append(
            f'<a class="data-link" href="{href}" download="{node["name"]}.csv">{_DATA}</a> '
            f'<a class="data-link" href="{described}" download="{node["name"]}.json">{_UNITS}</a>'
        )
        drawing = vector_address(self, node)
        if drawing:
            self.body.append(f' <a class="data-link" href="{escape(drawing, quote=True)}" download>{_DRAWING}</a>')
    else:
        self.body.append(f'<a class="data-link reference external" href="{href}">{text} (CSV)</a>')
    raise nodes.SkipNode


FACTS_CAPTION = "What this cell computed"
# heading and key of each column after the name; one that is empty in all rows is left out
_FACT_COLUMNS = (("Value", "value"), ("n", "n"), ("Interval", "interval"), ("Meaning", "words"))


def _visit_facts_table(self: Any, node: facts_table) -> None:
    if not formats.of(self.builder).folds:
        raise nodes.SkipNode
    columns = [(head, key) for head, key in _FACT_COLUMNS if any(row.get(key) for row in node["rows"])]
    _visit_scroll_box(self, scroll_box(label=f"Table: {FACTS_CAPTION}"))
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Name", *(head for head, _ in columns)))
    self.body.append(f'<table class="facts"><caption>{FACTS_CAPTION}</caption>\n<thead><tr>{heads}</tr></thead>\n')
    self.body.append("<tbody>\n")
    for row in node["rows"]:
        name = escape(row["name"], quote=True)
        cells = "".join(f"<td>{escape(row.get(key) or '', quote=False)}</td>" for _, key in columns)
        # a row that a link leads to takes the focus, so that reading goes on there
        head = f'<th scope="row"><code>{name}</code></th>'
        self.body.append(f'<tr id="fact-{name}" tabindex="-1">{head}{cells}</tr>\n')
    self.body.append("</tbody></table>\n")
    _depart_scroll_box(self, None)
    raise nodes.SkipNode


# every other format ---------------------------------------------------------------------------------------------------


def _pass(self: Any, node: nodes.Node) -> None:
    pass


def _skip(self: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


def _data_words(self: Any, node: data_link) -> None:
    words = f"{_TEXT[node['kind']]}: {DATA_FOLDER}/{node['name']}.csv in the web edition"
    if hasattr(self, "add_text"):  # plain text
        self.add_text(words)
    elif hasattr(self, "body"):  # LaTeX, manual page
        self.body.append(self.encode(words) if hasattr(self, "encode") else words)
    raise nodes.SkipNode


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """The CSV files and what describes each, once all pages are written; files of figures that are gone go too."""
    if exception or not formats.of(app.builder).data_beside:
        return
    folder = app.builder.outdir / DATA_FOLDER
    known = getattr(app.env, "pakrus_data", {})  # name: {"docname", "kind", "csv", …}, noted by ``render``
    if known:
        folder.mkdir(exist_ok=True)
    for name, entry in known.items():
        described = json.dumps(resource(name, entry, app.config.pakrus_book), ensure_ascii=False, indent=2) + "\n"
        for suffix, text in (("csv", entry["csv"]), ("json", described)):
            path, content = folder / f"{name}.{suffix}", text.encode("utf-8")
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
    for path in folder.glob("*"):
        if path.suffix in (".csv", ".json") and path.stem not in known:
            path.unlink()


def resource(name: str, entry: dict[str, Any], book: Any) -> dict[str, Any]:
    """What a file of data is, as a Frictionless resource: its columns with units, its source and how to cite it.

    `entry` is what ``render`` noted of the figure or table; `book` is what CITATION.cff says, None for pages without one.
    """
    found = {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": words_of(entry["caption"]),
        "description": f"Data behind a {entry['kind']} of the book. Source: {words_of(entry['source'])}",
    }
    if book:
        found["pakrus:cite"] = plain(strings(Work(book, book.title, "", kind="book"))["apa"])
    if entry["fields"]:
        found["schema"] = {"fields": entry["fields"], "missingValues": [""]}
    return found


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script of the boxes that may scroll, on pages that have one."""
    output = formats.of(app.builder)
    boxes = (scroll_box, nodes.table, facts_table)
    if output.theme and output.scripts and doctree is not None and any(any(doctree.findall(box)) for box in boxes):
        app.add_js_file(SCRIPT, loading_method="defer")


def _forget(app: Sphinx, env: Any, docname: str) -> None:
    known = getattr(env, "pakrus_data", {})
    for name in [name for name, entry in known.items() if entry["docname"] == docname]:
        del known[name]


def _merge(app: Sphinx, env: Any, docnames: set[str], other: Any) -> None:
    known = env.__dict__.setdefault("pakrus_data", {})
    known.update(
        {name: entry for name, entry in getattr(other, "pakrus_data", {}).items() if entry["docname"] in docnames}
    )


def setup(app: Sphinx) -> None:
    """Register the nodes with their visitors, and what keeps the data behind figures up to date."""
    others = {name: (_pass, _pass) for name in formats.PLAIN}
    app.add_node(scroll_box, html=(_visit_scroll_box, _depart_scroll_box), **others)
    app.add_enumerable_node(table_frame, "table", html=(_visit_table_frame, _depart_table_frame), **others)
    app.add_node(data_link, html=(_visit_data_link, None), **{name: (_data_words, None) for name in others})
    app.add_node(facts_table, html=(_visit_facts_table, None), **{name: (_skip, None) for name in others})
    app.add_node(nothing, html=(_skip, None), **{name: (_skip, None) for name in others})
    app.add_node(nodes.literal, override=True, html=(_visit_literal, _depart_literal))
    app.add_node(nodes.figure, override=True, html=(_visit_figure, _depart_figure))
    app.add_node(nodes.table, override=True, html=(_visit_table, _depart_table))
    app.add_node(nodes.paragraph, override=True, html=(_visit_paragraph, _depart_paragraph))
    app.add_node(nodes.row, override=True, html=(_visit_row, _depart_row))
    app.add_node(nodes.entry, override=True, html=(_visit_entry, _depart_entry))
    app.add_node(nodes.caption, override=True, html=(_visit_caption, _depart_caption))
    app.add_node(nodes.legend, override=True, html=(_visit_legend, _depart_legend))
    app.add_post_transform(FrameToTable)
    app.add_css_file(STYLE, priority=900)  # after the book's own, which it refines
    app.connect("html-page-context", _add_script)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("build-finished", write_data)
