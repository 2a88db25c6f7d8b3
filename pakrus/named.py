"""Whom and what a cell of the register names: several people or places in one cell, each by the name that its table gives."""

import re

_REMARK = re.compile(r" \([^()]*\)$")  # "Vladimir Putin (video)"


def people(cell: str) -> list[str]:
    """Return the names in a cell ("A; B (video)"), without remarks in brackets."""
    return [_REMARK.sub("", name) for name in cell.split("; ") if name]


def places(cell: str) -> list[str]:
    """Return the places in a cell ("Moscow / Islamabad")."""
    return [name for name in cell.split(" / ") if name]
