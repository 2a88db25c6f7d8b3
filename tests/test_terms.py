"""What the code calls by name is what the descriptor lets the tables hold."""

import pytest

from pakrus import data, references, terms


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("events", "category", terms.CATEGORIES),
        ("events", "status", terms.STATUS),
        ("event_sources", "perspective", terms.PERSPECTIVES),
        ("claims", "verdict", terms.VERDICTS),
        ("claims", "phase", terms.CLAIM_PHASES),
        ("claims", "theme", terms.THEMES),
        ("claims", "frame", terms.FRAMES),
        ("claim_evidence", "bearing", terms.BEARINGS),
        ("ideal_points", "state", terms.STATES),
    ],
)
def test_a_vocabulary_is_the_descriptors(table, column, words):
    assert set(words) == set(_allowed(table, column))


def test_every_kind_of_source_has_its_words():
    kinds = {entry.fields["keywords"] for entry in references.read().entries.values() if "keywords" in entry.fields}
    assert kinds == set(terms.SOURCE_KINDS)


@pytest.mark.parametrize(("column", "chosen"), [("rank", terms.LEADERS), ("kind", terms.BILATERAL)])
def test_what_is_chosen_is_allowed(column, chosen):
    assert set(chosen) < set(_allowed("visits", column))


def test_errors_are_decided_and_the_decided_are_verdicts():
    assert set(terms.ERRORS) < set(terms.DECIDED) < set(terms.VERDICTS)


@pytest.mark.parametrize(
    ("first", "last", "whose"),
    [(1947, 1991, "Soviet"), (1992, 2001, "Russian"), (1991, 2001, "Soviet/Russian"), (1948, 2026, "Soviet/Russian")],
)
def test_what_moscow_did_is_named_after_its_time(first, last, whose):
    assert terms.of_moscow(first, last) == whose


def _allowed(table, column):
    fields = {field["name"]: field for field in data.resource(table)["schema"]["fields"]}
    return fields[column]["constraints"]["enum"]
