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


def test_how_far_one_state_moved_has_no_sign():
    assert positions.moved(IDEAL, "PAK", 1990, 1993).text == "0.40"
    assert positions.moved(IDEAL, "RUS", 1993, 1990).text == "1.40"
    assert "Pakistan" in positions.moved(IDEAL, "PAK", 1990, 1993).words
    with pytest.raises(KeyError):
        positions.moved(IDEAL, "PAK", 1990, 1992)


def test_the_nearest_and_the_latest_year_and_moves():
    ideal = pd.DataFrame(
        [(s, y, v) for s, values in {"PAK": [0, 0, 1], "RUS": [3, 1, -1], "USA": [3, 4, 5]}.items() for y, v in enumerate(values, 2000)],
        columns=["state", "year", "ideal_point"],
    )  # fmt: skip
    near, last = positions.nearest(ideal, "PAK", "RUS"), positions.latest(ideal, "PAK", "RUS")
    assert [near.distance.text, near.year.text, last.distance.text, last.year.text] == ["1.0", "2001", "2.0", "2002"]
    assert positions.distance_in(ideal, "PAK", "RUS", 2000).text == "3.0"
    assert positions.moved(ideal, "RUS", 2000, 2002, digits=1).text == "4.0"
    with pytest.raises(KeyError):
        positions.distance_in(ideal, "PAK", "RUS", 1990)
    found = positions.together(ideal, ("PAK", "RUS"), ("PAK", "USA"))  # 3, 1, 2 against 3, 4, 4
    assert (found.n, found.value) == (3, pytest.approx(-0.866, abs=1e-3))


def test_years_nearer_to_one_state_than_to_another():
    ideal = pd.concat(
        [IDEAL, pd.DataFrame({"state": "IND", "year": [1990, 1993, 1994], "ideal_point": [0.4, -0.8, 0.0]})]
    )
    found = positions.years_nearer(ideal, "PAK", "IND", "RUS")
    assert (found.value, found.n) == (1, 2)
