"""``{report}``: where a report of an error goes, which hangs on whether the book says where it lies.

In comes the address of the repository (``pakrus_repository`` in _config.yml, empty by default); out goes a link to it, or,
while there is none, plainly that the copy knows no address, and what a reader can do all the same. No address is made up.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

PAGE, ANCHOR = "back-matter/contribute", "report-an-error"  # where the directive stands
_NOWHERE = (
    "This copy of the book knows no address to which a report could be sent: none has been published, and none is made up here. "
    "So keep the form that you filled in, with the version on it, and give it to whoever gave you this copy: the teacher, the "
    "library, the archive or the keeper of the site on which you read it, with the request to pass it on to where they have the "
    "book from. You need not wait for an answer: you may correct your own copy, as the next sections say, and hand on the "
    "changed row with its source; the licences of text, data and code allow it. An edition that has a public repository names "
    "it in this place."
)


class Report(SphinxDirective):
    """Where a report is sent."""

    def run(self) -> list[nodes.Node]:
        """Make the paragraph."""
        address = self.config.pakrus_repository
        if not address:
            return [nodes.paragraph("", _NOWHERE)]
        link = nodes.reference("", address, refuri=address)
        said = (
            nodes.Text("Send it to the book’s public repository, as an issue or a message: "),
            link,
            nodes.Text("."),
        )
        return [nodes.paragraph("", "", *said)]


def setup(app: Sphinx) -> None:
    app.add_directive("report", Report)
