"""Agreement of every pair of states as one SQL query over Parquet, for engines that outgrow one machine.

`QUERY` is standard SQL: DuckDB runs it on one machine, Apache Spark runs it unchanged on many. `run` does both on all
roll calls, compares their answers with each other and with `pakrus.measures.dyads.all_dyads`, and gives the times. The
engines are used as they come; they are an extra, `requirements-engines.txt`, and no part of the reader's environment.

When a reader needs it: when the ballots no longer fit into memory, or already lie on a cluster. In: a table of codes of
all states. Out: each engine's answer and time, and where any two answers differ. The one difficulty is Spark, which
writes into its own folder and starts a Java process: both are kept in a temporary folder and ended with it.
"""

import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from pakrus.extras import need
from pakrus.measures import dyads

MASTER = "local-cluster[2,1,1024]"  # a Spark cluster of two workers on this machine, one core and 1,024 MB each
TOLERANCE = 1e-12
KEYS = ["session", "state", "partner"]
SHARES = ["agreement", "pi", "kappa"]

# ballots: one row per vote cast (session, vote_id, state, code: 1 yes, 2 abstain, 3 no); absences have no row
QUERY = """
WITH states AS (SELECT DISTINCT session, state FROM ballots),
pairs AS (
    SELECT a.session AS session, a.state AS state, b.state AS partner
    FROM states a JOIN states b ON a.session = b.session AND a.state < b.state
),
joint AS (
    SELECT a.session AS session, a.state AS state, b.state AS partner, COUNT(*) AS n,
        COUNT(CASE WHEN a.code = b.code THEN 1 END) AS alike,
        COUNT(CASE WHEN a.code = 1 THEN 1 END) AS a1, COUNT(CASE WHEN b.code = 1 THEN 1 END) AS b1,
        COUNT(CASE WHEN a.code = 2 THEN 1 END) AS a2, COUNT(CASE WHEN b.code = 2 THEN 1 END) AS b2,
        COUNT(CASE WHEN a.code = 3 THEN 1 END) AS a3, COUNT(CASE WHEN b.code = 3 THEN 1 END) AS b3
    FROM ballots a JOIN ballots b ON a.session = b.session AND a.vote_id = b.vote_id AND a.state < b.state
    GROUP BY a.session, a.state, b.state
),
shares AS (
    SELECT session, state, partner, n, CAST(alike AS DOUBLE) / n AS agreement,
        CAST((a1 + b1) * (a1 + b1) + (a2 + b2) * (a2 + b2) + (a3 + b3) * (a3 + b3) AS DOUBLE) / (4 * n * n) AS pooled,
        CAST(a1 * b1 + a2 * b2 + a3 * b3 AS DOUBLE) / (n * n) AS own
    FROM joint
)
SELECT p.session AS session, p.state AS state, p.partner AS partner, COALESCE(s.n, 0) AS n, s.agreement AS agreement,
    CASE WHEN s.pooled < 1 THEN (s.agreement - s.pooled) / (1 - s.pooled) END AS pi,
    CASE WHEN s.own < 1 THEN (s.agreement - s.own) / (1 - s.own) END AS kappa
FROM pairs p LEFT JOIN shares s ON p.session = s.session AND p.state = s.state AND p.partner = s.partner
"""


class EngineError(Exception):
    """What an engine needs beside its package is not there; the message says what to install."""


@dataclass(frozen=True)
class Result:
    """One engine's answer: its name and version, the seconds from query to written answer, and the table."""

    name: str
    seconds: float
    frame: pd.DataFrame


def _required(name: str):
    with warnings.catch_warnings():  # Spark doubts the newest pandas when it is loaded; here it never meets pandas
        warnings.simplefilter("ignore", FutureWarning)
        return need(name, "The query on the engines", "requirements-engines.txt")


def java() -> str:
    """Return the path of the Java that Spark will use.

    Raises
    ------
    EngineError
        When there is none.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if not found:
        where = f"no java in JAVA_HOME ({home})" if home else "no java on the PATH"
        raise EngineError(f"Spark needs Java 17 or 21: {where}. Install a JDK, or set JAVA_HOME to one.")
    return found


def ballots(votes: pd.DataFrame) -> pd.DataFrame:
    """Return the votes cast, one row each: `session`, `vote_id`, `state`, `code`.

    `votes` is a table of codes: `vote_id`, `session` and one column per state (0 = no vote).
    """
    names = dyads.states(votes)
    codes = votes[names].to_numpy()
    row, column = np.nonzero(codes)
    return pd.DataFrame({
        "session": votes["session"].to_numpy()[row].astype("int32"), "vote_id": votes["vote_id"].to_numpy()[row],
        "state": np.array(names, dtype=object)[column], "code": codes[row, column].astype("int32"),
    })  # fmt: skip


def duckdb(source: Path, target: Path) -> Result:
    """Run the query in DuckDB over the Parquet file `source` and write the answer to `target`."""
    engine = _required("duckdb")
    with engine.connect() as connection:
        connection.execute(f"CREATE VIEW ballots AS SELECT * FROM read_parquet('{_quoted(source)}')")
        start = time.perf_counter()
        connection.execute(f"COPY ({QUERY}) TO '{_quoted(target)}' (FORMAT parquet)")
        seconds = time.perf_counter() - start
    return Result(f"DuckDB {engine.__version__}", seconds, _read(target))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


@contextmanager
def spark_session(folder: Path, master: str = MASTER) -> Iterator:
    """Give a Spark session whose every file lies in `folder`; the session ends with the block.

    Workers of a local cluster write to `work` in Spark's home, so the home is a folder of links to the package.
    """
    package = Path(_required("pyspark").__file__).parent
    java()
    home = folder / "spark-home"
    home.mkdir()
    for part in package.iterdir():
        if part.name != "work":
            (home / part.name).symlink_to(part, target_is_directory=part.is_dir())
    wanted = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder / "spark-local")}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("pakrus").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    session = builder.config("spark.sql.warehouse.dir", (folder / "warehouse").as_uri()).getOrCreate()
    try:
        yield session
    finally:
        gateway = session.sparkContext._gateway
        session.stop()
        _end(gateway)
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _end(gateway) -> None:
    """End the Java process that this session started, so that the next one begins anew and no pipe stays open."""
    from pyspark import SparkContext

    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(timeout=60)
    SparkContext._gateway = SparkContext._jvm = None


def spark(source: Path, target: Path, folder: Path, master: str = MASTER) -> Result:
    """Run the query in Spark over the Parquet file `source` and write the answer to the folder `target`."""
    with spark_session(folder, master) as session:
        session.read.parquet(source.as_uri()).createOrReplaceTempView("ballots")
        start = time.perf_counter()
        session.sql(QUERY).write.parquet(target.as_uri())
        seconds = time.perf_counter() - start
        workers = session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1  # all but the driver
        name = f"Spark {session.version}, {session.sparkContext.master}, executors: {workers}"
    return Result(name, seconds, _read(target))


def _read(path: Path) -> pd.DataFrame:
    return ordered(pd.read_parquet(path))


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """Return an answer in one order, with plain types, to be compared."""
    texts = frame.astype({"session": int, "state": object, "partner": object, "n": int} | dict.fromkeys(SHARES, float))
    return texts.sort_values(KEYS, ignore_index=True)[[*KEYS, "n", *SHARES]]


def differences(one: pd.DataFrame, other: pd.DataFrame) -> tuple[list[str], float]:
    """Return what differs between two answers in `ordered` form, and the largest difference of two shares."""
    if len(one) != len(other):
        return [f"{len(one):,} rows against {len(other):,}"], float("nan")
    found = [f"column {name}" for name in (*KEYS, "n") if not (one[name].to_numpy() == other[name].to_numpy()).all()]
    largest = 0.0
    for name in SHARES:
        left, right = one[name].to_numpy(), other[name].to_numpy()
        if (np.isnan(left) != np.isnan(right)).any():
            found.append(f"column {name}: missing values")
        largest = max(largest, float(np.nanmax(np.abs(left - right), initial=0)))
    if largest > TOLERANCE:
        found.append(f"a share by {largest:.3g}")
    return found, largest


def run(votes: pd.DataFrame, master: str = MASTER) -> tuple[list[Result], dict[tuple, tuple[list[str], float]]]:
    """Answer with `all_dyads`, DuckDB and Spark and compare each two; `votes` is a table of codes of all states.

    Returns the three results and, per pair of names, what differs and the largest difference of two shares.

    Raises
    ------
    MissingExtra
        When an engine's package is missing.
    EngineError
        When Java is missing.
    """
    for name in ("pyarrow", "duckdb", "pyspark"):
        _required(name)
    java()
    with tempfile.TemporaryDirectory(prefix="pakrus-engines-") as name:
        folder = Path(name).resolve()
        source = folder / "ballots.parquet"
        ballots(votes).to_parquet(source, index=False)
        start = time.perf_counter()
        frame = dyads.all_dyads(votes)
        seconds = time.perf_counter() - start
        results = [Result("all_dyads", seconds, ordered(frame)), duckdb(source, folder / "duckdb.parquet")]
        results.append(spark(source, folder / "spark.parquet", folder, master))
    pairs = [(one, other) for index, one in enumerate(results) for other in results[index + 1 :]]
    return results, {(one.name, other.name): differences(one.frame, other.frame) for one, other in pairs}
