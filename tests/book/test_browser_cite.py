"""Citing a page and a figure in the browser: by mouse, by keyboard, without script."""

import re

import pytest

pytestmark = pytest.mark.browser

PAGE = "chapters/cold-war.html"


def test_the_link_at_the_head_opens_the_box_at_the_foot(html, tab):
    tab.goto((html / PAGE).as_uri(), wait_until="load")
    box = tab.locator("details:has(> #cite-this-page)")
    assert box.get_attribute("open") is None
    tab.locator("a.cite-link").focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#cite-this-page dt").first.is_visible()
    assert tab.url.endswith("#cite-this-page")


def test_a_button_copies_the_words_and_nothing_else(html, tab):
    tab.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async words => { window.copied = words; }}})"
    )
    tab.goto((html / PAGE).as_uri(), wait_until="load")
    figure = tab.locator("figure.pakrus-figure").nth(1)
    figure.locator("details.cite-part > summary").click()
    number = figure.locator(".caption-number").first.inner_text().strip()
    button = figure.get_by_role("button", name="Copy: APA 7, in the text")
    button.click()
    copied = tab.evaluate("window.copied")
    assert re.fullmatch(rf"\([^()]+, \d{{4}}, {re.escape(number)}\)", copied)
    assert button.inner_text() == "Copied"
    labels = tab.locator("#cite-this-page .cite-copy").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert len(labels) == len(set(labels)) == 8


def test_without_script_all_forms_are_there(html, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    tab = context.new_page()
    tab.goto((html / PAGE).as_uri(), wait_until="load")
    tab.locator("details:has(> #cite-this-page) > summary").click()
    said = tab.locator("#cite-this-page").text_content()
    assert all(word in said for word in ("APA 7", "Chicago 17, note", "MLA 9", "Credit line", "chap. 2 in"))
    assert not tab.locator(".cite-copy").count()
    tab.locator("details.cite-part > summary").first.click()
    assert tab.locator("details.cite-part dd").first.is_visible()
    context.close()


def test_the_files_are_what_the_links_say(html, tab):
    tab.goto((html / PAGE).as_uri(), wait_until="load")
    found = tab.locator(".cite-files a[download]").evaluate_all("all => all.map(one => one.href)")
    assert len(found) >= 3 * 10
    for address in found:
        path = html / "cite" / address.rpartition("/")[2]
        start = {".bib": "@", ".ris": "TY  - ", ".json": "[\n"}[path.suffix]
        assert path.read_text(encoding="utf-8").startswith(start), path.name
