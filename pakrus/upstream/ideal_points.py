"""Ideal points of the five states from the published estimates (final passage votes)."""

import pandas as pd

from pakrus.upstream.files import Upstream, columns, require
from pakrus.upstream.votes import STATES

FILE = "unga_ideal_points/IdealpointsJuly2025.dta"


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return `state`, `year`, `ideal_point`, `low`, `high` (5th and 95th percentile) and `n` votes, one row per state and year.

    The year is that in which the session opened. Estimates on final-passage votes only.
    """
    frame = pd.read_stata(upstream.path(FILE), convert_categoricals=False)
    frame = columns(frame, FILE, ["iso3c", "year", "idealpointfp", "q5fp", "q95fp", "nvotesfp"])
    frame = frame[frame["iso3c"].isin(STATES)].dropna(subset=["idealpointfp"])
    require(set(frame["iso3c"]) == set(STATES), FILE, f"expected the states {', '.join(STATES)}, found {sorted(set(frame['iso3c']))}.")
    frame.columns = ["state", "year", "ideal_point", "low", "high", "n"]
    require(not frame.duplicated(["state", "year"]).any(), FILE, "a state has two rows in one year.")
    frame = frame.astype({"year": int, "n": "Int64", "ideal_point": float, "low": float, "high": float})
    frame[["ideal_point", "low", "high"]] = frame[["ideal_point", "low", "high"]].round(4)
    return frame.sort_values(["state", "year"], ignore_index=True)
