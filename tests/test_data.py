"""Loading, describing and citing tables."""

import ast
import os
import re

import pandas as pd
import pytest
from pybtex.database import parse_string

from pakrus import data, store, tables
from pakrus.folder import DESCRIPTOR, ROOT, Folder

NAMES = data.tables()
BOOK = ROOT / "data"


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
        match=r"trade\.csv: its sha256 is .* the descriptor says sha256:.*pakrus derive.*git checkout -- data/trade.csv",
    ):
        data.load("trade")


def test_changed_columns_are_refused_even_when_sealed(data_copy):
    path = data_copy / "price_index.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("year,cpi_u", "year,cpi", 1), encoding="utf-8")
    store.seal(derived=True)
    with pytest.raises(
        data.DataError,
        match=r"price_index\.csv: columns are \['year', 'cpi'\], the descriptor says \['year', 'cpi_u'\]",
    ):
        data.load("price_index")


def test_a_word_where_a_number_belongs_is_refused(data_copy):
    path = data_copy / "price_index.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("22.3", "many", 1), encoding="utf-8")
    store.seal(derived=True)
    with pytest.raises(data.DataError, match=r"price_index\.csv, row 2, column cpi_u: found 'many'; expected a number"):
        data.load("price_index")


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("unga_votes", ",false,", ",no,", r"unga_votes\.csv, row 2, column palestinian_conflict: found 'no'; expected true or false"),
        ("unga_votes", ",false,", ",FALSE,", r"unga_votes\.csv, row 2, column palestinian_conflict: found 'FALSE'; expected true or false"),
        ("price_index", "22.3", "nan", r"price_index\.csv, row 2, column cpi_u: found 'nan'; expected a number"),
        ("price_index", "\n1948,", "\n1948.5,", r"price_index\.csv, row 3, column year: found '1948\.5'; expected an integer"),
        ("price_index", "\n1948,", "\n,", r"price_index\.csv, row 3, column year: found ''; expected an integer"),
    ],
)  # fmt: skip
def test_no_cell_becomes_another_value_or_missing(folder_copy, table, old, new, said):
    path = folder_copy.table(table)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    store.seal(folder_copy, derived=True)
    with pytest.raises(data.DataError, match=said):
        data.load(table, folder_copy)


@pytest.mark.parametrize("table", NAMES)
def test_rows_are_the_cells_as_written(table):
    rows, frame = data.rows(table), data.load(table)
    assert len(rows) == len(frame) and list(rows[0]) == list(frame.columns)
    assert all(isinstance(value, str) for row in rows for value in row.values())
    texts = frame.select_dtypes("str").fillna("")
    assert texts.to_dict("records") == [{name: row[name] for name in texts} for row in rows]
    assert data.resource(table)["path"] == Folder.default().table(table).name


def test_rows_that_are_no_rows_are_refused(folder_copy):
    path = folder_copy.table("price_index")
    bytes_of_no_letter = b"year,cpi_u\n1947,22.3,9\n1948\n\n1949,\xff\n"
    for content, said in ((bytes_of_no_letter, "line 5: found b'.xff'; expected UTF-8"), (b"year,cpi_u\n1947,22.3,9\n", "row 2: found 3 cells; expected 2"), (b"year,cpi_u\n\n1948\n", "row 2: found 1 cells; expected 2")):  # fmt: skip
        path.write_bytes(content)
        with pytest.raises(data.DataError, match=said):
            data.rows("price_index", folder_copy)
    path.write_bytes(b"")
    assert data.rows("price_index", folder_copy) == []
    path.unlink()
    with pytest.raises(data.DataError, match="missing. Restore it: git checkout -- data/price_index.csv"):
        data.rows("price_index", folder_copy)


def test_a_folder_is_handed_down_and_the_default_is_asked_for_at_each_call(folder_copy, monkeypatch):
    path = folder_copy.table("price_index")
    path.write_text(path.read_text(encoding="utf-8").replace("22.3", "22.4", 1), encoding="utf-8", newline="\n")
    assert store.seal(folder_copy, derived=True) == ["price_index"]
    assert data.load("price_index", folder_copy)["cpi_u"].iloc[0] == 22.4
    assert data.load("price_index")["cpi_u"].iloc[0] == 22.3
    folder_copy.references.write_text("", encoding="utf-8")
    with pytest.raises(data.DataError, match="no entry in references.bib"):
        data.cite("trade", folder_copy)
    assert data.cite("trade")
    monkeypatch.setenv("PAKRUS_DATA", str(folder_copy.data))
    assert data.load("price_index")["cpi_u"].iloc[0] == 22.4
    assert Folder.default() == Folder(folder_copy.data)


def test_nothing_is_swapped_at_run_time():
    """What a function needs it is given: no module of the package changes a global, its own or another module's of it."""
    for path in (ROOT / "pakrus").rglob("*.py"):
        found = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        imports = [node for node in found if isinstance(node, ast.ImportFrom) and node.module.startswith("pakrus")]
        modules = {name.asname or name.name for node in imports for name in node.names}
        assigned = [target for node in found if isinstance(node, ast.Assign) for target in node.targets]
        swapped = [
            target for target in assigned if isinstance(target, ast.Attribute) and ast.unparse(target.value) in modules
        ]
        assert not swapped and not any(isinstance(node, ast.Global) for node in found), path


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
    own = f"pakistan-russia-2026-{table}"
    assert own in library.entries
    assert set(data.keys(table)) == set(library.entries) - {own}


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


BOOLEANS = [(t, f["name"]) for t in NAMES for f in data.resource(t)["schema"]["fields"] if f["type"] == "boolean"]


@pytest.mark.parametrize(("table", "column"), BOOLEANS, ids=[".".join(names) for names in BOOLEANS])
def test_a_boolean_is_true_or_false_and_nothing_else(table, column):
    """Capitals, numbers, words of other languages and the error words of formulas are refused, never taken as missing."""
    field = next(field for field in data.resource(table)["schema"]["fields"] if field["name"] == column)
    assert data._typed(pd.Series(["true", "false", ""]), field, table).tolist() == [True, False, pd.NA]
    for text in ("TRUE", "False", "1", "0", "yes", "WAHR", "#REF!", "#N/A", "NaN", "NA", "null", " true", " "):
        with pytest.raises(
            data.DataError, match=f"row 3, column {column}: found {re.escape(repr(text))}; expected true or false"
        ):
            data._typed(pd.Series(["true", text]), field, table)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not valid JSON"),
        (b"\xff\xfe\x00", "not valid JSON"),
        (b"\x93{}", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "a list of tables"),
        (b'{"resources": {}}', "a list of tables"),
        (b'{"resources": [7]}', "table 1 has no 'name'"),
        (b'{"resources": [{"name": "a"}]}', "table 1 has no 'path'"),
        (b'{"resources": [{"name": "a", "path": "a.csv"}]}', "table a has no fields"),
        (b'{"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "b"}]}}]}', "a field without name or type"),
    ],
)  # fmt: skip
def test_a_descriptor_that_is_none_is_one_line(folder_copy, content, said):
    folder_copy.descriptor.write_bytes(content)
    with pytest.raises(data.DataError, match=said) as error:
        data.descriptor(folder_copy)
    assert "\n" not in str(error.value) and "git checkout -- data/datapackage.json" in str(error.value)


def test_a_folder_in_place_of_a_file_is_one_line(folder_copy):
    for path, read in ((folder_copy.table("trade"), lambda: data.load("trade", folder_copy)), (folder_copy.descriptor, lambda: data.descriptor(folder_copy))):  # fmt: skip
        path.unlink()
        path.mkdir()
        with pytest.raises(data.DataError, match=r"cannot be read \(Is a directory\).*git checkout"):
            read()
        path.rmdir()
        path.write_bytes((BOOK / path.name).read_bytes())


def test_a_derived_table_changed_by_hand_is_not_sealed(folder_copy):
    assert {t for t in NAMES if data.derived(data.resource(t))} == {table.name for table in tables.TABLES}
    before = data.resource("trade", folder_copy)["hash"]
    for table, old, new in (("trade", b"17.0", b"18.0"), ("phases", b"Cold War", b"Cold war")):
        content = folder_copy.table(table).read_bytes()
        folder_copy.table(table).write_bytes(content.replace(old, new, 1))
        assert content != folder_copy.table(table).read_bytes()
    assert store.seal(folder_copy) == ["phases"]
    (line,) = store.kept(folder_copy)
    assert line.startswith("data/trade.csv: sealed as it was.") and "corrections.toml" in line and "derive" in line
    assert data.resource("trade", folder_copy)["hash"] == before
    with pytest.raises(data.DataError, match="its sha256 is"):
        data.load("trade", folder_copy)
    assert store.seal(folder_copy, derived=True) == ["trade"] and store.kept(folder_copy) == []


def test_seal_is_idempotent_and_names_what_changed(data_copy):
    assert store.seal() == []
    path = data_copy / "price_index.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("22.3", "22.4", 1), encoding="utf-8")
    assert store.seal(derived=True) == ["price_index"]
    assert data.load("price_index")["cpi_u"].iloc[0] == 22.4


@pytest.mark.parametrize("broken", [b"year,cpi_u\n1947,22.3\n1948,24.1,b,c\n", b"", b"year,cpi_u\n1947,\xff\n"])
def test_seal_refuses_what_is_no_csv_and_writes_nothing(data_copy, broken):
    (data_copy / "price_index.csv").write_bytes(broken)
    before = (data_copy / DESCRIPTOR).read_bytes()
    with pytest.raises(data.DataError, match=r"price_index\.csv: found .*; expected UTF-8 CSV .*double quotes"):
        store.seal(derived=True)
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


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "table.csv"
    store.write(path, b"a\n1\n")
    store.write(path, b"a\n2\n")
    assert path.read_bytes() == b"a\n2\n" and [found.name for found in tmp_path.iterdir()] == ["table.csv"]
