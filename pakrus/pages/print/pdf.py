"""``python -m pakrus.pages.print.pdf``: the whole book as one accessible PDF (PDF/UA-1) in ``_build/pdf``.

The stored outputs are put into one HTML file (builder ``bookfile``), which WeasyPrint sets: tagged, with language,
alternative texts, contents with page numbers, bookmarks, running heads, vector figures, real tables. With a fixed
SOURCE_DATE_EPOCH (by default the date in CITATION.cff) the same sources give the same bytes on the same system. The one
difficulty is outside Python: WeasyPrint needs Pango, and fonts differ between systems, so every family in ``print.css``
ends with one that comes with Matplotlib.
"""

from __future__ import annotations

import argparse
import datetime
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
STYLE = Path(__file__).with_name("print.css")
TARGET = "pakistan-and-russia-since-1947.pdf"
_FACES = {"Book Serif": "DejaVuSerif", "Book Sans": "DejaVuSans", "Book Mono": "DejaVuSansMono"}
_STYLES = (
    ("", "normal", "normal"),
    ("-Bold", "bold", "normal"),
    ("-Italic", "normal", "italic"),
    ("-Oblique", "normal", "italic"),
)
_ARABIC = re.compile("[\u0600-\u06ff]")

PANGO = (
    "The PDF needs Pango, a library that lays out text, and it is not on this system. "
    "Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core; "
    "Fedora: dnf install pango google-noto-sans-arabic-fonts; macOS: brew install pango; "
    "Windows: install MSYS2, then pacman -S mingw-w64-x86_64-pango. Then run this again."
)


def main(arguments: list[str] | None = None) -> int:
    """Build the pages and set the PDF; 0 if all is well, 1 if not, 2 if what sets it is not installed."""
    options = _options(arguments)
    try:
        import weasyprint
    except OSError:
        print(PANGO, file=sys.stderr)
        return 2
    except ImportError:
        print("WeasyPrint is not installed here: run `python book.py pdf`, which sets it up.", file=sys.stderr)
        return 2
    root = options.root.resolve()
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(_epoch(root)))
    if build(root, options.strict):
        print("The book's pages could not be built; what is wrong stands above.", file=sys.stderr)
        return 1
    source = root / "_build" / "bookfile" / "book.html"
    target = root / "_build" / "pdf" / TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    written = write(weasyprint, source, target)
    for message in written:
        print(message, file=sys.stderr)
    print(_shown(target))
    return 1 if written and options.strict else 0


def build(root: Path, strict: bool) -> int:
    """The one HTML file, by Jupyter Book's own command; its messages only if it fails."""
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(root), "-q"]
    command += ["--builder", "custom", "--custom-builder", "bookfile"] + (
        ["-W", "-n", "--keep-going"] if strict else []
    )
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
    return done.returncode


def write(weasyprint: object, source: Path, target: Path) -> list[str]:
    """Set the file; returns what the typesetter complained about."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    messages: list[str] = []
    listener = _Listener(messages)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        fonts = FontConfiguration()
        styles = [CSS(string=faces(), font_config=fonts), CSS(filename=str(STYLE), font_config=fonts)]
        document = HTML(filename=str(source))
        document.write_pdf(
            str(target),
            stylesheets=styles,
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
            custom_metadata=False,
        )
    finally:
        logger.removeHandler(listener)
    return messages


class _Listener(logging.Handler):
    """Errors, and warnings that change what the reader sees; not the properties that only browsers know."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what matters of a message of the typesetter."""
        text = record.getMessage()
        if record.levelno >= logging.ERROR or re.search(r"(?i)anchor|failed|missing|no font", text):
            self.messages.append(text)


def faces() -> str:
    """Fonts that are always there (they come with Matplotlib): no letter is lost on a system without fonts."""
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    rules = []
    for family, stem in _FACES.items():
        for suffix, weight, style in _STYLES:
            path = folder / f"{stem}{suffix}.ttf"
            if path.is_file():
                look = f"font-weight: {weight}; font-style: {style}"
                rules.append(f'@font-face {{ font-family: "{family}"; {look}; src: url("{path.as_uri()}"); }}')
    return "\n".join(rules)


def _epoch(root: Path) -> int:
    """Midnight (UTC) of the edition's date, in seconds since 1970."""
    from pakrus.citation import FILE, read

    date = read(root / FILE).date
    return int(datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC).timestamp())


def _shown(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m pakrus.pages.print.pdf", description=(__doc__ or "").split("\n\n")[0].replace("``", "")
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the book (default: this book)")
    parser.add_argument("--strict", action="store_true", help="any warning is an error")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    from pakrus import refusals

    sys.exit(refusals.guarded(main, "book.py: "))
