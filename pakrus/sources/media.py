"""Items of Russian official outlets: monthly totals, and those that name Pakistan. Counts only: titles stay with their owners."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require

COUNTS = "official_media/monthly_counts.csv"
ITEMS = "official_media/pakistan_items.csv"
MENTIONS = "official_media/monthly_title_mentions.csv"
NAMED = {
    "n_PAK": "PAK", "n_IND": "IND", "n_AFG": "AFG", "n_IRN": "IRN", "n_CHN": "CHN", "n_BGD": "BGD", "n_TUR": "TUR",
    "n_KAS": "KASHMIR",
}  # fmt: skip


def monthly(upstream: Upstream) -> pd.DataFrame:
    """Return items by outlet and month: `outlet`, `month` (YYYY-MM), `n_all`, `n_pakistan`, `n_pakistan_title` (in the title).

    Raises
    ------
    UpstreamError
        When the monthly counts are not those of the list of items.
    """
    counts = columns(pd.read_csv(upstream.path(COUNTS)), COUNTS, ["outlet", "month", "n_all", "n_pakistan"])
    items = columns(pd.read_csv(upstream.path(ITEMS)), ITEMS, ["outlet", "date", "match_in_title"])
    require(not counts.duplicated(["outlet", "month"]).any(), COUNTS, "a month is there twice for an outlet.")
    keys = [items["outlet"], items["date"].str[:7].rename("month")]
    found = items.groupby(keys)["match_in_title"].agg(["size", "sum"]).reset_index()
    frame = counts.merge(found, on=["outlet", "month"], how="outer", validate="one_to_one")
    frame = frame.fillna({"size": 0, "sum": 0})
    wrong = frame[frame["n_pakistan"] != frame["size"]]
    where = ", ".join((wrong["outlet"] + " " + wrong["month"]).head())
    require(wrong.empty, COUNTS, f"n_pakistan differs from the items of pakistan_items.csv in {where}.")
    return frame.drop(columns="size").rename(columns={"sum": "n_pakistan_title"}).astype({"n_pakistan_title": int})


def mentions(upstream: Upstream) -> pd.DataFrame:
    """Return items by outlet and month whose title names a state: `outlet`, `month`, `n_all`, and a column for each of `NAMED`.

    The months and their totals must be those of `monthly`, as far as an outlet is in both.

    Raises
    ------
    UpstreamError
        When the two files have other months or totals.
    """
    frame = columns(pd.read_csv(upstream.path(MENTIONS)), MENTIONS, ["outlet", "month", "n_all", *NAMED])
    known = monthly(upstream)
    known = known[known["outlet"].isin(frame["outlet"])]
    both = frame.merge(known, on=["outlet", "month"], how="outer", suffixes=("", "_known"), validate="one_to_one")
    wrong = both[both["n_all"] != both["n_all_known"]]
    where = ", ".join((wrong["outlet"] + " " + wrong["month"]).head())
    require(wrong.empty, MENTIONS, f"n_all differs from {COUNTS} in {where}.")
    return frame.rename(columns=NAMED)
