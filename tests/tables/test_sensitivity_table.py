"""The table `sensitivity`: its baselines are what the other tables give, its variants are what the files hold."""

import pandas as pd
import pytest

from pakrus import cuts, data, phases, store
from pakrus.measures import positions, ranks, summary, voting
from pakrus.measures import variants as measures
from pakrus.sources.files import Upstream
from pakrus.tables import sensitivity, votes

pytestmark = pytest.mark.upstream


@pytest.fixture(scope="module")
def source(upstream):
    return Upstream(upstream)


@pytest.fixture(scope="module")
def table(source):
    return sensitivity.derive(source)


@pytest.fixture(scope="module")
def own(table):
    return table[table["variant_kind"] == "baseline"].set_index("figure_id")


def test_it_is_the_same_bytes_each_time(source, table):
    assert store.to_csv(sensitivity.derive(source)) == store.to_csv(table)


def test_every_figure_has_one_baseline_and_every_kind_its_rows(table):
    counts = table.assign(own=table["variant_kind"] == "baseline").groupby("figure_id")["own"].sum()
    assert (counts == 1).all()
    assert set(table["variant_kind"]) == set(measures.KINDS) - {"coding", "scope"}
    assert set(data.load("phase_boundaries")["boundary_id"]) == set(
        table.loc[table["variant_kind"] == "phase_cut", "variant"]
    )
    inside = table.dropna(subset=["low", "high"])
    assert (inside["low"] <= inside["value"]).all() and (inside["value"] <= inside["high"]).all()
    assert (table["n"].notna() | table["low"].notna()).all()  # each has its interval or its n


def test_baselines_are_the_books_own_numbers(own):
    cut, spans = cuts.book_cut(data.load("phases")), phases.sessions()
    by = voting.by_phase(data.load("unga_votes"), "PAK", "RUS", spans).set_index("span")
    for phase, record in by.iterrows():
        for name in ("agreement", "pi", "kappa"):
            assert own.at[f"{name}-{phase}", "value"] == pytest.approx(record[name], abs=6e-5)
        for end in ("low", "high"):
            assert own.at[f"agreement-{phase}", end] == pytest.approx(record[f"agreement_{end}"], abs=6e-5)
        assert own.at[f"agreement-{phase}", "n"] == record["n"]
        here = phases.Phase(phase)
        rank = ranks.percentile(here.of("unga_agreement"), "RUS").value
        gap = positions.distance(here.of("ideal_points"), "PAK", "RUS").value
        assert own.at[f"percentile-{phase}", "value"] == pytest.approx(rank, abs=6e-5)
        assert own.at[f"distance-{phase}", "value"] == pytest.approx(gap, abs=6e-5)
    given = summary.exchange_by(cut, data.load("arms_volume"), data.load("trade_partners")).set_index("phase")
    assert own.at["arms-share-sco-era", "value"] == pytest.approx(given.at["sco-era", "tiv_share"], abs=6e-5)
    assert own.at["trade-share-cold-war", "value"] == pytest.approx(given.at["cold-war", "trade_share"], abs=6e-5)


def test_variants_come_from_other_votes(source, table):
    every = votes.roll_calls(source, True)
    both = every.loc[every["session"].between(47, 55), ["PAK", "RUS"]].dropna()
    found = table[table["variant_kind"].isin(["all_roll_calls", "abstention_dropped"])].set_index(
        ["figure_id", "variant_kind"]
    )
    row = found.loc[("agreement-post-1991", "all_roll_calls")]
    assert row["n"] == len(both) > 628 and row["value"] == pytest.approx((both["PAK"] == both["RUS"]).mean(), abs=6e-5)
    plain = data.load("unga_votes").query("session >= 47 and session <= 55")
    plain = plain[plain["PAK"].isin(["yes", "no"]) & plain["RUS"].isin(["yes", "no"])]
    row = found.loc[("agreement-post-1991", "abstention_dropped")]
    assert row["n"] == len(plain) and row["value"] == pytest.approx((plain["PAK"] == plain["RUS"]).mean(), abs=6e-5)


def test_the_base_year_of_a_deflator_changes_no_ratio(table):
    growth = table[table["figure_id"].str.startswith("trade-growth") & (table["variant_kind"] == "deflator")]
    assert growth.groupby("figure_id")["value"].agg(lambda v: v.max() - v.min()).max() < 1e-3
    level = table[(table["figure_id"] == "trade-1970") & (table["variant"] == "dollars of 1970")].iloc[0]
    assert level["value"] == 60 and pd.isna(level["same_direction"])


def test_what_the_chapters_must_not_hide(table):
    found = measures.spread(table).set_index("figure_id")
    assert found.at["percentile-change-overall", "kept"] == found.at["percentile-change-overall", "compared"] > 5
    assert found.at["agreement-change-overall", "kept"] < found.at["agreement-change-overall", "compared"]
    assert found.at["trade-growth-1970-1991", "kept"] == 0
