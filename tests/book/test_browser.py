"""The landing page and the chapters in a real browser; the back matter: test_browser_back_matter.py, for another process."""

import pytest
from built_book import SAMPLE, contents, look

pytestmark = [pytest.mark.browser, pytest.mark.long]
CHAPTERS = [name for name in contents() if not name.startswith("back-matter/") and name != SAMPLE]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_page_in_a_browser(html, tab, axe, name):
    assert look(tab, axe, html, name) == []
