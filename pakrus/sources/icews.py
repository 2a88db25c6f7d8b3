"""Machine-coded news events between five states: what share of them was cooperation or conflict."""

import pandas as pd

from pakrus.measures.proportions import wilson
from pakrus.sources.files import Upstream, columns, require

FILE = "event_counts/icews_2002_2014_selected_dyads.csv"
KINDS = {
    "verbCoop": "verbal_cooperation",
    "matlCoop": "material_cooperation",
    "verbConf": "verbal_conflict",
    "matlConf": "material_conflict",
}


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return shares of cooperative and conflictual events by directed pair of states and year, 2002-2014.

    Columns: `initiator`, `target` (ISO3), `year`, `n` (events of the four kinds), the four shares
    (`verbal_cooperation`, `material_cooperation`, `verbal_conflict`, `material_conflict`, 0-1), `conflict` (the two
    last together) with `conflict_low`, `conflict_high` (95 % Wilson interval). Compare shares, not `n`: the number of
    events follows the number of news reports.
    """
    frame = columns(pd.read_csv(upstream.path(FILE)), FILE, ["i", "j", "year", *KINDS])
    years = frame.groupby(["i", "j"])["year"].agg(lambda years: sorted(years) == list(range(2002, 2015)))
    require(len(years) == 20 and bool(years.all()), FILE, "20 directed pairs with 13 years 2002-2014 each expected.")
    counts = frame[list(KINDS)]
    require(bool(((counts >= 0) & (counts % 1 == 0)).all(axis=None)), FILE, "counts must be whole numbers.")
    n = counts.sum(axis=1).astype(int)
    out = frame.rename(columns={"i": "initiator", "j": "target", **KINDS})[["initiator", "target", "year"]].assign(n=n)
    for column, name in KINDS.items():
        out[name] = (counts[column] / n).round(4)
    interval = wilson(counts["verbConf"] + counts["matlConf"], n).round(4)
    out[["conflict", "conflict_low", "conflict_high"]] = interval[["share", "low", "high"]]
    return out.sort_values(["initiator", "target", "year"], ignore_index=True)
