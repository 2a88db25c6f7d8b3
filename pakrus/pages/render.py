"""How a chapter's stored outputs become figures and tables of the book.

A cell shows one bundle per figure or table; beside the picture it carries a small JSON part (one of the
``application/vnd.pakrus.*`` types below) with name, alternative text, caption, source and the data as CSV. Here that
part is turned into a numbered figure or a real table, the same for every output format; what Jupyter itself shows
(picture, HTML table) is then not needed.

myst-nb finds the classes by the entry points ``myst_nb.mime_renderers`` of pyproject.toml.
"""

from __future__ import annotations

import json
import re
from binascii import a2b_base64
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from pakrus.pages import pictures
from pakrus.pages.citation import cite_this
from pakrus.pages.nodes import data_link, facts_table, nothing, scroll_box, table_frame

FIGURE, NARROW = "application/vnd.pakrus.figure+json", "image/vnd.pakrus.narrow+xml"
TABLE = "application/vnd.pakrus.table+json"
CAPTION = "application/vnd.pakrus.caption+json"
BOX = "application/vnd.pakrus.box+json"
FACTS = "application/vnd.pakrus.facts+json"
ROWS = "application/vnd.pakrus.rows+json"

SENTENCE = re.compile(
    r"(?<=[^\W_])[.:;](?= )|(?<=[%)])[.:;](?= )"
)  # where a caption's first sentence, the finding, ends
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
# a number set as text, with its unit and its interval: "−0.10", "71 % (69 to 73)", "p = 0.04", "3 of 12"
_NUMBER = re.compile(
    r"(?:[πκpn] [=<] )?[−+<-]?\d[\d,.]*(?:[ \u00a0]?%)?(?:(?: \(|,? | of | to |–)[−+]?\d[\d,.]*(?:[ \u00a0]?%)?\)?)*"
)
_NOTHING = {"", "–", "—", "n/a"}


class FigureRenderer:
    """A figure: the vector (or, where a format takes none, the raster) picture, alt text, caption, *Source*, data."""

    mime_priority_overrides = [("*", FIGURE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes for one part of an output, or None if it is of another kind."""
        if not inline and data.mime_type == NARROW:
            return [nothing()]  # a form of the figure, which takes it from the bundle
        if inline or data.mime_type != FIGURE:
            return None
        spec = _payload(renderer, data, required=("name", "caption", "source", "csv"))
        if spec is None:
            return []
        bundle = _bundle(renderer, data)
        name = spec["name"]
        alt = " ".join((spec.get("alt") or bundle.get("text/plain") or "").split())
        if not alt:
            _warn(renderer, data, f"figure {name!r} has no alternative text ('alt')")
        svg, png = bundle.get("image/svg+xml"), bundle.get("image/png")
        if not svg and not png:
            _warn(renderer, data, f"figure {name!r} has neither an image/svg+xml nor an image/png part")
            return []
        picture = pictures.made(
            lambda file, content: renderer.write_file(["figures", file], content, overwrite=True),
            name, svg, a2b_base64(png) if png else None, bundle.get(NARROW), alt,
        )  # fmt: skip

        figure = nodes.figure(classes=["pakrus-figure"])
        figure += picture
        caption, more = _caption(renderer, spec["caption"], data)
        figure += caption
        *source, cite = _legend(renderer, spec, data, "figure")
        figure += nodes.legend("", *more, *source, pictures.figure_words(words=alt), cite)
        _note(renderer, figure, name, spec, data, "figure")
        return [figure]


class TableRenderer:
    """A table: header row, row headers, numbers to the right, caption, *Source*, data; a box to scroll in."""

    mime_priority_overrides = [("*", TABLE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes for one part of an output, or None if it is of another kind."""
        if inline or data.mime_type != TABLE:
            return None
        spec = _payload(renderer, data, required=("name", "caption", "source", "columns", "rows", "csv"))
        if spec is None:
            return []
        name, columns, rows = spec["name"], spec["columns"], spec["rows"]
        wrong = [number for number, row in enumerate(rows, 1) if len(row) != len(columns)]
        if wrong or not columns:
            _warn(renderer, data, f"table {name!r}: rows {wrong[:5]} do not have {len(columns)} cells, one per column")
            return []
        caption, more = _caption(renderer, spec["caption"], data)
        table = table_node([column["label"] for column in columns], rows, [column.get("align") for column in columns])
        frame = table_frame("", caption, scroll_box("", table))
        frame["classes"] = ["pakrus-table"]
        frame += nodes.legend("", *more, *_legend(renderer, spec, data, "table"))
        _note(renderer, frame, name, spec, data, "table")
        return [frame]


class CaptionRenderer:
    """The caption that JupyterLab shows under a figure: in the book the figure already carries it, so nothing."""

    mime_priority_overrides = [("*", CAPTION, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes for one part of an output, or None if it is of another kind."""
        return [nothing()] if data.mime_type == CAPTION else None


class BoxRenderer:
    """A box of text: what JupyterLab shows as Markdown, set apart on the page."""

    mime_priority_overrides = [("*", BOX, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes for one part of an output, or None if it is of another kind."""
        if inline or data.mime_type != BOX:
            return None
        spec = _payload(renderer, data, required=("name", "markdown"))
        if spec is None:
            return []
        box = nodes.container("", *_markdown(renderer, spec["markdown"], data), classes=["box"])
        box["ids"].append(spec["name"])
        return [box]


class RowsRenderer:
    """A table without number and caption: what the solution of an exercise shows."""

    mime_priority_overrides = [("*", ROWS, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes for one part of an output, or None if it is of another kind."""
        if inline or data.mime_type != ROWS:
            return None
        spec = json.loads(data.content) if isinstance(data.content, (str, bytes)) else data.content
        return [table_node(spec["columns"], spec["rows"], [None] * len(spec["columns"]))]


class FactsRenderer:
    """What a cell published, as a table in the fold of its code (``GatherFacts`` moves it there)."""

    mime_priority_overrides = [("*", FACTS, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes for one part of an output, or None if it is of another kind."""
        if inline or data.mime_type != FACTS:
            return None
        content = json.loads(data.content) if isinstance(data.content, (str, bytes)) else data.content
        rows = [dict(row) for row in content.get("facts", [])]
        wrong = [number for number, row in enumerate(rows, 1) if not (row.get("name") and row.get("value"))]
        if wrong or not rows:
            _warn(renderer, data, f"{FACTS}: {'no facts' if not rows else f'facts {wrong[:5]} lack a name or a value'}")
            return []
        return [facts_table(rows=rows)]


def table_node(
    labels: list[str], rows: list[list[Any]], aligns: list[str | None], row_headers: bool = True
) -> nodes.table:
    """A docutils table; cells are strings or lists of nodes, the first column heads its row."""
    aligns = [number_align(rows, at) or align for at, align in enumerate(aligns)]
    table = nodes.table(classes=["colwidths-auto"])
    group = nodes.tgroup(cols=len(labels))
    table += group
    for index in range(len(labels)):
        colspec = nodes.colspec(colwidth=1)
        if row_headers and index == 0:
            colspec["stub"] = 1
        group += colspec
    head, body = nodes.thead(), nodes.tbody()
    group += head
    group += body
    head += _row(labels, aligns)
    for row in rows:
        body += _row(row, aligns)
    return table


def number_align(rows: list[list[Any]], column: int) -> str | None:
    """Return "right" for a column whose every cell is a number set as text; years and first columns stay where they are."""
    cells = [cell.strip() if isinstance(cell, str) else "?" for cell in (row[column] for row in rows)]
    numbers = [cell for cell in cells if cell not in _NOTHING]
    years = all(re.fullmatch(r"\d{4}", cell) for cell in numbers)
    fit = all(len(cell) <= 30 and _NUMBER.fullmatch(cell) for cell in numbers)  # a list of numbers reads from the left
    return "right" if column and numbers and not years and fit else None


def _row(cells: list[Any], aligns: list[str | None]) -> nodes.row:
    row = nodes.row()
    for cell, align in zip(cells, aligns, strict=True):
        whole = isinstance(cell, str) and _DATE.fullmatch(cell.strip())
        number = ["number"] if align == "right" else []
        if number and isinstance(cell, str) and len(cell) > 12 and _NUMBER.fullmatch(cell):
            number.append("with-words")  # it may break between the number and its interval, not in either
            start, bracket, end = cell.partition(" (")
            cell = start.replace(" ", "\u00a0") + bracket + end.replace(" ", "\u00a0")
        entry = nodes.entry(classes=number + (["date"] if whole else []))
        if isinstance(cell, list):
            entry += nodes.paragraph("", "", *cell)
        elif str(cell).strip():
            entry += nodes.paragraph("", str(cell))
        row += entry
    return row


def _payload(renderer: NbElementRenderer, data: MimeData, required: tuple[str, ...]) -> dict[str, Any] | None:
    """The JSON part, or None with a warning that says what is wrong with it."""
    content = data.content
    if isinstance(content, (str, bytes)):
        try:
            content = json.loads(content)
        except ValueError as error:
            _warn(renderer, data, f"{data.mime_type} is not JSON: {error}")
            return None
    missing = [key for key in required if not content.get(key) and not (key == "rows" and content.get(key) == [])]
    if missing:
        _warn(
            renderer,
            data,
            f"{data.mime_type} of {content.get('name', 'an unnamed output')!r} lacks {', '.join(missing)}",
        )
        return None
    if not NAME.fullmatch(content["name"]):
        _warn(renderer, data, f"{content['name']!r} is no name: lower-case letters, digits and single hyphens")
        return None
    return dict(content)


def _bundle(renderer: NbElementRenderer, data: MimeData) -> dict[str, str]:
    """All parts of the output that this one belongs to, as text."""
    if data.cell_index is None:
        return {}
    _, outputs = renderer.renderer.nb_client.code_cell_outputs(data.cell_index)
    found = (output["data"] for output in outputs if output.get("data", {}).get(data.mime_type) == data.content)
    parts = next(found, {})
    return {kind: "".join(part) if isinstance(part, list) else part for kind, part in parts.items()}


def _markdown(renderer: NbElementRenderer, text: str, data: MimeData) -> list[nodes.Node]:
    """MyST Markdown to nodes, roles (citations, glossary terms) included."""
    holder = nodes.Element()
    with renderer.renderer.current_node_context(holder):
        renderer.renderer.nested_render_text(text, data.line or 0)
    return list(holder.children)


def _caption(renderer: NbElementRenderer, text: str, data: MimeData) -> tuple[nodes.caption, list[nodes.Node]]:
    """Caption from the first paragraph, the rest for the legend."""
    first, *more = _markdown(renderer, text, data) or [nodes.paragraph()]
    if not isinstance(first, nodes.paragraph):
        first, more = nodes.paragraph("", first.astext()), [first, *more]
    caption = nodes.caption(text, "", *_finding_first(first.children))
    caption.source, caption.line = renderer.source, data.line or 0
    return caption, more


def _finding_first(children: list[nodes.Node]) -> list[nodes.Node]:
    """Set the first sentence of a caption apart: it is the finding, and heads the figure or table."""
    for place, child in enumerate(children):
        end = SENTENCE.search(child) if isinstance(child, nodes.Text) else None
        if end:
            before, after = nodes.Text(child[: end.end()]), nodes.Text(child[end.end() :])
            return [nodes.inline("", "", *children[:place], before, classes=["finding"]), after, *children[place + 1 :]]
    return [nodes.inline("", "", *children, classes=["finding"])]


def _legend(renderer: NbElementRenderer, spec: dict[str, Any], data: MimeData, kind: str) -> list[nodes.Node]:
    """The *Source* line and the link to the data."""
    source = re.sub(r"^\s*[*_]*Sources?:?[*_]*:?\s*", "", spec["source"])
    first, *more = _markdown(renderer, source, data) or [nodes.paragraph()]
    if not isinstance(first, nodes.paragraph):
        first, more = nodes.paragraph(), [first, *more]
    line = nodes.paragraph("", "", nodes.emphasis("", "Source:"), nodes.Text(" "), *first.children, classes=["source"])
    link = data_link(name=spec["name"], kind=kind)
    return [line, *more, nodes.paragraph("", "", link, classes=["data"]), cite_this(kind=kind, name=spec["name"])]


def _note(
    renderer: NbElementRenderer, node: nodes.Element, name: str, spec: dict[str, Any], data: MimeData, kind: str
) -> None:
    """Make the figure or table known: as a target of ``{numref}``, and its CSV to the build."""
    document = renderer.renderer.document
    node.source, node.line = renderer.source, data.line or 0
    node["names"].append(nodes.fully_normalize_name(name))
    document.note_explicit_target(node, node)
    environment = renderer.renderer.sphinx_env
    if environment is None:
        return
    known = environment.__dict__.setdefault("pakrus_data", {})
    other = known.get(name)
    if other and (other["docname"] != environment.docname or other["csv"] != spec["csv"]):
        _warn(renderer, data, f"the name {name!r} is already used in {other['docname']}: names are unique in the book")
    parts = ("csv", "caption", "source", "fields")
    known[name] = {"docname": environment.docname, "kind": kind, **{part: spec.get(part) for part in parts}}


def _warn(renderer: NbElementRenderer, data: MimeData, message: str) -> None:
    where = f"cell {data.cell_index + 1}: " if data.cell_index is not None else ""
    renderer.logger.warning(where + message, subtype="pakrus", line=data.line)
