"""A page of the reader's edition as XHTML: notes at its end, links to files, nothing that reading systems do not know.

In come the HTML of a part of the volume (`pakrus.pages.print.volumes`) and where everything stands; out goes XHTML. On paper a note
stands inside the sentence that calls it, for the typesetter to set at the foot; here it goes to a list at the end, with a way there
and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from bs4 import BeautifulSoup, Tag

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">\n'
    '<head><title>{title}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>\n'
)
_NOT_KNOWN = ("decoding", "loading", "fetchpriority", "align")


def document(language: str, title: str, body: str, kind: str) -> str:
    """Return a whole XHTML document; ``kind`` is what the body is, in the words of EPUB."""
    head = HEAD.format(language=language, title=escape(title))
    return f'{head}<body epub:type="{kind}">\n{body}\n</body>\n</html>\n'


def ids(html: str) -> list[str]:
    """Return the ids of a part."""
    return [tag["id"] for tag in BeautifulSoup(html, "lxml").find_all(id=True)]


def body(html: str, file_of: Mapping[str, str], here: str) -> str:
    """Return what stands in a part, as XHTML."""
    soup = BeautifulSoup(html, "lxml").main
    for tag in soup.find_all(True):
        for name in _NOT_KNOWN:
            tag.attrs.pop(name, None)
        if tag.get("lang"):
            tag["xml:lang"] = tag["lang"]
    for image in soup.find_all("img", src=True):
        image["src"] = image["src"].removeprefix("_")
    for link in soup.select('a[href^="#"]'):
        name = link["href"][1:]
        link["href"] = f"#{name}" if file_of[name] == here else f"{file_of[name]}#{name}"
    for table in soup.find_all("table"):
        table.wrap(soup.new_tag("div", attrs={"class": "table-box"})) if not table.find_parent("figure") else None
    _notes_to_the_end(soup)
    return "".join(
        child.decode(formatter="minimal") if isinstance(child, Tag) else escape(child, quote=False)
        for child in soup.contents
    )


def _notes_to_the_end(soup: Tag) -> None:
    maker = BeautifulSoup("", "lxml")
    notes = []
    for number, foot in enumerate(soup.select(".foot"), 1):
        call = maker.new_tag(
            "a", href=f"#{foot['id']}", id=f"{foot['id']}-call", attrs={"epub:type": "noteref", "role": "doc-noteref"}
        )
        call.string = str(number)
        mark = maker.new_tag("sup")
        mark.append(call)
        note = maker.new_tag("li", id=foot["id"])
        note.extend(list(foot.contents))
        back = maker.new_tag(
            "a",
            href=f"#{foot['id']}-call",
            attrs={"role": "doc-backlink", "aria-label": f"Back to note {number} in the text"},
        )
        back.string = "↩"
        note.extend(["\u00a0", back])
        notes.append(note)
        foot.replace_with(mark)
    if notes:
        section = maker.new_tag("section", attrs={"epub:type": "endnotes", "role": "doc-endnotes", "class": "notes"})
        heading = maker.new_tag("h2")
        heading.string = "Notes"
        listed = maker.new_tag("ol")
        listed.extend(notes)
        section.extend([heading, listed])
        soup.append(section)
