"""Spares the typesetter what it did before: lines that it has broken already, notes that it has set already on a page.

In comes WeasyPrint; while `sparing` lasts it sets the same pages in less time. A paragraph is broken anew each time it is set,
and chapters are set with figures at one place, then at another; all notes of a page are laid out anew for each that joins them,
where only the last line changes; a mark of a PDF lists all its pages to name one. Python looks for waste in the millions of
boxes again and again, and finds little: it looks once a document, when told so (`settled`). The one difficulty is that this reaches into WeasyPrint, whose version is fixed: with
another one all is set as it comes.
"""

from __future__ import annotations

import copy
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from math import inf
from typing import Any
from unittest.mock import patch
from weakref import WeakKeyDictionary

VERSION = "70.0"
# what of a style breaks a line, besides the letters
_BREAKING = (
    "font_size",
    "line_height",
    "direction",
    "letter_spacing",
    "text_decoration_line",
    "tab_size",
    "white_space",
    "word_spacing",
    "word_break",
    "overflow_wrap",
    "hyphens",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
)


@contextmanager
def sparing() -> Iterator[None]:
    """Set pages with less work while this lasts."""
    import pydyf
    import weasyprint
    from weasyprint.layout import LayoutContext, inline, preferred
    from weasyprint.text import line_break

    collected = gc.isenabled()
    gc.disable()
    try:
        if weasyprint.__version__ != VERSION:
            yield
            return
        listed = pydyf.PDF.page_references.fget
        broken = partial(_broken, line_break.split_first_line, line_break._font_style_cache_key, {}, {})
        with (
            patch.object(inline, "split_first_line", broken),
            patch.object(preferred, "split_first_line", broken),
            patch.object(LayoutContext, "_update_footnote_area", _joined),
            patch.object(pydyf.PDF, "page_references", property(partial(_references, listed, WeakKeyDictionary()))),
        ):
            yield
    finally:
        gc.unfreeze()
        if collected:
            gc.enable()


def settled() -> None:
    """Give back what a document left behind while it was set, and look at what stays no more."""
    gc.collect()
    gc.freeze()


def _broken(
    split: Any,
    letters: Any,
    known: dict[Any, Any],
    styles: dict[int, Any],
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """The first line of a text, from memory if the same text was broken at the same width in the same style."""
    kept = styles.get(id(style))
    if kept is None or kept[0] is not style:
        kept = styles[id(style)] = (style, (letters(style), *(str(style[name]) for name in _BREAKING)))
    key = (text, kept[1], max_width, justification_spacing, is_line_start, minimum)
    if key not in known:
        known[key] = split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        return known[key]
    layout, *measures = known[key]
    return (copy.copy(layout), *measures)


def _references(
    listed: Any, known: WeakKeyDictionary[Any, dict[int, tuple[bytes, ...]]], pdf: Any
) -> tuple[bytes, ...]:
    """How objects of a PDF refer to its pages, from memory as long as no page came to it."""
    so_far, pages = known.setdefault(pdf, {}), len(pdf.pages["Kids"])
    if pages not in so_far:
        so_far[pages] = listed(pdf)
    return so_far[pages]


def _joined(context: Any) -> bool:
    """Make room for the notes of a page; of those that stood there before, only the last line is set anew."""
    from weasyprint.formatting_structure import boxes, build
    from weasyprint.layout.block import block_level_layout

    area = context.current_footnote_area
    if area.height != "auto" and not context.in_column:
        context.page_bottom += area.margin_height()
    notes = list(context.current_page_footnotes)
    area.children, area.height = context.current_page_footnotes, 0.0
    over = False
    if notes:
        # notes, height of all their lines but the last, where that one begins
        states = area.__dict__.setdefault("states", [])
        while states and states[-1][0] != notes[: len(states[-1][0])]:
            states.pop()
        _, above, start = states[-1] if states else ([], 0.0, None)
        laid = build.create_anonymous_boxes(area.deepcopy())
        laid = block_level_layout(context, laid, -inf, start, area.page)[0]
        last = laid.children[-1]
        bottom = laid.position_y + laid.margin_height() - laid.margin_bottom
        over = last.position_y + last.margin_height() - last.margin_bottom > bottom
        area.height = above + laid.height
        lines = [child for child in laid.children if isinstance(child, boxes.LineBox)]
        if len(lines) == len(laid.children) > 1:
            above, start = above + sum(line.height for line in lines[:-1]), {0: lines[-2].resume_at}
        states.append((notes, above, start))
    if not context.in_column:
        context.page_bottom -= area.margin_height()
    return bool(over)
