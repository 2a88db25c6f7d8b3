"""What was drawn on white can be read in the dark: white becomes the ground, every other colour keeps its contrast and its hue."""

import re
from colorsys import rgb_to_hls
from pathlib import Path

import pytest

from pakrus.figures import style
from pakrus.pages import dark

DRAWN = [
    *style.COLOURS.values(),
    style.NEUTRAL,
    "#444444",
    "#555555",
    "#333333",
    "#b5b5b5",
    "#c9c9c9",
    "#d5d5d5",
    "#e3e3e3",
]


def test_the_ground_is_the_pages():
    css = Path(__file__).resolve().parents[2].joinpath("_static", "pakrus.css").read_text(encoding="utf-8")
    assert re.search(r'data-theme="dark"\] \{\s*--pst-color-background: (#\w+);', css)[1] == dark.GROUND


def test_contrast_is_that_of_wcag():
    assert dark.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert dark.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("light", DRAWN)
def test_a_mark_is_seen_and_words_in_its_colour_are_read(light):
    shade = dark.colour(light.lower())
    on_white, on_ground = dark.contrast(light, "#ffffff"), dark.contrast(shade, dark.GROUND)
    assert on_ground >= 3
    if on_white >= 3.8:  # the palest colour in which words are written
        assert on_ground >= 4.5

    def hue(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        return rgb_to_hls(*parts)[0] if max(parts) - min(parts) > 0.05 else 0

    assert hue(shade) == pytest.approx(hue(light), abs=0.02)


def test_what_was_told_apart_still_is():
    shades = {dark.colour(light.lower()) for light in DRAWN}
    assert len(shades) == len(DRAWN) - 1  # of two greys of words that are as good as black
    assert dark.contrast(dark.colour("#eef1f4"), dark.GROUND) < 1.3  # the band of a phase stays a band


def test_colours_of_a_drawing_change_and_nothing_else():
    light = '<svg width="9pt"><g clip-path="url(#fff)" style="fill: #FFF; stroke: #0072b2"><text fill="#1a1a1a">#fff in words</text></g></svg>'
    drawn = dark.drawing(light)
    assert (
        f"fill: {dark.GROUND}; stroke: {dark.colour('#0072b2')}" in drawn
        and "url(#fff)" in drawn
        and ">#fff in words<" in drawn
    )
    assert drawn.startswith(f'<svg fill="{dark.colour("#000000")}"')  # black is what an SVG does not say
