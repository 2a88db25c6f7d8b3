"""The book's letters: Source Serif and Source Sans, cut to what the pages use, under names of the book's own.

In come the two packages of fonts (SIL Open Font License); out go ``_static/fonts/*.woff2`` and the licence beside them, which
``letters.css`` names. The licence reserves the name "Source" to the unchanged fonts, so what is cut bears another. Cyrillic
letters are a file of their own, fetched by the pages that have some. The one difficulty is the moment before a font is there: the
stand-ins in ``letters.css`` are widened to the same measure, so that no line breaks anew (``wider``).
"""

from __future__ import annotations

import hashlib
import io
from importlib.resources import files
from logging import WARNING, getLogger
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.application import Sphinx

from pakrus.pages import formats

FOLDER = "fonts"
LATIN = (
    *range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2BB, 0x2BE), *range(0x300, 0x305), *range(0x1E00, 0x1F00),
    *range(0x2009, 0x200B), *range(0x2010, 0x2028), 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x2060, *range(0x2070, 0x208F),
    0x20AC, 0x20B9, 0x2116, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2215, 0x2248, 0x2260, 0x2264, 0x2265, 0x3B1, 0x3BA, 0x3C0, 0x3C1,
)  # fmt: skip
CYRILLIC = tuple(range(0x400, 0x530))
ENGLISH = 0x409  # as the table of names counts languages
FEATURES = ["kern", "liga", "onum", "lnum", "tnum", "pnum", "sups", "mark", "ccmp", "locl"]


class Face(NamedTuple):
    """A file of the book's letters: its name, the family it belongs to, the package and file it is cut from, its letters."""

    name: str
    family: str
    package: str
    file: str
    letters: tuple[int, ...]


_SERIF, _SANS = "font_source_serif_pro", "font_source_sans_pro"
FACES = (
    Face("serif", "Book Serif", _SERIF, "SourceSerifPro-Regular.ttf", LATIN),
    Face("serif-italic", "Book Serif", _SERIF, "SourceSerifPro-It.ttf", LATIN),
    Face("serif-bold", "Book Serif", _SERIF, "SourceSerifPro-Semibold.ttf", LATIN),
    Face("serif-cyrillic", "Book Serif", _SERIF, "SourceSerifPro-Regular.ttf", CYRILLIC),
    Face("sans", "Book Sans", _SANS, "SourceSansPro-Regular.ttf", LATIN),
    Face("sans-bold", "Book Sans", _SANS, "SourceSansPro-Semibold.ttf", LATIN),
    Face("sans-bold-cyrillic", "Book Sans", _SANS, "SourceSansPro-Semibold.ttf", CYRILLIC),
)


def source(face: Face) -> Path:
    """Where the uncut font lies."""
    return Path(str(files(face.package).joinpath("files", face.file)))


def cut(face: Face) -> bytes:
    """The font with a face's letters alone, compressed for the web, renamed, with its notice of copyright."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    getLogger("fontTools").setLevel(WARNING)
    options = subset.Options(flavor="woff2", layout_features=FEATURES, notdef_outline=True, hinting=False)
    # the names are cut below; fontTools would go through every glyph's kerning for the names that features ask for
    options.no_subset_tables = [*options.no_subset_tables, "name"]
    font = TTFont(source(face), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=face.letters)
    cutter.subset(font)
    for record in list(font["name"].names):
        if not record.isUnicode() or record.langID != ENGLISH:
            font["name"].names.remove(record)
        elif record.nameID in (0, 13, 14):  # copyright, licence and its address stay
            continue
        elif record.nameID in (1, 4, 16):
            record.string = face.family
        elif record.nameID == 6:
            record.string = face.family.replace(" ", "")
        else:
            font["name"].names.remove(record)
    font.flavor = "woff2"
    target = io.BytesIO()
    font.save(target, reorderTables=None)
    return target.getvalue()


def wider(face: Face, other: Path) -> float:
    """How much wider a face sets English than a stand-in: what ``size-adjust`` must say, in per cent.

    Both are measured over letters weighted by how often English has them (Norvig's counts, rounded).
    """
    from fontTools.ttLib import TTFont

    often = dict(zip("etaoinshrdlcumfpgwybvk ,.", (102, 75, 66, 62, 62, 59, 53, 41, 51, 31, 33, 27, 22, 20, 20, 17, 15, 14, 14, 12, 9, 4, 170, 11, 11), strict=True))  # fmt: skip

    def width(path: Path) -> float:
        font = TTFont(path)
        letters, advances = font.getBestCmap(), font["hmtx"].metrics
        total = sum(count * advances[letters[ord(letter)]][0] for letter, count in often.items())
        return total / font["head"].unitsPerEm

    return 100 * width(source(face)) / width(other)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Put the fonts beside the pages; one that was cut before is taken from the build's own store."""
    if exception or not formats.of(app.builder).theme:
        return
    folder, store = Path(app.outdir, "_static", FOLDER), Path(app.doctreedir, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    store.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        key = hashlib.sha256(source(face).read_bytes() + repr(face).encode() + Path(__file__).read_bytes()).hexdigest()
        kept, target = store / f"{key[:24]}.woff2", folder / f"{face.name}.woff2"
        if not kept.is_file():
            kept.write_bytes(cut(face))
        if not target.is_file() or target.read_bytes() != kept.read_bytes():
            target.write_bytes(kept.read_bytes())
    licence = files(_SANS).joinpath("files", "LICENSE.txt").read_text(encoding="utf-8", errors="replace")
    (folder / "OFL.txt").write_text(licence, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the part; before ``light``, whose stylesheet names the files."""
    app.connect("build-finished", write, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
