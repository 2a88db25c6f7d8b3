"""The whole period in a table: cuts, assignment to phases and each group of measures, on made-up data worked out by hand."""

import pandas as pd
import pytest

from pakrus import cuts
from pakrus.measures import summary

CUT = pd.DataFrame([
    ("a", "A", "1950-01-01", "1999-12-31", 5, 54),
    ("b", "B", "2000-01-01", "2009-12-31", 55, 64),
    ("c", "C", "2010-01-01", None, 65, 70),
], columns=cuts.COLUMNS)  # fmt: skip


def test_book_cut_keeps_order_and_columns():
    table = CUT.assign(number=[1, 2, 3], reason="why").sample(frac=1, random_state=1)
    assert list(cuts.book_cut(table)["phase"]) == ["a", "b", "c"]
    assert list(cuts.book_cut(table).columns) == cuts.COLUMNS


def test_a_moved_boundary_moves_both_neighbours():
    new = cuts.moved(CUT, "b", "2002-04", 57).set_index("phase")
    assert (new.at["a", "last_day"], new.at["a", "last_session"]) == ("2002-03-31", 56)
    assert (new.at["b", "first_day"], new.at["b", "first_session"]) == ("2002-04-01", 57)
    assert new.loc["c"].dropna().equals(CUT.set_index("phase").loc["c"].dropna())
    assert CUT.at[1, "first_day"] == "2000-01-01", "the cut given stays as it was"


@pytest.mark.parametrize(
    "phase, date", [("a", "1960"), ("x", "1960"), ("b", "1950-01-01"), ("b", "2010-01-01"), ("c", "1999")]
)
def test_an_impossible_boundary_is_refused(phase, date):
    with pytest.raises(ValueError):
        cuts.moved(CUT, phase, date, 60)


def test_dates_go_where_they_lie_and_open_ones_keep_their_own_phase():
    cut = cuts.moved(CUT, "b", "2000-03-15", 56)
    dates = pd.Series(["2000-03-14", "2000-03-15", "2000", "2000", "2000-03", "1940"])
    own = pd.Series([None, None, None, "a", "c", "a"])
    assert list(cuts.phase_of_dates(dates, cut, own)) == ["a", "b", "b", "a", "b", None]


def test_a_year_belongs_where_its_middle_lies():
    assert list(cuts.phase_of_years(pd.Series([1999, 2000]), cuts.moved(CUT, "b", "2000-07-02", 56))) == [
        "a",
        "b",
    ]
    assert list(cuts.phase_of_years(pd.Series([2000]), cuts.moved(CUT, "b", "2000-07-03", 56))) == ["a"]


def test_lengths_count_both_ends_and_the_open_phase_to_the_day_given():
    years = cuts.lengths(CUT, "2019-12-31")
    assert years["b"] == pytest.approx(3653 / 365.25) and years["c"] == pytest.approx(3652 / 365.25)


def test_voting_by_pools_roll_calls_and_takes_medians_and_means():
    votes = pd.DataFrame({
        "session": [5, 5, 55, 55], "PAK": ["yes", "yes", "no", "no"], "RUS": ["yes", "no", "no", None], "USA": ["no", "yes", "yes", "yes"],
    })  # fmt: skip
    agreed = pd.DataFrame({"session": [5, 6, 55], "partner": "RUS", "percentile": [10.0, 30.0, 80.0]})
    ideal = pd.DataFrame(
        {"state": ["PAK", "RUS"] * 2, "year": [1950, 1950, 2000, 2000], "ideal_point": [0.0, -2.0, 0.5, 0.0]}
    )
    contested = pd.DataFrame({"session": [5, 5, 55], "sided_with": ["RUS", "USA", "no vote"]})
    found = summary.voting_by(CUT, votes, agreed, ideal, contested).set_index("phase")
    assert found.loc[
        "a", ["n", "agreement", "percentile", "sessions", "distance", "contested", "with_RUS", "with_USA", "abstained"]
    ].tolist() == [2, 0.5, 20.0, 2, 2.0, 2, 0.5, 0.5, 0.0]
    assert found.loc["b", ["n", "agreement", "percentile", "distance", "contested", "with_RUS"]].tolist() == [
        1,
        1.0,
        80.0,
        0.5,
        1,
        0.0,
    ]
    plain = summary.voting_by(CUT, votes, agreed, ideal, contested, intervals=False).set_index("phase")
    pd.testing.assert_frame_equal(plain, found.drop(columns=["agreement_low", "agreement_high"]), check_dtype=False)
    assert found.at["c", "n"] == 0 and pd.isna(found.at["c", "with_RUS"]) and pd.isna(found.at["c", "percentile"])


def test_contact_by_counts_what_happened_and_independent_origins():
    events = pd.DataFrame([
        ("e1", "1960-05-01", "a", "happened", -3), ("e2", "1999", "a", "happened", 2), ("e3", "2005", "b", "planned", 2), ("e4", "2006", "b", "happened", 0),
    ], columns=["event_id", "date", "phase", "status", "cooperation"])  # fmt: skip
    sources = pd.DataFrame(
        [
            ("e1", "k1", "X"),
            ("e1", "k2", "Y"),
            ("e2", "k1", "X"),
            ("e2", "k3", "X"),
            ("e3", "k4", "X"),
            ("e4", "k1", "X"),
        ],
        columns=["event_id", "key", "origin_group"],
    ).assign(testimony="reports")
    visits = pd.DataFrame([
        ("e2", "1999", "happened", "head-of-state", "PAK", "official"), (None, "2001-01-02", "happened", "head-of-government", "RUS", "multilateral-margin"),
        (None, "2001-01-03", "cancelled", "head-of-state", "RUS", "state"), (None, "2001-01-04", "happened", "foreign-minister", "RUS", "official"),
    ], columns=["event_id", "start_date", "status", "rank", "from_state", "kind"])  # fmt: skip
    found = summary.contact_by(CUT, events, sources, visits, "2019-12-31").set_index("phase")
    assert found.loc["a", ["events", "cooperative", "conflictual", "two_origins", "sources"]].tolist() == [
        2,
        0.5,
        0.5,
        0.5,
        3,
    ]
    assert found.loc["b", ["events", "cooperative", "two_origins", "sources"]].tolist() == [1, 0.0, 0.0, 1]
    assert (
        found["leaders_PAK"].tolist() == [1, 0, 0]
        and found["leaders_RUS"].tolist() == [0, 1, 0]
        and found["leaders_bilateral"].tolist() == [1, 0, 0]
    )
    assert found.at["a", "events_per_year"] == pytest.approx(2 / found.at["a", "years"])


def test_exchange_by_gives_shares_and_says_how_many_years_are_covered():
    volume = pd.DataFrame([
        (1998, "RUS", "PAK", 10.0, "published"), (1998, "USA", "PAK", 30.0, "published"), (2000, "USA", "PAK", 5.0, "published"),
        (1998, "RUS", "IND", 99.0, "published"), (1998, "RUS", "PAK", 99.0, "even split"),
    ], columns=["year", "supplier", "recipient", "tiv", "method"])  # fmt: skip
    partners = pd.DataFrame(
        [(1998, "RUS", 2.0), (1998, "WLD", 100.0), (1999, "RUS", 4.0), (1999, "WLD", 100.0)],
        columns=["year", "partner", "value_usd_m"],
    )
    found = summary.exchange_by(CUT, volume, partners).set_index("phase")
    assert found.loc["a"].tolist() == [10.0, 0.25, 2, pytest.approx(0.03), 2]
    assert found.loc["b", ["tiv", "tiv_share", "tiv_years", "trade_years"]].tolist() == [0.0, 0.0, 1, 0]
    assert pd.isna(found.at["b", "trade_share"]) and pd.isna(found.at["c", "tiv_share"])


def test_across_is_after_minus_before():
    table = pd.DataFrame({"phase": ["a", "b", "c"], "x": [1.0, 4.0, 2.5]})
    assert summary.across(CUT, "b", table, ["x"]) == {"x": 3.0} and summary.across(CUT, "c", table, ["x"]) == {
        "x": -1.5
    }


def test_steadiness_needs_one_sign_in_every_cut():
    changes = pd.DataFrame(
        {
            "into_phase": ["b", "b", "c", "c"],
            "x": [1.0, 2.0, 1.0, -1.0],
            "y": [None, -1.0, None, None],
            "z": [0.0, 1.0, -1.0, -2.0],
        }
    )
    found = summary.steadiness(changes, ["x", "y", "z"]).set_index(["into_phase", "measure"])
    assert found["steady"].tolist() == [True, True, False, False, False, True]
    assert found.loc[("b", "x"), ["cuts", "rises", "falls"]].tolist() == [2, 2, 0]


def test_one_cut_is_one_row_and_rival_cuts_are_said_from_lowest_to_highest():
    votes = pd.DataFrame({"PAK": ["yes", "yes", "no", "no"], "RUS": ["yes", "no", "no", None]})
    events = pd.DataFrame({"status": ["happened", "planned", "happened"], "scope": ["bilateral"] * 2 + ["context"]})
    events.attrs["span"] = "B"
    row = summary.one_cut(events, votes, 2).iloc[0]
    assert (row["cut"], row["bilateral"], row["rate"], row["n"]) == ("B", 1, 0.5, 3)
    assert row["agreement"] == pytest.approx(2 / 3) and row["agreement_low"] <= row["agreement"]
    both = pd.concat([summary.one_cut(events, votes, years) for years in (2, 4)], ignore_index=True)
    assert summary.lowest_to_highest(both, "rate").text == "0.2 to 0.5"
    assert summary.lowest_to_highest(both, "agreement").text == "67 to 67 %"
    assert summary.lowest_to_highest(both, "agreement").words.endswith("lowest to highest of 2 cuts of B")
