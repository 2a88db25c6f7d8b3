"""Rank correlation of two yearly series, with the chance of one as large: a description, since both may follow time.

What comes in: counts of acts a year and another series with the year as its index. What goes out: estimates of the correlation
and of its p-value. The one difficulty is that two series that follow time correlate without a tie, so that their yearly
changes are compared too, and shifted against each other rather than shuffled.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import Estimate, quantity

SEED = 1947
DRAWS = 10000


def _ranks(values: np.ndarray) -> np.ndarray:
    return pd.Series(values).rank(method="average").to_numpy()


def rank_correlation(first: pd.Series, second: pd.Series) -> dict:
    """Return Spearman's rank correlation of two series with its permutation p-value (two-sided, fixed seed): `rho`, `p`, `n`.

    Pairs with a missing value are left out; ties get the mean of their ranks. With few pairs the p-value is large unless
    the order is almost the same, and both series may follow time: read it as a description.
    """
    pairs = pd.DataFrame({"a": np.asarray(first, dtype=float), "b": np.asarray(second, dtype=float)}).dropna()
    n = len(pairs)
    if n < 3 or pairs["a"].nunique() < 2 or pairs["b"].nunique() < 2:
        return {"rho": float("nan"), "p": float("nan"), "n": n}
    a, b = _ranks(pairs["a"].to_numpy()), _ranks(pairs["b"].to_numpy())
    rho = float(np.corrcoef(a, b)[0, 1])
    generator = np.random.default_rng(SEED)
    permuted = generator.permuted(np.tile(b - b.mean(), (DRAWS, 1)), axis=1)
    shuffled = permuted @ (a - a.mean()) / np.sqrt(((a - a.mean()) ** 2).sum() * ((b - b.mean()) ** 2).sum())
    return {"rho": rho, "p": float((np.sum(np.abs(shuffled) >= abs(rho) - 1e-12) + 1) / (DRAWS + 1)), "n": n}


def shifted_correlation(first: pd.Series, second: pd.Series) -> dict:
    """Return Spearman's rank correlation of two yearly series with its p-value by circular shifts (two-sided): `rho`, `p`, `n`.

    A permutation of single years takes years as independent of each other, which finds too much where a series goes on as it was.
    Here one series is turned against the other by every number of years: its own run is kept, only their match is not. With
    n pairs there are n - 1 shifts, so that p is never below 1/n. Pairs with a missing value are left out, then turned.
    """
    pairs = pd.DataFrame({"a": np.asarray(first, dtype=float), "b": np.asarray(second, dtype=float)}).dropna()
    n = len(pairs)
    if n < 3 or pairs["a"].nunique() < 2 or pairs["b"].nunique() < 2:
        return {"rho": float("nan"), "p": float("nan"), "n": n}
    a, b = (_ranks(pairs[name].to_numpy()) for name in ("a", "b"))
    a, b = a - a.mean(), b - b.mean()
    products = np.array([(a * np.roll(b, by)).sum() for by in range(n)])
    rho = float(products[0] / np.sqrt((a**2).sum() * (b**2).sum()))
    return {"rho": rho, "p": float((np.abs(products) >= abs(products[0]) - 1e-9).sum() / n), "n": n}


class Correlation(NamedTuple):
    """Spearman's rank correlation of two yearly series, and its p-value (two-sided): by permutation, of changes by shifts."""

    rho: Estimate
    p: Estimate


def goes_with(acts: pd.DataFrame, series: pd.Series, name: str, of: str = "cooperative acts") -> Correlation:
    """Return how cooperative acts a year go with another yearly series, by rank (`rank_correlation`).

    `acts` are rows of `contact.contacts_by_year` (or other counts in its form: `of` says what is counted), `series` has the year as its
    index, `name` says in words what it is; `n` is the number of years with both. Both series may follow time: a
    description, no cause.
    """
    found = rank_correlation(acts["contacts"], series.reindex(acts["year"]))
    words = f"rank correlation of {of} a year with {name}, {acts['year'].min()}–{acts['year'].max()}"
    return Correlation(
        quantity(found["rho"], words, 2, n=found["n"]),
        quantity(found["p"], f"permutation p-value of the {words}", 2, n=found["n"]),
    )


def of_changes(first: pd.Series, second: pd.Series, words: str) -> Correlation:
    """Return the rank correlation of the changes of two series from one year to the next, with its p-value by circular shifts.

    Both series have the year as their index; `words` say of what the changes are ("acts and of votes, 2002–2016"). What two series
    share because both follow time is not in their changes. A gap in the years is no change; `n` counts the changes of both.
    """
    years = range(int(first.index.min()), int(first.index.max()) + 1)
    found = shifted_correlation(*(series.astype(float).reindex(years).diff() for series in (first, second)))
    words = f"rank correlation of the yearly changes of {words}"
    return Correlation(
        quantity(found["rho"], words, 2, n=found["n"]),
        quantity(found["p"], f"p-value by circular shifts of the {words}", 2, n=found["n"]),
    )


def changes_go_with(acts: pd.DataFrame, series: pd.Series, name: str, of: str = "cooperative acts") -> Correlation:
    """Return how the yearly changes of acts go with those of another series (`of_changes`); arguments as in `goes_with`."""
    counts = acts.set_index("year")["contacts"]
    return of_changes(counts, series, f"{of} and of {name}, {acts['year'].min()}–{acts['year'].max()}")


def rare_correlation(n: int, chance: float = 0.05) -> Estimate:
    """Return how far from zero a rank correlation of `n` pairs must be for so small a chance when order says nothing.

    From as many shuffles as `rank_correlation` takes, without ties, two-sided, with a fixed seed.
    """
    places = np.arange(n) - (n - 1) / 2
    shuffled = np.random.default_rng(SEED).permuted(np.tile(places, (DRAWS, 1)), axis=1)
    size = np.abs(shuffled @ places / (places**2).sum())
    words = f"rank correlation of {n} pairs, up or down, that chance alone passes in {100 * chance:g} of 100 cases"
    return quantity(np.quantile(size, 1 - chance), words, 2, n=n)
