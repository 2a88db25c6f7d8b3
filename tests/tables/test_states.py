"""Every state's votes: one name per state over both files, and every pair in time."""

import pandas as pd
import pytest

from pakrus import cli
from pakrus.measures import dyads
from pakrus.scale import scaling
from pakrus.sources import unga
from pakrus.sources.files import Upstream, UpstreamError
from pakrus.tables import agreement, votes

pytestmark = pytest.mark.upstream


@pytest.fixture(scope="module")
def opened(upstream):
    return Upstream(upstream)


@pytest.fixture(scope="module")
def wide(opened):
    return votes.all_states(opened)


def test_in_session_74_each_name_of_one_file_has_the_ballots_of_its_counterpart(opened):
    calls, first, _ = opened.once(unga.unvotes)
    _, second = opened.once(unga.unxml)
    symbols = calls.loc[calls["session"] == 74].set_index("rcid")["symbol"]
    names = unga.one_name(first["country"].cat.categories, second["country"].unique())
    assert len(set(names.values())) == len(names)
    first = first[first["rcid"].isin(symbols.index)]
    country = first["country"].astype(str).replace(unga.UNVOTES_NAMES)
    left = pd.Series(first["code"].to_numpy(), index=[first["rcid"].map(symbols), country]).unstack(fill_value=0)
    second = second[second["vote_id"].isin(left.index)]
    keys = [second["vote_id"], second["country"].map(names)]
    right = pd.Series(second["code"].to_numpy(), index=keys).unstack(fill_value=0)
    left = left.loc[right.index, right.columns]
    assert len(right) >= 90 and right.shape[1] == 193
    different = (left.to_numpy() != right.to_numpy()).sum(axis=0)
    assert dict(zip(right.columns[different > 0], different[different > 0], strict=True)) == {}


def test_a_state_goes_on_under_one_name(wide):
    members = [name for name in dyads.states(wide) if wide.loc[wide["session"] == 80, name].gt(0).any()]
    assert 185 <= len(members) <= 193
    seated = [name for name in members if wide.loc[wide["session"] == 72, name].gt(0).any()]
    assert set(members) == set(seated)
    assert all(name in wide for name in ("PAK", "RUS", "USA", "CHN", "IND", "Iran", "Vietnam", "Syria"))


def test_an_unknown_name_is_named_with_its_remedy():
    with pytest.raises(UpstreamError, match="is called ATLANTIS: add the name to UNVOTES_NAME_OF"):
        unga.one_name(["Pakistan"], ["PAKISTAN", "ATLANTIS"])


def test_ranks_agree_with_the_table_of_agreement(opened):
    ranks, known = agreement.dyads_rank(opened), agreement.by_session(opened)
    joined = ranks.merge(known, on=["session", "year", "state", "partner"], suffixes=("", "_known"))
    assert len(joined) == len(ranks) == 4 * 79
    for name in ("n", "agreement", "kappa"):
        pd.testing.assert_series_equal(joined[name], joined[f"{name}_known"], check_names=False, check_dtype=False)
    assert ranks.loc[ranks["n"] < 5, "rank"].isna().all() and ranks.loc[ranks["n"] >= 5, "rank"].notna().all()
    assert 17_000 < ranks.loc[ranks["session"] == 80, "dyads"].unique().item() < 20_000


def test_all_pairs_in_half_a_minute_and_two_gigabytes(wide):
    (row,) = scaling.measure(wide, repeats=(1,)).itertuples()
    assert row.roll_calls == len(wide) and row.dyads > 900_000
    assert row.seconds < 30 and row.memory_mb < 2048


def test_the_commands_write_what_they_say(upstream, tmp_path, capsys):
    target = tmp_path / "dyads.csv"
    assert cli.main(["dyads", "--from", str(upstream), "--to", str(target)]) == 0
    assert "rows (a pair of states in a session)" in capsys.readouterr().out
    first = pd.read_csv(target, nrows=5)
    assert list(first.columns) == ["session", "state", "partner", "n", "agreement", "pi", "kappa"]
    assert cli.main(["dyads", "--from", str(upstream), "--to", str(tmp_path / "dyads.txt")]) == 2
    assert "ends in .parquet or .csv" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["dyads.csv"]
