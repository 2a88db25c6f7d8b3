"""What stands around the text of a volume, as HTML: title page, imprint, contents, list of figures, index, a chapter's cover.

In come the words of ``volumes.json`` and, once the text is set, the page on which each thing stands: so nothing here has to wait for
itself, and a name that stands twice on a page is listed once. Pages before the text are counted in Roman numerals.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from pakrus.citation import LICENCES

Book = Mapping[str, str]
# what each volume says of itself
_ABOUT = {
    "reader": (
        "This is the reader’s edition: the argument of every chapter with its figures, tables and notes, a glossary, a select bibliography, "
        "and an index. Notes name a source by author, title and date. Figures and tables are named by their numbers and stand where "
        "there is room. Left out, and where it is: what each chapter rests on and how its numbers are reached, and every source of the "
        "notes in full, in the data appendix (with the codebook, the rules of the register, what hangs on choices, checksums); every event "
        "of the register and every claim with its evidence, in the chronicle; abstracts, methods and exercises, in the chapters’ own files, "
        "which have the page numbers of this edition; the code, the solutions, the kind of each source and whose account it gives, in the web edition."
    ),
    "data": (
        "This is the data appendix: what every table and field means and where it comes from, the rules by which the register is made, "
        "what happens to the book’s figures when a choice is made otherwise, the checksums by which a copy of the data can be told "
        "from a changed one, what each chapter rests on and how its numbers are reached, and in full every source that the notes name. The chapters are in the reader’s edition, the events and claims in the chronicle."
    ),
    "chronicle": (
        "This is the chronicle: every event of the register in order of time, with its sources, and every claim of the articles that the "
        "book checks, with its verdict and the evidence. The chapters are in the reader’s edition, the rules by which events are "
        "entered and coded in the data appendix. The web edition gives every testimony in full, on a page for each event."
    ),
}


def page(book: Book, title: str, body: str, kind: str, description: str = "", keywords: str = "") -> str:
    """Return a document of pages around the text; the first of a file gives the whole file its title and authors."""
    return (
        f'<!DOCTYPE html><html lang="{book["language"]}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(book["author"], quote=True)}">'
        f'<meta name="description" content="{escape(description or book["abstract"], quote=True)}">'
        f'<meta name="keywords" content="{escape(keywords or book["keywords"], quote=True)}">'
        f'<meta name="dcterms.created" content="{book["date"]}"></head><body class="{kind}">{body}</body></html>'
    )


def before(book: Book, volume: Mapping[str, Any], page_of: Mapping[str, int], index_on: int | None) -> str:
    """Return title page, imprint, contents and list of figures of a volume."""
    title = f"{book['title']}: {book['subtitle'] if volume['name'] == 'reader' else volume['subtitle'].lower()}"
    parts = [_title_page(book, volume), _imprint(book, volume), _contents(volume, page_of, index_on)]
    if volume["figures"]:
        parts.append(_list_of_figures(volume["figures"], page_of))
    return page(book, title, "".join(parts), "front")


def index(book: Book, listed: str) -> str:
    """Return the index."""
    note = (
        "Persons stand under the last part of their names, Chinese ones under their first. What stands on more than a third of the pages, "
        "as Moscow does, is left out. Notes and tables are not indexed."
    )
    body = (
        f'<main class="back"><h1 id="index">Index of persons and places</h1>'
        f'<p class="index-note">{note}</p><div class="columns">{listed}</div></main>'
    )
    return page(book, "Index", body, "index")


def cover(book: Book, chapter: Mapping[str, str], first: int, last: int) -> str:
    """Return the first page of a chapter that is a file of its own: title and authors, what it is about, how to cite it."""
    keywords = f'<p class="keywords"><b>Keywords</b> {escape(chapter["keywords"])}</p>' if chapter["keywords"] else ""
    abstract = f'<h2>Abstract</h2><p class="about">{escape(chapter["abstract"])}</p>' if chapter["abstract"] else ""
    body = (
        f'<header class="cover"><h1>{escape(chapter["title"])}</h1>'
        f'<p class="author">{escape(book["author"])}</p>'
        f'<p class="whence">Chapter {chapter["number"]} of <i>{escape(book["title"])}: {escape(book["subtitle"][:1].lower() + book["subtitle"][1:])}</i>, '
        f"version {book['version']} of {book['date']}, pages {first}–{last} of the reader’s edition.</p>"
        f'{abstract}{keywords}<h2>How to cite</h2><p class="about">{chapter["cite"]}</p>{_licence(book)}</header>'
    )
    return page(book, chapter["title"], body, "front", chapter["abstract"], chapter["keywords"])


def after(book: Book, chapter: Mapping[str, str]) -> str:
    """Return what stands after a chapter's last page in a file of its own, methods and exercises; "" if it has neither."""
    if not chapter["methods"] and not chapter["exercises"]:
        return ""
    note = "Each exercise changes a cell of the chapter’s notebook; the solutions run in the book’s folder and stand folded in the web edition."
    asked = f'{chapter["exercises"]}<p class="index-note">{note}</p>' if chapter["exercises"] else ""
    body = f'<main class="exercises"><section class="page">{chapter["methods"]}{asked}</section></main>'
    return page(book, "Methods and exercises", body, "exercises")


def _title_page(book: Book, volume: Mapping[str, Any]) -> str:
    second = volume["subtitle"] or book["subtitle"]
    return (
        f'<header class="title-page"><p class="book-title">{escape(book["title"])}</p>'
        f'<p class="subtitle">{escape(second)}</p><p class="author">{escape(book["author"])}</p>'
        f'<p class="edition">Version {book["version"]}, {book["date"][:4]}</p></header>'
    )


def _imprint(book: Book, volume: Mapping[str, Any]) -> str:
    address = (
        f'<p>The web edition is at <a href="{book["address"]}">{book["address"]}</a>.</p>' if book["address"] else ""
    )
    return (
        f'<section class="imprint"><h1>About this edition</h1><p>{escape(book["abstract"])}</p>'
        f"<p>{_ABOUT[volume['name']]}</p>{address}"
        f"<p>Version {book['version']}, of {book['date']}. How to cite: {book['cite']}</p>{_licence(book)}"
        "<p>Set in cuts of Source Serif and Source Sans (SIL Open Font License). The file is tagged for screen readers (PDF/UA-1).</p></section>"
    )


def _licence(book: Book) -> str:
    address = LICENCES.get(book["licence"], "")
    return (
        f'<p class="licence">Text and own tables: {book["licence"]} (<a href="{address}">{address}</a>).</p>'
        if address
        else ""
    )


def _contents(volume: Mapping[str, Any], page_of: Mapping[str, int], index_on: int | None) -> str:
    lines = []
    for entry in volume["contents"]:
        sections = [_place(section, page_of) for section in entry["sections"] if section["id"] in page_of]
        below = f'<p class="sections">{" · ".join(sections)}</p>' if sections else ""
        lines.append(f"<li>{_line(entry['title'], entry['id'], page_of.get(entry['id']))}{below}</li>")
    if index_on:
        lines.append(f"<li>{_line('Index of persons and places', 'index', index_on)}</li>")
    return f'<nav class="contents"><h1>Contents</h1><ol>{"".join(lines)}</ol></nav>'


def _line(title: str, target: str, number: int | None) -> str:
    return f'<a class="line" href="#{target}" data-page="{number}">{escape(title)}</a>'


def _place(section: Mapping[str, str], page_of: Mapping[str, int]) -> str:
    return f'<a href="#{section["id"]}">{escape(section["title"])}</a>\u00a0{page_of[section["id"]]}'


def _list_of_figures(figures: list[Mapping[str, str]], page_of: Mapping[str, int]) -> str:
    lines = (
        f'<li><a class="line" href="#{figure["id"]}" data-page="{page_of.get(figure["id"])}"><b>{escape(figure["label"].removeprefix("Figure "))}</b> '
        f"{escape(figure['title'])}</a></li>"
        for figure in figures
    )
    return f'<nav class="figures"><h1>Figures</h1><ol>{"".join(lines)}</ol></nav>'
