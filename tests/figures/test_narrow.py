"""The form for a phone: the same chart, no letter under 11 pixels, nothing outside the picture, names over their rows."""

import pytest
from test_charts import CHARTS

from pakrus.figures import narrow, style

SHOWN = 328  # pixels that a phone of 360 leaves for a picture


@pytest.fixture(scope="module", params=CHARTS)
def drawn(request):
    chart = CHARTS[request.param]()
    with narrow.drawing():
        figure = narrow.finish(chart.again())
    figure.draw_without_rendering()
    return figure


def words(figure):
    marks = {
        label for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in axis.get_ticklabels()
    }  # some are not in view
    return [
        text
        for text in figure.findobj(narrow.Text)
        if text.get_text().strip() and text.get_visible() and text not in marks
    ]


def test_letters_are_large_and_inside(drawn):
    width = drawn.bbox.width
    assert drawn.get_figwidth() * 96 <= SHOWN
    for text in words(drawn):
        assert text.get_fontsize() / 72 / drawn.get_figwidth() * SHOWN >= 11, text.get_text()
        box = text.get_window_extent()
        if box.width:
            assert box.x0 >= -2 and box.x1 <= width + 2, text.get_text()


def test_no_name_of_a_phase_or_of_a_line_lies_on_another(drawn):
    for axes in drawn.axes:
        boxes = [
            text.get_window_extent() for text in axes.texts if text.get_gid() == narrow.ABOVE or text.get_path_effects()
        ]
        shrunk = [box.padded(-1.5) for box in boxes]
        for number, box in enumerate(shrunk):
            assert not any(box.overlaps(other) for other in shrunk[number + 1 :])


def test_years_do_not_touch(drawn):
    for axes in drawn.axes:
        boxes = [
            label.get_window_extent() for label in axes.get_xticklabels() if label.get_text() and label.get_visible()
        ]
        boxes.sort(key=lambda box: box.x0)
        assert all(one.x1 < other.x0 for one, other in zip(boxes, boxes[1:], strict=False))


def test_drawing_for_a_phone_leaves_the_wide_chart_as_it_was():
    chart = CHARTS["contested"]()
    with narrow.drawing():
        assert narrow.active() and chart.again().get_figwidth() == narrow.WIDTH
    assert not narrow.active() and chart.figure.get_figwidth() == chart.again().get_figwidth() == style.WIDTH


def test_panels_stand_below_each_other():
    with narrow.drawing():
        figure, grid = style.new(3, 1, 3, phone=5)
        places = [axes.get_position() for axes in grid]
    assert grid.shape == (3,) and figure.get_figheight() == 5
    assert len({place.x0 for place in places}) == 1 and places[0].y0 > places[1].y0 > places[2].y0


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("USSR/Russia", 10, "USSR/\nRussia"),
        ("USSR/Russia's exports", 10, "USSR/\nRussia's\nexports"),
        ("share of\nidentical votes", 10, "share of\nidentical\nvotes"),
        ("share / percentile", 30, "share / percentile"),
        ("USSR/Russia", 20, "USSR/Russia"),
        ("", 9, ""),
    ],
)
def test_words_break_where_they_may(text, width, lines):
    assert narrow.wrapped(text, width) == lines
