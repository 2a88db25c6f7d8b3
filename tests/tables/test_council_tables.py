"""The divided Council: two sources agree, each text once, and no vote is guessed."""

import json

import pandas as pd
import pytest

from pakrus import data
from pakrus.sources import council as source
from pakrus.sources.files import Upstream, UpstreamError
from pakrus.tables import council


@pytest.fixture(scope="module")
def opened(upstream):
    return Upstream(upstream)


@pytest.fixture(scope="module")
def divided(opened):
    return opened.once(council.divided)


@pytest.mark.upstream
def test_each_outcome_is_there_once_and_divided_or_failed(divided):
    assert divided["outcome_id"].is_unique and len(divided) == 816
    adopted = divided[divided["outcome"] == "adopted"]
    assert (adopted["against"] + adopted["abstained"] > 0).all() and adopted["symbol"].is_unique
    assert set(divided["outcome"]) == {"adopted", "vetoed", "not-adopted"}


@pytest.mark.upstream
def test_both_sources_have_the_texts_of_the_years_that_both_cover(divided):
    both = divided[divided["found_in"] == "meetings and texts"]
    assert len(both) == 124 and both["date"].min() >= "2000" and both["date"].max() < "2022-07"
    alone = divided[(divided["found_in"] == "texts") & (divided["date"] < "2022-06")]
    assert alone["symbol"].tolist() == ["S/RES/1287 (2000)"]  # the page counts 14-0-0, the text has one absent


@pytest.mark.upstream
def test_a_count_that_differs_stops(opened, monkeypatch):
    wrong = opened.once(source.divided).assign(in_favour=9)
    monkeypatch.setattr(source, "divided", lambda upstream: wrong)
    with pytest.raises(UpstreamError, match=r"nonunanimous_all\.csv: S/RES/\d+ \(20\d\d\): \(9, .*the page has"):
        council.divided(opened)


@pytest.mark.upstream
def test_what_is_not_known_is_empty(divided):
    old = divided[divided["date"] < "2000"]
    assert old["PAK"].isna().all()
    assert (old["RUS"].notna() == old["vetoed_by"].str.contains("RUS")).all()
    texts = divided[divided["found_in"].str.contains("texts")]
    assert texts[["RUS", "CHN", "USA"]].notna().all(axis=None) and texts["parted"].notna().all()
    sat = texts["pakistan_term"] != ""
    assert (texts["PAK"].notna() == sat).all() and sat.sum() == 8 + 8 + 21
    assert (divided["parted"].notna() == (divided["RUS"].notna() & divided["USA"].notna())).all()


@pytest.mark.upstream
def test_a_text_that_stands_twice_is_counted_once_and_one_that_differs_stops(opened, tmp_path, monkeypatch):
    assert opened.once(source.divided)["symbol"].is_unique
    lines = opened.path(source.DIVIDED).read_text(encoding="utf-8").splitlines()
    changed = tmp_path / "changed.csv"
    changed.write_text("\n".join([*lines, lines[-1].replace("yes", "no", 1)]) + "\n", encoding="utf-8")
    monkeypatch.setattr(Upstream, "path", lambda self, name: changed)
    with pytest.raises(UpstreamError, match="two different entries of S/RES/"):
        source.divided(opened)


@pytest.mark.parametrize(
    ("text", "day"),
    [("17 January 2003", "2003-01-17"), ("31\u00a0October 2024", "2024-10-31"), ("2024-01-30 00:00:00", "2024-01-30")],
)
def test_dates_of_three_forms(text, day):
    assert source._date(text, "file") == day


def entry(**values):
    lists = {"MS_in_favour": ["FRANCE", "CHINA"], "MS_against": [], "MS_abstaining": ["RUSSIAN FEDERATION"]}
    return {"symbol": "S/RES/1(2003)", "adoption_date": "1 May 2003", "adoption_type": "Adopted 2-0-1"} | lists | values


def read(tmp_path, monkeypatch, *entries):
    path = tmp_path / "2003.json"
    path.write_text("\n".join(json.dumps(each) for each in entries) + "\n", encoding="utf-8")
    monkeypatch.setattr(source, "FILES", ("2003.json",))
    upstream = Upstream(tmp_path)
    monkeypatch.setattr(upstream, "path", lambda name: tmp_path / name)
    return source.ballots(upstream)


def test_an_entry_without_lists_yields_to_one_with_them(tmp_path, monkeypatch):
    empty = entry(MS_in_favour=[], MS_abstaining=[])
    for entries in ((entry(), empty), (empty, entry())):
        frame = read(tmp_path, monkeypatch, *entries)
        assert dict(zip(frame["member"], frame["vote"], strict=True)) == {"CHN": "yes", "FRA": "yes", "RUS": "abstain"}
        assert set(frame["symbol"]) == {"S/RES/1 (2003)"} and set(frame["date"]) == {"2003-05-01"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"MS_in_favour": ["ATLANTIS"]}, "no code for ATLANTIS: add the name to CODES in pakrus/sources/council.py"),
        ({"MS_abstaining": ["CHINA"]}, "CHINA voted twice"),
        ({"MS_abstaining": []}, "'Adopted 2-0-1', but its lists name no one against or abstaining"),
        ({"symbol": "Resolution 1"}, "symbol 'Resolution 1', one like 'S/RES/1500"),
        ({"adoption_date": "soon"}, "'soon' is no date of the expected form"),
    ],
)
def test_an_entry_that_is_not_as_expected_is_named(tmp_path, monkeypatch, change, said):
    with pytest.raises(UpstreamError, match=said.replace("(", "\\(")):
        read(tmp_path, monkeypatch, entry(**change))


def test_a_unanimous_text_and_one_whose_lists_do_not_tell_are_left_out(tmp_path, monkeypatch):
    unanimous = entry(symbol="S/RES/2 (2003)", adoption_type="Adopted unanimously", MS_abstaining=[])
    untold = entry(symbol=source.UNTOLD[0], MS_abstaining=[])
    assert set(read(tmp_path, monkeypatch, entry(), unanimous, untold)["symbol"]) == {"S/RES/1 (2003)"}


@pytest.mark.upstream
def test_the_stored_votes_of_all_members_are_those_of_the_texts(divided):
    wide = data.load("unsc_ballots").pivot(index="symbol", columns="member", values="vote")
    texts = divided[divided["found_in"].str.contains("texts")].set_index("symbol")
    assert set(wide.index) == set(texts.index)
    for state in ("PAK", "RUS", "CHN", "USA"):
        pd.testing.assert_series_equal(
            wide[state].astype(object).dropna().sort_index(), texts[state].astype(object).dropna().sort_index(),
            check_names=False,
        )  # fmt: skip


def test_stored_terms_are_counted_from_the_stored_votes(monkeypatch):
    ballots, terms = data.load("unsc_ballots"), data.load("unsc_terms")
    monkeypatch.setattr(source, "ballots", lambda upstream: ballots.astype(str))
    years = terms.loc[terms["member"] == "PAK"].set_index("first_year")["n_adopted"]
    assert years.to_dict() == {2003: 126, 2012: 100, 2025: 56}
    monkeypatch.setattr(source, "adopted", lambda upstream: pd.Series(1, index=source.YEARS))
    terms = terms.assign(n_adopted=terms["last_year"] - terms["first_year"] + 1)

    class Files:
        @staticmethod
        def once(function):
            return function(None)

    pd.testing.assert_frame_equal(council.terms(Files), terms, check_dtype=False)
    assert ballots.groupby("symbol")["member"].nunique().value_counts().to_dict() == {15: 185, 14: 2}
    assert set(terms.loc[terms["member"] == "ITA", "first_year"]) >= {2007, 2017}
