"""The index of persons and places: where a text names them, and the list with page numbers.

In come the tables `people` and `places` and the pages of a volume as trees; out go marks in the text (``span.named``) and, once the
pages are set, an entry for each name with the pages it stands on. The one difficulty is short forms: after "Mikhail Gorbachev" the
text says "Gorbachev". A word of a full name counts for the one person who is named in full anywhere in the volume and has it, and
of several for the one whom the chapter named last; beside another capitalised name it counts for nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, NavigableString, Tag

from pakrus import data
from pakrus.folder import Folder

TABLES = ("people", "places")
# last parts of a name by which nobody is called alone; then the first part serves as well
COMMON = frozenset({"Khan", "Ali", "Ahmad", "Ahmed", "Shah", "Singh", "Hussain", "Husain"})
# words with a capital that may stand before a surname
_TITLES = (
    "President Premier Minister General Marshal Admiral Ambassador Chairman Secretary Colonel Senator Begum Mullah Dr Mr Mrs "
    "Ministers Presidents But And When Then In To For So Yet What That As If By Of On While After Before Under Both"
)
TITLES = frozenset(_TITLES.split())
FAMILY_NAME_FIRST = frozenset({"CHN"})
EVERYWHERE = 0.35  # of a volume's pages: what stands on more of them is its subject, not an entry
_BLOCKS = ("p", "li", "dd", "figcaption", "h2", "h3")
_WORD = re.compile(r"[A-Z][\w’'-]+")


class Name(NamedTuple):
    """A person or place: the words it is written in, and how the index writes it."""

    entry: str
    spellings: tuple[str, ...]
    short: tuple[str, ...] = ()


def known(root: Path) -> list[Name]:
    """Return the persons and places of the book's tables; a book may have none."""
    found = []
    for table in TABLES:
        if not (root / "data" / f"{table}.csv").is_file():
            continue
        for row in data.rows(table, Folder(root / "data")):
            if row.get("kind") in ("body", "none"):
                continue
            spellings = (row["name"], *filter(None, row["other_spellings"].split("; ")))
            person = table == "people"
            entry = inverted(row["name"], row["state"]) if person else row["name"]
            found.append(Name(entry, spellings, short_forms(row["name"]) if person else ()))
    return found


def inverted(name: str, state: str = "") -> str:
    """Return a person's name as an index has it: the last part first, unless the family name stands first already."""
    parts = name.split(" ")
    if len(parts) == 1 or state in FAMILY_NAME_FIRST or re.match(r"(?:ul|ud|ur|uz|us)-|us$", parts[-1]):
        return name
    return f"{parts[-1]}, {' '.join(parts[:-1])}"


def short_forms(name: str) -> tuple[str, ...]:
    """Return the words by which a person may be called after the first time."""
    parts = name.split(" ")
    if len(parts) == 1 or len(parts[-1]) < 3:
        return ()
    if parts[-1] in COMMON or re.match(r"(?:ul|ud|ur)-", parts[-1]):
        first = parts[0] if parts[0] not in ("Muhammad", "Mohammad", "Syed", "Abdul") else ""
        return tuple(filter(None, (first, parts[-1] if parts[-1] == "Khan" else "")))
    return (parts[-1],)


def mark(pages: Iterable[tuple[str, Tag]], names: list[Name]) -> dict[str, list[str]]:
    """Mark the first mention of each name in every block of the pages; return the marks' ids, by entry."""
    if not names:
        return {}
    full = {spelling: name for name in names for spelling in name.spellings}
    pattern = _either(full)
    pages = list(pages)
    present = {full[found] for _, page in pages for found in pattern.findall(page.get_text(" "))}
    called: dict[str, list[Name]] = defaultdict(list)
    for name in sorted(present):
        for word in name.short:
            called[word].append(name)
    both = _either([*full, *called])
    marks: dict[str, list[str]] = defaultdict(list)
    for slug, page in pages:
        last: dict[str, Name] = {}
        number = 0
        for block in page.find_all(_BLOCKS):
            seen: set[str] = set()
            for text in _texts(block):
                pieces: list[str | Tag] = []
                at = 0
                for found in both.finditer(text):
                    name = full.get(found[0]) or _meant(found, text, called[found[0]], last)
                    if name is None:
                        continue
                    last.update(dict.fromkeys(name.short, name) if found[0] in full else {})
                    if name.entry in seen:
                        continue
                    seen.add(name.entry)
                    number += 1
                    identifier = f"{slug}--named-{number}"
                    marks[name.entry].append(identifier)
                    span = BeautifulSoup("", "lxml").new_tag("span", attrs={"class": "named", "id": identifier})
                    span.string = found[0]
                    pieces += [text[at : found.start()], span]
                    at = found.end()
                if pieces:
                    text.replace_with(*[piece for piece in (*pieces, text[at:]) if piece])
    return dict(marks)


def _either(words: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(set(words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")


def _texts(block: Tag) -> Iterator[NavigableString]:
    """The running text of a block: not its notes, nor that of blocks within it."""
    for text in list(block.find_all(string=True)):
        around = text.find_parent(_BLOCKS)
        if around is block and not any(
            parent.name in ("table", "code") or _is_apart(parent) for parent in text.parents
        ):
            yield text


def _is_apart(tag: Tag) -> bool:
    return bool({"foot", "citation", "legend", "glossary", "named"} & set(tag.get("class") or ()))


def _meant(found: re.Match[str], text: str, persons: list[Name], last: Mapping[str, Name]) -> Name | None:
    """Whom a short form means, or None."""
    before = re.search(r"([\w’'-]+)\s$", text[: found.start()])
    after = re.match(r"\s([\w’'-]+)", text[found.end() :])
    if after and _WORD.fullmatch(after[1]):
        return None
    if before and _WORD.fullmatch(before[1]) and before[1] not in TITLES:
        return None
    return persons[0] if len(persons) == 1 else last.get(found[0])


# the list -----------------------------------------------------------------------------------------------------------------


def entries(marks: Mapping[str, list[str]], page_of: Mapping[str, int], pages: int) -> list[tuple[str, list[int]]]:
    """Return the entries in alphabetical order, each with its pages; without what stands nearly everywhere."""
    found = {entry: sorted({page_of[name] for name in ids if name in page_of}) for entry, ids in marks.items()}
    kept = {entry: on for entry, on in found.items() if 0 < len(on) <= max(EVERYWHERE * pages, 8)}
    return sorted(kept.items(), key=lambda item: folded(item[0]))


def listed(rows: list[tuple[str, list[int]]]) -> str:
    """The list as HTML, a little space before each letter; each page number leads to its page."""
    items, letter = [], ""
    for entry, on in rows:
        first = folded(entry)[:1]
        begins = ' class="letter"' if letter and first != letter else ""
        letter = first
        items.append(f"<li{begins}>{escape(entry)}, {', '.join(_shown(start, end) for start, end in spans(on))}</li>")
    return f'<ul class="index">{"".join(items)}</ul>' if items else ""


def spans(pages: list[int]) -> list[tuple[int, int]]:
    """Return neighbouring pages together: [3, 4, 5, 9] is 3 to 5, and 9."""
    found: list[tuple[int, int]] = []
    for page in pages:
        if found and found[-1][1] == page - 1:
            found[-1] = (found[-1][0], page)
        else:
            found.append((page, page))
    return found


def _shown(start: int, end: int) -> str:
    first = f'<a href="#page-{start}">{start}</a>'
    return first if start == end else f'{first}–<a href="#page-{end}">{end}</a>'


def folded(text: str) -> str:
    """Return a name as the index sorts it: small letters without marks, nothing else."""
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z ]", "", "".join(char for char in plain if not unicodedata.combining(char)).lower())
