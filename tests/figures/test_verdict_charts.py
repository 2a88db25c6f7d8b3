"""Charts of the conclusion: words from the data, verdicts told apart by form, a phase without a series says so."""

import re

import pytest

from pakrus import data, figures
from pakrus.figures import verdicts as drawn
from pakrus.measures import criteria
from pakrus.phases import every_phase


@pytest.fixture(scope="module")
def given():
    phases = every_phase()
    rows = {phase.id: phase.rows(criteria.TABLES) for phase in phases}
    shifts = data.load("unga_rank_shifts")
    titles = {phase.id: phase.title for phase in phases}
    return rows, shifts, criteria.judged(rows, data.load("unga_rank_spans"), shifts), titles


CHARTS = {
    "grid": lambda rows, shifts, found, titles: figures.criteria_grid(found, titles),
    "steps": lambda rows, shifts, found, titles: figures.step_dots(criteria.steps(shifts, list(titles)), titles),
    "shares": lambda rows, shifts, found, titles: figures.share_bars(criteria.weights(rows), titles),
    "meetings": lambda rows, shifts, found, titles: figures.meeting_bars(criteria.meetings(rows), titles),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_in_words_what_it_shows(given, name):
    chart = CHARTS[name](*given)
    assert 100 < len(chart.alt) < 1400 and chart.alt.endswith(".")
    assert "nan" not in re.findall(r"\w+", chart.alt.lower()) and len(re.findall(r"\d+", chart.alt)) >= 4
    for title in list(given[3].values())[1:]:
        assert title in chart.alt


def test_verdicts_differ_in_form(given):
    looks = {verdict: tuple(sorted((key, str(value)) for key, value in drawn._marker(verdict).items() if key != "color" and key != "mec")) for verdict in drawn.LOOKS}  # fmt: skip
    assert len(set(looks.values())) == len(looks) == len(criteria.VERDICTS)
    (axes,) = figures.criteria_grid(given[2], given[3]).figure.axes
    assert len(axes.lines) == len(given[2])


def test_a_phase_without_a_series_says_so(given):
    chart = CHARTS["shares"](*given)
    assert "Trade, SCO era: no series" in chart.alt
    assert [text.get_text() for text in chart.figure.axes[1].texts] == ["no series"]


def test_bars_hold_all_meetings(given):
    (axes,) = CHARTS["meetings"](*given).figure.axes
    assert [text.get_text() for text in axes.texts] == [
        str(criteria.meetings({phase: rows})["meetings"].sum()) for phase, rows in given[0].items()
    ]
