"""Charts of what is said and heard: words from the data, silence drawn as a mark of its own."""

import re

import pandas as pd
import pytest

from pakrus import data, dates, figures
from pakrus.measures import attention, contact, naming, opinion

NAMINGS = {"Moscow names Pakistan": ("RUS", "PAK"), "Pakistan names Moscow": ("PAK", "RUS")}


@pytest.fixture(scope="module")
def speeches():
    mentions = data.load("ungd_mentions")
    return {title: naming.speeches(mentions, *pair) for title, pair in NAMINGS.items()}


def culture():
    events = data.load("events")
    return events[events["category"] == "culture-science"]


def attention_chart():
    titles = data.load("media_comparators")
    acts = contact.contacts_by_year(data.load("events"), 2000, 2025)
    return figures.attention_and_contact(
        {name: attention.titles(titles, "1tv", name) for name in ("PAK", "AFG", "IND")}, acts
    )


CHARTS = {
    "strips": lambda rows: figures.naming_strips(rows),
    "dots": lambda _: figures.naming_dots(naming.table({"All": data.load("ungd_mentions")}, list(NAMINGS.values()))),
    "attention": lambda _: attention_chart(),
    "titles": lambda _: figures.title_dots(attention.compared(data.load("media_comparators"), ("1tv", "rt"))),
    "answers": lambda _: figures.answers(
        opinion.by_year(data.load("opinion"), "RUS"),
        {code: opinion.by_year(data.load("opinion"), code) for code in ("CHN", "RUS")},
    ),
    "culture": lambda _: figures.culture_lines(culture()),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_in_words_what_it_shows(speeches, name):
    chart = CHARTS[name](speeches)
    assert 100 < len(chart.alt) < 1200 and chart.alt.endswith(".")
    assert "nan" not in chart.alt.lower() and len(re.findall(r"\d+", chart.alt)) >= 4
    assert len(chart.plotted) and set(chart.sources) <= set(data.tables())


def test_every_speech_is_a_mark_and_silence_another(speeches):
    chart = figures.naming_strips(speeches)
    axes = chart.figure.axes[0]
    ticks = sum(len(line.get_xdata()) for line in axes.get_lines() if line.get_marker() == "|")
    dots = sum(len(points.get_offsets()) for points in axes.collections)
    silent = sum(int((~rows["named"]).sum()) for rows in speeches.values())
    assert ticks == silent and ticks + dots == len(chart.plotted)


def test_the_parts_of_a_bar_are_all_respondents():
    chart = CHARTS["answers"](None)
    tops = pd.Series([bar.get_y() + bar.get_height() for bar in chart.figure.axes[0].patches])
    assert tops.max() == pytest.approx(100, abs=0.11)  # shares are rounded to a tenth
    assert chart.plotted.columns.tolist() == ["target", "year", "n", "favourable", "unfavourable", "no_answer"]


def test_acts_of_culture_stand_in_order_of_time_and_a_refusal_looks_otherwise():
    chart = figures.culture_lines(culture())
    assert chart.plotted["date"].tolist() == sorted(chart.plotted["date"], key=dates.reading_order)
    looks = [line.get_marker() for line in chart.figure.axes[0].get_lines() if line.get_marker() in ("o", "D")]
    assert looks.count("D") == (chart.plotted["cooperation"].astype(int) <= 0).sum() >= 1
    assert len(looks) == len(chart.plotted)
