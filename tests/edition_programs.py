"""Programs that readers load the tables with and the book itself does not need: skipped where they are not installed."""

import importlib

import pytest

from pakrus.folder import ROOT


def program(name: str):
    """Return a package; where it is not there, skip, but fail if the environment should have it."""
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        if f"\n{name}==" in locked:
            raise
        return pytest.skip(f"{name} is not installed: pip install {name}")
