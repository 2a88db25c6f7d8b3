"""Putting figures and tables on the page: one bundle with picture, alt text, number, caption, source and data.

What comes in: a chart or a frame, its name and its caption, a text with names of facts in braces. What goes out: one
display bundle for the picture or table, whose JSON part (`application/vnd.pakrus.*`) the pages read, and one for the caption
as JupyterLab shows it. A picture has a second form, for a phone, of which JupyterLab knows nothing. The one difficulty: caption, number and headings must read alike in the notebook and on the page, so
all words are made here (number by `pakrus.numbering`, headings from the descriptor, numbers from the page's facts).
"""

import base64
import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps

import numpy as np
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from PIL import Image

from pakrus import __version__, data, facts, grid, numbering, store
from pakrus.estimate import number as written
from pakrus.estimate import percent as percent_of
from pakrus.figures import narrow, units, vector
from pakrus.folder import ROOT
from pakrus.terms import HEADINGS

NARROW = "image/vnd.pakrus.narrow+xml"  # the SVG for a phone
PALETTE = 64  # colours of a PNG: a third of the bytes, and no eye sees it
_counter = numbering.Counter()


@dataclass(frozen=True)
class Chart:
    """A drawn figure, what it shows in words (computed from the data), the plotted data and the tables they come from.

    `units` are those of columns that mean something else here than elsewhere: `units.UNITS` and the tables say the others.
    `again` draws the figure once more, in the form that is then asked for.
    """

    figure: Figure
    alt: str
    plotted: pd.DataFrame
    sources: tuple[str, ...]
    units: dict[str, str] = field(default_factory=dict)
    again: Callable[[], Figure] | None = None


def drawn(function: Callable[..., Chart]) -> Callable[..., Chart]:
    """Let what a chart function drew be drawn again: its chart remembers how it was asked for."""

    @wraps(function)
    def chart(*arguments, **options) -> Chart:
        return replace(function(*arguments, **options), again=lambda: function(*arguments, **options).figure)

    return chart


def source_line(names: tuple[str, ...]) -> str:
    """Return the *Source* line of tables: their names and links to their sources in the bibliography, as Markdown."""
    if not names:
        return "the descriptor `data/datapackage.json`."
    parts = []
    for name in names:
        entry = data.resource(name)
        links = dict.fromkeys(
            f"[{source['pakrus:label']}](#{source['key']})" for source in entry["sources"] if source.get("key")
        )
        register = (
            f", {entry['pakrus:rows']:,} rows, each with its sources"
            if entry.get("pakrus:sourceColumn") or entry.get("pakrus:sourcesIn")
            else ""
        )
        parts.append(f"table `{name}`{register}" + (f", from {' and '.join(links)}" if links else ""))
    return "Authors' computation; " + "; ".join(parts) + "."


def _pictures(chart: Chart) -> dict[str, str]:
    """Return the drawing as SVG, which notebooks and pages show; where it is stored (`store.FORMS`), in its other forms as well.

    These are the SVG for a phone, and a PNG, which a notebook shows that nobody has trusted yet: two thirds of the work.
    """
    pictures = {"image/svg+xml": vector.drawn(chart.figure)}
    if not os.environ.get(store.FORMS):
        return pictures
    chart.figure.canvas.draw()
    few = io.BytesIO()
    picture = Image.fromarray(np.asarray(chart.figure.canvas.buffer_rgba())).convert("RGB")
    picture.quantize(PALETTE, dither=Image.Dither.NONE).save(few, "PNG", optimize=True)
    pictures["image/png"] = base64.b64encode(few.getvalue()).decode("ascii") + "\n"
    if chart.again:
        with narrow.drawing():
            pictures[NARROW] = vector.drawn(narrow.finish(chart.again()))
    return pictures


def show(chart: Chart, name: str, caption: str) -> None:
    """Show a chart with its number, caption, *Source* line and data.

    Parameters
    ----------
    chart : what a chart function returned.
    name : label of the figure, unique in the book: lower case, hyphens, its page's name first (`cold-war-agreement`).
    caption : one or two sentences that say what the figure shows, with names of this page's facts in braces for numbers.
    """
    caption, used = facts.fill(caption)
    source = source_line(chart.sources)
    spec = {
        "name": name,
        "alt": chart.alt,
        "caption": caption,
        "facts": used,
        "source": source,
        **_file(chart.plotted, chart.sources, chart.units),
    }
    pictures = {**_pictures(chart), "text/plain": chart.alt}
    display({**pictures, "application/vnd.pakrus.figure+json": spec}, raw=True)
    _caption("Figure", name, caption, source)


def _file(frame: pd.DataFrame, sources: tuple[str, ...], own: dict[str, str]) -> dict:
    """Return the data as CSV, with units in its header, and what each column is, for the JSON beside it."""
    fields = units.described(frame, sources, own, headings(frame, sources))
    named = frame.set_axis([column["name"] for column in fields], axis="columns")
    return {"csv": store.to_csv(named).decode("utf-8"), "fields": fields}


def _caption(kind: str, name: str, caption: str, source: str) -> None:
    label = _counter.label(kind, name, ROOT)
    text = f"**{label}.** {caption}\n\n*Source:* {source}"
    part = {"for": name, "label": label}
    display({"text/markdown": text, "text/plain": text, "application/vnd.pakrus.caption+json": part}, raw=True)


def box(name: str, markdown: str) -> None:
    """Show a box of text that a cell computed, as Markdown (`name` as of a figure): a note beside the story."""
    part = {"name": name, "markdown": markdown}
    display({"text/markdown": markdown, "text/plain": markdown, "application/vnd.pakrus.box+json": part}, raw=True)


def _cell(value, digits: int) -> str:
    if pd.isna(value):
        return "–"
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, float):
        return written(value, digits)
    return written(int(value)) if hasattr(value, "__index__") else str(value)


def _spec(frame: pd.DataFrame, sources: tuple[str, ...], digits: int, percent: tuple[str, ...]) -> dict:
    """Return the columns (heading, side) and the rows as printed."""
    shown = headings(frame, sources)
    numeric = [
        pd.api.types.is_numeric_dtype(frame[c]) and not pd.api.types.is_bool_dtype(frame[c]) for c in frame.columns
    ]
    years = {
        c
        for c in frame.columns
        if str(c).lower().replace("_", " ").split(" ")[-1] == "year" and "per" not in str(c).lower()
    }

    def printed(column: str, value: object) -> str:
        if pd.isna(value):
            return "–"
        if column in percent:
            return percent_of(float(value))
        return str(int(value)) if column in years and not isinstance(value, str) else _cell(value, digits)

    rows = [
        [printed(column, value) for column, value in zip(frame.columns, record, strict=True)]
        for record in frame.itertuples(index=False)
    ]
    return {
        "columns": [
            {"label": shown[str(c)], "align": "right" if right else "left"}
            for c, right in zip(frame.columns, numeric, strict=True)
        ],
        "rows": rows,
    }


def _shown(spec: dict) -> dict[str, str]:
    """Return a table as a notebook shows it."""
    labels, right = [c["label"] for c in spec["columns"]], [c["align"] == "right" for c in spec["columns"]]
    return {
        "text/html": grid.as_html(labels, spec["rows"], right),
        "text/plain": grid.as_text(labels, spec["rows"], right),
    }


def headings(frame: pd.DataFrame, sources: tuple[str, ...]) -> dict[str, str]:
    """Return how the columns of a frame are headed: by the title that the first table with such a field gives it.

    What measures compute is headed by `terms.HEADINGS`; any other column keeps its own name, which then must read as one.
    """
    titles: dict[str, str] = {}
    for table_name in sources:
        for column in data.resource(table_name)["schema"]["fields"]:
            titles.setdefault(column["name"], column.get("title", column["name"]))
    return {column: titles.get(column) or HEADINGS.get(column, column) for column in map(str, frame.columns)}


def table(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    sources: tuple[str, ...],
    digits: int = 2,
    percent: tuple[str, ...] = (),
    own_units: dict[str, str] | None = None,
) -> None:
    """Show a data frame as a table of the book; its first column heads the rows.

    Parameters
    ----------
    frame : numbers as numbers (they are set to the right), missing as missing ("–"); columns that are fields of the
        `sources` are headed by the descriptor's titles, others by their own names.
    name : label, unique in the book. caption : what the table shows, a finding, with names of facts in braces.
    sources : names of the tables that it comes from. digits : decimals of floats.
    percent : columns of shares (0-1) that are printed in per cent. own_units : units, for the file of data, of columns that
        neither a table nor `units.UNITS` knows.
    """
    caption, used = facts.fill(caption)
    source = source_line(tuple(sources))
    spec = {"name": name, "caption": caption, "facts": used, "source": source}
    spec |= _spec(frame, tuple(sources), digits, percent)
    spec |= _file(frame, tuple(sources), dict.fromkeys(percent, units.SHARE) | (own_units or {}))
    display({**_shown(spec), "application/vnd.pakrus.table+json": spec}, raw=True)
    _caption("Table", name, caption, source)


def rows(frame: pd.DataFrame, sources: tuple[str, ...] = (), digits: int = 2, percent: tuple[str, ...] = ()) -> None:
    """Show a data frame as plain rows, without number, caption or data beside it: what the solution of an exercise gives.

    Headings and numbers are written as in `table`; an index that says something heads the rows.
    """
    if any(frame.index.names) or not pd.api.types.is_integer_dtype(frame.index):
        frame = frame.reset_index(names=[name or "" for name in frame.index.names])
    if isinstance(frame.columns, pd.MultiIndex):
        frame = frame.set_axis([", ".join(filter(None, map(str, column))) for column in frame.columns], axis="columns")
    spec = _spec(frame, tuple(sources), digits, percent)
    part = {"columns": [column["label"] for column in spec["columns"]], "rows": spec["rows"]}
    display({**_shown(spec), facts.ROWS: part}, raw=True)


def data_used(page: str) -> None:
    """Show which tables this page has loaded, in which state: rows and the first twelve digits of their sha256.

    `page` is the chapter's name, for the label. The last cell of a chapter calls it; with it a page is tied to the exact
    bytes of its data, and nbval fails as soon as one of them changes.
    """
    entries = [data.resource(name) for name in data.loaded()]
    frame = pd.DataFrame({
        "Table": [entry["name"] for entry in entries], "Contents": [entry["title"] for entry in entries],
        "Rows": [entry["pakrus:rows"] for entry in entries], "sha256 (first 12)": [entry["hash"].removeprefix("sha256:")[:12] for entry in entries],
    })  # fmt: skip
    caption = f"The {len(frame)} tables that this page is computed from, as they were when it was run (edition {__version__})."
    table(frame, name=f"{page}-data-used", caption=caption, sources=())
