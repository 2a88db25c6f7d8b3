"""Charts of voting: agreement, percentile, contested roll calls, ideal points.

What comes in: rows by session, of one state and several partners. What goes out: charts with alt text and plotted data. The one
difficulty: sessions with few roll calls have no value, and a line must not run across what is missing.
"""

import numpy as np
import pandas as pd

from pakrus.estimate import number
from pakrus.figures import narrow, style
from pakrus.figures.page import Chart, drawn
from pakrus.terms import STATES

SIDES = {
    "RUS": ("with the USSR/Russia", style.COLOURS["RUS"], ""),
    "abstained": ("abstained", "#B5B5B5", ".."),
    "no vote": ("no vote recorded", "#E3E3E3", ""),
    "USA": ("with the United States", style.COLOURS["USA"], "//"),
}


def _extremes(frame: pd.DataFrame, column: str, digits: int = 2) -> str:
    """Return in words where a series starts, ends, and its lowest and highest points."""
    rows = frame.dropna(subset=[column]).sort_values("year")
    first, last = rows.iloc[0], rows.iloc[-1]
    low, high = rows.loc[rows[column].idxmin()], rows.loc[rows[column].idxmax()]
    return (
        f"from {first[column]:.{digits}f} in {int(first['year'])} to {last[column]:.{digits}f} in {int(last['year'])}, "
        f"lowest {low[column]:.{digits}f} in {int(low['year'])}, highest {high[column]:.{digits}f} in {int(high['year'])}"
    )


def _within(frame: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    rows = frame[frame["year"].between(first, last)]
    if rows.empty:
        raise ValueError(
            f"no rows between {first} and {last}; the table covers {frame['year'].min()}-{frame['year'].max()}"
        )
    return rows


def _gaps(frame: pd.DataFrame, column: str, years: range) -> pd.Series:
    """Return a series over all years, missing where there is no row: gaps stay gaps."""
    return frame.set_index("year")[column].astype(float).reindex(years)


def _line(axes, state: str, line: pd.Series, size: float = 2.6) -> tuple[float, float, str, str]:
    """Draw a state's line in its own colour, dash and marker, gaps as gaps; return the label for its end."""
    colour = style.COLOURS[state]
    axes.plot(line.index, line, color=colour, ls=style.LINES[state], marker=style.MARKERS[state], ms=size)
    end = line.dropna()
    return end.index[-1], end.iloc[-1], STATES[state], colour


@drawn
def agreement_lines(
    agreement: pd.DataFrame, partners: list[str], first: int, last: int, measure: str = "agreement", min_n: int = 5
) -> Chart:
    """Draw Pakistan's agreement with partners by session, the interval of the first partner shaded.

    `agreement` is the table `unga_agreement`; `measure` is `agreement` (share), `pi` or `kappa`; sessions with fewer than
    `min_n` joint roll calls are left as gaps.
    """
    rows = _within(agreement[agreement["partner"].isin(partners) & (agreement["n"] >= min_n)], first, last)
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    years = range(first, last + 1)
    labels, words = [], []
    for partner in partners:
        part = rows[rows["partner"] == partner]
        if partner == partners[0] and measure == "agreement":
            axes.fill_between(
                list(years),
                _gaps(part, "agreement_low", years),
                _gaps(part, "agreement_high", years),
                color=style.COLOURS[partner],
                alpha=0.18,
                lw=0,
            )
        labels.append(_line(axes, partner, _gaps(part, measure, years)))
        words.append(f"with {STATES[partner]} {_extremes(part, measure)}")
    style.year_axis(axes, first, last)
    if measure == "agreement":
        axes.set_ylim(0, 1.02)
        axes.set_ylabel("share of identical votes")
        what = "the share of General Assembly roll calls in which Pakistan voted as its partner did"
    else:
        axes.axhline(0, color=style.NEUTRAL, lw=0.8)
        axes.set_ylabel(f"{measure} (0 = chance, 1 = always alike)")
        what = f"Pakistan's voting agreement beyond chance ({measure})"
    style.end_labels(axes, labels)
    axes.set_xlabel("year in which the session opened")
    band = " The band is the 95 % bootstrap interval of the first." if measure == "agreement" else ""
    alt = f"Line chart of {what}, {first} to {last}: {'; '.join(words)}.{band}"
    columns = ["session", "year", "partner", "n", "agreement", "agreement_low", "agreement_high", "pi", "kappa"]
    return Chart(figure, alt, rows[columns].reset_index(drop=True), ("unga_agreement",))


@drawn
def percentile_lines(agreement: pd.DataFrame, partners: list[str], first: int, last: int) -> Chart:
    """Draw Pakistan's percentile among all states' agreement with each partner, session by session (table `unga_agreement`).

    The band of the first partner is the 95 % interval of its percentile: with more than one band none could be read.
    """
    rows = _within(agreement[agreement["partner"].isin(partners) & agreement["percentile"].notna()], first, last)
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    axes.axhline(50, color=style.NEUTRAL, lw=0.8)
    years = range(first, last + 1)
    labels, words = [], []
    for partner in partners:
        part = rows[rows["partner"] == partner]
        if partner == partners[0]:
            ends = [_gaps(part, f"percentile_{end}", years) for end in ("low", "high")]
            axes.fill_between(list(years), *ends, color=style.COLOURS[partner], alpha=0.18, lw=0)
        labels.append(_line(axes, partner, _gaps(part, "percentile", years)))
        words.append(f"with {STATES[partner]} {_extremes(part, 'percentile', 0)}")
    style.year_axis(axes, first, last)
    axes.set_ylim(0, 102)
    axes.set_ylabel("percentile among all states")
    axes.set_xlabel("year in which the session opened")
    style.end_labels(axes, labels)
    wide = (
        rows.loc[rows["partner"] == partners[0], ["percentile_low", "percentile_high"]]
        .astype(float)
        .diff(axis=1)
        .iloc[:, 1]
    )
    alt = (
        f"Line chart of Pakistan's percentile among all states' voting agreement with each partner, {first} to {last} (50 = the middle state): {'; '.join(words)}. "
        f"The band is the 95 % interval with {STATES[partners[0]]}, {wide.mean():.0f} points wide on average."
    )
    columns = [
        "session",
        "year",
        "partner",
        "n",
        "percentile",
        "percentile_low",
        "percentile_high",
        "ranked",
        "above_median_pp",
    ]
    return Chart(figure, alt, rows[columns].reset_index(drop=True), ("unga_agreement",))


@drawn
def nearness_dots(nearness: pd.DataFrame, titles: dict[str, str], column: str = "percentile") -> Chart:
    """Draw how near pairs of states stand, by span, each as a dot with its 95 % interval (rows of `pakrus.measures.nearness.table`).

    `titles` name the spans; `column` is `percentile` (line at 50, the middle state) or `above_median_pp` (line at 0).
    """
    looks = {"percentile": ("percentile among all states (50 = the middle state)", 50), "above_median_pp": ("percentage points above the median state", 0)}  # fmt: skip
    label, middle = looks[column]
    spans = list(dict.fromkeys(nearness["span"]))
    figure, axes = style.new(height=0.8 + 0.22 * len(nearness) + 0.18 * len(spans))
    axes.axvline(middle, color=style.NEUTRAL, lw=0.8)
    place, ticks, words = 0.0, [], []
    for span in spans:
        axes.annotate(titles.get(span, span), (0, place), xycoords=("axes fraction", "data"), xytext=(2, 0), textcoords="offset points", va="center", fontsize=8.5, color="#555555", weight="bold")  # fmt: skip
        place += 0.9
        told = []
        for row in nearness[nearness["span"] == span].itertuples():
            value, low, high = (float(getattr(row, f"{column}{end}")) for end in ("", "_low", "_high"))
            # the colour is that of the other state: Pakistan's partner, or Moscow's
            other = row.partner if row.state == "PAK" else row.state
            axes.plot([low, high], [place, place], color=style.COLOURS[other], lw=1.4)
            filled = style.COLOURS[other] if row.state == "PAK" else "white"
            axes.plot(value, place, marker=style.MARKERS[other], color=style.COLOURS[other], mfc=filled, ms=5, ls="")
            ticks.append((place, f"{STATES[row.state]} – {STATES[row.partner]}"))
            told.append(
                f"{STATES[row.state]} with {STATES[row.partner]} {number(value)} ({number(low)} to {number(high)})"
            )
            place += 1
        words.append(f"{titles.get(span, span)}: {', '.join(told)}")
        place += 0.2
    axes.set_yticks([at for at, _ in ticks], [text for _, text in ticks])
    axes.set_ylim(place - 0.4, -0.7)
    if column == "percentile":
        axes.set_xlim(-2, 102)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(label)
    alt = f"Dot chart of the {label}, by span and pair of states, with 95 % intervals. {'; '.join(words)}.".replace(
        "-", "−"
    )
    names = ["span", "state", "partner", "n", column, f"{column}_low", f"{column}_high"]
    return Chart(figure, alt, nearness[names].reset_index(drop=True), ("unga_rank_spans",))


@drawn
def contested_bars(
    contested: pd.DataFrame, first: int, last: int, by: int = 1, base: pd.DataFrame | None = None
) -> Chart:
    """Draw, per year or span of `by` years, where Pakistan stood when the US and the USSR/Russia voted opposite ways.

    `contested` is the table `unga_contested`. Bars are shares; the number of roll calls stands above each bar. With `base` (the
    table `unga_contested_base`) a black mark on each bar shows the share of the median state with the USSR/Russia: of the session,
    or the mean of the bar's sessions weighted by their roll calls. What Pakistan chose is the distance between bar and mark.
    """
    rows = _within(contested, first, last)
    start = first + (rows["year"] - first) // by * by
    counts = pd.crosstab(start, rows["sided_with"]).reindex(columns=list(SIDES), fill_value=0)
    shares = counts.div(counts.sum(axis=1), axis=0)
    figure, axes = style.new()
    bottom = np.zeros(len(shares))
    centre = shares.index + (by - 1) / 2
    for side, (label, colour, hatch) in SIDES.items():
        axes.bar(
            centre,
            shares[side],
            width=by * 0.8,
            bottom=bottom,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            lw=0.4,
            label=label,
        )
        bottom += shares[side].to_numpy()
    median = None
    if base is not None:
        own = base[(base["partner"] == "RUS") & (base["span_type"] == "session") & base["span"].str.isdigit()]
        own = own.assign(year=own["span"].astype(int)).query("@first <= year <= @last")
        weighted = (own["median_state"] * own["n"]).groupby(first + (own["year"] - first) // by * by).sum()
        median = (weighted / own["n"].groupby(first + (own["year"] - first) // by * by).sum()).reindex(shares.index)
        axes.hlines(
            median,
            centre - by * 0.45,
            centre + by * 0.45,
            color="black",
            lw=2,
            label="median state with the USSR/Russia",
            zorder=3,
        )
    size = 7.5 if len(shares) <= 26 else 5.5
    for x, n in zip(centre, counts.sum(axis=1), strict=True):
        axes.annotate(f"{n}", (x, 1), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=size, color="#444444", rotation=90 if narrow.active() else 0, gid=narrow.ABOVE)  # fmt: skip
    axes.set_ylim(0, 1)
    axes.set_ylabel("share of contested roll calls")
    axes.set_xlabel("year in which the session opened; number of roll calls above each bar")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlim(first - 0.7, max(last, centre.max() + by / 2) + 0.2)
    style.legend(figure, axes.get_legend_handles_labels()[0], 4 if base is None else 3)
    total = counts.sum()
    n = int(total.sum())
    alt = (
        f"Stacked bars of Pakistan's votes on the {n} roll calls of {first} to {last} on which the United States and the USSR/Russia voted opposite ways: "
        f"{total['RUS']} with the USSR/Russia ({total['RUS'] / n:.0%}), {total['USA']} with the United States ({total['USA'] / n:.0%}), "
        f"{total['abstained']} abstained, {total['no vote']} without a recorded vote."
    )
    plotted = (
        counts.rename(columns={"RUS": "with_RUS", "USA": "with_USA", "no vote": "no_vote"})
        .rename_axis("first_year")
        .rename_axis(None, axis=1)
        .reset_index()
    )
    if median is not None:
        plotted["median_with_RUS"] = median.round(4).to_numpy()
        known = median.dropna()
        alt += f" The median of the other states voted with the USSR/Russia in {known.min():.0%} to {known.max():.0%} of them, bar by bar."
    return Chart(
        figure, alt, plotted, ("unga_contested",) if base is None else ("unga_contested", "unga_contested_base")
    )


@drawn
def ideal_point_lines(ideal: pd.DataFrame, states: list[str], first: int, last: int) -> Chart:
    """Draw the ideal points of states with their 5-95 % intervals (table `ideal_points`)."""
    rows = _within(ideal[ideal["state"].isin(states)], first, last)
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    years = range(first, last + 1)
    labels, words = [], []
    for state in states:
        part = rows[rows["state"] == state]
        axes.fill_between(
            list(years),
            _gaps(part, "low", years),
            _gaps(part, "high", years),
            color=style.COLOURS[state],
            alpha=0.15,
            lw=0,
        )
        labels.append(_line(axes, state, _gaps(part, "ideal_point", years), size=2.4))
        words.append(f"{STATES[state]} {_extremes(part, 'ideal_point')}")
    style.year_axis(axes, first, last)
    axes.set_ylabel("ideal point")
    axes.set_xlabel("year in which the session opened")
    style.end_labels(axes, labels)
    alt = f"Line chart of ideal points estimated from General Assembly votes, {first} to {last}, with 5-95 % bands: {'; '.join(words).replace('-', '−')}."
    return Chart(figure, alt.replace("5−95", "5-95"), rows.reset_index(drop=True), ("ideal_points",))


@drawn
def session_overview(agreement: pd.DataFrame, ideal: pd.DataFrame, partner: str = "RUS") -> Chart:
    """Draw raw agreement and percentile with one partner above, the distance of ideal points below: the overview of all sessions."""
    rows = agreement[(agreement["partner"] == partner) & (agreement["n"] >= 5)].copy()
    points = ideal.pivot(index="year", columns="state", values="ideal_point").astype(float)
    distance = (points["PAK"] - points[partner]).abs().dropna()
    first, last = int(rows["year"].min()), int(rows["year"].max())
    years = range(first, last + 1)
    figure, (top, bottom) = style.new(height=4.6, rows=2, sharex=True, height_ratios=[3, 2])
    style.phase_bands(top, first, last)
    style.phase_bands(bottom, first, last, labels=False)
    colour = style.COLOURS[partner]
    top.fill_between(
        list(years),
        _gaps(rows, "agreement_low", years),
        _gaps(rows, "agreement_high", years),
        color=colour,
        alpha=0.18,
        lw=0,
    )
    raw = _gaps(rows, "agreement", years)
    rank = _gaps(rows, "percentile", years) / 100
    top.plot(raw.index, raw, color=colour, marker="o", ms=2.6)
    ends = [_gaps(rows, f"percentile_{end}", years) / 100 for end in ("low", "high")]
    top.fill_between(list(years), *ends, color=style.NEUTRAL, alpha=0.13, lw=0)
    top.plot(rank.index, rank, color=style.NEUTRAL, ls=(0, (3, 1.5)), lw=1.2)
    top.set_ylim(0, 1.02)
    top.set_ylabel("share / percentile")
    style.end_labels(
        top,
        [
            (last, raw.dropna().iloc[-1], "share of\nidentical votes", colour),
            (last, rank.dropna().iloc[-1], "percentile", "#555555"),
        ],
        gap=0.16,
    )
    gap_line = distance.reindex(years)
    bottom.plot(gap_line.index, gap_line, color="#1A1A1A", marker="v", ms=2.4)
    bottom.set_ylim(0, None)
    bottom.set_ylabel("distance of\nideal points")
    bottom.set_xlabel("year in which the session opened")
    style.year_axis(bottom, first, last)
    gap = distance.reset_index(name="distance")
    alt = (
        f"Two panels, {first} to {last}. Above: the share of General Assembly roll calls in which Pakistan voted as {STATES[partner]}, {_extremes(rows, 'agreement')}; "
        f"and Pakistan's percentile among all states, {_extremes(rows, 'percentile', 0)}. Below: the distance between the ideal points of the two, {_extremes(gap, 'distance')}. Bands are 95 % intervals."
    )
    columns = [
        "session",
        "year",
        "n",
        "agreement",
        "agreement_low",
        "agreement_high",
        "percentile",
        "percentile_low",
        "percentile_high",
    ]
    plotted = rows[columns].merge(gap.round(4), on="year", how="outer")
    return Chart(figure, alt, plotted.sort_values("year", ignore_index=True), ("unga_agreement", "ideal_points"))


@drawn
def twin_lines(agreement: pd.DataFrame, first: int, last: int) -> Chart:
    """Draw one state's share of identical votes with each of its partners, all with their intervals.

    `agreement` holds rows of `pakrus.measures.voting.by_session` for one `state` and several partners, put together.

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
        labels.append((end.index[-1], end.iloc[-1], STATES[partner], colour))
        words.append(f"with {STATES[partner]} {_extremes(part, 'agreement')}")
    style.year_axis(axes, first, last)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("share of identical votes")
    axes.set_xlabel("year in which the session opened")
    style.end_labels(axes, labels)
    alt = (
        f"Line chart of the share of General Assembly roll calls in which {STATES[states[0]]} voted "
        f"as its partner did, {first} to {last}: {'; '.join(words)}. Bands are 95 % bootstrap intervals."
    )
    columns = ["session", "year", "state", "partner", "n", "agreement", "agreement_low", "agreement_high"]
    return Chart(figure, alt, rows[columns].reset_index(drop=True), ("unga_votes",))
