"""The chronicle on paper: each event with its sources in a line, each claim with its evidence under it.

In come the pages of the chronology and of the claims as trees; out go the same trees, shorter. The web edition gives every testimony
in full on the event's own page; here a source is who, what and when. Claims and evidence have a page each on the web, since together
they would be heavy; in print they are one list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from pakrus.named import people, places
from pakrus.pages.chronology import authors, count_of_sources, plain, published, read
from pakrus.pages.print.names import Name

CLAIMS = ("claims-ledger", "claims-evidence")
_EVIDENCE = "back-matter-claims-evidence--evidence-"


def sources_in_words(trees: Iterable[Tag], root: Path, entries: Mapping[str, Any]) -> None:
    """Give every event its sources in one line."""
    register = read(root)
    for tree in trees:
        for event in tree.select("section.event:not(.claim)"):
            rows = register.sources.get(event["id"].rpartition("--")[2], [])
            for part in event.select("ul, details"):
                before = part.find_previous_sibling()
                if (
                    part.name == "ul"
                    and before is not None
                    and re.match(r"\d+ (?:source|announcement)|no source", before.get_text())
                ):
                    before.decompose()
                part.decompose()
            words = "; ".join(
                _in_words(entries[key]) for key in dict.fromkeys(row["key"] for row in rows) if key in entries
            )
            line = f'<p class="event-sources">{count_of_sources(rows).capitalize()}: {words}.</p>'
            event.append(BeautifulSoup(line, "lxml").p)


def _in_words(entry: Any) -> str:
    writer, body = authors(entry)
    title = escape(plain(entry.fields.get("title", "Untitled")), quote=False)
    who = ", ".join(filter(None, (writer, body)))
    return f"{escape(who, quote=False)}, “{title}”, {published(entry)}"


def evidence_to_its_claim(pages: dict[str, Tag]) -> None:
    """Put what a verdict rests on under its claim; the page of evidence goes."""
    evidence = next((page for page in pages if page.endswith(CLAIMS[1])), None)
    if evidence is None or not any(page.endswith(CLAIMS[0]) for page in pages):
        return
    lists = {
        part["id"].removeprefix(_EVIDENCE): part.find("ul") for part in pages[evidence].select("section.event[id]")
    }
    for tree in (tree for page, tree in pages.items() if page.endswith(CLAIMS[0])):
        for claim in tree.select("section.event[id]"):
            pieces = lists.get(claim["id"].rpartition("--")[2])
            for link in claim.select('.event-meta a[href*="evidence-"]'):
                if isinstance(link.previous_sibling, str):
                    link.previous_sibling.replace_with(link.previous_sibling.removesuffix(" · "))
                link.decompose()
            if pieces is not None:
                pieces["class"] = ["evidence"]
                for key in pieces.select("li > i:last-child"):
                    key.decompose()  # the name of the source in references.bib
                claim.append(pieces.extract())
    del pages[evidence]


def named(pages: dict[str, Tag], root: Path, names: list[Name]) -> dict[str, list[str]]:
    """Return where persons and places of the register stand, by their entry in the index: at the events that name them."""
    entry_of = {spelling: name.entry for name in names for spelling in name.spellings}
    rows = {row["event_id"]: row for row in read(root).events}
    found: dict[str, list[str]] = defaultdict(list)
    for event in (event for tree in pages.values() for event in tree.select("section.event:not(.claim)")):
        row = rows.get(event["id"].rpartition("--")[2], {})
        for name in (*people(row.get("people", "")), *places(row.get("place", ""))):
            if name in entry_of:
                found[entry_of[name]].append(event["id"])
    return dict(found)
