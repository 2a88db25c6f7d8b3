"""For every test, the chapters' included: what nbval compares, and what needs the upstream files."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
UPSTREAM = ROOT.parent / "shared" / "upstream"


def pytest_collectstart(collector):
    """Drawing bytes differ between systems; texts, glued values, alt texts, captions and plotted data may not."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("image/svg+xml",)


@pytest.fixture(scope="session")
def upstream() -> Path:
    """The folder of the upstream files; a reader's clone has none, CI must."""
    if not UPSTREAM.is_dir():
        message = "the sources' own files are not part of the book; re-derivation needs them in ../shared/upstream"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    return UPSTREAM
