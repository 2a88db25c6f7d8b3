"""Code as a layer: steps gathered at the end of a section, folds under figures, set-up and tables at the end of the page."""

import nbformat
import pytest
from book_samples import FACT, build, facts, figure, table, write_book
from bs4 import BeautifulSoup
from nbformat import v4

CELLS = [
    ("# One\n\nIt runs from 1947 to 1991. The cell below loads what this page needs.", "load()", []),
    ("The measures:", "import measures", []),
    ("It began in 1949.\n\n## The story\n\nHow often? And when?", "count(1)", facts(FACT)),
    ("The same for the others:", "count(2)", facts({"name": "others", "value": "7"})),
    ("How near were they?", "count(3)", facts({"name": "near", "value": "8"})),
    ("They were near.\n\nThe acts of each year:", "draw()", figure("one-votes", caption="Words said.", source="s")),
    ("So it was.\n\n### Why\n\nWhat for?", "count(4)", facts({"name": "why", "value": "9"})),
    ("For this.\n\n## Exercises\n\n**Exercise 1.** Count again.", "solve()", figure("solved", caption="Words said.", source="s")),
    ("## Sources\n\nWhich tables is this page computed from?", "used()", table("one-data-used", source="s")),
    ("## Next\n\nRead {doc}`two`.", None, []),
]  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    known = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    notebook = v4.new_notebook(metadata=known)
    for words, code, outputs in CELLS:
        notebook.cells.append(v4.new_markdown_cell(words))
        if code:
            tags = ["hide-cell", "solution"] if code == "solve()" else ["hide-input"]
            notebook.cells.append(v4.new_code_cell(code, outputs=outputs, metadata={"tags": tags}, execution_count=1))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    folder = tmp_path_factory.mktemp("layers") / "small"
    write_book(folder, {"one.ipynb": nbformat.writes(notebook), "two.md": "# Two\n\nWords."})
    return folder


@pytest.fixture(scope="module")
def page(source):
    book = build(source)
    assert book.warnings == ""
    return BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml")


def folds(page):
    return {fold.summary.get_text(): fold for fold in page.select("article details.code-fold")}


def steps(fold):
    return [(part.find("p").get_text(), part.find("pre").get_text().strip()) for part in fold.select(".step")]


def test_every_fold_has_a_name_of_its_own(page):
    assert list(folds(page)) == [
        "Code of Figure 1.1",
        "How these numbers are computed (3 steps): The story",
        "How these numbers are computed (1 step): Why",
        "Solution of exercise 1",
        "Set-up and data of this page",
    ]
    assert not [fold for fold in folds(page).values() if fold.has_attr("open")]


def test_steps_stand_at_the_end_of_what_is_their_sections_own(page):
    fold = folds(page)["How these numbers are computed (3 steps): The story"]
    assert steps(fold) == [
        ("How often? And when?", "count(1)"),
        ("The same for the others:", "count(2)"),
        ("How near were they?", "count(3)"),
    ]
    assert fold.find_next_sibling("section").h3.get_text().startswith("Why")
    assert fold.select_one("tr#fact-agreement") and not fold.select("details")
    # what only announces a cell leaves the text; a question that the text answers stays in it
    text = [p.get_text() for p in page.select("#the-story > p")]
    assert text == ["How near were they?", "They were near.", "The acts of each year:", "So it was."]
    assert [p.get_text() for p in fold.select("p.moved")] == ["How often? And when?", "The same for the others:"]


def test_the_numbers_of_paragraphs_have_no_gaps(page):
    numbered = page.select("article p:has(> a.para)")
    numbers = [p.select_one("a.para")["data-n"] for p in numbered]
    assert numbers == [str(number) for number in range(1, len(numbered) + 1)]
    assert all(page.find(id=f"p{number}") for number in numbers)
    assert [p.get_text() for p in numbered[:3]] == [
        "It runs from 1947 to 1991.",
        "It began in 1949.",
        "How near were they?",
    ]
    assert not page.select("details .para, .box .para, .next .para")


def test_the_code_of_a_figure_stands_under_it(page):
    cell = page.select_one("div.cell:has(#one-votes)")
    assert [child["class"][0] for child in cell.find_all(True, recursive=False)] == ["cell_output", "code-fold"]


def test_set_up_and_tables_are_at_the_end(page):
    fold = folds(page)["Set-up and data of this page"]
    assert [words for words, _ in steps(fold)] == [
        "The cell below loads what this page needs.",
        "The measures:",
        "Which tables is this page computed from?",
    ]
    assert fold.select_one("figure#one-data-used table")
    assert [p.get_text() for p in page.select("h1 ~ p")] == ["It runs from 1947 to 1991.", "It began in 1949."]


def test_the_way_on_is_the_last_line_and_no_heading(page):
    last = page.select_one("article section > div.next:last-child")
    assert [p.get_text() for p in last.find_all("p")] == ["Next", "Read Two."]
    assert not page.find("h2", string="Next") and "#next" not in str(page.select("nav"))


def test_paper_has_no_layers(source):
    paper = "".join(path.read_text(encoding="utf-8") for path in build(source, "bookfile").out.glob("*.html"))
    assert "They were near" in paper and "How these numbers" not in paper and "<details" not in paper


def test_claims_by_number_fold_inside_their_box(tmp_path):
    from docutils import nodes

    from pakrus.pages.layers import fold_numbers, layer_fold

    def claims(*names):
        listed = nodes.paragraph("", "Opinion: ")
        for name in names:
            listed += [nodes.reference("", name, classes=["claim"]), nodes.Text(", ")]
        return listed

    said = nodes.paragraph("", "The articles make a statement: ", nodes.reference("", "S0-01", classes=["claim"]))
    box = nodes.container("", said, claims("S0-02", "S0-03", "S0-04"), claims("S0-05", "S0-06", "S0-07"))
    fold_numbers(box)
    assert [type(node) for node in box] == [nodes.paragraph, layer_fold]
    assert [part.astext() for part in box[1]] == ["Opinion: S0-02, S0-03, S0-04, ", "Opinion: S0-05, S0-06, S0-07, "]
