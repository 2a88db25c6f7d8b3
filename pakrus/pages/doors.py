"""The ways into the book, by the names they have on its landing pages and on the pages without the theme: one home for all.

In come names, out go the addresses of those whose page the book has.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from pakrus.pages import formats

PAGES = {
    "Read": "chapters/introduction", "Check": "back-matter/how-checked", "Teach": "back-matter/teach",
    "Data": "back-matter/data-edition", "Search": "search", "Cite": "back-matter/how-to-cite",
}  # fmt: skip
EXPLORE = "Explore"
OF_SMALL_PAGES = ("Read", EXPLORE, "Search", "Cite")
OF_FRONT_PAGES = ("Read", EXPLORE, "Check", "Teach", "Data", "Cite")
PDF, PAPER = "PDF", "back-matter/how-to-run"


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


def front_doors(app: Sphinx, here: str) -> list[tuple[str, str]]:
    """Return the doors of a landing page at ``here``; the last leads to the PDF, or to how it is made."""
    found = doors(app, OF_FRONT_PAGES, here)
    volumes = (path.name for path in Path(app.outdir, formats.PDFS).glob("*.pdf"))
    reader = min(volumes, key=len, default="")  # the others' names are its name and more
    if reader:
        found.append((PDF, relative_uri(here, f"{formats.PDFS}/{reader}")))
    elif PAPER in app.env.found_docs:
        parts = app.env.tocs[PAPER].findall(nodes.reference)
        anchor = next((part["anchorname"] for part in parts if PDF in part.astext()), "")
        found.append((PDF, relative_uri(here, app.builder.get_target_uri(PAPER)) + anchor))
    return found


def explorer_of(app: Sphinx) -> str:
    """Where the explorer is (`pakrus.pages.explorer`), "" in a book without its tables."""
    needed = ("data/places.csv", formats.LAND)
    return formats.EXPLORER if all(Path(app.srcdir, name).is_file() for name in needed) else ""
