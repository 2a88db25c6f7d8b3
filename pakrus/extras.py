"""Packages that only some commands need: asked for where they are used, and named with the way to get them."""

import importlib
from types import ModuleType


class MissingExtra(Exception):
    """A package that one command needs and readers do not is not installed; the message says how to get it."""


def need(name: str, purpose: str, requirements: str, otherwise: str = "") -> ModuleType:
    """Import and return a package that only `purpose` needs and that `requirements` lists; `otherwise` is a way without it.

    Raises
    ------
    MissingExtra
        When that package is not installed. What fails inside an installed one is raised as it is.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        remedy = "; or ".join(filter(None, (f"pip install --require-hashes -r {requirements}", otherwise)))
        raise MissingExtra(f"{purpose} needs {name}, which the book's environment does not have: {remedy}.") from error
