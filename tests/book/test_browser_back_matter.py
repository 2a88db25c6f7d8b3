"""The back matter in a real browser; its own file, so that two processes share the pages."""

import pytest
from built_book import contents, look

pytestmark = [pytest.mark.browser, pytest.mark.long]
BACK_MATTER = [name for name in contents() if name.startswith("back-matter/")]


@pytest.mark.parametrize("name", BACK_MATTER)
def test_a_page_in_a_browser(html, tab, axe, name):
    assert look(tab, axe, html, name) == []
