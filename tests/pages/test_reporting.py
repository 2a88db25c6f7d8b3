"""Where a report of an error goes: to the repository, or, of a copy that knows none, plainly nowhere by itself."""

from bs4 import BeautifulSoup

from pakrus.folder import ROOT
from pakrus.pages.reporting import ANCHOR, PAGE

PAGES = {"report.md": "# Report\n\n```{report}\n```\n"}


def said(book):
    page = BeautifulSoup((book.out / "report.html").read_text(encoding="utf-8"), "lxml")
    paragraph = page.select_one("article section > p")
    return paragraph.get_text(), [link["href"] for link in paragraph.select("a:not(.para)")]


def test_a_copy_without_an_address_says_so_and_makes_none_up(make_book):
    text, links = said(make_book(PAGES))
    assert "knows no address" in text and links == [] and "http" not in text and "@" not in text


def test_a_book_with_a_repository_leads_to_it(make_book):
    text, links = said(make_book(PAGES, "pakrus_repository = 'https://example.org/some/book'\n"))
    assert links == ["https://example.org/some/book"] and "knows no address" not in text


def test_the_page_has_the_form_and_the_place_that_entries_lead_to():
    text = (ROOT / f"{PAGE}.md").read_text(encoding="utf-8")
    assert f"## {ANCHOR.replace('-', ' ').capitalize()}\n" in text and "```{report}" in text
    form = (ROOT / "back-matter" / "correction-form.txt").read_text(encoding="utf-8")
    assert text.count("correction-form.txt") == 2
    assert {line.partition(":")[0] for line in form.splitlines() if ":" in line} >= {
        "Version", "Where", "It says", "It should say", "Source",
    }  # fmt: skip
    assert all(key in form for key in ("event_id", "claim_id", "project_id"))
