"""The frame of a chapter: its set-up cell, its headings and the list of its data."""

import re
from pathlib import Path

from pakrus.folder import ROOT
from pakrus.notebooks import execute, files

# First in every notebook. Who opens one away from the book is told so in three lines: IPython asks an exception that
# has `_render_traceback_` for the lines to show, and shows nothing else.
AWAY = """\
try:
    from pakrus import facts, figures
except ModuleNotFoundError as missing:  # opened away from the book: three lines, no traceback
    missing._render_traceback_ = [
        "This chapter needs the book's folder: pakrus/ and data/ are not here.",
        "Get the whole book (its README says how) and put this notebook back into its folder.",
        "Then open it there with: python book.py lab",
    ].copy
    raise
"""
SETUP = f"{AWAY}from pakrus.phases import Phase"

# heading -> what stands under it; those of HEADINGS are in every chapter, in this order
FRAME = {
    "Question": "What is asked, and of which records.",
    "Short answer": "Five sentences at most, each number a link to the fact that gives it.",
    "The story": "A sentence that asks, a cell that answers, a paragraph that uses the answer; figures where they bear on it.",
    "Why?": "The rival explanations, each held against the record.",
    "Where accounts differ": "### An episode\n\n**Pakistani account.** …\n\n**Russian account.** …\n\n**Third-party account.** …",
    "What this cannot show": "What the sources leave out, and which way that bends the answer.",
    "Exercises": "**Exercise 1.** A change to a cell, and what to compare.\n\n*What it teaches:* the lesson in one sentence.",
    "Sources": "On what the chapter rests, and what could not be read.",
    "Next": "The chapter that follows, with a link.",
}
ABSTRACT = "**Abstract.** One hundred words that can be quoted alone.\n\n*Keywords:* five, to, eight, of, them"
HEADINGS = tuple(heading for heading in FRAME if heading not in ("The story", "Why?"))


class BadName(Exception):
    """A name that no chapter can have, or that one has already."""


def new(name: str, root: Path = ROOT) -> int:
    """Write `chapters/NAME.ipynb` with the frame of a chapter, not yet executed, and say what comes next; return 0.

    Raises
    ------
    BadName
        When the name is no lower-case words joined by hyphens, or a page of the book has it.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise BadName(f"{name!r} is no name for a chapter: lower-case words joined by hyphens expected, as in cold-war")
    pages = [*execute.notebooks(root), *(root / "back-matter").glob("*.md")]
    taken = next((path for path in pages if path.stem == name), None)
    path = root / "chapters" / f"{name}.ipynb"
    if taken or path.exists():
        raise BadName(f"{(taken or path).relative_to(root).as_posix()} is there already: choose another name")
    files.write(path, files.as_text(files.plain(frame(name))))
    print(
        f"chapters/{name}.ipynb is written: put chapters/{name} into _toc.yml, fill it, then: python book.py run {name}"
    )
    return 0


def frame(name: str) -> dict:
    """Return the notebook of an empty chapter."""
    title = name.replace("-", " ").capitalize()
    opening = f"# {title}\n\n{ABSTRACT}\n\nAn opening scene: one day, one room, who was in it."
    parts = [("markdown", opening), ("code", SETUP)]
    for heading, text in FRAME.items():
        if heading == "Next":
            parts.append(("code", f'figures.data_used("{name}")'))
        parts.append(("markdown", f"## {heading}\n\n{text}"))
    cells = [
        {"cell_type": kind, "source": source, "metadata": {"tags": ["hide-input"]} if kind == "code" else {}}
        for kind, source in parts
    ]
    return {"cells": cells, "metadata": {}}
