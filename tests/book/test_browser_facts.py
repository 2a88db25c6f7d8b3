"""For tests/book (needs its fixtures html and browser): a number in the text opens the fold of its cell, with script and without."""

import pytest


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_number_leads_to_the_cell_that_computed_it(html, browser, script):
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    page = context.new_page()
    page.goto((html / "chapters" / "introduction.html").as_uri())
    link = page.locator("a.fact[href^='#']").first
    row = page.locator(link.get_attribute("href"))
    assert not row.is_visible()
    link.click()
    row.wait_for(state="visible")
    if script:
        assert row.evaluate("row => document.activeElement === row")
    context.close()
