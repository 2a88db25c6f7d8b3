"""Charts of what is said and heard: names in speeches, attention of outlets, opinion, and acts of culture.

What comes in: finished tables of `measures.naming`, `attention` and `opinion`, and rows of the register. What goes out: charts with
alt text and plotted data. The one difficulty is to draw silence: a speech that names nobody is a mark of its own, and an answer
that was not given is a part of the bar.
"""

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from pakrus import dates
from pakrus.estimate import number, percent
from pakrus.figures import narrow, style
from pakrus.figures.page import Chart, drawn

SPEECHES, OUTLETS, ANSWERS = ("ungd_mentions",), ("media_comparators",), ("opinion",)
UNITS = {"naming": "speeches", "speeches": "speeches", "per_10000": "per 10,000 titles",
         "contacts": "events", "titles": "titles", "items": "titles searched", "words": "words", "mentions": "mentions"}  # fmt: skip
PARTS = {  # of all respondents: colour, hatch, in words
    "favourable": (style.COLOURS["USA"], "", "favourable"),
    "unfavourable": (style.COLOURS["RUS"], "///", "unfavourable"),
    "no_answer": ("#D5D5D5", "", "no answer"),
}
LINES = {"PAK": ("Pakistan", style.COLOURS["PAK"], "-"), "AFG": ("Afghanistan", style.COLOURS["RUS"], (0, (6, 2))),
         "IND": ("India", style.COLOURS["IND"], (0, (2, 1.5)))}  # fmt: skip
ASKED = {"CHN": ("China", style.COLOURS["CHN"], (0, (6, 2, 1, 2))), "USA": ("United States", style.COLOURS["USA"], (0, (6, 2))),
         "IRN": ("Iran", style.NEUTRAL, (0, (1, 1))), "RUS": ("Russia", style.COLOURS["RUS"], "-"),
         "EU": ("European Union", style.COLOURS["IND"], (0, (2, 1.5)))}  # fmt: skip


@drawn
def naming_strips(rows: dict[str, pd.DataFrame]) -> Chart:
    """Draw every speech as a mark in its year, a row a naming (`naming.speeches`): filled where it names, a tick where it does not."""
    first = min(int(frame["year"].min()) for frame in rows.values())
    last = max(int(frame["year"].max()) for frame in rows.values())
    figure, axes = style.new(height=1.0 + 0.42 * len(rows))
    style.phase_bands(axes, first, last)
    told = []
    for level, (title, frame) in enumerate(reversed(rows.items())):
        named, silent = frame[frame["named"]], frame[~frame["named"]]
        axes.plot(silent["year"], [level] * len(silent), ls="", marker="|", ms=5, mec=style.NEUTRAL)
        axes.scatter(
            named["year"],
            [level] * len(named),
            s=10 + 9 * np.sqrt(named["mentions"]),
            color=style.COLOURS["USA"],
            zorder=3,
        )
        told.append(f"{title} in {len(named)} of {len(frame)}, last in {int(named['year'].max())}")
    axes.set_yticks(range(len(rows)), list(reversed(rows)))
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.tick_params(axis="y", length=0)
    style.year_axis(axes, first, last)
    figure.supxlabel(
        "dot: the speech names it, larger when often; tick: it does not; nothing: no speech kept", fontsize=8
    )
    plotted = pd.concat([frame.assign(naming_row=title) for title, frame in rows.items()], ignore_index=True)
    plotted = plotted[["naming_row", "year", "words", "mentions", "named"]].set_axis(
        ["row", "year", "words", "mentions", "named"], axis="columns"
    )
    alt = f"Strips of speeches, {first} to {last}, a mark each. {'; '.join(reversed(told))}."
    return Chart(figure, alt, plotted, SPEECHES, UNITS)


@drawn
def naming_dots(groups: pd.DataFrame) -> Chart:
    """Draw the share of speeches that name with exact 95 % intervals (rows of `naming.table`, several groupings)."""
    figure, _ = style.share_bands(groups, "naming", "speeches", "speeches that name it, %, with 95 % interval")
    told = "; ".join(f"{row.grouping}, {row.group}: {row.naming} of {row.speeches}" for row in groups.itertuples())
    return Chart(figure, f"Dots with intervals: share of speeches that name a state. {told}.", groups, SPEECHES, UNITS)


@drawn
def attention_and_contact(shares: dict[str, pd.Series], acts: pd.DataFrame) -> Chart:
    """Draw titles per ten thousand of an outlet by year, a line a name, above the acts of contact a year (`contact.contacts_by_year`)."""
    frame = pd.DataFrame(shares)
    first, last = int(frame.index.min()), int(frame.index.max())
    figure, (upper, lower) = style.new(4.4, 2, 1, sharex=True, height_ratios=(3, 2))
    ends = []
    for code, column in frame.items():
        name, colour, dashes = LINES[code]
        upper.plot(frame.index, column, color=colour, ls=dashes, lw=2 if code == "PAK" else 1.3)
        ends.append((last, column.iloc[-1], name, colour))
    upper.set_ylim(0, None)
    style.phase_bands(upper, first, last)
    style.year_axis(upper, first, last)
    style.end_labels(upper, ends, gap=0.1)
    upper.set_ylabel("per 10,000")
    shown = acts[acts["year"].between(first, last)]
    lower.bar(shown["year"], shown["contacts"], color=style.NEUTRAL, width=0.7)
    style.phase_bands(lower, first, last, labels=False)
    lower.set_ylabel("cooperative acts")
    most = {LINES[code][0]: (int(column.idxmax()), column.max()) for code, column in frame.items()}
    alt = (
        f"Lines above bars, {first} to {last}. Titles of Channel One per 10,000 by name, highest: "
        + ", ".join(f"{name} {number(value)} in {at}" for name, (at, value) in most.items())
        + f"; Pakistan in {last}: {number(frame['PAK'].iloc[-1])}. Cooperative acts between the two rise from "
        f"{int(shown['contacts'].iloc[0])} in {first} to {int(shown['contacts'].iloc[-1])} in {last}."
    )
    named = {code: LINES[code][0] for code in frame}
    plotted = frame.set_axis([named[code] for code in frame], axis="columns").rename_axis("year").reset_index()
    plotted = plotted.merge(shown, on="year", how="left")
    own = UNITS | dict.fromkeys(named.values(), "per 10,000 titles")
    return Chart(figure, alt, plotted, ("media_comparators", "events"), own)


@drawn
def title_dots(shares: pd.DataFrame) -> Chart:
    """Draw titles per ten thousand by name, a panel an outlet (`attention.compared`); Pakistan stands out."""
    outlets = list(dict.fromkeys(shares["outlet"]))
    figure, grid = style.new(2.9, 1, len(outlets), sharey=True, squeeze=False)
    told = []
    for axes, outlet in zip(grid.flat, outlets, strict=True):
        part = shares[shares["outlet"] == outlet].iloc[::-1]
        own = part["named"] == "Pakistan"
        colours = np.where(own, style.COLOURS["RUS"], style.NEUTRAL)
        axes.hlines(range(len(part)), 0, part["per_10000"], color="#D5D5D5", lw=0.9)
        axes.scatter(part["per_10000"], range(len(part)), color=colours, s=np.where(own, 40, 20), zorder=3)
        axes.set_title(outlet[0].upper() + outlet[1:], fontsize=8.5)
        axes.set_xlim(0, None)
        axes.set_yticks(range(len(part)), part["named"])
        axes.tick_params(axis="y", length=0)
        top = part.iloc[-1]
        told.append(
            f"{outlet}: Pakistan {number(part.loc[own, 'per_10000'].iloc[0])}, {top['named']} {number(top['per_10000'])}"
        )
    figure.supxlabel("titles per 10,000", fontsize=8.5)
    alt = f"Dots by name in {len(outlets)} panels, titles per 10,000 of all in the copy at hand. {'; '.join(told)}."
    return Chart(figure, alt, shares, OUTLETS, UNITS)


@drawn
def answers(years: pd.DataFrame, others: dict[str, pd.DataFrame]) -> Chart:
    """Draw the answers about Russia as parts of all respondents, beside the share without an answer about others (`opinion.by_year`)."""
    figure, (left, right) = style.new(3.4, 1, 2, width_ratios=(1, 1))
    base = np.zeros(len(years))
    for part, (colour, hatch, words) in PARTS.items():
        left.bar(
            range(len(years)),
            100 * years[part],
            bottom=base,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            lw=0.5,
            width=0.82,
        )
        base = base + 100 * years[part].to_numpy()
        middle = base[-1] - 50 * years[part].iloc[-1]
        style.halo(left.text(len(years) - 0.45, middle, words, va="center", fontsize=8, clip_on=False))
    left.set_xticks(range(len(years)), [f"’{year % 100:02d}" for year in years["year"]])
    left.set_xlim(-0.6, len(years) + 2.6)
    left.set_ylim(0, 100)
    left.set_ylabel("of all respondents, %")
    left.set_title("On Russia")
    ends = []
    for code, frame in others.items():
        name, colour, dashes = ASKED[code]
        right.plot(
            frame["year"],
            100 * frame["no_answer"],
            color=colour,
            ls=dashes,
            marker="o",
            ms=3,
            lw=2 if code == "RUS" else 1.2,
        )
        ends.append((frame["year"].iloc[-1], 100 * frame["no_answer"].iloc[-1], name, colour))
    right.set_ylim(0, 75)
    right.set_xlim(2006.5, 2018.4)
    right.set_xticks([2008, 2010, 2012, 2014])
    style.end_labels(right, ends)
    right.set_title("No answer, by whom it is on")
    first, last = years.iloc[0], years.iloc[-1]
    means = ", ".join(f"{ASKED[code][0]} {percent(frame['no_answer'].mean())}" for code, frame in others.items())
    alt = (
        f"Stacked bars of answers about Russia in Pakistan, {int(first['year'])} to {int(last['year'])}: favourable "
        f"{percent(first['favourable'])} at first and {percent(last['favourable'])} at last, no answer {percent(first['no_answer'])} and "
        f"{percent(last['no_answer'])}. Lines of the share without an answer, mean of years: {means}."
    )
    plotted = pd.concat([frame.assign(target=code) for code, frame in others.items()], ignore_index=True)
    plotted = plotted[["target", "year", "n", *PARTS]]
    return Chart(figure, alt, plotted, ANSWERS, UNITS | dict.fromkeys(PARTS, "share 0-1") | {"n": "respondents"})


@drawn
def culture_lines(events: pd.DataFrame) -> Chart:
    """Draw each act of culture and science between the two as a dot in its year with its title, in order of time (rows of `events`)."""
    rows = events.sort_values(
        "date", key=lambda column: column.map(dates.reading_order), kind="stable", ignore_index=True
    )
    figure, axes = style.new(height=0.9 + 0.21 * len(rows))
    first, last = 1947, int(rows["date"].map(dates.year).max())
    style.phase_bands(axes, first, last)
    friendly = rows["cooperation"].astype(int) > 0
    x = rows["date"].map(dates.decimal)
    for level, (at, good, title) in enumerate(zip(x, friendly, rows["title"], strict=True)):
        if not narrow.active():
            side = {"xytext": (-6, 0), "ha": "right"} if at > 1985 else {"xytext": (6, 0), "ha": "left"}
            axes.annotate(title, (at, level), textcoords="offset points", va="center", fontsize=6.8, **side)
        axes.plot(at, level, marker="o" if good else "D", ms=4.5, mfc=style.COLOURS["USA"] if good else "white",
                  mec=style.COLOURS["USA"] if good else style.COLOURS["RUS"])  # fmt: skip
    axes.set_ylim(len(rows) - 0.4, -0.7)
    titles = list(rows["title"]) if narrow.active() else []
    axes.set_yticks(range(len(titles)), titles)
    axes.tick_params(axis="y", length=0)
    style.year_axis(axes, first, last)
    handles = [Line2D([], [], marker="o", ls="", mfc=style.COLOURS["USA"], mec=style.COLOURS["USA"], ms=4.5, label="friendly act"),
               Line2D([], [], marker="D", ls="", mfc="white", mec=style.COLOURS["RUS"], ms=4.5, label="refusal")]  # fmt: skip
    style.legend(figure, handles, 2)
    since = int((rows["date"].map(dates.year) >= 2017).sum())
    gap = rows["date"].map(dates.year).diff().max()
    alt = (
        f"Dots in time: {len(rows)} acts of culture and science between the two, {rows['date'].iloc[0][:4]} to {last}; {since} of them "
        f"in 2017 or later, and one gap of {int(gap)} years. First: {rows['title'].iloc[0]}; last: {rows['title'].iloc[-1]}."
    )
    return Chart(figure, alt, rows[["date", "title", "cooperation", "confidence"]], ("events",))
