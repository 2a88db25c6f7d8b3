"""The bibliography as readers get it: letters, kinds, where each source is used, its weight; and numbered paragraphs."""

import gzip
import re

import pytest
from built_book import contents

from pakrus.data import rows
from pakrus.pages.bibliography import REST, letter_id, letter_of
from pakrus.pages.chronology import address
from pakrus.references import read

LIST = "back-matter/bibliography.html"
CHAPTERS = [name for name in contents() if name.startswith("chapters/")]


@pytest.fixture(scope="module")
def sources(pages):
    return pages[LIST].select("article .citation-list > li")


def test_the_bar_leads_to_every_letter_and_each_source_stands_under_its_own(pages, sources):
    heads = pages[LIST].select("h2.source-letter")
    assert [f"#{head['id']}" for head in heads] == [link["href"] for link in pages[LIST].select("nav.source-letters a")]
    latin = [head["id"] for head in heads if head["id"] != letter_id(REST)]
    assert len(latin) > 20 and latin == sorted(latin)
    wrong = []
    for source in sources:
        name = re.sub(r"^\W+", "", source.p.get_text())
        if source.find_previous("h2")["id"] != letter_id(letter_of(name)) and name.isascii():
            wrong.append(source["id"])
    assert wrong == []


def test_a_title_leads_to_the_text_and_no_entry_says_when_it_was_read(pages, sources):
    library = read().entries
    wrong = []
    for source in sources:
        target = address(library[source["id"].removeprefix("cite-")])
        if [link["href"] for link in source.p.select("a")] != (
            [target] if target else []
        ) or "(read " in source.p.get_text():
            wrong.append(source["id"])
    assert wrong == []
    assert "The addresses were read on " in pages[LIST].find("article").get_text()


def test_each_source_says_what_it_is_and_where_the_book_uses_it(sources):
    events, claims = rows("event_sources"), rows("claim_evidence")
    for source in sources:
        key, uses = source["id"].removeprefix("cite-"), source.select_one("p + p")
        assert uses.span.get_text(strip=True), key
        targets = [link["href"] for link in uses.select("a")]
        reported = {f"../events/{row['event_id']}.html" for row in events if row["key"] == key}
        proved = {f"../claims/{row['claim_id'].lower()}.html" for row in claims if row["key"] == key}
        assert reported | proved == {target for target in targets if re.match(r"\.\./(events|claims)/", target)}, key
        cited = [target for target in targets if target not in reported | proved]
        assert cited and all(target.endswith((f"#by-{key}", "codebook.html", "glossary.html")) for target in cited), key
        for word, found in (("event", reported), ("claim", proved)):
            said = re.search(rf"(\d+) {word}s?: ", uses.get_text())
            assert int(said.group(1) if said else 0) == len(found), key


def test_most_press_items_have_their_paper_in_italics(sources):
    press = [source for source in sources if "press" in source.select_one("p + p > span").get_text().lower()]
    assert len([source for source in press if source.p.find("em")]) > len(press) / 2
    assert not [
        source["id"] for source in sources for em in source.p.select("em") if em.get_text() in ("TASS", "RIA Novosti")
    ]


def test_the_list_weighs_little(html):
    files = (LIST, "_static/styles/book.css", "_static/bibliography.js")
    assert sum(len(gzip.compress((html / name).read_bytes(), 6)) for name in files) < 250_000
    assert (html / LIST).stat().st_size < 500_000


@pytest.mark.parametrize("name", CHAPTERS)
def test_paragraphs_of_a_chapter_are_numbered_in_order_and_lead_to_themselves(pages, name):
    links = pages[name].select("article a.para")
    numbers = {link: int(link["data-n"]) for link in links}
    assert sorted(numbers.values()) == list(range(1, len(links) + 1)) and len(links) > 20
    # what a fold of steps holds was written elsewhere
    here = [number for link, number in numbers.items() if not link.find_parent("details")]
    assert here == sorted(here)
    for link, number in numbers.items():
        assert link["href"] == f"#p{number}" and link["aria-label"] == f"Paragraph {number}"
        assert link.get_text() == "", "the number is no word of the text"
        paragraph = link.find_parent("p")
        assert paragraph["id"] == f"p{number}" or paragraph.find(id=f"p{number}")
    said = pages[name].select_one("#cite-this-page").get_text(" ", strip=True)
    assert re.search(r"\([^()]+, \d{4}, para\. 1 ?\)", said)


def test_other_pages_have_no_numbered_paragraphs(pages):
    assert [
        name for name, page in pages.items() if name not in CHAPTERS and page.select(".para, .cite-paragraph")
    ] == []
