"""Numbers of chapters, figures and tables: from the table of contents, page by page."""

import pytest

from pakrus import numbering
from pakrus.folder import ROOT

TOC = """\
root: index
parts:
  - caption: Chapters
    numbered: 1
    chapters:
      - file: chapters/post-1991
      - file: chapters/post-9-11
  - caption: Back matter
    chapters:
      - file: back-matter/codebook
      - file: back-matter/register
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "back-matter").mkdir()
    for name in ("index", "back-matter/register"):
        (tmp_path / f"{name}.ipynb").write_text("{}")
    return tmp_path


def test_chapters_have_numbers_other_notebooks_letters_and_texts_neither(root):
    assert numbering.sections(root) == {
        "index": "A", "chapters/post-1991": "1", "chapters/post-9-11": "2", "back-matter/register": "B",
    }  # fmt: skip


def test_a_name_leads_to_its_page(root):
    assert numbering.page_of("post-9-11-votes", root) == "chapters/post-9-11"
    assert numbering.page_of("register-data-used", root) == "back-matter/register"
    assert numbering.page_of("votes", root) is None


def test_figures_and_tables_are_counted_apart_and_keep_their_number(root):
    counter = numbering.Counter()
    assert counter.label("Figure", "post-1991-votes", root) == "Figure 1.1"
    assert counter.label("Table", "post-1991-visits", root) == "Table 1.1"
    assert counter.label("Figure", "post-1991-trade", root) == "Figure 1.2"
    assert counter.label("Figure", "post-1991-votes", root) == "Figure 1.1"
    assert numbering.Counter().label("Table", "register-kinds", root) == "Table B.1"


def test_a_name_that_belongs_to_no_page_is_refused(root):
    with pytest.raises(ValueError, match="begins with that of its page and a hyphen; pages: index, post-1991"):
        numbering.Counter().label("Figure", "votes", root)


def test_the_books_own_chapters_are_numbered():
    sections = numbering.sections(ROOT)
    assert sections["chapters/introduction"] == "1" and sections["index"] == "A"
