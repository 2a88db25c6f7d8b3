"""Files, types, constraints and keys: each kind of broken cell is found, with value, expectation and remedy."""

import json

import pytest
from broken import BOOK, PACKAGE, assert_said, day, find, store, tables

from pakrus import data
from pakrus.checks import schema
from pakrus.folder import Folder

CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    ("events", {"date": day}, {"date": "10.1.1966"}, ("date", "10.1.1966", "a text like")),
    ("events", {"date": day}, {"phase": "interwar"}, ("phase", "interwar", "one of cold-war, post-1991")),
    ("events", {"date": day}, {"category": "gossip"}, ("category", "gossip", "one of diplomacy, visit")),
    ("events", {"date": day}, {"cooperation": "7"}, ("cooperation", "7", "a number from -5 to 5")),
    ("events", {"date": day}, {"cooperation": "warm"}, ("cooperation", "warm", "type integer")),
    ("events", {"date": day}, {"title": ""}, ("title", "", "a value")),
    ("events", {"date": day}, {"confidence": "certain"}, ("confidence", "certain", "one of confirmed")),
    ("events", {"date": day}, {"status": "rumoured"}, ("status", "rumoured", "one of happened")),
    ("events", {"date": "no longer named by any row"}, {"event_id": "Tashkent!"}, ("event_id", "Tashkent!", "a text like")),
    ("event_sources", {}, {"event_id": "1900-01-01-nothing"}, ("event_id", "1900-01-01-nothing", "that is there in data/events.csv, column event_id")),
    ("event_sources", {}, {"key": ""}, ("key", "", "a value")),
    ("event_sources", {}, {"perspective": "martian"}, ("perspective", "martian", "one of pakistani")),
    ("visits", {}, {"rank": "tourist"}, ("rank", "tourist", "one of head-of-state")),
    ("agreements", {}, {"type": "handshake"}, ("type", "handshake", "one of treaty")),
    ("trade", {}, {"value_usd_m": "-4"}, ("value_usd_m", "-4", "a number from 0")),
    ("unga_agreement", {}, {"agreement": "1.7"}, ("agreement", "1.7", "a number from 0 to 1")),
    ("unga_votes", {}, {"PAK": "maybe"}, ("PAK", "maybe", "one of yes, abstain, no")),
    ("ideal_points", {}, {"state": "Pakistan"}, ("state", "Pakistan", "one of PAK")),
    ("phases", {"number": "1"}, {"first_day": "1947"}, ("first_day", "1947", "a text like")),
    ("claims", {}, {"verdict": "false"}, ("verdict", "false", "one of supported, supported with nuance")),
    ("claims", {"theme": "trade"}, {"theme": "gossip"}, ("theme", "gossip", "one of diplomacy")),
    ("claim_evidence", {}, {"bearing": "proves"}, ("bearing", "proves", "one of supports, against")),
    ("claim_evidence", {}, {"claim_id": "S9-01"}, ("claim_id", "S9-01", "that is there in data/claims.csv, column claim_id")),
    ("claim_events", {}, {"event_id": "1900-nothing"}, ("event_id", "1900-nothing", "that is there in data/events.csv")),
    ("claim_articles", {"article": "s4"}, {"sha256": "abc"}, ("sha256", "abc", "a text like")),
    ("leads", {}, {"kind": "rumour"}, ("kind", "rumour", "one of act, words, plan")),
]  # fmt: skip


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
    return numbers, schema.problems(PACKAGE, folder)


@pytest.mark.parametrize("index", range(len(CELLS)), ids=[f"{t}-{next(iter(c))}" for t, _, c, _ in CELLS])
def test_a_broken_cell_is_found(all_broken, index):
    numbers, problems = all_broken
    table, _, _, said = CELLS[index]
    assert_said(problems, table, numbers[index], said)


def test_nothing_but_the_broken_cells_is_found(all_broken):
    numbers, problems = all_broken
    wanted = {(f"data/{table}.csv", number, said[0]) for (table, *_, said), number in zip(CELLS, numbers, strict=True)}
    wanted.add(("data/events.csv", numbers[8], "date"))  # its row was made up
    assert {(p.file, p.row, p.column) for p in problems} == wanted


def test_a_duplicate_identifier_is_found(folder_copy):
    rows = tables("phases")["phases"]
    store(folder_copy, "phases", [*rows, rows[0]])
    package = {**PACKAGE, "resources": [r for r in PACKAGE["resources"] if r["name"] == "phases"]}
    found = schema.problems(package, folder_copy)
    assert {p.row for p in found} == {len(rows) + 2}
    assert any("that no other row has" in p.expected and "never reused" in p.remedy for p in found)


def test_a_table_that_keys_lead_to_is_missing(folder_copy):
    """The file is reported, and no row is said to point nowhere because of it."""
    folder_copy.table("events").unlink()
    wanted = [r for r in PACKAGE["resources"] if r["name"] in ("events", "phases")]
    package = {**PACKAGE, "resources": wanted}
    assert schema.problems(package, folder_copy) == []
    assert any(p.value == "no file" and p.file == "data/events.csv" for p in schema.files(package, folder_copy))


def test_equal_bytes_in_another_folder_are_validated_once(tmp_path):
    package = {**PACKAGE, "resources": [r for r in PACKAGE["resources"] if r["name"] == "price_index"]}
    schema.problems(package, BOOK)
    before = schema._validated.cache_info().hits
    schema.problems(package, BOOK.copy(tmp_path))
    assert schema._validated.cache_info().hits == before + 1


@pytest.fixture
def one_file(tmp_path):
    """A folder that holds nothing but the price index, and its description."""
    (tmp_path / "data").mkdir()
    folder = Folder(tmp_path / "data")
    content = BOOK.table("price_index").read_bytes()
    folder.table("price_index").write_bytes(content)
    package = {"resources": [data.resource("price_index", BOOK)]}
    assert list(schema.files(package, folder)) == []
    return folder, package, content


@pytest.mark.parametrize(
    ("change", "row", "expected", "remedy"),
    [
        (lambda b: b.replace(b"\n", b"\r\n"), 1, "lines that end in LF alone", "Unix line ends"),
        (lambda b: b + "2026,1é\n".encode("latin-1"), 81, "UTF-8", "CSV UTF-8"),
        (lambda b: b"\xef\xbb\xbf" + b, 1, "UTF-8 without one", "without BOM"),
        (lambda b: b.replace(b"22.3", b"22.4"), None, "as recorded in the descriptor", "pakrus seal"),
    ],
    ids=["line-ends", "encoding", "byte-order-mark", "bytes"],
)
def test_bytes_encoding_and_line_ends(one_file, change, row, expected, remedy):
    folder, package, content = one_file
    folder.table("price_index").write_bytes(change(content))
    found = list(schema.files(package, folder))
    assert any(p.row == row and expected in p.expected and remedy in p.remedy for p in found), found


def test_a_file_that_is_missing_and_one_that_nobody_described(one_file):
    folder, package, _ = one_file
    folder.table("price_index").unlink()
    folder.table("extra").write_text("a\n1\n", encoding="utf-8")
    extra, missing = schema.files(package, folder)
    assert extra.file == "data/extra.csv" and "only tables described in datapackage.json" in extra.expected
    assert missing.value == "no file" and "git checkout -- data/price_index.csv" in missing.remedy


def test_a_broken_descriptor_is_found():
    package = json.loads(json.dumps({"resources": [data.resource("price_index", BOOK)]}))
    package["resources"][0]["schema"]["fields"][0]["type"] = "yaer"
    (problem,) = schema.problems(package, BOOK)
    assert (problem.file, problem.column) == ("data/datapackage.json", "price_index") and "yaer" in problem.value


def test_a_reader_of_one_cell_says_what_the_descriptor_expects():
    cooperation = next(f for f in data.resource("events", BOOK)["schema"]["fields"] if f["name"] == "cooperation")
    unmet = schema.cell_reader(cooperation)
    assert unmet("3") is None and unmet("7") == "a number from -5 to 5" and "type integer" in unmet("warm")
