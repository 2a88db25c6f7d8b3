"""Where the parts of the book are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ["PAKRUS_DATA"]) if os.environ.get("PAKRUS_DATA") else ROOT / "data"
DESCRIPTOR = "datapackage.json"


def references() -> Path:
    """Return the path of the bibliography: beside the data folder in use, else the book's own."""
    beside = DATA.parent / "references.bib"
    return beside if beside.is_file() else ROOT / "references.bib"
