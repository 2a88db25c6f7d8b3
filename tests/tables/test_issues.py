"""Agreement by issue: the same votes as the overall table, each in its issues and spans."""

import pytest

from pakrus.measures import voting as measures
from pakrus.sources.files import Upstream
from pakrus.tables import agreement, phases, votes

pytestmark = pytest.mark.upstream


@pytest.fixture(scope="module")
def files(upstream):
    return Upstream(upstream)


@pytest.fixture(scope="module")
def table(files):
    return files.once(agreement.by_issue)


def test_every_issue_partner_and_span_is_there_once(table):
    assert not table.duplicated(["partner", "issue", "span"]).any()
    assert len(table) == 4 * 6 * (16 + 4)
    assert table["last_session"].max() == 80


def test_spans_of_five_years_cover_what_the_phases_cover(table):
    total = table.groupby(["partner", "issue", "span_type"])["n"].sum().unstack()
    assert (total["five-year"] == total["phase"]).all()
    spans = list(agreement._five_years(80).values())
    assert spans[0] == (2, 5) and spans[-1] == (76, 80)
    assert all(later[0] == earlier[1] + 1 for earlier, later in zip(spans, spans[1:], strict=False))


def test_a_cell_is_the_agreement_of_its_votes(files, table):
    calls = files.once(votes.roll_calls)
    first, last = phases.sessions()["post-1991"]
    chosen = calls[calls["nuclear"].fillna(False).astype(bool) & calls["session"].between(first, last)]
    expected = measures.agreement_row(chosen, "PAK", "RUS")
    row = table[(table["partner"] == "RUS") & (table["issue"] == "nuclear") & (table["span"] == "post-1991")].iloc[0]
    assert row["n"] == expected["n"]
    for name in ("agreement", "pi", "kappa"):
        assert row[name] == pytest.approx(expected[name], abs=5e-5)


def test_bounds(table):
    known = table[table["n"] > 0]
    assert known["agreement_low"].le(known["agreement"] + 1e-9).all()
    assert known["agreement_high"].ge(known["agreement"] - 1e-9).all()


def test_what_the_rule_coded_is_told_apart(files, table):
    calls = files.once(votes.roll_calls)
    assert (calls["issue_source"] == "rule").eq(calls["session"] > votes.LAST_SESSION_UNVOTES).all()
    assert calls[list(votes.ISSUE_COLUMNS.values())].notna().all(axis=None)
    late = table[table["first_session"] > votes.LAST_SESSION_UNVOTES]
    assert (late["n_by_rule"] == late["n"]).all() and len(late) == 4 * 6
    early = table[table["last_session"] <= votes.LAST_SESSION_UNVOTES]
    assert (early["n_by_rule"] == 0).all()
    mixed = table[(table["partner"] == "RUS") & (table["issue"] == "nuclear") & (table["span"] == "sco-era")].iloc[0]
    assert 0 < mixed["n_by_rule"] < mixed["n"]
    assert table[table["n"] == 0]["agreement"].isna().all()
