"""The landing page, made from a small book: what it adds to its Markdown, and that it adds nothing that is not there."""

import shutil

import pytest
from book_samples import build
from bs4 import BeautifulSoup
from test_claims import write
from test_entry_pages import TABLES
from test_explorer import LAND, PLACES

INDEX = """\
# A small book

How near, and since when, is a question long enough to ask?

## Five findings

* **3 of 4** *Never.* Not [here](one.md), but [there](back-matter/how-to-run.md).

A paragraph.

## Four phases

* [Cold War](chapters/cold-war.md): a phase.
* [Text](one.md): none.

## Ways to read

* **First:** this.

## Other

* A plain list.

```{toctree}
:numbered: 1
chapters/introduction
chapters/cold-war
back-matter/how-to-run
one
```
"""
PHASES = "phase,number,title,first_day,last_day,first_session,last_session\ncold-war,1,Cold War,1947-08-14,1966-12-31,2,21\nlater,2,Later,1967-01-01,,22,40\n"


def made(folder, **tables):
    write(folder, {"one.md": "# One\n\nWords enough to be the description of a page of this book.\n"}, **tables)
    (folder / "data" / "geo").mkdir()
    (folder / "data" / "geo" / "land.csv").write_text(LAND, encoding="utf-8")
    for name in ("chapters/introduction", "chapters/cold-war", "back-matter/how-to-run"):
        (folder / name).parent.mkdir(exist_ok=True)
        text = f"# Page {name}\n\nWords enough to be the description of {name}.\n\n## The PDF\n\nIt is made so.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "index.md").write_text(INDEX, encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return made(tmp_path_factory.mktemp("landing") / "book", **TABLES, places=PLACES, phases=PHASES)


@pytest.fixture(scope="module")
def page(book):
    return BeautifulSoup((book.out / "index.html").read_text(encoding="utf-8"), "lxml")


def test_the_title_is_said_once(book, page):
    assert book.warnings == ""
    assert page.title.get_text() == "A small book: an executable test"
    chapter = BeautifulSoup((book.out / "one.html").read_text(encoding="utf-8"), "lxml")
    assert chapter.title.get_text() == "4. One — A small book: an executable test"


def test_edition_and_ways_in_stand_under_the_title(page):
    edition, doors = page.select_one("h1 + p.edition"), page.select_one("p.edition + nav.doors")
    assert edition.get_text() == "Version 0.3.0 · 3 February 2026 · text and data CC BY 4.0, code MIT"
    assert [(link.get_text(), link["href"]) for link in doors.select("a")] == [
        ("Read: start here", "chapters/introduction.html"),
        ("Explore", "explore.html"),
        ("PDF", "back-matter/how-to-run.html#the-pdf"),
    ], "a door is there when its page is"
    assert doors.find_next_sibling("p")["class"] == ["question"]


def test_a_pdf_beside_the_pages_is_what_the_door_leads_to(book, page):
    from types import SimpleNamespace

    from pakrus.pages.doors import front_doors

    (book.out / "pdf").mkdir()
    for name in ("small.pdf", "small-data.pdf"):
        (book.out / "pdf" / name).write_bytes(b"%PDF-")
    builder = SimpleNamespace(get_target_uri=lambda name: f"{name}.html")
    env = SimpleNamespace(found_docs=set())
    app = SimpleNamespace(
        builder=builder, env=env, outdir=book.out, srcdir=book.source, config=SimpleNamespace(root_doc="index")
    )
    assert front_doors(app, "index.html")[-1] == ("PDF", "pdf/small.pdf")
    shutil.rmtree(book.out / "pdf")


def test_findings_and_phases_are_cards_and_no_other_list_is(page):
    findings, phases = page.select("ul.cards")
    assert "findings" in findings["class"] and "phases" in phases["class"]
    assert [link["href"] for link in findings.select("a.to-figure")] == ["back-matter/how-to-run.html"], "the last link"
    assert [link["href"] for link in phases.select("a.to-phase")] == ["chapters/cold-war.html", "one.html"]
    cards = phases.find_all("li", recursive=False)
    assert [len(card.select("div.strip > svg[role=img]")) for card in cards] == [1, 1]
    lit = cards[0].select_one("path.span")["d"]
    assert lit != cards[1].select_one("path.span")["d"], "a phase's own years"
    assert page.select_one("ul.ways") and not page.select("section#other ul.cards")


def test_a_book_without_a_register_has_no_strips(tmp_path):
    book = made(
        tmp_path / "book", events=None, event_sources=None, claims=None, claim_evidence=None, claim_articles=None
    )
    page = BeautifulSoup((book.out / "index.html").read_text(encoding="utf-8"), "lxml")
    assert len(page.select("ul.cards")) == 2 and not page.select(".strip")
    assert "Explore" not in page.select_one("nav.doors").get_text()
