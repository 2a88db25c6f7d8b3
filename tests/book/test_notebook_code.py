"""Code that a student can read where it stands: short cells, one question each, named measures, nothing formatted twice."""

import ast
import re

import pytest
from book_notebooks import NOTEBOOKS, ROOT, cells

from pakrus import data, facts
from pakrus.notebooks.links import Book, links

ids = {"argvalues": NOTEBOOKS, "ids": [path.stem for path in NOTEBOOKS]}
LINES, COLUMNS = 12, 100
SHORT_WORDS = {"pi", "us", "un", "of", "in", "to", "by", "no", "up", "at", "on", "or", "n", "tiv", "sco"}


def notebook_cells(path):
    """All cells in order, each with its text."""
    import json

    return [{**cell, "text": "".join(cell["source"])} for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]


def boundaries():
    """Numbers and days that belong to phases.csv and phase_boundaries.csv and to no chapter."""
    phases, rivals = data.load("phases"), data.load("phase_boundaries")
    sessions = {*phases["first_session"], *phases["last_session"], *rivals["first_session"]} - {2}
    days = {*phases["first_day"].dropna(), *phases["last_day"].dropna(), *rivals["date"]}
    return {int(s) for s in sessions} | {int(day[:4]) for day in days}, days


@pytest.mark.parametrize("path", **ids)
def test_a_cell_fits_the_eye(path):
    for cell in cells(path, "code"):
        lines = cell["text"].splitlines()
        assert len(lines) <= LINES, f"{len(lines)} lines: {lines[0]}"
        assert max(map(len, lines)) <= COLUMNS, max(lines, key=len)


@pytest.mark.parametrize("path", **ids)
def test_a_cell_asks_measures_and_formats_nothing(path):
    numbers, days = boundaries()
    for cell in cells(path, "code"):
        assert "noqa" not in cell["text"] and ".rename(" not in cell["text"], cell["text"]
        assert not re.search(r"\b(number|percent|estimate\.signed)\(|\.format\(|\.round\(|\bround\(", cell["text"]), (
            cell["text"]
        )
        for node in ast.walk(ast.parse(cell["text"])):
            assert not isinstance(node, (ast.Lambda, ast.FunctionDef, ast.JoinedStr)), cell["text"]
            if isinstance(node, ast.Constant) and "solution" not in cell["metadata"].get("tags", []):
                assert node.value not in days, f"a boundary of a phase as a literal: {cell['text']}"
                if isinstance(node.value, int) and not isinstance(node.value, bool):
                    assert node.value not in numbers, (
                        f"{node.value}, a boundary of a phase, as a literal: {cell['text']}"
                    )


@pytest.mark.parametrize("path", **ids)
def test_a_sentence_stands_before_each_cell(path):
    before = None
    for cell in notebook_cells(path):
        if cell["cell_type"] == "code":
            assert before is not None and before["cell_type"] == "markdown", f"no text before: {cell['text'][:80]}"
            last = re.split(r"\n\s*\n", before["text"].strip())[-1]
            assert not last.startswith("#"), f"only a heading before: {cell['text'][:80]}"
        before = cell


@pytest.mark.parametrize("path", **ids)
def test_facts_are_few_and_in_full_words(path):
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            rows = output.get("data", {}).get(facts.MIME, {}).get("facts", [])
            assert len(rows) <= facts.MOST
            for row in rows:
                for part in row["name"].split("_"):
                    assert len(part) > 2 or part in SHORT_WORDS or part.isdigit(), row["name"]
                assert not re.search(r"[a-z]\d{1,2}$", row["name"].split("_")[0]), row["name"]
                assert len(row["words"].split()) >= 2, row


@pytest.mark.parametrize("path", **ids)
def test_a_fact_is_computed_in_the_section_that_uses_it(path):
    section, published, used = "", {}, {}
    for cell in notebook_cells(path):
        if cell["cell_type"] == "markdown":
            for block in re.split(r"(?=^## )", cell["text"], flags=re.M):
                section = block.splitlines()[0] if block.startswith("## ") else section
                for _, target in links(block):
                    used.setdefault(target.lstrip("#"), set()).add(section)
            continue
        for output in cell["outputs"]:
            parts = output.get("data", {})
            for row in parts.get(facts.MIME, {}).get("facts", []):
                published[row["name"]] = section
            for kind in ("figure", "table"):
                for name in parts.get(f"application/vnd.pakrus.{kind}+json", {}).get("facts", []):
                    used.setdefault(name, set()).add(section)
    for name, place in published.items():
        places = set().union(*(used.get(view, set()) for view in (name, f"{name}_n", f"{name}_interval")))
        assert place in places or not places, f"{name} is computed in {place!r}, used in {sorted(places)}"


@pytest.mark.parametrize("path", **ids)
def test_every_exercise_has_a_solution_that_ran(path):
    text = "\n\n".join(cell["text"] for cell in cells(path, "markdown"))
    section = re.search(r"^## Exercises\s*$(.*?)(?=^## |\Z)", text, flags=re.M | re.S)
    wanted = len(re.findall(r"^\*\*Exercise \d+\.\*\*", section[1], flags=re.M)) if section else 0
    solutions = [cell for cell in cells(path, "code") if "solution" in cell["metadata"].get("tags", [])]
    assert len(solutions) == wanted and (not section or wanted), (len(solutions), wanted)
    assert not section or len(re.findall(r"^\*What it teaches:\* ", section[1], flags=re.M)) == wanted
    for cell in solutions:
        assert cell["outputs"], cell["text"]
        shown = {output["output_type"] for output in cell["outputs"]}
        assert shown == {"display_data"}, f"facts.answer or figures.rows shows it: {cell['text']}"
        assert {"hide-cell", "solution"} <= set(cell["metadata"]["tags"])
        assert cell["metadata"]["jupyter"] == {"outputs_hidden": True, "source_hidden": True}, "open in JupyterLab"


def test_no_link_leads_astray_and_no_fact_is_idle():
    book = Book(ROOT)
    assert book.problems() == []
    assert book.unused() == []


def test_one_fact_has_one_text_in_the_whole_book():
    """Facts with the same words are the same fact: what several pages say comes from one call."""
    said = {}
    for page in Book(ROOT).pages.values():
        for row in page.facts.values():
            said.setdefault(row["words"], {}).setdefault((row["value"], row["n"], row["interval"]), []).append(
                page.name
            )
    assert {words: texts for words, texts in said.items() if len(texts) > 1} == {}
