"""The pages of single tables in the built book: all are there, small, sound, reached and found."""

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from built_book import ROOT, look
from test_html import errors

from pakrus import data

HEAVIEST = 150_000  # bytes of a page with its style, after a first visit
SAMPLE = ["codebook/events.html", "codebook/phases.html"]  # the second prints its rows


@pytest.fixture(scope="module")
def tables(html):
    return {f"codebook/{path.name}": path.read_text(encoding="utf-8") for path in sorted((html / "codebook").iterdir())}


def test_every_table_has_a_page_and_every_page_a_table(tables):
    assert set(tables) == {f"codebook/{name}.html" for name in data.tables()} and len(tables) > 50


def test_they_and_the_list_are_light(html, tables):
    static = html / "_static"
    style = sum((static / name).stat().st_size for name in ("letters.css", "entries.css", "codebook.css", "mode.js"))
    assert {name: len(text) for name, text in tables.items() if len(text.encode()) + style > HEAVIEST} == {}
    assert (html / "back-matter/codebook.html").stat().st_size < 50_000


def test_the_list_has_a_line_for_each_with_its_old_anchor(pages):
    page = pages["back-matter/codebook.html"]
    leads = {link["id"]: link["href"] for link in page.select("article table a[id]")}
    wanted = {f"codebook-{name.replace('_', '-')}": f"../codebook/{name}.html" for name in data.tables()}
    assert leads == wanted


def test_links_of_chapters_lead_to_the_pages(pages, tables):
    led = {
        os.path.normpath(f"{Path(name).parent}/{link['href']}")
        for name, page in pages.items()
        for link in page.select("article a[href*='codebook']")
        if name != "back-matter/codebook.html"
    }
    assert not [place for place in led if "#codebook-" in place]
    assert len(led & {f"{name}{end}" for name in tables for end in ("", "#cite")}) >= len(tables)


def test_each_is_sound(html, pages, tables):
    ids = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in pages.items()}
    wrong, titles = [], set()
    for name, text in tables.items():
        page = BeautifulSoup(text, "lxml")
        title = page.title.get_text()
        about = json.loads(page.find("script", type="application/ld+json").string)
        if len(page.find_all("h1")) != 1 or title in titles or about["@type"] != "Dataset":
            wrong.append(name)
        titles.add(title)
        if not 20 <= len(page.find("meta", attrs={"name": "description"})["content"]) <= 400:
            wrong.append(f"{name}: description")
        if [cell for cell in page.find_all("th") if cell.get("scope") not in ("col", "row")]:
            wrong.append(f"{name}: a header without scope")
        for link in page.find_all(["a", "link", "script"]):
            address = link.get("href") or link.get("src") or ""
            path, _, fragment = address.partition("#")
            if not address or re.match(r"[a-z]+:", address):
                continue
            target = Path(os.path.normpath((html / name).parent / unquote(path))) if path else html / name
            place = target.relative_to(html).as_posix()
            if not target.is_file() or (fragment and fragment not in ids.get(place, {"main", "cite"})):
                wrong.append(f"{name}: {address}")
    assert wrong == []


@pytest.mark.parametrize("name", SAMPLE)
def test_it_parses_without_an_error(tables, name):
    assert errors(tables[name]) == []


@pytest.mark.long
def test_all_parse_without_an_error(tables):
    assert {name: found for name, text in tables.items() if (found := errors(text))} == {}


def test_the_search_knows_them(html, tables):
    text = (html / "search-index" / "places.js").read_text(encoding="utf-8")
    index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    known = dict(index["pages"])
    assert set(tables) <= set(known) and "codebook.html" not in known
    assert known["codebook/events.html"].startswith("events ")


@pytest.mark.browser
def test_the_search_finds_a_table(html, tab):
    tab.goto((html / "search.html").as_uri() + "?q=event_sources", wait_until="load")
    tab.wait_for_selector("#search-results li a", timeout=5000)
    assert tab.locator("#search-results a[href*='codebook/event_sources.html']").count()


@pytest.mark.browser
def test_it_is_read_without_script_and_on_a_phone(html, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for name in SAMPLE:
        page.goto((html / name).as_uri())
        assert page.locator("h1").is_visible()
        assert page.locator(".fields tbody th").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # rows of fields are cards there: nothing is beyond the edge
    assert page.evaluate(
        "[...document.querySelectorAll('.fields td')].every(e => e.getBoundingClientRect().right <= 360)"
    )
    context.close()


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("name", SAMPLE)
def test_a_page_of_a_table_in_a_browser(html, tab, axe, name):
    assert look(tab, axe, html, name) == []


def test_nothing_else_is_made_of_the_descriptor_than_what_it_says(tables):
    """A page names every field of its table, and its file."""
    for name in data.tables():
        page = BeautifulSoup(tables[f"codebook/{name}.html"], "lxml")
        named = [code.get_text() for code in page.select(".fields tbody th code")]
        assert named == [field["name"] for field in data.resource(name)["schema"]["fields"]]
        assert (ROOT / page.find("a", download=True).get_text()).is_file()
