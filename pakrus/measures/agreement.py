"""How often two states vote alike, with chance correction, intervals and rank among all states.

A vote is `yes`, `abstain` or `no`, or its code in a table of all states (1, 2, 3; 0 = no vote); only roll calls in
which both states voted count. Any two columns make a dyad. Every pair at once: `pakrus.measures.dyads`.
"""

import numpy as np
import pandas as pd

SEED = 1947
RESAMPLES = 2000
MIN_JOINT = 5  # below this many joint roll calls a state has no place in the ranking of a session
VOTES = ("yes", "abstain", "no")
CODES = {1: "yes", 2: "abstain", 3: "no"}  # in a table of codes 0 is: no vote recorded


def as_votes(column: pd.Series) -> pd.Series:
    """Return a state's votes as texts: codes are translated (0 becomes missing), texts stay as they are.

    Raises
    ------
    ValueError
        When the column holds something that is neither a vote nor its code.
    """
    coded = pd.api.types.is_numeric_dtype(column)
    unknown = set(column.dropna().unique()) - (set(CODES) | {0} if coded else set(VOTES))
    if unknown:
        found = ", ".join(sorted(map(str, unknown)))
        raise ValueError(f"{column.name}: {found} is no vote; yes, abstain, no or codes 1, 2, 3 (0 = none) expected")
    return column.map(CODES) if coded else column


def joint_table(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """Return the 3×3 table of counts of two states' votes (rows: first, columns: second), joint roll calls only."""
    first, second = as_votes(first), as_votes(second)
    both = first.notna() & second.notna()
    a = pd.Categorical(first[both], categories=VOTES)
    b = pd.Categorical(second[both], categories=VOTES)
    return pd.crosstab(a, b, dropna=False).reindex(index=VOTES, columns=VOTES, fill_value=0)


def chance_corrected(table: pd.DataFrame) -> tuple[float, float]:
    """Return Scott's pi and Cohen's kappa of a joint table, the corrections for chance that Häge (2011) recommends.

    Both are 1 for full agreement and 0 for what chance alone would give: pi takes chance from the two states' pooled
    vote shares, kappa from each state's own. NaN where there is no joint vote or chance alone gives full agreement.

    Source: F. M. Häge (2011), "Choice or Circumstance?", Political Analysis 19(3), 287-305.
    """
    counts = table.to_numpy(dtype=float)
    n = counts.sum()
    if n == 0:
        return float("nan"), float("nan")
    observed = np.trace(counts) / n
    rows, cols = counts.sum(axis=1) / n, counts.sum(axis=0) / n
    expected = ((((rows + cols) / 2) ** 2).sum(), (rows * cols).sum())
    return tuple(float((observed - e) / (1 - e)) if e < 1 - 1e-12 else float("nan") for e in expected)


def bootstrap_interval(alike: np.ndarray, key: int, level: float = 0.95) -> tuple[float, float]:
    """Return the percentile bootstrap interval of a share: roll calls are drawn again with replacement, with a fixed seed.

    Parameters
    ----------
    alike : boolean array, one entry per roll call.
    key : integer that sets the stream of random numbers apart (the session), so that each interval stands by itself.
    level : coverage, 0-1.

    With full (dis)agreement every resample is the same and the interval has no width: read `n` beside it.
    Source: B. Efron and R. Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    """
    n = len(alike)
    if n == 0:
        return float("nan"), float("nan")
    draws = np.random.default_rng([SEED, key]).integers(0, n, size=(RESAMPLES, n))
    shares = np.asarray(alike, dtype=np.int64)[draws].sum(axis=1) / n
    low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return float(low), float(high)


def agreement(
    votes: pd.DataFrame, state: str, partner: str, key: int = 0, sessions: tuple[int, int] | None = None
) -> dict:
    """Return n, agreement, its 95 % bootstrap interval, pi and kappa of any two states over the given roll calls.

    `votes` has one row per roll call and one column per state (`yes`, `abstain`, `no`, missing; or codes). `sessions`
    keeps those from the first to the last, both included; `key` sets the interval's random numbers apart.

    Raises
    ------
    KeyError
        When a state has no column.
    ValueError
        When a column holds something that is no vote.
    """
    for name in (state, partner):
        if name not in votes.columns:
            raise KeyError(f"no votes of {name!r}; columns: {', '.join(map(str, votes.columns[:8]))} …")
    if sessions is not None:
        votes = votes[votes["session"].between(*sessions)]
    first, second = as_votes(votes[state]), as_votes(votes[partner])
    both = first.notna() & second.notna()
    alike = (first[both].astype(str) == second[both].astype(str)).to_numpy()
    n = len(alike)
    low, high = bootstrap_interval(alike, key)
    pi, kappa = chance_corrected(joint_table(first, second))
    return {
        "n": n, "agreement": float(alike.mean()) if n else float("nan"),
        "agreement_low": low, "agreement_high": high, "pi": pi, "kappa": kappa,
    }  # fmt: skip


def by_session(votes: pd.DataFrame, state: str, partner: str) -> pd.DataFrame:
    """Return one row per session: `session`, `year`, `state`, `partner`, `n`, `agreement`, `agreement_low`, `agreement_high`, `pi`, `kappa`.

    Sessions without a joint vote have n = 0 and empty values. Shares are rounded to four places.
    """
    rows = []
    for session, group in votes.groupby("session", sort=True):
        rows.append({"session": int(session), "year": int(session) + 1945, "state": state, "partner": partner, **agreement(group, state, partner, key=int(session))})
    return pd.DataFrame(rows).round(4)


def by_phase(votes: pd.DataFrame, state: str, partner: str, spans: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Return agreement over spans of sessions (first and last included), one row per named span: `span`, `n`, `agreement`, …"""
    rows = []
    for key, (name, (first, last)) in enumerate(spans.items(), start=1000):
        group = votes[votes["session"].between(first, last)]
        rows.append({"span": name, "state": state, "partner": partner, **agreement(group, state, partner, key=key)})
    return pd.DataFrame(rows)


def percentiles(wide: pd.DataFrame, state: str, partner: str) -> pd.DataFrame:
    """Return the percentile of `state` among all states' agreement with `partner`, session by session.

    `wide` has `session` and one column of codes per state (0 = no vote; equal codes = equal votes). Ties count half;
    states with fewer than five joint roll calls are left out, and so is a session in which `state` itself has fewer or
    is the only one.
    Being a rank within one session, it does not move with what is put to the vote. Columns: `session`, `state`,
    `partner`, `percentile` (0-100, one decimal), `ranked` (states compared).
    """
    countries = [c for c in wide.columns if c not in ("vote_id", "session") and c != partner]
    here = countries.index(state)
    rows = []
    for session, group in wide.groupby("session", sort=True):
        codes, other = group[countries].to_numpy(), group[[partner]].to_numpy()
        joint = (codes > 0) & (other > 0)
        n = joint.sum(axis=0)
        alike = ((codes == other) & joint).sum(axis=0)
        valid = n >= MIN_JOINT
        if not valid[here]:
            continue
        share = alike[valid] / n[valid]
        own = alike[here] / n[here]
        rivals = valid.sum() - 1
        if not rivals:
            continue
        below, equal = (share < own - 1e-12).sum(), (abs(share - own) <= 1e-12).sum() - 1
        rows.append((int(session), state, partner, round(float(100 * (below + equal / 2) / rivals), 1), int(rivals)))
    return pd.DataFrame(rows, columns=["session", "state", "partner", "percentile", "ranked"]).astype({"ranked": "Int64"})
