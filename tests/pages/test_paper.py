"""A page on paper, the index of names, pictures in the book's letters: each by itself."""

import logging
import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from pakrus.pages import formats
from pakrus.pages.print import names, pictures
from pakrus.pages.print.paper import on_paper
from pakrus.pages.print.setting import Complaints, faults, in_own_letters, logger, nearly_empty

CELL = '<div class="cell"><div class="code-fold"><pre>x</pre></div>{}</div>'
FIGURE = '<figure><img src="a.svg"></figure>'


def words(body):
    return [" ".join(tag.get_text().split()) for tag in on_paper("chapters/one", body).find_all(["p", "pre", "figure"])]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"<p>How many?</p>{CELL.format('')}<p>Five.</p>", ["How many?", "Five."]),  # the next paragraph answers
        (f"<p>How many?</p>{CELL.format('')}<section><h2>Next</h2></section>", []),
        (f"<p>How many?</p>{CELL.format('')}<p>How large?</p>{CELL.format('')}", []),
        (f"<p>The same by phase:</p>{CELL.format('')}<p>Five.</p>", ["Five."]),
        (f"<p>It grew by 3.9 %. The same by phase:</p>{CELL.format('')}<p>Five.</p>", ["It grew by 3.9 %.", "Five."]),
        (f"<p>Year by year:</p>{CELL.format(FIGURE)}", ["Year by year:", ""]),  # the figure is what it leads to
        ("<p>A scene. The cell below loads what this page needs.</p>", ["A scene."]),
        ("<p>Of these:</p><ul><li>one</li></ul>", ["Of these:"]),
    ],
)
def test_what_is_said_to_a_cell_goes_with_it(body, left):
    assert words(body) == left


def test_notes_stand_where_they_are_called():
    body = (
        '<p>He came.<sup class="note"><a href="#note-1">1</a></sup></p><section id="notes"><ol>'
        '<li id="note-1">Dawn, <a href="https://dawn.com">A title</a>, 1949\u00a0<a role="doc-backlink">↩</a></li></ol></section>'
    )
    page = on_paper("chapters/one", body)
    foot = page.find("span", class_="foot")
    assert foot["id"] == "chapters-one--note-1" and foot.get_text() == "Dawn, A title, 1949."
    assert foot.previous_sibling == "\u2060" and not page.find(id=re.compile("notes$"))


def test_numbers_stay_with_what_they_count():
    page = on_paper("one", "<p>It was 6 % in 12 years, see Figure 2 and Chapter 3.</p>")
    assert page.p.get_text() == "It was 6\u00a0% in 12\u00a0years, see Figure\u00a02 and Chapter\u00a03."


def test_heads_and_cells_may_break_but_not_between_a_number_and_its_unit():
    page = on_paper(
        "one", "<table><tr><th>Texts\u00a0per\u00a0year</th><td>71\u00a0% (69\u00a0to\u00a073)</td></tr></table>"
    )
    assert page.th.get_text() == "Texts per year" and page.td.get_text() == "71\u00a0% (69 to 73)"


def test_a_long_name_may_break_where_its_words_meet():
    page = on_paper("one", "<table><tr><td><code>unga_<wbr>dyads_<wbr>rank</code></td></tr></table>")
    assert page.code.decode_contents() == "unga_\u200bdyads_\u200brank"


# names ----------------------------------------------------------------------------------------------------------------------

PEOPLE = [
    names.Name("Gorbachev, Mikhail", ("Mikhail Gorbachev",), ("Gorbachev",)),
    names.Name("Khan, Ayub", ("Ayub Khan", "Mohammed Ayub Khan"), ("Ayub", "Khan")),
    names.Name("Khan, Yahya", ("Yahya Khan",), ("Yahya", "Khan")),
    names.Name("Kabul", ("Kabul",)),
]


def marked(*pages):
    trees = [(slug, BeautifulSoup(html, "lxml").body) for slug, html in pages]
    found = names.mark(trees, PEOPLE)
    return found, {slug: tree for slug, tree in trees}


def test_short_forms_mean_who_was_named():
    html = "<p>Ayub Khan met Mikhail Gorbachev.</p><p>Gorbachev wrote; Khan answered; Sir Ayub Smith did not.</p><p>Yahya Khan came. Khan left.</p>"
    found, trees = marked(("a", html))
    assert {entry: len(ids) for entry, ids in found.items()} == {
        "Khan, Ayub": 2,
        "Gorbachev, Mikhail": 2,
        "Khan, Yahya": 1,
    }
    assert [span.get_text() for span in trees["a"].select("span.named")] == [
        "Ayub Khan",
        "Mikhail Gorbachev",
        "Gorbachev",
        "Khan",
        "Yahya Khan",
    ]


def test_a_surname_counts_in_every_chapter_for_the_one_person_who_has_it():
    found, _ = marked(("a", "<p>President Gorbachev spoke.</p>"), ("b", "<p>Mikhail Gorbachev.</p>"))
    assert found == {"Gorbachev, Mikhail": ["a--named-1", "b--named-1"]}


def test_notes_and_tables_are_not_indexed():
    html = '<p>No<span class="foot">Kabul</span></p><table><tr><td><p>Kabul</p></td></tr></table><ul><li><p>Kabul</p></li></ul>'
    assert marked(("a", html))[0] == {"Kabul": ["a--named-1"]}


def test_the_list_has_each_page_once_neighbours_together_and_nothing_that_is_everywhere():
    marks = {
        "Zhou Enlai": ["a", "b"],
        "Kabul": [f"m{n}" for n in range(30)],
        "Aziz, Shaukat": ["c", "d", "e", "f"],
        "Gone": ["x"],
    }
    page_of = {"a": 5, "b": 5, "c": 9, "d": 3, "e": 4, "f": 12} | {f"m{n}": n + 1 for n in range(30)}
    rows = names.entries(marks, page_of, 40)
    assert rows == [("Aziz, Shaukat", [3, 4, 9, 12]), ("Zhou Enlai", [5])]
    shown = BeautifulSoup(names.listed(rows), "lxml")
    assert [item.get_text() for item in shown.select("li")] == ["Aziz, Shaukat, 3–4, 9, 12", "Zhou Enlai, 5"]
    assert [link["href"] for link in shown.select("a")][:2] == ["#page-3", "#page-4"]


@pytest.mark.parametrize(
    ("name", "state", "entry"),
    [
        ("Mikhail Gorbachev", "RUS", "Gorbachev, Mikhail"),
        ("Zhou Enlai", "CHN", "Zhou Enlai"),
        ("Zia ul-Haq", "PAK", "Zia ul-Haq"),
        ("Najibullah", "", "Najibullah"),
    ],
)
def test_how_the_index_writes_a_name(name, state, entry):
    assert names.inverted(name, state) == entry


def test_every_person_and_place_of_the_book_has_an_entry():
    from pakrus.folder import ROOT

    known = names.known(ROOT)
    entries = {name.entry for name in known}
    assert {"Gorbachev, Mikhail", "Zia ul-Haq", "Tashkent"} <= entries and len(known) > 500


# pictures and pages ---------------------------------------------------------------------------------------------------------


def test_pictures_have_the_books_letters_and_stay_in_place():
    style = "font-size: 10px; font-family: 'DejaVu Sans', Verdana, sans-serif; text-anchor: {}; fill: #333333"
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text style="{}" x="100" y="5">{}</text></svg>'
    for anchor, part in (("start", 0), ("middle", 0.5), ("end", 1)):
        found = BeautifulSoup(pictures.in_letters(svg.format(style.format(anchor), "1950").encode()), "xml").find(
            "text"
        )
        assert found["style"] == "font-family: 'Book Sans'; font-size: 11.6px; fill: #333333"
        assert float(found["x"]) == pytest.approx(100 - part * pictures.width("1950", 11.6), abs=0.01)
    assert pictures.width("1950", 11.6, 600) > pictures.width("1950", 11.6) > pictures.width("195", 11.6) > 15


def test_pages_that_nobody_should_meet_are_told(needs_pango):
    from weasyprint.formatting_structure import boxes

    def box(kind, **values):
        made = object.__new__(kind)
        for name, value in values.items():
            setattr(made, name, value)
        return made

    def page(*shown):
        return SimpleNamespace(_page_box=SimpleNamespace(descendants=lambda: iter(shown)), width=600, height=800)

    def text(words, x=10):
        return box(boxes.TextBox, text=words, position_x=x, position_y=10, width=100, height=12)

    few, many = page(text("some words")), page(text("word " * 120))
    assert nearly_empty(few) and not nearly_empty(many)
    assert not nearly_empty(page(text("some words"), box(boxes.ReplacedBox, height=200)))
    assert list(faults([many, few, page(text("word " * 120), text("far", x=550))])) == [
        "sheet 3 has fewer than 120 words and no figure",
        "sheet 4: 'far' leaves it",
    ]


def test_complaints_are_heard_while_pages_are_set():
    with Complaints() as complaints:
        logger.warning("sheet 3 is empty")
    logger.warning("nobody listens")
    assert complaints.messages == ["sheet 3 is empty"]


def test_a_chapters_pdf_has_one_name():
    assert formats.chapter_pdf("chapters/cold-war") == "chapters/cold-war.pdf"


def test_what_announces_a_figure_stands_under_it():
    frame = (
        '<p>It grew.</p><p>{}</p><figure class="pakrus-figure"><img src="a.svg"><figcaption><p><span class="caption-number">Figure 2.1 </span>'
        '<span class="caption-text">Arms came late.</span></p><div class="legend"><p><em>Source:</em> SIPRI.</p></div></figcaption></figure>'
    )
    page = on_paper("one", frame.format("Deliveries by year:"))
    assert [tag.get_text() for tag in page.find_all("p", recursive=False)] == ["It grew."]
    assert page.select_one(".legend").get_text() == "Deliveries by year. Source: SIPRI."
    page = on_paper("one", frame.format("Much came. Deliveries by year:"))
    assert page.find_all("p", recursive=False)[-1].get_text() == "Much came."
    page = on_paper(
        "one", frame.format("As <em>SIPRI</em> has it, by year:")
    )  # no sentence of its own: it names the figure
    assert page.find_all("p", recursive=False)[-1].get_text() == "As SIPRI has it, by year (Figure\u00a02.1)."


def test_lists_of_claims_by_number_are_for_the_web():
    claims = ", ".join(f'<a class="claim" href="#s{number}">S1-0{number}</a>' for number in range(3))
    page = on_paper("one", f'<div class="box"><p>Three are supported.</p><p>Supported: {claims}</p></div>')
    assert page.get_text() == "Three are supported."


def test_words_in_letters_that_the_book_has_not_are_named():
    assert in_own_letters("<i>১৪ এপ্রিল ১৯৭১</i>, 1971") == "<i>[in Bengali]</i>, 1971"
    assert in_own_letters("公使 in Путь") == "[in Chinese] in Путь"


def test_the_fonts_log_speaks_again_as_before():
    fonts = logging.getLogger("fontTools")
    before = fonts.level
    with Complaints():
        assert fonts.level == logging.ERROR
    assert fonts.level == before
