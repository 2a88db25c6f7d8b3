"""The list of sources, numbers of paragraphs and notes in the margin, in a real browser."""

import re

import pytest

pytestmark = pytest.mark.browser

LIST, CHAPTER = "back-matter/bibliography.html", "chapters/cold-war.html"
# the page does not move any more and the source that the link names is near the top of the window
STANDS = "id => { const y = document.getElementById(id).getBoundingClientRect().y, still = window.wasAt === y; window.wasAt = y; return still && y > 0 && y < innerHeight; }"
SHOWN = "document.querySelectorAll('.citation-list > li:not([hidden])').length"


def opened(tab, html, page, width=1280, fragment=""):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto((html / page).as_uri() + fragment, wait_until="load")
    return tab


def test_words_and_a_kind_narrow_the_list_and_its_letters(html, tab):
    opened(tab, html, LIST)
    everything = tab.evaluate(SHOWN)
    tab.fill(".source-filter input", "kommersant haege")
    assert tab.evaluate(SHOWN) == 0 and not tab.locator(".source-letters a:visible").count()
    tab.fill(".source-filter input", "KOMMERSÁNT")
    few = tab.evaluate(SHOWN)
    assert 0 < few < everything / 10
    assert tab.locator(".source-letter:visible").count() == tab.locator(".source-letters a:visible").count() < 15
    assert tab.locator(".source-filter [role=status]").inner_text() == f"{few} of {everything} sources"
    tab.fill(".source-filter input", "")
    tab.select_option(".source-filter select", index=1)
    assert f"({tab.evaluate(SHOWN)})" in tab.locator(".source-filter option:checked").inner_text()


def test_a_source_is_copied_with_its_address_and_day(html, tab):
    tab.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async words => { window.copied = words; }}})"
    )
    opened(tab, html, LIST)
    source = tab.locator(".citation-list > li:has(p:first-child a)").first
    source.get_by_role("button", name="Copy citation").click()
    copied = tab.evaluate("window.copied")
    assert copied.startswith(source.locator("p").first.inner_text()[:30])
    assert source.locator("p a").first.get_attribute("href") in copied and "Copy" not in copied
    assert re.search(r"\(read \d{1,2} [A-Z][a-z]+ \d{4}\)$", copied)


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_link_from_a_note_ends_at_its_source(html, browser, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    tab = opened(context.new_page(), html, LIST, fragment="#cite-dawn2020steelmill")
    tab.wait_for_function(STANDS, arg="cite-dawn2020steelmill") if scripts else tab.wait_for_timeout(800)
    assert 50 < tab.locator("#cite-dawn2020steelmill").bounding_box()["y"] < 400
    assert tab.locator(".source-filter").is_visible() == scripts
    context.close()


def test_from_a_source_a_link_leads_to_where_a_chapter_cites_it_first(html, tab):
    opened(tab, html, LIST)
    link = tab.locator("p + p > a[href*='cold-war.html#by-']").first
    target = link.get_attribute("href").partition("#")[2]
    link.click()
    tab.wait_for_url(f"**/{CHAPTER}#{target}")
    seen = (
        "id => { const { top } = document.getElementById(id).getBoundingClientRect(); return 0 <= top && top < 900; }"
    )
    tab.wait_for_function(seen, arg=target)


def test_a_number_beside_a_paragraph_leads_to_it_and_is_not_copied(html, tab):
    opened(tab, html, CHAPTER)
    number = tab.get_by_role("link", name="Paragraph 3", exact=True)
    number.click()
    assert tab.url.endswith("#p3")
    copied = tab.evaluate(
        "(() => { const p = document.getElementById('p3'), s = getSelection(); s.selectAllChildren(p); return s.toString(); })()"
    )
    assert copied.strip() and not copied.strip().startswith("3")
    assert tab.locator(".cite-paragraph").text_content() == "3", "the box cites the paragraph that the address names"
    box, text = number.bounding_box(), tab.locator("#p3").bounding_box()
    assert box["x"] + box["width"] <= text["x"] and box["height"] >= 24
    opened(tab, html, CHAPTER, 360)
    assert not tab.locator("#p3 a.para").is_visible()


def test_where_there_is_room_the_margin_names_the_sources_of_a_note(html, tab):
    drawn = "getComputedStyle(document.querySelector('article section > p sup.note a'), '::after').content"
    opened(tab, html, CHAPTER)
    assert tab.evaluate(drawn) == "none"
    opened(tab, html, CHAPTER, 1440)
    assert "attr(data-sources)" in tab.evaluate(drawn) or "20" in tab.evaluate(drawn)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    assert wide <= 1440
