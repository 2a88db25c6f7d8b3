"""Facts of a page: numbers that its cells compute and its sentences quote.

A cell *publishes* estimates under plain names. What it publishes it shows, as a small table: name, value, n, interval, what
it is. A sentence then links to a fact, and the link's text is the number: `[56 %](#agreement)`; `#agreement_n` and
`#agreement_interval` are the same fact's n and interval. `python book.py run` writes these texts (`pakrus.notebooks.links`),
a test holds them. A caption names a fact in braces: `"Agreement was {agreement}."`.

What comes in: estimates (`pakrus.estimate`). What goes out: one display bundle a cell, with a JSON part that pages
and link writer read. The one difficulty: a fact has one text. It is made here, once, and nowhere formatted again.
"""

from __future__ import annotations

import re
from string import Formatter

from IPython.display import display

from pakrus import grid
from pakrus.estimate import Estimate

MIME = "application/vnd.pakrus.facts+json"
ROWS = "application/vnd.pakrus.rows+json"  # a table without number and caption
VIEWS = ("n", "interval")  # what a link may ask of a fact beside its value: #name_n, #name_interval
MOST = 8  # names that one cell may publish: more are not read
_COLUMNS = {"name": "Fact", "value": "Value", "n": "n", "interval": "95 % interval", "words": "What it is"}
_page: dict[str, dict[str, str]] = {}


def publish(**estimates: Estimate) -> None:
    """Publish estimates as facts of the page and show them as a table.

    Raises
    ------
    ValueError
        For more than eight at once, a name that is not lower-case words joined by underscores or that ends like a view
        (`_n`, `_interval`), an estimate without words, or one without a value.
    TypeError
        For anything that is no `Estimate`.
    """
    if len(estimates) > MOST:
        raise ValueError(f"{len(estimates)} facts in one cell: at most {MOST}, beside the sentences that use them")
    rows = [_row(name, estimate) for name, estimate in estimates.items()]
    _page.update({row["name"]: row for row in rows})
    labels, cells, right = _table(rows)
    parts = {"text/html": grid.as_html(labels, cells, right), "text/plain": grid.as_text(labels, cells, right)}
    display({**parts, MIME: {"facts": rows}}, raw=True)


def answer(**estimates: Estimate) -> None:
    """Show estimates as `publish` does, without making them facts of the page: what the solution of an exercise gives."""
    labels, cells, right = _table([_row(name, estimate) for name, estimate in estimates.items()])
    parts = {"text/html": grid.as_html(labels, cells, right), "text/plain": grid.as_text(labels, cells, right)}
    display({**parts, ROWS: {"columns": labels, "rows": cells}}, raw=True)


def _table(rows: list[dict[str, str]]) -> tuple[list[str], list[list[str]], list[bool]]:
    """Return headings, cells and sides of the columns that hold something."""
    shown = [key for key in _COLUMNS if any(row[key] for row in rows)]
    cells = [[row[key] for key in shown] for row in rows]
    return [_COLUMNS[key] for key in shown], cells, [key in ("value", *VIEWS) for key in shown]


def _row(name: str, estimate: Estimate) -> dict[str, str]:
    if not isinstance(estimate, Estimate):
        raise TypeError(
            f"{name}: {estimate!r} is no estimate; use a measure, or share, count, quantity, year, text of pakrus.estimate"
        )
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or name.endswith(tuple(f"_{view}" for view in VIEWS)):
        raise ValueError(f"{name!r}: lower-case words joined by underscores expected, not ending in _n or _interval")
    if not estimate.words:
        raise ValueError(f"{name}: an estimate without words; say what it is (estimate.said(...))")
    if re.search(r"[\[\]`$*]", estimate.text):
        raise ValueError(f"{name}: {estimate.text!r} holds a mark that Markdown would read ([ ] ` $ *)")
    n = "" if estimate.n is None else f"{estimate.n:,}"
    words = estimate.words
    if estimate.unit != "%" and not set(estimate.unit.split()) <= set(re.findall(r"\w+", words)):
        words = f"{words} ({estimate.unit})"
    return {"name": name, "value": estimate.text, "n": n, "interval": estimate.interval, "words": words}


def view(facts: dict[str, dict[str, str]], target: str) -> str | None:
    """Return the text of a fact or of a view of it (`agreement`, `agreement_n`, `agreement_interval`).

    `facts` maps names to rows as `publish` stores them; None where there is no such fact, or the fact has no such view.
    """
    if target in facts:
        return facts[target]["value"]
    name, _, part = target.rpartition("_")
    return facts[name][part] or None if name in facts and part in VIEWS else None


def fill(text: str) -> tuple[str, list[str]]:
    """Return a caption with the names in braces replaced by this page's facts, and the names that it used.

    Raises
    ------
    KeyError
        When a name was not published before on this page.
    """
    used, parts = [], []
    for literal, name, _, _ in Formatter().parse(text):
        parts.append(literal)
        if name is not None:
            value = view(_page, name)
            if value is None:
                raise KeyError(f"no fact {name!r} on this page yet; published: {', '.join(sorted(_page)) or 'none'}")
            parts.append(value)
            used.append(name)
    return "".join(parts), used
