"""The page on how the book is checked says of the bad edits what their trial asks."""

import test_edits
from broken import BOOK
from edits import KINDS, edits

from pakrus.folder import ROOT


def test_the_page_gives_the_bounds_of_the_trial():
    text = " ".join((ROOT / "back-matter" / "how-checked.md").read_text(encoding="utf-8").split())
    assert (test_edits.MUST_BE_CAUGHT, test_edits.MUST_BE_SAID_WELL, test_edits.OF_A_KIND) == (0.97, 0.9, 2)
    assert "two of each kind at least ninety-seven in a hundred must be caught" in text
    assert "nine in ten messages" in text
    assert "About five hundred single mistakes of thirty kinds" in text
    assert len(KINDS) == 30 and 450 <= len(edits(test_edits.SEED, BOOK)) <= 550
