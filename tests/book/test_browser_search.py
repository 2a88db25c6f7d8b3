"""The search in a real browser, from file://: what readers type and what they get."""

import csv
from urllib.parse import quote

import pytest
from built_book import ROOT

from pakrus.pages.web import search

pytestmark = pytest.mark.browser

FOUND = "document.getElementById('search-status').textContent"


def ask(tab, html, query):
    """Open the search page with a question; return what it says and the addresses it gives."""
    tab.goto(f"{(html / 'search.html').as_uri()}?q={quote(query)}", wait_until="load")
    tab.wait_for_function(FOUND, timeout=10000)
    links = tab.locator("#search-results li a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    return tab.inner_text("#search-status"), links


def test_numbers_symbols_and_spellings_are_found(html, pages, tab):
    asked, failed = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: failed.append(str(error)))
    text = {name: " ".join(page.find("article").get_text(" ").split()) for name, page in pages.items()}
    for query, written in {
        "1971": "1971", "1267": "1267", "9/11": "9/11", "S/10416": "S/10416", "ES-11/1": "ES-11/1",
        "su 30": "Su-30", "SU\u00a030": "Su-30", "su30": "Su-30", "Hage": "Häge", "tashk": "Tashkent", "agreements": "agreement",
        "A/RES/": "A/RES/", "Косыгин": "Kosygin", "lavrov's": "Lavrov",
    }.items():  # fmt: skip
        said, links = ask(tab, html, query)
        having = {name for name, words in text.items() if written in words}
        assert links and {link.partition("#")[0] for link in links} & having, (query, said)
    # what the sources of an event say stands on its own page
    assert any(link.startswith("events/1971-") for link in ask(tab, html, "S/RES/303")[1])
    # a year is found on every page that has it, but as the day on which a source was read
    having = {name for name, words in text.items() if "1267" in words.replace("–", " ").split() or "1267 " in words}
    assert having <= {link.partition("#")[0] for link in ask(tab, html, "1267")[1]}
    assert len({link.partition("#")[0] for link in ask(tab, html, "1971")[1]}) >= 9
    for one, other in [("Zulfikar Ali Bhutto", "Zulfiqar Ali Bhutto"), ("Peking", "Beijing"), ("Kosygin", "Kossygin")]:
        (_, first), (_, second) = ask(tab, html, one), ask(tab, html, other)
        assert first and sorted(first) == sorted(second), (one, other)
    assert ask(tab, html, "SU-30")[1] == ask(tab, html, "Su 30")[1]
    both = ask(tab, html, "1965–66")[1]
    assert both and sorted(both) == sorted(ask(tab, html, "1965-1966")[1])
    assert [url for url in asked if not url.startswith("file:")] == []
    assert failed == []


def test_every_result_leads_to_a_place(html, pages, tab):
    said, links = ask(tab, html, "Tashkent")
    assert len(links) > 20
    for link in links:
        name, _, place = link.partition("#")
        if place:
            assert pages[name].find(id=place) is not None, link
        else:
            assert (html / name.partition("?")[0]).is_file(), link
    tab.locator("#search-results > section:not(#search-things) li a").first.click()
    tab.wait_for_url("**#*")


def test_events_claims_people_and_places_come_first(html, tab):
    _, links = ask(tab, html, "Tashkent Declaration")
    assert "events/1966-01-10-tashkent-declaration.html" in links[:8]
    assert "claims/s2-22.html" in links
    _, links = ask(tab, html, "Kossygin")
    assert links[0] == "explore.html?person=Alexei+Kosygin"
    _, links = ask(tab, html, "Leningrad")
    assert links[0] == "explore.html?place=St+Petersburg"
    assert tab.locator("#search-results > section").first.get_attribute("id") == "search-things"
    assert tab.locator("#search-things li").first.inner_text().startswith("St Petersburg (place, ")
    tab.locator("#search-things a").first.click()
    tab.wait_for_function("window.explorer")
    assert tab.input_value("select[name=place]") == "St Petersburg"


def test_words_of_an_earlier_search_are_not_marked_in_a_later_one(html, tab):
    for question in ("Kosygin", "Tashkent"):
        tab.goto((html / "search.html").as_uri() + f"?q={question}", wait_until="load")
        tab.wait_for_function("document.querySelectorAll('#search-results a').length")
        tab.wait_for_timeout(300)
        assert tab.locator("span.highlighted").count() == 0, question
    tab.goto((html / "chapters" / "cold-war.html").as_uri(), wait_until="load")
    tab.wait_for_function("document.querySelector('span.highlighted')")
    assert "tashkent" in tab.locator("span.highlighted").first.text_content().lower(), (
        "on the page that was found they are"
    )


def test_nothing_found_says_so_in_plain_words(html, tab):
    said, links = ask(tab, html, "xyzzy Bhutto")
    assert (
        links == [] and said == "Nothing in the book was found for “xyzzy Bhutto”. The book has no word like “xyzzy”."
    )
    assert "What was searched:" in tab.inner_text("#search-results")
    assert ask(tab, html, "???")[0] == "Nothing in the book was found for “???”."


def test_the_browser_cuts_words_as_the_index_does(html, tab):
    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        texts = [row[name] for row in csv.DictReader(file) for name in ("title", "summary")]
    texts += [
        "S/RES/303, S/PV.2190; ES-11/1", "Su\u201130 – 5,670 · 1,234,567", "Häge’s Łódź STRASSE straße", "Ёлка й İstanbul",
        "روس کو گوادر", "½ ² ﬁ №", "1965–66 3.9 % U.S.-Pakistan", "it's Putin's", "০১ কলকাতা",
    ]  # fmt: skip
    tab.goto((html / "search.html").as_uri(), wait_until="load")
    tab.wait_for_function("window.bookSearch")
    folded, runs = tab.evaluate("texts => [texts.map(bookSearch.fold), texts.map(bookSearch.runs)]", texts)
    assert folded == [search.fold(text) for text in texts]
    assert runs == [search._RUN.findall(search.fold(text)) for text in texts]


@pytest.mark.parametrize("width", [1280, 360])
def test_icons_and_buttons_leave_the_question_alone(html, tab, width):
    tab.set_viewport_size({"width": width, "height": 900})
    ask(tab, html, "1971")
    field = tab.locator(".search-page input[name=q]")
    # nothing is drawn over the first letters
    box = field.bounding_box()
    at = f"document.elementFromPoint({box['x'] + 18}, {box['y'] + box['height'] / 2})"
    assert tab.evaluate(f"{at} === document.querySelector('.search-page input[name=q]')")
    for _ in range(2):
        tab.locator(".search-button__button:visible").first.click()
        assert field.input_value() == "1971" and "q=1971" in tab.url
    # the field that opens on every other page: its icon is beside the words
    tab.goto((html / "back-matter" / "glossary.html").as_uri(), wait_until="load")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("9/11")
    typed = tab.locator("#pst-search-dialog input")
    icon = tab.locator("#pst-search-dialog form > i").bounding_box()
    start = typed.bounding_box()["x"] + typed.evaluate("field => parseFloat(getComputedStyle(field).paddingLeft)")
    assert icon["x"] + icon["width"] <= start
    tab.mouse.click(icon["x"] + icon["width"] / 2, icon["y"] + icon["height"] / 2)
    assert typed.input_value() == "9/11"
    typed.press("Enter")
    tab.wait_for_function(FOUND)
    assert "q=9%2F11" in tab.url and tab.locator("#search-results li a").count() > 5


def test_a_search_loads_little(html):
    import gzip

    weights = {path.stem: len(gzip.compress(path.read_bytes(), 6)) for path in (html / search.FOLDER).iterdir()}
    heaviest = sorted((size for name, size in weights.items() if name != "places"), reverse=True)
    script = len(gzip.compress((html / "_static" / "search.js").read_bytes(), 6))
    assert weights["places"] + script + sum(heaviest[:3]) < 150_000
