"""A newcomer is told: what a long module takes and gives, what a public function does."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pakrus"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONG, WORDS = 100, 25


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(PACKAGE).as_posix() for path in MODULES])
def test_a_long_module_has_a_head_paragraph_and_a_public_function_a_docstring(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    head = ast.get_docstring(tree) or ""
    assert head, "no docstring"
    assert len(text.splitlines()) <= LONG or len(head.split()) >= WORDS, f"{len(text.splitlines())} lines under: {head}"
    scopes = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    mute = [
        node.name
        for scope in scopes
        for node in scope.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and node.name not in ("setup", "run", "apply")  # what Sphinx calls: the class says what it does
        and not ast.get_docstring(node)
    ]
    assert not mute, f"no docstring: {', '.join(mute)}"
