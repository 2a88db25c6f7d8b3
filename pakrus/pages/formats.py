"""What each output format can do: the one place that knows builders by name.

Whoever writes a page asks for an ability (``formats.of(builder).folds``), never for a builder: a new format is one
line here. The one difficulty is that Sphinx calls five of them "html" though they share little more than the markup:
pages in a folder have their data beside them and scripts at hand, one file that travels alone has neither, and an
e-book knows MathML but no folds.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import Any

from sphinx.util.osutil import relative_uri

ENTRIES = ("events", "claims", "projects")  # tables of which each row has a page, in a folder of the table's name
TABLES = "codebook"  # the folder with a page for each table of the data
PDFS = "pdf"  # the folder of the volumes on paper
EXPLORER, LAND = "explore.html", "data/geo/land.csv"
ABSTRACTS = ("ur", "ru")  # languages that the book has a landing page in beside English, in folders of these names
# writers that know only their own plain nodes: ours pass through or are left out
PLAIN = ("latex", "text", "man", "texinfo")


@dataclass(frozen=True)
class Format:
    """The abilities of an output format; what is not said, it cannot do."""

    html: bool = False  # our own markup: boxes, table frames, entries of the chronology
    folds: bool = False  # <details>: code, drop-down notes, lists of sources, and with them the tables of facts
    scripts: bool = False
    mathml: bool = False  # else formulas are pictures
    lazy_images: bool = False  # pictures load when they come near
    pictures: bool = False  # figures have forms for a phone and for the dark beside the first
    data_beside: bool = False  # figure-data/ and edition/ lie in the same folder as the pages
    theme: bool = False  # the web theme's stylesheets and icon font, cut down to what the pages use
    one_page: bool = False  # every page is an anchor of one file
    short_notes: bool = False  # notes name a source by author, title and date; a list has the rest
    search: bool = False  # a page that asks an index of all pages
    entries: bool = False  # every event, claim, project and table has a page of its own beside the others


_WEB = Format(
    html=True, folds=True, scripts=True, mathml=True, lazy_images=True, pictures=True, data_beside=True, theme=True, search=True, entries=True
)  # fmt: skip
_SINGLE = replace(_WEB, theme=False, search=False, entries=False, one_page=True)
_FORMATS = {
    "html": _WEB,
    "dirhtml": _WEB,
    "singlehtml": _SINGLE,
    # for paper and the e-book made with it: neither folds, and the PDF's maker draws no MathML
    "bookfile": Format(html=True, one_page=True, short_notes=True),
    # reading systems run no scripts, and many show a fold shut with no way to open it
    "epub": Format(html=True, mathml=True),
}
# JSON, pickles: somebody else's site, of which only the markup is ours
_OTHER_HTML = replace(_WEB, pictures=False, data_beside=False, theme=False, search=False, entries=False)


def of(builder: Any) -> Format:
    """The abilities of a Sphinx builder's output, by its name; for one not known here, by its kind."""
    return _FORMATS.get(builder.name) or (_OTHER_HTML if builder.format == "html" else Format())


def address(builder: Any, path: str) -> tuple[str, bool] | None:
    """Where the page being written finds a file of the web edition, and whether that lies beside the pages.

    ``path`` is relative to the pages' folder. Without a folder beside the pages it is the published address; a book
    without one (``html_baseurl``) has no address to give: None.
    """
    if of(builder).data_beside:
        here = "" if of(builder).one_page else builder.get_target_uri(builder.current_docname)
        return relative_uri(here, path), True
    base = builder.config.html_baseurl
    return (posixpath.join(base, path), False) if base else None


def chapter_pdf(page: str) -> str:
    """Where a page has a PDF of its own, in the folder `PDFS` that is published beside the pages: ``chapters/NAME.pdf``."""
    return f"chapters/{page.rsplit('/', 1)[-1]}.pdf"


def entry_file(kind: str, name: str) -> str:
    """Where in the pages' folder an event, a claim or a project has its page; ``kind`` is the name of its table."""
    return f"{kind}/{name}.html"


def table_file(name: str) -> str:
    """Where in the pages' folder a table of the data has its page."""
    return f"{TABLES}/{name}.html"


def entry(builder: Any, path: str) -> str | None:
    """How the page being written links to the page that an event, claim, project or table has; None where it has none."""
    return relative_uri(builder.get_target_uri(builder.current_docname), path) if of(builder).entries else None
