"""The book in one file, and as PDF."""

import builtins
import contextlib
import os
import re
import sys
import zlib
from collections import Counter

import pytest
from book_samples import PAGES, build, write_book
from bs4 import BeautifulSoup

from pakrus.pages.print import pdf


@pytest.fixture(scope="module")
def one_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf") / "small"
    write_book(folder, PAGES)
    return build(folder, "bookfile")


@pytest.fixture(scope="module")
def page(one_file):
    assert one_file.warnings == ""
    return BeautifulSoup((one_file.out / "book.html").read_text(encoding="utf-8"), "lxml")


def test_ids_are_unique_and_links_have_targets(page):
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    assert [name for name, count in ids.items() if count > 1] == []
    assert [a["href"] for a in page.select('a[href^="#"]') if a["href"][1:] not in ids] == []
    assert not [a["href"] for a in page.select("a[href]") if not re.match(r"#|https?:", a["href"])]


def test_order_contents_and_numbers(page):
    assert [h1.get_text() for h1 in page.select("main h1")][:3] == ["A small book", "1. One", "2. Two"]
    contents = [a.get_text() for a in page.select("nav.contents a")]
    assert contents[:5] == ["A small book", "1. One", "The same heading", "Code of this chapter", "2. Two"]
    assert page.html["lang"] == "en" and page.title.get_text() == "A small book: an executable test"


def test_figures_are_vectors_with_words(one_file, page):
    images = page.select("figure img")
    assert len(images) == 2 and all(image["alt"] and image["src"].endswith(".svg") for image in images)
    assert all((one_file.out / image["src"]).is_file() for image in images)
    assert "figure-data/one-votes.csv" in page.find("figure", id="one--one-votes").get_text()


def test_only_wide_tables_turn_the_page(page):
    assert "wide" not in page.find("figure", id="one--one-table")["class"]
    assert "wide" in page.find("figure", id="two--two-table")["class"]


def test_code_follows_its_chapter(page):
    chapter = page.find("section", id="one--top")
    assert [pre.get_text().strip() for pre in chapter.select(".code-of-chapter pre")] == ["show(1)", "show(2)"]
    assert [link["href"] for link in chapter.select(".code-mark a")] == ["#one--code-1", "#one--code-2"]


def test_formulas_are_pictures_with_their_source(page):
    assert [image["alt"] for image in page.select("img.formula")] == [r"\theta_i = \alpha", r"\pi = 1 - \frac{a}{b}"]


def test_without_pango_one_line_says_what_to_do(monkeypatch, capsys):
    real = builtins.__import__

    def refuse(name, *arguments, **keywords):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *arguments, **keywords)

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)
    assert pdf.main([]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "libpango-1.0-0" in err


@pytest.mark.long
def test_pdf_is_tagged_and_repeats(one_file, tmp_path, monkeypatch):
    try:
        import weasyprint
    except OSError:
        if os.environ.get("CI") == "true":
            pytest.fail("the PDF is part of the book: CI needs Pango")
        pytest.skip("no Pango on this system: the PDF cannot be made here")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    files = [tmp_path / f"{number}.pdf" for number in (1, 2)]
    for path in files:
        assert pdf.write(weasyprint, one_file.out / "book.html", path) == []
    first, second = (path.read_bytes() for path in files)
    assert first == second
    plain = opened(first)
    for mark in (
        b"/StructTreeRoot",
        b"/Marked true",
        b"/Lang (en)",
        b"/Outlines",
        b"/Figure",
        b"/TH",
        b"pdfuaid:part",
        b"/Alt",
    ):
        assert mark in plain, mark


def opened(content):
    """A PDF with its compressed streams opened."""
    found = [content]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(match.group(1)))
    return b"\n".join(found)
