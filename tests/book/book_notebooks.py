"""Reading the notebooks: what the tests of the chapters share."""

import json
import re
from pathlib import Path

from pakrus import references
from pakrus.notebooks.links import links

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
NOTEBOOKS = [*sorted(ROOT.glob("*.ipynb")), *CHAPTERS, *sorted((ROOT / "back-matter").glob("*.ipynb"))]
FIGURE, TABLE = "application/vnd.pakrus.figure+json", "application/vnd.pakrus.table+json"


def cells(path: Path, kind: str) -> list[dict]:
    """The cells of one kind (`code` or `markdown`), each with its text under `text`."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [{**cell, "text": "".join(cell["source"])} for cell in notebook["cells"] if cell["cell_type"] == kind]


def outputs(path: Path) -> list[dict]:
    """Every stored output of a notebook."""
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


def prose(path: Path) -> str:
    """The Markdown of a notebook, in one text."""
    return "\n\n".join(cell["text"] for cell in cells(path, "markdown"))


def bundles(path: Path, kind: str) -> list[dict]:
    """The JSON parts of figures or tables."""
    return [output["data"][kind] for output in outputs(path) if kind in output.get("data", {})]


def captions(path: Path) -> str:
    """The captions of a notebook's figures and tables."""
    return "\n\n".join(bundle["caption"] for kind in (FIGURE, TABLE) for bundle in bundles(path, kind))


def cited(text: str) -> list[str]:
    """Keys of all citations in a text: links to an entry of references.bib."""
    known = references.read().entries
    return [target[1:] for _, target in links(text) if target.startswith("#") and target[1:] in known]


def section(text: str, heading: str) -> str:
    """The text of one second-level section."""
    match = re.search(rf"^## {re.escape(heading)}\s*$(.*?)(?=^## |\Z)", text, flags=re.M | re.S)
    return match[1] if match else ""


def plain(text: str) -> str:
    """The words of Markdown: code and marks taken out, citations too; of other links the words stay."""
    known = references.read().entries
    text = re.sub(r"```.*?```", " ", text, flags=re.S)
    text = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", lambda m: " " if m[2][1:] in known else m[1], text)
    return re.sub(r"[*_`#>|]", " ", text)
