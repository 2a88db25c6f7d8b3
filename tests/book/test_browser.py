"""The landing page and the chapters in a real browser; the back matter: test_browser_back_matter.py, for another process."""

import pytest
from built_book import contents, look

pytestmark = pytest.mark.browser
CHAPTERS = [name for name in contents() if not name.startswith("back-matter/")]
SAMPLE = "chapters/post-1991.html"  # has all that a chapter has; the others are long trials


@pytest.mark.parametrize("name", [pytest.param(n, marks=() if n == SAMPLE else pytest.mark.long) for n in CHAPTERS])
def test_a_page_in_a_browser(html, tab, axe, name):
    assert look(tab, axe, html, name) == []


def test_search_and_folds_work_from_a_file(html, tab):
    tab.goto((html / "search.html").as_uri() + "?q=agreement", wait_until="load")
    tab.wait_for_selector("#search-results li a", timeout=5000)
    tab.goto((html / SAMPLE).as_uri(), wait_until="load")
    fold = tab.locator("details.code-fold").first
    fold.locator("summary").click()
    assert fold.locator("pre").is_visible()
    box = tab.locator("details.cite-box")
    box.locator("summary").click()
    assert box.locator("pre").first.is_visible()
