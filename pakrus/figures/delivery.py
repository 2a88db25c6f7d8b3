"""Charts of promises: each as a line in time, curves of what is kept, bounds, shares by group, and sums.

What comes in: what `pakrus.measures.delivery` returned. What goes out: charts. The one difficulty: how a promise ended is a
category, and must be told without colour: kept is filled, abandoned a cross, open hollow, everywhere.
"""

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from pakrus import dates
from pakrus.estimate import number, percent
from pakrus.figures import style
from pakrus.figures.page import Chart, drawn

ENDINGS = {  # how a promise ended: marker, filled, colour, in words
    "kept": ("o", True, style.COLOURS["USA"], "kept, at least in part"),
    "abandoned": ("X", True, style.COLOURS["RUS"], "abandoned"),
    "open": ("o", False, style.NEUTRAL, "open or unknown when last heard of"),
}
KINDS = {  # colour, dashes, in words
    "shipped": (style.COLOURS["USA"], "-", "shipped"),
    "built": (style.COLOURS["RUS"], (0, (6, 2)), "built"),
    "paid": (style.COLOURS["CHN"], (0, (2, 1.5)), "paid"),
    "arranged": (style.COLOURS["IND"], (0, (6, 2, 1, 2)), "arranged"),
}
BOUNDS = ((0, (2, 1.5)), "-", (0, (6, 2)))  # dashes of the upper bound, the curve as it stands, the lower bound
TABLES = ("projects", "project_milestones", "project_kinds")
UNITS = {"waited": "years", "median_wait": "years", "promises": "promises", "waiting": "promises",
         "stated": "million US dollars of the year", "constant": "million US dollars of 2021", "kept": "promises"}  # fmt: skip


def _end(axes, x: float, y: float, ending: str, size: float = 5) -> None:
    marker, filled, colour, _ = ENDINGS[ending]
    axes.plot(
        x,
        y,
        marker=marker,
        ms=size,
        mfc=colour if filled else "white",
        mec=colour,
        mew=1,
        ls="",
        zorder=3,
        clip_on=False,
    )


def _endings_legend(figure, found: pd.Series) -> None:
    handles = [
        Line2D([], [], marker=marker, ls="", ms=5, mfc=colour if filled else "white", mec=colour, label=words)
        for ending, (marker, filled, colour, words) in ENDINGS.items()
        if (found == ending).any()
    ]
    style.legend(figure, handles, 3)


@drawn
def promise_lines(waits: pd.DataFrame) -> Chart:
    """Draw each promise (rows of `delivery.clock`) as a line from its announcement to its end, in bands by kind."""
    rows = pd.concat([waits[waits["kind"] == kind] for kind in KINDS], ignore_index=True)
    figure, axes = style.new(height=0.9 + 0.185 * (len(rows) + rows["kind"].nunique()))
    ticks, labels, level, told = [], [], 0, []
    for kind, part in rows.groupby("kind", sort=False):
        style.heading(axes, level, KINDS[kind][2])
        level += 1
        for row in part.itertuples():
            start, end = dates.decimal(row.first_announced), dates.decimal(row.end)
            axes.plot([start, max(start, end)], [level, level], color=ENDINGS[row.ending][2], lw=1.1)
            _end(axes, max(start, end), level, row.ending)
            ticks.append(level)
            labels.append(row.title if len(row.title) <= 42 else f"{row.title[:41].rstrip()}…")
            level += 1
        told.append(f"{KINDS[kind][2]}: {int((part['ending'] == 'kept').sum())} of {len(part)} kept")
    axes.set_yticks(ticks, labels, fontsize=7)
    axes.set_ylim(level - 0.4, -0.8)
    axes.tick_params(axis="y", length=0)
    first, last = int(rows["first_announced"].map(dates.year).min()), int(rows["end"].map(dates.year).max())
    style.phase_bands(axes, first, last)
    style.year_axis(axes, first, last)
    _endings_legend(figure, rows["ending"])
    alt = (
        f"Lines in time: {len(rows)} promises of {first} to {last} from announcement to delivery, abandonment or the latest "
        f"source. {'; '.join(told)}. Longest wait of a kept one: {number(rows.loc[rows['ending'] == 'kept', 'waited'].max(), 1)} years."
    )
    plotted = rows[["kind", "title", "first_announced", "end", "waited", "ending", "payer"]]
    return Chart(figure, alt, plotted, TABLES, UNITS)


def _steps(axes, frame: pd.DataFrame, column: str, colour: str, dashes: object, last: float) -> float:
    """Draw a share that rises in steps, to the end of the axis at most; return where it ends."""
    shown = frame[frame["years"] <= last]
    x, y = shown["years"].to_list(), (100 * shown[column]).to_list()
    end = min(last, frame["years"].max())
    axes.step([*x, end], [*y, y[-1]], where="post", color=colour, ls=dashes, lw=1.7)
    return y[-1]


@drawn
def kept_curves(curves: dict[str, pd.DataFrame], last: float = 12) -> Chart:
    """Draw the share kept as the years pass (`delivery.curve`) by kind, with 95 % bands, to a last year after the announcement."""
    figure, axes = style.new()
    ends, words, frames = [], [], []
    for kind, frame in curves.items():
        colour, dashes, name = KINDS[kind]
        shown = frame[frame["years"] <= last]
        x = [*shown["years"], min(last, frame["years"].max())]
        low, high = ([*(100 * shown[end]), 100 * shown[end].iloc[-1]] for end in ("low", "high"))
        axes.fill_between(x, low, high, step="post", color=colour, alpha=0.13, lw=0)
        ends.append((x[-1], _steps(axes, frame, "share", colour, dashes, last), name, colour))
        five = frame[frame["years"] <= 5].iloc[-1]
        words.append(
            f"{name}: {percent(five['share'])} within five years ({number(100 * five['low'])} to {number(100 * five['high'])})"
        )
        frames.append(frame.assign(kind=kind))
    axes.set_ylim(0, 100)
    axes.set_xlim(0, last)
    style.end_labels(axes, ends)
    axes.set_xlabel("years since the first announcement")
    axes.set_ylabel("kept, % (Kaplan–Meier), 95 % band")
    plotted = pd.concat(frames, ignore_index=True)[["kind", "years", "share", "low", "high", "waiting"]]
    alt = f"Step lines: share of promises kept as years pass since the announcement, to year {last:g}, with 95 % bands. {'; '.join(words)}."
    return Chart(figure, alt, plotted, TABLES, UNITS)


@drawn
def ends_areas(ends: dict[str, pd.DataFrame], last: float = 12) -> Chart:
    """Draw how promises end as the years pass (`delivery.incidence`): kept from below, abandoned from above, a panel each."""
    figure, grid = style.new(3.0, 1, len(ends), sharey=True, squeeze=False)
    words, frames = [], []
    for axes, (kind, frame) in zip(grid.flat, ends.items(), strict=True):
        shown = frame[frame["years"] <= last]
        x = [*shown["years"], last]
        kept = [*(100 * shown["kept"]), 100 * shown["kept"].iloc[-1]]
        gone = [100 - 100 * value for value in [*shown["abandoned"], shown["abandoned"].iloc[-1]]]
        axes.fill_between(x, 0, kept, step="post", color=style.COLOURS["USA"], alpha=0.75, lw=0)
        axes.fill_between(x, gone, 100, step="post", color=style.COLOURS["RUS"], alpha=0.55, lw=0, hatch="///")
        style.halo(axes.text(last * 0.97, kept[-1] / 2, "kept", ha="right", va="center", fontsize=8.5))
        if gone[-1] < 96:
            style.halo(axes.text(last * 0.97, (100 + gone[-1]) / 2, "abandoned", ha="right", va="center", fontsize=8.5))
        axes.text(last * 0.97, (kept[-1] + gone[-1]) / 2, "still waited for", ha="right", va="center", fontsize=8.5)
        axes.set_title(KINDS[kind][2])
        axes.set_xlim(0, last)
        axes.set_ylim(0, 100)
        axes.set_xlabel("years since announcement")
        words.append(f"{KINDS[kind][2]}: {number(kept[-1])} % kept, {number(100 - gone[-1])} % abandoned")
        frames.append(frame.assign(kind=kind))
    grid[0, 0].set_ylabel("promises, %")
    plotted = pd.concat(frames, ignore_index=True)[["kind", "years", "kept", "abandoned"]]
    alt = f"Areas: how promises end, to year {last:g} after the announcement (Aalen–Johansen). {'; '.join(words)}; the rest is still waited for."
    return Chart(figure, alt, plotted, TABLES, UNITS | {"kept": "share 0-1", "abandoned": "share 0-1"})


@drawn
def bound_curves(curves: dict[str, dict[str, pd.DataFrame]], last: float = 12) -> Chart:
    """Draw the curves of `delivery.curve` between their bounds, a panel a kind.

    `curves` maps a kind to its curves by name, in the order upper bound (unknown counted as kept), as it stands, lower bound.
    """
    figure, grid = style.new(3.0, 1, len(curves), sharey=True, squeeze=False)
    words, frames = [], []
    for axes, (kind, bounds) in zip(grid.flat, curves.items(), strict=True):
        told = []
        for (name, frame), dashes in zip(bounds.items(), BOUNDS, strict=True):
            _steps(axes, frame, "share", KINDS[kind][0], dashes, last)
            told.append(f"{name} {percent(frame[frame['years'] <= 5]['share'].iloc[-1])}")
            frames.append(frame.assign(kind=kind, bound=name))
        axes.set_title(KINDS[kind][2])
        axes.set_ylim(0, 100)
        axes.set_xlim(0, last)
        axes.set_xlabel("years since announcement")
        words.append(f"{KINDS[kind][2]}, within five years: {', '.join(told)}")
    grid[0, 0].set_ylabel("kept, % (Kaplan–Meier)")
    names = next(iter(curves.values()))
    handles = [
        Line2D([], [], color="#333333", ls=dashes, label=name) for name, dashes in zip(names, BOUNDS, strict=True)
    ]
    style.legend(figure, handles, 3)
    plotted = pd.concat(frames, ignore_index=True)[["kind", "bound", "years", "share", "low", "high", "waiting"]]
    return Chart(figure, f"Step lines between bounds, to year {last:g}. {'; '.join(words)}.", plotted, TABLES, UNITS)


@drawn
def kept_dots(groups: dict[str, pd.DataFrame]) -> Chart:
    """Draw the share kept by group with exact 95 % intervals, a band a grouping (`delivery.by_group`, first columns name the group)."""
    frames = []
    for name, frame in groups.items():
        by = list(frame.columns[: list(frame.columns).index("promises")])
        frames.append(frame.assign(grouping=name, group=frame[by].agg(", ".join, axis=1)))
    rows = pd.concat(frames, ignore_index=True)
    figure, _ = style.share_bands(rows, "kept", "promises", "kept at least in part, % of promises, with 95 % interval")
    told = "; ".join(f"{row.grouping}, {row.group}: {row.kept} of {row.promises}" for row in rows.itertuples())
    plotted = rows[["grouping", "group", "promises", "kept", "share", "low", "high", "median_wait"]]
    return Chart(figure, f"Dots with intervals: share of promises kept by group. {told}.", plotted, TABLES, UNITS)


@drawn
def sum_dots(sums: pd.DataFrame) -> Chart:
    """Draw the sums of promises in constant dollars (`delivery.amounts`) on a logarithmic axis, by how they ended."""
    figure, axes = style.new(height=0.9 + 0.22 * len(sums))
    for level, row in enumerate(sums.itertuples()):
        axes.plot([1, row.constant], [level, level], color="#D5D5D5", lw=0.8, zorder=1)
        _end(axes, row.constant, level, row.ending, 6)
    labels = [f"{title if len(title) <= 40 else title[:39].rstrip() + '…'}, {year}" for title, year in zip(sums["title"], sums["year"], strict=True)]  # fmt: skip
    axes.set_yticks(np.arange(len(sums)), labels, fontsize=7.5)
    axes.set_ylim(len(sums) - 0.4, -0.6)
    axes.set_xscale("log")
    axes.set_xlim(1, 4000)
    axes.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("million US dollars of 2021, logarithmic")
    _endings_legend(figure, sums["ending"])
    largest = ", ".join(f"{row.title} {number(row.constant)} ({row.ending})" for row in sums.head(4).itertuples())
    kept = sums[sums["ending"] == "kept"]
    alt = (
        f"Dots on a logarithmic axis: {len(sums)} promises with a stated sum, in million dollars of 2021. Largest: {largest}. "
        f"Of the kept ones the median is {number(kept['constant'].median())}, of the others {number(sums.drop(kept.index)['constant'].median())}."
    )
    plotted = sums[["title", "kind", "payer", "ending", "year", "stated", "constant", "price_basis"]]
    return Chart(figure, alt, plotted, (*TABLES, "price_index"), UNITS)
