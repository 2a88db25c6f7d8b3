"""Measures of the claims audit: verdicts, error rates with intervals, what no article names, forecasts."""

import pandas as pd

from pakrus.measures.proportions import wilson
from pakrus.terms import DECIDED, ERRORS, VERDICTS


def counts(claims: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the number of claims per group and verdict: column `by`, one column per verdict in fixed order, `claims`.

    Groups stand in the order of their first claim; claims without a group are left out.
    """
    table = pd.crosstab(claims[by], claims["verdict"]).reindex(columns=list(VERDICTS), fill_value=0)
    table = table.reindex(claims[by].dropna().drop_duplicates())
    return table.assign(claims=table.sum(axis=1)).reset_index().rename_axis(columns=None)


def error_rates(claims: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Return how often decided claims are wrong, per group: `by`, `decided`, `errors`, `share` (0-1), `low`, `high`.

    Decided is every claim but opinions and what could not be verified; wrong is what is contradicted or internally
    inconsistent. The interval is Wilson's, 95 %: the claims are all that were found in these texts, so it says how
    far the rate could come from chance if they were draws from such texts, not how sure a verdict is.
    """
    decided = claims[claims["verdict"].isin(DECIDED)].assign(wrong=lambda frame: frame["verdict"].isin(ERRORS))
    if by is None:
        by, decided = "group", decided.assign(group="all")
    grouped = decided.dropna(subset=[by]).groupby(by, sort=False)["wrong"].agg(["size", "sum"])
    rates = wilson(grouped["sum"], grouped["size"]).set_axis(grouped.index)
    return rates.assign(decided=grouped["size"], errors=grouped["sum"]).reset_index()[
        [by, "decided", "errors", "share", "low", "high"]
    ]


def silences(events: pd.DataFrame, named: pd.DataFrame, last: str, strength: int = 3) -> pd.DataFrame:
    """Return the strong events that no article names: those of `|cooperation|` from `strength` on, not after `last`.

    `named` has the column `event_id` (table `claim_events`). `last` is the day of the latest article, so that nobody is
    blamed for not naming what came later. Columns as in `events`, in order of time.
    """
    happened = events[(events["status"] == "happened") & (events["date"] <= last)]
    strong = happened[happened["cooperation"].abs() >= strength]
    return strong[~strong["event_id"].isin(set(named["event_id"]))].sort_values(["date", "event_id"], ignore_index=True)


def coverage(events: pd.DataFrame, named: pd.DataFrame, last: str, by: str) -> pd.DataFrame:
    """Return per group how many events the articles name: `by`, `events`, `named`, `share` (0-1), `low`, `high` (Wilson)."""
    happened = events[(events["status"] == "happened") & (events["date"] <= last)]
    hit = happened["event_id"].isin(set(named["event_id"]))
    grouped = hit.groupby(happened[by], sort=False).agg(["size", "sum"])
    rates = wilson(grouped["sum"], grouped["size"]).set_axis(grouped.index)
    return rates.assign(events=grouped["size"], named=grouped["sum"]).reset_index()[
        [by, "events", "named", "share", "low", "high"]
    ]


def errors(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that are contradicted or internally inconsistent, in the order of the table."""
    return claims[claims["verdict"].isin(ERRORS)].reset_index(drop=True)
