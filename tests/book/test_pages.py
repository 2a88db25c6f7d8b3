"""The built book as its readers get it: links, figures, tables, words for those who hear it, weight.

The pages are built once. One of them is looked at in a real browser here; all the others are long trials, in
test_browser.py and test_browser_back_matter.py.
"""

import csv
import json
import os
import posixpath
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
import zotero_reader
from bs4 import BeautifulSoup
from built_book import FIGURE, ROOT, SAMPLE, contents, look, notebooks

from pakrus import references
from pakrus.notebooks.links import Book, links
from pakrus.pages.lengths import opening

FILE_NAME = re.compile(r"(?i)\.(png|svg|jpe?g|gif|webp)\s*$|^[0-9a-f]{32,}|^_images/|^https?:")


def test_the_pages_are_those_of_the_contents(pages):
    assert sorted(pages) == sorted(contents())


# links ----------------------------------------------------------------------------------------------------------------


def test_every_inner_link_has_its_target(html, pages):
    ids = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for tag in page.find_all(["a", "link", "script", "img", "source", "form"]):
            address = tag.get("href") or tag.get("src") or tag.get("action")
            if not address or re.match(r"[a-z][a-z0-9+.-]*:", address):
                continue
            parts = urlsplit(address)
            target = (html / name).parent / unquote(parts.path) if parts.path else html / name
            target = Path(os.path.normpath(target))
            if not target.is_file():
                broken.append(f"{name}: {address} (no such file)")
            elif parts.fragment and target.suffix == ".html":
                other = target.relative_to(html).as_posix()
                if other not in ids:
                    soup = BeautifulSoup(target.read_text(encoding="utf-8"), "lxml")
                    ids[other] = {tag["id"] for tag in soup.find_all(id=True)}
                if unquote(parts.fragment) not in ids[other]:
                    broken.append(f"{name}: {address} (no such place on the page)")
    assert broken == []


def test_ids_are_unique_on_each_page(pages):
    twice = {
        name: [i for i, n in Counter(tag["id"] for tag in page.find_all(id=True)).items() if n > 1]
        for name, page in pages.items()
    }
    assert {name: found for name, found in twice.items() if found} == {}


def test_nothing_is_asked_of_another_host(html, pages):
    asked = []
    for name, page in pages.items():
        for tag in page.find_all(
            ["script", "img", "iframe", "source", "video", "audio", "embed", "object", "link", "form"]
        ):
            address = (
                tag.get("src")
                or tag.get("data")
                or tag.get("action")
                or (tag.get("href") if tag.name == "link" else None)
                or ""
            )
            if re.match(r"(https?:)?//", address) and tag.get("rel") != ["canonical"]:
                asked.append(f"{name}: {address}")
        for script in page.find_all("script", src=False):
            if script.get("type") != "application/ld+json" and re.search(r"https?://", script.string or ""):
                asked.append(f"{name}: inline script")
    for sheet in (html / "_static").rglob("*.css"):
        found = re.findall(
            r"""(?:@import\s+|url\()\s*["']?((?:https?:)?//[^"')\s]+)""", sheet.read_text(encoding="utf-8")
        )
        asked += [f"{sheet.name}: {address}" for address in found]
    assert asked == []


# structure ------------------------------------------------------------------------------------------------------------


def test_one_top_heading_language_and_title(pages):
    wrong = []
    for name, page in pages.items():
        if len(page.find_all("h1")) != 1:
            wrong.append(f"{name}: {len(page.find_all('h1'))} top headings")
        if page.html.get("lang") != "en":
            wrong.append(f"{name}: no language")
        if not page.title or not page.title.get_text(strip=True):
            wrong.append(f"{name}: no title")
    assert wrong == []
    titles = Counter(page.title.get_text(strip=True) for page in pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_headings_leave_no_level_out(written):
    jumps = []
    for name, page in written.items():
        levels = [
            int(tag.name[1])
            for tag in page.select("article h1, article h2, article h3, article h4, article h5, article h6")
        ]
        jumps += [
            f"{name}: h{above} then h{below}"
            for above, below in zip(levels, levels[1:], strict=False)
            if below > above + 1
        ]
    assert jumps == []


def test_every_picture_has_words(pages):
    mute = []
    for name, page in pages.items():
        for image in page.find_all("img"):
            alt = image.get("alt", "").strip()
            if len(alt) < 15 or FILE_NAME.search(alt):
                mute.append(f"{name}: {image.get('src')} alt={alt!r}")
        for drawing in page.find_all("svg"):
            words = drawing.get("aria-label") or (drawing.find("title").get_text() if drawing.find("title") else "")
            if drawing.get("aria-hidden") != "true" and not words.strip():
                mute.append(f"{name}: svg without a label")
    assert mute == []


def test_code_is_folded_and_never_removed(pages):
    for page, notebook in notebooks():
        sources = ["".join(cell["source"]).split() for cell in notebook["cells"] if cell["cell_type"] == "code"]
        folds = pages[page].select("article details.code-fold")
        shown = [[block.get_text().split() for block in fold.select(".cell_input pre")] for fold in folds]
        assert sorted(block for blocks in shown for block in blocks) == sorted(
            source for source in sources if source
        ), page
        # the steps of a fold come in the order of the notebook, but for a figure's own, which comes last
        orders = [[sources.index(block) for block in blocks] for blocks in shown]
        assert all(order[:-1] == sorted(order[:-1]) for order in orders), page
        assert not [fold for fold in folds if fold.has_attr("open")], page


def test_no_two_folds_stand_side_by_side_and_none_is_called_as_another(pages):
    for name, page in pages.items():
        folds = page.select("article details.code-fold")
        names = Counter(" ".join(fold.summary.get_text().split()) for fold in folds)
        assert [words for words, count in names.items() if count > 1] == [], name
        beside = [
            fold for fold in folds if (after := fold.find_next_sibling()) and "code-fold" in after.get("class", [])
        ]
        cells = [fold.find_parent("div", class_="cell") for fold in folds if "steps" not in fold["class"]]
        beside += [cell for cell in cells if cell and cell.find_all(True, recursive=False)[-1].name == "details"
                   and (after := cell.find_next_sibling()) and "steps" in after.get("class", []) and "next" not in after.get("class", [])]  # fmt: skip
        assert beside == [], name


# figures and tables ---------------------------------------------------------------------------------------------------


def test_every_stored_figure_and_table_is_on_its_page(pages, outputs):
    assert outputs, "the chapters store no figure and no table"
    missing = [
        f"{page}: {payload['name']}"
        for page, _, payload in outputs
        if not pages[page].find("figure", id=payload["name"])
    ]
    assert missing == []
    names = Counter(payload["name"] for _, _, payload in outputs)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_figure_has_caption_source_and_data(html, pages, outputs):
    wrong = []
    for name, page in pages.items():
        for figure in page.select("article figure"):
            where = f"{name}#{figure.get('id')}"
            caption, source = figure.select_one(".caption-text"), figure.select_one("p.source")
            number, link = figure.select_one(".caption-number"), figure.select_one("a.data-link")
            if caption is None or len(caption.get_text().split()) < 5:
                wrong.append(f"{where}: no caption that says something")
            if number is None or not re.match(r"(Figure|Table) ([A-Z]|\d+)\.\d+", number.get_text()):
                wrong.append(f"{where}: no number")
            if source is None or not re.match(r"Source: \S+", source.get_text()):
                wrong.append(f"{where}: no source")
            path = (html / name).parent / link["href"] if link else None
            if path is None or not path.is_file():
                wrong.append(f"{where}: no data")
            elif len(list(csv.reader(path.read_text(encoding="utf-8").splitlines()))) < 2:
                wrong.append(f"{where}: data without a row")
    assert wrong == []
    for _, _, payload in outputs:
        assert (html / "figure-data" / f"{payload['name']}.csv").read_bytes() == payload["csv"].encode(), payload[
            "name"
        ]


def test_a_figure_has_the_same_number_in_the_notebook_and_on_the_page(pages):
    figures = Book(ROOT).figures
    assert figures
    for name, (page, label) in figures.items():
        number = pages[f"{page}.html"].find("figure", id=name).select_one(".caption-number")
        assert number.get_text().strip() == label, name


def test_numbers_in_the_text_lead_to_the_line_of_their_fact(pages):
    book, count = Book(ROOT), 0
    for name, page in book.pages.items():
        if name.startswith("abstracts/"):  # pages without the theme: test_landing_page.py
            continue
        targets = [target for text in page.texts for _, target in links(text) if book.kind(name, target)[0] == "fact"]
        shown = pages[f"{name}.html"].select("article a.fact") if targets else []
        assert [link.get_text().replace("’", "'") for link in shown] == [book.text(name, target) for target in targets]
        for link in shown:
            other, _, place = link["href"].partition("#")
            at = posixpath.normpath(posixpath.join(posixpath.dirname(name), other)) if other else f"{name}.html"
            row = pages[at].find("tr", id=place)
            assert row is not None and row.find_parent("details", class_="code-fold") is not None, (name, link["href"])
        count += len(targets)
    assert count > 300


def test_figures_are_vectors_with_their_own_words(html, pages, outputs):
    for name, kind, payload in outputs:
        if kind == FIGURE:
            image = pages[name].find("figure", id=payload["name"]).find("img")
            assert image["src"].endswith(f"/{payload['name']}.svg")
            assert image["alt"].split(": ", 1)[1] == opening(" ".join(payload["alt"].split()))


def name_of(page, box):
    """What a box is called: the words of the caption, of one without its label."""
    named = page.find(id=box["aria-labelledby"]) if box.get("aria-labelledby") else None
    return " ".join(named.get_text().split()) if named else box.get("aria-label")


def test_the_boxes_of_tables_are_called_by_their_captions(pages):
    framed = [(page, box) for page in pages.values() for box in page.select("figure.table-frame .scroll-box")]
    assert len(framed) > 60
    for page, box in framed:
        name, number = name_of(page, box), box.table["aria-label"]
        assert re.fullmatch(r"Table [A-Z\d]+\.\d+", number) and name.startswith(number) and len(name) > len(number) + 20
        assert " ".join(box.find_parent("figure").figcaption.p.get_text().split()).startswith(name)


def test_tables_can_be_heard_and_scrolled(pages):
    wrong = []
    for name, page in pages.items():
        for table in page.select("article table"):
            box = table.find_parent(class_="scroll-box")
            if box is None or box.get("tabindex") != "0" or box.get("role") != "region" or not name_of(page, box):
                wrong.append(f"{name}: a table without a labelled box of its own")
            wrong += [
                f"{name}: a header without scope"
                for cell in table.find_all("th")
                if cell.get("scope") not in {"col", "row"}
            ]
            wrong += [f"{name}: an empty header" for cell in table.find_all("th") if not cell.get_text(strip=True)]
        labels = Counter(name_of(page, box) for box in page.select("article .scroll-box"))
        wrong += [f"{name}: two boxes are called {label!r}" for label, count in labels.items() if count > 1]
    assert wrong == []


def test_every_event_has_one_row_with_all_its_sources(html, pages):
    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        events = [row["event_id"] for row in csv.DictReader(file)]
    with (ROOT / "data" / "event_sources.csv").open(encoding="utf-8", newline="") as file:
        told = sorted((row["event_id"], row["key"]) for row in csv.DictReader(file))
    shown = {name: page.select("section.event:not(.claim)") for name, page in pages.items()}
    assert Counter(row["id"] for rows in shown.values() for row in rows) == Counter(events)
    told_by = {}
    for name, key in told:
        told_by.setdefault(name, []).append(key)
    leads = {row["id"]: row.select_one(".event-sources a") for rows in shown.values() for row in rows}
    assert {name for name, link in leads.items() if link is None} == {name for name in events if name not in told_by}
    assert all(link["href"] == f"../events/{name}.html" for name, link in leads.items() if link)
    own = {
        name: BeautifulSoup((html / "events" / f"{name}.html").read_text(encoding="utf-8"), "lxml") for name in events
    }
    items = {
        name: page.find("h2", string="Sources").parent.select("li") if told_by.get(name) else []
        for name, page in own.items()
    }
    assert sorted((name, item.data["value"]) for name, found in items.items() for item in found) == told
    entries = references.read().entries
    copies = {key for key, entry in entries.items() if "unofficial copy" in entry.fields.get("note", "").lower()}
    without = [(name, item.data["value"]) for name, found in items.items() for item in found if not item.find("a")]
    bare = [where for where in without if where[1] not in copies]  # to an unofficial copy no link leads
    assert len(bare) < len(told) / 100, f"sources without a link: {bare}"
    sizes = {name: (html / name).stat().st_size for name, rows in shown.items() if rows}
    assert {name: size for name, size in sizes.items() if size > 300_000} == {}


def test_the_codebook_prints_the_tables_that_say_how_good_the_others_are(html):
    for table in ("unga_validation", "scaling"):
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = [[" ".join(cell.split()) for cell in row] for row in csv.reader(file)][1:]
        page = BeautifulSoup((html / "codebook" / f"{table}.html").read_text(encoding="utf-8"), "lxml")
        shown = [
            [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")
        ]
        assert all(row in shown for row in rows), table


# metadata -------------------------------------------------------------------------------------------------------------


def test_every_page_says_how_it_is_cited(written, citation, html):
    author, version = citation["authors"][0]["name"], str(citation["version"])
    date = str(citation["date-released"]).replace("-", "/")
    for name, page in written.items():
        meta = {}
        for tag in page.find_all("meta"):
            meta.setdefault(tag.get("name") or tag.get("property"), tag.get("content"))
        heading = page.find("h1").find(string=True, recursive=False)
        wanted = citation["title"] if name == "index.html" else heading.strip()
        assert meta["DC.title"] == meta["og:title"] == wanted, name
        assert zotero_reader.authors([meta["DC.creator"]]) == [("", author)], name
        data = json.loads(page.find("script", type="application/ld+json").string)
        assert version in {data.get("version"), data.get("isPartOf", {}).get("version")}, name
        if name == "index.html" or name.startswith("chapters/"):
            assert meta["citation_title"] == wanted and data["@type"] in ("Book", "Chapter"), name
            assert (meta["citation_author"], meta["citation_publication_date"]) == (f"{author},", date), name
        else:  # a glossary is no work of its own
            assert not [key for key in meta if key and key.startswith("citation_")], name
            assert data["@type"] == "WebPage", name
        box = page.find(id="cite-this-page").find_parent("details")
        text = box.get_text().casefold()
        assert wanted.casefold() in text and version in text and author.casefold() in text, name
        assert "@" in text and "ty  -" in text and "none" not in text, name
        for link in box.select(".cite-files a"):
            assert ((html / name).parent / link["href"]).is_file(), (name, link["href"])


def test_every_figure_and_table_says_how_it_is_cited(written):
    for name, page in written.items():
        shown = page.select("figure.pakrus-figure, figure.table-frame")
        boxes = [figure.select("details.cite-part") for figure in shown]
        assert all(len(box) == 1 for box in boxes), name
        for figure, (box,) in zip(shown, boxes, strict=True):
            number = figure.select_one(".caption-number").get_text().strip()
            assert box.find("summary").get_text() == f"Cite {number}", name
            credit = box.find("dt", string="Credit line").find_next_sibling("dd").get_text()
            assert credit.startswith("Source: ") and re.search(rf"[.)] {number}, (“|in: )", credit), (name, number)


def test_descriptions_are_there_and_differ(written):
    found = {name: page.find("meta", attrs={"name": "description"})["content"] for name, page in written.items()}
    assert {name: text for name, text in found.items() if not 30 <= len(text) <= 400} == {}
    assert [text for text, count in Counter(found.values()).items() if count > 1] == []


def test_settings_follow_the_citation_file(citation):
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert settings["title"] == citation["title"]
    assert settings["author"] == citation["authors"][0]["name"]


# weight ---------------------------------------------------------------------------------------------------------------


def test_pages_are_light(html, pages):
    static = html / "_static"
    assert not list(static.rglob("*.map")) and not list(static.rglob("fontawesome.js"))
    heavy = []
    for name, page in pages.items():
        size = (html / name).stat().st_size
        for tag in page.select("script[src], link[rel=stylesheet]"):
            size += ((html / name).parent / urlsplit(tag.get("src") or tag["href"]).path).stat().st_size
        if size > 700_000:
            heavy.append(f"{name}: {size:,} bytes without its figures")
    assert heavy == []
    drawings = {path.name: path.stat().st_size for path in (html / "_images").glob("*.svg")}
    assert {name: size for name, size in drawings.items() if size > 400_000} == {}


# a real browser -------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_one_page_in_a_browser(html, tab, axe):
    assert look(tab, axe, html, SAMPLE) == []


@pytest.mark.browser
def test_search_and_folds_work_from_a_file(html, tab):
    tab.goto((html / "search.html").as_uri() + "?q=agreement", wait_until="load")
    tab.wait_for_selector("#search-results li a", timeout=5000)
    tab.goto((html / SAMPLE).as_uri(), wait_until="load")
    fold = tab.locator("details.code-fold").first
    fold.locator("summary").click()
    assert fold.locator("pre").first.is_visible()
    box = tab.locator("details.cite-box:has(#cite-this-page)")
    box.locator("summary").click()
    assert box.locator("pre").first.is_visible()
