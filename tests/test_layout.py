"""Who may import whom: the package's rooms stand on floors, and no arrow goes back up."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pakrus"

# Room -> the modules in it; a module belongs to the room with its longest matching name. Not all are there yet.
ROOMS = {
    "ground": (
        "folder",
        "dates",
        "cuts",
        "terms",
        "estimate",
        "numbering",
        "citation",
        "bibliography",
        "periodicals",
        "references",
        "codebook",
        "extras",
        "refusals",
        "grid",
        "named",
        "quotations",
    ),
    "facts": ("facts",),
    "environment": ("environment",),  # what book.py does, with the standard library alone
    "data": ("data", "store", "spreadsheet", "tidy", "phases"),
    "measures": ("measures",),
    "figures": ("figures",),
    "checks": ("checks",),
    "sources": ("sources",),
    "tables": ("tables",),
    "edition": ("edition",),
    "scale": ("scale",),
    "new_event": ("new_event",),
    "notebooks": ("notebooks",),
    "pages": ("pages",),
    "cli": ("cli", "__main__"),
}
# Room -> the rooms that it may import, itself apart
ALLOWED = {
    "ground": set(),
    "data": {"ground"},
    "measures": {"ground"},
    "sources": {"ground"},
    "facts": {"ground"},
    "environment": {"ground"},
    "figures": {"ground", "data", "facts"},
    "checks": {"ground", "data", "measures"},
    "tables": {"ground", "data", "measures", "sources"},
    "edition": {"ground", "data"},
    "scale": {"ground", "measures"},
    "new_event": {"ground", "data", "checks"},
    "notebooks": {"ground", "data", "facts"},
    "pages": {"ground", "data", "facts", "edition", "notebooks"},
    "cli": set(ROOMS) - {"cli"},
}
# Arrows that are being taken out: (importing module, imported module). The lead takes a line out when it is gone.
LEAVING: set[tuple[str, str]] = set()
HEAVY = {"sphinx", "docutils", "matplotlib"}  # what no module of these rooms may import
LIGHT = ("ground", "data", "measures", "sources", "tables", "checks", "edition", "scale")


def _modules() -> dict[str, Path]:
    names = {path: path.relative_to(PACKAGE).with_suffix("").parts for path in sorted(PACKAGE.rglob("*.py"))}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for path, parts in names.items()}


MODULES = _modules()


def room(module: str) -> str | None:
    """Return the room of a module named without `pakrus.`, or None."""
    known = {name: room for room, names in ROOMS.items() for name in names}
    parts = module.split(".")
    tried = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[name] for name in tried if name in known), None)


def imported(path: Path) -> set[str]:
    """Return the full names of the modules that a file imports, wherever in it; a name in a module counts as the module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the full name"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full.removeprefix("pakrus.") in MODULES else node.module)
    return found


ARROWS = {
    (module, target.removeprefix("pakrus."))
    for module, path in MODULES.items()
    for target in imported(path)
    if target.startswith("pakrus.")
}


def test_every_module_has_a_room():
    homeless = [module for module in MODULES if module and room(module) is None]
    assert not homeless, f"no room in tests/test_layout.py for {', '.join(homeless)}"


def test_the_table_has_no_circle():
    done = set()
    while len(done) < len(ALLOWED):
        ready = {name for name, others in ALLOWED.items() if name not in done and others <= done}
        assert ready, f"a circle among {', '.join(sorted(ALLOWED.keys() - done))}"
        done |= ready


def test_no_circle_of_files():
    arrows = {module: {target for source, target in ARROWS if source == module} - {module} for module in MODULES}
    done: set[str] = set()
    while len(done) < len(arrows):
        ready = {module for module, targets in arrows.items() if module not in done and targets & arrows.keys() <= done}
        assert ready, f"modules that import each other: {', '.join(sorted(arrows.keys() - done))}"
        done |= ready


@pytest.mark.parametrize("name", ROOMS)
def test_arrows_of_a_room(name):
    wrong = sorted(
        f"{module} -> {target}"
        for module, target in ARROWS
        if room(module) == name and room(target) not in (ALLOWED[name] | {name}) and (module, target) not in LEAVING
    )
    assert not wrong, (
        f"{name} may import {', '.join(sorted(ALLOWED[name])) or 'no other room'}; found {', '.join(wrong)}"
    )


def test_rooms_without_pages_import_neither_sphinx_nor_matplotlib():
    wrong = sorted(
        f"{module} -> {target}"
        for module, path in MODULES.items()
        if room(module) in LIGHT
        for target in imported(path)
        if target.split(".")[0] in HEAVY and (module, target) not in LEAVING
    )
    assert not wrong, ", ".join(wrong)
