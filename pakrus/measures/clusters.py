"""Intervals of what roll calls that belong together say: whole sessions, or whole families of texts, are drawn again.

What comes in: for each roll call what is counted (0 or 1 a column, or whole weights) and the cluster that it belongs to. What goes
out: draws of the sums, and the two ends of an interval. Roll calls of one session go together (the same governments, the same
quarrels), and so do those on a text that comes back year after year; a draw of single roll calls takes each as new evidence and
makes the interval too short. So clusters are drawn, by session and by family, and the wider of the two intervals is the book's.

The one difficulty are few clusters: nine sessions drawn again vary too little (by the factor √((G−1)/G)) and have thinner tails than
a t-distribution with G−1 degrees. So the ends are not the 2.5th and the 97.5th hundredth of the draws but those that lie as far out
on the normal distribution as √(G/(G−1)) times the t-value: with 9 sessions the 0.7th and the 99.3rd. The ends stay draws, so that a
share never leaves 0-1. Sums are whole numbers in floating point, far below 2^53: the same on every machine, whatever adds them.
"""

import math
from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np
import pandas as pd
from scipy.special import ndtr, stdtrit  # what scipy.stats calls, at a fifth of its time to load

SEED = 1947
DRAWS = 2000
KINDS = {"session": "sessions", "family_id": "families of texts"}  # column -> what is drawn, in words


@cache
def tail(clusters: int, level: float = 0.95) -> float:
    """Return the share of draws beyond each end of an interval of this level, corrected for few clusters; 0.025 for very many."""
    if clusters < 2:
        return float("nan")
    reach = stdtrit(clusters - 1, (1 + level) / 2) * np.sqrt(clusters / (clusters - 1))
    return float(ndtr(-reach))


def places(column: pd.Series) -> np.ndarray:
    """Return the clusters of roll calls as whole numbers from 0, in the order of their names."""
    return np.unique(column.astype(str).to_numpy(), return_inverse=True)[1]


def sums(counted: np.ndarray, clusters: np.ndarray, number: int | None = None) -> np.ndarray:
    """Return the sums by cluster: `counted` has a row per roll call, the result a row per cluster (whole numbers as floats).

    `number` is how many clusters there are where the last may have no roll call; those without one have sums of 0.
    """
    order = np.argsort(clusters, kind="stable")
    starts = np.flatnonzero(np.diff(clusters[order], prepend=-1))
    added = np.add.reduceat(np.asarray(counted)[order].astype(float), starts, axis=0)
    if number is None or number == len(added):
        return added
    found = np.zeros((number, *added.shape[1:]))
    found[clusters[order][starts]] = added
    return found


@lru_cache(maxsize=3)  # three shares of the same roll calls ask for the same draws
def draws(clusters: int, key: int, number: int = DRAWS) -> np.ndarray:
    """Return how often each cluster is drawn: a row per draw, a column per cluster; `key` sets the random numbers apart.

    The array is the same for all who ask, and cannot be written to.
    """
    drawn = np.random.default_rng([SEED, key]).integers(0, clusters, size=(number, clusters))
    flat = (drawn + clusters * np.arange(number)[:, None]).ravel()
    times = np.bincount(flat, minlength=number * clusters).reshape(number, clusters).astype(float)
    times.flags.writeable = False
    return times


def ends(drawn: np.ndarray, clusters: int, level: float = 0.95) -> tuple[float, float]:
    """Return the two ends of the interval that draws of a statistic give (draws without a value are left out); NaN of one cluster."""
    known = np.sort(drawn[~np.isnan(drawn)])
    if clusters < 2 or not len(known):
        return float("nan"), float("nan")
    beyond = tail(clusters, level)
    return float(known[_place(beyond, len(known))]), float(known[_place(1 - beyond, len(known))])


def _place(part: float, number: int) -> int:
    """Return the place (from 0) of the first of ordered draws that at least this part of them does not pass."""
    return max(math.ceil(part * number - 1e-9), 1) - 1


def wider(intervals: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return the widest of some intervals, the first of equals; missing ones are passed over, NaN where all are missing."""
    known = [ends for ends in intervals if not np.isnan(ends).any()]
    return max(known, key=lambda ends: round(ends[1] - ends[0], 12), default=(float("nan"), float("nan")))


def kinds(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the clusters of roll calls by kind (`session`, `family_id`): those columns that are there and have more than one value.

    Of a single session there is nothing to draw but its roll calls: then the one kind is `roll call`, each its own cluster.
    """
    if "session" not in rows.columns or rows["session"].nunique() < 2:
        return {"roll call": np.arange(len(rows))}
    return {kind: places(rows[kind]) for kind in KINDS if kind in rows.columns and rows[kind].nunique() > 1}


def share_ends(hits: np.ndarray, rows: pd.DataFrame, key: int = 0, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a share of roll calls: `hits` (0 or 1, or a score) of `rows` (`session`, `family_id`), the wider one."""
    found = []
    for clusters in kinds(rows).values() if len(rows) else ():
        totals = sums(np.column_stack([hits, np.ones(len(rows))]), clusters)
        drawn = draws(len(totals), key) @ totals
        found.append(ends(drawn[:, 0] / drawn[:, 1], len(totals), level))
    return wider(found)


def holding(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows in which no interval leaves its estimate out: an end beyond it (`x_low` over `x`) is moved to it.

    Draws of a rank at the edge are pulled to the middle, since noise can only push one way there; their interval may then miss
    the rank itself, and would be read as if the rank were wrong. Columns without both ends are left alone.
    """
    out = frame.copy()
    for name in frame.columns:
        ends = f"{name}_low", f"{name}_high"
        if set(ends) <= set(frame.columns):
            for end, beyond in zip(ends, (out[ends[0]] > out[name], out[ends[1]] < out[name]), strict=True):
                out[end] = out[end].where(~beyond.fillna(False), out[name])
    return out
