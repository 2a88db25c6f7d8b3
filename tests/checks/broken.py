"""Tables of the book in memory with one thing broken, for the tests of the rules."""

import csv
from functools import cache

from pakrus import data, references
from pakrus.folder import ROOT, Folder

BOOK = Folder(ROOT / "data")
PACKAGE = data.descriptor(BOOK)
LIBRARY = references.read(BOOK)


@cache
def _stored(table):
    return tuple(data.rows(table, BOOK))


def tables(*names):
    """The rows of the named tables, without names of all; the lists and rows are the caller's own."""
    return {name: [dict(row) for row in _stored(name)] for name in names or data.tables(BOOK)}


def store(folder, table, rows):
    """Write the rows of a table, unsealed."""
    with open(folder.table(table), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def find(rows, wanted, taken=()):
    """The number (2 = first data row) and content of the first row whose cells are as wanted (values or predicates)."""
    for number, row in enumerate(rows, start=2):
        fits = all(test(row[name]) if callable(test) else row[name] == test for name, test in wanted.items())
        if fits and number not in taken:
            return number, row
    raise LookupError(f"no row with {wanted}")


def changed(names, table, wanted, cells):
    """The rows of some tables (of all without `names`) with cells of one row changed, and the number of that row."""
    rows = tables(*names)
    number, row = find(rows[table], wanted)
    row.update(cells)
    return rows, number


def day(text):
    return len(text) == 10


def assert_said(problems, table, number, said):
    """One of the problems is that of the cell: it says what, why and how to mend it."""
    column, value, expected = said
    found = [p for p in problems if (p.file, p.row, p.column) == (f"data/{table}.csv", number, column)]
    assert any(value in p.value and expected in p.expected for p in found), [str(p) for p in found or problems]
    assert all(p.remedy for p in found)


def assert_every_rule_is_broken(rules, known, cases):
    """Each rule finds something in at least one case (a mapping of tables), so that none is without a test."""
    left = [(table, rule) for table, rules in rules.by_table.items() for rule in rules]
    for broken in cases:
        seen = known(broken)
        left = [(table, rule) for table, rule in left if not any(rule.finds(broken[table], seen))]
    assert not [(table, rule.column, rule.expects) for table, rule in left]
