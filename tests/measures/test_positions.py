"""Who moved: by hand, on three made-up states."""

import pandas as pd
import pytest

from pakrus.measures import positions

IDEAL = pd.DataFrame({
    "state": ["PAK", "PAK", "RUS", "RUS"], "year": [1990, 1993, 1990, 1993], "ideal_point": [-0.5, -0.9, -0.1, 1.3],
})  # fmt: skip


def test_a_distance_is_split_into_the_moves_of_both():
    found = positions.who_moved(IDEAL, "PAK", "RUS", 1990, 1993)
    assert found["distance_first"] == pytest.approx(0.4)
    assert found["distance_last"] == pytest.approx(2.2)
    assert found["change"] == pytest.approx(1.8)
    assert found["state_move"] == pytest.approx(-0.4)
    assert found["partner_move"] == pytest.approx(1.4)


def test_a_year_without_estimate_is_refused():
    with pytest.raises(KeyError):
        positions.who_moved(IDEAL, "PAK", "RUS", 1990, 1992)


def test_unlike_votes_leave_out_equal_and_missing_ones():
    pakistan, russia = ["yes", "yes", "yes", "no", None], ["yes", "abstain", "abstain", "abstain", "no"]
    votes = pd.DataFrame({"PAK": pakistan, "RUS": russia})
    found = positions.unlike_votes(votes, "PAK", "RUS")
    assert found.index[0] == "yes, abstain"
    assert found["yes, abstain"] == pytest.approx(2 / 3)
    assert found.sum() == pytest.approx(1)


def test_states_that_approach_have_moves_that_add_up_to_the_fall_of_the_distance():
    ideal = pd.DataFrame({
        "state": ["PAK"] * 4 + ["RUS"] * 4, "year": [1960, 1961, 1965, 1966] * 2,
        "ideal_point": [0.4, 0.2, -0.6, -0.8, -2.0, -3.0, -2.0, -2.2],
    })  # fmt: skip
    found = positions.approach(ideal, "PAK", "RUS", (1960, 1961), (1965, 1966))
    assert found.state_move.value == pytest.approx(1.0)
    assert found.partner_move.value == pytest.approx(0.4)
    assert found.state_move.n == 2 and found.state_move.words.endswith("1960–1961 to 1965–1966")
    back = positions.approach(ideal, "PAK", "RUS", (1965, 1966), (1960, 1961))
    assert back.state_move.value == pytest.approx(-1.0)


def test_a_mean_point_is_of_the_state_alone():
    assert positions.mean_point(IDEAL, "PAK").value == pytest.approx(-0.7)


def test_a_distance_of_one_year_is_that_of_the_year():
    assert positions.distance_in(IDEAL, "PAK", "RUS", 1993).value == pytest.approx(2.2)
    with pytest.raises(KeyError):
        positions.distance_in(IDEAL, "PAK", "RUS", 1991)
