"""Types, constraints and keys: each kind of broken cell is found once, with value, expectation and remedy in words."""

import json
import re

import pytest
from broken import BOOK, PACKAGE, assert_said, day, find, store, tables

from pakrus import data
from pakrus.checks import files, schema
from pakrus.checks.problem import Tables

CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    ("events", {"date": day}, {"date": "10.1.1966"}, ("date", "10.1.1966", "a date: a year, a month or a day, as 1966, 1966-01 or 1966-01-10; this is a date in the form of a spreadsheet")),
    ("events", {"date": day}, {"phase": "interwar"}, ("phase", "interwar", "one of cold-war, post-1991")),
    ("events", {"date": day}, {"category": "gossip"}, ("category", "gossip", "one of diplomacy, visit")),
    ("events", {"date": day}, {"cooperation": "7"}, ("cooperation", "7", "a number from -5 to 5")),
    ("events", {"date": day}, {"cooperation": "warm"}, ("cooperation", "warm", "a whole number")),
    ("events", {"date": day}, {"title": ""}, ("title", "", "a value")),
    ("events", {"date": day}, {"confidence": "certain"}, ("confidence", "certain", "one of confirmed")),
    ("events", {"date": day}, {"status": "rumoured"}, ("status", "rumoured", "one of happened")),
    ("events", {"date": "no longer named by any row"}, {"event_id": "Tashkent!"}, ("event_id", "Tashkent!", "an identifier of a date and lower-case words")),
    ("event_sources", {}, {"event_id": "1900-01-01-nothing"}, ("event_id", "1900-01-01-nothing", "that is there in data/events.csv, column event_id")),
    ("event_sources", {}, {"key": ""}, ("key", "", "a value")),
    ("event_sources", {}, {"perspective": "martian"}, ("perspective", "martian", "one of pakistani")),
    ("visits", {}, {"rank": "tourist"}, ("rank", "tourist", "one of head-of-state")),
    ("agreements", {}, {"type": "handshake"}, ("type", "handshake", "one of treaty")),
    ("trade", {}, {"value_usd_m": "-4"}, ("value_usd_m", "-4", "a number of 0 or more")),
    ("unga_agreement", {}, {"agreement": "1.7"}, ("agreement", "1.7", "a number from 0 to 1")),
    ("unga_votes", {}, {"PAK": "maybe"}, ("PAK", "maybe", "one of yes, abstain, no")),
    ("ideal_points", {}, {"state": "Pakistan"}, ("state", "Pakistan", "one of PAK")),
    ("phases", {"number": "1"}, {"first_day": "1947"}, ("first_day", "1947", "a day, as 1966-01-10")),
    ("claims", {}, {"verdict": "false"}, ("verdict", "false", "one of supported, supported with nuance")),
    ("claims", {"theme": "trade"}, {"theme": "gossip"}, ("theme", "gossip", "one of diplomacy")),
    ("claim_evidence", {}, {"bearing": "proves"}, ("bearing", "proves", "one of supports, against")),
    ("claim_evidence", {}, {"claim_id": "S9-01"}, ("claim_id", "S9-01", "that is there in data/claims.csv, column claim_id")),
    ("claim_events", {}, {"event_id": "1900-nothing"}, ("event_id", "1900-nothing", "that is there in data/events.csv")),
    ("claim_articles", {"article": "s4"}, {"sha256": "abc"}, ("sha256", "abc", "a sha256 of 64 digits")),
    ("leads", {}, {"kind": "rumour"}, ("kind", "rumour", "one of act, words, plan")),
]  # fmt: skip


def problems(package, folder):
    """What the rules of the schema find in a folder."""
    read = files.read(package, folder)[1]
    unread = [name for name, table in read.items() if table.rows is None]
    return list(schema.problems(read, Tables({n: t.rows for n, t in read.items() if t.rows is not None}, unread)))


@pytest.fixture(scope="module")
def all_broken(tmp_path_factory):
    """One copy in which every cell of CELLS is broken, each in a row of its own: the rows' numbers and all problems."""
    folder = BOOK.copy(tmp_path_factory.mktemp("broken"))
    rows, numbers = tables(*{table for table, *_ in CELLS}), []
    rows["events"].append({**rows["events"][-1], "date": "no longer named by any row"})
    for table, wanted, cells, _ in CELLS:
        number, row = find(rows[table], wanted, {n for (t, *_), n in zip(CELLS, numbers, strict=False) if t == table})
        row.update(cells)
        numbers.append(number)
    for table, changed in rows.items():
        store(folder, table, changed)
    return numbers, problems(PACKAGE, folder)


@pytest.mark.parametrize("index", range(len(CELLS)), ids=[f"{t}-{next(iter(c))}" for t, _, c, _ in CELLS])
def test_a_broken_cell_is_found(all_broken, index):
    numbers, found = all_broken
    table, _, _, said = CELLS[index]
    assert_said(found, table, numbers[index], said)


def test_nothing_but_the_broken_cells_is_found(all_broken):
    numbers, found = all_broken
    wanted = {(f"data/{table}.csv", number, said[0]) for (table, *_, said), number in zip(CELLS, numbers, strict=True)}
    wanted.add(("data/events.csv", numbers[8], "date"))  # its row was made up
    assert sorted((p.file, p.row, p.column) for p in found) == sorted(wanted)


def only(*names):
    """The descriptor with the named tables alone."""
    return {**PACKAGE, "resources": [r for r in PACKAGE["resources"] if r["name"] in names]}


def test_a_duplicate_key_names_the_row_that_has_it(folder_copy):
    rows = tables("actors")["actors"]
    store(folder_copy, "actors", [*rows, {**rows[4], "name": "Another"}])
    (problem,) = problems(only("actors"), folder_copy)
    assert (problem.row, problem.column, problem.value) == (len(rows) + 2, "code", rows[4]["code"])
    assert problem.expected == "a key that no row above has; row 6 has it" and "never reused" in problem.remedy


def test_a_duplicate_key_of_several_columns_is_one_problem(folder_copy):
    rows = tables("ideal_points")["ideal_points"]
    store(folder_copy, "ideal_points", [*rows, rows[0]])
    (problem,) = problems(only("ideal_points"), folder_copy)
    assert problem.column == "state, year" and problem.value == f"{rows[0]['state']}, {rows[0]['year']}"


def test_a_table_that_keys_lead_to_is_missing(folder_copy):
    """The file is reported, and no row is said to point nowhere because of it."""
    folder_copy.table("events").unlink()
    package = only("events", "phases")
    assert problems(package, folder_copy) == []
    assert [(p.file, p.value) for p in files.read(PACKAGE, folder_copy)[0]] == [("data/events.csv", "no file")]


def test_a_key_that_was_changed_is_one_problem_and_names_both_rows(folder_copy):
    rows = tables("events")["events"]
    number, event = find(rows, {"event_id": "1966-01-10-tashkent-declaration"})
    event["event_id"] = "1966-01-10-tashkent-declaraton"
    store(folder_copy, "events", rows)
    (problem,) = problems(PACKAGE, folder_copy)
    assert problem.value == "1966-01-10-tashkent-declaration" and "it also stands in data/" in problem.expected
    assert (
        f"row {number} of data/events.csv has '1966-01-10-tashkent-declaraton', to which nothing points"
        in problem.remedy
    )


def test_a_misspelt_key_names_the_row_that_is_meant(folder_copy):
    rows = tables("event_sources")["event_sources"]
    meant = rows[7]["event_id"]
    rows[7]["event_id"] = meant[:-1]
    store(folder_copy, "event_sources", rows)
    (problem,) = problems(PACKAGE, folder_copy)
    assert (problem.file, problem.row) == (
        "data/event_sources.csv",
        9,
    ) and f"Mend the spelling ({meant!r} stands in row" in problem.remedy


def test_equal_bytes_in_another_folder_are_read_once(tmp_path):
    package = only("price_index")
    first = files.read(package, BOOK)[1]["price_index"]
    assert files.read(package, BOOK.copy(tmp_path))[1]["price_index"] is first


def test_a_broken_descriptor_is_found_and_its_table_alone():
    package = json.loads(json.dumps(only("price_index", "actors")))
    package["resources"][0]["schema"]["fields"][0]["type"] = "yaer"
    (problem,) = schema.description(package)
    assert (problem.file, problem.column) == ("data/datapackage.json", "price_index") and "yaer" in problem.value
    assert schema.description(PACKAGE) == ()


def test_a_foreign_key_to_nowhere_is_a_problem_of_the_descriptor():
    package = json.loads(json.dumps(only("phases", "events")))
    package["resources"][0]["schema"]["foreignKeys"][0]["reference"]["resource"] = "evnets"
    (problem,) = problems(package, BOOK)
    assert (problem.file, problem.column) == ("data/datapackage.json", "phases") and "evnets" in problem.value


def test_a_reader_of_one_cell_says_what_the_descriptor_expects():
    cooperation = next(f for f in data.resource("events", BOOK)["schema"]["fields"] if f["name"] == "cooperation")
    unmet = schema.cell_reader(cooperation)
    assert (
        unmet("3") is None
        and unmet("7") == "a number from -5 to 5"
        and unmet("warm") == "a whole number (scale -5 to +5)"
    )


def test_no_expectation_is_a_pattern():
    """Every constraint of the descriptor is said in words, every pattern by name."""
    for entry in PACKAGE["resources"]:
        for field in entry["schema"]["fields"]:
            for constraint in [*field.get("constraints", {}), "type"]:
                said = schema.expectation(field, constraint)
                assert len(said) > 5 and not re.search(r"\\|\[[a-zA-Z0-9]|\{\d", said), (
                    entry["name"],
                    field["name"],
                    said,
                )
            pattern = field.get("constraints", {}).get("pattern", "")
            assert not pattern or pattern.removeprefix("^").removesuffix("$") in schema.PATTERNS, pattern


MACHINE_MADE = [
    # table, column, text, what the message says of it
    ("events", "date", "12/11/1971", "a date in the form of a spreadsheet program"),
    ("events", "date", "12.11.71", "a date in the form of a spreadsheet program"),
    ("events", "date", "8.71", "a date in the form of a spreadsheet program"),
    ("events", "date", "Nov-71", "a date in the form of a spreadsheet program"),
    ("events", "date", "12-Nov-71", "a date in the form of a spreadsheet program"),
    ("events", "date", "1971-11-12 00:00:00", "a date in the form of a spreadsheet program"),
    ("events", "date", "1971/11/12", "a date in the form of a spreadsheet program"),
    ("events", "date", "26249", "store the day 12 November 1971"),
    ("trade", "value_usd_m", "1.23E+05", "a power of ten"),
    ("trade", "value_usd_m", "1,234.5", "thousands separators"),
    ("trade", "value_usd_m", "1.234,5", "thousands separators"),
    ("trade", "value_usd_m", "22,3", "a decimal comma"),
    ("trade", "value_usd_m", "56 %", "per cent"),
    ("trade", "year", "1,971", "thousands separators"),
    ("leads", "was_event", "TRUE", "true or false, written small"),
    ("leads", "was_event", "1", "true or false, written small"),
    ("trade", "value_usd_m", "nan", "a number with a decimal point"),
    ("trade", "value_usd_m", "inf", "a number with a decimal point"),
    ("trade", "year", "١٩٧١", "a whole number"),
]


@pytest.mark.parametrize(("table", "column", "text", "said"), MACHINE_MADE)
def test_what_a_spreadsheet_made_of_a_cell_is_named(folder_copy, table, column, text, said):
    rows = tables(table)[table]
    rows[3][column] = text
    store(folder_copy, table, rows)
    (problem,) = (p for p in problems(PACKAGE, folder_copy) if (p.row, p.column) == (5, column))
    assert problem.value == text and said in problem.expected
    assert ("tidy" if text == "TRUE" else "git diff" if "this is" in problem.expected else "Correct") in problem.remedy


def test_what_may_not_be_empty_is_not_to_be_left_empty(folder_copy):
    rows = tables("events")["events"]
    rows[0]["title"] = ""
    store(folder_copy, "events", rows)
    (problem,) = problems(PACKAGE, folder_copy)
    assert problem.expected == "a value: the column may not be empty" and problem.remedy == "Fill the cell in."


def test_the_same_fault_of_a_whole_column_is_said_three_times(folder_copy):
    rows = tables("leads")["leads"]
    for row in rows:
        row["was_event"] = row["was_event"].upper()
    store(folder_copy, "leads", rows)
    found = problems(PACKAGE, folder_copy)
    assert [(p.row, p.column) for p in found] == [(2, "was_event"), (3, "was_event"), (4, "was_event")]
    assert f"So have {len(rows) - 3} more rows of this column, to row {len(rows) + 1}." in found[-1].remedy
