"""The first pages of the built book, in three languages: what stands above the fold, whole, light, and well in a browser."""

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from built_book import ROOT, look

from pakrus.notebooks.links import Book
from pakrus.pages import formats

FIRST = "index.html"
OTHERS = [f"{language}/index.html" for language in formats.ABSTRACTS]
LIMITS = {FIRST: 165_000}  # bytes of a first visit; of the pages in other languages 150,000


@pytest.fixture(scope="module")
def first(pages):
    return pages[FIRST]


def place(html, page, address):
    """The file that an address on a page leads to."""
    return (html / page).parent / address.partition("#")[0].partition("?")[0]


def test_every_way_into_the_book_is_there_and_leads_somewhere(html, first):
    doors = {link.get_text().partition(":")[0]: link["href"] for link in first.select("nav.doors a")}
    assert list(doors) == ["Read", "Explore", "Check", "Teach", "Data", "Cite", "PDF"]
    for name, address in doors.items():
        assert place(html, FIRST, address).is_file(), name
        anchor = address.partition("#")[2]
        if anchor:
            there = BeautifulSoup(place(html, FIRST, address).read_text(encoding="utf-8"), "lxml")
            assert there.find(id=anchor) is not None, name


def test_the_title_is_said_once(first, citation):
    assert first.title.get_text() == citation["title"]


def test_five_findings_lead_to_their_figures_and_four_phases_to_their_chapters(html, pages, first):
    links, findings = Book(ROOT), first.select("ul.findings > li")
    assert len(findings) == 5
    for card in findings:
        number = card.select_one("strong a.fact")
        assert number and card.select_one("em"), card.get_text()
        chapter, _, fact = number["href"].partition(".html#fact-")
        assert card.select_one("strong + .unit").get_text() == links.pages[chapter].facts[fact]["words"]
        page, _, name = card.select_one("a.to-figure")["href"].partition("#")
        assert pages[page].find("figure", id=name), name
    phases = first.select("ul.phases > li")
    assert [card.select_one("a.to-phase")["href"] for card in phases] == [
        f"chapters/{name}.html" for name in ("cold-war", "post-1991", "post-9-11", "sco-era")
    ]
    assert len({card.select_one(".strip path.span")["d"] for card in phases}) == 4


def test_no_checksum_stands_in_the_reading_path(first):
    for table in first.select("figure.table-frame"):
        assert "sha256" not in table.get_text() or table.find_parent("details"), table.get("id")


@pytest.mark.parametrize("page", OTHERS)
def test_the_book_in_another_language_leads_to_every_chapter(html, pages, page):
    soup = BeautifulSoup((html / page).read_text(encoding="utf-8"), "lxml")
    chapters = soup.select("section.chapter")
    assert [f"chapters/{section['id']}.html" for section in chapters] == [
        name for name in order(pages) if name.startswith("chapters/")
    ]
    facts = 0
    for link in soup.select("main a, nav a"):
        target, anchor = place(html, page, link["href"]), link["href"].partition("#")[2]
        assert target.is_file(), link["href"]
        if anchor:
            other = pages[target.resolve().relative_to(html.resolve()).as_posix()]
            row = other.find(id=anchor)
            assert row is not None, link["href"]
            said, words = (text.get_text().replace("\u00a0", " ") for text in (link, row))
            assert said in words, link["href"]
            facts += 1
    assert facts > 12
    languages = {tag["hreflang"]: place(html, page, tag["href"]) for tag in soup.select("a[hreflang]")}
    assert set(languages) == {"en", *formats.ABSTRACTS} - {page.partition("/")[0]} and all(
        path.is_file() for path in languages.values()
    )


def order(pages):
    """The pages of the book as its contents list them."""
    return [link["href"] for link in pages[FIRST].select("nav.bd-links a.internal") if link["href"] != "#"]


@pytest.mark.browser
@pytest.mark.parametrize("page", [FIRST, *OTHERS])
def test_a_first_visit_is_light(html, tab, page):
    asked = []
    tab.on("requestfinished", lambda request: asked.append(request.url))
    tab.goto((html / page).as_uri(), wait_until="load")
    tab.evaluate("document.fonts.ready")
    files = {
        Path(url.removeprefix("file://").partition("?")[0].partition("#")[0])
        for url in asked
        if url.startswith("file://")
    }
    weight = {
        path.name: len(path.read_bytes() if path.suffix == ".woff2" else gzip.compress(path.read_bytes(), 9))
        for path in files
    }
    assert len(weight) > 5 and sum(weight.values()) < LIMITS.get(page, 150_000), sorted(
        weight.items(), key=lambda pair: -pair[1]
    )


@pytest.mark.browser
@pytest.mark.parametrize("page", OTHERS)
def test_the_book_in_another_language_in_a_browser(html, tab, axe, page):
    assert look(tab, axe, html, page) == []
    fonts = tab.evaluate(
        "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family.replaceAll('\"', ''))"
    )
    assert ("Book Naskh" in fonts) == page.startswith("ur/") and "error" not in fonts


@pytest.mark.browser
def test_cards_stand_beside_each_other_and_on_a_phone_below(html, tab):
    tops = "() => [...document.querySelectorAll('ul.phases > li')].map(card => Math.round(card.getBoundingClientRect().top))"
    tab.goto((html / FIRST).as_uri(), wait_until="load")
    assert len(set(tab.evaluate(tops))) == 2
    above = "() => [...document.querySelectorAll('p.edition, nav.doors, p.question')].every(part => part.getBoundingClientRect().bottom < innerHeight)"
    assert tab.evaluate(above), "edition, ways in and question are seen without scrolling"
    tab.set_viewport_size({"width": 360, "height": 740})
    assert len(set(tab.evaluate(tops))) == 4 and tab.evaluate(above)
