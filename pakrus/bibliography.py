"""How sources read: in the list (author, year, title, where it appeared, address) and in the text.

What comes in are entries of references.bib as pybtex parses them, of any kind (web pages, reports, press items without
an author), which the stock styles cannot; what goes out is each one's words for the list (`BookStyle`) and its label in
the text (`labels`): "Fatemi 2012". The body that stands behind an unsigned text stands for its author. The one
difficulty: sources of one author and one year need letters (2021a, 2021b), and readers want these without gaps in the
list that they see. So letters are dealt over the sources that the book shows, not over the whole file; those of the
tables come first, so that their letters, which the descriptor records, hang on no chapter.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from pybtex.database import BibliographyData, Entry, Person
from pybtex.richtext import HRef, Tag, Text
from pybtex.style.formatting import BaseStyle, FormattedEntry

from pakrus import dates, periodicals

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
# text without a sign that LaTeX reads otherwise
_PLAIN = re.compile(r"(?:[^\\{}$%&_#^~`'\"<>|?!\s-]|[ -](?![\s-]))*(?<! )")
_ORIGINAL = "pakrus-year"


def labels(
    library: BibliographyData, shown: Collection[str] | None = None, tables: Collection[str] = ()
) -> dict[str, str]:
    """Return by key what each entry is called in the text: "Fatemi 2012", "Fatemi and Malik 2012", "Fatemi et al. 2012".

    Letters (2012a, 2012b; without a year: n.d.-a) tell apart the entries that are shown and would read alike, in the
    order of their date, title and key. The library itself is left as it is.

    Parameters
    ----------
    library : BibliographyData
        All entries.
    shown : collection of str, optional
        The keys that the list of sources shows; all when it is not given. Other entries get no letter.
    tables : collection of str
        The keys of the sources of the tables, which are shown whatever the text cites and come before the others.
    """
    years = _years(library.entries.values(), shown, tables)
    return {key: f"{_author_in_text(entry)} {years[entry.key]}" for key, entry in library.entries.items()}


def of_tables(package: Mapping[str, Any]) -> set[str]:
    """Return the keys of the sources that a descriptor gives for its tables."""
    return {source["key"] for table in package["resources"] for source in table.get("sources", []) if "key" in source}


def prepare(entries: Iterable[Entry], shown: Collection[str] | None = None, tables: Collection[str] = ()) -> None:
    """Give every entry an author and, with its letter, a year to be cited by; doing so twice changes nothing.

    `entries` are those of a whole library, `shown` and `tables` keys as in `labels`.
    """
    entries = list(entries)
    for entry in entries:
        entry.fields[_ORIGINAL] = _year(entry)
        if not (entry.persons.get("author") or entry.persons.get("editor")):
            entry.persons["author"] = [_body(entry)]
    years = _years(entries, shown, tables)
    for entry in entries:
        entry.fields["year"] = years[entry.key]


def _years(entries: Iterable[Entry], shown: Collection[str] | None, tables: Collection[str]) -> dict[str, str]:
    """The year of each entry by key, with a letter where another would read the same in the text."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    years = {}
    for entry in entries:
        years[entry.key] = _year(entry)
        groups[(_sortable(_author_in_text(entry)), _year(entry))].append(entry)
    for (_, year), group in groups.items():
        first = [entry for entry in group if entry.key in tables]
        others = [entry for entry in group if entry.key not in tables and (shown is None or entry.key in shown)]
        # a table's source has its letter wherever the file has its like, cited or not
        if len(group if first else others) > 1:
            for number, entry in enumerate([*sorted(first, key=_age), *sorted(others, key=_age)]):
                years[entry.key] = f"{year}-{_letter(number)}" if year == "n.d." else year + _letter(number)
    return years


def _age(entry: Entry) -> tuple[str, str, str]:
    return (entry.fields.get("date", ""), entry.fields.get("title", ""), entry.key)


def _year(entry: Entry) -> str:
    """The year without a letter."""
    fields = entry.fields
    return fields.get(_ORIGINAL) or fields.get("year") or fields.get("date", "")[:4] or "n.d."


def _persons(entry: Entry) -> list[Person]:
    """Whom an entry is cited by: its authors, else its editors, else the body behind it."""
    return entry.persons.get("author") or entry.persons.get("editor") or [_body(entry)]


def _body(entry: Entry) -> Person:
    body = next((entry.fields[name] for name in BODIES if name in entry.fields), "")
    return Person("{" + (body or "Anonymous") + "}")


def _author_in_text(entry: Entry) -> str:
    """What a citation in the text shows: one or two names, or the first and others."""
    names = [_family((*person.prelast_names, *person.last_names)) for person in _persons(entry)]
    return " and ".join(names) if len(names) < 3 else f"{names[0]} et al."


@lru_cache(maxsize=8192)  # few bodies stand behind most of the entries
def _family(names: tuple[str, ...]) -> str:
    return str(_joined(list(names)))


def _letter(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


@lru_cache(maxsize=8192)
def _sortable(text: str) -> str:
    plain = unicodedata.normalize("NFKD", str(_from_latex(text)))
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
        """Return what an entry is sorted by: names, year, title, key."""
        persons = entry.persons.get("author") or entry.persons.get("editor") or []
        names = " ".join(
            _sortable(" ".join([*person.prelast_names, *person.last_names, *person.first_names])) for person in persons
        )
        return (names, entry.fields.get("year", ""), _sortable(entry.fields.get("title", "")), entry.key)

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:
        # list and tooltip ask for the same words
        """Set one entry, for the list and for the tooltip of a citation alike."""
        said = (entry.key, entry.type, tuple(entry.fields.items()), str(entry.persons))
        if said not in self.known:
            parts = [self.head(entry), self.title(entry), self.place(entry), self.extra(entry), self.address(entry)]
            self.known[said] = Text(" ").join([part.add_period() for part in parts if part])
        return FormattedEntry(entry.key, self.known[said], label)

    def head(self, entry: Entry) -> Text:
        """Return authors (or editors) and year."""
        authors, editors = entry.persons.get("author", []), entry.persons.get("editor", [])
        names = _names(authors or editors)
        if entry.fields.get("keywords") == "press":
            names = _in_italics(names)
        if not authors and editors:
            names = Text(names, " (eds.)" if len(editors) > 1 else " (ed.)")
        return Text(names, f" ({entry.fields.get('year', 'n.d.')})")

    def title(self, entry: Entry) -> Text:
        """Return the title: of a whole work in italics, of a part in quotation marks."""
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
                parts.append(_in_italics(_rich(entry, name)))
        if "pages" in fields:
            parts.append(Text("pp. ", fields["pages"].replace("--", "–")))
        elif "number" in fields and not journal:
            parts.append(Text("no. ", fields["number"]))
        date = fields.get("date", "")
        if dates.valid(date) and dates.precision(date) != "year":
            parts.append(Text(dates.in_words(date)))
        return Text(", ").join(parts)

    def extra(self, entry: Entry) -> Text:
        """Return the entry's note."""
        return _rich(entry, "note") if "note" in entry.fields else Text()

    def address(self, entry: Entry) -> Text:
        """Return DOI or address; on which days the addresses were read, the page says once."""
        fields = entry.fields
        if "doi" in fields:
            doi = re.sub(r"^https?://(dx\.)?doi\.org/", "", fields["doi"])
            return Text("doi:", HRef(f"https://doi.org/{doi}", doi))
        url = fields.get("url", "").replace("\\_", "_").replace("\\%", "%").replace("\\#", "#").replace("\\&", "&")
        return Text(HRef(url, re.sub(r"^https?://(www\.)?", "", url).rstrip("/"))) if url else Text()


def _in_italics(body: Text) -> Text:
    """The name of a newspaper in italics, any other body as it is."""
    name, rest = periodicals.split(str(body))
    return Text(Tag("em", name), rest) if name else body


def _rich(entry: Entry, name: str) -> Text:
    return _from_latex(entry.fields[name])


@lru_cache(maxsize=8192)
def _from_latex(text: str) -> Text:
    """Text that may have LaTeX in it; most has none, and to look for it takes long."""
    if _PLAIN.fullmatch(text):
        return Text(text)
    return Text.from_latex(text.replace(r"\$", "$"))  # pybtex leaves \$ as it is


def _joined(names: list[str]) -> Text:
    return Text(" ").join(map(_from_latex, names))


def _names(persons: list[Person], turned: bool = True) -> Text:
    """Last name first for the first, as spoken for the others."""
    shown = []
    for index, person in enumerate(persons):
        given = _joined([*person.first_names, *person.middle_names])
        family = _joined([*person.prelast_names, *person.last_names, *person.lineage_names])
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
