"""The economy around the record: Pakistan's aid and trade and five states' output in dollars."""

import pandas as pd

from pakrus.sources import wdi
from pakrus.sources.files import Upstream

BREAK = range(1968, 1972)  # Pakistan's trade halves in 1968 and doubles in 1972; other sources show neither


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return yearly figures in current US dollars: aid and merchandise trade of Pakistan, output of five states.

    Columns: `state` (ISO3), `year`, `indicator` (`gdp`, `merchandise_exports`, `merchandise_imports`, `oda_received`),
    `value` (million), `unit`, `price_basis` (`current`), `source` (BibTeX key), `flag`. Missing years have no row.
    """
    pakistan = wdi.pakistan(upstream).melt("year", var_name="indicator").assign(state="PAK", source="wdi")
    output = wdi.output(upstream).assign(indicator="gdp", source="wdigdp")
    frame = pd.concat([pakistan, output]).dropna(subset=["value"])
    frame["value"] = (frame["value"] / 1e6).round(3)
    broken = frame["indicator"].str.startswith("merchandise") & frame["year"].isin(BREAK)
    soviet = (frame["state"] == "RUS") & (frame["year"] <= 1991)
    frame["flag"] = ""
    frame.loc[broken, "flag"] = "break in the series: Correlates of War gives 1.4 to 2.2 times as much"
    frame.loc[soviet, "flag"] = "the Russian republic alone, not the USSR"
    frame = frame.assign(unit="million US dollars", price_basis="current")
    order = ["state", "year", "indicator", "value", "unit", "price_basis", "source", "flag"]
    return frame[order].sort_values(["indicator", "state", "year"], ignore_index=True)
