"""A chart of one state's agreement with two others."""

import pandas as pd

from pakrus.figures import style
from pakrus.figures.alignment import _extremes, _gaps
from pakrus.figures.page import Chart


def twin_lines(agreement: pd.DataFrame, first: int, last: int) -> Chart:
    """Draw one state's share of identical votes with each of its partners, all with their intervals.

    `agreement` holds rows of `pakrus.measures.agreement.by_session` for one `state` and several partners, put together.

    Raises
    ------
    ValueError
        When the rows belong to more than one state.
    """
    states = list(agreement["state"].unique())
    if len(states) != 1:
        raise ValueError(f"one state expected, found {', '.join(states)}")
    rows = agreement[agreement["year"].between(first, last)]
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    years = range(first, last + 1)
    labels, words = [], []
    for partner in rows["partner"].unique():
        part = rows[rows["partner"] == partner]
        line, colour = _gaps(part, "agreement", years), style.COLOURS[partner]
        low, high = _gaps(part, "agreement_low", years), _gaps(part, "agreement_high", years)
        axes.fill_between(list(years), low, high, color=colour, alpha=0.13, lw=0)
        axes.plot(line.index, line, color=colour, ls=style.LINES[partner], marker=style.MARKERS[partner], ms=2.8)
        end = line.dropna()
        labels.append((end.index[-1], end.iloc[-1], style.NAMES[partner], colour))
        words.append(f"with {style.NAMES[partner]} {_extremes(part, 'agreement')}")
    style.year_axis(axes, first, last)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("share of identical votes")
    axes.set_xlabel("year in which the session opened")
    style.end_labels(axes, labels)
    alt = (
        f"Line chart of the share of General Assembly roll calls in which {style.NAMES[states[0]]} voted "
        f"as its partner did, {first} to {last}: {'; '.join(words)}. Bands are 95 % bootstrap intervals."
    )
    columns = ["session", "year", "state", "partner", "n", "agreement", "agreement_low", "agreement_high"]
    return Chart(figure, alt, rows[columns].reset_index(drop=True), ("unga_votes",))
