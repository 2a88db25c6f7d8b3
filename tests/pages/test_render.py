"""Stored outputs become numbered figures and real tables."""

import json
import re

import pytest
from book_samples import ALT, CSV, FACT, chapter, facts, figure, table
from bs4 import BeautifulSoup
from docutils import nodes

from pakrus.pages import dark
from pakrus.pages.lengths import opening
from pakrus.pages.pictures import size
from pakrus.pages.render import _finding_first


@pytest.fixture(scope="module")
def page(small_book):
    assert small_book.warnings == ""
    return BeautifulSoup((small_book.out / "one.html").read_text(encoding="utf-8"), "lxml")


def words(tag):
    return " ".join(tag.get_text().split())


def test_figure_has_picture_alt_caption_source_and_data(small_book, page):
    found = page.find("figure", id="one-votes")
    image = found.find("img")
    assert image["alt"] == f"Figure 1.1: {opening(ALT)}"
    assert (image["width"], image["height"]) == ("624", "346")
    assert (small_book.out / "one.html").parent.joinpath(image["src"]).read_text().startswith("<svg")
    caption = found.find("figcaption").get_text()
    assert caption.strip().startswith("Figure 1.1 Agreement fell in roll calls")
    assert re.search(r"Source: United Nations \[2024\], own computation\.", caption)
    assert "*" not in caption
    link = found.find("a", string="Data (CSV)")
    assert (small_book.out / link["href"]).read_bytes() == CSV.encode()
    assert found.find("a", string="Picture (SVG)")["href"] == image["src"]


def test_caption_for_jupyterlab_leaves_no_trace(small_book):
    assert "FOR JUPYTERLAB ONLY" not in "".join(
        path.read_text(encoding="utf-8") for path in small_book.out.glob("*.html")
    )


def test_table_is_a_table(small_book, page):
    found = page.find("figure", id="one-table")
    assert found.find("figcaption").get_text().strip().startswith("Table 1.1 Agreement by phase.")
    box = found.find("div", class_="scroll-box")
    assert (box["tabindex"], box["role"]) == ("0", "region") and "aria-label" not in box.attrs
    assert words(page.find(id=box["aria-labelledby"])) == words(found.find("figcaption").p).removesuffix("#").strip()
    cells = [
        [(cell.name, cell.get("scope"), "number" in cell.get("class", [])) for cell in row.find_all(["td", "th"])]
        for row in found.find_all("tr")
    ]
    assert cells[0] == [("th", "col", False), ("th", "col", True), ("th", "col", True)]
    assert cells[1] == [("th", "row", False), ("td", None, True), ("td", None, True)]
    assert found.find("table")["aria-label"] == "Table 1.1"
    data, described = found.find_all("a", class_="data-link")
    assert (small_book.out / data["href"]).is_file()
    resource = json.loads((small_book.out / described["href"]).read_text(encoding="utf-8"))
    assert resource["path"] == data["download"] and described["download"] == f"{resource['name']}.json"
    assert resource["title"] == "Agreement by phase." and "](" not in json.dumps(resource)
    assert "Source: votes." in resource["description"] and "(Version 0.3.0)" in resource["pakrus:cite"]


def test_references_by_number_reach_both(small_book, page):
    assert [a.get_text() for a in page.select("p a:not(.headerlink)") if a["href"].startswith("#one-")] == [
        "Figure 1.1",
        "Table 1.1",
    ]
    other = BeautifulSoup((small_book.out / "two.html").read_text(encoding="utf-8"), "lxml")
    assert other.find("a", href="one.html#one-votes").get_text() == "Figure 1.1"


def test_code_is_folded_and_kept(page):
    folds = page.select("details.code-fold")
    assert [fold.find("pre").get_text().strip() for fold in folds] == ["show(1)", "show(2)"]
    assert [fold.find("summary").get_text() for fold in folds] == ["Code of Figure 1.1", "Code of Table 1.1"]
    assert all(fold.find_previous_sibling(class_="cell_output") for fold in folds)  # under what it makes


def test_labels_of_boxes_differ(make_book):
    other = FACT | {"name": "of_china"}
    book = make_book({"one.ipynb": chapter("One", "Words.", table("one-table"), facts(FACT), facts(other))})
    page = BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml")
    labels = [
        tag.get("aria-label") or words(page.find(id=tag["aria-labelledby"])) for tag in page.select(".scroll-box")
    ]
    assert len(labels) == len(set(labels)) == 3


def test_a_figure_has_four_forms_and_its_finding_apart(small_book, page):
    found = page.find("figure", id="one-votes")
    asked = [(tag.parent["class"], tag.name, tag.get("srcset") or tag["src"]) for tag in found.select("picture > *")]
    forms = [
        ("on-light", "source", "_phone"),
        ("on-light", "img", ""),
        ("on-dark", "source", "_phone_dark"),
        ("on-dark", "img", "_dark"),
    ]
    assert asked == [([where], tag, f"_images/one-votes{form}.svg") for where, tag, form in forms]
    assert {image["alt"] for image in found.find_all("img")} == {f"Figure 1.1: {opening(ALT)}"}
    assert [source["width"] for source in found.find_all("source")] == ["312", "312"]
    drawn = {form: (small_book.out / "_images" / f"one-votes{form}.svg").read_text() for _, _, form in forms}
    assert "#fff" in drawn[""] and "#fff" not in drawn["_dark"] and drawn["_dark"] == dark.drawing(drawn[""])
    assert drawn["_phone_dark"] == dark.drawing(drawn["_phone"]) != drawn["_dark"]
    assert found.find(class_="finding").get_text() in found.find("figcaption").get_text()


def test_a_figure_that_jupyterlab_saved_is_shown_in_the_form_it_has(make_book):
    """There `book.py run` has not drawn the form for a phone and the PNG; the page shows the wide drawing everywhere."""
    shown, caption = figure("one-votes", caption="It fell.", source="s")
    for form in ("image/vnd.pakrus.narrow+xml", "image/png"):
        del shown["data"][form]
    book = make_book({"one.ipynb": chapter("One", "Words.", [shown, caption])})
    found = BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml").find("figure", id="one-votes")
    forms = [(tag.name, tag["src"]) for tag in found.select("picture > *")]
    assert book.warnings == "" and forms == [("img", f"_images/one-votes{form}.svg") for form in ("", "_dark")]
    assert all((book.out / name).is_file() for _, name in forms)


@pytest.mark.parametrize(
    ("caption", "finding"),
    [
        ("Trade fell. It rose later.", "Trade fell."),
        ("It fell by 3.9 % in 1971: no less.", "It fell by 3.9 % in 1971:"),
        ("It fell (8); others did not.", "It fell (8);"),
        ("It fell", "It fell"),
    ],
)
def test_the_finding_is_the_first_sentence(caption, finding):
    first, *_ = _finding_first([nodes.Text(caption)])
    assert first.astext() == finding and first["classes"] == ["finding"]


@pytest.mark.parametrize(("builder", "name"), [("bookfile", "reader-*.html"), ("epub", "one.xhtml")])
def test_paper_and_e_books_have_one_form(make_book, builder, name):
    pages = {"one.ipynb": chapter("One", "Words.", figure("one-votes", caption="Short.", source="Own."))}
    book = make_book(pages, "version = '1'\ncopyright = 'x'\n", builder)
    (image,) = (
        BeautifulSoup(next(book.out.glob(name)).read_text(encoding="utf-8"), "lxml")
        .find("figure", id=re.compile("one-votes"))
        .find_all("img")
    )
    assert image["src"].endswith("one-votes.svg") and image.parent.name == "div"
    assert {path.name for path in book.out.rglob("one-votes*.svg")} == {"one-votes.svg"}


def test_alt_falls_back_to_plain_text(make_book):
    book = make_book(
        {"one.ipynb": chapter("One", "Words.", figure("a-figure", alt=None, caption="Short.", source="Own."))}
    )
    assert book.warnings == ""
    assert f'alt="Figure 1.1: {opening(ALT)}"' in (book.out / "one.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (figure("A name", caption="c", source="s"), "'A name' is no name"),
        (figure("bare", caption=None, source="s"), "'bare' lacks caption"),
        (figure("bare", caption="c", source="s", csv=""), "'bare' lacks csv"),
        (table("short", rows=[["a"]], source="s"), r"rows \[1\] do not have 3 cells"),
    ],
)
def test_what_is_wrong_is_said(make_book, output, message):
    book = make_book({"one.ipynb": chapter("One", "Words.", output)})
    assert re.search(r"one\.ipynb.*WARNING: cell 2: .*" + message, book.warnings), book.warnings


def test_a_name_is_used_once(make_book):
    same = [figure("same", caption="c", source="s")]
    book = make_book({"one.ipynb": chapter("One", "Words.", *same), "two.ipynb": chapter("Two", "Words.", *same)})
    assert "the name 'same' is already used in one" in book.warnings


@pytest.mark.parametrize(
    ("svg", "expected"),
    [
        ('<svg width="72pt" height="36pt">', (96.0, 48.0)),
        ("<?xml version='1.0'?><svg viewBox='0 0 10 20'>", (10.0, 20.0)),
        ('<svg width="100%" height="50%" viewBox="0 0 4 2">', (4.0, 2.0)),
        ("<svg>", None),
        ("", None),
    ],
)
def test_size_of_a_drawing(svg, expected):
    assert size(svg) == expected
