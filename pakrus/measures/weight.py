"""How much the events of a span weigh, not only how many there are."""

import math

import pandas as pd

LEADERS = ("head-of-state", "head-of-government")


def per_decade(
    events: pd.DataFrame, visits: pd.DataFrame, agreements: pd.DataFrame,
    spans: dict[str, tuple[str, str]], strong: int = 3,
) -> pd.DataFrame:  # fmt: skip
    """Return, for named spans (first and last day), what happened between the two per ten years.

    Columns: `span`, `years`, `events` (bilateral events), `strong_good` and `strong_bad` (those with a
    cooperation score of at least `strong`, or at most minus `strong`), `leaders` (visits and meetings by heads of state
    or government), `agreements` (signed texts). A date of less precision counts by its first day. Counts are of what
    was found.
    """
    rows = []
    happened = events[(events["status"] == "happened") & (events["scope"] == "bilateral")]
    high = visits[(visits["status"] == "happened") & visits["rank"].isin(LEADERS)]
    for name, (first, last) in spans.items():
        decades = (pd.Timestamp(last) - pd.Timestamp(first)).days / 3652.5
        inside = happened[_starts(happened["date"]).between(first, last)]
        score = inside["cooperation"].astype(float)
        rows.append({
            "span": name, "years": 10 * decades, "events": len(inside) / decades,
            "strong_good": float((score >= strong).sum()) / decades,
            "strong_bad": float((score <= -strong).sum()) / decades,
            "leaders": float(_starts(high["start_date"]).between(first, last).sum()) / decades,
            "agreements": float(_starts(agreements["date"]).between(first, last).sum()) / decades,
        })  # fmt: skip
    return pd.DataFrame(rows)


def _starts(dates: pd.Series) -> pd.Series:
    """Return the first day that each partial ISO date can mean."""
    return dates.astype(str).map(lambda date: (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10])


def chance_of_at_most(count: int, expected: float) -> float:
    """Return the probability of at most `count` events where `expected` are expected on average (Poisson distribution).

    A yardstick for small counts: it takes events as independent and as found with equal ease, which they are not.
    """
    return math.exp(-expected) * sum(expected**k / math.factorial(k) for k in range(count + 1))
