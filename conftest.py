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


def pytest_collection_modifyitems(config, items):
    """Where tests are spread over processes: a file stays together, so that the cells of a chapter meet one kernel.

    Tests marked slow share nothing; they go wherever there is room, after the others. The longest file comes first.
    """
    if config.getoption("dist", "no") == "loadgroup":
        for item in items:
            if not item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
        items.sort(key=lambda item: (bool(item.get_closest_marker("slow")), "test_pages" not in item.nodeid))


@pytest.fixture(scope="session")
def upstream() -> Path:
    """The folder of the upstream files; a reader's clone has none, CI must."""
    if not UPSTREAM.is_dir():
        message = "the sources' own files are not part of the book; re-derivation needs them in ../shared/upstream"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    return UPSTREAM
