"""The explorer of the built book: light, whole without script, and its filters count what the tables say."""

import csv
import gzip
import io
import json
import re

import pytest
from bs4 import BeautifulSoup
from built_book import ROOT, look
from test_html import errors

from pakrus import dates

PAGE = "explore.html"
LOADED = "_static/explore.js"


def rows(table):
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def text(html):
    return (html / PAGE).read_text(encoding="utf-8")


@pytest.fixture
def explorer(html, tab):
    """The page with its script; asked what a choice leaves."""
    failed = []
    tab.on("pageerror", lambda error: failed.append(str(error)))
    tab.goto((html / PAGE).as_uri(), wait_until="load")
    tab.wait_for_function("window.explorer")
    yield tab
    assert failed == []


def test_it_is_light_and_sound(html, text):
    page = BeautifulSoup(text, "lxml")
    assert [tag["src"] for tag in page.find_all("script", src=True)] == [LOADED]
    assert page.find_all("link", rel="stylesheet") == [], "how it looks is in the page: nothing to wait for"
    fonts = set(re.findall(r'url\("([^"]+)"\)', page.style.string))
    assert fonts and all((html / name).is_file() for name in fonts)
    weight = sum(len(gzip.compress((html / name).read_bytes(), 6)) for name in (PAGE, LOADED))
    assert weight < 250_000
    assert errors(text) == []
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)) and len(page.find_all("h1")) == 1
    links = [tag["href"] for tag in page.find_all("a", href=True) if not tag["href"].startswith("#")]
    assert [link for link in links if not (html / link).is_file()] == []


def test_the_list_has_every_row(text):
    page = BeautifulSoup(text, "lxml")
    for name in ("events", "projects", "claims"):
        assert len(page.select(f"#list section[data-list={name}] li")) == len(rows(name))
    assert len(page.select("#lanes .marks > *")) == len(rows("events"))
    assert len(page.select("#lines > g")) == len(rows("projects"))


@pytest.mark.browser
def test_filters_count_what_the_tables_say(explorer):
    events, claims = rows("events"), rows("claims")
    for choice, expected in [
        ({}, len(events) + len(claims) + len(rows("projects"))),
        ({"show": "claims", "sure": "contradicted"}, sum(row["verdict"] == "contradicted" for row in claims)),
        ({"show": "events", "kind": "crisis"}, sum(row["category"] == "crisis" for row in events)),
        ({"act": "conflictual"}, sum(int(row["cooperation"]) < 0 for row in events)),
        ({"place": "Moscow"}, sum("Moscow" in row["place"].split(" / ") for row in events)),
        ({"person": "Sergei Lavrov"}, sum("Sergei Lavrov" in row["people"] for row in events)),
        ({"show": "events", "from": "1971", "to": "1971"}, sum(row["date"][:4] <= "1971" <= (row["end_date"] or row["date"])[:4] for row in events)),
    ]:  # fmt: skip
        assert explorer.evaluate("choice => explorer.filter(choice)", choice) == expected, choice


@pytest.mark.browser
def test_words_are_found_by_their_beginning_by_another_spelling_and_misspelt(explorer):
    ask = "q => explorer.filter({q})"
    tashkent = explorer.evaluate(ask, "Tashkent")
    assert tashkent > 8
    assert explorer.evaluate(ask, "tashk") >= tashkent
    assert explorer.evaluate(ask, "Taskent") == tashkent, "one letter is missing"
    assert explorer.evaluate(ask, "Kossygin") == explorer.evaluate(ask, "Kosygin") > 0
    assert explorer.evaluate(ask, "steel xyzzyplugh") == 0


@pytest.mark.browser
def test_a_place_is_found_by_its_names_of_other_times(explorer):
    listed = {row["name"]: row["other_spellings"] for row in rows("places")}
    for name, asked in [
        ("Beijing", "Peking"),
        ("New Delhi", "Delhi"),
        ("Astana", "Nur-Sultan"),
        ("Miranshah", "Miran Shah"),
    ]:
        assert asked in listed[name].split("; ")
        there = explorer.evaluate("place => explorer.filter({place})", name)
        assert there and explorer.evaluate("([place, q]) => explorer.filter({place, q})", [name, asked]) == there
        assert asked in explorer.locator(f'select[name=place] option[value="{name}"]').text_content()
    assert "also Peking" in explorer.locator("#map circle[data-place=Beijing] title").text_content()


@pytest.mark.browser
def test_the_choice_stands_in_the_address_and_comes_back(html, explorer):
    explorer.fill("input[name=q]", "steel")
    explorer.select_option("select[name=show]", "projects")
    explorer.wait_for_function("location.search.includes('show=projects') && location.search.includes('q=steel')")
    said = explorer.inner_text("#count")
    explorer.goto(f"{(html / PAGE).as_uri()}?q=steel&show=projects")
    explorer.wait_for_function("window.explorer")
    assert explorer.inner_text("#count") == said and not said.startswith("923")
    assert explorer.locator("#list li:visible").count() == int(said.split()[0])


@pytest.mark.browser
def test_pictures_are_one_tab_stop_each_and_work_by_keyboard(explorer):
    for name in ("bars", "lanes", "map", "lines"):
        assert explorer.locator(f"#{name} [tabindex='0']").count() == 1, name
        # a name that a reader sees is part of what is heard: a title of its own, or a label where nothing is written
        assert explorer.locator(f"#{name} [tabindex]:not([aria-label]):not(:has(> title))").count() == 0, name
        assert explorer.locator(f"#{name} [aria-label]:has(> title)").count() == 0, name
    explorer.locator("#bars [tabindex='0']").focus()
    explorer.keyboard.press("End")
    explorer.keyboard.press("ArrowLeft")
    year = explorer.evaluate("document.activeElement.dataset.year")
    explorer.keyboard.press("Enter")
    assert explorer.input_value("input[name=from]") == explorer.input_value("input[name=to]") == year
    explorer.keyboard.press("Enter")
    assert explorer.input_value("input[name=from]") == ""
    explorer.locator("#map [tabindex='0']").focus()
    explorer.keyboard.press("Enter")
    assert explorer.input_value("select[name=place]") != ""


@pytest.mark.browser
def test_bars_show_how_many_are_left_of_a_year(explorer):
    """1971 had eight hostile acts, and one event on steel: it must not look as if all were on steel."""
    explorer.evaluate("document.querySelector('[name=act]').value = 'cooperative'")
    explorer.fill("[name=q]", "steel")
    explorer.wait_for_function("location.search.includes('steel')")
    steel = explorer.evaluate(
        "explorer.table().split('\\n').slice(1).filter((line) => line.startsWith('\"events')).length"
    )
    shown = explorer.evaluate("""() => {
        const bars = [...document.querySelectorAll('#bars g')], high = (rect) => +rect.getAttribute('height');
        return bars.flatMap((bar) => {
            const kinds = Object.groupBy(bar.querySelectorAll('rect:not(.hit)'), (rect) => rect.classList[0]);
            const said = bar.querySelector('title').textContent;
            return Object.entries(kinds).map(([kind, [whole, left]]) => [
                kind, +said.match(new RegExp(`([0-9]+) ${kind}`))[1] * high(left) / high(whole),
                getComputedStyle(whole).opacity < 1 || high(left) === high(whole), bar.getBoundingClientRect().height >= high(left),
            ]);
        });
    }""")
    assert steel > 1 and sum(number for kind, number, _, _ in shown if kind == "cooperative") == pytest.approx(
        steel, abs=0.1
    )
    assert not any(number for kind, number, _, _ in shown if kind != "cooperative")
    assert all(dimmed and within for _, _, dimmed, within in shown)
    seen = "[...document.querySelectorAll('#bars text')].map((name) => getComputedStyle(name.parentNode).opacity)"
    assert set(explorer.evaluate(seen)) == {"1"}, "the names of decades stay"


def test_pictures_keep_their_room_and_fit_a_phone(html, tab):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto((html / PAGE).as_uri(), wait_until="load")
    tab.wait_for_function("window.explorer")
    boxes = "() => [...document.querySelectorAll('.drawn')].map(box => [box.clientWidth, box.clientHeight])"
    before = tab.evaluate(boxes)
    high = tab.evaluate("document.querySelector('#list').getBoundingClientRect().top")
    tab.set_viewport_size({"width": 360, "height": int(high)})
    tab.wait_for_function("document.querySelector('#lines text').checkVisibility({contentVisibilityAuto: true})")
    assert tab.evaluate(boxes) == before and len(before) == 4, "nothing moves when a picture is drawn"
    assert all(width <= 328 for width, _ in before)
    wrong = tab.evaluate("""() => {
      const wrong = [];
      for (const text of document.querySelectorAll('.drawn text')) {
        const at = text.getBoundingClientRect(), box = text.closest('.drawn').getBoundingClientRect();
        if (at.left < box.left || at.right > box.right || parseFloat(getComputedStyle(text).fontSize) < 11 || text.getCTM().a !== 1)
          wrong.push(text.textContent);
      }
      for (const box of document.querySelectorAll('.slide')) if (box.scrollWidth > box.clientWidth) wrong.push(box.id);
      return wrong;
    }""")
    assert wrong == [] and tab.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_what_is_shown_is_downloaded(explorer):
    explorer.select_option("select[name=sure]", "disputed")
    explorer.wait_for_function("location.search.includes('sure=disputed')")
    found = list(csv.DictReader(io.StringIO(explorer.evaluate("explorer.table()"))))
    disputed = [row for row in rows("events") if row["confidence"] == "disputed"]
    assert [(row["id"], row["date"], row["title"]) for row in found] == [
        (row["event_id"], row["date"], row["title"]) for row in dates.in_reading_order(disputed, "date", "event_id")
    ]


@pytest.mark.browser
def test_without_script_pictures_and_list_are_there(html, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((html / PAGE).as_uri())
    assert not page.locator("#filters").is_visible()
    assert page.locator("#bars").is_visible() and page.locator("#list li").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.browser
@pytest.mark.long
def test_the_explorer_in_a_browser(html, tab, axe):
    assert look(tab, axe, html, PAGE) == []


def test_other_spellings_are_those_of_the_tables(text):
    alike = json.loads(BeautifulSoup(text, "lxml").find(id="alike").string)
    assert alike["peking"] == ["beijing"] and "kosygin" in alike["kossygin"]
