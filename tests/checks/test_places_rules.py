"""The rules of places on rows in memory: another spelling, an unknown place, a dot on the map without a source."""

from functools import partial

import pytest
from broken import assert_every_rule_is_broken, assert_said, changed, tables

from pakrus import named
from pakrus.checks import places

NAMES = ("places", *places.NAMED.split())
CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    ("events", {"place": "Moscow"}, {"place": "Moscow / Miran Shah"}, ("place", "Miran Shah", "'Miranshah', as data/places.csv writes it")),
    ("events", {"place": "Moscow"}, {"place": "Mosocw"}, ("place", "Mosocw", "such as 'Moscow'")),
    ("events", {"place": "Moscow"}, {"place": "Moscow; Kabul"}, ("place", "Moscow; Kabul", "a name of data/places.csv")),
    ("visits", {"place": "Moscow"}, {"place": "Leningrad"}, ("place", "Leningrad", "'St Petersburg', as")),
    ("agreements", {"place": "Moscow"}, {"place": "Atlantis"}, ("place", "Atlantis", "a name of data/places.csv")),
    ("exercises", {"place": "Cherat"}, {"place": "Cheratt"}, ("place", "Cheratt", "such as 'Cherat'")),
    ("institutions", {"place": "Moscow"}, {"place": "Peking"}, ("place", "Peking", "'Beijing', as")),
    ("places", {"name": "Moscow"}, {"name": "Atlantis"}, ("name", "Atlantis", "a place that some row of the register has")),
    ("places", {"name": "Moscow"}, {"other_spellings": "Kabul"}, ("other_spellings", "Kabul", "no name of another row")),
    ("places", {"name": "Moscow"}, {"longitude": ""}, ("longitude", "", "both coordinates")),
    ("places", {"name": "Moscow"}, {"geonames": ""}, ("longitude", "37", "both coordinates")),
    ("places", {"name": "Moscow"}, {"key": ""}, ("longitude", "37", "both coordinates")),
]  # fmt: skip


_cell = partial(changed, NAMES)


def test_the_places_of_the_book_are_valid():
    assert places.problems(tables()) == []


@pytest.mark.parametrize(("table", "wanted", "cells", "said"), CELLS, ids=[f"{t}-{c}" for t, _, c, _ in CELLS])
def test_a_broken_place_is_found(table, wanted, cells, said):
    rows, number = _cell(table, wanted, cells)
    assert_said(places.problems(rows), table, number, said)


def test_every_rule_of_places_is_broken_here():
    assert_every_rule_is_broken(places.rule, places.Known, [_cell(*case[:3])[0] for case in CELLS])


def test_without_the_table_nothing_is_asked():
    rows = tables(*NAMES)
    del rows["places"]
    rows["events"][0]["place"] = "Atlantis"
    assert places.problems(rows) == []


def test_one_place_has_one_spelling():
    """Each of the spellings that the register once had beside each other."""
    found = {name for row in tables("events")["events"] for name in named.places(row["place"])}
    assert "Miranshah" in found
    assert not found & {"Miran Shah", "Miramshah", "Peking", "Sverdlovsk", "Nur-Sultan", "Baluchistan", "Pyandzh"}
