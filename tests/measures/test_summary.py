"""The whole period in a table: cuts, assignment to phases and each group of measures, on made-up data worked out by hand."""

import pandas as pd
import pytest

from pakrus import cuts
from pakrus.estimate import share
from pakrus.measures import compare, ranks, summary

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


def test_contact_by_counts_what_happened_and_independent_origins():
    events = pd.DataFrame([
        ("e1", "1960-05-01", "a", "happened", -3), ("e2", "1999", "a", "happened", 2), ("e3", "2005", "b", "planned", 2), ("e4", "2006", "b", "happened", 0),
    ], columns=["event_id", "date", "phase", "status", "cooperation"]).assign(scope="bilateral")  # fmt: skip
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
    assert found.loc["a", ["events", "two_origins"]].tolist() == [2, 0.5]
    assert found.loc["b", ["events", "two_origins"]].tolist() == [1, 0.0]
    assert (
        found["leaders_PAK"].tolist() == [1, 0, 0]
        and found["leaders_RUS"].tolist() == [0, 1, 0]
        and found["leaders_bilateral"].tolist() == [1, 0, 0]
    )


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


ROWS = {
    "unga_votes": pd.DataFrame({
        "session": [5, 5, 5], "PAK": ["yes", "yes", "no"], "RUS": ["yes", "no", None], "USA": ["no", "yes", "yes"],
    }),
    "unga_agreement": pd.DataFrame({"session": [5, 6, 5], "partner": ["RUS", "RUS", "USA"], "percentile": [10.0, 30.0, 99.0]}),
    "unga_contested": pd.DataFrame({"session": [5, 5], "sided_with": ["RUS", "USA"]}),
    "ideal_points": pd.DataFrame({
        "state": ["PAK", "RUS", "USA"], "year": 1950, "ideal_point": [0.0, -2.0, 3.0],
    }),
    "events": pd.DataFrame({
        "event_id": ["e1", "e2", "e3"], "status": ["happened", "happened", "planned"], "cooperation": [-3, 2, 2],
        "scope": "bilateral", "confidence": "confirmed",
    }),
    "event_sources": pd.DataFrame({
        "event_id": ["e1", "e1", "e2", "e3"], "key": ["k1", "k2", "k1", "k4"], "origin_group": ["X", "Y", "X", "X"],
        "testimony": "reports",
    }),
    "visits": pd.DataFrame({
        "status": ["happened", "cancelled"], "rank": "head-of-state", "from_state": "PAK", "kind": "official", "start_date": "1960",
    }),
    "arms_volume": pd.DataFrame({
        "year": [1950, 1950], "supplier": ["RUS", "USA"], "recipient": "PAK", "tiv": [10.0, 30.0], "method": "published",
    }),
    "trade_partners": pd.DataFrame({"year": [], "partner": [], "value_usd_m": []}),
}  # fmt: skip


def test_a_phase_is_what_each_measure_gives_and_missing_where_there_are_no_data():
    found = summary.of_phase(ROWS, 4.0, intervals=False)
    assert {key: found[key].value for key in ("roll_calls", "agreement", "percentile", "distance", "distance_USA")} == {
        "roll_calls": 2, "agreement": 0.5, "percentile": 20.0, "distance": 2.0, "distance_USA": 3.0,
    }  # fmt: skip
    assert [found[key].value for key in ("happened", "cooperative", "two_origins", "sources")] == [2, 0.5, 0.5, 3]
    assert [found[key].value for key in ("leaders_PAK", "leaders_RUS", "leaders_per_year")] == [1, 0, 0.25]
    assert [found[key].value for key in ("tiv", "tiv_share", "tiv_years", "trade_years")] == [10, 0.25, 1, 0]
    assert pd.isna(found["trade_share"].value) and set(summary.ROWS) < set(found)


def test_phases_side_by_side_are_texts_with_a_dash_for_what_is_missing():
    shown = summary.compared(["A"], [summary.of_phase(ROWS, 4.0)]).set_index("Measure")["A"]
    assert shown[summary.ROWS["agreement"]] == "50\u00a0% (0 to 100)"
    assert shown[summary.ROWS["distance"]] == "2.00" and shown[summary.ROWS["tiv_share"]] == "25.0\u00a0%"
    assert shown[summary.ROWS["trade_share"]] == "–"


def test_extremes_leave_out_what_is_missing():
    found = summary.extremes([share(0.2, "a b"), share(float("nan"), "c d"), share(0.1, "e f")], "of something")
    assert (found.lowest.value, found.highest.value) == (0.1, 0.2)
    assert found.highest.words == "highest of the phases: of something"


def test_changes_are_after_minus_before_and_shown_with_their_sign():
    before = summary.of_phase(ROWS, 4.0, intervals=False)
    agreed = ROWS["unga_agreement"].assign(percentile=[50.0, 30.04, 1.0])
    after = summary.of_phase({**ROWS, "unga_agreement": agreed}, 2.0, intervals=False)
    changes = summary.changes(["b"], ["2000*"], [before], [after])
    assert changes.at[0, "percentile"] == pytest.approx(20.02) and changes.at[0, "leaders_per_year"] == 0.25
    shown = summary.shown(changes, {"b": "B"}).loc[0]
    assert (
        shown["Boundary"],
        shown["Percentile with Moscow"],
        shown["Leaders' meetings a year"],
        shown["Distance of ideal points"],
    ) == (
        "B 2000*",
        "+20.0",
        "+0.25",
        "0.00",
    )


def test_what_is_steady_in_words():
    frame = pd.DataFrame({"into_phase": ["b", "b"], "kappa": [1.0, -1.0], "distance": [1.0, 2.0]})
    found = summary.steady(summary.steadiness(frame, ["kappa", "distance"]), {"b": "B"})
    assert (found.kept.text, found.compared.text, found.loose.text) == ("1", "2", "Cohen's κ, into B (1 up, 1 down)")
    none = summary.steady(summary.steadiness(frame, ["distance"]), {"b": "B"})
    assert none.loose.text == "none"


def test_statistics_of_the_percentile_by_phase():
    agreed = pd.DataFrame({"session": [5, 6, 7, 56], "partner": "RUS", "percentile": [10.0, 20.0, 60.0, None]})
    found = ranks.statistics(agreed, CUT).set_index("phase")
    assert found.loc["a", ["sessions", "median", "mean"]].tolist() == [3, 20.0, 30.0] and found.at["b", "sessions"] == 0


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
    cut = {"events": events, "unga_votes": votes}
    row = compare.contact_and_votes([cut], [2]).iloc[0]
    assert (row["cut"], row["bilateral"], row["rate"], row["n"]) == ("B", 1, 0.5, 3)
    assert row["agreement"] == pytest.approx(2 / 3) and row["interval_low"] <= row["agreement"]
    both = compare.contact_and_votes([cut, cut], [2, 4])
    assert compare.lowest_to_highest(both, "rate").text == "0.2 to 0.5"
    assert compare.lowest_to_highest(both, "agreement").text == "67 to 67\u00a0%"
    assert compare.lowest_to_highest(both, "agreement").words.endswith("lowest to highest of 2 cuts of B")
