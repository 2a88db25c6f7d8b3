"""Ideal points of the five states from the published estimates (final passage votes)."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require
from pakrus.sources.votes import PUBLISHED, STATES

FILE = "unga_ideal_points/IdealpointsJuly2025.dta"
COLUMNS = ["state", "year", "ideal_point", "low", "high", "n"]


def _finished(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    frame = frame.set_axis(COLUMNS, axis=1)
    frame = frame[frame["state"].isin(STATES)].dropna(subset=["ideal_point"])
    require(
        set(frame["state"]) == set(STATES),
        file,
        f"expected the states {', '.join(STATES)}, found {sorted(set(frame['state']))}.",
    )
    require(not frame.duplicated(["state", "year"]).any(), file, "a state has two rows in one year.")
    frame = frame.astype({"year": int, "n": "Int64", "ideal_point": float, "low": float, "high": float})
    frame[["ideal_point", "low", "high"]] = frame[["ideal_point", "low", "high"]].round(4)
    return frame.sort_values(["state", "year"], ignore_index=True)


def derive(upstream: Upstream, kind: str = "fp") -> pd.DataFrame:
    """Return `state`, `year`, `ideal_point`, `low`, `high` (5th and 95th percentile) and `n` votes, one row per state and year.

    The year is that of the votes. `kind` is `fp` (estimates on final-passage votes only) or `all` (paragraphs and
    amendments too).
    """
    names = ["iso3c", "year", f"idealpoint{kind}", f"q5{kind}", f"q95{kind}", f"nvotes{kind}"]
    return _finished(columns(pd.read_stata(upstream.path(FILE), convert_categoricals=False), FILE, names), FILE)


def earlier(upstream: Upstream) -> pd.DataFrame:
    """Return the estimates of June 2024 in the columns of `derive`: all votes, by session; the year is that in which it opened."""
    names = ["iso3c", "session", "IdealPointAll", "Q5%All", "Q95%All", "NVotesAll"]
    frame = columns(pd.read_csv(upstream.path(PUBLISHED)), PUBLISHED, names)
    return _finished(frame.assign(session=frame["session"] + 1945), PUBLISHED)
