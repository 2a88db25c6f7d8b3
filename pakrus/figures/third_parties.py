"""Charts of third parties: suppliers of arms, American aid and its turns, places by Moscow, the grid of pairs, all states at once.

What comes in: rows of `arms_suppliers`, and what `pakrus.measures.third_parties` returned. What goes out: charts. The one difficulty: forty-two
correlations in one picture tempt to hunt for dark cells, so that every cell has its number and only what passed is framed.
"""

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from pakrus.estimate import number, percent, signed
from pakrus.figures import narrow, style
from pakrus.figures.page import Chart, drawn
from pakrus.terms import STATES

SUPPLIERS = ("RUS", "USA", "CHN")
SHORT = {  # series of the pair and of the third parties, as a grid has room for them
    "place": "place\nby votes", "nearness": "nearness", "leaders": "leaders\nmet", "visits": "visits", "acts": "cooperative\nacts",
    "trade": "trade\nshare", "arms": "arms\nshare", "india_arms": "Russia in India's arms", "india_place": "India's place by Moscow",
    "china_near": "China near Moscow", "us_aid": "American aid", "us_place": "place by Washington", "kabul": "words on Afghanistan",
}  # fmt: skip
BREAKS = {
    "nearness": "near-\nness",
    "leaders\nmet": "lead-\ners",
    "cooperative\nacts": "acts",
    "place\nby votes": "place",
}  # heads on a phone
CORRELATION = "rank correlation, -1 to 1"
PAIRED = (
    "unga_moscow_places", "ideal_nearness", "arms_suppliers", "aid", "unga_agreement", "ungd_mentions", "visits", "events", "trade_partners"
)  # fmt: skip
UNITS = dict.fromkeys(("level", "change"), CORRELATION) | {
    **dict.fromkeys(("shuffled", "surrogates", "surrogates_adjusted", "p", "adjusted"), "p-value 0-1"),
    **dict.fromkeys(("lag", "n"), "years"), "after_less": "in the unit of the series", "usual": "in the unit of the series", "number": "turns",
}  # fmt: skip
SAME_YEAR = "of whitened changes in the same year"


@drawn
def supplier_lines(suppliers: pd.DataFrame, first: int = 1955) -> Chart:
    """Draw the shares of three suppliers in the arms of India and of Pakistan, over five years each, a panel a recipient (rows of `arms_suppliers`)."""
    rows = suppliers[suppliers["supplier"].isin(SUPPLIERS) & (suppliers["year"] >= first)]
    figure, grid = style.new(4.6, 2, 1, sharex=True)
    last, words = int(rows["year"].max()), []
    for axes, recipient in zip(grid, ("IND", "PAK"), strict=True):
        wide = rows[rows["recipient"] == recipient].pivot(index="year", columns="supplier", values="share_five_years")
        wide = wide.astype(float)
        style.phase_bands(axes, first, last, labels=recipient == "IND")
        labels = []
        for supplier in [name for name in SUPPLIERS if name in wide.columns]:
            line, colour = 100 * wide[supplier], style.COLOURS[supplier]
            axes.plot(line.index, line, color=colour, ls=style.LINES[supplier])
            labels.append((last, line.iloc[-1], STATES[supplier], colour))
            told = f"{STATES[supplier]} highest {percent(line.max() / 100)} in {line.idxmax()}, {percent(line.iloc[-1] / 100)} in {last}"
            words.append(f"{STATES[recipient]}, {told}")
        axes.set_ylim(-2, 102)
        axes.set_ylabel(f"{STATES[recipient]}'s arms, %")
        style.end_labels(axes, labels, 0.11)
        style.year_axis(axes, first, last)
    alt = f"Line charts of the shares of suppliers in arms delivered, each over five years to the year shown, {first} to {last}. {'; '.join(words)}."
    plotted = rows[["recipient", "supplier", "year", "share_five_years"]].reset_index(drop=True)
    return Chart(figure, alt, plotted, ("arms_suppliers",))


@drawn
def turn_bars(aid: pd.DataFrame, own: pd.DataFrame, cuts: tuple[int, ...], openings: tuple[int, ...]) -> Chart:
    """Draw American aid a year (rows of `aid`) with its cuts and openings, above the visits between Pakistan and Moscow (`third_parties.between`)."""
    rows = aid[(aid["donor"] == "USA") & (aid["price_basis"] == "constant 2021")]
    given = rows.groupby("year")["value"].sum()
    figure, grid = style.new(4.4, 2, 1, sharex=True)
    first, last = int(own.index.min()), int(own.index.max())
    for axes, series, colour, label in (
        (grid[0], given / 1000, style.COLOURS["USA"], "American aid,\nbillion dollars of 2021"),
        (grid[1], own["visits"], style.COLOURS["RUS"], "visits between\nPakistan and Moscow"),
    ):
        style.phase_bands(axes, first, last, labels=axes is grid[0])
        axes.bar(series.index, series, width=0.85, color=colour)
        axes.set_ylabel(label)
        for year in cuts:
            axes.axvline(year, color=style.NEUTRAL, lw=1)
        for year in openings:
            axes.axvline(year, color=style.NEUTRAL, lw=1, ls=(0, (3, 2)))
    style.year_axis(grid[1], first, last)
    grid[1].set_xlabel("solid lines: cuts of aid; dashed lines: openings")
    alt = (
        f"Bars by year, {first} to {last}. Above: sums that the United States bound itself to pay Pakistan, highest {number(given.max() / 1000, 1)} billion dollars "
        f"of 2021 in {given.idxmax()}; solid lines mark cuts in {', '.join(map(str, cuts))}, dashed ones openings in {', '.join(map(str, openings))}. "
        f"Below: visits between Pakistan and Moscow found, most in {own['visits'].idxmax()} ({number(own['visits'].max())})."
    )
    plotted = pd.DataFrame(
        {"year": own.index, "aid": given.reindex(own.index).to_numpy(), "visits": own["visits"].astype(int).to_numpy()}
    )
    return Chart(figure, alt, plotted, ("aid", "visits"), {"aid": "million US dollars of 2021", "visits": "visits"})


@drawn
def place_lines(series: dict[str, pd.Series], words: str, sources: tuple[str, ...], mean: int = 5) -> Chart:
    """Draw places by Moscow of several states (percentiles, the year as index) as dots, with a line of centred means of `mean` years.

    `series` maps codes of states to their places; `words` say of what the places are. A mean needs three years of its window.
    """
    figure, axes = style.new()
    first, last = (
        int(end) for end in (min(s.index.min() for s in series.values()), max(s.index.max() for s in series.values()))
    )
    style.phase_bands(axes, first, last)
    axes.axhline(50, color=style.NEUTRAL, lw=0.8)
    labels, told, frames = [], [], []
    for state, values in series.items():
        values = values.astype(float).reindex(range(first, last + 1))
        smooth = values.rolling(mean, center=True, min_periods=3).mean()
        colour = style.COLOURS[state]
        axes.plot(values.index, values, ls="", marker=style.MARKERS[state], ms=2.6, color=colour, alpha=0.45)
        axes.plot(smooth.index, smooth, color=colour, ls=style.LINES[state], lw=1.8)
        labels.append((last, smooth.dropna().iloc[-1], STATES[state], colour))
        told.append(
            f"{STATES[state]} lowest {number(values.min())} in {values.idxmin()}, highest {number(values.max())} in {values.idxmax()}"
        )
        frames.append(
            pd.DataFrame(
                {"state": state, "year": values.index, "percentile": values.to_numpy(), "mean": smooth.to_numpy()}
            )
        )
    axes.set_ylim(0, 102)
    axes.set_ylabel("percentile among all states")
    style.year_axis(axes, first, last)
    style.end_labels(axes, labels)
    alt = f"Dots and lines of {mean}-year means, {first} to {last}: {words} (50 = the middle state). {'; '.join(told)}."
    plotted = pd.concat(frames, ignore_index=True).dropna(subset=["percentile"])
    return Chart(figure, alt, plotted, sources, {"mean": "percentile 0-100, mean of years"})


@drawn
def pair_grid(pairs: pd.DataFrame) -> Chart:
    """Draw every pair (rows of `third_parties.tested`) as a cell: the largest correlation of changes, framed where it passes the correction."""
    wide = pairs.pivot(index="third", columns="own", values="change").reindex(
        index=pairs["third"].unique(), columns=pairs["own"].unique()
    )
    figure, axes = style.new(3.3)
    # on a phone the name of a row stands over its cells, which leave it room
    rows, top, bottom = range(len(wide.index)), *((0.1, 0.5) if narrow.active() else (-0.5, 0.5))
    shades = colormaps["PuOr"]((wide.to_numpy() + 1.6) / 3.2)  # so light that black reads on all of them
    for row in pairs.itertuples():
        level, x = list(wide.index).index(row.third), list(wide.columns).index(row.own)
        y = level + (top + bottom) / 2
        axes.add_patch(Rectangle((x - 0.5, level + top), 1, bottom - top, color=shades[level, x], lw=0))
        found, first = row.verdict != "not seen", "*" if row.first else ""
        axes.text(x, y, f"{signed(row.change, 2)}{first}", ha="center", va="center", fontsize=8, fontweight="bold" if found else "normal")  # fmt: skip
        if found:
            half = 0.45 * (bottom - top)
            axes.plot(np.array([-0.47, 0.47, 0.47, -0.47, -0.47]) + x, np.array([-half, -half, half, half, -half]) + y, color="#1A1A1A", lw=1.8)  # fmt: skip
    narrow.rows_over(axes, 40, -1)
    heads = [BREAKS.get(SHORT[name], SHORT[name]) if narrow.active() else SHORT[name] for name in wide.columns]
    axes.set_xticks(range(len(wide.columns)), heads, fontsize=8)
    axes.set_yticks(rows, [SHORT[name] for name in wide.index], fontsize=8)
    axes.set_xlim(-0.5, len(wide.columns) - 0.5)
    axes.set_ylim(len(wide.index) - 0.5, -0.5)
    axes.tick_params(length=0)
    axes.xaxis.tick_top()
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    passed = pairs[pairs["verdict"] != "not seen"]
    told = "; ".join(
        f"{SHORT[row.third]} with {SHORT[row.own].replace(chr(10), ' ')} {signed(row.change, 2)}"
        for row in passed.itertuples()
    )
    alt = (
        f"Grid of {len(pairs)} pairs, six series of third parties in rows, seven of the pair in columns: the largest rank correlation of changes within three years, "
        f"from {signed(pairs['change'].min(), 2)} to {signed(pairs['change'].max(), 2)}. Framed, as they pass the correction for all pairs: {told or 'none'}. A star marks the first test of each expectation."
    )
    columns = [
        "expectation",
        "third",
        "own",
        "n",
        "level",
        "shuffled",
        "surrogates",
        "surrogates_adjusted",
        "change",
        "lag",
        "p",
        "adjusted",
        "verdict",
    ]
    return Chart(figure, alt, pairs[columns].reset_index(drop=True), PAIRED, UNITS)


@drawn
def state_dots(states: pd.DataFrame, shown: tuple[str, ...]) -> Chart:
    """Draw how the place of each state goes with Pakistan's (rows of `third_parties.among_states`): levels across, changes upwards; some are named."""
    figure, axes = style.new()
    axes.axhline(0, color=style.NEUTRAL, lw=0.8)
    axes.axvline(0, color=style.NEUTRAL, lw=0.8)
    axes.plot(states["level"], states["change"], ls="", marker="o", ms=4, mfc="white", mec=style.NEUTRAL)
    told, ends = [], states.loc[states["state"].isin(shown), "level"]
    for name in shown:
        row = states[states["state"] == name].iloc[0]
        colour = style.COLOURS.get(name, "#1A1A1A")
        axes.plot(row["level"], row["change"], ls="", marker=style.MARKERS.get(name, "o"), ms=6, color=colour)
        left = narrow.active() and row["level"] in (ends.min(), ends.max())  # so that words neither touch nor stick out
        style.halo(axes.annotate(STATES.get(name, name), (row["level"], row["change"]), xytext=(-6 if left else 6, 4), textcoords="offset points", ha="right" if left else "left", fontsize=8.5, color=colour))  # fmt: skip
        told.append(
            f"{STATES.get(name, name)} {signed(row['change'], 2)} in changes and {signed(row['level'], 2)} in levels"
        )
    axes.set_xlabel("rank correlation of levels with Pakistan's place")
    axes.set_ylabel("rank correlation of changes")
    alt = (
        f"Scatter of {len(states)} states by how their places by Moscow go with Pakistan's, {SAME_YEAR} and in levels. Named: {'; '.join(told)}. "
        f"The median of changes is {signed(states['change'].median(), 2)}."
    )
    return Chart(figure, alt, states, ("unga_moscow_places",), UNITS)


@drawn
def words_and_visits(third: pd.DataFrame, own: pd.DataFrame) -> Chart:
    """Draw how much Moscow spoke of Afghanistan (`third_parties.beside`) above the visits between Pakistan and Moscow (`third_parties.between`)."""
    figure, grid = style.new(4.0, 2, 1, sharex=True)
    first, last = int(own.index.min()), int(own.index.max())
    spoken = third["kabul"]
    for axes, series, colour, label in (
        (grid[0], spoken, style.COLOURS["CHN"], "Afghanistan named,\nper 10,000 words"),
        (grid[1], own["visits"], style.COLOURS["RUS"], "visits between\nPakistan and Moscow"),
    ):
        style.phase_bands(axes, first, last, labels=axes is grid[0])
        axes.bar(series.index, series.fillna(0), width=0.85, color=colour)
        axes.set_ylabel(label)
    grid[1].yaxis.set_major_locator(MaxNLocator(integer=True))
    style.year_axis(grid[1], first, last)
    alt = (
        f"Bars by year, {first} to {last}. Above: how often Moscow's speech in the General Debate names Afghanistan, most in {spoken.idxmax()} "
        f"({number(spoken.max(), 1)} per 10,000 words), not at all in {int((spoken == 0).sum())} of {int(spoken.notna().sum())} speeches. Below: visits found, most in "
        f"{own['visits'].idxmax()} ({number(own['visits'].max())})."
    )
    plotted = pd.DataFrame(
        {"year": own.index, "words": spoken.to_numpy(), "visits": own["visits"].astype(int).to_numpy()}
    )
    return Chart(
        figure, alt, plotted, ("ungd_mentions", "visits"), {"words": "mentions per 10,000 words", "visits": "visits"}
    )
