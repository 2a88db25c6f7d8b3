"""Where a page's PDF is, in the page's head: of chapters, and only for a book with an address."""

from book_samples import PAGES
from bs4 import BeautifulSoup

CHAPTER = {
    "one.ipynb": PAGES["one.ipynb"],
    "glossary.md": PAGES["glossary.md"],
    "bibliography.md": PAGES["bibliography.md"],
}


def addresses(folder, name):
    page = BeautifulSoup((folder / name).read_text(encoding="utf-8"), "lxml")
    return [tag["content"] for tag in page.select('meta[name="citation_pdf_url"]')]


def test_a_chapter_names_its_pdf(make_book):
    book = make_book(CHAPTER, "html_baseurl = 'https://example.org/book'\n")
    assert addresses(book.out, "one.html") == ["https://example.org/book/pdf/chapters/one.pdf"]
    assert addresses(book.out, "index.html") == []


def test_without_an_address_no_pdf_is_named(small_book):
    assert addresses(small_book.out, "one.html") == []
