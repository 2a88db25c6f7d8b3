"""Notes in a real browser: a card on hover, focus and tap, with every source in full; without script the way to the note."""

import pytest
from built_book import notebooks

pytestmark = pytest.mark.browser

PAGE = "chapters/cold-war.html"
CARD = "#note-card:popover-open"


def opened(tab, html, width=1280):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto((html / PAGE).as_uri(), wait_until="load")
    return tab


def second(tab) -> str:
    """The id of a mark whose note names a source in short, brought to the middle of the screen."""
    identifier = tab.evaluate(
        "document.querySelector('ol.notes > li > a:not([role])').parentElement.id.replace('note', 'call')"
    )
    tab.evaluate(f"document.getElementById('{identifier}').scrollIntoView({{block: 'center', behavior: 'instant'}})")
    tab.wait_for_timeout(300)
    return identifier


def test_a_pointer_on_a_number_shows_its_sources_and_leaves_them_open_when_it_moves_there(html, tab):
    mark = second(opened(tab, html))
    tab.hover(f"#{mark}")
    card = tab.wait_for_selector(CARD)
    named = tab.get_attribute(f"#{mark}", "data-sources").split("; ")
    assert len(card.query_selector_all("p:first-child > span")) == len(named), "also what the note names in short"
    tab.hover("#note-card button")
    tab.wait_for_timeout(600)
    assert tab.is_visible(CARD)
    tab.mouse.move(5, 500)
    tab.wait_for_timeout(600)
    assert not tab.is_visible("#note-card")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_tap_keeps_the_card_inside_the_screen_until_it_is_shut(html, tab, axe, width):
    mark = second(opened(tab, html, width))
    tab.click(f"#{mark}")
    box = tab.wait_for_selector(CARD).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0 and box["y"] + box["height"] <= 900
    tab.evaluate(axe)
    found = tab.evaluate("axe.run('#note-card').then(said => said.violations.map(one => one.id))")
    assert found == []
    tab.mouse.click(3, 880)
    assert not tab.is_visible("#note-card")


def test_by_keyboard_the_card_takes_the_focus_and_gives_it_back(html, tab):
    mark = second(opened(tab, html))
    tab.focus(f"#{mark}")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(CARD)
    assert tab.evaluate("document.querySelector('#note-card').contains(document.activeElement)")
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#note-card")
    assert tab.evaluate("document.activeElement.id") == mark


def test_the_citation_is_copied_with_its_address(html, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = opened(context.new_page(), html)
    mark = second(tab)
    tab.click(f"#{mark}")
    tab.click("#note-card button")
    tab.wait_for_selector("#note-card button:text('Copied')")
    copied = tab.evaluate("navigator.clipboard.readText()")
    context.close()
    assert "http" in copied and "↩" not in copied and len(copied) > 60


def test_without_script_a_number_leads_to_its_note_and_the_note_back(html, browser):
    context = browser.new_context(java_script_enabled=False)
    tab = opened(context.new_page(), html)
    tab.click("#call-3")
    assert tab.url.endswith("#note-3")
    tab.click("#note-3 a[role=doc-backlink]")
    assert tab.url.endswith("#call-3")
    context.close()


@pytest.mark.parametrize("name", [name for name, _ in notebooks() if name.startswith("chapters/")])
def test_sources_take_no_room_in_the_running_text(pages, name):
    """A bracket of author and year is a note; those few stay whose sentence holds more than sources."""
    paragraphs = [p for p in pages[name].select("article section > p") if not p.find_parent(class_="cell")]
    words = sum(len(paragraph.get_text()) for paragraph in paragraphs)
    bracketed = sum(len(link.get_text()) for paragraph in paragraphs for link in paragraph.select("a.source"))
    assert words > 5_000 and bracketed < words / 100
