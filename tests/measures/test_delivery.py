"""Waiting times of promises: worked by hand, with the curves that a textbook's reader would draw."""

import math

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import delivery

PHASES = pd.DataFrame({"first_day": ["1947-08-14", "1991-12-26"], "title": ["Early", "Late"]})
PROJECTS = pd.DataFrame(
    [
        ("mill", "A mill", "1970", "stalled", "2020"),
        ("line", "A line", "2000-01-01", "abandoned", "2012"),
        ("wheat", "Wheat", "2020-01-01", "delivered", "2021-01-01"),
        ("talk", "A talk", "2010-01-01", "unknown", "2011-01-01"),
    ],
    columns=["project_id", "title", "first_announced", "status", "status_as_of"],
)
STEPS = pd.DataFrame(
    [
        ("m1", "mill", "1970", "announced", "a", None),
        ("m2", "mill", "1985-01-15", "completed", "b", 4e8),
        ("l1", "line", "2010-01-01", "cancelled", "a", None),
        ("w1", "wheat", "2020-01-01", "announced", "a", 1e6),
        ("w2", "wheat", "2020-12-31", "delivered", "a", None),
        ("t1", "talk", "2010-01-01", "announced", "a", None),
    ],
    columns=["milestone_id", "project_id", "date", "step", "key", "amount"],
).assign(price_basis="contract")
KINDS = pd.DataFrame(
    [("mill", "built", "works", "lender", "m2"), ("line", "built", "works", "lender", None),
     ("wheat", "shipped", "wheat", "buyer", "w1"), ("talk", "built", "talk", "not said", None)],
    columns=["project_id", "kind", "object", "payer", "amount_step"],
)  # fmt: skip


def clock(reading="middle"):
    return delivery.clock(PROJECTS, STEPS, KINDS, PHASES, reading)


def test_a_promise_waits_to_its_first_delivery_its_cancellation_or_its_latest_source():
    found = clock().set_index("project_id")
    assert found.index.tolist() == ["mill", "line", "talk", "wheat"]  # by announcement
    assert found["ending"].to_dict() == {"mill": "kept", "line": "abandoned", "talk": "open", "wheat": "kept"}
    assert found["waited"].round(1).to_dict() == {"mill": 14.5, "line": 10.0, "talk": 1.0, "wheat": 1.0}
    assert found["era"].to_dict() == {"mill": "Early", "line": "Late", "talk": "Late", "wheat": "Late"}
    assert found["unknown"].to_dict() == {"mill": False, "line": False, "talk": True, "wheat": False}
    # the one source of the delivery of wheat is that of its announcement as well; the mill was told of by another before
    assert found["foretold"].to_dict() == {"mill": True, "line": True, "talk": True, "wheat": False}


def test_a_date_of_a_year_can_be_read_three_ways():
    waits = [
        clock(reading).set_index("project_id").loc["mill", "waited"] for reading in ("shortest", "middle", "longest")
    ]
    assert [round(years, 1) for years in waits] == [14.0, 14.5, 15.0]
    with pytest.raises(ValueError, match="no reading of dates"):
        clock("best")


def test_nothing_waits_less_than_no_time():
    steps = pd.DataFrame([("w1", "wheat", "2020", "delivered", "a", None)], columns=STEPS.columns.drop("price_basis"))
    projects = PROJECTS[PROJECTS["project_id"] == "wheat"].assign(first_announced="2020-12-31")
    assert delivery.clock(projects, steps, KINDS, PHASES).loc[0, "waited"] == 0


def test_a_project_without_a_kind_is_named():
    with pytest.raises(ValueError, match=r"no kind for talk: give each a row in data/project_kinds\.csv"):
        delivery.clock(PROJECTS, STEPS, KINDS[KINDS["project_id"] != "talk"], PHASES)


def waits(*rows, **columns):
    frame = pd.DataFrame(rows, columns=["waited", "ending"])
    given = {"kind": "built", "payer": "buyer", "unknown": False, "object": [f"o{i}" for i in range(len(rows))]}
    return frame.assign(**(given | columns))


# five promises: kept after 1 and 3 years, abandoned after 2, open at 2 and 5
FIVE = waits((1.0, "kept"), (2.0, "abandoned"), (2.0, "open"), (3.0, "kept"), (5.0, "open"))


def test_the_curve_by_hand():
    """After 1 year 4 of 5 are left; after 3 years one of the two still waiting: 4/5 x 1/2 = 0.4 left, 0.6 kept."""
    found = delivery.curve(FIVE)
    assert found["years"].tolist() == [0, 1, 3, 5] and found["waiting"].tolist() == [5, 5, 2, 1]
    assert found["share"].tolist() == pytest.approx([0, 0.2, 0.6, 0.6])
    # Greenwood: variance of log S at 1 year is 1/(5*4) = .05; the interval is that of the complementary log-log
    reach = 1.959964 * math.sqrt(0.05) / -math.log(0.8)
    assert found.loc[1, "low"] == pytest.approx(1 - 0.8 ** math.exp(-reach), abs=1e-6)
    assert found.loc[1, "high"] == pytest.approx(1 - 0.8 ** math.exp(reach), abs=1e-6)
    assert delivery.kept_within(FIVE, 2).text == "20\u00a0%" and delivery.kept_within(FIVE, 4).n == 5


def test_the_curve_of_nothing_kept_and_of_all_kept():
    none, every = delivery.curve(waits((2.0, "open"))), delivery.curve(waits((2.0, "kept")))
    assert none["share"].tolist() == [0, 0] and every["share"].tolist() == [0, 1]
    assert none["low"].isna().all() and every["low"].isna().all()


def test_a_competing_end_by_hand():
    """At 2 years one of four is abandoned: 0.8 x 1/4 = 0.2; at 3 years one of two is kept: 0.6 x 1/2 = 0.3 more, 0.5 in all."""
    found = delivery.incidence(FIVE)
    assert found["kept"].tolist() == pytest.approx([0, 0.2, 0.2, 0.5, 0.5])
    assert found["abandoned"].tolist() == pytest.approx([0, 0, 0.2, 0.2, 0.2])
    assert (found["kept"] <= delivery.curve(FIVE)["share"].max() + 1e-12).all()
    assert delivery.incidence_at(FIVE, "abandoned", 4).text == "20\u00a0%"


def test_without_abandonment_both_curves_are_one():
    rows = FIVE[FIVE["ending"] != "abandoned"]
    assert delivery.incidence(rows)["kept"].iloc[-1] == pytest.approx(delivery.curve(rows)["share"].iloc[-1])


def test_bounds_hold_the_curve_between_them():
    rows = FIVE.assign(unknown=[False, False, True, False, False], first_announced="2000-01-01")
    shares = [delivery.kept_within(delivery.bound(rows, how, "2020-01-01"), 4).value for how in ("kept", "never")]
    assert shares[0] > delivery.kept_within(rows, 4).value > shares[1]
    assert delivery.bound(rows, "never", "2020-01-01").loc[2, "waited"] == pytest.approx(20, abs=0.01)
    with pytest.raises(ValueError, match="no bound"):
        delivery.bound(rows, "lost", "2020")


def test_each_object_counts_once_and_is_kept_where_one_promise_of_it_was():
    found = delivery.once_each(clock()).set_index("object")
    assert found["ending"].to_dict() == {"works": "kept", "talk": "open", "wheat": "kept"}
    later = delivery.once_each(clock().assign(ending="open"))  # nothing kept: it waits as long as the one heard of last
    assert later.set_index("object").loc["works", "waited"] == pytest.approx(39.5, abs=0.01)
    assert later.attrs["span"] == "each object once"


def test_groups_are_compared_by_curve_and_by_share():
    quick = waits(*[(1.0, "kept")] * 8, kind="shipped")
    slow = waits(*[(9.0, "open")] * 8, kind="built")
    both = pd.concat([quick, slow], ignore_index=True)
    assert delivery.same_curve(both, "kind").value < 0.001
    spread = waits((1.0, "kept"), (2.0, "kept"), (3.0, "open"))
    assert delivery.same_curve(pd.concat([spread, spread.assign(kind="x")]), "kind").value == pytest.approx(1)
    assert delivery.same_share(quick, slow, "x").value == pytest.approx(2 / math.comb(16, 8))
    assert delivery.against_others(slow, 8, 8, "x").value == pytest.approx(2 / math.comb(16, 8))
    with pytest.raises(ValueError, match="one kind only"):
        delivery.same_curve(quick, "kind")
    raised = delivery.adjusted(delivery.same_share(quick, slow, "x"), delivery.same_share(quick, quick, "y"))
    assert raised[0].value == pytest.approx(2 * 2 / math.comb(16, 8)) and raised[1].value == 1
    assert raised[0].words.endswith("adjusted for 2 tests")


def test_what_so_few_can_show():
    """Of 4 against 0 of 4: 4 of 4 gives p = 2/70; 3 of 4 gives .14."""
    assert delivery.smallest_seen(0, 4, 4).value == 1
    assert delivery.smallest_seen(0, 2, 2).words == "share of 2 that would not be told apart from 0 of 2"


def test_late_deliveries_and_waits():
    few, waiting, part = delivery.late(FIVE, 2, 4)
    assert (few.value, waiting.value, part.value, part.n) == (1, 2, 0.5, 2)
    assert part.low < 0.02 and part.high > 0.98  # exact, of one in two
    assert delivery.median_wait(FIVE).value == 2 and delivery.longest_wait(FIVE).value == 3
    assert delivery.kept(FIVE).value == 2 and delivery.share_kept(FIVE).value == 0.4


def test_rows_are_chosen_by_value_and_by_date_and_say_so():
    chosen = delivery.only(clock(), kind="built", payer=("lender", "buyer"))
    assert chosen.attrs["span"] == "built, lender or buyer" and len(chosen) == 2
    assert delivery.announced(chosen, "1990").attrs["span"] == "built, lender or buyer, announced from 1990"
    assert delivery.announced(clock(), "2000", "2010-12-31")["project_id"].tolist() == ["line", "talk"]


def test_a_table_by_group():
    found = delivery.by_group(clock(), "kind", "payer")
    assert found[["kind", "promises", "kept"]].to_numpy().tolist() == [
        ["shipped", 1, 1],
        ["built", 2, 1],
        ["built", 1, 0],
    ]
    assert found["share"].tolist() == [1, 0.5, 0]


def test_sums_in_constant_dollars():
    prices = pd.DataFrame({"year": [1985, 2020, 2021], "cpi_u": [100.0, 200.0, 250.0]})
    found = delivery.amounts(clock(), STEPS, KINDS, prices)
    assert found["constant"].tolist() == [1000, 1.25] and found["stated"].tolist() == [400, 1]
    assert delivery.median_sum(found, "x").value == pytest.approx(500.625)
    assert delivery.sums_alike(found, found, "x").value == pytest.approx(1)


def test_committed_by_year():
    aid = pd.DataFrame({"donor": ["CHN"] * 3, "flow": "a", "price_basis": "constant 2021", "value": [0.0, 10, 5]})
    assert [estimate.value for estimate in delivery.committed(aid, "a")] == [10, 5]


def test_every_project_of_the_ledger_has_a_kind_and_both_assignments_stand():
    kinds = data.load("project_kinds")
    assert set(kinds["project_id"]) == set(data.load("projects")["project_id"])
    differ = kinds["first"] != kinds["second"]
    assert kinds.loc[differ, "rule"].notna().all() and kinds.loc[~differ, "rule"].isna().all()
    assert (kinds["kind"] == kinds["first"])[~differ].all()
    steps = data.load("project_milestones").set_index("milestone_id")
    sums = kinds.dropna(subset=["amount_step"])
    assert steps.loc[sums["amount_step"], "project_id"].tolist() == sums["project_id"].tolist()
    assert (steps.loc[sums["amount_step"], "currency"] == "USD").all()
    assert delivery.coded_twice(kinds).kappa.high <= 1
