"""Spans and cuts side by side, one row each: what a chapter shows when a boundary could lie elsewhere.

What comes in: for each span its rows of some tables (`Phase.rows`, `Phase.of`, `spans.in_years`), which know their name. What
goes out: frames for tables, and from where to where a column goes. Every number is its own measure's.
"""

import pandas as pd

from pakrus.estimate import PERCENT, Estimate, number, text, years_in_words
from pakrus.measures import contact, ranks, rollcalls, voting
from pakrus.measures.spans import in_years


def _alike(votes: pd.DataFrame, state: str, partner: str) -> dict:
    """Return the columns that every comparison has: `n` (joint roll calls), `agreement` with its interval."""
    found = voting.agreement(votes, state, partner)
    ends = {"agreement": found.share.value, "interval_low": found.share.low, "interval_high": found.share.high}
    return {"n": found.share.n, **ends, "pi": found.pi.value}


def agreement(cuts: list[pd.DataFrame], state: str, partner: str) -> pd.DataFrame:
    """Return agreement of two states over several sets of roll calls (rows of `unga_votes`), one row per set.

    Columns: `cut` (the name of the rows), `first_session`, `last_session`, `n` (joint roll calls), `agreement` with
    `interval_low` and `interval_high`, `pi`.
    """
    return pd.DataFrame([
        {
            "cut": votes.attrs.get("span", ""), "first_session": int(votes["session"].min()),
            "last_session": int(votes["session"].max()), **_alike(votes, state, partner),
        }
        for votes in cuts
    ])  # fmt: skip


def by_weights(cuts: list[pd.DataFrame], state: str, partner: str) -> pd.DataFrame:
    """Return agreement of two states with an abstention as a vote of its own and as half an agreement, by set of roll calls.

    Columns: `span`, `weights` (in words), `n`, `score` (the agreement, 0-1; of equal votes the share of identical ones), `pi`.
    """
    weights = {"a vote of its own": voting.SAME, "half an agreement": voting.HALF}
    rows = []
    for votes in cuts:
        for words, weight in weights.items():
            row = voting.agreement_row(votes, state, partner, weights=weight, intervals=False)
            named = {"span": votes.attrs.get("span", ""), "weights": words, "n": row["n"]}
            rows.append({**named, "score": row["agreement"], "pi": row["pi"]})
    return pd.DataFrame(rows)


def voting_by_cut(cuts: list[dict[str, pd.DataFrame]], partner: str = "RUS") -> pd.DataFrame:
    """Return Pakistan's voting under several cuts (`Phase.rows` of `unga_votes`, `unga_agreement`, `unga_contested`), a row each.

    Columns: `span` (the name of the rows); with the partner `n` (joint roll calls), `agreement`, `interval_low`,
    `interval_high` (shares), `percentile_RUS` or of another partner (median of sessions); `contested` (roll calls) and
    `share_with_RUS`, the share of these in which Pakistan voted with Moscow.
    """
    frame = pd.DataFrame([
        {
            "span": rows["unga_votes"].attrs.get("span", ""), **_alike(rows["unga_votes"], "PAK", partner),
            f"percentile_{partner}": ranks.percentile(rows["unga_agreement"], partner).value,
            "contested": len(rows["unga_contested"]),
            "share_with_RUS": rollcalls.sides(rows["unga_contested"]).with_moscow.value,
        }
        for rows in cuts
    ])  # fmt: skip
    return frame.drop(columns="pi")


def contact_and_votes(cuts: list[dict[str, pd.DataFrame]], years: list[float]) -> pd.DataFrame:
    """Return contact and votes under several cuts (`Phase.rows` of `events`, `unga_votes`; lengths in years), a row each.

    Columns: `cut` (its name), `bilateral` (bilateral events that happened), `rate` (these a year); of Pakistan and Russia
    `n` (joint roll calls), `agreement` with `interval_low` and `interval_high`, `pi`.
    """
    rows = []
    for tables, length in zip(cuts, years, strict=True):
        found = contact.event_rate(tables["events"], length, "bilateral")
        cut = {"cut": tables["events"].attrs.get("span", ""), "bilateral": found.n, "rate": found.value}
        rows.append({**cut, **_alike(tables["unga_votes"], "PAK", "RUS")})
    return pd.DataFrame(rows)


def voting_by_years(
    votes: pd.DataFrame, agreed: pd.DataFrame, split: pd.DataFrame, years: list[tuple[int, int]]
) -> pd.DataFrame:
    """Return Pakistan's voting over spans of sessions, one row per span.

    `split` holds contested roll calls, `years` those in which the first and last session of each span opened.

    Columns: `span`, `n` (joint roll calls with Moscow), `agreement_RUS`, `pi_RUS`, `percentile_RUS` (median of sessions,
    whole), `agreement_USA`, `percentile_USA`, `contested` (roll calls), `with_RUS`, `with_USA` (numbers of these).
    """
    rows = []
    for first, last in years:
        cast_then, ranked, apart = (in_years(table, first, last) for table in (votes, agreed, split))
        moscow, washington = (
            voting.agreement(cast_then, "PAK", partner, intervals=False) for partner in ("RUS", "USA")
        )
        taken = rollcalls.side_counts(apart)
        rows.append({
            "span": years_in_words(first, last),
            "n": moscow.share.n, "agreement_RUS": moscow.share.value, "pi_RUS": moscow.pi.value,
            "percentile_RUS": ranks.percentile(ranked, "RUS").value, "agreement_USA": washington.share.value,
            "percentile_USA": ranks.percentile(ranked, "USA").value, "contested": len(apart),
            "with_RUS": taken.with_moscow.value, "with_USA": taken.with_washington.value,
        })  # fmt: skip
    whole = {column: "Int64" for column in ("percentile_RUS", "percentile_USA")}  # missing where no session has one
    return pd.DataFrame(rows).round(dict.fromkeys(whole, 0)).astype(whole)


def lowest_to_highest(cuts: pd.DataFrame, column: str) -> Estimate:
    """Return in words from where to where a measure goes over the rows of `contact_and_votes`: `rate`, `agreement` or `pi`."""
    ends = [cuts[column].min(), cuts[column].max()]
    shares = column == "agreement"
    low, high = (number(100 * end) if shares else number(end, 1 if column == "rate" else 2) for end in ends)
    words = {
        "rate": "bilateral events that happened, per year",
        "agreement": "identical votes of Pakistan and the USSR/Russia",
    }
    return text(f"{low} to {high}{PERCENT if shares else ''}", f"{words.get(column, column)}, lowest to highest of {len(cuts)} cuts of {cuts['cut'].iloc[0]}")  # fmt: skip
