"""What a cell published stands in the fold of its code, and a number in the text leads there."""

import re

import pytest
from book_samples import FACT, build, chapter, facts, figure, write_book
from bs4 import BeautifulSoup

PLAIN = figure("one-votes", caption="c", source="s")
PAGES = {
    "one.ipynb": chapter(
        "One",
        "They agreed in [56\u00a0%](#agreement) of the roll calls, as {doc}`two` says.",
        facts(FACT, {"name": "roll_calls", "value": "628"}),
        [*facts({"name": "later", "value": "1 < 2"}), *PLAIN],
    ),
    "two.ipynb": chapter("Two", "Words."),
}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facts") / "small"
    write_book(folder, PAGES)
    return folder


@pytest.fixture(scope="module")
def web(source):
    book = build(source)
    assert book.warnings == ""
    return book


def soup(book, name):
    return BeautifulSoup((book.out / name).read_text(encoding="utf-8"), "lxml")


def test_the_table_follows_the_code_in_its_fold(web):
    page = soup(web, "one.html")
    fold = page.select_one("details.code-fold.steps")
    first, second = fold.select_one("div.cell"), page.select_one("details.above-input")  # beside a figure, its own
    assert "show(1)" in fold.find("pre").get_text()
    table = first.select_one(".cell_input ~ .table-box > table.facts")
    assert table.caption.get_text() == "What this cell computed"
    heads = ["Name", "Value", "n", "Interval", "Meaning"]
    assert [th.get_text() for th in table.select("thead th[scope=col]")] == heads
    row = table.find("tr", id="fact-agreement")
    assert row["tabindex"] == "-1" and row.find("th", scope="row").get_text() == "agreement"
    assert [td.get_text() for td in row.find_all("td")] == [FACT[key] for key in ("value", "n", "interval", "words")]
    assert [td.get_text() for td in table.find("tr", id="fact-roll_calls").find_all("td")] == ["628", "", "", ""]
    assert first.find(class_="cell_output") is None
    # columns that no row fills are left out; what else the cell shows stays outside the fold
    assert [th.get_text() for th in second.select("table.facts thead th")] == ["Name", "Value"]
    assert second.find("tr", id="fact-later").find("td").get_text() == "1 < 2"
    assert page.select_one("article section > div.cell > .cell_output figure")
    assert "FOR JUPYTERLAB ONLY" not in page.get_text()


def test_the_script_is_small_and_only_where_it_is_needed(web):
    asked = [tag for tag in soup(web, "one.html").select("script[src]") if "facts.js" in tag["src"]]
    assert len(asked) == 1 and asked[0].has_attr("defer")
    assert (web.out / "_static" / "facts.js").stat().st_size < 1024
    assert "facts.js" not in (web.out / "two.html").read_text(encoding="utf-8")
    link = soup(web, "one.html").find("a", class_="fact")
    assert (link["href"], link.get_text()) == ("#fact-agreement", "56\u00a0%")


@pytest.mark.parametrize(("builder", "name"), [("bookfile", "reader-*one.html"), ("text", "one.txt"), ("latex", None)])
def test_without_folds_neither_table_nor_link(source, web, builder, name):
    book = build(source, builder)
    assert book.warnings == ""
    path = next(book.out.glob(name or "*.tex"))
    text = path.read_text(encoding="utf-8")
    unwanted = ("What this cell computed", "fact-", "FOR JUPYTERLAB ONLY", "identical")
    assert not [word for word in unwanted if word in text]
    assert re.search("They agreed in (<span>)?56", text)


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        ([facts()], "no facts"),
        ([facts({"name": "x", "value": ""})], "facts [1] lack a name or a value"),
    ],
)
def test_facts_that_cannot_be_shown_are_named(make_book, outputs, message):
    assert message in make_book({"one.ipynb": chapter("One", "Words.", *outputs)}).warnings
