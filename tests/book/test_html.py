"""What every built page is made of: HTML without an error, and words of other languages that say so.

The parser and the rules are those that the book's own environment has; before a release the pages also go through
vnu and html-validate by hand (both found nothing on the pages of this version).
"""

import re

import pytest
from built_book import ROOT, contents
from pybtex.database import parse_file
from tinyhtml5.parser import HTMLParser

from pakrus.pages.chronology import plain
from pakrus.pages.languages import direction, title_pieces

# one page of each kind: the others are the long trials
KINDS = ["index.html", "search.html", "back-matter/chronology-post-1991.html", "back-matter/glossary.html", "back-matter/data-edition.html"]  # fmt: skip
OTHERS = [name for name in contents() if name not in KINDS]
SCRIPTS = re.compile("[\u0400-\u052f\u0600-\u06ff\u0750-\u077f\u0900-\u0963\u0966-\u0dff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\ufb50-\ufdff\ufe70-\ufefc]")  # fmt: skip
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
PHRASING = {"a", "abbr", "b", "button", "cite", "code", "em", "i", "kbd", "label", "p", "q", "small", "span", "strong", "sub", "sup"}  # fmt: skip
BLOCKS = {"article", "aside", "details", "div", "dl", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}  # fmt: skip


def errors(text: str) -> list[str]:
    """What a browser would have to guess in a page."""
    parser = HTMLParser()
    parser.parse(text)
    return [f"line {place[0]}: {kind} {found.get('name', '')}".strip() for place, kind, found in parser.errors]


@pytest.mark.parametrize("name", [*KINDS, *(pytest.param(name, marks=pytest.mark.long) for name in OTHERS)])
def test_a_page_parses_without_an_error(html, name):
    assert errors((html / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "body", ["<figure><figcaption>A<table></table></figure>", "<p>A<div>B</div></p>", "<div>A", "<b id=a id=b>A</b>"]
)
def test_the_parser_finds_what_is_wrong(body):
    page = "<!DOCTYPE html><html lang=en><head><title>T</title></head><body>{}</body></html>"
    assert errors(page.format("<p>A</p>")) == []
    assert errors(page.format(body)) != []


def test_elements_stand_where_they_may(pages):
    """What a parser accepts and the standard does not."""
    wrong = []
    for name, page in pages.items():
        body = page.body
        for tag in body.find_all(True):
            parent, where = tag.parent.name, f"{name}: <{tag.name}> {tag.get('id') or tag.get('class') or ''}"
            if tag.name == "figcaption" and (
                parent != "figure" or len(tag.parent.find_all("figcaption", recursive=False)) > 1
            ):
                wrong.append(f"{where}: one caption a figure, directly in it")
            if (
                tag.name in {"dt", "dd"}
                and parent not in {"dl", "div"}
                or tag.name == "li"
                and parent not in {"ol", "ul", "menu"}
            ):
                wrong.append(f"{where} in <{parent}>")
            if tag.name in {"ol", "ul", "dl"} and [
                child.name
                for child in tag.find_all(True, recursive=False)
                if child.name not in {"li", "dt", "dd", "div"}
            ]:
                wrong.append(f"{where}: holds what is no item")
            if tag.name == "dl" and len(terms := [dt.get_text() for dt in tag.find_all("dt", recursive=False)]) > len(
                set(terms)
            ):
                wrong.append(f"{where}: a term twice")
            if re.fullmatch("h[1-6]|summary|button|figcaption|caption|title", tag.name) and not (
                tag.get_text(strip=True) or tag.get("aria-label") or tag.get("title")
            ):
                wrong.append(f"{where}: empty")
            if tag.name in BLOCKS and parent in PHRASING and not (parent == "a" and tag.name in {"div", "p"}):
                wrong.append(f"{where} in <{parent}>")
            if (
                tag.name == "a"
                and tag.find_parent("a")
                or tag.name in {"button", "a", "input"}
                and tag.find_parent("button")
            ):
                wrong.append(f"{where}: a control in a control")
            if tag.get("aria-labelledby") and not all(page.find(id=word) for word in tag["aria-labelledby"].split()):
                wrong.append(f"{where}: labelled by what is not there")
            wrong += [
                f"{where}: attribute {key!r}" for key in tag.attrs if not re.fullmatch(r"[a-z][a-z0-9:-]*", key, re.I)
            ]
    assert wrong == []


# languages ------------------------------------------------------------------------------------------------------------


def test_words_in_another_script_say_their_language(pages):
    silent = []
    for name, page in pages.items():
        for text in page.body.find_all(string=SCRIPTS):
            if text.parent.name in {"script", "style"}:
                continue
            told = text.find_parent(lambda tag: tag.has_attr("lang"))
            if told["lang"].startswith("en"):
                silent.append(f"{name}: {text[:60]!r}")
            elif ARABIC.search(text) and text.find_parent(lambda tag: tag.has_attr("dir"))["dir"] not in {
                "rtl",
                "auto",
            }:
                silent.append(f"{name}: {text[:60]!r} has no direction")
        # an attribute cannot say its language: its words must be its element's
        for tag in page.body.find_all(True):
            for key in ("alt", "title", "aria-label", "placeholder"):
                if SCRIPTS.search(str(tag.get(key, ""))):
                    silent.append(f"{name}: {key}={tag[key]!r}")
    assert silent == []


def test_titles_are_in_the_language_of_their_entry(pages):
    library = parse_file(str(ROOT / "references.bib")).entries
    page, checked = pages["back-matter/bibliography.html"], 0
    for citation in page.select(".citation-list > li"):
        entry = library[citation["id"].removeprefix("cite-")]
        title = title_pieces(plain(entry.fields.get("title", "")), entry.fields.get("langid", ""))
        wanted = [(piece.text, piece.language) for piece in title if piece.language]
        marked = [(tag.get_text(), tag["lang"]) for tag in citation.select("[lang]")]
        assert [pair for pair in wanted if pair not in marked] == [], citation["id"]
        assert all(tag.get("dir") == direction(tag["lang"]) for tag in citation.select("[lang]"))
        checked += bool(wanted)
    assert checked > 20
    # the lists of sources of claims as well, in Latin letters too
    assert pages["back-matter/claims-evidence.html"].select('li > a > span[lang="ru-Latn"]')
