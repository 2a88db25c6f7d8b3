"""The files of data/: that they are there, how they were saved, header, number of cells in each row, fingerprint.

In goes a folder with its descriptor, out come problems and, for every table that can be read, its rows. The difficulty:
one fault is to give one message. A table that a spreadsheet program saved in its own form is read as `tidy` would write
it, so that other rules find what else is wrong and nothing twice; one whose header is wrong has no rows (`None`).
"""

import difflib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pakrus import data, spreadsheet, tidy
from pakrus.checks.problem import Problem, Row
from pakrus.folder import DESCRIPTOR, Folder

MOST_TORN = 2  # rows of another length that are said one by one
RAGGED = "put a cell that holds a comma or a line break in double quotes; take out what is no row."
TITLES = 10  # rows above a header in which a title is looked for


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it was read: its entry of the descriptor without the seal, its rows (None: not to be read), what is wrong.

    Equal bytes under an equal entry give the same object, so that what was found in them can be kept.
    """

    entry: dict
    rows: list[Row] | None
    problems: tuple[Problem, ...]

    @property
    def file(self) -> str:
        """The table's file as messages name it."""
        return f"data/{self.entry['path']}"


def read(package: dict, folder: Folder) -> tuple[list[Problem], dict[str, Table]]:
    """Return what is wrong with the files of a folder, and every table of the descriptor by its name."""
    described = {entry["path"] for entry in package["resources"]}
    problems, tables = [], {}
    for path in sorted(folder.data.glob("*.csv")):
        if path.name not in described:
            expected, remedy = f"only tables described in {DESCRIPTOR}", "Describe it there, or remove the file."
            problems.append(Problem(f"data/{path.name}", None, "", "a table", expected, remedy))
    for entry in package["resources"]:
        table = tables[entry["name"]] = _table(entry, folder)
        problems += table.problems or _fingerprint(entry, folder)
    return problems, tables


def _table(entry: dict, folder: Folder) -> Table:
    path = folder.data / entry["path"]
    try:
        content = path.read_bytes()
    except OSError as error:
        found = "no file" if isinstance(error, FileNotFoundError) else f"a file that cannot be read ({error.strerror})"
        if path.is_dir():
            found = "a folder"
        expected, remedy = "the table that the descriptor names", f"Restore it: git checkout -- data/{entry['path']}"
        return Table(entry, None, (Problem(f"data/{entry['path']}", None, "", found, expected, remedy),))
    return _parsed(
        content, json.dumps({key: value for key, value in entry.items() if key not in ("hash", "bytes", "pakrus:rows")})
    )


def _fingerprint(entry: dict, folder: Folder) -> Iterator[Problem]:
    digest = f"sha256:{hashlib.sha256((folder.data / entry['path']).read_bytes()).hexdigest()}"
    if digest != entry.get("hash"):
        expected = f"{entry.get('hash')} as recorded in the descriptor"
        yield Problem(f"data/{entry['path']}", None, "", digest, expected, f"{data.if_meant(entry)}.")


@lru_cache(maxsize=256)
def _parsed(content: bytes, description: str) -> Table:
    """The table in these bytes; the same bytes under the same description are read once in a process."""
    entry = json.loads(description)
    names = [field["name"] for field in entry["schema"]["fields"]]
    file = f"data/{entry['path']}"
    try:
        saved = spreadsheet.read(content, names)
    except spreadsheet.Unreadable as error:
        remedy = f"{error.remedy} Or restore it: git checkout -- {file}".strip()
        return Table(entry, None, (Problem(file, error.row, "", error.found, error.expected, remedy),))
    problems, lines = [], saved.lines
    if saved.signs:
        remedy = f"{saved.program[0].upper()}{saved.program[1:]}. Run 'python -m pakrus tidy {entry['name']} --write'."
        problems.append(Problem(file, None, "", ", ".join(saved.signs), spreadsheet.FORM, remedy))
        lines = tidy.repaired(saved, entry).lines
    wrong = list(_header(lines, names, entry, file))
    if not wrong and not any(map(any, lines[1:])):
        wrong = [
            Problem(
                file,
                None,
                "",
                "a header without rows",
                "the rows of the table",
                f"Restore them: git checkout -- {file}",
            )
        ]
    if wrong:
        return Table(entry, None, (*problems, *wrong))
    torn = next(
        (number for number, line in enumerate(lines, 1) if len(line) != len(names) and "\n" in "".join(line)), None
    )
    if torn:
        found = f"a cell that runs over {''.join(lines[torn - 1]).count(chr(10)) + 1} lines, in a row of {len(lines[torn - 1])} cells"
        remedy = 'A quotation mark opens there and closes in a later row: close it, or write it twice ("") if it belongs to the text.'
        return Table(
            entry, None, (*problems, Problem(file, torn, "", found, f"{len(names)} cells in one line", remedy))
        )
    torn_rows = [number for number, line in enumerate(lines, 1) if any(line) and len(line) != len(names)]
    if len(torn_rows) > MOST_TORN:  # a merge left open, or half a file from elsewhere: one fault
        found = f"{len(torn_rows)} rows of more or fewer cells, the first {', '.join(lines[torn_rows[0] - 1])[:60]!r}"
        remedy = f"They are rows {', '.join(map(str, torn_rows[:5]))}{' …' * (len(torn_rows) > 5)}: {RAGGED}"
        wrong = Problem(file, torn_rows[0], "", found, f"{len(names)} cells in each row, as the header has", remedy)
        return Table(entry, None, (*problems, wrong))
    problems += [
        Problem(file, number, "", "the header again", "a row of the table", "Remove the row.")
        for number, line in enumerate(lines[1:], start=2)
        if line == names
    ]
    problems += _rows(lines[1:], names, entry, file)
    rows = [dict(zip(names, [*line, *[""] * (len(names) - len(line))], strict=False)) for line in lines[1:]]
    while not any(rows[-1].values()):
        rows.pop()
    return Table(entry, rows, tuple(problems))


def _rows(lines: list[list[str]], names: list[str], entry: dict, file: str) -> Iterator[Problem]:
    """Rows without a value, and rows of more or fewer cells than the header."""
    empty = [number for number, line in enumerate(lines, start=2) if not any(line)]
    if empty:
        which = ", ".join(map(str, empty[:5])) + (" …" if len(empty) > 5 else "")
        found = f"{len(empty)} empty rows ({which})" if len(empty) > 1 else "an empty row"
        yield Problem(
            file, empty[0], "", found, "no empty rows", f"Run 'python -m pakrus tidy {entry['name']} --write'."
        )
    wrong = [number for number, line in enumerate(lines, start=2) if any(line) and len(line) != len(names)]
    for number in wrong[:5]:
        line, more = (
            lines[number - 2],
            f"; so are {len(wrong) - 5} more rows" if number == wrong[4:5] and len(wrong) > 5 else "",
        )
        found = f"{len(line)} cell{'s' * (len(line) > 1)}, the last of them {line[-1][:40]!r}{more}"
        remedy = "Put a cell that holds a comma or a line break in double quotes."
        if len(line) < len(names):
            remedy = (
                f"A comma is missing: after the cell before it, or for an empty cell (the last column is {names[-1]})."
            )
        yield Problem(file, number, "", found, f"{len(names)} cells, as many as the header has", remedy)


def _header(lines: list[list[str]], names: list[str], entry: dict, file: str) -> Iterator[Problem]:
    """What is wrong with the header: one problem for each column that is not what it should be."""
    header = lines[0] if lines else []
    if header == names:
        return
    tidied = f"Run 'python -m pakrus tidy {entry['name']} --write', or take the blank out."
    remedy = "Write the header as the descriptor has it."

    def wrong(column: int, found: str, expected: str, remedy: str = remedy) -> Problem:
        return Problem(file, 1, _letters(column), found, expected, remedy)

    above = next((number for number, line in enumerate(lines[:TITLES]) if [c.strip() for c in line] == names), 0)
    if above:
        found, expected = (
            ", ".join(filter(None, header)) or "an empty row",
            "the header, which stands in row " + str(above + 1),
        )
        yield Problem(file, 1, "", found, expected, "Remove what stands above it.")
        return
    if not {cell.strip().casefold() for cell in header} & {name.casefold() for name in names}:
        found, expected = ", ".join(header), f"the header, which begins with {', '.join(names[:3])}"
        yield Problem(file, 1, "", found, expected, "Put the header back as the first row.")
        return
    for column, (cell, name) in enumerate(zip(header, names, strict=False)):
        if cell != name and cell.strip() == name:
            yield wrong(column, cell, f"{name!r}, without blanks", tidied)
    bare = [cell.strip() for cell in header]
    if sorted(bare) == sorted(names):
        apart = [column for column, name in enumerate(names) if bare[column] != name]
        if apart:
            found, expected = (", ".join(cells[column] for column in apart) for cells in (bare, names))
            yield wrong(apart[0], found, expected, "Put the columns, cells and all, in the order that they had before.")
        return
    twice = {}  # columns of a name that another has, and rightly
    for column, cell in enumerate(bare):
        if cell and bare.count(cell) > 1 and (column >= len(names) or names[column] != cell):
            at = next(other for other, name in enumerate(bare) if name == cell and other != column)
            twice[column] = f"{names[column]!r}" if len(bare) == len(names) else "no such column"
            yield wrong(column, cell, twice[column], f"Column {_letters(at)} has that name. {remedy}")
    for kind, first, last, start, end in difflib.SequenceMatcher(None, bare, names, autojunk=False).get_opcodes():
        common = min(last - first, end - start) if kind == "replace" else 0
        for offset in (offset for offset in range(common) if first + offset not in twice):
            yield wrong(first + offset, bare[first + offset], repr(names[start + offset]))
        for column in range(first + common, last if kind != "equal" else first):
            if column not in twice:
                found = bare[column] or "a column without a name"
                yield wrong(column, found, "no such column", "Take it out, or describe it in the descriptor.")
        for position in range(start + common, end if kind != "equal" else start):
            if twice and len(bare) == len(names):
                continue
            column = min(first + common, len(bare))
            found = bare[column] if column < len(bare) else "no more columns"
            yield wrong(
                column, found, f"{names[position]!r}, a column that is missing", f"Put the column back. {remedy}"
            )


def _letters(column: int) -> str:
    """The name of a column in a spreadsheet, counted from 0: A, B, …, Z, AA."""
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
