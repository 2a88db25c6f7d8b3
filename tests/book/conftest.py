"""The built book, once for all processes, and what its pages and notebooks hold.

PAKRUS_BOOK names another book folder to try things out.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from built_book import FIGURE, FLAGS, ROOT, TABLE, notebooks

from pakrus.pages.formats import ABSTRACTS, ENTRIES, EXPLORER, TABLES


@pytest.fixture(scope="session")
def html(tmp_path_factory) -> Path:
    """The folder of the built pages. The first process to ask builds (two seconds when nothing changed); others wait."""
    base = tmp_path_factory.getbasetemp()
    common = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "book-built"
    said = common / "said.txt"
    try:
        common.mkdir()
    except FileExistsError:
        for _ in range(3000):
            if said.exists():
                break
            time.sleep(0.2)
    else:
        text = "the build was broken off: ERROR"
        try:
            command = [sys.executable, "-m", "pakrus.pages.build"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", errors="replace")
            text = "" if done.returncode == 0 else f"{done.stdout}{done.stderr}\nERROR: exit code {done.returncode}"
        finally:
            unfinished = common / "unfinished.txt"
            unfinished.write_text(text, encoding="utf-8")
            unfinished.rename(said)
    text = said.read_text(encoding="utf-8")
    assert not text, "the book does not build without a warning:\n" + "\n".join(
        line for line in text.splitlines() if re.search("WARNING|ERROR|rror:", line)
    )
    return ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def browser():
    """A running Chromium; skipped where none is installed, never where CI=true."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        message = "no Chromium is installed (Debian: apt-get install chromium)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def tab(browser):
    """An empty page of the browser, with nothing remembered."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility rules, as the script that a page runs."""
    import axe_playwright_python

    (script,) = Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pages(html):
    """Every page of the book's contents, parsed: name (chapters/cold-war.html) to soup; not those of single events and the like,
    nor those in other languages."""
    names = [path.relative_to(html).as_posix() for path in sorted(html.rglob("*.html"))]
    return {
        name: BeautifulSoup((html / name).read_text(encoding="utf-8"), "lxml")
        for name in names
        if not name.startswith(
            ("_static/", "_sources/", "_downloads/", EXPLORER, *(f"{kind}/" for kind in (TABLES, *ENTRIES, *ABSTRACTS)))
        )
    }


@pytest.fixture(scope="session")
def written(pages):
    """The pages that somebody wrote: without search and index."""
    return {name: page for name, page in pages.items() if name not in {"search.html", "genindex.html"}}


@pytest.fixture(scope="session")
def outputs():
    """What the notebooks store: (page, kind, payload) for each figure and table."""
    found = []
    for page, notebook in notebooks():
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                for kind in (FIGURE, TABLE):
                    if kind in output.get("data", {}):
                        found.append((page, kind, output["data"][kind]))
    return found


@pytest.fixture(scope="session")
def citation():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
