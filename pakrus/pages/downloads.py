"""The menu of downloads at the head of a page, in words: what each file is, and the chapter's PDF where there is one.

In come the theme's buttons, named by endings of files (".ipynb", ".pdf"), the last of which prints the page and is no file; out
go the same with words for what they do. Where a chapter has a PDF beside the pages, the menu leads to it as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from pakrus.pages import formats

MENU, PRINT = "download-buttons", "download-pdf-button"
KINDS = {".ipynb": "Notebook", ".md": "Source text"}


def name(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the buttons their words."""
    for group in context.get("header_buttons", ()):
        if isinstance(group, dict) and group.get("label") == MENU:
            group["buttons"] = [in_words(button) for button in group["buttons"]]
            path = f"{formats.PDFS}/{formats.chapter_pdf(pagename)}"
            if Path(app.outdir, path).is_file():
                address = relative_uri(app.builder.get_target_uri(pagename), path)
                group["buttons"].insert(-1, chapter(address))


def in_words(button: dict[str, Any]) -> dict[str, Any]:
    """Return one of the theme's buttons with words for what it does."""
    if button.get("label") == PRINT:
        return button | {"text": "Print this page", "tooltip": "Print it, or save it as PDF"}
    kind = KINDS.get(button.get("text", ""))
    return button | {"text": f"{kind} ({button['text']})"} if kind else button


def chapter(address: str) -> dict[str, Any]:
    """Return a button that leads to the PDF of a chapter."""
    return {
        "type": "link", "url": address, "text": "This chapter (.pdf)", "tooltip": "Open the chapter's PDF",
        "icon": "fas fa-file-pdf", "label": "download-chapter-button",
    }  # fmt: skip


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", name, priority=600)  # after the theme has made them
