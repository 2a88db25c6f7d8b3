"""Pictures as the volumes show them: in the book's letters, each word placed by its left end.

In come the SVG files that the pages show, drawn with Matplotlib's own font; out go the same files with the book's sans. Its letters
are narrower, so that they may be larger in the same room: on paper a figure is narrower than on a screen. What is set from its
middle or its right end is moved to where it begins: the typesetter makes a drawing apart of every word that it has to move
itself, which made up a quarter of the file.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from lxml import etree

from pakrus.pages.print.setting import FACES, font_file

FAMILY = "Book Sans"
LARGER = 1.16  # Source Sans at this size is as wide as DejaVu Sans
_TEXT = "{http://www.w3.org/2000/svg}text"
_SIZE = re.compile(r"font-size: *([\d.]+)(?=px)")
_FAMILY = re.compile(r"font-family: *[^;]*;? *")
_ANCHOR = re.compile(r"; *text-anchor: *(start|middle|end)")
_PART = {"start": 0.0, "middle": 0.5, "end": 1.0}


def for_print(folder: Path, target: Path) -> None:
    """Copy the pictures of a folder into another, in the book's letters."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*")):
        content = path.read_bytes()
        drawn = path.suffix == ".svg" and b"<text" in content
        (target / path.name).write_bytes(in_letters(content) if drawn else content)


def in_letters(svg: bytes) -> bytes:
    """Return a picture with the book's letters."""
    root = etree.fromstring(svg)
    for text in root.iter(_TEXT):
        style = text.get("style", "")
        size = float(_SIZE.search(style)[1]) * LARGER if _SIZE.search(style) else 0.0
        style = _SIZE.sub(f"font-size: {_short(size)}", f"font-family: '{FAMILY}'; " + _FAMILY.sub("", style)).rstrip(
            "; "
        )
        anchor = _ANCHOR.search(style)
        if anchor and size and not len(text) and text.get("x"):
            weight = 600 if re.search(r"font-weight: *(?:bold|[6-9]00)", style) else 400
            left = float(text.get("x")) - _PART[anchor[1]] * width(text.text or "", size, weight)
            text.set("x", _short(left))
            style = _ANCHOR.sub("", style)
        text.set("style", style)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def width(words: str, size: float, weight: int = 400) -> float:
    """Return how wide words are in the book's sans; the typesetter puts letter to letter, without kerning."""
    letters, advances, unit = _measures(weight)
    return sum(advances[letters.get(ord(letter), ".notdef")][0] for letter in words) * size / unit


@cache
def _measures(weight: int) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    from fontTools.ttLib import TTFont

    face = next(face for face in FACES if (face[0], face[3], face[4]) == (FAMILY, weight, "normal"))
    font = TTFont(font_file(face[1], face[2]))
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
