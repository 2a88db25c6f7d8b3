"""Reliability of the coding: worked examples."""

import pandas as pd
import pytest

from pakrus.measures import reliability


def test_full_agreement_is_one_and_reversal_is_negative():
    codes = pd.Series([-4, -1, 0, 2, 3] * 4)
    assert reliability.weighted_kappa(codes, codes)["kappa"] == pytest.approx(1)
    assert reliability.weighted_kappa(codes, -codes)["kappa"] < 0


def test_linear_kappa_by_hand():
    first, second = pd.Series([0, 0, 1, 1]), pd.Series([0, 1, 1, 1])
    # observed distance 1/4; expected 1/2·3/4 + 1/2·1/4 = 1/2; kappa = 1 - (1/4)/(1/2)
    result = reliability.weighted_kappa(first, second)
    assert result["kappa"] == pytest.approx(0.5)
    assert (result["n"], result["same"], result["within_one"], result["same_sign"]) == (4, 0.75, 1.0, 0.75)
    assert result["low"] < 0.5 < result["high"]


def test_small_differences_weigh_less_than_large_ones():
    first = pd.Series([-3, 0, 1, 2, 3, 4] * 5)
    near, far = first.where(first != 4, 3), first.where(first != 4, -3)
    assert reliability.weighted_kappa(first, near)["kappa"] > reliability.weighted_kappa(first, far)["kappa"]


def test_constant_codings_have_no_kappa_and_raise_no_warning():
    constant = pd.Series([2] * 5)
    result = reliability.weighted_kappa(constant, constant)
    assert pd.isna([result[name] for name in ("kappa", "low", "high")]).all() and result["same"] == 1


def test_error_rate_has_an_interval_even_without_errors():
    rate, low, high = reliability.error_rate(0, 40)
    assert (rate, low) == (0, 0) and 0.08 < high < 0.10
    rate, low, high = reliability.error_rate(2, 40)
    assert rate == 0.05 and low < 0.05 < high


def _codings():
    return pd.DataFrame({"first": [-1, 0, 2, 2, 3], "second": [-1, 1, 2, -1, 4], "adjudicated": [-1, 1, 2, 2, 0]})


def test_two_passes_as_estimates():
    passes = reliability.passes(_codings())
    assert (passes.same.text, passes.within_one.text, passes.same_sign.text) == ("40\u00a0%", "80\u00a0%", "60\u00a0%")
    assert passes.linear.value == reliability.weighted_kappa(_codings()["first"], _codings()["second"])["kappa"]
    assert passes.quadratic.n == 5 and "quadratic" in passes.quadratic.words


def test_which_value_was_kept_and_which_codes_are_in_use():
    decided = reliability.decided(_codings())
    assert [estimate.value for estimate in decided] == [3, 1, 1, 1]
    table = reliability.codes_in_use(_codings())
    assert list(table.columns) == ["first", "−1", "0", "+1", "+2", "+3", "+4"] and list(table["first"])[0] == "−1"
    assert table.set_index("first").loc["+2", "−1"] == 1 and int(table.drop(columns="first").to_numpy().sum()) == 5


def test_a_second_reading_counts_what_was_reached():
    rows = pd.DataFrame({
        "verdict": ["right", "minor", "wrong", "wrong", "not reached"],
        "column": [None, "title", "summary; confidence", "event_sources.origin", None],
    })  # fmt: skip
    found = reliability.reread(rows, "rows of a sample")
    assert [estimate.value for estimate in found[:4]] == [5, 1, 1, 2]
    assert found.rate.text == "50\u00a0%" and found.rate.n == 4 and found.rate.low < 0.5 < found.rate.high
    assert found.wrong.words == "rows of a sample read again and found wrong"
    assert reliability.wrong_in(rows, "rows", "confidence", "sources").value == 1  # a column, not a part of its name


def test_rates_of_two_samples_are_tested_not_compared_by_their_intervals():
    samples = [pd.DataFrame({"verdict": ["wrong"] * wrong + ["right"] * (40 - wrong)}) for wrong in (7, 3)]
    found = reliability.rates_alike(
        *(reliability.reread(rows, "events") for rows in samples), "first and second sample"
    )
    assert found.text == "0.31" and found.n == 80
