"""The builder ``bookfile``: the bodies of all pages, handed to ``volumes``, which makes the books on paper and the e-book of them.

In come the trees of all pages; out go, beside their pictures, one HTML file for each volume and ``volumes.json``, which says what
stands around the pages: titles, contents, figures, names. Pages are written by the HTML writer without the theme (what
differs, ``formats`` says), and in the order of the contents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from docutils.io import StringOutput
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

NAME = "bookfile"
MIME_PRIORITIES = (
    ("text/html", 30),
    ("image/svg+xml", 40),
    ("image/png", 50),
    ("image/jpeg", 60),
    ("text/markdown", 80),
)


class BookFileBuilder(StandaloneHTMLBuilder):
    """Collects the body of every page instead of writing files, and has the volumes made of them at the end."""

    name = NAME
    epilog = "The volumes as HTML are in %(outdir)s."
    search = False
    copysource = False
    download_support = False
    add_permalinks = False
    use_index = False

    def init(self) -> None:
        """Start with no page written."""
        super().init()
        self.bodies: dict[str, str] = {}

    def get_outdated_docs(self) -> Iterator[str]:
        """All pages, always: the volumes need each of them."""
        yield from sorted(self.env.found_docs)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Keep the body of a page, as HTML without its frame."""
        doctree.settings = self.docsettings
        self.secnumbers = self.env.toc_secnumbers.get(docname, {})
        self.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.imgpath = relative_uri(self.get_target_uri(docname), "_images")
        self.current_docname = docname
        self.docwriter.write(doctree, StringOutput(encoding="utf-8"))
        self.docwriter.assemble_parts()
        self.bodies[docname] = self.docwriter.parts["fragment"]

    def finish(self) -> None:
        """Write the volumes and the pictures they show."""
        from pakrus.pages.print import volumes

        self.copy_image_files()
        volumes.write(self, in_order(self))


def in_order(builder: BookFileBuilder) -> list[str]:
    """Return the pages in the book's order; the root page stands before all parts."""
    root = builder.config.root_doc
    tree = builder.env.get_doctree(root)
    names = (name for toctree in tree.findall(addnodes.toctree) for name in toctree["includefiles"])
    pages = [root, *(page for name in names for page in _with_children(builder, name))]
    return [page for page in dict.fromkeys(pages) if page in builder.bodies]


def _with_children(builder: BookFileBuilder, page: str) -> list[str]:
    below = (child for name in builder.env.toctree_includes.get(page, []) for child in _with_children(builder, name))
    return [page, *below]


def _priorities(app: Sphinx, config: Any) -> None:
    """myst-nb knows only Sphinx's own builders: tell it what this one can show."""
    known = [tuple(entry) for entry in config.nb_mime_priority_overrides]
    config.nb_mime_priority_overrides = known + [
        (NAME, kind, priority) for kind, priority in (*MIME_PRIORITIES, ("text/plain", 100))
    ]


def setup(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(BookFileBuilder)
    app.connect("config-inited", _priorities)
