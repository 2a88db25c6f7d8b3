"""Places among all states: worked examples, both ways round, and the table that stands beside every statement of nearness."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import correlation, nearness, positions, ranks, rollcalls, voting
from pakrus.phases import Phase, every_phase


def wide(**states):
    """Ten roll calls in two sessions, on five texts that come back: one column of codes per state."""
    frame = pd.DataFrame({name: [int(code) for code in codes] for name, codes in states.items()})
    return frame.assign(session=[2] * 5 + [3] * 5, family_id=list("abcde") * 2)


#                  RUS always yes; PAK agrees on 8 of 10, A on 6, B on 4, C on 2
TEN = wide(RUS="1111111111", PAK="1111311113", A="1113311133", B="1133311333", C="1333313333")


def test_the_place_over_two_sessions_is_that_of_the_pooled_shares():
    row = ranks.standing(TEN, [("PAK", "RUS")]).iloc[0]
    assert (row["agreement"], row["median_state"], row["percentile"]) == (0.8, 0.4, 100)
    assert row["above_median_pp"] == pytest.approx(40)
    assert (row["rank"], row["ranked"], row["n"], row["roll_calls"], row["families"]) == (1, 3, 10, 10, 5)
    assert row["agreement_low"] < 0.8 <= row["agreement_high"] <= 1 and row["percentile_low"] <= row["percentile_high"] == 100  # fmt: skip


def test_the_place_is_not_the_same_the_other_way_round():
    row = ranks.standing(TEN, [("RUS", "PAK")]).iloc[0]
    # with Pakistan: RUS 8 of 10, A 8 (all but d twice), B 6, C 4
    assert (row["agreement"], row["rank"], row["ranked"]) == (0.8, 1, 3)
    assert row["percentile"] == pytest.approx(100 * 2.5 / 3)  # the tie with A counts half


def test_members_of_a_few_roll_calls_are_not_compared_and_states_without_enough_have_no_row():
    few = TEN.assign(D=[1] * 4 + [0] * 6)
    assert ranks.standing(few, [("PAK", "RUS")])["ranked"].tolist() == [3]
    assert ranks.standing(few, [("D", "RUS")]).empty


def test_families_of_equal_weight_count_the_same_however_often_they_come():
    rows = pd.concat([TEN, TEN[TEN["family_id"] == "a"], TEN[TEN["family_id"] == "a"]], ignore_index=True)
    plain, weighted = (
        ranks.standing(rows, [("PAK", "RUS")], weights).iloc[0]
        for weights in (None, ranks.common_weights(rows["family_id"]))
    )
    assert plain["agreement"] == 12 / 14
    assert weighted["agreement"] == pytest.approx(0.8, abs=1e-5)  # four texts of five, as before


def test_a_session_has_the_interval_of_its_roll_calls():
    found = ranks.percentiles(TEN.drop(columns="family_id"), "PAK", "RUS", draws=200)
    assert found["percentile"].tolist() == [100, 100] and found["above_median_pp"].tolist() == [40, 40]
    assert (found["percentile_high"] == 100).all() and (found["percentile_low"] <= 100).all()
    assert found["above_median_pp_low"].between(-20, 40).all() and found["above_median_pp_high"].between(40, 100).all()
    sure = ranks.percentiles(TEN[["session", "RUS", "PAK"]].assign(A=3, B=3, PAK=1), "PAK", "RUS", draws=200)
    for name in ("percentile", "percentile_low", "percentile_high", "above_median_pp", "above_median_pp_low"):
        assert sure[name].tolist() == [100, 100]


def test_a_draw_without_a_joint_roll_call_leaves_the_state_out():
    alike, joint = np.array([[1.0, 2, 0], [0, 2, 3]]), np.array([[1.0, 4, 4], [0, 4, 4]])
    found = ranks._standing(alike, joint, 1)
    assert found["median_state"].tolist() == [0.5, 0.75] and found["rank"].tolist() == [2, 2]
    assert np.isnan(ranks._standing(alike, joint, 0)["percentile"][1])


def test_a_change_of_place_draws_texts_into_both_spans_or_into_neither():
    later = TEN.assign(session=TEN["session"] + 10)
    same = ranks.shifts(TEN, later, [("PAK", "RUS")]).iloc[0]
    assert (same["agreement_pp"], same["percentile"], same["n_before"], same["n_after"]) == (0, 0, 10, 10)
    worse = ranks.shifts(TEN, later.assign(PAK=3), [("PAK", "RUS")]).iloc[0]
    assert worse["agreement_pp"] == -80 and worse["above_median_pp"] == pytest.approx(-80)
    assert worse["percentile"] == -100 and worse["agreement_pp_low"] <= -80 <= worse["agreement_pp_high"]


def test_the_number_of_threads_changes_no_byte():
    script = (
        "import numpy as np, pandas as pd; from pakrus.measures import ranks\n"
        "codes = np.random.default_rng(1).integers(0, 4, size=(500, 90))\n"
        "wide = pd.DataFrame(codes, columns=['PAK', 'RUS', *map(str, range(88))])\n"
        "wide = wide.assign(session=np.arange(500) // 50, family_id=(np.arange(500) % 160).astype(str))\n"
        "print(ranks.standing(wide, [('PAK', 'RUS'), ('RUS', 'PAK')]).to_csv())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
        ).stdout
        for threads in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1 and "percentile" in found.pop()


def test_places_by_ideal_points():
    points = pd.DataFrame({
        "state": ["RUS", "PAK", "A", "B", "C"], "year": 2000, "ideal_point": [0, 1, -2, 3, -1.0],
    })  # fmt: skip
    points = points.assign(low=points["ideal_point"], high=points["ideal_point"])
    row = positions.places(points, [("PAK", "RUS")]).iloc[0]
    # A and B lie farther from RUS than PAK does, C as far
    assert (row["distance"], row["ranked"]) == (1, 3) and row["percentile"] == pytest.approx(250 / 3)
    assert row["percentile_low"] == row["percentile_high"] == row["percentile"]  # points without a width
    wider = positions.places(points.assign(low=points["low"] - 1, high=points["high"] + 1), [("PAK", "RUS")]).iloc[0]
    assert wider["percentile_low"] < row["percentile"] < wider["percentile_high"]


def test_circular_shifts():
    found = correlation.shifted_correlation(pd.Series([1, 2, 3, 4]), pd.Series([1, 2, 3, 4]))
    assert found["rho"] == 1 and found["p"] == 0.25  # of four turns only the one that is
    # turned by two, 3 4 1 2 against 1 2 3 4: rho -0.6; by one and three -0.2
    assert correlation.shifted_correlation(pd.Series([3, 4, 1, 2]), pd.Series([1, 2, 3, 4]))["rho"] == pytest.approx(
        -0.6
    )
    assert np.isnan(correlation.shifted_correlation(pd.Series([1, 1, 1]), pd.Series([1, 2, 3]))["p"])


def test_the_distance_is_held_against_both_bases_and_names_them():
    ideal = data.load("ideal_points")
    war, nineties = (positions.against(ideal, "PAK", "USA", base, (2017, 2024)) for base in ((1947, 1991), (1992, 2000)))  # fmt: skip
    assert war.change.value > 0 > nineties.change.value  # farther than in the Cold War, nearer than in the 1990s
    assert "1947–1991 to 2017–2024" in war.change.words and war.change.text.startswith("+")
    assert war.change.value == pytest.approx(war.after.value - war.before.value)


# ------------------------------------------------------------ the stored tables and what a chapter asks of them

PLACED, SHIFTS, BASE = (data.load(name) for name in ("unga_rank_spans", "unga_rank_shifts", "unga_contested_base"))


def test_the_pooled_agreement_is_that_of_the_roll_calls_of_the_phase():
    for phase in every_phase():
        for partner in ("RUS", "USA", "CHN", "IND"):
            known = voting.agreement(phase.of("unga_votes"), "PAK", partner, intervals=False).share
            found = nearness.near(PLACED, "PAK", partner, phase.id)
            assert (found.agreement.n, found.agreement.value) == (known.n, pytest.approx(known.value, abs=5e-5))
            assert found.rank.n == found.percentile.n + 1


def test_values_lie_in_their_intervals_and_places_fit_each_other():
    for table in (PLACED, BASE):
        for name in ("agreement", "above_median_pp", "rank"):
            known = table.dropna(subset=f"{name}_low")
            assert (known[f"{name}_low"] <= known[f"{name}_high"]).all()
        assert (table["rank"] <= table["ranked"] + 1).all()
        difference = 100 * (table["agreement"] - table["median_state"]) - table["above_median_pp"]
        assert difference.abs().max() < 0.02


def test_contested_roll_calls_stand_beside_the_median_state():
    found = nearness.contested(BASE, "1965-1971")
    assert found.share.value - found.median_state.value == pytest.approx(found.above_median.value / 100, abs=2e-4)
    contested = data.load("unga_contested")
    for phase in every_phase():
        sides = rollcalls.side_counts(phase.of("unga_contested"))
        voted = int((phase.of("unga_contested")["sided_with"] != "no vote").sum())
        share = nearness.contested(BASE, phase.id).share
        assert (share.n, share.value) == (voted, pytest.approx(sides.with_moscow.value / voted, abs=5e-5))
    assert BASE.loc[(BASE["span_type"] == "session") & (BASE["partner"] == "RUS"), "roll_calls"].sum() <= len(contested)
    with pytest.raises(KeyError, match="no row with span 'never'; there are: 1947"):
        nearness.contested(BASE, "never")


def test_the_table_of_nearness_has_every_phase_and_pair_and_both_ways_round():
    table = nearness.table(PLACED)
    assert len(table) == 4 * len(nearness.PAIRS) and not table.duplicated(["span", "state", "partner"]).any()
    assert table.loc[table["state"] == "PAK", "partner_rank"].notna().all()
    assert table.loc[table["state"] != "PAK", "partner_rank"].isna().all()
    shown = nearness.shown(table, {"sco-era": "SCO era"})
    assert shown["Span"].iloc[-1] == "SCO era" and shown.shape == (24, 7)
    assert shown["Rank of the partner among Pakistan's"].iloc[0].endswith(f"of {int(table['partners'].iloc[0])}")
    own = table[(table["span"] == "sco-era") & (table["partner"] == "RUS") & (table["state"] == "PAK")].iloc[0]
    assert own["partner_rank"] == nearness.near(PLACED, "RUS", "PAK", "sco-era").rank.value


def test_a_change_on_all_texts_and_on_common_ones():
    every, common = (nearness.shift(SHIFTS, "PAK", "RUS", "post-1991", "post-9-11", agenda) for agenda in ("all", "common"))  # fmt: skip
    before, after = (nearness.near(PLACED, "PAK", "RUS", span) for span in ("post-1991", "post-9-11"))
    assert every.percentile.value == pytest.approx(after.percentile.value - before.percentile.value, abs=0.11)
    assert every.above_median.value == pytest.approx(after.above_median.value - before.above_median.value, abs=0.011)
    assert every.percentile.low > 0 and every.above_median.low > 0  # the turn is beyond the noise
    assert common.percentile.low < 0 < common.percentile.high  # the rank on common texts cannot be told from no change
    assert "on texts common to both" in common.percentile.words and every.agreement.text.startswith("+")
    with pytest.raises(KeyError, match="unga_rank_shifts: no row with span_before 'sco-era'"):
        nearness.shift(SHIFTS, "PAK", "RUS", "sco-era", "cold-war")


def test_a_place_on_an_agenda_says_so():
    found = nearness.near(PLACED, "PAK", "RUS", "post-9-11", "common", "post-1991")
    assert "on texts common with" in found.percentile.words
    assert "on human rights" in nearness.near(PLACED, "PAK", "RUS", "post-1991", "human_rights").rank.words


def test_a_year_of_ideal_points_and_the_median_of_years():
    placed = data.load("ideal_nearness")
    found = positions.nearness_in(placed, "PAK", "RUS", 2015)
    assert found.low <= found.value <= found.high and found.n > 150
    assert positions.nearness(Phase("post-1991").of("ideal_nearness"), "PAK", "RUS").n == 9
    with pytest.raises(KeyError, match="0 rows of 'PAK' and 'RUS' in 1900"):
        positions.nearness_in(placed, "PAK", "RUS", 1900)


def test_the_place_of_a_session_lies_in_its_interval():
    agreed = data.load("unga_agreement")
    place = ranks.percentile_in(agreed, "RUS", 1998)
    assert place.low <= place.value <= place.high


def test_issues_stand_in_order_with_the_stored_places():
    placed = data.load("unga_rank_spans")
    found = nearness.by_issue(placed, ("nuclear", "human_rights"), spans=("post-1991", "sco-era"))
    assert found[["issue", "span"]].to_numpy().tolist() == [
        ["nuclear", "post-1991"], ["nuclear", "sco-era"], ["human rights", "post-1991"], ["human rights", "sco-era"],
    ]  # fmt: skip
    near = nearness.near(placed, "PAK", "RUS", "sco-era", agenda="nuclear")
    row = found.iloc[1]
    assert (row["above_median_pp"], row["above_median_pp_low"]) == (near.above_median.value, near.above_median.low)
    assert (row["percentile"], row["n"]) == (near.percentile.value, near.agreement.n)
