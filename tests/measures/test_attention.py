"""Attention of outlets: shares by hand, months as the unit of draw, names in order."""

import pandas as pd
import pytest

from pakrus.measures import attention

MONTHS = pd.DataFrame(
    [("1tv", "2001-01", 100, 0, None), ("1tv", "2001-02", 300, 4, None), ("rt", "2001-01", 10, 5, None)],
    columns=["outlet", "month", "n_all", "n_pakistan", "flag"],
)
TITLES = pd.DataFrame(
    [("1tv", 2001, "PAK", 200, 2, None), ("1tv", 2000, "PAK", 100, 0, None), ("1tv", 2002, "PAK", 50, 5, "year not complete"),
     ("1tv", 2000, "CHN", 100, 4, None), ("1tv", 2001, "CHN", 200, 6, None), ("rt", 2000, "PAK", 10, 1, None), ("rt", 2000, "CHN", 10, 0, None)],
    columns=["outlet", "year", "named", "n_all", "n", "flag"],
)  # fmt: skip


def test_a_share_is_of_all_items_and_its_interval_of_months():
    found = attention.share(MONTHS, "1tv")
    assert found.value == pytest.approx(100) and found.n == 400
    # two months drawn with replacement: 0, 100 or 4/300 of the items
    assert found.low == pytest.approx(0) and found.high == pytest.approx(10000 * 4 / 300)
    assert attention.share(MONTHS, "1tv") == found  # fixed seed


def test_a_month_of_the_same_share_throughout_leaves_no_doubt():
    even = MONTHS.assign(n_pakistan=MONTHS["n_all"] // 100)
    found = attention.share(even, "1tv")
    assert (found.low, found.value, found.high) == pytest.approx((100, 100, 100))


def test_titles_by_year_leave_out_a_year_that_is_not_complete():
    found = attention.titles(TITLES, "1tv", "PAK")
    assert found.index.tolist() == [2000, 2001] and found.tolist() == pytest.approx([0, 100])


def test_outlets_are_compared_over_all_years_with_names_in_the_order_of_the_first():
    found = attention.compared(TITLES, ("1tv", "rt"))
    assert found["outlet"].tolist() == ["Channel One", "Channel One", "RT", "RT"]
    assert found["named"].tolist() == ["China", "Pakistan", "China", "Pakistan"]
    assert found["per_10000"].tolist() == pytest.approx([10000 * 10 / 300, 10000 * 7 / 350, 0, 1000])
