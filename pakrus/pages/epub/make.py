"""``python -m pakrus.pages.epub``: the reader's edition as an e-book (EPUB 3) in ``_build/epub``.

In come the parts of the volume that the builder ``bookfile`` wrote; out goes one .epub with the same text, figures as SVG, the book's
letters, notes that lead there and back, a glossary, the bibliography, an index by chapters, and no scripts. The same input
gives the same bytes. The one difficulty is names: a link on paper is a name in one file, and here each chapter is a file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import uuid
import zipfile
from base64 import b64decode
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree

from pakrus.citation import LICENCES
from pakrus.pages.epub import chapter
from pakrus.pages.print import names, pdf
from pakrus.pages.print.volumes import FILE, READER
from pakrus.pages.web import fonts

TARGET = f"{pdf.STEM}.epub"
STYLE = Path(__file__).with_name("book.css")
_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".woff2": "font/woff2",
    ".css": "text/css",
}
_TYPES[".xhtml"] = "application/xhtml+xml"
_ACCESS = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    *(("accessibilityFeature", name) for name in ("alternativeText", "structuralNavigation", "tableOfContents", "readingOrder", "index")),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "Every figure has an alternative text with its finding and its numbers; tables have headers; notes are linked both ways."),
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Build the pages and put them together; 0 if all is well, 1 if not."""
    parser = argparse.ArgumentParser(
        prog="python -m pakrus.pages.epub", description="The reader's edition as an e-book."
    )
    parser.add_argument("--root", type=Path, default=pdf.ROOT, help="folder of the book (default: this book)")
    parser.add_argument("--strict", action="store_true", help="any warning is an error")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if pdf.build(root, options.strict):
        print("The book's pages could not be built; what is wrong stands above.", file=sys.stderr)
        return 1
    print(pdf.shown(made(root / "_build" / "bookfile", root / "_build" / "epub" / TARGET)))
    return 0


def made(source: Path, target: Path) -> Path:
    """Write the e-book of the volume that the builder wrote into ``source``."""
    content = json.loads((source / FILE).read_text(encoding="utf-8"))
    book, volume = content["book"], next(volume for volume in content["volumes"] if volume["name"] == READER)
    files = contents(book, volume, source)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o644 << 16, 3  # the same on every system
            stored = name == "mimetype"  # first and not compressed, so that the file is known by it
            packed.writestr(entry, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return target


def contents(book: dict[str, str], volume: dict[str, Any], source: Path) -> dict[str, bytes]:
    """Return the files of the e-book by name, in order."""
    parts = {
        part.removeprefix(f"{READER}-").removesuffix(".html") + ".xhtml": (source / part).read_text("utf-8")
        for part in volume["parts"]
    }
    file_of = {name: file for file, html in parts.items() for name in chapter.ids(html)}
    pages = {"title.xhtml": _title(book)}
    titles = dict(zip(parts, (entry["title"] for entry in volume["contents"]), strict=True))
    for file, html in parts.items():
        kind = "glossary" if "glossary" in file else "bibliography" if "bibliography" in file else "chapter"
        body = chapter.body(html, file_of, file)
        matter = "bodymatter" if kind == "chapter" else "backmatter"
        pages[file] = chapter.document(
            book["language"], titles[file], f'<section epub:type="{kind}">{body}</section>', matter
        )
    listed = _index(volume, file_of)
    if listed:
        pages["index.xhtml"] = chapter.document(book["language"], "Index of persons and places", listed, "backmatter")
        titles["index.xhtml"] = "Index of persons and places"
    pages, pictures = _pictures(pages, source)
    made = {f"book/{name}": text.encode() for name, text in pages.items()}
    made["book/nav.xhtml"] = _navigation(book, volume, file_of, titles).encode()
    made["book/book.css"] = STYLE.read_bytes()
    made |= {f"book/images/{name}": data for name, data in pictures.items()}
    made |= {f"book/fonts/{face.name}.woff2": fonts.cut(face) for face in fonts.FACES}
    spine = ["title.xhtml", "nav.xhtml", *list(pages)[1:]]
    container = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
    )
    package = _package(book, sorted(made), spine)
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": container.encode(),
        "book/book.opf": package.encode(),
        **made,
    }


def _title(book: dict[str, str]) -> str:
    address = LICENCES.get(book["licence"], "")
    licence = f'<p>Text and own tables: <a href="{address}">{book["licence"]}</a>.</p>' if address else ""
    body = (
        f'<section epub:type="titlepage"><h1>{escape(book["title"])}<br/><small>{escape(book["subtitle"])}</small></h1>'
        f"<p>{escape(book['author'])}</p><p>Version {book['version']}, {book['date']}</p>"
        f"<p>{escape(book['abstract'])}</p><p>How to cite: {book['cite']}</p>{licence}</section>"
    )
    return chapter.document(book["language"], book["title"], body, "frontmatter")


def _navigation(book: dict[str, str], volume: dict[str, Any], file_of: dict[str, str], titles: dict[str, str]) -> str:
    sections = {file_of[entry["id"]]: entry["sections"] for entry in volume["contents"]}
    lines = []
    for file, title in titles.items():
        below = "".join(
            f'<li><a href="{file}#{section["id"]}">{escape(section["title"])}</a></li>'
            for section in sections.get(file, [])
        )
        lines.append(f'<li><a href="{file}">{escape(title)}</a>{f"<ol>{below}</ol>" if below else ""}</li>')
    figures = "".join(
        f'<li><a href="{file_of[figure["id"]]}#{figure["id"]}">{escape(figure["label"])} {escape(figure["title"])}</a></li>'
        for figure in volume["figures"]
    )
    body = f'<nav epub:type="toc" id="toc" role="doc-toc"><h1>Contents</h1><ol>{"".join(lines)}</ol></nav>'
    if figures:
        body += f'<nav epub:type="loi" id="loi"><h2>Figures</h2><ol>{figures}</ol></nav>'
    return chapter.document(book["language"], "Contents", body, "frontmatter")


def _index(volume: dict[str, Any], file_of: dict[str, str]) -> str:
    """The index by chapters: each number leads to the first mention there."""
    number_of = {f"{entry['slug']}.xhtml": entry["number"] for entry in volume["chapters"]}
    lines = []
    for entry, marks in sorted(volume["marks"].items(), key=lambda item: names.folded(item[0])):
        first: dict[str, str] = {}
        for mark in marks:
            first.setdefault(file_of[mark], mark)
        places = (f'<a href="{file}#{mark}">{number_of.get(file, file)}</a>' for file, mark in first.items())
        lines.append(f"<li>{escape(entry)}: {', '.join(places)}</li>")
    if not lines:
        return ""
    note = "<p>The numbers are those of chapters, and lead to the first mention in each.</p>"
    return f'<section epub:type="index" role="doc-index"><h1>Index of persons and places</h1>{note}<ul class="index">{"".join(lines)}</ul></section>'


def _pictures(pages: dict[str, str], source: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """The pictures as files, also those that the pages carry in themselves."""
    found: dict[str, bytes] = {}

    def file(match: re.Match[str]) -> str:
        address = match[1]
        if address.startswith("data:image/svg+xml"):
            head, _, data = address.partition(",")
            drawn = b64decode(data) if head.endswith("base64") else unquote_to_bytes(data)
            name = f"formula-{uuid.uuid5(uuid.NAMESPACE_URL, drawn.hex()).hex[:12]}.svg"
            found[name] = _plain(drawn)
        else:
            name = address.rsplit("/", 1)[-1]
            data = (source / "_images" / name).read_bytes()
            found[name] = _plain(data) if name.endswith(".svg") else data
        return f'src="images/{name}"'

    pages = {name: re.sub(r'src="([^"]+)"', file, text) for name, text in pages.items()}
    return pages, dict(sorted(found.items()))


def _plain(svg: bytes) -> bytes:
    """A picture without the declaration of its type, which leads to other files."""
    return etree.tostring(etree.fromstring(svg), xml_declaration=True, encoding="utf-8")


def _package(book: dict[str, str], files: list[str], spine: list[str]) -> str:
    """What is in the e-book, and in which order it is read."""
    items, ids = [], {}
    for number, name in enumerate((file.removeprefix("book/") for file in files), 1):
        ids[name] = f"item-{number}"
        more = ' properties="nav"' if name == "nav.xhtml" else ""
        items.append(f'<item id="item-{number}" href="{name}" media-type="{_TYPES[Path(name).suffix]}"{more}/>')
    order = "".join(f'<itemref idref="{ids[name]}"/>' for name in spine)
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{book['title']} {book['version']} {book['date']}")
    access = "".join(f'<meta property="schema:{name}">{escape(value)}</meta>' for name, value in _ACCESS)
    subjects = "".join(f"<dc:subject>{escape(word)}</dc:subject>" for word in book["keywords"].split(", ") if word)
    title = f"{book['title']}: {book['subtitle'][:1].lower()}{book['subtitle'][1:]}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{book["language"]}">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier><dc:title>{escape(title)}</dc:title>'
        f"<dc:language>{book['language']}</dc:language><dc:creator>{escape(book['author'])}</dc:creator>"
        f"<dc:date>{book['date']}</dc:date><dc:description>{escape(book['abstract'])}</dc:description>{subjects}"
        f"<dc:rights>{escape(LICENCES.get(book['licence'], book['licence']))}</dc:rights>"
        f'<meta property="dcterms:modified">{book["date"]}T00:00:00Z</meta>{access}</metadata>'
        f"<manifest>{''.join(items)}</manifest><spine>{order}</spine></package>\n"
    )
