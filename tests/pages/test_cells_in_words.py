"""Cells of tables: a verdict is a badge, a key is a link in words, anything else stays."""

import re

import pytest
from book_samples import build, chapter, table
from bs4 import BeautifulSoup
from test_claims import PAGES, write

from pakrus.pages.cells import as_badge, badge_classes
from pakrus.terms import VERDICTS


@pytest.mark.parametrize("words", VERDICTS)
def test_every_verdict_has_a_shape_of_its_own(words):
    from pakrus.folder import ROOT

    kind, name = badge_classes(words.capitalize())
    style = (ROOT / "pakrus/pages/web/static/verdicts.css").read_text(encoding="utf-8")
    rules = [line for line in style.splitlines() if line.startswith(".verdict") and "--shape: polygon" in line]
    (rule,) = [line for line in rules if re.search(rf"\.{name}(?![\w-])", line)]
    assert kind == "verdict" and rule.count("%") > 6


def test_a_verdict_may_be_followed_by_what_decides_it():
    badge, rest = as_badge("Not met: 2 %")
    assert (badge.astext(), badge["classes"], rest) == ("Not met", ["verdict", "not-met"], ": 2 %")
    assert [node.astext() for node in as_badge("supported with nuance")] == ["supported with nuance"]
    assert as_badge("Opinion of a court") == as_badge("") == as_badge("Met by chance: twice") == []


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    said = "haege2011; 1966-01-10-tashkent-declaration; other words"
    rows = [["S0-01", "S0-01, S9-99", "contradicted"], ["opinion", said, "opinion"], ["H 2011", "H 2011", ""]]
    shown = chapter("One", "Words.", table("of-keys", rows=rows, source="s"))
    return build(write(tmp_path_factory.mktemp("cells") / "small", PAGES | {"one.ipynb": shown}))


def test_cells_lead_to_what_they_name(book):
    page = BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml")
    first, second, _ = page.select("#of-keys tbody tr")
    assert [(link.get_text(), link["href"]) for link in first.find_all("a")] == [("S0-01", "claims.html#s0-01")] * 2
    assert first.find_all("td")[0].get_text() == "S0-01, S9-99"
    assert first.find_all("td")[1].span["class"] == ["verdict", "contradicted"]
    event = second.find("a", href="cold-war.html#1966-01-10-tashkent-declaration")
    assert event.get_text() and "1966-01-10" not in second.get_text() and second.get_text().count("other words") == 1
    # the name of a row is no verdict, even if it sounds like one
    assert second.find("th").get_text() == "opinion" and not second.th.find("span", class_="verdict")


def test_a_source_that_the_bibliography_does_not_list_is_called_as_in_the_text(tmp_path):
    unlisted = {
        "bibliography.md": "# Bibliography\n\n```{bibliography}\n:style: pakrus\n:filter: key == 'haege2011'\n```\n"
    }
    shown = chapter("One", "Words.", table("of-keys", rows=[["a", "Sum from cables.", "cables"]], source="s"))
    made = build(write(tmp_path / "small", PAGES | unlisted | {"one.ipynb": shown}))
    page = BeautifulSoup((made.out / "one.html").read_text(encoding="utf-8"), "lxml")
    first, second = page.select("#of-keys tbody td")
    assert (first.get_text(), second.get_text()) == ("Sum from Doe and Häge 1970.", "Doe and Häge 1970")
    assert {link["href"] for link in (first.a, second.a)} == {"https://doi.org/10.1/x"}


def test_the_ledger_has_badges_and_its_script(book):
    page = BeautifulSoup((book.out / "claims.html").read_text(encoding="utf-8"), "lxml")
    badges = [badge["class"] for badge in page.select("section.claim strong.verdict")]
    assert badges == [["verdict", "contradicted"], ["verdict", "opinion"], ["verdict", "supported"]]
    asked = [name for name in ("claims", "evidence", "one") if "verdicts.js" in (book.out / f"{name}.html").read_text(encoding="utf-8")]  # fmt: skip
    assert asked == ["claims", "evidence"]
