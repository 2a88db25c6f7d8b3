"""The menu of downloads: words, and the PDF of a chapter where it lies beside the pages."""

from types import SimpleNamespace

from pakrus.pages import downloads

BUTTONS = [
    {"type": "link", "text": ".ipynb", "label": "download-source-button"},
    {"type": "javascript", "text": ".pdf", "label": "download-pdf-button"},
]


def menu(tmp_path):
    group = {"label": downloads.MENU, "buttons": [dict(button) for button in BUTTONS]}
    context = {"header_buttons": [{"label": "other"}, group]}
    app = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(get_target_uri=lambda name: f"{name}.html"))
    downloads.name(app, "chapters/one", "page.html", context, None)
    return [(button["text"], button.get("url")) for button in group["buttons"]]


def test_a_button_says_what_it_does(tmp_path):
    assert menu(tmp_path) == [("Notebook (.ipynb)", None), ("Print this page", None)]


def test_the_pdf_of_a_chapter_is_offered_where_there_is_one(tmp_path):
    (tmp_path / "pdf" / "chapters").mkdir(parents=True)
    (tmp_path / "pdf" / "chapters" / "one.pdf").write_bytes(b"%PDF-")
    assert menu(tmp_path)[1] == ("This chapter (.pdf)", "../pdf/chapters/one.pdf")


def test_the_book_has_no_button_named_by_an_ending(make_book):
    from book_samples import PAGES
    from bs4 import BeautifulSoup

    book = make_book(PAGES, "")
    page = BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml")
    said = [tag.get_text(strip=True) for tag in page.select(".dropdown-download-buttons li")]
    assert said and not [words for words in said if words.startswith(".")]
