"""Third parties: what passed between Pakistan and Moscow, year by year, held against what others did.

What comes in: the tables of votes, visits, events, trade, arms, aid and speeches. What goes out: seven yearly series of the pair (`between`), six of
the third parties (`beside`), every pair of both tested three ways (`tested`), the years around American turns (`around`), and what the
places of two states owe to their resting on the same texts (`on_the_same_texts`, `among_states`). The one difficulty: yearly series run
on as they were, so that two of them agree by chance; and with forty-two pairs some agree by chance whatever is done. What counts as
found is therefore fixed here, before any pair is looked at: `EXPECTED`, `FIRST`, `LEVEL`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus import dates
from pakrus.estimate import Estimate, quantity, share, year
from pakrus.measures import chances, correlation, trade
from pakrus.measures.contact import contacts_by_year
from pakrus.terms import LEADERS, named

SEED, DRAWS, LEVEL = correlation.SEED, correlation.DRAWS, 0.05
MANY = 3 * DRAWS  # shuffles of each pair: so many that another seed moves no corrected p-value across the level
YEARS = (1948, 2025)  # the first whole year of Pakistan, and the last that the register holds whole
BETWEEN = {  # what passed between the two, in words
    "place": "Pakistan's place by votes", "nearness": "its nearness of ideal points", "leaders": "meetings of leaders",
    "visits": "visits of any rank", "acts": "cooperative acts", "trade": "Russia's share in Pakistan's trade",
    "arms": "Russia's share in Pakistan's arms",
}  # fmt: skip
BESIDE = {  # what the third did, in words
    "india_arms": "Russia's share in India's arms", "india_place": "India's place by Moscow", "china_near": "China's nearness to Moscow",
    "us_aid": "American aid", "us_place": "Pakistan's place by Washington", "kabul": "Moscow's words on Afghanistan",
}  # fmt: skip
EXPECTED = {  # expectation by third series: its name, and the sign that it foretells (0: either)
    "india_arms": ("compensation", -1), "india_place": ("rivals for one favour", -1), "china_near": ("the wedge", -1),
    "us_aid": ("leverage", -1), "us_place": ("the seesaw", -1), "kabul": ("Kabul", 0),
}  # fmt: skip
FIRST = {  # the first test of each expectation
    "india_arms": "arms", "india_place": "place", "china_near": "acts", "us_aid": "visits", "us_place": "place", "kabul": "visits",
}  # fmt: skip
CUTS, OPENINGS = (1965, 1971, 1979, 1990, 1998, 2018), (1954, 1981, 2001)  # of American aid and arms for Pakistan
BORNE_OUT, REFUTED, NOT_SEEN = "borne out", "refuted", "not seen"


def place(places: pd.DataFrame, state: str, half: str = "all") -> pd.Series:
    """Return a state's place by Moscow, the year of the session as index (rows of `unga_moscow_places`)."""
    rows = places[(places["state"] == state) & (places["half"] == half)]
    return rows.set_index("year")["percentile"].astype(float).sort_index()


def near(nearness: pd.DataFrame, state: str) -> pd.Series:
    """Return a state's place by nearness of ideal points to Moscow, the year as index (rows of `ideal_nearness`)."""
    rows = nearness[(nearness["state"] == state) & (nearness["partner"] == "RUS")]
    return rows.set_index("year")["percentile"].astype(float)


def _supplied(suppliers: pd.DataFrame, recipient: str) -> pd.Series:
    rows = suppliers[(suppliers["recipient"] == recipient) & (suppliers["supplier"] == "RUS")]
    return rows.set_index("year")["share"].astype(float)


def between(
    places: pd.DataFrame, nearness: pd.DataFrame, visits: pd.DataFrame, events: pd.DataFrame, partners: pd.DataFrame, suppliers: pd.DataFrame
) -> pd.DataFrame:  # fmt: skip
    """Return what passed between Pakistan and Moscow, a row a year (the index), a column a series of `BETWEEN`.

    `places` are rows of `unga_moscow_places`, `nearness` of `ideal_nearness`, `partners` of `trade_partners`, `suppliers` of `arms_suppliers`.
    Visits and acts are counts of what the register found that happened, 0 in a year without one; a place is a percentile (0-100), a share 0-1.
    """
    held = visits[visits["status"] == "happened"]
    met = held["start_date"].map(dates.year)
    years = pd.RangeIndex(YEARS[0], YEARS[1] + 1, name="year")
    shares = trade.shares(partners)
    series = {
        "place": place(places, "PAK"), "nearness": near(nearness, "PAK"),
        "leaders": met[held["rank"].isin(LEADERS)].value_counts().reindex(years, fill_value=0),
        "visits": met.value_counts().reindex(years, fill_value=0),
        "acts": contacts_by_year(events, *YEARS).set_index("year")["contacts"],
        "trade": shares[shares["partner"] == "RUS"].set_index("year")["share"], "arms": _supplied(suppliers, "PAK"),
    }  # fmt: skip
    return pd.DataFrame({name: values.astype(float).reindex(years) for name, values in series.items()}, index=years)


def beside(
    places: pd.DataFrame, nearness: pd.DataFrame, suppliers: pd.DataFrame, aid: pd.DataFrame, agreed: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:  # fmt: skip
    """Return what the third parties did, a row a year (the index), a column a series of `BESIDE`.

    `agreed` are rows of `unga_agreement`, `mentions` of `ungd_mentions`; the others as in `between`. American aid is the logarithm of the sum that the
    United States bound itself to pay in million dollars of 2021, one added; years without a figure stay empty. Words are per 10,000.
    """
    years = pd.RangeIndex(YEARS[0], YEARS[1] + 1, name="year")
    given = aid[(aid["donor"] == "USA") & (aid["price_basis"] == "constant 2021")].groupby("year")["value"].sum()
    spoken = mentions[(mentions["speaker"] == "RUS") & (mentions["group"] == "AFG")].set_index("year")[
        "per_10000_words"
    ]
    series = {
        "india_arms": _supplied(suppliers, "IND"), "india_place": place(places, "IND"), "china_near": near(nearness, "CHN"),
        "us_aid": np.log1p(given.astype(float)),
        "us_place": agreed[agreed["partner"] == "USA"].set_index("year")["percentile"], "kabul": spoken,
    }  # fmt: skip
    return pd.DataFrame({name: values.astype(float).reindex(years) for name, values in series.items()}, index=years)


def tested(own: pd.DataFrame, third: pd.DataFrame, draws: int = MANY, seed: int = SEED) -> pd.DataFrame:
    """Return every pair of the third parties' series and the pair's, a row each, tested in levels and in changes.

    Columns: `expectation`, `third`, `own` (codes of `BESIDE` and `BETWEEN`), `first` (whether it is the first test of the expectation), `n`
    (years with both), `level` (rank correlation), `shuffled`, `surrogates` (p-values of it: `correlation.against_surrogates`), `change` and `lag` (the
    largest rank correlation of the whitened series, and by how many years the third comes first), `p` (`correlation.lagged`), the two
    corrected for the number of pairs (`surrogates_adjusted`, `adjusted`), `foretold` (the sign) and `verdict`.
    Source of the correction: as of `proportions.groups_against_rest`.
    """
    white_own, white_third = ({name: correlation.whitened(frame[name]) for name in frame} for frame in (own, third))
    rows = []
    for name in third:
        expectation, sign = EXPECTED[name]
        for other in own:
            level = correlation.against_surrogates(own[other], third[name], seed=seed)
            moved = correlation.lagged(white_own[other], white_third[name], draws=draws, seed=seed)
            rows.append({
                "expectation": expectation, "third": name, "own": other, "first": FIRST[name] == other, "n": moved["n"],
                "level": level["rho"], "shuffled": level["shuffled"], "surrogates": level["surrogates"],
                "change": moved["largest"], "lag": moved["lag"], "p": moved["p"], "foretold": sign,
            })  # fmt: skip
    frame = pd.DataFrame(rows)
    frame["surrogates_adjusted"], frame["adjusted"] = (
        chances.adjusted(frame[column]) for column in ("surrogates", "p")
    )
    frame["verdict"] = [
        NOT_SEEN if row.adjusted >= LEVEL else BORNE_OUT if row.foretold * row.change >= 0 else REFUTED
        for row in frame.itertuples()
    ]
    return frame


def firsts(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the first test of each expectation (rows of `tested`), `adjusted` for the number of these alone."""
    rows = pairs[pairs["first"]].reset_index(drop=True)
    return rows.assign(adjusted=chances.adjusted(rows["p"]))


class Passed(NamedTuple):
    """How many pairs pass: as a textbook tests levels, against surrogates, in changes; the last two after correction too."""

    textbook: Estimate
    surrogates: Estimate
    surrogates_corrected: Estimate
    changes: Estimate
    changes_corrected: Estimate


def passed(pairs: pd.DataFrame) -> Passed:
    """Return how many pairs (rows of `tested`) have a p-value below 5 in 100, by each test; `n` is the number of pairs."""

    def below(column: str, words: str) -> Estimate:
        found = int((pairs[column] < LEVEL).sum())
        return Estimate(found, n=len(pairs), words=f"pairs of series with p below 0.05, {words}")

    return Passed(
        below("shuffled", "levels, years taken as independent"),
        below("surrogates", "levels against surrogates"),
        below("surrogates_adjusted", "levels against surrogates, corrected for all pairs"),
        below("p", "changes"),
        below("adjusted", "changes, corrected for all pairs"),
    )


class Pair(NamedTuple):
    """One pair: rank correlation of levels with its p-value against surrogates; the largest of changes, its p-value and that corrected."""

    level: Estimate
    surrogates: Estimate
    change: Estimate
    p: Estimate
    adjusted: Estimate


def pair(pairs: pd.DataFrame, third: str, own: str) -> Pair:
    """Return what was found of one pair (a row of `tested` or of `firsts`); `n` are the years with both series.

    The interval of the change is that of the one lag, as if it had been chosen beforehand (`correlation.rank_interval`).

    Raises
    ------
    KeyError
        When there is no such pair.
    """
    rows = pairs[(pairs["third"] == third) & (pairs["own"] == own)]
    if rows.empty:
        raise KeyError(f"no pair of {third!r} and {own!r}: see third_parties.BESIDE and third_parties.BETWEEN")
    row = rows.iloc[0]
    words, many = f"{BESIDE[third]} with {BETWEEN[own]}", len(pairs)
    when = (
        "in the same year"
        if not row["lag"]
        else f"the first {abs(row['lag'])} years {'before' if row['lag'] > 0 else 'after'}"
    )

    low, high = correlation.rank_interval(row["change"], row["n"] - abs(row["lag"]))

    def said(column: str, begin: str, digits: int) -> Estimate:
        return quantity(row[column], f"{begin}: {words}", digits, n=row["n"])

    return Pair(
        said("level", "rank correlation of levels", 2),
        said("surrogates", "p-value of the rank correlation of levels against surrogates", 2),
        replace(said("change", f"largest rank correlation of changes, {when}", 2), low=low, high=high),
        said("p", "p-value of the largest rank correlation of changes", 4),
        said("adjusted", f"p-value of the largest rank correlation of changes, adjusted for {many} pairs", 3),
    )


def largest_of(pairs: pd.DataFrame, third: str) -> tuple[Estimate, Estimate]:
    """Return the largest correlation of changes that one third series has with any of the pair's, and the smallest corrected p-value."""
    rows = pairs[pairs["third"] == third]
    words = f"of changes of {BESIDE[third]} with any series of the pair"
    size = rows["change"].abs().max()
    return (
        quantity(size, f"largest rank correlation, up or down, {words}", 2, n=len(rows)),
        quantity(rows["adjusted"].min(), f"smallest p-value {words}, adjusted for {len(pairs)} pairs", 2, n=len(rows)),
    )


def around(
    own: pd.DataFrame, years: Sequence[int], words: str, reach: int = 3, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Return how the pair's series stand in the years after some turns, beside the years before, a row a series.

    Columns: `turns` (`words`), `own`, `number` (turns with two years or more on both sides), `after_less` (mean of the `reach` years after less that of the
    years before, the year itself left out), `usual` (its mean over all years), `p` (two-sided: as many years drawn at random, without
    putting back, are as far from the usual).
    """
    rows = []
    for name in own:
        every = _steps(own[name], reach).dropna()
        found = every.reindex([year for year in years if year in every.index])
        drawn = every.to_numpy()[_orders(len(every), draws, seed)[:, : len(found)]].mean(axis=1)
        usual = float(every.mean())
        p = (np.sum(np.abs(drawn - usual) >= abs(found.mean() - usual) - 1e-12) + 1) / (draws + 1)
        rows.append(
            {"turns": words, "own": name, "number": len(found), "after_less": found.mean(), "usual": usual, "p": p}
        )
    return pd.DataFrame(rows)


def _steps(series: pd.Series, reach: int) -> pd.Series:
    """Return for each year the mean of the years after it less that of the years before; missing with fewer than two on a side."""
    values = series.astype(float)
    before = values.shift(1).rolling(reach, min_periods=2).mean()
    after = values[::-1].shift(1).rolling(reach, min_periods=2).mean()[::-1]
    return after - before


_orders = correlation._orders


def turns(own: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return `around` for the American cuts and openings, with `adjusted` for all of these tests together."""
    sets = ((CUTS, "cuts"), (OPENINGS, "openings"))
    frame = pd.concat([around(own, years, words, draws=draws, seed=seed) for years, words in sets], ignore_index=True)
    return frame.assign(adjusted=chances.adjusted(frame["p"]))


def turn(found: pd.DataFrame, words: str, own: str) -> tuple[Estimate, Estimate]:
    """Return the difference of one series around the turns of one kind (rows of `turns`) and its p-value; `n` are the turns."""
    row = found[(found["turns"] == words) & (found["own"] == own)].iloc[0]
    said = f"{BETWEEN[own]}, three years after American {words} less three years before"
    return (
        quantity(row["after_less"], said, 1, n=row["number"]),
        quantity(row["p"], f"p-value of {said}", 2, n=row["number"]),
    )


def smallest(found: pd.DataFrame, words: str) -> Estimate:
    """Return the smallest corrected p-value of a set of tests (rows with `adjusted`)."""
    return quantity(
        found["adjusted"].min(), f"smallest p-value of {words}, adjusted for {len(found)} tests", 2, n=len(found)
    )


def on_the_same_texts(places: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return how places by Moscow go together on the same texts and on different ones (rows of `unga_moscow_places`).

    Rows: Pakistan with India on the same half of each session's roll calls, Pakistan with India on different halves, and each of the two with itself on
    the other half. Columns: `who`, `texts`, `level` and `change` (rank correlations, of the whitened series in the same year), both the mean of the two
    ways to take the halves, `p` (of the change, the larger of the two), `years`. What two places share only on the same texts comes of these texts.
    """
    halves = {(state, part): place(places, state, part) for state in ("PAK", "IND") for part in ("odd", "even")}
    ways = {
        ("Pakistan and India", "the same half"): ((("PAK", "odd"), ("IND", "odd")), (("PAK", "even"), ("IND", "even"))),
        ("Pakistan and India", "different halves"): (
            (("PAK", "odd"), ("IND", "even")),
            (("PAK", "even"), ("IND", "odd")),
        ),
        ("Pakistan and itself", "different halves"): ((("PAK", "odd"), ("PAK", "even")),),
        ("India and itself", "different halves"): ((("IND", "odd"), ("IND", "even")),),
    }
    rows = []
    for (who, texts), both in ways.items():
        levels = [correlation.lagged(halves[a], halves[b], 0, 1, seed)["same_year"] for a, b in both]
        moved = [
            correlation.lagged(*(correlation.whitened(halves[one]) for one in way), 0, draws, seed) for way in both
        ]
        rows.append({
            "who": who, "texts": texts, "level": np.mean(levels), "change": np.mean([found["same_year"] for found in moved]),
            "p": max(found["p"] for found in moved), "years": moved[0]["n"],
        })  # fmt: skip
    return pd.DataFrame(rows)


class Half(NamedTuple):
    """How two places go together on halves of the texts: rank correlations of levels and of changes, and the p-value of the latter."""

    level: Estimate
    change: Estimate
    p: Estimate


def half(found: pd.DataFrame, who: str, texts: str) -> Half:
    """Return one row of `on_the_same_texts`; `n` are the years."""
    row = found[(found["who"] == who) & (found["texts"] == texts)].iloc[0]
    words, years = f"of places by Moscow, {who}, on {texts} of each session's roll calls", row["years"]
    return Half(
        quantity(row["level"], f"rank correlation {words}", 2, n=years),
        quantity(row["change"], f"rank correlation of changes {words}", 2, n=years),
        quantity(row["p"], f"p-value of the rank correlation of changes {words}", 3, n=years),
    )


def among_states(places: pd.DataFrame) -> pd.DataFrame:
    """Return how the places of all states go with Pakistan's (rows of `unga_moscow_places`), the closest in changes first.

    Columns: `state` (as in the table), `level` and `change` (rank correlations with Pakistan's place; of the whitened series, in the same year), `n`.
    """
    whole = places[places["half"] == "all"]
    pakistan = place(places, "PAK")
    white = correlation.whitened(pakistan)
    rows = []
    for state in whole["state"].unique():
        if state != "PAK":
            other = place(places, state)
            level = correlation.lagged(pakistan, other, 0, 1)
            moved = correlation.lagged(white, correlation.whitened(other), 0, 1)
            rows.append({"state": state, "level": level["same_year"], "change": moved["same_year"], "n": moved["n"]})
    return pd.DataFrame(rows).sort_values("change", ascending=False, ignore_index=True)


def standing(states: pd.DataFrame, state: str) -> tuple[Estimate, Estimate]:
    """Return a state's rank among all in how its place goes with Pakistan's (rows of `among_states`), and the median correlation of changes."""
    rank = int(states.index[states["state"] == state][0]) + 1
    return (
        Estimate(
            rank,
            n=len(states),
            words=f"rank of {named(state)} among states by the correlation of changes of place with Pakistan's",
        ),
        quantity(
            states["change"].median(),
            "median state's correlation of changes of place with Pakistan's",
            2,
            n=len(states),
        ),
    )


def years_nearer(places: pd.DataFrame, first: int, last: int) -> Estimate:
    """Return the share of years in which Pakistan stands nearer to Moscow than India does, by votes (rows of `unga_moscow_places`)."""
    gap = (place(places, "PAK") - place(places, "IND")).loc[first:last].dropna()
    words = f"years in which Pakistan stands nearer to Moscow than India does by votes, {first}–{last}"
    return share(float((gap > 0).mean()), words, len(gap))


def five_years(suppliers: pd.DataFrame, recipient: str, supplier: str, year: int) -> Estimate:
    """Return a supplier's share in a recipient's arms over a year and the four before it (a row of `arms_suppliers`).

    Raises
    ------
    KeyError
        When the table has no such row.
    """
    rows = suppliers[
        (suppliers["recipient"] == recipient) & (suppliers["supplier"] == supplier) & (suppliers["year"] == year)
    ]
    if rows.empty:
        raise KeyError(f"arms_suppliers: no row of {supplier!r} to {recipient!r} in {year}")
    return share(
        rows["share_five_years"].iloc[0],
        f"share of arms from {named(supplier)} in those of {named(recipient)}, {year - 4}–{year}",
        5,
    )


def highest_five_years(suppliers: pd.DataFrame, recipient: str, supplier: str) -> tuple[Estimate, Estimate]:
    """Return a supplier's highest share over five years in a recipient's arms (rows of `arms_suppliers`), and the last of these years."""
    rows = suppliers[(suppliers["recipient"] == recipient) & (suppliers["supplier"] == supplier)]
    shares = rows.set_index("year")["share_five_years"].astype(float)
    words = f"highest share of arms from {named(supplier)} in those of {named(recipient)} in five years"
    last = int(shares.idxmax())
    return share(shares.max(), words, 5), year(last, f"last of the five years of the {words}")


def aid_of(aid: pd.DataFrame, first: int, last: int) -> Estimate:
    """Return the mean sum a year that the United States bound itself to pay Pakistan (rows of `aid`), in million dollars of 2021."""
    rows = aid[(aid["donor"] == "USA") & (aid["price_basis"] == "constant 2021") & aid["year"].between(first, last)]
    yearly = rows.groupby("year")["value"].sum()
    return quantity(
        yearly.mean(),
        f"American obligations to Pakistan a year, {first}–{last}",
        0,
        "million US dollars of 2021",
        len(yearly),
    )


def in_words(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs (rows of `tested` or `firsts`) as a reader sees them: both series in words, the correlations, p-values and the verdict.

    Rows of `turns` keep their columns, with the series in words. Columns of pairs: `expectation`, `third`, `own`, `years`, `level`, `shuffled`, `surrogates`, `change`, `lag`, `p`, `adjusted`, `verdict`.
    """
    if "third" not in pairs.columns:
        return pairs.assign(own=pairs["own"].map(BETWEEN))
    frame = pairs.assign(third=pairs["third"].map(BESIDE), own=pairs["own"].map(BETWEEN), years=pairs["n"])
    columns = [
        "expectation",
        "third",
        "own",
        "years",
        "level",
        "shuffled",
        "surrogates",
        "change",
        "lag",
        "p",
        "adjusted",
    ]
    return frame[[*columns, "verdict"]].reset_index(drop=True)


def textbook(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs (rows of `tested`) that a textbook's test of levels would call found, the smallest p-value first."""
    return pairs[pairs["shuffled"] < LEVEL].sort_values("shuffled", ignore_index=True)


class Tie(NamedTuple):
    """How the changes of two series go together in the same year: rank correlation, and its p-value by shuffled years."""

    change: Estimate
    p: Estimate


def together(first: pd.Series, second: pd.Series, words: str, draws: int = DRAWS, seed: int = SEED) -> Tie:
    """Return how the whitened changes of any two yearly series go together in the same year; `words` say of what they are.

    For looks that were not among the pairs tested: no correction for their number.
    """
    found = correlation.lagged(*map(correlation.whitened, (first, second)), 0, draws, seed)
    said = f"rank correlation in the same year of changes of {words}"
    low, high = correlation.rank_interval(found["same_year"], found["n"])
    return Tie(
        quantity(found["same_year"], said, 2, n=found["n"], low=low, high=high),
        quantity(found["p"], f"p-value of the {said}", 3, n=found["n"]),
    )
