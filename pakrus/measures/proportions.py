"""Shares of counts with their intervals."""

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint


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
    successes, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    if ((successes < 0) | (successes > n)).any():
        raise ValueError("counts must lie between 0 and n")
    known = n > 0
    low, high = (np.full(n.shape, np.nan) for _ in range(2))
    low[known], high[known] = proportion_confint(successes[known], n[known], alpha=1 - level, method="wilson")
    share = np.divide(successes, n, out=np.full(n.shape, np.nan), where=known)
    # rounding noise must not put an end of the interval on the wrong side of 0, 1 or the share itself
    return pd.DataFrame(
        {"share": share, "low": np.minimum(low.clip(0), share), "high": np.maximum(high.clip(max=1), share)}
    )


def exact(successes, n, level: float = 0.95) -> pd.DataFrame:
    """Return `share`, `low` and `high` (0-1): a share and its exact binomial interval, row by row; for a handful of draws.

    Where `n` is 0 all three are missing. Never too short, often too long: where counts are not small, `wilson`.
    Source: C. J. Clopper and E. S. Pearson (1934), Biometrika 26(4), 404-413; as in statsmodels.

    Raises
    ------
    ValueError
        When a count is negative or above its `n`.
    """
    successes, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    if ((successes < 0) | (successes > n)).any():
        raise ValueError("counts must lie between 0 and n")
    known = n > 0
    low, high = (np.full(n.shape, np.nan) for _ in range(2))
    low[known], high[known] = proportion_confint(successes[known], n[known], alpha=1 - level, method="beta")
    share = np.divide(successes, n, out=np.full(n.shape, np.nan), where=known)
    return pd.DataFrame({"share": share, "low": low, "high": high})
