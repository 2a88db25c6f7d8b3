"""How every chapter of the book looks: its head, its accounts side by side."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from built_book import ROOT

from pakrus import data
from pakrus.folder import Folder


def test_every_chapter_has_a_head_with_its_years_lit(pages, citation):
    phases = {row["phase"]: row for row in data.rows("phases", Folder(ROOT / "data"))}
    chapters = {name: page for name, page in pages.items() if name.startswith("chapters/")}
    seen = {}
    for name, page in chapters.items():
        head = page.select_one("h1 + .chapter-head")
        assert f"Version {citation['version']}, " in head.p.get_text(), name
        assert 10 <= int(re.search(r"about (\d+) minutes", head.p.get_text()).group(1)) <= 60, name
        link = urlsplit(head.select_one("a.strip")["href"])
        assert link.path == "../explore.html"
        asked = {key: int(value) for key, (value,) in parse_qs(link.query).items()}
        seen[name.removeprefix("chapters/").removesuffix(".html")] = (asked["from"], asked["to"])
        assert page.select_one(".chapter-head + p.standfirst").get_text().startswith("Abstract. "), name
    whole = seen["introduction"]
    assert whole[0] == 1947
    for name, years in seen.items():
        first, last = (phases[name][part][:4] for part in ("first_day", "last_day")) if name in phases else ("", "")
        assert years == (int(first or whole[0]), int(last or whole[1])), name


def test_every_contested_episode_shows_its_accounts_side_by_side(pages):
    seen = 0
    for name, page in pages.items():
        for section in page.select("#where-accounts-differ > section"):
            sides = [item["class"][1] for item in section.select(":scope > .accounts > .account")]
            assert {"pakistani", "soviet-russian", "third-party"} <= set(sides), (name, section["id"])
            assert "unknown" not in sides[:-1], (name, section["id"])
            # none is left outside
            assert not [p for p in section.select(":scope > p > strong") if "account" in p.get_text()], name
            seen += 1
    assert seen > 25


@pytest.mark.parametrize("width", [1280, 360])
def test_what_stands_under_a_page_is_as_wide_as_its_text(html, tab, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto((html / "chapters" / "cold-war.html").as_uri(), wait_until="load")
    left = "(selector) => document.querySelector(selector).getBoundingClientRect().left"
    text = tab.evaluate(left, "h1")
    assert [tab.evaluate(left, name) for name in (".bd-footer-article details.cite-box", ".prev-next-area")] == [
        text,
        text,
    ]


def test_the_number_of_a_boxed_paragraph_stands_outside_the_box(html, tab):
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto((html / "chapters" / "cold-war.html").as_uri(), wait_until="load")
    ends = tab.evaluate("""() => [...document.querySelectorAll('.account.unknown')].map((box) => [
        box.querySelector('a.para').getBoundingClientRect().right, box.getBoundingClientRect().left])""")
    assert ends and all(0 < number < box for number, box in ends)
