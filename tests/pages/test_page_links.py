"""Plain links of a notebook lead, on the page, to the fact's line, the source, the figure, the other page's fact."""

import pytest
from book_samples import BIB, PAGES, build, chapter, figure, table, write_book
from bs4 import BeautifulSoup
from nbformat import v4

from pakrus import facts

FACT = {
    "name": "agreement",
    "value": "56\u00a0%",
    "n": "628",
    "interval": "52 to 60\u00a0%",
    "words": "identical votes",
}


def published():
    return [v4.new_output("display_data", data={facts.MIME: {"facts": [FACT]}, "text/plain": "x"})]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Two chapters: one publishes and shows, the other quotes; a bibliography."""
    folder = tmp_path_factory.mktemp("links") / "book"
    first = figure("one-votes")
    first[1]["data"]["application/vnd.pakrus.caption+json"]["label"] = "Figure 1.1"
    words = "Alike in [56\u00a0%](#agreement) of [628](#agreement_n), see [Figure 1.1](#one-votes) and ([Häge 2011](#haege2011))."
    pages = {
        "one.ipynb": chapter("One", words, published(), first, table("one-table")),
        "two.ipynb": chapter(
            "Two", "In the other, [52 to 60\u00a0%](one.ipynb#agreement_interval).", figure("two-votes")
        ),
        "bibliography.md": PAGES["bibliography.md"],
        "glossary.md": PAGES["glossary.md"],
    }
    write_book(folder, pages)
    (folder / "back-matter").mkdir()
    (folder / "bibliography.md").rename(folder / "back-matter" / "bibliography.md")
    index = (folder / "index.md").read_text().replace("\nbibliography\n", "\nback-matter/bibliography\n")
    (folder / "index.md").write_text(index)
    return build(folder)


def article(book, page):
    return BeautifulSoup((book.out / page).read_text(encoding="utf-8"), "lxml").find("article")


def test_the_words_stay_and_lead_where_they_should(book):
    assert book.warnings == ""
    links = {a.get_text(): a for a in article(book, "one.html").select("p a.internal")}
    assert (
        links["56\u00a0%"]["href"] == links["628"]["href"] == "#fact-agreement"
        and "fact" in links["56\u00a0%"]["class"]
    )
    assert links["Figure 1.1"]["href"] == "#one-votes"
    mark = article(book, "one.html").select_one("section > p sup.note a")
    assert (mark["href"], mark.get_text(), mark["data-sources"]) == ("#note-1", "1", "Häge 2011")
    note = article(book, "one.html").select_one("#note-1")
    assert note.select_one("a.kind")["href"] == "back-matter/bibliography.html#cite-haege2011"
    row = article(book, "one.html").find(id="fact-agreement")
    assert row.find_parent("details") and "628" in row.get_text()


def test_a_fact_of_another_page_is_led_to_on_its_page(book):
    (link,) = article(book, "two.html").select("a.fact")
    assert (link["href"], link.get_text()) == ("one.html#fact-agreement", "52 to 60\u00a0%")


def test_a_source_that_only_a_plain_link_cites_is_listed(book):
    assert BIB.startswith("@article{haege2011")
    assert article(book, "back-matter/bibliography.html").find(id="cite-haege2011")


def test_a_link_to_nothing_stops_a_build_that_is_strict(tmp_path):
    write_book(tmp_path / "book", {"one.ipynb": chapter("One", "See [9](#nothing).", figure("one-votes"))})
    assert "nothing" in build(tmp_path / "book").warnings
