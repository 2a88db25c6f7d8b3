"""Charts of promises: words from the data, every promise drawn, ends told apart by form and not by colour alone."""

import re

import pytest

from pakrus import data, figures
from pakrus.measures import delivery


@pytest.fixture(scope="module")
def waits():
    tables = (data.load(name) for name in ("projects", "project_milestones", "project_kinds", "phases"))
    return delivery.clock(*tables)


def kind(waits, name):
    return delivery.only(waits, kind=name)


CHARTS = {
    "lines": figures.promise_lines,
    "curves": lambda waits: figures.kept_curves(
        {name: delivery.curve(kind(waits, name)) for name in ("shipped", "built")}
    ),
    "ends": lambda waits: figures.ends_areas(
        {name: delivery.incidence(kind(waits, name)) for name in ("shipped", "built")}
    ),
    "bounds": lambda waits: figures.bound_curves(
        {
            name: {
                "unknown kept": delivery.curve(delivery.bound(kind(waits, name), "kept", "2026-03-01")),
                "as it stands": delivery.curve(kind(waits, name)),
                "unknown never kept": delivery.curve(delivery.bound(kind(waits, name), "never", "2026-03-01")),
            }
            for name in ("shipped", "built")
        }
    ),
    "groups": lambda waits: figures.kept_dots({"By kind": delivery.by_group(waits, "kind")}),
    "sums": lambda waits: figures.sum_dots(
        delivery.amounts(waits, data.load("project_milestones"), data.load("project_kinds"), data.load("price_index"))
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_in_words_what_it_shows(waits, name):
    chart = CHARTS[name](waits)
    assert 100 < len(chart.alt) < 1200 and chart.alt.endswith(".")
    assert "nan" not in chart.alt.lower().replace("finance", "") and len(re.findall(r"\d+", chart.alt)) >= 4
    assert len(chart.plotted) and set(chart.sources) <= set(data.tables())


def test_every_promise_is_drawn_with_the_mark_of_its_end(waits):
    chart = figures.promise_lines(waits)
    marks = [line for line in chart.figure.axes[0].get_lines() if line.get_marker() not in ("None", "", None)]
    looks = [(line.get_marker(), line.get_markerfacecolor() == "white") for line in marks]
    assert len(looks) == len(waits) == len(chart.plotted)
    ends = waits["ending"].value_counts()
    assert looks.count(("o", True)) == ends["open"] and looks.count(("X", False)) == ends["abandoned"]
    assert looks.count(("o", False)) == ends["kept"]


def test_the_words_follow_the_data(waits):
    changed = waits.assign(ending="open")
    assert (
        "shipped: 0 of"
        in figures.promise_lines(
            changed.assign(ending=["kept" if k == "paid" else "open" for k in changed["kind"]])
        ).alt
    )
    dots = figures.kept_dots({"By kind": delivery.by_group(changed, "kind")})
    assert "By kind, shipped: 0 of" in dots.alt


def test_a_curve_is_drawn_as_it_was_measured(waits):
    frame = delivery.curve(kind(waits, "shipped"))
    chart = figures.kept_curves({"shipped": frame})
    line = chart.figure.axes[0].get_lines()[0]
    assert line.get_ydata()[-1] == pytest.approx(100 * frame[frame["years"] <= 12]["share"].iloc[-1])
    assert chart.plotted["share"].tolist() == frame["share"].tolist()
