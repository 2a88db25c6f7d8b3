"""From HTML to PDF: lays documents out with WeasyPrint, binds their pages, and writes them tagged, in the book's letters.

In come documents as HTML; out goes a PDF/UA-1 whose bytes are the same for the same input (SOURCE_DATE_EPOCH). A text is laid out
once: what goes around it is set when its page numbers are known, and a chapter that is a file of its own takes its pages from the
volume. The one difficulty is that a link belongs to the file it is written into: links that lead out of a file are taken off its
pages first, or the tags would name what is not there.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

STYLES = Path(__file__).parent
_SERIF, _SANS = "font_source_serif_pro", "font_source_sans_pro"
# family, package (or Matplotlib's folder), file, weight, style
FACES = (
    ("Book Serif", _SERIF, "SourceSerifPro-Regular.ttf", 400, "normal"),
    ("Book Serif", _SERIF, "SourceSerifPro-It.ttf", 400, "italic"),
    ("Book Serif", _SERIF, "SourceSerifPro-Semibold.ttf", 600, "normal"),
    ("Book Serif", _SERIF, "SourceSerifPro-SemiboldIt.ttf", 600, "italic"),
    ("Book Sans", _SANS, "SourceSansPro-Regular.ttf", 400, "normal"),
    ("Book Sans", _SANS, "SourceSansPro-It.ttf", 400, "italic"),
    ("Book Sans", _SANS, "SourceSansPro-Semibold.ttf", 600, "normal"),
    ("Book Mono", "matplotlib", "DejaVuSansMono.ttf", 400, "normal"),
    ("Book Mono", "matplotlib", "DejaVuSansMono-Bold.ttf", 600, "normal"),
    ("Book Other", "matplotlib", "DejaVuSans.ttf", 400, "normal"),  # what Source has not: Arabic, arrows
)


LEADING = 11.7  # points, of the reader's edition
LEADINGS = (1.0, 0.985, 1.015, 0.97, 1.03)  # tried in this order
FEW = 120  # words of a page that is nearly empty


class Typesetter:
    """WeasyPrint with the book's letters and one style: lays out documents and writes their pages."""

    def __init__(self, style: str, folder: Path) -> None:
        """Read the fonts and the style once for all documents; ``folder`` is where their pictures are."""
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        self.folder = folder
        self.fonts = FontConfiguration()
        names = ("print.css", style)
        self.styles = [CSS(string=faces(), font_config=self.fonts)]
        self.styles += [CSS(filename=str(STYLES / name), font_config=self.fonts) for name in names]

    def lay_out(self, html: str, first: int = 1, leading: float = 1.0) -> Any:
        """Return the document, set; ``first`` is the number of its first page."""
        from weasyprint import CSS, HTML

        document = HTML(string=html, base_url=f"{self.folder.as_uri()}/")
        side = "right" if first % 2 else "left"
        more = f"html {{ break-before: {side} }} @page :first {{ counter-reset: page {first - 1} }}"
        if leading != 1.0:
            more += f" main {{ line-height: {LEADING * leading:.2f}pt }}"
        styles = [*self.styles, CSS(string=more, font_config=self.fonts)]
        return document.render(stylesheets=styles, font_config=self.fonts, pdf_variant="pdf/ua-1", pdf_tags=True)

    def lay_out_well(self, html: str, first: int = 1) -> Any:
        """Return the document, set so that its last page is not nearly empty, if a little more or less leading helps."""
        tried: list[Any] = []
        for leading in LEADINGS:
            tried.append(self.lay_out(html, first, leading))
            if not nearly_empty(tried[-1].pages[-1]):
                return tried[-1]
        return tried[0]

    def write(self, first: Any, pages: Iterable[Any], target: Path, roman: int = 0, start: int = 1) -> None:
        """Write pages as one PDF with the title of the document ``first``; the ``roman`` first are counted i, ii, …

        ``start`` is the number of the first page after them.
        """
        bound = first.copy(_closed(list(pages)))
        target.parent.mkdir(parents=True, exist_ok=True)
        options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "custom_metadata": False, "optimize_images": True}
        bound.write_pdf(str(target), finisher=_numbered(roman, start), **options)


def _closed(pages: list[Any]) -> list[Any]:
    """The pages without links that lead to other files."""
    anchors = {name for page in pages for name in page.anchors}
    found = []
    for page in pages:
        shown = copy.copy(page)
        shown.links = []
        for link in page.links:
            kind, target, _, box = link
            if kind == "internal" and target not in anchors:
                box.link_annotation = None
            else:
                shown.links.append(link)
        found.append(shown)
    return found


def _numbered(roman: int, start: int) -> Any:
    """What a reader of the PDF sees as page numbers."""

    def finish(_: Any, pdf: Any) -> None:
        import pydyf

        ranges: list[Any] = [0, pydyf.Dictionary({"S": "/r"})] if roman else []
        ranges += [roman, pydyf.Dictionary({"S": "/D", "St": start})]
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})

    return finish


def nearly_empty(page: Any) -> bool:
    """Whether a page has neither a figure nor as many words as a short paragraph."""
    from weasyprint.formatting_structure import boxes

    words = 0
    for box in page._page_box.descendants():
        if isinstance(box, boxes.ReplacedBox) and box.height > 60:
            return False
        if isinstance(box, boxes.TextBox):
            words += len(box.text.split())
    return words < FEW


def page_numbers(pages: list[Any]) -> dict[str, int]:
    """Return the page on which each anchor stands, counted from 1."""
    return {name: number for number, page in reversed(list(enumerate(pages, 1))) for name in page.anchors}


def tidy_anchors(pages: list[Any], marks: Mapping[str, list[str]]) -> None:
    """Take the marks of names off the pages, and give every page an anchor of its own, to which an index leads."""
    names = {identifier for ids in marks.values() for identifier in ids if "--named-" in identifier}
    for number, page in enumerate(pages, 1):
        for name in names & set(page.anchors):
            del page.anchors[name]
        page.anchors[f"page-{number}"] = (0, 0, 0, 0)


class Complaints(logging.Handler):
    """What the typesetter complains about: errors, and warnings that change what a reader sees."""

    def __init__(self) -> None:
        """Start with nothing said."""
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what matters of a message of the typesetter."""
        text = record.getMessage()
        if record.levelno >= logging.ERROR or re.search(r"(?i)anchor|failed|missing|no font", text):
            self.messages.append(text)

    def __enter__(self) -> Complaints:
        """Listen."""
        logging.getLogger("weasyprint").addHandler(self)
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        logging.getLogger("weasyprint").removeHandler(self)


def font_file(package: str, name: str) -> Path:
    """Where a font lies: in its package, or in Matplotlib's folder."""
    import matplotlib

    folder = Path(matplotlib.get_data_path(), "fonts", "ttf") if package == "matplotlib" else files(package) / "files"
    return Path(str(folder / name))


def faces() -> str:
    """The rules by which the style finds the book's letters."""
    rules = []
    for family, package, name, weight, style in FACES:
        look = f"font-weight: {weight}; font-style: {style}"
        source = font_file(package, name).as_uri()
        rules.append(f'@font-face {{ font-family: "{family}"; {look}; src: url("{source}"); }}')
    return "\n".join(rules)
