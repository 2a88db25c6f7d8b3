"""What the descriptor says for the pages: a heading for each field, and how a table is cut by phase."""

from collections import defaultdict

import pytest

from pakrus import data, phases
from pakrus.terms import session_of_year

TABLES = data.tables()
CUT = [table for table in TABLES if "pakrus:cutBy" in data.resource(table)]

# Fields whose name means another thing than in the other tables, and so have a heading of their own.
OTHER_MEANING = {
    ("phases", "phase"), ("phases", "title"), ("events", "event_id"), ("events", "title"), ("leads", "title"),
    ("projects", "project_id"), ("projects", "title"), ("project_milestones", "description"), ("agreements", "series"),
    ("unga_votes", "source"), ("unga_dyads_rank", "rank"), ("unsc_votes", "topic"), ("unsc_votes", "symbol"),
    ("ideal_points", "n"), ("cross_source", "n"), ("icews_dyads", "n"), ("opinion", "n"), ("sensitivity", "n"),
    ("opinion", "target"), ("aid", "outlet"), ("recheck_testimony", "row_key"), ("claim_links", "key"),
    ("claim_links", "sample"), ("unsc_divided", "symbol"), ("unsc_divided", "topic"), ("unsc_ballots", "symbol"),
    ("unsc_terms", "n"), ("ideal_points_issues", "n"), ("media_comparators", "n"),
}  # fmt: skip

# Rows that are filled but lie in no phase: before Pakistan was a state, or about several phases. The number is the
# number of rows; a row more or less is to be looked at before it is written here.
OUTSIDE = {
    "claims": 9, "ideal_points": 3, "ideal_points_issues": 6, "price_index": 1, "ungd_mentions": 28, "unsc_divided": 29,
    "unsc_votes": 11,
}  # fmt: skip


def titles(table: str) -> dict[str, str]:
    return {field["name"]: field.get("title", "") for field in data.resource(table)["schema"]["fields"]}


@pytest.mark.parametrize("table", TABLES)
def test_each_field_has_a_short_heading_of_its_own(table):
    headings = titles(table)
    for field, heading in headings.items():
        assert 1 <= len(heading) <= 40 and len(heading.split()) <= 4, (
            f"{table}.{field}: {heading!r}, 1 to 4 words expected"
        )
        assert heading == heading.strip() and not heading.endswith((":", ".")), f"{table}.{field}: {heading!r}"
        assert heading[0] == heading[0].upper() and "_" not in heading, (
            f"{table}.{field}: {heading!r}, sentence case expected"
        )
        assert "%" not in heading and "(" not in heading, f"{table}.{field}: {heading!r}, the unit stands in `unit`"
    assert len(set(headings.values())) == len(headings), f"{table}: two columns with the same heading"


def test_a_name_has_the_same_heading_in_every_table():
    found = defaultdict(lambda: defaultdict(list))
    for table in TABLES:
        for field, heading in titles(table).items():
            if (table, field) not in OTHER_MEANING:
                found[field][heading].append(table)
    differ = {field: dict(headings) for field, headings in found.items() if len(headings) > 1}
    assert not differ, f"one heading for a name, or the table listed in OTHER_MEANING: {differ}"
    for table, field in OTHER_MEANING:
        assert titles(table)[field] not in found[field], f"{table}.{field} has the common heading: not to be listed"


def phases_open_to(kind: str, value) -> list[str]:
    """Return the ids of the phases into which a value of a cutting field may fall."""
    if kind == "session":
        return [phase for phase, (first, last) in phases.sessions().items() if first <= value <= last]
    if kind == "session_year":
        return phases_open_to("session", session_of_year(value))
    if kind == "year":
        return phases.phases_of(f"{value}-07-02")
    if kind == "date":
        return phases.phases_of(value)
    return [value] if value in set(phases.phases()["phase"]) else []


@pytest.mark.parametrize("table", CUT)
def test_the_field_that_cuts_a_table_is_of_its_kind_and_filled_in_every_row(table):
    cut = data.resource(table)["pakrus:cutBy"]
    types = {
        "session": "integer",
        "year": "integer",
        "session_year": "integer",
        "phase": "string",
        "event": "string",
        "date": "string",
    }
    assert len(cut) == 1 or list(cut) == ["event", "date"], f"{table}: one way, or the event and else the date"
    fields = {entry["name"]: entry for entry in data.resource(table)["schema"]["fields"]}
    frame = data.load(table)
    for kind, field in cut.items():
        assert kind in types, f"{table}: {kind!r} is none of {', '.join(types)}"
        assert field in fields, f"{table}: no field {field!r}"
        assert fields[field]["type"] == types[kind], f"{table}.{field}: {types[kind]} expected to cut by {kind}"
        if kind == "event":
            assert set(frame[field].dropna()) <= set(data.load("events")["event_id"]), f"{table}.{field}: no such event"
    values = frame[field]  # the last way holds for every row that the others leave
    assert values.notna().all(), f"{table}.{field} is empty in {int(values.isna().sum())} rows"
    if kind == "event":
        return
    outside = sum(rows for value, rows in values.value_counts().items() if not phases_open_to(kind, value))
    assert outside == OUTSIDE.get(table, 0), f"{table}.{field}: {outside} rows lie in no phase"


def test_a_table_with_a_session_or_a_phase_in_every_row_says_how_it_is_cut():
    for table in set(TABLES) - set(CUT) - {"phases"}:
        frame = data.load(table)
        whole = [name for name in ("session", "phase", "year", "date") if name in frame and frame[name].notna().all()]
        assert not whole or table == "phase_boundaries", f"{table}: `pakrus:cutBy` missing, {whole} would do"


def test_each_table_says_its_licence_in_the_form_that_archives_read():
    """A table that says nothing would inherit the package's CC BY, also one that is not ours to license."""
    own = [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ]
    others = [{"name": "notspecified", "title": "the terms of its sources, no licence of the book's own"}]
    package = data.descriptor()
    assert package["licenses"] == own
    for entry in package["resources"]:
        assert entry["licenses"] in (own, others), entry["name"]  # one, by its name in SPDX or the Open Definition
        if entry["licenses"] == own:  # what is derived from others' files is not licensed by us
            assert not any(source.get("pakrus:inputs") for source in entry["sources"]), entry["name"]
        else:
            assert all(source["terms"] for source in entry["sources"]), entry["name"]
