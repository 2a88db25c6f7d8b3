"""How much hangs on a choice: Pakistan's agreement with Moscow in the General Assembly, and whose side it took.

In: the roll calls counted in two ways (final passage; paragraphs and amendments too) and the scores published in June
2024. Out: rows for `pakrus.measures.variants.finished`. The difficulty is that the choices do not see the same sessions:
each is compared with the baseline over those that it sees.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from pakrus.measures import clusters, dyads, ranks, voting
from pakrus.measures.proportions import wilson
from pakrus.measures.variants import NAN, Choice, Estimate, Figure, by_phase, median, over_sessions, row
from pakrus.terms import year_of_session


def without_abstentions(votes: pd.DataFrame, states: list[str]) -> pd.DataFrame:
    """Return the votes with abstentions of these states taken as no vote: only yes and no are left."""
    new = votes.copy()
    for state in states:
        coded = pd.api.types.is_numeric_dtype(new[state])
        new[state] = new[state].mask(new[state] == 2, 0) if coded else new[state].mask(new[state] == "abstain")
    return new


def _share(
    votes: pd.DataFrame,
    partner: str,
    level: float = 0.95,
    shift: int = 0,
    weights: np.ndarray = voting.SAME,
    single: bool = False,
):
    def measure(first: int, last: int, key: int) -> Estimate:
        found = voting.agreement_row(votes, "PAK", partner, key + shift, (first, last), level, weights, single=single)
        ends = (found["agreement_low"], found["agreement_high"])
        return Estimate(found["agreement"], *ends, found["n"], f"sessions {first}-{last}")

    return over_sessions(measure)


def _corrected(votes: pd.DataFrame, partner: str, name: str, weights: np.ndarray = voting.SAME, single: bool = False):
    def measure(first: int, last: int, key: int) -> Estimate:
        span, place = votes[votes["session"].between(first, last)], ("pi", "kappa").index(name)
        table = voting.joint_table(span["PAK"], span[partner])
        if single:
            ends = voting.chance_corrected_interval(table, key, weights=weights)[place]
        else:
            ends = voting.clustered(span, "PAK", partner, key, weights=weights)[name]
        value, n = voting.chance_corrected(table, weights)[place], int(table.to_numpy().sum())
        return Estimate(value, *ends, n, f"sessions {first}-{last}")

    return over_sessions(measure)


def _published(scores: pd.DataFrame):
    def measure(first: int, last: int, key: int) -> Estimate:
        span = scores[scores["session"].between(first, last)].dropna(subset=["agreement"])
        n = int(span["n"].sum())
        value = float((span["agreement"] * span["n"]).sum() / n) if n else NAN
        return Estimate(value, n=n, covers=f"sessions {first}-{min(last, int(scores['session'].max()))}")

    return over_sessions(measure)


def _rank(percentiles: pd.DataFrame):
    def measure(first: int, last: int, key: int) -> Estimate:
        own = percentiles.loc[percentiles["session"].between(first, last), "percentile"]
        return median(own.astype(float), covers=f"sessions {first}-{last}")

    return over_sessions(measure)


def _pooled(ballots: "Ballots", partner: str):
    """Return the percentile over all roll calls of a span together, not the median of its sessions."""
    wide = ballots.wide.merge(ballots.votes[["vote_id", "family_id"]], on="vote_id")

    def measure(first: int, last: int, key: int) -> Estimate:
        found = ranks.standing(wide[wide["session"].between(first, last)], [("PAK", partner)])
        if found.empty:
            return Estimate(NAN, n=0)
        row = found.iloc[0]
        ends = row["percentile_low"], row["percentile_high"]
        return Estimate(row["percentile"], *ends, int(row["n"]), f"sessions {first}-{last}")

    return over_sessions(measure)


@dataclass(frozen=True)
class Ballots:
    """Votes by one way of counting: the five states' (`votes`), every state's as codes (`wide`), the contested ones."""

    votes: pd.DataFrame
    wide: pd.DataFrame
    contested: pd.DataFrame


HANDLINGS = {
    "baseline": "final passage, equal votes",
    "all_roll_calls": "paragraphs and amendments too, to session 73",
    "abstention_dropped": "yes and no only",
    "abstention_half": "an abstention is half an agreement",
}
LAST_EVERY = 73  # the files of later sessions have no paragraphs and amendments
SIDES = ("RUS", "USA", "abstained", "no vote")
SCORES_2024 = "published scores of June 2024"
SINGLE = "single roll calls drawn, not sessions and families"


def _handled(handled: Callable, final: object, every: object, dropped: object) -> list[Choice]:
    """Return the choices of each voting figure: the book's, all roll calls, yes and no only, half agreement."""
    measures = handled(final), handled(every), handled(dropped), handled(final, weights=voting.HALF)
    return [Choice(kind, name, measure) for (kind, name), measure in zip(HANDLINGS.items(), measures, strict=True)]


def rows(
    final: Ballots, every: Ballots, published: pd.DataFrame, cut: pd.DataFrame, others: dict, partner: str = "RUS"
) -> list[dict]:
    """Return agreement, pi, kappa and percentile of Pakistan with a partner, by phase, with every variant.

    `published` has the June 2024 scores: `state`, `session`, `agreement` with the partner and `n` votes of the state.
    """
    strand, words = "votes", "with the USSR/Russia"
    dropped = without_abstentions(final.votes, ["PAK", partner])
    last = int(published["session"].max())
    score = published[published["state"] == "PAK"]
    # the share of identical votes: by handling, as published, and with other draws for the interval
    choices = _handled(lambda votes, **how: _share(votes, partner, **how), final.votes, every.votes, dropped)
    choices += [
        Choice("edition", SCORES_2024, _published(score), last),
        Choice("bootstrap", "other random numbers", _share(final.votes, partner, shift=5000)),
        Choice("bootstrap", "90 % level", _share(final.votes, partner, 0.90), level=90),
        Choice("bootstrap", "99 % level", _share(final.votes, partner, 0.99), level=99),
        Choice("draws", SINGLE, _share(final.votes, partner, single=True)),
    ]
    figure = Figure("agreement", strand, f"Share of identical votes {words}", "share 0-1")
    out = by_phase(figure, choices, cut, others, "difference of shares")
    # beyond chance: the published scores have no counterpart
    for name, title in (("pi", "Scott's pi"), ("kappa", "Cohen's kappa")):
        corrected = partial(_corrected, partner=partner, name=name)
        choices = _handled(corrected, final.votes, every.votes, dropped)
        choices.append(Choice("draws", SINGLE, corrected(final.votes, single=True)))
        figure = Figure(name, strand, f"Agreement beyond chance {words}, {title}", name)
        out += by_phase(figure, choices, cut, others, f"difference of {name}")
    # among all states: the published scores are ranked as our own are
    without = without_abstentions(final.wide, dyads.states(final.wide))
    choices = _handled(
        lambda wide, **how: _rank(ranks.percentiles(wide, "PAK", partner, **how)), final.wide, every.wide, without
    )
    scored = published.assign(partner=partner, pi=NAN, kappa=NAN).query("state != @partner")
    names = {"percentile": "of_all", "partner_percentile": "percentile"}
    ranked = dyads.ranks(scored, partner, "PAK").rename(columns=names)
    choices.append(Choice("edition", SCORES_2024, _rank(ranked), last))
    choices.append(
        Choice("definition", "roll calls of the phase pooled, not the median of sessions", _pooled(final, partner))
    )
    title = f"Percentile among all states' agreement {words}, median of sessions"
    return out + by_phase(Figure("percentile", strand, title, "percentile"), choices, cut, others, "percentile points")


def contested_rows(final: Ballots, every: Ballots) -> list[dict]:
    """Return, by decade, the share of contested roll calls in which Pakistan voted as the USSR/Russia did.

    Intervals as the chapters give them: sessions or families drawn, the wider; the variant `draws` has Wilson's, of single roll calls.
    """

    def share(
        contested: pd.DataFrame, decade: int, half: float, counted: tuple[str, ...], single: bool = False
    ) -> Estimate:
        own = contested[contested["year"].between(decade, decade + 9)]
        sides = own.loc[own["sided_with"].isin(counted), "sided_with"]
        score = (sides == "RUS") + half * (sides == "abstained")
        ends = clusters.share_ends(score.to_numpy(dtype=float), own.loc[sides.index], decade)
        if single:
            ends = tuple(wilson([score.sum()], [len(sides)])[["low", "high"]].iloc[0])
        covers = f"sessions {int(own['session'].min())}-{int(own['session'].max())}"
        return Estimate(float(score.mean()), *map(float, ends), len(sides), covers)

    out = []
    for decade in sorted(set(final.contested["year"] // 10 * 10)):
        words = "Share of contested roll calls voted with the USSR/Russia (against half)"
        figure = Figure(f"contested-{decade}s", "votes", words, "share 0-1", zero=0.5)
        trials = {  # kind -> ballots, what an abstention counts, which answers are counted
            "baseline": (final, 0.0, SIDES), "all_roll_calls": (every, 0.0, SIDES),
            "abstention_dropped": (final, 0.0, ("RUS", "USA")),
            "abstention_half": (final, 0.5, ("RUS", "USA", "abstained")),
            "draws": (final, 0.0, SIDES, True),
        }  # fmt: skip
        if decade > year_of_session(LAST_EVERY):
            del trials["all_roll_calls"]
        found = {kind: share(ballots.contested, decade, *how) for kind, (ballots, *how) in trials.items()}
        base = found["baseline"].value
        out += [
            row(figure, f"{decade}s", kind, (HANDLINGS | {"draws": SINGLE})[kind], estimate, base)
            for kind, estimate in found.items()
        ]
    return out
