"""Weights per decade: by hand, over a span of ten years."""

import pandas as pd
import pytest

from pakrus.measures import contact

EVENTS = pd.DataFrame({
    "date": ["1990", "1992-03", "1995-05-05", "1996-01-01", "1997"],
    "scope": ["bilateral"] * 4 + ["context"],
    "status": ["happened", "happened", "happened", "planned", "happened"], "cooperation": [3, -4, 1, 5, 5],
})  # fmt: skip
EVENTS.attrs["span"] = "Nineties"
VISITS = pd.DataFrame({
    "rank": ["head-of-state", "minister"], "status": ["happened"] * 2, "from_state": ["PAK", "RUS"], "kind": ["state", "state"],
})  # fmt: skip
AGREEMENTS = pd.DataFrame({"date": ["1990-01-01"]})


def test_one_span_by_hand():
    row = contact.per_decade(EVENTS, VISITS, AGREEMENTS, 5).iloc[0]
    assert (row["phase"], row["years"]) == ("Nineties", 5)
    assert row["bilateral_per_decade"] == 6  # three in five years; the plan and the context are left out
    assert (
        row["strong_cooperative"],
        row["strong_conflictual"],
        row["leaders_per_decade"],
        row["signed_per_decade"],
    ) == (2, 2, 2, 2)


def test_the_bar_for_strong_can_be_moved():
    row = contact.per_decade(EVENTS, VISITS, AGREEMENTS, 10, strong=4).iloc[0]
    assert (row["strong_cooperative"], row["strong_conflictual"]) == (0, 1)


def test_a_span_without_rows_counts_zero():
    row = contact.per_decade(EVENTS[:0], VISITS[:0], AGREEMENTS[:0], 10).iloc[0]
    assert row.drop(["phase", "years"]).tolist() == [0] * 5


def test_rates_per_ten_years_say_how_many_they_rest_on():
    found = contact.signed_rate(AGREEMENTS, 4)
    assert (found.text, found.n, found.words) == ("2.5", 1, "signed texts, per ten years")
    events = contact.event_rate(EVENTS, 5, "bilateral", per=10)
    assert (events.text, events.n) == ("6", 3)
    assert events.words == "bilateral events that happened, Nineties, per ten years"
    every = contact.event_rate(EVENTS, 4)
    assert (every.value, every.n, every.words) == (1.0, 4, "events that happened, Nineties, per year")


def test_the_chance_of_so_few_takes_the_rate_of_the_other_span():
    none, ten = AGREEMENTS[:0].copy(), pd.DataFrame({"date": ["1990"] * 10})
    none.attrs["span"], ten.attrs["span"] = "A", "B"
    found = contact.chance_of_so_few(none, 1, ten, 10)  # one is expected, none was found
    assert found.value == pytest.approx(0.36788, abs=1e-5)
    assert (found.text, found.words) == ("0.37", "chance of as few signed texts as in A, at the rate of B")
    assert contact.chance_of_so_few(none, 6, ten, 10).text == "0.002"  # small chances need a third decimal


def test_poisson_by_hand():
    assert contact.chance_of_at_most(0, 1) == pytest.approx(0.36788, abs=1e-5)
    assert contact.chance_of_at_most(1, 2) == pytest.approx(3 * 0.135335, abs=1e-5)
