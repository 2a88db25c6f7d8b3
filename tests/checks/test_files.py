"""Files, header and rows: whatever bytes a table has, `check` says one thing for one fault, and nothing of other tables."""

import csv
import io
import random

import pytest
from broken import BOOK, tables
from broken import store as write

from pakrus import checks, cli, data, store
from pakrus.checks import files
from pakrus.folder import Folder


def saved(delimiter, encoding, line_end="\r\n"):
    """A table as a program saves it."""

    def change(content):
        text = io.StringIO(newline="")
        rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
        return text.getvalue().encode(encoding)

    return change


def lines(change):
    """A change of the lines of a table."""
    return lambda content: b"\n".join(change(content.split(b"\n")))


def header(old, new):
    return lambda content: content.replace(old, new, 1)


STORED = BOOK.table("events").read_bytes()
END = STORED.count(b"\n") + 1  # the row after the last


def row(content):
    """The row in which the first place of the text or the byte of that number stands."""
    at = content if isinstance(content, int) else STORED.index(content.encode())
    return STORED.count(b"\n", 0, at) + 1


BYTES = {
    # name: change of events.csv, (row, column, value found, expectation, remedy)
    "byte-order mark": (lambda b: b"\xef\xbb\xbf" + b, (None, "", "a byte-order mark", "without a byte-order mark", "'CSV UTF-8'. Run 'python -m pakrus tidy events --write'")),
    "Excel, CSV UTF-8": (saved(",", "utf-8-sig"), (None, "", "a byte-order mark, lines that end in CR LF", "UTF-8", "tidy")),
    "Excel, semicolons": (saved(";", "utf-8-sig"), (None, "", "semicolons between the cells", "commas", "tidy")),
    "semicolons alone": (saved(";", "utf-8", "\n"), (None, "", "semicolons between the cells", "commas", "lists by semicolons")),
    "tabs": (saved("\t", "utf-8", "\n"), (None, "", "tabs between the cells", "commas", "tidy")),
    "Unicode text": (saved("\t", "utf-16"), (None, "", "UTF-16 in place of UTF-8", "UTF-8", "'Unicode Text'")),
    "UTF-16 without mark": (lambda b: b.decode().encode("utf-16-le"), (None, "", "UTF-16 in place of UTF-8", "UTF-8", "tidy")),
    "UTF-32": (lambda b: b.decode().encode("utf-32"), (None, "", "UTF-32 in place of UTF-8", "UTF-8", "tidy")),
    "CR LF": (lambda b: b.replace(b"\n", b"\r\n"), (None, "", "lines that end in CR LF", "end in LF", "tidy")),
    "CR": (lambda b: b.replace(b"\n", b"\r"), (None, "", "lines that end in CR", "end in LF", "tidy")),
    "one Latin letter": (lambda b: b + "é".encode("latin-1"), (END, "", "bytes that are no UTF-8 (b'\\xe9')", "UTF-8", "CSV UTF-8")),
    "half a letter": (lambda b: b[: b.index("’".encode()) + 1], (row("’"), "", "no UTF-8", "UTF-8", "git checkout")),
    "Cyrillic code page": (lambda b: b.decode().replace("Soviet", "советский").encode("cp1251", "replace"), (row("Soviet"), "", "no UTF-8", "UTF-8", "CSV UTF-8")),
    "NUL byte": (lambda b: b[:5000] + b"\0" + b[5000:], (row(5000), "", "a NUL byte", "text", "damaged")),
    "binary": (lambda b: bytes(range(256)) * 40, (2, "", "no UTF-8", "UTF-8", "git checkout")),
    "empty": (lambda b: b"", (None, "", "an empty file", "the table", "git checkout")),
    "blank": (lambda b: b" \n\n", (None, "", "an empty file", "the table", "git checkout")),
    "header only": (lines(lambda rows: [rows[0], b""]), (None, "", "a header without rows", "the rows", "git checkout")),
    "title above": (lambda b: b"Events of the register,,\n\n" + b, (1, "", "Events of the register", "the header, which stands in row 3", "Remove")),
    "no header": (lines(lambda rows: rows[1:]), (1, "", "1947-08-14-no-soviet-message", "the header, which begins with event_id, date", "first row")),
    "renamed": (header(b",date,", b",Date,"), (1, "B", "Date", "'date'", "as the descriptor has it")),
    "blank in the header": (header(b",date,", b",date ,"), (1, "B", "date ", "'date', without blanks", "tidy")),
    "missing column": (lines(lambda rows: [row.split(b",", 1)[1] if row else row for row in rows]), (1, "A", "date", "'event_id', a column that is missing", "back")),
    "added column": (lines(lambda rows: [row + b",x" if row else row for row in rows]), (1, "Q", "x", "no such column", "Take it out")),
    "column twice": (header(b",date,", b",title,"), (1, "B", "title", "'date'", "Column H has that name")),
    "swapped": (header(b"event_id,date,", b"date,event_id,"), (1, "A", "date, event_id", "event_id, date", "in the order")),
    "a cell too many": (lines(lambda rows: [*rows[:4], rows[4] + b",x", *rows[5:]]), (5, "", "17 cells, the last of them 'x'", "16 cells", "double quotes")),
    "a cell too few": (lines(lambda rows: [*rows[:4], rows[4].rsplit(b",", 1)[0], *rows[5:]]), (5, "", "15 cells", "16 cells", "A comma is missing")),
    "open quotation": (lines(lambda rows: [*rows[:4], rows[4].replace(b",", b',"', 1), *rows[5:]]), (5, "", "a quotation mark that opens and does not close", "in pairs", "Close it")),
    "open at the end": (lambda b: b.rstrip(b"\n") + b'"x\n', None),
    "empty row": (lines(lambda rows: [*rows[:4], b"", *rows[4:]]), (5, "", "an empty row", "no empty rows", "tidy")),
    "commas at the end": (lambda b: b + b",,,,,,,,,,,,,,,\n" * 3, (END, "", f"3 empty rows ({END}, {END + 1}, {END + 2})", "no empty rows", "tidy")),
}  # fmt: skip


@pytest.mark.parametrize("name", BYTES)
def test_one_fault_of_a_file_is_one_message(folder_copy, name):
    change, said = BYTES[name]
    path = folder_copy.table("events")
    path.write_bytes(change(path.read_bytes()))
    report = checks.report(folder_copy)
    if said is None:
        return  # a quotation mark inside a cell is text; that nothing is raised is all
    (problem,) = report.problems
    row, column, value, expected, remedy = said
    assert (problem.file, problem.row, problem.column) == ("data/events.csv", row, column)
    assert value in problem.value and expected in problem.expected and remedy in problem.remedy, str(problem)
    read = files.read(data.descriptor(folder_copy), folder_copy)[1]["events"].rows is not None
    left_out = not read or problem.row is not None  # what the rows say is asked of tables that are right in form
    assert bool(report.skipped) == left_out, "which rules were left out is said"


def test_no_bytes_of_any_table_end_in_a_traceback(tmp_path):
    """All tables at once: no folder, another header, cut anywhere, bytes of any kind; each file has its own message."""
    for round, wrong in enumerate((b"\xff", b'"', None, b"")):
        folder = BOOK.copy(tmp_path / str(round))
        for table in data.tables(BOOK):
            path, rng = folder.table(table), random.Random(f"{table}{round}")
            content = path.read_bytes()
            at = rng.randrange(content.index(b"\n") + 1, len(content))
            path.unlink()
            if wrong is None:
                path.mkdir()
            else:
                path.write_bytes(content[:at] + wrong + (content[at:] if wrong else b""))
        found = checks.run(folder)
        assert {p.file for p in found} >= {f"data/{table}.csv" for table in data.tables(BOOK)}
        assert wrong is not None or [p.value for p in found] == ["a folder"] * len(data.tables(BOOK))


@pytest.mark.parametrize("table", ["actors", "claims", "phases", "unga_votes", "trade"])
def test_a_table_that_cannot_be_read_is_its_own_fault_alone(folder_copy, table):
    path = folder_copy.table(table)
    path.write_bytes(b"x" + path.read_bytes())
    (problem,) = checks.run(folder_copy)
    assert problem.file == f"data/{table}.csv" and problem.row == 1


@pytest.mark.parametrize("text", ["x", "2016-02-31", "9999999999", "a; ; b{%s {0}\u200b"])
def test_no_text_of_any_cell_ends_in_a_traceback(folder_copy, text):
    """The same text in a whole row of each table."""
    for name, rows in tables().items():
        rows[1] = dict.fromkeys(rows[1], text)
        write(folder_copy, name, rows)
    store.seal(folder_copy, derived=True)
    assert all(p.expected.strip(" .") and p.remedy and str(p) for p in checks.run(folder_copy))


def test_a_file_that_may_not_be_read(folder_copy, monkeypatch):
    read = type(folder_copy.data).read_bytes

    def refused(path):
        if path.name == "trade.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(type(folder_copy.data), "read_bytes", refused)
    (problem,) = checks.run(folder_copy)
    assert problem.file == "data/trade.csv" and "cannot be read (Permission denied)" in problem.value


def test_what_was_left_out_is_said(data_copy, capsys):
    path = data_copy / "phase_boundaries.csv"
    path.write_bytes(path.read_bytes().replace(b"boundary_id", b"id", 1))
    assert cli.main(["check"]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert "row 1, column A: found 'id'; expected 'boundary_id'" in first
    told = "Rules that need the table phase_boundaries were left out until it is mended: rules of phase_boundaries, sensitivity."
    assert second == told
    assert last == f"1 problem in {len(data.tables())} tables and the references."


def test_what_else_is_wrong_is_found_in_a_table_of_another_form(folder_copy):
    """A form that can be read is read: its faults of content are said as well, and TRUE is part of the form."""
    rows = tables("leads")["leads"]
    for row in rows:
        row["was_event"] = row["was_event"].upper()
    rows[5]["kind"] = "rumour"
    write(folder_copy, "leads", rows)
    path = folder_copy.table("leads")
    path.write_bytes(saved(";", "utf-8-sig")(path.read_bytes()))
    form, kind = checks.run(folder_copy)
    assert form.row is None and "semicolons" in form.value
    assert (kind.file, kind.row, kind.column, kind.value) == ("data/leads.csv", 7, "kind", "rumour")


@pytest.fixture
def one_file(tmp_path):
    """A folder that holds nothing but the price index, and its description."""
    (tmp_path / "data").mkdir()
    folder = Folder(tmp_path / "data")
    folder.table("price_index").write_bytes(BOOK.table("price_index").read_bytes())
    package = {"resources": [data.resource("price_index", BOOK)]}
    assert files.read(package, folder)[0] == []
    return folder, package


def test_changed_bytes_are_told_with_what_to_do(one_file):
    folder, package = one_file
    path = folder.table("price_index")
    path.write_bytes(path.read_bytes().replace(b"22.3", b"22.4"))
    (problem,) = files.read(package, folder)[0]
    assert problem.row is None and "as recorded in the descriptor" in problem.expected
    assert "derive" in problem.remedy and "pakrus seal" not in problem.remedy, "the price index is derived"
    package["resources"][0] = package["resources"][0] | {"sources": []}
    (problem,) = files.read(package, folder)[0]
    assert "python -m pakrus seal" in problem.remedy


def test_a_file_that_is_missing_and_one_that_nobody_described(one_file):
    folder, package = one_file
    folder.table("price_index").unlink()
    folder.table("extra").write_text("a\n1\n", encoding="utf-8")
    extra, missing = files.read(package, folder)[0]
    assert extra.file == "data/extra.csv" and "only tables described in datapackage.json" in extra.expected
    assert missing.value == "no file" and "git checkout -- data/price_index.csv" in missing.remedy


def test_columns_are_named_as_a_spreadsheet_names_them():
    assert [files._letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
