"""Shares and their intervals."""

import numpy as np
import pytest

from pakrus.measures.proportions import wilson


def test_wilson_by_hand():
    row = wilson([3], [10]).iloc[0]
    z = 1.959964
    centre = (0.3 + z**2 / 20) / (1 + z**2 / 10)
    half = z / (1 + z**2 / 10) * (0.3 * 0.7 / 10 + z**2 / 400) ** 0.5
    assert row["share"] == 0.3
    assert row["low"] == pytest.approx(centre - half, abs=1e-6) and row["high"] == pytest.approx(
        centre + half, abs=1e-6
    )


def test_ends_stay_in_bounds_and_hold_the_share():
    successes, n = np.array([0, 0, 5, 1, 100]), np.array([1, 100000, 5, 3, 100])
    frame = wilson(successes, n)
    assert (
        (frame["low"] >= 0)
        & (frame["low"] <= frame["share"])
        & (frame["share"] <= frame["high"])
        & (frame["high"] <= 1)
    ).all()
    assert frame["high"].iloc[0] > 0.7 and frame["high"].iloc[1] < 0.001


def test_nothing_counted_gives_nothing():
    assert wilson([0], [0]).isna().all(axis=None)


@pytest.mark.parametrize(("successes", "n"), [([-1], [5]), ([6], [5])])
def test_impossible_counts_are_refused(successes, n):
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(successes, n)
