"""Charts of the conclusion: criteria by phase, steps in votes, suppliers and partners, where leaders met.

What comes in: what `pakrus.measures.criteria` returned. What goes out: charts. The one difficulty: a verdict is a category
that must be told without colour, so met is filled, leaning half filled, not met hollow, undecided a dash, everywhere.
"""

import pandas as pd
from matplotlib.lines import Line2D

from pakrus.estimate import number, percent, signed
from pakrus.figures import narrow, style
from pakrus.figures.page import Chart, drawn
from pakrus.terms import STATES

LOOKS = {  # verdict: marker, how it is filled
    "met": ("o", "full"),
    "leans to met": ("o", "left"),
    "leans against": ("o", "none"),
    "not met": ("o", "none"),
    "cannot tell": ("_", "full"),
}
TABLES = ("unga_rank_spans", "unga_rank_shifts", "arms_volume", "trade_partners", "visits", "agreements")


def _marker(verdict: str, **options: object) -> dict[str, object]:
    """Return how a verdict is drawn; one that only leans against has a thin rim, one surely not met a thick one."""
    marker, filled = LOOKS[verdict]
    colour = style.COLOURS["USA"] if verdict in ("met", "leans to met") else style.NEUTRAL
    edge = 0.8 if verdict == "leans against" else 1.6
    return {"marker": marker, "fillstyle": filled, "color": colour, "markerfacecoloralt": "white", "mec": colour, "mew": edge, "ls": "", **options}  # fmt: skip


@drawn
def criteria_grid(verdicts: pd.DataFrame, titles: dict[str, str]) -> Chart:
    """Draw the verdict of each criterion (rows, by concept) in each phase (columns); rows of `criteria.judged`."""
    phases, order = list(titles), list(dict.fromkeys(zip(verdicts["concept"], verdicts["criterion"], strict=True)))
    figure, axes = style.new(height=1.1 + 0.27 * (len(order) + verdicts["concept"].nunique()))
    by_cell = verdicts.set_index(["criterion", "phase"])["verdict"]
    level, ticks, last = 0, [], None
    for concept, criterion in order:
        if concept != last:
            style.heading(axes, level, concept)
            level, last = level + 1, concept
        for column, phase in enumerate(phases):
            axes.plot(column, level, **_marker(by_cell[criterion, phase], ms=9))
        ticks.append((level, criterion))
        level += 1
    narrow.rows_over(axes, 35, 7)
    axes.set_yticks([at for at, _ in ticks], [text for _, text in ticks])
    axes.set_ylim(level - 0.4, -0.7)
    axes.set_xticks(range(len(phases)), [titles[phase] for phase in phases])
    axes.xaxis.tick_top()
    axes.tick_params(axis="both", length=0)
    axes.set_xlim(-0.6, len(phases) - 0.4)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    handles = [Line2D([], [], label=verdict, **_marker(verdict, ms=7)) for verdict in LOOKS]
    style.legend(figure, handles, len(handles))
    words = []
    for phase in phases:
        own = verdicts[verdicts["phase"] == phase]
        met = own.loc[own["verdict"].isin(["met", "leans to met"]), "criterion"]
        unknown = int((own["verdict"] == "cannot tell").sum())
        told = "; ".join(met).removeprefix("… ") or "none"
        words.append(f"{titles[phase]}, met: {told}; not met {len(own) - len(met) - unknown}, undecided {unknown}")
    alt = f"Grid of {len(order)} criteria by {len(phases)} phases. {'. '.join(words)}."
    return Chart(figure, alt, verdicts.reset_index(drop=True), TABLES)


@drawn
def step_dots(steps: pd.DataFrame, titles: dict[str, str]) -> Chart:
    """Draw how far each pair moved against the median state between neighbouring phases, with 95 % intervals (`criteria.steps`)."""
    figure, axes = style.new(height=0.8 + 0.24 * (len(steps) + steps["phase"].nunique()))
    axes.axvline(0, color=style.NEUTRAL, lw=0.8)
    level, ticks, words = 0.0, [], []
    for phase, part in steps.groupby("phase", sort=False):
        axes.annotate(f"into {titles[phase]}", (0, level), xycoords=("axes fraction", "data"), xytext=(2, 0), textcoords="offset points", va="center", fontsize=8.5, color="#555555", weight="bold")  # fmt: skip
        level += 0.9
        told = []
        for row in part.itertuples():
            other = row.partner if row.state == "PAK" else row.state
            axes.plot([row.low, row.high], [level, level], color=style.COLOURS[other], lw=1.4)
            filled = style.COLOURS[other] if row.state == "PAK" else "white"
            axes.plot(
                row.points, level, marker=style.MARKERS[other], color=style.COLOURS[other], mfc=filled, ms=5, ls=""
            )
            pair = f"{STATES[row.state]} – {STATES[row.partner]}"
            ticks.append((level, pair))
            told.append(f"{pair} {signed(row.points, 1)} ({number(row.low, 1)} to {number(row.high, 1)})")
            level += 1
        words.append(f"into {titles[phase]}: {', '.join(told)}")
        level += 0.2
    axes.set_yticks([at for at, _ in ticks], [text for _, text in ticks])
    axes.set_ylim(level - 0.4, -0.7)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("change against the median state, percentage points, 95 % interval")
    alt = f"Dot chart of changes in identical votes against the median state. {'; '.join(words)}."
    units = {name: "percentage points" for name in ("points", "low", "high")}
    return Chart(figure, alt, steps.reset_index(drop=True), ("unga_rank_shifts",), units)


@drawn
def share_bars(parts: pd.DataFrame, titles: dict[str, str]) -> Chart:
    """Draw the shares of Moscow, Peking and Washington in arms and in trade, by phase (`criteria.weights`)."""
    figure, both = style.new(height=2.9, columns=2, sharey=True)
    places, words = {phase: at for at, phase in enumerate(titles)}, []
    for axes, (kind, part) in zip(both, parts.groupby("of", sort=False), strict=True):
        for row in part.itertuples():
            axes.plot(100 * row.share, places[row.phase], marker=style.MARKERS[row.partner], color=style.COLOURS[row.partner], ms=6, ls="")  # fmt: skip
        for phase, at in places.items():
            here = part[part["phase"] == phase]
            axes.axhline(at, color="#E3E6EA", lw=0.8, zorder=0)
            told = ", ".join(f"{STATES[row.partner]} {percent(row.share, 1)}" for row in here.itertuples())
            words.append(f"{kind}, {titles[phase]}: {told or 'no series'}")
            if here.empty:
                axes.text(1, at, "no series", va="center", fontsize=8, color="#555555", backgroundcolor="white")
        axes.set_title(kind, loc="left")
        axes.set_xlabel("share, %")
        axes.set_xlim(-2, 100 * parts["share"].max() + 6)
        axes.tick_params(axis="y", length=0)
    both[0].set_yticks(list(places.values()), list(titles.values()))
    both[0].set_ylim(len(places) - 0.5, -0.5)
    handles = [Line2D([], [], marker=style.MARKERS[name], color=style.COLOURS[name], ls="", label=STATES[name]) for name in dict.fromkeys(parts["partner"])]  # fmt: skip
    style.legend(figure, handles, len(handles))
    alt = f"Dot charts of shares by phase. {'; '.join(words)}."
    return Chart(figure, alt, parts.reset_index(drop=True), ("arms_volume", "trade_partners"))


PLACES = {  # where leaders met: colour, hatch, in words
    "official": (style.COLOURS["USA"], "", "official visits"),
    "margins": (style.COLOURS["RUS"], "///", "on the margins of others' meetings"),
    "calls": ("#C9C9C9", "...", "calls"),
}


@drawn
def meeting_bars(meetings: pd.DataFrame, titles: dict[str, str]) -> Chart:
    """Draw the meetings of leaders by kind, a bar a phase (`criteria.meetings`)."""
    figure, axes = style.new(height=2.4)
    words = []
    for at, (phase, title) in enumerate(titles.items()):
        left, here = 0, meetings[meetings["phase"] == phase].set_index("kind")["meetings"]
        for kind, (colour, hatch, _) in PLACES.items():
            axes.barh(at, here[kind], left=left, color=colour, hatch=hatch, edgecolor="white", height=0.62)
            left += here[kind]
        axes.text(left + 0.2, at, str(left), va="center", fontsize=8.5)
        words.append(f"{title}: " + ", ".join(f"{here[kind]} {name}" for kind, (_, _, name) in PLACES.items()))
    axes.set_yticks(range(len(titles)), list(titles.values()))
    axes.set_ylim(len(titles) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("meetings and calls with a head of state or government as visitor")
    handles = [axes.barh(0, 0, color=colour, hatch=hatch, edgecolor="white", label=name) for colour, hatch, name in PLACES.values()]  # fmt: skip
    style.legend(figure, handles, len(handles))
    alt = f"Bars of meetings of leaders by phase. {'; '.join(words)}."
    return Chart(figure, alt, meetings.reset_index(drop=True), ("visits",), {"meetings": "meetings"})
