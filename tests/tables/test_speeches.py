"""Speeches: gaps are gaps, contexts are short, and what was checked by hand is what is counted."""

import pytest

from pakrus import data
from pakrus.measures import text as measures
from pakrus.sources.files import Upstream
from pakrus.tables import speeches

pytestmark = pytest.mark.upstream


@pytest.fixture(scope="module")
def files(upstream):
    return Upstream(upstream)


@pytest.fixture(scope="module")
def table(files):
    return speeches.mentions(files)


def test_a_missing_speech_is_a_gap_and_not_zero(table):
    rows = table[(table["speaker"] == "RUS") & (table["year"] == 1970)]
    assert len(rows) == 7
    assert rows[["words", "mentions", "per_10000_words"]].isna().all(axis=None)
    gaps = table[table["words"].isna()].groupby("speaker")["session"].nunique().to_dict()
    assert gaps == {"AFG": 10, "CHN": 1, "IND": 1, "RUS": 1}
    assert not ((table["speaker"] == "PAK") & (table["year"] < 1948)).any()


def test_rates_follow_from_counts(table):
    rows = table.dropna(subset=["words"])
    expected = (10000 * rows["mentions"] / rows["words"]).astype(float).round(3)
    assert (rows["per_10000_words"] - expected).abs().max() < 0.0011
    assert (table["self"] == (table["speaker"] == table["group"])).all()
    assert not table.duplicated(["speaker", "session", "group"]).any()


def test_pakistan_names_the_ussr_when_it_is_in_afghanistan(table):
    mine = table[(table["speaker"] == "PAK") & (table["group"] == "RUS")].set_index("year")["mentions"]
    assert mine.loc[1980:1988].sum() > mine.loc[1992:2024].sum()
    russia = table[(table["speaker"] == "RUS") & (table["group"] == "KASHMIR")]
    assert russia["mentions"].sum() == 0


def test_contexts_are_the_counted_mentions_in_at_most_12_words(files, table):
    found = speeches.contexts(files)
    assert len(found) < 400 and found["context"].str.split().str.len().max() <= 12
    counted = table.set_index(["speaker", "session", "group"])["mentions"]
    for key, group in found.groupby(["speaker", "session", "group"]):
        assert counted[key] == len(group) == group["number"].max()


def test_hand_checked_places_are_those_drawn_and_still_counted(files):
    if "ungd_checked" not in data.tables():
        pytest.skip("ungd_checked is not in data/ yet")
    checked, drawn, texts = data.load("ungd_checked"), speeches.draw_sample(files), speeches.read(files)
    places = ["sample", "speaker", "session", "group", "position", "term"]
    first = checked[checked["verdict"] != "missed"][places].reset_index(drop=True).fillna("")
    assert first.astype(str).equals(drawn[places].fillna("").astype(str))
    for (speaker, session, group), rows in checked[checked["verdict"] != "none"].groupby(
        ["speaker", "session", "group"]
    ):
        text = texts[speaker, session]
        here = [measures.words(text[:start]) for start, _ in measures.spans(text, group)]
        for row in rows.itertuples():
            assert (row.position in here) == (row.verdict != "missed"), row.check_id
    rates = measures.precision_recall(checked).set_index("group")
    assert rates.loc["all", "precision"] > 0.95 and rates.loc["all", "recall"] > 0.95
