"""The derived tables are what the upstream files give, and a file that is not what was recorded stops everything."""

import json
import os
import shutil
import time

import pandas as pd
import pytest

from pakrus import cli, data
from pakrus.sources.files import Upstream, UpstreamError, sources
from pakrus.tables import TABLES, Derived, build, phases, votes

pytestmark = pytest.mark.upstream


@pytest.fixture
def linked(upstream, tmp_path):
    """A folder of links to the upstream files, one of which a test may replace."""
    for record in sources().values():
        for name in record["files"]:
            target = tmp_path / "upstream" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            os.symlink(upstream / name, target)
    return tmp_path / "upstream"


@pytest.fixture(scope="module")
def opened(upstream):
    """The upstream files as one opened folder, so that what one test has derived the next need not derive again."""
    return Upstream(upstream)


def test_every_derived_table_is_equal_byte_for_byte_and_quick(upstream, opened, capsys, monkeypatch):
    monkeypatch.setattr(build, "Upstream", lambda folder: opened)
    start = time.process_time()
    assert cli.main(["derive", "--check", "--from", str(upstream)]) == 0
    assert "byte for byte" in capsys.readouterr().out
    assert time.process_time() - start < 60  # seconds of this process alone: the tests run beside others


def test_deriving_again_changes_nothing(upstream, opened, data_copy, monkeypatch):
    monkeypatch.setattr(build, "Upstream", lambda folder: opened)
    before = {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()}
    assert cli.main(["derive", "--from", str(upstream)]) == 0
    assert {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()} == before


def test_check_names_the_first_difference(upstream, data_copy, capsys, monkeypatch):
    monkeypatch.setattr(build, "TABLES", tuple(table for table in TABLES if table.name == "trade"))
    path = data_copy / "trade.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",17.0,", ",18.0,", 1), encoding="utf-8")
    assert cli.main(["derive", "--check", "--from", str(upstream)]) == 1
    out = capsys.readouterr().out
    assert "data/trade.csv: line" in out and "column value_usd_m: stored '18.0', derived '17.0'" in out


def test_a_missing_upstream_file_is_named_with_its_address(linked, data_copy, capsys):
    (linked / "arms/sipri_tiv_to_pakistan_by_supplier_1950_2021_gen2022-07-28.csv").unlink()
    before = {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()}
    assert cli.main(["derive", "--from", str(linked)]) == 2
    error = capsys.readouterr().err
    assert (
        "gen2022-07-28.csv: missing" in error
        and "https://www.sipri.org/databases/armstransfers" in error
        and "expected sha256 " in error
    )
    assert {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()} == before


def test_a_changed_upstream_byte_stops_with_both_fingerprints(linked, capsys):
    name = "macro/cpi_u_annual_from_pypi_cpi_2.1.0.csv"
    content = (linked / name).read_bytes()
    (linked / name).unlink()
    (linked / name).write_bytes(content.replace(b"22.3", b"22.4", 1))
    assert cli.main(["derive", "--check", "--from", str(linked)]) == 2
    error = capsys.readouterr().err
    assert f"{name}: sha256 is " in error and sources()["cpi"]["files"][name] in error


def test_no_such_folder(tmp_path, capsys):
    assert cli.main(["derive", "--from", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().err


def test_the_two_files_of_session_74_agree(upstream):
    roll_calls, ballots, different = votes.overlap(Upstream(upstream))
    assert roll_calls >= 80 and ballots >= 400 and different == 0


def test_no_upstream_file_is_committed_and_every_input_is_recorded():
    for table in TABLES:
        for source in data.resource(table.name)["sources"]:
            recorded = {i["path"]: i["sha256"] for i in source["pakrus:inputs"]}
            assert recorded and recorded.items() <= sources()[source["pakrus:source"]]["files"].items(), table.name
    digests = {digest for record in sources().values() for digest in record["files"].values()}
    assert not digests & {data.resource(name)["hash"].removeprefix("sha256:") for name in data.tables()}


def test_final_passage_only_and_published_scores_are_met():
    frame = data.load("unga_validation")
    late = frame[
        (frame["roll_calls"] == "final passage") & (frame["first_session"] >= 52) & (frame["last_session"] <= 73)
    ]
    early = frame[(frame["roll_calls"] == "all") & (frame["last_session"] <= 51)]
    assert (late["mean_absolute_difference"] < 0.005).all()
    assert (early["mean_absolute_difference"] < 0.02).all()


def test_derived_tables_hang_together():
    all_votes, contested = data.load("unga_votes"), data.load("unga_contested")
    joined = contested.merge(all_votes, on="vote_id", suffixes=("", "_votes"))
    assert len(joined) == len(contested)
    for state in ("PAK", "RUS", "USA"):
        assert joined[state].equals(joined[f"{state}_votes"])
    opposite = all_votes[[{"yes", "no"} == {a, b} for a, b in zip(all_votes["RUS"], all_votes["USA"], strict=True)]]
    assert set(opposite["vote_id"]) == set(contested["vote_id"])


def test_upstream_reader_names_a_missing_column(upstream, tmp_path, monkeypatch):
    name = "macro/cpi_u_annual_from_pypi_cpi_2.1.0.csv"
    (tmp_path / "macro").mkdir()
    shutil.copy(upstream / name, tmp_path / name)
    monkeypatch.setattr(pd, "read_csv", lambda *a, **k: pd.DataFrame({"year": [1947], "cpi": [22.3]}))
    with pytest.raises(UpstreamError, match=r"cpi_2\.1\.0\.csv: column\(s\) cpi_u missing; found year, cpi"):
        next(t for t in TABLES if t.name == "price_index").derive(Upstream(tmp_path))


def test_half_a_table_is_never_written(upstream, data_copy, monkeypatch):
    before = {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()}

    def broken(_):
        raise UpstreamError("stop")

    monkeypatch.setattr(build, "TABLES", (*TABLES[:3], Derived("trade", broken)))
    with pytest.raises(UpstreamError):
        build.run(upstream)
    assert {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()} == before


def test_a_table_on_an_absent_optional_source_stays_as_it_is_stored_and_is_named(
    opened, upstream, tmp_path, data_copy, capsys, monkeypatch
):
    for record in sources().values():
        for name in record["files"] if not record.get("optional") else ():
            (tmp_path / "up" / name).parent.mkdir(parents=True, exist_ok=True)
            os.symlink(upstream / name, tmp_path / "up" / name)
    monkeypatch.setattr(build, "TABLES", tuple(t for t in TABLES if t.name in ("price_index", "unsc_terms")))
    before = (data_copy / "unsc_terms.csv").read_bytes()
    assert cli.main(["derive", "--from", str(tmp_path / "up")]) == 0
    out = capsys.readouterr().out
    assert "unsc_terms: left as it is stored" in out and "fetch scresolutions --to" in out
    assert "price_index" not in out and (data_copy / "unsc_terms.csv").read_bytes() == before


def test_part_of_an_optional_source_is_not_enough(upstream, tmp_path):
    (tmp_path / "unsc_resolutions/data_extract").mkdir(parents=True)
    name = "unsc_resolutions/data_extract/2000.json"
    (tmp_path / name).write_text("{}", encoding="utf-8")
    files = Upstream(tmp_path)
    assert "scresolutions" not in files.absent()
    with pytest.raises(UpstreamError, match=r"data_extract/2000\.json: sha256 is"):
        files.path(name)


# ------------------------------------------------------------ what a table rests on


def only(monkeypatch, name):
    monkeypatch.setattr(build, "TABLES", tuple(table for table in TABLES if table.name == name))


def declare(folder, table, change):
    """Change the list of a table's sources in the descriptor of `folder`."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in package["resources"] if entry["name"] == table)
    entry["sources"] = change(entry["sources"])
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def test_every_recorded_file_is_read_for_some_table(opened):
    absent = opened.absent()
    tables = [table for table in TABLES if not absent & build._declared(table.name).keys()]
    read = [(opened.once(table.derive), opened.opened(table.derive))[1] for table in tables]
    files = {name for table in read for names in table.values() for name in names}
    there = [record for source, record in sources().items() if source not in absent]
    assert files == {name for record in there for name in record["files"]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda declared: [], "declared none, read cpi: add an entry with pakrus:source for cpi."),
        (
            lambda declared: [*declared, {"title": "x", "pakrus:source": "wdi", "pakrus:inputs": []}],
            "declared cpi, wdi, read cpi: take out the entry of wdi, which the table does not read.",
        ),
    ],
)
def test_sources_declared_and_read_must_be_the_same(upstream, data_copy, monkeypatch, change, said):
    only(monkeypatch, "price_index")
    declare(data_copy, "price_index", change)
    before = {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()}
    with pytest.raises(data.DataError, match=f"table price_index: sources {said}"):
        build.run(upstream)
    assert {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()} == before
    (problem,) = build.check(upstream)
    assert said in problem


def test_an_input_that_was_not_read_is_told_and_taken_out(upstream, data_copy, monkeypatch):
    only(monkeypatch, "trade_partners")  # one of the two files of its source
    more = [{"path": "trade/cow_trade_v4_pakistan_all_partners.csv", "sha256": "0"}]
    declare(data_copy, "trade_partners", lambda d: [d[0] | {"pakrus:inputs": d[0]["pakrus:inputs"] + more}])
    (problem,) = build.check(upstream)
    assert "inputs differ from the files that it read in trade/cow_trade_v4_pakistan_all_partners.csv" in problem
    assert build.run(upstream) == [] and build.check(upstream) == []


def test_who_moves_a_boundary_can_derive_and_has_it_sealed(upstream, data_copy, monkeypatch):
    only(monkeypatch, "ungd_mentions")
    path = data_copy / "phases.csv"
    text = path.read_text(encoding="utf-8")
    moved = text.replace("2001-09-10,47,55,", "2001-09-10,47,54,").replace("2017-06-08,56,71,", "2017-06-08,55,71,")
    path.write_text(moved, encoding="utf-8")
    with pytest.raises(data.DataError):
        data.load("phases")
    assert phases.sessions()["post-9-11"] == (55, 71)
    assert sorted(build.run(upstream)) == ["phases", "ungd_mentions"]
    assert set(data.load("ungd_mentions").query("session == 55")["phase"]) == {"post-9-11"}


def test_phases_read_without_their_seal_are_the_sealed_ones():
    for unsealed, name in ((phases.table(), "phases"), (phases.boundaries(), "phase_boundaries")):
        pd.testing.assert_frame_equal(unsealed, data.load(name), check_dtype=False)


def test_a_session_that_is_no_number_is_named(data_copy):
    path = data_copy / "phases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",47,55,", ",47,about 55,"), encoding="utf-8")
    with pytest.raises(data.DataError, match=r"phases\.csv: .*'about 55'.*whole numbers expected in .*last_session"):
        phases.table()
