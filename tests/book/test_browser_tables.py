"""Tables in a real browser: none is cut without need, a box that scrolls says so, and on a phone text needs no sliding."""

import pytest
from built_book import contents

pytestmark = pytest.mark.browser

KINDS = ["chapters/claims.html", "chapters/cold-war.html", "back-matter/codebook.html"]
EVERY = [*KINDS, *(pytest.param(name, marks=pytest.mark.long) for name in contents() if name not in KINDS)]
BOXES = """() => {
  document.querySelectorAll('details').forEach(fold => { fold.open = true; });
  document.querySelectorAll('section').forEach(part => { part.style.contentVisibility = 'visible'; });
  return new Promise(done => setTimeout(() => done([...document.querySelectorAll('article .table-box')].map(box => {
    const table = box.querySelector('table');
    return {name: box.getAttribute('aria-label'), columns: table.rows[0].cells.length, cards: table.classList.contains('cards'),
      hidden: box.scrollWidth - box.clientWidth > 1, stop: box.tabIndex === 0, more: box.dataset.more,
      right: box.getBoundingClientRect().right, aside: document.querySelector('.bd-sidebar-secondary')?.getBoundingClientRect().left};
  })), 300));
}"""


def boxes(tab, html, name, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto((html / name).as_uri(), wait_until="load")
    return tab.evaluate(BOXES)


@pytest.mark.parametrize("name", EVERY)
def test_on_a_screen_only_very_wide_tables_scroll_and_say_so(html, tab, name):
    for box in boxes(tab, html, name, 1280):
        assert not box["hidden"] or box["columns"] > 8, box
        assert box["stop"] == box["hidden"] and (box["more"] == "after") == box["hidden"], box
        assert box["aside"] is None or box["right"] <= box["aside"], box


@pytest.mark.parametrize("name", EVERY)
def test_on_a_phone_tables_of_text_do_not_slide(html, tab, name):
    found = boxes(tab, html, name, 360)
    assert [box for box in found if box["cards"] and box["hidden"]] == []
    if name == KINDS[0]:
        assert sum(box["cards"] for box in found) > 3
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_cards_are_still_a_table_to_who_hears_them(html, tab):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto((html / KINDS[0]).as_uri(), wait_until="load")
    shown = tab.get_by_role("table").filter(has=tab.locator("css=[data-label]")).first
    assert shown.get_by_role("rowheader").count() > 1 and shown.get_by_role("cell").count() > 3
