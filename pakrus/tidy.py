"""Give a table back the book's form after a spreadsheet program has saved it in its own.

In go the bytes of a table and its entry of the descriptor, out come the bytes as the book stores them, with what was
changed and what was left. The difficulty: only form may be repaired, as it leaves no choice (a byte-order mark, another
delimiter, TRUE for true). What a cell means is never guessed: a date that a program has rewritten, or a number with a
comma, is named and left as it is; a header of other columns, or a row of more cells, stops it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pakrus import data, spreadsheet, store
from pakrus.folder import Folder

SHOWN = 3  # examples of each kind of change


@dataclass
class Change:
    """One kind of change: in words, in how many cells or rows, and the first of them."""

    kind: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str = "") -> None:
        """Count one more, and keep it as an example if it is among the first."""
        self.count += 1
        if example and len(self.examples) < SHOWN:
            self.examples.append(example)

    def __str__(self) -> str:
        return self.kind + (
            f": {self.count} ({'; '.join(self.examples)}{'; …' if self.count > SHOWN else ''})" if self.examples else ""
        )


@dataclass(frozen=True)
class Tidied:
    """A table in the book's form: header and rows, what was changed on the way, and what only a person can mend."""

    lines: list[list[str]]
    changes: list[Change]
    left: list[Change]

    @property
    def content(self) -> bytes:
        """The bytes of the table."""
        return written(self.lines)


def written(lines: Iterable[Sequence[str]]) -> bytes:
    """Return rows of text as the book stores a table: UTF-8, commas, LF, quotation marks only where they are needed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode("utf-8")


def repaired(saved: spreadsheet.Saved, entry: dict) -> Tidied:
    """Return a table, as it was read, in the book's form; its header may be wrong still, and rows too long or too short."""
    fields = entry["schema"]["fields"]
    blanks, empty, case = (
        Change("blanks at the ends of cells"),
        Change("empty rows and columns"),
        Change("true and false written small"),
    )
    lines = [[cell.strip() for cell in line] for line in saved.lines]
    header = lines[0] if lines else []
    width = max(len(header), 1)
    while width > len(fields) and all(len(line) < width or not line[width - 1] for line in lines):
        width -= 1
        empty.add(f"column {width + 1}")
    kept = []
    for number, line in enumerate(lines, start=1):
        if not any(line):
            empty.add(f"row {number}")
            continue
        end = len(line)
        while end > width and not line[end - 1]:
            end -= 1
        for column, (old, new) in enumerate(zip(saved.lines[number - 1], line, strict=True)):
            if old != new and column < end:
                blanks.add(f"row {number}, {_name(header, column)}: {old!r}")
        kept.append(line[:end])
    for column in (column for column, described in enumerate(fields) if described["type"] == "boolean"):
        for number, line in enumerate(kept[1:], start=2):
            small = _small(line[column]) if column < len(line) else None
            if small:
                case.add(f"row {number}, {_name(header, column)}: {line[column]!r}")
                line[column] = small
    form = [Change(f"{', '.join(saved.signs)} ({saved.program})", 1)] if saved.signs else []
    return Tidied(kept, [*form, *(change for change in (blanks, empty, case) if change.count)], _left(kept, fields))


def _small(text: str) -> str | None:
    """The book's true or false for a spreadsheet program's, or None where it is neither or written small already."""
    return None if text in data.BOOLEANS else spreadsheet.TRUTH.get(text.upper())


def _name(header: Sequence[str], column: int) -> str:
    return header[column] if column < len(header) else f"column {column + 1}"


def _left(lines: list[list[str]], fields: list[dict]) -> list[Change]:
    """What a person has to mend: cells that a spreadsheet program has rewritten in a way that can be read in two ways."""
    found: dict[str, Change] = {}
    for column, described in enumerate(fields):
        for number, line in enumerate(lines[1:], start=2):
            text = line[column] if column < len(line) else ""
            what = rewritten(text, described) if text else None
            if what:
                found.setdefault(what, Change(what)).add(f"row {number}, {described['name']}: {text!r}")
    return list(found.values())


def rewritten(text: str, described: dict) -> str | None:
    """Return in words what a spreadsheet program has made of the text of a cell of a field of the descriptor, or None."""
    if spreadsheet.error_word(text):
        return "the error word of a formula"
    if described["type"] in ("integer", "number"):
        return spreadsheet.of_number(text)
    if described.get("unit", "").startswith("ISO 8601") or _dated(described):
        return spreadsheet.of_date(text)
    return spreadsheet.of_text(text) if described["type"] == "string" else None


def _dated(described: dict) -> bool:
    return described.get("constraints", {}).get("pattern", "").strip("^$").startswith(r"\d{4}") and not described[
        "name"
    ].endswith("_id")


def run(table: str, folder: Folder | None = None, *, write: bool = False) -> list[str]:
    """Return in lines what tidying a table changes and leaves; with `write` the table is written, whole or not at all.

    Raises
    ------
    data.DataError
        When there is no such table, its bytes cannot be read, or header or rows are not those that the descriptor
        describes; nothing is written then.
    """
    folder = folder or Folder.default()
    entry = data.resource(table, folder)
    path, shown = folder.data / entry["path"], f"data/{entry['path']}"
    content, names = data.read(path), [described["name"] for described in entry["schema"]["fields"]]
    try:
        tidied = repaired(spreadsheet.read(content, names), entry)
    except spreadsheet.Unreadable as error:
        where = f", row {error.row}" if error.row else ""
        raise data.DataError(
            f"{shown}{where}: found {error.found}; expected {error.expected}. Nothing was changed. {error.remedy}"
        ) from None
    _stop_unless_described(tidied.lines, names, shown)
    left = [f"  left to you: {change}" for change in tidied.left]
    if tidied.content == content:
        return [f"{shown}: nothing to tidy.", *left]
    changes = [f"  {change}" for change in tidied.changes or [Change("quotation marks only where they are needed", 1)]]
    if "Windows-1252" in "".join(map(str, tidied.changes)):
        changes += _to_be_looked_at(tidied, names)
    if write:
        _write(path, tidied.content)
        end = f"{shown} is written. Now: python -m pakrus check; where the changes are meant: python -m pakrus seal."
    else:
        end = f"Nothing is written yet: python -m pakrus tidy {table} --write"
    return [f"{shown}:", *changes, *left, end]


def _to_be_looked_at(tidied: Tidied, names: list[str]) -> list[str]:
    """The letters beyond ASCII where a code page was read, which the file itself does not name."""
    seen = Change("letters read as Windows-1252, the code page of Western Europe; look whether they are right")
    for number, line in enumerate(tidied.lines[1:], start=2):
        for name, text in zip(names, line, strict=True):
            if not text.isascii():
                at = next(i for i, char in enumerate(text) if ord(char) > 126)
                seen.add(f"row {number}, {name}: {text[max(at - 12, 0) : at + 12]!r}")
    return [f"  {seen}"]


def _stop_unless_described(lines: list[list[str]], names: list[str], shown: str) -> None:
    header = lines[0] if lines else []
    if header != names:
        column = next(
            (i for i, (a, b) in enumerate(zip(header, names, strict=False)) if a != b), min(len(header), len(names))
        )
        found = repr(header[column][:60]) if column < len(header) else "no more columns"
        expected = repr(names[column]) if column < len(names) else f"no more than {len(names)} columns"
        raise data.DataError(
            f"{shown}, row 1, column {column + 1}: found {found}; expected {expected}. Nothing was changed: give the table the "
            f"columns that it had. They are: {', '.join(names)}."
        )
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(names):
            raise data.DataError(
                f"{shown}, row {number}: found {len(line)} cells; expected {len(names)}, as the header has. Nothing was changed: "
                "put a cell that holds a comma in double quotes."
            )


def _write(path: Path, content: bytes) -> None:
    try:
        store.write(path, content)
    except OSError as error:
        raise data.DataError(
            f"{path}: cannot be written ({error.strerror}). Close it elsewhere, and free its folder to be written."
        ) from None
