"""Families of recurring texts: what is taken out of a title, which titles are joined, and the stored table with its read sample."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures.families import families, normalised


@pytest.mark.parametrize(
    ("title", "compared"),
    [
        ("BUDGET ESTIMATES, 1972", "budget estimates"),
        ("BUDGET, BIENNIUM 1976-1977", "budget biennium"),
        ("ARMS RACE--OUTER SPACE", "arms race outer space"),
        ("The occupied Syrian Golan : resolution / adopted by the Gene", "occupied syrian golan"),
        ("Elimination of all forms of religious intolerance : resoluti", "elimination of all forms of religious intolerance"),
        ("Report of the Secretary-General on the work (draft A)", "on work"),
        ("Follow-up to the obligations agreed to at the 1995, 2000 and 2010 Conferences", "follow up to obligations agreed to at and conferences"),
        ("Programme of the thirty-fifth session", "programme of"),
        ("U.N. BUDGET", "united nations budget"),
        ("Palestine refugees’ properties and their revenues", "palestine refugees properties and their revenues"),
        ("2026", "2026"),
    ],
)  # fmt: skip
def test_what_changes_every_year_is_taken_out(title, compared):
    assert normalised(title) == compared


def test_a_title_that_was_cut_joins_the_whole_one():
    whole = "Unilateral economic measures as a means of political and economic coercion against developing countries"
    titles = pd.Series([whole[:60], whole, "KOREA", "Korea, 1951", None, ""])
    assert len(whole[:60]) == 60
    found = families(titles)["family_id"]
    assert found[0] == found[1] and found[2] == found[3] == "korea"
    assert found[4:].tolist() == ["untitled-1", "untitled-2"]


def test_identifiers_are_short_and_tell_families_apart():
    long = "Implementation of the Declaration on the Granting of Independence to Colonial Countries"
    found = families(pd.Series([f"{long} and Peoples", f"{long} by the specialized agencies of the system"]))
    assert found["family_id"].nunique() == 2 and found["family_id"].str.len().max() <= 63
    assert found["family_id"][1] == found["family_id"][0] + "-2"


def test_the_stored_families_are_those_of_the_roll_calls():
    table, votes = data.load("unga_families").set_index("family_id"), data.load("unga_votes")
    counts = votes.groupby("family_id")["session"].agg(["size", "nunique", "min", "max"])
    for ours, theirs in zip(("roll_calls", "sessions", "first_session", "last_session"), counts, strict=True):
        assert table[ours].astype(int).to_dict() == counts[theirs].to_dict()
    contested = data.load("unga_contested").set_index("vote_id")["family_id"]
    assert contested.equals(votes.set_index("vote_id").loc[contested.index, "family_id"])


def test_the_read_sample_says_how_often_a_family_is_one_text():
    sample, votes = data.load("unga_families_checked"), data.load("unga_votes").set_index("vote_id")
    for column in ("first_vote", "second_vote"):
        assert (votes.loc[sample[column], "family_id"].to_numpy() == sample["family_id"].to_numpy()).all()
    assert sample["same_text"].value_counts().to_dict() == {"yes": 40, "no": 15, "unclear": 5}
    late = votes.loc[sample["first_vote"], "session"].to_numpy() >= 47
    assert (sample["same_text"][late] == "yes").sum() == 29 and late.sum() == 31  # as the descriptor says
