"""Correlates of War, dyadic trade: Pakistan's flows with each partner and in total, 1948-2014, million current dollars."""

import pandas as pd

from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, require

PAIRS = "trade/cow_trade_v4_pakistan_all_partners.csv"
TOTALS = "trade/cow_pakistan_partner_totals.csv"
PAKISTAN, RUSSIA = 770, 365  # 365 is the USSR and Russia without a break
FIRST, LAST = 1948, 2014


def pair(upstream: Upstream) -> pd.DataFrame:
    """Return trade of Pakistan with the USSR/Russia, a row for each year and direction.

    Columns: `year`, `exporter`, `importer`, `value` (as the importer reports it), `smoothed` (the file's other value).
    """
    names = ["ccode1", "ccode2", "year", "flow1", "flow2", "smoothflow1", "smoothflow2"]
    frame = columns(pd.read_csv(upstream.path(PAIRS)), PAIRS, names)
    frame = frame[(frame["ccode1"] == PAKISTAN) & (frame["ccode2"] == RUSSIA)].sort_values("year")
    expected = f"{LAST - FIRST + 1} years {FIRST}-{LAST} expected for Pakistan and the USSR/Russia."
    require(list(frame["year"]) == list(range(FIRST, LAST + 1)), PAIRS, expected)
    rows = []
    for row in corrections.apply(frame, PAIRS).itertuples():  # flow1 is what state 1 imports, flow2 what it exports
        rows.append((row.year, "RUS", "PAK", row.flow1, row.smoothflow1))
        rows.append((row.year, "PAK", "RUS", row.flow2, row.smoothflow2))
    return pd.DataFrame(rows, columns=["year", "exporter", "importer", "value", "smoothed"])


def every_pair(upstream: Upstream) -> pd.DataFrame:
    """Return Pakistan's trade with every partner: `year`, `imports`, `exports` (missing where not known)."""
    frame = columns(pd.read_csv(upstream.path(PAIRS)), PAIRS, ["ccode1", "year", "flow1", "flow2"])
    plain = set(frame["ccode1"]) == {PAKISTAN} and bool((frame[["flow1", "flow2"]].fillna(0) >= 0).all(axis=None))
    require(plain, PAIRS, "Pakistan's pairs without codes for missing values expected.")
    frame = frame[frame["year"].between(FIRST, LAST)]
    return frame[["year", "flow1", "flow2"]].set_axis(["year", "imports", "exports"], axis=1)


def partners(upstream: Upstream) -> pd.DataFrame:
    """Return Pakistan's trade (both directions) with selected partners and in total, current million dollars, 1948-2014.

    Columns: `year`, `partner` (ISO3, `WLD` for the national total), `value_usd_m`.
    """
    names = ["AFG", "CHN", "GBR", "IND", "IRN", "RUS", "SAU", "TUR", "USA", "PAK_total_nat"]
    frame = columns(pd.read_csv(upstream.path(TOTALS)), TOTALS, ["year", *names])
    frame = frame.rename(columns={"PAK_total_nat": "WLD"})
    long = frame.melt("year", var_name="partner", value_name="value_usd_m").round({"value_usd_m": 1})
    return long.sort_values(["partner", "year"], ignore_index=True)
