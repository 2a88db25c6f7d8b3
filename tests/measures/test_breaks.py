"""Change points: steps found by hand and by trying every cut, tests that call what is known, dates against shifts counted by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest

from pakrus.measures import breaks

YEARS = range(1950, 1990)


def by_every_cut(values, steps, least):
    """The best cuts and their sum of squares, by trying all."""
    best = (np.inf, ())
    for cuts in itertools.combinations(range(least, len(values) - least + 1), steps):
        ends = [0, *cuts, len(values)]
        if min(np.diff(ends)) >= least:
            total = sum(((part - part.mean()) ** 2).sum() for part in np.split(values, cuts))
            best = min(best, (total, cuts))
    return best


def long(**series):
    """Series by name in the form of `strands.yearly`."""
    return pd.concat(
        [
            pd.DataFrame({"series": name, "strand": "votes", "unit": "points", "year": list(YEARS)[: len(values)], "value": values})
            for name, values in series.items()
        ],
        ignore_index=True,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_steps_are_those_that_trying_every_cut_finds(seed):
    values = np.random.default_rng(seed).normal(size=22).cumsum()
    found = breaks.fit(np.vstack([values, -values]), most=3, least=4)
    assert found.squares[:, 0] == pytest.approx([((values - values.mean()) ** 2).sum()] * 2)
    for steps in (1, 2, 3):
        squares, cuts = by_every_cut(values, steps, 4)
        assert found.squares[0, steps] == pytest.approx(squares)
        assert found.starts[steps - 1].tolist() == [list(cuts)] * 2


def test_too_short_a_series_is_told():
    with pytest.raises(ValueError, match="15 values do not hold 3 steps with 4"):
        breaks.fit(np.arange(15), most=3, least=4)


def test_the_statistic_is_the_f_of_the_means():
    # 8 values, 10 below and 2 within after one step: (10 - 2) / 1 over 2 / (8 - 1 - 1)
    assert breaks.statistics(np.array([[10.0, 2.0]]), 8)[0, 0] == pytest.approx(8 / (2 / 6))


def test_persistence_by_hand():
    residuals = np.array([1.0, 1.0, -1.0, -1.0, 1.0])
    plain = (1 - 1 + 1 - 1) / 4
    assert breaks.persistence(residuals) == pytest.approx(plain + (1 + 3 * plain) / 5)
    assert breaks.persistence(np.array([1.0, -1.0] * 4)) == 0.0, "it never lies below zero"
    assert breaks.persistence(np.linspace(-1, 1, 200)) == breaks.HIGHEST
    assert breaks.persistence(np.zeros(9)) == pytest.approx(1 / 9)


def test_noise_has_the_persistence_and_the_spread_that_it_should():
    drawn = breaks.noise(np.random.default_rng(0).normal(size=400), 0.6, 600, 1)
    assert drawn.shape == (600, 400)
    around = drawn - drawn.mean(axis=1, keepdims=True)
    assert (around[:, 1:] * around[:, :-1]).sum() / (around[:, :-1] ** 2).sum() == pytest.approx(0.6, abs=0.02)
    assert np.array_equal(drawn, breaks.noise(np.random.default_rng(0).normal(size=400), 0.6, 600, 1))


def test_a_clear_step_breaks_and_white_noise_does_not():
    generator = np.random.default_rng(3)
    stepped = generator.normal(size=40) + 6 * (np.arange(40) >= 25)
    flat = generator.normal(size=40)
    tests = breaks.tested(long(stepped=stepped, flat=flat)).set_index("series")
    assert tests.loc["stepped", "steps"] == 1 and tests.loc["stepped", ["first", "last", "n"]].tolist() == [1950, 1989, 40]  # fmt: skip
    assert tests.loc["stepped", "p_within"] == pytest.approx(1 / (breaks.DRAWS + 1))
    assert tests.loc["stepped", "verdict"] in ("breaks", "leans") and tests.loc["flat", "verdict"] == "none"
    # Benjamini and Hochberg of two: the smaller twice, the larger once, and none above it
    p = tests["p"].sort_values()
    assert tests["adjusted"].min() == pytest.approx(min(2 * p.iloc[0], p.iloc[1]))


def test_dates_hold_the_true_year_and_means_of_both_sides():
    values = np.random.default_rng(5).normal(size=40) + 8 * (np.arange(40) >= 25)
    (row,) = breaks.dated(long(one=values)).itertuples()
    assert row.year == 1975 and row.low <= 1975 <= row.high and row.high - row.low <= 2
    assert (row.before, row.after) == pytest.approx((values[:25].mean(), values[25:].mean()))
    step = breaks.step(breaks.dated(long(one=values)), "one", digits=1, times=10)
    assert step.year.text == "1975" and step.after.value == pytest.approx(10 * values[25:].mean())
    with pytest.raises(KeyError, match="one: 1 steps, none is number 2"):
        breaks.step(breaks.dated(long(one=values)), "one", 2)


def test_nearness_to_given_years_by_hand():
    # a calendar of ten years, one date on the given year: of ten shifts only that of none lies at distance 0
    found = breaks.nearest_to(pd.Series([2003]), [2003], "one date", 2000, 2009)
    assert found.distance.value == 0 and found.p.value == pytest.approx(0.1)
    # 2003 moves to 2004…2009, 2000, 2001, 2002: distances 1…6, 3, 2, 1
    assert found.expected.value == pytest.approx((0 + 1 + 2 + 3 + 4 + 5 + 6 + 3 + 2 + 1) / 10)


def test_owners_of_a_year_by_hand():
    dates = pd.DataFrame({"series": ["a", "a", "b"], "year": [2001, 2002, 2008]})
    (row,) = breaks.owners(dates, {"turn": 2001}, 2000, 2009).itertuples()
    assert (row.date, row.count, row.which) == ("turn", 1, "a 2001; a 2002")
    # a is near 2000-2002 at shifts 0, 9 (both dates), 8 (2002 to 2000), 1 (2001 to 2002); b at shifts 2, 3, 4
    assert row.expected == pytest.approx((4 + 3) / 10) and row.chance == pytest.approx(7 / 10)


def test_the_fullest_year_counts_series_and_keeps_strands_together():
    dates = pd.DataFrame({
        "series": ["a", "b", "c", "d"], "strand": ["votes", "positions", "goods", "words"], "year": [1965, 1966, 1967, 1990],
    })  # fmt: skip
    found = breaks.crowded(dates, 1950, 1999)
    assert (found.year.value, found.series.value, found.series.n) == (1966, 3, 4)
    # a and b move as one: with c the three meet by chance when c is shifted to one of three years beside them, d too
    assert 0.05 < found.p.value < 0.2


def test_a_date_given_beforehand_is_compared_across_its_window():
    values = np.concatenate([np.zeros(20), np.ones(20)]) + np.tile([0.1, -0.1], 20)
    found = breaks.at_given(long(one=values), {"true": 1970, "early": 1952, "false": 1980}, window=5)
    assert list(found["date"]) == ["true", "false"], "1952 has not four years before it"
    true = found.iloc[0]
    assert (true.before, true.after) == pytest.approx((values[15:20].mean(), values[20:25].mean()))
    assert true.p < found.iloc[1].p and (found["adjusted"] >= found["p"]).all()


def test_power_grows_with_the_step_and_the_strict_reading_calls_less():
    trials = breaks.calibrated((0.4,), (0, 3), n=40)
    quiet, stepped = trials.itertuples()
    assert quiet.strict <= 0.1 and quiet.strict <= quiet.lenient and stepped.lenient > 0.9
    assert stepped.strict > quiet.strict
    assert breaks.called(trials, 0.4, 3, "lenient").value == stepped.lenient


def test_what_a_chapter_asks():
    tests = pd.DataFrame({
        "series": ["a", "b", "c"], "first": [1950, 1950, 1960], "last": [2025, 2014, 2025], "n": [76, 65, 66],
        "adjusted": [0.01, 0.5, 0.2], "adjusted_within": [0.01, 0.5, 0.03], "verdict": ["breaks", "none", "leans"],
    })  # fmt: skip
    assert [breaks.standing(tests, verdict).value for verdict in ("breaks", "leans", "none")] == [1, 1, 1]
    assert breaks.chance(tests, "c").value == 0.2 and breaks.chance(tests, "c", "lenient").value == 0.03
    assert breaks.able(tests, 2022).value == 2 and breaks.able(tests, 2023).value == 0


def test_the_smallest_chance_at_given_years_and_the_rows_of_owners():
    pairs = pd.DataFrame({"adjusted": [0.4, 0.2], "date": ["1991", "2001"], "series": ["a", "b"]})
    assert breaks.smallest(pairs).value == 0.2 and breaks.smallest(pairs).n == 2
    owned = pd.DataFrame({"date": ["1991"], "count": [4], "chance": [0.06]})
    assert breaks.owned(owned, "1991").value == 4 and breaks.rarity(owned, "1991").text == "0.06"


def test_tables_for_readers_and_the_dates_of_series_that_step():
    tests = pd.DataFrame({
        "series": ["a", "b"], "first": [1950, 1950], "last": [2025, 2014], "n": [76, 65], "persistence": [0.5, 0.6], "adjusted": [0.2, 0.3],
        "persistence_within": [0.1, 0.2], "adjusted_within": [0.01, 0.4], "verdict": ["leans", "none"],
    })  # fmt: skip
    dates = pd.DataFrame({"series": ["a", "a", "b"], "year": [1965, 1990, 1970], "low": [1964, 1980, 1970], "high": [1966, 1999, 1971]})  # fmt: skip
    assert breaks.stepping(tests, dates)["year"].to_list() == [1965, 1990]
    shown = breaks.shown(tests, dates)
    assert shown.iloc[0].to_list() == ["a", 76, "1965 (1964 to 1966), 1990 (1980 to 1999)", 0.5, 0.2, 0.1, 0.01, "leans"]  # fmt: skip
    owned = breaks.owners(dates, {"2022": 2022, "1990": 1990}, 1947, 2025)
    table = breaks.owners_shown(owned, tests)
    assert table.iloc[0][["Date", "Long enough", "Series within a year", "Which, and when"]].to_list() == ["2022", 1, 0, "none"]  # fmt: skip
    assert table.iloc[1][["Long enough", "Series within a year", "Which, and when"]].to_list() == [2, 1, "a 1990"]
