"""The form for a phone: the same chart drawn 3.4 inches wide, panels below each other, no letter under 11 pixels.

What comes in: a chart function that is called a second time inside `drawing()`; what goes out: its figure, which `finish` has
fitted. `style` asks `active()` and then draws otherwise (labels in short lines, names of phases in two rows). `finish` does
what is alike in all charts, when everything is drawn: letters, names of axes over them, names of rows over their rows, years
that touch. The one difficulty: how wide words are is known only once the layout has run, so `finish` measures and runs it again.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator

from pakrus.figures.vector import halo

WIDTH = 3.4  # inches: 326 pixels, as a phone of 360 shows them
LETTERS = 8.5  # points: 11.3 pixels
ABOVE = "above"  # mark of words that stand over the axes, below the axis's own name
HEADING = "heading"  # mark of words that head a group of rows
_LINE = 12.5  # pixels a line of letters takes
_ROW = 29  # pixels a row takes that has its name over it
_BESIDE = 84  # pixels that names of rows may take beside the axes
_ALONE, _AMONG = 190, 95  # pixels that axes are high at least, alone and among others
_LETTER = 6.6  # pixels that a letter takes on average
_ACTIVE = ContextVar("drawn for a phone", default=False)
_rows: WeakKeyDictionary[Axes, tuple[float, float]] = WeakKeyDictionary()


@contextmanager
def drawing() -> Iterator[None]:
    """What is drawn inside is drawn for a phone."""
    before = _ACTIVE.set(True)
    try:
        yield
    finally:
        _ACTIVE.reset(before)


def active() -> bool:
    """Return whether the form for a phone is being drawn."""
    return _ACTIVE.get()


def wrapped(text: str, width: int) -> str:
    """Return words in lines of at most `width` letters; lines that are there stay, and a slash may end one."""
    lines = []
    for line in text.split("\n"):
        lines.append("")
        for piece in re.findall(r"\S*?/(?=\S)|\S+", line):
            between = "" if not lines[-1] or lines[-1].endswith("/") and "/ " not in line else " "
            if lines[-1] and len(lines[-1] + between + piece) > width:
                lines.append(piece)
            else:
                lines[-1] += between + piece
    return "\n".join(lines)


def height_of(axes: Axes, text: str) -> float:
    """Return how high lines of words are, as a share of the height of the axes."""
    axes_height = axes.get_position().height * axes.figure.get_figheight() * axes.figure.dpi
    return (_LINE * (text.count("\n") + 1) + 2) / axes_height


def lift(axes: Axes, at: float, span: float) -> float:
    """Return by how many points the name of a phase moves up so that it does not touch the one before it; `at` is its middle year."""
    if not _ACTIVE.get():
        return 0
    near = [text for text in axes.texts if text.get_gid() == ABOVE]
    low = not near or near[-1].xyann[1] > 3 or at - near[-1].xy[0] > 0.27 * span
    return 0 if low else _LINE * 0.75


def fit_legend(figure: Figure, legend: Legend, make) -> Legend:
    """Return a legend in as many columns as fit: `make` makes it anew with a number of columns."""
    columns = legend._ncols
    while columns > 1 and legend.get_window_extent().width > figure.bbox.width - 4:
        columns -= 1
        legend.remove()
        legend = make(columns)
    return legend


def rows_over(axes: Axes, pixels: float, lift: float) -> None:
    """Say how high a row of a chart is that has more than one line of marks, and how far above its middle its name stands."""
    _rows[axes] = (pixels, lift)


def finish(figure: Figure) -> Figure:
    """Fit a figure that was drawn for a phone, and return it."""
    for text in figure.findobj(Text):
        text.set_fontsize(max(LETTERS, text.get_fontsize()))
    shown = [axes for axes in figure.axes if axes.get_visible()]
    for axes in shown:
        _size_ticks(axes)
        _name_over(axes)
    named = {axes: _names(axes) for axes in shown}  # of all, before any goes: panels may share them
    heights = {axes: _rows_over(axes, names) for axes, names in named.items() if names}
    for axes in shown:
        _headings_in(axes)
    figure.get_layout_engine().execute(figure)
    least = _ALONE if len(shown) == 1 else _AMONG
    found = {axes: axes.get_window_extent().height for axes in shown}
    missing = sum(heights[axes] - found[axes] if axes in heights else max(0, least - found[axes]) for axes in shown)
    figure.set_figheight(figure.get_figheight() + missing / figure.dpi)
    figure.get_layout_engine().execute(figure)
    for axes in shown:
        _wrap_name(axes.xaxis.label, axes.get_window_extent(), figure.bbox.width)
        _thin_years(axes)
    if figure._supxlabel is not None:
        figure.supxlabel(wrapped(figure._supxlabel.get_text(), 50), fontsize=LETTERS)
    return figure


def _size_ticks(axes: Axes) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        sizes = [label.get_fontsize() for label in axis.get_ticklabels()]
        if sizes and min(sizes) < LETTERS:
            axis.set_tick_params(labelsize=LETTERS)


def _name_over(axes: Axes) -> None:
    """Put the name of the upright axis in a line over the axes, below a title if there is one."""
    name = axes.get_ylabel().replace("\n", " ")
    title = axes.get_title(loc="left") or axes.get_title()
    if not (name or title):
        return
    axes.set_ylabel("")
    axes.set_title("")
    above = [
        text.xyann[1] + (20 if text.get_rotation() else _LINE * 0.75) for text in axes.texts if text.get_gid() == ABOVE
    ]
    words = "\n".join(wrapped(part, 50) for part in (title, name) if part)
    axes.set_title(words, loc="left", pad=max(above, default=4) + 3, fontsize=9)


def _names(axes: Axes) -> list[tuple[float, str]]:
    """Return the names of rows that beside them would take too much of the width, each with its place."""
    if not isinstance(axes.yaxis.get_major_locator(), FixedLocator) or not axes.yaxis.get_tick_params()["labelleft"]:
        return []
    labels = axes.get_yticklabels()
    if max((label.get_window_extent().width for label in labels if label.get_text()), default=0) <= _BESIDE:
        return []
    return [(at, label.get_text()) for at, label in zip(axes.get_yticks(), labels, strict=True)]


def _rows_over(axes: Axes, names: list[tuple[float, str]]) -> float:
    """Put the names of rows over their rows; return how many pixels high the axes must then be."""
    pixels, lift = _rows.get(axes, (_ROW, 4))
    lines = max(wrapped(name, 52).count("\n") for _, name in names)
    for at, name in names:
        label = axes.annotate(wrapped(name, 52), (0, at), xycoords=axes.get_yaxis_transform(), xytext=(2, lift), textcoords="offset points", va="bottom", fontsize=LETTERS, linespacing=1.0, zorder=5)  # fmt: skip
        label.set_in_layout(False)
        halo(label)
    axes.tick_params(labelleft=False)
    low, high = axes.get_ylim()
    first, row = min(names)[0] if low > high else max(names)[0], pixels + lines * _LINE
    room = (lift * axes.figure.dpi / 72 + (lines + 1) * _LINE + 3) / row
    if abs(first - high) < room:
        high = first + room * (1 if high > low else -1)
        axes.set_ylim(low, high)
    return abs(high - low) * row


def _headings_in(axes: Axes) -> None:
    """Put what heads rows into the axes, where no names of rows stand beside them."""
    if axes.yaxis.get_tick_params()["labelleft"] and any(label.get_text() for label in axes.get_yticklabels()):
        return
    for text in axes.texts:
        if text.get_gid() == HEADING:
            text.set(x=0.006, ha="left", va="center")
            text.set_in_layout(False)


def _wrap_name(name: Text, box, width: float) -> None:
    """Break the name of the level axis into lines that fit: it stands in the middle of the axes, not of the picture."""
    middle = (box.x0 + box.x1) / 2
    name.set_text(wrapped(name.get_text(), int(2 * min(middle, width - middle) / _LETTER)))


def _thin_years(axes: Axes) -> None:
    """Leave out every second of fixed marks along the axis whose words touch."""
    if not isinstance(axes.xaxis.get_major_locator(), FixedLocator):
        return
    ticks = list(axes.get_xticks())
    words = [label.get_text() for label in axes.get_xticklabels()]
    boxes = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()]
    if any(left.x1 + 3 > right.x0 for left, right in zip(boxes, boxes[1:], strict=False)):
        axes.set_xticks(ticks[::2], words[::2])
