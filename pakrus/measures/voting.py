"""How often two states vote alike, with chance correction, intervals and rank among all states.

A vote is `yes`, `abstain` or `no`, or its code in a table of all states (1, 2, 3; 0 = no vote); only roll calls in
which both states voted count. Any two columns make a dyad. Every pair at once: `pakrus.measures.dyads`.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import NAN, Estimate, count, quantity, share, span_in_words, text, year
from pakrus.measures.spans import about as about
from pakrus.measures.spans import in_years
from pakrus.terms import STATES, session_of_year, year_of_session

SEED = 1947
RESAMPLES = 2000
MIN_JOINT = 5  # below this many joint roll calls a state has no place in the ranking of a session
VOTES = ("yes", "abstain", "no")
CODES = {1: "yes", 2: "abstain", 3: "no"}  # in a table of codes 0 is: no vote recorded
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
    first, second = as_votes(first), as_votes(second)
    both = first.notna() & second.notna()
    a = pd.Categorical(first[both], categories=VOTES)
    b = pd.Categorical(second[both], categories=VOTES)
    return pd.crosstab(a, b, dropna=False).reindex(index=VOTES, columns=VOTES, fill_value=0)


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


def agreement_row(
    votes: pd.DataFrame, state: str, partner: str, key: int = 0, sessions: tuple[int, int] | None = None,
    level: float = 0.95, weights: np.ndarray = SAME, intervals: bool = True,
) -> dict:  # fmt: skip
    """Return n, agreement, its bootstrap interval, pi and kappa of any two states over the given roll calls.

    `votes` has one row per roll call and one column per state (`yes`, `abstain`, `no`, missing; or codes). `sessions`
    keeps those from the first to the last, both included; `key` sets the interval's random numbers apart, `level` is
    its coverage; `weights` says what each pair of votes counts, as in `chance_corrected`. Without `intervals` the two ends
    are missing, which saves the drawing.

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
    places = [pd.Categorical(votes_of[both], categories=VOTES).codes for votes_of in (first, second)]
    alike = weights[places[0], places[1]]
    n = len(alike)
    low, high = bootstrap_interval(alike, key, level) if intervals else (float("nan"), float("nan"))
    pi, kappa = chance_corrected(joint_table(first, second), weights)
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


def percentiles(wide: pd.DataFrame, state: str, partner: str, weights: np.ndarray = SAME) -> pd.DataFrame:
    """Return the percentile of `state` among all states' agreement with `partner`, session by session.

    `wide` has `session` and one column of codes per state (0 = no vote; equal codes = equal votes). Ties count half;
    states with fewer than five joint roll calls are left out, and so is a session in which `state` itself has fewer or
    is the only one.
    Being a rank within one session, it does not move with what is put to the vote. Columns: `session`, `state`,
    `partner`, `percentile` (0-100, one decimal), `ranked` (states compared). `weights` as in `chance_corrected`.
    """
    score = np.zeros((4, 4))  # by code; 0 is no vote
    score[1:, 1:] = weights
    countries = [c for c in wide.columns if c not in ("vote_id", "session") and c != partner]
    here = countries.index(state)
    rows = []
    for session, group in wide.groupby("session", sort=True):
        codes, other = group[countries].to_numpy(), group[[partner]].to_numpy()
        joint = (codes > 0) & (other > 0)
        n = joint.sum(axis=0)
        alike = score[codes, other].sum(axis=0)
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
    return pd.DataFrame(rows, columns=["session", "state", "partner", "percentile", "ranked"]).astype(
        {"ranked": "Int64"}
    )


def unlike_votes(votes: pd.DataFrame, state: str, partner: str) -> pd.Series:
    """Return, for the roll calls on which two states voted differently, the share of each pair of votes.

    The index holds texts such as "yes, abstain" (first the vote of `state`), the commonest first; shares are 0-1.
    """
    both = votes[[state, partner]].dropna()
    unlike = both[both[state].astype(str) != both[partner].astype(str)]
    pairs = unlike[state].astype(str) + ", " + unlike[partner].astype(str)
    return pairs.value_counts(normalize=True)


# ------------------------------------------------------------ what a chapter asks


class Agreement(NamedTuple):
    """How two states voted over some roll calls: `share` of identical votes, `pi` and `kappa` (beyond chance)."""

    share: Estimate
    pi: Estimate
    kappa: Estimate


def agreement(votes: pd.DataFrame, state: str, partner: str, key: int = 0, intervals: bool = True) -> Agreement:
    """Return how often two states voted alike over the roll calls given (rows of `unga_votes`), as estimates.

    Intervals are percentile bootstrap intervals over roll calls (`bootstrap_interval`, `chance_corrected_interval`).
    """
    row = agreement_row(votes, state, partner, key, intervals=intervals)
    pair, where = f"{STATES[state]} and {STATES[partner]}", span_in_words(votes)
    ends = ((NAN, NAN), (NAN, NAN))
    if intervals:
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


def percentile(agreed: pd.DataFrame, partner: str) -> Estimate:
    """Return the median over sessions of Pakistan's percentile among all states' agreement with a partner.

    `agreed` holds rows of `unga_agreement`; sessions without a percentile are left out; `n` is the number of sessions.
    """
    ranks = agreed.loc[agreed["partner"] == partner, "percentile"].dropna().astype(float)
    words = f"Pakistan's percentile among all states' agreement with {STATES[partner]}, median of sessions"
    return quantity(ranks.median(), words + span_in_words(agreed), n=len(ranks))


def lowest_sessions(agreed: pd.DataFrame, partner: str, number: int = 2) -> Estimate:
    """Return in words the years whose sessions have Pakistan's lowest agreement with a partner: "2022 and 2023".

    `agreed` holds rows of `unga_agreement`; sessions with fewer than five joint roll calls are left out. The years are
    those in which the sessions opened, in order of time; `n` is the number of sessions compared.
    """
    rows = agreed[(agreed["partner"] == partner) & (agreed["n"] >= MIN_JOINT)]
    years = sorted(rows.assign(agreement=rows["agreement"].astype(float)).nsmallest(number, "agreement")["year"])
    words = f"sessions with the lowest agreement of {STATES['PAK']} and {STATES[partner]}{span_in_words(agreed)}"
    listed = [str(found) for found in years]
    return replace(text(" and ".join([*filter(None, [", ".join(listed[:-1])]), listed[-1]]), words), n=len(rows))


class Sides(NamedTuple):
    """Whose side Pakistan took where Washington and Moscow voted opposite ways, as shares of these roll calls."""

    with_moscow: Estimate
    with_washington: Estimate
    abstained: Estimate


def sides(contested: pd.DataFrame) -> Sides:
    """Return whose side Pakistan took in contested roll calls (rows of `unga_contested`); `n` is the number of roll calls."""
    side, where = contested["sided_with"], span_in_words(contested)
    found = []
    for value, words in (("RUS", "voted with Moscow"), ("USA", "voted with Washington"), ("abstained", "abstained")):
        taken = float((side == value).mean()) if len(side) else NAN
        found.append(share(taken, f"contested roll calls in which Pakistan {words}{where}", len(side)))
    return Sides(*found)


class SideCounts(NamedTuple):
    """Contested roll calls by Pakistan's side, as numbers; the `n` of each is the number of all of them."""

    with_moscow: Estimate
    with_washington: Estimate
    abstained: Estimate


def side_counts(contested: pd.DataFrame) -> SideCounts:
    """Return the numbers behind `sides`: contested roll calls (rows of `unga_contested`) by the side that Pakistan took."""
    found = []
    for taken, side in zip(sides(contested), ("RUS", "USA", "abstained"), strict=True):
        number = count(int((contested["sided_with"] == side).sum()), f"number of {taken.words}")
        found.append(replace(number, n=len(contested)))
    return SideCounts(*found)


def fewest_contested(contested: pd.DataFrame) -> Estimate:
    """Return the smallest number of contested roll calls in a session (rows of `unga_contested`); `n` counts the sessions."""
    by_session = contested["session"].value_counts()
    return replace(
        count(by_session.min(), f"fewest contested roll calls in a session{span_in_words(contested)}"),
        n=len(by_session),
    )


def in_session(agreed: pd.DataFrame, partner: str, year: int) -> Estimate:
    """Return Pakistan's agreement with a partner in the session that opened in `year`, as `unga_agreement` stores it.

    Raises
    ------
    KeyError
        When the rows do not hold that session and partner.
    """
    rows = agreed[(agreed["partner"] == partner) & (agreed["session"] == session_of_year(year))]
    if len(rows) != 1:
        raise KeyError(f"unga_agreement: {len(rows)} rows of {partner!r} in the session of {year}, 1 expected")
    row = rows.iloc[0]
    words = f"identical votes of {STATES['PAK']} and {STATES[partner]}, session of {year}"
    return share(row["agreement"], words, row["n"], row["agreement_low"], row["agreement_high"])


ISSUES = ("palestinian_conflict", "nuclear", "arms_control", "colonialism", "human_rights", "economic_development")


def with_issue(rows: pd.DataFrame, votes: pd.DataFrame, issues: tuple[str, ...] = ISSUES) -> Estimate:
    """Return the share of roll calls that bear at least one issue code of the Voeten file.

    `rows` are roll calls by `vote_id` (of `unga_contested`, say), `votes` the rows of `unga_votes` that hold their codes.

    Raises
    ------
    ValueError
        When a roll call is not among the votes.
    """
    codes = votes.set_index("vote_id")[list(issues)].fillna(False).astype(bool).any(axis=1)
    missing = rows.loc[~rows["vote_id"].isin(codes.index), "vote_id"]
    if len(missing):
        raise ValueError(f"{len(missing)} roll calls are not among the votes, the first is {missing.iloc[0]}")
    kinds = "contested roll calls" if "sided_with" in rows.columns else "roll calls"
    named = " or ".join(issue.replace("_", " ") for issue in issues)
    codes_named = f"one of {len(issues)} issue codes" if issues == ISSUES else f"the issue code {named}"
    words = f"{kinds} with {codes_named}{span_in_words(rows)}"
    return share(codes[rows["vote_id"]].mean(), words, len(rows))


def joint(votes: pd.DataFrame, state: str, partner: str, differ: bool = False) -> pd.DataFrame:
    """Return the roll calls in which two states both voted (rows of `unga_votes`); `differ`: those in which they differ."""
    kept = votes[votes[state].notna() & votes[partner].notna()]
    kept = kept[kept[state].astype(str) != kept[partner].astype(str)] if differ else kept
    kept = kept.reset_index(drop=True)
    what = f"in which {STATES[state]} and {STATES[partner]} {'differ' if differ else 'both voted'}"
    span = votes.attrs.get("span")
    kept.attrs["span"] = f"{span}, {what}" if span else what
    return kept


def opposed(votes: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return the number of roll calls on which one state voted yes and the other no; `n` is the number of all roll calls."""
    apart = ((votes[state] == "yes") & (votes[partner] == "no")) | ((votes[state] == "no") & (votes[partner] == "yes"))
    words = f"roll calls with {STATES[state]} and {STATES[partner]} on opposite sides{span_in_words(votes)}"
    return replace(count(int(apart.sum()), words), n=len(votes))


def opposed_share(votes: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return `opposed` as a share of the roll calls in which both states voted (`n`)."""
    number, n = opposed(votes, state, partner), int(joint_table(votes[state], votes[partner]).to_numpy().sum())
    words = f"{number.words}, as a share of those in which both voted"
    return share(number.value / n if n else NAN, words, n, digits=1)


def alike(votes: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return the number of roll calls on which two states voted alike; `n` is the number of those in which both voted."""
    table = joint_table(votes[state], votes[partner]).to_numpy()
    words = f"roll calls on which {STATES[state]} and {STATES[partner]} voted alike{span_in_words(votes)}"
    return replace(count(int(np.trace(table)), words), n=int(table.sum()))


class Answers(NamedTuple):
    """What one state does when another votes in one way: how often that is, and the first state's yes, abstain and no."""

    share: Estimate
    roll_calls: Estimate
    yes: Estimate
    abstain: Estimate
    no: Estimate


def answers(votes: pd.DataFrame, state: str, partner: str, vote: str) -> Answers:
    """Return how a state voted where its partner cast one vote (`yes`, `abstain` or `no`), over roll calls of both.

    `share` is the share of these roll calls in all in which both voted, `roll_calls` their number; `yes`, `abstain` and
    `no` are numbers, the `n` of each is `roll_calls`.
    """
    table = joint_table(votes[state], votes[partner])
    total, met = int(table.to_numpy().sum()), table[vote]
    then = f"joint roll calls of {STATES[state]} and {STATES[partner]} with a “{vote}” of {STATES[partner]}"
    where = span_in_words(votes)
    own = [
        replace(count(int(met[cast]), f"{then}, met by a “{cast}” of {STATES[state]}{where}"), n=int(met.sum()))
        for cast in VOTES
    ]
    return Answers(
        share(met.sum() / total if total else NAN, f"share of the {then}{where}", total),
        count(int(met.sum()), then + where),
        *own,
    )


def cast(votes: pd.DataFrame, state: str, vote: str) -> Estimate:
    """Return how often a state voted `yes`, `abstain` or `no`; `n` is the number of its votes."""
    own = as_votes(votes[state]).dropna()
    words = f"votes of {STATES[state]} that were “{vote}”{span_in_words(votes)}"
    return replace(count(int((own == vote).sum()), words), n=len(own))


def one_span(votes: pd.DataFrame, agreed: pd.DataFrame, contested: pd.DataFrame, partner: str = "RUS") -> pd.DataFrame:
    """Return Pakistan's voting over the rows given (`Phase.of`) as one row: put those of rival cuts below each other.

    Columns: `span` (the name of the rows); with the partner `n` (joint roll calls), `agreement`, `agreement_low`,
    `agreement_high` (shares), `percentile_RUS` or of another partner (median of sessions); `contested` (roll calls) and
    `share_with_RUS`, the share of these in which Pakistan voted with Moscow.
    """
    alike_then = agreement(votes, "PAK", partner).share
    return pd.DataFrame([{
        "span": votes.attrs.get("span", ""), "n": alike_then.n, "agreement": alike_then.value,
        "agreement_low": alike_then.low, "agreement_high": alike_then.high,
        f"percentile_{partner}": percentile(agreed, partner).value, "contested": len(contested),
        "share_with_RUS": sides(contested).with_moscow.value,
    }])  # fmt: skip


def spans(
    votes: pd.DataFrame, agreed: pd.DataFrame, contested: pd.DataFrame, years: list[tuple[int, int]]
) -> pd.DataFrame:
    """Return Pakistan's voting over spans of sessions, one row per span (years in which the first and last session opened).

    Columns: `span`, `n` (joint roll calls with Moscow), `agreement_RUS`, `pi_RUS`, `percentile_RUS` (median of sessions,
    whole), `agreement_USA`, `percentile_USA`, `contested` (roll calls), `with_RUS`, `with_USA` (numbers of these).
    """
    rows = []
    for first, last in years:
        cast_then, ranked, split = (in_years(table, first, last) for table in (votes, agreed, contested))
        moscow, washington = (agreement(cast_then, "PAK", partner, intervals=False) for partner in ("RUS", "USA"))
        taken = side_counts(split)
        rows.append({
            "span": str(first) if first == last else f"{first}–{last}",
            "n": moscow.share.n, "agreement_RUS": moscow.share.value, "pi_RUS": moscow.pi.value,
            "percentile_RUS": percentile(ranked, "RUS").value, "agreement_USA": washington.share.value,
            "percentile_USA": percentile(ranked, "USA").value, "contested": len(split),
            "with_RUS": taken.with_moscow.value, "with_USA": taken.with_washington.value,
        })  # fmt: skip
    whole = {column: "Int64" for column in ("percentile_RUS", "percentile_USA")}  # missing where no session has one
    return pd.DataFrame(rows).round(dict.fromkeys(whole, 0)).astype(whole)


def _of_session(agreed: pd.DataFrame, partner: str, session: int) -> pd.Series:
    rows = agreed[(agreed["partner"] == partner) & (agreed["session"] == session)]
    if len(rows) != 1:
        raise KeyError(f"{len(rows)} rows of {partner} in session {session}; one of unga_agreement expected")
    return rows.iloc[0]


def percentile_in(agreed: pd.DataFrame, partner: str, session: int) -> Estimate:
    """Return Pakistan's percentile among all states' agreement with a partner in one session; `n` is the states ranked.

    Raises
    ------
    KeyError
        When the session has no row of the partner.
    """
    row = _of_session(agreed, partner, session)
    words = f"Pakistan's percentile among all states' agreement with {STATES[partner]} in session {session}"
    return quantity(row["percentile"], words, n=row["ranked"])


def lowest_percentile(agreed: pd.DataFrame, partner: str) -> Estimate:
    """Return Pakistan's lowest percentile among all states' agreement with a partner; `n` is the number of sessions."""
    ranks = agreed.loc[agreed["partner"] == partner, "percentile"].dropna().astype(float)
    words = f"Pakistan's percentile among all states' agreement with {STATES[partner]}, lowest of sessions"
    return quantity(ranks.min(), words + span_in_words(agreed), n=len(ranks))


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
    words = f"steepest fall of agreement with {STATES[partner]} between two sessions{span_in_words(agreed)}"
    return Fall(
        quantity(-100 * change.min(), words, unit="percentage points"),
        year(year_of_session(change.idxmin()), f"year in which the session opened after the {words}"),
    )


def unlike(votes: pd.DataFrame, state: str, partner: str, own: str, other: str) -> Estimate:
    """Return how many of the roll calls in which two states differ have one pair of votes (`unlike_votes`), as a share.

    `own` is the vote of `state`, `other` that of `partner`; `n` is the number of roll calls in which they differ.
    """
    table = joint_table(votes[state], votes[partner])
    differ = int(table.to_numpy().sum() - np.trace(table.to_numpy()))
    words = f"{STATES[state]} {own}, {STATES[partner]} {other}: share of the roll calls in which they differ"
    return share(unlike_votes(votes, state, partner).get(f"{own}, {other}", 0), words + span_in_words(votes), differ)


class Peak(NamedTuple):
    """The highest agreement of a session: the share of identical votes, and the year in which the session opened."""

    share: Estimate
    year: Estimate


def highest_agreement(agreed: pd.DataFrame, partner: str) -> Peak:
    """Return Pakistan's highest agreement of a session with a partner (rows of `unga_agreement`), and the session's year.

    Sessions with fewer than five joint roll calls are left out; `n` and interval are those of the session.
    """
    rows = agreed[(agreed["partner"] == partner) & (agreed["n"] >= MIN_JOINT)].set_index("session")
    row = rows.loc[rows["agreement"].astype(float).idxmax()]
    words = f"highest share of identical votes of a session with {STATES[partner]}{span_in_words(agreed)}"
    return Peak(
        share(row["agreement"], words, row["n"], row["agreement_low"], row["agreement_high"]),
        year(year_of_session(row.name), f"year in which the session opened with the {words}"),
    )


def by_cut(cuts: list[pd.DataFrame], state: str, partner: str) -> pd.DataFrame:
    """Return agreement of two states over several sets of roll calls (rows of `unga_votes`), one row per set.

    Columns: `cut` (the name that `Phase.of` or `in_years` gave it), `first_session`, `last_session`, `n` (joint roll
    calls), `agreement` with `agreement_low` and `agreement_high`, `pi`.
    """
    rows = []
    for votes in cuts:
        alike = agreement(votes, state, partner)
        rows.append({
            "cut": votes.attrs.get("span", ""), "first_session": int(votes["session"].min()),
            "last_session": int(votes["session"].max()), "n": alike.share.n, "agreement": alike.share.value,
            "agreement_low": alike.share.low, "agreement_high": alike.share.high, "pi": alike.pi.value,
        })  # fmt: skip
    return pd.DataFrame(rows)


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
    words = f"difference of {STATES[state]}'s agreement with {STATES[partner]} and {STATES[other]}"
    where = span_in_words(votes)
    return Gap(
        quantity(gap.mean(), f"{words}, mean of sessions{where}", 2, n=len(gap)),
        quantity(gap.max(), f"{words}, largest of a session{where}", 2, n=len(gap)),
    )


def _session_shares(votes: pd.DataFrame, state: str, partner: str) -> pd.Series:
    joint = votes[["session", state, partner]].dropna()
    return (joint[state].astype(str) == joint[partner].astype(str)).groupby(joint["session"]).mean()


def years_below(agreed: pd.DataFrame, partner: str, percentile: float, since: int) -> Estimate:
    """Return the years since one whose session has Pakistan's percentile with a partner below a value: "2010 and 2016"."""
    rows = agreed[(agreed["partner"] == partner) & (agreed["year"] >= since)].sort_values("year")
    years = [str(found) for found in rows.loc[rows["percentile"] < percentile, "year"]]
    listed = " and ".join([", ".join(years[:-1]), years[-1]] if len(years) > 1 else years) or "no year"
    return text(listed, f"years since {since} with a percentile under {percentile} with {STATES[partner]}")


def last_session(votes: pd.DataFrame) -> Estimate:
    """Return the year in which the last session opened that the rows (with `year`) reach."""
    return year(votes["year"].max(), "year in which the last session of the votes opened")


def on_issue(contested: pd.DataFrame, votes: pd.DataFrame, issue: str) -> Estimate:
    """Return the share of contested roll calls on an issue, of those that the source codes by issue (`n`).

    `issue` is a column of `unga_votes` (`palestinian_conflict`, `colonialism`, `human_rights`, …), missing where not coded.
    """
    coded = contested[["vote_id"]].merge(votes[["vote_id", issue]], on="vote_id")[issue].dropna().astype(float)
    words = f"contested roll calls on the issue {issue.replace('_', ' ')}{span_in_words(contested)}"
    return share(coded.mean(), words, len(coded))


class ByChance(NamedTuple):
    """What stands behind a rate of identical votes: the rate, equal votes, votes of yes by both, and what chance gives."""

    rate: Estimate
    alike: Estimate
    both_yes: Estimate
    expected: Estimate
    kappa: Estimate


def by_chance(votes: pd.DataFrame, state: str, partner: str) -> ByChance:
    """Return how far two states' rate of identical votes is what each one's own habits give (Cohen's κ).

    `expected` is the rate that the totals of both states' yes, abstain and no alone would give; `n` of the rates are the
    roll calls in which both voted.
    """
    table = joint_table(votes[state], votes[partner])
    counts, n = table.to_numpy(), int(table.to_numpy().sum())
    expected = float((counts.sum(axis=1) * counts.sum(axis=0)).sum() / n**2)
    pair, where = f"{STATES[state]} and {STATES[partner]}", span_in_words(votes)
    return ByChance(
        share(np.trace(counts) / n, f"rate of identical votes of {pair}{where}", n, digits=1),
        count(np.trace(counts), f"roll calls on which {pair} voted alike{where}"),
        count(table.loc["yes", "yes"], f"roll calls on which {pair} both voted yes{where}"),
        share(expected, f"rate of identical votes of {pair} that chance gives{where}", n, digits=1),
        quantity(chance_corrected(table)[1], f"Cohen's κ: agreement of {pair} beyond chance{where}", 2, n=n),
    )


def crossed(votes: pd.DataFrame, state: str, partner: str) -> pd.DataFrame:
    """Return the counts of two states' votes as a table to show: a row per vote of `state`, a column per vote of `partner`."""
    table = joint_table(votes[state], votes[partner])
    columns = {f"{STATES[partner]}: {vote}": table[vote].to_numpy() for vote in VOTES}
    return pd.DataFrame({STATES[state]: list(VOTES), **columns})


def part(some: pd.DataFrame, votes: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return how large a part some roll calls (`about`) are of those in which two states both voted (`n`)."""
    n = len(votes[[state, partner]].dropna())
    words = f"roll calls{span_in_words(some)}, as a share of those in which {STATES[state]} and {STATES[partner]} voted"
    return share(len(some) / n if n else NAN, words, n, digits=1)


class Resampling(NamedTuple):
    """How the intervals of the voting rates are drawn: number of resamples, seed."""

    resamples: Estimate
    seed: Estimate


def resampling() -> Resampling:
    """Return how the intervals of the voting rates are drawn."""
    return Resampling(
        count(RESAMPLES, "resamples of the roll calls for an interval"), year(SEED, "seed of the random numbers")
    )
