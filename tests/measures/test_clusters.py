"""Clusters drawn again: worked examples, the correction for few of them, and that a text that comes back is drawn whole."""

import numpy as np
import pandas as pd
import pytest

from pakrus.measures import clusters, voting


def test_few_clusters_move_the_ends_farther_out():
    # 9 clusters: t(8) = 2.306, times the root of 9/8 is 2.446; 0.72 of 100 of a normal distribution lie below -2.446
    assert clusters.tail(9) == pytest.approx(0.00722, abs=1e-5)
    assert clusters.tail(100_000) == pytest.approx(0.025, abs=1e-5)
    assert np.isnan(clusters.tail(1))


def test_sums_by_cluster_also_of_clusters_without_a_roll_call():
    counted = np.array([[1, 1], [0, 1], [1, 1], [1, 1]])
    assert clusters.sums(counted, np.array([1, 0, 1, 0])).tolist() == [[1, 2], [2, 2]]
    assert clusters.sums(counted, np.array([3, 0, 3, 0]), 5).tolist() == [[1, 2], [0, 0], [0, 0], [2, 2], [0, 0]]


def test_a_draw_takes_as_many_clusters_as_there_are_and_the_same_for_a_key():
    drawn = clusters.draws(7, 3, 50)
    assert drawn.shape == (50, 7) and (drawn.sum(axis=1) == 7).all() and drawn.max() > 1
    assert (drawn == clusters.draws(7, 3, 50)).all() and not (drawn == clusters.draws(7, 4, 50)).all()


def test_the_ends_are_draws_and_the_wider_interval_is_kept():
    values = np.arange(1000) / 1000
    assert clusters.ends(values, 100_000) == (0.024, 0.975)  # the 25th and the 976th of 1,000
    low, high = clusters.ends(np.append(values, np.nan), 9)
    assert (low, high) == (0.007, 0.992)
    assert clusters.wider([(0.2, 0.4), (0.1, 0.5), (float("nan"),) * 2]) == (0.1, 0.5)
    assert np.isnan(clusters.wider([])).all() and np.isnan(clusters.ends(values, 1)).all()


def test_of_one_session_single_roll_calls_are_drawn():
    one = pd.DataFrame({"session": [5, 5, 5], "family_id": ["a", "a", "b"]})
    assert list(clusters.kinds(one)) == ["roll call"]
    assert {kind: own.tolist() for kind, own in clusters.kinds(one.assign(session=[5, 6, 6])).items()} == {
        "session": [0, 1, 1], "family_id": [0, 0, 1],
    }  # fmt: skip


def test_a_text_voted_on_every_year_is_one_piece_of_evidence():
    # 20 sessions with the same ten texts: agreement on five of them every year. Sessions never differ, families do.
    votes = pd.DataFrame({
        "session": np.repeat(range(2, 22), 10), "family_id": list("abcdefghij") * 20,
        "PAK": "yes", "RUS": (["yes"] * 5 + ["no"] * 5) * 20,
    })  # fmt: skip
    by_session = voting.clustered(votes.drop(columns="family_id"), "PAK", "RUS")["agreement"]
    low, high = voting.clustered(votes, "PAK", "RUS")["agreement"]
    single = voting.agreement_row(votes, "PAK", "RUS", single=True)
    assert by_session == (0.5, 0.5) and low <= 0.2 and high >= 0.8
    assert single["agreement_high"] - single["agreement_low"] < 0.2
    found = voting.agreement(votes, "PAK", "RUS")
    assert (found.share.low, found.share.high) == (low, high)
    hits = (votes["PAK"] == votes["RUS"]).to_numpy()
    assert clusters.share_ends(hits, votes) == (low, high)


def test_a_change_that_every_text_shares_is_certain_and_its_words_name_both_spans():
    before = pd.DataFrame({
        "session": np.repeat([2, 3, 4], 4), "family_id": list("abcd") * 3, "PAK": "yes", "RUS": ["yes", "no"] * 6,
    })  # fmt: skip
    after = before.assign(session=before["session"] + 10)
    found = voting.change(before, after, "PAK", "RUS")
    # the texts of both spans are drawn together and sessions are alike: nothing changed, whatever is drawn
    assert (found.value, found.low, found.high, found.n) == (0, 0, 0, 24)
    assert "sessions of 1947–1949 to sessions of 1957–1959" in found.words
    better = voting.change(before, after.assign(RUS="yes"), "PAK", "RUS")
    assert better.value == 50 and better.text == "+50" and better.low < 50 < better.high
