"""Formulas, languages, folds, citation box, metadata, codebook, weight of the page."""

import json
import re

import pytest
import zotero_reader
from book_samples import PAGES, build, chapter
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError
from tinycss2 import parse_component_value_list, parse_stylesheet

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
    entries = soup(small_book, "bibliography.html").select('[role="list"] > [role="listitem"]')
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
    box = soup(small_book, "one.html").find("details", class_="cite-box")
    plain = box.find(class_="cite-plain").get_text()
    assert plain == "Small book contributors (2026). “One.” In A small book: an executable test (version 0.3.0)."
    bibtex, ris = (tag.get_text() for tag in box.select("pre.cite-format"))
    assert "@incollection{" in bibtex and 'author = "{Small book contributors}"' in bibtex
    assert ris.startswith("TY  - CHAP\nAU  - Small book contributors,\nTI  - One\n") and ris.endswith("ER  - \n")


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
    page = soup(book, "one.html")
    assert page.find("meta", property="og:url")["content"] == "https://example.org/book/one.html"
    assert "https://example.org/book/one.html" in page.find(class_="cite-plain").get_text()


def test_a_broken_citation_file_stops_the_build(make_book):
    folder = make_book({"one.md": "# One\n\nWords.\n"}).source
    (folder / "CITATION.cff").write_text("title: x\n", encoding="utf-8")
    with pytest.raises(ExtensionError, match="CITATION.cff lacks authors, version, date-released"):
        build(folder)


# codebook


def test_codebook(small_book):
    page = soup(small_book, "codebook.html")
    section = page.find("section", id="codebook-trade-flows")
    words = " ".join(section.get_text(" ").split())
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
    assert section.find("a", href="bibliography.html#cite-votes")
    assert [code.get_text() for code in section.select("dd code")][1:3] == ["year", "state"]
    assert page.find("a", href="#codebook-states")
    download = section.find("a", class_="download")
    assert (small_book.out / download["href"]).read_text() == "year\n1950\n"


def test_codebook_says_what_is_missing(make_book):
    book = make_book({"codebook.md": "# Codebook\n\n```{codebook}\n:file: data/other.json\n```\n"})
    assert "data/other.json is missing" in book.warnings and "git checkout -- data/other.json" in book.warnings


# weight


def test_pages_ask_for_nothing_elsewhere_and_little_here(small_book):
    page = soup(small_book, "one.html")
    asked = [tag.get("src") or tag.get("href") for tag in page.select("script[src], link[rel=stylesheet], img")]
    assert not [address for address in asked if re.match(r"(https?:)?//", address)]
    assert [tag["href"] for tag in page.select("link[rel=stylesheet]")] == ["_static/styles/book.css"]
    static = small_book.out / "_static"
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
