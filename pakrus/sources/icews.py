"""Machine-coded news events between five states: the counts of the ICEWS file at hand."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require

FILE = "event_counts/icews_2002_2014_selected_dyads.csv"
KINDS = {
    "verbCoop": "verbal_cooperation",
    "matlCoop": "material_cooperation",
    "verbConf": "verbal_conflict",
    "matlConf": "material_conflict",
}


def counts(upstream: Upstream) -> pd.DataFrame:
    """Return events by directed pair and year, 2002-2014: `initiator`, `target` (ISO3), `year`, a count for each of `KINDS`."""
    frame = columns(pd.read_csv(upstream.path(FILE)), FILE, ["i", "j", "year", *KINDS])
    years = frame.groupby(["i", "j"])["year"].agg(lambda years: sorted(years) == list(range(2002, 2015)))
    require(len(years) == 20 and bool(years.all()), FILE, "20 directed pairs with 13 years 2002-2014 each expected.")
    whole = ((frame[list(KINDS)] >= 0) & (frame[list(KINDS)] % 1 == 0)).all(axis=None)
    require(bool(whole), FILE, "counts must be whole numbers.")
    return frame.rename(columns={"i": "initiator", "j": "target", **KINDS})
