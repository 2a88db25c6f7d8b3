"""How reliable a coding is: agreement of two passes, and the error rate of a sample that was checked again.

What comes in: two codings of the same events, or the verdicts of a second reading. What goes out: dictionaries and pairs
that other measures use, then the estimates that a page prints. The one difficulty: where both codings are constant chance
leaves nothing to differ from, so kappa or its interval is missing and not zero.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import Estimate, count, quantity, share, signed
from pakrus.measures import chances
from pakrus.measures.proportions import two_shares

SCALE = range(-5, 6)


def joint_codes(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """Return the 11×11 table of two codings on the scale from -5 to +5 (rows: first, columns: second)."""
    return joint(first, second, SCALE)


def weighted_kappa(first: pd.Series, second: pd.Series, weights: str = "linear") -> dict:
    """Return Cohen's weighted kappa of two codings with its 95 % interval: `n`, `kappa`, `low`, `high`, `same`, `within_one`, `same_sign`.

    `weights` is `linear` or `quadratic`: how fast a disagreement counts as it grows. The last three are shares (0-1).
    Where the codings leave chance nothing to differ from, `kappa` or its interval is missing.
    Source: J. Cohen (1968), "Weighted kappa", Psychological Bulletin 70(4), 213-220; interval as in statsmodels.
    """
    from statsmodels.stats.inter_rater import cohens_kappa  # here: it takes long to load

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
    from statsmodels.stats.inter_rater import cohens_kappa  # here: it takes long to load

    with np.errstate(divide="ignore", invalid="ignore"):
        result = cohens_kappa(joint(first, second, categories).to_numpy())
        low, high = result.kappa_low, result.kappa_upp
    same = (first.reset_index(drop=True) == second.reset_index(drop=True)).mean()
    return {
        "n": len(first), "kappa": float(result.kappa), "low": float(low), "high": min(float(high), 1.0), "same": float(same),
    }  # fmt: skip


def error_rate(errors: int, checked: int) -> tuple[float, float, float]:
    """Return the share of wrong rows in a random sample with its 95 % Wilson interval: (rate, low, high).

    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.
    """
    low, high = chances.wilson_ends(errors, checked)
    return errors / checked, float(low), float(high)


# ------------------------------------------------------------ what a page asks


class Passes(NamedTuple):
    """How far two codings agree: kappa with two weightings, and shares of equal codes, near codes and equal signs."""

    linear: Estimate
    quadratic: Estimate
    same: Estimate
    within_one: Estimate
    same_sign: Estimate


def passes(codings: pd.DataFrame) -> Passes:
    """Return how far the two passes of coding agree (rows of `event_codings`: `first`, `second`)."""
    first, second = codings["first"], codings["second"]
    linear, quadratic = (weighted_kappa(first, second, weights) for weights in ("linear", "quadratic"))
    n, words = len(codings), "events that two passes coded"

    def kappa(found: dict, weights: str) -> Estimate:
        title = f"Cohen's kappa of the two passes, {weights} weights"
        return quantity(found["kappa"], title, 2, n=n, low=found["low"], high=found["high"])

    return Passes(
        kappa(linear, "linear"),
        kappa(quadratic, "quadratic"),
        share(linear["same"], f"{words} alike", n),
        share(linear["within_one"], f"{words} alike or one step apart", n),
        share(linear["same_sign"], f"{words} with the same sign", n),
    )


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


class Decided(NamedTuple):
    """Differences between two passes, and which value was kept when they were decided."""

    differ: Estimate
    first: Estimate
    second: Estimate
    neither: Estimate


def decided(codings: pd.DataFrame) -> Decided:
    """Return how the differences of two passes were decided (rows of `event_codings`: `first`, `second`, `adjudicated`)."""
    rows = codings[codings["first"] != codings["second"]]
    first, second = rows["adjudicated"] == rows["first"], rows["adjudicated"] == rows["second"]
    words = "differences between the two passes"
    return Decided(
        count(rows, words),
        count(first.sum(), f"{words} where the first value was kept"),
        count(second.sum(), f"{words} where the second value was kept"),
        count((~first & ~second).sum(), f"{words} where neither value was kept"),
    )


def codes_in_use(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the joint table of two passes from the lowest to the highest code in use: `first`, then a column a code."""
    table = joint_codes(codings["first"], codings["second"])
    used = pd.concat([codings["first"], codings["second"]])
    table = table.loc[used.min() : used.max(), used.min() : used.max()]
    names = [signed(code) for code in table.columns]
    table = table.set_axis(names, axis=1).rename_axis(None, axis=1).reset_index(drop=True)
    table.insert(0, "first", names)
    return table


class Reread(NamedTuple):
    """What a second reading found: how many were taken up, right, with a minor defect, wrong; the rate of the reached."""

    taken: Estimate
    right: Estimate
    minor: Estimate
    wrong: Estimate
    rate: Estimate


def reread(rows: pd.DataFrame, what: str, digits: int = 0) -> Reread:
    """Return the verdicts of a second reading (rows with `verdict`) of what `what` says, and the rate of wrong ones.

    The rate is of those that could be reached (its `n`), with its Wilson interval; `digits` are its decimals.
    """
    verdicts = rows["verdict"]
    reached = int((verdicts != "not reached").sum())
    wrong = int((verdicts == "wrong").sum())
    rate, low, high = error_rate(wrong, reached)
    return Reread(
        count(rows, f"{what} taken up for a second reading"),
        count((verdicts == "right").sum(), f"{what} read again and found right"),
        count((verdicts == "minor").sum(), f"{what} read again and found with a minor defect"),
        count(wrong, f"{what} read again and found wrong"),
        share(rate, f"{what} found wrong, of those reached", reached, low, high, digits),
    )


def rates_alike(first: Reread, second: Reread, words: str) -> Estimate:
    """Return the p-value that two samples read again have one rate of wrong rows (Fisher's exact test, two-sided)."""
    counts = [(int(sample.wrong.value), int(sample.rate.n)) for sample in (first, second)]
    return quantity(
        two_shares(*counts), f"p-value of equal rates of wrong rows, {words}", 2, n=sum(n for _, n in counts)
    )


def wrong_in(rows: pd.DataFrame, what: str, *columns: str) -> Estimate:
    """Return how many wrong rows are faulty in one of these columns (rows with `verdict` and `column`, a list in text)."""
    faulty = rows.loc[rows["verdict"] == "wrong", "column"].str.split("; ")
    found = faulty.map(lambda names: bool(set(names) & set(columns)))
    return count(found.sum(), f"{what} found wrong in {' or '.join(columns)}")
