"""The notebook is the book: plain nbconvert shows the words of the page, in order, and nothing that only Sphinx understands."""

import difflib
import re
from pathlib import Path

import pytest
from book_notebooks import NOTEBOOKS, ROOT, prose
from bs4 import BeautifulSoup, NavigableString

ids = {"argvalues": NOTEBOOKS, "ids": [path.stem for path in NOTEBOOKS]}
PAGES = ROOT / "_build" / "html"
# what the page adds to the text: its own marks, the cite box, the ways on, the notes
ADDED = (
    ".cell, script, style, .headerlink, .section-number, details.cite-box, .prev-next-area, .math, nav, .toctree-wrapper, "
    ".chapter-head, .edition, .strip, .abstract-elsewhere, .unit, details.code-fold, section[role=doc-endnotes]"
)


def words(soup) -> list[str]:
    """The words of a text as a reader sees them; a typographic apostrophe is an apostrophe."""
    for block in soup.find_all(["h1", "h2", "h3", "h4", "p", "li", "td", "th", "dd", "dt"]):
        block.append("\n")
    text = soup.get_text("").replace("’", "'").replace("‘", "'").replace("\u00a0", " ")
    return re.sub(r"[“”]", '"', text).split()


def notebook_words(path: Path) -> list[str]:
    """The words of a notebook's Markdown cells as nbconvert renders them, formulas left out."""
    from nbconvert import HTMLExporter

    html, _ = HTMLExporter(template_name="basic").from_filename(str(path))
    soup = BeautifulSoup(html, "lxml")
    for mark in soup.select("a.anchor-link"):
        mark.decompose()
    found = []
    for cell in soup.select(".text_cell_render, .jp-RenderedMarkdown"):
        if cell.find_parent(class_="jp-CodeCell") or cell.find_parent(class_="jp-OutputArea"):
            continue
        for text in cell.find_all(string=re.compile(r"\$")):
            if text.find_parent("code") is None:
                text.replace_with(re.sub(r"\$\$.*?\$\$(?: \([\w-]+\))?|\$[^$]+\$", "", str(text), flags=re.S))
        found += words(cell)
    return found


def article_of(path: Path):
    """The text of a notebook's page, parsed."""
    page = PAGES / path.relative_to(ROOT).with_suffix(".html")
    return BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").find("article")


def moved(path: Path) -> list[list[str]]:
    """The words of each sentence that announces a cell and stands with it in a fold, out of the text."""
    return [words(paragraph) for paragraph in article_of(path).select("details.code-fold p.moved")]


def without(found: list[str], part: list[str]) -> list[str]:
    """Words of a notebook without one run of them that the page has elsewhere."""
    for start in range(len(found) - len(part) + 1):
        if found[start : start + len(part)] == part:
            return found[:start] + found[start + len(part) :]
    pytest.fail(f"the page has words that the notebook has not: {' '.join(part)}")


def page_words(path: Path) -> list[str]:
    """The words of the page's prose, without what cells show."""
    article = article_of(path)
    for part in article.select(ADDED):
        part.decompose()
    with_brackets(article)
    return words(article)


def with_brackets(article) -> None:
    """Put back what a note stands for: "said.¹" was "said (Dawn 2020a)."."""
    for mark in article.select("sup.note"):
        bracket, before = f" ({mark.a['data-sources']})", mark.previous_sibling
        if "stays" in mark["class"]:
            mark.insert_before(bracket)
        else:
            stops = re.search(r"[.,;:?!]+$", before).group()
            before.replace_with(NavigableString(before.removesuffix(stops) + bracket + stops))
        mark.decompose()


@pytest.mark.parametrize("path", **ids)
def test_a_notebook_holds_no_role_directive_label_or_bare_key(path):
    assert marks_of_sphinx(prose(path)) == []


def marks_of_sphinx(text: str) -> list[str]:
    """Roles, directives, labels and links without a text, outside fenced code."""
    text = re.sub(r"^```(?!\{).*?^```", " ", text, flags=re.S | re.M)
    return re.findall(r"\{[\w:-]+\}`|^(?:```|:::)\{.*|^\([\w-]+\)=\s*$|\[\]\([^)]*\)", text, flags=re.M)


@pytest.mark.parametrize(
    "text", ["see {numref}`x` there", "```{note}\nx\n```", "(label)=\n## Head", "[](#agreement)", ":::{tip}"]
)
def test_what_only_sphinx_understands_is_found(text):
    assert marks_of_sphinx(text)


@pytest.mark.parametrize("path", **ids)
def test_the_notebook_reads_as_the_page(path, html):
    notebook, page = notebook_words(path), page_words(path)
    assert len(notebook) > 300 and moved(path)
    for part in moved(path):
        notebook = without(notebook, part)
    if notebook != page:
        for kind, a, b, c, d in difflib.SequenceMatcher(None, notebook, page, autojunk=False).get_opcodes():
            if kind != "equal":
                pytest.fail(
                    f"notebook: … {' '.join(notebook[max(0, a - 6) : b + 3])} … page: … {' '.join(page[max(0, c - 6) : d + 3])} …"
                )
