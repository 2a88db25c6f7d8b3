"""The book on paper, whole: no page that nobody should meet, nothing too heavy to send, and an e-book of the same text."""

import subprocess
import sys

import pytest
from built_book import ROOT
from pdf_ua import Book, faults

pytestmark = pytest.mark.long

LIMITS = {"": 5.0, "-data": 5.0, "-chronicle": 5.0}  # megabytes
OF_A_CHAPTER = 1.5
NEARLY_EMPTY = 0  # pages, volumes and chapters together
LONGEST = 170  # pages of the reader's edition
READER = "pakistan-and-russia-since-1947"


@pytest.fixture(scope="module")
def made(needs_pango):
    """The folder of the PDFs, and what was said of their pages while they were set."""
    command = [sys.executable, "-m", "pakrus.pages.print.pdf"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", errors="replace")
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return ROOT / "_build" / "pdf", done.stderr.splitlines()


def test_no_line_leaves_the_sheet_and_no_page_is_nearly_empty(made):
    said = [line for line in made[1] if "leaves it" in line or "no figure" in line]
    assert [line for line in said if "leaves it" in line] == []
    assert len(said) <= NEARLY_EMPTY, said


def test_every_volume_and_chapter_is_there_and_light_enough_to_send(made):
    made, _ = made
    sizes = {path.relative_to(made).as_posix(): path.stat().st_size / 1e6 for path in made.rglob("*.pdf")}
    chapters = {path.stem for path in (ROOT / "chapters").glob("*.ipynb")}
    volumes = {f"pakistan-and-russia-since-1947{name}.pdf": limit for name, limit in LIMITS.items()}
    limits = volumes | {f"chapters/{name}.pdf": OF_A_CHAPTER for name in chapters}
    assert set(sizes) == set(limits)
    assert {name: size for name, size in sizes.items() if size >= limits[name]} == {}


def test_the_readers_edition_is_a_book_and_not_an_archive(made):
    pages = len(Book((made[0] / f"{READER}.pdf").read_bytes()).pages)
    assert 140 <= pages <= LONGEST


@pytest.mark.parametrize("name", [*(f"{READER}{name}" for name in LIMITS), "chapters/cold-war"])
def test_every_condition_of_pdf_ua_that_a_machine_can_check_is_met(made, name):
    content = (made[0] / f"{name}.pdf").read_bytes()
    assert faults(content) == []
    fonts = {font["BaseFont"].partition("+")[2] for font, *_ in Book(content).fonts}
    assert fonts and all(font.startswith("Book-") for font in fonts), fonts
