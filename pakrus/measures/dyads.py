"""Every pair of states at once: agreement by session, and a dyad's place among all.

A table of codes has one row per roll call: `session` and one column of whole numbers per state (0 = no vote recorded,
1 = yes, 2 = abstain, 3 = no). What two states did together in a session is then a product of two 0/1 matrices, roll
calls by states; time and memory grow with the number of roll calls and of pairs, not with their product.
"""

import numpy as np
import pandas as pd

from pakrus.measures.voting import CODES, MIN_JOINT

KEYS = ("vote_id", "session", "family_id")  # columns of a table of codes that are no state's
TIE = 1e-12


def states(votes: pd.DataFrame) -> list[str]:
    """Return the names of the columns that hold states' votes, in alphabetical order."""
    return sorted(column for column in votes.columns if column not in KEYS)


def _corrected(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    usable = expected < 1 - 1e-12
    return np.divide(observed - expected, 1 - expected, out=np.full(len(observed), np.nan), where=usable)


def _session(codes: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return n, agreement, pi and kappa of the pairs (rows, columns) of one session's states."""
    voted = (codes > 0).astype(float)
    n = (voted.T @ voted)[rows, columns]
    alike, pooled, own = np.zeros(len(n)), np.zeros(len(n)), np.zeros(len(n))
    for code in CODES:
        votes = (codes == code).astype(float)
        alike += (votes.T @ votes)[rows, columns]
        cast = votes.T @ voted  # how often the state of the row voted so while the state of the column voted at all
        first, second = cast[rows, columns], cast[columns, rows]
        pooled += (first + second) ** 2
        own += first * second
    with np.errstate(divide="ignore", invalid="ignore"):
        share, by_pooled, by_own = alike / n, pooled / (4 * n**2), own / n**2
    return n, share, _corrected(share, by_pooled), _corrected(share, by_own)


def all_dyads(votes: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of states that voted in a session, session by session.

    Columns: `session`, `state`, `partner` (in alphabetical order; categories), `n` (joint roll calls), `agreement`
    (share of them with equal votes, 0-1), `pi`, `kappa`: as `pakrus.measures.voting.agreement` gives them for one
    pair, unrounded. A pair that never voted together has n = 0 and empty values; a state without a vote in a session
    has no rows there.

    Raises
    ------
    ValueError
        When the votes are not codes from 0 to 3.
    """
    names = states(votes)
    codes = votes[names].to_numpy()
    if codes.size and (codes.dtype.kind not in "iu" or codes.min() < 0 or codes.max() > max(CODES)):
        raise ValueError("one column of codes per state expected: 0 = no vote, 1 = yes, 2 = abstain, 3 = no")
    order = np.argsort(votes["session"].to_numpy(), kind="stable")
    sessions, starts = np.unique(votes["session"].to_numpy()[order], return_index=True)
    groups = np.split(order, starts[1:])
    present = [np.flatnonzero((codes[group] > 0).any(axis=0)) for group in groups]
    size = sum(len(here) * (len(here) - 1) // 2 for here in present)
    types = {"session": np.int32, "state": np.int16, "partner": np.int16, "n": np.int32}
    types |= {"agreement": float, "pi": float, "kappa": float}
    out = {name: np.empty(size, kind) for name, kind in types.items()}
    end = 0
    for session, group, here in zip(sessions, groups, present, strict=False):
        rows, columns = np.triu_indices(len(here), k=1)
        start, end = end, end + len(rows)
        values = (session, here[rows], here[columns], *_session(codes[np.ix_(group, here)], rows, columns))
        for name, value in zip(out, values, strict=True):
            out[name][start:end] = value
    for name in ("state", "partner"):
        out[name] = pd.Categorical.from_codes(out[name], categories=names)
    return pd.DataFrame(out, copy=False)


def _places(values: pd.Series, sessions: pd.Series, own: pd.Series) -> pd.DataFrame:
    """Return, per session of `own`, rank (1 = highest; ties share it), number compared, percentile (ties: half)."""
    mine = sessions.map(own)
    above, equal = values > mine + TIE, (values - mine).abs() <= TIE
    compared = mine.notna()
    counts = pd.DataFrame({"above": above, "equal": equal, "all": True})[compared].groupby(sessions[compared]).sum()
    counts = counts.reindex(own.index)
    rivals = counts["all"] - 1
    below = counts["all"] - counts["above"] - counts["equal"]
    percentile = 100 * (below + (counts["equal"] - 1) / 2) / rivals.where(rivals > 0)
    percentile = percentile.astype(float).round(1)
    return pd.DataFrame({"rank": counts["above"] + 1, "number": counts["all"], "percentile": percentile})


def ranks(dyads: pd.DataFrame, state: str, partner: str, by: str = "agreement") -> pd.DataFrame:
    """Return the place of one dyad among all dyads and among the partners of `state`, session by session.

    `dyads` comes from `all_dyads`; `by` is `agreement`, `pi` or `kappa`. Only dyads with at least five joint roll calls
    are compared; where this one has fewer, its places are empty. Columns: `session`, `state`, `partner`, `n`,
    `agreement`, `pi`, `kappa`; `rank` (1 = highest; equal values share a rank), `dyads` (compared, itself included),
    `percentile` (0-100, ties count half); `partner_rank`, `partners` and `partner_percentile` likewise among the dyads
    of `state`. The last is `pakrus.measures.ranks.percentiles(votes, partner, state)`.

    Raises
    ------
    KeyError
        When the two never sat in one session, or a name is unknown.
    """
    first, second = sorted((state, partner))
    mine = dyads[(dyads["state"] == first) & (dyads["partner"] == second)]
    if mine.empty:
        raise KeyError(f"no session with votes of both {state!r} and {partner!r}")
    result = mine.set_index("session")[["n", "agreement", "pi", "kappa"]]
    usable = dyads["n"].ge(MIN_JOINT) & dyads[by].notna()
    own = result.loc[result["n"].ge(MIN_JOINT), by].dropna()
    every = dyads.loc[usable, ["session", "state", "partner", by]]
    near = every[(every["state"] == state) | (every["partner"] == state)]
    all_names, near_names = ["rank", "dyads", "percentile"], ["partner_rank", "partners", "partner_percentile"]
    for group, names in ((every, all_names), (near, near_names)):
        places = _places(group[by], group["session"], own).set_axis(names, axis=1)
        result = result.join(places.astype({names[0]: "Int64", names[1]: "Int64"}))
    result = result.reset_index()
    result.insert(1, "state", state)
    result.insert(2, "partner", partner)
    return result
