"""The economy around the record: the price index, and Pakistan's aid and trade and five states' output in dollars."""

import pandas as pd

from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, require

FILE = "macro/cpi_u_annual_from_pypi_cpi_2.1.0.csv"
WDI = "macro/wdi_pak_oda_merch_1960_2024.csv"
GDP = "macro/datasets-gdp_gdp.csv"
INDICATORS = {
    "DT.ODA.ALLD.CD": "oda_received",
    "TX.VAL.MRCH.CD.WT": "merchandise_exports",
    "TM.VAL.MRCH.CD.WT": "merchandise_imports",
}
STATES = ("PAK", "RUS", "IND", "CHN", "USA")
BREAK = range(1968, 1972)  # Pakistan's trade halves in 1968 and doubles in 1972; other sources show neither


def price_index(upstream: Upstream) -> pd.DataFrame:
    """Return `year` and `cpi_u` (US consumer prices, 1982-84 = 100), 1947 on."""
    frame = columns(pd.read_csv(upstream.path(FILE)), FILE, ["year", "cpi_u"])
    return frame[frame["year"] >= 1947].reset_index(drop=True)


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return yearly figures in current US dollars: aid and merchandise trade of Pakistan, output of five states.

    Columns: `state` (ISO3), `year`, `indicator` (`gdp`, `merchandise_exports`, `merchandise_imports`, `oda_received`),
    `value` (million), `unit`, `price_basis` (`current`), `source` (BibTeX key), `flag`. Missing years have no row.
    """
    wdi = columns(pd.read_csv(upstream.path(WDI)), WDI, ["year", *INDICATORS])
    require(list(wdi["year"]) == list(range(1960, 2025)), WDI, "65 years 1960-2024 expected.")
    wdi = (
        corrections.apply(wdi, WDI)
        .rename(columns=INDICATORS)
        .melt("year", var_name="indicator")
        .assign(state="PAK", source="wdi")
    )
    gdp = columns(pd.read_csv(upstream.path(GDP)), GDP, ["Country Code", "Year", "Value"])
    gdp = (
        gdp[gdp["Country Code"].isin(STATES)]
        .set_axis(["state", "year", "value"], axis=1)
        .assign(indicator="gdp", source="wdigdp")
    )
    require(set(gdp["state"]) == set(STATES), GDP, f"rows for {', '.join(STATES)} expected.")
    require(not gdp.duplicated(["state", "year"]).any(), GDP, "a year is there twice for a state.")
    frame = pd.concat([wdi, gdp]).dropna(subset=["value"])
    frame["value"] = (frame["value"] / 1e6).round(3)
    broken = frame["indicator"].str.startswith("merchandise") & frame["year"].isin(BREAK)
    soviet = (frame["state"] == "RUS") & (frame["year"] <= 1991)
    frame["flag"] = ""
    frame.loc[broken, "flag"] = "break in the series: Correlates of War gives 1.4 to 2.2 times as much"
    frame.loc[soviet, "flag"] = "the Russian republic alone, not the USSR"
    frame = frame.assign(unit="million US dollars", price_basis="current")
    order = ["state", "year", "indicator", "value", "unit", "price_basis", "source", "flag"]
    return frame[order].sort_values(["indicator", "state", "year"], ignore_index=True)
