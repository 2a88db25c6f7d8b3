"""The pages on paper, as Chromium prints them: titles, lists of sources, addresses, whole tables, always dark on light."""

import pytest
from built_book import contents

pytestmark = pytest.mark.browser

KINDS = ["chapters/post-1991.html", "back-matter/chronology-post-1991.html", "back-matter/codebook.html"]
EVERY = [*KINDS, *(pytest.param(name, marks=pytest.mark.long) for name in contents() if name not in KINDS)]
PAPER = 672  # pixels between the margins of an A4 page

LOOK = """() => {
  const seen = e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}) && e.getClientRects().length > 0;
  const all = (where, test) => [...document.querySelectorAll(where)].filter(test);
  const name = e => (e.closest('[id]') || e).id + ' ' + e.tagName + '.' + e.className;
  const width = document.documentElement.clientWidth;
  return {
    titles: all('h1', seen).map(e => e.firstChild.textContent.trim()),
    shut: all('.event details li, .event-sources, .cite-plain', e => !seen(e)).map(name),
    code: all('details.code-fold:not([open])', seen).map(name),
    around: all('nav, .bd-sidebar-primary, .bd-sidebar-secondary, .bd-header-article, button, input, dialog, .headerlink', seen).map(name),
    cut: all('article *', e => seen(e) && !e.closest('math') && e.getBoundingClientRect().right > width + 1).map(name),
    boxes: all('.scroll-box', e => seen(e) && e.scrollWidth > e.clientWidth + 1).map(name),
    mute: all('article a[href^="http"]', e => seen(e) && !e.closest('.citation')
      && !getComputedStyle(e, '::after').content.includes(e.getAttribute('href'))).map(name),
    joined: all('article :is(h1, h2, h3, h4)', e => seen(e) && getComputedStyle(e).breakAfter !== 'avoid').map(name),
    dark: [...new Set(all('html, body, article, article *', e => seen(e) && !['IMG', 'MATH'].includes(e.tagName)).flatMap(e => {
      const style = getComputedStyle(e), [r, g, b, a = 1] = style.backgroundColor.match(/[\\d.]+/g).map(Number);
      const [red, green, blue] = style.color.match(/[\\d.]+/g).map(Number);
      return (a > 0 && r + g + b < 600) || red + green + blue > 300 ? [name(e)] : [];
    }))].slice(0, 5),
  };
}"""


@pytest.mark.parametrize("name", EVERY)
def test_a_page_prints_whole(html, pages, tab, name):
    tab.set_viewport_size({"width": PAPER, "height": 1000})
    for scheme in ("light", "dark"):
        tab.emulate_media(media="screen", color_scheme=scheme)
        tab.goto((html / name).as_uri(), wait_until="load")
        assert tab.evaluate("document.documentElement.dataset.theme") == scheme
        tab.emulate_media(media="print", color_scheme=scheme)
        found = tab.evaluate(LOOK)
        title = pages[name].find("h1").find(string=True).strip()
        assert found.pop("titles") == [title], scheme
        assert {what: where[:5] for what, where in found.items() if where} == {}, scheme


def test_code_that_the_reader_opened_is_printed(html, tab):
    tab.goto((html / KINDS[0]).as_uri(), wait_until="load")
    fold = tab.locator("details.code-fold").first
    fold.locator("summary").click()
    tab.emulate_media(media="print")
    assert fold.locator("pre").first.is_visible() and not fold.locator("summary").is_visible()


def test_a_pdf_has_as_many_pages_as_its_evidence_needs(html, tab):
    """Chromium's own print: the evidence on the claims is far longer than their list, though a screen lays out a part of it."""

    def pages_of() -> int:
        content = tab.pdf(format="A4", prefer_css_page_size=True)
        return content.count(b"/Type /Page\n") or content.count(b"/Type/Page\n") or content.count(b"/Type /Page ")

    tab.goto((html / "back-matter/claims-evidence.html").as_uri(), wait_until="load")
    whole = pages_of()
    tab.evaluate("document.querySelectorAll('.event details').forEach(list => list.remove())")
    assert whole > 1.5 * pages_of() > 0
