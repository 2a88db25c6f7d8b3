"""Quotation marks alternate by their depth, and apostrophes are none."""

import pytest

from pakrus.quotations import alternated, quoted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", "“plain”"),
        ("of today’s “Russian Federation”", "“of today’s ‘Russian Federation’”"),
        ("should ‘redirect’ its policy", "“should ‘redirect’ its policy”"),
        ("the states’ “will”", "“the states’ ‘will’”"),
        ("“a ‘b “c” b’ a”", "“‘a “b ‘c’ b” a’”"),
        ("what cannot be “paired", "“what cannot be “paired”"),
    ],
)
def test_marks_within_marks_alternate(text, wanted):
    assert quoted(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("““One”,” says", "“‘One,’” says"),
        ("““One “two””.”", "“‘One “two.”’”"),
        ("“One ‘two’, three”", "“One ‘two’, three”"),
        ("“One,” ‘two’.", "“One,” “two”."),
        ("‘It’s one’", "“It’s one”"),
    ],
)
def test_a_stop_or_comma_goes_within_all_marks_that_close(text, wanted):
    assert alternated(text) == wanted
