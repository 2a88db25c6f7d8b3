"""Charts of the claims: verdicts, error rates, what the articles name, how much they share; and the box of a phase's claims.

What comes in: tables that `pakrus.measures.claims` counted. What goes out: charts with alt text and plotted data, and one box of
Markdown with links. The one difficulty: six verdicts must be told apart without colour, so hatches carry the difference.
"""

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from pakrus import dates
from pakrus.estimate import number, percent
from pakrus.figures import page, style
from pakrus.figures.page import Chart, drawn
from pakrus.quotations import quoted
from pakrus.terms import ERRORS, VERDICTS

# verdict: fill, hatch; hatches carry the difference where colour does not
LOOKS = {
    "supported": ("#00805A", ""),
    "supported with nuance": ("#A9D8C6", ""),
    "contradicted": ("#D55E00", "//"),
    "internally inconsistent": ("#F2B88F", "xx"),
    "unverifiable": ("#9A9A9A", "\\\\"),
    "opinion": ("#E3E3E3", ""),
}
BOX = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # a number must read on any hatch


@drawn
def verdict_bars(counts: pd.DataFrame, by: str, names: dict[str, str]) -> Chart:
    """Draw the verdicts per group as stacked bars (`pakrus.measures.claims.counts`); `names` spells the groups out."""
    figure, axes = style.new(height=1.3 + 0.42 * len(counts))
    left = pd.Series(0, index=counts.index)
    for verdict in VERDICTS:
        fill, hatch = LOOKS[verdict]
        axes.barh(range(len(counts)), counts[verdict], left=left, color=fill, hatch=hatch, edgecolor="#444444", lw=0.5, height=0.62)  # fmt: skip
        for level, (start, width) in enumerate(zip(left, counts[verdict], strict=True)):
            if width >= 3:
                axes.text(start + width / 2, level, str(width), ha="center", va="center", fontsize=8, bbox=BOX)
        left = left + counts[verdict]
    axes.set_yticks(range(len(counts)), [names.get(group, group) for group in counts[by]])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("claims")
    handles = [
        Patch(facecolor=LOOKS[verdict][0], hatch=LOOKS[verdict][1], edgecolor="#444444", lw=0.5, label=verdict)
        for verdict in VERDICTS
        if counts[verdict].sum()
    ]
    style.legend(figure, handles, 3)
    words = []
    for row in counts.to_dict("records"):
        parts = ", ".join(f"{row[verdict]} {verdict}" for verdict in VERDICTS if row[verdict])
        words.append(f"{names.get(row[by], row[by])}: {row['claims']} claims, {parts}")
    alt = (
        f"Stacked bars of verdicts on {int(counts['claims'].sum())} claims in {len(counts)} groups. {'; '.join(words)}."
    )
    return Chart(figure, alt, counts, ("claims",))


@drawn
def rate_dots(rates: dict[str, pd.DataFrame], overall: float) -> Chart:
    """Draw error rates with their intervals, one band of rows per way of grouping.

    `rates` maps the name of a grouping to the rows of `pakrus.measures.claims.error_rates`, whose first column names the
    groups. `overall` is drawn as a line.
    """
    rows = pd.concat(
        [frame.set_axis(["group", *frame.columns[1:]], axis=1).assign(grouping=name) for name, frame in rates.items()],
        ignore_index=True,
    )
    figure, axes = style.share_bands(rows, "errors", "decided", "wrong, % of decided claims, with 95 % interval")
    axes.axvline(100 * overall, color=style.NEUTRAL, lw=0.8, ls=(0, (4, 2)))
    highest, lowest = rows.loc[rows["share"].idxmax()], rows.loc[rows["share"].idxmin()]
    spans = "; ".join(
        f"{row.grouping}, {row.group}: {row.errors} of {row.decided}, {percent(row.share)} ({number(100 * row.low)} to {number(100 * row.high)})"
        for row in rows.itertuples()
    )
    alt = (
        f"Dots with intervals: share of decided claims that are wrong, {percent(overall)} in all; highest {highest['group']} "
        f"({percent(highest['share'])}), lowest {lowest['group']} ({percent(lowest['share'])}). {spans}."
    )
    return Chart(figure, alt, rows[["grouping", "group", "decided", "errors", "share", "low", "high"]], ("claims",))


@drawn
def coverage_dots(coverage: pd.DataFrame, by: str, names: dict[str, str] | None = None) -> Chart:
    """Draw which share of the register's events the articles name, per group (`pakrus.measures.claims.coverage`)."""
    rows = coverage.sort_values(["share", "events"], ascending=[False, False], ignore_index=True)
    names = names or {}
    figure, axes = style.new(height=0.9 + 0.26 * len(rows))
    for level, row in enumerate(rows.itertuples()):
        axes.plot([100 * row.low, 100 * row.high], [level, level], color=style.COLOURS["CHN"], lw=1.2)
        axes.plot(100 * row.share, level, marker="D", color=style.COLOURS["CHN"], ms=4.5)
    labels = [f"{names.get(row[by], row[by])} ({row['named']} of {row['events']})" for row in rows.to_dict("records")]
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("named by an article, % of the register's events, with 95 % interval")
    words = "; ".join(f"{label}, {percent(share)}" for label, share in zip(labels, rows["share"], strict=True))
    alt = f"Dots with intervals: {int(rows['named'].sum())} of {int(rows['events'].sum())} events are named by at least one article. {words}."
    return Chart(figure, alt, rows, ("events", "claim_events"))


@drawn
def silence_timeline(events: pd.DataFrame, named: pd.DataFrame, first: int, last: int) -> Chart:
    """Draw strong events by year and code: filled where an article names them, open where none does (tables `events`, `claim_events`)."""
    rows = events.assign(year=events["date"].map(dates.year), named=events["event_id"].isin(set(named["event_id"])))
    rows = rows[rows["year"].between(first, last)].sort_values(["year", "event_id"], ignore_index=True)
    # several events of one year and code stand side by side
    place = rows.groupby(["year", "cooperation"]).cumcount()
    figure, axes = style.new(height=3.9)
    style.phase_bands(axes, first, last)
    axes.axhline(0, color="#444444", lw=0.8)
    for flag, fill in ((True, style.COLOURS["RUS"]), (False, "white")):
        part = rows[rows["named"] == flag]
        axes.scatter(
            part["year"],
            part["cooperation"]
            + 0.16 * place[part.index] * part["cooperation"].map(lambda code: 1 if code > 0 else -1),
            s=20,
            facecolors=fill,
            edgecolors=style.COLOURS["RUS"],
            lw=0.9,
            zorder=3,
        )
    axes.set_ylabel("code of the cooperation scale")
    axes.set_yticks([-5, -4, -3, 0, 3, 4, 5], ["−5", "−4", "−3", "0", "+3", "+4", "+5"])
    style.year_axis(axes, first, last)
    handles = [
        Line2D([], [], marker="o", ls="", mfc=style.COLOURS["RUS"], mec=style.COLOURS["RUS"], ms=4.5, label="named by an article"),
        Line2D([], [], marker="o", ls="", mfc="white", mec=style.COLOURS["RUS"], ms=4.5, label="named by none"),
    ]  # fmt: skip
    style.legend(figure, handles, 2)
    worst = rows[~rows["named"]].groupby(rows["year"] // 10 * 10).size()
    alt = (
        f"Timeline of {len(rows)} strong events, {first} to {last}: {int(rows['named'].sum())} are named by an article, "
        f"{int((~rows['named']).sum())} by none. Unnamed per decade: {', '.join(f'{decade}s {count}' for decade, count in worst.items())}."
    )
    plotted = rows[["event_id", "date", "title", "category", "cooperation", "named"]]
    return Chart(figure, alt, plotted, ("events", "claim_events"))


@drawn
def overlap_bars(links: pd.DataFrame) -> Chart:
    """Draw how much each pair of articles shares: resemblance by runs of five words (rows `overlap` of `claim_links`)."""
    rows = links[links["kind"] == "overlap"].copy()
    rows["pair"] = rows["first_article"].str.upper() + " and " + rows["second_article"].str.upper()
    rows = rows.sort_values(["resemblance", "pair"], ascending=[False, True], ignore_index=True)
    figure, axes = style.new(height=0.9 + 0.22 * len(rows))
    axes.barh(range(len(rows)), 100 * rows["resemblance"], color=style.COLOURS["IND"], height=0.6)
    for level, row in enumerate(rows.itertuples()):
        axes.annotate(f"{row.shared_words} runs", (100 * row.resemblance, level), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8)  # fmt: skip
    axes.set_yticks(range(len(rows)), rows["pair"])
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("runs of five words in common, % of all runs of both")
    top = rows.iloc[0]
    alt = (
        f"Bars for {len(rows)} pairs of articles: {top['pair']} share {int(top['shared_words'])} runs of five words, "
        f"{percent(top['resemblance'], 1)} of all of both; the next pair shares {int(rows['shared_words'].iloc[1])}."
    )
    return Chart(figure, alt, rows[["pair", "shared_words", "resemblance"]], ("claim_links",))


LEDGER = "../back-matter/claims-ledger.md"


def phase_box(claims: pd.DataFrame, phase: str) -> None:
    """Show how the claims of the articles about one phase fared: the wrong ones in words, the others as links.

    `claims` is the table `claims`; `phase` its value in the column `phase`.

    Raises
    ------
    ValueError
        When no claim is about that phase.
    """
    rows = claims[claims["phase"] == phase]
    if rows.empty:
        raise ValueError(f"no claim about {phase!r}; there are: {', '.join(claims['phase'].unique())}")
    counts = rows["verdict"].value_counts()
    verdicts = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if verdict in counts)
    lines = [
        f"**What the commentary says.** The five audited articles make {len(rows)} statements about this phase: {verdicts}. "
        "Each leads to its evidence."
    ]
    wrong = rows[rows["verdict"].isin(ERRORS)]
    said = []
    for row in wrong.itertuples():
        right = f": {row.right_value}" if isinstance(row.right_value, str) else ""
        said.append(f"* {_claim_link(row.claim_id)} {quoted(row.quote)}. *{row.verdict.capitalize()}{right}.*")
    lines += ["\n".join(said)] if said else []
    for verdict in VERDICTS:
        others = rows[(rows["verdict"] == verdict) & ~rows["verdict"].isin(ERRORS)]
        if len(others):
            lines.append(f"**{verdict.capitalize()}:** {', '.join(map(_claim_link, others['claim_id']))}")
    page.box(f"{phase}-claims", "\n\n".join(lines))


def _claim_link(claim: str) -> str:
    return f"[{claim}]({LEDGER}#{claim.lower()})"
