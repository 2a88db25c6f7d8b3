"""What must hold for any input: bounds, symmetry, no dependence on the order of rows, nothing made of nothing."""

import math
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pakrus import cuts, dates
from pakrus.measures import (
    contact,
    correlation,
    positions,
    proportions,
    ranks,
    register,
    reliability,
    rollcalls,
    summary,
    trade,
    voting,
)


@pytest.fixture(autouse=True, scope="module")
def few_draws():
    """Intervals from a hundred draws instead of two thousand: nothing here hangs on their width."""
    with mock.patch.object(voting, "RESAMPLES", 100):
        yield


few = settings(max_examples=40, deadline=None)
shuffles = st.randoms(use_true_random=False)
YES_NO = ["yes", "abstain", "no", None]
STATUS = ["happened", "planned", "cancelled"]
STATES = ["PAK", "RUS", "USA"]


def mixed(frame, random):
    """The rows in another order, with an index that says nothing."""
    rows = list(range(len(frame)))
    random.shuffle(rows)
    return frame.iloc[rows].reset_index(drop=True)


def tables(columns, most=25, least=0):
    """Data frames with one strategy per column."""
    rows = st.lists(st.fixed_dictionaries(columns), min_size=least, max_size=most)
    return rows.map(lambda found: pd.DataFrame(found, columns=list(columns)))


def same(one, other):
    pd.testing.assert_frame_equal(one, other, check_dtype=False, rtol=1e-9, atol=1e-12)


# Agreement over sessions and spans

votes = tables({"session": st.integers(2, 5)} | {state: st.sampled_from(YES_NO) for state in STATES})


@few
@given(votes, shuffles)
def test_agreement_by_session_is_symmetric_and_blind_to_order(frame, random):
    one = voting.by_session(frame, "PAK", "RUS")
    shares = ["session", "n", "agreement", "pi", "kappa"]
    if one.empty:
        assert frame.empty
        return
    same(one[shares], voting.by_session(frame, "RUS", "PAK")[shares])
    same(one[shares], voting.by_session(mixed(frame, random), "PAK", "RUS")[shares])
    assert (one["n"] <= frame.groupby("session").size().reindex(one["session"]).to_numpy()).all()
    known = one[one["n"] > 0]
    assert (known["agreement_low"] <= known["agreement"]).all()
    assert (known["agreement"] <= known["agreement_high"]).all()
    assert one.loc[one["n"] == 0, shares[2:]].isna().all(axis=None)


@few
@given(votes, st.integers(2, 4))
def test_spans_of_sessions_add_up_and_duplicates_leave_shares_as_they_are(frame, last):
    spans = {"first": (2, last), "second": (last + 1, 5), "both": (2, 5), "none": (6, 9)}
    found = voting.by_phase(frame, "PAK", "RUS", spans).set_index("span")
    assert found.at["first", "n"] + found.at["second", "n"] == found.at["both", "n"] and found.at["none", "n"] == 0
    twice = voting.by_phase(pd.concat([frame, frame]), "PAK", "RUS", spans).set_index("span")
    assert (twice["n"] == 2 * found["n"]).all()
    same(found[["agreement", "pi", "kappa"]], twice[["agreement", "pi", "kappa"]])


@few
@given(votes)
def test_a_state_agrees_with_itself(frame):
    found = voting.agreement_row(frame.assign(TWIN=frame["PAK"]), "PAK", "TWIN")
    assert found["n"] == frame["PAK"].notna().sum()
    if found["n"]:
        ends = found["agreement_low"], found["agreement_high"]  # missing where all roll calls are of one cluster
        assert found["agreement"] == 1 and (ends == (1, 1) or all(math.isnan(end) for end in ends))
        assert all(math.isnan(found[name]) or found[name] == pytest.approx(1) for name in ("pi", "kappa"))


codes = tables({"session": st.integers(2, 3)} | {name: st.integers(0, 3) for name in "ABCD"}, most=40, least=1)


@few
@given(codes, st.permutations(["session", *"ABCD"]), shuffles)
def test_percentiles_are_bounded_and_blind_to_order(frame, order, random):
    found = ranks.percentiles(frame, "A", "B")
    assert found["percentile"].between(0, 100).all() and found["ranked"].between(1, 2).all()
    same(found, ranks.percentiles(mixed(frame, random)[order], "A", "B"))


@few
@given(codes)
def test_percentiles_of_all_partners_average_to_one_half(frame):
    places = pd.concat([ranks.percentiles(frame, state, "A") for state in "BCD"])
    means = places.groupby("session")["percentile"].mean()
    assert means.to_numpy() == pytest.approx(50, abs=0.1)


# Coding

scores = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=2, max_size=40)


@few
@given(scores, st.sampled_from(["linear", "quadratic"]), shuffles)
def test_weighted_kappa_is_symmetric_bounded_and_blind_to_order(pairs, weights, random):
    first, second = pd.Series([a for a, _ in pairs]), pd.Series([b for _, b in pairs])
    assume(first.nunique() > 1 and second.nunique() > 1)
    one, other = reliability.weighted_kappa(first, second, weights), reliability.weighted_kappa(second, first, weights)
    random.shuffle(pairs)
    again = reliability.weighted_kappa(pd.Series([a for a, _ in pairs]), pd.Series([b for _, b in pairs]), weights)
    for name in ("n", "kappa", "same", "within_one", "same_sign"):
        assert one[name] == pytest.approx(other[name]) and one[name] == pytest.approx(again[name]), name
    assert one["kappa"] <= 1 + 1e-9
    assert math.isnan(one["low"]) or one["low"] <= one["kappa"] + 1e-9 and one["kappa"] - 1e-9 <= one["high"]
    assert 0 <= one["same"] <= one["within_one"] <= 1 and one["same"] <= one["same_sign"] <= 1
    assert reliability.weighted_kappa(first, first, weights)["kappa"] == pytest.approx(1)


@few
@given(st.integers(1, 500), st.data())
def test_an_error_rate_lies_in_its_interval_and_mirrors_its_complement(checked, data):
    errors = data.draw(st.integers(0, checked))
    rate, low, high = reliability.error_rate(errors, checked)
    assert -1e-12 <= low <= rate + 1e-12 and rate - 1e-12 <= high <= 1 + 1e-12
    right, right_low, right_high = reliability.error_rate(checked - errors, checked)
    assert (right, right_low, right_high) == pytest.approx((1 - rate, 1 - high, 1 - low), abs=1e-9)


# Shares of counts


@few
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=10), st.floats(0.5, 0.98))
def test_wilson_holds_the_share_row_by_row_and_widens_with_the_level(pairs, level):
    n = np.array([max(pair) for pair in pairs])
    successes = np.array([min(pair) for pair in pairs])
    narrow, wide = proportions.wilson(successes, n, level), proportions.wilson(successes, n, 0.99)
    assert (narrow["share"].isna() == (n == 0)).all()
    known = narrow[n > 0]
    assert ((known["low"] >= 0) & (known["low"] <= known["share"])).all()
    assert ((known["share"] <= known["high"]) & (known["high"] <= 1)).all()
    assert (wide.loc[known.index, "low"] <= known["low"] + 1e-12).all()
    assert (wide.loc[known.index, "high"] >= known["high"] - 1e-12).all()
    same(narrow.iloc[:1], proportions.wilson(successes[:1], n[:1], level))


# Events, contacts, weights

events = tables({
    "date": st.sampled_from(["1990", "1991-05", "1995-12-31", "2000-01-01", "2003-07", "2004"]),
    "status": st.sampled_from(STATUS), "scope": st.sampled_from(["bilateral", "multilateral", "context"]),
    "cooperation": st.integers(-5, 5), "phase": st.sampled_from(["a", "b"]),
    "confidence": st.sampled_from(["confirmed", "reported", "disputed"]),
}).map(lambda frame: frame.assign(event_id=[f"e{i}" for i in range(len(frame))]))  # fmt: skip
testimony = tables({
    "event_id": st.sampled_from([f"e{i}" for i in range(6)]), "key": st.sampled_from(["k", "l", "m"]),
    "origin_group": st.sampled_from(["TASS", "Dawn"]), "testimony": st.sampled_from(["reports", "announces"]),
})  # fmt: skip


@few
@given(events, shuffles)
def test_contacts_per_year_count_each_act_once(frame, random):
    found = contact.contacts_by_year(frame, 1985, 2010)
    same(found, contact.contacts_by_year(mixed(frame, random), 1985, 2010))
    acts = frame[(frame["status"] == "happened") & (frame["scope"] == "bilateral") & (frame["cooperation"] > 0)]
    assert found["contacts"].sum() == len(acts) and list(found["year"]) == list(range(1985, 2011))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=9))
def test_rank_correlation_is_symmetric_bounded_and_keeps_under_rising_maps(pairs):
    first, second = (pd.Series([pair[i] for pair in pairs], dtype=float) for i in (0, 1))
    one, other = correlation.rank_correlation(first, second), correlation.rank_correlation(second, first)
    curved, turned = correlation.rank_correlation(first**3, second), correlation.rank_correlation(-first, second)
    assert one["n"] == len(pairs)
    if math.isnan(one["rho"]):
        assert all(math.isnan(found["rho"]) and math.isnan(found["p"]) for found in (one, other, curved, turned))
        return
    assert -1 - 1e-9 <= one["rho"] <= 1 + 1e-9 and 0 < one["p"] <= 1
    assert one["rho"] == pytest.approx(other["rho"]) == pytest.approx(curved["rho"]) == pytest.approx(-turned["rho"])
    assert one["p"] == curved["p"]


@few
@given(events.filter(len), testimony.filter(len), shuffles)
def test_the_register_counts_add_up(frame, rows, random):
    number = register.origins(rows)
    assert number.between(1, 2).all() and set(number.index) == set(rows.loc[rows["testimony"] == "reports", "event_id"])
    found = register.by_phase(frame, rows)
    assert found["events"].sum() == len(frame) and found["two_origins"].between(0, 1).all()
    assert (found[["confirmed", "reported", "disputed"]].sum(axis=1) == found["events"]).all()
    assert (found["happened"] <= found["events"]).all()
    again = register.by_phase(mixed(frame, random), mixed(rows, random))
    same(found.set_index("phase").sort_index(), again.set_index("phase").sort_index())
    assert contact.event_rate(frame, 2.0).value == pytest.approx(found["happened"].sum() / 2)


@few
@given(events, shuffles)
def test_weights_add_up_over_adjoining_spans(frame, random):
    visits = pd.DataFrame({
        "date": frame["date"], "status": frame["status"], "rank": "head-of-state", "from_state": "PAK", "kind": "state",
    })  # fmt: skip
    deals = pd.DataFrame({"date": frame["date"], "scope": frame["scope"]})

    def rates(rows, visited, first, last, years):
        parts = [
            part[part["date"].map(lambda day: dates.within(day, first, last)).astype(bool)]
            for part in (rows, visited, deals)
        ]
        return contact.per_decade(*parts, years).drop(columns="phase").iloc[0]

    spans = [("1989-01-01", "1997-01-01", 8), ("1997-01-02", "2005-01-01", 8), ("1989-01-01", "2005-01-01", 16)]
    found = [rates(frame, visits, *span) for span in spans]
    assert all((row >= 0).all() for row in found)
    assert (found[0] + found[1]).drop("years").tolist() == pytest.approx((2 * found[2]).drop("years").tolist())
    assert rates(mixed(frame, random), mixed(visits, random), *spans[0]).tolist() == found[0].tolist()


@few
@given(st.integers(0, 40), st.integers(1, 40), st.floats(1, 50), st.floats(1, 50))
def test_compared_rates_lie_in_their_interval_and_turn_over_with_the_spans(here, there, years, others_years):
    one, other = (pd.DataFrame({"scope": ["bilateral"] * number}) for number in (here, there))
    found, turned = (
        contact.rates_compared(one, years, other, others_years),
        contact.rates_compared(other, others_years, one, years),
    )
    assert found.ratio.low <= found.ratio.value <= found.ratio.high
    assert 0 <= found.p.value <= 1 + 1e-9 and found.p.value == pytest.approx(turned.p.value, abs=1e-6)
    if here:
        assert found.ratio.value == pytest.approx(1 / turned.ratio.value)


# Ideal points and unlike votes

points = st.lists(st.floats(-3, 3), min_size=4, max_size=4)


@few
@given(points, shuffles)
def test_moves_explain_the_change_of_distance(values, random):
    ideal = pd.DataFrame({"state": ["PAK", "PAK", "RUS", "RUS"], "year": [1, 2, 1, 2], "ideal_point": values})
    found = positions.who_moved(mixed(ideal, random), "PAK", "RUS", 1, 2)
    other = positions.who_moved(ideal, "RUS", "PAK", 1, 2)
    back = positions.who_moved(ideal, "PAK", "RUS", 2, 1)
    assert found["change"] == other["change"] == -back["change"]
    assert (found["state_move"], found["partner_move"]) == (other["partner_move"], other["state_move"])
    assert abs(found["change"]) <= abs(found["state_move"]) + abs(found["partner_move"]) + 1e-9
    assert found["distance_first"] >= 0 and found["distance_last"] >= 0
    still = positions.who_moved(ideal, "PAK", "RUS", 1, 1)
    assert still["change"] == still["state_move"] == still["partner_move"] == 0


@few
@given(votes, shuffles)
def test_unlike_votes_mirror_and_sum_to_one(frame, random):
    found = rollcalls.unlike_votes(frame, "PAK", "RUS")
    mirrored = rollcalls.unlike_votes(frame, "RUS", "PAK")
    assert found.sum() == pytest.approx(1) or found.empty
    assert found.to_dict() == {", ".join(reversed(pair.split(", "))): share for pair, share in mirrored.items()}
    assert found.to_dict() == rollcalls.unlike_votes(mixed(frame, random), "PAK", "RUS").to_dict()
    joint = voting.agreement_row(frame, "PAK", "RUS")
    assert found.empty == (joint["n"] == 0 or joint["agreement"] == 1)


# Trade

money = st.floats(0.01, 1e6)


@few
@given(st.lists(money, min_size=3, max_size=3), st.lists(st.floats(1, 400), min_size=3, max_size=3), st.floats(0.5, 9))
def test_deflation_keeps_the_base_year_scales_and_does_not_see_the_index_level(values, index, factor):
    frame = pd.DataFrame({"year": [1, 2, 3], "value_usd_m": values})
    prices = pd.DataFrame({"year": [1, 2, 3], "cpi_u": index})
    real = trade.deflate(frame, prices, 2)["constant_usd_m"]
    assert real[1] == pytest.approx(values[1], abs=5e-4)
    assert list(trade.deflate(frame, prices.assign(cpi_u=prices["cpi_u"] * factor), 2)["constant_usd_m"]) == (
        pytest.approx(list(real), rel=1e-6, abs=2e-3)
    )
    assert trade.deflate(frame, prices[1:], 2)["constant_usd_m"].isna().tolist() == [True, False, False]


@few
@given(st.lists(st.tuples(money, money, money), min_size=1, max_size=6), shuffles)
def test_shares_of_partners_sum_to_one_and_do_not_see_the_currency(rows, random):
    wide = pd.DataFrame(rows, columns=STATES).assign(WLD=lambda rows: rows.sum(axis=1)).rename_axis("year")
    frame = wide.reset_index().melt("year", var_name="partner", value_name="value_usd_m")
    found = trade.shares(frame)
    assert found["share"].between(0, 1).all() and len(found) == 3 * len(rows)
    assert found.groupby("year")["share"].sum().to_numpy() == pytest.approx(1)
    again = trade.shares(mixed(frame, random).assign(value_usd_m=lambda rows: rows["value_usd_m"] * 7))
    keys = ["year", "partner"]
    same(found.sort_values(keys, ignore_index=True), again.sort_values(keys, ignore_index=True))


@few
@given(st.dictionaries(st.integers(1990, 1999), st.tuples(money, money), max_size=6), st.integers(1990, 1999))
def test_mirror_ratios_are_inverse_and_only_years_of_both_count(figures, alone):
    rows = [(year, source, value) for year, pair in figures.items() for source, value in zip("ab", pair, strict=True)]
    if alone not in figures:
        rows.append((alone, "a", 1.0))
    frame = pd.DataFrame(rows, columns=["year", "source", "value_usd_m"])
    frame = frame.assign(exporter="PAK", importer="RUS", kind="series")
    one, other = trade.mirror(frame, "a", "b"), trade.mirror(frame, "b", "a")
    assert sorted(one["year"]) == sorted(other["year"]) == sorted(figures)
    ratios = one.set_index("year")["ratio"] * other.set_index("year")["ratio"]
    assert ratios.to_numpy() == pytest.approx(1)


# The whole period

CUT = pd.DataFrame([
    ("a", "A", "1950-01-01", "1999-12-31", 5, 54),
    ("b", "B", "2000-01-01", "2009-12-31", 55, 64),
    ("c", "C", "2010-01-01", None, 65, 70),
], columns=cuts.COLUMNS)  # fmt: skip
days = st.dates(min_value=pd.Timestamp("1950-01-01").date(), max_value=pd.Timestamp("2020-12-31").date())


@few
@given(days, st.sampled_from([4, 7, 10]), st.sampled_from(["a", "b", "c", None]))
def test_every_date_of_the_period_has_one_phase_that_it_touches(day, precision, own):
    text = day.isoformat()[:precision]
    found = cuts.phase_of_dates(pd.Series([text]), CUT, pd.Series([own], dtype=object)).item()
    spans = zip(CUT["phase"], CUT["first_day"], CUT["last_day"].fillna("9999-12-31"), strict=True)
    touched = [phase for phase, first, last in spans if first[:precision] <= text <= last[:precision]]
    assert found in touched and (found == own or own not in touched)


@few
@given(st.dates(min_value=pd.Timestamp("1950-01-02").date(), max_value=pd.Timestamp("2009-12-30").date()), days)
def test_a_moved_boundary_leaves_no_gap(day, until):
    cut = cuts.moved(CUT, "b", day.isoformat(), 40)
    ends = pd.to_datetime(cut["last_day"][:-1]) + pd.Timedelta(days=1)
    assert [end.date().isoformat() for end in ends] == list(cut["first_day"][1:])
    assert cuts.lengths(cut, "2020-12-31").sum() == pytest.approx(cuts.lengths(CUT, "2020-12-31").sum())


@few
@given(tables({"into_phase": st.sampled_from(["b", "c"]), "x": st.sampled_from([-1.0, 0.0, 2.0, None])}), shuffles)
def test_steady_means_all_of_one_sign(frame, random):
    frame = frame.astype({"x": float})
    found = summary.steadiness(frame, ["x"])
    if found.empty:
        assert frame.empty
        return
    assert (found["rises"] + found["falls"] <= found["cuts"]).all()
    for row in found.itertuples():
        signs = set(np.sign(frame.loc[frame["into_phase"] == row.into_phase, "x"].dropna()))
        assert row.steady == (signs in ({1.0}, {-1.0}))
    again = summary.steadiness(mixed(frame, random), ["x"])
    same(found.sort_values("into_phase", ignore_index=True), again.sort_values("into_phase", ignore_index=True))
