"""The pages of single events, claims and projects in the built book: all are there, small, sound and reached."""

import csv
import json
import os
import re
import time
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from built_book import ROOT, look
from test_html import errors

from pakrus import references
from pakrus.pages.entries import shown
from pakrus.pages.entries.tables import read
from pakrus.pages.formats import ENTRIES, EXPLORER, TABLES

KEYS = {"events": "event_id", "claims": "claim_id", "projects": "project_id"}
# one of each kind, and the longest
SAMPLE = ["events/1966-01-10-tashkent-declaration.html", "claims/s1-48.html", "projects/north-south-gas-pipeline.html"]
MOST = 8_000_000  # bytes of all
LINK = re.compile(r'(?:href|src)="([^"#:?]*)(?:\?[^"#:]*)?(?:#([^"]+))?"')


@pytest.fixture(scope="module")
def texts(html):
    return {
        f"{kind}/{path.name}": path.read_text("utf-8") for kind in ENTRIES for path in sorted((html / kind).iterdir())
    }


def test_every_row_has_a_page_and_every_page_a_row(texts):
    wanted = set()
    for table, key in KEYS.items():
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            wanted |= {f"{table}/{row[key].lower()}.html" for row in csv.DictReader(file)}
    assert set(texts) == wanted and len(wanted) > 900


def test_every_page_without_the_theme_has_doors_back_into_the_book(html, texts):
    """The landing page, the first chapter, explorer, search, how to cite; and they are light."""
    ways = [
        ("index.html", "Pakistan and Russia since 1947"), ("chapters/introduction.html", "Read"), ("explore.html", "Explore"),
        ("search.html", "Search"), ("back-matter/how-to-cite.html", "Cite"),
    ]  # fmt: skip
    small = texts | {f"{TABLES}/{path.name}": path.read_text("utf-8") for path in (html / TABLES).iterdir()}
    small[EXPLORER] = (html / EXPLORER).read_text("utf-8")
    for name, text in small.items():
        head = re.search("<header>.*?</header>", text, re.S)[0]
        up = "../" if "/" in name else ""
        shared = re.sub('<span class="own">.*?</span>', "", head, flags=re.S)
        links = re.findall('<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', shared)
        assert links == [(up + target, words) for target, words in ways], name
        assert len(head.encode()) < 1500, name
    assert small[EXPLORER].count('aria-current="page"') == 1


def test_they_are_small(texts):
    sizes = {name: len(text.encode()) for name, text in texts.items()}
    assert sum(sizes.values()) < MOST
    assert {name: size for name, size in sizes.items() if size > 40_000} == {}


def test_each_has_one_heading_a_title_of_its_own_and_metadata(texts):
    wrong, titles = [], set()
    for name, text in texts.items():
        heads = re.findall(r"<h1[ >]", text)
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
        title = re.search("<title>(.*?)</title>", text)[1]
        if len(heads) != 1 or data["isPartOf"]["@type"] != "Book" or title in titles:
            wrong.append(name)
        titles.add(title)
        description = re.search(r'<meta name="description" content="([^"]*)"', text)[1]
        if not 30 <= len(description) <= 400:
            wrong.append(f"{name}: description of {len(description)} letters")
    assert wrong == []


def test_their_links_lead_somewhere(html, pages, texts):
    ids = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in pages.items()}
    broken = []
    for name, text in texts.items():
        for address, fragment in LINK.findall(text):
            target = Path(os.path.normpath((html / name).parent / unquote(address))) if address else html / name
            place = target.relative_to(html).as_posix()
            if not target.is_file():
                broken.append(f"{name}: {address}")
            elif fragment and fragment not in ids.get(place, re.findall(r' id="([^"]+)"', texts.get(place, ""))):
                broken.append(f"{name}: {address}#{fragment}")
    assert broken == []


def test_no_words_name_a_source_by_its_key(pages, texts):
    """A key stands as code, or in a citation of the row; what readers are told names sources as the text does."""
    keys, told = set(references.read().entries), []
    written = {name: str(page.body) for name, page in pages.items()} | texts
    for name, text in written.items():
        seen = re.sub(r"(?s)<head>.*?</head>|<(script|style|code|pre)\b.*?</\1>|<[^>]*>", " ", text)
        told += [f"{name}: {word}" for word in re.findall(r"(?<![\w./=-])[a-z]+\d\w+", seen) if word in keys]
    assert told == []


def test_rows_of_chronology_ledger_and_evidence_lead_to_them(pages, texts):
    led = set()
    for page in pages.values():
        for row in page.select("section.event"):
            link = row.find(["h3", "h4"]).a["href"].removeprefix("../")
            assert row["id"].removeprefix("evidence-") == Path(link).stem
            led.add(link)
    assert led == {name for name in texts if not name.startswith("projects/")}


@pytest.mark.parametrize("name", SAMPLE)
def test_it_parses_without_an_error(texts, name):
    assert errors(texts[name]) == []


@pytest.mark.long
def test_all_parse_without_an_error(texts):
    assert {name: found for name, text in texts.items() if (found := errors(text))} == {}


def test_words_in_another_script_say_their_language(texts):
    scripts = re.compile("[\u0400-\u052f\u0600-\u06ff]{3}")
    silent = []
    for name, text in texts.items():
        if scripts.search(text):
            for found in BeautifulSoup(text, "lxml").body.find_all(string=scripts):
                if found.find_parent(lambda tag: tag.has_attr("lang"))["lang"].startswith("en"):
                    silent.append(f"{name}: {found[:60]}")
    assert silent == []


@pytest.mark.browser
def test_it_is_read_without_script(html, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for name in SAMPLE:
        page.goto((html / name).as_uri())
        assert page.locator("h1").is_visible() and page.locator("section", has=page.locator("h2")).count() >= 2
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("name", SAMPLE)
def test_an_entry_in_a_browser(html, tab, axe, name):
    assert look(tab, axe, html, name) == []


def test_all_are_made_in_seconds(texts):
    start = time.perf_counter()
    made = shown.all_entries(shown.Context(read(ROOT / "data", references.read().entries), {}, {}, {}))
    assert sum(map(len, made.values())) == len(texts)
    assert time.perf_counter() - start < 15
