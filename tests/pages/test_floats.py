"""Figures find room: what moves, how far, and what stays."""

import pytest
from bs4 import BeautifulSoup

from pakrus.pages.print import floats

FIGURE = '<figure class="pakrus-figure"><img src="a.svg"></figure>'


def shown(*heights, room=200, notes=None):
    """The order in which blocks stand after figures found room; a figure is "f", a heading "h", a paragraph "p", each with a height."""
    kinds = {
        "f": FIGURE,
        "h": "<h2>Next</h2>",
        "p": "<p>Words.</p>",
        "t": '<figure class="long"><table></table></figure>',
    }
    html = f"<body><section>{''.join(kinds[kind] for kind, _ in heights)}</section></body>"
    soup, blocks = floats.numbered(html)
    for block, (_, height) in zip(blocks, heights, strict=True):
        block.height = height
    after = floats.rearranged(str(soup), floats.in_order(blocks, notes or {}, room, 10))
    section = BeautifulSoup(after, "lxml").section
    letters = {"img": "f", "h2": "h", "p": "p", "table": "t"}
    return "".join(letters[(tag.find(True) or tag).name] for tag in section.find_all(True, recursive=False))


@pytest.mark.parametrize(
    ("heights", "order"),
    [
        ((("p", 50), ("f", 100), ("p", 100)), "pfp"),  # it fits
        ((("p", 150), ("f", 100), ("p", 100), ("p", 100)), "ppfp"),  # it does not: text fills the page
        ((("p", 150), ("f", 100), ("f", 100), ("p", 100), ("p", 200)), "ppfpf"),  # one after the other
        ((("p", 190), ("f", 100), ("p", 100)), "pfp"),  # no more than a line or two would stay white
        ((("p", 150), ("f", 100), ("h", 20), ("p", 100), ("p", 50)), "phpfp"),  # no heading without its text
        ((("p", 150), ("t", 100), ("p", 100)), "ptp"),  # a long table goes on over the page
        ((("p", 150), ("f", 100), ("p", 20)), "ppf"),  # none is lost at the end
    ],
)
def test_a_figure_stands_where_it_has_room(heights, order):
    assert shown(*heights) == order


def test_notes_take_their_room_from_the_page():
    html = f'<body><section><p>One.<span class="foot">{"x" * 96}</span></p>{FIGURE}<p>Two.</p></section></body>'
    _, blocks = floats.numbered(html)
    paragraph, figure, last = blocks
    assert [(number, letters) for _, number, letters in paragraph.notes] == [(0, 100)]
    paragraph.height, figure.height, last.height = 50.0, 100.0, 80.0
    assert floats.in_order(blocks, {0: 10.0}, 200, 10) == []
    assert floats.in_order(blocks, {0: 40.0}, 200, 10) == [(figure, None)]
