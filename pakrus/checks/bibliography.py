"""The rules of the bibliography: entries that a reader can follow and LaTeX can set, keys of the tables that are in it.

In go the entries as pybtex parses them, the descriptor and the rows of the tables, out come problems. The difficulty: a
field is a text for LaTeX, where a few letters have a meaning of their own, but addresses and keywords are not set.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from pybtex.database import BibliographyData, Entry
from pybtex.scanner import PybtexError

from pakrus import dates
from pakrus.bibliography import labels, of_tables
from pakrus.checks.cells import damaged, invisible, mixed_word
from pakrus.checks.problem import Problem, Row, Unread
from pakrus.folder import DESCRIPTOR, REFERENCES
from pakrus.references import NONE, NUMBERS, WORKS, numbered

NOT_SET = {"url", "doi", "date", "urldate", "year", "langid", "keywords", "isbn", "issn"}  # fields that nobody typesets
MEANT = re.compile(r"(?<!\\)(?:\\\\)*([$&%#_~^])")  # letters that LaTeX takes for commands
UNOFFICIAL = re.compile(  # hosts that hand out books and articles of others
    r"(?:^|\.)(?:biblio|bibliboba|bookreadfree|djvu|docslib|dokumen|ebooksa|elib|epdf|fdocuments|fdokumen|issuhub|libmonster"
    r"|litbaza|litlife|many-books|mdict|pdfslide|rulit|scribd|studylib|vdocuments?|whosread|wikireading|x-libri)\."
)
PLACES = ("howpublished", "journal", "publisher", "booktitle", "institution", "isbn", "doi", "school")


TYPES = {
    "online",
    "article",
    "book",
    "incollection",
    "inproceedings",
    "report",
    "thesis",
    "phdthesis",
    "misc",
    "techreport",
    "dataset",
    "inbook",
}
LANGUAGES = {
    "arabic",
    "bengali",
    "bulgarian",
    "chinese",
    "dutch",
    "french",
    "german",
    "hindi",
    "indonesian",
    "italian",
    "korean",
    "polish",
    "portuguese",
    "russian",
    "spanish",
    "turkish",
    "ukrainian",
    "urdu",
}


def text_problems(text: str) -> Iterator[Problem]:
    """The file as a text: no mark of a program at its head, no marks of an unfinished merge."""
    if text.startswith("\ufeff"):
        yield Problem(
            REFERENCES,
            None,
            "",
            "a byte-order mark",
            "text that begins with its first letter",
            "Save it as UTF-8 without the mark.",
        )
    for number, line in enumerate(text.split("\n"), start=1):
        if re.match(r"<{7} |={7}$|>{7} ", line):
            expected = "one version of each entry; this line is a mark of an unfinished merge"
            yield Problem(REFERENCES, number, "", line[:40], expected, "Choose one version and take the marks out.")


def unreadable(error: Exception) -> Problem:
    """Return the problem of a bibliography that is missing or no BibTeX."""
    remedy = "Mend the entry that the message names."
    return Problem(REFERENCES, None, "", str(error)[:200], "BibTeX with every key once", remedy)


def problems(library: BibliographyData) -> Iterator[Problem]:
    """Every entry has what and where (an author only where the source shows one); no two lead to one address; an address leads to a page."""
    addresses: dict[str, str] = {}
    for key, entry in library.entries.items():
        yield from _entry(key, entry.fields)
        yield from _set(key, entry)
        yield from _numbered(key, entry)
        if entry.type not in TYPES:
            yield Problem(
                REFERENCES, None, key, f"@{entry.type}", f"one of {', '.join(sorted(TYPES))}", "Mend the kind."
            )
        for person in (str(person) for role in entry.persons.values() for person in role):
            if re.search(r"\bet al\b", person) or person.count(",") > 2:
                expected = "each author in full, joined by ' and '"
                yield Problem(REFERENCES, None, key, person, expected, "Name all, or write 'and others' at the end.")
        url = entry.fields.get("url", "")
        same = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
        if same in addresses and not same.startswith("doi.org/"):
            expected = f"an address that no other entry has ({addresses[same]})"
            yield Problem(REFERENCES, None, key, url, expected, "Keep one entry and one key.")
        if url:
            addresses[same] = key


def _entry(key: str, fields: Mapping[str, str]) -> Iterator[Problem]:
    def wrong(found: str, expected: str, remedy: str) -> Problem:
        return Problem(REFERENCES, None, key, found, expected, remedy)

    url, parts = fields.get("url", ""), urlsplit(fields.get("url", ""))
    if not re.fullmatch(r"[a-z0-9]+", key):
        yield wrong(key, "a key of lower-case letters and digits", "Rename it here and in the tables.")
    if "title" not in fields:
        yield wrong("no title", "a title", "Add it.")
    if not url and not any(name in fields for name in PLACES):
        yield wrong("no address", "an address, or a place of publication", "Add what a reader can follow.")
    if url and (parts.scheme not in ("http", "https") or not parts.netloc):
        yield wrong(url, "a full http(s) address", "Correct it.")
    elif url and not parts.path.strip("/") and not parts.query and fields.get("keywords") == "press":
        yield wrong(url, "the address of a page, not of a whole site", "Give the page's own address.")
    if UNOFFICIAL.search(parts.netloc.lower()):
        expected = "publisher, journal, institution, ISBN or DOI of the work, and no address of an unofficial copy"
        yield wrong(url, expected, "Give the work itself; say in the note that an unofficial copy was read.")
    for name in ("date", "urldate"):
        if fields.get(name) and not dates.valid(fields[name]):
            yield wrong(fields[name], f"an ISO 8601 {name}", "Correct it, or leave it out if it is not known.")
    date, year, read = (fields.get(name, "") for name in ("date", "year", "urldate"))
    if re.search(r"\s", url) or url.count("://") > 1 and "web.archive.org" not in url:
        yield wrong(url, "one address without blanks", "Keep the page that was read; write a blank as %20.")
    if dates.valid(date) and year != date[:4]:
        yield wrong(f"year = {{{year}}}", f"year = {{{date[:4]}}}, as in its date", "Make both say the same.")
    elif year and not re.fullmatch(r"\d{4}", year):
        yield wrong(f"year = {{{year}}}", "a year of four figures", "Correct it, or leave it out if it is not known.")
    if dates.valid(date) and dates.valid(read) and dates.before(read, date):
        yield wrong(f"urldate = {{{read}}}", f"a day of reading after its date, {date}", "Correct one of the two.")
    if "://" in fields.get("doi", "") or fields.get("doi", "10.").partition("/")[0].partition(".")[0] != "10":
        yield wrong(f"doi = {{{fields['doi']}}}", "the DOI itself, from 10. on", "Take the address before it out.")
    if "title" in fields and not fields["title"].strip(" {}"):
        yield wrong("a blank title", "a title", "Write it.")
    if fields.get("langid") and fields["langid"] not in LANGUAGES:
        yield wrong(f"langid = {{{fields['langid']}}}", f"one of {', '.join(sorted(LANGUAGES))}", "Mend the name.")


def _numbered(key: str, entry: Entry) -> Iterator[Problem]:
    """A book, an article or a part of a book has its number, or says that none was seen; a number is one."""
    said, isbn = entry.fields.get("identifier", ""), entry.fields.get("isbn", "")
    if entry.type in WORKS and said != ("" if numbered(entry) else NONE):
        found = f"identifier = {{{said}}}" if said else f"no {' and no '.join(NUMBERS)}"
        expected = f"a doi, an isbn, or else identifier = {{{NONE}}}"
        yield Problem(
            REFERENCES, None, key, found, expected, "Give the number that you read, or say that there is none."
        )
    if isbn and not _isbn(isbn):
        expected = "an ISBN of 10 or 13 figures whose last one fits"
        yield Problem(REFERENCES, None, key, isbn, expected, "Read it again in the book or in a catalogue.")


def _isbn(text: str) -> bool:
    """Whether a text is an ISBN, hyphens or not, whose check digit is right."""
    digits = re.sub("[- –]", "", text)
    if re.fullmatch(r"\d{13}", digits):
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    weighed = (
        weight * (10 if digit == "X" else int(digit)) for weight, digit in zip(range(10, 0, -1), digits, strict=True)
    )
    return bool(re.fullmatch(r"\d{9}[\dX]", digits)) and sum(weighed) % 11 == 0


def _set(key: str, entry: Entry) -> Iterator[Problem]:
    """Every field that is set is a text that LaTeX, citation managers and readers can read: at most one problem a field."""
    persons = {role: " and ".join(map(str, persons)) for role, persons in entry.persons.items()}
    for name, text in {**persons, **entry.fields}.items():
        said = None if name in NOT_SET else _unsettable(text)
        said = said or ((f"visible letters only; {found}", "Delete it.") if (found := invisible(text)) else None)
        if said:
            yield Problem(REFERENCES, None, key, f"{name} = {{{text}}}", *said)


def _unsettable(text: str) -> tuple[str, str] | None:
    """What is expected in place of a text that is set, and how to mend it; None where nothing is wrong with it."""
    bare = MEANT.search(text)
    if bare:
        sign = bare[1]
        written = {"~": r"a plain blank, or \textasciitilde{}", "^": r"\textasciicircum{}"}.get(sign, f"\\{sign}")
        return (
            f"{written} in place of {sign}, which LaTeX takes for a command",
            "Write it so: programs then read the whole file.",
        )
    depth = [0]
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth.append(depth[-1] + (1 if brace == "{" else -1))
    if depth[-1] or min(depth) < 0:
        return "braces in pairs", "Close or take out the one that stands alone."
    if re.search(r"(?<!\\)(?:\\\\)*\\$", text):
        return "no backslash at the end", "Take it out."
    if not unicodedata.is_normalized("NFC", text):
        return "letters with their accents in one (NFC)", "Type the letters anew."
    if mixed := mixed_word(text):
        return f"words in one alphabet; {mixed}", "Type the letter anew with the keyboard of the word's alphabet."
    return damaged(text)


def keys(package: dict, rows: Mapping[str, list[Row]], library: BibliographyData) -> Iterator[Problem]:
    """Every key that a table or the descriptor names is in the bibliography."""
    expected, remedy = f"a key of {REFERENCES}", "Add the entry, or mend the key."
    try:
        called = labels(library, (), of_tables(package))
    except PybtexError as error:
        yield unreadable(error)
        return
    for entry in package["resources"]:
        for source in entry.get("sources", []):
            if source.get("key") and source["key"] not in library.entries:
                where = f"{entry['name']}.sources"
                yield Problem(f"data/{DESCRIPTOR}", None, where, source["key"], expected, remedy)
            elif source.get("key") and source.get("pakrus:label") != called[source["key"]]:
                where, found = f"{entry['name']}.sources", source.get("pakrus:label", "no pakrus:label")
                name = f"{called[source['key']]!r}, what the text calls {source['key']}"
                yield Problem(f"data/{DESCRIPTOR}", None, where, found, name, "Run 'python -m pakrus seal'.")
        column = entry.get("pakrus:sourceColumn")
        if column and column not in {field["name"] for field in entry["schema"]["fields"]}:
            where, remedy_here = f"{entry['name']}.pakrus:sourceColumn", "Mend the descriptor."
            yield Problem(f"data/{DESCRIPTOR}", None, where, str(column), "a column of the table", remedy_here)
            continue
        try:
            found = rows.get(entry["name"], []) if column else []
        except Unread as missing:
            missing.stops(entry["name"])
            continue
        for number, row in enumerate(found, start=2):
            if row[column] and row[column] not in library.entries:
                yield Problem(f"data/{entry['path']}", number, column, row[column], expected, remedy)
