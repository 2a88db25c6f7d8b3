"""Every pair at once equals each pair alone; ranks equal percentiles; order is nothing; memory grows linearly."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pakrus.measures import dyads, ranks, voting
from pakrus.scale import scaling

SHARES = ["agreement", "pi", "kappa"]
few = settings(max_examples=50, deadline=None)


@st.composite
def codes(draw, most_states=5, most_calls=14):
    """A table of codes: two to five states, some without a vote, up to three sessions in any order."""
    shape = draw(st.tuples(st.integers(0, most_calls), st.integers(2, most_states)))
    matrix = draw(hnp.arrays(np.int8, shape, elements=st.integers(0, 3)))
    votes = pd.DataFrame(matrix, columns=[f"S{i}" for i in range(shape[1])])
    votes.insert(0, "session", draw(hnp.arrays(np.int64, shape[0], elements=st.integers(3, 5))))
    return votes


def sample(calls=60, states=8, sessions=3, seed=1):
    generator = np.random.default_rng(seed)
    matrix = generator.integers(0, 4, (calls, states)).astype("int8")
    votes = pd.DataFrame(matrix, columns=list("ABCDEFGHIJKLMNOP"[:states]))
    votes.insert(0, "session", generator.integers(1, sessions + 1, calls))
    return votes


def test_a_worked_example():
    votes = pd.DataFrame({"session": [7] * 4, "B": [1, 1, 3, 0], "A": [1, 2, 3, 1], "C": [0, 0, 0, 2]}).astype("int8")
    found = dyads.all_dyads(votes).set_index(["state", "partner"])
    assert list(found.index) == [("A", "B"), ("A", "C"), ("B", "C")]
    assert found.loc[("A", "B"), ["n", "agreement"]].tolist() == [3, pytest.approx(2 / 3)]
    assert found.loc[("A", "B"), "kappa"] == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))  # A 1 1 1, B 2 0 1: 3 of 9
    assert found.loc[("A", "B"), "pi"] == pytest.approx((2 / 3 - 14 / 36) / (1 - 14 / 36))  # pooled 3, 1, 2 of 6
    assert found.loc[("A", "C"), "n"] == 1 and found.loc[("A", "C"), "agreement"] == 0
    assert found.loc[("B", "C"), "n"] == 0 and found.loc[("B", "C"), SHARES].isna().all()


@few
@given(codes())
def test_every_pair_is_what_the_pair_alone_gives(votes):
    found = dyads.all_dyads(votes)
    for row in found.itertuples():
        alone = voting.agreement_row(votes, row.partner, row.state, sessions=(row.session, row.session))
        assert row.n == alone["n"]
        for name in SHARES:
            assert getattr(row, name) == pytest.approx(alone[name], nan_ok=True, abs=1e-12)
    for session, group in votes.groupby("session"):  # no pair is left out and none is there twice
        voted = [name for name in dyads.states(votes) if group[name].gt(0).any()]
        here = found[found["session"] == session]
        assert set(zip(here["state"], here["partner"], strict=True)) == {(a, b) for a in voted for b in voted if a < b}
        assert len(here) == len(voted) * (len(voted) - 1) // 2


@few
@given(codes(), st.randoms(use_true_random=False))
def test_neither_the_order_of_roll_calls_nor_that_of_states_matters(votes, random):
    rows, columns = list(range(len(votes))), list(votes.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    mixed = dyads.all_dyads(votes.iloc[rows][columns])
    pd.testing.assert_frame_equal(dyads.all_dyads(votes), mixed)


@few
@given(codes(), st.integers(2, 4))
def test_bounds_and_roll_calls_counted_again(votes, times):
    found, again = dyads.all_dyads(votes), dyads.all_dyads(pd.concat([votes] * times))
    assert found["agreement"].dropna().between(0, 1).all()
    assert found[["pi", "kappa"]].max().max() <= 1 + 1e-12 or found.empty or found[["pi", "kappa"]].isna().all().all()
    assert (found["n"].eq(0) == found["agreement"].isna()).all()
    assert (again["n"] == times * found["n"]).all()
    pd.testing.assert_frame_equal(found[SHARES], again[SHARES])


@few
@given(codes(most_states=7, most_calls=40))
def test_the_rank_among_partners_is_the_percentile(votes):
    found = dyads.all_dyads(votes)
    for state, partner in (("S0", "S1"), ("S1", "S0")):
        known = ranks.percentiles(votes, partner, state).set_index("session")
        if not ((found["state"] == "S0") & (found["partner"] == "S1")).any():
            assert known.empty
            continue
        placed = dyads.ranks(found, state, partner).set_index("session")
        placed = placed[placed["partner_percentile"].notna()]
        assert placed["partner_percentile"].to_dict() == known["percentile"].to_dict()
        assert (placed["partners"] - 1).to_dict() == known["ranked"].to_dict()


@few
@given(codes(most_states=6, most_calls=40))
def test_ranks_are_within_bounds_and_the_same_from_both_sides(votes):
    found = dyads.all_dyads(votes)
    if not ((found["state"] == "S0") & (found["partner"] == "S1")).any():
        with pytest.raises(KeyError, match="no session with votes of both 'S0' and 'S1'"):
            dyads.ranks(found, "S0", "S1")
        return
    one, other = dyads.ranks(found, "S0", "S1"), dyads.ranks(found, "S1", "S0")
    pd.testing.assert_frame_equal(one[["n", *SHARES, "rank", "dyads"]], other[["n", *SHARES, "rank", "dyads"]])
    assert (one["n"].ge(voting.MIN_JOINT) == one["rank"].notna()).all()
    placed = one[one["rank"].notna()]
    assert (placed["rank"].between(1, placed["dyads"]) & placed["partner_rank"].between(1, placed["partners"])).all()
    assert (placed["partner_rank"] <= placed["rank"]).all()
    for row in placed.itertuples():
        group = found[(found["session"] == row.session) & found["n"].ge(voting.MIN_JOINT)]
        assert row.dyads == len(group) and row.rank == 1 + (group["agreement"] > row.agreement + 1e-12).sum()


def test_ranks_by_kappa_leave_out_dyads_without_one():
    half, most, every = [1] * 3 + [3] * 3, [1] * 5 + [3], [1] * 6
    votes = pd.DataFrame({"session": 1, "A": half, "B": half, "C": most, "D": every, "E": every})
    found = dyads.all_dyads(votes)
    assert dyads.ranks(found, "D", "E")["rank"].tolist() == [1]  # shares the first place with A and B
    assert dyads.ranks(found, "D", "E", by="kappa")["rank"].isna().all()
    assert dyads.ranks(found, "A", "B", by="kappa")[["rank", "dyads"]].to_numpy().tolist() == [[1, 9]]


def test_what_is_no_code_is_refused():
    for column in (["yes", "no"], [1.0, 2.0], [1, 4], [-1, 1]):
        with pytest.raises(ValueError, match="codes per state expected"):
            dyads.all_dyads(pd.DataFrame({"session": [1, 1], "A": column, "B": column}))


def test_no_roll_call_gives_an_empty_table():
    found = dyads.all_dyads(sample(calls=0))
    assert found.empty and list(found.columns) == ["session", "state", "partner", "n", *SHARES]


def test_memory_grows_no_faster_than_roll_calls():
    def peak(votes):
        tracemalloc.start()
        try:
            dyads.all_dyads(votes)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    votes = sample(calls=400, states=16, sessions=100)
    one, four, sixteen = (peak(scaling.repeated(votes, times)) for times in (1, 4, 16))
    assert four < 4.4 * one and sixteen < 4.4 * four


def test_repeats_are_further_sessions():
    votes = sample()
    found = dyads.all_dyads(scaling.repeated(votes, 3))
    assert len(found) == 3 * len(dyads.all_dyads(votes))
    assert found["session"].nunique() == 3 * votes["session"].nunique()
    parts = found[["n", *SHARES]].groupby(found["session"] // scaling.LATER)
    first, *others = (part.reset_index(drop=True) for _, part in parts)
    for other in others:
        pd.testing.assert_frame_equal(first, other)


def test_codes_and_texts_give_the_same_agreement_and_no_vote_is_no_vote():
    votes = sample()
    texts = votes.assign(**{name: votes[name].map(voting.CODES) for name in "AB"})
    assert voting.agreement_row(votes, "A", "B") == voting.agreement_row(texts, "A", "B")
    assert voting.agreement_row(votes, "A", "B")["n"] == (votes["A"].gt(0) & votes["B"].gt(0)).sum()
    with pytest.raises(ValueError, match="A: 9 is no vote"):
        voting.agreement_row(votes.assign(A=9), "A", "B")
    with pytest.raises(ValueError, match="B: maybe is no vote"):
        voting.agreement_row(texts.assign(B="maybe"), "A", "B")
    with pytest.raises(KeyError, match="no votes of 'X'"):
        voting.agreement_row(votes, "A", "X")


def test_a_period_is_its_sessions():
    votes = sample(sessions=5)
    inside = votes[votes["session"].isin([2, 3])]
    assert voting.agreement_row(votes, "A", "B", sessions=(2, 3)) == voting.agreement_row(inside, "A", "B")
    assert voting.agreement_row(votes, "A", "B", sessions=(8, 9))["n"] == 0
