"""The price index that turns current into constant dollars."""

import pandas as pd

from pakrus.upstream.files import Upstream, columns

FILE = "macro/cpi_u_annual_from_pypi_cpi_2.1.0.csv"


def price_index(upstream: Upstream) -> pd.DataFrame:
    """Return `year` and `cpi_u` (US consumer prices, 1982-84 = 100), 1947 on."""
    frame = columns(pd.read_csv(upstream.path(FILE)), FILE, ["year", "cpi_u"])
    return frame[frame["year"] >= 1947].reset_index(drop=True)
