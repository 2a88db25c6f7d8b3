"""Charts of third parties: words from the data, every pair in its cell, only what passed framed."""

import re

import pytest

from pakrus import data, figures
from pakrus.measures import third_parties

PLACES, NEARNESS = data.load("unga_moscow_places"), data.load("ideal_nearness")


@pytest.fixture(scope="module")
def series():
    own = ("unga_moscow_places", "ideal_nearness", "visits", "events", "trade_partners", "arms_suppliers")
    third = ("unga_moscow_places", "ideal_nearness", "arms_suppliers", "aid", "unga_agreement", "ungd_mentions")
    return third_parties.between(*map(data.load, own)), third_parties.beside(*map(data.load, third))


@pytest.fixture(scope="module")
def pairs(series):
    return third_parties.tested(*series, draws=1000)


def test_each_chart_says_in_words_what_it_shows(series, pairs):
    own, third = series
    charts = (
        figures.supplier_lines(data.load("arms_suppliers")),
        figures.turn_bars(data.load("aid"), own, third_parties.CUTS, third_parties.OPENINGS),
        figures.place_lines({name: third_parties.place(PLACES, name) for name in ("PAK", "IND")}, "places", ("unga_moscow_places",)),
        figures.pair_grid(pairs),
        figures.state_dots(third_parties.among_states(PLACES), ("IND", "Iran")),
        figures.words_and_visits(third, own),
    )  # fmt: skip
    for chart in charts:
        assert 100 < len(chart.alt) < 1200 and chart.alt.endswith(".") and "nan" not in chart.alt.lower()
        assert len(re.findall(r"\d+", chart.alt)) >= 4 and len(chart.plotted)
        assert set(chart.sources) <= set(data.tables())


def test_the_grid_has_a_cell_for_each_pair_and_frames_what_passed(pairs):
    chart = figures.pair_grid(pairs.assign(verdict="not seen"))
    (axes,) = chart.figure.axes
    assert (
        len(axes.texts) == len(pairs) == 42
        and not axes.get_lines()
        and "Framed, as they pass the correction for all pairs: none" in chart.alt
    )
    assert sum(text.get_text().endswith("*") for text in axes.texts) == 6
    found = pairs.assign(verdict=["refuted"] + ["not seen"] * 41)
    (axes,) = figures.pair_grid(found).figure.axes
    assert len(axes.get_lines()) == 1 and sum(text.get_fontweight() == "bold" for text in axes.texts) == 1


def test_a_line_of_means_follows_its_dots():
    values = third_parties.place(PLACES, "PAK")
    chart = figures.place_lines({"PAK": values}, "places", ("unga_moscow_places",))
    rows = chart.plotted.set_index("year")
    assert rows["percentile"].to_dict() == values.to_dict()
    assert rows.loc[2005, "mean"] == pytest.approx(values.loc[2003:2007].mean())
    near = figures.place_lines({"CHN": third_parties.near(NEARNESS, "CHN")}, "places", ("ideal_nearness",))
    assert near.plotted["year"].min() == 1971


def test_the_words_follow_the_data(series):
    own, _ = series
    changed = own.assign(visits=[99.0 if year == 1999 else 0.0 for year in own.index])
    alt = figures.turn_bars(data.load("aid"), changed, (1990,), (1981,)).alt
    assert "most in 1999 (99)" in alt and "cuts in 1990, dashed ones openings in 1981" in alt
