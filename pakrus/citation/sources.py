"""What an underlying source is called in a credit line: who, what, when, without the apparatus of a bibliography."""

from pybtex.database import BibliographyData, Entry
from pybtex.richtext import Text

from pakrus.bibliography import labels


def named(entry: Entry) -> str:
    """Return a source of references.bib in a few words: "Fatemi, Echoes of the past (2012)"."""
    alone = BibliographyData({entry.key: entry})  # so that its year has no letter
    who, _, year = labels(alone)[entry.key].rpartition(" ")
    title = str(Text.from_latex(entry.fields.get("title", ""))).strip()
    return f"{', '.join(filter(None, (who, title)))} ({year})"
