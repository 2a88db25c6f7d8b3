"""Charts of trade: flows by source, statements as points, a partner's share.

What comes in: rows of `trade` and finished shares. What goes out: charts with alt text and plotted data. The one difficulty:
sources of one flow disagree, so each is a line of its own and they are never joined; statements are points.
"""

import pandas as pd

from pakrus.figures import narrow, style
from pakrus.figures.page import Chart, drawn
from pakrus.terms import STATES

FLOWS = {
    ("PAK", "RUS"): ("Pakistan's exports", style.COLOURS["PAK"], (0, (5, 1.5)), "v"),
    ("RUS", "PAK"): ("USSR/Russia's exports", style.COLOURS["RUS"], "-", "o"),
}
SOURCES = {
    "cowtrade": "Correlates of War",
    "comtrade": "UN Comtrade (Russia reports)",
    "unctadmatrix": "UNCTAD (exporter reports)",
}


def _peak(rows: pd.DataFrame, column: str) -> str:
    rows = rows.sort_values("year")
    first, last = rows.iloc[0], rows.iloc[-1]
    high = rows.loc[rows[column].idxmax()]
    low = rows.loc[rows[column].idxmin()]
    return (
        f"{first[column]:,.0f} in {int(first['year'])}, {last[column]:,.0f} in {int(last['year'])}, "
        f"lowest {low[column]:,.0f} in {int(low['year'])}, highest {high[column]:,.0f} in {int(high['year'])}"
    )


@drawn
def trade_lines(
    trade: pd.DataFrame, first: int, last: int, column: str = "value_usd_m", unit: str = "million current US dollars"
) -> Chart:
    """Draw both directions of trade by year: Correlates of War as lines, Comtrade as open marks, UNCTAD as crosses.

    `trade` is the table `trade`; `column` and `unit` let the same chart show another value, such as constant dollars
    (`pakrus.measures.trade.deflate`). Missing years are gaps.
    """
    rows = trade[(trade["kind"] == "series") & trade["year"].between(first, last)]
    if rows.empty:
        raise ValueError(f"no trade series between {first} and {last}")
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    labels, words = [], []
    for (exporter, importer), (label, colour, line, marker) in FLOWS.items():
        flow = rows[(rows["exporter"] == exporter) & (rows["importer"] == importer)]
        ends = []
        for source, group in flow.groupby("source", sort=True):
            values = group.set_index("year")[column].astype(float).reindex(range(first, last + 1))
            if source == "cowtrade":
                axes.plot(values.index, values, color=colour, ls=line)
            elif source == "comtrade":
                axes.plot(values.index, values, color=colour, ls="none", marker=marker, mfc="white", ms=4, mew=1.1)
            else:
                axes.plot(values.index, values, color=colour, ls="none", marker="x", ms=5, mew=1.2)
            end = values.dropna()
            ends.append((end.index[-1], end.iloc[-1]))
            words.append(f"{label}, {SOURCES[source]}: {_peak(group, column)}")
        labels.append((*max(ends), label, colour))
    style.year_axis(axes, first, last)
    axes.set_ylim(0, None)
    axes.set_ylabel(unit)
    style.end_labels(axes, labels, gap=0.08)
    if rows["source"].nunique() > 1:
        marks = [
            ("line: Correlates of War", "cowtrade"),
            ("open marks: UN Comtrade", "comtrade"),
            ("crosses: UNCTAD", "unctadmatrix"),
        ]
        axes.set_xlabel("; ".join(text for text, source in marks if source in set(rows["source"])))
    alt = f"Line chart of trade between Pakistan and the USSR/Russia, {first} to {last}, in {unit}. {'; '.join(words)}."
    plotted = rows[["year", "exporter", "importer", column, "reporter", "source", "flag"]].sort_values(
        ["source", "exporter", "year"], ignore_index=True
    )
    sources = ("trade",) if column == "value_usd_m" else ("trade", "price_index")
    return Chart(figure, alt, plotted, sources, {column: unit})


@drawn
def trade_points(trade: pd.DataFrame, first: int, last: int) -> Chart:
    """Draw total trade of the pair: Comtrade's sum of both directions as a line, published statements as open marks by reporter."""
    rows = trade[trade["year"].between(first, last)]
    series = rows[rows["source"] == "comtrade"].groupby("year")["value_usd_m"].sum()
    points = rows[(rows["kind"] == "point") & (rows["flow"] == "turnover")]
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    if len(series):
        axes.plot(series.index, series, color=style.NEUTRAL, marker=".", ms=4, label="UN Comtrade, Russia reports")
    if len(series) and not narrow.active():
        style.halo(
            axes.annotate(
                "UN Comtrade,\nRussia reports",
                (series.index[-1], series.iloc[-1]),
                xytext=(4, 4),
                textcoords="offset points",
                fontsize=8,
                color="#444444",
            )
        )
    said = []
    for reporter in ("RUS", "PAK"):
        part = points[points["reporter"] == reporter]
        name = "Russian" if reporter == "RUS" else "Pakistani"
        axes.plot(
            part["year"],
            part["value_usd_m"],
            ls="none",
            marker=style.MARKERS[reporter],
            mfc="white",
            mec=style.COLOURS[reporter],
            mew=1.4,
            ms=6.5,
            label=f"{name} statement",
        )
        said += [
            f"{name} {row.period}: {row.value_usd_m:,.0f}{' or more' if isinstance(row.flag, str) and 'bound' in row.flag else ''}"
            for row in part.sort_values("year").itertuples()
        ]
    style.year_axis(axes, first, last)
    axes.set_ylim(0, None)
    axes.set_ylabel("million current US dollars, both directions")
    handles = axes.get_legend_handles_labels()[0]
    if narrow.active():
        style.legend(figure, handles, 2)
    else:
        axes.legend(handles=handles[-2:], loc="upper left", fontsize=8)
    line = (
        f"Comtrade's sum of both directions as a line, {_peak(series.reset_index(), 'value_usd_m')}; "
        if len(series)
        else ""
    )
    alt = f"Total trade of Pakistan and Russia, {first} to {last}, in million current US dollars: {line}published statements as open marks: {'; '.join(said)}."
    plotted = pd.concat(
        [
            series.reset_index().assign(
                period=lambda d: d["year"].astype(str), reporter="RUS", source="comtrade", flag=""
            ),
            points[["year", "value_usd_m", "period", "reporter", "source", "flag"]],
        ],
        ignore_index=True,
    )
    return Chart(figure, alt, plotted, ("trade",))


@drawn
def trade_share(shares: pd.DataFrame, first: int, last: int) -> Chart:
    """Draw each partner's share in Pakistan's total trade (`pakrus.measures.trade.shares`: `year`, `partner`, `share`)."""
    partners = ["RUS", "USA", "CHN", "IND"]
    rows = shares[shares["partner"].isin(partners) & shares["year"].between(first, last)]
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    labels, words = [], []
    for partner in partners:
        line = (
            rows[rows["partner"] == partner].set_index("year")["share"].astype(float).reindex(range(first, last + 1))
            * 100
        )
        axes.plot(line.index, line, color=style.COLOURS[partner], ls=style.LINES[partner])
        end = line.dropna()
        labels.append((end.index[-1], end.iloc[-1], STATES[partner], style.COLOURS[partner]))
        words.append(
            f"{STATES[partner]} {end.iloc[0]:.1f} % in {end.index[0]}, {end.iloc[-1]:.1f} % in {end.index[-1]}, highest {end.max():.1f} % in {end.idxmax()}"
        )
    style.year_axis(axes, first, last)
    axes.set_ylim(0, None)
    axes.set_ylabel("% of Pakistan's trade")
    style.end_labels(axes, labels)
    alt = f"Line chart of partners' shares in Pakistan's total trade, {first} to {last}: {'; '.join(words)}."
    return Chart(figure, alt, rows.assign(share=rows["share"].round(5)).reset_index(drop=True), ("trade_partners",))
