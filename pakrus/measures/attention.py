"""How much of an outlet's output names a state: shares of items and titles, by year and by span, and what they go with.

What comes in: the tables `media_attention` (items naming Pakistan, by month) and `media_comparators` (titles naming eight names,
by year). What goes out: shares per ten thousand items with intervals, and series by year. The one difficulty: items of
one month follow one story, so that the unit of draw is the month and not the item.
"""

import numpy as np
import pandas as pd

from pakrus.estimate import Estimate, quantity, span_in_words

PER = 10000  # items
DRAWS = 2000
SEED = 1947
OUTLETS = {  # as they stand in a sentence
    "1tv": "Channel One", "kremlin": "the president's site", "mfa_tg": "the Foreign Ministry's channel",
    "mod_tg": "the Defence Ministry's channel", "rt": "RT", "sputnik": "Sputnik", "tass": "TASS",
}  # fmt: skip
NAMES = {  # as `media_comparators` has them
    "PAK": "Pakistan", "IND": "India", "AFG": "Afghanistan", "IRN": "Iran", "CHN": "China", "BGD": "Bangladesh", "TUR": "Turkey",
    "KASHMIR": "Kashmir",
}  # fmt: skip


def titles(comparators: pd.DataFrame, outlet: str, name: str) -> pd.Series:
    """Return titles with a name per ten thousand of an outlet with the year as index; years that are not complete are left out."""
    rows = comparators[(comparators["outlet"] == outlet) & (comparators["named"] == name)]
    rows = rows[rows["flag"].ne("year not complete").fillna(True)].sort_values("year")
    return PER * rows.set_index("year")["n"].astype(float) / rows.set_index("year")["n_all"].astype(float)


def share(attention: pd.DataFrame, outlet: str) -> Estimate:
    """Return items naming Pakistan per ten thousand of an outlet over the rows given; `n` is the number of items.

    The interval is that of whole months drawn again with a fixed seed (95 %, percentiles): stories run through a month.
    Source: B. Efron and R. J. Tibshirani (1993), An Introduction to the Bootstrap, Chapman and Hall.
    """
    rows = attention[attention["outlet"] == outlet]
    items, naming = rows["n_all"].to_numpy(dtype=float), rows["n_pakistan"].to_numpy(dtype=float)
    drawn = np.random.default_rng(SEED).integers(len(rows), size=(DRAWS, len(rows)))
    low, high = np.quantile(PER * naming[drawn].sum(axis=1) / items[drawn].sum(axis=1), [0.025, 0.975])
    words = f"items of {OUTLETS[outlet]} that name Pakistan{span_in_words(attention)}"
    return quantity(PER * naming.sum() / items.sum(), words, 1, "per 10,000 items", int(items.sum()), low, high)


def compared(comparators: pd.DataFrame, outlets: tuple[str, ...]) -> pd.DataFrame:
    """Return how many titles of outlets have each name over all years given, one row an outlet and name.

    Columns: `outlet` (in words), `named`, `items`, `titles`, `per_10000`; names in order of the first outlet's share.
    """
    rows = (
        comparators[comparators["outlet"].isin(outlets)]
        .groupby(["outlet", "named"], as_index=False)[["n_all", "n"]]
        .sum()
    )
    rows["per_10000"] = PER * rows["n"].astype(float) / rows["n_all"].astype(float)
    order = rows[rows["outlet"] == outlets[0]].sort_values("per_10000", ascending=False)["named"].tolist()
    rows = rows.assign(
        place=rows["outlet"].map(list(outlets).index), rank=rows["named"].map(order.index),
        outlet=rows["outlet"].map(OUTLETS), named=rows["named"].map(NAMES),
    ).sort_values(["place", "rank"], ignore_index=True)  # fmt: skip
    found = rows[["outlet", "named", "n_all", "n", "per_10000"]]
    return found.set_axis(["outlet", "named", "items", "titles", "per_10000"], axis="columns")
