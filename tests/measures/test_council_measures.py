"""Pakistan in the divided Council, beside the members elected with it."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import council

BALLOTS = pd.DataFrame(
    [
        (f"S/RES/{number} (2003)", "2003-05-01", member, vote)
        for number, votes in enumerate(("yyna", "ynyy", "yyyn", "aaya"))
        for member, vote in zip(
            ("PAK", "RUS", "USA", "ESP"), ({"y": "yes", "n": "no", "a": "abstain"}[v] for v in votes), strict=True
        )
    ],
    columns=["symbol", "date", "member", "vote"],
)


@pytest.fixture(scope="module")
def terms():
    return data.load("unsc_terms")


@pytest.fixture(scope="module")
def ballots():
    return data.load("unsc_ballots")


@pytest.mark.parametrize(
    ("first", "n", "same", "parted"),
    [(2003, 8, (7, 8, 3), (4, 0, 0, 4)), (2012, 8, (3, 6, 5), (1, 3, 0, 4)), (2025, 21, (9, 10, 12), (7, 10, 0, 17))],
)
def test_pakistans_terms(terms, first, n, same, parted):
    found = council.term(terms, "PAK", first)
    assert [round(each.value * each.n) for each in found] == list(same) and {each.n for each in found} == {n}
    assert all(each.low <= each.value <= each.high for each in found)
    apart = council.parted(terms, "PAK", first)
    assert (*(each.value for each in apart), apart.neither.n) == parted


def test_an_exact_interval_of_eight_texts(terms):
    assert council.term(terms, "PAK", 2003).moscow.interval == "47 to 100\u00a0%"


def test_a_term_that_is_not_there_is_named(terms):
    with pytest.raises(ValueError, match="no term of Pakistan from 1993 in unsc_terms; there are: 2003, 2012, 2025"):
        council.term(terms, "PAK", 1993)


def test_others_are_counted_on_the_same_texts():
    beside = council.beside(BALLOTS, (2003, 2004), "RUS").set_index("member")
    assert beside.loc["PAK"].tolist() == [4, 3, 0.75] and beside.loc["ESP"].tolist() == [4, 1, 0.25]
    assert "USA" not in beside.index
    few = BALLOTS[~((BALLOTS["member"] == "ESP") & BALLOTS["symbol"].isin(["S/RES/0 (2003)", "S/RES/1 (2003)"]))]
    assert "ESP" not in set(council.beside(few, (2003, 2004), "RUS")["member"])
    place = council.place(BALLOTS, (2003, 2004), "RUS")
    assert (place.own.value, place.median.value, place.below.value, place.below.n) == (0.75, 0.25, 1, 1)
    with pytest.raises(ValueError, match="Pakistan voted on no divided text in 2012–2013"):
        council.place(BALLOTS, (2012, 2013), "RUS")


def test_in_2025_pakistan_stands_nearest_to_moscow_of_all_elected_members(ballots):
    moscow = council.place(ballots, (2025, 2026), "RUS")
    assert moscow.below.value == moscow.below.n == 14 and moscow.median.value == pytest.approx(0.195, abs=0.01)
    washington = council.place(ballots, (2025, 2026), "USA")
    assert washington.below.value == 0 and washington.median.value > washington.own.value


def test_the_chance_of_a_change_is_fishers(terms):
    found = council.chance_of_change(terms, "PAK", "RUS", 2003, 2025)
    assert found.value == pytest.approx(0.044, abs=0.001) and found.n == 29


def test_outcomes_on_which_the_two_parted():
    found = council.apart(data.load("unsc_divided"))
    assert (found.value, found.n) == (138, 187)


def test_terms_stand_under_each_other(ballots):
    terms = {"2003–2004": (2003, 2004), "2025–2026": (2025, 2026)}
    found = council.beside_in_terms(ballots, list(terms.values()), "RUS")
    assert list(found) == ["term", "member", "n", "same", "share"] and list(found["term"].unique()) == list(terms)
    own = found[found["member"] == "PAK"].set_index("term")
    for name, years in terms.items():
        place = council.place(ballots, years, "RUS").own
        assert (own.loc[name, "share"], own.loc[name, "n"]) == (place.value, place.n)
