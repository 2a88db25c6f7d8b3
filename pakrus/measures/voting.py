"""How often two states vote alike: the 3×3 table of their votes, its correction for chance, intervals.

What comes in: roll calls, one a row, with a column of votes per state (`yes`, `abstain`, `no`), or of their codes in a table
of all states (1, 2, 3; 0 = no vote); any two columns make a dyad. What goes out: rows of numbers for the tables, estimates for
the chapters. The one difficulty: only roll calls in which both voted count, and a rate of identical votes hangs on what is put
to the vote, so that each comes with its corrections for chance; and roll calls are no independent draws, so that intervals over
several sessions come from draws of whole sessions and of whole families of texts (`clusters`). Every pair at once: `dyads`; the rank among
all states and single sessions: `ranks`; what was voted on, and where the two powers stood apart: `rollcalls`.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import NAN, Estimate, count, quantity, share, span_in_words, year
from pakrus.measures import clusters
from pakrus.terms import named, year_of_session

SEED = 1947
RESAMPLES = 2000
MIN_JOINT = 5  # below this many joint roll calls a state has no place in the ranking of a session
VOTES = ("yes", "abstain", "no")
CODES = {1: "yes", 2: "abstain", 3: "no"}  # in a table of codes 0 is: no vote recorded
_BY_NAME = {vote: place for place, vote in enumerate(VOTES)}
_BY_CODE = {0: -1} | {code: _BY_NAME[vote] for code, vote in CODES.items()}
# what two votes count, by rows and columns as in VOTES; in HALF an abstention lies half way (Lijphart 1963)
SAME = np.eye(3)
HALF = np.array([[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]])


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
    return _table(_cells(first, second)[1])


def _table(cells: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(np.bincount(cells, minlength=9).reshape(3, 3), index=list(VOTES), columns=list(VOTES))


def _cells(first: pd.Series, second: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return in which roll calls both voted, and for each of these its cell of the joint table (0-8, row by row)."""
    a, b = _places(first), _places(second)
    both = (a >= 0) & (b >= 0)
    return both, 3 * a[both] + b[both]


def _places(column: pd.Series) -> np.ndarray:
    """Return the place in `VOTES` of each vote, or of its code; -1 where none is recorded."""
    known = _BY_CODE if pd.api.types.is_numeric_dtype(column) else _BY_NAME
    found = np.array([known.get(value, -2) for value in column.tolist()], dtype=int)
    if (found == -2).any():  # missing, or no vote: that is told
        as_votes(column)
        found[found == -2] = -1
    return found


def chance_corrected(table: pd.DataFrame, weights: np.ndarray = SAME) -> tuple[float, float]:
    """Return Scott's pi and Cohen's kappa of a joint table, the corrections for chance that Häge (2011) recommends.

    Both are 1 for full agreement and 0 for what chance alone would give: pi takes chance from the two states' pooled
    vote shares, kappa from each state's own. NaN where there is no joint vote or chance alone gives full agreement.
    `weights` says what each pair of votes counts (`SAME`: equal votes; `HALF`: an abstention is half an agreement).

    Source: F. M. Häge (2011), "Choice or Circumstance?", Political Analysis 19(3), 287-305; weights as in J. Cohen
    (1968), "Weighted kappa", Psychological Bulletin 70(4), 213-220.
    """
    return tuple(float(value) for value in _beyond_chance(table.to_numpy(dtype=float), weights))


def _beyond_chance(counts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return pi and kappa of a 3×3 table of counts, or of a stack of them (the last two axes are the table)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = counts / counts.sum(axis=(-2, -1), keepdims=True)
        observed = (shares * weights).sum(axis=(-2, -1))
        rows, columns = shares.sum(axis=-1), shares.sum(axis=-2)
        mean = (rows + columns) / 2
        pairs = [a[..., :, None] * b[..., None, :] for a, b in ((mean, mean), (rows, columns))]
        chance = np.stack([(pair * weights).sum(axis=(-2, -1)) for pair in pairs])
        return np.where(chance < 1 - 1e-12, (observed - chance) / (1 - chance), np.nan)


def chance_corrected_interval(
    table: pd.DataFrame, key: int, level: float = 0.95, weights: np.ndarray = SAME
) -> tuple[tuple[float, float], ...]:
    """Return the percentile bootstrap intervals of pi and of kappa: (low, high) each, with a fixed seed.

    The roll calls of the table are drawn again with replacement; `key` sets the random numbers apart, `level` is the
    coverage. Draws for which a correction is undefined are left out; NaN where there is no joint vote.
    """
    counts = table.to_numpy()
    n = int(counts.sum())
    if n == 0:
        return (float("nan"),) * 2, (float("nan"),) * 2
    draws = np.random.default_rng([SEED, key]).multinomial(n, counts.ravel() / n, size=RESAMPLES).reshape(-1, 3, 3)
    ends = [(1 - level) / 2, (1 + level) / 2]
    both = _beyond_chance(draws.astype(float), weights)
    known = [values[~np.isnan(values)] for values in both]
    return tuple(tuple(map(float, np.quantile(v, ends))) if len(v) else (float("nan"),) * 2 for v in known)


def bootstrap_interval(alike: np.ndarray, key: int, level: float = 0.95) -> tuple[float, float]:
    """Return the percentile bootstrap interval of a share: roll calls are drawn again with replacement, with a fixed seed.

    Parameters
    ----------
    alike : array of booleans, or of scores from 0 to 1, one entry per roll call.
    key : integer that sets the stream of random numbers apart (the session), so that each interval stands by itself.
    level : coverage, 0-1.

    With full (dis)agreement every resample is the same and the interval has no width: read `n` beside it.
    Source: B. Efron and R. Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    """
    n = len(alike)
    if n == 0:
        return float("nan"), float("nan")
    draws = np.random.default_rng([SEED, key]).integers(0, n, size=(RESAMPLES, n))
    shares = np.asarray(alike, dtype=float)[draws].sum(axis=1) / n
    low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return float(low), float(high)


def _several_sessions(votes: pd.DataFrame) -> bool:
    return "session" in votes.columns and votes["session"].nunique() > 1


def _joint_counts(votes: pd.DataFrame, state: str, partner: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the roll calls in which both voted, and for each the cell of the 3×3 table that it falls into (0 or 1, nine columns)."""
    both, cells = _cells(votes[state], votes[partner])
    kept = [name for name in clusters.KINDS if name in votes.columns]
    return votes.loc[both, kept], (np.arange(9) == cells[:, None]).astype(float)


def clustered(
    votes: pd.DataFrame, state: str, partner: str, key: int = 0, level: float = 0.95, weights: np.ndarray = SAME
) -> dict[str, tuple[float, float]]:
    """Return the intervals of `agreement`, `pi` and `kappa` over several sessions: clusters drawn, the wider interval kept.

    Clusters are sessions and, where the roll calls have a `family_id`, families of texts (`clusters.kinds`), with the
    correction for few clusters (`clusters.ends`). Draws for which a correction for chance is undefined are left out.
    """
    joint, cells = _joint_counts(votes, state, partner)
    found: dict[str, list] = {"agreement": [], "pi": [], "kappa": []}
    for groups in clusters.kinds(joint).values() if len(joint) else ():
        totals = clusters.sums(cells, groups)
        drawn = (clusters.draws(len(totals), key) @ totals).reshape(-1, 3, 3)
        share_drawn = (drawn * weights).sum(axis=(-2, -1)) / drawn.sum(axis=(-2, -1))
        for name, values in zip(found, (share_drawn, *_beyond_chance(drawn, weights)), strict=True):
            found[name].append(clusters.ends(values, len(totals), level))
    return {name: clusters.wider(intervals) for name, intervals in found.items()}


def change(before: pd.DataFrame, after: pd.DataFrame, state: str, partner: str, level: float = 0.95) -> Estimate:
    """Return the change of identical votes of two states from some roll calls to later ones, in percentage points.

    The interval is the wider of two: sessions drawn within each of the two spans, and families drawn over both together, since a
    text that comes back stands in both; the correction for few clusters goes by the smaller number of sessions. `n` counts
    the joint roll calls of both.
    """
    parts = [_joint_counts(votes, state, partner) for votes in (before, after)]
    alike = [np.column_stack([cells[:, [0, 4, 8]].sum(axis=1), np.ones(len(cells))]) for _, cells in parts]
    intervals, few = [], min(joint["session"].nunique() for joint, _ in parts)
    drawn = []
    for key, ((joint, _), counted) in enumerate(zip(parts, alike, strict=True)):
        totals = clusters.sums(counted, clusters.places(joint["session"]))
        drawn.append(clusters.draws(len(totals), key) @ totals)
    intervals.append(clusters.ends(drawn[1][:, 0] / drawn[1][:, 1] - drawn[0][:, 0] / drawn[0][:, 1], few, level))
    if all("family_id" in joint.columns for joint, _ in parts):
        both = pd.concat([joint["family_id"] for joint, _ in parts])
        apart = [np.pad(alike[0], ((0, 0), (0, 2))), np.pad(alike[1], ((0, 0), (2, 0)))]
        totals = clusters.sums(np.vstack(apart), clusters.places(both))
        sums = clusters.draws(len(totals), 2) @ totals
        with np.errstate(divide="ignore", invalid="ignore"):
            values = sums[:, 2] / sums[:, 3] - sums[:, 0] / sums[:, 1]
        intervals.append(clusters.ends(values, len(totals), level))
    low, high = clusters.wider(intervals)
    value = alike[1][:, 0].mean() - alike[0][:, 0].mean()
    spans = " to ".join(votes.attrs.get("span") or span_in_words(votes).removeprefix(", ") for votes in (before, after))
    words = f"change of the share of identical votes of {named(state)} and {named(partner)}, {spans}"
    n = len(parts[0][0]) + len(parts[1][0])
    return replace(quantity(100 * value, words, 0, "percentage points", n, 100 * low, 100 * high), change=True)


def agreement_row(
    votes: pd.DataFrame, state: str, partner: str, key: int = 0, sessions: tuple[int, int] | None = None,
    level: float = 0.95, weights: np.ndarray = SAME, intervals: bool = True, single: bool = False,
) -> dict:  # fmt: skip
    """Return n, agreement, its interval, pi and kappa of any two states over the given roll calls.

    `votes` has one row per roll call and one column per state (`yes`, `abstain`, `no`, missing; or codes). `sessions`
    keeps those from the first to the last, both included; `key` sets the interval's random numbers apart, `level` is
    its coverage; `weights` says what each pair of votes counts, as in `chance_corrected`. Without `intervals` the two ends
    are missing, which saves the drawing. Over several sessions the interval is that of `clustered`; within one session, and
    where `single` asks for it, single roll calls are drawn.

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
    _, cells = _cells(votes[state], votes[partner])
    alike = weights.ravel()[cells]
    n = len(alike)
    low, high = float("nan"), float("nan")
    if intervals and (single or not _several_sessions(votes)):
        low, high = bootstrap_interval(alike, key, level)
    elif intervals:
        low, high = clustered(votes, state, partner, key, level, weights)["agreement"]
    pi, kappa = chance_corrected(_table(cells), weights)
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
        rows.append(
            {
                "session": int(session),
                "year": year_of_session(int(session)),
                "state": state,
                "partner": partner,
                **agreement_row(group, state, partner, key=int(session)),
            }
        )
    return pd.DataFrame(rows).round(4)


def by_phase(votes: pd.DataFrame, state: str, partner: str, spans: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Return agreement over spans of sessions (first and last included), one row per named span: `span`, `n`, `agreement`, …"""
    rows = []
    for key, (name, (first, last)) in enumerate(spans.items(), start=1000):
        group = votes[votes["session"].between(first, last)]
        rows.append({"span": name, "state": state, "partner": partner, **agreement_row(group, state, partner, key=key)})
    return pd.DataFrame(rows)


class Agreement(NamedTuple):
    """How two states voted over some roll calls: `share` of identical votes, `pi` and `kappa` (beyond chance)."""

    share: Estimate
    pi: Estimate
    kappa: Estimate


def agreement(votes: pd.DataFrame, state: str, partner: str, key: int = 0, intervals: bool = True) -> Agreement:
    """Return how often two states voted alike over the roll calls given (rows of `unga_votes`), as estimates.

    Over several sessions the intervals are those of `clustered`; within one session single roll calls are drawn
    (`bootstrap_interval`, `chance_corrected_interval`).
    """
    several = intervals and _several_sessions(votes)
    row = agreement_row(votes, state, partner, key, intervals=intervals and not several)
    pair, where = f"{named(state)} and {named(partner)}", span_in_words(votes)
    ends = ((NAN, NAN), (NAN, NAN))
    if several:
        found = clustered(votes, state, partner, key)
        row["agreement_low"], row["agreement_high"] = found["agreement"]
        ends = found["pi"], found["kappa"]
    elif intervals:
        ends = chance_corrected_interval(joint_table(votes[state], votes[partner]), key)
    return Agreement(
        share(
            row["agreement"], f"identical votes of {pair}{where}", row["n"], row["agreement_low"], row["agreement_high"]
        ),
        quantity(
            row["pi"],
            f"Scott's π: agreement of {pair} beyond chance{where}",
            2,
            n=row["n"],
            low=ends[0][0],
            high=ends[0][1],
        ),
        quantity(
            row["kappa"],
            f"Cohen's κ: agreement of {pair} beyond chance{where}",
            2,
            n=row["n"],
            low=ends[1][0],
            high=ends[1][1],
        ),
    )


class Resampling(NamedTuple):
    """How the intervals of the voting rates are drawn: number of draws, seed."""

    resamples: Estimate
    seed: Estimate


def resampling() -> Resampling:
    """Return how the intervals of the voting rates are drawn."""
    return Resampling(
        count(RESAMPLES, "draws of sessions, families of texts or roll calls for an interval"),
        year(SEED, "seed of the random numbers"),
    )
