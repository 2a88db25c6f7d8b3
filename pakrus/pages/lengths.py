"""Texts cut to a length, at a place where one can stop."""

from __future__ import annotations

import re

DESCRIPTION = 200  # letters of a page's description
HEARD = 160  # letters of what is heard of a picture before one goes on
_ALONE = 40  # letters without which what comes before a colon says too little


def cut(words: str, longest: int = DESCRIPTION) -> str:
    """Return a text up to a limit, ended at a word."""
    return (
        words
        if len(words) <= longest
        else words[: max(words.rfind(" ", 0, longest), 0) or longest].rstrip(",;:–—") + " …"
    )


def opening(words: str) -> str:
    """Return how a description begins: its first sentence, or what comes before the colon or semicolon of a long one."""
    sentence = re.match(r".*?(?:[.?!](?=\s)|$)", words, re.S)
    first = sentence[0] if sentence else words
    if len(first) <= HEARD:
        return first
    ends = [found.start() for found in re.finditer(r"[:;] ", first) if _ALONE <= found.start() <= HEARD]
    return first[: ends[0]] + "." if ends else cut(first, HEARD)
