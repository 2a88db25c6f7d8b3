"""The layers of a page and the verdicts of the ledger in a real browser: the switch, remembered; the chips, in the address."""

import pytest
from built_book import SAMPLE

pytestmark = pytest.mark.browser
LEDGER = "back-matter/claims-ledger.html"
STATE = """() => ({
  steps: [...document.querySelectorAll('details.steps')].map(fold => fold.open),
  own: [...document.querySelectorAll('details.code-fold:not(.steps, .solution)')].map(fold => fold.open),
  solutions: [...document.querySelectorAll('details.solution')].map(fold => fold.open),
  code: [...document.querySelectorAll('details.steps pre')].filter(block => block.checkVisibility()).length,
  facts: [...document.querySelectorAll('details.steps table.facts')].filter(table => table.checkVisibility()).length,
})"""


def test_the_switch_opens_layers_and_is_remembered(html, tab):
    tab.goto((html / SAMPLE).as_uri(), wait_until="load")
    switch = tab.get_by_role("group", name="What this page shows")
    assert switch.get_by_role("button").all_inner_texts() == ["Reading", "Methods", "Code"]
    pressed = switch.locator("[aria-pressed=true]")
    assert pressed.inner_text() == "Reading"
    shut = tab.evaluate(STATE)
    assert shut["steps"] and shut["own"] and not any([*shut["steps"], *shut["own"]])
    switch.get_by_role("button", name="Methods").click()
    methods = tab.evaluate(STATE)
    assert all(methods["steps"]) and not any(methods["own"]) and methods["code"] == 0 and methods["facts"] > 5
    switch.get_by_role("button", name="Code").click()
    tab.reload(wait_until="load")
    code = tab.evaluate(STATE)
    assert pressed.inner_text() == "Code" and all(code["steps"]) and all(code["own"]) and code["code"] > 5
    assert code["solutions"] and not any(code["solutions"]), "no layer gives the solutions away"
    switch.get_by_role("button", name="Reading").click()
    assert not any(tab.evaluate(STATE)["steps"])


def test_the_switch_has_room_on_a_phone_and_reached_by_key(html, tab):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto((html / SAMPLE).as_uri(), wait_until="load")
    boxes = [button.bounding_box() for button in tab.locator(".layer-switch button").all()]
    assert len(boxes) == 3 and all(
        box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["height"] >= 24 for box in boxes
    )
    tab.locator(".layer-switch button").nth(1).focus()
    tab.keyboard.press("Enter")
    assert all(tab.evaluate(STATE)["steps"])


def test_without_script_there_is_no_switch_and_every_fold_opens(html, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((html / SAMPLE).as_uri())
    assert page.locator(".layer-switch").count() == 0
    fold = page.locator("details.steps").first
    fold.locator("summary").click()
    assert fold.locator("pre").first.is_visible()
    context.close()


def test_the_ledger_shows_the_claims_of_one_verdict(html, tab):
    tab.goto((html / LEDGER).as_uri(), wait_until="load")
    chips, claims = tab.get_by_role("group", name="Claims by verdict"), tab.locator("section.claim")
    all_of_them = claims.count()
    labels = chips.get_by_role("button").all_inner_texts()
    assert labels[0] == f"All {all_of_them}" and sum(int(label.split()[-1]) for label in labels[1:]) == all_of_them
    chips.get_by_role("button", name="Contradicted").click()
    seen = [claim.locator(".verdict").text_content().strip() for claim in claims.all() if claim.is_visible()]
    assert (
        seen
        and set(seen) == {"Contradicted"}
        and chips.get_by_role("status").inner_text().startswith(f"{len(seen)} of ")
    )
    assert "verdict=Contradicted" in tab.url
    tab.reload(wait_until="load")
    assert sum(claim.is_visible() for claim in claims.all()) == len(seen)
    # a link to a claim that is not shown shows all again
    other = next(claim.get_attribute("id") for claim in claims.all() if not claim.is_visible())
    tab.evaluate("name => { location.hash = name; }", other)
    tab.wait_for_function("name => document.getElementById(name).checkVisibility()", arg=other)


def test_without_script_the_whole_ledger_stands(html, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((html / LEDGER).as_uri())
    assert page.locator(".verdict-chips").count() == 0 and page.locator("section.claim").first.is_visible()
    context.close()
