"""Pictures as the volumes show them: in the book's letters.

In come the SVG files that the pages show, drawn with Matplotlib's own font; out go the same files with the book's sans. Its letters
are narrower, so that they may be larger in the same room: on paper a figure is narrower than on a screen.
"""

from __future__ import annotations

import re
from pathlib import Path

FAMILY = "Book Sans"
LARGER = 1.16  # Source Sans at this size is as wide as DejaVu Sans
_LETTERS = re.compile(r"font-size: (?P<size>[\d.]+)px; font-family: [^;\"]*DejaVu Sans[^;\"]*")


def for_print(folder: Path) -> None:
    """Give every picture of a folder the book's letters."""
    for path in sorted(folder.glob("*.svg")):
        text = path.read_text(encoding="utf-8")
        lettered = in_letters(text)
        if lettered != text:
            path.write_text(lettered, encoding="utf-8")


def in_letters(svg: str) -> str:
    """Return a picture with the book's letters."""
    return _LETTERS.sub(lambda found: f"font-size: {_larger(found['size'])}px; font-family: '{FAMILY}'", svg)


def _larger(size: str) -> str:
    return f"{float(size) * LARGER:.2f}".rstrip("0").rstrip(".")
