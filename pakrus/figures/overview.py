"""The whole relation on one page: votes, trade, arms and leaders' meetings on one time axis."""

import pandas as pd

from pakrus import dates
from pakrus.figures import style
from pakrus.figures.page import Chart, drawn
from pakrus.terms import BILATERAL, LEADERS, STATES


@drawn
def four_strips(
    agreement: pd.DataFrame, shares: pd.DataFrame, volume: pd.DataFrame, visits: pd.DataFrame, first: int, last: int
) -> Chart:
    """Draw four panels over the same years: votes, trade, arms, leaders' meetings of Pakistan and the USSR/Russia.

    Votes: Pakistan's percentile among all states' agreement with the USSR/Russia and with the US (`unga_agreement`).
    Trade: the USSR/Russia's share in Pakistan's trade (`pakrus.measures.trade.shares`). Arms: volume it delivered to
    Pakistan (`arms_volume`, published). Meetings: of heads of state or government, official visits filled, meetings on
    the margins of others and calls hatched (`visits`). Years without data are gaps, not zero.
    """
    years = range(first, last + 1)
    ranks = {
        p: agreement[(agreement["partner"] == p) & (agreement["n"] >= 5)]
        .set_index("year")["percentile"]
        .astype(float)
        .reindex(years)
        for p in ("RUS", "USA")
    }
    trade = 100 * shares[shares["partner"] == "RUS"].set_index("year")["share"].astype(float).reindex(years)
    published = volume[(volume["method"] == "published") & (volume["recipient"] == "PAK")]
    arms = (
        published[published["supplier"] == "RUS"]
        .groupby("year")["tiv"]
        .sum()
        .reindex(range(int(published["year"].min()), int(published["year"].max()) + 1), fill_value=0)
        .reindex(years)
    )
    led = visits[(visits["status"] == "happened") & visits["rank"].isin(LEADERS)]
    year, official = led["start_date"].map(dates.year), led["kind"].isin(BILATERAL)
    counts = pd.DataFrame(
        {
            kind: [int(((year == y) & mask).sum()) for y in years]
            for kind, mask in (("official", official), ("margin", ~official))
        },
        index=list(years),
    )

    figure, panels = style.new(height=5.6, rows=4, phone=6.8, sharex=True, height_ratios=[3, 2, 2, 2])
    votes, goods, weapons, meetings = panels
    for number, panel in enumerate(panels):
        style.phase_bands(panel, first, last, labels=number == 0)
    votes.axhline(50, color=style.NEUTRAL, lw=0.8)
    band = agreement[(agreement["partner"] == "RUS") & (agreement["n"] >= 5)].set_index("year")
    ends = [band[f"percentile_{end}"].astype(float).reindex(years) for end in ("low", "high")]
    votes.fill_between(list(years), *ends, color=style.COLOURS["RUS"], alpha=0.18, lw=0)
    for partner, line in ranks.items():
        votes.plot(line.index, line, color=style.COLOURS[partner], ls=style.LINES[partner])
    votes.set_ylim(0, 102)
    votes.set_ylabel("votes:\npercentile")
    ends = [
        (line.dropna().index[-1], line.dropna().iloc[-1], f"with {STATES[p]}", style.COLOURS[p])
        for p, line in ranks.items()
    ]
    style.end_labels(votes, ends, gap=0.14)
    goods.plot(trade.index, trade, color=style.COLOURS["RUS"])
    goods.set_ylim(0, None)
    goods.set_ylabel("share of\ntrade, %")
    weapons.bar(arms.index, arms.fillna(0), color=style.COLOURS["RUS"], width=0.85)
    weapons.set_ylabel("arms,\nTIV million")
    meetings.bar(counts.index, counts["official"], color="#3B3B3B", width=0.8)
    meetings.bar(
        counts.index,
        counts["margin"],
        bottom=counts["official"],
        color="white",
        edgecolor="#3B3B3B",
        hatch="////",
        width=0.8,
        lw=0.8,
    )
    meetings.yaxis.get_major_locator().set_params(integer=True)
    meetings.set_ylabel("leaders'\nmeetings")
    meetings.set_xlabel("filled: official visits; hatched: on the margins of other meetings, and calls")
    style.year_axis(meetings, first, last)
    figure.align_ylabels(panels)

    rank, other = ranks["RUS"].dropna(), ranks["USA"].dropna()
    share, given = trade.dropna(), arms.dropna()
    alt = (
        f"Four panels, {first} to {last}. Pakistan's percentile among all states' voting agreement with the USSR/Russia: {rank.iloc[0]:.0f} in {rank.index[0]}, "
        f"lowest {rank.min():.0f} in {rank.idxmin()}, {rank.iloc[-1]:.0f} in {rank.index[-1]}; with the United States {other.iloc[0]:.0f} in {other.index[0]} and {other.iloc[-1]:.0f} in {other.index[-1]}. "
        f"The USSR/Russia's share in Pakistan's trade: highest {share.max():.1f} % in {share.idxmax()}, {share.iloc[-1]:.1f} % in {share.index[-1]}, where the series ends. "
        f"Arms delivered: {given.sum():,.0f} million TIV up to {given.index[-1]}, in {int((given > 0).sum())} of {len(given)} years. "
        f"Meetings of leaders: {counts['official'].sum()} official visits and {counts['margin'].sum()} meetings on the margins of others or calls."
    )
    plotted = pd.DataFrame({
        "year": list(years), "percentile_RUS": ranks["RUS"].to_numpy(), "percentile_USA": ranks["USA"].to_numpy(), "trade_share_percent": trade.round(3).to_numpy(),
        "tiv_RUS": arms.to_numpy(), "official_visits": counts["official"].to_numpy(), "other_meetings": counts["margin"].to_numpy(),
    })  # fmt: skip
    return Chart(figure, alt, plotted, ("unga_agreement", "trade_partners", "arms_volume", "visits"))
