"""Items of Russian official outlets: monthly totals, and those that name Pakistan. Counts only: titles stay with their owners."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require

COUNTS = "official_media/monthly_counts.csv"
ITEMS = "official_media/pakistan_items.csv"


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
