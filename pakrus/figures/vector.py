"""A drawing as SVG, without what nobody sees: names of parts, white space, decimals; words stay words.

What comes in: a finished figure. What goes out: its SVG, a third as long as Matplotlib's. The one difficulty: Matplotlib draws
words with a rim as outlines of letters, which no reader can select and which weigh more than the chart, and the makers of the PDF do not
know that a rim can be painted first. So the rim is the same words once more, below, in white.
"""

import copy
import io
import re
import xml.etree.ElementTree as tree
from itertools import groupby

from matplotlib import patheffects
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

HALO = "halo"
RIM = "fill: #ffffff; stroke: #ffffff; stroke-width: 2.5; stroke-linejoin: round"
FONT = "'DejaVu Sans'"
FONTS = "'DejaVu Sans', Verdana, sans-serif"  # as wide, where the first is not there
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_WORDY = tuple(f"{{{_SVG}}}{name}" for name in ("text", "tspan", "style"))  # whose text is more than blanks
_NUMBER = re.compile(r"-?\d*\.\d+")
_MEASURES = ("d", "x", "y", "width", "height", "transform", "points", "cx", "cy", "r")

tree.register_namespace("", _SVG)
tree.register_namespace("xlink", _XLINK)


def halo(text: Text) -> Text:
    """Put a white outline behind a label, so that it reads across lines."""
    text.set_path_effects([patheffects.withStroke(linewidth=2.5, foreground="white")])
    return text


def drawn(figure: Figure) -> str:
    """Return a figure as SVG, the same bytes for the same figure."""
    rimmed = {text: text.get_path_effects() for text in figure.findobj(Text) if text.get_path_effects()}
    names = {text: text.get_gid() for text in rimmed}
    for text in rimmed:
        text.set(path_effects=[], gid=HALO)
    try:
        return slim(_written(figure))
    finally:
        for text, effects in rimmed.items():
            text.set(path_effects=effects, gid=names[text])


class _Canvas(FigureCanvasSVG):
    """A canvas that has its renderer before it is drawn on: the layout measures words with what then writes them."""

    def get_renderer(self) -> RendererSVG:
        """Return the renderer that the layout and the drawing share."""
        return self.renderer


def _written(figure: Figure) -> str:
    """Return what `savefig` would write, which draws twice, first for the layout alone, and measures all words three times."""
    before, resolution = figure.canvas, figure.dpi
    figure.dpi = _Canvas.fixed_dpi
    width, height = figure.bbox.size
    written = io.StringIO()
    canvas = _Canvas(figure)
    canvas.renderer = RendererSVG(
        width, height, written, image_dpi=resolution, metadata={"Date": None, "Creator": None}
    )
    try:
        figure.draw(canvas.renderer)
        canvas.renderer.finalize()
    finally:
        figure.dpi = resolution
        figure.set_canvas(before)
    return written.getvalue()


def slim(svg: str) -> str:
    """Return an SVG of Matplotlib's as short as it can be without looking otherwise, words with a rim given it."""
    root = tree.fromstring(svg)  # comments are not read
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg))
    for parent in list(root.iter()):
        for child in list(parent):
            nowhere = "d" in child.attrib and "id" not in child.attrib and not re.search("[LCQ]", child.get("d"))
            if child.tag == f"{{{_SVG}}}metadata" or nowhere:  # a line of one point
                parent.remove(child)
        if parent.get("id") == HALO:
            _give_rim(parent)
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
        for name in _MEASURES:
            if name in element.attrib:
                element.set(name, _short(element.get(name), 4 if name == "transform" else 2))
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        if "style" in element.attrib:
            element.set("style", element.get("style").replace(FONT, FONTS))
        if "d" in element.attrib and not _round(element):
            element.set("d", _path(element.get("d")))
        if element.tag not in _WORDY:
            element.text = None
        element.tail = "\n" if element.tag == f"{{{_SVG}}}g" else None
    _unwrap(root)
    _gather(root)
    return tree.tostring(root, encoding="unicode", short_empty_elements=True) + "\n"


def _round(path: tree.Element) -> bool:
    """Turn a path of circles into a circle or, of many alike, into dots of a line that is as wide; return whether it was one."""
    found = [part.split() for part in path.get("d").split("M")[1:]]
    if not all(len(part) == 59 and part[2] == "C" and part[-1] in "zZ" and part.count("C") == 8 for part in found):
        return False
    lows = [[float(word) for word in part if word not in "CzZ"] for part in found]
    radius = (max(lows[0][0::2]) - min(lows[0][0::2])) / 2
    if any(abs((max(low[0::2]) - min(low[0::2])) / 2 - radius) > 0.01 for low in lows):
        return False  # not all alike
    middles = [((max(low[0::2]) + min(low[0::2])) / 2, (max(low[1::2]) + min(low[1::2])) / 2) for low in lows]
    style = path.get("style", "")
    if len(found) == 1:
        path.tag = f"{{{_SVG}}}circle"
        del path.attrib["d"]
        for name, value in zip(("cx", "cy", "r"), (*middles[0], radius), strict=True):
            path.set(name, _short(f"{value:.2f}", 2))
        return True
    colour = re.search(r"fill: (#\w+)", style)
    if not colour or "opacity" in style:
        return False
    path.set("d", "".join(f"M{_short(f'{x:.1f}', 1)} {_short(f'{y:.1f}', 1)}h0" for x, y in middles))
    path.set(
        "style",
        f"fill: none; stroke: {colour[1]}; stroke-width: {_short(f'{2 * radius:.2f}', 2)}; stroke-linecap: round",
    )
    return True


def _give_rim(group: tree.Element) -> None:
    """Put each line of words below itself, in white and wider."""
    for parent in list(group.iter()):
        for place, child in reversed(list(enumerate(parent))):
            if child.tag == f"{{{_SVG}}}text":
                below = copy.deepcopy(child)
                below.set("style", f"{re.sub(r';? *fill: [^;]+', '', child.get('style', ''))}; {RIM}")
                parent.insert(place, below)


def _unwrap(parent: tree.Element) -> None:
    """Put what stands in a group that says nothing in the group's place."""
    place = 0
    while place < len(parent):
        child = parent[place]
        if child.tag == f"{{{_SVG}}}g" and not child.attrib:
            parent[place : place + 1] = list(child)
        else:
            _unwrap(child)
            place += 1


def _gather(parent: tree.Element) -> None:
    """Say once, in a group around them, how a run of neighbours looks that look alike."""
    for child in parent:
        _gather(child)
    runs = [list(run) for _, run in groupby(parent, lambda child: (child.get("style", ""), child.get("clip-path", "")))]
    if parent.tag == f"{{{_SVG}}}defs" or not any(len(run) > 3 for run in runs):
        return
    gathered = []
    for run in runs:
        shared = {name: run[0].get(name) for name in ("style", "clip-path") if run[0].get(name)}
        if len(run) > 3 and shared and not re.search(r"(?<!-)opacity", shared.get("style", "")):
            group = tree.Element(f"{{{_SVG}}}g", shared)
            for child in run:
                for name in shared:
                    del child.attrib[name]
                group.append(child)
            run = [group]
        gathered += run
    parent[:] = gathered


def _short(text: str, decimals: int) -> str:
    def rounded(found: re.Match) -> str:
        short = f"{float(found[0]):.{decimals}f}".rstrip("0").rstrip(".")
        return "0" if short in ("-0", "") else short

    return _NUMBER.sub(rounded, text)


def _path(path: str) -> str:
    """Return a path without the white space and the letters that go without saying."""
    words, last = [], ""
    for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        joined = " ".join(numbers.split())
        words.append(f" {joined}" if letter == last and letter in "LCQ" else f"{letter}{joined}")
        last = letter
    return "".join(words)
