"""How often Russian official outlets name Pakistan: counts by month, no text."""

import pandas as pd

from pakrus.measures.proportions import wilson
from pakrus.sources.files import Upstream, columns, require

COUNTS = "official_media/monthly_counts.csv"
ITEMS = "official_media/pakistan_items.csv"
FEW = 30


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return items of Russian official outlets and those that name Pakistan, by outlet and month.

    Columns: `outlet` (1tv, kremlin, mfa_tg, mod_tg, rt, sputnik, tass), `month` (YYYY-MM), `n_all` (items in the copy
    at hand), `n_pakistan` (of them naming Pakistan), `n_pakistan_title` (of those, in the title), `share` of `n_all`
    with `low` and `high` (95 % Wilson interval), `flag`. A month without a row has no item in the copy: not a zero.
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
    interval = wilson(frame["n_pakistan"], frame["n_all"]).round(6)
    frame = pd.concat([frame, interval], axis=1).rename(columns={"sum": "n_pakistan_title"})
    frame["n_pakistan_title"] = frame["n_pakistan_title"].astype(int)
    few = pd.Series("", index=frame.index).mask(frame["n_all"] < FEW, f"fewer than {FEW} items")
    last = pd.Series("", index=frame.index).mask(frame["month"] == frame["month"].max(), "month not complete")
    frame["flag"] = (few + "; " + last).str.strip("; ")
    order = ["outlet", "month", "n_all", "n_pakistan", "n_pakistan_title", "share", "low", "high", "flag"]
    return frame[order].sort_values(["outlet", "month"], ignore_index=True)
