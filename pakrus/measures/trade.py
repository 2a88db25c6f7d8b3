"""Measures of trade: constant dollars, shares, growth, mirror statistics, statements.

What comes in: rows of `trade` (one flow, year and source), `trade_partners` and `price_index`. What goes out: estimates and small
tables. The one difficulty: sources of the same flow disagree and some copy each other, so a measure names its source, takes both
directions from one, and never joins two.
"""

from typing import NamedTuple

import pandas as pd

from pakrus import estimate
from pakrus.estimate import Estimate
from pakrus.terms import STATES, TRADE_SOURCES, named

BASE_YEAR = 2015  # of prices where a whole period is given at constant ones


def deflate(
    frame: pd.DataFrame, price_index: pd.DataFrame, base: int = BASE_YEAR, column: str = "value_usd_m"
) -> pd.DataFrame:
    """Return the frame with `constant_usd_m`: `column` in US dollars of the year `base`.

    `price_index` has `year` and `cpi_u`. Years without an index give missing values.

    Raises
    ------
    ValueError
        When the base year has no index.
    """
    index = price_index.set_index("year")["cpi_u"].astype(float)
    if base not in index.index:
        raise ValueError(
            f"no price index for the base year {base}; there is one for {index.index.min()}-{index.index.max()}"
        )
    return frame.assign(constant_usd_m=(frame[column] * index[base] / frame["year"].map(index)).round(3))


def shares(partners: pd.DataFrame) -> pd.DataFrame:
    """Return each partner's share (0-1) in the total by year: `year`, `partner`, `share`. The total is the row of partner WLD."""
    total = partners[partners["partner"] == "WLD"].set_index("year")["value_usd_m"]
    rows = partners[partners["partner"] != "WLD"].copy()
    rows["share"] = rows["value_usd_m"] / rows["year"].map(total)
    return rows[["year", "partner", "share"]].reset_index(drop=True)


def value(trade: pd.DataFrame, year: int, exporter: str, importer: str, source: str) -> float:
    """Return one series value in million current dollars.

    Raises
    ------
    KeyError
        When the source has no figure for that year and direction.
    """
    rows = trade[
        (trade["year"] == year)
        & (trade["exporter"] == exporter)
        & (trade["importer"] == importer)
        & (trade["source"] == source)
    ]
    if len(rows) != 1:
        raise KeyError(f"{source} has {len(rows)} figures for {exporter} to {importer} in {year}")
    return float(rows["value_usd_m"].iloc[0])


def mirror(trade: pd.DataFrame, first_source: str, second_source: str) -> pd.DataFrame:
    """Return two sources' figures for the same flow and year side by side: `year`, `exporter`, `importer`, `first`, `second`, `ratio`.

    Mirror statistics: two parties' records of one flow. A ratio of 1 is agreement, unless both copy one report.
    """
    series = trade[trade["kind"] == "series"]
    keys = ["year", "exporter", "importer"]
    left = series[series["source"] == first_source].set_index(keys)["value_usd_m"]
    right = series[series["source"] == second_source].set_index(keys)["value_usd_m"]
    both = pd.concat([left.rename("first"), right.rename("second")], axis=1, join="inner").reset_index()
    return both.assign(ratio=both["first"] / both["second"])


def side_by_side(trade: pd.DataFrame) -> pd.DataFrame:
    """Return every source's figure for the same flow and year in one row: mirror statistics.

    Columns: `year`, `exporter`, `importer`, one column per source of a yearly series, `importer_reports` and
    `exporter_reports` (what each side's own customs say; of several sources with one reporter the one that is not
    rounded to whole millions), `ratio` (importer's over exporter's figure; missing where one side is missing or
    zero) and `one_report` (sources that pass on one side's report and so do not check each other).
    """
    series = trade[trade["kind"] == "series"]
    keys = ["year", "exporter", "importer"]
    wide = series.pivot(index=keys, columns="source", values="value_usd_m")
    for side in ("importer", "exporter"):
        own = series[series["reporter"] == series[side]].copy()
        own["rounded"] = own["flag"].fillna("").str.contains("rounded to whole millions")
        best = (
            own.sort_values(["rounded", "source"], kind="stable").drop_duplicates(keys).set_index(keys)["value_usd_m"]
        )
        wide[f"{side}_reports"] = best.reindex(wide.index)
    wide["ratio"] = wide["importer_reports"] / wide["exporter_reports"].where(wide["exporter_reports"] > 0)
    shared = series.groupby([*keys, "reporter"])["source"].agg(lambda names: ", ".join(sorted(names)))
    shared = shared[shared.str.contains(", ")].groupby(level=keys).agg("; ".join)
    wide["one_report"] = shared.reindex(wide.index).fillna("")
    return wide.rename_axis(columns=None).reset_index()


def disagreement(first: pd.Series, second: pd.Series) -> dict:
    """Return how far two sources' figures lie apart, over the index values that both have.

    Keys: `n`, `first_year`, `last_year`, `n_ratio` (pairs with both figures above zero), `mean_ratio`,
    `median_ratio`, `lowest_ratio`, `highest_ratio` (first over second), `ratio_of_sums`, `mean_absolute_gap`,
    `largest_gap` (first minus second where they differ most) and `largest_gap_year`. The index is the year.

    Raises
    ------
    ValueError
        When no year is in both.
    """
    both = pd.concat([first.rename("first"), second.rename("second")], axis=1, join="inner").dropna().sort_index()
    if both.empty:
        raise ValueError("the two sources have no year in common")
    gap = both["first"] - both["second"]
    above = both[(both > 0).all(axis=1)]
    ratio = above["first"] / above["second"]
    total = both["second"].sum()
    return {
        "n": len(both), "first_year": int(both.index.min()), "last_year": int(both.index.max()), "n_ratio": len(above),
        "mean_ratio": ratio.mean(), "median_ratio": ratio.median(), "lowest_ratio": ratio.min(),
        "highest_ratio": ratio.max(), "ratio_of_sums": both["first"].sum() / total if total else float("nan"),
        "mean_absolute_gap": gap.abs().mean(), "largest_gap": gap[gap.abs().idxmax()],
        "largest_gap_year": int(gap.abs().idxmax()),
    }  # fmt: skip


# ------------------------------------------------------------ what a chapter asks


def _source(name: str) -> str:
    """Return how readers know the source of a series; a source of single figures keeps its key."""
    return TRADE_SOURCES.get(name, name)


def share_series(partners: pd.DataFrame, partner: str) -> pd.Series:
    """Return one partner's share (0-1) in Pakistan's trade by year (rows of `trade_partners`)."""
    rows = shares(partners)
    return rows[rows["partner"] == partner].set_index("year")["share"].astype(float)


def mean_share(partners: pd.DataFrame, partner: str, years: tuple[int, int] | None = None) -> Estimate:
    """Return the mean of the yearly shares of a partner in Pakistan's trade; `n` is the number of years."""
    series = share_series(partners, partner)
    series = series.loc[years[0] : years[1]] if years else series
    where = f", {years[0]}–{years[1]}" if years else estimate.span_in_words(partners)
    return estimate.share(
        series.mean(), f"share of {named(partner)} in Pakistan's trade, mean of years{where}", len(series), digits=1
    )


def share_in(partners: pd.DataFrame, partner: str, year: int) -> Estimate:
    """Return the share of a partner in Pakistan's trade in one year."""
    value = share_series(partners, partner)[year]
    return estimate.share(value, f"share of {named(partner)} in Pakistan's trade, {year}", digits=1)


def highest_share(partners: pd.DataFrame, partner: str) -> tuple[Estimate, Estimate]:
    """Return the highest yearly share of a partner in Pakistan's trade, and its year."""
    series = share_series(partners, partner)
    year = int(series.idxmax())
    words = f"highest yearly share of {named(partner)} in Pakistan's trade{estimate.span_in_words(partners)}"
    return estimate.share(series.max(), words, len(series), digits=1), estimate.year(year, f"year of the {words}")


def lowest_share(partners: pd.DataFrame, partner: str) -> Estimate:
    """Return the lowest yearly share of a partner in Pakistan's trade."""
    series = share_series(partners, partner)
    words = f"lowest yearly share of {named(partner)} in Pakistan's trade{estimate.span_in_words(partners)}"
    return estimate.share(series.min(), words, len(series), digits=1)


def sold(trade: pd.DataFrame, exporter: str, importer: str, source: str = "cowtrade") -> Estimate:
    """Return what one state sold another over all years of the rows, in million current US dollars; `n` counts the years."""
    rows = trade[(trade["source"] == source) & (trade["kind"] == "series")]
    rows = rows[(rows["exporter"] == exporter) & (rows["importer"] == importer)]
    pair = f"goods sold by {named(exporter)} to {named(importer)}"
    words = f"{pair}, million current US dollars ({_source(source)}){estimate.span_in_words(rows)}"
    return estimate.quantity(rows["value_usd_m"].sum(), words, unit="million current US dollars", n=len(rows))


def mean_constant(
    trade: pd.DataFrame, price_index: pd.DataFrame, base: int = BASE_YEAR, source: str = "cowtrade"
) -> Estimate:
    """Return trade of both directions a year, mean of the years of the rows, in million US dollars of the year `base`."""
    rows = trade[(trade["source"] == source) & (trade["kind"] == "series")]
    yearly = deflate(rows, price_index, base).groupby("year")["constant_usd_m"].sum()
    words = f"trade of both directions a year, million US dollars of {base} ({_source(source)}){estimate.span_in_words(rows)}"
    return estimate.quantity(yearly.mean(), words, unit=f"million US dollars of {base}", n=len(yearly))


def both_ways(trade: pd.DataFrame, year: int, source: str = "cowtrade") -> Estimate:
    """Return trade of both directions in one year as one source gives it, in million current US dollars."""
    rows = trade[(trade["source"] == source) & (trade["kind"] == "series") & (trade["year"] == year)]
    words = f"trade of both directions in {year}, million current US dollars ({_source(source)})"
    return estimate.quantity(rows["value_usd_m"].sum(), words, unit="million current US dollars", n=len(rows))


def flow(trade: pd.DataFrame, year: int, exporter: str, importer: str, source: str = "cowtrade", digits: int = 0) -> Estimate:  # fmt: skip
    """Return what one state sold to the other in a year as one source gives it, in million current US dollars.

    Raises
    ------
    KeyError
        When the source has no figure for that year and direction.
    """
    sold = value(trade, year, exporter, importer, source)
    words = f"sales of {named(exporter)} to {named(importer)} in {year}, million current US dollars ({_source(source)})"
    return estimate.quantity(sold, words, digits, unit="million current US dollars")


def last_year(partners: pd.DataFrame) -> Estimate:
    """Return the last year for which Pakistan's trade with every partner is known (rows of `trade_partners`)."""
    return estimate.year(partners["year"].max(), "last year of the shares in Pakistan's trade")


class Mirror(NamedTuple):
    """One flow of one year as the customs of both sides report it, in million US dollars, the ratio, and the year."""

    importer: Estimate
    exporter: Estimate
    ratio: Estimate
    year: Estimate


def latest_mirror(trade: pd.DataFrame, exporter: str, importer: str) -> Mirror:
    """Return the last year in which both sides' own customs report a flow (`side_by_side`), and what they report.

    Raises
    ------
    ValueError
        When there is no such year.
    """
    rows = side_by_side(trade)
    rows = rows[(rows["exporter"] == exporter) & (rows["importer"] == importer) & rows["ratio"].notna()]
    if rows.empty:
        raise ValueError(f"no year in which both sides report the exports of {exporter} to {importer}")
    row = rows.sort_values("year").iloc[-1]
    flow = f"exports of {named(exporter)} to {named(importer)}, {int(row['year'])}"
    dollars = "million US dollars"
    return Mirror(
        estimate.quantity(row["importer_reports"], f"{flow}, as the importer reports them", unit=dollars),
        estimate.quantity(row["exporter_reports"], f"{flow}, as the exporter reports them", unit=dollars),
        estimate.quantity(row["ratio"], f"{flow}: importer's over exporter's report", 2),
        estimate.year(row["year"], f"last year with {flow.rpartition(',')[0]} as reported by both"),
    )


class Range(NamedTuple):
    """The lowest and the highest of several figures for one thing."""

    lowest: Estimate
    highest: Estimate


def _range(values: pd.Series, words: str, digits: int = 0, unit: str = "") -> Range:
    ends = ((values.min(), "lowest"), (values.max(), "highest"))
    return Range(*(estimate.quantity(value, f"{end} {words}", digits, unit, len(values)) for value, end in ends))


def mirror_range(trade: pd.DataFrame, first: str, second: str, exporter: str) -> Range:
    """Return the lowest and the highest yearly ratio of two sources' figures for one state's exports (`mirror`)."""
    ratio = mirror(trade, first, second).query("exporter == @exporter")["ratio"]
    return _range(ratio, f"ratio of {_source(first)} to {_source(second)} for the exports of {named(exporter)}", 2)


def stated(trade: pd.DataFrame, period: str) -> Range:
    """Return the lowest and the highest published figure for the turnover of a period (such as a fiscal year, `2022-23`)."""
    rows = trade[(trade["flow"] == "turnover") & (trade["period"] == period)]
    return _range(rows["value_usd_m"], f"published turnover of {period}, million US dollars", unit="million US dollars")


def stated_gap(trade: pd.DataFrame, period: str) -> Estimate:
    """Return how far the lowest and the highest published figure for the turnover of a period lie apart (`stated`)."""
    low, high = stated(trade, period)
    words = f"difference of the lowest and highest published turnover of {period}, million US dollars"
    return estimate.quantity(high.value - low.value, words, unit="million US dollars", n=high.n)


def statements(trade: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures for the turnover of single years, by year, reporter and value.

    Columns: `period`, `reporter` (the state's name), `value_usd_m` (million US dollars), `flag` (what the figure covers),
    `source` (key of the bibliography).
    """
    rows = trade[(trade["kind"] == "point") & (trade["flow"] == "turnover")].copy()
    rows = rows.sort_values(["year", "reporter", "value_usd_m"], kind="stable")
    rows["reporter"] = rows["reporter"].map({**STATES, "RUS": "Russia"})
    return rows[["period", "reporter", "value_usd_m", "flag", "source"]].reset_index(drop=True)


class Growth(NamedTuple):
    """Trade of both directions in two years, in dollars of the day and at constant prices, and how many times it grew."""

    first: Estimate
    last: Estimate
    first_constant: Estimate
    last_constant: Estimate
    fold: Estimate
    fold_constant: Estimate


def both_ways_constant(real: pd.DataFrame, year: int, source: str = "cowtrade", base: int = BASE_YEAR) -> Estimate:
    """Return trade of both directions in one year as one source gives it, in million US dollars of the year `base`.

    `real` is what `deflate` returned for that base.
    """
    rows = real[(real["source"] == source) & (real["kind"] == "series") & (real["year"] == year)]
    words = f"trade of both directions in {year}, million US dollars of {base} ({_source(source)})"
    return estimate.quantity(rows["constant_usd_m"].sum(), words, unit=f"million US dollars of {base}", n=len(rows))


def flow_constant(
    real: pd.DataFrame, year: int, exporter: str, importer: str, source: str = "cowtrade", base: int = BASE_YEAR
) -> Estimate:
    """Return what one state sold to the other in a year as one source gives it, in million US dollars of the year `base`.

    `real` is what `deflate` returned for that base.

    Raises
    ------
    KeyError
        When the source has no figure for that year and direction.
    """
    sold = value(real.assign(value_usd_m=real["constant_usd_m"]), year, exporter, importer, source)
    words = (
        f"sales of {named(exporter)} to {named(importer)} in {year}, million US dollars of {base} ({_source(source)})"
    )
    return estimate.quantity(sold, words, unit=f"million US dollars of {base}")


def growth(real: pd.DataFrame, first: int, last: int, source: str = "cowtrade", base: int = BASE_YEAR) -> Growth:
    """Return how trade of both directions grew between two years in dollars of the day and at constant prices (`deflate`)."""
    current = [both_ways(real, year, source) for year in (first, last)]
    constant = [both_ways_constant(real, year, source, base) for year in (first, last)]
    words = f"times that trade of both directions grew from {first} to {last}"
    return Growth(
        *current,
        *constant,
        estimate.quantity(
            current[1].value / current[0].value, f"{words}, in dollars of the day ({_source(source)})", 1
        ),
        estimate.quantity(constant[1].value / constant[0].value, f"{words}, at constant prices ({_source(source)})", 1),
    )


def highest_constant(real: pd.DataFrame, source: str = "cowtrade", base: int = BASE_YEAR) -> tuple[Estimate, Estimate]:
    """Return the highest yearly trade of both directions in million US dollars of the year `base` (`deflate`), and its year."""
    rows = real[(real["source"] == source) & (real["kind"] == "series")]
    year = int(rows.groupby("year")["constant_usd_m"].sum().idxmax())
    words = f"year of the largest trade of both directions at prices of {base} ({_source(source)})"
    return both_ways_constant(real, year, source, base), estimate.year(year, words)
