"""Charts that set contact between the two states beside their votes."""

import pandas as pd

from pakrus.figures import style
from pakrus.figures.page import Chart


def contact_and_votes(
    contacts: pd.DataFrame, agreement: pd.DataFrame, first: int, last: int, partner: str = "RUS"
) -> Chart:
    """Draw contacts per year as bars above, voting agreement and percentile with the partner below.

    `contacts` has `year` and `contacts` (`pakrus.measures.contacts.per_year`); `agreement` is the table `unga_agreement`.
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
        f"Below: share of identical votes with {style.NAMES[partner]}, {share.iloc[0]:.2f} in {first}, {share.iloc[-1]:.2f} in {last}, highest {share.max():.2f} in {share.idxmax()}; "
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
