"""How sources read: author, year, title, where it appeared, address, day it was read.

The entries of references.bib are of many kinds (web pages, reports, press items without an author), which the stock
styles cannot set. This one sets any kind, names the body that stands behind an unsigned text, and tells apart what the
same author published in the same year (2021a, 2021b) in the text as in the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pybtex.backends.plaintext import Backend as PlainText
from pybtex.database import Entry, Person
from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Tag, Text
from pybtex.style.formatting import BaseStyle, FormattedEntry
from sphinx.application import Sphinx

NAME = "pakrus"
BODIES = ("organization", "institution", "publisher", "journal", "journaltitle", "howpublished")
WHOLE = {
    "book",
    "report",
    "thesis",
    "phdthesis",
    "mastersthesis",
    "collection",
    "proceedings",
    "dataset",
    "techreport",
    "software",
}
_ORIGINAL = "pakrus-year"
MONTHS = "January February March April May June July August September October November December".split(" ")  # noqa: SIM905


def prepare(entries: Iterable[Entry]) -> None:
    """Give every entry an author and a year to be cited by, and letters where author and year are the same."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        fields = entry.fields
        if not entry.persons.get("author") and not entry.persons.get("editor"):
            body = next((fields[name] for name in BODIES if name in fields), "")
            entry.persons["author"] = [Person("{" + (body or "Anonymous") + "}")]
        year = fields.get(_ORIGINAL) or fields.get("year") or fields.get("date", "")[:4] or "n.d."
        fields[_ORIGINAL] = fields["year"] = year
        persons = entry.persons.get("author") or entry.persons["editor"]
        groups[(_author_in_text(persons), year)].append(entry)
    for (_, year), group in groups.items():
        if len(group) > 1:
            ordered = sorted(
                group, key=lambda entry: (entry.fields.get("date", ""), entry.fields.get("title", ""), entry.key)
            )
            for number, entry in enumerate(ordered):
                entry.fields["year"] = f"{year}-{_letter(number)}" if year == "n.d." else year + _letter(number)


def _author_in_text(persons: list[Person]) -> str:
    """What a citation in the text shows: one or two names, or the first and others."""
    names = [" ".join(person.prelast_names + person.last_names) for person in persons]
    return _sortable(" and ".join(names) if len(names) < 3 else f"{names[0]} et al.")


def _letter(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


@lru_cache(maxsize=8192)
def _sortable(text: str) -> str:
    plain = unicodedata.normalize("NFKD", str(Text.from_latex(text)))
    return re.sub(r"[^\w\s]", "", "".join(char for char in plain if not unicodedata.combining(char))).casefold().strip()


class BookStyle(BaseStyle):
    """Any kind of entry, from the fields it has."""

    default_name_style = "plain"
    default_label_style = "number"
    default_sorting_style = "none"

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.sort = lambda entries: sorted(entries, key=self.order)
        self.known: dict[tuple[Any, ...], Text] = {}

    def order(self, entry: Entry) -> tuple[str, str, str, str]:
        persons = entry.persons.get("author") or entry.persons.get("editor") or []
        names = " ".join(
            _sortable(" ".join([*person.prelast_names, *person.last_names, *person.first_names])) for person in persons
        )
        return (names, entry.fields.get("year", ""), _sortable(entry.fields.get("title", "")), entry.key)

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:
        # list and tooltip ask for the same words
        said = (entry.key, entry.type, tuple(entry.fields.items()), str(entry.persons))
        if said not in self.known:
            parts = [self.head(entry), self.title(entry), self.place(entry), self.extra(entry), self.address(entry)]
            self.known[said] = Text(" ").join([part.add_period() for part in parts if part])
        return FormattedEntry(entry.key, self.known[said], label)

    def head(self, entry: Entry) -> Text:
        authors, editors = entry.persons.get("author", []), entry.persons.get("editor", [])
        names = _names(authors or editors)
        if not authors and editors:
            names = Text(names, " (eds.)" if len(editors) > 1 else " (ed.)")
        return Text(names, f" ({entry.fields.get('year', 'n.d.')})")

    def title(self, entry: Entry) -> Text:
        title = _rich(entry, "title") if "title" in entry.fields else Text("Untitled")
        return Text(Tag("em", title)) if entry.type in WHOLE else Text("“", title, "”")

    def place(self, entry: Entry) -> Text:
        """Where it appeared: journal with volume and pages, book with editors, or the body that published it."""
        fields, parts = entry.fields, []
        journal = next((name for name in ("journal", "journaltitle") if name in fields), None)
        if journal:
            number = f" {fields['volume']}" if "volume" in fields else ""
            number += f" ({fields['number']})" if "number" in fields else ""
            parts.append(Text(Tag("em", _rich(entry, journal)), number))
        elif "booktitle" in fields:
            editors = (
                Text(", ed. ", _names(entry.persons["editor"], turned=False))
                if entry.persons.get("editor") and entry.persons.get("author")
                else Text()
            )
            parts.append(Text("In ", Tag("em", _rich(entry, "booktitle")), editors))
        for name in ("edition", "series", "institution", "organization", "school", "publisher", "howpublished"):
            if (
                name in fields
                and _sortable(fields[name]) not in _sortable(str(self.head(entry)))
                and not (journal and name == "publisher")
            ):
                parts.append(_rich(entry, name))
        if "pages" in fields:
            parts.append(Text("pp. ", fields["pages"].replace("--", "–")))
        elif "number" in fields and not journal:
            parts.append(Text("no. ", fields["number"]))
        date = fields.get("date", "")
        if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", date):
            parts.append(Text(_day(date)))
        return Text(", ").join(parts)

    def extra(self, entry: Entry) -> Text:
        return _rich(entry, "note") if "note" in entry.fields else Text()

    def address(self, entry: Entry) -> Text:
        fields = entry.fields
        read = (
            f" (read {_day(fields['urldate'])})"
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", fields.get("urldate", ""))
            else ""
        )
        if "doi" in fields:
            doi = re.sub(r"^https?://(dx\.)?doi\.org/", "", fields["doi"])
            return Text("doi:", HRef(f"https://doi.org/{doi}", doi))
        url = fields.get("url", "").replace("\\_", "_").replace("\\%", "%").replace("\\#", "#").replace("\\&", "&")
        return Text(HRef(url, re.sub(r"^https?://(www\.)?", "", url).rstrip("/")), read) if url else Text()


def _rich(entry: Entry, name: str) -> Text:
    return _from_latex(entry.fields[name])


@lru_cache(maxsize=8192)
def _from_latex(text: str) -> Text:
    return Text.from_latex(text)


def _names(persons: list[Person], turned: bool = True) -> Text:
    """Last name first for the first, as spoken for the others."""
    shown = []
    for index, person in enumerate(persons):
        given = Text(" ").join([*person.rich_first_names, *person.rich_middle_names])
        family = Text(" ").join([*person.rich_prelast_names, *person.rich_last_names, *person.rich_lineage_names])
        shown.append(
            Text(family, ", ", given)
            if given and turned and index == 0
            else Text(given, " ", family)
            if given
            else Text(family)
        )
    if len(shown) < 3:
        return Text(" and ").join(shown)
    return Text(Text(", ").join(shown[:-1]), " and ", shown[-1])


def _day(date: str) -> str:
    year, month, *day = date.split("-")
    name = MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else month
    return f"{int(day[0])} {name} {year}" if day else f"{name} {year}"


def _before_citations(app: Sphinx, env: Any) -> list[str]:
    """Prepare the cited entries; pages that cite one whose letter changed are written again."""
    domain = env.get_domain("cite")
    entries = domain.bibdata.data.entries
    citing: dict[str, set[str]] = defaultdict(set)
    for reference in domain.citation_refs:
        for target in reference.targets:
            citing[target.key].add(reference.docname)
    listed = {key for bibliography in domain.bibliographies.values() for key in bibliography.citation_nodes}
    keys = [key for key in sorted(listed | set(citing)) if key in entries]
    before = {key: entries[key].fields.get("year") for key in keys}
    prepare(entries[key] for key in keys)
    return sorted({page for key in keys if entries[key].fields["year"] != before[key] for page in citing[key]})


def setup(app: Sphinx) -> None:
    register_plugin("pybtex.style.formatting", NAME, BookStyle)
    # asked for at every citation: found at once, not by a search through all installed packages
    register_plugin("pybtex.backends", "plaintext", PlainText, force=True)
    app.connect("env-updated", _before_citations, priority=100)
