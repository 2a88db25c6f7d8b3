"""The frame of a new chapter, and what a notebook says away from the book."""

import ast
import json
import sys
import sysconfig

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from nbclient import NotebookClient

from pakrus.notebooks import __main__, files, scaffold


@pytest.fixture
def root(tmp_path):
    """The folder of a book with one chapter."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "cold-war.ipynb").write_text("{}")
    return tmp_path


def test_a_new_chapter_has_the_frame_and_is_stored_as_it_will_be_after_a_run(root):
    assert scaffold.new("arms-control", root) == 0
    path = root / "chapters" / "arms-control.ipynb"
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    nbformat.validate(notebook)
    cells = notebook["cells"]
    assert cells[0]["source"].startswith("# Arms control\n")
    assert [cell["source"] for cell in cells if cell["cell_type"] == "code"] == [
        scaffold.SETUP,
        'figures.data_used("arms-control")',
    ]
    headings = [cell["source"].split("\n")[0] for cell in cells if cell["source"].startswith("## ")]
    assert headings == [f"## {heading}" for heading in scaffold.FRAME]
    assert [h for h in scaffold.FRAME if h in scaffold.HEADINGS] == list(scaffold.HEADINGS)
    assert files.as_text(files.plain(json.loads(path.read_text(encoding="utf-8")))) == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cold-war", "chapters/cold-war.ipynb is there already"),
        ("Cold War", "no name for a chapter"),
        ("../elsewhere", "no name for a chapter"),
        ("x.ipynb", "no name for a chapter"),
        ("", "no name for a chapter"),
    ],
)
def test_a_bad_or_taken_name_is_refused(root, name, told):
    with pytest.raises(scaffold.BadName, match=told):
        scaffold.new(name, root)
    assert [path.name for path in (root / "chapters").iterdir()] == ["cold-war.ipynb"]


def test_a_refusal_is_one_line(capsys):
    assert __main__.main(["new", "Cold War"]) == 2
    assert __main__.main(["run", "cold-wart"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 and all(line.startswith("book.py: ") for line in lines)


def test_the_set_up_cell_is_as_short_as_a_cell_may_be():
    lines = scaffold.SETUP.splitlines()
    assert len(lines) <= 12 and max(map(len, lines)) <= 100
    ast.parse(scaffold.SETUP)


@pytest.mark.long
def test_away_from_the_book_three_lines_are_shown_and_no_traceback(tmp_path, monkeypatch):
    """A real kernel, in a folder away from the book, whose Python has everything but pakrus (-S: no .pth is read)."""

    class Bare(KernelSpecManager):
        def get_kernel_spec(self, name):
            launch = [sys.executable, "-S", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=launch, env={"PYTHONPATH": sysconfig.get_path("purelib")}, display_name="bare")

    monkeypatch.delenv("PYTHONPATH", raising=False)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(scaffold.SETUP)])
    resources = {"metadata": {"path": str(tmp_path)}}
    client = NotebookClient(notebook, kernel_name="bare", allow_errors=True, resources=resources)
    client.create_kernel_manager().kernel_spec_manager = Bare()
    client.execute()
    (shown,) = notebook.cells[0].outputs
    assert shown["output_type"] == "error"
    assert shown["traceback"] == [
        "This chapter needs the book's folder: pakrus/ and data/ are not here.",
        "Get the whole book (its README says how) and put this notebook back into its folder.",
        "Then open it there with: python book.py lab",
    ]
