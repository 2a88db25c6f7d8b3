"""Formulas, languages, folds, citation box, metadata, codebook, weight of the page."""

import json
import re
import xml.etree.ElementTree as ElementTree
from types import SimpleNamespace

import pytest
import zotero_reader
from book_samples import PAGES, build, chapter, on_paper
from bs4 import BeautifulSoup
from pybtex.database import parse_string
from sphinx.errors import ExtensionError
from tinycss2 import parse_component_value_list, parse_stylesheet

from pakrus import citation
from pakrus.folder import ROOT
from pakrus.pages import citation as page_citation
from pakrus.pages import metadata
from pakrus.pages.web import light, mathml


def soup(book, page):
    return BeautifulSoup((book.out / page).read_text(encoding="utf-8"), "lxml")


# formulas and languages


def test_formulas_are_mathml(small_book):
    page = soup(small_book, "one.html")
    assert [tag["display"] for tag in page.find_all("math")] == ["inline", "block"]
    assert page.find("div", class_="math")["aria-label"] == "Formula 1.1"


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        ("a \\\\ b", r"\begin{aligned}a \\ b\end{aligned}"),
        ("a = 1\n\nb = 2", r"\begin{aligned}a = 1 \\ b = 2\end{aligned}"),
        (r"\begin{align*}a &= 1\end{align*}", r"\begin{aligned}a &= 1\end{aligned}"),
        ("x^2", "x^2"),
    ],
)
def test_formulas_of_several_lines(latex, wanted):
    assert mathml.prepare(latex, True) == wanted
    assert "<math" in mathml.to_mathml(latex, True)


def test_words_say_their_language(small_book):
    page = soup(small_book, "one.html")
    assert page.find("span", lang="ru").get_text() == "Пакистан и Россия"
    urdu = page.find("span", lang="ur")
    assert (urdu.get_text(), urdu["dir"]) == ("پاکستان اور روس", "rtl")


def test_drop_down_notes_need_no_script(small_book):
    note = soup(small_book, "cite.html").find("details", class_="admonition")
    assert note.find("summary").get_text() == "Solution"
    assert "It is 4." in note.get_text()


def test_bibliography_is_a_list(small_book):
    entries = soup(small_book, "bibliography.html").select('ul[role="list"] > li')
    assert [entry["id"] for entry in entries] == ["cite-haege2011", "cite-votes"]
    assert not soup(small_book, "bibliography.html").select('[role="doc-biblioentry"]')


# who made it and how it is cited


def test_page_metadata(small_book):
    page = soup(small_book, "one.html")
    found = {
        tag.get("name") or tag.get("property"): tag["content"] for tag in page.find_all("meta") if tag.get("content")
    }
    assert found["citation_title"] == found["og:title"] == "One"
    assert zotero_reader.authors([found["citation_author"]]) == [("", "Small book contributors")]
    assert found["citation_publication_date"] == "2026/02/03"
    assert found["citation_inbook_title"] == "A small book: an executable test"
    assert found["description"].startswith("How did they vote? See Figure 1.1")
    assert not {"og:url", "og:image", "citation_public_url"} & set(found)
    data = json.loads(page.find("script", type="application/ld+json").string)
    assert (data["@type"], data["isPartOf"]["version"], data["position"]) == ("Chapter", "0.3.0", "1")


def test_the_first_page_stands_for_the_book(small_book):
    page = soup(small_book, "index.html")
    assert page.find("meta", attrs={"name": "citation_title"})["content"] == "A small book: an executable test"
    assert json.loads(page.find("script", type="application/ld+json").string)["@type"] == "Book"
    assert page.select_one("details.cite-box > summary").get_text() == "Cite this book"


def test_cite_box(small_book):
    box = soup(small_book, "one.html").find("dl", id="cite-this-page").find_parent("details")
    assert box.find("summary").get_text() == "Cite this page"
    found = {term.get_text(): term.find_next_sibling("dd").get_text() for term in box.find_all("dt")}
    who, title = "Small book contributors", "A small book: An executable test"
    paragraph = "APA 7, a paragraph by its number in the margin"
    first, second, *others = citation.LABELS.values()
    assert list(found) == [first, second, paragraph, *others, "Other forms"]
    assert found[paragraph] == f"({who}, 2026, para. 1)"
    assert found["APA 7"] == f"{who}. (2026). One. In {title} (Version 0.3.0, Chapter 1)."
    assert found["MLA 9"] == f"{who}. “One.” A Small Book: An Executable Test, version 0.3.0, 2026."
    assert [tag.get_text() for tag in box.find_all("i")][0] == title
    bibtex, ris = (tag.get_text() for tag in box.select("pre.cite-format"))
    assert "@incollection{" in bibtex and 'author = "{Small book contributors}"' in bibtex
    assert ris.startswith("TY  - CHAP\nAU  - Small book contributors,\nTI  - One\n") and ris.endswith("ER  - \n")
    links = {link.get_text(): link["href"] for link in box.select(".cite-files a")}
    assert links == {"BibTeX": "cite/one.bib", "RIS": "cite/one.ris", "CSL-JSON": "cite/one.json"}
    assert (small_book.out / "cite/one.bib").read_text(encoding="utf-8") == bibtex
    assert (small_book.out / "cite/one.ris").read_text(encoding="utf-8") == ris


@pytest.mark.parametrize(("kind", "part"), [("figure", "Figure 1.1"), ("table", "Table 1.1")])
def test_a_figure_and_a_table_have_a_box_of_their_own(small_book, kind, part):
    page = soup(small_book, "one.html")
    box = next(box for box in page.select("details.cite-part") if box.find("summary").get_text() == f"Cite {part}")
    figure = box.find_parent("figure")
    assert figure and box.find_parent("p") is None
    found = {term.get_text(): term.find_next_sibling("dd").get_text() for term in box.find_all("dt")}
    assert found["APA 7, in the text"] == f"(Small book contributors, 2026, {part})"
    assert (
        found["Credit line"].startswith("Source: ")
        and "n.d.-" not in found["Credit line"]
        and f"{part}, “One”, in: " in found["Credit line"]
    )
    assert "CC BY 4.0" in found["Credit line"] and "None" not in box.get_text()
    assert page.find(id=box.find("a", string=re.compile("as for this page"))["href"][1:])
    for link in box.select(".cite-files a[download]"):
        text = (small_book.out / link["href"]).read_text(encoding="utf-8")
        assert part in text and f"cite/{kind}-" in link["href"]


def test_a_table_of_the_codebook_is_cited_as_data(small_book):
    cited = soup(small_book, "codebook/trade_flows.html").find(id="cite")
    found = {term.get_text(): term.find_next_sibling("dd").get_text() for term in cited.find_all("dt")}
    assert found["APA 7"] == (
        "Small book contributors. (2026). Trade (table trade_flows) [Data set]. "
        "In A small book: An executable test (Version 0.3.0)."
    )
    assert found["Credit line"].startswith("Source: Votes of the UN. “Trade (table trade_flows)”, in: ")
    assert (small_book.out / "cite/data-trade_flows.bib").read_text(encoding="utf-8").startswith("@misc{")


def test_a_credit_line_names_sources_not_what_computed_them():
    library = parse_string("@misc{votes, author = {{UN}}, title = {Votes}, year = {2024}}", "bibtex").entries
    env = SimpleNamespace(
        domains=["cite"],
        get_domain=lambda _: SimpleNamespace(bibdata=SimpleNamespace(data=SimpleNamespace(entries=library))),
    )
    line = "Authors' computation; table `a`, from [UN 2024](#votes); table `b`, from [UN 2024](#votes)."
    rows = "Authors' computation; table `events`, 1,868 rows, each with its sources; table `phases`."
    assert page_citation.underlying(line, env) == ("UN, Votes (2024)",)
    assert page_citation.underlying(rows, env) == ("the sources that the rows of events name",)
    assert page_citation.underlying("*Source:* the descriptor `data/x.json`.", env) == ("the descriptor data/x.json.",)
    assert page_citation.underlying("", env) == ()


def test_the_book_is_cited_in_every_form_on_its_page(small_book):
    listed = soup(small_book, "cite.html").select_one("dl.cite-list")
    assert [term.get_text() for term in listed.find_all("dt")] == list(citation.LABELS.values())
    assert listed.find("em").get_text() == "A small book: An executable test"


def test_files_of_a_figure_that_is_gone_go_too(make_book):
    pages = {name: PAGES[name] for name in ("one.ipynb", "glossary.md", "bibliography.md")}
    book = make_book(pages)
    left = [book.out / f"cite/{kind}-gone.bib" for kind in ("figure", "table", "event", "claim", "project")]
    kept = book.out / "cite/other-x.bib"
    for path in (*left, kept):
        path.write_text("x")
    (book.source / "glossary.md").write_text(PAGES["glossary.md"] + "\nMore.\n", encoding="utf-8")
    build(book.source)
    assert not any(path.exists() for path in left) and kept.exists() and (book.out / "cite/one.bib").exists()


def test_a_chapter_presents_itself_as_a_work(small_book):
    page = soup(small_book, "one.html")
    assert page.select('meta[name="citation_title"]') and page.find("meta", property="og:type")["content"] == "article"
    creators = [tag["content"] for tag in page.select('meta[name="DC.creator"]')]
    assert zotero_reader.authors(creators) == [("", "Small book contributors")]
    assert page.find("meta", attrs={"name": "DC.title"})["content"] == "One"
    assert not page.select('meta[name="DC.type"]')  # Zotero would make an article of it


def test_a_page_that_is_no_chapter_is_a_page_of_the_book():
    book = citation.read(ROOT / citation.FILE)
    works = [citation.Work(book, "T", "t", number, "", kind) for number, kind in (("", "book"), ("2", "chapter"))]
    glossary = citation.Work(book, "Glossary", "glossary")
    assert [metadata.belongs_to_the_book(work) for work in (*works, glossary)] == [True, True, False]
    found = [metadata.linked_data(work, "D")["@type"] for work in (*works, glossary)]
    assert found == ["Book", "Chapter", "WebPage"]
    kinds = [dict(tag[1:] for tag in metadata.open_graph(work, "D"))["og:type"] for work in (*works, glossary)]
    assert kinds == ["book", "article", "website"]


def test_without_an_address_nothing_asks_for_one(small_book):
    assert not (small_book.out / "sitemap.xml").exists()
    for path in small_book.out.glob("*.html"):
        page = soup(small_book, path.name)
        assert not page.select('link[rel=canonical], meta[property="og:url"], meta[property="og:image"]'), path.name
        assert not page.select('meta[name="DC.identifier"], meta[name="citation_public_url"]'), path.name


def test_an_address_makes_links(make_book):
    book = make_book(
        {
            "one.ipynb": PAGES["one.ipynb"],
            "glossary.md": PAGES["glossary.md"],
            "bibliography.md": PAGES["bibliography.md"],
        },
        "html_baseurl = 'https://example.org/book/'\n",
    )
    assert book.warnings == ""
    page, here = soup(book, "one.html"), "https://example.org/book/one.html"
    for found in (
        page.find("meta", property="og:url")["content"],
        page.find("link", rel="canonical")["href"],
        page.find("meta", attrs={"name": "citation_public_url"})["content"],
        page.find("meta", attrs={"name": "DC.identifier"})["content"],
        json.loads(page.find("script", type="application/ld+json").string)["url"],
    ):
        assert found == here
    assert here in page.find(class_="cite-plain").get_text()
    assert {tag["href"] for tag in soup(book, "index.html").select("link[rel=canonical]")} == {
        "https://example.org/book/"
    }
    image = page.find("meta", property="og:image")["content"]
    assert image.startswith("https://example.org/book/_images/") and image.endswith(".png")
    assert (book.out / image.removeprefix("https://example.org/book/")).read_bytes().startswith(b"\x89PNG")
    data = json.loads(page.find("script", type="application/ld+json").string)
    assert (data["image"], data["isPartOf"]["url"]) == (image, "https://example.org/book/")
    box = page.select_one("details.cite-part")
    anchor = box.find_parent("figure")["id"]
    assert f"{here}#{anchor}" in box.get_text() and page.find(id=anchor)
    places = [place.text for place in ElementTree.parse(book.out / "sitemap.xml").findall(".//{*}loc")]
    assert "https://example.org/book/" in places and here in places
    assert len(set(places)) == len(places) and not any("search" in place or "_static" in place for place in places)


def test_a_broken_citation_file_stops_the_build(make_book):
    folder = make_book({"one.md": "# One\n\nWords.\n"}).source
    (folder / "CITATION.cff").write_text("title: x\n", encoding="utf-8")
    with pytest.raises(ExtensionError, match="CITATION.cff lacks authors, version, date-released"):
        build(folder)


# codebook


def test_codebook(small_book):
    page = soup(small_book, "codebook/trade_flows.html")
    words = " ".join(page.main.get_text(" ").split())
    for expected in (
        "One row is one year. Values in US$ m; {not a role}, US$ again.",
        "1,234",
        "0a" * 32,
        "Votes of the UN",
        "Not to be read as. Not a price.",
        "Known gaps. 1972 is missing.",
        "US$ million",
        "never empty; at least 1947",
    ):
        assert expected in words, expected
    assert page.find("a", href="../bibliography.html#cite-votes")
    assert [code.get_text() for code in page.select("dd code")][1:3] == ["year", "state"]
    download = page.find("a", string="data/trade_flows.csv")
    assert (small_book.out / "codebook" / download["href"]).read_text() == "year\n1950\n"


def test_the_codebook_is_a_list_whose_lines_are_the_old_anchors(small_book):
    page = soup(small_book, "codebook.html")
    leads = {link["id"]: link["href"] for link in page.select("article td a, article th a")}
    assert leads["codebook-trade-flows"] == "codebook/trade_flows.html"
    assert leads["codebook-states"] == "codebook/states.html"
    assert not page.select("section.codebook-table")
    # and links to a table lead to its page
    assert soup(small_book, "two.html").find("article").find("a", href="codebook/trade_flows.html")


def test_in_print_the_codebook_has_its_tables(make_book):
    book = make_book(
        {"codebook.md": PAGES["codebook.md"], "bibliography.md": PAGES["bibliography.md"]}, builder="bookfile"
    )
    page = BeautifulSoup(on_paper(book), "lxml")
    assert "never empty; at least 1947" in page.find(id=re.compile("codebook-trade-flows$")).get_text()
    assert not (book.out / "codebook").exists()


def test_a_book_whose_codebook_is_gone_loses_the_pages_of_its_tables(make_book):
    book = make_book({"one.md": "# One\n\nWords.\n", "codebook.md": PAGES["codebook.md"]})
    assert (book.out / "codebook" / "states.html").is_file()
    (book.source / "codebook.md").write_text("# Codebook\n\nNothing.\n", encoding="utf-8")
    build(book.source)
    assert not (book.out / "codebook").exists()


def test_codebook_says_what_is_missing(make_book):
    book = make_book({"codebook.md": "# Codebook\n\n```{codebook}\n:file: data/other.json\n```\n"})
    assert "data/other.json is missing" in book.warnings and "git checkout -- data/other.json" in book.warnings


# weight


def test_pages_ask_for_nothing_elsewhere_and_little_here(small_book):
    page = soup(small_book, "one.html")
    asked = [tag.get("src") or tag.get("href") for tag in page.select("script[src], link[rel=stylesheet], img")]
    assert not [address for address in asked if re.match(r"(https?:)?//", address)]
    assert [tag["href"] for tag in page.select("link[rel=stylesheet]")] == ["_static/styles/book.css"]
    scripts = {tag["src"].partition("?")[0].removeprefix("_static/") for tag in page.select("script[src]")}
    assert "page.js" in scripts and scripts <= {"page.js", "code.js", "cite.js", "facts.js", "notes.js", "tables.js"}
    static = small_book.out / "_static"
    assert not list((static / "scripts").glob("*.js")) and not list(static.glob("c[lo]*board*.js"))
    assert not list(static.rglob("*.map")) and not list(static.rglob("fontawesome.js"))
    assert (static / "styles" / "book.css").stat().st_size < 150_000
    assert (static / light._ICONS).stat().st_size < 10_000
    assert "MathJax" not in str(page) and "thebe" not in str(page).lower()


def test_search_page_asks_the_books_own_index(small_book):
    scripts = [tag["src"].partition("?")[0] for tag in soup(small_book, "search.html").select("script[src]")]
    # the index calls the script, so it comes after it
    assert scripts.index("_static/search.js") < scripts.index("search-index/places.js")
    assert all((small_book.out / name).is_file() for name in scripts)
    assert not [name for name in ("searchindex.js", "_static/searchtools.js") if (small_book.out / name).exists()]


@pytest.mark.parametrize(
    ("selector", "kept"),
    [
        (".used", True),
        (".unused", False),
        ("p.used > a:hover", True),
        ("video", False),
        ("p:not(.unused)", True),
        ("[data-x] .used::before", True),
        (":root", True),
        ("#there .unused", False),
        ("p:is(.unused, .used)", True),
        (r".used\:x", False),
        (r".md\:wide", True),
        ("p:where(.unused)", False),
        ("a::-webkit-thing", True),
        ("A.used", True),
    ],
)
def test_rules_that_cannot_match_go(selector, kept):
    assert light.can_match(parse_component_value_list(selector), {"p", "a", "used", "there", "html", "md:wide"}) is kept


def test_purge_keeps_the_shape():
    css = '.a,.b{color:red}@media (min-width:1px){.b{x:y}.a{x:"}"}}@media print{.b{x:y}}@font-face{font-family:"fa-solid"}.b{}'
    assert (
        light.purge(parse_stylesheet(css), {"a"})
        == '.a{color:red}\n@media (min-width:1px){.a{x:"}"}}\n@font-face{font-family:"fa-solid"}'
    )


def test_a_rule_that_is_none_is_named(caplog):
    assert light.purge(parse_stylesheet("a{x:y}\n.a", skip_whitespace=True), {"a"}, "styles/x.css") == "a{x:y}"
    assert "styles/x.css, line 2: " in caplog.text


def test_custom_properties_that_nobody_asks_for_are_left_out():
    css = """a{--x: url("data:image/svg+xml;utf8,<p/>}"); --used: 1px;color: var(--y, red);--y: var(--z);--z:2px}b{--of-script:1}"""
    css += ":root{--chain: var(--link);--link: (1;2)}i{left: var(--used)}"
    left = "a{--used: 1px;color: var(--y, red);--y: var(--z);--z:2px}b{--of-script:1}:root{}i{left: var(--used)}"
    assert light.without_unasked(css, {"of-script"}) == left


def test_addresses_follow_the_stylesheet(tmp_path):
    (tmp_path / "vendor" / "css").mkdir(parents=True)
    css = "a{x:url(../fonts/a.woff2?v=1);y:url('b c.png');z:url(data:image/png;base64,AA)}@font-face{src:url(\"d.woff2\")}"
    (tmp_path / "vendor" / "css" / "x.css").write_text(css, encoding="utf-8")
    text = light.purge(light.rules_of(tmp_path, "vendor/css/x.css"), {"a"})
    assert '"../vendor/fonts/a.woff2?v=1"' in text and 'url("../vendor/css/b c.png")' in text
    assert "url(data:image/png;base64,AA)" in text and 'url("../vendor/css/d.woff2")' in text


def test_rebuild_follows_changes(make_book):
    from book_samples import figure

    book = make_book({"one.ipynb": chapter("One", "Words.", figure("first", caption="c", source="s"))})
    assert sorted(path.name for path in (book.out / "figure-data").iterdir()) == ["first.csv", "first.json"]
    (book.source / "one.ipynb").write_text(
        chapter("One", "Words.", figure("second", caption="c", source="s")), encoding="utf-8"
    )
    again = build(book.source)
    assert again.warnings == ""
    assert sorted(path.name for path in (again.out / "figure-data").iterdir()) == ["second.csv", "second.json"]


def test_rebuild_without_changes_keeps_the_style(make_book):
    book = make_book({"one.md": "# One\n\nWords.\n"})
    style = book.out / "_static" / light.STYLESHEET
    before = style.read_bytes()
    build(book.source)
    assert style.read_bytes() == before


def test_the_stylesheet_has_the_heights_that_light_gives_out():
    """Two files say how high a far part is: the class given to it and the class's height."""
    style = (ROOT / "pakrus/pages/web/static/page.css").read_text(encoding="utf-8")
    heights = {int(step): int(pixels) for step, pixels in re.findall(r"\.far-(\d+) \{ --far: (\d+)px", style)}
    assert list(heights) == list(range(light.FAR_MOST + 1))
    assert all(abs(heights[step] - light.FAR * light.FAR_STEP**step) <= 1 for step in heights)
