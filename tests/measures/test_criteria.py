"""Criteria applied: worked examples of every verdict, what cannot be decided, and the book's own tables."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import criteria
from pakrus.phases import every_phase

PHASES = ["early", "late"]


def place(state, partner, span, points, half=1.0, rank=50.0, spread=5.0):
    """A row of `unga_rank_spans`: points above the median with an interval of twice `half`, a rank among 100 others."""
    row = {"span_type": "phase", "span": span, "agenda": "all", "compared_with": "", "state": state, "partner": partner, "n": 500, "ranked": 99, "first_session": 2, "last_session": 40}  # fmt: skip
    for name, value, around in (("above_median_pp", points, half), ("rank", rank, spread), ("agreement", 0.5, 0.1), ("percentile", 50, 9)):  # fmt: skip
        row |= {name: value, f"{name}_low": value - around, f"{name}_high": value + around}
    return row


def moved(state, partner, points, half=1.0):
    row = {"state": state, "partner": partner, "span_before": "early", "span_after": "late", "agenda": "all", "n_before": 9, "n_after": 9}  # fmt: skip
    for name in ("agreement_pp", "above_median_pp", "percentile"):
        row |= {name: points, f"{name}_low": points - half, f"{name}_high": points + half}
    return row


def tables(russian=20.0, trade=2.0, visits=(), agreements=()):
    volume = pd.DataFrame({"year": 2000, "supplier": ["RUS", "CHN", "USA", "FRA"], "supplier_name": ["Russia", "China", "United States", "France"], "recipient": "PAK", "tiv": [russian, 60.0, 36.0, 100.0 - 96.0], "method": "published"})  # fmt: skip
    partners = pd.DataFrame({"year": 2000, "partner": ["RUS", "CHN", "WLD"], "value_usd_m": [trade, 10.0, 100.0]})
    columns = ["rank", "kind", "from_state", "host_state", "status"]
    met = pd.DataFrame(list(visits), columns=columns)
    texts = pd.DataFrame(list(agreements), columns=["type", "field", "scope"])
    return {"arms_volume": volume, "trade_partners": partners, "visits": met, "agreements": texts}


def asked(points=None, rank=50.0, spread=5.0, steps=None, rows=None, phase="late"):
    """What a criterion is asked of: points by partner as (value, half of the interval), steps by pair likewise."""
    points = {"RUS": (2, 1), "CHN": (0, 1), "IND": (0, 1), "USA": (-5, 1)} | (points or {})
    placed = pd.DataFrame([place("PAK", name, "late", *one) for name, one in points.items()] + [place("RUS", "PAK", "late", 0, rank=rank, spread=spread)])  # fmt: skip
    shifts = pd.DataFrame([moved(*pair, *one) for pair, one in (steps or {}).items()])
    before = None if phase == "early" else "early"
    return criteria.Given("late" if phase == "late" else "early", before, rows or tables(), placed, shifts)


@pytest.mark.parametrize(
    ("russia", "verdict"),
    [((9, 1), "met"), ((1.5, 1), "leans to met"), ((-0.5, 2), "leans against"), ((-9, 1), "not met")],
)
def test_votes_are_sure_only_where_intervals_are_apart(russia, verdict):
    found = criteria.nearest_is_moscow(asked({"RUS": russia}))
    assert found.verdict == verdict and found.found.endswith("Delhi 0.0 [−1.0, 1.0], Peking 0.0 [−1.0, 1.0]")


@pytest.mark.parametrize(
    ("rank", "spread", "verdict"),
    [(20, 5, "met"), (48, 9, "leans to met"), (53, 9, "leans against"), (90, 5, "not met")],
)
def test_half_of_the_partners_is_the_middle_of_all_ranks(rank, spread, verdict):
    assert criteria.moscow_in_upper_half(asked(rank=rank, spread=spread)).verdict == verdict


def test_shares_and_counts_are_met_or_not():
    assert criteria.main_supplier(asked()) == ("met", "17\u00a0%")  # 20 of 120
    assert criteria.main_supplier(asked(rows=tables(russian=5))).verdict == "not met"
    assert criteria.several_suppliers(asked()) == (
        "met",
        "3 suppliers, Moscow 17\u00a0%",
    )  # France has less than a twentieth
    assert criteria.several_suppliers(asked(rows=tables(russian=1))).verdict == "not met"
    assert criteria.suppliers_kept(asked()) == ("cannot tell", "first phase")
    before = tables(russian=20)  # of 120: Moscow 17, China 50, the United States 30, France 3 in a hundred
    assert criteria.suppliers_kept(asked()._replace(rows_before=before)) == ("met", "3 of 3 kept")
    lost = asked(rows=tables(russian=5))._replace(rows_before=before)  # 5 of 105
    assert criteria.suppliers_kept(lost) == ("not met", "2 of 3 kept; lost: Russia 5\u00a0%")
    treaty, pact = ("treaty", "defence", "bilateral"), ("treaty", "trade", "bilateral")
    assert criteria.security_treaty(asked(rows=tables(agreements=[treaty, pact]))) == ("met", "1")
    assert criteria.security_treaty(asked(rows=tables(agreements=[pact]))).verdict == "not met"


def test_official_visits_need_both_directions():
    there = ("head-of-government", "official", "PAK", "RUS", "happened")
    here = ("head-of-government", "official", "RUS", "PAK", "happened")
    margin = ("head-of-state", "multilateral-margin", "RUS", "PAK", "happened")
    assert criteria.official_both_ways(asked(rows=tables(visits=[there, here]))) == (
        "met",
        "1 to Moscow, 1 to Pakistan",
    )
    assert criteria.official_both_ways(asked(rows=tables(visits=[there, margin]))).verdict == "not met"
    assert criteria.met_where_many_meet(asked(rows=tables(visits=[there, margin, margin]))) == ("met", "67\u00a0% of 3")
    assert criteria.met_where_many_meet(asked(rows=tables(visits=[there, there, margin]))).verdict == "not met"
    assert criteria.met_where_many_meet(asked()).verdict == "cannot tell"


def test_a_step_whose_interval_holds_zero_is_none_and_the_first_phase_has_none():
    up = {("PAK", "RUS"): (5, 1), ("PAK", "USA"): (0.5, 1), ("IND", "RUS"): (0.5, 1), ("CHN", "RUS"): (-4, 1)}
    assert criteria.step_to_moscow(asked(steps=up)).verdict == "met"
    assert criteria.step_from_washington(asked(steps=up)).verdict == "cannot tell"
    assert criteria.step_of_its_own(asked(steps=up)) == ("met", "Delhi +0.5 [−0.5, 1.5], Peking −4.0 [−5.0, −3.0]")
    assert criteria.step_of_its_own(asked(steps=up | {("IND", "RUS"): (5, 1)})).verdict == "not met"
    assert criteria.step_of_its_own(asked(steps=up | {("PAK", "RUS"): (0.5, 1)})).verdict == "cannot tell"
    away = up | {("PAK", "USA"): (-5, 1), ("PAK", "RUS"): (-5, 1)}
    assert criteria.step_from_washington(asked(steps=away)).verdict == "met"
    assert criteria.step_to_moscow(asked(steps=away)).verdict == "not met"
    assert criteria.step_to_moscow(asked(phase="early")) == ("cannot tell", "first phase")


def test_nearness_to_several_wants_moscow_among_them():
    assert criteria.several_near(asked({"CHN": (4, 1)})) == ("met", "2 of 4 above the median")
    assert criteria.several_near(asked({"CHN": (0.5, 1)})).verdict == "leans to met"
    assert criteria.several_near(asked({"RUS": (-4, 1), "CHN": (4, 1), "IND": (4, 1)})).verdict == "not met"
    assert criteria.several_near(asked({"RUS": (-0.5, 1), "CHN": (4, 1), "IND": (4, 1)})).verdict == "leans against"
    alone = {"RUS": (4, 1), "CHN": (-0.5, 1), "IND": (-4, 1), "USA": (-5, 1)}  # Peking's interval holds zero: not sure
    assert criteria.several_near(asked(alone)).verdict == "leans against"
    assert criteria.several_near(asked(alone | {"CHN": (-4, 1)})).verdict == "not met"


def test_an_interval_that_holds_zero_leans_to_the_median_and_proves_it_not():
    assert criteria.at_the_median(asked({"RUS": (0.5, 1)})).verdict == "leans to met"
    assert criteria.at_the_median(asked({"RUS": (2.5, 1)})).verdict == "not met"


def test_trade_is_undecided_without_a_series():
    none = tables()
    none["trade_partners"] = none["trade_partners"].iloc[:0]
    for decide in (criteria.main_partner, criteria.trade_is_small):
        assert decide(asked(rows=none)) == ("cannot tell", "no series")
    assert criteria.main_partner(asked()).verdict == "not met" and criteria.trade_is_small(asked()).verdict == "not met"
    assert criteria.trade_is_small(asked(rows=tables(trade=0.4))) == ("met", "0.4\u00a0%")


@pytest.fixture(scope="module")
def book():
    return {phase.id: phase.rows(criteria.TABLES) for phase in every_phase()}


@pytest.fixture(scope="module")
def verdicts(book):
    return criteria.judged(book, data.load("unga_rank_spans"), data.load("unga_rank_shifts"))


def test_every_criterion_has_a_verdict_in_every_phase(verdicts, book):
    assert len(verdicts) == len(criteria.CRITERIA) * len(book) and set(verdicts["verdict"]) <= set(criteria.VERDICTS)
    assert verdicts["found"].str.len().min() > 0
    counted = sum(
        criteria.tally(verdicts, concept, phase).n for concept in verdicts["concept"].unique() for phase in book
    )
    assert counted == (verdicts["verdict"] != "cannot tell").sum()
    with pytest.raises(KeyError, match="no criteria of 'Balancing'"):
        criteria.tally(verdicts, "Balancing", "sco-era")


def test_the_table_for_readers_has_a_column_a_phase(verdicts):
    shown = criteria.shown(verdicts, {"cold-war": "Cold War", "sco-era": "SCO era"})
    assert list(shown.columns) == ["Concept", "Criterion", "Cold War", "SCO era"]
    assert list(shown["Criterion"]) == [words for _, words, _ in criteria.CRITERIA]
    assert shown.loc[2, "SCO era"].startswith("Not met: ")


def test_steps_weights_and_meetings_are_those_of_their_measures(book):
    steps = criteria.steps(data.load("unga_rank_shifts"), list(book))
    assert len(steps) == 4 * 3 and (steps["low"] <= steps["points"]).all() and (steps["points"] <= steps["high"]).all()
    weights = criteria.weights(book)
    assert (
        not ((weights["of"] == "Trade") & (weights["phase"] == "sco-era")).any()
        and weights["share"].between(0, 1).all()
    )
    met = criteria.meetings(book)
    led = sum(
        ((t["visits"]["status"] == "happened") & t["visits"]["rank"].str.startswith("head-of")).sum()
        for t in book.values()
    )
    assert met["meetings"].sum() == led and (met["meetings"] >= 0).all()


def test_shares_of_a_power_by_phase_and_at_their_largest(book, verdicts):
    weights = criteria.weights(book)
    own = weights[(weights["of"] == "Trade") & (weights["partner"] == "RUS")]["share"]
    assert (
        criteria.largest(weights, "Trade", "RUS").value == own.max()
        and criteria.largest(weights, "Trade", "RUS").n == 3
    )
    assert criteria.part(weights, "Arms delivered", "CHN", "sco-era").value > criteria.part(weights, "Arms delivered", "USA", "sco-era").value  # fmt: skip
    with pytest.raises(KeyError, match="no share of 'RUS' in 'Trade' in 'sco-era'"):
        criteria.part(weights, "Trade", "RUS", "sco-era")
    assert criteria.most(verdicts, "Alignment").value == max(
        criteria.tally(verdicts, "Alignment", phase).value for phase in book
    )
