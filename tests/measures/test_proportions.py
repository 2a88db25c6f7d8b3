"""Shares and their intervals."""

import numpy as np
import pytest

from pakrus.measures.proportions import groups_against_rest, two_shares, wilson


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


def test_two_shares_by_hand():
    """Three of three against none of three: one table of twenty with these margins lies in each tail."""
    assert two_shares((3, 3), (0, 3)) == pytest.approx(2 / 20)
    assert two_shares((7, 40), (3, 40)) == pytest.approx(0.31, abs=0.005)  # overlap of intervals had called it likely
    assert two_shares((0, 5), (0, 9)) == 1


def test_groups_are_set_against_the_rest_of_their_own_grouping_and_pay_for_each_test():
    found = groups_against_rest([3, 0, 1, 1], [3, 3, 4, 4], ["x", "x", "y", "y"])
    assert found["p"].tolist() == pytest.approx([0.1, 0.1, 1, 1])
    assert found["adjusted"].tolist() == pytest.approx([0.2, 0.2, 1, 1])  # two of four: each costs double
