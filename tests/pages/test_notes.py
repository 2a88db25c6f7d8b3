"""Citations in brackets become notes: numbers in the text, sources at the end of the page, on paper at its foot."""

import re

import pytest
from book_samples import PAGES, build, chapter, on_paper, write_book
from bs4 import BeautifulSoup

BIB = """\
@article{haege2011, author = {Häge, Frank M.}, title = {Choice or Circumstance?}, journal = {Political Analysis}, year = {2011}, keywords = {scholarship}}
@online{dawn, author = {{{Dawn}}}, title = {Steel}, date = {1966-01-11}, year = {1966}, organization = {Dawn}, url = {https://example.org/a}, keywords = {press}}
@misc{votes, author = {{United Nations}}, title = {Votes}, year = {2024}}
"""
HAEGE, DAWN, VOTES = "[Häge 2011](#haege2011)", "[Dawn 1966](#dawn)", "[United Nations 2024](#votes)"
TEXT = f"""\
Once said ({HAEGE}), twice ({HAEGE}; {DAWN}). Thrice?
So it was ({DAWN};
{VOTES})! The law ({VOTES}) stands, and ({VOTES} and more) is no bracket of sources alone, nor is {DAWN}.

* In a list. ({HAEGE})"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A chapter with every kind of bracket, built for the web."""
    folder = tmp_path_factory.mktemp("notes") / "book"
    write_book(folder, {"one.ipynb": chapter("One", TEXT), "bibliography.md": PAGES["bibliography.md"]})
    (folder / "back-matter").mkdir()
    (folder / "bibliography.md").rename(folder / "back-matter" / "bibliography.md")
    index = (
        (folder / "index.md").read_text(encoding="utf-8").replace("\nbibliography\n", "\nback-matter/bibliography\n")
    )
    (folder / "index.md").write_text(index, encoding="utf-8")
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="module")
def article(book):
    return BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml").find("article")


def test_a_bracket_of_sources_is_a_number_after_the_punctuation(book, article):
    assert book.warnings == ""
    shown = [" ".join(part.get_text().split()) for part in article.select("section > p, li > p") if part.find("sup")]
    text = "Once said,1 twice.2 Thrice? So it was!3 The law4 stands, and (United Nations 2024 and more) is no bracket of sources"
    assert shown[0] == f"{text} alone, nor is Dawn 1966."
    assert article.select_one("ul li").get_text(strip=True) == "In a list.5"
    marks = article.select("sup.note a")
    assert [mark["data-sources"] for mark in marks] == [
        "Häge 2011", "Häge 2011; Dawn 1966", "Dawn 1966; United Nations 2024", "United Nations 2024", "Häge 2011",
    ]  # fmt: skip
    assert ["stays" in mark.parent["class"] for mark in marks] == [False, False, False, True, True]


def test_every_number_and_its_note_lead_to_each_other(article):
    for mark in article.select("sup.note a"):
        note = article.select_one(mark["href"])
        assert note.select_one("a[role=doc-backlink]")["href"] == f"#{mark['id']}"
        assert note.find_parent("section")["role"] == "doc-endnotes"
    assert len(article.select("ol.notes > li")) == len(article.select("sup.note a")) == 5


def test_a_source_is_in_full_once_and_then_named_with_its_note(article):
    notes = [re.sub(r"\s*↩$", "", " ".join(note.get_text().split())) for note in article.select("ol.notes > li")]
    assert notes == [
        "Frank M. Häge, Choice or Circumstance?, Political Analysis, 2011 (scholarship)",
        "Häge 2011 (note 1); Dawn, Steel, 11 January 1966 (press)",
        "Dawn 1966 (note 2); United Nations, Votes, 2024 (source)",
        "United Nations 2024 (note 3)",
        "Häge 2011 (note 1)",
    ]
    assert article.select_one("#note-1 em").get_text() == "Political Analysis"
    assert [link["href"] for link in article.select("#note-2 a:not([role])")] == [
        "#note-1", "https://example.org/a", "back-matter/bibliography.html#cite-dawn",
    ]  # fmt: skip


def test_the_cards_script_is_on_pages_with_notes_alone(book):
    with_notes = {path.name for path in book.out.rglob("*.html") if "notes.js" in path.read_text(encoding="utf-8")}
    assert with_notes == {"one.html"}


def test_on_paper_a_note_is_at_the_foot_of_its_page_and_names_its_sources_in_short(book):
    paper = build(book.source, builder="bookfile")
    assert paper.warnings == ""
    text = BeautifulSoup(on_paper(paper), "lxml")
    feet = text.select("span.foot")
    assert [" ".join(foot.get_text().split()) for foot in feet][:3] == [
        "Frank M. Häge, Choice or Circumstance?, 2011.",
        "Häge 2011 (note 1); Dawn, Steel, 11 January 1966.",
        "Dawn 1966 (note 2); United Nations, Votes, 2024.",
    ]
    assert text.select_one("ol.notes") is None
