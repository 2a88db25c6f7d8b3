"""Run a notebook in this process and compare what its cells show with what is stored.

In go a notebook and, if wished, a folder of changed data; out come the outputs of its cells, in the order of the cells.
That is a fifth of the work of a kernel of its own, so every table can be changed on every page. The difficulty is state:
modules of the package keep what they have read. So each run imports the package anew, with PAKRUS_DATA set as for a
reader who works on data of his own, and puts the modules of before back. Pictures are neither drawn nor compared, as
their bytes differ between systems; whatever else a cell shows is, of whatever kind it is.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

Cell = list[dict]  # what one code cell shows: for each output its parts and their metadata, pictures left out


def stored(path: Path) -> list[Cell]:
    """Return what the code cells of a notebook have stored."""
    notebook = nbformat.read(path, as_version=4)
    shown = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown.append([_parts(o["data"], o["metadata"]) for o in cell.outputs if "data" in o])
    return shown


def run(path: Path, data: Path | None = None) -> Iterator[Cell]:
    """Run a notebook's code cells one after the other, on the data of a folder if one is given; yield what each shows.

    Raises
    ------
    Exception
        What a cell raises, and AssertionError when it prints: the book's cells show and do not print.
    """
    yield from run_sources(sources(path), data)


def sources(path: Path) -> list[str]:
    """Return the sources of a notebook's code cells."""
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def run_sources(cells: list[str], data: Path | None = None) -> Iterator[Cell]:
    """As `run`, for sources."""
    with _fresh_package(data), mock.patch("pakrus.figures.page._pictures", lambda chart: {}):
        shell = _shell()
        for source in cells:
            with capture_output() as caught:
                result = shell.run_cell(source)
            result.raise_error()
            assert caught.stdout == "", f"a cell prints: {caught.stdout[:200]}"
            yield [_parts(output.data, output.metadata or {}) for output in caught.outputs]


def loaded() -> list[str]:
    """Return the tables that the run in hand has loaded so far."""
    return sys.modules["pakrus.data"].loaded()


@contextmanager
def _fresh_package(data: Path | None):
    before = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "pakrus"}
    for name in before:
        del sys.modules[name]
    variables, main = {} if data is None else {"PAKRUS_DATA": str(data)}, sys.modules["__main__"]
    try:
        with mock.patch.dict(os.environ, variables):
            yield
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "pakrus"]:
            del sys.modules[name]
        sys.modules.update(before)
        sys.modules["__main__"] = main  # the shell has put its own there


def _shell() -> InteractiveShell:
    """A shell without a history, its names those of a fresh kernel."""
    settings = Config()
    settings.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=settings)
    shell.reset(new_session=False)
    return shell


def _parts(data: dict, metadata: dict) -> dict:
    return {
        "data": {kind: part for kind, part in data.items() if not kind.startswith("image/")},
        "metadata": {name: value for name, value in metadata.items() if not name.startswith("image/")},
    }
