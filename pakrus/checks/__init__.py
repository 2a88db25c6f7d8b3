"""What makes the data valid: the descriptor, every table against it, the rules of the register, the references.

Each problem names file, row, column, the value found, what was expected and how to mend it. Rows are counted as a
spreadsheet shows them: the header is row 1. Each room of rules looks at rows in memory; only here they are read.
"""

from pybtex.database import BibliographyDataError
from pybtex.scanner import PybtexError

from pakrus import data, references
from pakrus.checks import bibliography, calendar, claims, linked, order, people, register, schema, wording
from pakrus.checks.problem import Problem, Row
from pakrus.folder import Folder


def run(folder: Folder | None = None) -> list[Problem]:
    """Return every problem of a data folder (without one: the book's) and its bibliography, in the order of the rooms.

    Raises
    ------
    data.DataError
        When the descriptor itself cannot be read.
    """
    folder = folder or Folder.default()
    package, library = data.descriptor(folder), None
    problems = [*schema.files(package, folder), *schema.problems(package, folder)]
    try:
        library = references.read(folder)
    except (PybtexError, BibliographyDataError, FileNotFoundError, UnicodeDecodeError) as error:
        problems.append(bibliography.unreadable(error))
    tables = _rows(package, folder)
    if library is not None:
        problems += [*bibliography.problems(library), *bibliography.keys(package, tables, library)]
    problems += calendar.problems(tables, package)
    problems += register.problems(tables, library)
    problems += people.problems(tables)
    problems += linked.problems(tables, library)
    problems += claims.problems(tables, package)
    problems += wording.problems(tables)
    problems += order.problems(tables, package)
    return problems


def _rows(package: dict, folder: Folder) -> dict[str, list[Row]]:
    """The rows of the tables that rules can be asked about; a missing file or column is reported by `schema`."""
    found = {}
    for entry in package["resources"]:
        if (folder.data / entry["path"]).is_file():
            rows = data.rows(entry["name"], folder, lenient=True)
            if not rows or {field["name"] for field in entry["schema"]["fields"]} <= rows[0].keys():
                found[entry["name"]] = rows
    return found
