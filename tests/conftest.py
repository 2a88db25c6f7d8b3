"""A copy of the data that a test may break."""

import shutil

import pytest

from pakrus import paths


@pytest.fixture
def data_copy(tmp_path, monkeypatch):
    """Point the package at a copy of data/ and references.bib; return the folder of the copy."""
    folder = tmp_path / "data"
    shutil.copytree(paths.ROOT / "data", folder)
    shutil.copy(paths.ROOT / "references.bib", tmp_path)
    monkeypatch.setattr(paths, "DATA", folder)
    return folder
