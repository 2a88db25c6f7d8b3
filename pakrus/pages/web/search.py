"""The search of the web edition: an index of the built pages, and the page that asks it (``static/search.js``).

In come the pages as readers get them; out goes the folder ``search-index``: ``places.js`` has every place with an
address (section, event, claim, figure, term, source) and its heading, ``a.js`` the words that begin with an a and the
places that have them, so that a search loads what it asks for and no more; scripts, because a page on a disk may not
read other files. Sphinx's own search drops numbers, cuts symbols at the stroke and knows pages only. The one difficulty is that words are cut twice, here and in the
browser, and must fall alike: ``fold`` and ``words`` have their twins in ``search.js``, and a test compares them.

A word is looked for without accents and case. What is written together is found whole and in parts: ``S/RES/303`` also
as ``RES/303`` and ``303``, ``SU-30`` as ``su30``, ``SU 30``; ``1965–66`` also as ``1966``. Other spellings of a name
(``spellings``): of one word, the browser asks for all; of several words, they stand in the index where one of them does.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html
from sphinx.application import Sphinx

from pakrus import data
from pakrus.folder import Folder
from pakrus.pages import formats
from pakrus.pages.files import digest, fill
from pakrus.terms import SPELLINGS

FOLDER = "search-index"
SPELLED = ("people", "places")  # tables with a column of other spellings
PAGE = "search"
LONGEST_SYMBOL = 6  # parts; what is longer is the address of a page
# where to look without script
LISTS = (
    ("back-matter/chronology-cold-war", "Chronology: Cold War"),
    ("back-matter/chronology-post-1991", "Chronology: post-1991"),
    ("back-matter/chronology-post-9-11", "Chronology: post-9/11"),
    ("back-matter/chronology-sco-era", "Chronology: SCO era"),
    ("back-matter/claims-ledger", "The claims, one by one"),
    ("back-matter/codebook", "Codebook: every table and field"),
    ("back-matter/glossary", "Glossary"),
    ("back-matter/bibliography", "Bibliography"),
)
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_POSSESSIVE = re.compile("['’ʼ‘`]s(?![^\\W_])")
_APOSTROPHES = re.compile("['’ʼ‘`]")
_THOUSANDS = re.compile(r"([0-9]),(?=[0-9]{3}(?![0-9]))")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
# said of every source or event alike: when it was read, whose voice it is
_FORMULAS = re.compile(
    r"\(read [0-9]+ \w+ [0-9]{4}\)|[\w/-]+ perspective; origin: |[0-9]+ (?:sources?|origins?|pieces?)\b(?: of (?:evidence|[0-9]+ origins?))?"
)
# words without which a search is the same; not in the index, passed over in a question
PASSED_OVER = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "in", "into"}
    | {"is", "it", "its", "no", "nor", "not", "of", "on", "or", "over", "so", "than", "that", "the", "their", "them"}
    | {"then", "there", "these", "they", "this", "to", "under", "until", "was", "were", "when", "which", "who", "will"}
    | {"with"}
)
_RUN = re.compile(r"[^\W_]+(?:[/.\-][^\W_]+)*")
_YEARS = re.compile(r"([0-9]{2})([0-9]{2})-([0-9]{2})")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = ("span", "a", "em", "strong", "i", "b", "sub", "sup", "code", "abbr", "cite")
_CHAPTERS = ("index", "chapters/")
_CLAIM = re.compile(r"s\d+-\d+")


class Place(NamedTuple):
    """Something on a page that a link can lead to: its ``anchor``, its heading, the text under it."""

    anchor: str
    heading: str
    text: list[str]


# words ------------------------------------------------------------------------------------------------------------------


def fold(text: str) -> str:
    """Return a text as it is compared: without accents, case, apostrophes and thousands separators, with one kind of dash."""
    plain = _BEYOND_ASCII.sub(lambda found: _plain(found[0]), text).lower()
    return _THOUSANDS.sub(r"\1", _APOSTROPHES.sub("", _POSSESSIVE.sub("", plain)))


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    """Letters beyond ASCII without what hangs on them."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in apart if unicodedata.category(char)[0] != "M")
    return _DASHES.sub("-", bare.lower().translate(_LETTERS))


def words(text: str) -> Iterator[str]:
    """Yield what a text can be found by: its words, and whatever stands together whole and in parts."""
    for run in _RUN.findall(fold(text)):
        yield from _of_run(run)


@lru_cache(maxsize=65536)
def _of_run(run: str) -> tuple[str, ...]:
    return tuple(_cut(run))


def _cut(run: str) -> Iterator[str]:
    """Yield the parts of what stands together, and the whole as it is looked for."""
    parts = re.split(r"[/.\-]", run)
    if _DECIMAL.fullmatch(run):
        yield run
        return
    yield from (part for part in parts if part not in PASSED_OVER)
    if len(parts) == 1 or len(parts) > LONGEST_SYMBOL:
        return
    if "/" in run:  # any part of a symbol: S/RES/303, RES/303
        marks = re.findall(r"[/.\-]", run)
        for start in range(len(parts)):
            for end in range(start + 2, len(parts) + 1):
                piece = "".join(p + m for p, m in zip(parts[start:end], [*marks[start : end - 1], ""], strict=True))
                yield joined(piece)
    elif any(len(part) < 4 or part[0].isdigit() for part in parts):  # co-operation, SU-30; not third-party
        yield joined(run)
        years = _YEARS.fullmatch(run)
        if years and years[3] > years[2]:
            yield years[1] + years[3]


def joined(run: str) -> str:
    """What stands together as one word: hyphens and full stops go, but for decimal points."""
    return re.sub(r"\.(?![0-9])|(?<![0-9])\.", "", run.replace("-", ""))


# other spellings --------------------------------------------------------------------------------------------------------


def spellings(folder: Folder) -> list[tuple[str, ...]]:
    """Every group of spellings of one name: of parts of names (terms), of people and of places (their tables)."""
    groups = list(SPELLINGS)
    for table in SPELLED:
        if (folder.data / f"{table}.csv").is_file():
            for row in data.rows(table, folder):
                others = [part.strip() for part in row["other_spellings"].split(";") if part.strip()]
                groups += [(row["name"], *others)] if others else []
    return groups


class Spellings:
    """The groups of spellings, ready to be looked up. ``alike``: of one word, the others that stand for it."""

    def __init__(self, groups: Iterable[tuple[str, ...]]) -> None:
        self.alike: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, list[tuple[list[str], set[str]]]] = defaultdict(list)  # by first word
        for group in groups:
            cut = [re.findall(r"[^\W_]+", fold(name)) for name in group]
            single = {name[0] for name in cut if len(name) == 1}
            for word in single:
                self.alike[word] |= single - {word}
            for name in cut:
                others = {word for other in cut if len(name) > 1 or len(other) > 1 for word in other} - set(name)
                if others:
                    self._names[name[0]].append((name, others))

    def others(self, text: str) -> Iterator[str]:
        """Yield the words that the names in a text have in other spellings, where one spelling has several words."""
        found = re.findall(r"[^\W_]+", fold(text))
        for at, word in enumerate(found):
            for name, others in self._names.get(word, ()):
                if found[at : at + len(name)] == name:
                    yield from others


# pages ------------------------------------------------------------------------------------------------------------------


def places(page: html.HtmlElement) -> list[Place]:
    """The places of one page in its order; text before the first heading counts to the page's own."""
    article = next(
        iter(page.xpath('//article[contains(concat(" ", @class, " "), " bd-article ")] | //main[@id="main"]')), None
    )
    found = [Place("", "", [])]
    if article is not None:
        _gather(article, found, found[0])
    return [place for place in found if place.heading or "".join(place.text).strip()]


def _gather(element: html.HtmlElement, found: list[Place], here: Place) -> Place:
    """Put the text of an element where it belongs; return the place at which the text after it stands."""
    here.text.append(element.text or "")
    for child in element:
        inside = here
        apart = "\n" if child.tag not in _INLINE else ""
        here.text.append(apart)
        if isinstance(child.tag, str) and not _silent(child):
            heading = _heading(child)
            if heading:
                inside = Place(child.get("id", ""), heading, [])
                found.append(inside)
            ended = _gather(child, found, inside)
            if child.tag == "dt" and heading:
                here = ended  # what a term means follows it
        here.text.append(apart + (child.tail or ""))
    return here


def _silent(element: html.HtmlElement) -> bool:
    """What is not searched: code with its facts, marks, notes (their sources stand in the bibliography), keys, addresses."""
    classes = (element.get("class") or "").split()
    if element.get("role") in {"doc-endnotes", "doc-noteref"}:
        return True
    if element.tag in {"script", "style", "math"} or {"code-fold", "headerlink", "data-link", "hash"} & set(classes):
        return True
    if element.tag == "i" and element.getparent().tag == "li":
        return True
    # addresses; and in the lists of sources the titles, which stand in the bibliography
    address = element.get("href", "") if element.tag == "a" else ""
    listed = element.getparent().tag == "li" and element.getparent().getparent().getparent().tag == "details"
    return address.startswith("http") and (listed or element.text_content() in address)


def _heading(element: html.HtmlElement) -> str:
    """What a place is called, if the element is one: it has an address and a heading, a caption or words of its own."""
    if not element.get("id"):
        return ""
    if element.tag == "section":
        title = next((child for child in element if child.tag in _HEADINGS), None)
        return _line(title) if title is not None else ""
    if element.tag == "figure":
        caption = next(iter(element.xpath(".//figcaption//p")), None)
        return _line(caption) if caption is not None else ""
    if element.tag == "dt" or "citation" in (element.get("class") or "").split():
        return _line(element, 60)
    return ""


def _line(element: html.HtmlElement, longest: int = 100) -> str:
    own = element.xpath('.//text()[not(ancestor::a[@class="headerlink" or starts-with(@href, "http")])]')
    text = " ".join(_FORMULAS.sub("", "".join(own)).split())
    return text if len(text) <= longest else text[: text.rindex(" ", 0, longest)] + " …"


# the index --------------------------------------------------------------------------------------------------------------


def index(
    pages: Iterable[tuple[str, str]], groups: Iterable[tuple[str, ...]], more: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The index of pages (address, HTML) in the order in which results of equal rank are shown.

    ``pages`` are [address, title]; ``places`` [page, anchor, heading] with an empty heading for the page itself;
    ``words`` name for each word the places that have it, each as the distance from the one before; ``alike`` other
    words to look for as well; ``passedOver`` those that are not in the index. ``more`` is what else places are found by,
    by anchor. The evidence on a claim counts to the claim, whose own page has both.
    """
    names, more = Spellings(groups), more or {}
    named, stands, having = [], [], defaultdict(set)
    claims: dict[str, int] = {}
    for address, source in pages:
        page = html.fromstring(source)
        title = page.find(".//h1")
        named.append([address, _line(title) if title is not None else address])
        for place in places(page):
            text = _FORMULAS.sub("", "\n".join(["".join(place.text), more.get(place.anchor, "")]))
            at = claims.get(place.anchor.removeprefix("evidence-"), len(stands))
            # a section's text begins with its heading; a figure's caption is in it as well
            for word in {*words(place.heading), *words(text), *names.others(text)}:
                having[word].add(at)
            if at == len(stands):
                claims |= {place.anchor: at} if _CLAIM.fullmatch(place.anchor) else {}
                stands.append([len(named) - 1, place.anchor, "" if place.heading == named[-1][1] else place.heading])
    distances = {
        word: [at - before for before, at in zip([0, *where], where, strict=False)]
        for word, where in ((word, sorted(places)) for word, places in having.items())
    }
    alike = {word: sorted(others) for word, others in sorted(names.alike.items()) if not others.isdisjoint(distances)}
    return {
        "pages": named,
        "places": stands,
        "words": dict(sorted(distances.items())),
        "alike": alike,
        "passedOver": sorted(PASSED_OVER),
    }


def write(app: Sphinx, exception: Exception | None) -> None:
    """The index of the finished pages, chapters first."""
    if exception or not formats.of(app.builder).search:
        return
    outside = {PAGE, *app.config.html_additional_pages}
    names = [name for name in app.env.found_docs if name not in outside]
    order = {name: place for place, name in enumerate(_contents(app))}
    own = sorted(Path(app.outdir, formats.TABLES).glob("*.html"))  # the tables' own pages
    files = [*(Path(app.builder.get_outfilename(name)) for name in names), *own]
    stamp = Path(app.doctreedir, f"{FOLDER}.stamp")
    tables = [Path(app.srcdir, "data", f"{table}.csv") for table in (*SPELLED, "events", "event_sources")]
    key = digest([*files, *tables, Path(__file__)])
    if Path(app.outdir, FOLDER, "places.js").is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == key:
        return
    names.sort(key=lambda name: (not name.startswith(_CHAPTERS), order.get(name, len(order)), name))
    listed = [(app.builder.get_target_uri(name), Path(app.builder.get_outfilename(name))) for name in names]
    listed += [(f"{formats.TABLES}/{path.name}", path) for path in own]
    pages = ((address, path.read_text(encoding="utf-8")) for address, path in listed)
    folder = Folder(Path(app.srcdir, "data"))
    found = index(pages, spellings(folder), testimony(folder) if formats.of(app.builder).entries else None)
    if formats.of(app.builder).entries:
        found |= {"entries": entries_of(app, found), "named": named(Folder(Path(app.srcdir, "data")))}
    parts: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for word, where in found.pop("words").items():
        parts[part_of(word)][word] = where
    files = {"places.js": f"bookSearch.start({_json({**found, 'parts': sorted(parts)})});\n"}
    files |= {f"{name}.js": f"bookSearch.take({_json(name)}, {_json(part)});\n" for name, part in parts.items()}
    fill(Path(app.outdir, FOLDER), files)
    stamp.write_text(key, encoding="utf-8")


def testimony(folder: Folder) -> dict[str, str]:
    """What the sources of each event say, by its anchor: it stands on the event's own page."""
    found: dict[str, list[str]] = defaultdict(list)
    if (folder.data / "event_sources.csv").is_file():
        for row in data.rows("event_sources", folder):
            found[row["event_id"]] += [row["origin"], row["locator"], row["note"]]
    return {name: "\n".join(said) for name, said in found.items()}


def entries_of(app: Sphinx, found: dict[str, Any]) -> dict[str, list[int]]:
    """The places of an index that are an event or a claim with a page of its own, each as the distance from the one before."""
    rows = getattr(app.env, "pakrus_rows", {})
    homes = {name: app.builder.get_target_uri(page) for name, (page, _) in rows.items()}
    kept: dict[str, list[int]] = {}
    for kind in ("events", "claims"):
        at = [
            number
            for number, (page, anchor, _) in enumerate(found["places"])
            if homes.get(anchor) == found["pages"][page][0]
            and Path(app.outdir, formats.entry_file(kind, anchor)).is_file()
        ]
        kept[kind] = [here - before for before, here in zip([0, *at], at, strict=False)]
    return kept


def named(folder: Folder) -> list[tuple[str, str, int, list[str]]]:
    """The people and places of the events, each with the number of these and its other spellings, the most frequent first.

    The kind is the name of the explorer's field: ``person`` or ``place``. None without the tables of an explorer.
    """
    if not all((folder.data / name).is_file() for name in ("events.csv", "people.csv", "places.csv", "geo/land.csv")):
        return []
    events, kept = data.rows("events", folder), []
    for kind, table, column, mark in (("person", "people", "people", "; "), ("place", "places", "place", " / ")):
        counts = Counter(name.partition(" (")[0] for row in events for name in row[column].split(mark) if name)
        others = {row["name"]: row["other_spellings"] for row in data.rows(table, folder)}
        kept += [(name, kind, n, [o for o in others.get(name, "").split("; ") if o]) for name, n in counts.items()]
    return sorted(kept, key=lambda one: (-one[2], one[0]))


def part_of(word: str) -> str:
    """The part of the index that has a word: its first letter or digit, "other" for those that are not a-z, 0-9."""
    return word[0] if word[0].isascii() else "other"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _contents(app: Sphinx) -> list[str]:
    """The pages in the order of the book."""
    found, waiting = [], [app.config.root_doc]
    while waiting:
        name = waiting.pop(0)
        found.append(name)
        waiting = [*app.env.toctree_includes.get(name, []), *waiting]
    return found


def _replace(app: Sphinx) -> None:
    """The book's own search page instead of Sphinx's."""
    if formats.of(app.builder).search:
        app.builder.search = False
        app.config.html_additional_pages = {**app.config.html_additional_pages, PAGE: "search.html"}


def _name_lists(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    if pagename == PAGE:
        context["search_pages"] = LISTS


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _replace)
    app.connect("html-page-context", _name_lists)
    app.connect("build-finished", write)
