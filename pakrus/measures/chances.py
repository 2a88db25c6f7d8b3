"""Exact tests and intervals of counts, and many tests at once: what `scipy.stats` and statsmodels give, without loading them.

What comes in: counts, or p-values. What goes out: p-values and ends of intervals, equal to theirs, as tests hold. The one difficulty is
time: importing those two takes longer than all that most chapters compute, so only what has no short form is taken from them, and
there where it is used. The functions of distributions are scipy's all the same (`scipy.special`, a fifth of the time).
"""

import numpy as np
from scipy.special import betainccinv, betaincinv, gammaln, ndtri, xlog1py, xlogy

_ALIKE = 1 + 1e-7  # outcomes as likely but for rounding count as likely: as in R's fisher.test


def _ways(n, k):
    """Return the logarithm of how many ways there are to choose `k` of `n`."""
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def _no_likelier(logs: np.ndarray, found: int) -> float:
    chances = np.exp(logs)
    return float(min(chances[chances <= chances[found] * _ALIKE].sum(), 1.0))


def binomial(successes: int, n: int, rate: float) -> float:
    """Return the exact two-sided p-value that each of `n` draws succeeds at this rate: all outcomes no likelier than the one found."""
    k = np.arange(n + 1)
    return _no_likelier(_ways(n, k) + xlogy(k, rate) + xlog1py(n - k, -rate), int(successes))


def fisher(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return Fisher's exact two-sided p-value of a table of two rows with two counts each.

    Raises `ValueError` for a count below 0.

    Source: R. A. Fisher (1935), "The logic of inductive inference", Journal of the Royal Statistical Society 98(1), 39-82.
    """
    hits, misses, other_hits, other_misses = (int(count) for count in (*first, *second))
    if min(hits, misses, other_hits, other_misses) < 0:
        raise ValueError(f"a table of {first} and {second}: counts of things, 0 or more, were expected")
    n, other, all_hits = hits + misses, other_hits + other_misses, hits + other_hits
    least = max(0, all_hits - other)
    k = np.arange(least, min(n, all_hits) + 1)
    logs = _ways(n, k) + _ways(other, all_hits - k) - _ways(n + other, all_hits)
    return _no_likelier(logs, hits - least)


def wilson_ends(successes: np.ndarray, n: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of Wilson's score interval of shares of `n` (above 0).

    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.
    """
    share, reach = successes / n, -ndtri((1 - level) / 2)
    whole = 1 + reach**2 / n
    centre = (share + reach**2 / (2 * n)) / whole
    half = reach * np.sqrt(share * (1 - share) / n + reach**2 / (4 * n**2)) / whole
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def exact_ends(successes: np.ndarray, n: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the exact binomial interval of shares of `n` (above 0).

    Source: C. J. Clopper and E. S. Pearson (1934), Biometrika 26(4), 404-413.
    """
    beyond = (1 - level) / 2
    low = np.where(successes == 0, 0.0, betaincinv(np.maximum(successes, 1), n - successes + 1, beyond))
    return low, np.where(successes == n, 1.0, betainccinv(successes + 1, np.maximum(n - successes, 1), beyond))


def adjusted(p) -> np.ndarray:
    """Return for each p-value the share of false findings that comes with calling it and every smaller one a finding.

    Source: Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate", Journal of the Royal Statistical
    Society B 57(1), 289-300.
    """
    p = np.asarray(p, dtype=float)
    order = np.argsort(p)
    raised = p[order] / (np.arange(1, len(p) + 1) / len(p))
    out = np.empty(len(p))
    out[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return out
