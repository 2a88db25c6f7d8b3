"""The text of a cell: no blank at its ends, no invisible or foreign letter, nothing that a program put in its place.

In go the tables as they were read, out come problems that name the letter. The difficulty: almost every cell is plain, and
there are hundreds of thousands; so each distinct text is looked at once, and only what is not plain is looked at closely.
Two kinds of text keep what they have: verbatim quotations (`VERBATIM`) keep a no-break space, and derived tables keep the
letters that their publishers had already broken, as both are held against the publisher's own text elsewhere.
"""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pakrus import data, spreadsheet
from pakrus.checks.files import Table
from pakrus.checks.problem import Problem

VERBATIM = {("claims", "quote")}  # held letter by letter against the articles, which have no-break spaces
PLAIN = re.compile(r"(?![=+@#-])[!-%'-~]+(?: [!-%'-~]+)*")  # ASCII without "&", single blanks inside
ASCII_DAMAGE = re.compile(r"\?\?|[A-Za-z]{3}-\d|\d-[A-Za-z]{3}|\dE[+-]?\d", re.IGNORECASE)
CALLED = {
    "\t": "a tab", "\n": "a line break", "\r": "a line break", "\x00": "a NUL byte", "\xa0": "a no-break space",
    "\xad": "a soft hyphen", "​": "a zero-width space", "\ufeff": "a byte-order mark", "\ufffd": "a replacement character",
}  # fmt: skip
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
# Cyrillic and Greek letters that look like a Latin one
LOOKS_LIKE = dict(
    zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν", "ABESIJKMHOPCTYXaesijopcyxdqwABEZHIKMNOPTYXoav", strict=True)
)
FORMULA = re.compile(r"=.|@[A-Za-z]+\(|[+-] ?[A-Za-z(]+|[+-]\d+[*/+]")
ENTITY = re.compile(r"&(?:[A-Za-z]+\d*|#\d+|#[xX][0-9a-fA-F]+);")
WORD = re.compile(r"[^\W\d_]+")
BROKEN = re.compile(r"[^\x00-\x7f]{2,}")  # what letters look like that were read in another encoding
# what such letters are, once read rightly: Latin letters with accents, Greek, Cyrillic, Arabic, punctuation, signs
WHOLE = re.compile(r"[\xa0-\u024f\u0370-\u06ff\u2010-\u2044\u20a0-\u2122\ufeff]+")
SHOWN = 3  # rows of a column with the same fault that are named one by one


def problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Yield the cells of every table whose text holds what no cell should."""
    for table in tables.values():
        yield from _problems(table)


@lru_cache(maxsize=256)
def _problems(table: Table) -> tuple[Problem, ...]:
    found: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
    as_published = data.derived(table.entry)
    for field in table.entry["schema"]["fields"] if table.rows else []:
        name = field["name"]
        wrong = {}
        for text in {row[name] for row in table.rows}:
            if text and (said := fault(text, field, as_published, (table.entry["name"], name) in VERBATIM)):
                wrong[text] = said
        for number, row in enumerate(table.rows, start=2) if wrong else []:
            if row[name] in wrong:
                found[(name, *wrong[row[name]])].append((number, row[name]))
    return tuple(grouped(table, found))


def grouped(table: Table, found: Mapping[tuple[str, str, str], list[tuple[int, str]]]) -> Iterator[Problem]:
    """Yield a problem for each fault; of the same fault of one column the first few, the last of them with the number of all.

    `found` maps column, expectation and remedy to the rows and texts.
    """
    for (column, expected, remedy), places in found.items():
        for index, (number, text) in enumerate(places[:SHOWN]):
            more = len(places) - SHOWN if index == SHOWN - 1 else 0
            also = f" So have {more} more rows of this column, to row {places[-1][0]}." if more > 0 else ""
            yield Problem(table.file, number, column, text, expected, remedy + also)


# what people type where nothing is known, though the book leaves the cell empty; a mark of a programming or mark-up language; four accented letters in a row
NOT_KNOWN = re.compile(r"unknown|none|n/?a|nan|null|nil|tbd|not known|\?+|x{2,}", re.IGNORECASE)
CODE = re.compile(r"</?[A-Za-z][^<>]*>|\\[a-z]")
ACCENTED = re.compile(r"[À-ÖØ-öø-ÿ]{4,}")
# a letter of another alphabet that looks like a Latin one and stands by itself in a text of Latin letters
FOREIGN_WORD = re.compile(r"[\u0391-\u03c9\u0400-\u045f]{2,}")
STRAY = re.compile(r"(?<![^\W\d_])[\u0391-\u03bf\u0400-\u045f](?![^\W\d_])")


def fault(text: str, field: dict, as_published: bool = False, verbatim: bool = False) -> tuple[str, str] | None:
    """Return in words what is expected in place of a cell's text, and how to mend it; None where nothing is wrong with it.

    `field` is the entry of the descriptor; `as_published` leaves the publisher's own broken letters, and `verbatim` the
    no-break spaces of a quotation.
    """
    if (
        not text
        or PLAIN.fullmatch(text)
        and not (ASCII_DAMAGE.search(text) or CODE.search(text) or NOT_KNOWN.fullmatch(text))
    ):
        return None
    kind, tidied = field["type"], "'python -m pakrus tidy' takes it out."
    if not text.strip():
        return "an empty cell; this one holds nothing but blanks", f"Empty it, or {tidied}"
    if spreadsheet.error_word(text):
        return "a value; this is the error word of a formula", "Put back what stood there: git diff shows it."
    if text.strip(" ") != text:
        return "no blank at the beginning or end", f"Take it out; {tidied}"
    if kind == "string" and not as_published and (said := _misread(text)):
        return said
    if strange := invisible(text.replace("\xa0", " ") if verbatim else text):
        return f"visible letters only; {strange}", "Delete it, or write a plain blank in its place."
    if "  " in (text.replace("\xa0", "") if verbatim else text):
        return "single blanks between words", "Take out one of the two blanks."
    if kind != "string":
        return None
    if not unicodedata.is_normalized("NFC", text):
        first = next(char for char in text if not unicodedata.is_normalized("NFC", char) or unicodedata.combining(char))
        return f"letters with their accents in one (NFC); found {_named(first)} apart", "Type the letter anew."
    if made := spreadsheet.of_text(text):
        return f"the text of the source; this is {made}", "Put back what stood there, and import the column as text."
    if FORMULA.match(text):
        return f"a text; a spreadsheet takes one that begins with {text[0]!r} for a formula", "Begin with a word."
    if mixed := mixed_word(text):
        return f"words in one alphabet; {mixed}", "Type the letter anew with the keyboard of the word's alphabet."
    if (stray := STRAY.search(text)) and not FOREIGN_WORD.search(text):
        return f"words in one alphabet; there is {_named(stray[0])} by itself", "Type the letter anew."
    if NOT_KNOWN.fullmatch(text) and text not in field.get("constraints", {}).get("enum", ()):
        return f"an empty cell, which says that nothing is known, and not the word {text!r}", "Empty the cell."
    if not as_published and (code := CODE.search(text)):
        return f"plain text; {code[0]!r} is a mark for programs", "Take it out."
    if not as_published and (run := ACCENTED.search(text)):
        return f"letters; {run[0]!r} looks like another alphabet read in a Western encoding", "Type the word anew."
    return None if as_published else damaged(text)


def damaged(text: str) -> tuple[str, str] | None:
    """Return what is expected in place of letters that a program has broken, and how to mend it: mojibake, entities, '??'."""
    if said := _misread(text):
        return said
    if "\ufffd" in text:
        return f"the letter that was lost at {_around(text, text.index(chr(0xFFFD)))}", "Look it up in the source."
    if "??" in text:
        return (
            f"the letters that were lost at {_around(text, text.index('??'))}",
            "A program wrote '?' for what its encoding lacks: look the text up in the source.",
        )
    for entity in ENTITY.findall(text):
        if html.unescape(entity) != entity:
            return (
                f"{html.unescape(entity)!r} in place of {entity!r}, which is for web pages",
                "Type the letter itself.",
            )
    return None


def _misread(text: str) -> tuple[str, str] | None:
    for run in BROKEN.findall(text):
        if right := _read_rightly(run):
            return f"{right!r} in place of {run!r}, which is UTF-8 read in another encoding", "Type the letters anew."
    return None


def invisible(text: str) -> str | None:
    """Return in words the first letter that cannot be seen: control and format characters, blanks other than the plain one."""
    for position, char in enumerate(text):
        category = unicodedata.category(char)
        if category in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") or (category == "Zs" and char != " "):
            if (
                char == "\u200c"
                and _arabic(text[position - 1 : position])
                and _arabic(text[position + 1 : position + 2])
            ):
                continue  # the zero-width non-joiner is spelling in Persian and Urdu
            return f"there is {_named(char)} at {_around(text, position)}"
    return None


def mixed_word(text: str) -> str | None:
    """Return in words the first letter of another alphabet inside a word: "letter 1 of 'Рutin' is Cyrillic Р (U+0420), not Latin P"."""
    if text.isascii():
        return None
    for word in WORD.findall(text):
        scripts = [unicodedata.name(char, "").split(" ")[0] for char in word]
        present = sorted({script for script in scripts if script in SCRIPTS}, key=scripts.count)
        if len(present) > 1:
            odd = scripts.index(present[0])
            twin = LOOKS_LIKE.get(word[odd]) or next((k for k, v in LOOKS_LIKE.items() if v == word[odd]), None)
            script = present[-1].capitalize()
            rest = (
                f", not {script} {twin}"
                if twin and unicodedata.name(twin).startswith(present[-1])
                else f" in a {script} word"
            )
            return (
                f"letter {odd + 1} of {word!r} is {present[0].capitalize()} {word[odd]} (U+{ord(word[odd]):04X}){rest}"
            )
    return None


def _read_rightly(run: str) -> str | None:
    """What letters say that are UTF-8 read as Windows-1252 or Windows-1251, or None where they are no such thing."""
    for encoding in ("cp1252", "cp1251"):
        try:
            raw = b"".join(char.encode("latin-1" if "\x80" <= char <= "\x9f" else encoding) for char in run)
            right = raw.decode("utf-8")
        except UnicodeError:
            continue
        if WHOLE.fullmatch(right) and (encoding == "cp1252" or len(right) > 1):
            return right
    return None


def _arabic(char: str) -> bool:
    return unicodedata.name(char, "").startswith("ARABIC") if char else False


def _named(char: str) -> str:
    return f"{CALLED.get(char) or unicodedata.name(char, 'a control character').lower()} (U+{ord(char):04X})"


def _around(text: str, position: int) -> str:
    shown = "".join(char if char.isprintable() else "·" for char in text[max(position - 10, 0) : position + 11])
    return f"'{shown}' (letter {position + 1})"
