"""Positions: how far two states' ideal points lie apart, and who moved when they came nearer or drew apart.

What comes in: rows of `ideal_points` (one estimate a state and year). What goes out: estimates of distances and of signed moves.
The one difficulty: a distance falls when either state moves, so each state's own move is given beside it; and one year's
estimate is noisy, so spans take the mean of their years.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import Estimate, count, quantity, span_in_words, year, years_in_words
from pakrus.measures import correlation
from pakrus.measures.spans import in_years
from pakrus.terms import named

SEED = 1947
DRAWS = 1000


def distances(ideal: pd.DataFrame, state: str, partner: str) -> pd.Series:
    """Return the distance of two states' ideal points by year (rows of `ideal_points`), years with both only."""
    points = ideal.pivot(index="year", columns="state", values="ideal_point").astype(float)
    return (points[state] - points[partner]).abs().dropna()


def places(points: pd.DataFrame, pairs: Sequence[tuple[str, str]], draws: int = DRAWS) -> pd.DataFrame:
    """Return the place of states among all by the nearness of their ideal point to a partner's, a row per pair and year.

    `points` has every state's `state`, `year`, `ideal_point`, `low` and `high` (5th and 95th percentile). Columns: `state`,
    `partner`, `year`, `distance`, `percentile` (share of the other states that lie farther from the partner, 0-100; ties
    half), `percentile_low` and `percentile_high` (95 %), `ranked` (other states). The interval comes from `draws` of all points
    of the year, each from a normal distribution with the width of its own 5-95 % interval, independent of each other: the
    errors that states share in a year are not in it.
    """
    rows, wanted = [], [round(part * draws) - 1 for part in (0.025, 0.975)]
    for year_of_votes, group in points.groupby("year", sort=True):
        names = list(group["state"])
        centre = group["ideal_point"].to_numpy()
        width = (group["high"] - group["low"]).to_numpy() / (
            2 * 1.6448536269514722
        )  # of the normal, from 5 to 95 of 100
        noise = np.random.default_rng([SEED, int(year_of_votes)]).standard_normal((draws, len(names)))
        drawn = np.vstack([centre, centre + noise * width])
        for order, (state, partner) in enumerate(pairs):
            if state not in names or partner not in names:
                continue
            here, there = names.index(state), names.index(partner)
            found = _nearer(drawn, here, there)
            low, high = np.sort(found[1:])[wanted]
            rows.append({
                "order": order, "state": state, "partner": partner, "year": int(year_of_votes),
                "distance": abs(centre[here] - centre[there]), "percentile": found[0],
                "percentile_low": low, "percentile_high": high, "ranked": len(names) - 2,
            })  # fmt: skip
    return pd.DataFrame(rows).sort_values(["order", "year"], ignore_index=True).drop(columns="order")


def _nearer(points: np.ndarray, here: int, there: int) -> np.ndarray:
    """Return, row by row, the percentile of one state's nearness to another among all (columns are states)."""
    gaps = np.abs(points - points[:, [there]])
    own, others = gaps[:, [here]], np.delete(gaps, [here, there], axis=1)
    farther, equal = (np.count_nonzero(found, axis=1) for found in (others > own, others == own))
    return 100 * (farther + equal / 2) / others.shape[1]


def distance(ideal: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return the mean over years of the distance of two states' ideal points; `n` is the number of years."""
    gap = distances(ideal, state, partner)
    words = f"distance of the ideal points of {named(state)} and {named(partner)}, mean of years"
    return quantity(gap.mean(), words + span_in_words(ideal), 1, n=len(gap))


def mean_point(ideal: pd.DataFrame, state: str) -> Estimate:
    """Return the mean over years of a state's ideal point (rows of `ideal_points`); `n` is the number of years."""
    points = ideal.loc[ideal["state"] == state, "ideal_point"].astype(float)
    words = f"ideal point of {named(state)}, mean of years"
    return quantity(points.mean(), words + span_in_words(ideal), 2, n=len(points))


class Approach(NamedTuple):
    """How far each of two states moved towards the other between two spans of years (negative: away)."""

    state_move: Estimate
    partner_move: Estimate


def approach(
    ideal: pd.DataFrame, state: str, partner: str, before: tuple[int, int], after: tuple[int, int]
) -> Approach:
    """Return how far two states' mean ideal points moved towards each other from one span of years to another.

    Means of several years, so that no single session decides; spans are first and last year, both included. The two moves
    add up to the fall of the distance between the means, unless the states passed each other.
    """
    old, new = (
        {name: mean_point(in_years(ideal, *span), name) for name in (state, partner)} for span in (before, after)
    )
    towards = 1 if old[partner].value > old[state].value else -1
    spans = f"{years_in_words(*before)} to {years_in_words(*after)}"
    moves = []
    for mover, other, sign in ((state, partner, towards), (partner, state, -towards)):
        words = f"move of the ideal point of {named(mover)} towards {named(other)}, {spans}"
        moves.append(quantity(sign * (new[mover].value - old[mover].value), words, 1, n=new[mover].n))
    return Approach(*moves)


def move(ideal: pd.DataFrame, state: str, first: int, last: int) -> float:
    """Return how far a state's own ideal point moved between two years, with its sign (rows of `ideal_points`).

    Raises
    ------
    KeyError
        When the state has no estimate in one of the two years.
    """
    points = ideal.set_index(["state", "year"])["ideal_point"].astype(float)
    return points[(state, last)] - points[(state, first)]


def who_moved(ideal: pd.DataFrame, state: str, partner: str, first: int, last: int) -> dict:
    """Return the distance of two states' ideal points in two years and how far each state itself moved between them.

    Keys: `distance_first`, `distance_last`, `change` (of the distance), `state_move`, `partner_move` (signed, on the
    scale of the estimate). The distance between two points says nothing of who moved; these two moves do.

    Raises
    ------
    KeyError
        When a state has no estimate in one of the two years.
    """
    points = ideal.set_index(["state", "year"])["ideal_point"].astype(float)
    near, far = (abs(points[(state, at)] - points[(partner, at)]) for at in (first, last))
    return {
        "distance_first": near, "distance_last": far, "change": far - near,
        "state_move": move(ideal, state, first, last), "partner_move": move(ideal, partner, first, last),
    }  # fmt: skip


def moved(ideal: pd.DataFrame, state: str, first: int, last: int, digits: int = 2) -> Estimate:
    """Return how far a state's own ideal point moved between two years, without its sign (rows of `ideal_points`).

    To which side it moved says `move`, whether towards another state `approach`.

    Raises
    ------
    KeyError
        When the state has no estimate in one of the two years.
    """
    words = f"how far the ideal point of {named(state)} moved, {first} to {last}"
    return quantity(abs(move(ideal, state, first, last)), words, digits)


class Distance(NamedTuple):
    """The distance of two states' ideal points in one year, and that year."""

    distance: Estimate
    year: Estimate


def distance_in(ideal: pd.DataFrame, state: str, partner: str, in_year: int) -> Estimate:
    """Return the distance of two states' ideal points in one year (KeyError where one has none)."""
    words = f"distance of the ideal points of {named(state)} and {named(partner)}, {in_year}"
    return quantity(distances(ideal, state, partner)[in_year], words, 1)


def nearest(ideal: pd.DataFrame, state: str, partner: str) -> Distance:
    """Return the smallest yearly distance of two states' ideal points, and its year."""
    gap = distances(ideal, state, partner)
    words = f"smallest distance of the ideal points of {named(state)} and {named(partner)}{span_in_words(ideal)}"
    return Distance(quantity(gap.min(), words, 1, n=len(gap)), year(gap.idxmin(), f"year of the {words}"))


def latest(ideal: pd.DataFrame, state: str, partner: str) -> Distance:
    """Return the distance of two states' ideal points in the last year that has both, and that year."""
    gap = distances(ideal, state, partner)
    words = f"last year with ideal points of both {named(state)} and {named(partner)}"
    last = int(gap.index.max())
    return Distance(distance_in(ideal, state, partner, last), year(last, words))


class Base(NamedTuple):
    """The mean distance of two ideal points over a span and over the span that it is held against, and the change."""

    before: Estimate
    after: Estimate
    change: Estimate


def against(ideal: pd.DataFrame, state: str, partner: str, before: tuple[int, int], after: tuple[int, int]) -> Base:
    """Return how the mean distance of two ideal points changed between two spans of years; the words name both spans.

    Whether a state came nearer hangs on the span that it is held against: a chapter that says so calls this once for the Cold
    War and once for the 1990s. Spans are first and last year, both included.
    """
    old, new = (replace(distance(in_years(ideal, *span), state, partner), digits=2) for span in (before, after))
    words = f"change of the mean distance of the ideal points of {named(state)} and {named(partner)}, {years_in_words(*before)} to {years_in_words(*after)}"
    return Base(old, new, replace(quantity(new.value - old.value, words, 2, n=old.n + new.n), change=True))


def nearness_in(placed: pd.DataFrame, state: str, partner: str, in_year: int) -> Estimate:
    """Return the share of states that lie farther from a partner than a state does, in one year (row of `ideal_nearness`), as a percentile.

    Raises
    ------
    KeyError
        When that pair has no row in the year.
    """
    row = placed[(placed["state"] == state) & (placed["partner"] == partner) & (placed["year"] == in_year)]
    if len(row) != 1:
        raise KeyError(f"ideal_nearness: {len(row)} rows of {state!r} and {partner!r} in {in_year}, 1 expected")
    row = row.iloc[0]
    words = f"percentile of {named(state)} among all states by nearness of its ideal point to that of {named(partner)}, {in_year}"
    return quantity(
        row["percentile"], words, n=int(row["ranked"]), low=row["percentile_low"], high=row["percentile_high"]
    )


def nearness(placed: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return the median over years of `nearness_in` (rows of `ideal_nearness`); `n` is the number of years."""
    rows = placed[(placed["state"] == state) & (placed["partner"] == partner)]
    words = f"percentile of {named(state)} among all states by nearness of its ideal point to that of {named(partner)}, median of years"
    return quantity(rows["percentile"].astype(float).median(), words + span_in_words(placed), n=len(rows))


def years_nearer(ideal: pd.DataFrame, state: str, one: str, other: str) -> Estimate:
    """Return in how many years a state's ideal point lies nearer to one state's than to another's; `n` counts the years."""
    gaps = pd.concat([distances(ideal, state, name) for name in (one, other)], axis=1, keys=["one", "other"]).dropna()
    words = f"years in which the ideal point of {named(state)} lies nearer to that of {named(one)} than to that of {named(other)}"
    found = count(int((gaps["one"] < gaps["other"]).sum()), words + span_in_words(ideal))
    return replace(found, n=len(gaps))


def together(ideal: pd.DataFrame, pair: tuple[str, str], other: tuple[str, str]) -> Estimate:
    """Return Spearman's rank correlation over years of the distances of two pairs of states; `n` is the number of years.

    Only years with an ideal point of Pakistan, the USSR/Russia and the United States count, as all three are compared. Two
    series that follow time correlate: read it as a description, with `changes_together` beside it.
    """
    gaps, words = _two_gaps(ideal, pair, other)
    rho = correlation.shifted_correlation(*gaps)["rho"]  # pandas would load scipy.stats for it
    return quantity(rho, f"rank correlation of {words}", 2, n=len(gaps[0]))


def _two_gaps(ideal: pd.DataFrame, pair: tuple[str, str], other: tuple[str, str]) -> tuple[list[pd.Series], str]:
    points = ideal.pivot(index="year", columns="state", values="ideal_point").astype(float)
    points = points.dropna(subset=["PAK", "RUS", "USA"])
    gaps = [(points[a] - points[b]).abs() for a, b in (pair, other)]
    names = [f"{named(a)} and {named(b)}" for a, b in (pair, other)]
    return gaps, f"two distances, of {names[0]} with of {names[1]}{span_in_words(ideal)}"


def changes_together(ideal: pd.DataFrame, pair: tuple[str, str], other: tuple[str, str]) -> correlation.Correlation:
    """Return the rank correlation of the yearly changes of two distances, with its p-value by circular shifts.

    What two series share because both follow time is not in their changes from year to year. `n` counts the changes; only from
    one year to the next, so that a gap in the years is no change.
    """
    gaps, words = _two_gaps(ideal, pair, other)
    return correlation.of_changes(*gaps, words)
