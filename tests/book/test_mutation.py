"""Change one value in a table: every page that uses the table must notice.

Each page is run in this process on a changed copy of the data, and what its cells show is compared with what is stored,
as nbval does. Every page ends with the list of its data, with fingerprints, so this list notices every change; that the
page's own cells notice it too is asked for each table of one page, the one in TRIED.
"""

import csv
import hashlib
import json
import shutil

import in_process
import pytest
from book_notebooks import NOTEBOOKS, ROOT, TABLE, bundles

from pakrus import phases

SPANS = {
    row.phase: (row.first_day, row.last_day if isinstance(row.last_day, str) else "2099")
    for row in phases.phases().itertuples()
}


def _times(column, factor):
    return lambda row: row.update({column: f"{float(row[column]) * factor:.4f}"})


def _of_the_pair(row):
    """The row of Pakistan with the USSR/Russia for a phase that this book has, in tables with a row per span."""
    return row["state"] == "PAK" and row["partner"] == "RUS" and row["span"] in SPANS


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
    "unga_moscow_places": (
        lambda row: row["state"] == "PAK" and row["half"] == "all",
        lambda row: row.update(percentile="1.0"),
    ),
    "arms_suppliers": (
        lambda row: row["recipient"] == "IND" and row["supplier"] == "RUS" and row["share_five_years"],
        lambda row: row.update(share="0.01", share_five_years="0.02"),
    ),
    "ungd_mentions": (
        lambda row: row["speaker"] == "RUS" and row["group"] == "AFG",
        lambda row: row.update(per_10000_words="99.0"),
    ),
    "unga_contested_base": (_of_the_pair, _times("above_median_pp", 5)),
    "unga_rank_spans": (
        lambda row: _of_the_pair(row) and row["agenda"] == "all",
        lambda row: row.update(percentile="1.0", percentile_low="0.5", percentile_high="2.0"),
    ),
    "unga_rank_shifts": (
        lambda row: row["state"] == "PAK" and row["partner"] == "RUS" and row["agenda"] == "all",
        _times("percentile", -1),
    ),
    "unsc_terms": (lambda row: row["member"] == "PAK", lambda row: row.update(same_rus="0", parted_rus="0")),
    "unsc_ballots": (
        lambda row: row["member"] == "PAK" and row["vote"] == "yes",
        lambda row: row.update(vote="abstain"),
    ),
    "ideal_points": (lambda row: row["state"] == "PAK", lambda row: row.update(ideal_point="2.5")),
    "ideal_points_issues": (
        lambda row: row["state"] == "RUS" and row["issue"] == "all",
        lambda row: row.update(ideal_point="-2.5"),
    ),
    "ideal_nearness": (
        lambda row: row["state"] == "PAK" and row["partner"] == "RUS",
        lambda row: row.update(percentile="1.0"),
    ),
    "ungd_contexts": (
        lambda row: row["speaker"] == "PAK" and int(row["year"]) >= 2000,
        lambda row: row.update(term="Moscow", context="another place"),
    ),
    "ungd_checked": (lambda row: row["verdict"] == "right", lambda row: row.update(verdict="wrong")),
    "media_attention": (lambda row: row["outlet"] == "1tv", lambda row: row.update(n_pakistan="400", share="0.9")),
    "media_comparators": (
        lambda row: row["outlet"] == "1tv" and row["named"] == "PAK",
        lambda row: row.update(n="4000", share="0.7", low="0.6", high="0.8"),
    ),
    "opinion": (
        lambda row: row["target"] == "RUS" and row["favourable"],
        lambda row: row.update(favourable="80.0", unfavourable="10.0", no_answer="10.0"),
    ),
    "trade": (
        lambda row: row["source"] in ("cowtrade", "comtrade") and row["exporter"] == "RUS",
        _times("value_usd_m", 40),
    ),
    "trade_partners": (lambda row: row["partner"] == "RUS", _times("value_usd_m", 30)),
    "aid": (lambda row: row["donor"] == "CHN", _times("value", 50)),
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
            "agreements",
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
    "project_kinds": (lambda row: row["kind"] == "built", lambda row: row.update(kind="shipped")),
    "event_codings": (lambda row: True, lambda row: row.update(second="-4", adjudicated="4")),
    "claims": (lambda row: row["verdict"] == "supported", lambda row: row.update(verdict="contradicted")),
    "claim_codings": (lambda row: row["second"] == "supported", lambda row: row.update(second="opinion")),
    "claim_articles": (lambda row: True, lambda row: row.update(words=str(3 * int(row["words"])))),
}
DATES = {"unga_votes": "year", "unga_agreement": "year", "unga_contested": "year", "ideal_points": "year", "ideal_points_issues": "year", "ideal_nearness": "year", "opinion": "year", "unsc_ballots": "date", "unsc_terms": "first_year", "trade": "year", "trade_partners": "year", "price_index": "year",
         "arms_transfers": "order_year", "arms_volume": "year", "events": "date", "event_sources": "event_id", "visits": "start_date", "agreements": "date", "projects": "first_announced", "project_milestones": "date"}  # fmt: skip


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
    "unga_agreement": ROOT / "chapters" / "sco-era.ipynb",  # the row that is changed is one with Moscow
    "aid": ROOT / "chapters" / "promises.ipynb",  # and here one of China's
    "arms_suppliers": ROOT / "chapters" / "third-parties.ipynb",  # India's purchases
    "ungd_mentions": ROOT / "chapters" / "third-parties.ipynb",  # Moscow's words on Afghanistan
    "ideal_points_issues": ROOT / "chapters" / "post-1991.ipynb",
    "unga_contested_base": ROOT / "chapters" / "sco-era.ipynb",
    "unga_rank_shifts": ROOT / "chapters" / "post-9-11.ipynb",
    "agreements": ROOT / "chapters" / "post-1991.ipynb",
    "projects": ROOT / "chapters" / "post-9-11.ipynb",
    "project_milestones": ROOT / "chapters" / "post-9-11.ipynb",
}
ONLY_DRAWN = {"phases"}  # shown as bands behind the lines and in their labels; drawings are not compared


@pytest.mark.long  # that outputs are what the code gives, nbval proves in the short tests
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_unchanged_data_give_what_is_stored_and_the_list_names_every_table_loaded(path):
    for number, (fresh, stored) in enumerate(zip(in_process.run(path), in_process.stored(path), strict=True)):
        assert fresh == stored, f"{path.name}, code cell {number}"
        tables = in_process.loaded()
    assert _tables_used(path) == tables


def test_every_table_that_a_page_uses_is_changed_here():
    assert {table for _, table in PAIRS} <= set(CHANGES)


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
        gone = chosen[:-1] if every else chosen
        rows = [row for row in rows if row not in gone]
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


def _copy(folder):
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(ROOT / "references.bib", folder)
    return folder / "data"


def _span(path):
    return SPANS.get(path.stem, ("1947", "2099"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_the_list_of_the_data_shows_each_table_that_changed_and_no_other(path, tmp_path):
    """With every second table changed, then with the others: the rows of the list that differ are theirs."""
    used = _tables_used(path)
    stored = {
        row[0]: row for o in in_process.stored(path)[-1] if TABLE in o["data"] for row in o["data"][TABLE]["rows"]
    }
    load = "from pakrus import data, figures\n" + "".join(f"data.load({table!r})\n" for table in used)
    for half in (used[::2], used[1::2]):
        folder = _copy(tmp_path / half[0])
        for table in half:
            _mutate(folder, table, _span(path))
            _seal(folder, table)
        (_, shown) = in_process.run_sources([f"{load}None", in_process.sources(path)[-1]], folder)
        rows = next(o["data"][TABLE]["rows"] for o in shown if TABLE in o["data"])
        assert [row[0] for row in rows] == used
        assert [row[0] for row in rows if row != stored[row[0]]] == half


def _first_to_notice(path, table, folder, every=False):
    """Return the number of the first cell that shows something else, or can no more be run, once a table has changed."""
    data = _copy(folder)
    changed = _mutate(data, table, _span(path), every)
    _seal(data, table)
    stored, number = in_process.stored(path), 0
    try:
        for fresh in in_process.run(path, data):
            if fresh != stored[number]:
                return number, changed
            number += 1
    except Exception:  # whatever a cell raises, nbval reports it
        return number, changed
    raise AssertionError(f"no cell noticed {changed}")


@pytest.mark.long
@pytest.mark.parametrize("table", sorted(TRIED.keys() - ONLY_DRAWN))
def test_one_changed_value_is_noticed_by_a_page_that_uses_the_table(table, tmp_path):
    """Beside the list of its data, which every page shows (above): a page's own cells notice it."""
    path = TRIED[table]
    last = len(in_process.stored(path)) - 1
    cell, changed = _first_to_notice(path, table, tmp_path / "one")
    if cell == last:
        # the page does not show that row itself: then it must show the rows as a whole
        cell, changed = _first_to_notice(path, table, tmp_path / "every", every=True)
        assert cell < last, f"only the list of data noticed {changed}"
