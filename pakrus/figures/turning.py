"""Charts of change points and of votes that changed: steps of series, their dates, what a test can see, buttons text by text.

What comes in: what `pakrus.measures.breaks`, `recurring` and `nearness` returned. What goes out: charts. The one difficulty: a verdict and a
vote are categories, and must be told without colour: a step that stands is filled, one that does not is hollow; yes is a filled
dot, abstention a hollow one, no a cross.
"""

from itertools import groupby

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from pakrus.estimate import number, percent, signed
from pakrus.figures import narrow, style
from pakrus.figures.page import Chart, drawn
from pakrus.terms import STATES

TABLES = (
    "unga_agreement", "unga_contested_base", "ideal_nearness", "trade_partners", "arms_suppliers", "visits", "events", "ungd_mentions",
)  # fmt: skip
VOTES = {"yes": ("o", True), "abstain": ("o", False), "no": ("X", True)}  # marker, filled
STATED = "in the unit of the series"
UNITS = {"value": STATED, "before": STATED, "after": STATED, "p": "p-value", "adjusted": "p-value", "adjusted_within": "p-value",
         "persistence": "autocorrelation", "step": "standard deviations", "strict": "share 0-1", "lenient": "share 0-1",
         "texts": "texts", "partner_percentile": "percentile 0-100", "families": "families"}  # fmt: skip


@drawn
def step_panels(yearly: pd.DataFrame, dates: pd.DataFrame, series: dict[str, str]) -> Chart:
    """Draw some series, a panel each, with the means of the spans between their best steps.

    `yearly` is that of `strands.yearly`, `dates` of `breaks.dated`; `series` maps the names to what stands above the panels.
    """
    rows = -(-len(series) // 2)
    figure, grid = style.new(1.75 * rows + 0.4, rows, 2, phone=0.3 + 1.6 * len(series), sharex=True, squeeze=False)
    first, last = int(yearly["year"].min()), int(yearly["year"].max())
    told = []
    for axes, (name, title) in zip(grid.flat, series.items(), strict=False):
        own = yearly[yearly["series"] == name].sort_values("year")
        steps = dates[dates["series"] == name].sort_values("year")
        axes.plot(own["year"], own["value"], color=style.NEUTRAL, lw=0.8, marker="o", ms=2)
        cuts = [int(own["year"].min()), *steps["year"], int(own["year"].max()) + 1]
        for start, end in zip(cuts, cuts[1:], strict=False):
            span = own[own["year"].between(start, end - 1)]
            axes.hlines(span["value"].mean(), start - 0.5, end - 0.5, color=style.COLOURS["RUS"], lw=2.2, zorder=3)
        for step in steps.itertuples():
            axes.axvspan(step.low - 0.5, step.high - 0.5, color=style.COLOURS["USA"], alpha=0.13, lw=0)
            axes.axvline(step.year - 0.5, color=style.COLOURS["USA"], lw=1, ls=(0, (3, 2)))
        axes.set_title(title, loc="left", fontsize=8.5)
        style.year_axis(axes, first, last)
        axes.set_xticks(range(1950, last + 1, 15))
        steps_told = ", ".join(f"{row.year} ({row.low} to {row.high})" for row in steps.itertuples())
        told.append(f"{title}: steps at {steps_told}")
    for axes in grid.flat[len(series) :]:
        axes.set_visible(False)
    alt = f"Panels of {len(series)} yearly series, {first} to {last}, each with the means of the spans between its best steps and the 95 % intervals of the dates as bands. {'; '.join(told)}."
    plotted = yearly[yearly["series"].isin(series)][["series", "unit", "year", "value"]].reset_index(drop=True)
    return Chart(figure, alt, plotted, TABLES, UNITS)


@drawn
def step_dates(tests: pd.DataFrame, dates: pd.DataFrame, given: dict[str, int]) -> Chart:
    """Draw the dates of the best steps of all series with their intervals, beside years that were given beforehand.

    `tests` are rows of `breaks.tested`, `dates` of `breaks.dated`. Large dots: the series breaks; filled: it leans; hollow: it does neither.
    """
    figure, axes = style.new(height=0.9 + 0.25 * len(tests))
    verdicts = tests.set_index("series")["verdict"]
    looks = {"breaks": (7.5, True), "leans": (5, True), "none": (5, False)}
    colour = style.COLOURS["RUS"]
    last_at, lift = -100, 2
    near, lines = (15, 3) if narrow.active() else (6, 2)
    for name, at in given.items():
        lift = 2 if at - last_at > near else 2 + (lift + 7) % (9 * lines)  # neighbours a line apart
        last_at = at
        axes.axvline(at, color=style.COLOURS["USA"], lw=1, ls=(0, (3, 2)), zorder=1)
        axes.annotate(name, (at, 1), xycoords=("data", "axes fraction"), xytext=(0, lift), textcoords="offset points", ha="center", va="bottom", fontsize=7.5, color=style.COLOURS["USA"], gid=narrow.ABOVE)  # fmt: skip
    told = []
    for level, name in enumerate(tests["series"]):
        size, filled = looks[verdicts[name]]
        own = dates[dates["series"] == name]
        for row in own.itertuples():
            axes.plot([row.low, row.high], [level, level], color=colour, lw=1.3)
            axes.plot(row.year, level, marker="o", ms=size, mfc=colour if filled else "white", mec=colour, ls="", zorder=3)  # fmt: skip
        told.append(f"{name} ({verdicts[name]}) {', '.join(map(str, own['year']))}")
    axes.set_yticks(range(len(tests)), tests["series"])
    axes.set_ylim(len(tests) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    style.year_axis(axes, int(tests["first"].min()), int(tests["last"].max()))
    axes.set_xlabel("first year after the step, with its 95 % interval")
    handles = [
        Line2D([], [], marker="o", ls="", ms=looks[kind][0], mfc=colour if looks[kind][1] else "white", mec=colour, label=words)
        for kind, words in (("breaks", "breaks (strict reading)"), ("leans", "leans (lenient alone)"), ("none", "neither"))
        if (verdicts == kind).any()
    ]  # fmt: skip
    style.legend(figure, handles, 3)
    alt = f"Dots in time with intervals: the best steps of {len(tests)} series, beside the years {', '.join(f'{name}' for name in given)}. {'; '.join(told)}."
    return Chart(figure, alt, dates[["series", "strand", "unit", "year", "low", "high", "before", "after"]], TABLES, UNITS | {"low": "year", "high": "year"})  # fmt: skip


@drawn
def reading_lines(trials: pd.DataFrame) -> Chart:
    """Draw how often both readings call a step, by its size and by persistence (`breaks.calibrated`), a panel a reading.

    The drawn series have the length of those of `unga_agreement`, which is named as the source.
    """
    figure, grid = style.new(2.9, 1, 2, sharey=True, squeeze=False)
    dashes = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1, 2)))
    told = []
    for axes, reading in zip(grid.flat, ("strict", "lenient"), strict=True):
        for ls, (phi, own) in zip(dashes, trials.groupby("persistence"), strict=False):
            axes.plot(own["step"], 100 * own[reading], color=style.COLOURS["PAK"], ls=ls, marker="o", ms=3, label=f"persistence {phi:g}")  # fmt: skip
            told.append(f"{reading}, persistence {phi:g}: {', '.join(percent(value) for value in own[reading])}")
        axes.axhline(5, color=style.COLOURS["RUS"], lw=0.8)
        axes.set_title(f"{reading} reading")
        axes.set_ylim(0, 102)
        axes.set_xlabel("true step, in standard deviations")
    grid[0, 0].set_ylabel("series called stepped, %")
    style.legend(figure, grid[0, 0].get_legend_handles_labels()[0], 4)
    sizes = ", ".join(f"{size:g}" for size in sorted(trials["step"].unique()))
    alt = f"Lines in two panels: how often the two readings call a step in drawn series, for true steps of {sizes} standard deviations. {'; '.join(told)}. A line marks 5 %."
    return Chart(figure, alt, trials, ("unga_agreement",), UNITS)  # as long as its series


@drawn
def button_rows(buttons: pd.DataFrame, before: int | None = None) -> Chart:
    """Draw the votes of states on recurring texts, session by session (`recurring.buttons`): a row a text, in it a line a state.

    A line is drawn before the session of the year `before`.
    """
    texts, states = list(dict.fromkeys(buttons["text"])), list(dict.fromkeys(buttons["state"]))
    figure, axes = style.new(height=1.0 + 0.30 * len(texts))
    shift = {state: 0.2 * (2 * place - len(states) + 1) for place, state in enumerate(states)}
    told = []
    for level, text in enumerate(texts):
        if level % 2:
            axes.axhspan(level - 0.5, level + 0.5, color="#F3F5F7", lw=0, zorder=0)
        turns = [
            f"{state} {'-'.join(vote for vote, _ in groupby(own['vote']))}"
            for state, own in buttons[buttons["text"] == text].groupby("state", sort=False)
            if own["vote"].nunique() > 1
        ]
        told.append(f"{text}: {'; '.join(turns)}" if turns else f"{text}: no change")
    levels = buttons["text"].map({text: level for level, text in enumerate(texts)}) + buttons["state"].map(shift)
    for (state, vote), own in buttons.groupby(["state", "vote"]):
        marker, filled = VOTES[vote]
        colour = style.COLOURS[state]
        axes.plot(own["year"], levels[own.index], marker=marker, ms=4.6, mfc=colour if filled else "white", mec=colour, mew=0.9, ls="")  # fmt: skip
    narrow.rows_over(axes, 40, 10)
    if before is not None:
        axes.axvline(before - 0.5, color=style.NEUTRAL, lw=1, ls=(0, (3, 2)))
    axes.set_yticks(range(len(texts)), [text if len(text) <= 40 else f"{text[:39].rstrip()}…" for text in texts], fontsize=7.5)  # fmt: skip
    axes.set_ylim(len(texts) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    first, last = int(buttons["year"].min()), int(buttons["year"].max())
    axes.set_xlim(first - 0.6, last + 0.6)
    axes.set_xticks(range(first + first % 2, last + 1, 2))
    axes.set_xlabel("year in which the session opened")
    handles = [Line2D([], [], color=style.COLOURS[state], marker="s", ls="", ms=5, label=STATES[state]) for state in states]  # fmt: skip
    handles += [
        Line2D([], [], marker=marker, ls="", ms=5, mfc="#444444" if filled else "white", mec="#444444", label=vote)
        for vote, (marker, filled) in VOTES.items()
    ]
    style.legend(figure, handles, len(handles))
    alt = f"Votes on {len(texts)} recurring texts, {first} to {last}, by state and session; the order of votes of those that changed. {'. '.join(told)}."
    return Chart(figure, alt, buttons, ("unga_votes",))


@drawn
def changed_dots(dates: dict[str, pd.DataFrame], states: tuple[str, ...]) -> Chart:
    """Draw on what share of recurring texts each state changed its vote across several dates.

    `dates` maps what stands at the left to a row of counts: `texts` and a column a state (`recurring.by_issue`, its last row).
    """
    figure, axes = style.new(height=0.9 + 0.62 * len(dates))
    frames, told = [], []
    for level, (name, row) in enumerate(dates.items()):
        texts = int(row["texts"].iloc[-1])
        shares = {state: int(row[state].iloc[-1]) / texts for state in states}
        axes.plot([0, 100 * max(shares.values())], [level, level], color="#D5D5D5", lw=0.8, zorder=1)
        for place, (state, share) in enumerate(shares.items()):
            axes.plot(100 * share, level + 0.11 * (place - (len(states) - 1) / 2), marker=style.MARKERS[state], color=style.COLOURS[state], ms=6, ls="", zorder=3, clip_on=False)  # fmt: skip
        told.append(f"{name}, {texts} texts: " + ", ".join(f"{STATES[state]} {int(row[state].iloc[-1])}" for state in states))  # fmt: skip
        frames.append(pd.DataFrame({"date": name, "texts": texts, "state": list(states), "changed": [int(row[state].iloc[-1]) for state in states]}))  # fmt: skip
    narrow.rows_over(axes, 66, 16)
    axes.set_yticks(range(len(dates)), list(dates))
    axes.set_ylim(len(dates) - 0.5, -0.5)
    axes.set_xlim(0, 60)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("recurring texts on which the usual vote changed, %")
    handles = [Line2D([], [], marker=style.MARKERS[state], color=style.COLOURS[state], ls="", ms=6, label=STATES[state]) for state in states]  # fmt: skip
    style.legend(figure, handles, len(states))
    alt = f"Dots: on how many recurring texts states changed their usual vote across {len(dates)} dates. {'; '.join(told)}."
    return Chart(figure, alt, pd.concat(frames, ignore_index=True), ("unga_votes",), {"changed": "texts", "texts": "texts"})  # fmt: skip


@drawn
def both_ways(table: pd.DataFrame, titles: dict[str, str]) -> Chart:
    """Draw a partner's nearness to Pakistan both ways round, a panel a span (rows of `nearness.table`, those of Pakistan).

    To the right: Pakistan's percentile among all states that vote with the partner. Upwards: the partner's percentile among all
    states that vote with Pakistan. On the diagonal both are equal; with interval lines.
    """
    own = table[(table["state"] == "PAK") & table["partner_rank"].notna()].copy()
    spans = list(dict.fromkeys(own["span"]))
    columns = {
        f"partner_percentile{new}": f"partner_rank{old}"
        for new, old in (("", ""), ("_low", "_high"), ("_high", "_low"))
    }
    for new, old in columns.items():
        own[new] = 100 * (own["partners"] - own[old]).astype(float) / (own["partners"] - 1)
    figure, grid = style.new(2.35, 1, len(spans), phone=4.4, phone_columns=2, sharex=True, sharey=True, squeeze=False)
    told = []
    for axes, span in zip(grid.flat, spans, strict=True):
        axes.plot([0, 100], [0, 100], color=style.NEUTRAL, lw=0.7, ls=(0, (3, 2)))
        for row in own[own["span"] == span].to_dict("records"):
            colour, x, y = style.COLOURS[row["partner"]], row["percentile"], row["partner_percentile"]
            axes.plot([row["percentile_low"], row["percentile_high"]], [y, y], color=colour, lw=1)
            axes.plot([x, x], [row["partner_percentile_low"], row["partner_percentile_high"]], color=colour, lw=1)
            axes.plot(x, y, marker=style.MARKERS[row["partner"]], color=colour, ms=5.5, ls="")
            told.append(f"{titles.get(span, span)}, {STATES[row['partner']]}: {number(x)} and {number(y)}")
        axes.set_title(titles.get(span, span), fontsize=8.5)
        axes.set_xlim(-3, 103)
        axes.set_ylim(-3, 103)
        axes.set_xticks([0, 50, 100])
        axes.set_yticks([0, 50, 100])
        axes.set_aspect("equal")
    across, upwards = "Pakistan among all states by votes with the partner", "the partner among Pakistan's partners"
    if narrow.active():
        figure.supxlabel(f"across: {across}; upwards: {upwards} (percentiles)", fontsize=9)
    else:
        grid[0, 0].set_ylabel(upwards.replace("among ", "among\n"))
        figure.supxlabel(f"{across} (percentile)", fontsize=9)
    partners = list(dict.fromkeys(own["partner"]))
    handles = [Line2D([], [], marker=style.MARKERS[name], color=style.COLOURS[name], ls="", ms=5.5, label=STATES[name]) for name in partners]  # fmt: skip
    style.legend(figure, handles, len(partners), "upper")
    alt = f"Panels by span: Pakistan's percentile by votes with each partner, and the partner's percentile among Pakistan's partners. {'; '.join(told)}."
    names = ["span", "partner", "percentile", "percentile_low", "percentile_high", *columns]
    units = dict.fromkeys(columns, "percentile 0-100")
    return Chart(figure, alt, own[names].reset_index(drop=True), ("unga_rank_spans",), units)


@drawn
def issue_dots(table: pd.DataFrame, titles: dict[str, str], marks: tuple[str, ...] = ("o", "s", "^", "D")) -> Chart:
    """Draw points above the median state by issue and span with 95 % intervals (rows of `nearness.by_issue`)."""
    issues, spans = list(dict.fromkeys(table["issue"])), list(dict.fromkeys(table["span"]))
    figure, axes = style.new(height=0.8 + 0.19 * len(table) + 0.12 * len(issues))
    axes.axvline(0, color=style.NEUTRAL, lw=0.8)
    greys = [str(value) for value in np.linspace(0.62, 0.0, len(spans))]
    level, ticks, told = 0.0, [], []
    for issue in issues:
        own = table[table["issue"] == issue]
        if narrow.active():
            style.heading(axes, level, issue)
            level += 1
        else:
            ticks.append((level + (len(own) - 1) / 2, issue))
        for row in own.itertuples():
            place = spans.index(row.span)
            axes.plot([row.above_median_pp_low, row.above_median_pp_high], [level, level], color=greys[place], lw=1.4)
            axes.plot(row.above_median_pp, level, marker=marks[place], color=greys[place], ms=5, ls="")
            told.append(f"{issue}, {titles.get(row.span, row.span)} {signed(row.above_median_pp, 1)}")
            level += 1
        level += 0.6
    axes.set_yticks([at for at, _ in ticks], [words for _, words in ticks])
    axes.set_ylim(level - 0.8, -0.7)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("percentage points above the median state, identical votes with Moscow")
    handles = [Line2D([], [], marker=marks[i], color=greys[i], lw=1.4, ms=5, label=titles.get(span, span)) for i, span in enumerate(spans)]  # fmt: skip
    style.legend(figure, handles, len(spans))
    alt = f"Dots with 95 % intervals: Pakistan's identical votes with Moscow less those of the median state, by issue and span. {'; '.join(told)}."
    return Chart(figure, alt, table, ("unga_rank_spans",), UNITS)


@drawn
def council_dots(places: pd.DataFrame, power: str) -> Chart:
    """Draw how often elected members of the Security Council voted as a power, term by term of Pakistan's.

    `places` has `term`, `member`, `n`, `same`, `share` (`council.beside`, terms together); Pakistan is filled, the median of the others a bar.
    """
    terms = list(dict.fromkeys(places["term"]))
    figure, axes = style.new(height=0.9 + 0.62 * len(terms))
    told = []
    for level, term in enumerate(terms):
        own = places[places["term"] == term]
        others = own[own["member"] != "PAK"]
        for place, (share, group) in enumerate(others.groupby("share")):
            heights = level + 0.09 * (np.arange(len(group)) - (len(group) - 1) / 2)
            axes.plot(np.full(len(group), 100 * share), heights, marker="o", mfc="white", mec=style.NEUTRAL, ms=4, ls="", zorder=2 + place / 100)  # fmt: skip
        median = others["share"].median()
        axes.plot([100 * median] * 2, [level - 0.36, level + 0.36], color=style.NEUTRAL, lw=2, zorder=1)
        pakistan = own[own["member"] == "PAK"].iloc[0]
        axes.plot(100 * pakistan["share"], level, marker=style.MARKERS["PAK"], color=style.COLOURS["PAK"], ms=8, ls="", zorder=4)  # fmt: skip
        told.append(f"{term}: Pakistan {pakistan['same']} of {pakistan['n']}, median of {len(others)} others {percent(median)}")  # fmt: skip
    axes.set_yticks(range(len(terms)), terms)
    axes.set_ylim(len(terms) - 0.5, -0.5)
    axes.set_xlim(-2, 102)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(f"votes equal to those of {STATES[power]} on divided texts, %")
    handles = [
        Line2D([], [], marker=style.MARKERS["PAK"], color=style.COLOURS["PAK"], ls="", ms=7, label="Pakistan"),
        Line2D([], [], marker="o", mfc="white", mec=style.NEUTRAL, ls="", ms=4, label="another elected member"),
        Line2D([], [], color=style.NEUTRAL, lw=2, label="median of the others"),
    ]
    style.legend(figure, handles, 3)
    alt = f"Dots: share of votes equal to those of {STATES[power]} on divided texts of the Security Council, by elected member, in Pakistan's terms. {'; '.join(told)}."
    return Chart(figure, alt, places[["term", "member", "n", "same", "share"]].reset_index(drop=True), ("unsc_ballots",), {"n": "divided texts", "same": "divided texts"})  # fmt: skip
