"""Shares of counts with their intervals, and groups of counts tested against the rest."""

import numpy as np
import pandas as pd

from pakrus.measures import chances


def _shares(successes, n, level: float, ends) -> pd.DataFrame:
    successes, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    if ((successes < 0) | (successes > n)).any():
        raise ValueError("counts must lie between 0 and n")
    known = n > 0
    low, high = (np.full(n.shape, np.nan) for _ in range(2))
    low[known], high[known] = ends(successes[known], n[known], level)
    share = np.divide(successes, n, out=np.full(n.shape, np.nan), where=known)
    # rounding noise must not put an end of the interval on the wrong side of 0, 1 or the share itself
    return pd.DataFrame(
        {"share": share, "low": np.minimum(low.clip(0), share), "high": np.maximum(high.clip(max=1), share)}
    )


def wilson(successes, n, level: float = 0.95) -> pd.DataFrame:
    """Return `share`, `low` and `high` (0-1): a share and its Wilson score interval, row by row.

    Where `n` is 0 all three are missing. The interval is that of independent draws: clustered or weighted samples
    and events reported together are less certain than it says.
    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22(158), 209-212; as in statsmodels.

    Raises
    ------
    ValueError
        When a count is negative or above its `n`.
    """
    return _shares(successes, n, level, chances.wilson_ends)


def exact(successes, n, level: float = 0.95) -> pd.DataFrame:
    """Return `share`, `low` and `high` (0-1): a share and its exact binomial interval, row by row; for a handful of draws.

    Where `n` is 0 all three are missing. Never too short, often too long: where counts are not small, `wilson`.
    Source: C. J. Clopper and E. S. Pearson (1934), Biometrika 26(4), 404-413; as in statsmodels.

    Raises
    ------
    ValueError
        When a count is negative or above its `n`.
    """
    return _shares(successes, n, level, chances.exact_ends)


def two_shares(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return the two-sided p-value that two shares, each (successes, n), are of one rate: Fisher's exact test.

    That two intervals overlap is no test of a difference, and that they do not is a needlessly strict one.
    Source: R. A. Fisher (1935), "The logic of inductive inference", Journal of the Royal Statistical Society 98(1), 39-82;
    as in scipy.
    """
    return chances.fisher(*((successes, n - successes) for successes, n in (first, second)))


def groups_against_rest(successes, n, together=None) -> pd.DataFrame:
    """Return per group `p` (`two_shares` of the group and all others of its grouping) and `adjusted`, for many groups at once.

    `successes` and `n` are counts of the groups; `together` names the grouping of each (none: all are one). `adjusted` holds
    the share of false findings that comes with calling this and every smaller p-value a finding, over all groups.
    Source: Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate", Journal of the Royal Statistical
    Society B 57(1), 289-300; as in statsmodels.
    """
    frame = pd.DataFrame({"hit": np.asarray(successes, dtype=int), "n": np.asarray(n, dtype=int)})
    frame["together"] = 0 if together is None else np.asarray(together)
    whole = frame.groupby("together")[["hit", "n"]].transform("sum")
    p = [
        two_shares((hit, size), (all_hit - hit, all_size - size))
        for hit, size, all_hit, all_size in zip(frame["hit"], frame["n"], whole["hit"], whole["n"], strict=True)
    ]
    return pd.DataFrame({"p": p, "adjusted": chances.adjusted(p)})
