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
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from pakrus.pages.print import floats, tags

logger = logging.getLogger(__name__)
_LOGGERS = ("weasyprint", __name__)
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


_SCRIPTS = {"Bengali": "\u0980-\u09ff", "Chinese": "\u3400-\u9fff", "Urdu": "\u0600-\u06ff"}

PIXELS = 96 / 72  # of the typesetter to a point
FEW = 120  # words of a page that is nearly empty
_LINE, _PAGE = 13, 45  # words of a line and lines of a page, about
WIDTHS = (76, 70)  # of figures, in per cent, narrower than the style says
TIGHTER = (0.96, 0.92, 0.88)  # leading of what has no figures, glossary and exercises


class Typesetter:
    """WeasyPrint with the book's letters and one style: lays out documents and writes their pages."""

    def __init__(self, style: str, folder: Path, floating: bool = False) -> None:
        """Read the fonts and the style once for all documents; ``folder`` is where their pictures are.

        ``floating``: figures may stand further on than the text has them, where they find room.
        """
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        self.folder, self.floating = folder, floating
        rules = (STYLES / style).read_text(encoding="utf-8")
        self.leading = float(re.search(r"line-height: ([\d.]+)pt", rules)[1])
        self.notes = [
            float(size)
            for size in re.search(r"\.foot \{ font-size: ([\d.]+)pt; line-height: ([\d.]+)pt", rules).groups()
        ]
        self.fonts = FontConfiguration()
        names = ("print.css", style)
        self.styles = [CSS(string=faces(), font_config=self.fonts)]
        self.styles += [CSS(filename=str(STYLES / name), font_config=self.fonts) for name in names]

    def lay_out(self, html: str, first: int = 1, leading: float = 1.0, figures: int = 0, more: str = "") -> Any:
        """Return the document, set; ``first`` is the number of its first page, ``more`` are rules of its own."""
        from weasyprint import CSS, HTML

        document = HTML(string=in_own_letters(html), base_url=f"{self.folder.as_uri()}/")
        side = "right" if first % 2 else "left"
        more += f"html {{ break-before: {side} }} @page :first {{ counter-reset: page {first} }}"
        if leading != 1.0:
            more += f" main {{ line-height: {self.leading * leading:.2f}pt }}"
        if figures:
            more += f" .pakrus-figure img {{ max-width: {figures}% }}"
        styles = [*self.styles, CSS(string=more, font_config=self.fonts)]
        return document.render(stylesheets=styles, font_config=self.fonts, pdf_variant="pdf/ua-1", pdf_tags=True)

    def lay_out_well(self, html: str, first: int = 1, small: bool = False) -> Any:
        """Return the document, set so that its last page is not nearly empty, if a little more or less leading, or smaller figures, help."""
        best, ordered = None, ""
        for again in self.in_good_orders(html, first):
            if again == ordered:
                continue
            ordered = again
            document = self.lay_out(ordered, first)
            best = best or document
            if not nearly_empty(document.pages[-1]):
                return document
        for leading, figures in _tries(document.pages, small):
            document = self.lay_out(ordered, first, leading, figures)
            if not nearly_empty(document.pages[-1]):
                return document
        return best

    def in_good_orders(self, html: str, first: int = 1) -> Iterator[str]:
        """Yield the document with its figures where they find room, for each of `floats.SPARES`; one without figures as it is, once."""
        if not self.floating:
            yield html
            return
        soup, blocks = floats.numbered(html)
        marked = str(soup)
        if not any(block.floats for block in blocks):
            yield marked
            return
        for note in soup.select(".foot"):
            note.decompose()
        pages = self.lay_out(str(soup), first).pages
        notes = floats.measure(pages, blocks, *(size * PIXELS for size in self.notes))
        height = pages[0]._page_box.height
        for spare in floats.SPARES:
            order = floats.in_order(blocks, notes, height, self.leading * PIXELS, spare)
            yield floats.rearranged(marked, order)

    def write(self, first: Any, pages: Iterable[Any], target: Path, roman: int = 0, start: int = 1) -> None:
        """Write pages as one PDF with the title of the document ``first``; the ``roman`` first are counted i, ii, …

        ``start`` is the number of the first page after them.
        """
        pages = list(pages)
        for fault in faults(pages[1:]):  # the first is a title page
            logger.warning("%s: %s", target.name, fault)
        bound = first.copy(_closed(pages))
        target.parent.mkdir(parents=True, exist_ok=True)
        options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "custom_metadata": False, "optimize_images": True}
        bound.write_pdf(str(target), finisher=_numbered(roman, start), **options)


def _tries(pages: list[Any], small: bool) -> list[tuple[float, int]]:
    """What may fill a nearly empty last page, or bring it back: leading, and width of figures; only ``small`` print may be set tighter."""
    from weasyprint.formatting_structure import boxes

    few = (FEW - words_of(pages[-1])) / _LINE + 2  # lines
    stretched = [1 + few * more / (_PAGE * max(len(pages) - 1, 1)) for more in (1, 1.5, 2)]
    drawn = any(isinstance(box, boxes.ReplacedBox) for page in pages for box in page._page_box.descendants())
    narrower = [(1.0, width) for width in WIDTHS] if drawn else []
    narrower += [(leading, 0) for leading in TIGHTER] if small or not drawn else []
    wider = [(leading, 0) for leading in stretched if leading < (1.04 if drawn else 1.1)]
    return wider[:1] + narrower + wider[1:] if words_of(pages[-1]) > FEW / 3 else narrower + wider


def _closed(pages: list[Any]) -> list[Any]:
    """The pages without links that lead to other files."""
    anchors = {name for page in pages for name in page.anchors}
    found = []
    for page in pages:
        shown = copy.copy(page)
        shown.links = []
        for link in page.links:
            kind, target, _, box = link
            if box.element_tag != "a":
                box.link_annotation = None  # what is within a link is no link of its own
            elif kind == "internal" and target not in anchors:
                box.link_annotation = None
            else:
                shown.links.append(link)
        found.append(shown)
    return found


def _numbered(roman: int, start: int) -> Any:
    """What a reader of the PDF sees as page numbers; and the marks put right."""

    def finish(document: Any, pdf: Any) -> None:
        import pydyf

        tags.mend(pdf, document.pages)
        ranges: list[Any] = [0, pydyf.Dictionary({"S": "/r"})] if roman else []
        ranges += [roman, pydyf.Dictionary({"S": "/D", "St": start})]
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})

    return finish


def nearly_empty(page: Any) -> bool:
    """Whether a page has neither a figure nor as many words as a short paragraph."""
    from weasyprint.formatting_structure import boxes

    figures = any(isinstance(box, boxes.ReplacedBox) and box.height > 60 for box in page._page_box.descendants())
    return not figures and words_of(page) < FEW


def words_of(page: Any) -> int:
    """Return how many words a page has."""
    from weasyprint.formatting_structure import boxes

    return sum(len(box.text.split()) for box in page._page_box.descendants() if isinstance(box, boxes.TextBox))


def faults(pages: list[Any]) -> Iterator[str]:
    """Say of pages, from the second on, what no reader should meet: one nearly empty, words that leave the sheet."""
    from weasyprint.formatting_structure import boxes

    for number, page in enumerate(pages, 2):
        if nearly_empty(page):
            yield f"sheet {number} has fewer than {FEW} words and no figure"
        for box in page._page_box.descendants():
            if not isinstance(box, boxes.TextBox) or not box.text.strip():
                continue
            right, bottom = box.position_x + box.width, box.position_y + box.height
            if box.position_x < 0 or box.position_y < 0 or right > page.width or bottom > page.height:
                yield f"sheet {number}: {box.text.strip()!r} leaves it"


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
        self.level = logging.NOTSET

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what matters of a message of the typesetter."""
        text = record.getMessage()
        ours = record.name == logger.name
        if ours or record.levelno >= logging.ERROR or re.search(r"(?i)anchor|failed|missing|no font", text):
            self.messages.append(text)

    def __enter__(self) -> Complaints:
        """Listen."""
        for name in _LOGGERS:
            logging.getLogger(name).addHandler(self)
        self.level = logging.getLogger("fontTools").level
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        for name in _LOGGERS:
            logging.getLogger(name).removeHandler(self)
        logging.getLogger("fontTools").setLevel(self.level)


def in_own_letters(text: str) -> str:
    """Return a text with what the book's fonts have no letters for named: "[in Bengali]". Another system's fonts would set it, or none."""
    for script, letters in _SCRIPTS.items():
        text = re.sub(f'[{letters}](?:[^<>"A-Za-z]*[{letters}])?', partial(_named, script), text)
    return text


def _named(script: str, found: re.Match[str]) -> str:
    return found[0] if all(ord(letter) in _letters() for letter in found[0]) else f"[in {script}]"


@cache
def _letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for _, package, name, *_ in FACES:
        with TTFont(font_file(package, name), lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


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
