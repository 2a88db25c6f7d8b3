"""Citations in the styles: equal to strings that another processor (citeproc-js) made and a reader of the manuals judged."""

import csv
import datetime
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import zotero_reader
from edition_programs import program
from pybtex.database import parse_string

from pakrus import citation
from pakrus.citation import styles
from pakrus.folder import ROOT
from pakrus.quotations import quoted

WHO = "Pakistan and Russia since 1947 contributors"
URL = "https://example.org/page.html"
BOOK = citation.Book(
    "Pakistan and Russia since 1947: an executable history",
    (WHO,),
    "0.1.0",
    datetime.date(2026, 11, 22),
    licences=("CC-BY-4.0", "MIT"),
)
TITLE = "*Pakistan and Russia since 1947: An Executable History*"  # as Chicago and MLA have it
CHAPTER = citation.Work(BOOK, "The Cold War, 1947–1991", "cold-war", "2", URL)
FIGURE = CHAPTER.at("Figure 2.3", "Pakistan stood with Washington", sources=("United Nations Digital Library.",))
EVENT = citation.Work(
    BOOK,
    "Tashkent Declaration signed by India and Pakistan",
    "1966-01-10-tashkent-declaration",
    address=URL,
    kind="event",
)
DATA = citation.Work(BOOK, "Trade between Pakistan and the USSR/Russia", "trade", address=URL, kind="table")
WORKS = {
    "book": citation.Work(BOOK, BOOK.title, "book", address=URL, kind="book"),
    "chapter": CHAPTER,
    "page": citation.Work(BOOK, "Codebook", "codebook", address=URL),
    "figure": FIGURE,
    "table on a page": CHAPTER.at("Table 12.10", address=f"{URL}#table"),
    "event": EVENT,
    "claim": citation.Work(BOOK, "The USSR vetoed three resolutions.", "S0-01", kind="claim", address=URL),
    "project": citation.Work(BOOK, "Karachi steel mill", "karachi-steel-mill", kind="project", address=URL),
    "table": DATA,
    "data": citation.Work(BOOK, "Pakistan and Russia since 1947: the data", "data", address=URL, kind="data"),
}
# the gold: the first nine are the judge's, the others follow from the same rules
GOLD = [
    (
        CHAPTER,
        "apa",
        f"{WHO}. (2026). The Cold War, 1947–1991. In *Pakistan and Russia since 1947: An executable history* "
        f"(Version 0.1.0, Chapter 2). {URL}",
    ),
    (FIGURE, "in-text", f"({WHO}, 2026, Figure 2.3)"),
    (
        CHAPTER,
        "chicago-author-date",
        f"{WHO}. 2026. “The Cold War, 1947–1991.” Chap. 2 in {TITLE}, version 0.1.0. {URL}.",
    ),
    (
        FIGURE,
        "chicago-note",
        f"{WHO}, “The Cold War, 1947–1991,” chap. 2 in {TITLE}, version 0.1.0 (2026), fig. 2.3, {URL}.",
    ),
    (CHAPTER, "mla", f"{WHO}. “The Cold War, 1947–1991.” {TITLE}, version 0.1.0, 2026, {URL}."),
    (
        EVENT,
        "apa",
        f"{WHO}. (2026). Tashkent Declaration signed by India and Pakistan [Register entry "
        "1966-01-10-tashkent-declaration]. In *Pakistan and Russia since 1947: An executable history* "
        f"(Version 0.1.0). {URL}",
    ),
    (
        DATA,
        "apa",
        f"{WHO}. (2026). Trade between Pakistan and the USSR/Russia (table trade) [Data set]. In *Pakistan and Russia "
        f"since 1947: An executable history* (Version 0.1.0). {URL}",
    ),
    (CHAPTER, "in-text", f"({WHO}, 2026)"),
    (
        CHAPTER,
        "chicago-note",
        f"{WHO}, “The Cold War, 1947–1991,” chap. 2 in {TITLE}, version 0.1.0 (2026), {URL}.",
    ),
    (
        CHAPTER,
        "chicago-bibliography",
        f"{WHO}. “The Cold War, 1947–1991.” Chap. 2 in {TITLE}, version 0.1.0. 2026. {URL}.",
    ),
    (
        DATA,
        "chicago-author-date",
        f"{WHO}. 2026. “Trade between Pakistan and the USSR/Russia (table trade).” Data set. In {TITLE}, "
        f"version 0.1.0. {URL}.",
    ),
    (WORKS["book"], "mla", f"{WHO}. {TITLE}. Version 0.1.0, 2026, {URL}."),
    (WORKS["book"], "chicago-note", f"{WHO}, {TITLE}, version 0.1.0 (2026), {URL}."),
    (
        FIGURE,
        "credit",
        "Source: United Nations Digital Library. Figure 2.3, “The Cold War, 1947–1991”, in: "
        f"{WHO}, *Pakistan and Russia since 1947: An executable history*, version 0.1.0 (2026), CC BY 4.0, {URL}.",
    ),
]


@pytest.mark.parametrize(
    ("work", "style", "wanted"), GOLD, ids=[f"{work.slug} {work.part} {style}" for work, style, _ in GOLD]
)
def test_a_citation_is_as_the_gold_string(work, style, wanted):
    assert unescape(re.sub("</?i>", "*", citation.strings(work)[style])) == wanted


@pytest.mark.parametrize("name", WORKS)
def test_every_kind_of_work_has_every_style(name):
    found = citation.strings(WORKS[name])
    assert list(found) == list(citation.LABELS)
    for style, string in found.items():
        assert WHO in string and "2026" in string and "zzq" not in string.lower() and "9876" not in string, style
        assert (URL in string) == (style != "in-text"), style
        ElementTree.fromstring(f"<p>{string}</p>")  # well-formed
        words = citation.plain(string)
        assert not re.search(r"\.\.|,,|  |\?\.|[<>]|None", words), words
        assert style == "credit" or not re.search("”[.,]", words), words


def test_an_entry_without_an_address_has_its_place_in_a_copy():
    work = citation.Work(BOOK, "One", "S0-01", kind="claim", path="claims/s0-01.html")
    for style, string in citation.strings(work).items():
        assert (string.rstrip(".").endswith(" claims/s0-01.html")) == (style != "in-text"), style
    assert "\nUR  - " not in citation.ris(work) and "claims/s0-01.html" in citation.ris(work)
    published = replace(work, address=URL)
    assert all("claims/" not in text for text in (*citation.strings(published).values(), citation.ris(published)))


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        ("apa", " “is a friend of today’s ‘very free’ USSR” [Claim"),
        ("chicago-note", ", “‘Is a Friend of Today’s “Very Free” USSR,’” claim"),
        ("chicago-bibliography", ". “‘Is a Friend of Today’s “Very Free” USSR.’” Claim"),
        ("chicago-author-date", ". “‘Is a Friend of Today’s “Very Free” USSR.’” Claim"),
        ("mla", ". “‘Is a Friend of Today’s “Very Free” USSR.’” Claim"),
        ("credit", ", “‘is a friend of today’s “very free” USSR’”, in"),
    ],
)
def test_a_quotation_in_a_title_alternates_its_marks(style, wanted):
    work = citation.Work(BOOK, quoted("is a friend of today’s “very free” USSR"), "S0-10", kind="claim", address=URL)
    string = citation.strings(work)[style]
    assert wanted in string
    assert style == "credit" or string == styles.direct(work, style)


def test_without_an_address_it_is_left_out():
    for style, string in citation.strings(citation.Work(BOOK, "One", "one", "1")).items():
        assert "http" not in string and string.endswith(("0.1.0", ".", ")")), style


def test_a_doi_goes_before_the_address_but_an_event_keeps_its_own():
    book = citation.Book(*(getattr(BOOK, name) for name in ("title", "authors", "version", "date")), doi="10.1/x")
    for kind, wanted in (("book", "https://doi.org/10.1/x"), ("chapter", "https://doi.org/10.1/x"), ("event", URL)):
        found = citation.strings(citation.Work(book, "One", "one", address=URL, kind=kind))
        assert all(wanted in string for style, string in found.items() if style != "in-text"), kind
        assert sum("http" in string for string in found.values()) == len(found) - 1


@pytest.mark.parametrize(
    ("title", "apa", "chicago"),
    [
        ("Did the USSR veto?", "Did the USSR veto? In <i>P", "“Did the USSR Veto?” Chap. 1 in"),
        ("It did.", "It did. In <i>P", "“It Did.” Chap. 1 in"),
        ("A & <b>", "A &amp; &lt;b&gt;. In", "“A &amp; &lt;b&gt;.” Chap."),
        ("Oil: after the war", "Oil: After the war.", "“Oil: After the War.”"),
        ("Trade since 1991", "Trade since 1991.", "“Trade since 1991.”"),
        ("Between two wars", "Between two wars.", "“Between Two Wars.”"),
    ],
)
def test_titles_with_marks_and_small_words(title, apa, chicago):
    found = citation.strings(citation.Work(BOOK, title, "x", "1"))
    assert apa in found["apa"] and chicago in found["chicago-author-date"]


def test_what_is_filled_in_is_what_the_processor_says():
    with open(ROOT / "data" / "events.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    events = [citation.Work(BOOK, row["title"], row["event_id"], kind="event") for row in rows[::60]]
    asked = citation.Work(BOOK, "Which of the two & <more>?", "x", "11", "https://example.org/?a=1&b=2").at(
        "Figure 11.2"
    )
    for work in [*WORKS.values(), *events, asked]:
        found = citation.strings(work)
        for style in citation.LABELS:
            if style != "credit":
                assert found[style] == styles.direct(work, style), work


@pytest.mark.parametrize("name", WORKS)
def test_what_programs_import_is_read_back(name, tmp_path):
    work = WORKS[name]
    files = citation.files(work)
    title = BOOK.title if work.whole else work.name
    (entry,) = parse_string(files["bib"], "bibtex").entries.values()
    assert re.sub(r"[{}\\]", "", entry.fields["title"]).lower() == title.lower()
    assert entry.fields["url"] == work.address and entry.fields["edition"] == "Version 0.1.0"
    rows = [line.split("  - ") for line in files["ris"].splitlines()]
    tags = {tag: value for tag, value in rows}
    assert rows[0][0] == "TY" and rows[-1] == ["ER", ""] and all(re.fullmatch("[A-Z][A-Z0-9]", tag) for tag in tags)
    assert tags["TI"].lower() == title.lower() and tags["UR"] == work.address
    assert zotero_reader.authors([tags["AU"]]) == [("", WHO)]
    # the item that a reference manager imports gives the same citation again, in the style it writes itself
    (item,) = citation.exchange.json.loads(files["json"])
    assert item["author"] == [{"literal": WHO}] and item["title"].lower() == title.lower()
    assert item["URL"] == work.address and item["issued"] == {"date-parts": [[2026, 11, 22]]}
    again = styles._ask("apa", citation.exchange.json.dumps({**item, "id": "again"}), "")
    assert again == citation.strings(work)["apa"]


def test_another_parser_reads_the_entries():
    bibtexparser = program("bibtexparser")
    text = "\n".join(citation.files(work)["bib"] for work in WORKS.values())
    if hasattr(bibtexparser, "parse_string"):
        assert len(bibtexparser.parse_string(text).entries) == len(WORKS)
    else:
        assert len(bibtexparser.loads(text).entries) == len(WORKS)


def test_the_keys_of_all_works_differ():
    keys = [re.match(r"@\w+\{([^,]+),", citation.files(work)["bib"]).group(1) for work in WORKS.values()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", key) for key in keys)


def test_the_lock_has_the_processor_and_the_styles():
    lock = Path(ROOT, "requirements.txt").read_text(encoding="utf-8")
    assert "\nciteproc-py==" in lock and "\nciteproc-py-styles==" in lock
