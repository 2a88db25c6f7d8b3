"""Controls of the pages in a real browser: a ring where the keyboard is, no movement for who wants none, all without script."""

import pytest
from built_book import contents

pytestmark = pytest.mark.browser

# one page of each kind: the others are the long trials
KINDS = ["chapters/post-1991.html", "search.html", "back-matter/chronology-post-1991.html", "back-matter/codebook.html"]
EVERY = [*KINDS, *(pytest.param(name, marks=pytest.mark.long) for name in contents() if name not in KINDS)]

# the ring of every control that can be reached, with all folds and menus open: what shows no change, and what is too pale
RINGS = """() => {
  document.querySelectorAll('details').forEach(fold => { fold.open = true; });
  document.querySelectorAll('.dropdown-menu').forEach(menu => { menu.style.display = 'block'; });
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(part => { part /= 255; return part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (colour !== 'transparent' && !/, 0\\)$/.test(colour) && /^rgb/.test(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length);
  const wrong = [], name = e => e.outerHTML.slice(0, 90);
  for (const control of controls) {
    control.focus({preventScroll: true});
    if (document.activeElement !== control) { wrong.push('takes no focus: ' + name(control)); continue; }
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(control);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) { wrong.push('no ring: ' + name(control)); continue; }
    const [one, other] = [light(outlineColor), light(ground(control.parentElement))];
    if ((Math.max(one, other) + .05) / (Math.min(one, other) + .05) < 3) wrong.push('pale ring: ' + name(control));
  }
  return [controls.length, [...new Set(wrong)].slice(0, 10)];
}"""
MOVING = """() => {
  const moves = [];
  for (const element of document.querySelectorAll('*')) for (const part of [null, '::before', '::after']) {
    const style = getComputedStyle(element, part);
    if (/[1-9]/.test(style.transitionDuration) || style.animationName !== 'none' || style.scrollBehavior === 'smooth')
      moves.push(element.tagName + '.' + element.className + (part || ''));
  }
  return [...new Set(moves)].slice(0, 10);
}"""


@pytest.mark.parametrize("name", EVERY)
def test_every_control_shows_where_the_keyboard_is(html, tab, name):
    for width, scheme in [(1280, "light"), (360, "dark")]:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        tab.goto((html / name).as_uri(), wait_until="load")
        tab.keyboard.press("Tab")  # from now on the keyboard is in use
        count, wrong = tab.evaluate(RINGS)
        assert count > 3 and wrong == [], (width, scheme)


def test_the_tab_key_reaches_the_buttons_above_the_text(html, tab):
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto((html / KINDS[0]).as_uri(), wait_until="load")
        wanted = {"primary-toggle", "theme-switch-button", "dropdown-toggle"}
        for _ in range(60):
            tab.keyboard.press("Tab")
            classes, ring = tab.evaluate(
                "() => [[...document.activeElement.classList], getComputedStyle(document.activeElement).outlineStyle]"
            )
            assert ring != "none", classes
            wanted -= set(classes)
            if not wanted:
                break
        assert not wanted, width


@pytest.mark.parametrize("name", EVERY)
def test_nothing_moves_for_who_wants_no_movement(html, tab, name):
    tab.emulate_media(reduced_motion="reduce")
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto((html / name).as_uri(), wait_until="load")
        assert tab.evaluate(MOVING) == [], width


def test_the_contents_open_at_once_for_who_wants_no_movement(html, tab):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.emulate_media(reduced_motion="reduce")
    tab.goto((html / KINDS[0]).as_uri(), wait_until="load")
    tab.locator(".primary-toggle").click()
    assert tab.locator("#pst-primary-sidebar-modal").bounding_box()["x"] == 0


@pytest.mark.parametrize("name", EVERY)
def test_the_contents_are_reached_on_a_phone_without_script(html, browser, name):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto((html / name).as_uri(), wait_until="load")
    assert not page.locator("button:visible").filter(has_not=page.locator("i.fa-download")).count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("a.to-contents").click()
    entry = page.locator("nav.bd-docs-nav a", has_text="Glossary")
    assert page.locator("#pst-primary-sidebar").bounding_box()["y"] < 740
    box = entry.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    entry.click()
    page.wait_for_url("**/glossary.html*")
    context.close()


def test_without_script_the_search_page_says_what_to_do(html, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((html / "search.html").as_uri())
    assert not page.locator("form:visible").count()
    assert page.locator("article p", has_text="needs JavaScript").is_visible()
    assert page.locator("article li a:visible").count() == 8
    page.locator("article li a").first.click()
    page.wait_for_url("**/chronology-cold-war.html")
    context.close()


# how many characters each line of the long paragraphs of running text has, notes left out
LINES = """() => {
  const lines = [];
  for (const paragraph of document.querySelectorAll('.bd-article section > p')) {
    if (paragraph.textContent.length < 400 || paragraph.closest('.cell')) continue;
    const range = document.createRange(), texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let top = null, count = 0, text;
    while ((text = texts.nextNode())) {
      if (text.parentElement.closest('sup')) continue;
      for (let place = 0; place < text.length; place++) {
        range.setStart(text, place); range.setEnd(text, place + 1);
        const box = range.getBoundingClientRect();
        if (!box.width) continue;
        if (top === null || Math.abs(box.top - top) < 6) count++; else { lines.push(count); count = 1; }
        top = box.top;
      }
    }
  }
  return lines;
}"""


def test_lines_are_as_long_as_the_eye_likes_and_set_in_the_books_own_letters(html, tab):
    tab.goto((html / KINDS[0]).as_uri(), wait_until="load")
    tab.evaluate("document.fonts.ready.then(() => true)")
    lines = sorted(tab.evaluate(LINES))
    assert len(lines) > 100 and lines[len(lines) // 10] >= 60 and lines[len(lines) * 9 // 10] <= 75, lines
    loaded = tab.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert {"Book Serif", "Book Sans"} <= {family.strip('"') for family in loaded}
    shifted = tab.evaluate("performance.getEntriesByType('layout-shift').reduce((sum, one) => sum + one.value, 0)")
    assert shifted < 0.02
