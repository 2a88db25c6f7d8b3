"""What a chapter says to a cell and not to its readers: "The cell below loads what this page needs", "The same by phase:".

In JupyterLab it stands between text and code. Where the code is folded away (`pakrus.pages.layers`) or left out
(`pakrus.pages.print.paper`) it would hang in the air, so there it goes with the code. The one difficulty is that a question
before a cell may be a part of the text: one that asks for several numbers at once is put to the cell, one that a reader may
ask stays, and so does one without which the answer could not be understood.
"""

from __future__ import annotations

import re

LOADS = re.compile(r"\s*The cells? below loads? what this page needs\.\s*$")
SENTENCE = re.compile(r"(?<=[.?!”)\u2060])\s+(?=[A-Z“])")
# a question, or one more in the same sentence
_ASKS = re.compile(r"(?:^|, (?:and )?|\band )(?:\w+ ){0,2}?(?:how|whose|who|whom|what|which|when)\b", re.I)
_LEANS = re.compile(r"(?:It|They|Both|Alike|Neither|No|None|Yes|That|This|There|So)\b")  # on what was asked


def put_to_a_cell(text: str, answer: str = "") -> int:
    """Return where in a text before a cell that shows nothing the part begins that is put to the cell; else its length.

    Parameters
    ----------
    text : str
        The paragraph before the cell, or the end of it.
    answer : str
        The paragraph behind the cell that says what came of it, "" if something else is there.
    """
    leans = bool(_LEANS.match(answer))
    starts = [0, *(found.end() for found in SENTENCE.finditer(text))]
    place = len(text)
    for start in reversed(starts):
        sentence = text[start:place].strip()
        announces = sentence.endswith(":") and place == len(text) and not leans
        asks = sentence.endswith("?") and (not answer or len(_ASKS.findall(sentence)) > 1 and not leans)
        if not (announces or asks):
            break
        place = start
        if announces:
            break
    return place


def ends_a_sentence(text: str) -> bool:
    """Return whether a sentence ends where a text does; nothing is as good as an end."""
    return not text.strip() or bool(re.search(r"[.?!:][”)\u2060]*\s*$", text))
