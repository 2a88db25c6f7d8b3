"""The data edition: the same fingerprints again and again, the same rows as the tables, keys that hold."""

import csv
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from pakrus import __main__, data
from pakrus.edition import Edition
from pakrus.edition.database import fingerprint
from pakrus.folder import ROOT

READ = {"integer": int, "number": float, "boolean": {"true": 1, "false": 0}.__getitem__}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition")
    assert __main__.main(["edition", "--to", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def database(made):
    (path,) = made.glob("*.sqlite")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.fixture(scope="module")
def members(made):
    (path,) = made.glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {info.filename.partition("/")[2]: (info, archive.read(info)) for info in archive.infolist()}


def test_a_second_process_makes_the_same_zip_and_the_same_sums(made, tmp_path):
    script = "import sys; from pakrus.__main__ import main; sys.exit(main(['edition', '--to', sys.argv[1]]))"
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    assert {path.name for path in made.iterdir()} == {path.name for path in tmp_path.iterdir()}
    (archive,) = made.glob("*.zip")
    for name in (archive.name, "SHA256SUMS"):  # the sums name what is in the database
        assert (made / name).read_bytes() == (tmp_path / name).read_bytes()


def test_sums_are_those_of_the_zip_and_of_the_content_of_the_database(made, database):
    archive, dump = (made / "SHA256SUMS").read_text().splitlines()
    digest, name = archive.split("  ")
    assert digest == hashlib.sha256((made / name).read_bytes()).hexdigest() and name.endswith(".zip")
    assert dump.startswith("# ") and dump.endswith(f": {fingerprint(database)}")
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=made, check=True, capture_output=True)


def test_the_zip_holds_everything_and_no_clock(members):
    edition = Edition()
    tables = {entry["path"] for entry in edition.resources}
    others = {"datapackage.json", "references.bib", "codebook.html", "README.md", "CITATION.cff", "LICENSE"}
    scripts = {"load_pandas.py", "load_polars.py", "load_duckdb.sql", "load_readr.R", "export_stata.py"}
    assert set(members) == tables | others | {"LICENSE-content"} | scripts
    date = edition.book.date
    assert {info.date_time for info, _ in members.values()} == {(date.year, date.month, date.day, 0, 0, 0)}
    assert {(info.create_system, info.compress_type) for info, _ in members.values()} == {(3, zipfile.ZIP_STORED)}
    assert [info.filename for info, _ in members.values()] == sorted(info.filename for info, _ in members.values())
    package = json.loads(members["datapackage.json"][1])
    for entry in package["resources"]:
        assert hashlib.sha256(members[entry["path"]][1]).hexdigest() == entry["hash"].removeprefix("sha256:")


def test_the_readme_says_how_to_cite(members):
    readme, book = members["README.md"][1].decode(), Edition().book
    assert (
        book.author in readme
        and f"(Version {book.version})" in readme
        and "@misc{" in readme
        and "[Data set]" in readme
    )
    assert all(entry["path"] in readme for entry in data.descriptor()["resources"])


def test_the_citation_file_in_the_zip_is_that_of_the_data(members):
    content = yaml.safe_load(members["CITATION.cff"][1])
    assert content["type"] == "dataset" and content["license"] == "CC-BY-4.0"
    title = data.descriptor()["title"]
    assert content["title"] == title and title.endswith(": data") and title in members["README.md"][1].decode()
    assert "keep their sources' terms" in content["abstract"]
    assert str(content["version"]) == Edition().book.version


def test_the_codebook_page_is_whole_and_accessible(members):
    page = BeautifulSoup(members["codebook.html"][1].decode(), "lxml")
    assert page.html["lang"] == "en" and page.title.get_text() == page.h1.get_text()
    assert len(page.find_all("h1")) == 1 and not page.find_all(["script", "link", "img"])
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in page.select('a[href^="#"]')} <= set(ids)
    for table in page.find_all("table"):
        assert table.caption.get_text() and all(cell.get("scope") for cell in table.find_all("th"))
    for entry in data.descriptor()["resources"]:
        section = page.find(id=entry["name"]).parent
        words = section.get_text()
        assert {field["name"] for field in entry["schema"]["fields"]} <= {tag.get_text() for tag in section("code")}
        assert f"{entry['pakrus:rows']:,}" in words and entry["hash"].removeprefix("sha256:") in words
        assert not entry.get("pakrus:notReadAs") or "Not to be read as." in words


def test_every_table_has_the_rows_of_its_csv(database):
    for entry in data.descriptor()["resources"]:
        fields = entry["schema"]["fields"]
        with open(ROOT / "data" / entry["path"], encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))[1:]
        wanted = [
            tuple(
                READ.get(field["type"], str)(value) if value != "" else None
                for field, value in zip(fields, line, strict=True)
            )
            for line in lines
        ]
        names = ", ".join(f'"{field["name"]}"' for field in fields)
        found = database.execute(f'SELECT {names} FROM "{entry["name"]}"').fetchall()
        assert len(found) == entry["pakrus:rows"]
        assert sorted(map(repr, found)) == sorted(map(repr, wanted)), entry["name"]  # repr: 1 is not 1.0


def test_types_and_keys_are_those_of_the_descriptor(database):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    affinity = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL", "string": "TEXT"}
    for entry in data.descriptor()["resources"]:
        schema, name = entry["schema"], entry["name"]
        columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
        assert [column[1] for column in columns] == [field["name"] for field in schema["fields"]]
        assert [column[2] for column in columns] == [affinity[field["type"]] for field in schema["fields"]]
        required = [bool(field.get("constraints", {}).get("required")) for field in schema["fields"]]
        assert [bool(column[3]) for column in columns] == required
        primary = schema.get("primaryKey", [])
        found = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
        assert found == ([primary] if isinstance(primary, str) else primary)
        keys = {(row[3], row[2], row[4]) for row in database.execute(f'PRAGMA foreign_key_list("{name}")')}
        for key in schema.get("foreignKeys", []):
            here, there = key["fields"], key["reference"]["fields"]
            pairs = [(here, there)] if isinstance(here, str) else zip(here, there, strict=True)
            assert {(a, key["reference"]["resource"] or name, b) for a, b in pairs} <= keys


def test_meta_names_version_and_every_fingerprint(database):
    meta = dict(database.execute("SELECT name, value FROM _meta"))
    assert meta["version"] == Edition().book.version
    for entry in data.descriptor()["resources"]:
        assert meta[f"sha256:{entry['path']}"] == entry["hash"].removeprefix("sha256:")
    described = sum(len(entry["schema"]["fields"]) for entry in data.descriptor()["resources"])
    assert database.execute("SELECT count(*) FROM _fields").fetchone() == (described,)


def test_the_fingerprint_is_of_the_content_not_of_the_bytes(made, tmp_path):
    (path,) = made.glob("*.sqlite")
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(other)) as two:
        one.backup(two)
        two.execute("PRAGMA page_size = 8192")
        two.execute("VACUUM")
        assert path.read_bytes() != other.read_bytes()
        assert fingerprint(two) == fingerprint(one)
        two.execute("UPDATE phases SET title = 'x' WHERE number = 1")
        assert fingerprint(two) != fingerprint(one)


def test_the_readme_says_how_to_check_the_database(made, members):
    readme = members["README.md"][1].decode()
    (script,) = [text for text in re.findall(r"```python\n(.+?)```", readme, re.S) if "hashlib" in text]
    found = subprocess.run([sys.executable, "-c", script], cwd=made, check=True, capture_output=True, text=True).stdout
    (line,) = [line for line in (made / "SHA256SUMS").read_text().splitlines() if line.startswith("#")]
    assert line.endswith(f": {found.strip()}") and "dump of" in line and "README.md" in line


def test_a_table_changed_behind_the_descriptor_is_refused(data_copy, tmp_path, capsys):
    with open(data_copy / "phases.csv", "a", encoding="utf-8") as file:
        file.write("x\n")
    assert __main__.main(["edition", "--to", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert "phases.csv: its sha256 is" in error and "python -m pakrus seal" in error
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("1,Cold War", "one,Cold War", "phases.csv, row 2"), ("1947-08-14-no-soviet-message", "nowhere", "table phases")],
)
def test_rows_and_keys_that_do_not_hold_are_named(data_copy, capsys, tmp_path, old, new, told):
    path = data_copy / "phases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="\n")
    assert __main__.main(["seal"]) == 0
    assert __main__.main(["edition", "--to", str(tmp_path / "out")]) == 2
    assert told in capsys.readouterr().err


def test_only_what_goes_in_changes_the_key(data_copy):
    before = Edition().key()
    (data_copy / "scratch.txt").write_text("not part of it")
    assert Edition().key() == before
    bibliography = Path(data_copy.parent, "references.bib")
    bibliography.write_text(re.sub(r"\s+$", "\n\n", bibliography.read_text(encoding="utf-8")), encoding="utf-8")
    assert Edition().key() != before
