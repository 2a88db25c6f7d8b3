"""The bibliography on the pages: hands `pakrus.bibliography`'s style and letters to sphinxcontrib-bibtex."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pybtex.backends.plaintext import Backend as PlainText
from pybtex.plugin import register_plugin
from sphinx.application import Sphinx

from pakrus.bibliography import BookStyle, prepare
from pakrus.pages.links import book_of_links

NAME = "pakrus"


def _before_citations(app: Sphinx, env: Any) -> list[str]:
    """Prepare the whole bibliography, letters over what the pages cite; pages that cite an entry whose letter changed are written again."""
    domain = env.get_domain("cite")
    entries = domain.bibdata.data.entries
    citing: dict[str, set[str]] = defaultdict(set)
    for reference in domain.citation_refs:
        for target in reference.targets:
            citing[target.key].add(reference.docname)
    listed = {key for bibliography in domain.bibliographies.values() for key in bibliography.citation_nodes}
    prepare(entries.values(), set(citing), book_of_links(app).of_tables)
    years = {key: entries[key].fields["year"] for key in sorted(listed | set(citing)) if key in entries}
    # of the last build: a file that was read again has no letters yet
    before, env.pakrus_years = getattr(env, "pakrus_years", {}), years
    return sorted({page for key, year in years.items() if year != before.get(key) for page in citing[key]})


def setup(app: Sphinx) -> None:
    register_plugin("pybtex.style.formatting", NAME, BookStyle)
    # asked for at every citation: found at once, not by a search through all installed packages
    register_plugin("pybtex.backends", "plaintext", PlainText, force=True)
    app.connect("env-updated", _before_citations, priority=100)
