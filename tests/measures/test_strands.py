"""The fourteen series: each holds what its table has, years without a value are left out, counts have their zeros."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import strands


@pytest.fixture(scope="module")
def tables():
    return {name: data.load(name) for name in strands.TABLES}


@pytest.fixture(scope="module")
def yearly(tables):
    return strands.yearly(tables)


def test_all_are_there_in_order_with_one_value_a_year(yearly):
    assert list(dict.fromkeys(yearly["series"])) == list(strands.STRANDS)
    assert not yearly.duplicated(["series", "year"]).any() and yearly["value"].notna().all()
    assert yearly["year"].max() == 2025
    assert set(strands.PANELS) <= set(strands.STRANDS)


def test_votes_leave_the_session_without_roll_calls_out(yearly):
    years = set(yearly.loc[yearly["series"] == "identical votes", "year"])
    assert 1964 not in years and len(years) == 78


def test_meetings_are_counted_by_rank_and_only_what_happened(tables, yearly):
    visits = tables["visits"]
    led = visits[(visits["status"] == "happened") & visits["rank"].isin(["head-of-state", "head-of-government"])]
    own = yearly[yearly["series"] == "leaders' meetings"].set_index("year")["value"]
    assert own[1966] == led["start_date"].str.startswith("1966").sum() > 0
    assert own[1949] == 0 and own.sum() == (led["start_date"].str[:4].astype(int) <= 2025).sum()


def test_scores_and_shares_by_hand(tables, yearly):
    events = tables["events"]
    acts = events[(events["status"] == "happened") & (events["scope"] == "bilateral") & events["date"].str.startswith("1971")]  # fmt: skip
    value = yearly.set_index(["series", "year"])["value"]
    assert value["mean score of acts", 1971] == pytest.approx(acts["cooperation"].astype(float).mean())
    trade = tables["trade_partners"]
    assert value["share in trade", 1971] == pytest.approx(0.0386, abs=5e-5)
    assert trade["year"].max() == 2014 and 2015 not in yearly.loc[yearly["series"] == "share in trade", "year"].to_list()  # fmt: skip
    named = tables["ungd_mentions"].query("speaker == 'PAK' and group == 'RUS' and year == 1987")
    assert value["Moscow named in speeches", 1987] == named["per_10000_words"].iloc[0]


def test_a_later_end_is_cut(tables):
    assert strands.yearly(tables, last=2000)["year"].max() == 2000
    assert isinstance(strands.yearly(tables, last=2000), pd.DataFrame)
