"""``python -m pakrus.pages.print.pdf``: the book as accessible PDFs (PDF/UA-1) in ``_build/pdf``.

Three volumes and a file for each chapter: the reader's edition, the data appendix, the chronicle with claims, ``chapters/NAME.pdf``.
The stored outputs are put into one HTML file a volume (builder ``bookfile``), which WeasyPrint sets (`setting`). With a fixed
SOURCE_DATE_EPOCH (by default the date in CITATION.cff) the same sources give the same bytes on the same system. The one
difficulty is outside Python: WeasyPrint needs Pango. Fonts come with the environment, so every system sets the same pages.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pakrus.pages.build import START, forget, forget_what_changed
from pakrus.pages.formats import PDFS

ROOT = Path(__file__).resolve().parents[3]
STEM = "pakistan-and-russia-since-1947"
TARGETS = {"reader": f"{STEM}.pdf", "data": f"{STEM}-data.pdf", "chronicle": f"{STEM}-chronicle.pdf"}
STYLES = {"reader": "reader.css", "data": "large.css", "chronicle": "large.css"}
CHAPTERS = "chapters"  # as --only names them
TOGETHER = 2  # volumes that are set at a time: each takes a processor and up to a gigabyte

PANGO = (
    "The PDF needs Pango, a library that lays out text, and it is not on this system. "
    "Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango; macOS: brew install pango; "
    "Windows: install MSYS2, then pacman -S mingw-w64-x86_64-pango. Then run this again."
)


def main(arguments: list[str] | None = None) -> int:
    """Build the pages and set the PDFs; 0 if all is well, 1 if not, 2 if what sets them is not installed."""
    options = _options(arguments)
    try:
        import weasyprint  # noqa: F401 - is it there?
    except OSError:
        print(PANGO, file=sys.stderr)
        return 2
    except ImportError:
        print("WeasyPrint is not installed here: run `python book.py pdf`, which sets it up.", file=sys.stderr)
        return 2
    root = options.root.resolve()
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(epoch(root)))
    if build(root, options.strict):
        print("The book's pages could not be built; what is wrong stands above.", file=sys.stderr)
        return 1
    said: list[str] = []
    for paths, messages in made(root / "_build" / "bookfile", root / "_build" / PDFS, options.only):
        for path in paths:
            print(shown(path), flush=True)
        said += messages
    for message in said:
        print(message, file=sys.stderr)
    return 1 if said and options.strict else 0


def build(root: Path, strict: bool) -> int:
    """The volumes as HTML, by Jupyter Book's own command; its messages only if it fails."""
    command = [sys.executable, "-c", START, "build", str(root), "-q"]
    command += ["--builder", "custom", "--custom-builder", "bookfile"] + (
        ["-W", "-n", "--keep-going"] if strict else []
    )
    forget_what_changed(root)
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode:
        forget(root / "_build")
        print(done.stdout + done.stderr, file=sys.stderr)
    return done.returncode


def made(source: Path, target: Path, only: str | None = None) -> Iterator[tuple[list[Path], list[str]]]:
    """Set the volumes that the builder wrote into ``source``, two at a time; yield the files of each and what was said of them."""
    from pakrus.pages.print.volumes import FILE

    content = json.loads((source / FILE).read_text(encoding="utf-8"))
    wanted = []
    for volume in content["volumes"]:
        chapters = volume["name"] == "reader" and only in (None, CHAPTERS)
        if only in (None, volume["name"]) or chapters:
            wanted.append((content["book"], volume, source, target, chapters, only != CHAPTERS))
    if len(wanted) < 2:
        yield from (_set(*one) for one in wanted)
        return
    with ProcessPoolExecutor(TOGETHER, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_set, *zip(*wanted, strict=True))


def _set(*given: Any) -> tuple[list[Path], list[str]]:
    """The files of a volume, written, and what was said meanwhile."""
    from pakrus.pages.print.quicker import sparing
    from pakrus.pages.print.setting import Complaints

    with Complaints() as complaints, sparing():
        return list(_volume(*given)), complaints.messages


def _volume(
    book: dict[str, str], volume: dict[str, Any], source: Path, target: Path, chapters: bool, whole: bool
) -> Iterator[Path]:
    from pakrus.pages.print import front, names
    from pakrus.pages.print.quicker import settled
    from pakrus.pages.print.setting import Typesetter, page_numbers, tidy_anchors
    from pakrus.pages.print.volumes import PAPER

    setter = Typesetter(STYLES[volume["name"]], source / PAPER, floating=volume["name"] == "reader")
    pages: list[Any] = []
    for part in volume["parts"]:
        pages += setter.lay_out_well((source / part).read_text(encoding="utf-8"), len(pages) + 1).pages
        settled()
    page_of = page_numbers(pages)
    listed = names.listed(names.entries(volume["marks"], page_of, len(pages)))
    tidy_anchors(pages, volume["marks"])
    # a chapter's pages are written before the volume: a link knows one file, the last
    begins = sorted(page_of[f"{entry['id']}"] for entry in volume["contents"])
    for chapter in volume["chapters"] if chapters else []:
        first = page_of[f"{chapter['slug']}--top"]
        after = next((page for page in begins if page > first), len(pages) + 1)
        cover = setter.lay_out(front.cover(book, chapter, first, after - 1))
        bound = [*cover.pages, *pages[first - 1 : after - 1]]
        more = front.after(book, chapter)
        if more:
            bound += setter.lay_out_well(more, after, small=True).pages
        setter.write(cover, bound, target / chapter["pdf"], roman=len(cover.pages), start=first)
        yield target / chapter["pdf"]
    if not whole:
        return
    text = len(pages)
    if listed:
        pages += setter.lay_out_well(front.index(book, listed), text + 1).pages
    before = setter.lay_out_well(front.before(book, volume, page_of, text + 1 if listed else None))
    path = target / TARGETS[volume["name"]]
    setter.write(before, [*before.pages, *pages], path, roman=len(before.pages))
    yield path


def epoch(root: Path) -> int:
    """Midnight (UTC) of the edition's date, in seconds since 1970."""
    from pakrus.citation import FILE, read

    date = read(root / FILE).date
    return int(datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC).timestamp())


def shown(path: Path) -> str:
    """Return a path as it is typed from here, whole if it lies elsewhere."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m pakrus.pages.print.pdf", description=(__doc__ or "").split("\n\n")[0].replace("``", "")
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the book (default: this book)")
    parser.add_argument("--only", choices=[*TARGETS, CHAPTERS], help="set one volume, or the chapters' files alone")
    parser.add_argument("--strict", action="store_true", help="any warning is an error")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    from pakrus import refusals

    sys.exit(refusals.guarded(main, "book.py: "))
