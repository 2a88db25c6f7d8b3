"""Tidying gives a table back its own bytes after a program has saved it, and guesses nothing."""

import csv
import io

import pytest

from pakrus import cli, data, tidy
from pakrus.folder import ROOT, Folder

BOOK = Folder(ROOT / "data")
TABLES = data.tables(BOOK)


def as_saved(table, delimiter, encoding):
    """A table as Excel saves it: TRUE and FALSE, CR LF, another delimiter and encoding."""
    text = io.StringIO(newline="")
    fields = data.resource(table, BOOK)["schema"]["fields"]
    header, *rows = csv.reader(io.StringIO(BOOK.table(table).read_text(encoding="utf-8"), newline=""))
    big = [
        [cell.upper() if f["type"] == "boolean" else cell for cell, f in zip(row, fields, strict=True)] for row in rows
    ]
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows([header, *big])
    return text.getvalue().encode(encoding)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return BOOK.copy(tmp_path_factory.mktemp("tidy"))


@pytest.mark.parametrize("table", TABLES)
def test_what_excel_saved_becomes_the_table_again(folder, table):
    """CSV UTF-8, Unicode Text, and the semicolons and code page of Western Europe where all letters are in it."""
    original, path = BOOK.table(table).read_bytes(), folder.table(table)
    forms = [(",", "utf-8-sig"), (";", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1252")]
    for delimiter, encoding in forms:
        try:
            saved = as_saved(table, delimiter, encoding)
        except UnicodeEncodeError:
            assert encoding == "cp1252"
            continue
        path.write_bytes(saved)
        tidy.run(table, folder)
        assert path.read_bytes() == saved, "nothing is written unless it is asked for"
        tidy.run(table, folder, write=True)
        assert path.read_bytes() == original, (table, delimiter, encoding)
    assert tidy.run(table, folder, write=True)[0] == f"data/{table}.csv: nothing to tidy."
    assert path.read_bytes() == original


def test_blanks_empty_rows_and_columns_are_form_too(folder_copy, capsys, monkeypatch):
    monkeypatch.setenv("PAKRUS_DATA", str(folder_copy.data))
    path = folder_copy.table("leads")
    original = path.read_bytes()
    header, first, *rest = original.decode().splitlines()
    path.write_text(
        "\n".join(
            [header.replace(",kind,", ",kind ,") + ",,", " " + first + " ,,", *(row + ",," for row in rest), ",,,", ""]
        ),
        encoding="utf-8",
    )
    assert cli.main(["tidy", "leads"]) == 0
    told = capsys.readouterr().out
    assert "blanks at the ends of cells" in told and "row 2, lead_id" in told and "empty rows and columns" in told
    assert told.endswith("Nothing is written yet: python -m pakrus tidy leads --write\n")
    assert cli.main(["tidy", "leads", "--write"]) == 0
    assert "python -m pakrus seal" in capsys.readouterr().out and path.read_bytes() == original


def test_what_a_cell_means_is_named_and_left(folder_copy):
    path = folder_copy.table("trade")
    rows = path.read_text(encoding="utf-8").split("\n")
    cells = rows[1].split(",")
    assert cells[5] == "6.17"
    rows[1] = ",".join([*cells[:5], '"1,234.5"', *cells[6:]])
    path.write_text("\n".join(rows), encoding="utf-8", newline="\r\n")
    told = tidy.run("trade", folder_copy, write=True)
    assert any(
        "left to you: a number with thousands separators" in line and "row 2, value_usd_m: '1,234.5'" in line
        for line in told
    )
    assert path.read_bytes() == "\n".join(rows).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda b: b.replace(b"year,period", b"Year,period", 1), "row 1, column 1: found 'Year'; expected 'year'"),
        (lambda b: b.replace(b"year,period", b"period,year", 1), "row 1, column 1: found 'period'; expected 'year'"),
        (lambda b: b"Trade\n" + b, "row 1, column 1: found 'Trade'; expected 'year'"),
        (lambda b: b.replace(b",flag\n", b"\n", 1), "row 1, column 10: found no more columns; expected 'flag'"),
        (lambda b: b + b"2020,2020\n", "row 198: found 2 cells; expected 10"),
        (lambda b: b + b'"', "row 198: found a quotation mark"),
        (lambda b: b + "“\xff".encode() + b"\xff", "bytes that are no UTF-8"),
        (lambda b: b"", "an empty file"),
    ],
)
def test_what_is_not_the_table_stops_it(folder_copy, change, said):
    path = folder_copy.table("trade")
    path.write_bytes(change(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(data.DataError) as error:
        tidy.run("trade", folder_copy, write=True)
    assert said in str(error.value) and "Nothing was changed" in str(error.value) and path.read_bytes() == before


def test_letters_of_a_code_page_are_shown_to_be_looked_at(folder_copy):
    path = folder_copy.table("envoys")
    path.write_bytes(
        path.read_text(encoding="utf-8")
        .replace("Ambassador", "Ambassadör", 1)
        .replace("ambassador", "ambassadör", 1)
        .encode("cp1252", "ignore")
    )
    told = "\n".join(tidy.run(path.stem, folder_copy))
    assert "letters read as Windows-1252" in told and "adör" in told


def test_a_full_disk_leaves_the_table_as_it_was(folder_copy, monkeypatch):
    path = folder_copy.table("trade")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tidy.store.os, "replace", full)
    with pytest.raises(data.DataError, match="cannot be written .No space left on device"):
        tidy.run("trade", folder_copy, write=True)
    assert path.read_bytes() == before and not list(folder_copy.data.glob(".*"))
