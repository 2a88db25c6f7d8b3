"""Rows and sources that tables name by their keys, in the words of a reader."""

import json

import pytest
from pybtex.database import parse_string

from pakrus.folder import Folder
from pakrus.pages.chronology import told_nodes
from pakrus.pages.rows import NAMED_BY, Rows

LIBRARY = parse_string(
    "@online{dunya2021trade, organization = {Dunya News}, title = {Trade}, date = {2021-06-01}, url = {https://example.org/a}}\n"
    "@misc{questiaogdc, organization = {Questia}, title = {Oil}}\n",
    "bibtex",
).entries


def said(found):
    return "".join(node.astext() for node in found)


@pytest.fixture
def rows(tmp_path):
    named = (("year", "Year"), ("importer", "Importer code"), ("source", ""))
    fields = [{"name": name, "title": title, "type": "string"} for name, title in named]
    package = {"resources": [{"name": "trade", "path": "trade.csv", "schema": {"fields": fields}}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (tmp_path / "visits.csv").write_text(
        "visit_id,visitor,place,start_date\n1965-04-ayub,Ayub Khan,Moscow,1965-04\n1966-01-x,,Tashkent,1966-01-03\n",
        "utf-8",
    )
    (tmp_path / "institutions.csv").write_text(
        "session_id,body,place,start_date\nigc-2,intergovernmental-commission,,2012\n", "utf-8"
    )
    return Rows(Folder(tmp_path), LIBRARY)


def test_a_source_named_by_its_key_is_called_as_in_the_text():
    found = told_nodes("Sum from dunya2021trade; so says questiaogdc. In dunya2021tradex, not.", LIBRARY)
    assert said(found) == "Sum from Dunya News 2021; so says Questia n.d. In dunya2021tradex, not."
    assert [node.get("refuri") for node in found if not isinstance(node, str)] == ["https://example.org/a"]
    assert said(told_nodes("No key at all.", LIBRARY)) == "No key at all."


def test_a_row_is_named_by_what_says_what_it_is(rows):
    assert said(rows.words("visits", "1965-04-ayub")) == "Ayub Khan, Moscow, April 1965"
    assert said(rows.words("visits", "1966-01-x")) == "Tashkent, 3 January 1966"
    assert said(rows.words("institutions", "igc-2")) == "Intergovernmental commission, 2012"


def test_a_row_is_picked_in_words(rows):
    found = rows.words("trade", "year=2021; importer=PAK; source=dunya2021trade")
    assert said(found) == "year 2021, importer Pakistan, source Dunya News 2021"
    assert said(rows.words("no_table", "per_cent=4; source=other")) == "per cent 4, source other"


@pytest.mark.parametrize(("table", "key"), [("visits", "gone"), ("leads", "x"), ("no_table", "x")])
def test_a_key_that_nothing_has_stays(rows, table, key):
    assert said(rows.words(table, key)) == key


def test_the_books_tables_have_the_columns_that_name_their_rows():
    from pakrus import data

    for table, columns in NAMED_BY.items():
        assert set(columns) <= {field["name"] for field in data.resource(table)["schema"]["fields"]}
