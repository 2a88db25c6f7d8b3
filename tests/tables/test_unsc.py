"""Outcomes of the Security Council: the two lists agree or say where not, and no veto or meeting is lost."""

import pandas as pd
import pytest

from pakrus.measures import council
from pakrus.sources.files import Upstream
from pakrus.sources.unsc import veto_list
from pakrus.tables import unsc

pytestmark = pytest.mark.upstream


@pytest.fixture(scope="module")
def table(upstream):
    return unsc.derive(Upstream(upstream))


def one(table, **values):
    rows = table
    for column, value in values.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, values
    return rows.iloc[0]


def test_every_soviet_and_russian_veto_is_there_once(upstream, table):
    listed = veto_list(Upstream(upstream))
    assert len(listed) == 213
    vetoes = table[(table["outcome"] == "vetoed") & table["vetoed_by"].str.contains("RUS")]
    assert len(vetoes) == listed["vetoed_by"].str.contains("RUS").sum() == 120
    assert (vetoes["RUS"] == "no").all() and (vetoes["found_in"] != "meetings").all()
    assert table["outcome_id"].is_unique


def test_three_vetoes_of_december_1971(table):
    rows = table[(table["topic_group"] == "east-pakistan") & (table["vetoed_by"] == "RUS")]
    assert rows["date"].tolist() == ["1971-12-04", "1971-12-05", "1971-12-13"]
    assert rows["symbol"].tolist() == ["S/10416", "S/10423", "S/10446/Rev.1"]
    assert rows["found_in"].tolist() == ["veto-list", "both", "both"]  # the page shows nothing for the 4th
    assert rows["in_favour"].isna().tolist() == [True, False, False]
    assert one(table, symbol="S/10446/Rev.1")["record"] == "S/PV.1613"


@pytest.mark.parametrize(
    ("symbol", "group", "votes", "russia"),
    [
        ("S/RES/47 (1948)", "india-pakistan", (11, 0, 0), "yes"),
        ("S/RES/91 (1951)", "india-pakistan", (8, 0, 3), None),
        ("S/3787", "india-pakistan", (9, 1, 1), "no"),
        ("S/5134", "india-pakistan", (7, 2, 2), "no"),
        ("S/RES/303 (1971)", "east-pakistan", (11, 0, 4), None),
        ("S/13729", "afghanistan", (13, 2, 0), "no"),
        ("S/RES/622 (1988)", "afghanistan", (15, 0, 0), "yes"),
        ("S/RES/1333 (2000)", "afghanistan", (13, 0, 2), None),
        ("S/RES/2082 (2012)", "sanctions", (15, 0, 0), "yes"),
        ("S/RES/2593 (2021)", "afghanistan", (13, 0, 2), None),
    ],
)
def test_known_outcomes(table, symbol, group, votes, russia):
    row = one(table, symbol=symbol)
    assert row["topic_group"] == group
    assert (row["in_favour"], row["against"], row["abstained"]) == votes
    assert pd.isna(row["RUS"]) if russia is None else row["RUS"] == russia


def test_disagreements_are_noted(table):
    assert "not adopted" in one(table, symbol="S/5134")["note"]
    assert "again under S/PV.1808" in one(table, symbol="S/11400")["note"]
    assert one(table, symbol="S/10768 and Corr.1")["outcome"] == "not-adopted"
    assert table[table["record"] == "S/PV.186"]["in_favour"].isna().all()  # three votes under one number
    assert one(table, record="S/PV.57", topic="Application for Membership Ireland")["in_favour"] == 9


def test_no_meeting_about_the_topics_is_lost(table):
    count = table[table["found_in"] != "veto-list"].groupby("topic_group")["record"].nunique()
    assert count["india-pakistan"] >= 130 and count["afghanistan"] >= 200
    assert not table["topic"].str.contains("Tajik|Algeria|Libya").where(table["topic_group"] != "veto", False).any()


def test_pakistans_vote_is_known_where_all_members_voted_in_favour_in_its_terms(table):
    known = table[table["PAK"].notna()]
    assert set(known["PAK"]) == {"yes"} and (known["RUS"] == "yes").all() and len(known) == 12
    terms = known["date"].str[:4].astype(int)
    assert terms.map(lambda year: any(first <= year <= last for first, last in council.TERMS)).all()
