"""The five articles that the book audits: read, checked against their recorded bytes.

They are not in the repository, since they are their authors'. `data/claim_articles.csv` names each file with its sha256.
"""

import hashlib
from pathlib import Path

import pandas as pd

from pakrus.sources.files import UpstreamError

# where the author's own text begins and ends: before it stand titles, after it notes on the author, site furniture, comments
BOUNDS = {
    "s0": ("Islamabad, Pakistan: Islamabad is", "Central Desk"),
    "s1": ("Very little is known", "Leave a Reply"),
    "s2": ("ON the invitation", "— The writer is"),
    "s3": ("After years of trouble", "– Dr. Hasan Askari Rizvi is"),
    "s4": ("Pak-Russia ties are", "Farooq Yousaf\n\nA research"),
}


def read(folder: Path, articles: pd.DataFrame) -> dict[str, str]:
    """Return the whole text of each article of `articles` (columns `article`, `file`, `sha256`) from a folder.

    Raises
    ------
    UpstreamError
        When a file is missing or not the one that was audited.
    """
    found = {}
    for row in articles.itertuples():
        path = Path(folder) / row.file
        if not path.is_file():
            raise UpstreamError(f"{path}: missing. Give the folder with the five audited articles.")
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest != row.sha256:
            raise UpstreamError(
                f"{path}: sha256 is {digest}, expected {row.sha256} (data/claim_articles.csv). It is not the text that was audited."
            )
        found[row.article] = content.decode("utf-8")
    return found


def body(article: str, text: str) -> str:
    """Return the author's own text of an article.

    Raises
    ------
    UpstreamError
        When its first or last words are not found.
    """
    start, end = BOUNDS[article]
    first, last = text.find(start), text.find(end)
    if first < 0 or last < first:
        raise UpstreamError(f"{article}: the text between {start!r} and {end!r} was not found.")
    return text[first:last].strip()
