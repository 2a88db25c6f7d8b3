"""Broken copies of the tables: each must be found, with file, row, column, value, expectation and remedy."""

import csv
import json
import re

import pytest

from pakrus import checks, cli, data, store


def _edit(folder, table, row, **cells):
    """Change cells of one row (2 = first data row) of a table, and seal the copy so that only the edit is wrong."""
    path = folder / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row - 2].update(cells)
    _store(path, rows)
    return rows[row - 2]


def _store(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    store.seal()


def _row(folder, table, **wanted):
    """Return the number and content of the first row whose cells are as wanted (values or predicates)."""
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if all(test(row[name]) if callable(test) else row[name] == test for name, test in wanted.items()):
                return number, row
    raise LookupError(f"{table}: no row with {wanted}")


def day(text):
    return len(text) == 10


def test_the_book_is_valid(capsys):
    assert cli.main(["check"]) == 0
    assert "are valid" in capsys.readouterr().out


CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    ("events", {"date": day}, {"date": "1966-02-30"}, ("date", "1966-02-30", "of the calendar")),
    ("events", {"date": day}, {"date": "10.1.1966"}, ("date", "10.1.1966", "a text like")),
    ("events", {"date": day, "phase": "cold-war"}, {"phase": "sco-era"}, ("phase", "sco-era", "cold-war for")),
    ("events", {"date": day}, {"phase": "interwar"}, ("phase", "interwar", "one of cold-war, post-1991")),
    ("events", {"date": day}, {"date_precision": "month"}, ("date_precision", "month", "day for")),
    ("events", {"date": day}, {"end_date": "1947-08-13"}, ("end_date", "1947-08-13", "no earlier than")),
    ("events", {"date": day}, {"category": "gossip"}, ("category", "gossip", "one of diplomacy, visit")),
    ("events", {"date": day}, {"actors": "PAK; ATLANTIS"}, ("actors", "ATLANTIS", "a code of data/actors.csv")),
    ("events", {"date": day}, {"cooperation": "7"}, ("cooperation", "7", "a number from -5 to 5")),
    ("events", {"date": day}, {"cooperation": "warm"}, ("cooperation", "warm", "type integer")),
    ("events", {"date": day}, {"title": ""}, ("title", "", "a value")),
    ("events", {"date": day}, {"summary": "word " * 61}, ("summary", "61 words", "at most 60 words")),
    (
        "events",
        {"date": day, "confidence": "confirmed"},
        {"confidence": "disputed", "dispute_note": ""},
        ("dispute_note", "", "who says what"),
    ),
    ("events", {"date": day}, {"confidence": "certain"}, ("confidence", "certain", "one of confirmed")),
    ("events", {"date": day}, {"status": "rumoured"}, ("status", "rumoured", "one of happened")),
    ("events", {"date": day}, {"event_id": "Tashkent!"}, ("event_id", "Tashkent!", "a text like")),
    (
        "event_sources",
        {},
        {"event_id": "1900-01-01-nothing"},
        ("event_id", "1900-01-01-nothing", "that is there in data/events.csv"),
    ),
    ("event_sources", {}, {"key": "nobody1999nothing"}, ("key", "nobody1999nothing", "a key of references.bib")),
    ("event_sources", {}, {"key": ""}, ("key", "", "a value")),
    ("event_sources", {}, {"perspective": "martian"}, ("perspective", "martian", "one of pakistani")),
    ("event_sources", {}, {"date_given": "1949-31-12"}, ("date_given", "1949-31-12", "of the calendar")),
    ("event_sources", {"origin_group": "Reuters"}, {"origin_group": "Reuter"}, ("origin_group", "Reuter", "'Reuters'")),
    ("leads", {"origin_group": "Dawn"}, {"origin_group": "The Dawn"}, ("origin_group", "The Dawn", "'Dawn'")),
    ("visits", {}, {"rank": "tourist"}, ("rank", "tourist", "one of head-of-state")),
    ("visits", {"start_date": day}, {"end_date": "1947-08-15"}, ("end_date", "1947-08-15", "no earlier than")),
    ("agreements", {}, {"type": "handshake"}, ("type", "handshake", "one of treaty")),
    ("agreements", {}, {"date": "1990-13"}, ("date", "1990-13", "of the calendar")),
    ("trade", {}, {"value_usd_m": "-4"}, ("value_usd_m", "-4", "a number from 0")),
    ("unga_agreement", {}, {"agreement": "1.7"}, ("agreement", "1.7", "a number from 0 to 1")),
    ("unga_votes", {}, {"PAK": "maybe"}, ("PAK", "maybe", "one of yes, abstain, no")),
    ("ideal_points", {}, {"state": "Pakistan"}, ("state", "Pakistan", "one of PAK")),
    ("phases", {"number": "1"}, {"first_day": "1947"}, ("first_day", "1947", "a text like")),
]


@pytest.mark.parametrize(
    ("table", "wanted", "cells", "said"),
    CELLS,
    ids=[f"{t}-{next(iter(c))}-{i}" for i, (t, _, c, _) in enumerate(CELLS)],
)
def test_a_broken_cell_is_found(data_copy, table, wanted, cells, said):
    assert_found(data_copy, table, wanted, cells, said)


def assert_found(folder, table, wanted, cells, said):
    """Break cells of the first row that is as wanted: a problem of that row and column must say what, why and how to mend it."""
    number, _ = _row(folder, table, **wanted)
    _edit(folder, table, number, **cells)
    column, value, expected = said
    problems = checks.run()
    found = [p for p in problems if p.file == f"data/{table}.csv" and p.row == number and p.column == column]
    assert any(value in p.value and expected in p.expected for p in found), [str(p) for p in found or problems]
    assert all(p.remedy for p in found)


def test_two_sources_of_one_origin_confirm_nothing(data_copy):
    number, event = _row(data_copy, "events", confidence="confirmed", status="happened")
    with open(data_copy / "event_sources.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["event_id"] == event["event_id"]:
            row["origin_group"] = "Soviet/Russian state"
    _store(data_copy / "event_sources.csv", rows)
    (problem,) = checks.run()
    assert (problem.row, problem.column) == (number, "confidence")
    assert "different origin" in problem.expected and "'soviet/russian state'" in problem.remedy


def test_an_event_without_a_source_is_found(data_copy):
    number, event = _row(data_copy, "events")
    with open(data_copy / "event_sources.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["event_id"] != event["event_id"]]
    _store(data_copy / "event_sources.csv", rows)
    assert any(p.row == number and "at least one row in event_sources" in p.expected for p in checks.run())


def test_a_source_older_than_what_it_reports_is_found(data_copy):
    with open(data_copy / "event_sources.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    number = next(i for i, row in enumerate(rows) if row["testimony"] == "announces")
    rows[number]["testimony"] = "reports"
    _store(data_copy / "event_sources.csv", rows)
    found = [p for p in checks.run() if p.file == "data/event_sources.csv"]
    assert [(p.row, p.column) for p in found] == [(number + 2, "testimony")]
    assert "A plan is not an event" in found[0].remedy


def test_a_duplicate_identifier_is_found(data_copy):
    with open(data_copy / "events.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    _store(data_copy / "events.csv", [*rows, rows[0]])
    found = [p for p in checks.run() if p.row == len(rows) + 2]
    assert any("that no other row has" in p.expected and "never reused" in p.remedy for p in found)


def test_copied_text_is_found(data_copy):
    _, first = _row(data_copy, "events", summary=lambda text: len(text.split()) > 15)
    number, _ = _row(data_copy, "events", event_id=lambda text: text > first["event_id"])
    _edit(data_copy, "events", number, summary=first["summary"])
    assert any(p.column == "summary" and "no run of 12 words" in p.expected for p in checks.run())


def test_bytes_encoding_and_line_ends(data_copy):
    path = data_copy / "price_index.csv"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"\n", b"\r\n"))
    assert any("LF alone" in p.expected for p in checks.run())
    path.write_bytes(content + "2026,1é\n".encode("latin-1"))
    assert any(p.expected == "UTF-8" for p in checks.run())
    path.write_bytes(b"\xef\xbb\xbf" + content)
    assert any("without one" in p.expected for p in checks.run())
    path.write_bytes(content.replace(b"22.3", b"22.4"))
    (problem,) = checks.run()
    assert "as recorded in the descriptor" in problem.expected and "pakrus seal" in problem.remedy
    path.unlink()
    assert any(p.value == "no file" and "git checkout" in p.remedy for p in checks.run())


def test_a_table_that_nobody_described(data_copy):
    (data_copy / "extra.csv").write_text("a\n1\n", encoding="utf-8")
    (problem,) = checks.run()
    assert problem.file == "data/extra.csv" and "described" in problem.expected


BIB = [
    ("@misc{Bad_Key, title={T}, howpublished={H}}", "a key of lower-case letters"),
    ("@misc{notitle2000, howpublished={H}}", "a title"),
    ("@misc{nowhere2000, title={T}}", "an address, or a place of publication"),
    ("@online{host2000, title={T}, url={https://www.dawn.com/}, keywords={press}}", "of a whole site"),
    ("@online{scheme2000, title={T}, url={www.dawn.com/news/1}}", "a full http"),
    ("@online{dated2000, title={T}, url={https://dawn.com/x1}, date={12 May 2000}}", "an ISO 8601 date"),
]


@pytest.mark.parametrize(("entry", "expected"), BIB, ids=[e.split("{")[1].split(",")[0] for e, _ in BIB])
def test_a_broken_reference_is_found(data_copy, entry, expected):
    path = data_copy.parent / "references.bib"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + entry + "\n", encoding="utf-8")
    assert any(p.file == "references.bib" and expected in p.expected for p in checks.run())


def test_one_address_under_two_keys_and_one_key_twice(data_copy):
    path = data_copy.parent / "references.bib"
    text = path.read_text(encoding="utf-8")
    address = re.search(r"url = \{(https?://[^}]+)\}", text)[1]
    path.write_text(text + f"\n@online{{twin2000, title={{T}}, url={{{address}}}}}\n", encoding="utf-8")
    assert any("that no other entry has" in p.expected for p in checks.run())
    path.write_text(text + "\n@misc{unvotes, title={T}, howpublished={H}}\n", encoding="utf-8")
    assert any("every key once" in p.expected for p in checks.run())


def test_a_key_of_the_descriptor_that_is_not_in_the_bibliography(data_copy):
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    next(r for r in package["resources"] if r["name"] == "trade")["sources"][0]["key"] = "nothing2000"
    path.write_text(json.dumps(package), encoding="utf-8")
    assert any(p.column == "trade.sources" and p.value == "nothing2000" for p in checks.run())


def test_every_problem_is_printed_and_the_exit_code_tells(data_copy, capsys):
    number, _ = _row(data_copy, "events", date=day)
    _edit(data_copy, "events", number, category="gossip")
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert f"data/events.csv, row {number}, column category: found 'gossip'; expected one of" in out
    assert out.strip().endswith(f"1 problem in {len(data.tables())} tables and the references.")
