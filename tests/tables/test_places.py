"""Places by span: the stored tables are what the files give, on the texts, codes and cuts that they say."""

import pytest

from pakrus import data, store
from pakrus.folder import Folder
from pakrus.measures import ranks
from pakrus.sources.files import Upstream
from pakrus.tables import agreement, nearness, phases, votes

pytestmark = pytest.mark.upstream


@pytest.fixture(scope="module")
def files(upstream):
    return Upstream(upstream)


@pytest.mark.parametrize(
    ("name", "derive"),
    [("unga_rank_spans", agreement.rank_spans), ("unga_contested_base", agreement.contested_base), ("ideal_nearness", nearness.derive), ("unga_moscow_places", agreement.moscow_places)],
)  # fmt: skip
def test_the_stored_table_is_what_the_files_give(files, name, derive):
    assert store.to_csv(files.once(derive)) == Folder.default().table(name).read_bytes()


def test_common_texts_are_those_of_both_spans_and_too_few_are_not_compared(files):
    table = files.once(agreement.rank_spans)
    common = table[table["agenda"] == "common"]
    assert (common["families"] >= agreement.LEAST_FAMILIES).all()
    calls = files.once(votes.roll_calls)
    spans = phases.sessions()
    old, new = (set(calls.loc[calls["session"].between(*spans[name]), "family_id"]) for name in ("post-1991", "post-9-11"))  # fmt: skip
    rows = common[(common["span"] == "post-1991") & (common["compared_with"] == "post-9-11")]
    assert set(rows["families"]) == {len(old & new)}


def test_an_issue_goes_as_far_as_its_phase_and_two_boundaries_with_one_cut_have_the_same_rows(files):
    table = files.once(agreement.rank_spans)
    issues = table[table["agenda"].isin(votes.ISSUE_COLUMNS.values())]
    assert {span: (first, last) for span, first, last in zip(issues["span"], issues["first_session"], issues["last_session"], strict=True)} == phases.sessions()  # fmt: skip
    counted = (
        data.load("unga_votes").query("session >= 72 and human_rights").shape[0]
    )  # marks of the book's own rule included
    assert set(issues.query("agenda == 'human_rights' and span == 'sco-era'")["roll_calls"]) == {counted}
    same = [table[table["span"] == f"sco-era by {name}"].drop(columns="span").reset_index(drop=True) for name in ("ufa-2015", "defence-agreement-2014")]  # fmt: skip
    assert same[0].equals(same[1]) and len(same[0]) == 6


def test_a_session_alone_is_the_stored_session(files):
    wide = votes.all_states(files)
    found = ranks.percentiles(wide[wide["session"] == 60], "PAK", "RUS", draws=agreement.SESSION_DRAWS).iloc[0]
    stored = data.load("unga_agreement").query("session == 60 and partner == 'RUS'").iloc[0]
    for name in ("percentile", "percentile_low", "percentile_high", "above_median_pp", "above_median_pp_high"):
        assert stored[name] == found[name]
