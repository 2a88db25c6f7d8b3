"""The SVG of a figure: short, the same every time, with words that are words, rims included."""

import re
import xml.etree.ElementTree as tree

import pytest
from matplotlib.figure import Figure
from test_charts import CHARTS

from pakrus.figures import vector

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def figure():
    made = Figure(figsize=(3, 2))
    axes = made.subplots()
    axes.scatter([1, 2, 3], [1, 2, 4], s=[10, 30, 90], color="#0072B2", label="dots")
    axes.bar([1, 2], [1, 2], hatch="..", color="#D55E00", edgecolor="white")
    vector.halo(axes.text(2, 3, "a name", color="#A3467E"))
    return made


def test_words_with_a_rim_are_words_twice(figure):
    root = tree.fromstring(vector.drawn(figure))
    found = [text for text in root.iter(f"{SVG}text") if text.text == "a name"]
    assert ["stroke" in text.get("style") for text in found] == [True, False]
    assert "#a3467e" in found[1].get("style") and "#a3467e" not in found[0].get("style")
    assert found[0].get("x") == found[1].get("x")


def test_the_figure_keeps_its_rims(figure):
    before = [text.get_path_effects() for text in figure.findobj(vector.Text)]
    vector.drawn(figure)
    assert [text.get_path_effects() for text in figure.findobj(vector.Text)] == before


def test_circles_are_circles_and_dots_of_a_hatch_are_short(figure):
    drawn = vector.drawn(figure)
    sizes = [float(circle.get("r")) for circle in tree.fromstring(drawn).iter(f"{SVG}circle")]
    assert len(sizes) == 3 and sizes == sorted(sizes) and sizes[2] / sizes[0] == pytest.approx(3, rel=0.02)
    assert max(map(len, re.findall(r"<pattern.*?</pattern>", drawn, re.S))) < 12_000
    assert re.search(r"M[\d.]+ [\d.]+h0M", drawn) and "stroke-linecap: round" in drawn


def test_what_is_pointed_at_is_there(figure):
    drawn = vector.drawn(figure)
    asked = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', drawn))
    assert {one or other for one, other in asked} == set(re.findall(r'\bid="([^"]+)"', drawn))


def test_every_chart_is_short_and_alike_in_every_drawing():
    for name, draw in CHARTS.items():
        drawn = vector.drawn(draw().figure)
        assert drawn == vector.drawn(draw().figure), name
        assert len(drawn) < 80_000 and "<metadata" not in drawn and "<!--" not in drawn, name


def test_numbers_are_as_exact_as_a_screen():
    short = vector.slim(
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M 1.23456 -0.0001 \nL 2 3.5 \nL 4.100 5 \nz\n" transform="rotate(0.123456)" style="fill: #ffffff"/></svg>'
    )
    assert 'd="M1.23 0L2 3.5 4.1 5z"' in short and "rotate(0.1235)" in short
