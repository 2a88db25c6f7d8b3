"""Change one value in a table: nbval must fail in every chapter that uses the table, and not only in its list of data."""

import csv
import os
import re
import shutil
import subprocess
import sys

import pytest
from book_notebooks import NOTEBOOKS, ROOT, TABLE, bundles, cells

from pakrus import phases

SPANS = {row.phase: (row.first_day, row.last_day if isinstance(row.last_day, str) else "2099") for row in phases.phases().itertuples()}


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
    "unga_agreement": (lambda row: row["partner"] == "RUS", lambda row: row.update(agreement=f"{float(row['agreement']) / 2:.4f}", percentile="1.0", kappa="0.9", n="1")),
    "unga_contested": (lambda row: row["sided_with"] == "RUS", lambda row: row.update(PAK=row["USA"], sided_with="USA")),
    "ideal_points": (lambda row: row["state"] == "PAK", lambda row: row.update(ideal_point="2.5")),
    "trade": (lambda row: row["source"] in ("cowtrade", "comtrade") and row["exporter"] == "RUS", _times("value_usd_m", 40)),
    "trade_partners": (lambda row: row["partner"] == "RUS", _times("value_usd_m", 30)),
    "price_index": (lambda row: True, _times("cpi_u", 3)),
    "arms_transfers": (lambda row: row["supplier"] == "RUS" and row["recipient"] == "PAK", lambda row: row.update(tiv_delivered="999.0", delivered="7")),
    "arms_volume": (lambda row: row["supplier"] == "RUS" and row["recipient"] == "PAK" and row["method"] == "published", _times("tiv", 50)),
    "events": (lambda row: row["status"] == "happened" and int(row["cooperation"]) > 0, lambda row: row.update(cooperation="-5", category="crisis", confidence="disputed")),
    "event_sources": (lambda row: row["testimony"] == "reports", lambda row: row.update(key="unvotes", origin="United Nations", perspective="third-party")),
    "visits": (lambda row: row["status"] == "happened" and row["rank"] in ("head-of-state", "head-of-government"), lambda row: row.update(status="cancelled")),
    "agreements": (lambda row: row["field"] != "space", lambda row: row.update(field="space", type="plan")),
}
DATES = {"unga_votes": "year", "unga_agreement": "year", "unga_contested": "year", "ideal_points": "year", "trade": "year", "trade_partners": "year", "price_index": "year",
         "arms_transfers": "order_year", "arms_volume": "year", "events": "date", "event_sources": "event_id", "visits": "start_date", "agreements": "date"}  # fmt: skip


def _tables_used(path):
    """The tables that a notebook's own list of data names."""
    used = [b for b in bundles(path, TABLE) if b["name"].endswith("-data-used")]
    return [row[0] for row in used[0]["rows"]] if used else []


PAIRS = [(path, table) for path in NOTEBOOKS for table in _tables_used(path)]


def test_each_notebook_lists_the_tables_that_its_code_loads():
    for path in NOTEBOOKS:
        named = set(re.findall(r"data\.load\(\"(\w+)\"\)", "\n".join(cell["text"] for cell in cells(path, "code"))))
        assert named and named <= set(_tables_used(path)), path.stem
    assert {table for _, table in PAIRS} <= set(CHANGES)


def _mutate(folder, table, span):
    """Change one row of a table and return what was changed."""
    which, change = CHANGES[table]
    path = folder / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first, last = (day[:4] for day in span)
    candidates = [row for row in rows if which(row) and (table not in DATES or first <= row[DATES[table]][:4] <= last)] or [row for row in rows if which(row)]
    row = candidates[len(candidates) // 2]
    before = dict(row)
    change(row)
    assert row != before
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return before, row


@pytest.mark.slow
@pytest.mark.parametrize(("path", "table"), PAIRS, ids=[f"{path.stem}-{table}" for path, table in PAIRS])
def test_one_changed_value_makes_nbval_fail(path, table, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    shutil.copy(ROOT / "references.bib", tmp_path)
    before, after = _mutate(folder, table, SPANS.get(path.stem, ("1947", "2099")))
    environment = {**os.environ, "PAKRUS_DATA": str(folder), "PYTHONHASHSEED": "0"}
    environment.pop("PYTEST_ADDOPTS", None)
    subprocess.run([sys.executable, "-m", "pakrus", "seal"], env=environment, cwd=ROOT, check=True, capture_output=True)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", str(path), "--nbval", "--nbval-current-env", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts="],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert run.returncode == 1, run.stdout[-2000:] + run.stderr[-500:]
    failed = {int(number) for number in re.findall(r"::Cell (\d+)", run.stdout)}
    last = len(cells(path, "code")) - 1
    changed = {key: (before[key], after[key]) for key in after if after[key] != before[key]}
    assert failed - {last}, f"only the list of data noticed the change of {changed} in {before}"
