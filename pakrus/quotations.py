"""Quotation marks that alternate: “outside ‘inside “and again” inside’ outside”, whatever the text had before.

A text that has its own marks comes into others: the words of a claim into a heading, a heading into a citation. A mark
closes the one it was written for (” a “, ’ a ‘), so an apostrophe is one unless a ‘ is open and no letter follows it.
"""

from __future__ import annotations

_OPENING = {"“": "”", "‘": "’"}


def quoted(text: str) -> str:
    """Return a text within quotation marks, its own alternating."""
    return alternated(f"“{text}”")


def alternated(text: str) -> str:
    """Return a text whose quotation marks alternate by their depth; one whose marks do not pair stays as it is.

    A full stop or comma between marks that close goes within all of them, as American English has it.
    """
    made: list[str] = []
    open_: list[str] = []  # what closes each mark that is open, as the text has it
    closed = 0  # how many marks that closed within another came last
    for place, sign in enumerate(text):
        if sign in _OPENING:
            made.append("‘" if len(open_) % 2 else "“")
            open_.append(_OPENING[sign])
        elif open_ and sign == open_[-1] and not (sign == "’" and text[place + 1 : place + 2].isalpha()):
            open_.pop()
            made.append("’" if len(open_) % 2 else "”")
            closed = closed + 1 if open_ else 0
            continue
        elif closed and sign in ".," and text[place + 1 : place + 2] == open_[-1]:
            made.insert(-closed, sign)
            continue  # the marks are still the last
        else:
            made.append(sign)
        closed = 0
    return text if open_ else "".join(made)
