"""The book on paper, whole: no page that nobody should meet, nothing too heavy to send, and an e-book of the same text."""

import os
import re
import subprocess
import sys

import pytest
from built_book import ROOT

pytestmark = pytest.mark.long

LIMITS = {"": 5.0, "-data": 5.0, "-chronicle": 5.0}  # megabytes
OF_A_CHAPTER = 1.5
LONGEST = 250  # pages of the reader's edition


@pytest.fixture(scope="module")
def made():
    """The folder of the PDFs; setting them says what is wrong with a page, and `--strict` makes an error of it."""
    try:
        import weasyprint  # noqa: F401 - is it there?
    except OSError:
        if os.environ.get("CI") == "true":
            pytest.fail("the PDFs are part of the book: CI needs Pango")
        pytest.skip("no Pango on this system: the PDF cannot be made here")
    command = [sys.executable, "-m", "pakrus.pages.print.pdf", "--strict"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", errors="replace")
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return ROOT / "_build" / "pdf"


def test_every_volume_and_chapter_is_there_and_light_enough_to_send(made):
    sizes = {path.relative_to(made).as_posix(): path.stat().st_size / 1e6 for path in made.rglob("*.pdf")}
    chapters = {path.stem for path in (ROOT / "chapters").glob("*.ipynb")}
    volumes = {f"pakistan-and-russia-since-1947{name}.pdf": limit for name, limit in LIMITS.items()}
    limits = volumes | {f"chapters/{name}.pdf": OF_A_CHAPTER for name in chapters}
    assert set(sizes) == set(limits)
    assert {name: size for name, size in sizes.items() if size >= limits[name]} == {}


def test_the_readers_edition_is_a_book_and_not_an_archive(made):
    content = (made / "pakistan-and-russia-since-1947.pdf").read_bytes()
    pages = int(
        re.search(rb"/Type ?/Pages.*?/Count (\d+)|/Count (\d+)[^>]*/Type ?/Pages", opened(content), re.DOTALL)[1]
    )
    assert 140 <= pages <= LONGEST


def opened(content):
    """A PDF with its compressed streams opened."""
    import contextlib
    import zlib

    found = [content]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(match.group(1)))
    return b"\n".join(found)
