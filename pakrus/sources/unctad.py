"""UNCTAD's merchandise trade matrix, as exporters report: the pair in 1995, 2005 and 2015."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require

FILES = {year: f"trade/{year}_DiGraph_All.dta" for year in (1995, 2005, 2015)}
NAMES = {"Pakistan": "PAK", "RussianFederation": "RUS"}


def pair(upstream: Upstream) -> pd.DataFrame:
    """Return trade of the pair: `year`, `exporter`, `importer`, `value` (thousand current US dollars)."""
    rows = []
    for year, name in FILES.items():
        frame = columns(pd.read_stata(upstream.path(name)), name, ["source", "target", "edgewidth"])
        frame = frame[frame["source"].isin(NAMES) & frame["target"].isin(NAMES)]
        require(len(frame) == 2, name, "two rows between Pakistan and the Russian Federation expected.")
        rows += [(year, NAMES[row.source], NAMES[row.target], row.edgewidth) for row in frame.itertuples()]
    return pd.DataFrame(rows, columns=["year", "exporter", "importer", "value"])
