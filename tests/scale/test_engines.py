"""One SQL text, two engines, one answer; without the extra the message says what to install."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pakrus.extras import MissingExtra
from pakrus.measures import dyads
from pakrus.scale import engines

EXTRA = "needs the extra requirements-engines.txt, which is not in the reader's environment"


def needs(*modules):
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{EXTRA}: {', '.join(missing)} missing")


has_java = os.environ.get("JAVA_HOME") or shutil.which("java")
needs_java = pytest.mark.skipif(not has_java, reason="Spark needs Java 17 or 21")


@pytest.fixture
def votes():
    """Three sessions with absences, a pair that never meets, one that always agrees, names that sort by code point."""
    matrix = np.random.default_rng(2).integers(0, 4, (90, 6)).astype("int8")
    table = pd.DataFrame(matrix, columns=["B", "Côte d’Ivoire", "A", "a", "South", "Zanzibar"])
    table.insert(0, "vote_id", [f"call-{i}" for i in range(90)])
    table.insert(0, "session", np.repeat([3, 1, 2], 30))
    table.loc[table["session"] == 1, ["A", "B"]] = 1
    half = np.arange(90) % 2 == 0
    table.loc[half, "South"] = 0
    table.loc[~half, "Zanzibar"] = 0
    return table


def test_ballots_are_the_votes_cast(votes):
    long = engines.ballots(votes)
    assert len(long) == votes[dyads.states(votes)].gt(0).to_numpy().sum() and long["code"].between(1, 3).all()
    row = long.iloc[17]
    assert votes.set_index("vote_id").loc[row["vote_id"], row["state"]] == row["code"]


def test_the_comparison_sees_every_kind_of_difference(votes):
    answer = engines.ordered(dyads.all_dyads(votes))
    assert answer["n"].eq(0).any() and answer["kappa"].isna().any()
    assert engines.differences(answer, answer) == ([], 0.0)
    assert engines.differences(answer, answer.iloc[1:])[0] == [f"{len(answer)} rows against {len(answer) - 1}"]
    assert engines.differences(answer, answer.assign(n=answer["n"] + 1))[0] == ["column n"]
    assert engines.differences(answer, answer.assign(state="X"))[0] == ["column state"]
    assert engines.differences(answer, answer.assign(pi=0.0))[0][0] == "column pi: missing values"
    found, largest = engines.differences(answer, answer.assign(kappa=answer["kappa"] + 1e-9))
    assert found == ["a share by 1e-09"] and largest == pytest.approx(1e-9, rel=1e-3)


@needs("pyarrow", "duckdb")
def test_duckdb_gives_what_all_dyads_gives(votes, tmp_path):
    source = tmp_path / "ballots of 'all'.parquet"
    engines.ballots(votes).to_parquet(source, index=False)
    result = engines.duckdb(source, tmp_path / "answer.parquet")
    assert engines.differences(engines.ordered(dyads.all_dyads(votes)), result.frame)[0] == []


@pytest.mark.long
@needs("pyarrow", "duckdb", "pyspark")
@needs_java
def test_duckdb_and_spark_on_a_cluster_of_two_give_one_answer(votes):
    home, parts = os.environ.get("SPARK_HOME"), _parts()
    results, compared = engines.run(votes)
    assert [result.name.split()[0] for result in results] == ["all_dyads", "DuckDB", "Spark"]
    assert "local-cluster[2,1,1024], executors: 2" in results[2].name
    assert len(compared) == 3 and all(found == [] for found, _ in compared.values())
    assert os.environ.get("SPARK_HOME") == home and _parts() == parts  # nothing is left in the installed package


def _parts():
    return sorted(path.name for path in Path(importlib.util.find_spec("pyspark").origin).parent.iterdir())


def test_without_the_extra_the_message_says_what_to_install(votes, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match="needs pyarrow.*-r requirements-engines.txt"):
        engines.run(votes)


def test_without_java_the_message_says_where_it_was_sought(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(engines.EngineError, match="Spark needs Java 17 or 21: no java in JAVA_HOME"):
        engines.java()
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(engines.EngineError, match="no java on the PATH"):
        engines.java()
