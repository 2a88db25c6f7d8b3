"""What spreadsheet programs make of a table's file: how it was saved, and what they write in place of a cell.

In go the bytes of a CSV file and the names of its columns, or the text of one cell; out come rows of text with words for
everything in the file's form that is not the book's (UTF-8 without a byte-order mark, commas, lines that end in LF), or
words for what became of the cell. The difficulty: a form may be read in several ways. What is read here is certain (a
byte-order mark, the delimiter that gives the header) or as good as certain (Windows-1252 where nothing is UTF-8 and no
word would consist of accented letters); anything else is `Unreadable`, and the message says where.
"""

import csv
import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pakrus import dates

FORM = "UTF-8 without a byte-order mark, commas between cells, lines that end in LF"
MARKS = (  # byte-order marks, the longer first where one begins another
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# how Excel, LibreOffice and others write true and false, in capitals and in the language of the system
TRUTH = {
    **dict.fromkeys(("TRUE", "WAHR", "VRAI", "VERDADERO", "VERO", "ИСТИНА"), "true"),
    **dict.fromkeys(("FALSE", "FALSCH", "FAUX", "FALSO", "ЛОЖЬ"), "false"),
}
WESTERN = re.compile(
    r"[\x80-\x9f]|[^\W\d_a-zA-Z]{3}"
)  # not in a Western text: controls, three accented letters together
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
DATE = re.compile(
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|\d{{4}}/\d{{1,2}}/\d{{1,2}}|\d{{1,2}}[./]\d{{2}}|\d{{1,2}}/\d{{4}}"
    rf"|(?:\d{{1,2}}[- ])?{MONTH}-\d{{2,4}}|\d{{1,2}}-{MONTH}|(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})[ T]\d{{1,2}}:\d{{2}}(?::\d{{2}})?"
)
MONTH_DATE = re.compile(rf"(?:\d{{1,2}}-)?{MONTH}-\d{{2,4}}|\d{{1,2}}-{MONTH}")
EXPONENT = re.compile(r"-?\d(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
ERROR = re.compile(
    r"#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|GETTING_DATA|#+)"
)
DAY_ZERO = datetime.date(1899, 12, 30)  # serial number 0 of Excel, LibreOffice and Google Sheets from March 1900 on


class Unreadable(Exception):
    """The bytes are no table that can be read: `row` (1 = header, None = the whole), what was `found`, `expected`, and the `remedy`."""

    def __init__(self, row: int | None, found: str, expected: str, remedy: str) -> None:
        super().__init__(found)
        self.row, self.found, self.expected, self.remedy = row, found, expected, remedy


@dataclass(frozen=True)
class Saved:
    """A table as it was saved: rows of text with the header first, what is not the book's form, and who writes so."""

    lines: list[list[str]]
    signs: tuple[str, ...]
    program: str


def read(content: bytes, names: Sequence[str]) -> Saved:
    """Return the rows in the bytes of a table whose columns are called `names`, however the file was saved.

    Raises
    ------
    Unreadable
        When the bytes are no text of a known encoding, or a quotation mark is not closed.
    """
    if not content.strip():
        raise Unreadable(None, "an empty file", "the table that the descriptor describes", "")
    text, encoding = _text(content)
    signs = {"utf-8": [], "utf-8-sig": ["a byte-order mark"]}.get(
        encoding, [f"{encoding.replace('utf', 'UTF')} in place of UTF-8"]
    )
    if "\x00" in text:
        row = text[: text.index("\x00")].count("\n") + 1
        raise Unreadable(row, "a NUL byte", "text", "The file was damaged or is no CSV.")
    if "\r" in text:
        signs.append("lines that end in CR LF" if "\r\n" in text else "lines that end in CR")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = _delimiter(text, names)
    if delimiter != ",":
        signs.append(f"{DELIMITERS[delimiter]} between the cells")
    return Saved(_lines(text, delimiter), tuple(signs), _program(encoding, delimiter))


def _text(content: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _undecoded(content, error) from None
    if content[1::2].count(0) > len(content) // 4 or content[::2].count(0) > len(content) // 4:
        encoding = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
        try:
            return content.decode(encoding), "utf-16"
        except UnicodeDecodeError as error:
            raise _undecoded(content, error) from None
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # a file of which some letters are UTF-8 was damaged in one place; any other was saved in a code page
        mixed = any(ord(char) > 126 and char != "�" for char in content.decode("utf-8", "replace"))
        text = content.decode("cp1252", "replace")
        if mixed or "�" in text or WESTERN.search(text):
            raise _undecoded(content, error) from None
        return text, "Windows-1252"


def _undecoded(content: bytes, error: UnicodeDecodeError) -> Unreadable:
    row = content[: error.start].count(b"\n") + 1
    found = f"bytes that are no {error.encoding.upper()} ({error.object[error.start : error.start + 1]!r})"
    remedy = (
        "Save the table before the change as CSV UTF-8, or take the file back and make the change in an editor of text."
    )
    return Unreadable(row, found, "UTF-8", remedy)


def _delimiter(text: str, names: Sequence[str]) -> str:
    """The delimiter that gives the most names of the header in one of the first lines; commas where none is better."""
    wanted = {name.casefold() for name in names}

    def found(delimiter: str) -> int:
        firsts = (line.split(delimiter) for line in text.split("\n", 5)[:5])
        return max(len({cell.strip(' "').casefold() for cell in cells} & wanted) for cells in firsts)

    return max(DELIMITERS, key=found)  # of equals the first: the comma


def _lines(text: str, delimiter: str) -> list[list[str]]:
    reader, lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), []
    try:
        for line in reader:
            lines.append(line)
    except csv.Error:
        found, expected = "a quotation mark that opens and does not close", "quotation marks in pairs"
        remedy = 'Close it; a quotation mark that belongs to the text is written twice ("").'
        raise Unreadable(len(lines) + 1, found, expected, remedy) from None
    return lines


def _program(encoding: str, delimiter: str) -> str:
    if encoding == "utf-16":
        return "Excel saves so as 'Unicode Text'"
    if encoding == "utf-8-sig":
        return "Excel saves so as 'CSV UTF-8'"
    if delimiter == ";":
        return "Excel saves so where the system separates lists by semicolons, as in much of Europe"
    if encoding == "Windows-1252":
        return "Excel on Windows saves so as plain 'CSV'"
    return "a spreadsheet program or an editor on Windows saves so"


def error_word(text: str) -> bool:
    """Return whether a cell holds what a spreadsheet shows for a formula that failed: #REF!, #NAME?, ######."""
    return bool(ERROR.fullmatch(text))


def of_date(text: str) -> str | None:
    """Return in words what a spreadsheet made of a date, or None where the text does not look like its work."""
    if DATE.fullmatch(text):
        return "a date in the form of a spreadsheet program, which may have exchanged day and month or lost a part"
    if re.fullmatch(r"\d{5}(?:\.0)?", text):
        day = DAY_ZERO + datetime.timedelta(days=int(text[:5]))
        return f"the number by which spreadsheet programs store the day {dates.in_words(day.isoformat())}"
    return of_number(text) if EXPONENT.fullmatch(text) else None


def of_number(text: str) -> str | None:
    """Return in words what a spreadsheet made of a number, or None where the text does not look like its work."""
    if EXPONENT.fullmatch(text):
        return "a number shortened to a power of ten, of which digits may be lost"
    if re.fullmatch(r"-?\d{1,3}(?:[,'’  ]\d{3})+(?:\.\d+)?|-?\d{1,3}(?:\.\d{3})+,\d+", text):
        return "a number with thousands separators"
    if re.fullmatch(r"-?\d*,\d+", text):
        return "a number with a decimal comma"
    if re.fullmatch(r"-?\d+(?:[.,]\d+)? ?%", text):
        return "a share in per cent"
    return (
        "a date in the form of a spreadsheet program"
        if DATE.fullmatch(text) and not re.fullmatch(r"[\d.]+", text)
        else None
    )


def of_text(text: str) -> str | None:
    """Return in words what a spreadsheet made of a text that looked like a month, a day or a number, or None."""
    if MONTH_DATE.fullmatch(text):
        return "a month or day as spreadsheet programs write what they take for a date"
    return "a number shortened to a power of ten" if re.fullmatch(r"\d(?:[.,]\d+)?E\+\d{2,}", text) else None
