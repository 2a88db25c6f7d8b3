"""Programs that readers load the tables with and the book itself does not need: skipped where they are not installed."""

import importlib.util

import pytest

from pakrus.folder import ROOT


def program(name: str):
    """Return a package; where it is not there, skip, but fail if the environment should have it."""
    locks = ["requirements.txt"]
    if importlib.util.find_spec("pyreadr"):  # the environment of the long trials
        locks.append("requirements-derive.txt")
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        if any(f"\n{name}==" in (ROOT / lock).read_text(encoding="utf-8") for lock in locks):
            raise
        return pytest.skip(f"{name} is not installed: pip install {name}")
