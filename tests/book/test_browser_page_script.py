"""What page.js and code.js do in a real browser, in place of the theme's own scripts; and that what is out of sight is reached."""

import pytest
from built_book import SAMPLE

pytestmark = pytest.mark.browser
LONG = "back-matter/chronology-post-1991.html"


@pytest.fixture
def page(html, tab):
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto((html / SAMPLE).as_uri(), wait_until="load")
    yield tab
    assert errors == []


def theme(page):
    return page.evaluate("[document.documentElement.dataset.mode, document.documentElement.dataset.theme]")


def test_the_button_goes_through_the_modes_and_the_next_page_remembers(html, page):
    assert theme(page) == ["auto", "light"]
    seen = []
    for _ in range(3):
        page.locator(".theme-switch-button").click()
        seen.append(theme(page))
    assert seen == [["dark", "dark"], ["light", "light"], ["auto", "light"]]
    page.locator(".theme-switch-button").click()
    page.goto((html / LONG).as_uri(), wait_until="commit")
    page.wait_for_selector("h1")
    assert theme(page) == ["dark", "dark"]
    page.goto((html / "codebook/phases.html").as_uri())
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_system_changes_the_mode_of_a_page_that_follows_it(page):
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.emulate_media(color_scheme="light")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")


def test_the_menu_opens_closes_and_is_walked_by_the_keyboard(page):
    button, menu = page.locator(".dropdown-download-buttons button").first, page.locator(".dropdown-menu").first
    assert not menu.is_visible()
    button.click()
    assert menu.is_visible() and button.get_attribute("aria-expanded") == "true"
    box, bar = menu.bounding_box(), button.bounding_box()
    assert box["y"] >= bar["y"] and box["x"] >= 0 and box["x"] + box["width"] <= 1280
    page.mouse.move(640, 880)  # the theme's style shows it under a pointer as well
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.dropdown-menu') !== null")
    page.keyboard.press("Escape")
    assert not menu.is_visible() and button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.matches('.dropdown-download-buttons button')")
    button.click()
    page.locator("h1").first.click()
    page.mouse.move(640, 880)
    assert not menu.is_visible()


def test_the_contents_slide_in_and_out(page):
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.locator("#pst-primary-sidebar-modal")
    page.locator(".primary-toggle").click()
    assert box.is_visible() and box.locator("nav a", has_text="Glossary").count()
    page.keyboard.press("Escape")
    box.wait_for(state="hidden")
    assert page.locator("#pst-primary-sidebar nav a", has_text="Glossary").count()
    page.set_viewport_size({"width": 1280, "height": 900})
    side = page.locator("#pst-primary-sidebar")
    assert side.is_visible()
    page.locator(".primary-toggle").click()
    page.wait_for_function("document.getElementById('pst-primary-sidebar').getBoundingClientRect().right <= 0 || !document.getElementById('pst-primary-sidebar').checkVisibility({visibilityProperty: true})")  # fmt: skip
    page.locator(".primary-toggle").click()
    page.wait_for_function("document.getElementById('pst-primary-sidebar').getBoundingClientRect().left >= 0")


def test_the_search_box_opens_by_key_and_button(page):
    box = page.locator("#pst-search-dialog")
    for key in ("Control+k", "/"):
        page.keyboard.press(key)
        assert box.is_visible() and page.evaluate("document.activeElement.matches('#pst-search-dialog input')")
        page.keyboard.press("Escape")
        assert not box.is_visible()
    page.locator(".search-button__button").first.click()
    assert box.is_visible()
    page.mouse.click(5, 890)
    assert not box.is_visible()


def test_the_contents_show_where_the_reader_is(page):
    links = page.locator("#pst-page-toc-nav > ul > li > a")
    for at in (3, links.count() - 1, 1):
        name = links.nth(at).get_attribute("href")
        page.evaluate("name => document.getElementById(name).scrollIntoView()", name[1:])
        page.mouse.wheel(0, 10)
        page.wait_for_function(
            "name => document.querySelector(`#pst-page-toc-nav > ul > li.active > a.active[href='${name}']`)", arg=name
        )
    assert page.locator("#pst-page-toc-nav > ul > li.active").count() == 1


def test_code_is_copied_and_reached_by_the_keyboard(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fold = page.locator("details.code-fold").first
    fold.locator("summary").first.click()
    button, code = fold.locator(".copy-code").first, fold.locator("div.highlight pre").first
    button.click()
    page.wait_for_function("button => button.textContent === 'Copied'", arg=button.element_handle())
    assert page.evaluate("navigator.clipboard.readText()") == code.text_content().removesuffix("\n")
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_function(
        "() => ![...document.querySelectorAll('pre')].some(e => e.checkVisibility() && e.scrollWidth > e.clientWidth && e.tabIndex < 0)",
        timeout=5000,
    )


def test_words_looked_for_are_marked_on_the_page(html, tab):
    tab.goto((html / "search.html").as_uri() + "?q=agreement", wait_until="load")
    tab.locator("#search-results li a[href*='chapters/']").first.click()
    tab.wait_for_selector(".highlighted", state="attached")  # the first may stand in a fold


def test_what_is_out_of_sight_is_laid_out_when_asked_for(html, tab):
    """A link to an event far down leads there, its ring is whole, and find-in-page reaches it."""
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto((html / LONG).as_uri(), wait_until="load")
    style = "e => getComputedStyle(e).contentVisibility"
    last = tab.locator("section.event").last
    assert last.evaluate(style) == "auto"
    name = last.get_attribute("id")
    tab.goto(f"{(html / LONG).as_uri()}#{name}")
    tab.wait_for_function(
        "name => { const y = document.getElementById(name).getBoundingClientRect().top; return y >= -5 && y < innerHeight; }",
        arg=name,
    )
    assert tab.evaluate("find => window.find(find)", last.locator("h4").inner_text().splitlines()[0][:30])
    tab.emulate_media(media="print")
    assert last.evaluate(style) == "visible"
