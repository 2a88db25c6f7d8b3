"""Recurring texts: usual votes, changes and their years by hand, on a table small enough to read."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import recurring

ROWS = [
    # family, year, PAK, RUS
    ("iran", 1990, "no", "yes"), ("iran", 1991, "no", "yes"), ("iran", 1992, "no", "abstain"), ("iran", 1993, "no", "no"), ("iran", 1994, "no", "no"),
    ("tests", 1990, "yes", "abstain"), ("tests", 1992, "abstain", "abstain"), ("tests", 1993, "abstain", "abstain"),
    ("wool", 1990, "yes", "yes"), ("wool", 1993, "yes", "abstain"), ("wool", 1994, "yes", "yes"),
    ("peace", 1990, "yes", None), ("peace", 1993, "yes", "yes"),
    ("old", 1991, "yes", "no"),
    ("arms", 1990, "abstain", "yes"), ("arms", 1993, "no", "yes"), ("arms", 1994, "yes", "no"),
]  # fmt: skip


@pytest.fixture
def votes():
    frame = pd.DataFrame(ROWS, columns=["family_id", "year", "PAK", "RUS"])
    titles = {"iran": "HUMAN RIGHTS, IRAN", "tests": "Nuclear testing : resolution / adopted by the", "old": "OLD"}
    return frame.assign(
        vote_id=[f"v{place}" for place in range(len(frame))],
        title=frame["family_id"].map(titles).fillna(frame["family_id"]),
        nuclear=frame["family_id"].eq("tests"),
    )


@pytest.fixture
def texts(votes):
    return recurring.turned(votes, (1990, 1991), (1992, 1994))


def test_texts_of_both_spans_alone_with_usual_votes_and_years(texts):
    assert texts["family_id"].to_list() == ["iran", "tests", "wool", "peace", "arms"]
    rows = texts.set_index("family_id")
    assert rows.loc["iran", ["text", "n_before", "n_after"]].tolist() == ["Human Rights, Iran", 2, 3]
    assert rows.loc["iran", ["PAK_before", "PAK_after", "RUS_before", "RUS_after", "changed"]].tolist() == ["no", "no", "yes", "no", "RUS"]  # fmt: skip
    assert rows.loc["iran", "RUS_year"] == 1993 and pd.isna(rows.loc["iran", "PAK_year"])
    assert rows.loc["tests", "text"] == "Nuclear testing" and rows.loc["tests", "PAK_year"] == 1992
    # of one vote each way the later is the usual one: nothing changed
    assert rows.loc["wool", "RUS_after"] == "yes" and rows.loc["wool", "changed"] == ""
    assert rows.loc["peace", "changed"] == "", "no vote before is no change"
    assert rows.loc["arms", "changed"] == "PAK; RUS"


def test_moves_towards_and_away(texts):
    moscow, pakistan = recurring.moves(texts, "RUS", "PAK"), recurring.moves(texts, "PAK", "RUS")
    # Russia: Iran to Pakistan's no; arms from yes (unlike Pakistan's later yes: it was that vote) to no: away
    assert [one.value for one in moscow] == [2, 1, 1, 0.5] and moscow.changed.n == 4
    # Pakistan: tests to Russia's abstention; arms from abstention to yes, neither Russia's no
    assert [one.value for one in pakistan] == [2, 1, 0, 0.4] and pakistan.changed.n == 5
    assert "sessions of 1990–1991 and sessions of 1992–1994" in moscow.changed.words


def test_who_held_still(texts):
    found = recurring.held_still(texts)
    # of iran, tests, wool, arms: alike before wool; after iran, tests, wool
    assert found.before.n == 4 and found.before.value == 1 / 4 and found.after.value == 3 / 4
    assert found.only_state.value == 3 / 4  # tests, wool, arms (yes against Russia's old yes)
    assert found.only_partner.value == 2 / 4  # iran, wool


def test_an_issue_alone_and_the_sum_of_all(votes):
    assert recurring.turned(votes, (1990, 1991), (1992, 1994), "nuclear")["family_id"].to_list() == ["tests"]
    table = recurring.by_issue(votes, (1990, 1991), (1992, 1994), ("nuclear",))
    assert table.to_numpy().tolist() == [["nuclear", 1, 1, 0], ["all texts", 5, 2, 2]]


def test_order_and_buttons(votes, texts):
    moved = recurring.movers(texts)
    # Russia's changes first, of 1993 and of 1994, then Pakistan's
    assert moved["family_id"].to_list() == ["iran", "arms", "tests"]
    when, many = recurring.most_in_one_year(texts, "RUS")
    assert (when.value, many.value) == (1993, 1)
    cast = recurring.buttons(votes, moved, 1992, 1993)
    iran = cast[cast["text"] == "Human Rights, Iran"]
    assert iran[["year", "state", "vote"]].to_numpy().tolist() == [
        [1992, "PAK", "no"], [1993, "PAK", "no"], [1992, "RUS", "abstain"], [1993, "RUS", "no"],
    ]  # fmt: skip


def test_the_life_of_a_text_and_all_dates():
    votes = data.load("unga_votes")
    zone = recurring.life(votes, "denuclearization-south-asia")
    own = votes[votes["family_id"] == "denuclearization-south-asia"]
    assert (zone.roll_calls.value, zone.first.text, zone.last.text) == (len(own), "1974", "1997")
    found = recurring.all_across(votes, ("PAK", "RUS"))
    assert [name.split("\n")[0] for name in found] == list(recurring.ACROSS)
    for (before, after), row in zip(recurring.ACROSS.values(), found.values(), strict=True):
        assert row["texts"].iloc[-1] == len(recurring.turned(votes, before, after))
