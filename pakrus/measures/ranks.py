"""Sessions of the General Assembly: Pakistan's agreement with a partner in each, and its percentile among all states.

What comes in: the codes of all states' votes (`percentiles`), or rows of `unga_agreement` (one per session and partner), which
stores both. What goes out: estimates; a session is named by the year in which it opened. The one difficulty: a rate hangs on
what is put to the vote, a rank within one session does not, so that the two may go opposite ways. Sessions with few joint roll
calls have a value but are not compared. The place of every pair: `dyads.ranks`.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import Estimate, quantity, share, span_in_words, text, year
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
    words = f"highest share of identical votes of a session with {named(partner)}{span_in_words(agreed)}"
    return Peak(
        share(row["agreement"], words, row["n"], row["agreement_low"], row["agreement_high"]),
        year(year_of_session(row.name), f"year in which the session opened: {words}"),
    )


def lowest_sessions(agreed: pd.DataFrame, partner: str, number: int = 2) -> Estimate:
    """Return in words the years whose sessions have Pakistan's lowest agreement with a partner: "2022 and 2023".

    `agreed` holds rows of `unga_agreement`; sessions with fewer than five joint roll calls are left out. The years are
    those in which the sessions opened, in order of time; `n` is the number of sessions compared.
    """
    rows = agreed[(agreed["partner"] == partner) & (agreed["n"] >= MIN_JOINT)]
    years = sorted(rows.assign(agreement=rows["agreement"].astype(float)).nsmallest(number, "agreement")["year"])
    words = f"sessions with the lowest agreement of Pakistan and {named(partner)}{span_in_words(agreed)}"
    listed = [str(found) for found in years]
    return replace(text(" and ".join([*filter(None, [", ".join(listed[:-1])]), listed[-1]]), words), n=len(rows))


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


def percentile(agreed: pd.DataFrame, partner: str) -> Estimate:
    """Return the median over sessions of Pakistan's percentile among all states' agreement with a partner.

    `agreed` holds rows of `unga_agreement`; sessions without a percentile are left out; `n` is the number of sessions.
    """
    ranks = agreed.loc[agreed["partner"] == partner, "percentile"].dropna().astype(float)
    words = f"Pakistan's percentile among all states' agreement with {named(partner)}, median of sessions"
    return quantity(ranks.median(), words + span_in_words(agreed), n=len(ranks))


def percentile_in(agreed: pd.DataFrame, partner: str, year: int) -> Estimate:
    """Return Pakistan's percentile among all states' agreement with a partner in the session that opened in `year`.

    `n` is the number of states ranked.

    Raises
    ------
    KeyError
        When the rows do not hold that session and partner.
    """
    row = row_of(agreed, partner, year)
    words = f"Pakistan's percentile among all states' agreement with {named(partner)}, session of {year}"
    return quantity(row["percentile"], words, n=row["ranked"])


def lowest_percentile(agreed: pd.DataFrame, partner: str) -> Estimate:
    """Return Pakistan's lowest percentile among all states' agreement with a partner; `n` is the number of sessions."""
    ranks = agreed.loc[agreed["partner"] == partner, "percentile"].dropna().astype(float)
    words = f"Pakistan's percentile among all states' agreement with {named(partner)}, lowest of sessions"
    return quantity(ranks.min(), words + span_in_words(agreed), n=len(ranks))


def years_below(agreed: pd.DataFrame, partner: str, percentile: float, since: int) -> Estimate:
    """Return the years since one whose session has Pakistan's percentile with a partner below a value: "2010 and 2016"."""
    rows = agreed[(agreed["partner"] == partner) & (agreed["year"] >= since)].sort_values("year")
    years = [str(found) for found in rows.loc[rows["percentile"] < percentile, "year"]]
    listed = " and ".join([", ".join(years[:-1]), years[-1]] if len(years) > 1 else years) or "no year"
    return text(listed, f"years since {since} with a percentile under {percentile} with {named(partner)}")


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
