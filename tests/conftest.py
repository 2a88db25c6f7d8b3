"""A copy of the data that a test may break."""

import pytest

from pakrus.folder import ROOT, Folder


@pytest.fixture
def folder_copy(tmp_path):
    """A copy of data/ and references.bib, to be handed down."""
    return Folder(ROOT / "data").copy(tmp_path)


@pytest.fixture
def data_copy(folder_copy, monkeypatch):
    """The data folder of the copy, which commands and functions without a folder find too."""
    monkeypatch.setenv("PAKRUS_DATA", str(folder_copy.data))
    return folder_copy.data
