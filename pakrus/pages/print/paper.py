"""A page as it stands on paper: nothing to click, to unfold or to scroll, and no code.

In come the bodies of pages as the HTML writer leaves them; out go trees whose ids are the book's (each has its page's name in
front), whose notes stand where they are called (the style sets them at the foot), and whose questions have answers. The one
difficulty is what chapters say *to* a cell, since paper has none: `pakrus.pages.announcing` says what that is.
"""

from __future__ import annotations

import posixpath
import re

from bs4 import BeautifulSoup, Tag

from pakrus.pages.announcing import LOADS, SENTENCE, ends_a_sentence, put_to_a_cell

WIDE = 105  # characters that a table may need in its columns before its page turns
LONG = 12  # rows of a table that may break across pages
ANNOUNCEMENT = 45  # words of a sentence that announces a figure
_REFERRING = ("aria-labelledby", "aria-describedby", "for", "headers")
_NOT_ON_PAPER = frozenset({"script", "nav", "button"})
_CLASSES_NOT_ON_PAPER = frozenset(
    {"toctree-wrapper", "code-fold", "cite-box", "backlink", "chronology-years", "headerlink"}
)
_STYLED = frozenset({"foot", "caption-number", "caption-text", "section-number", "eqno"})  # spans that mean something
# a number and what it counts; a preposition and its year stand on one line
_UNITS = re.compile(r"(?<=\d) (?=(?:%|per cent|million|billion|thousand|km|points?|dollars|years?|pages?)\b|%)")
_LABELS = re.compile(r"\b((?:Figure|Table|Chapter|note|p\.|pp\.|No\.)) (?=\d)")


def slug(page: str) -> str:
    """A page's name as the first part of an id: ``chapters/cold-war`` is ``chapters-cold-war``."""
    return re.sub(r"[^a-z0-9]+", "-", page.lower()).strip("-")


def on_paper(page: str, body: str) -> BeautifulSoup:
    """A page's body as it stands on paper."""
    soup = BeautifulSoup(body, "lxml").body or BeautifulSoup("", "lxml")
    for tag in soup.find_all(_is_not_on_paper):
        tag.decompose()
    for tag in soup.find_all("wbr"):  # which the parser takes for an element with the words after it inside
        tag.insert_before("\u200b")
        tag.unwrap()
    _say_to_nobody(soup)
    for cell in soup.find_all("div", class_=("cell", "cell_output")):
        cell.unwrap()
    _announcements_to_captions(soup)
    _say_no_numbers(soup)
    _notes_to_their_calls(soup)
    _name(soup, slug(page))
    for image in soup.find_all("img", src=True):
        if not image["src"].startswith("data:"):
            image["src"] = posixpath.normpath(posixpath.join(posixpath.dirname(page), image["src"]))
    for table in soup.find_all("table"):
        _measure(table)
    for span in soup.find_all("span"):
        if not span.get("id") and not span.get("lang") and not _STYLED & set(span.get("class") or ()):
            span.unwrap()
    for text in [text for cell in soup.select("th, td") for text in cell.find_all(string=re.compile("\u00a0"))]:
        text.replace_with(text.replace("\u00a0", " "))  # on the web a table may scroll sideways
    for text in soup.find_all(string=re.compile(r"\d ?|\b(?:Figure|Table|Chapter|note) ")):
        if text.parent.name not in ("code", "pre"):
            text.replace_with(_LABELS.sub("\\1\u00a0", _UNITS.sub("\u00a0", text)))
    return soup


def _is_not_on_paper(tag: Tag) -> bool:
    """Whether an element is there to be clicked, or leads to what is not shown."""
    classes = tag.get("class") or ()
    return (
        tag.name in _NOT_ON_PAPER
        or not _CLASSES_NOT_ON_PAPER.isdisjoint(classes)
        or (tag.name == "p" and "data" in classes)
        or tag.get("role") == "doc-backlink"
        or (tag.get("id") or "").endswith("-data-used")
    )


def _say_to_nobody(soup: Tag) -> None:
    """Take away what only leads to code that is not shown."""
    for text in soup.find_all(string=LOADS):
        text.replace_with(LOADS.sub("", text))
    for cell in reversed(soup.select("div.cell")):  # from the end: a question whose answer went goes as well
        asks = cell.find_previous_sibling()
        shows = cell.select_one("figure, table, .box, pre")
        if asks is None or asks.name != "p" or asks.find("img") or shows:
            continue
        after = cell.find_next_sibling()
        # in the short answer the answer stands before its cells, or the list is it
        answered = after is not None and after.name == "p" and not asks.find_parent("section", id="short-answer")
        answer, last = after.get_text() if answered else "", asks.contents[-1] if asks.contents else None
        if put_to_a_cell(asks.get_text(), answer) == 0:
            asks.decompose()
            continue
        if not isinstance(last, str):
            continue
        place = put_to_a_cell(last, answer)
        before = "".join(part.get_text() for part in asks.contents[:-1] if part.name != "sup")
        if place or ends_a_sentence(before):
            last.replace_with(last[:place].rstrip())
    for paragraph in soup.find_all("p"):
        if not paragraph.get_text(strip=True) and not paragraph.find("img"):
            paragraph.decompose()


def _announcements_to_captions(soup: Tag) -> None:
    """A sentence that announces a figure or table, "Deliveries by year:", stands under it: what is numbered may stand further on."""
    for frame in soup.find_all("figure", class_=("pakrus-figure", "table-frame")):
        before, legend = frame.find_previous_sibling(), frame.select_one(".legend p")
        label = frame.select_one(".caption-number")
        last = before.contents[-1] if before is not None and before.name == "p" and before.contents else None
        if not isinstance(last, str) or not last.rstrip().endswith(":") or label is None or legend is None:
            continue
        *others, announced = SENTENCE.split(str(last))
        whole = len(before.contents) == 1 or others
        if not whole or len(announced.split()) > ANNOUNCEMENT:
            last.replace_with(f"{str(last).rstrip()[:-1]} ({' '.join(label.get_text().split())}).")
            continue
        legend.insert(0, f"{announced.strip()[:-1]}. ")
        last.replace_with(" ".join(others))
        if not before.get_text(strip=True):
            before.decompose()


def _notes_to_their_calls(soup: Tag) -> None:
    """Each note takes the place of the number that calls it."""
    notes = {item["id"]: item for item in soup.select("#notes li[id]")}
    for call in soup.find_all("sup", class_="note"):
        note = notes.get(call.a["href"].removeprefix("#"))
        if note is None:
            continue
        foot = BeautifulSoup("", "lxml").new_tag("span", attrs={"class": "foot", "id": note["id"]})
        foot.extend(list(note.contents))
        if foot.contents and isinstance(foot.contents[-1], str):
            foot.contents[-1].replace_with(foot.contents[-1].rstrip() + ".")
        else:
            foot.append(".")
        call.insert_before("\u2060")  # the number stays with its word
        call.replace_with(foot)
    for section in soup.select("#notes"):
        section.decompose()


def _say_no_numbers(soup: Tag) -> None:
    """Lists of claims by their numbers lead somewhere only on the web, which folds them; the count before them stays."""
    for paragraph in (paragraph for box in soup.find_all("div", class_="box") for paragraph in box.find_all("p")):
        claims = paragraph.select("a.claim")
        if len(claims) > 2 and len(claims) * 3 > len(paragraph.get_text().split()) * 2:
            paragraph.decompose()


def _name(soup: Tag, name: str) -> None:
    """Give every id the page's name, and take away what says something only where one can scroll."""
    for tag in soup.find_all(True):
        if tag.get("id"):
            tag["id"] = f"{name}--{tag['id']}"
        for attribute in _REFERRING:
            if tag.get(attribute):
                tag[attribute] = " ".join(f"{name}--{word}" for word in tag[attribute].split())
        tag.attrs.pop("tabindex", None)
        if tag.get("role") in {"region", "group", "list", "listitem"} and tag.name == "div":
            tag.attrs.pop("role")
            tag.attrs.pop("aria-label", None)
            tag.attrs.pop("aria-labelledby", None)


def _measure(table: Tag) -> None:
    """Mark what is too wide for the page, and what is too long to be held together."""
    frame = table.find_parent("figure")
    if _needs(table) > WIDE:
        box = frame or table.find_parent("div", class_="scroll-box") or table
        box["class"] = [*box.get("class", []), "wide"]
    if len(table.find_all("tr")) > LONG and frame is not None:
        frame["class"] = [*frame.get("class", []), "long"]


def _needs(table: Tag) -> int:
    """How many characters the columns of a table need side by side, each broken at spaces only."""
    widths: dict[int, int] = {}
    for row in table.find_all("tr"):
        for index, cell in enumerate(row.find_all(["td", "th"], recursive=False)):
            text = cell.get_text(" ", strip=True)
            needed = max((len(word) for word in text.split()), default=0)
            widths[index] = max(widths.get(index, 0), needed, min(len(text), 10))
    return sum(widths.values()) + 3 * len(widths)
