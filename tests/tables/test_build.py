"""The derived tables are what the upstream files give, and a file that is not what was recorded stops everything."""

import os
import shutil
import time

import pandas as pd
import pytest

from pakrus import cli, data
from pakrus.sources import TABLES, votes
from pakrus.sources.files import Upstream, UpstreamError, sources
from pakrus.tables import build as derive

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
    monkeypatch.setattr(derive, "Upstream", lambda folder: opened)
    start = time.perf_counter()
    assert cli.main(["derive", "--check", "--from", str(upstream)]) == 0
    assert "byte for byte" in capsys.readouterr().out
    assert time.perf_counter() - start < 60  # 15 s on two idle cores; the tests run beside others


def test_deriving_again_changes_nothing(upstream, opened, data_copy, monkeypatch):
    monkeypatch.setattr(derive, "Upstream", lambda folder: opened)
    before = {path.name: path.read_bytes() for path in data_copy.iterdir()}
    assert cli.main(["derive", "--from", str(upstream)]) == 0
    assert {path.name: path.read_bytes() for path in data_copy.iterdir()} == before


def test_check_names_the_first_difference(upstream, data_copy, capsys, monkeypatch):
    monkeypatch.setattr(derive, "TABLES", tuple(table for table in TABLES if table.name == "trade"))
    path = data_copy / "trade.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",17.0,", ",18.0,", 1), encoding="utf-8")
    assert cli.main(["derive", "--check", "--from", str(upstream)]) == 1
    out = capsys.readouterr().out
    assert "data/trade.csv: line" in out and "column value_usd_m: stored '18.0', derived '17.0'" in out


def test_a_missing_upstream_file_is_named_with_its_address(linked, data_copy, capsys):
    (linked / "arms/sipri_tiv_to_pakistan_by_supplier_1950_2021_gen2022-07-28.csv").unlink()
    before = {path.name: path.read_bytes() for path in data_copy.iterdir()}
    assert cli.main(["derive", "--from", str(linked)]) == 2
    error = capsys.readouterr().err
    assert (
        "gen2022-07-28.csv: missing" in error
        and "https://www.sipri.org/databases/armstransfers" in error
        and "expected sha256 " in error
    )
    assert {path.name: path.read_bytes() for path in data_copy.iterdir()} == before


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
        recorded = {i["path"]: i["sha256"] for s in data.resource(table.name)["sources"] for i in s["pakrus:inputs"]}
        expected = {p: d for source in table.sources for p, d in sources()[source]["files"].items()}
        assert recorded == expected, table.name
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
    before = {path.name: path.read_bytes() for path in data_copy.iterdir()}

    def broken(_):
        raise UpstreamError("stop")

    monkeypatch.setattr(derive, "TABLES", (*TABLES[:3], type(TABLES[0])("trade", TABLES[5].sources, broken)))
    with pytest.raises(UpstreamError):
        derive.run(upstream)
    assert {path.name: path.read_bytes() for path in data_copy.iterdir()} == before
