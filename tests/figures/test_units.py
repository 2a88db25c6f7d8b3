"""The file behind a figure tells its units: in the header, and beside it."""

import io

import pandas as pd

from pakrus import data
from pakrus.figures import units


def fields(frame, sources=(), own=None, titles=None):
    return {field["title"]: field for field in units.described(pd.DataFrame(frame), sources, own or {}, titles or {})}


def test_a_unit_comes_from_the_chart_else_the_table_else_the_measures():
    frame = {"year": [1950], "tiv_order": [1.5], "agreement": [0.5], "USA": [3.0], "n": [7]}
    found = fields(frame, ("arms_transfers",), {"USA": "SIPRI TIV, million"})
    assert found["tiv_order"]["name"] == "tiv_order [SIPRI TIV, million]"
    assert found["USA"]["name"] == "USA [SIPRI TIV, million]" and found["USA"]["unit"] == "SIPRI TIV, million"
    assert found["agreement"]["name"] == "agreement [share 0-1]" and found["n"]["name"] == "n [roll calls]"
    assert found["year"] == {"name": "year", "title": "year", "type": "year"}
    assert fields({"n": [7]}, ("event_codings",), {"n": "events"})["n"]["name"] == "n [events]"


def test_years_identifiers_and_counts_are_declared_and_texts_have_no_unit():
    frame = {
        "session": [2],
        "first_year": [1947],
        "supported": [3],
        "state": ["PAK"],
        "named": [True],
        "date": ["1947"],
    }
    found = fields(frame)
    assert (found["session"]["pakrus:kind"], found["supported"]["pakrus:kind"]) == ("identifier", "count")
    assert [found[name]["type"] for name in ("first_year", "state", "named", "date")] == [
        "year",
        "string",
        "boolean",
        "string",
    ]
    assert not any("unit" in field for field in found.values())


def test_a_long_unit_is_cut_in_the_header_and_whole_beside_it():
    field = fields({"kappa": [0.5]})["kappa"]
    assert field["name"] == "kappa [index]" and field["unit"] == "index, 1 = full agreement, 0 = chance"


def test_every_number_of_every_table_has_a_unit_or_is_a_count_or_an_identifier():
    for table in data.tables():
        frame = data.load(table)
        for field in units.described(frame, (table,), {}, {}):
            assert field["type"] != "number" or "unit" in field or (table, field["name"]) in NO_UNIT, (
                table,
                field["name"],
            )
            assert "see " not in field.get("unit", "").replace("see column unit", ""), field


NO_UNIT = {("project_milestones", "amount")}  # the column `currency` says it, row by row


def test_the_csv_reads_back_with_its_header():
    from pakrus.figures import page

    frame = pd.DataFrame({"year": [1950, 1951], "USA": [36.0, None]})
    spec = page._file(frame, ("arms_volume",), {"USA": "SIPRI TIV, million"})
    again = pd.read_csv(io.StringIO(spec["csv"]))
    assert list(again.columns) == ["year", "USA [SIPRI TIV, million]"] and again["year"].tolist() == [1950, 1951]
    assert again.iloc[1, 1] != again.iloc[1, 1]  # missing stays missing
