"""Roll calls: what two states did on them, whose side Pakistan took where the two powers stood apart, and on which issues.

What comes in: rows of `unga_votes`, or of `unga_contested` (roll calls on which Washington and Moscow voted opposite ways). What
goes out: numbers and shares of roll calls. The one difficulty is what a share is of: all roll calls, those in which both voted,
those in which they differ, or the contested ones; `sides` gives shares of these, `side_counts` their numbers.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import NAN, Estimate, count, share, span_in_words
from pakrus.measures import clusters, issues
from pakrus.measures.voting import VOTES, agreement, as_votes, joint_table
from pakrus.terms import STATES, named, year_of_session


def joint(votes: pd.DataFrame, state: str, partner: str, differ: bool = False) -> pd.DataFrame:
    """Return the roll calls in which two states both voted (rows of `unga_votes`); `differ`: those in which they differ."""
    kept = votes[votes[state].notna() & votes[partner].notna()]
    kept = kept[kept[state].astype(str) != kept[partner].astype(str)] if differ else kept
    kept = kept.reset_index(drop=True)
    what = f"in which {named(state)} and {named(partner)} {'differ' if differ else 'both voted'}"
    span = votes.attrs.get("span")
    kept.attrs["span"] = f"{span}, {what}" if span else what
    return kept


def cast(votes: pd.DataFrame, state: str, vote: str) -> Estimate:
    """Return how often a state voted `yes`, `abstain` or `no`; `n` is the number of its votes."""
    own = as_votes(votes[state]).dropna()
    words = f"votes of {named(state)} that were “{vote}”{span_in_words(votes)}"
    return replace(count(int((own == vote).sum()), words), n=len(own))


def alike(votes: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return the number of roll calls on which two states voted alike; `n` is the number of those in which both voted."""
    table = joint_table(votes[state], votes[partner]).to_numpy()
    words = f"roll calls on which {named(state)} and {named(partner)} voted alike{span_in_words(votes)}"
    return replace(count(int(np.trace(table)), words), n=int(table.sum()))


def unlike_votes(votes: pd.DataFrame, state: str, partner: str) -> pd.Series:
    """Return, for the roll calls on which two states voted differently, the share of each pair of votes.

    The index holds texts such as "yes, abstain" (first the vote of `state`), the commonest first; shares are 0-1.
    """
    both = votes[[state, partner]].dropna()
    unlike = both[both[state].astype(str) != both[partner].astype(str)]
    pairs = unlike[state].astype(str) + ", " + unlike[partner].astype(str)
    return pairs.value_counts(normalize=True)


def unlike(votes: pd.DataFrame, state: str, partner: str, own: str, other: str) -> Estimate:
    """Return how many of the roll calls in which two states differ have one pair of votes (`unlike_votes`), as a share.

    `own` is the vote of `state`, `other` that of `partner`; `n` is the number of roll calls in which they differ.
    """
    table = joint_table(votes[state], votes[partner])
    differ = int(table.to_numpy().sum() - np.trace(table.to_numpy()))
    words = f"{named(state)} {own}, {named(partner)} {other}: share of the roll calls in which they differ"
    return share(unlike_votes(votes, state, partner).get(f"{own}, {other}", 0), words + span_in_words(votes), differ)


def opposed(votes: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return the number of roll calls on which one state voted yes and the other no; `n` is the number of all roll calls."""
    apart = ((votes[state] == "yes") & (votes[partner] == "no")) | ((votes[state] == "no") & (votes[partner] == "yes"))
    words = f"roll calls with {named(state)} and {named(partner)} on opposite sides{span_in_words(votes)}"
    return replace(count(int(apart.sum()), words), n=len(votes))


def part(some: pd.DataFrame, votes: pd.DataFrame, state: str, partner: str) -> Estimate:
    """Return how large a part some roll calls (`about`) are of those in which two states both voted (`n`)."""
    n = len(votes[[state, partner]].dropna())
    words = f"roll calls{span_in_words(some)}, as a share of those in which {named(state)} and {named(partner)} voted"
    return share(len(some) / n if n else NAN, words, n, digits=1)


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
    then = f"joint roll calls of {named(state)} and {named(partner)} with the vote “{vote}” of {named(partner)}"
    where = span_in_words(votes)
    own = [
        replace(count(int(met[cast]), f"{then}, met by the vote “{cast}” of {named(state)}{where}"), n=int(met.sum()))
        for cast in VOTES
    ]
    return Answers(
        share(met.sum() / total if total else NAN, f"share of the {then}{where}", total),
        count(int(met.sum()), then + where),
        *own,
    )


class ByChance(NamedTuple):
    """What stands behind a rate of identical votes: the rate, equal votes, votes of yes by both, and what chance gives."""

    rate: Estimate
    alike: Estimate
    both_yes: Estimate
    expected: Estimate
    kappa: Estimate


def by_chance(votes: pd.DataFrame, state: str, partner: str) -> ByChance:
    """Return how far two states' rate of identical votes is what each one's own habits give (Cohen's κ).

    `rate` and `kappa` are those of `voting.agreement`; `expected` is the rate that the totals of both states' yes, abstain
    and no alone would give; `n` of the rates are the roll calls in which both voted.
    """
    found, table = agreement(votes, state, partner), joint_table(votes[state], votes[partner])
    counts, n = table.to_numpy(), found.share.n
    expected = float((counts.sum(axis=1) * counts.sum(axis=0)).sum() / n**2)
    pair, where = f"{named(state)} and {named(partner)}", span_in_words(votes)
    return ByChance(
        replace(found.share, digits=1),
        alike(votes, state, partner),
        count(table.loc["yes", "yes"], f"roll calls on which {pair} both voted yes{where}"),
        share(expected, f"identical votes of {pair} that chance alone would give{where}", n, digits=1),
        found.kappa,
    )


def crossed(votes: pd.DataFrame, state: str, partner: str) -> pd.DataFrame:
    """Return the counts of two states' votes as a table to show: a row per vote of `state`, a column per vote of `partner`."""
    table = joint_table(votes[state], votes[partner])
    columns = {f"{STATES[partner]}: {vote}": table[vote].to_numpy() for vote in VOTES}
    return pd.DataFrame({STATES[state]: list(VOTES), **columns})


class Sides(NamedTuple):
    """Whose side Pakistan took where Washington and Moscow voted opposite ways, as shares of these roll calls."""

    with_moscow: Estimate
    with_washington: Estimate
    abstained: Estimate


def sides(contested: pd.DataFrame) -> Sides:
    """Return whose side Pakistan took in contested roll calls (rows of `unga_contested`); `n` is the number of roll calls.

    The 95 % intervals come from drawn sessions or families of texts, the wider (`clusters.share_ends`). A share says nothing without
    that of the median state: `nearness.contested`.
    """
    side, where = contested["sided_with"], span_in_words(contested)
    found = []
    for value, words in (("RUS", "voted with Moscow"), ("USA", "voted with Washington"), ("abstained", "abstained")):
        hits = (side == value).to_numpy(dtype=float)
        low, high = clusters.share_ends(hits, contested)
        taken = float(hits.mean()) if len(side) else NAN
        found.append(share(taken, f"contested roll calls in which Pakistan {words}{where}", len(side), low, high))
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


ISSUES = issues.COLUMNS


def _codes(votes: pd.DataFrame, columns: tuple[str, ...], by_rule: bool) -> pd.DataFrame:
    """Return the issue codes by `vote_id`; those of the rule are missing unless they are asked for."""
    indexed = votes.set_index("vote_id")
    codes = indexed[list(columns)].astype("boolean")
    if not by_rule and "issue_source" in votes.columns:
        codes.loc[indexed["issue_source"] == issues.RULE] = pd.NA
    return codes


def with_any_issue(rows: pd.DataFrame, votes: pd.DataFrame, of: tuple[str, ...] = ISSUES, by_rule: bool = False) -> Estimate:  # fmt: skip
    """Return the share of roll calls that bear at least one of some issue codes of the Voeten file.

    Uncoded roll calls count as without; of coded ones alone: `on_issue`. After session 73 there are no codes of that file;
    `by_rule` takes the marks of `pakrus.measures.issues` for them.

    `rows` are roll calls by `vote_id` (of `unga_contested`, say), `votes` the rows of `unga_votes` that hold their codes.

    Raises
    ------
    ValueError
        When a roll call is not among the votes.
    """
    codes = _codes(votes, of, by_rule).fillna(False).astype(bool).any(axis=1)
    missing = rows.loc[~rows["vote_id"].isin(codes.index), "vote_id"]
    if len(missing):
        raise ValueError(f"{len(missing)} roll calls are not among the votes, the first is {missing.iloc[0]}")
    kinds = "contested roll calls" if "sided_with" in rows.columns else "roll calls"
    named = " or ".join(issue.replace("_", " ") for issue in of)
    codes_named = f"one of {len(of)} issue codes" if of == ISSUES else f"the issue code {named}"
    words = f"{kinds} with {codes_named}{span_in_words(rows)}"
    return share(codes[rows["vote_id"]].mean(), words, len(rows))


def on_issue(contested: pd.DataFrame, votes: pd.DataFrame, issue: str, by_rule: bool = False) -> Estimate:
    """Return the share of contested roll calls on an issue, of those that the source codes by issue (`n`).

    `issue` is a column of `unga_votes` (`palestinian_conflict`, `colonialism`, `human_rights`, …), missing where not coded.
    Voeten's file codes to session 73; `by_rule` takes the marks of `pakrus.measures.issues` after it.
    """
    codes = _codes(votes, (issue,), by_rule).reset_index()
    found = contested[["vote_id", "session"]].merge(codes, on="vote_id").dropna(subset=[issue])
    last = found["session"].max()
    words = f"coded contested roll calls on the issue {issue.replace('_', ' ')}{span_in_words(contested)}"
    if last < contested["session"].max():
        words += f", coded to the session of {year_of_session(int(last))}"
    return share(found[issue].astype(float).mean(), words, len(found))
