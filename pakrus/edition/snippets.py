"""How other programs load the tables with the right types: code made from the descriptor, to copy and to run.

In: a table's entry of the descriptor, or all of them. Out: a few lines for one table and one program (`snippet`), and the
scripts that lie beside the tables in the zip and load any of them (`scripts`). The one difficulty is guessing: a program
that is not told the types takes yes, abstain and no for truth values, codes for numbers and "NA" for a missing value. So
every column's type is given, and only the empty field is missing.
"""

PROGRAMS = {"pandas": "python", "Polars": "python", "DuckDB": "sql", "R": "r", "Stata": "python", "SQLite": "python"}
_PANDAS = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
_POLARS = {"integer": "pl.Int64", "number": "pl.Float64", "boolean": "pl.Boolean"}
_DUCKDB = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
_READR = {"integer": "i", "number": "d", "boolean": "l"}


def pandas_types(entry: dict) -> dict[str, str]:
    """Return pandas' type of each column; integers that may not be missing are plain ones, as `pakrus.data.load` has them."""
    fields = entry["schema"]["fields"]
    types = {field["name"]: _PANDAS.get(field["type"], "str") for field in fields}
    required = [field["name"] for field in fields if field.get("constraints", {}).get("required")]
    return types | {name: "int64" for name in required if types[name] == "Int64"}


def polars_types(entry: dict) -> dict[str, str]:
    """Return the Polars type of each column, as code."""
    return {field["name"]: _POLARS.get(field["type"], "pl.String") for field in entry["schema"]["fields"]}


def duckdb_types(entry: dict) -> dict[str, str]:
    """Return DuckDB's type of each column."""
    return {field["name"]: _DUCKDB.get(field["type"], "VARCHAR") for field in entry["schema"]["fields"]}


def readr_types(entry: dict) -> str:
    """Return readr's `col_types`: a letter for each column."""
    return "".join(_READR.get(field["type"], "c") for field in entry["schema"]["fields"])


def snippet(program: str, entry: dict, database: str) -> str:
    """Return the lines that load one table in a program of `PROGRAMS`; `database` is the name of the SQLite file."""
    name, path = entry["name"], entry["path"]
    if program == "pandas":
        types = _dictionary(pandas_types(entry), repr, 8)
        return f"import pandas as pd\n\n{name} = {_read_pandas(f'{chr(34)}{path}{chr(34)}', types)}\n"
    if program == "Polars":
        types = _dictionary(polars_types(entry), str, 8)
        return f'import polars as pl\n\n{name} = pl.read_csv(\n    "{path}",\n    null_values="",\n    schema={types},\n)\n'
    if program == "DuckDB":
        return f"{_read_duckdb(entry)};\n"
    if program == "R":
        return f'library(readr)\n\n{name} <- read_csv("{path}", na = "", col_types = "{readr_types(entry)}")\n'
    if program == "Stata":
        return f'{snippet("pandas", entry, database)}\n{_STATA}\n\nto_stata({name}, "{name}.dta")\n'
    return (
        f'import sqlite3\n\nwith sqlite3.connect("{database}") as tables:\n'
        f'    rows = tables.execute("SELECT * FROM {name}").fetchall()  # true and false are 1 and 0\n'
    )


def scripts(resources: list[dict]) -> dict[str, str]:
    """Return the scripts of the zip by file name: each loads any table from the folder that it lies in."""
    pandas = "".join(f'    "{e["name"]}": {_dictionary(pandas_types(e), repr, 8)},\n' for e in resources)
    polars = "".join(f'    "{e["name"]}": {_dictionary(polars_types(e), str, 8)},\n' for e in resources)
    read = _read_pandas('folder / f"{table}.csv"', "TYPES[table]").replace("\n", "\n    ")
    return {
        "load_pandas.py": f'''"""Load a table with pandas, typed as datapackage.json says: load("{resources[0]["name"]}")."""

from pathlib import Path

import pandas as pd

TYPES = {{
{pandas}}}


def load(table, folder=Path(__file__).resolve().parent):
    return {read}
''',
        "load_polars.py": f'''"""Load a table with Polars, typed as datapackage.json says: load("{resources[0]["name"]}")."""

from pathlib import Path

import polars as pl

TYPES = {{
{polars}}}


def load(table, folder=Path(__file__).resolve().parent):
    return pl.read_csv(folder / f"{{table}}.csv", null_values="", schema=TYPES[table])
''',
        "export_stata.py": f'''"""Write every table as a Stata file (Stata 14 or later) into this folder: python export_stata.py"""

from load_pandas import TYPES, load

{_STATA}

if __name__ == "__main__":
    for table in TYPES:
        to_stata(load(table), f"{{table}}.dta")
''',
        "load_duckdb.sql": "-- All tables as views, typed as datapackage.json says; run in this folder: duckdb -init load_duckdb.sql\n"
        + "".join(f"CREATE OR REPLACE VIEW {e['name']} AS\n{_read_duckdb(e)};\n" for e in resources),
        "load_readr.R": '# Load a table with readr, typed as datapackage.json says; in this folder: source("load_readr.R")\n'
        "library(readr)\n\ntypes <- c(\n"
        + ",\n".join(f'  {e["name"]} = "{readr_types(e)}"' for e in resources)
        + '\n)\n\nload_table <- function(table, folder = ".") {\n'
        '  read_csv(file.path(folder, paste0(table, ".csv")), na = "", col_types = types[[table]])\n}\n',
    }


# Stata has no missing text, no truth values, and texts of more than 2,045 bytes only as its "long strings"
_STATA = """\
def to_stata(frame, path):
    frame = frame.copy()
    for name, kind in frame.dtypes.items():
        if str(kind) in ("boolean", "Int64"):
            frame[name] = frame[name].astype("float64")  # missing becomes Stata's missing
        elif str(kind) in ("str", "object"):
            frame[name] = frame[name].fillna("").astype(object)
    texts = frame.select_dtypes(object)
    long = [name for name in texts if texts[name].str.encode("utf-8").str.len().max() > 2045]
    frame.to_stata(path, write_index=False, version=118, convert_strl=long)
"""


def _read_pandas(path: str, types: str) -> str:
    options = 'keep_default_na=False,\n    na_values=[""],\n    float_precision="round_trip",'
    return f"pd.read_csv(\n    {path},\n    {options}\n    dtype={types},\n)"


def _read_duckdb(entry: dict) -> str:
    types = _dictionary(duckdb_types(entry), repr).replace('"', "'").replace(",\n}", "\n}")
    form = "header = true, delim = ',', quote = '\"', escape = '\"', nullstr = ''"
    return f"SELECT * FROM read_csv('{entry['path']}', {form}, columns = {types})"


def _dictionary(types: dict[str, str], written, indent: int = 4) -> str:
    """A dictionary as code, a few columns a line."""
    lines, line = [], ""
    for name, kind in types.items():
        item = f'"{name}": {written(kind)}, '.replace("'", '"')
        if len(line) + len(item) > 100:
            lines.append(line.rstrip())
            line = ""
        line += item
    blank = " " * indent
    return "{\n" + "".join(f"{blank}{text}\n" for text in [*lines, line.rstrip()]) + " " * (indent - 4) + "}"
