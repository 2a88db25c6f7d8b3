"""The head of a chapter: edition, reading time, the strip of the period."""

import re
from collections import Counter

import pytest
from book_samples import chapter, figure
from bs4 import BeautifulSoup

from pakrus.pages.chapter_head import PACE, Strip, drawing, in_words

PROSE = " ".join(["word"] * (3 * PACE))
STRIP = Strip({1990: Counter(cooperative=4, conflictual=1), 1991: Counter(neutral=3), 1992: Counter(cooperative=2)}, 1991, 1992)  # fmt: skip


@pytest.fixture
def page(make_book):
    opening = f"**Abstract.** Short words.\n\n*Keywords:* one, two\n\n{PROSE}\n\n## Exercises\n\n{PROSE}"
    book = make_book({"one.ipynb": chapter("One", opening, figure("one-votes", caption="Word " * 2000, source="s"))})
    assert book.warnings == ""
    assert "chapter-head" not in (book.out / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml")


def test_a_chapter_says_its_version_its_date_and_how_long_it_takes_to_read(page):
    head = page.select_one("h1 + .chapter-head")
    assert head.get_text().strip() == "Version 0.3.0, 3 February 2026 · about 3 minutes to read"
    # neither what cells show nor exercises are read through; without events there is no strip
    assert head.find("a") is None and head["aria-label"] == "About this edition of One"


def test_the_abstract_stands_first_and_is_written_once(page):
    standfirst = page.select_one(".chapter-head + p.standfirst")
    assert standfirst.get_text() == "Abstract. Short words."
    assert page.find("article").get_text().count("Short words.") == 1
    assert page.select_one("p.standfirst + p.keywords").get_text() == "Keywords: one, two"


def test_the_strip_lights_the_years_of_the_chapter():
    shown = BeautifulSoup(drawing(STRIP), "lxml")
    bars = {" ".join(path["class"]): re.findall(r"M(\d+)", path["d"]) for path in shown.find_all("path")}
    assert bars == {"cooperative": ["0"], "conflictual": ["0"], "cooperative lit": ["16"], "span": ["8"]}
    assert shown.find("title").get_text() == in_words(STRIP) and "years 2 and 0." in in_words(STRIP)
    # one scale up and down: four acts are four times as high as one
    up, down = (float(re.search(r"v-?([\d.]+)", shown.find("path", class_=name)["d"]).group(1)) for name in ("cooperative", "conflictual"))  # fmt: skip
    assert up == pytest.approx(4 * down, rel=0.01)
