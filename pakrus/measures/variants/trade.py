"""How much hangs on a choice: trade of the two, by who reports it and in which dollars, and Moscow's share in Pakistan's trade.

In: the tables of trade, prices and partners, and the World Bank's total. Out: rows for
`pakrus.measures.variants.finished`. The difficulty is that no source spans the whole period: a total is compared with
the others only in years that both cover, growth over the seam joins two sources, and a value in other dollars is a row
of its own, compared with nothing.
"""

import pandas as pd

from pakrus import cuts
from pakrus.measures import trade as measures
from pakrus.measures.variants import NAN, Choice, Estimate, Figure, by_phase, row

# of each year and span that the chapters name: the source of the book's own figure
YEARS = dict.fromkeys((1948, 1970, 1991, 1995, 2005, 2008, 2014), "cowtrade") | dict.fromkeys((2015, 2019), "comtrade")
GROWTH = {
    (1948, 1970): "cowtrade", (1970, 1991): "cowtrade", (1970, 2014): "cowtrade", (1991, 2008): "cowtrade",
    (2008, 2019): "comtrade",
}  # fmt: skip
REPORTERS = {
    "cowtrade": "Correlates of War, as the importer reports",
    "comtrade": "Comtrade, as Russia reports",
    "unctadmatrix": "UNCTAD, as the exporter reports",
}
ROUNDED = {"cowtrade": 1.0}  # two flows, each rounded to whole millions: the sum may be one million off
BASES = (2015, 1970)


def totals(trade: pd.DataFrame, source: str, value: str = "value_usd_m") -> pd.Series:
    """Return the trade of both directions by year as one source gives it; years with one direction are left out."""
    rows = trade[(trade["source"] == source) & (trade["kind"] == "series")]
    return rows.pivot_table(index="year", columns="exporter", values=value, aggfunc="sum").dropna().sum(axis=1)


def _total(series: pd.Series, year: int, source: str, factor: float = 1.0) -> Estimate:
    give = ROUNDED.get(source, NAN) * factor
    return Estimate(float(series[year]), float(series[year]) - give, float(series[year]) + give, 2, REPORTERS[source])


def _ratio(later: Estimate, earlier: Estimate, covers: str) -> Estimate:
    return Estimate(later.value / earlier.value, later.low / earlier.high, later.high / earlier.low, 2, covers)


def rows(
    trade: pd.DataFrame,
    prices: pd.DataFrame,
    partners: pd.DataFrame,
    world_bank: pd.Series,
    cut: pd.DataFrame,
    others: dict,
) -> list[dict]:
    """Return totals, growth and peak of trade, and the partner's share in Pakistan's trade, by reporter and deflator.

    `world_bank` is Pakistan's merchandise trade by year (another total to take the share of). An interval of a total is
    what rounding leaves open. The one deflator is the US consumer price index, once in dollars of 2015, once of 1970.
    """
    current = {source: totals(trade, source) for source in REPORTERS}
    real = {
        (source, base): totals(measures.deflate(trade, prices, base), source, "constant_usd_m")
        for source in REPORTERS
        for base in BASES
    }
    index = prices.set_index("year")["cpi_u"].astype(float)
    out = _level_rows(current, real, index) + _growth_rows(current, real, index)
    return out + _peak_rows(current, real) + _share_rows(partners, world_bank, cut, others)


def _level_rows(current: dict, real: dict, index: pd.Series) -> list[dict]:
    out = []
    for year, own in YEARS.items():
        figure = Figure(f"trade-{year}", "trade", "Trade of both directions", "million current US dollars")
        base = _total(current[own], year, own)
        out.append(row(figure, str(year), "baseline", REPORTERS[own], base))
        for source, series in current.items():
            if source != own and year in series:
                other = _total(series, year, source)
                out.append(row(figure, str(year), "reporter", REPORTERS[source], other, base.value))
        for to in BASES:
            constant = _total(real[own, to], year, own, index[to] / index[year])
            unit = f"million US dollars of {to}"
            out.append(row(figure, str(year), "deflator", f"dollars of {to}", constant, base.value, unit))
    return out


def _growth_rows(current: dict, real: dict, index: pd.Series) -> list[dict]:
    out = []
    for (early, late), own in GROWTH.items():
        words, span = f"Trade of {late} over that of {early}", f"{early}-{late}"
        figure = Figure(f"trade-growth-{span}", "trade", words, "ratio", zero=1.0)
        later = _total(current[own], late, own)
        base = _ratio(later, _total(current[own], early, own), REPORTERS[own])
        out.append(row(figure, span, "baseline", REPORTERS[own], base))
        cow = current["cowtrade"]
        if early in cow and late not in cow:  # the span goes over the end of one source
            covers = f"{REPORTERS['cowtrade']}, then {REPORTERS[own]}"
            mixed = _ratio(later, _total(cow, early, "cowtrade"), covers)
            out.append(row(figure, span, "reporter", "two sources joined", mixed, base.value))
        for to in BASES:
            ends = (_total(real[own, to], year, own, index[to] / index[year]) for year in (late, early))
            constant = _ratio(*ends, REPORTERS[own])
            out.append(row(figure, span, "deflator", f"dollars of {to}", constant, base.value))
    return out


def _peak(series: pd.Series) -> tuple[Estimate, Estimate]:
    """Return the largest value and the year in which it falls."""
    how = {"n": len(series), "covers": f"{int(series.index.min())}-{int(series.index.max())}"}
    return Estimate(float(series.max()), **how), Estimate(float(series.idxmax()), **how)


def _year_row(figure: Figure, kind: str, name: str, year: Estimate, top: float) -> dict:
    """Return the row of a peak's year: another year is another direction, however near it lies."""
    same = None if kind == "baseline" else year.value == top
    return {**row(figure, "peak", kind, name, year, top), "same_direction": same}


def _peak_rows(current: dict, real: dict) -> list[dict]:
    million = "million US dollars of {}".format
    peaks = [
        ("baseline", REPORTERS["cowtrade"], current["cowtrade"], None),
        ("reporter", REPORTERS["comtrade"], current["comtrade"], None),
    ]
    peaks += [
        ("deflator", f"{REPORTERS[source]}, dollars of {base}", series, million(base))
        for (source, base), series in real.items()
        if source != "unctadmatrix"  # three years have no peak
    ]
    size = Figure("trade-peak", "trade", "Largest yearly trade", "million current US dollars")
    when = Figure("trade-peak-year", "trade", "Year of the largest trade", "year")
    (top, top_year), out = _peak(current["cowtrade"]), []
    for kind, name, series, unit in peaks:
        value, year = _peak(series)
        out.append(row(size, "peak", kind, name, value, top.value, unit))
        out.append(_year_row(when, kind, name, year, top_year.value))
    return out


def _share_rows(
    partners: pd.DataFrame, world_bank: pd.Series, cut: pd.DataFrame, others: dict, partner: str = "RUS"
) -> list[dict]:
    own = measures.shares(partners).query("partner == @partner").set_index("year")["share"].astype(float)
    flow = partners[partners["partner"] == partner].set_index("year")["value_usd_m"].astype(float)
    shares = [
        ("baseline", "national total of the Correlates of War file", own),
        (
            "reporter",
            "merchandise total of the World Bank (half of other sources in 1968-1971)",
            (flow / world_bank).dropna(),
        ),
    ]
    words = "Largest yearly share of the USSR/Russia in Pakistan's trade"
    size = Figure("trade-share-peak", "trade", words, "share 0-1")
    when = Figure("trade-share-peak-year", "trade", "Year of the largest share", "year")
    (top, top_year), out = _peak(own), []
    for kind, name, series in shares:
        value, year = _peak(series)
        out.append(row(size, "peak", kind, name, value, top.value))
        out.append(_year_row(when, kind, name, year, top_year.value))
    choices = [Choice(kind, name, _mean_of_years(series)) for kind, name, series in shares]
    figure = Figure("trade-share", "trade", "Share of the USSR/Russia in Pakistan's trade, mean of years", "share 0-1")
    return out + by_phase(figure, choices, cut, others, "difference of shares")


def _mean_of_years(series: pd.Series):
    def of_cut(one_cut: pd.DataFrame) -> dict[str, Estimate]:
        phase, found = cuts.phase_of_years(pd.Series(series.index), one_cut), {}
        for name in one_cut["phase"]:
            years = series[(phase == name).to_numpy()]
            if len(years):
                covers = f"{int(years.index.min())}-{int(years.index.max())}"
                found[name] = Estimate(float(years.mean()), n=len(years), covers=covers)
        return found

    return of_cut
