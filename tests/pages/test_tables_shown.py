"""Tables: numbers set as text stand to the right, tables of text become cards, names break where their words meet."""

import pytest
from book_samples import build, chapter, table, write_book
from bs4 import BeautifulSoup

from pakrus.pages.render import number_align

LONG = "A sentence of more than forty characters, so that its table is one of text."


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["71 % (69 to 73)", "−0.10", ""], "right"),
        (["1,357", "3 of 12", "–"], "right"),
        (["p < 0.01", "0.32 to 0.41"], "right"),
        (["12–14", "7"], "right"),
        (["1947", "1991"], None),
        (["3 ships", "4"], None),
        (["1967 (1962 to 1968), 1972 (1970 to 1973)", "7"], None),
        (["", "–"], None),
        (["18 May 1998", "7"], None),
        ([["node"], "7"], None),
    ],
)
def test_numbers_set_as_text_are_known(cells, wanted):
    assert number_align([["head", cell] for cell in cells], 1) == wanted
    assert number_align([[cell, ""] for cell in cells], 0) is None


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    text = table("of-text", source="s", rows=[["One", LONG, "71 % (69 to 73)"], ["Two", "", "64 % (60 to 68)"]])
    (spec,) = (part for kind, part in text[0]["data"].items() if kind.endswith("table+json"))
    spec["columns"] = [{"label": label, "align": "left"} for label in ("Name", "Meaning", "Share")]
    folder = tmp_path_factory.mktemp("tables") / "small"
    write_book(folder, {"one.ipynb": chapter("One", "Words.", text, table("of-numbers", source="s"))})
    book = build(folder)
    assert book.warnings == ""
    return BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml")


def test_a_table_of_text_has_the_names_of_its_columns_in_its_cells(page):
    text, numbers = (page.select_one(f"#{name} table") for name in ("of-text", "of-numbers"))
    assert "cards" in text["class"] and "cards" not in numbers["class"]
    labels = [[cell.get("data-label") for cell in row.find_all(["th", "td"])] for row in text.select("tbody tr")]
    assert labels == [[None, "Meaning", "Share"]] * 2
    assert not text.select("thead [data-label]") and not numbers.select("[data-label]")
    share = text.select("tbody tr")[0].find_all("td")[-1]
    assert share["class"] == ["number", "with-words"]
    assert "number" in text.select("thead th")[-1]["class"]


def test_names_in_cells_break_between_their_words(small_book):
    codebook = BeautifulSoup((small_book.out / "codebook.html").read_text(encoding="utf-8"), "lxml")
    shown = [code for code in codebook.select("td code, th code") if "_" in code.get_text()]
    assert shown and all(code.find("wbr") for code in shown)


def test_the_script_is_small_and_only_where_tables_are(page):
    asked = [tag["src"] for tag in page.select("script[src]") if "tables.js" in tag["src"]]
    assert len(asked) == 1
