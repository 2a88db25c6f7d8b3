"""What the reader's edition leaves out or cuts short, and where it goes: methods of chapters, and sources.

In come the pages as trees; out go pages that the data appendix has alone, the chapters' methods and in full every source that
notes name, and the select bibliography. The one difficulty is that a section that is taken out keeps its ids: a link to it from
its chapter leads nowhere on paper, which `volumes` is told.
"""

from __future__ import annotations

import copy
import re
from html import escape
from typing import Any

from bs4 import BeautifulSoup, Tag

from pakrus.pages.chronology import library

# sections of chapters that say how numbers are reached and what they rest on: in the chapter's own file and in the data appendix
_METHODS = ("how-we-know", "a-worked-example", "sources")
METHODS, SOURCES = "methods", "sources"  # pages that only the data appendix has
_SAID_BEFORE = re.compile(r"\s\(note\s\d+\)")
_READ_ON = re.compile(r"\s*\(read \d+ \w+ \d{4}\)")


def take_methods(tree: Tag, name: str) -> Tag | None:
    """Take out of a chapter its sections on method; their headings say of which chapter they are."""
    heading = tree.find("h1")
    found = [part.extract() for part in (tree.find("section", id=f"{name}--{section}") for section in _METHODS) if part]
    if not found:
        return None
    soup = BeautifulSoup("", "lxml")
    for part in found:
        for text in part.find_all(string=_SAID_BEFORE):  # where it goes, notes are counted anew
            if text.find_parent(class_="foot") is not None:
                text.replace_with(_SAID_BEFORE.sub("", text))
        number = heading.select_one(".section-number") if heading else None
        part.find("h2").string = (
            f"{words_of(number)}: {words_of(part.find('h2')).lower()}" if number else words_of(part.find("h2"))
        )
        soup.append(part)
    return soup


def pointer() -> Tag:
    """Say at the end of a chapter where its methods are."""
    soup = BeautifulSoup("", "lxml")
    paragraph = soup.new_tag("p", attrs={"class": "index-note"})
    paragraph.string = "What this chapter rests on, and how its numbers are reached, stands in the data appendix and at the end of its own file."
    return paragraph


def appended(trees: dict[str, Tag], methods: dict[str, Tag]) -> dict[str, Tag]:
    """Return the pages that the data appendix has alone: the chapters' methods, and in full every source that their notes name."""
    found = {}
    if methods:
        found[METHODS] = _page("Methods and sources of the chapters", [copy.copy(tree) for tree in methods.values()])
    bibliography = next((tree for page, tree in trees.items() if page.rsplit("/", 1)[-1] == "bibliography"), None)
    cited = {key for tree in (*trees.values(), *methods.values()) for key, _ in citations(tree)}
    entries = bibliography.select(".citation[id]") if bibliography is not None else []
    kept = [copy.copy(entry) for entry in entries if entry["id"].rpartition("--cite-")[2] in cited]
    for entry in kept:
        entry["id"] = f"{SOURCES}--cite-{entry['id'].rpartition('--cite-')[2]}"
    if kept:
        found[SOURCES] = _page("Sources of the notes", kept, "sources")
    return found


def _page(title: str, content: list[Tag], kind: str = "") -> Tag:
    soup = BeautifulSoup(
        f'<body><section><h1>{escape(title)}</h1><div class="{kind}"></div></section></body>', "lxml"
    ).body
    soup.find("div").extend(content)
    return soup


def citations(tree: Tag) -> list[tuple[str, Tag]]:
    """The keys of the sources that a page cites, each with its link."""
    return [(link["href"].rpartition("#cite-")[2], link) for link in tree.select('a[href*="#cite-"]')]


def select(builder: Any, tree: Tag, others: list[Tag]) -> None:
    """Keep of the bibliography what the text names by author and year, and the scholarship of more than one chapter's notes."""
    entries = library(builder.env)
    citing: dict[str, set[int]] = {}
    wanted = set()
    for place, key, link in (
        (place, key, link) for place, other in enumerate(others) for key, link in citations(other)
    ):
        citing.setdefault(key, set()).add(place)
        if link.find_parent(class_="foot") is None:
            wanted.add(key)
    for key, places in citing.items():
        if len(places) > 1 and key in entries and entries[key].fields.get("keywords") == "scholarship":
            wanted.add(key)
    kept = []
    for entry in tree.select(".citation[id]"):
        if entry["id"].rpartition("--cite-")[2] in wanted:
            for extra in entry.find_all(True, recursive=False)[1:]:
                extra.decompose()
            for text in entry.find_all(string=_READ_ON):
                text.replace_with(_READ_ON.sub("", text))
            kept.append(entry.extract())
    section = tree.find("section") or tree
    heading = section.find("h1")
    section.clear()
    if heading is not None:
        heading.string = "Select bibliography"
        section.append(heading)
    note = BeautifulSoup("", "lxml").new_tag("p")
    note.string = (
        "The works and data that text and figures name by author and year, and the scholarship that more than one chapter cites. The notes "
        "name every source by author, title and date; the data appendix lists all of these in full, the web edition besides with their kind."
    )
    section.extend([note, *kept])


def words_of(tag: Tag) -> str:
    """Return the words of a heading or caption without its notes."""
    text = copy.copy(tag)
    for foot in text.select(".foot"):
        foot.decompose()
    return " ".join(text.get_text().replace("\u2060", "").split())
