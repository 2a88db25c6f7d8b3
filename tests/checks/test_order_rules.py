"""What a spreadsheet does to rows and columns as wholes is found: sorted, moved, copied, taken out."""

import random

import pytest
from broken import PACKAGE, find, tables

from pakrus.checks import order

BY_HAND = [e["name"] for e in PACKAGE["resources"] if order.SORTED in e]


def problems(rows):
    return order.problems(rows, PACKAGE)


def column(rows, name, values):
    """The rows with other values in one column."""
    return [row | {name: value} for row, value in zip(rows, values, strict=True)]


def test_the_tables_of_the_book_are_in_order():
    assert problems(tables()) == []


def test_every_table_by_hand_says_how_it_is_sorted():
    words = "events event_sources leads visits agreements exercises envoys institutions projects project_milestones people places actors"
    kin = "project_kinds phases phase_boundaries event_codings recheck recheck_testimony"
    claims = "claims claim_articles claim_codings claim_events claim_evidence claim_links"
    assert set(BY_HAND) == {*words.split(), *kin.split(), *claims.split()}
    for entry in PACKAGE["resources"]:
        names = {field["name"] for field in entry["schema"]["fields"]}
        assert {*entry.get(order.SORTED, []), *entry.get(order.IN_ORDER, [])} <= names


@pytest.mark.parametrize("table", BY_HAND)
def test_a_table_sorted_by_another_column_is_found(table):
    rows = tables(table)
    rows[table] = rows[table][::-1]
    found = [p for p in problems(rows) if "rows sorted by" in p.expected]
    assert len(found) == 1 and found[0].file == f"data/{table}.csv" and "sort it back" in found[0].remedy


@pytest.mark.parametrize(("start", "end"), [(20, 300), (300, 20)])
def test_a_row_moved_is_found_where_it_is(start, end):
    rows = tables("events")
    moved = rows["events"].pop(start)
    rows["events"].insert(end, moved)
    (problem,) = problems(rows)
    assert problem.value == moved["date"] and problem.row == end + 2 and "(1 rows are not)" in problem.expected


@pytest.mark.parametrize(("table", "name"), [
    ("events", "cooperation"), ("events", "summary"), ("events", "place"), ("events", "dispute_note"), ("event_sources", "testimony"),
    ("event_sources", "key"), ("visits", "rank"), ("agreements", "title"), ("institutions", "body"), ("project_milestones", "amount"),
    ("leads", "perspective"), ("claims", "verdict"), ("claim_evidence", "bearing"), ("envoys", "name"), ("trade", "value_usd_m"),
    ("unga_contested", "RUS"),
])  # fmt: skip
@pytest.mark.parametrize("way", ["rises", "falls"])
def test_a_column_sorted_by_itself_is_found(table, name, way):
    rows = tables(table)
    filled = sorted((r[name] for r in rows[table] if r[name]), key=order._natural, reverse=way == "falls")
    rows[table] = column(rows[table], name, filled + [""] * (len(rows[table]) - len(filled)))
    (problem,) = (p for p in problems(rows) if p.column == name and "sorted by itself" in p.expected)
    assert f"it {way} from top to bottom" in problem.expected and "Undo the sort" in problem.remedy


def test_a_column_that_is_the_same_or_nearly_in_all_rows_is_in_no_order():
    assert order._way(["a"] * 20, str) == "" and order._log_orders(["a"] * 20) == 0
    assert order._log_orders(["a"] * 19 + ["b"]) < order.CHANCE  # one of twenty: it stands last by chance often enough
    rows = tables("envoys")
    rows["envoys"] = column(rows["envoys"], "note", [""] * (len(rows["envoys"]) - 1) + ["Left early."])
    assert problems(rows) == []


@pytest.mark.parametrize(("table", "name"), [
    ("events", "title"), ("events", "people"), ("events", "place"), ("events", "actors"), ("event_sources", "note"), ("event_sources", "origin"),
    ("visits", "visitor"), ("visits", "counterpart"), ("agreements", "title"), ("leads", "summary"), ("projects", "title"),
    ("project_milestones", "description"), ("claims", "quote"), ("claim_evidence", "note"),
])  # fmt: skip
@pytest.mark.parametrize("where", ["above", "below"])
def test_a_column_moved_by_a_cell_is_found(table, name, where):
    rows = tables(table)
    values = [row[name] for row in rows[table]]
    values = ["", *values[:-1]] if where == "above" else [*values[1:], ""]
    rows[table] = column(rows[table], name, values)
    (problem,) = (p for p in problems(rows) if p.column == name)
    assert f"they fit the row {where}" in problem.expected and "move the column back" in problem.remedy


def test_a_column_moved_from_the_middle_on_is_found_there():
    rows = tables("events")
    titles = [row["title"] for row in rows["events"]]
    titles.insert(400, "Talks on fishing")
    rows["events"] = column(rows["events"], "title", titles[:-1])
    (problem,) = problems(rows)
    assert (problem.column, problem.file) == ("title", "data/events.csv") and 400 <= problem.row < 420


@pytest.mark.parametrize(("table", "key"), [("events", "event_id"), ("visits", "visit_id"), ("leads", "lead_id"), ("project_milestones", "milestone_id")])  # fmt: skip
def test_a_row_copied_under_a_new_key_is_found(table, key):
    rows = tables(table)
    number, row = 5, rows[table][3]
    rows[table].insert(4, row | {key: row[key] + "-b"})
    found = [p for p in problems(rows) if "second row" in p.expected]
    assert [(p.row, p.column) for p in found] == [(number + 1, key)] and f"(row {number})" in found[0].expected


@pytest.mark.parametrize(("table", "wanted", "said"), [
    ("claims", {"claim_id": "S1-07"}, "S1-07"), ("claim_links", {"link_id": "l011"}, "l011"),
])  # fmt: skip
def test_a_numbered_row_that_is_gone_is_missed(table, wanted, said):
    rows = tables(table)
    number, _ = find(rows[table], wanted)
    del rows[table][number - 2]
    (problem,) = (p for p in problems(rows) if p.row == number)
    assert said in problem.expected and "Restore the row that is gone" in problem.remedy


def test_a_year_alone_stands_before_the_days_of_its_year():
    rows = tables("events")
    number, _ = find(rows["events"], {"date": "1958"})
    assert problems(rows) == []
    rows["events"].insert(0, rows["events"].pop(number - 2))
    (problem,) = problems(rows)
    assert (problem.row, problem.value) == (2, "1958")


def test_a_few_new_rows_raise_no_alarm():
    rows = tables("events")
    for number in random.Random(7).sample(range(len(rows["events"])), 5):
        old = rows["events"][number]
        new = old | {"event_id": old["event_id"] + "-zz", "title": f"Talks number {number} on fishing", "people": "", "place": "",
                     "summary": f"Delegation {number} spoke of trawlers and quotas in the Arabian Sea."}  # fmt: skip
        rows["events"].append(new)
    rows["events"].sort(key=lambda row: (row["date"], row["event_id"]))
    assert problems(rows) == []
