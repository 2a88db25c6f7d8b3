"""What is put to a cell and what is said to the reader."""

import pytest

from pakrus.pages.announcing import ends_a_sentence, put_to_a_cell

RATE = "It grew by 3.9 % in 1971."


@pytest.mark.parametrize(
    ("text", "answer", "left"),
    [
        ("The same by phase:", "Five.", ""),
        (f"{RATE} The same by phase:", "Five.", RATE),
        (f"{RATE} Up to when does it go, and whose voices does it hear?", "The register ends in 2026.", RATE),
        ("How near, and how far?", "They were near.", "How near, and how far?"),  # the answer leans on the question
        (f"{RATE} The distance between them:", "It fell.", f"{RATE} The distance between them:"),
        ("Did Pakistanis warm to Russia?", "No warming was seen.", "Did Pakistanis warm to Russia?"),
        ("Did Pakistanis warm to Russia?", "", ""),  # nothing answers it where it stands
        (f"{RATE} How often? And when?", "", RATE),
        ("Why then? The same by phase:", "Five.", "Why then?"),
        (RATE, "", RATE),
    ],
)
def test_what_is_put_to_a_cell_is_told_from_what_is_said(text, answer, left):
    assert text[: put_to_a_cell(text, answer)].rstrip() == left


def test_a_sentence_ends_with_its_mark():
    assert ends_a_sentence("") and ends_a_sentence("So it was. ") and ends_a_sentence("“So it was.” ")
    assert not ends_a_sentence("Of contested ")
