"""The back matter in a real browser; its own file, so that two processes share the pages."""

import pytest
from built_book import ONE_TEMPLATE, contents, look

pytestmark = [pytest.mark.browser, pytest.mark.long]
BACK_MATTER = [name for name in contents() if name.startswith("back-matter/")]


@pytest.mark.parametrize("name", BACK_MATTER)
def test_a_page_in_a_browser(html, tab, axe, name):
    assert look(tab, axe, html, name) == []


def test_what_is_called_one_template_is_there_many_times(pages):
    for name, template in ONE_TEMPLATE.items():
        repeats = pages[name].select(template)
        assert len(repeats) > 10, name
        kinds = {frozenset(tag.name for tag in repeat.find_all(True)) for repeat in repeats}
        assert len(kinds) <= len(repeats) / 2, name
