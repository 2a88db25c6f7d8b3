"""Rank correlation of two yearly series, with the chance of one as large: a description, since both may follow time.

What comes in: counts of acts a year and another series with the year as its index. What goes out: estimates of the correlation
and of its p-value. The one difficulty is that two series that follow time correlate without a tie, so that their yearly
changes are compared too, and shifted against each other rather than shuffled; for many pairs at once each series is freed of its
own run (`whitened`, `lagged`), and levels are held against series that run as one of the two does (`against_surrogates`).
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtri  # what scipy.stats calls, at a fifth of its time to load

from pakrus.estimate import Estimate, quantity

SEED = 1947
DRAWS = 10000
SMALL = 0.05  # a p-value up to which `lagged` looks on: corrected for several tests, only such a one can come under the level


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


@cache
def _orders(n: int, draws: int, seed: int) -> np.ndarray:
    """Return the orders of so many shuffles of `n` things: the same for every pair of series with as many years."""
    return np.random.default_rng([seed, n]).permuted(np.tile(np.arange(n), (draws, 1)), axis=1)


def _shuffled(ranks: np.ndarray, draws: int, seed: int, rows: slice = slice(None)) -> np.ndarray:
    """Return centred ranks in so many orders, a row each. Half numbers of this size and their products are exact in four bytes."""
    return ranks.astype(np.float32).take(_orders(len(ranks), draws, seed)[rows])


def _every_year(series: pd.Series) -> pd.Series:
    known = series.astype(float).dropna().sort_index()
    return known.reindex(range(int(known.index.min()), int(known.index.max()) + 1))


def whitened(series: pd.Series) -> pd.Series:
    """Return what a yearly series does beyond its own run: the residuals of an autoregression of the first order, by year.

    The year is the index. The first year and each year after a gap have none. Two series that merely go on as they were correlate
    by chance far more often than tables of p-values say; their residuals do not.
    Source: G. E. P. Box and G. M. Jenkins (1970), Time Series Analysis: Forecasting and Control, on prewhitening.
    """
    values = _every_year(series)
    values = values - values.mean()
    before = values.shift(1)
    pairs = values.notna() & before.notna()
    power = float((before[pairs] ** 2).sum())
    run = float((values[pairs] * before[pairs]).sum()) / power if power else 0.0
    return (values - run * before).dropna()


def _share_beyond(drawn: np.ndarray, found: float) -> float:
    return float((np.sum(np.abs(drawn) >= abs(found) - 1e-12) + 1) / (len(drawn) + 1))


def lagged(first: pd.Series, second: pd.Series, reach: int = 3, draws: int = DRAWS, seed: int = SEED) -> dict:
    """Return the largest rank correlation of two yearly series over some lags, with its p-value by shuffled years.

    Keys: `same_year` (lag 0), `largest` (up or down), `lag` (years by which `second` comes before `first`), `p`, `n` (years with both).
    Both series have the year as their index; ranks are taken among the years that both have, and a lag of k years sums the products
    of ranks k years apart over the sums of squares of all (the sample cross-correlation). Each shuffle keeps the largest of its own lags,
    so that p counts the choice among lags. More `draws` than `DRAWS` are made where p is small after these (`SMALL`): elsewhere they
    change no verdict. Years must be exchangeable: whiten a series that goes on as it was (`whitened`).
    """
    years = first.dropna().index.intersection(second.dropna().index).sort_values()
    n = len(years)
    if n <= 2 * reach + 2 or first[years].nunique() < 2 or second[years].nunique() < 2:
        return {"same_year": np.nan, "largest": np.nan, "lag": 0, "p": np.nan, "n": n}
    a, b = (_ranks(series[years].to_numpy(dtype=float)) - (n + 1) / 2 for series in (first, second))
    lags = range(-reach, reach + 1)
    on_time = pd.Series(b, index=years)
    moved = np.column_stack([on_time.reindex(years - lag).fillna(0).to_numpy() for lag in lags])
    scale = np.sqrt((a**2).sum() * (b**2).sum())
    found = a @ moved / scale
    best, moved, shuffled = int(np.abs(found).argmax()), moved.T.astype(np.float32), np.empty(0)
    for rows in slice(0, DRAWS), slice(DRAWS, draws):
        if len(shuffled) < draws and (not len(shuffled) or _share_beyond(shuffled, found[best]) <= SMALL):
            more = np.abs(moved @ _shuffled(a, draws, seed, rows).T).max(axis=0) / scale
            shuffled = np.concatenate([shuffled, more])
    return {
        "same_year": float(found[reach]), "largest": float(found[best]), "lag": lags[best],
        "p": _share_beyond(shuffled, found[best]), "n": n,
    }  # fmt: skip


def rank_interval(rho: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return the two ends of the interval of a rank correlation of `n` independent pairs: Fisher's z with the variance 1.06 / (n - 3).

    Source: E. C. Fieller, H. O. Hartley and E. S. Pearson (1957), "Tests for rank correlation coefficients. I", Biometrika
    44(3/4), 470-481.
    """
    if n < 4 or not abs(rho) < 1:
        return float("nan"), float("nan")
    reach = ndtri((1 + level) / 2) * np.sqrt(1.06 / (n - 3))
    return float(np.tanh(np.arctanh(rho) - reach)), float(np.tanh(np.arctanh(rho) + reach))


def against_surrogates(first: pd.Series, second: pd.Series, draws: int = 1000, seed: int = SEED) -> dict:
    """Return the rank correlation of two yearly series in levels, with two p-values: by shuffled years and by surrogates.

    Keys: `rho`, `shuffled` (years taken as independent: too small where both run on), `surrogates`, `n` (years with both). A surrogate
    of `first` has its spectrum, so that it runs on as `first` does, and phases drawn at random. A year missing in between is put on the
    line between its neighbours for the surrogates alone.
    Source: J. Theiler and others (1992), "Testing for nonlinearity in time series", Physica D 58, 77-94.
    """
    years = first.dropna().index.intersection(second.dropna().index).sort_values()
    n = len(years)
    if n < 8 or first[years].nunique() < 2 or second[years].nunique() < 2:
        return {"rho": np.nan, "shuffled": np.nan, "surrogates": np.nan, "n": n}
    a, b = (_ranks(series[years].to_numpy(dtype=float)) - (n + 1) / 2 for series in (first, second))
    scale = np.sqrt((a**2).sum() * (b**2).sum())
    rho = float(a @ b / scale)
    whole = range(int(years.min()), int(years.max()) + 1)
    run = first[years].astype(float).reindex(whole).interpolate().to_numpy()
    spectrum = np.abs(np.fft.rfft(run - run.mean()))
    phases = np.random.default_rng([seed, n]).uniform(0, 2 * np.pi, (draws, len(spectrum)))
    if len(run) % 2 == 0:  # the fastest wave has no phase but a sign
        phases[:, -1] = np.where(phases[:, -1] < np.pi, 0, np.pi)
    drawn = np.fft.irfft(spectrum * np.exp(1j * phases), len(run), axis=1)[:, np.isin(whole, years)]
    ranks = np.empty(drawn.shape)
    np.put_along_axis(ranks, drawn.argsort(axis=1), np.arange(n)[None, :] - (n - 1) / 2, axis=1)
    surrogates = ranks @ b / np.sqrt((ranks[0] ** 2).sum() * (b**2).sum())
    return {
        "rho": rho, "shuffled": _share_beyond(_shuffled(a, draws, seed) @ b.astype(np.float32) / scale, rho),
        "surrogates": _share_beyond(surrogates, rho), "n": n,
    }  # fmt: skip


def visible(
    n: int, tests: int = 1, reach: int = 3, chance: float = 0.05, power: float = 0.8, seed: int = SEED
) -> Estimate:
    """Return how strong a tie of two whitened series of `n` years must be for `lagged` to see it in most cases.

    The correlation (of normal series, in the same year) at which the largest of the lags passes `chance`, divided by the number of
    `tests`, in `power` of the drawn cases. It says what a null of this length cannot exclude. In steps of 0.02.
    """
    generator = np.random.default_rng([seed, n])
    base, noise, other = generator.normal(size=(3, 2000, n))
    limit = np.quantile(_largest(base, other, reach), 1 - chance / tests)
    low, high = 5, 50  # steps of 0.02: the strength at which it is seen lies above the first and not above the second
    while high - low > 1:
        middle = (low + high) // 2
        tie = 0.02 * middle
        shown = (_largest(base, tie * base + np.sqrt(1 - tie**2) * noise, reach) >= limit).mean() >= power
        low, high = (low, middle) if shown else (middle, high)
    words = f"correlation that {100 * power:g} of 100 pairs of {n} years would show, lags to {reach} years"
    return quantity(0.02 * high, f"{words}, {tests} test{'' if tests == 1 else 's'}", 2, n=n)


def _largest(first: np.ndarray, second: np.ndarray, reach: int) -> np.ndarray:
    """Return the largest rank correlation over the lags, row by row: rows are series, columns years."""
    n = first.shape[1]
    a, b = (table.argsort(axis=1).argsort(axis=1) - (n - 1) / 2 for table in (first, second))
    scale = (a[0] ** 2).sum()
    lags = range(-reach, reach + 1)
    found = [(a[:, max(lag, 0) : n + min(lag, 0)] * b[:, max(-lag, 0) : n + min(-lag, 0)]).sum(axis=1) for lag in lags]
    return np.abs(found).max(axis=0) / scale
