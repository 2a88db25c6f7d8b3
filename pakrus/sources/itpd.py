"""International Trade and Production Database for Estimation: goods and services of the pair, 2000-2016."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require

FILE = "trade/itpd_pakistan_selected_constant2010usd.csv"
BASE = 2010  # the file at hand is in constant dollars of this year


def pair(upstream: Upstream) -> pd.DataFrame:
    """Return trade of the pair: `year`, `exporter`, `importer`, `constant` (US dollars of `BASE`)."""
    frame = columns(pd.read_csv(upstream.path(FILE)), FILE, ["year", "PAK_to_RUS", "RUS_to_PAK"])
    require(list(frame["year"]) == list(range(2000, 2017)), FILE, "17 years 2000-2016 expected.")
    long = frame.melt("year", var_name="flow", value_name="constant")
    ends = long["flow"].str.split("_to_", expand=True)
    return pd.DataFrame({"year": long["year"], "exporter": ends[0], "importer": ends[1], "constant": long["constant"]})
