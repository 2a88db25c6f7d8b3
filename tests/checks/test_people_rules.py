"""The rules of names on rows in memory: another spelling, an unknown name, the other side, another time."""

from functools import partial

import pytest
from broken import assert_every_rule_is_broken, assert_said, changed, find, tables

from pakrus import named
from pakrus.checks import people

NAMES = ("people", "events", "leads", "visits", "envoys", "agreements", "institutions")
CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    ("events", {"people": "Vladimir Putin"}, {"people": "Vladmir Putin"}, ("people", "Vladmir Putin", "such as 'Vladimir Putin'")),
    ("events", {"people": "Vladimir Putin"}, {"people": "Jacob Malik"}, ("people", "Jacob Malik", "'Yakov Malik', as data/people.csv writes it")),
    ("events", {"people": "Vladimir Putin"}, {"people": "Somebody Quite New"}, ("people", "Somebody Quite New", "a name of data/people.csv")),
    ("events", {"people": "Vladimir Putin"}, {"people": "Vladimir Putin; Vladimir Putin"}, ("people", "Vladimir Putin", "each name once")),
    ("events", {"date": lambda text: text < "1960"}, {"people": "Sergei Lavrov"}, ("people", "Sergei Lavrov", "somebody of 19")),
    ("leads", {}, {"people": "A; B"}, ("people", "A", "a name of data/people.csv")),
    ("leads", {"people": "Sergei Lavrov"}, {"people": "Sergei Lavrov; Sergei Lavrov"}, ("people", "Sergei Lavrov", "each name once")),
    ("leads", {"date": lambda text: text < "1960"}, {"people": "Sergei Lavrov"}, ("people", "Sergei Lavrov", "all other rows name him for")),
    ("visits", {"visitor": "Ayub Khan"}, {"visitor": "Ayub Kahn"}, ("visitor", "Ayub Kahn", "such as 'Ayub Khan'")),
    ("visits", {"visitor": "Ayub Khan"}, {"visitor": "Ayub Khan; Ayub Khan"}, ("visitor", "Ayub Khan", "each name once")),
    ("visits", {"visitor": "Ayub Khan"}, {"from_state": "RUS"}, ("visitor", "Ayub Khan", "somebody who stands for RUS; data/people.csv has him for PAK")),
    ("visits", {"visitor": "Ayub Khan"}, {"visitor": "Imran Khan"}, ("visitor", "Imran Khan", "somebody of 196")),
    ("visits", {}, {"counterpart": "Andrey Gromiko"}, ("counterpart", "Andrey Gromiko", "such as 'Andrei Gromyko'")),
    ("visits", {}, {"counterpart": "Andrei Gromyko; Andrei Gromyko"}, ("counterpart", "Andrei Gromyko", "each name once")),
    ("visits", {"start_date": lambda text: text < "1960"}, {"counterpart": "Sergei Lavrov"}, ("counterpart", "Sergei Lavrov", "somebody of 19")),
    ("envoys", {"name": "Sarvar Azimov"}, {"name": "Azimov"}, ("name", "Azimov", "'Sarvar Azimov', as")),
    ("envoys", {"name": "Sarvar Azimov"}, {"name": "Sarvar Azimov; Sarvar Azimov"}, ("name", "Sarvar Azimov", "each name once")),
    ("envoys", {"name": "Sarvar Azimov"}, {"sending_state": "PAK"}, ("name", "Sarvar Azimov", "stands for PAK")),
    *(
        case
        for table, stem in (("agreements", "signatory"), ("institutions", "head"))
        for side, name, other in (("pak", "Sartaj Aziz", "Sergei Shoigu"), ("rus", "Viktor Ivanov", "Sartaj Aziz"))
        for case in (
            (table, {}, {f"{stem}_{side}": "Nobody Known"}, (f"{stem}_{side}", "Nobody Known", "a name of data/people.csv")),
            (table, {}, {f"{stem}_{side}": f"{name}; {name}"}, (f"{stem}_{side}", name, "each name once")),
            (table, {}, {f"{stem}_{side}": other}, (f"{stem}_{side}", other, f"stands for {side.upper()}")),
            (table, {}, {f"{stem}_{side}": "Andrei Gromyko"} | {"date" if table == "agreements" else "start_date": "2025"}, (f"{stem}_{side}", "Andrei Gromyko", "somebody of 2025")),
        )
    ),
    ("people", {"name": "Ayub Khan"}, {"name": "Ayub Kann"}, ("name", "Ayub Kann", "a name that some row of the register has")),
    ("people", {"name": "Ayub Khan"}, {"other_spellings": "Imran Khan"}, ("other_spellings", "Imran Khan", "spellings that are no name of another row")),
    ("people", {"name": "Muhammad Ali"}, {"note": "Not the minister."}, ("name", "", "")),
]  # fmt: skip


_cell = partial(changed, NAMES)


def test_the_names_of_the_book_are_valid():
    assert people.problems(tables()) == []


@pytest.mark.parametrize(("table", "wanted", "cells", "said"), CELLS[:-1], ids=[f"{t}-{next(iter(c))}" for t, _, c, _ in CELLS[:-1]])  # fmt: skip
def test_a_broken_name_is_found(table, wanted, cells, said):
    rows, number = _cell(table, wanted, cells)
    found = people.problems(rows)
    assert_said(found, table, number, said)
    assert len([p for p in found if (p.file, p.row) == (f"data/{table}.csv", number)]) <= 2


def test_two_people_alike_are_told_apart_by_a_note():
    rows = tables(*NAMES)
    for row in rows["people"]:
        if row["name"] in ("Muhammad Ali", "Mohammad Ali"):
            row["note"] = ""
    (problem,) = people.problems(rows)
    assert problem.value == "Muhammad Ali" and "has 'Mohammad Ali'" in problem.expected
    assert "one's note names the other" in problem.remedy


def test_every_rule_has_a_case():
    cases = [_cell(table, wanted, cells)[0] for table, wanted, cells, _ in CELLS[:-1]]
    alike = tables(*NAMES)
    for row in alike["people"]:
        row["note"] = ""
    assert_every_rule_is_broken(people.rule, people.Known, [*cases, alike])


def test_a_remark_in_brackets_is_no_part_of_a_name():
    assert named.people("Sergei Lavrov; Vladimir Putin (video)") == ["Sergei Lavrov", "Vladimir Putin"]
    assert named.people("") == []


def test_a_new_person_entered_in_the_table_is_good():
    rows = tables(*NAMES)
    _, event = find(rows["events"], {"people": "Vladimir Putin"})
    event["people"] = "Vladimir Putin; Somebody Quite New"
    person = dict.fromkeys(rows["people"][0], "") | {"name": "Somebody Quite New", "kind": "person"}
    rows["people"].append(person)
    assert people.problems(rows) == []


def test_without_the_table_of_people_no_rule_is_asked():
    rows, _ = _cell("events", {}, {"people": "Nobody Known"})
    del rows["people"]
    assert people.problems(rows) == []


def test_names_are_folded_over_what_spellings_differ_by():
    assert people.folded("Mohammad Ali") == people.folded("Muhammed Ali") != people.folded("Muhammad Asif")
