"""Charts of change points and changed votes: words from the data, a mark for each step and vote, told apart by form."""

import re

import pytest

from pakrus import data, figures
from pakrus.measures import breaks, council, nearness, recurring, strands
from pakrus.phases import phases

GIVEN = {"1991": 1991, "2014–15": 2015, "2017": 2017}
STATES = ("PAK", "RUS", "IND", "CHN", "USA")


@pytest.fixture(scope="module")
def read():
    yearly = strands.yearly({name: data.load(name) for name in strands.TABLES})
    yearly = yearly[yearly["series"].isin(["percentile with Moscow", "share in arms", "leaders' meetings"])]
    return yearly, breaks.tested(yearly), breaks.dated(yearly)


@pytest.fixture(scope="module")
def texts():
    return recurring.movers(recurring.turned(data.load("unga_votes"), (1992, 1997), (1998, 2002)))


def titles():
    return dict(zip(phases()["phase"], phases()["title"], strict=True))


def charts(read, texts):
    votes, placed, ballots = (data.load(name) for name in ("unga_votes", "unga_rank_spans", "unsc_ballots"))
    yearly, tests, dates = read
    spans = {"to 1991": ((1986, 1990), (1991, 1995)), "to 2022": ((2016, 2021), (2022, 2025))}
    changed = {name: recurring.by_issue(votes, *span, (), STATES) for name, span in spans.items()}
    return {
        "panels": figures.step_panels(yearly, dates, {"percentile with Moscow": "Percentile", "share in arms": "Arms"}),
        "dates": figures.step_dates(tests, dates, GIVEN),
        "readings": figures.reading_lines(breaks.calibrated((0.4,), (0, 2), n=40)),
        "buttons": figures.button_rows(recurring.buttons(votes, texts, 1986, 2002), 1998),
        "changed": figures.changed_dots(changed, STATES),
        "both": figures.both_ways(nearness.table(placed), titles()),
        "issues": figures.issue_dots(nearness.by_issue(placed, ("nuclear", "human_rights")), titles()),
        "council": figures.council_dots(council.beside_in_terms(ballots, [(2003, 2004)], "RUS"), "RUS"),
    }


def test_each_chart_says_in_words_what_it_shows(read, texts):
    for name, chart in charts(read, texts).items():
        assert 100 < len(chart.alt) < 1700 and chart.alt.endswith("."), (name, len(chart.alt))
        assert "nan" not in chart.alt.lower() and len(re.findall(r"\d+", chart.alt)) >= 4, name
        assert len(chart.plotted) and set(chart.sources) <= set(data.tables()), name


def marks(axes):
    """Marker and whether it is hollow, of every single mark."""
    lines = [line for line in axes.get_lines() if line.get_marker() not in ("None", "", None)]
    return [(line.get_marker(), line.get_markerfacecolor() == "white") for line in lines]


def test_every_vote_has_the_mark_of_its_kind(texts):
    cast = recurring.buttons(data.load("unga_votes"), texts, 1986, 2002)
    (axes,) = figures.button_rows(cast).figure.axes
    lines = [line for line in axes.get_lines() if line.get_marker() not in ("None", "", None)]
    votes = cast["vote"].value_counts()
    looks = [look for line, look in zip(lines, marks(axes), strict=True) for _ in line.get_xdata()]
    assert len(looks) == len(cast)
    assert (looks.count(("o", False)), looks.count(("o", True)), looks.count(("X", False))) == (votes["yes"], votes["abstain"], votes["no"])  # fmt: skip


def test_a_step_is_filled_where_its_series_leans_and_hollow_where_it_does_not(read):
    _, tests, dates = read
    (axes,) = figures.step_dates(tests, dates, GIVEN).figure.axes
    verdict = tests.set_index("series")["verdict"]
    hollow = [is_hollow for _, is_hollow in marks(axes)]
    assert hollow == [verdict[name] == "none" for name in tests["series"] for _ in range((dates["series"] == name).sum())]  # fmt: skip


def test_pakistans_place_in_the_council_is_that_of_the_measure():
    found = council.beside_in_terms(data.load("unsc_ballots"), [(2025, 2026)], "RUS")
    (axes,) = figures.council_dots(found, "RUS").figure.axes
    (own,) = [line for line in axes.get_lines() if line.get_marker() == "v"]
    assert own.get_xdata()[0] == pytest.approx(100 * found.set_index("member").loc["PAK", "share"])


def test_the_series_are_said_to_come_from_the_tables_that_they_come_from():
    assert figures.turning.TABLES == strands.TABLES
