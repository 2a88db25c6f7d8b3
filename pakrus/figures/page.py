"""Putting figures and tables on the page: one bundle with picture, alt text, caption, source and data."""

import base64
import io
from dataclasses import dataclass

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from pakrus import __version__, data, store


@dataclass(frozen=True)
class Chart:
    """A drawn figure, what it shows in words (computed from the data), the plotted data and the tables they come from."""

    figure: Figure
    alt: str
    plotted: pd.DataFrame
    sources: tuple[str, ...]


def source_line(names: tuple[str, ...]) -> str:
    """Return the *Source* line of tables: their names and the citations of their sources, as MyST Markdown."""
    if not names:
        return "the descriptor `data/datapackage.json`."
    parts = []
    for name in names:
        entry = data.resource(name)
        keys = [source["key"] for source in entry["sources"] if source.get("key")]
        register = (
            f", {entry['pakrus:rows']:,} rows, each with its sources"
            if entry.get("pakrus:sourceColumn") or entry.get("pakrus:sourcesIn")
            else ""
        )
        cited = f", from {{cite:t}}`{','.join(dict.fromkeys(keys))}`" if keys else ""
        parts.append(f"table `{name}`{register}{cited}")
    return "Authors' computation; " + "; ".join(parts) + "."


def _pictures(figure: Figure) -> tuple[str, str]:
    svg, png = io.StringIO(), io.BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    figure.savefig(png, format="png", metadata={"Software": None})
    return svg.getvalue(), base64.b64encode(png.getvalue()).decode("ascii") + "\n"


def show(chart: Chart, name: str, finding: str) -> None:
    """Show a chart with its caption, *Source* line and data.

    Parameters
    ----------
    chart : what a chart function returned.
    name : label of the figure, unique in the book: lower case, hyphens, chapter first (`cold-war-agreement`).
    finding : the caption, one or two sentences that say what the figure shows, numbers computed.
    """
    svg, png = _pictures(chart.figure)
    source = source_line(chart.sources)
    spec = {
        "name": name,
        "alt": chart.alt,
        "caption": finding,
        "source": source,
        "csv": store.to_csv(chart.plotted).decode("utf-8"),
    }
    display(
        {"image/svg+xml": svg, "image/png": png, "text/plain": chart.alt, "application/vnd.pakrus.figure+json": spec},
        raw=True,
    )
    _caption(name, finding, source)


def _caption(name: str, caption: str, source: str) -> None:
    text = f"**Figure.** {caption}\n\n*Source:* {source}"
    display({"text/markdown": text, "text/plain": text, "application/vnd.pakrus.caption+json": {"for": name}}, raw=True)


def _cell(value, digits: int) -> str:
    if pd.isna(value):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.{digits}f}".replace("-", "−")
    if isinstance(value, int) or hasattr(value, "__index__"):
        return f"{int(value):,}".replace("-", "−")
    return str(value)


def table(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    sources: tuple[str, ...],
    digits: int = 2,
    years: tuple[str, ...] = ("year", "Year"),
) -> None:
    """Show a data frame as a table of the book; its first column heads the rows.

    Parameters
    ----------
    frame : columns named as they shall read; numbers as numbers (they are set to the right), missing as missing ("–").
    name : label, unique in the book. caption : what the table shows, a finding.
    sources : names of the tables that it comes from. digits : decimals of floats. years : columns printed without separators.
    """
    columns = [
        {
            "label": str(c),
            "align": "right"
            if pd.api.types.is_numeric_dtype(frame[c]) and not pd.api.types.is_bool_dtype(frame[c])
            else "left",
        }
        for c in frame.columns
    ]
    rows = [
        [
            ("–" if pd.isna(v) else str(int(v)) if c in years and not isinstance(v, str) else _cell(v, digits))
            for c, v in zip(frame.columns, record, strict=True)
        ]
        for record in frame.itertuples(index=False)
    ]
    source = source_line(tuple(sources))
    spec = {
        "name": name,
        "caption": caption,
        "source": source,
        "columns": columns,
        "rows": rows,
        "csv": store.to_csv(frame).decode("utf-8"),
    }
    printed = pd.DataFrame(rows, columns=[c["label"] for c in columns])
    html = printed.to_html(index=False, border=0, justify="left")
    display(
        {"text/html": html, "text/plain": printed.to_string(index=False), "application/vnd.pakrus.table+json": spec},
        raw=True,
    )
    text = f"**Table.** {caption}\n\n*Source:* {source}"
    display({"text/markdown": text, "text/plain": text, "application/vnd.pakrus.caption+json": {"for": name}}, raw=True)


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
