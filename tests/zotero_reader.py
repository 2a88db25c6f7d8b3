"""How Zotero reads the authors of a page: the rule of its translator Embedded Metadata and of Zotero.Utilities.cleanAuthor.

What comes in: the values of a page's `citation_author`. What goes out: first and last name of each, as Zotero stores
them. Read in zotero/translators (Embedded Metadata.js, processHighwireCreators) and zotero/utilities (cleanAuthor); here
in our own words, without what only concerns initials and capitals.
"""

import re


def authors(values: list[str]) -> list[tuple[str, str]]:
    """Return (first name, last name) of each author of the page."""
    found = []
    for value in values:
        names = re.split(r"\s*;\s*", value)
        if len(values) == len(names) == 1:
            parts = re.split(r"\s*,\s*", names[0])
            if len(parts) > 1 and " " in parts[0] and " " in parts[1]:  # two words on either side: two persons
                names = parts
        found += [clean(name.strip(), comma="," in name) for name in names if re.search(r"[^\s,.;-]", name)]
    return found


def clean(name: str, comma: bool) -> tuple[str, str]:
    """Return (first name, last name): split at the comma if there is one, else before the last word."""
    name = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", name)
    if comma:
        last, *first = re.split(r", ?", name)
        return (first[0] if first else ""), last
    first, _, last = name.rpartition(" ")
    return first, last
