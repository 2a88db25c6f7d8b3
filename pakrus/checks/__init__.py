"""What makes the data valid: the descriptor, every table against it, the text of cells, the rules of the register, the references.

Each problem names file, row, column, the value found, what was expected and how to mend it. Rows are counted as a
spreadsheet shows them: the header is row 1. Each room of rules looks at rows in memory; only here they are read. One
fault gives one message: what is wrong with the form of a cell or row is said first, and no later room speaks of it again;
rules that need a table that cannot be read are left out, and that is said too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pybtex.database import BibliographyDataError
from pybtex.scanner import PybtexError

from pakrus import data, references
from pakrus.checks import (
    bibliography,
    calendar,
    cells,
    claims,
    derived,
    files,
    linked,
    order,
    people,
    places,
    register,
    schema,
    wording,
)  # fmt: skip
from pakrus.checks.problem import Problem, Tables, Unread
from pakrus.folder import Folder


@dataclass(frozen=True)
class Report:
    """What `check` found: the problems, and a line for each table for want of which rules were left out."""

    problems: list[Problem]
    skipped: list[str]


def run(folder: Folder | None = None) -> list[Problem]:
    """Return every problem of a data folder (without one: the book's) and its bibliography, in the order of the rooms.

    Raises
    ------
    data.DataError
        When the descriptor itself cannot be read.
    """
    return report(folder).problems


def report(folder: Folder | None = None) -> Report:
    """Return what `run` returns, with the rules that could not be asked.

    Raises
    ------
    data.DataError
        When the descriptor itself cannot be read.
    """
    folder = folder or Folder.default()
    package = data.descriptor(folder)
    problems = [*schema.description(package)]
    if problems:
        undescribed = {problem.column for problem in problems}
        package = package | {"resources": [e for e in package["resources"] if not {e["name"], ""} & undescribed]}
    found, read = files.read(package, folder)
    problems += found
    unread = [name for name, table in read.items() if table.rows is None] + sorted(
        {p.column for p in problems if p.file.endswith(".json")} - {""}
    )
    tables = Tables({name: table.rows for name, table in read.items() if table.rows is not None}, unread)
    library = None
    try:
        library = references.read(folder)
    except (PybtexError, BibliographyDataError, OSError, ValueError) as error:
        problems.append(bibliography.unreadable(error))
    form: tuple[Callable[[], Iterable[Problem]], ...] = (
        lambda: cells.problems(read),
        lambda: schema.problems(read, tables),
        lambda: calendar.days(tables, package),
    )
    rooms: tuple[Callable[[], Iterable[Problem]], ...] = (
        lambda: (
            bibliography.text_problems(folder.references.read_text(encoding="utf-8", errors="replace"))
            if folder.references.is_file()
            else ()
        ),
        lambda: bibliography.problems(library) if library else (),
        lambda: bibliography.keys(package, tables, library) if library else (),
        lambda: calendar.problems(tables, package, calendar.last_reading(library)),
        lambda: register.problems(tables, library),
        lambda: people.problems(tables),
        lambda: places.problems(tables),
        lambda: linked.problems(tables, library),
        lambda: claims.problems(tables, package),
        lambda: wording.problems(tables),
        # a wrong value stands out of order as well: the order is asked of tables in which nothing else was found
        lambda: order.problems(tables.without({PurePosixPath(p.file).stem for p in problems if p.row}), package),
        lambda: derived.problems(tables, package),
    )
    for room in form:
        problems += _first(room(), problems)
    # what the rows say is asked of tables that are right in form: one fault of form gives one message, not ten
    tables = tables.without({PurePosixPath(p.file).stem for p in problems if p.row})
    for room in rooms:
        try:
            problems += _first(room(), problems, rows=True)
        except Unread as missing:
            missing.stops("several tables")
    return Report(problems, _skipped(tables.skipped))


def _first(found: Iterable[Problem], said: list[Problem], rows: bool = False) -> list[Problem]:
    """The problems of cells of which none is said yet; with `rows` one of each row: what else is wrong there shows when it is mended."""
    taken = {(p.file, p.row, p.column) for p in said if p.row} | {(p.file, p.row, "") for p in said if p.row and rows}
    kept = []
    for problem in found:
        if not {(problem.file, problem.row, problem.column), (problem.file, problem.row, "")} & taken:
            kept.append(problem)
            if rows and problem.row:
                taken.add((problem.file, problem.row, ""))
    return kept


def _skipped(waiting: dict[str, set[str]]) -> list[str]:
    return [
        f"Rules that need the table {table} were left out until it is mended: rules of {', '.join(sorted(waiting[table]))}."
        for table in sorted(waiting)
        if waiting[table]
    ]
