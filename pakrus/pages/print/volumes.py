"""The volumes: which pages each has, and how they are put together.

In come the bodies of pages (`onefile`); out go HTML files, one for each page that begins on a sheet of its own, with every id unique
in its volume and every link inside it or outside the book, and ``volumes.json`` with what stands around the text: the book, the contents, the figures, where names are marked, and for
each chapter what its own cover and last pages say. The reader's edition has the chapters; their methods, codebook, rules and every
source of the notes are in the data appendix; chronology and claims in the chronicle. What leads from one volume into another stays as
words.
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from bs4 import Tag
from sphinx.util import logging

from pakrus.citation import strings
from pakrus.pages import formats
from pakrus.pages.chronology import library
from pakrus.pages.citation import book_of, page_work, work_of
from pakrus.pages.print import apart, chronicle, names, pictures
from pakrus.pages.print.paper import on_paper, slug

logger = logging.getLogger(__name__)
FILE = "volumes.json"
PAPER = "paper"  # the folder from which the typesetter takes pictures
READER, DATA, CHRONICLE = "reader", "data", "chronicle"
_SUBTITLES = {READER: "", DATA: "Data appendix", CHRONICLE: "Chronicle with claims"}
# pages by the last part of their name; a page of another name is a chapter if it has a number
_DATA_PAGES = ("codebook", "register", "sensitivity", "data-edition")
_BACK = ("glossary", "bibliography")
_ONLY_ON_THE_WEB = ("exercises", "next")  # sections of chapters
# headings of a chapter's frame: the same in each, so that the contents do without
_FRAME = frozenset(
    {"Question", "Short answer", "What this cannot show", "Sources", "How we know", "Where accounts differ"}
    | {"What would be seen, and what would refute it", "Expectations and findings", "A worked example"}
)


@dataclass
class Chapter:
    """What the cover of a chapter of its own says, and the exercises after it."""

    page: str
    slug: str
    pdf: str
    number: str
    title: str
    abstract: str
    keywords: str
    cite: str
    methods: str
    exercises: str


@dataclass
class Volume:
    """What stands around the pages of a volume."""

    name: str
    subtitle: str
    parts: list[str] = field(default_factory=list)  # files, in order
    contents: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, str]] = field(default_factory=list)
    marks: dict[str, list[str]] = field(default_factory=dict)
    chapters: list[Chapter] = field(default_factory=list)


def volume_of(page: str, numbered: bool) -> str | None:
    """Return the volume that a page belongs to; None for what only the web edition has."""
    parts = page.split("/")
    if any(part in _DATA_PAGES for part in parts):
        return DATA
    if parts[-1].startswith("chronology") or parts[-1] in chronicle.CLAIMS:
        return CHRONICLE
    return READER if numbered or parts[-1] in _BACK else None


def write(builder: Any, pages: list[str]) -> None:
    """Write the volumes that have pages, and what stands around them."""
    folder = Path(builder.outdir)
    pictures.for_print(folder / "_images", folder / PAPER / "_images")
    numbers = builder.env.toc_secnumbers
    of = {page: volume_of(page, bool(numbers.get(page))) for page in pages}
    trees = {page: on_paper(page, builder.bodies[page]) for page, volume in of.items() if volume}
    for number in (number for tree in trees.values() for number in tree.select("h1 > .section-number")):
        number.string = f"Chapter {number.get_text().strip().rstrip('.')} "
    made = []
    methods = {
        page: apart.take_methods(trees[page], slug(page)) for page in pages if numbers.get(page) and of[page] == READER
    }
    methods = {page: tree for page, tree in methods.items() if tree is not None}
    more = {READER: {}, CHRONICLE: {}, DATA: apart.appended(trees, methods)}
    for name in (READER, DATA, CHRONICLE):
        mine = {page: trees[page] for page in pages if of[page] == name} | more[name]
        if mine:
            volume = _reader(builder, mine, methods) if name == READER else _MAKERS[name](builder, mine)
            for part in _parts(builder, mine):
                volume.parts.append(f"{name}-{slug(part[0])}.html")
                document = _document(builder, name, {page: mine[page] for page in part})
                (folder / volume.parts[-1]).write_text(document, encoding="utf-8")
            made.append(volume)
    content = {"book": _about(builder), "volumes": [asdict(volume) for volume in made]}
    (folder / FILE).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


# the three -----------------------------------------------------------------------------------------------------------------


def _reader(builder: Any, pages: dict[str, Tag], methods: dict[str, Tag]) -> Volume:
    volume = Volume(READER, _SUBTITLES[READER])
    chapters = [page for page in pages if page.rsplit("/", 1)[-1] not in _BACK]
    taken = {page: _take_out(pages[page], slug(page)) for page in chapters}
    for page in pages:
        if page.rsplit("/", 1)[-1] == "bibliography":
            apart.select(builder, pages[page], [tree for name, tree in pages.items() if name != page])
    away = {tag["id"] for tree in methods.values() for tag in tree.find_all(id=True)}
    _link(pages, away)
    for page, tree in methods.items():
        _link({page: tree}, None)
        tree_of = pages[page].find("section") or pages[page]
        tree_of.append(apart.pointer())
    volume.marks = names.mark([(slug(page), pages[page]) for page in chapters], names.known(Path(builder.srcdir)))
    volume.contents = _contents(pages)
    volume.figures = _figures(pages)
    volume.chapters = [_chapter(builder, page, taken[page], methods.get(page)) for page in chapters]
    return volume


def _data(builder: Any, pages: dict[str, Tag]) -> Volume:
    volume = Volume(DATA, _SUBTITLES[DATA])
    targets = _targets(pages)
    for page, tree in pages.items():
        _link({page: tree}, None if page == apart.METHODS else frozenset(), targets)
    volume.contents = _contents(pages)
    return volume


def _chronicle(builder: Any, pages: dict[str, Tag]) -> Volume:
    volume = Volume(CHRONICLE, _SUBTITLES[CHRONICLE])
    chronicle.sources_in_words(pages.values(), Path(builder.srcdir), library(builder.env))
    chronicle.evidence_to_its_claim(pages)
    _link(pages)
    persons = names.known(Path(builder.srcdir))
    volume.marks = names.mark([(slug(page), tree) for page, tree in pages.items() if "chronology" not in page], persons)
    for entry, marks in chronicle.named(pages, Path(builder.srcdir), persons).items():
        volume.marks[entry] = volume.marks.get(entry, []) + marks
    volume.contents = _contents(pages, all_of_them=True)
    return volume


_MAKERS = {DATA: _data, CHRONICLE: _chronicle}


def _parts(builder: Any, pages: dict[str, Tag]) -> list[list[str]]:
    """The pages by the sheets they begin: a page of the contents' first level, with those below it."""
    below = {
        child
        for page in pages
        for child in builder.env.toctree_includes.get(page, [])
        if page != builder.config.root_doc
    }
    found: list[list[str]] = []
    for page in pages:
        if page in below and found:
            found[-1].append(page)
        else:
            found.append([page])
    return found


# pieces ---------------------------------------------------------------------------------------------------------------------


def _take_out(tree: Tag, name: str) -> dict[str, Tag]:
    """Take out of a chapter what paper does without or has elsewhere, by name: exercises, keywords."""
    found = {}
    for section in _ONLY_ON_THE_WEB:
        part = tree.find("section", id=f"{name}--{section}")
        if part is not None:
            found[section] = part.extract()
    for paragraph in tree.find_all("p", limit=6):
        words = paragraph.get_text()
        if words.startswith("Keywords:"):
            found["keywords"] = paragraph.extract()
        elif words.startswith("Abstract."):
            found["abstract"] = paragraph.extract()  # the short answer says it; a file of its own has it on its cover
    for mark in [tag for part in found.values() for tag in part.select(".foot")]:
        mark.decompose()
    return found


def _chapter(builder: Any, page: str, taken: dict[str, Tag], methods: Tag | None) -> Chapter:
    work = page_work(builder.app, page)
    words = {name: part.get_text(" ", strip=True) for name, part in taken.items() if name in ("abstract", "keywords")}
    exercises = taken.get("exercises")
    for tag in exercises.find_all(["a", "span"]) if exercises is not None else []:
        tag.unwrap()  # alone, nothing that it leads to is at hand
    return Chapter(
        page,
        slug(page),
        formats.chapter_pdf(page),
        work.number,
        work.title,
        words.get("abstract", "").removeprefix("Abstract.").strip(),
        words.get("keywords", "").removeprefix("Keywords:").strip(),
        strings(work)["apa"],
        str(methods) if methods is not None else "",
        exercises.decode_contents() if exercises is not None else "",
    )


def _targets(pages: dict[str, Tag]) -> set[str]:
    """The ids to which links inside a volume of these pages can lead."""
    ids = {tag["id"] for tree in pages.values() for tag in tree.find_all(id=True)}
    return ids | {f"{slug(page)}--top" for page in pages}


def _link(
    pages: dict[str, Tag],
    away: frozenset[str] | set[str] | None = frozenset(),
    targets: set[str] | None = None,
) -> None:
    """Links between pages become links inside the volume; what leads out of it stays as words.

    ``away`` are ids of its pages that stand elsewhere; None: whatever is not here does. ``targets`` are those of the volume,
    if it has more than these pages.
    """
    targets = targets or _targets(pages)
    for page, tree in pages.items():
        for link in tree.find_all("a", href=True):
            href = link["href"]
            if re.match(r"[a-z][a-z0-9+.-]*:", href):
                continue
            path, _, fragment = href.partition("#")
            other = page
            if path:
                other = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)).removesuffix(".html")
            target = f"{slug(other)}--{fragment or 'top'}"
            if fragment.startswith("cite-") and target not in targets:
                target = f"{apart.SOURCES}--{fragment}"  # where the data appendix has its sources
            if target in targets:
                link["href"] = f"#{target}"
            else:
                known_away = away is None or target in away
                if other in pages and not known_away and not re.match(r"cite-|.*-data-used$|exercise|next$", fragment):
                    logger.warning(
                        "link to %s leads nowhere on paper", href, location=page, type="pakrus", subtype="link"
                    )
                link.unwrap()


def _contents(pages: dict[str, Tag], all_of_them: bool = False) -> list[dict[str, Any]]:
    """A line for each page, and for each of its sections but those of the frame."""
    found = []
    for page, tree in pages.items():
        heading = tree.find("h1")
        sections = []
        for section in tree.select("section[id]"):
            title = section.find(["h2"], recursive=False)
            words = apart.words_of(title) if title is not None else ""
            if words and (all_of_them or words not in _FRAME):
                sections.append({"title": words, "id": section["id"]})
        found.append(
            {"title": apart.words_of(heading) if heading else page, "id": f"{slug(page)}--top", "sections": sections}
        )
    return found


def _figures(pages: dict[str, Tag]) -> list[dict[str, str]]:
    """The figures with number and the first clause of what they say."""
    found = []
    for figure in (figure for tree in pages.values() for figure in tree.select("figure.pakrus-figure[id]")):
        number, text = figure.select_one(".caption-number"), figure.select_one(".caption-text")
        if number and text:
            words = re.split(r"(?<=[a-z)\d%])[:;.](?:\s|$)", apart.words_of(text))[0]
            found.append({"label": apart.words_of(number), "title": words, "id": figure["id"]})
    return found


def _document(builder: Any, name: str, pages: dict[str, Tag]) -> str:
    """All pages of a volume as one document."""
    book = book_of(builder.app)
    title = f"{book.title}: {_SUBTITLES[name].lower()}" if _SUBTITLES[name] else book.title
    bodies = "".join(
        f'<section class="page" id="{slug(page)}--top">{tree.decode_contents()}</section>'
        for page, tree in pages.items()
    )
    keywords = escape(", ".join(book.keywords), quote=True)
    return f"""<!DOCTYPE html>
<html lang="{builder.config.language}">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<meta name="author" content="{escape(book.author, quote=True)}">
<meta name="description" content="{escape(book.abstract, quote=True)}">
<meta name="keywords" content="{keywords}">
<meta name="dcterms.created" content="{book.date.isoformat()}">
</head>
<body class="{name}"><main>{bodies}</main></body>
</html>
"""


def _about(builder: Any) -> dict[str, str]:
    book = book_of(builder.app)
    title, _, subtitle = book.title.partition(": ")
    whole = work_of(builder.app, builder.config.root_doc, book.title)
    return {
        "title": title,
        "subtitle": subtitle[:1].upper() + subtitle[1:],
        "author": book.author,
        "version": book.version,
        "date": book.date.isoformat(),
        "licence": book.content_licence,
        "abstract": book.abstract,
        "keywords": ", ".join(book.keywords),
        "cite": strings(whole)["apa"],
        "address": builder.config.html_baseurl,
        "language": builder.config.language,
    }
