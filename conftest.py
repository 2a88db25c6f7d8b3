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


# Spread over processes one by one: each takes long and shares nothing. Every other file stays in one process.
SPREAD = ("::test_one_changed_value_makes_nbval_fail[",)


def pytest_collection_modifyitems(items):
    """The longest file comes first, what may be spread comes last, where tests are spread over processes."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: (_alone(item.nodeid), "test_pages" not in item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep each file together: the cells of a chapter must meet one kernel. (xdist's own groups do not see pytest 9's names.)"""
    from xdist.scheduler import LoadScopeScheduling

    class Files(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid if _alone(nodeid) else nodeid.split("::")[0]

    return Files(config, log)


def _alone(nodeid):
    return any(name in nodeid for name in SPREAD)


@pytest.fixture(scope="session")
def upstream() -> Path:
    """The folder of the upstream files; a reader's clone has none, CI must."""
    if not UPSTREAM.is_dir():
        message = "the sources' own files are not part of the book; re-derivation needs them in ../shared/upstream"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    return UPSTREAM
