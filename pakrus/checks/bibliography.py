"""The rules of the bibliography: entries that a reader can follow, and keys of the tables that are in it."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from pybtex.database import BibliographyData

from pakrus import dates
from pakrus.bibliography import labels
from pakrus.checks.problem import Problem, Row
from pakrus.folder import DESCRIPTOR, REFERENCES

PLACES = ("howpublished", "journal", "publisher", "booktitle", "isbn", "doi")


def unreadable(error: Exception) -> Problem:
    """Return the problem of a bibliography that is missing or no BibTeX."""
    remedy = "Mend the entry that the message names."
    return Problem(REFERENCES, None, "", str(error)[:200], "BibTeX with every key once", remedy)


def problems(library: BibliographyData) -> Iterator[Problem]:
    """Every entry has what and where (an author only where the source shows one); no two lead to one address; an address leads to a page."""
    addresses: dict[str, str] = {}
    for key, entry in library.entries.items():
        yield from _entry(key, entry.fields)
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
    for name in ("date", "urldate"):
        if fields.get(name) and not dates.valid(fields[name]):
            yield wrong(fields[name], f"an ISO 8601 {name}", "Correct it, or leave it out if it is not known.")


def keys(package: dict, rows: Mapping[str, list[Row]], library: BibliographyData) -> Iterator[Problem]:
    """Every key that a table or the descriptor names is in the bibliography."""
    expected, remedy = f"a key of {REFERENCES}", "Add the entry, or mend the key."
    called = labels(library)
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
        for number, row in enumerate(rows.get(entry["name"], []) if column else [], start=2):
            if row[column] and row[column] not in library.entries:
                yield Problem(f"data/{entry['path']}", number, column, row[column], expected, remedy)
