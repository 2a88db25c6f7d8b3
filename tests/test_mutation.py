"""Change one value in a table: nbval must fail in every chapter that uses the table.

nbval is run on each chapter with a changed copy of each table that it loads. Every page ends with the list of its data,
with fingerprints; that more than this list fails is shown for each table in one chapter.
"""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from book_notebooks import NOTEBOOKS, ROOT, TABLE, bundles, cells

from pakrus import data, figures, phases
from pakrus.figures import page

SPANS = {
    row.phase: (row.first_day, row.last_day if isinstance(row.last_day, str) else "2099")
    for row in phases.phases().itertuples()
}


def _flip(column, values):
    """A change that swaps a cell between two values."""
    return lambda row: row.update({column: values[1] if row[column] == values[0] else values[0]})


def _times(column, factor):
    return lambda row: row.update({column: f"{float(row[column]) * factor:.4f}"})


# table -> (which rows may be changed, how); the middle one of them within the chapter's phase is
CHANGES = {
    "phases": (lambda row: row["phase"] == "post-9-11", lambda row: row.update(title="After 2001")),
    "phase_boundaries": (lambda row: True, lambda row: row.update(first_session=str(int(row["first_session"]) + 2))),
    "unga_votes": (lambda row: row["PAK"] == "yes" and row["RUS"] == "yes", lambda row: row.update(PAK="no")),
    "unga_agreement": (
        lambda row: row["partner"] == "RUS",
        lambda row: row.update(agreement=f"{float(row['agreement']) / 2:.4f}", percentile="1.0", kappa="0.9", n="1"),
    ),
    "unga_contested": (
        lambda row: row["sided_with"] == "RUS",
        lambda row: row.update(PAK=row["USA"], sided_with="USA"),
    ),
    "ideal_points": (lambda row: row["state"] == "PAK", lambda row: row.update(ideal_point="2.5")),
    "trade": (
        lambda row: row["source"] in ("cowtrade", "comtrade") and row["exporter"] == "RUS",
        _times("value_usd_m", 40),
    ),
    "trade_partners": (lambda row: row["partner"] == "RUS", _times("value_usd_m", 30)),
    "price_index": (lambda row: True, _times("cpi_u", 3)),
    "arms_transfers": (
        lambda row: row["supplier"] == "RUS" and row["recipient"] == "PAK",
        lambda row: row.update(supplier="CHN", ordered="7", delivered="7", tiv_delivered="999.0"),
    ),
    "arms_volume": (
        lambda row: row["supplier"] == "RUS" and row["recipient"] == "PAK" and row["method"] == "published",
        _times("tiv", 50),
    ),
    "events": (
        lambda row: row["status"] == "happened" and int(row["cooperation"]) > 0,
        lambda row: row.update(cooperation="-5", category="crisis", confidence="disputed"),
    ),
    "event_sources": (
        lambda row: row["testimony"] == "reports",
        lambda row: row.update(key="unvotes", origin="United Nations", perspective="third-party"),
    ),
    "visits": (
        lambda row: row["status"] == "happened" and row["rank"] in ("head-of-state", "head-of-government"),
        lambda row: row.update(status="cancelled"),
    ),
    # counted, not shown row by row: a row goes
    **{
        table: (lambda row: True, None)
        for table in (
            "exercises",
            "envoys",
            "institutions",
            "projects",
            "project_milestones",
            "recheck",
            "recheck_testimony",
            "leads",
            "claim_evidence",
            "claim_events",
            "claim_links",
        )
    },
    "sensitivity": (lambda row: row["variant_kind"] != "baseline" and row["value"], _times("value", 3)),
    "event_codings": (lambda row: True, lambda row: row.update(second="-4", adjudicated="4")),
    "claims": (lambda row: row["verdict"] == "supported", lambda row: row.update(verdict="contradicted")),
    "claim_codings": (lambda row: row["second"] == "supported", lambda row: row.update(second="opinion")),
    "claim_articles": (lambda row: True, lambda row: row.update(words=str(3 * int(row["words"])))),
    "agreements": (
        lambda row: row["field"] != "space",
        lambda row: row.update(field="space", type="plan", date="1950-01-01"),
    ),
}
DATES = {"unga_votes": "year", "unga_agreement": "year", "unga_contested": "year", "ideal_points": "year", "trade": "year", "trade_partners": "year", "price_index": "year",
         "arms_transfers": "order_year", "arms_volume": "year", "events": "date", "event_sources": "event_id", "visits": "start_date", "agreements": "date"}  # fmt: skip


def _tables_used(path):
    """The tables that a notebook's own list of data names."""
    used = [b for b in bundles(path, TABLE) if b["name"].endswith("-data-used")]
    return [row[0] for row in used[0]["rows"]] if used else []


PAIRS = [(path, table) for path in NOTEBOOKS for table in _tables_used(path)]
# the page whose own cells must notice a table's change: the last chapter that uses it, chapters before other pages
IN_CHAPTERS = {table: path for path, table in PAIRS if path.parent.name == "chapters"}
TRIED = {
    **{table: path for path, table in reversed(PAIRS)},
    **IN_CHAPTERS,
    "visits": ROOT / "chapters" / "post-9-11.ipynb",
    "agreements": ROOT / "chapters" / "post-1991.ipynb",
}
WITH_NBVAL = [(path, table) for path, table in PAIRS if path.parent.name == "chapters" or TRIED[table] == path]


def test_each_notebook_lists_the_tables_that_its_code_loads():
    for path in NOTEBOOKS:
        named = set(re.findall(r"data\.load\(\"(\w+)\"\)", "\n".join(cell["text"] for cell in cells(path, "code"))))
        assert named and named <= set(_tables_used(path)), path.stem
    assert {table for _, table in PAIRS} <= set(CHANGES)


ONLY_DRAWN = {"phases"}  # shown as bands behind the lines and in their labels; drawings are not compared


def _mutate(folder, table, span, every=False):
    """Change one row of a table, the middle one of those a chapter is about, or every such row; return what was changed."""
    which, change = CHANGES[table]
    path = folder / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first, last = (day[:4] for day in span)
    candidates = [
        row for row in rows if which(row) and (table not in DATES or first <= row[DATES[table]][:4] <= last)
    ] or [row for row in rows if which(row)]
    chosen = candidates if every else [candidates[len(candidates) // 2]]
    before = [dict(row) for row in chosen]
    if change is None:
        rows = [row for row in rows if row not in chosen[:1]]
    for row in chosen:
        (change or (lambda row: row))(row)
    assert change is None or before != chosen
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return [
        {key: (old[key], new[key]) for key in new if new[key] != old[key]}
        for old, new in zip(before, chosen, strict=True)
    ]


def _seal(folder, table):
    """Record the changed table's fingerprint, so that the change itself is met and not the broken seal."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    content = (folder / f"{table}.csv").read_bytes()
    for entry in package["resources"]:
        if entry["name"] == table:
            entry["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    path.write_text(json.dumps(package), encoding="utf-8")


def _first_failing_cell(path, table, folder, every=False):
    """Run nbval on a notebook with a changed copy of one table; return the number of the first cell that fails, and the change."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(ROOT / "references.bib", folder)
    changed = _mutate(folder / "data", table, SPANS.get(path.stem, ("1947", "2099")), every)
    _seal(folder / "data", table)
    environment = {**os.environ, "PAKRUS_DATA": str(folder / "data"), "PYTHONHASHSEED": "0"}
    environment.pop("PYTEST_ADDOPTS", None)
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # nbval alone: the other plugins double the time to start
    environment["PYTHONPATH"] = str(ROOT / "tests" / "without_parsers")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", str(path), "-p", "nbval.plugin", "--nbval", "--nbval-current-env", "-q", "-x", "-p", "no:cacheprovider", "-o", "addopts="],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert run.returncode == 1, f"no cell noticed {changed}\n{run.stdout[-1500:]}{run.stderr[-500:]}"
    return min(int(number) for number in re.findall(r"::Cell (\d+)", run.stdout)), changed


@pytest.mark.parametrize(("path", "table"), PAIRS, ids=[f"{path.stem}-{table}" for path, table in PAIRS])
def test_one_changed_value_changes_what_nbval_compares(path, table, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    changed = _mutate(tmp_path / "data", table, SPANS.get(path.stem, ("1947", "2099")))
    _seal(tmp_path / "data", table)
    shown = []
    monkeypatch.setenv("PAKRUS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(data, "_loaded", dict.fromkeys(_tables_used(path)))
    monkeypatch.setattr(page, "display", lambda bundle, raw: shown.append(bundle))
    figures.data_used(path.stem)
    stored = next(b for b in bundles(path, TABLE) if b["name"] == f"{path.stem}-data-used")
    fresh = shown[0][TABLE]
    assert [row[0] for row in fresh["rows"]] == [row[0] for row in stored["rows"]]
    different = [new[0] for new, old in zip(fresh["rows"], stored["rows"], strict=True) if new != old]
    assert different == [table], changed


@pytest.mark.slow
@pytest.mark.parametrize(("path", "table"), WITH_NBVAL, ids=[f"{path.stem}-{table}" for path, table in WITH_NBVAL])
def test_one_changed_value_makes_nbval_fail(path, table, tmp_path):
    last = len(cells(path, "code")) - 1
    cell, changed = _first_failing_cell(path, table, tmp_path / "one")
    if TRIED[table] != path or table in ONLY_DRAWN or cell < last:
        return
    # the page does not show that row itself: then it must show the rows as a whole
    cell, changed = _first_failing_cell(path, table, tmp_path / "every", every=True)
    assert cell < last, f"only the list of data noticed {changed}"
