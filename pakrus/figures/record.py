"""Charts of the register: events, visits, agreements, arms.

What comes in: rows of the tables as they are, dates at any precision. What goes out: charts with alt text and plotted data. The
one difficulty: a date of a year or a month is drawn in the middle of what it leaves open, and a year without an event is drawn
as empty though it may be a year without a source, which the alt text must not turn into none.
"""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from pakrus import dates
from pakrus.figures import narrow, style
from pakrus.figures.page import Chart, drawn
from pakrus.terms import CATEGORIES, LEADERS, STATES, of_moscow


@drawn
def event_timeline(events: pd.DataFrame, first: int, last: int) -> Chart:
    """Draw every event by date and category; filled marks for cooperation, open for conflict, size by strength (table `events`)."""
    rows = events[(events["status"] == "happened") & events["date"].map(dates.year).between(first, last)]
    present = [c for c in CATEGORIES if c in set(rows["category"])]
    figure, axes = style.new(height=0.9 + 0.27 * len(present) + 0.5)
    style.phase_bands(axes, first, last)
    for level, category in enumerate(reversed(present)):
        part = rows[rows["category"] == category]
        x, score = part["date"].map(dates.decimal).to_numpy(), part["cooperation"].to_numpy(dtype=int)
        size = 14 + 9 * np.abs(score)
        friendly, neutral, hostile = score > 0, score == 0, score < 0
        axes.scatter(
            x[friendly], np.full(friendly.sum(), level), s=size[friendly], color=style.COLOURS["USA"], alpha=0.65, lw=0
        )
        axes.scatter(x[neutral], np.full(neutral.sum(), level), s=16, color=style.NEUTRAL, marker="|")
        axes.scatter(
            x[hostile],
            np.full(hostile.sum(), level),
            s=size[hostile],
            facecolors="white",
            edgecolors=style.COLOURS["RUS"],
            lw=1.3,
            marker="D",
        )
    axes.set_yticks(
        range(len(present)),
        [
            c.replace("-", " and ") if c in ("trade-finance", "energy-industry", "culture-science") else c
            for c in reversed(present)
        ],
    )
    axes.set_ylim(-0.6, len(present) - 0.4)
    axes.tick_params(axis="y", length=0)
    style.year_axis(axes, first, last)
    axes.set_xlim(first, last + 1)  # events lie on their day, so the axis runs to the last day of the last year
    figure.supxlabel("circle: cooperative; open diamond: conflictual; dash: neutral; size: strength", fontsize=8)
    counts = rows["category"].value_counts()
    alt = (
        f"Timeline of {len(rows)} events, {first} to {last}, in {len(present)} rows by kind: " + ", ".join(f"{c.replace('-', ' and ')} {counts[c]}" for c in present)
        + f". {int((rows['cooperation'] > 0).sum())} are coded as cooperative, {int((rows['cooperation'] < 0).sum())} as conflictual, {int((rows['cooperation'] == 0).sum())} as neutral."
    )  # fmt: skip
    columns = ["event_id", "date", "end_date", "category", "title", "cooperation", "confidence"]
    return Chart(figure, alt, rows[columns].sort_values("event_id", ignore_index=True), ("events",))


@drawn
def event_counts(events: pd.DataFrame, first: int, last: int) -> Chart:
    """Draw the number of cooperative (up) and conflictual (down) acts per year that happened (table `events`).

    Acts between the two are coloured; those in forums and by others stand grey beyond them and are no part of any balance.
    """
    rows = events[(events["status"] == "happened") & events["date"].map(dates.year).between(first, last)]
    own, year = rows["scope"] == "bilateral", rows["date"].map(dates.year)
    signs = {"cooperative": rows["cooperation"] > 0, "conflictual": rows["cooperation"] < 0}
    counts = pd.DataFrame({"year": range(first, last + 1)})
    for name, sign in signs.items():
        for column, of in ((name, own), (f"{name}_of_others", ~own)):
            counts[column] = [int((sign & of & (year == one)).sum()) for one in counts["year"]]
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    looks = {"cooperative": (1, {"facecolor": style.COLOURS["USA"]}),
             "conflictual": (-1, {"facecolor": "white", "edgecolor": style.COLOURS["RUS"], "hatch": "////", "lw": 0.8})}  # fmt: skip
    for name, (up, look) in looks.items():
        axes.bar(counts["year"], up * counts[name], width=0.8, **look)
        axes.bar(
            counts["year"],
            up * counts[f"{name}_of_others"],
            bottom=up * counts[name],
            color="white",
            edgecolor=style.NEUTRAL,
            width=0.8,
            lw=0.6,
        )
    axes.axhline(0, color="#444444", lw=0.8)
    axes.set_ylabel("acts in the register per year")
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    if narrow.active():
        others = Patch(facecolor="white", edgecolor=style.NEUTRAL, lw=0.6, label="in forums, by others")
        style.legend(
            figure, [*(Patch(**look, label=f"{name}, between the two") for name, (_, look) in looks.items()), others], 2
        )
    else:
        for words, height, colour in (("cooperative, between the two", 0.93, style.COLOURS["USA"]), ("conflictual, between the two", 0.03, style.COLOURS["RUS"]), ("outlined grey: in forums, by others", 0.86, style.NEUTRAL)):  # fmt: skip
            style.halo(axes.annotate(words, (0.005, height), xycoords="axes fraction", color=colour, fontsize=8.5))
    style.year_axis(axes, first, last)
    most, worst = counts.loc[counts["cooperative"].idxmax()], counts.loc[counts["conflictual"].idxmax()]
    others, neutral = (
        counts[["cooperative_of_others", "conflictual_of_others"]].to_numpy().sum(),
        (rows["cooperation"] == 0).sum(),
    )
    alt = (
        f"Bars of acts in the register per year, {first} to {last}. Between the two: {counts['cooperative'].sum()} cooperative (upwards), most in {most['year']} ({most['cooperative']}); "
        f"{counts['conflictual'].sum()} conflictual (downwards), most in {worst['year']} ({worst['conflictual']}). Outlined beyond them: {others} in forums or by others. "
        f"{neutral} neutral ones are not drawn."
    )
    return Chart(figure, alt, counts, ("events",), dict.fromkeys(("cooperative", "neutral", "conflictual"), "events"))


@drawn
def visit_bars(visits: pd.DataFrame, first: int, last: int) -> Chart:
    """Draw visits that happened per year, Pakistani visitors up and Soviet/Russian visitors down (table `visits`)."""
    rows = visits[(visits["status"] == "happened") & visits["start_date"].map(dates.year).between(first, last)]
    year = rows["start_date"].map(dates.year)
    high = rows["rank"].isin(LEADERS)
    counts = pd.DataFrame({"year": range(first, last + 1)})
    for side in ("PAK", "RUS"):
        for label, mask in (("leaders", high), ("others", ~high)):
            counts[f"{side}_{label}"] = [
                int(((year == y) & (rows["from_state"] == side) & mask).sum()) for y in counts["year"]
            ]
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    for side, sign in (("PAK", 1), ("RUS", -1)):
        colour = style.COLOURS[side]
        axes.bar(counts["year"], sign * counts[f"{side}_leaders"], color=colour, width=0.8)
        axes.bar(
            counts["year"],
            sign * counts[f"{side}_others"],
            bottom=sign * counts[f"{side}_leaders"],
            color="white",
            edgecolor=colour,
            hatch="///",
            width=0.8,
            lw=0.8,
        )
    axes.axhline(0, color="#444444", lw=0.8)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_ylabel("visits and meetings per year")
    axes.annotate("by Pakistanis", (0.005, 0.93), xycoords="axes fraction", color=style.COLOURS["PAK"], fontsize=8.5)
    whose = of_moscow(first, last)
    visitors = f"by {whose.replace('/', 's/')}s"
    axes.annotate(visitors, (0.005, 0.03), xycoords="axes fraction", color=style.COLOURS["RUS"], fontsize=8.5)
    axes.set_xlabel("filled: heads of state or government; hatched: others")
    style.year_axis(axes, first, last)
    total = counts.sum()
    alt = (
        f"Bars of visits and meetings per year, {first} to {last}. Pakistani visitors upwards: {total['PAK_leaders']} by heads of state or government and {total['PAK_others']} by others; "
        f"{whose} visitors downwards: {total['RUS_leaders']} and {total['RUS_others']}."
    )
    return Chart(figure, alt, counts, ("visits",))


@drawn
def arms_bars(volume: pd.DataFrame, first: int, last: int, suppliers: tuple[str, ...] = ("USA", "CHN", "RUS")) -> Chart:
    """Draw arms delivered to Pakistan by year and supplier in SIPRI trend-indicator values (table `arms_volume`, published figures)."""
    rows = volume[
        (volume["method"] == "published") & (volume["recipient"] == "PAK") & volume["year"].between(first, last)
    ]
    years = range(first, int(min(last, rows["year"].max())) + 1)
    wide = rows.assign(group=rows["supplier"].where(rows["supplier"].isin(suppliers), "other")).pivot_table(
        index="year", columns="group", values="tiv", aggfunc="sum"
    )
    wide = wide.reindex(index=years, columns=[*suppliers, "other"]).fillna(0)
    figure, axes = style.new()
    style.phase_bands(axes, first, last)
    bottom = np.zeros(len(wide))
    hatches = {"USA": "//", "CHN": "..", "RUS": "", "other": ""}
    for group in ["RUS", *[s for s in suppliers if s != "RUS"], "other"]:
        colour = style.COLOURS.get(group, "#C9C9C9")
        axes.bar(
            wide.index,
            wide[group],
            bottom=bottom,
            width=0.85,
            color=colour,
            hatch=hatches.get(group, ""),
            edgecolor="white",
            lw=0.3,
            label=STATES.get(group, "others"),
        )
        bottom += wide[group].to_numpy()
    axes.set_ylabel("SIPRI TIV, million, by delivery")
    style.legend(figure, axes.get_legend_handles_labels()[0], 4)
    style.year_axis(axes, first, last)
    total = wide.sum()
    everything = total.sum()
    russian = wide["RUS"]
    alt = (
        f"Stacked bars of arms delivered to Pakistan, {first} to {years[-1]}, in SIPRI trend-indicator values, {everything:,.0f} million in all: "
        + ", ".join(f"{STATES.get(g, 'others')} {total[g]:,.0f} ({total[g] / everything:.0%})" for g in [*suppliers, "other"])
        + (f". The USSR/Russia delivered in {int((russian > 0).sum())} of {len(wide)} years, most in {russian.idxmax()} ({russian.max():,.0f})." if russian.max() > 0 else ".")
    )  # fmt: skip
    plotted = wide.reset_index().rename_axis(None, axis=1)
    return Chart(figure, alt, plotted, ("arms_volume",), dict.fromkeys(wide.columns, "SIPRI TIV, million"))


@drawn
def contact_and_votes(
    contacts: pd.DataFrame, agreement: pd.DataFrame, first: int, last: int, partner: str = "RUS"
) -> Chart:
    """Draw contacts per year as bars above, voting agreement and percentile with the partner below.

    `contacts` has `year` and `contacts` (`pakrus.measures.contact.contacts_by_year`); `agreement` is the table `unga_agreement`.
    """
    years = list(range(first, last + 1))
    bars = contacts.set_index("year")["contacts"].reindex(years)
    rows = agreement[(agreement["partner"] == partner) & agreement["year"].between(first, last)].set_index("year")
    share, rank = rows["agreement"].astype(float).reindex(years), rows["percentile"].astype(float).reindex(years) / 100
    colour = style.COLOURS[partner]
    figure, (top, bottom) = style.new(height=4.4, rows=2, sharex=True, height_ratios=[2, 3])
    top.bar(years, bars, color="#5A7D9A", width=0.8)
    top.set_ylabel("cooperative acts\nin the register")
    bottom.fill_between(
        years,
        rows["agreement_low"].astype(float).reindex(years),
        rows["agreement_high"].astype(float).reindex(years),
        color=colour,
        alpha=0.18,
        lw=0,
    )
    bottom.plot(years, share, color=colour, marker=style.MARKERS[partner], ms=3)
    bottom.plot(years, rank, color=style.NEUTRAL, ls=(0, (3, 1.5)), lw=1.2)
    bottom.set_ylim(0, 1.02)
    bottom.set_ylabel("share / percentile")
    bottom.set_xlabel("calendar year; for votes the year in which the session opened")
    style.year_axis(bottom, first, last)
    style.end_labels(
        bottom,
        [
            (last, share.dropna().iloc[-1], "share of\nidentical votes", colour),
            (last, rank.dropna().iloc[-1], "percentile", "#555555"),
        ],
        gap=0.16,
    )
    alt = (
        f"Two panels, {first} to {last}. Above: cooperative acts in the register per year, {int(bars.sum())} in all, fewest {int(bars.min())} in {bars.idxmin()}, most {int(bars.max())} in {bars.idxmax()}. "
        f"Below: share of identical votes with {STATES[partner]}, {share.iloc[0]:.2f} in {first}, {share.iloc[-1]:.2f} in {last}, highest {share.max():.2f} in {share.idxmax()}; "
        f"percentile among all states, {100 * rank.iloc[0]:.0f} in {first}, {100 * rank.iloc[-1]:.0f} in {last}."
    )
    plotted = pd.DataFrame(
        {
            "year": years,
            "contacts": bars.to_numpy(),
            "n": rows["n"].reindex(years).to_numpy(),
            "agreement": share.to_numpy(),
            "percentile": (100 * rank).round(1).to_numpy(),
        }
    )
    return Chart(figure, alt, plotted, ("events", "unga_agreement"))
