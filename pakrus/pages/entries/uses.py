"""Which pages of the book link to an event or claim, and in which of their sections: read off the finished pages.

What a page links to is what its reader sees, whether a sentence, a table or a caption brings it; the notebooks are
older than that. A link counts to the section whose heading came last before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple

_MARKS = re.compile(
    r'<section[^>]* id="(?P<section>[^"]+)"[^>]*>(?:\s*<span[^>]*></span>)*\s*<h(?P<level>[1-6])[^>]*>(?P<heading>.*?)</h(?P=level)>'
    r'|<a [^>]*href="[^"#]+#(?P<target>[^"]+)"',
    re.S,
)
_TAGS = re.compile(r'<a class="headerlink".*?</a>|<[^>]+>', re.S)


class Use(NamedTuple):
    """A section that links to a row: the page's title, the section's heading (empty for the page's own), the address."""

    page: str
    section: str
    address: str


def find(files: Mapping[str, Path], addresses: Mapping[str, str], names: set[str]) -> Mapping[str, list[Use]]:
    """Return the uses of each name, in the order of the pages; each section once.

    Parameters
    ----------
    files, addresses : Mapping
        The built file and the address of each page, by its name.
    names : set of str
        The anchors that count; ``evidence-s1-48`` counts to ``s1-48``.
    """
    found: dict[str, list[Use]] = defaultdict(list)
    for page, path in files.items():
        title, here = "", Use("", "", addresses[page])
        for mark in _MARKS.finditer(path.read_text(encoding="utf-8")):
            if mark["section"]:
                heading = " ".join(unescape(_TAGS.sub("", mark["heading"])).split())
                title = title or heading
                section = "" if mark["level"] == "1" else heading
                here = Use(title, section, f"{addresses[page]}#{mark['section']}")
            elif mark["target"] in names and title:
                name = mark["target"].removeprefix("evidence-")
                if here not in found[name]:
                    found[name].append(here)
    return found
