"""Pairs of yearly series: by hand, on series whose tie is known, and the verdicts of the book under other seeds."""

import numpy as np
import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import correlation, ranks, third_parties

YEARS = range(1950, 2010)


def noise(seed, run=0.0, n=60):
    """A series that goes on as it was, as far as `run` says."""
    generator = np.random.default_rng(seed)
    values = [generator.normal()]
    for _ in range(n - 1):
        values.append(run * values[-1] + generator.normal())
    return pd.Series(values, index=range(YEARS[0], YEARS[0] + n))


# ------------------------------------------------------------ the ground: whitening, lags, surrogates


def test_a_series_is_freed_of_its_run_by_hand():
    """Means off: -1, 1, -1, 1. The run is (-1 -1 -1)/(1 + 1 + 1) = -1, so that nothing is left: 1 - (-1)(-1) = 0 and so on."""
    assert correlation.whitened(pd.Series([0, 2, 0, 2], index=[1950, 1951, 1952, 1953])).tolist() == [0, 0, 0]
    # -2, 0, 2 off the mean: (0*-2 + 2*0)/(4 + 0) = 0, so that the values stay
    assert correlation.whitened(pd.Series([1, 3, 5], index=[1950, 1951, 1952])).to_dict() == {1951: 0, 1952: 2}


def test_a_year_after_a_gap_has_no_residual():
    found = correlation.whitened(pd.Series([1.0, 2, 4, 3, 5], index=[1950, 1951, 1953, 1954, 1956]))
    assert found.index.tolist() == [1951, 1954]


def test_whitening_takes_the_run_out():
    found = correlation.whitened(noise(1, 0.8, 2000))
    assert abs(found.autocorr()) < 0.05 < noise(1, 0.8, 2000).autocorr()


def test_a_lag_is_found_and_its_sign_says_who_comes_first():
    first = noise(2)
    second = (first.shift(-2) + noise(3) * 0.05).dropna()  # what second does in a year, first does two years later
    found = correlation.lagged(first, second, draws=500)
    assert found["lag"] == 2 and found["largest"] > 0.9 and found["p"] == pytest.approx(1 / 501)
    assert correlation.lagged(second, first, draws=500)["lag"] == -2


def test_without_lags_it_is_the_rank_correlation():
    first, second = noise(4), noise(4) + noise(5)
    found = correlation.lagged(first, second, 0, 100)
    assert found["same_year"] == pytest.approx(correlation.rank_correlation(first, second)["rho"])
    assert found["largest"] == found["same_year"] and found["n"] == len(YEARS)


def test_the_choice_among_lags_has_its_price():
    first, second = noise(6), noise(7)
    alone, chosen = (correlation.lagged(first, second, reach, 4000) for reach in (0, 3))
    assert abs(chosen["largest"]) >= abs(alone["largest"])
    same = pd.Series(
        first.to_numpy(), index=first.index
    )  # as strong in the same year: p is larger where seven lags compete
    weak = same * 0.3 + noise(8)
    assert correlation.lagged(first, weak, 3, 4000)["p"] > correlation.lagged(first, weak, 0, 4000)["p"]


def test_too_few_years_and_constants_have_no_value():
    short = pd.Series([1.0, 2, 3, 4], index=range(1950, 1954))
    assert np.isnan(correlation.lagged(short, short)["p"])
    flat = pd.Series(1.0, index=YEARS)
    assert np.isnan(correlation.lagged(flat, noise(9))["p"]) and np.isnan(
        correlation.against_surrogates(flat, noise(9))["rho"]
    )


def test_series_that_run_on_are_called_tied_by_shuffles_far_more_often_than_by_surrogates():
    """Forty pairs without a tie, each of which goes on as it was at .9: shuffles err in many of them, surrogates in few."""
    found = [correlation.against_surrogates(noise(100 + i, 0.9), noise(200 + i, 0.9), 200) for i in range(40)]
    shuffled, surrogates = (sum(pair[name] < 0.05 for pair in found) for name in ("shuffled", "surrogates"))
    assert shuffled >= 15 and surrogates <= 6


def test_surrogates_see_a_tie_that_is_there():
    first = noise(10, 0.5)
    found = correlation.against_surrogates(first, first + 0.3 * noise(11))
    assert found["rho"] > 0.8 and found["surrogates"] < 0.01 and found["n"] == len(YEARS)


def test_the_interval_of_a_rank_correlation_by_hand():
    """Of 0.5 and 56 pairs: atanh .5 = .5493, reach 1.96 x sqrt(1.06/53) = .2772; tanh of .2721 and .8265 are .266 and .679."""
    assert correlation.rank_interval(0.5, 56) == (pytest.approx(0.2656, abs=2e-4), pytest.approx(0.6785, abs=2e-4))
    assert all(np.isnan(end) for end in (*correlation.rank_interval(1.0, 50), *correlation.rank_interval(0.3, 3)))


def test_what_is_visible_falls_with_years_and_rises_with_tests():
    few, many = correlation.visible(40), correlation.visible(160)
    assert many.value < few.value < correlation.visible(40, 42).value < 1
    # without lags the known answer: z = (1.96 + .84)/sqrt(n - 3) is .2235 for 160 years, its tanh .22
    assert correlation.visible(160, reach=0).value == pytest.approx(0.22, abs=0.04)
    assert few.n == 40 and few.words.endswith("lags to 3 years, 1 test")


# ------------------------------------------------------------ places of every state


def test_the_place_of_every_state_is_that_of_each_alone():
    generator = np.random.default_rng(12)
    wide = pd.DataFrame(generator.integers(0, 4, size=(60, 8)), columns=["PAK", "RUS", *"abcdef"]).assign(
        session=np.repeat([2, 3], 30), vote_id=""
    )
    found = ranks.every_place(wide, "RUS").set_index(["session", "state"])["percentile"]
    for state in ("PAK", "a", "f"):
        alone = ranks.percentiles(wide, state, "RUS").set_index("session")["percentile"]
        assert {s: found[s, state] for s in (2, 3)} == alone.to_dict()


def test_the_stored_places_are_those_of_the_votes():
    places, agreed = data.load("unga_moscow_places"), data.load("unga_agreement")
    stored = agreed[agreed["partner"] == "RUS"].set_index("year")["percentile"].dropna()
    own = third_parties.place(places, "PAK")
    assert own.to_dict() == stored.to_dict()
    counts = places[places["half"] == "all"].groupby("state").size()
    assert counts.min() >= 70 and set(places.loc[places["half"] != "all", "state"]) == {"PAK", "IND"}


# ------------------------------------------------------------ pairs


def frames(tie):
    own = pd.DataFrame({"place": noise(20), "acts": noise(21)})
    third = pd.DataFrame({"india_place": tie * own["place"] + 0.2 * noise(22), "us_aid": noise(23)})
    return own, third


def test_a_verdict_follows_the_sign_foretold():
    pairs = third_parties.tested(*frames(-1.0), draws=2000)
    verdicts = pairs.set_index(["third", "own"])["verdict"]
    assert (
        verdicts["india_place", "place"] == "borne out"
        and (verdicts.drop(("india_place", "place")) == "not seen").all()
    )
    turned = third_parties.tested(*frames(1.0), draws=2000).set_index(["third", "own"])["verdict"]
    assert turned["india_place", "place"] == "refuted"
    assert third_parties.firsts(pairs)["own"].tolist() == ["place"]  # of aid the first test, visits, is not among these


def test_the_correction_is_that_of_benjamini_and_hochberg():
    pairs = third_parties.tested(*frames(-1.0), draws=2000).sort_values("p", ignore_index=True)
    by_hand = [pairs["p"][i] * 4 / (i + 1) for i in range(4)]
    assert pairs["adjusted"].tolist() == pytest.approx([min(by_hand[i:]) for i in range(4)])


def test_passes_are_counted_by_test():
    pairs = pd.DataFrame({
        "shuffled": [0.01, 0.04, 0.2], "surrogates": [0.04, 0.3, 0.5], "surrogates_adjusted": [0.12, 0.4, 0.5],
        "p": [0.001, 0.06, 0.9], "adjusted": [0.003, 0.09, 0.9],
    })  # fmt: skip
    assert [found.value for found in third_parties.passed(pairs)] == [2, 1, 0, 1, 1]
    assert third_parties.textbook(pairs)["shuffled"].tolist() == [0.01, 0.04]


def test_one_pair_is_said_in_words():
    pairs = third_parties.tested(*frames(-1.0), draws=500)
    found = third_parties.pair(pairs, "india_place", "place")
    assert found.change.value < -0.9 and found.change.words.endswith(
        "in the same year: India's place by Moscow with Pakistan's place by votes"
    )
    assert (
        found.adjusted.words.endswith("adjusted for 4 pairs") is False
        and "adjusted for 4 pairs" in found.adjusted.words
    )
    with pytest.raises(KeyError, match="no pair of 'kabul'"):
        third_parties.pair(pairs, "kabul", "place")
    assert found.change.low < found.change.value < found.change.high < 0
    size, least = third_parties.largest_of(pairs, "india_place")
    assert size.value == pytest.approx(abs(found.change.value)) and least.value == pytest.approx(found.adjusted.value)
    words = third_parties.in_words(pairs)
    assert words.loc[0, "third"] == "India's place by Moscow" and words.loc[0, "years"] == found.p.n


# ------------------------------------------------------------ turns


def test_the_years_after_a_turn_less_those_before_by_hand():
    """A step of 10 after 1980: means of three years 0 before and 10 after; the year itself is left out."""
    step = pd.DataFrame({"acts": [0.0] * 31 + [10.0] * 29}, index=YEARS)
    found = third_parties.around(step, (1980,), "cuts", draws=1000).iloc[0]
    assert found["after_less"] == 10 and found["number"] == 1 and found["p"] < 0.1
    assert third_parties.around(step, (1960,), "cuts", draws=1000).iloc[0]["after_less"] == 0
    rising = pd.DataFrame(
        {"acts": np.arange(60.0)}, index=YEARS
    )  # every year is four above the mean of the three before
    plain = third_parties.around(rising, (1970, 1990), "cuts", draws=1000).iloc[0]
    assert plain["after_less"] == 4 and plain["p"] > 0.9
    assert plain["usual"] == pytest.approx((54 * 4 + 2 * 3.5) / 56)  # two years at the ends have two years on one side


def test_turns_are_named_in_words_and_corrected_together():
    own = pd.DataFrame({"acts": noise(50), "trade": noise(51)})
    found = third_parties.turns(own, draws=500)
    assert (
        third_parties.in_words(found)["own"].tolist() == ["cooperative acts", "Russia's share in Pakistan's trade"] * 2
    )
    assert (found["adjusted"] >= found["p"]).all() and found["turns"].tolist() == ["cuts"] * 2 + ["openings"] * 2
    size, chance = third_parties.turn(found, "cuts", "acts")
    assert (size.value, chance.value) == (
        found.loc[0, "after_less"],
        found.loc[0, "p"],
    ) and size.n == 5  # 2018 lies beyond
    assert third_parties.smallest(found, "turns").value == found["adjusted"].min()


def test_a_turn_at_the_edge_of_a_series_does_not_count():
    rising = pd.DataFrame({"acts": np.arange(60.0)}, index=YEARS)
    assert third_parties.around(rising, (1951, 1970, 2030), "cuts", draws=100).iloc[0]["number"] == 1


# ------------------------------------------------------------ the same texts, all states


def test_places_on_one_half_share_its_noise_and_on_two_do_not():
    """Two states whose places in each half are the half's own noise: tied on the same half, free on different ones."""
    rows = []
    for part, seed in (("odd", 30), ("even", 31)):
        own = noise(seed)
        for state, more in (("PAK", noise(seed + 10)), ("IND", noise(seed + 20))):
            values = 50 + 5 * own + more
            rows.append(
                pd.DataFrame({"state": state, "half": part, "year": values.index, "percentile": values.to_numpy()})
            )
    found = third_parties.on_the_same_texts(pd.concat(rows), draws=500).set_index(["who", "texts"])
    assert found.loc[("Pakistan and India", "the same half"), "change"] > 0.9
    assert abs(found.loc[("Pakistan and India", "different halves"), "change"]) < 0.3
    assert found.loc[("Pakistan and itself", "different halves"), "p"] > 0.05
    said = third_parties.half(found.reset_index(), "Pakistan and India", "the same half")
    assert (
        said.change.value == found.loc[("Pakistan and India", "the same half"), "change"] and said.p.n == said.level.n
    )


def test_states_are_ranked_by_how_they_go_with_pakistan():
    own = noise(40)
    rows = [("PAK", own), ("near", own + 0.1 * noise(41)), ("IND", own + noise(42)), ("far", -own)]
    places = pd.concat([
        pd.DataFrame({"state": name, "half": "all", "year": values.index, "percentile": values.to_numpy()}) for name, values in rows
    ])  # fmt: skip
    states = third_parties.among_states(places)
    assert states["state"].tolist() == ["near", "IND", "far"] and states["change"].iloc[-1] == pytest.approx(-1)
    rank, middle = third_parties.standing(states, "IND")
    assert rank.value == 2 and rank.n == 3 and middle.value == states["change"][1]


def test_years_nearer_and_shares_are_counted():
    places = pd.DataFrame({
        "state": ["PAK"] * 4 + ["IND"] * 4, "half": "all", "year": [1950, 1951, 1952, 1953] * 2,
        "percentile": [60, 60, 60, 60, 50, 60, 70, 10],
    })  # fmt: skip
    found = third_parties.years_nearer(places, 1950, 1952)
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)
    suppliers = pd.DataFrame({"recipient": ["IND"], "supplier": ["RUS"], "year": [2003], "share_five_years": [0.79]})
    assert third_parties.five_years(suppliers, "IND", "RUS", 2003).text == "79\u00a0%"
    with pytest.raises(KeyError, match="no row of 'RUS' to 'PAK' in 2003"):
        third_parties.five_years(suppliers, "PAK", "RUS", 2003)
    aid = pd.DataFrame(
        {"donor": "USA", "price_basis": "constant 2021", "year": [1976, 1976, 1977], "value": [100, 50, 50]}
    )
    assert third_parties.aid_of(aid, 1976, 1977).value == 100


# ------------------------------------------------------------ the book's own pairs


@pytest.fixture(scope="module")
def series():
    own = ("unga_moscow_places", "ideal_nearness", "visits", "events", "trade_partners", "arms_suppliers")
    third = ("unga_moscow_places", "ideal_nearness", "arms_suppliers", "aid", "unga_agreement", "ungd_mentions")
    return third_parties.between(*map(data.load, own)), third_parties.beside(*map(data.load, third))


def test_the_series_are_whole_and_say_what_they_are(series):
    own, third = series
    assert tuple(own) == tuple(third_parties.BETWEEN) and tuple(third) == tuple(third_parties.BESIDE)
    assert (own.index.min(), own.index.max()) == third_parties.YEARS == (third.index.min(), third.index.max())
    assert own[["leaders", "visits", "acts"]].notna().all().all() and (own["leaders"] <= own["visits"]).all()
    shares = pd.concat([own["trade"], own["arms"], third["india_arms"]]).dropna()
    assert shares.between(0, 1).all() and pd.isna(own.loc[1964, "place"])  # one roll call in that session


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_another_seed_changes_no_verdict(series, seed):
    usual, other = (third_parties.tested(*series, seed=one) for one in (third_parties.SEED, seed))
    assert usual["verdict"].tolist() == other["verdict"].tolist()
    assert len(usual) == 42 and (usual["verdict"] != "not seen").sum() == 2
    assert third_parties.firsts(other).query("adjusted < 0.05")["third"].tolist() == ["india_place"]
    assert third_parties.turns(series[0], seed=seed)["adjusted"].min() > 0.5
    halves = third_parties.on_the_same_texts(data.load("unga_moscow_places"), seed=seed).set_index("texts")["p"]
    assert halves["the same half"] < 0.05 < halves["different halves"].min()
