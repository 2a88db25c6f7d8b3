"""Loading, describing and citing tables."""

import os

import pandas as pd
import pytest
from pybtex.database import parse_string

from pakrus import data, store
from pakrus.folder import DESCRIPTOR, Folder

NAMES = data.tables()


@pytest.mark.parametrize("table", NAMES)
def test_table_has_the_columns_and_types_of_the_descriptor(table):
    frame = data.load(table)
    entry = data.resource(table)
    assert list(frame.columns) == [field["name"] for field in entry["schema"]["fields"]]
    assert len(frame) == entry["pakrus:rows"] > 0
    kinds = {
        "integer": pd.api.types.is_integer_dtype,
        "number": pd.api.types.is_float_dtype,
        "boolean": pd.api.types.is_bool_dtype,
        "string": pd.api.types.is_string_dtype,
    }
    for field in entry["schema"]["fields"]:
        assert kinds[field["type"]](frame[field["name"]]), field["name"]
        assert field["description"]
        if field.get("constraints", {}).get("required"):
            assert frame[field["name"]].notna().all(), field["name"]


@pytest.mark.parametrize("table", NAMES)
def test_stored_form_is_what_the_writer_gives(table):
    entry = data.resource(table)
    written = store.to_csv(data.load(table)).decode("utf-8")
    stored = (Folder.default().data / entry["path"]).read_text(encoding="utf-8")
    assert written.count("\n") == stored.count("\n")
    assert written.split("\n")[0] == stored.split("\n")[0]


def test_loads_from_any_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(data.load("trade")) > 0
    assert os.getcwd() == str(tmp_path)


def test_a_loaded_frame_is_the_callers_own():
    mine = data.load("trade")
    mine["value_usd_m"] = -1.0
    assert (data.load("trade")["value_usd_m"] >= 0).all()


def test_unknown_table_names_those_there_are():
    with pytest.raises(data.DataError, match="no table 'trades'.*unga_votes.*trade"):
        data.load("trades")


def test_changed_bytes_are_refused_with_the_remedy(data_copy):
    path = data_copy / "trade.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("17.0", "18.0", 1), encoding="utf-8")
    with pytest.raises(
        data.DataError,
        match=r"trade\.csv: its sha256 is .* the descriptor says sha256:.*pakrus seal.*git checkout -- data/trade.csv",
    ):
        data.load("trade")


def test_changed_columns_are_refused_even_when_sealed(data_copy):
    path = data_copy / "price_index.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("year,cpi_u", "year,cpi", 1), encoding="utf-8")
    store.seal()
    with pytest.raises(
        data.DataError,
        match=r"price_index\.csv: columns are \['year', 'cpi'\], the descriptor says \['year', 'cpi_u'\]",
    ):
        data.load("price_index")


def test_a_word_where_a_number_belongs_is_refused(data_copy):
    path = data_copy / "price_index.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("22.3", "many", 1), encoding="utf-8")
    store.seal()
    with pytest.raises(data.DataError, match=r"price_index\.csv, row 2, column cpi_u: found 'many'; expected a number"):
        data.load("price_index")


def test_missing_table_and_descriptor_say_how_to_get_them(data_copy):
    (data_copy / "trade.csv").unlink()
    with pytest.raises(data.DataError, match=r"trade\.csv: missing. Restore it: git checkout"):
        data.load("trade")
    (data_copy / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(data.DataError, match="not valid JSON"):
        data.load("trade")
    (data_copy / "datapackage.json").unlink()
    with pytest.raises(data.DataError, match="missing. Get the whole book folder"):
        data.load("trade")


@pytest.mark.parametrize("table", NAMES)
def test_citation_is_bibtex_with_every_source(table):
    library = parse_string(data.cite(table), "bibtex")
    assert f"pakrus_{table}" in library.entries
    assert set(data.keys(table)) == set(library.entries) - {f"pakrus_{table}"}


def test_derived_tables_cite_their_producers():
    assert data.keys("unga_agreement") == ["unvotes", "unxml"]
    assert {"cowtrade", "comtrade", "unctadmatrix"} <= set(data.keys("trade"))
    assert set(data.keys("events")) == set(data.load("event_sources")["key"])


@pytest.mark.parametrize("table", NAMES)
def test_description_names_every_column_and_the_terms(table):
    text = data.describe(table)
    for field in data.resource(table)["schema"]["fields"]:
        assert f"`{field['name']}`" in text
    assert "Terms: " in text


def test_seal_is_idempotent_and_names_what_changed(data_copy):
    assert store.seal() == []
    path = data_copy / "price_index.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("22.3", "22.4", 1), encoding="utf-8")
    assert store.seal() == ["price_index"]
    assert data.load("price_index")["cpi_u"].iloc[0] == 22.4


@pytest.mark.parametrize("broken", [b"year,cpi_u\n1947,22.3\n1948,24.1,b,c\n", b"", b"year,cpi_u\n1947,\xff\n"])
def test_seal_refuses_what_is_no_csv_and_writes_nothing(data_copy, broken):
    (data_copy / "price_index.csv").write_bytes(broken)
    before = (data_copy / DESCRIPTOR).read_bytes()
    with pytest.raises(data.DataError, match=r"price_index\.csv: found .*; expected UTF-8 CSV .*double quotes"):
        store.seal()
    assert (data_copy / DESCRIPTOR).read_bytes() == before


def test_a_person_has_one_spelling():
    """Transliterations differ by a letter: Sergey and Sergei, Yusuf and Yousaf. Each person is written one way."""

    def folded(name):
        for variant, plain in (("ey ", "ei "), ("ay ", "ai "), ("iy ", "y "), ("ks", "x"), ("ou", "u"), ("saf ", "suf "), ("mm", "m"), ("hammed", "hamad")):  # fmt: skip
            name = name.lower().replace(variant, plain)
        return name

    spelled = {}
    for table, columns in {"events": ["people"], "visits": ["visitor", "counterpart"], "leads": ["people"], "institutions": ["head_pak", "head_rus"], "envoys": ["name"]}.items():  # fmt: skip
        frame = data.load(table)
        for column in columns:
            for cell in frame[column].dropna():
                for name in cell.split("; "):
                    spelled.setdefault(folded(name), set()).add(name)
    assert {key: names for key, names in spelled.items() if len(names) > 1} == {}


def test_what_the_register_has_as_an_act_stands_in_its_own_table_too():
    """A visit between the two is a row of `visits`, a text that both signed one of `agreements`."""
    events = data.load("events")
    between = events[events["actors"].str.contains(r"\bPAK\b.*\bRUS\b") & (events["scope"] != "context")]
    unlisted = {"2007-04-12-fradkov-documents"}  # which texts they were is not known
    for category, table in {"visit": "visits", "agreement": "agreements"}.items():
        there = set(data.load(table)["event_id"].dropna().str.split("; ").explode())
        missing = sorted(set(between.loc[between["category"] == category, "event_id"]) - there - unlisted)
        assert missing == [], f"not in data/{table}.csv"
