"""How dense contact was, year by year, and whether it moves together with something else."""

import numpy as np
import pandas as pd

SEED = 1947
DRAWS = 10000


def per_year(events: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return per calendar year the cooperative acts that happened and were done by the two or in a forum of both: `year`, `contacts`.

    Acts of others (scope `context`) and plans are left out. A year without an act counts zero: it says that none was
    found, not that there was none.
    """
    rows = events[
        (events["status"] == "happened") & (events["scope"] != "context") & (events["cooperation"].astype(float) > 0)
    ]
    counts = rows["date"].str[:4].astype(int).value_counts()
    years = range(first, last + 1)
    return pd.DataFrame({"year": list(years), "contacts": [int(counts.get(year, 0)) for year in years]})


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
    shuffled = np.array([np.corrcoef(a, generator.permutation(b))[0, 1] for _ in range(DRAWS)])
    return {"rho": rho, "p": float((np.sum(np.abs(shuffled) >= abs(rho) - 1e-12) + 1) / (DRAWS + 1)), "n": n}
