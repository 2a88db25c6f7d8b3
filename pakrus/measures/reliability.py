"""How reliable a coding is: agreement of two passes, and the error rate of a sample that was checked again."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from pakrus.estimate import Estimate, quantity, share

SCALE = range(-5, 6)


def joint_codes(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """Return the 11×11 table of two codings on the scale from -5 to +5 (rows: first, columns: second)."""
    table = pd.crosstab(pd.Categorical(first, SCALE), pd.Categorical(second, SCALE), dropna=False)
    return table.reindex(index=list(SCALE), columns=list(SCALE), fill_value=0)


def weighted_kappa(first: pd.Series, second: pd.Series, weights: str = "linear") -> dict:
    """Return Cohen's weighted kappa of two codings with its 95 % interval: `n`, `kappa`, `low`, `high`, `same`, `within_one`, `same_sign`.

    `weights` is `linear` or `quadratic`: how fast a disagreement counts as it grows. The last three are shares (0-1).
    Where the codings leave chance nothing to differ from, `kappa` or its interval is missing.
    Source: J. Cohen (1968), "Weighted kappa", Psychological Bulletin 70(4), 213-220; interval as in statsmodels.
    """
    with np.errstate(divide="ignore", invalid="ignore"):  # constant codings leave nothing to divide by: missing values
        result = cohens_kappa(joint_codes(first, second).to_numpy(), wt=weights)
        low, high = result.kappa_low, result.kappa_upp
    gap = (first.astype(int) - second.astype(int)).abs()
    sign = (first.astype(int) > 0).astype(int) - (first.astype(int) < 0).astype(int) == (second.astype(int) > 0).astype(
        int
    ) - (second.astype(int) < 0).astype(int)
    return {
        "n": len(first), "kappa": float(result.kappa), "low": float(low), "high": float(high),
        "same": float((gap == 0).mean()), "within_one": float((gap <= 1).mean()), "same_sign": float(sign.mean()),
    }  # fmt: skip


def joint(first: pd.Series, second: pd.Series, categories: Sequence[str]) -> pd.DataFrame:
    """Return the table of two codings into categories: how many things the first put here (rows) and the second there (columns)."""
    table = pd.crosstab(pd.Categorical(first, categories), pd.Categorical(second, categories), dropna=False)
    table = table.reindex(index=categories, columns=categories, fill_value=0)
    return pd.DataFrame(table.to_numpy(), index=list(categories), columns=list(categories))


def nominal_kappa(first: pd.Series, second: pd.Series, categories: Sequence[str]) -> dict:
    """Return Cohen's kappa of two codings into unordered categories with its 95 % interval: `n`, `kappa`, `low`, `high`, `same`.

    `same` is the share of equal codes (0-1). Where the codings leave chance nothing to differ from, `kappa` is missing.
    Source: J. Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20(1), 37-46; interval as in statsmodels.

    Raises
    ------
    ValueError
        When a code is none of the categories.
    """
    unknown = sorted((set(first) | set(second)) - set(categories))
    if unknown:
        raise ValueError(f"{', '.join(map(repr, unknown))}: none of the categories {', '.join(categories)}")
    with np.errstate(divide="ignore", invalid="ignore"):
        result = cohens_kappa(joint(first, second, categories).to_numpy())
        low, high = result.kappa_low, result.kappa_upp
    same = (first.reset_index(drop=True) == second.reset_index(drop=True)).mean()
    return {
        "n": len(first), "kappa": float(result.kappa), "low": float(low), "high": float(high), "same": float(same),
    }  # fmt: skip


def error_rate(errors: int, checked: int) -> tuple[float, float, float]:
    """Return the share of wrong rows in a random sample with its 95 % Wilson interval: (rate, low, high).

    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.
    """
    low, high = proportion_confint(errors, checked, method="wilson")
    return errors / checked, float(low), float(high)


# ------------------------------------------------------------ what a chapter asks


class Coding(NamedTuple):
    """How far two codings agree: the share of equal codes and Cohen's κ with its interval; `n` is the number of things coded."""

    same: Estimate
    kappa: Estimate


def coding(first: pd.Series, second: pd.Series, categories: Sequence[str], what: str) -> Coding:
    """Return how far two codings into unordered categories agree; `what` says what was coded ("claims into six verdicts").

    Raises
    ------
    ValueError
        When a code is none of the categories.
    """
    row = nominal_kappa(first, second, categories)
    return Coding(
        share(row["same"], f"equal codes in two codings of {what}", row["n"]),
        quantity(
            row["kappa"], f"Cohen's κ of two codings of {what}", 2, n=row["n"], low=row["low"], high=row["high"]
        ),
    )  # fmt: skip
