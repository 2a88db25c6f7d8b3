"""Executing notebooks: the same bytes whatever the machine is set to, nothing touched without need, links written once."""

import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from pakrus import store
from pakrus.folder import ROOT
from pakrus.notebooks import execute, files

CHAPTER = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Россия\n", "text"]},
        {
            "cell_type": "code",
            "execution_count": 17,
            "metadata": {"tags": ["hide-input"], "ExecuteTime": {"start_time": "now"}},
            "outputs": [],
            "source": [
                "import locale, os, time\n",
                "print(time.tzname, set('abcdefgh'), locale.getlocale(), flush=True)\n",
                "time.sleep(0.3)\n",
                "print('more')",
            ],
        },
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "kept-id",
            "metadata": {},
            "outputs": [],
            "source": "os.environ.get('MPLBACKEND_OF_READER'), hash('Tashkent')",
        },
    ],
    "metadata": {"kernelspec": {"name": "mine", "display_name": "My kernel"}, "title": "A chapter", "toc": {"x": 1}},
    "nbformat": 4,
    "nbformat_minor": 4,
}


@pytest.fixture
def project(tmp_path):
    """A book folder with the package and two chapters; what writes the links leaves a mark instead."""
    shutil.copytree(ROOT / "pakrus", tmp_path / "pakrus", ignore=shutil.ignore_patterns("__pycache__", "links.py"))
    (tmp_path / "pakrus" / "notebooks" / "links.py").write_text(
        "class LinkError(Exception):\n    pass\n\n\ndef write(root):\n    with open('links.txt', 'a') as file:\n        file.write('written\\n')\n    return []\n"
    )
    (tmp_path / "chapters").mkdir()
    for name in ("cold-war", "post-1991"):
        (tmp_path / "chapters" / f"{name}.ipynb").write_text(json.dumps(CHAPTER), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(project, monkeypatch, capfd):
    """`book.py run` as in an environment that is ready."""
    found = importlib.util.spec_from_file_location("book_that_runs", ROOT / "pakrus" / "environment.py")
    book = importlib.util.module_from_spec(found)
    found.loader.exec_module(book)
    monkeypatch.setattr(book, "ROOT", project)
    monkeypatch.setattr(book, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(book, "ensure_environment", lambda derive=False: None)

    def command(*names):
        capfd.readouterr()
        code = book.command_run(list(names))
        return code, "".join(capfd.readouterr())

    return command


@pytest.mark.long
def test_run_stores_the_same_bytes_whatever_the_machine_is_set_to(project, run, monkeypatch):
    path = project / "chapters" / "cold-war.ipynb"
    for name, value in {"TZ": "Asia/Karachi", "PYTHONHASHSEED": "1", "LC_ALL": "C"}.items():
        monkeypatch.setenv(name, value)
    code, said = run()
    assert code == 0, said
    assert "[2/2]" in said and (project / "links.txt").read_text() == "written\n"
    first = path.read_bytes()
    touched = path.stat().st_mtime_ns

    stored = json.loads(first)
    cells = [cell for cell in stored["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == [1, 2]
    (printed,) = cells[0]["outputs"]  # one stream however the kernel's messages were cut
    assert "('UTC', 'UTC')" in printed["text"][0] and printed["text"][1] == "more\n"
    assert cells[0]["metadata"] == {"tags": ["hide-input"]}
    assert cells[1]["id"] == "kept-id"
    assert len({cell["id"] for cell in stored["cells"]}) == 3
    assert stored["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "title": "A chapter",
    }
    assert first.endswith(b"}\n") and b"\r" not in first and "Россия".encode() in first

    for name, value in {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    (project / "chapters" / "post-1991.ipynb").write_text("not touched when not asked for")
    code, said = run("cold")
    assert code == 0 and "chapters/cold-war.ipynb: unchanged" in said
    assert path.read_bytes() == first
    assert path.stat().st_mtime_ns == touched  # or its page would be built again
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []


def test_a_failing_chapter_stays_as_it_was_and_the_others_are_stored(project, run):
    path = project / "chapters" / "cold-war.ipynb"
    broken = json.loads(json.dumps(CHAPTER))
    broken["cells"][2]["source"] = "1 / 0"
    path.write_text(json.dumps(broken), encoding="utf-8")
    (project / "chapters" / "half.ipynb").write_text("{ half a fi")
    before = path.read_bytes()
    code, said = run()
    assert code == 1
    assert "cold-war.ipynb: FAILED" in said and "ZeroDivisionError" in said
    assert "half.ipynb: FAILED" in said and "is no notebook" in said
    assert "post-1991.ipynb: stored" in said
    assert (project / "links.txt").read_text() == "written\n"
    assert path.read_bytes() == before


def test_chapters_are_found_by_what_a_reader_would_type(tmp_path):
    (tmp_path / "chapters").mkdir()
    with pytest.raises(execute.NoNotebook, match="there is no notebook"):
        execute.find([], tmp_path)
    for name in ("chapters/cold-war", "chapters/post-1991", "index"):
        (tmp_path / f"{name}.ipynb").touch()

    def stems(*names):
        return [path.stem for path in execute.find(names, tmp_path)]

    assert stems() == ["index", "cold-war", "post-1991"]
    assert stems("cold-war") == stems("chapters/cold-war.ipynb") == stems("chapters\\cold-war.ipynb") == ["cold-war"]
    assert stems("1991", "cold", "cold-war") == ["post-1991", "cold-war"]
    with pytest.raises(execute.NoNotebook, match="no chapter is called cold-wart; there are: index, cold-war"):
        stems("cold-wart")


def test_the_books_own_notebooks_are_stored_in_the_form_that_run_gives_them():
    for path in execute.notebooks():
        text = path.read_text(encoding="utf-8")
        assert files.as_text(json.loads(text)) == text, path.name


def test_a_write_broken_off_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "chapter.ipynb"
    path.write_text("old")

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.write(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == [path.name]
