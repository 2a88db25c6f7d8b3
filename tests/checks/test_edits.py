"""`check` against single bad edits that were written without sight of its rules: what it must catch, and how it must say so.

The long trial takes some edits of each kind; PAKRUS_EDITS=all takes all of them (a quarter of an hour), PAKRUS_EDITS_SEED
another seed. `tests/checks/trial.py` prints the same as a table, with the messages.
"""

import os
import random
import subprocess
import sys

import pytest
from broken import BOOK
from edits import KINDS, REFERENCES, Edit, edits, parse
from trial import CAUGHT, CRASH, MISSED, REFUSED, Trial, faults, linked, of_bytes, report, share, tried

from pakrus import checks, data, store
from pakrus.checks.problem import Problem
from pakrus.folder import ROOT

SEED = int(os.environ.get("PAKRUS_EDITS_SEED", "7"))
WHOLE = os.environ.get("PAKRUS_EDITS") == "all"
OF_A_KIND = 2  # in the sample: the trial may take a minute
MUST_BE_CAUGHT = 0.97
MUST_BE_SAID_WELL = 0.9  # a wrong date that is also a key is told twice, as a date and as a key


@pytest.fixture(scope="module")
def chosen():
    return edits(SEED, BOOK)


@pytest.mark.long
def test_every_table_is_edited_and_every_edit_changes_what_it_says(chosen):
    assert {edit.table for edit in chosen} == {*data.tables(BOOK), REFERENCES}
    assert len({edit.name for edit in chosen}) == len(chosen) >= 170
    stored = {table: BOOK.table(table).read_bytes() for table in data.tables(BOOK)}
    stored[REFERENCES] = BOOK.references.read_bytes()
    rows = {table: parse(content) for table, content in stored.items() if table != REFERENCES}
    for edit in chosen:
        changed = edit.change(stored[edit.table])
        assert changed != stored[edit.table] and changed == edit.change(stored[edit.table]), edit.name
        if edit.value is not None and edit.row is not None:
            after = parse(changed)
            differing = [i for i, pair in enumerate(zip(rows[edit.table], after, strict=True), 1) if pair[0] != pair[1]]
            assert differing == [edit.row], edit.name
            assert after[edit.row - 1][after[0].index(edit.column)] == edit.value, edit.name


@pytest.mark.long
def test_another_seed_makes_the_same_mistakes_elsewhere(chosen):
    other = edits(SEED + 1, BOOK)
    assert [edit.name for edit in other] == [edit.name for edit in chosen]
    moved = sum(a.row != b.row for a, b in zip(chosen, other, strict=True))
    assert moved > 0.8 * sum(edit.row is not None and edit.value is not None for edit in chosen)


@pytest.mark.long
def test_the_edits_do_not_depend_on_the_order_of_sets():
    program = f"from edits import edits; print([(e.name, e.row, e.column, e.value, e.words) for e in edits({SEED})])"
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "checks")])

    def said(hash_seed):
        known = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": path, "PYTHONUTF8": "1"}
        return subprocess.run([sys.executable, "-c", program], env=known, check=True, capture_output=True).stdout

    assert said("1") == said("2") != b"[]\n"


@pytest.fixture
def cell():
    return Edit("numbers 1", "numbers", "8,1", "opinion", bytes, row=16, column="favourable", value="8,1")


WELL_SAID = Problem("data/opinion.csv", 16, "favourable", "8,1", "a number with a point", "Correct the cell.")


def but(**changed):
    return Problem(**{**vars(WELL_SAID), **changed})


def test_a_message_that_says_all_has_no_fault(cell):
    assert faults(cell, [WELL_SAID]) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ([but(file="data/trade.csv")], "names another file"),
        ([WELL_SAID, but(file="data/trade.csv")], "blames other files as well"),
        ([but(row=17)], "does not name row and column"),
        ([but(column="n")], "does not name row and column"),
        ([but(value="")], "does not show the value"),
        ([but(expected=r"a text like ^\d{4}(-\d{2})?$")], "a pattern as expectation"),
        ([but(expected="[a-z0-9]+ with hyphens")], "a pattern as expectation"),
        ([but(expected="")], "an empty expectation"),
        ([but(remedy="")], "no remedy"),
        ([WELL_SAID, WELL_SAID], "more than 1 message"),
    ],
)
def test_each_fault_of_a_message_is_found(cell, said, fault):
    assert fault in faults(cell, said)


def test_plain_words_are_no_pattern(cell):
    for words in (
        "YYYY-MM-DD, as in 1966-01-10",
        "one of diplomacy, visit (see the rules)",
        "at most 25 words; MB (2^20 bytes)",
    ):
        assert faults(cell, [but(expected=words)]) == []


def test_a_message_of_the_other_side_will_do(cell):
    verdict = Edit("x 1", "x", "", "claims", bytes, row=4, column="verdict", value="supported", near=("claim_codings",))
    said = [Problem("data/claim_codings.csv", 4, "adjudicated", "opinion", "the verdict of claims", "Say one thing.")]
    assert faults(verdict, said) == []


@pytest.mark.long
def test_the_fingerprint_is_told_from_a_fault(tmp_path):
    folder = linked(BOOK, tmp_path)
    path = folder.table("price_index")
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content.replace(b"1947,22.3", b"1947,22.4"))
    found = checks.run(folder)
    assert found and all(of_bytes(problem) for problem in found)
    assert not of_bytes(but(column="sha256", value="sha256:ab", row=2))
    store.seal(folder, derived=True)
    assert BOOK.table("price_index").read_bytes() == content, "the links keep the book from the trial"
    assert folder.descriptor.read_bytes() != BOOK.descriptor.read_bytes()


@pytest.mark.long
def test_a_trial_tells_what_became_of_an_edit(chosen, monkeypatch):
    by_name = {edit.name: edit for edit in chosen}
    edit = by_name["words beyond the vocabulary 1"]
    assert tried(edit, BOOK, unsealed=False).outcome == CAUGHT
    harmless = Edit("x 1", "x", "", "price_index", lambda content: content.replace(b"22.3", b"22.4"))
    assert tried(harmless, BOOK, unsealed=False).outcome == MISSED

    def stops(error):
        def run(folder):
            raise error

        monkeypatch.setattr("pakrus.checks.run", run)
        return tried(edit, BOOK)

    assert stops(data.DataError("one line")).outcome == REFUSED
    assert stops(KeyError("event_id")).outcome == CRASH


def test_the_report_counts_each_outcome(cell):
    found = [
        Trial(cell, CAUGHT, [WELL_SAID], [str(WELL_SAID)]),
        Trial(cell, MISSED),
        Trial(cell, CRASH),
        Trial(cell, MISSED),
    ]
    assert share(found) == 0.25
    assert "| numbers | 4 | 1 | 2 | 0 | 1 | 1 | 1 | 0 |" in report(found, 7, 4.0)


@pytest.fixture(scope="module")
def trial(chosen):
    """The sample, or all: tried once for the three questions below."""
    rnd = random.Random(SEED)
    sample = chosen
    if not WHOLE:
        by_kind = {kind: [edit for edit in chosen if edit.kind == kind] for kind in KINDS}
        sample = [edit for kind in KINDS for edit in rnd.sample(by_kind[kind], OF_A_KIND)]
    return [tried(edit, BOOK, unsealed=WHOLE) for edit in sample]


@pytest.mark.long
def test_no_bad_edit_stops_check(trial):
    assert [(t.edit.name, t.edit.words, t.words) for t in trial if t.outcome in (CRASH, REFUSED)] == []


@pytest.mark.long
def test_bad_edits_are_caught(trial):
    missed = [
        (t.edit.name, t.edit.table, t.edit.row, t.edit.column, t.edit.words) for t in trial if t.outcome == MISSED
    ]
    assert share(trial) >= MUST_BE_CAUGHT, missed


@pytest.mark.long
def test_messages_name_the_cell_and_say_what_to_do(trial):
    bad = [(t.edit.name, t.faults, t.words[:3]) for t in trial if t.faults]
    assert len(bad) <= (1 - MUST_BE_SAID_WELL) * len(trial), bad
