"""Measures of trade: constant dollars, shares, mirror gap."""

import pandas as pd


def deflate(frame: pd.DataFrame, price_index: pd.DataFrame, base: int, column: str = "value_usd_m") -> pd.DataFrame:
    """Return the frame with `constant_usd_m`: `column` in US dollars of the year `base`.

    `price_index` has `year` and `cpi_u`. Years without an index give missing values.

    Raises
    ------
    ValueError
        When the base year has no index.
    """
    index = price_index.set_index("year")["cpi_u"].astype(float)
    if base not in index.index:
        raise ValueError(f"no price index for the base year {base}; there is one for {index.index.min()}-{index.index.max()}")
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
    rows = trade[(trade["year"] == year) & (trade["exporter"] == exporter) & (trade["importer"] == importer) & (trade["source"] == source)]
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
