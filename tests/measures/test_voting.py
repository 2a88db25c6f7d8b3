"""Agreement, chance correction, intervals, ranks: worked examples, published properties, and what must never change them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from pakrus import data
from pakrus.measures import compare, ranks, rollcalls, spans
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
    result = measures.agreement_row(frame(pairs), "A", "B")
    assert (result["n"], result["agreement"]) == (10, 0.7)
    assert result["kappa"] == pytest.approx((0.7 - (0.6 * 0.7 + 0.1 * 0 + 0.3 * 0.3)) / (1 - 0.51))
    expected = 0.65**2 + 0.05**2 + 0.3**2
    assert result["pi"] == pytest.approx((0.7 - expected) / (1 - expected))


def test_extremes_of_chance_correction():
    alike = measures.agreement_row(frame([("yes", "yes"), ("no", "no")]), "A", "B")
    assert (alike["agreement"], alike["pi"], alike["kappa"]) == (1, 1, 1)
    opposite = measures.agreement_row(frame([("yes", "no"), ("no", "yes")]), "A", "B")
    assert (opposite["agreement"], opposite["pi"], opposite["kappa"]) == (0, -1, -1)
    constant = measures.agreement_row(frame([("yes", "yes")] * 5), "A", "B")
    assert constant["agreement"] == 1 and np.isnan(constant["pi"]) and np.isnan(constant["kappa"])


def test_no_joint_vote_gives_no_value():
    for pairs in ([], [("yes", None), (None, "no")]):
        result = measures.agreement_row(frame(pairs), "A", "B")
        assert result["n"] == 0
        assert all(np.isnan(result[name]) for name in ("agreement", "agreement_low", "agreement_high", "pi", "kappa"))


@settings(max_examples=60, deadline=None)
@given(ballots)
def test_symmetric_bounded_and_blind_to_row_order(pairs):
    votes = frame(pairs)
    one = measures.agreement_row(votes, "A", "B")
    other = measures.agreement_row(votes, "B", "A")
    shuffled = measures.agreement_row(votes.sample(frac=1, random_state=1), "A", "B")
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
    (row,) = ranks.percentiles(wide, "S", "P").itertuples()
    # rivals: X above, T equal, L below; F has too few votes
    assert (row.ranked, row.percentile) == (3, 50.0)
    assert ranks.percentiles(wide[["session", "P", "F"]], "F", "P").empty


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


CONTESTED = pd.DataFrame({
    "vote_id": [1, 2, 3, 4], "session": [20, 20, 21, 21], "sided_with": ["RUS", "USA", "RUS", "no vote"],
})  # fmt: skip


def test_sides_are_counted_of_all_contested_roll_calls():
    found = rollcalls.side_counts(CONTESTED)
    assert [(estimate.value, estimate.n) for estimate in found] == [(2, 4), (1, 4), (0, 4)]
    assert found.with_moscow.words.startswith("number of contested roll calls")


def test_roll_calls_are_told_by_their_title_and_by_their_codes():
    votes = pd.DataFrame({
        "vote_id": [1, 2, 3, 4], "title": ["AFGHANISTAN, SOVEREIGNTY", "Nuclear tests", None, "Situation in Afghanistan"],
        "PAK": ["yes", "yes", "no", "yes"], "RUS": ["no", "yes", "yes", None],
        **{issue: [issue == "nuclear" and row == 1 for row in range(4)] for issue in rollcalls.ISSUES},
    })  # fmt: skip
    on, rest = spans.about(votes, "Afghanistan"), spans.about(votes, "Afghanistan", without=True)
    assert (list(on["vote_id"]), list(rest["vote_id"])) == ([1, 4], [2, 3])
    assert (
        on.attrs["span"] == "with “Afghanistan” in the title"
        and rest.attrs["span"] == "without “Afghanistan” in the title"
    )
    assert (rollcalls.opposed(on, "PAK", "RUS").value, rollcalls.opposed(votes, "PAK", "RUS").value) == (1, 2)
    assert (rollcalls.cast(votes, "RUS", "yes").value, rollcalls.cast(votes, "RUS", "yes").n) == (2, 3)
    assert rollcalls.with_any_issue(CONTESTED, votes).value == pytest.approx(0.25)
    with pytest.raises(ValueError, match="2 roll calls are not among the votes"):
        rollcalls.with_any_issue(CONTESTED, votes[:2])


def test_a_session_is_quoted_as_it_is_stored():
    agreed = data.load("unga_agreement")
    row = agreed[(agreed["partner"] == "RUS") & (agreed["year"] == 1988)].iloc[0]
    found = ranks.agreement_in(agreed, "RUS", 1988)
    assert (found.value, found.low, found.n) == (row["agreement"], row["agreement_low"], row["n"])
    with pytest.raises(KeyError, match="session of 1900"):
        ranks.agreement_in(agreed, "RUS", 1900)


def test_spans_hold_what_the_single_measures_say():
    votes, agreed, contested = (data.load(name) for name in ("unga_votes", "unga_agreement", "unga_contested"))
    found = compare.voting_by_years(votes, agreed, contested, [(1964, 1964), (1965, 1971)])
    assert list(found["span"]) == ["1964", "1965–1971"] and pd.isna(found["percentile_RUS"][0])
    assert (found["contested"][1], found["with_RUS"][1], found["with_USA"][1]) == (109, 75, 12)


def test_unlike_votes_leave_out_equal_and_missing_ones():
    pakistan, russia = ["yes", "yes", "yes", "no", None], ["yes", "abstain", "abstain", "abstain", "no"]
    votes = pd.DataFrame({"PAK": pakistan, "RUS": russia})
    found = rollcalls.unlike_votes(votes, "PAK", "RUS")
    assert found.index[0] == "yes, abstain"
    assert found["yes, abstain"] == pytest.approx(2 / 3)
    assert found.sum() == pytest.approx(1)


def test_one_pair_of_unlike_votes_as_a_share_of_those_that_differ():
    pakistan, russia = ["yes", "yes", "yes", "no", None], ["yes", "abstain", "abstain", "abstain", "no"]
    votes = pd.DataFrame({"PAK": pakistan, "RUS": russia})
    found = rollcalls.unlike(votes, "PAK", "RUS", "yes", "abstain")
    assert (found.text, found.n) == ("67\u00a0%", 3)
    assert rollcalls.unlike(votes, "PAK", "RUS", "no", "yes").text == "0\u00a0%"


AGREED = pd.DataFrame({
    "session": [1, 2, 3, 4], "partner": "RUS", "n": [9, 9, 4, 9], "agreement": [0.9, 0.8, 0.1, 0.55],
    "agreement_low": [0.8, 0.7, 0.0, 0.4], "agreement_high": [1.0, 0.9, 0.5, 0.7],
    "percentile": [40.0, 20.0, None, 60.0], "ranked": [50, 50, None, 51],
})  # fmt: skip


def test_the_steepest_fall_leaves_out_sessions_with_few_votes():
    found = ranks.steepest_fall(AGREED, "RUS")
    assert (found.points.text, found.year.text) == ("25", "1949")


def test_one_session_by_its_year():
    found = ranks.percentile_in(RANKED, "RUS", 2000)
    assert (found.text, found.interval, found.words.rpartition(", ")[2]) == ("40", "31 to 97", "session of 2000")
    with pytest.raises(KeyError, match="session of 1949"):
        ranks.percentile_in(RANKED, "RUS", 1949)


def test_the_fewest_contested_roll_calls_of_a_session():
    found = rollcalls.fewest_contested(pd.DataFrame({"session": [1, 1, 2]}))
    assert (found.text, found.n) == ("1", 2)


def test_the_gap_between_two_partners_is_taken_session_by_session():
    votes = pd.DataFrame({
        "session": [1, 1, 2, 2, 3], "RUS": ["yes"] * 5, "PAK": ["yes", "no", "yes", "yes", "no"],
        "IND": ["yes", "yes", "yes", "yes", None],
    })  # fmt: skip
    found = ranks.partners_gap(votes, "RUS", "PAK", "IND")
    assert (found.mean.value, found.largest.value, found.mean.n) == (0.25, 0.5, 2)  # no vote of India in session 3


RANKED = pd.DataFrame({
    "session": [53, 54, 55, 56, 54], "year": [1998, 1999, 2000, 2001, 1999], "partner": ["RUS"] * 4 + ["USA"],
    "percentile": [11.0, 60.0, 40.0, None, 5.0], "ranked": [180, 181, 182, None, 181],
    "percentile_low": [3.0, 20.0, 31.0, None, 1.0], "percentile_high": [80.0, 95.0, 97.0, None, 30.0],
})  # fmt: skip


def test_an_issue_is_counted_among_coded_roll_calls_alone():
    votes = pd.DataFrame({"vote_id": ["a", "b", "c", "d"], "nuclear": pd.array([True, False, None, True], "boolean")})
    contested = pd.DataFrame({"vote_id": ["a", "b", "c"], "session": [70, 71, 74]})
    found = rollcalls.on_issue(contested, votes, "nuclear")
    assert (found.value, found.n) == (0.5, 2) and found.words.endswith(", coded to the session of 2016")


def test_what_chance_gives_by_hand():
    votes = pd.DataFrame({"PAK": ["yes"] * 3 + ["no", None], "RUS": ["yes", "yes", "no", "no", "yes"]})
    found = rollcalls.by_chance(votes, "PAK", "RUS")
    assert (found.rate.value, found.rate.n, found.alike.value, found.both_yes.value) == (0.75, 4, 3, 2)
    assert found.expected.value == pytest.approx((3 * 2 + 1 * 2) / 16) and found.kappa.value == pytest.approx(0.5)
    shown = rollcalls.crossed(votes, "PAK", "RUS")
    assert shown["Pakistan"].tolist() == ["yes", "abstain", "no"] and shown["USSR/Russia: yes"].tolist() == [2, 0, 0]


def test_a_part_is_of_what_both_voted_on():
    votes = pd.DataFrame(
        {"title": ["AFGHANISTAN", "KOREA", None], "PAK": ["yes", "no", "no"], "RUS": ["no", "no", None]}
    )
    some = spans.about(votes, "Afghan")
    assert (rollcalls.opposed(some, "PAK", "RUS").value, rollcalls.opposed(some, "PAK", "RUS").n) == (1, 1)
    assert (rollcalls.part(some, votes, "PAK", "RUS").text, rollcalls.part(some, votes, "PAK", "RUS").n) == (
        "50.0\u00a0%",
        2,
    )


def test_the_resampling_is_named_as_it_is_done():
    assert [value.text for value in measures.resampling()] == ["2,000", "1947"]


def test_roll_calls_of_both_and_those_in_which_they_differ():
    votes = pd.DataFrame({
        "vote_id": list("abcd"), "session": [70, 70, 71, 72], "PAK": ["yes", "abstain", "abstain", None],
        "RUS": ["yes", "no", "no", "no"], "nuclear": [True, True, None, True],
    })  # fmt: skip
    assert len(rollcalls.joint(votes, "PAK", "RUS")) == 3
    differ = rollcalls.joint(votes, "PAK", "RUS", differ=True)
    assert differ["vote_id"].tolist() == ["b", "c"]
    on_nuclear = rollcalls.with_any_issue(differ, votes, ("nuclear",))
    assert (on_nuclear.value, on_nuclear.n) == (0.5, 2)
    assert on_nuclear.words == "roll calls with the issue code nuclear, in which Pakistan and the USSR/Russia differ"
    table = compare.agreement([votes[:2], votes[:3]], "PAK", "RUS")
    assert table[["first_session", "last_session", "n"]].to_numpy().tolist() == [[70, 70, 2], [70, 71, 3]]
    assert table["agreement"].tolist() == [0.5, pytest.approx(1 / 3)]


def test_answers_to_a_vote_are_of_roll_calls_in_which_both_voted():
    votes = pd.DataFrame(
        {"PAK": ["yes", "no", "abstain", "yes", None, "no"], "RUS": ["no", "no", "no", "yes", "no", "yes"]}
    )
    found = rollcalls.answers(votes, "PAK", "RUS", "no")
    assert (found.share.value, found.share.n, found.roll_calls.value) == (pytest.approx(0.6), 5, 3)
    assert [(own.value, own.n) for own in found[2:]] == [(1, 3)] * 3
    assert (rollcalls.alike(votes, "PAK", "RUS").value, rollcalls.alike(votes, "PAK", "RUS").n) == (2, 5)


def test_a_cut_holds_what_the_single_measures_say():
    tables = [data.load(name).query("session >= 78") for name in ("unga_votes", "unga_agreement", "unga_contested")]
    names = ("unga_votes", "unga_agreement", "unga_contested")
    row = compare.voting_by_cut([dict(zip(names, tables, strict=True))]).iloc[0]
    alike = measures.agreement(tables[0], "PAK", "RUS").share
    assert (row["n"], row["agreement"], row["interval_low"]) == (alike.n, alike.value, alike.low)
    assert row["percentile_RUS"] == ranks.percentile(tables[1], "RUS").value
    assert (row["contested"], row["share_with_RUS"]) == (len(tables[2]), rollcalls.sides(tables[2]).with_moscow.value)


def test_an_abstention_may_count_half():
    votes = pd.DataFrame({"PAK": ["yes", "abstain", "no"], "RUS": ["yes", "no", "yes"]})
    votes.attrs["span"] = "B"
    found = compare.by_weights([votes], "PAK", "RUS")
    assert found["score"].tolist() == [pytest.approx(1 / 3), pytest.approx(0.5)] and found["span"].tolist() == ["B"] * 2
