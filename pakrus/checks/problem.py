"""One thing that is wrong with the data, where it is, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where, and how to mend it."""

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        where = (
            self.file + (f", row {self.row}" if self.row else "") + (f", column {self.column}" if self.column else "")
        )
        return f"{where}: found {self.value!r}; expected {self.expected}. {self.remedy}"


def cell(table: str, row: int, column: str, value: str, expected: str, remedy: str) -> Problem:
    """Return the problem of one cell of a table; `row` is counted as a spreadsheet shows it."""
    return Problem(f"data/{table}.csv", row, column, value, expected, remedy)
