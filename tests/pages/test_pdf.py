"""The volumes as HTML and as PDF, of a small book."""

import builtins
import json
import re
import sys
from collections import Counter

import pytest
from book_samples import PAGES, build, chapter, figure, write_book
from bs4 import BeautifulSoup
from pdf_file import opened
from pdf_ua import faults

from pakrus.pages.print import pdf

METHODS = (
    "## How we know\n\nThe numbers come from a table ([Häge 2011](#haege2011)). So says "
    "the question, [](#what), and one more ([United Nations 2024](#votes))."
)
EXERCISES = "## Exercises\n\n**Exercise 1.** Take the {term}`roll call` again."
TEXT = (
    "**Abstract.** How they voted.\n\n*Keywords:* votes, states\n\n(what)=\n\n## What\n\nA first paragraph ([Häge 2011](#haege2011)), see [](two.ipynb). "
    + "Of words. " * 90
)


@pytest.fixture(scope="module")
def volumes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf") / "small"
    write_book(
        folder, PAGES | {"three.ipynb": chapter("Three", f"{TEXT}\n\n{METHODS}\n\n{EXERCISES}", figure("three-votes"))}
    )
    built = build(folder, "bookfile")
    assert built.warnings == ""
    return built.out


@pytest.fixture(scope="module")
def said(volumes):
    return json.loads((volumes / "volumes.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reader(volumes, said):
    parts = next(volume["parts"] for volume in said["volumes"] if volume["name"] == "reader")
    return {part: BeautifulSoup((volumes / part).read_text(encoding="utf-8"), "lxml") for part in parts}


def test_ids_are_unique_and_links_have_targets(reader):
    ids = Counter(tag["id"] for page in reader.values() for tag in page.find_all(id=True))
    assert [name for name, count in ids.items() if count > 1] == []
    links = [link["href"] for page in reader.values() for link in page.select("a[href]")]
    assert (
        links and [href for href in links if not re.match("https?:", href) and href.removeprefix("#") not in ids] == []
    )


def test_which_page_is_in_which_volume(said):
    parts = {volume["name"]: volume["parts"] for volume in said["volumes"]}
    assert parts["data"] == ["data-codebook.html", "data-methods.html", "data-sources.html"]
    assert parts["reader"][:2] == ["reader-one.html", "reader-two.html"] and "chronicle" not in parts
    reader = said["volumes"][0]
    assert [entry["title"] for entry in reader["contents"]][:2] == ["Chapter 1 One", "Chapter 2 Two"]
    assert [figure["label"] for figure in reader["figures"]] == ["Figure 1.1", "Figure 2.1", "Figure 7.1"]
    assert said["book"]["title"] == "A small book" and said["book"]["subtitle"] == "An executable test"


def test_notes_of_methods_are_counted_anew_and_lead_to_the_sources_in_full(volumes):
    """A note that says "(note 3)" would mean the chapter's third; a source that methods alone name is among the sources too."""
    methods, sources = (
        BeautifulSoup((volumes / f"data-{name}.html").read_text(encoding="utf-8"), "lxml")
        for name in ("methods", "sources")
    )
    feet = [" ".join(foot.get_text().split()) for foot in methods.select(".foot")]
    assert len(feet) == 2 and feet[0].startswith("Häge 2011") and "(note" not in " ".join(feet)
    places = [link["href"] for link in methods.select(".foot a")]
    assert "#sources--cite-votes" in places and all(sources.select(place) for place in places)


def test_a_chapter_has_what_its_own_file_needs(said, reader):
    three = said["volumes"][0]["chapters"][-1]
    assert three["pdf"] == "chapters/three.pdf" and three["title"] == "Three"
    assert "The numbers come from a table" in three["methods"] and "chapter 7: how we know" in three["methods"].lower()
    assert (three["abstract"], three["keywords"]) == ("How they voted.", "votes, states")
    assert "Take the roll call again." in three["exercises"]
    page = reader["reader-three.html"].get_text()
    assert not any(words in page for words in ("Exercise 1", "Keywords", "Abstract", "The numbers come"))
    assert "stands in the data appendix" in page


def test_no_code_and_every_figure_with_words(volumes, reader):
    for page in reader.values():
        assert not page.select(".code-fold, p.data") and "show(1)" not in page.get_text()
    images = [image for page in reader.values() for image in page.select("figure img")]
    assert len(images) == 3 and all(image["alt"] and image["src"].endswith(".svg") for image in images)
    assert all((volumes / "paper" / image["src"]).is_file() for image in images)


def test_only_wide_tables_are_set_smaller(reader):
    assert "wide" not in reader["reader-one.html"].find("figure", id="one--one-table")["class"]
    assert "wide" in reader["reader-two.html"].find("figure", id="two--two-table")["class"]


def test_formulas_are_pictures_with_their_source(reader):
    page = reader["reader-one.html"]
    assert [image["alt"] for image in page.select("img.formula")] == [r"\theta_i = \alpha", r"\pi = 1 - \frac{a}{b}"]


def test_what_the_text_names_is_in_the_select_bibliography(reader):
    page = reader["reader-bibliography.html"]
    assert page.h1.get_text() == "Select bibliography"
    assert len(page.select(".citation")) == 2 and "read " not in page.select_one(".citation").get_text()


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


# set ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "sides"), [(1, ["right", "left"]), (8, ["left", "right"])])
def test_a_part_is_counted_on_from_the_one_before(tmp_path, needs_pango, first, sides):
    from weasyprint.formatting_structure import boxes

    from pakrus.pages.print.setting import Typesetter

    html = f"<html lang='en'><body><main>{'<p>word</p>' * 70}</main></body></html>"
    pages = Typesetter("reader.css", tmp_path).lay_out(html, first).pages
    margins = [[box for box in page._page_box.children if isinstance(box, boxes.MarginBox)] for page in pages]
    folios = [
        text.text for page in margins for box in page for text in box.descendants() if isinstance(text, boxes.TextBox)
    ]
    assert [text for text in folios if text.isdigit()] == [str(first), str(first + 1)]
    assert [page._page_box.page_type.side for page in pages] == sides


@pytest.mark.long
def test_pdf_is_tagged_and_repeats(volumes, tmp_path, monkeypatch, needs_pango):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    runs = [
        {path.relative_to(target): path.read_bytes() for path in files(volumes, target)}
        for target in (tmp_path / "a", tmp_path / "b")
    ]
    assert runs[0] == runs[1]
    names = [path.as_posix() for path in runs[0]]
    assert names[:2] == ["chapters/one.pdf", "chapters/two.pdf"]
    assert names[-2:] == ["pakistan-and-russia-since-1947.pdf", "pakistan-and-russia-since-1947-data.pdf"]
    for path, content in runs[0].items():
        plain = opened(content)
        assert faults(content) == [], path
        for mark in (
            b"/StructTreeRoot",
            b"/Marked true",
            b"/Lang (en)",
            b"/PageLabels",
            b"/H1",
            b"pdfuaid:part",
            b"/DisplayDocTitle true",
        ):
            assert mark in plain, (path, mark)
        fonts = set(re.findall(rb"/FontName /\w{6}\+([\w-]+)", plain))
        assert fonts and all(name.startswith(b"Book-") for name in fonts), (path, fonts)
        assert len(re.findall(rb"/FontFile[23]", plain)) >= len(fonts)  # each is in the file
    whole = opened(runs[0][path_of(runs[0], "1947.pdf")])
    for mark in (b"/Outlines", b"/Figure", b"/Alt", b"/Scope /Column", b"/Scope /Row", b"/S /r"):
        assert mark in whole, mark
    one = opened(runs[0][path_of(runs[0], "one.pdf")])
    assert b"(One)" in one and b"(Small book contributors)" in one  # title and authors, for who reads no text


@pytest.mark.long
def test_a_chapter_of_its_own_has_the_pages_that_it_has_in_the_volume(volumes, tmp_path, monkeypatch, needs_pango):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    made = [path.relative_to(tmp_path).as_posix() for path in files(volumes, tmp_path, "chapters")]
    assert made and all(name.startswith("chapters/") for name in made)
    two = opened((tmp_path / "chapters" / "two.pdf").read_bytes())
    assert re.search(rb"/PageLabels\s*<<.*?/St 2\b", two)


def files(*given):
    """The files of all volumes, one after the other."""
    return [path for paths, _ in pdf.made(*given) for path in paths]


def path_of(run, ending):
    return next(path for path in run if path.as_posix().endswith(ending))
