"""World Bank: Pakistan's aid and merchandise trade, and the output of five states."""

import pandas as pd

from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, require

WDI = "macro/wdi_pak_oda_merch_1960_2024.csv"
GDP = "macro/datasets-gdp_gdp.csv"
INDICATORS = {
    "DT.ODA.ALLD.CD": "oda_received",
    "TX.VAL.MRCH.CD.WT": "merchandise_exports",
    "TM.VAL.MRCH.CD.WT": "merchandise_imports",
}
STATES = ("PAK", "RUS", "IND", "CHN", "USA")


def pakistan(upstream: Upstream) -> pd.DataFrame:
    """Return aid received and merchandise trade of Pakistan in current US dollars: `year` and a column for each of `INDICATORS`."""
    frame = columns(pd.read_csv(upstream.path(WDI)), WDI, ["year", *INDICATORS])
    require(list(frame["year"]) == list(range(1960, 2025)), WDI, "65 years 1960-2024 expected.")
    return corrections.apply(frame, WDI).rename(columns=INDICATORS)


def output(upstream: Upstream) -> pd.DataFrame:
    """Return gross domestic product of five states in current US dollars: `state` (ISO3), `year`, `value`."""
    frame = columns(pd.read_csv(upstream.path(GDP)), GDP, ["Country Code", "Year", "Value"])
    frame = frame[frame["Country Code"].isin(STATES)].set_axis(["state", "year", "value"], axis=1)
    require(set(frame["state"]) == set(STATES), GDP, f"rows for {', '.join(STATES)} expected.")
    require(not frame.duplicated(["state", "year"]).any(), GDP, "a year is there twice for a state.")
    return frame
