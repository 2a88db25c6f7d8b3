"""The text of cells and of references: what cannot be seen, foreign letters, and what programs put in a text's place."""

import pytest
from broken import BOOK, LIBRARY, PACKAGE, store, tables
from pybtex.database import parse_string

from pakrus import checks
from pakrus.checks import bibliography, cells, files

TEXTS = [
    # text, what is expected instead
    (" ", "nothing but blanks"),
    ("\u00a0", "nothing but blanks"),
    ("Talks in Moscow ", "no blank at the beginning or end"),
    (" Talks in Moscow", "no blank at the beginning or end"),
    ("Talks  in Moscow", "single blanks"),
    ("Talks\nin Moscow", "a line break (U+000A)"),
    ("Talks\rin Moscow", "a line break (U+000D)"),
    ("Talks\tin Moscow", "a tab (U+0009)"),
    ("Talks\u00a0in Moscow", "a no-break space (U+00A0) at 'Talks·in Moscow' (letter 6)"),
    ("Talks\u202fin Moscow", "narrow no-break space (U+202F)"),
    ("Talks in\u200b Moscow", "a zero-width space (U+200B)"),
    ("Talks in\ufeff Moscow", "a byte-order mark (U+FEFF)"),
    ("Mos\u00adcow", "a soft hyphen (U+00AD)"),
    ("Talks \u202ein Moscow", "right-to-left override (U+202E)"),
    ("Talks\x07", "a control character (U+0007)"),
    ("Vladimir Рutin", "letter 1 of 'Рutin' is Cyrillic Р (U+0420), not Latin P"),
    ("Mоscow", "letter 2 of 'Mоscow' is Cyrillic о (U+043E), not Latin o"),
    ("Ηelsinki", "letter 1 of 'Ηelsinki' is Greek Η (U+0397), not Latin H"),
    ("Москвa", "letter 6 of 'Москвa' is Latin a (U+0061), not Cyrillic а"),
    ("Pakistanâ€™s envoy", "'’' in place of 'â€™'"),
    ("RÃ©union", "'é' in place of 'Ã©'"),
    ("Ð\u009cÐ¾Ñ\u0081ÐºÐ²Ð°", "'Москва' in place of"),
    ("РњРѕСЃРєРІР°", "'Москва' in place of"),
    ("caf\ufffd", "the letter that was lost at 'caf"),
    ("??????? in Moscow", "the letters that were lost"),
    ('=HYPERLINK("https://example.org","x")', "takes one that begins with '=' for a formula"),
    ("+Moscow", "takes one that begins with '+'"),
    ("-SUM(A1)", "takes one that begins with '-'"),
    ("@SUM(A1)", "takes one that begins with '@'"),
    ("#REF!", "the error word of a formula"),
    ("#NAME?", "the error word of a formula"),
    ("#VALUE!", "the error word of a formula"),
    ("#N/A", "the error word of a formula"),
    ("########", "the error word of a formula"),
    ("Jan-71", "a month or day as spreadsheet programs write"),
    ("4-Mar", "a month or day as spreadsheet programs write"),
    ("1.23E+15", "a power of ten"),
    ("Cafe\u0301", "accents in one (NFC)"),
    ("J&amp;K", "'&' in place of '&amp;'"),
    ("Gen. Zia&#39;s envoy", "\"'\" in place of '&#39;'"),
]
LEGITIMATE = [
    "Talks in Moscow", "Ил-76 and S-300ПМУ", "«Правда», 10 January 1966", "Dawn’s — “first” page…", "R&D; J&K", "-5 to +5", "–", "é",
    "می\u200cخواهم", "24½ years", "公使", "A? B?", "p. 3-4", "May 1971", "1966-01-10", "No. 7/71", "CAFÉ–BAR", "Ο Πούτιν", "#1 of 3", "Сёмин",
]  # fmt: skip
TITLE = {"name": "title", "type": "string"}


@pytest.mark.parametrize(("text", "said"), TEXTS, ids=[ascii(text) for text, _ in TEXTS])
def test_what_no_cell_should_hold_is_named(text, said):
    expected, remedy = cells.fault(text, TITLE)
    assert said in expected and remedy.endswith(".")


@pytest.mark.parametrize("text", LEGITIMATE, ids=map(ascii, LEGITIMATE))
def test_what_a_cell_may_hold_is_left_alone(text):
    assert cells.fault(text, TITLE) is None


def test_a_number_is_no_formula_and_has_no_blank():
    number = {"name": "value", "type": "number"}
    assert cells.fault("-4.5", number) is None and "no blank" in cells.fault("4.5 ", number)[0]
    assert "error word" in cells.fault("#REF!", {"name": "self", "type": "boolean"})[0]


def test_the_tables_hold_no_such_text_and_quotations_keep_what_is_theirs():
    read = files.read(PACKAGE, BOOK)[1]
    assert list(cells.problems(read)) == []
    quotes = [row["quote"] for row in tables("claims")["claims"] if "\u00a0" in row["quote"]]
    assert quotes and all(cells.fault(quote, TITLE) for quote in quotes), "else VERBATIM need not be there"
    broken = [row["title"] for row in tables("unga_votes")["unga_votes"] if cells.fault(row["title"], TITLE)]
    assert broken and not any(cells.fault(title, TITLE, as_published=True) for title in broken)


def test_one_fault_of_a_cell_is_one_message(folder_copy):
    """A blank at the end breaks an enumeration and a rule too: the blank is said, and nothing else of that cell."""
    rows = tables("events", "leads")
    rows["events"][0]["status"] += " "
    rows["events"][1]["date"] = "12/11/1971"
    rows["leads"][2]["title"] = rows["leads"][2]["title"].replace("a", "а", 1)
    for table, changed in rows.items():
        store(folder_copy, table, changed)
    found = [p for p in checks.run(folder_copy) if p.row]
    assert [(p.file, p.row, p.column) for p in found] == [("data/events.csv", 2, "status"), ("data/leads.csv", 4, "title"), ("data/events.csv", 3, "date")]  # fmt: skip
    assert "no blank" in found[0].expected and "is Cyrillic а (U+0430), not Latin a" in found[1].expected


BIB = [
    ("title={Costs $5}", r"\$ in place of $"),
    ("title={J&K}", r"\& in place of &"),
    ("title={Up 5%}", r"\% in place of %"),
    ("title={No. #5}", r"\# in place of #"),
    ("note={a_b}", r"\_ in place of _"),
    ("howpublished={a~b}", "a plain blank"),
    ("journal={a^b}", r"\textasciicircum{} in place of ^"),
    ("author={A & B}", r"\& in place of &"),
    ("title={Cafe\u0301}", "accents in one"),
    ("title={Zero\u200bwidth}", "a zero-width space"),
    ("title={Рutin}", "is Cyrillic Р"),
    ("title={Donâ€™t}", "'’' in place of"),
]


@pytest.mark.parametrize(("field", "said"), BIB)
def test_a_field_that_cannot_be_set_is_named(field, said):
    entry = f"@online{{key2000, {'' if field.startswith('title') else 'title={T}, '}url={{https://dawn.com/a_b%20c&d#e~f}}, {field}}}"
    (problem,) = bibliography.problems(parse_string(entry, "bibtex"))
    assert problem.column == "key2000" and field.split("=")[0] in problem.value and said in problem.expected


def test_what_is_escaped_is_set_as_it_reads():
    from pakrus.bibliography import BookStyle, prepare

    library = parse_string(
        r"@online{key2000, title={Costs \$5 \& \$6, 7\% of \#1 a\_b {\'e}}, url={https://dawn.com/x}}", "bibtex"
    )
    assert list(bibliography.problems(library)) == []
    prepare(library.entries.values())
    assert "Costs $5 & $6, 7% of #1 a_b é" in str(BookStyle().format_entry("x", library.entries["key2000"]).text)


def test_the_titles_with_a_price_read_as_before():
    titles = {key: LIBRARY.entries[key].fields["title"] for key in ("pakistantoday2012demidov", "pakistantoday2013tpe", "thenews2018tradekozlov", "worldsikhnews1985steel")}  # fmt: skip
    assert all(r"\$" in title for title in titles.values()), titles


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"@misc{a, title={",
        b"@misc{a, title={a}}\n@misc{a, title={b}}",
        b"@misc{a, title={b\\}}",
        b"@misc{a b",
        b"\0" * 50,
    ],
)
def test_no_bytes_of_the_bibliography_end_in_a_traceback(folder_copy, content):
    folder_copy.references.write_bytes(content)
    assert checks.run(folder_copy)
