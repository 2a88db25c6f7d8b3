"""Sessions of the General Assembly: Pakistan's agreement with a partner in each, and its percentile among all states.

What comes in: the codes of all states' votes (`percentiles`), or rows of `unga_agreement` (one per session and partner), which
stores both. What goes out: estimates; a session is named by the year in which it opened. The one difficulty: a rate follows the
common level of a session, a rank takes that out but still follows the mix of texts, and half of all states lie within a few
percentage points of each other, so that a rank is noisy: its interval and the distance from the median state stand beside it,
and spans are pooled (`standing`). Sessions with few joint roll calls have a value but are not compared. The place of every
pair: `dyads.ranks`.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import Estimate, quantity, share, span_in_words, year
from pakrus.measures import clusters
from pakrus.measures.dyads import KEYS
from pakrus.measures.voting import MIN_JOINT, SAME
from pakrus.terms import named, session_of_year, year_of_session


def row_of(agreed: pd.DataFrame, partner: str, year: int) -> pd.Series:
    """Return the row of `unga_agreement` of a partner in the session that opened in `year`.

    Raises
    ------
    KeyError
        When the rows do not hold that session and partner.
    """
    rows = agreed[(agreed["partner"] == partner) & (agreed["session"] == session_of_year(year))]
    if len(rows) != 1:
        raise KeyError(f"unga_agreement: {len(rows)} rows of {partner!r} in the session of {year}, 1 expected")
    return rows.iloc[0]


def agreement_in(agreed: pd.DataFrame, partner: str, year: int) -> Estimate:
    """Return Pakistan's agreement with a partner in the session that opened in `year`, as `unga_agreement` stores it.

    Raises
    ------
    KeyError
        When the rows do not hold that session and partner.
    """
    row = row_of(agreed, partner, year)
    words = f"identical votes of Pakistan and {named(partner)}, session of {year}"
    return share(row["agreement"], words, row["n"], row["agreement_low"], row["agreement_high"])


class Fall(NamedTuple):
    """The steepest fall of agreement between two sessions: by how many percentage points, and the year of the second."""

    points: Estimate
    year: Estimate


def steepest_fall(agreed: pd.DataFrame, partner: str) -> Fall:
    """Return the steepest fall of Pakistan's agreement with a partner from one session to the next (`unga_agreement`).

    Sessions with fewer than five joint roll calls are left out; the year is that in which the later session opened.
    """
    rows = agreed[(agreed["partner"] == partner) & (agreed["n"] >= MIN_JOINT)].sort_values("session")
    change = rows.set_index("session")["agreement"].astype(float).diff()
    words = f"steepest fall of agreement with {named(partner)} between two sessions{span_in_words(agreed)}"
    return Fall(
        quantity(-100 * change.min(), words, unit="percentage points"),
        year(year_of_session(change.idxmin()), f"year in which the later of the two sessions opened: {words}"),
    )


class Gap(NamedTuple):
    """How far a state's agreement with two partners lies apart in a session, in shares: mean and largest."""

    mean: Estimate
    largest: Estimate


def partners_gap(votes: pd.DataFrame, state: str, partner: str, other: str) -> Gap:
    """Return how far a state's agreement with two partners lies apart, session by session (rows of `unga_votes`).

    Sessions without a joint vote with one of the two are left out; `n` is the number of sessions.
    """
    lines = [_session_shares(votes, state, name) for name in (partner, other)]
    gap = (lines[0] - lines[1]).abs().dropna()
    words = f"difference of the agreement of {named(state)} with {named(partner)} and {named(other)}"
    where = span_in_words(votes)
    return Gap(
        quantity(gap.mean(), f"{words}, mean of sessions{where}", 2, n=len(gap)),
        quantity(gap.max(), f"{words}, largest of a session{where}", 2, n=len(gap)),
    )


def _session_shares(votes: pd.DataFrame, state: str, partner: str) -> pd.Series:
    joint = votes[["session", state, partner]].dropna()
    return (joint[state].astype(str) == joint[partner].astype(str)).groupby(joint["session"]).mean()


def last_session(votes: pd.DataFrame) -> Estimate:
    """Return the year in which the last session opened that the rows (with `year`) reach."""
    return year(votes["year"].max(), "year in which the last session of the votes opened")


RANK_DRAWS = 1000  # draws for the intervals of a place among all states: each ranks all of them anew
STANDING = (
    "agreement",
    "above_median_pp",
    "percentile",
    "rank",
)  # of the statistics of `standing` those with an interval


def _standing(alike: np.ndarray, joint: np.ndarray, here: int) -> dict[str, np.ndarray]:
    """Return the place of one state among all: `alike` and `joint` have a row per draw (or one) and a column per state.

    Everything is a quotient of two whole numbers, so that equal shares are equal and the result is the same on every machine.
    A state without a joint roll call in a draw is left out of that draw.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = alike / joint
    own, others = shares[:, [here]], np.delete(shares, here, axis=1)
    rivals = others.shape[1] - np.count_nonzero(np.isnan(others), axis=1)
    below, above = np.count_nonzero(others < own - 1e-12, axis=1), np.count_nonzero(others > own + 1e-12, axis=1)
    equal = rivals - below - above
    ordered = np.sort(
        others, axis=1
    )  # missing values come last, so that the middle of those that are there is found by its place
    middle = (
        sum(
            np.take_along_axis(ordered, place.clip(0)[:, None], axis=1)[:, 0]
            for place in ((rivals - 1) // 2, rivals // 2)
        )
        / 2
    )
    own = own[:, 0]
    missing = np.isnan(own) | (rivals == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        percentile = 100 * (below + equal / 2) / rivals
    found = {
        "agreement": own, "median_state": middle, "above_median_pp": 100 * (own - middle), "percentile": percentile,
        "rank": 1.0 + above,
    }  # fmt: skip
    return {name: np.where(missing, np.nan, values) for name, values in found.items()}


class _Counts(NamedTuple):
    """Whether each state voted as the partner did, and whether both voted, by roll call; the states, in order."""

    alike: np.ndarray
    joint: np.ndarray
    states: list[str]


def _counts(wide: pd.DataFrame, partner: str, weights: np.ndarray = SAME) -> _Counts:
    states = [c for c in wide.columns if c not in KEYS and c != partner]
    codes, other = wide[states].to_numpy(), wide[[partner]].to_numpy()
    joint = (codes > 0) & (other > 0)
    if weights is SAME:
        return _Counts(((codes == other) & joint).astype(float), joint.astype(float), states)
    score = np.zeros((4, 4))  # by code; 0 is no vote
    score[1:, 1:] = weights
    return _Counts(score[codes, other], joint.astype(float), states)


def percentiles(
    wide: pd.DataFrame, state: str, partner: str, weights: np.ndarray = SAME, draws: int = 0
) -> pd.DataFrame:
    """Return the percentile of `state` among all states' agreement with `partner`, session by session.

    `wide` has `session` and one column of codes per state (0 = no vote; equal codes = equal votes). Ties count half;
    states with fewer than five joint roll calls are left out, and so is a session in which `state` itself has fewer or
    is the only one.
    A rank takes out the level that all states share in a session; it moves with the mix of what is put to the vote, since a state
    stands near a partner on some matters and far from it on others (`standing` on texts that are common to two spans).

    Columns: `session`, `state`, `partner`, `percentile` (0-100, one decimal), `ranked` (states compared), `above_median_pp`
    (agreement less that of the median of the other states, percentage points). With `draws` also the 95 % interval of both
    (`percentile_low`, `percentile_high`, `above_median_pp_low`, `above_median_pp_high`): the roll calls of the session are
    drawn again, the same for all states and every partner. `weights` as in `chance_corrected`.
    """
    rows = []
    for session, group in wide.groupby("session", sort=True):
        counts = _counts(group, partner, weights)
        here = counts.states.index(state)
        valid = counts.joint.sum(axis=0) >= MIN_JOINT
        if not valid[here] or valid.sum() < 2:
            continue
        here = int(valid[:here].sum())
        alike, joint = counts.alike[:, valid], counts.joint[:, valid]
        found = _standing(alike.sum(axis=0)[None], joint.sum(axis=0)[None], here)
        row = {
            "session": int(session), "state": state, "partner": partner,
            "percentile": round(float(found["percentile"][0]), 1), "ranked": int(valid.sum()) - 1,
            "above_median_pp": round(float(found["above_median_pp"][0]), 2),
        }  # fmt: skip
        if draws:
            times = clusters.draws(len(group), int(session), draws)
            drawn = _standing(times @ alike, times @ joint, here)
            for name, digits in (("percentile", 1), ("above_median_pp", 2)):
                ends = _plain_ends(drawn[name])
                row |= {f"{name}_low": round(ends[0], digits), f"{name}_high": round(ends[1], digits)}
        rows.append(row)
    columns = ["session", "state", "partner", "percentile", "ranked", "above_median_pp"]
    if draws:
        columns += [f"{name}_{end}" for name in ("percentile", "above_median_pp") for end in ("low", "high")]
    return pd.DataFrame(rows, columns=columns).astype({"ranked": "Int64"})


def every_place(wide: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Return the percentile of every state among all states' agreement with `partner`, session by session.

    `wide` as in `percentiles`, whose `percentile` this is, for all states at once and without intervals. Columns: `session`, `state`, `n`
    (joint roll calls), `percentile` (0-100, one decimal). States with fewer than five joint roll calls are left out of a session.
    """
    frames = []
    for session, group in wide.groupby("session", sort=True):
        counts = _counts(group, partner)
        joint = counts.joint.sum(axis=0)
        valid = joint >= MIN_JOINT
        if valid.sum() < 2:
            continue
        shares = counts.alike[:, valid].sum(axis=0) / joint[valid]
        ordered = np.sort(shares)
        below, upto = (np.searchsorted(ordered, shares + step, side="left") for step in (-1e-12, 1e-12))
        rows = {"session": int(session), "state": np.array(counts.states)[valid], "n": joint[valid].astype(int)}
        others = valid.sum() - 1
        rows["percentile"] = (100 * (below + (upto - below - 1) / 2) / others).round(1)
        frames.append(pd.DataFrame(rows))
    return pd.concat(frames, ignore_index=True)


def _plain_ends(drawn: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Return the ends of the middle 95 of 100 draws: of single roll calls, which are many."""
    known = drawn[~np.isnan(drawn)]
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return float(low), float(high)


Drawn = dict[
    str, tuple[np.ndarray, np.ndarray]
]  # kind of cluster -> cluster of each roll call, how often a draw takes each


class _Place(NamedTuple):
    """One state among all by one partner: joint roll calls, states compared, the statistics, and by kind of cluster their draws."""

    n: int
    ranked: int
    found: dict[str, float]
    drawn: dict[str, dict[str, np.ndarray]]


def _places(
    wide: pd.DataFrame, pairs: list[tuple[str, str]], weights: np.ndarray | None, least: float, times: Drawn
) -> dict[tuple[str, str], _Place]:
    """Return the place of each pair over the given roll calls (`standing`), with the draws that `times` says."""
    weights = np.ones(len(wide)) if weights is None else np.asarray(weights, dtype=float)
    out = {}
    for partner in dict.fromkeys(partner for _, partner in pairs) if len(wide) else ():
        counts = _counts(wide, partner)
        n = counts.joint.sum(axis=0)
        valid = n >= max(MIN_JOINT, least * int((wide[partner] > 0).sum()))
        states = [name for name, kept in zip(counts.states, valid, strict=True) if kept]
        alike, joint = (table[:, valid] * weights[:, None] for table in (counts.alike, counts.joint))
        sums = {
            kind: [taken @ clusters.sums(table, groups, taken.shape[1]) for table in (alike, joint)]
            for kind, (groups, taken) in times.items()
        }
        for state in (state for state, other in pairs if other == partner and state in states and len(states) > 1):
            here = states.index(state)
            found = _standing(alike.sum(axis=0)[None], joint.sum(axis=0)[None], here)
            out[state, partner] = _Place(
                int(n[counts.states.index(state)]), len(states) - 1, {name: float(v[0]) for name, v in found.items()},
                {kind: _standing(*tables, here) for kind, tables in sums.items()},
            )  # fmt: skip
    return out


def _intervals(drawn: dict[str, dict[str, np.ndarray]], number: dict[str, int], names: tuple[str, ...]) -> dict:
    """Return `…_low` and `…_high` of statistics, the wider of the kinds of clusters, and `interval_from` (of the percentile)."""
    row, wider_of = {}, None
    for name in names:
        by_kind = {kind: clusters.ends(values[name], number[kind]) for kind, values in drawn.items()}
        kept = clusters.wider(by_kind.values())
        row[f"{name}_low"], row[f"{name}_high"] = kept
        if name == "percentile":
            wider_of = next((kind for kind, ends in by_kind.items() if ends == kept), None)
    return row | {"interval_from": wider_of}


def standing(
    wide: pd.DataFrame, pairs: list[tuple[str, str]], weights: np.ndarray | None = None, least: float = 0.5
) -> pd.DataFrame:
    """Return where states stand among all states' agreement with a partner over the given roll calls, pooled: a row per pair.

    `wide` has a row per roll call: `session`, `family_id` and a column of codes per state. `pairs` are (state, partner): the row
    of ("RUS", "PAK") is Moscow's place among Pakistan's partners. `weights` are whole numbers, one a roll call (1 without them).
    A state is compared when it voted together with the partner in at least five roll calls and in at least `least` of those in
    which the partner voted, so that members of a few years are not held against members of all.

    Columns: `state`, `partner`, `roll_calls`, `families`, `n` (joint roll calls), `agreement`, `median_state` (of the other
    states), `above_median_pp`, `percentile` (0-100), `rank` (1 = nearest), `ranked` (other states compared); of agreement,
    above_median_pp, percentile and rank `…_low` and `…_high`: sessions drawn again and families drawn again, the wider interval
    of each kept, with the correction for few clusters (`clusters.ends`); `interval_from` says which was the wider for the
    percentile (`session` or `family_id`; `roll call` within one session). A pair with fewer joint roll calls than that has no row.
    """
    groups = clusters.kinds(wide) if len(wide) else {}
    times = {kind: (own, clusters.draws(int(own.max()) + 1, 0, RANK_DRAWS)) for kind, own in groups.items()}
    number = {kind: taken.shape[1] for kind, (_, taken) in times.items()}
    found = _places(wide, pairs, weights, least, times)
    texts = {"roll_calls": len(wide), "families": wide["family_id"].nunique()}
    return pd.DataFrame([
        {
            "state": pair[0], "partner": pair[1], **texts, "n": found[pair].n, **found[pair].found,
            "ranked": found[pair].ranked, **_intervals(found[pair].drawn, number, STANDING),
        }
        for pair in pairs if pair in found
    ])  # fmt: skip


def shifts(
    before: pd.DataFrame, after: pd.DataFrame, pairs: list[tuple[str, str]],
    weights: tuple[np.ndarray | None, np.ndarray | None] = (None, None), least: float = 0.5,
) -> pd.DataFrame:  # fmt: skip
    """Return how the place of states among all (`standing`) changes from some roll calls to later ones, a row per pair.

    Columns: `state`, `partner`, `n_before`, `n_after` (joint roll calls), `agreement_pp` (change of the share of identical
    votes, percentage points), `above_median_pp` (change of the distance from the median state), `percentile` (change), each
    with `…_low` and `…_high`, and `interval_from`. Sessions are drawn within each of the two, families over both together
    (a text that comes back is drawn into both or into neither); the correction for few clusters goes by the smaller number of
    sessions. Both ends of a change come from the same draws, so that two overlapping intervals of levels prove nothing.
    """
    both = [before, after]
    families = clusters.places(pd.concat([part["family_id"] for part in both]))
    number = int(families.max()) + 1
    apart = families[: len(before)], families[len(before) :]
    taken = clusters.draws(number, 0, RANK_DRAWS)
    found, few = [], min(part["session"].nunique() for part in both)
    for key, (part, own, weight) in enumerate(zip(both, apart, weights, strict=True), start=1):
        sessions = clusters.places(part["session"])
        times = {
            "session": (sessions, clusters.draws(int(sessions.max()) + 1, key, RANK_DRAWS)),
            "family_id": (own, taken),
        }
        found.append(_places(part, pairs, weight, least, times))
    rows = []
    for pair in (pair for pair in pairs if all(pair in places for places in found)):
        old, new = (places[pair] for places in found)
        names = {"agreement_pp": ("agreement", 100), "above_median_pp": ("above_median_pp", 1), "percentile": ("percentile", 1)}  # fmt: skip
        value = {name: times * (new.found[key] - old.found[key]) for name, (key, times) in names.items()}
        drawn = {
            kind: {name: times * (new.drawn[kind][key] - old.drawn[kind][key]) for name, (key, times) in names.items()}
            for kind in old.drawn
        }
        ends = _intervals(drawn, {"session": few, "family_id": number}, tuple(names))
        rows.append({"state": pair[0], "partner": pair[1], "n_before": old.n, "n_after": new.n, **value, **ends})
    return pd.DataFrame(rows)


def common_weights(families: pd.Series) -> np.ndarray:
    """Return whole weights with which every family of texts counts the same: a large number divided by its roll calls."""
    return np.floor_divide(2**20, families.map(families.value_counts())).to_numpy()


def percentile(agreed: pd.DataFrame, partner: str) -> Estimate:
    """Return the median over sessions of Pakistan's percentile among all states' agreement with a partner.

    `agreed` holds rows of `unga_agreement`; sessions without a percentile are left out; `n` is the number of sessions.
    """
    ranks = agreed.loc[agreed["partner"] == partner, "percentile"].dropna().astype(float)
    words = f"Pakistan's percentile among all states' agreement with {named(partner)}, median of sessions"
    return quantity(ranks.median(), words + span_in_words(agreed), n=len(ranks))


def percentile_in(agreed: pd.DataFrame, partner: str, year: int) -> Estimate:
    """Return Pakistan's percentile among all states' agreement with a partner in the session that opened in `year`.

    `n` is the number of states ranked; the 95 % interval is that of the session's roll calls drawn again.

    Raises
    ------
    KeyError
        When the rows do not hold that session and partner.
    """
    row = row_of(agreed, partner, year)
    words = f"Pakistan's percentile among all states' agreement with {named(partner)}, session of {year}"
    return quantity(row["percentile"], words, n=row["ranked"], low=row["percentile_low"], high=row["percentile_high"])


def statistics(agreed: pd.DataFrame, cut: pd.DataFrame, partner: str = "RUS") -> pd.DataFrame:
    """Return the median, the mean and the spread of Pakistan's percentile with a partner over each phase of a cut."""
    ranks = agreed[agreed["partner"] == partner].dropna(subset="percentile")
    rows = []
    for phase in cut.itertuples():
        own = ranks.loc[ranks["session"].between(phase.first_session, phase.last_session), "percentile"].astype(float)
        rows.append({
            "phase": phase.phase, "sessions": len(own), "median": own.median(), "mean": own.mean(), "standard deviation": own.std(),
        })  # fmt: skip
    return pd.DataFrame(rows)
