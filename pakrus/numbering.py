"""The numbers of chapters, figures and tables, the same in a notebook and on its page.

`_toc.yml` numbers the chapters; pages without a number that hold figures (landing page, back matter) get a letter, in
its order. A figure's name begins with its page's (`cold-war-agreement` stands in `chapters/cold-war`), so a name leads to its
page, and its place among the page's figures to its number: Figure 2.7, Table B.3. Sphinx is told the letters
(`pakrus.pages.links`); for chapters it counts by itself, and a test compares.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

TOC = "_toc.yml"


@lru_cache(maxsize=4)
def _pages(path: Path, stamp: int) -> tuple[tuple[str, bool], ...]:
    toc = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = [(toc["root"], False)]
    for part in toc.get("parts", []):
        found += [(chapter["file"], bool(part.get("numbered"))) for chapter in part.get("chapters", [])]
    return tuple(found)


@lru_cache(maxsize=4)
def _sections(path: Path, stamp: int) -> dict[str, str]:
    found, number, letters = {}, 0, iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for page, numbered in _pages(path, stamp):
        if numbered:
            number += 1
            found[page] = str(number)
        elif (path.parent / f"{page}.ipynb").is_file():
            found[page] = next(letters)
    return found


def pages(root: Path) -> list[str]:
    """Return every page of `_toc.yml`, in its order."""
    path = root / TOC
    return [page for page, _ in _pages(path, path.stat().st_mtime_ns)] if path.is_file() else []


def sections(root: Path) -> dict[str, str]:
    """Return the number or letter of every page of `_toc.yml` that has one: `chapters/cold-war` to "2", `index` to "A"."""
    path = root / TOC
    return _sections(path, path.stat().st_mtime_ns) if path.is_file() else {}


def page_of(name: str, root: Path) -> str | None:
    """Return the page in which the figure or table `name` stands: the one with the longest name that begins it."""
    pages = [page for page in sections(root) if name.startswith(page.rsplit("/", 1)[-1] + "-")]
    return max(pages, key=lambda page: len(page.rsplit("/", 1)[-1]), default=None)


class Counter:
    """Counts the figures and tables of one page as they are shown; shown again, each keeps its number."""

    def __init__(self) -> None:
        self.shown: dict[str, list[str]] = {}

    def label(self, kind: str, name: str, root: Path) -> str:
        """Return "Figure 2.7" for the seventh figure (`kind`) of chapter 2.

        Raises
        ------
        ValueError
            When the name begins with no page's name: nobody could find it by its name then.
        """
        page = page_of(name, root)
        if page is None:
            pages = ", ".join(sorted(page.rsplit("/", 1)[-1] for page in sections(root)))
            raise ValueError(
                f"{name!r}: the name of a {kind.lower()} begins with that of its page and a hyphen; pages: {pages} (a new page must stand in _toc.yml)"
            )
        names = self.shown.setdefault(kind, [])
        if name not in names:
            names.append(name)
        return f"{kind} {sections(root)[page]}.{names.index(name) + 1}"
