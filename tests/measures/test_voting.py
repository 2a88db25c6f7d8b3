"""Agreement, chance correction, intervals, ranks: worked examples, published properties, and what must never change them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from pakrus import data
from pakrus.measures import voting as measures

ballots = st.lists(
    st.tuples(st.sampled_from(["yes", "abstain", "no", None]), st.sampled_from(["yes", "abstain", "no", None])),
    max_size=40,
)


def frame(pairs):
    return pd.DataFrame(
        {
            "A": pd.Series([a for a, _ in pairs], dtype="str"),
            "B": pd.Series([b for _, b in pairs], dtype="str"),
            "session": 2,
        }
    )


def test_a_worked_example():
    # 10 joint roll calls, 7 alike; A: 6 yes 1 abstain 3 no, B: 7 yes 0 abstain 3 no
    pairs = (
        [("yes", "yes")] * 5
        + [("no", "no")] * 2
        + [("yes", "no"), ("no", "yes"), ("abstain", "yes")]
        + [("yes", None), (None, None)]
    )
    result = measures.agreement(frame(pairs), "A", "B")
    assert (result["n"], result["agreement"]) == (10, 0.7)
    assert result["kappa"] == pytest.approx((0.7 - (0.6 * 0.7 + 0.1 * 0 + 0.3 * 0.3)) / (1 - 0.51))
    expected = 0.65**2 + 0.05**2 + 0.3**2
    assert result["pi"] == pytest.approx((0.7 - expected) / (1 - expected))


def test_extremes_of_chance_correction():
    alike = measures.agreement(frame([("yes", "yes"), ("no", "no")]), "A", "B")
    assert (alike["agreement"], alike["pi"], alike["kappa"]) == (1, 1, 1)
    opposite = measures.agreement(frame([("yes", "no"), ("no", "yes")]), "A", "B")
    assert (opposite["agreement"], opposite["pi"], opposite["kappa"]) == (0, -1, -1)
    constant = measures.agreement(frame([("yes", "yes")] * 5), "A", "B")
    assert constant["agreement"] == 1 and np.isnan(constant["pi"]) and np.isnan(constant["kappa"])


def test_no_joint_vote_gives_no_value():
    for pairs in ([], [("yes", None), (None, "no")]):
        result = measures.agreement(frame(pairs), "A", "B")
        assert result["n"] == 0
        assert all(np.isnan(result[name]) for name in ("agreement", "agreement_low", "agreement_high", "pi", "kappa"))


@settings(max_examples=60, deadline=None)
@given(ballots)
def test_symmetric_bounded_and_blind_to_row_order(pairs):
    votes = frame(pairs)
    one = measures.agreement(votes, "A", "B")
    other = measures.agreement(votes, "B", "A")
    shuffled = measures.agreement(votes.sample(frac=1, random_state=1), "A", "B")
    for name in ("n", "agreement", "pi", "kappa"):
        assert one[name] == pytest.approx(other[name], nan_ok=True)
        assert one[name] == pytest.approx(shuffled[name], nan_ok=True)
    if one["n"]:
        assert 0 <= one["agreement_low"] <= one["agreement"] <= one["agreement_high"] <= 1
        assert not one["pi"] > 1 + 1e-9 and not one["kappa"] > 1 + 1e-9
        assert (
            np.isnan(one["pi"]) or np.isnan(one["kappa"]) or one["pi"] <= one["kappa"] + 1e-9
        )  # pi never exceeds kappa


@pytest.mark.parametrize(("n", "share"), [(17, 5 / 17), (75, 54 / 75), (150, 117 / 150)])
def test_bootstrap_interval_is_that_of_resampling(n, share):
    alike = np.arange(n) < round(share * n)
    low, high = measures.bootstrap_interval(alike, key=1)
    exact = binom.ppf([0.025, 0.975], n, alike.mean()) / n  # resampling a share is drawing from a binomial
    assert abs(low - exact[0]) <= 1.01 / n and abs(high - exact[1]) <= 1.01 / n


def test_bootstrap_is_fixed_by_its_key_and_nothing_else():
    alike = np.arange(60) < 40
    np.random.seed(1)
    first = measures.bootstrap_interval(alike, key=7)
    np.random.seed(2)
    assert measures.bootstrap_interval(alike, key=7) == first
    assert np.isnan(measures.bootstrap_interval(np.array([], dtype=bool), key=7)).all()


def test_percentile_ranks_ties_by_half_and_drops_states_with_few_votes():
    wide = pd.DataFrame({
        "session": [5] * 6, "P": [1, 1, 1, 1, 1, 3], "X": [1, 1, 1, 1, 1, 3], "S": [1, 1, 1, 1, 3, 3], "T": [1, 1, 1, 1, 3, 3], "L": [3, 3, 3, 3, 3, 1], "F": [1, 0, 0, 0, 0, 0],
    })  # fmt: skip
    (row,) = measures.percentiles(wide, "S", "P").itertuples()
    # rivals: X above, T equal, L below; F has too few votes
    assert (row.ranked, row.percentile) == (3, 50.0)
    assert measures.percentiles(wide[["session", "P", "F"]], "F", "P").empty


@pytest.mark.long
def test_stored_agreement_is_what_the_stored_votes_give():
    votes, stored = data.load("unga_votes"), data.load("unga_agreement")
    for partner in ("RUS", "USA", "CHN", "IND"):
        fresh = measures.by_session(votes, "PAK", partner)
        mine = stored[stored["partner"] == partner].reset_index(drop=True)
        pd.testing.assert_frame_equal(fresh, mine[list(fresh.columns)], check_dtype=False)


def test_phase_of_sessions_joins_them():
    votes = data.load("unga_votes")
    (row,) = measures.by_phase(votes, "PAK", "RUS", {"all": (2, 80)}).itertuples()
    stored = data.load("unga_agreement").query("partner == 'RUS'")
    assert row.n == stored["n"].sum()
    assert row.agreement == pytest.approx((stored["agreement"] * stored["n"]).sum() / stored["n"].sum(), abs=1e-3)


def test_afghanistan_votes_are_where_the_record_has_them():
    votes = data.load("unga_votes").set_index("symbol")
    assert (votes.loc["R/35/37", "PAK"], votes.loc["R/35/37", "RUS"]) == ("yes", "no")
    assert (votes.loc["A/RES/ES-11/1", "PAK"], votes.loc["A/RES/ES-11/1", "RUS"]) == ("abstain", "no")
