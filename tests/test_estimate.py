"""Estimates: written the same everywhere, as exactly as their measure says."""

import math

import pandas as pd
import pytest

from pakrus import estimate
from pakrus.estimate import count, percent, quantity, share, text, year


def test_numbers_are_written_as_readers_see_them():
    assert estimate.number(1234567.891, 1) == "1,234,567.9"
    assert estimate.number(-0.5, 2) == "−0.50" and estimate.number(-0.001, 2) == "0.00"
    assert percent(0.7341) == "73\u00a0%" and percent(0.7341, 1) == "73.4\u00a0%"


def test_each_kind_is_written_in_its_way():
    assert share(0.559, "identical votes", 628, 0.52, 0.6).interval == "52 to 60\u00a0%"
    assert quantity(-0.101, "Scott's π", 2, low=-0.16, high=-0.04).interval == "−0.16 to −0.04"
    assert year(1993, "year").text == "1993" and count(range(5670), "roll calls").text == "5,670"
    assert text("March 2026", "latest month").text == "March 2026"


def test_without_ends_there_is_no_interval():
    assert share(0.5, "identical votes").interval == "" and share(0.5, "identical votes", low=0.4).interval == ""
    assert text("x", "a name").interval == ""


def test_a_missing_value_is_not_printed():
    with pytest.raises(ValueError, match="identical votes: the value is missing"):
        _ = share(math.nan, "identical votes").text


def test_a_multiple_keeps_its_interval_in_order():
    turned = quantity(2.0, "change", 1, low=1.0, high=4.0).times(-1, words="fall")
    assert (turned.value, turned.low, turned.high, turned.words) == (-2.0, -4.0, -1.0, "fall")
    assert turned.said("other").words == "other"


def test_the_span_is_part_of_the_words():
    frame = pd.DataFrame({"a": [1]})
    assert estimate.span_in_words(frame) == ""
    frame.attrs["span"] = "SCO era"
    assert estimate.span_in_words(frame) == ", SCO era"


def test_rows_that_no_one_cut_say_their_sessions_or_years():
    assert estimate.span_in_words(pd.DataFrame({"session": [2, 80]})) == ", sessions of 1947–2025"
    assert estimate.span_in_words(pd.DataFrame({"year": [1950, 1950]})) == ", 1950"
    assert estimate.span_in_words(pd.DataFrame({"year": []})) == ""


def test_a_change_is_printed_with_its_sign_and_its_interval_without():
    assert [estimate.signed(value) for value in (4, -4, 0, 0.4)] == ["+4", "−4", "0", "0"]
    assert estimate.signed(1234.56, 1) == "+1,234.6"
    rise = estimate.Estimate(2.0, -1.0, 5.0, words="change", change=True)
    assert rise.text == "+2" and rise.interval == "−1 to 5"
    assert rise.times(-1).text == "−2" and rise.times(100, digits=1).text == "+200.0"
    assert estimate.Estimate("x", kind="text", change=True).text == "x"
