"""Trade: deflation, shares, mirror statistics and the figures everybody will look up."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import trade as measures


def test_deflation_by_hand():
    prices = pd.DataFrame({"year": [1970, 2000], "cpi_u": [40.0, 160.0]})
    frame = pd.DataFrame({"year": [1970, 2000, 2010], "value_usd_m": [10.0, 10.0, 10.0]})
    result = measures.deflate(frame, prices, 2000)["constant_usd_m"]
    assert list(result[:2]) == [40.0, 10.0] and pd.isna(result[2])
    with pytest.raises(ValueError, match="no price index for the base year 1900; there is one for 1970-2000"):
        measures.deflate(frame, prices, 1900)


def test_shares_by_hand():
    frame = pd.DataFrame({"year": [1, 1, 1], "partner": ["RUS", "USA", "WLD"], "value_usd_m": [2.0, 6.0, 8.0]})
    assert list(measures.shares(frame)["share"]) == [0.25, 0.75]


@pytest.mark.parametrize(
    ("year", "exporter", "importer", "source", "value"),
    [(1948, "RUS", "PAK", "cowtrade", 3), (1948, "PAK", "RUS", "cowtrade", 17), (1991, "RUS", "PAK", "cowtrade", 129), (1993, "RUS", "PAK", "cowtrade", 31),
     (2008, "RUS", "PAK", "comtrade", 461.323), (2019, "PAK", "RUS", "comtrade", 372.489), (2015, "PAK", "RUS", "unctadmatrix", 160.925)],
)  # fmt: skip
def test_known_figures(year, exporter, importer, source, value):
    assert measures.value(data.load("trade"), year, exporter, importer, source) == pytest.approx(value, abs=0.5)


def test_a_figure_that_is_not_there_is_not_made_up():
    with pytest.raises(KeyError, match="comtrade has 0 figures for PAK to RUS in 1950"):
        measures.value(data.load("trade"), 1950, "PAK", "RUS", "comtrade")


def test_two_sources_of_one_leg_are_one_number_and_those_of_the_other_are_not():
    mirror = measures.mirror(data.load("trade"), "cowtrade", "comtrade")
    copied = mirror[(mirror["exporter"] == "PAK")]
    apart = mirror[(mirror["exporter"] == "RUS")]
    assert (copied["first"] - copied["second"]).abs().max() < 2
    assert apart["ratio"].min() < 0.85 and apart["ratio"].max() > 1.5


def test_series_and_statements_are_kept_apart():
    frame = data.load("trade")
    points = frame[frame["kind"] == "point"]
    assert (points["flow"] == "turnover").any() and points.loc[points["flow"] == "turnover", "exporter"].isna().all()
    assert {920.0, 666.85} <= set(points.loc[points["period"] == "2022-23", "value_usd_m"])
    assert frame[frame["kind"] == "series"]["year"].max() == 2020


def _series(year, exporter, importer, value, reporter, source, flag=""):
    return {"year": year, "exporter": exporter, "importer": importer, "value_usd_m": value, "reporter": reporter, "source": source,
            "kind": "series", "flag": flag}  # fmt: skip


def test_side_by_side_by_hand():
    frame = pd.DataFrame([
        _series(2000, "A", "B", 12.0, "B", "coarse", "rounded to whole millions"),
        _series(2000, "A", "B", 12.3, "B", "fine"),
        _series(2000, "A", "B", 10.0, "A", "own"),
        _series(2001, "A", "B", 5.0, "B", "coarse"),
        _series(2002, "A", "B", 5.0, "B", "coarse"),
        _series(2002, "A", "B", 0.0, "A", "own"),
    ])  # fmt: skip
    result = measures.side_by_side(frame).set_index("year")
    assert result.loc[2000, "importer_reports"] == 12.3 and result.loc[2000, "exporter_reports"] == 10.0
    assert result.loc[2000, "ratio"] == pytest.approx(1.23)
    assert result.loc[2000, "one_report"] == "coarse, fine" and result.loc[2001, "one_report"] == ""
    assert pd.isna(result.loc[2001, "exporter_reports"]) and pd.isna(result.loc[2001, "ratio"])
    assert pd.isna(result.loc[2002, "ratio"])  # nothing to divide by


def test_disagreement_by_hand():
    first = pd.Series({2000: 10.0, 2001: 30.0, 2002: 0.0, 2003: 7.0})
    second = pd.Series({2000: 10.0, 2001: 10.0, 2002: 4.0, 2004: 9.0})
    result = measures.disagreement(first, second)
    assert (result["n"], result["n_ratio"], result["first_year"], result["last_year"]) == (3, 2, 2000, 2002)
    assert result["mean_ratio"] == 2.0 and result["lowest_ratio"] == 1.0 and result["highest_ratio"] == 3.0
    assert result["ratio_of_sums"] == pytest.approx(40 / 24)
    assert (result["largest_gap"], result["largest_gap_year"], result["mean_absolute_gap"]) == (20.0, 2001, 8.0)
    with pytest.raises(ValueError, match="no year in common"):
        measures.disagreement(first, pd.Series({1950: 1.0}))


FLOWS = pd.DataFrame({
    "year": [1970, 1970, 2000, 2000], "exporter": ["PAK", "RUS", "PAK", "RUS"], "importer": ["RUS", "PAK", "RUS", "PAK"],
    "value_usd_m": [10.0, 5.0, 7.0, 3.0], "source": ["cowtrade"] * 3 + ["comtrade"], "kind": ["series"] * 4,
})  # fmt: skip


def test_goods_sold_are_of_one_direction_and_source():
    found = measures.sold(FLOWS, "PAK", "RUS")
    assert (found.value, found.n) == (17, 2)
    assert measures.sold(FLOWS, "RUS", "PAK").value == 5


def test_constant_trade_is_the_mean_of_years_of_both_directions():
    prices = pd.DataFrame({"year": [1970, 2000], "cpi_u": [40.0, 160.0]})
    assert measures.mean_constant(FLOWS, prices, 2000).value == pytest.approx((60 + 7) / 2)


def test_highest_and_lowest_share_say_of_which_years():
    frame = pd.DataFrame({"year": [1, 1, 2, 2], "partner": ["RUS", "WLD"] * 2, "value_usd_m": [2.0, 8.0, 1.0, 8.0]})
    frame.attrs["span"] = "Cold War"
    highest, year = measures.highest_share(frame, "RUS")
    assert (highest.value, year.value, measures.lowest_share(frame, "RUS").value) == (0.25, 1, 0.125)
    assert all(found.words.endswith(", Cold War") for found in (highest, year))


def test_one_flow_of_one_year_says_who_sold_what_by_which_source():
    trade = pd.DataFrame({
        "year": [1995], "exporter": ["PAK"], "importer": ["RUS"], "source": ["unctadmatrix"], "value_usd_m": [14.52],
    })  # fmt: skip
    found = measures.flow(trade, 1995, "PAK", "RUS", "unctadmatrix", digits=1)
    assert (found.text, found.unit) == ("14.5", "million current US dollars")
    assert found.words == "sales of Pakistan to the USSR/Russia in 1995, million current US dollars (UNCTAD)"
    with pytest.raises(KeyError):
        measures.flow(trade, 1996, "PAK", "RUS", "unctadmatrix")


def test_the_latest_mirror_is_the_last_year_that_both_report():
    rows = pd.DataFrame([
        _series(2000, "PAK", "RUS", 10.0, "RUS", "a"), _series(2000, "PAK", "RUS", 5.0, "PAK", "b"),
        _series(2001, "PAK", "RUS", 20.0, "RUS", "a"),
    ])  # fmt: skip
    found = measures.latest_mirror(rows, "PAK", "RUS")
    assert [value.text for value in found] == ["10", "5", "2.00", "2000"]
    with pytest.raises(ValueError, match="no year"):
        measures.latest_mirror(rows, "RUS", "PAK")


def test_growth_in_dollars_of_the_day_and_at_constant_prices():
    rows = pd.DataFrame([
        _series(1970, "PAK", "RUS", 10.0, "RUS", "cowtrade"), _series(2015, "RUS", "PAK", 40.0, "PAK", "cowtrade"),
    ])  # fmt: skip
    real = measures.deflate(rows, pd.DataFrame({"year": [1970, 2015], "cpi_u": [1.0, 2.0]}), measures.BASE_YEAR)
    found = measures.growth(real, 1970, 2015)
    assert [found.fold.text, found.fold_constant.text, found.first_constant.text] == ["4.0", "2.0", "20"]
    assert [value.text for value in measures.highest_constant(real)] == ["40", "2015"]


def test_ranges_of_ratios_and_of_statements():
    rows = pd.DataFrame([
        _series(2000, "RUS", "PAK", 10.0, "PAK", "a"), _series(2000, "RUS", "PAK", 5.0, "PAK", "b"),
        _series(2001, "RUS", "PAK", 3.0, "PAK", "a"), _series(2001, "RUS", "PAK", 4.0, "PAK", "b"),
    ])  # fmt: skip
    found = measures.mirror_range(rows, "a", "b", "RUS")
    assert (found.lowest.text, found.highest.text, found.lowest.n) == ("0.75", "2.00", 2)
    points = pd.DataFrame(
        {"flow": "turnover", "period": ["2022-23", "2022-23", "2023"], "value_usd_m": [920.0, 666.8, 1.0]}
    )
    assert [value.text for value in measures.stated(points, "2022-23")] == ["667", "920"]
    partners = pd.DataFrame({"year": [2013, 2014], "partner": "WLD", "value_usd_m": 1.0})
    assert measures.last_year(partners).text == "2014"


def test_one_direction_at_constant_prices():
    real = pd.DataFrame({
        "year": [2008, 2008, 2009], "exporter": ["RUS", "PAK", "RUS"], "importer": ["PAK", "RUS", "PAK"],
        "source": "comtrade", "kind": "series", "value_usd_m": [1.0, 2.0, 3.0], "constant_usd_m": [10.0, 20.0, 30.0],
    })  # fmt: skip
    found = measures.flow_constant(real, 2008, "RUS", "PAK", "comtrade")
    assert found.text == "10" and found.words.endswith("million US dollars of 2015 (UN Comtrade)")
    with pytest.raises(KeyError, match="0 figures for PAK to RUS in 2009"):
        measures.flow_constant(real, 2009, "PAK", "RUS", "comtrade")


def test_statements_stand_side_by_side():
    frame = pd.DataFrame({
        "year": [2023, 2023, 2021, 2021], "period": ["2022-23", "2022-23", "2021", "2021"], "flow": ["turnover"] * 3 + ["exports"],
        "kind": ["point"] * 4, "reporter": ["PAK", "PAK", "RUS", "PAK"], "value_usd_m": [920.0, 666.9, 697.0, 1.0],
        "flag": [None] * 4, "source": ["a", "b", "c", "d"],
    })  # fmt: skip
    assert [(found.value, found.n) for found in measures.stated(frame, "2022-23")] == [(666.9, 2), (920, 2)]
    assert measures.stated_gap(frame, "2022-23").value == pytest.approx(253.1)
    shown = measures.statements(frame)
    assert list(shown["source"]) == ["c", "b", "a"] and list(shown["reporter"]) == ["Russia", "Pakistan", "Pakistan"]
