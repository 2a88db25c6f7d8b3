"""``python -m pakrus.pages.epub``: the reader's edition as an e-book (EPUB 3) in ``_build/epub``."""

import sys

from pakrus import refusals
from pakrus.pages.epub.make import main

if __name__ == "__main__":
    sys.exit(refusals.guarded(main, "book.py: "))
