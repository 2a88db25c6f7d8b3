"""`check` as a whole: the book is valid, and what each room of rules finds in a broken copy is reported and printed."""

import pytest
from broken import store, tables

from pakrus import checks, cli, data
from pakrus import store as storing


def test_the_book_is_valid(capsys):
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == f"{len(data.tables())} tables and the references are valid.\n"


@pytest.fixture
def one_thing_in_each_room(data_copy, folder_copy):
    """A copy in which each room finds something: file, row and column of all there is to find."""
    rows = tables("events", "leads", "claims", "trade", "exercises")
    rows["exercises"][0]["status"] = "rumoured"
    rows["events"][1]["actors"] += "; ATLANTIS"
    rows["leads"][2]["key"] = "nobody1999nothing"
    rows["claims"][3]["quote"] = "word " * 26
    rows["trade"][4]["value_usd_m"] = "-4"
    for table, changed in rows.items():
        store(folder_copy, table, changed)
    storing.seal(folder_copy)
    folder_copy.table("extra").write_text("a\n1\n", encoding="utf-8")
    with open(folder_copy.references, "a", encoding="utf-8") as file:
        file.write("\n@misc{notitle2000, howpublished={H}}\n")
    return {
        ("data/extra.csv", None, ""),
        ("data/exercises.csv", 2, "status"),
        ("data/trade.csv", 6, "value_usd_m"),
        ("data/trade.csv", None, ""),  # derived: not sealed by hand
        ("references.bib", None, "notitle2000"),
        ("data/leads.csv", 4, "key"),
        ("data/events.csv", 3, "actors"),
        ("data/claims.csv", 5, "quote"),
    }


def test_every_problem_is_printed_and_the_exit_code_tells(one_thing_in_each_room, folder_copy, capsys):
    found = checks.run(folder_copy)
    assert {(p.file, p.row, p.column) for p in found} == one_thing_in_each_room
    assert cli.main(["check"]) == 1
    *said, last = capsys.readouterr().out.splitlines()
    assert said[: len(found)] == [str(p) for p in found]
    assert all(line.startswith("Rules that need the table") for line in said[len(found) :])
    assert "data/exercises.csv, row 2, column status: found 'rumoured'; expected one of " in "\n".join(said)
    assert last == f"{len(found)} problems in {len(data.tables())} tables and the references."


def test_a_bibliography_that_cannot_be_read_stops_no_other_rule(folder_copy):
    rows = tables("events")["events"]
    rows[0]["summary"] = rows[0]["summary"].rstrip(".") + 30 * " and more" + "."
    store(folder_copy, "events", rows)
    storing.seal(folder_copy)
    path = folder_copy.references
    path.write_text(path.read_text(encoding="utf-8") + "\n@misc{unvotes, title={T}}\n", encoding="utf-8")
    bibliography, summary = checks.run(folder_copy)
    assert bibliography.file == "references.bib" and "every key once" in bibliography.expected
    assert (summary.file, summary.row, summary.column) == ("data/events.csv", 2, "summary")


def test_a_column_of_another_name_is_a_problem_and_no_traceback(folder_copy):
    path = folder_copy.table("events")
    path.write_text(path.read_text(encoding="utf-8").replace("category", "kind", 1), encoding="utf-8", newline="\n")
    storing.seal(folder_copy)
    assert any(p.file == "data/events.csv" and "kind" in p.value for p in checks.run(folder_copy))
