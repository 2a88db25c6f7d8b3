"""Aid, opinion, media, events, macro, mirror statistics and cross-source table, derived from the files themselves."""

import pandas as pd
import pytest

from pakrus.sources.files import Upstream, UpstreamError
from pakrus.tables import aid, arms, cross_source, icews, macro, media, opinion, trade

pytestmark = pytest.mark.upstream


@pytest.fixture(scope="module")
def source(upstream):
    return Upstream(upstream)


def _unique(frame, key):
    return not frame.duplicated(key).any()


def test_aid_keeps_three_kinds_of_figure_apart(source):
    frame = aid.derive(source)
    assert _unique(frame, ["donor", "flow", "period", "price_basis", "source"])
    usa = frame[frame["donor"] == "USA"]
    current = usa[usa["price_basis"] == "current"].set_index("period")["value"]
    constant = usa[usa["price_basis"] == "constant 2021"].set_index("period")["value"]
    assert current["2021"] == constant["2021"] == 184.188547 and constant["1962"] == 3443.278025
    assert current["1976"] == 203.702 and current["1976tq"] == 64.5 and "1949" not in current.index
    china = frame[frame["donor"] == "CHN"]
    assert set(china["price_basis"]) == {"constant 2021"} and china["flow"].nunique() == 3
    assert (
        china.loc[(china["flow"] == "commitment, OOF-like") & (china["year"] == 2021), "value"].item() == 4040.9
    )  # adjusted, not 12,692
    assert china["value"].sum() == pytest.approx(70298.2, abs=0.5)
    soviet = frame[frame["donor"] == "RUS"]
    assert (
        set(soviet["kind"]) == {"point"}
        and (soviet["outlet"] != "").all()
        and not (frame[frame["donor"] != "RUS"]["kind"] == "point").any()
    )
    assert sorted(soviet["value"]) == [20.2, 30.0, 30.0, 95.0, 377.0]
    assert not frame["flow"].str.contains("total").any()


def test_a_new_base_of_constant_dollars_stops(source, monkeypatch):
    read = pd.read_csv
    monkeypatch.setattr(
        pd, "read_csv", lambda *a, **k: read(*a, **k).replace({"constant_amount": {184188547: 190000000}})
    )
    with pytest.raises(UpstreamError, match=r"us_obligations.*constant dollars of 2021 expected .* found \[\]"):
        aid.derive(source)


def test_opinion_shows_those_without_one(source):
    frame = opinion.derive(source).set_index(["target", "year"])
    russia = frame.loc["RUS"]
    assert list(russia.index) == [2007, *range(2009, 2016)]
    assert russia["no_answer"].between(33, 61).all() and russia.loc[2014, "no_answer"] == 60.7
    assert frame.loc[("CHN", 2013), ["favourable", "unfavourable", "no_answer", "favourable_low"]].isna().all()
    assert "mis-filled" in frame.loc[("CHN", 2013), "flag"] and frame.drop(("CHN", 2013))["favourable"].notna().all()
    assert (frame.xs(2011, level="year")["flag"] == "two waves of interviews pooled").all() and (
        frame.xs(2011, level="year")["n"] == 3221
    ).all()
    assert (
        (frame["favourable_low"] < frame["favourable"]) & (frame["favourable"] < frame["favourable_high"])
    ).sum() == len(frame) - 1


def test_media_counts_have_denominators_and_no_text(source):
    frame = media.derive(source)
    assert list(frame.columns) == [
        "outlet",
        "month",
        "n_all",
        "n_pakistan",
        "n_pakistan_title",
        "share",
        "low",
        "high",
        "flag",
    ]
    assert _unique(frame, ["outlet", "month"]) and (frame["n_pakistan_title"] <= frame["n_pakistan"]).all()
    assert frame["n_pakistan"].sum() == 647 and frame["n_pakistan_title"].sum() == 611
    assert frame.loc[frame["outlet"] == "kremlin", "n_pakistan"].sum() == 0
    assert (frame.loc[frame["n_all"] < 30, "flag"].str.startswith("fewer than 30 items")).all()
    assert frame["share"].between(frame["low"], frame["high"]).all()


def test_media_counts_that_contradict_the_items_stop(source, monkeypatch):
    read = pd.read_csv
    monkeypatch.setattr(
        pd, "read_csv", lambda path, **k: read(path, **k).iloc[1:] if "items" in str(path) else read(path, **k)
    )
    with pytest.raises(UpstreamError, match="n_pakistan differs from the items of pakistan_items.csv in 1tv 2000-03"):
        media.derive(source)


def test_event_shares_add_up(source):
    frame = icews.derive(source)
    kinds = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
    assert len(frame) == 260 and _unique(frame, ["initiator", "target", "year"])
    assert frame[kinds].sum(axis=1).sub(1).abs().max() < 3e-4
    row = frame.set_index(["initiator", "target", "year"]).loc[("PAK", "RUS", 2008)]
    assert row["n"] == 30 and row["verbal_cooperation"] == pytest.approx(28 / 30, abs=1e-4)
    assert row["conflict"] == pytest.approx(1 / 30, abs=1e-4)
    assert row["conflict_low"] < row["conflict"] < row["conflict_high"]


def test_macro_is_in_current_dollars_and_says_where_it_breaks(source):
    frame = macro.derive(source)
    assert _unique(frame, ["indicator", "state", "year"]) and set(frame["price_basis"]) == {"current"}
    pakistan = frame[frame["state"] == "PAK"].set_index(["indicator", "year"])
    assert pakistan.loc[("merchandise_exports", 2005), "value"] == 16051
    assert (
        pakistan.loc[("merchandise_exports", 1969), "flag"].startswith("break")
        and pakistan.loc[("merchandise_exports", 1972), "flag"] == ""
    )
    russia = frame[(frame["state"] == "RUS") & (frame["year"] < 1992)]
    assert list(russia["year"]) == [1988, 1989, 1990, 1991] and russia["flag"].str.contains("not the USSR").all()


def test_mirror_statistics_know_who_copies_whom(source):
    frame = trade.mirror(source).set_index(["exporter", "year"])
    assert frame.index.is_unique
    assert frame.loc[("RUS", 2005), "ratio"] == pytest.approx(356 / 231.474, abs=1e-3)
    assert (frame.loc["PAK"].loc[2000:2014, "one_report"] == "comtrade, cowtrade").sum() == 15
    estimated = frame.index[frame["flag"].str.contains("estimate")].tolist()
    assert estimated == [("RUS", year) for year in (2006, 2010, 2012, 2013)]
    assert frame.loc[("PAK", 2020), "share_of_russia"] == pytest.approx(292.927735e6 / 231664185408, abs=1e-6)
    assert frame.loc[("RUS", 1967), "share_of_pakistan"] == pytest.approx(26 / 1000, abs=1e-6)
    assert frame.loc[("PAK", 2020), "importer_constant"] == frame.loc[("PAK", 2020), "importer_reports"]


def test_itpd_is_brought_back_to_current_dollars(source):
    itpd = trade.services_too(source).set_index(["exporter", "year"])["value_usd_m"]
    assert itpd[("PAK", 2010)] == 243.131  # the base year: unchanged
    comtrade = trade.mirror(source).set_index(["exporter", "year"]).loc["PAK"].loc[2008:2016, "comtrade"]
    assert (itpd.loc["PAK"].loc[2008:2016] / comtrade).between(0.99, 1.04).all()  # else the deflator is another


def test_cross_source_table_gives_the_disagreement(source):
    frame = cross_source.derive(source)
    assert _unique(frame, ["flow", "first_source", "second_source"]) and set(frame["topic"]) == {"trade", "arms"}
    rows = frame.set_index(["flow", "first_source", "second_source"])
    same = rows.loc[("PAK to RUS", "cowtrade", "comtrade")]
    assert same["independent"] == "no" and same["n"] == 15 and abs(same["largest_gap"]) < 1
    apart = rows.loc[("RUS to PAK", "cowtrade", "comtrade")]
    assert (round(apart["lowest_ratio"], 2), round(apart["highest_ratio"], 2), apart["largest_gap_year"]) == (
        0.80,
        1.57,
        2005,
    )
    assert "2006, 2010, 2012, 2013" in apart["note"] and apart["independent"] == "partly"
    russia = frame[(frame["topic"] == "arms") & (frame["flow"] == "RUS to PAK")].iloc[0]
    assert russia["n"] == 25 and russia["ratio_of_sums"] == pytest.approx(1.0077, abs=1e-3)


def test_even_split_keeps_the_volume(source):
    split = arms.even_split(source)
    register = arms.transfers(source)
    delivered = register[register["delivery_years"] != ""]["tiv_delivered"].sum()
    assert split["tiv"].sum() == pytest.approx(delivered, abs=2)


def test_comparators_have_the_denominators_of_the_months_and_no_text(source):
    frame = media.comparators(source)
    assert _unique(frame, ["outlet", "year", "named"]) and frame["named"].nunique() == 8
    monthly = media.derive(source)
    totals = monthly.assign(year=monthly["month"].str[:4].astype(int)).groupby(["outlet", "year"])["n_all"].sum()
    for row in frame[frame["named"] == "PAK"].itertuples():
        assert row.n_all == totals[row.outlet, row.year]
    channel = frame[frame["outlet"] == "1tv"].groupby("named")["n"].sum()
    assert (channel["PAK"], channel["IND"], channel["KASHMIR"], channel["CHN"]) == (264, 441, 14, 1661)
    assert frame.loc[(frame["outlet"] == "kremlin") & (frame["named"] == "PAK"), "n"].sum() == 0
    assert (frame.loc[frame["year"] == 2026, "flag"].str.endswith("year not complete")).all()


def test_comparators_with_another_total_stop(source, monkeypatch):
    read = pd.read_csv
    monkeypatch.setattr(
        pd,
        "read_csv",
        lambda path, **k: read(path, **k).replace({"n_all": {455: 456}}) if "title" in str(path) else read(path, **k),
    )
    with pytest.raises(UpstreamError, match="n_all differs from official_media/monthly_counts.csv in 1tv 2000-01"):
        media.comparators(source)


def test_two_editions_of_the_register_by_supplier(source):
    frame = arms.suppliers(source)
    assert _unique(frame, ["recipient", "year", "supplier"]) and len(frame) == 2 * 6 * 75
    rows = frame.set_index(["recipient", "supplier", "year"])
    assert rows.loc[("IND", "RUS", 2003), "share_five_years"] == pytest.approx(0.79, abs=0.01)
    assert rows.loc[("IND", "RUS", 2024), "share_five_years"] == pytest.approx(0.38, abs=0.01)
    assert rows.loc[("PAK", "RUS", 2022), "tiv"] == 0 and rows.loc[("PAK", "RUS", 2024), "tiv"] == 26.66
    assert frame[frame["year"] == 2024]["tiv_earlier"].isna().all()
    assert frame[frame["year"] < 2024]["tiv_earlier"].notna().all()
    sums = frame.groupby(["recipient", "year"])["share"].sum(min_count=1).dropna()
    assert sums.sub(1).abs().max() < 1e-3 and frame.loc[frame["year"] < 1954, "share_five_years"].isna().all()
