"""For every test, the chapters' included: which are run, what nbval compares, and what needs the upstream files."""

import os
from pathlib import Path

from pakrus.environment import ONE_THREAD, UPSTREAM

os.environ.setdefault(*ONE_THREAD)  # before numpy is loaded, which reads it

import psutil  # comes with the kernel of the chapters
import pytest

LONGEST = 12  # seconds of a kernel's work: twice what a chapter may take alone, since tests run beside each other


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="run the long trials too (those marked `long`)")


def pytest_configure(config):
    """Leave the long trials out where nothing says which tests to run: no file or folder, no -m, no --all."""
    named = config.args_source is config.ArgsSource.ARGS
    if not (config.option.all or config.option.markexpr or named):
        config.option.markexpr = "not long"  # before xdist hands the options to its processes


@pytest.hookimpl(tryfirst=True)  # before the long trials are left out
def pytest_collection_modifyitems(items):
    """What needs the sources' own files is a long trial: it reads hundreds of megabytes."""
    for item in items:
        if item.get_closest_marker("upstream"):
            item.add_marker(pytest.mark.long)
    # last, so that no process waits while another builds the pages for test_pages
    items.sort(key=lambda item: "test_same_words" in item.nodeid)


def pytest_collectstart(collector):
    """Drawing bytes differ between systems; texts, numbers, alt texts, captions and plotted data may not."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("image/svg+xml", "image/vnd.pakrus.narrow+xml")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """After the last cell of a notebook: its kernel has not worked longer than a reader who runs the chapter again should wait.

    Asked where the trials run: a reader's machine may be slower.
    """
    notebook, seconds = item.parent, 0.0
    if hasattr(notebook, "skip_compare") and (nextitem is None or nextitem.parent is not notebook):
        try:  # while the kernel is there
            used = psutil.Process(notebook.kernel.km.provisioner.pid).cpu_times()
            seconds = used.user + used.system
        except psutil.NoSuchProcess:
            pass  # it died, which the cell has said
    result = yield
    if seconds >= LONGEST and os.environ.get("CI") == "true":
        pytest.fail(f"{notebook.path.name}: its kernel worked {seconds:.1f} s, {LONGEST} at most")
    return result


@pytest.fixture(scope="session")
def upstream() -> Path:
    """The folder of the upstream files; a reader's clone has none, CI must."""
    if not UPSTREAM.is_dir():
        message = "the sources' own files are not part of the book; re-derivation needs them: set PAKRUS_UPSTREAM"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    return UPSTREAM
