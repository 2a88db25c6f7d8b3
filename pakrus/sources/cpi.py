"""US consumer prices: the Bureau of Labor Statistics' yearly index, as packaged in `cpi`."""

import pandas as pd

from pakrus.sources.files import Upstream, columns

FILE = "macro/cpi_u_annual_from_pypi_cpi_2.1.0.csv"
FIRST = 1947


def price_index(upstream: Upstream) -> pd.DataFrame:
    """Return `year` and `cpi_u` (US consumer prices, 1982-84 = 100), 1947 on."""
    frame = columns(pd.read_csv(upstream.path(FILE)), FILE, ["year", "cpi_u"])
    return frame[frame["year"] >= FIRST].reset_index(drop=True)
