"""The landing pages in Urdu and Russian, and the ways between them and the English pages."""

import io
import re
import shutil
from pathlib import Path

import pytest
from book_samples import build, write_book
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from pakrus.pages import abstracts
from pakrus.pages.doors import OF_FRONT_PAGES, PDF

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "pakrus" / "pages" / "web" / "static"
TOC = "root: index\nparts:\n  - numbered: 1\n    chapters:\n      - file: one\n      - file: two\n  - chapters:\n      - file: back-matter/how-checked\n"
PAGES = {
    "back-matter/how-checked.md": "# How it is checked\n\nBy words enough to be described by them.\n",
    "one.md": "# The first & only\n\n**Abstract.** Of 5 it says enough to be an abstract.\n\nMore.\n",
    "two.md": "# Second\n\nNo abstract here, but words enough to be described by.\n",
}
INDEX = """---
language: {language}
name: {name}
skip: {skip}
other: Others
chapter: In English
ways: Parts
doors: {{Read: Lire, Check: Vérifier, Search: no door}}
edition: "{{version}}, {{date}}, {{licence}}"
---
# {title}

*Not yet read.*

## {heading}

How near? [5](../../one.md#near_n) of <b>them</b>, see [one](../../one.md).
"""
RUSSIAN = {"language": "ru", "name": "Русский", "skip": "К тексту", "title": "Книга & больше", "heading": "Вопрос"}
URDU = {"language": "ur", "name": "اردو", "skip": "متن پر جائیں", "title": "کتاب", "heading": "سوال"}


def made(folder, settings=""):
    (folder / "back-matter").mkdir(parents=True)
    write_book(folder, PAGES, settings)
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    for words in (RUSSIAN, URDU):
        own = folder / "abstracts" / words["language"]
        own.mkdir(parents=True)
        (own / "index.md").write_text(INDEX.format(**words), encoding="utf-8")
        (own / "one.md").write_text(
            "# Первая\n\nИз [5](../../one.md#near) довольно.\n\n*Not yet read.*\n", encoding="utf-8"
        )
    return build(folder)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return made(tmp_path_factory.mktemp("abstracts") / "book", "exclude_patterns = ['_build', 'abstracts']\n")


def soup(book, page):
    return BeautifulSoup((book.out / page).read_text(encoding="utf-8"), "lxml")


def test_a_page_says_its_language_and_direction(book):
    assert book.warnings == ""
    urdu, russian = soup(book, "ur/index.html"), soup(book, "ru/index.html")
    assert (urdu.html["lang"], urdu.html.get("dir")) == ("ur", "rtl")
    assert (russian.html["lang"], russian.html.get("dir")) == ("ru", None)
    assert russian.title.string == russian.h1.string == "Книга & больше"
    for page in (urdu, russian):
        for tag in page.select("main [lang=en], nav [lang=en], footer [lang=en]"):
            assert tag["dir"] == "ltr"
        assert page.select_one("nav a")["href"] == "../index.html" and page.select_one(".skip")["href"] == "#main"
        assert not page.select("main b"), "markup in the text stays text"


def test_numbers_and_names_lead_into_the_book(book):
    page = soup(book, "ru/index.html")
    assert [(link.get_text(), link["href"]) for link in page.select("main section:not(.chapter) a")] == [
        ("5", "../one.html#fact-near"),
        ("one", "../one.html"),
    ]
    (chapter,) = page.select("section.chapter")
    assert chapter["id"] == "one" and chapter.h3.get_text() == "1. Первая"
    assert chapter.select_one(".english a").get_text() == "The first & only"
    assert "Not yet read" not in chapter.get_text() and page.select_one(".note").get_text().strip() == "Not yet read."
    assert page.footer.p.get_text() == "0.3.0, 2026-02-03, CC BY 4.0"


def test_without_an_address_alternatives_are_links_for_readers_alone(book):
    """Search engines take whole addresses only, and a checker of pages takes any other for an error."""
    for name in ("index.html", "ur/index.html", "ru/index.html"):
        assert not soup(book, name).select("link[hreflang]"), name
    assert {tag["hreflang"] for tag in soup(book, "ur/index.html").select("nav a[hreflang]")} == {"en", "ru"}


def test_with_an_address_alternatives_are_whole(tmp_path):
    book = made(
        tmp_path / "book", "exclude_patterns = ['_build', 'abstracts']\nhtml_baseurl = 'https://example.org/book'\n"
    )
    base = "https://example.org/book/"
    for name in ("index.html", "ur/index.html", "ru/index.html"):
        found = {tag["hreflang"]: tag["href"] for tag in soup(book, name).select("link[hreflang]")}
        assert found == {"en": base, "ur": f"{base}ur/index.html", "ru": f"{base}ru/index.html"}, name
    assert not soup(book, "one.html").select("link[hreflang]")
    assert soup(book, "ur/index.html").find("link", rel="canonical")["href"] == f"{base}ur/index.html"
    assert f"<loc>{base}ru/index.html</loc>" in (book.out / "sitemap.xml").read_text(encoding="utf-8")


def test_the_doors_of_the_book_stand_on_every_landing_page(book):
    for language in ("ru", "ur"):
        doors = soup(book, f"{language}/index.html").select("nav.doors a")
        assert [(door.get_text(), door["href"]) for door in doors] == [("Vérifier", "../back-matter/how-checked.html")]


def test_the_book_has_words_for_all_doors():
    names = {*OF_FRONT_PAGES, PDF}
    for language in ("ru", "ur"):
        words = abstracts.read(ROOT / "abstracts" / language / "index.md").words
        assert set(words["doors"]) == names and all(words["doors"].values()) and words["ways"], language


def test_a_language_that_is_taken_away_leaves_no_page(tmp_path):
    folder = tmp_path / "book"
    first = made(folder, "exclude_patterns = ['_build', 'abstracts']\n")
    assert (first.out / "ur" / "index.html").is_file()
    shutil.rmtree(folder / "abstracts" / "ur")
    again = build(folder)
    assert not (again.out / "ur").exists() and (again.out / "ru" / "index.html").is_file()


def test_a_chapter_leads_to_its_abstract_in_other_languages(book):
    line = soup(book, "one.html").select_one("p.abstract-elsewhere")
    assert line.get_text() == "Abstract in اردو and Русский"
    assert [link["href"] for link in line.select("a")] == ["ur/index.html#one", "ru/index.html#one"]
    assert [tag["lang"] for tag in line.select("[lang]")] == ["ur", "ru"]
    assert line.find_previous_sibling("p").get_text().startswith("Abstract.")
    assert not soup(book, "two.html").select("p.abstract-elsewhere")


def test_a_book_without_them_says_nothing_of_them(small_book):
    page = soup(small_book, "index.html")
    assert not page.select("link[hreflang]") and not (small_book.out / "ur").exists()


@pytest.mark.parametrize("name, letters", [("naskh", r"[\u0600-\u06ff]"), ("naskh-bold", r"[\u0600-\u06ff]"), ("naskh-latin", r"[ -~–—]"), ("naskh-latin-bold", r"[ -~–—]")])  # fmt: skip
def test_the_letters_of_urdu_are_there_and_few(name, letters):
    content = (STATIC / "fonts" / f"{name}.woff2").read_bytes()
    font = TTFont(io.BytesIO(content))
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "abstracts" / "ur").glob("*.md"))
    wanted = {ord(letter) for letter in re.findall(letters, text)}
    assert wanted - set(font.getBestCmap()) == set() and len(wanted) > 40
    assert len(content) < 20_000 and "Noto Project" in str(font["name"].getDebugName(0))
    assert "SIL Open Font License, Version 1.1" in (STATIC / "fonts" / "naskh-OFL.txt").read_text(encoding="utf-8")
