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
AGREEMENTS = pd.DataFrame({"date": ["1990-01-01", "1990-01-02"], "scope": ["bilateral", "multilateral"]})


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
    assert (found.text, found.n, found.words) == ("2.5", 1, "bilateral texts, signed or adopted, per ten years")
    events = contact.event_rate(EVENTS, 5, "bilateral", per=10)
    assert (events.text, events.n) == ("6", 3)
    assert events.words == "bilateral events that happened, Nineties, per ten years"
    every = contact.event_rate(EVENTS, 4)
    assert (every.value, every.n, every.words) == (1.0, 4, "events that happened, Nineties, per year")


def _texts(dates, span):
    rows = pd.DataFrame({"date": dates, "scope": "bilateral"})
    rows.attrs["span"] = span
    return rows


def test_two_rates_are_compared_as_two_uncertain_counts():
    none, twelve = _texts([], "A"), _texts([f"19{n}" for n in range(80, 92)], "B")
    found = contact.rates_compared(none, 1, twelve, 10)  # given twelve, each falls into A with a chance of 1 in 11
    assert found.ratio.value == 0 and found.ratio.low == 0
    assert found.p.value == pytest.approx(1 - 12 * 10**11 / 11**12)  # all but the likeliest count, one
    assert (
        found.p.words == "rate of bilateral texts in A, against that in B: p-value of equal rates" and found.p.n == 12
    )
    same = contact.rates_compared(twelve, 10, twelve, 10)
    assert same.ratio.value == 1 and same.p.value == pytest.approx(1)
    assert same.ratio.low == pytest.approx(1 / same.ratio.high)  # neither span is the first by nature
    assert contact.rates_compared(twelve, 1, none, 1).ratio.value == float("inf")
    with pytest.raises(ValueError, match="neither span has a text"):
        contact.rates_compared(none, 1, none, 1)


def test_the_rate_of_the_1990s_by_the_exact_test():
    """Three texts in 9.7 years against twenty in 15.7: the referee's two-sided 0.016."""
    few, many = (
        _texts([f"1992-01-0{n}" for n in range(1, 4)], "A"),
        _texts([f"2002-01-{n:02}" for n in range(1, 21)], "B"),
    )
    assert contact.rates_compared(few, 9.71, many, 15.74).p.value == pytest.approx(0.016, abs=0.002)


def test_texts_of_one_day_are_one_occasion():
    texts = pd.DataFrame({
        "date": ["1990-01-01", "1990-01-01", "1991", "1991", "1992-05"], "scope": ["bilateral"] * 4 + ["multilateral"],
    })  # fmt: skip
    texts.attrs["span"] = "C"
    days = contact.occasions(texts)
    assert days["date"].tolist() == ["1990-01-01", "1991"] and days.attrs["span"] == "C"
