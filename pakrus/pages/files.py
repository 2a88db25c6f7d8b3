"""Files that a build makes beside Sphinx's pages: made anew only when something they hang on has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(sources: Iterable[Path]) -> str:
    """A fingerprint of what the files hold: pages that are written again with the same text change nothing."""
    key = hashlib.sha256()
    for path in sorted(sources):
        key.update(path.name.encode() + (hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""))
    return key.hexdigest()


def fill(folder: Path, files: dict[str, str]) -> None:
    """Make a folder hold these files (name: text) and no other."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
