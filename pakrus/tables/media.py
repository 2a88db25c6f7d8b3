"""How often Russian official outlets name Pakistan, and others beside it: counts by month or year, no text."""

import pandas as pd

from pakrus.measures.proportions import wilson
from pakrus.sources import media
from pakrus.sources.files import Upstream

FEW = 30


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return items of Russian official outlets and those that name Pakistan, by outlet and month.

    Columns: `outlet` (1tv, kremlin, mfa_tg, mod_tg, rt, sputnik, tass), `month` (YYYY-MM), `n_all` (items in the copy
    at hand), `n_pakistan` (of them naming Pakistan), `n_pakistan_title` (of those, in the title), `share` of `n_all`
    with `low` and `high` (95 % Wilson interval), `flag`. A month without a row has no item in the copy: not a zero.
    """
    frame = media.monthly(upstream)
    frame = pd.concat([frame, wilson(frame["n_pakistan"], frame["n_all"]).round(6)], axis=1)
    few = pd.Series("", index=frame.index).mask(frame["n_all"] < FEW, f"fewer than {FEW} items")
    last = pd.Series("", index=frame.index).mask(frame["month"] == frame["month"].max(), "month not complete")
    frame["flag"] = (few + "; " + last).str.strip("; ")
    order = ["outlet", "month", "n_all", "n_pakistan", "n_pakistan_title", "share", "low", "high", "flag"]
    return frame[order].sort_values(["outlet", "month"], ignore_index=True)


def comparators(upstream: Upstream) -> pd.DataFrame:
    """Return items of Russian official outlets whose title names Pakistan or one of seven others, by outlet and year.

    Columns: `outlet`, `year`, `named` (a state, or KASHMIR), `n_all` (items in the copy at hand), `n` (of them naming it in
    the title), `share` with `low` and `high` (95 % Wilson interval), `flag`.
    """
    frame = media.mentions(upstream)
    frame["year"] = frame["month"].str[:4].astype(int)
    named = list(media.NAMED.values())
    yearly = frame.groupby(["outlet", "year"], as_index=False)[["n_all", *named]].sum()
    long = yearly.melt(["outlet", "year", "n_all"], named, "named", "n")
    long = pd.concat([long, wilson(long["n"], long["n_all"]).round(6)], axis=1)
    few = pd.Series("", index=long.index).mask(long["n_all"] < FEW, f"fewer than {FEW} items")
    last = pd.Series("", index=long.index).mask(long["year"] == long["year"].max(), "year not complete")
    long["flag"] = (few + "; " + last).str.strip("; ")
    place = {name: at for at, name in enumerate(named)}
    long = long.sort_values(
        ["outlet", "year", "named"], key=lambda s: s.map(place) if s.name == "named" else s, ignore_index=True
    )
    return long[["outlet", "year", "named", "n_all", "n", "share", "low", "high", "flag"]]
