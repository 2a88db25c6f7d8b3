"""Ideal points and agreement scores as Bailey, Strezhnev and Voeten publish them, in two editions."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require
from pakrus.sources.unga import STATES
from pakrus.terms import year_of_session

FILE = "unga_ideal_points/IdealpointsJuly2025.dta"
EARLIER = "unga_ideal_points/IdealpointestimatesAll_Jun2024.csv"
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


def estimates(upstream: Upstream, kind: str = "fp") -> pd.DataFrame:
    """Return `state`, `year`, `ideal_point`, `low`, `high` (5th and 95th percentile) and `n` votes, one row per state and year.

    The year is that of the votes. `kind` is `fp` (estimates on final-passage votes only) or `all` (paragraphs and
    amendments too).
    """
    names = ["iso3c", "year", f"idealpoint{kind}", f"q5{kind}", f"q95{kind}", f"nvotes{kind}"]
    return _finished(columns(pd.read_stata(upstream.path(FILE), convert_categoricals=False), FILE, names), FILE)


def every_state(upstream: Upstream, kind: str = "fp") -> pd.DataFrame:
    """Return the estimates of all states, not of the book's five alone, unrounded: the columns of `estimates` (`kind` as there).

    The five go by their codes, the others by their names: the file gives the two Yemens one code.
    """
    names = ["iso3c", "countryname", "year", f"idealpoint{kind}", f"q5{kind}", f"q95{kind}", f"nvotes{kind}"]
    frame = columns(pd.read_stata(upstream.path(FILE), convert_categoricals=False), FILE, names)
    frame["iso3c"] = frame["iso3c"].where(frame["iso3c"].isin(STATES), frame["countryname"])
    frame = frame.drop(columns="countryname").set_axis(COLUMNS, axis=1).dropna(subset=["ideal_point"])
    require(not frame.duplicated(["state", "year"]).any(), FILE, "a state has two rows in one year.")
    frame = frame.astype({"year": int, "ideal_point": float, "low": float, "high": float})
    return frame.sort_values(["year", "state"], ignore_index=True)


def _earlier(upstream: Upstream, *names: str) -> pd.DataFrame:
    return columns(pd.read_csv(upstream.path(EARLIER)), EARLIER, ["iso3c", "session", *names])


def earlier(upstream: Upstream) -> pd.DataFrame:
    """Return the estimates of June 2024 in the columns of `estimates`: all votes, by session; the year is that in which it opened."""
    frame = _earlier(upstream, "IdealPointAll", "Q5%All", "Q95%All", "NVotesAll")
    return _finished(frame.assign(session=year_of_session(frame["session"])), EARLIER)


def scores(upstream: Upstream) -> pd.DataFrame:
    """Return every state's agreement with two partners as published in June 2024: `state`, `session`, `RUS`, `USA`, `n` votes."""
    frame = _earlier(upstream, "RUSSAgree", "USAgree", "NVotesAll")
    return frame.set_axis(["state", "session", "RUS", "USA", "n"], axis=1)
