"""Issues of a title by rule, how far the rule gets, and who moved on an issue."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import issues


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nuclear disarmament", {"nuclear", "arms_control"}),
        ("Ethical imperatives for a nuclear\u2011weapon\u2011free world", {"nuclear"}),
        ("Nuclear-weapon-free southern hemisphere and adjacent areas", {"nuclear"}),
        ("The risk of nuclear proliferation in the Middle East", {"nuclear", "arms_control"}),
        ("The Arms Trade Treaty", {"arms_control"}),
        ("Prohibition of the development and manufacture of new types of weapons of mass destruction", {"arms_control"}),
        ("The right to development", {"human_rights", "economic_development"}),
        ("Globalization and its impact on the full enjoyment of all human rights", {"human_rights"}),
        ("Jerusalem : resolution / adopted by the General Assembly", {"palestinian_conflict"}),
        ("Economic and other activities which affect the interests of the peoples of the Non-Self-Governing Territories",
         {"colonialism", "economic_development"}),
        ("MIDDLE EAST SITUATION", {"palestinian_conflict"}),
        ("The situation in Afghanistan", set()),
        (None, set()),
    ],
)  # fmt: skip
def test_issues_of_a_title(title, expected):
    row = issues.marks(pd.Series([title], index=[7])).loc[7]
    assert {column for column in issues.COLUMNS if row[column]} == expected


def test_columns_are_those_of_the_table():
    votes = data.load("unga_votes")
    assert set(issues.COLUMNS) <= set(votes.columns) and set(votes["issue_source"]) == {issues.VOETEN, issues.RULE}
    late = votes[votes["issue_source"] == issues.RULE].reset_index(drop=True)
    pd.testing.assert_frame_equal(issues.marks(late["title"]), late[list(issues.COLUMNS)].astype(bool))


def test_scores_are_shares_of_what_is_marked_and_of_what_is_coded():
    truth = pd.DataFrame({column: [True, True, False, False] for column in issues.COLUMNS})
    found = pd.DataFrame({column: [True, False, True, False] for column in issues.COLUMNS}).assign(nuclear=False)
    scores = issues.scores(truth, found, "titles")
    assert (scores["arms_control"].precision.value, scores["arms_control"].recall.value) == (0.5, 0.5)
    assert scores["nuclear"].recall.value == 0 and pd.isna(scores["nuclear"].precision.value)
    assert scores["nuclear"].precision.n == 0 and scores["nuclear"].recall.n == 2
    with pytest.raises(ValueError, match="codes of 4 titles against marks of 3 others"):
        issues.scores(truth, found[:3], "titles")
    with pytest.raises(ValueError, match="not coded"):
        issues.scores(truth.astype("boolean").assign(nuclear=None), found, "titles")


def test_how_far_the_rule_gets():
    table = issues.table(data.load("unga_votes"), data.load("unga_issue_sample")).set_index(["titles", "issue"])
    late = table.loc["titles of sessions 52-73"]
    assert (late["precision"] >= 0.88).all() and late["recall"].idxmin() == "colonialism"
    assert late.loc["nuclear", "recall"] > 0.9 and late.loc["colonialism", "recall"] == pytest.approx(0.56, abs=0.01)
    read = table.loc["titles after session 73, read by hand"]
    assert (read["precision"] >= 0.93).all() and (read.drop("economic_development")["recall"] >= 0.94).all()
    assert read.loc["economic_development", "recall"] == pytest.approx(15 / 21)


def test_the_sample_is_of_titles_after_session_73():
    joined = data.load("unga_issue_sample").merge(data.load("unga_votes"), on="vote_id")
    assert len(joined) == 120 and (joined["session"] > 73).all()


def points(**values):
    rows = [
        ("nuclear", state, year, value, value - 0.1, value + 0.1, share)
        for state, by_year in values.items()
        for year, value, share in by_year
    ]
    return pd.DataFrame(rows, columns=["issue", "state", "year", "ideal_point", "low", "high", "farther_share"])


def test_a_move_on_an_issue_and_its_interval():
    frame = points(PAK=[(1997, -1.0, 0.2), (1998, -0.8, 0.4), (2002, 0.2, 0.7), (2003, 0.4, 0.9)])
    found = issues.moved(frame, "nuclear", "PAK", (1997, 1998), (2002, 2003))
    assert found.value == pytest.approx(1.2) and found.text == "+1.20" and found.n == 2
    assert found.high - found.value == pytest.approx(0.1 * 2**0.5)  # two independent spans, each as exact as one year
    assert "1997–1998 to 2002–2003 (interval of 90" in found.words
    assert issues.nearness(frame, "nuclear", (2002, 2003)).value == pytest.approx(0.8)
    with pytest.raises(ValueError, match="no ideal point of Pakistan on nuclear in 2010"):
        issues.moved(frame, "nuclear", "PAK", (1997, 1998), (2010, 2010))
    with pytest.raises(ValueError, match="no ideal point of Pakistan on middle_east"):
        issues.nearness(frame, "middle_east", (2002, 2003))


def test_on_nuclear_texts_pakistan_moved_and_russia_did_not():
    frame = data.load("ideal_points_issues")
    found = issues.who_moved(frame, "nuclear", ("PAK", "RUS", "IND"), (1995, 1998), (2002, 2005))
    assert found["PAK"].value == pytest.approx(1.11, abs=0.005) and found["PAK"].low > 0
    assert found["RUS"].value == pytest.approx(-0.15, abs=0.005) and found["RUS"].low < 0 < found["RUS"].high
    assert found["IND"].value == pytest.approx(0.92, abs=0.005)
    others = issues.who_moved(frame, "all_but_nuclear", ("PAK", "RUS"), (1995, 1998), (2002, 2005))
    assert abs(others["RUS"].value) > abs(others["PAK"].value)
