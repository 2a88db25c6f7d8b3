"""Variants of headline figures: intervals known from elsewhere, directions lost when they must be."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from pakrus import cuts, data
from pakrus.measures import ranks, summary, variants, voting
from pakrus.measures.proportions import wilson
from pakrus.measures.variants import Choice, Estimate, Figure, register
from pakrus.measures.variants import votes as voting_figures


@pytest.fixture(scope="module")
def cut():
    return cuts.book_cut(data.load("phases"))


@pytest.fixture(scope="module")
def others(cut):
    return variants.rivals(cut, data.load("phase_boundaries"))


def _votes(seed=1, sessions=12, size=40):
    generator = np.random.default_rng(seed)
    draw = lambda: generator.choice(["yes", "abstain", "no", None], sessions * size, p=[0.5, 0.2, 0.2, 0.1])  # noqa: E731
    return pd.DataFrame({"session": np.repeat(range(2, 2 + sessions), size), "PAK": draw(), "RUS": draw()})


def test_half_agreement_is_the_linear_weighting_of_kappa():
    votes = _votes()
    table = voting.joint_table(votes["PAK"], votes["RUS"])
    known = cohens_kappa(table.to_numpy(), wt="linear").kappa
    assert voting.chance_corrected(table, voting.HALF)[1] == pytest.approx(known)
    codes = votes[["PAK", "RUS"]].dropna().replace({"yes": 1, "abstain": 2, "no": 3}).astype(float)
    share = (1 - (codes["PAK"] - codes["RUS"]).abs() / 2).mean()
    assert voting.agreement_row(votes, "PAK", "RUS", weights=voting.HALF)["agreement"] == pytest.approx(share)


def test_half_agreement_ranks_as_two_yes_no_questions_do():
    generator = np.random.default_rng(3)
    codes = pd.DataFrame(generator.integers(1, 4, size=(60, 8)), columns=["PAK", "RUS", *"ABCDEF"])
    votes = pd.concat([pd.Series(np.repeat([5, 6], 30), name="session"), codes], axis=1)
    twice = pd.concat([votes.assign(**{c: 1 + (votes[c] >= step) for c in codes}) for step in (2, 3)])
    half = ranks.percentiles(votes, "PAK", "RUS", voting.HALF)
    assert half["percentile"].tolist() == ranks.percentiles(twice, "PAK", "RUS")["percentile"].tolist()
    assert not half["percentile"].equals(ranks.percentiles(votes, "PAK", "RUS")["percentile"])


def test_the_interval_of_kappa_holds_it_and_narrows_with_more_votes():
    votes = _votes()
    table = voting.joint_table(votes["PAK"], votes["RUS"])
    widths = []
    for counts in (table, table * 4):
        for value, (low, high) in zip(
            voting.chance_corrected(counts), voting.chance_corrected_interval(counts, 1), strict=True
        ):
            assert low < value < high
        widths.append(high - low)
    assert widths[1] == pytest.approx(widths[0] / 2, rel=0.15)
    assert voting.chance_corrected_interval(table, 1) == voting.chance_corrected_interval(table, 1)
    assert np.isnan(voting.chance_corrected_interval(table * 0, 1)).all()


def test_a_level_widens_the_interval_and_leaves_the_value():
    low, high = (voting.agreement_row(_votes(), "PAK", "RUS", level=level) for level in (0.5, 0.99))
    assert low["agreement"] == high["agreement"]
    assert high["agreement_low"] < low["agreement_low"] and low["agreement_high"] < high["agreement_high"]


def test_difference_of_two_shares_is_newcombes():
    ends = wilson([56, 48], [70, 80])
    first, second = (Estimate(*ends.loc[i, ["share", "low", "high"]], n) for i, n in ((0, 70), (1, 80)))
    found = variants.difference(first, second)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)  # his first example
    assert found.n == 150
    back = variants.difference(second, first)
    assert (back.low, back.high) == pytest.approx((-found.high, -found.low))


def test_median_between_order_statistics():
    found = variants.median(pd.Series([9, 1, 8, 2, 7, 3, 6, 4, 5]))
    assert (found.value, found.low, found.high, found.n) == (5, 2, 8, 9)  # 2nd and 8th of nine: 96.1\u00a0%
    assert variants.median(pd.Series([3.0, 1.0])).low == 1.0
    assert np.isnan(variants.median(pd.Series([], dtype=float)).value)


def test_drawing_whole_sessions_sees_that_votes_go_together():
    alike = pd.DataFrame({"session": np.repeat(range(20), 30), "PAK": "yes", "RUS": np.repeat(["yes", "no"] * 10, 30)})
    book, single = (voting.agreement_row(alike, "PAK", "RUS", single=single) for single in (False, True))
    width = lambda row: row["agreement_high"] - row["agreement_low"]  # noqa: E731
    assert book["agreement"] == single["agreement"] == 0.5 and width(book) > 3 * width(single)


def test_an_interval_says_its_level_and_a_value_without_one_says_none():
    figure = Figure("x", "ideal points", "Distance", "units", level=90)
    told = Estimate(1.0, 0.5, 1.5, 3)
    rows = [
        variants.row(figure, "A", "baseline", "own", told),
        variants.row(figure, "A", "bootstrap", "99 % level", told, 1.0, level=99),
        variants.row(figure, "A", "edition", "other", Estimate(1.1), 1.0),
    ]
    assert variants.finished(rows)["interval_level"].fillna(0).tolist() == [90, 99, 0]


def test_a_lost_direction_is_told_and_a_level_has_none(cut):
    def flat(values, n=10):
        return lambda one_cut: {phase: Estimate(values[phase], n=n) for phase in one_cut["phase"] if phase in values}

    rising = dict(zip(cut["phase"], (0.1, 0.2, 0.3, 0.4), strict=True))
    falling = {**rising, "post-1991": 0.05}
    choices = [Choice("baseline", "own", flat(rising)), Choice("edition", "other", flat(falling))]
    rows = variants.finished(variants.by_phase(Figure("x", "votes", "X", "share"), choices, cut, {}, "difference"))
    told = rows[rows["variant_kind"] == "edition"].set_index("figure_id")["same_direction"]
    assert not told["x-change-post-1991"] and told["x-change-post-9-11"] and told["x-change-overall"]
    assert told[[name for name in told.index if "change" not in name]].isna().all()
    found = variants.spread(rows).set_index("figure_id").loc["x-change-post-1991"]
    assert (found["kept"], found["compared"], found["farthest"]) == (0, 1, "other")
    assert found["lowest"] == pytest.approx(-0.05) and found["highest"] == pytest.approx(0.1)


def test_a_choice_that_ends_early_is_compared_over_what_it_sees(cut):
    length = variants.over_sessions(
        lambda first, last, key: Estimate(float(last - first + 1), n=1, covers=f"{first}-{last}")
    )
    choices = [Choice("baseline", "own", length), Choice("edition", "short", length, last=75)]
    rows = variants.finished(variants.by_phase(Figure("x", "votes", "X", "u"), choices, cut, {}, "u")).set_index(
        ["figure_id", "variant_kind"]
    )
    short = rows.loc[("x-sco-era", "edition")]
    assert (short["value"], short["baseline"], short["difference_from_baseline"], short["covers"]) == (4, 4, 0, "72-75")


def test_only_the_phases_beside_a_moved_boundary_get_its_row(cut, others):
    span = variants.over_sessions(lambda first, last, key: Estimate(float(last - first), n=1))
    rows = variants.finished(
        variants.by_phase(Figure("x", "votes", "X", "u"), [Choice("baseline", "own", span)], cut, others, "u")
    )
    assert set(rows.loc[rows["variant"] == "ukraine-2022", "figure_id"]) == {
        "x-post-9-11",
        "x-sco-era",
        "x-change-post-9-11",
        "x-change-sco-era",
        "x-change-overall",
    }
    assert not rows.duplicated(["figure_id", "variant_kind", "variant"]).any()


def test_twins_and_orphans_are_refused():
    figure = Figure("x", "votes", "X", "u")
    one = variants.row(figure, "p", "baseline", "own", Estimate(1.0))
    with pytest.raises(ValueError, match="twice"):
        variants.finished([one, one])
    with pytest.raises(ValueError, match="no baseline: x"):
        variants.finished([variants.row(figure, "p", "edition", "other", Estimate(1.0), 1.0)])


def test_another_unit_is_compared_with_nothing():
    made = variants.row(
        Figure("x", "trade", "X", "dollars", 0.0), "p", "deflator", "1970", Estimate(1.0), 2.0, unit="dollars of 1970"
    )
    assert np.isnan(made["difference_from_baseline"]) and made["same_direction"] is None


def test_contested_halves_and_drops_abstentions():
    sides = ["RUS", "USA", "abstained", "abstained"]
    frame = pd.DataFrame({"year": 1955, "session": 10, "sided_with": sides, "family_id": list("abcd")})
    ballots = voting_figures.Ballots(frame, frame, frame)
    rows = variants.finished(voting_figures.contested_rows(ballots, ballots)).query("figure_id == 'contested-1950s'")
    found = rows.set_index("variant_kind")["value"].to_dict()
    assert found == {
        "baseline": 0.25,
        "all_roll_calls": 0.25,
        "abstention_dropped": 0.5,
        "abstention_half": 0.5,
        "draws": 0.25,
    }


def test_register_figures_are_those_of_the_summary(cut, others):
    events, codings, sources, visits = (data.load(t) for t in ("events", "event_codings", "event_sources", "visits"))
    until = str(events["date"].max())
    rows = variants.finished(register.rows(cut, others, events, codings, sources, visits, until))
    own = rows[rows["variant_kind"] == "baseline"].set_index("figure_id")
    by = summary.contact_by(cut, events, sources, visits, until).set_index("phase")
    for phase, record in by.iterrows():
        assert own.at[f"two-origins-{phase}", "value"] == pytest.approx(record["two_origins"], abs=1e-4)
        assert own.at[f"balance-{phase}", "value"] == pytest.approx(
            record["cooperative"] - record["conflictual"], abs=1e-4
        )
        assert own.at[f"leaders-{phase}", "value"] == pytest.approx(record["leaders_per_year"], abs=1e-4)
    assert (own["low"] <= own["value"]).all() and (own["value"] <= own["high"]).all()
    assert set(rows["variant_kind"]) == {"baseline", "phase_cut", "coding", "scope", "definition"}


def test_an_event_that_waits_for_its_second_coding_counts_in_the_baseline_alone(cut, others):
    events, codings, sources, visits = (data.load(t) for t in ("events", "event_codings", "event_sources", "visits"))
    codings = codings[codings["event_id"] != "2022-02-23-imran-khan-moscow-visit"]
    own = events[(events["phase"] == "sco-era") & (events["scope"] == "bilateral") & (events["status"] == "happened")]
    rows = variants.finished(register.rows(cut, others, events, codings, sources, visits, str(events["date"].max())))
    rows = rows[rows["figure_id"] == "balance-sco-era"].set_index("variant")
    assert rows.at["bilateral acts, adjudicated coding", "n"] == len(own)
    assert rows.at["second coding", "n"] == own["event_id"].isin(codings["event_id"]).sum() < len(own)


def _rows():
    """A change of shares with four variants, a level, a peak year: as `finished` gives them."""
    step = Figure("agreement-change-x", "votes", "Share of identical votes: change", "difference of shares", zero=0.0)
    level, peak = Figure("arms-share-x", "arms", "Share", "share 0-1"), Figure("peak", "trade", "Year", "year")
    found = [
        variants.row(step, "A to B", "baseline", "own", Estimate(-0.15, -0.19, -0.11, 60)),
        variants.row(step, "A to B", "abstention_dropped", "yes and no only", Estimate(0.02, n=40), -0.15),
        variants.row(step, "A to B", "phase_cut", "earlier", Estimate(-0.05, n=50), -0.15),
        variants.row(step, "A to B", "phase_cut", "later", Estimate(-0.10, n=50), -0.15),
        variants.row(step, "A to B", "bootstrap", "other draws", Estimate(-0.15, -0.192, 0.01, 60), -0.15),
        variants.row(level, "A", "baseline", "own", Estimate(0.056, n=9)),
        variants.row(level, "A", "edition", "other", Estimate(0.028, n=9), 0.056),
        variants.row(peak, "peak", "baseline", "own", Estimate(2008)),
        variants.row(peak, "peak", "reporter", "other", Estimate(1995), 2008),
    ]
    return variants.finished(found)


def test_a_headline_figure_is_printed_in_its_unit():
    rows = _rows()
    spread = variants.spread(rows)
    change = variants.headline(spread, "agreement-change-x", hundredths=True)
    assert (change.book.text, change.book.interval, change.book.n) == ("−15", "−19 to −11", 60)
    assert (change.lowest.text, change.highest.text, change.reach.text) == ("−15", "+2", "−15 to 2")
    assert variants.headline(spread, "agreement-change-x").reach.text == "−0.15 to 0.02"
    assert variants.headline(spread, "arms-share-x", digits=1).book.text == "5.6\u00a0%"
    assert variants.headline(spread, "peak").book.text == "2008"
    assert variants.values_in_words(rows, "peak").text == "1995 or 2008"
    assert variants.under(rows, "agreement-change-x", "abstention_dropped", hundredths=True).text == "+2"
    assert variants.highest(variants.chosen(spread, "arms-*"), digits=1).text == "5.6\u00a0%"


def test_one_variant_of_a_kind_is_asked_for_and_patterns_that_fit_nothing_are_errors():
    with pytest.raises(ValueError, match="2 variants of kind 'phase_cut', one expected"):
        variants.under(_rows(), "agreement-change-x", "phase_cut")
    with pytest.raises(ValueError, match="no headline figure fits 'trade-\\*'"):
        variants.chosen(_rows(), "arms-*", "trade-*")
    with pytest.raises(ValueError, match="no draws 'by session'; there are: other draws"):
        variants.drawn(_rows(), "agreement-*", how="by session")
    with pytest.raises(ValueError, match="figures in one unit expected"):
        variants.largest_difference(variants.spread(_rows()), "everything")


def test_directions_are_counted_by_figure_and_by_comparison():
    spread = variants.spread(_rows())
    found = variants.directions(spread, "votes")
    assert [estimate.value for estimate in found[:4]] == [3, 1, 0, 1]
    assert found.kept.text == "67\u00a0%" and found.kept.n == 3
    assert found.lost.words == "headline figures on votes whose direction some variant turns"
    assert variants.trials(_rows()).value == 9


def test_a_boundary_between_the_same_sessions_is_no_comparison():
    step = Figure("x-change-b", "votes", "X: change", "difference", zero=0.0)
    found = [
        variants.row(step, "A to B", "baseline", "own", Estimate(0.2, 0.1, 0.3, 60, "sessions 2-9")),
        variants.row(step, "A to B", "phase_cut", "same-sessions", Estimate(0.2, 0.1, 0.3, 60, "sessions 2-9"), 0.2),
        variants.row(step, "A to B", "phase_cut", "later", Estimate(0.1, 0.0, 0.2, 60, "sessions 2-12"), 0.2),
        variants.row(step, "A to B", "phase_cut", "later-too", Estimate(0.1, 0.0, 0.2, 60, "sessions 2-12"), 0.2),
        variants.row(step, "A to B", "phase_cut", "by-chance", Estimate(0.1, 0.0, 0.2, 60, "sessions 2-15"), 0.2),
        variants.row(step, "A to B", "edition", "other", Estimate(0.2, 0.1, 0.3, 60, "sessions 2-9"), 0.2),
    ]
    rows = variants.finished(found[1:] + found[:1])  # the book's own row need not come first
    again = rows.loc[variants.by_construction(rows), "variant"]
    assert again.tolist() == ["same-sessions", "later-too"] and variants.repeated(rows).value == 2
    spread = variants.spread(rows).iloc[0]
    assert (spread["variants"], spread["compared"], spread["kept"]) == (3, 3, 3)


def test_a_table_for_readers_names_a_level_that_is_not_95():
    told = Estimate(1.0, 0.5, 1.5, 3)
    rows = [
        variants.row(Figure(name, "ideal points", "Distance", "units", level=level), "A", "baseline", "own", told)
        for name, level in (("x", 90), ("y", 95))
    ]
    table = variants.readable(variants.spread(variants.finished(rows)), digits=1)
    assert table["Interval, 95\u00a0%"].tolist() == ["0.5 to 1.5 (90\u00a0%)", "0.5 to 1.5"]


def test_distances_from_the_books_choice():
    rows = _rows()
    spread = variants.spread(rows)
    assert variants.largest_shortfall(variants.chosen(spread, "arms-*"), "arms").text == "50\u00a0%"
    assert variants.largest_difference(variants.chosen(spread, "agreement-*"), "votes", 2).text == "0.17"
    draws = variants.drawn(rows, "agreement-*", how="other draws")
    assert variants.largest_shift(rows, "agreement-*", how="other draws").text == "12.0"  # −0.11 to 0.01
    assert (variants.clear_of_zero(draws, "draws").value, variants.clear_of_zero(draws, "draws").n) == (0, 1)


def test_a_table_of_hundredths_leaves_other_units_alone():
    table = variants.readable(variants.spread(_rows()), digits=1, hundredths=True)
    assert table["Figure"].tolist() == ["Share of identical votes, per cent", "Share, per cent", "Year"]
    assert table["Book"].tolist() == ["−15.0", "5.6", "2,008.0"] and table.loc[0, "Variants"] == "−15.0 to 2.0"
