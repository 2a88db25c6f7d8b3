"""The ways into the book, by the names they have on the landing page and on the pages without the theme: one home for both.

In come names, out go the addresses of those whose page the book has.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from pakrus.pages import formats

PAGES = {
    "Read": "chapters/introduction", "Check": "back-matter/how-checked", "Teach": "back-matter/teach",
    "Data": "back-matter/data-edition", "Search": "search", "Cite": "back-matter/how-to-cite",
}  # fmt: skip
EXPLORE = "Explore"
OF_SMALL_PAGES = ("Read", EXPLORE, "Search", "Cite")


def doors(app: Sphinx, names: Iterable[str], here: str = "") -> list[tuple[str, str]]:
    """Return the doors of these names that there are, each with its address from the page at ``here``, else from the root."""
    found = []
    for name in names:
        if name == EXPLORE:
            target = explorer_of(app)
        else:
            page = PAGES[name]
            known = page in app.env.found_docs or (name == "Search" and formats.of(app.builder).search)
            target = app.builder.get_target_uri(page) if known else ""
        if target:
            found.append((name, relative_uri(here, target) if here else target))
    return found


def explorer_of(app: Sphinx) -> str:
    """Where the explorer is (`pakrus.pages.explorer`), "" in a book without its tables."""
    needed = ("data/places.csv", formats.LAND)
    return formats.EXPLORER if all(Path(app.srcdir, name).is_file() for name in needed) else ""
