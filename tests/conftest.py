"""A copy of the data that a test may break, and what a test of the PDF needs."""

import os

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


@pytest.fixture(scope="session")
def needs_pango():
    """Pango, without which no PDF is set; a reader may have none, CI must."""
    try:
        import weasyprint  # noqa: F401 - is it there?
    except OSError:
        if os.environ.get("CI") == "true":
            pytest.fail("the PDFs are part of the book: CI needs Pango")
        pytest.skip("no Pango on this system: the PDF cannot be made here")
