"""Recurring texts by name: on which of them a state's vote changed from one span of sessions to another, and from when.

What comes in: rows of `unga_votes`, in which texts that come back belong to one family (`pakrus.measures.families`). What goes out:
a row a family that both spans have, with each state's usual vote before and after. The one difficulty: a text may be put to the
vote once or ten times in a span, and a state may stray once; so the vote of a span is the one cast most often (of equals the
later), and the year of a change is the first session from which the new vote was cast to the end of the later span. A text that
only one span has says nothing of who moved: it is the agenda that moved.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus.estimate import Estimate, count, sessions_in_words, share, year, years_in_words
from pakrus.measures.proportions import exact
from pakrus.terms import named

PAIR = ("PAK", "RUS")
# spans on both sides of a date, in which the files name texts in one way; none lies so about 2014–15
ACROSS = {
    "1991": ((1986, 1990), (1991, 1995)), "1998": ((1992, 1997), (1998, 2002)), "2001": ((1998, 2000), (2001, 2002)),
    "2017": ((2015, 2016), (2017, 2021)), "2022": ((2016, 2021), (2022, 2025)),
}  # fmt: skip


def _usual(cast: list[str]) -> str | None:
    """Return the vote that was cast most often, of equals the one cast last; None where none was cast."""
    if not cast:
        return None
    often = Counter(cast)
    return next(vote for vote in reversed(cast) if often[vote] == max(often.values()))


def _since(cast: list[tuple[int, str]], vote: str) -> int | None:
    """Return the year of the first session from which a vote was cast to the end, unbroken; None where it was not (year, vote)."""
    last_other = max((when for when, other in cast if other != vote), default=0)
    return min((when for when, _ in cast if when > last_other), default=None)


def name_of(title: str) -> str:
    """Return a title as readers see it: catchwords in capitals become "Human Rights, Iran"; library remarks are cut off."""
    title = title.split(" : resolution")[0].split(" : resol")[0].strip(" :")
    return title.title() if title.isupper() else title


def turned(
    votes: pd.DataFrame,
    before: tuple[int, int],
    after: tuple[int, int],
    issue: str | None = None,
    states: Sequence[str] = PAIR,
) -> pd.DataFrame:
    """Return the texts that were put to the vote in both spans, and the usual vote of each state in each.

    Spans are years in which the first and the last session opened; `issue` is a column of `unga_votes` (all texts without it).
    Columns: `text`, `family_id`, `n_before`, `n_after` (roll calls), for each state `PAK_before`, `PAK_after` (usual votes; missing: none
    cast), `PAK_year` (first session from which the new vote was cast to the end; missing where
    none changed or it did not last), and `changed` (states that changed,
    joined by "; "). Order: that of the first roll call.
    """
    rows = votes[votes["year"].between(before[0], after[1])]
    rows = rows[rows[issue].fillna(False).astype(bool)] if issue else rows
    sides = [rows["year"].between(*span) for span in (before, after)]
    both = set(rows.loc[sides[0], "family_id"]) & set(rows.loc[sides[1], "family_id"])
    cast: dict[str, list[dict]] = {}
    for row in rows[rows["family_id"].isin(both)].sort_values("year", kind="stable").to_dict("records"):
        cast.setdefault(row["family_id"], []).append(row)
    order = [family for family in rows["family_id"].drop_duplicates() if family in both]
    found = []
    for family in order:
        own = cast[family]
        parts = [[row for row in own if first <= row["year"] <= last] for first, last in (before, after)]
        line = {"text": name_of(parts[1][-1]["title"]), "family_id": family, "n_before": len(parts[0]), "n_after": len(parts[1])}  # fmt: skip
        changed = []
        for state in states:
            old, new = (_usual([row[state] for row in part if pd.notna(row[state])]) for part in parts)
            moved = None not in (old, new) and old != new
            known = [(row["year"], row[state]) for row in own if pd.notna(row[state])]
            line |= {f"{state}_before": old, f"{state}_after": new, f"{state}_year": _since(known, new) if moved else None}  # fmt: skip
            changed += [state] if moved else []
        found.append({**line, "changed": "; ".join(changed)})
    names = [f"{state}_{what}" for state in states for what in ("before", "after", "year")]
    frame = pd.DataFrame(found, columns=["text", "family_id", "n_before", "n_after", *names, "changed"])
    frame.attrs["span"] = f"{_spans(before)} and {_spans(after)}"
    frame.attrs["issue"] = issue.replace("_", " ") if issue else ""
    return frame.astype({f"{state}_year": "Int64" for state in states})


def _spans(span: tuple[int, int]) -> str:
    return sessions_in_words(*span)


class Moves(NamedTuple):
    """On how many recurring texts a state changed its vote, to the partner's vote, or away from it, and on what share of all."""

    changed: Estimate
    towards: Estimate
    away: Estimate
    share: Estimate


def moves(texts: pd.DataFrame, state: str, partner: str) -> Moves:
    """Return how many of the texts (rows of `turned`) a state changed its vote on, and whether that met the partner's vote.

    `n` of the first counts the texts with a vote of the state in both spans. Towards: the new vote is the partner's of the later
    span and the old one was not; away: the old one was, the new one is not. A change from one unlike vote to another is neither.
    The share has its exact interval; texts of one matter are often changed together, so that the truth is less certain.
    """
    known = texts.dropna(subset=[f"{state}_before", f"{state}_after"])
    own = known[known["changed"].str.split("; ").map(lambda names: state in names)]
    same = (own[f"{state}_before"] == own[f"{partner}_after"], own[f"{state}_after"] == own[f"{partner}_after"])
    issue = texts.attrs.get("issue", "")
    words = f"recurring {issue + ' ' if issue else ''}texts on which {named(state)} changed its vote, {texts.attrs.get('span', '')}"
    part = exact([len(own)], [len(known)]).iloc[0]
    return Moves(
        replace(count(own, words), n=len(known)),
        replace(count(int((~same[0] & same[1]).sum()), f"{words}, to that of {named(partner)}"), n=len(own)),
        replace(count(int((same[0] & ~same[1]).sum()), f"{words}, away from that of {named(partner)}"), n=len(own)),
        share(part["share"], f"share of {words}", len(known), part["low"], part["high"]),
    )


class Held(NamedTuple):
    """The share of recurring texts with equal usual votes: before, after, had only the one moved, had only the other moved."""

    before: Estimate
    after: Estimate
    only_state: Estimate
    only_partner: Estimate


def held_still(texts: pd.DataFrame, state: str = "PAK", partner: str = "RUS") -> Held:
    """Return on what share of texts two states vote alike before and after, and what it would be had one of them held still.

    Rows of `turned`; texts on which one of the two cast no vote in a span are left out.
    """
    names = [f"{name}_{when}" for name in (state, partner) for when in ("before", "after")]
    known = texts.dropna(subset=names)
    own, other = ((known[f"{name}_before"], known[f"{name}_after"]) for name in (state, partner))
    issue = texts.attrs.get("issue", "")
    words = f"recurring {issue + ' ' if issue else ''}texts with equal usual votes of {named(state)} and {named(partner)}, {texts.attrs.get('span', '')}"
    said = {
        "before": (own[0], other[0]), "after": (own[1], other[1]),
        f"had only {named(state)} changed its votes": (own[1], other[0]), f"had only {named(partner)} changed its votes": (own[0], other[1]),
    }  # fmt: skip
    return Held(*(share((one == two).mean(), f"{words}: {what}", len(known)) for what, (one, two) in said.items()))


def movers(texts: pd.DataFrame, states: Sequence[str] = ("RUS", "PAK")) -> pd.DataFrame:
    """Return the texts on which one of the states changed its vote: in the order of the states, then of the years (rows of `turned`)."""
    rows = texts[texts["changed"].str.split("; ").map(lambda names: any(state in names for state in states))]
    first = [next(place for place, state in enumerate(states) if state in row.split("; ")) for row in rows["changed"]]
    years = [rows[f"{states[place]}_year"].iloc[at] for at, place in enumerate(first)]
    keys = pd.DataFrame({"who": first, "year": pd.array(years, dtype="Int64").fillna(9999)}, index=rows.index)
    return rows.loc[keys.sort_values(["who", "year"], kind="stable").index].reset_index(drop=True)


def all_across(votes: pd.DataFrame, states: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return for each date of `ACROSS` on how many recurring texts each state changed its vote: rows of `by_issue`, named with the spans."""
    return {
        f"{date}\n{years_in_words(*before)} to {years_in_words(*after)}": by_issue(votes, before, after, (), states)
        for date, (before, after) in ACROSS.items()
    }


class Life(NamedTuple):
    """How often a text was put to the vote, and the first and the last session in which it was."""

    roll_calls: Estimate
    first: Estimate
    last: Estimate


def life(votes: pd.DataFrame, family: str) -> Life:
    """Return how often a family of texts was put to the vote, and from when to when (rows of `unga_votes`)."""
    own = votes[votes["family_id"] == family].sort_values("year")
    words = f"roll calls on “{name_of(own.iloc[-1]['title'])}”"
    return Life(
        count(own, words),
        year(int(own["year"].min()), f"session of the first of the {words}"),
        year(int(own["year"].max()), f"session of the last of the {words}"),
    )


def most_in_one_year(texts: pd.DataFrame, state: str) -> tuple[Estimate, Estimate]:
    """Return the session from which most of a state's changed votes date, and how many (rows of `turned`); of equals the first."""
    years = texts[f"{state}_year"].dropna().astype(int)
    counts = years.value_counts().sort_index()
    words = f"session from which most changed votes of {named(state)} date, {texts.attrs.get('span', '')}"
    found = replace(count(int(counts.max()), f"changed votes that date from it: {words}"), n=len(years))
    return year(int(counts.idxmax()), words), found


def by_issue(
    votes: pd.DataFrame,
    before: tuple[int, int],
    after: tuple[int, int],
    issues: Sequence[str],
    states: Sequence[str] = PAIR,
) -> pd.DataFrame:
    """Return per issue on how many recurring texts each state changed its vote: `issue`, `texts`, and a column a state.

    A text of two issues counts in both; the last row, `all texts`, counts each text once.
    """
    rows = []
    for issue in (*issues, None):
        found = turned(votes, before, after, issue, states)
        movers = found["changed"].str.split("; ").explode().value_counts()
        rows.append({"issue": issue.replace("_", " ") if issue else "all texts", "texts": len(found), **{state: int(movers.get(state, 0)) for state in states}})  # fmt: skip
    return pd.DataFrame(rows)


def buttons(votes: pd.DataFrame, texts: pd.DataFrame, first: int, last: int, states: Sequence[str] = PAIR) -> pd.DataFrame:  # fmt: skip
    """Return every vote of some states on some texts (rows of `turned`), session by session: `text`, `year`, `state`, `vote`.

    Where a text was put to the vote twice in a session the last vote is taken; sessions without one have no row.
    """
    rows = votes[votes["family_id"].isin(texts["family_id"]) & votes["year"].between(first, last)]
    names = texts.set_index("family_id")["text"]
    order = {family: place for place, family in enumerate(texts["family_id"])}
    long = rows.melt(["family_id", "year", "vote_id"], list(states), "state", "vote").dropna(subset=["vote"])
    long = long.drop_duplicates(["family_id", "year", "state"], keep="last")
    long = long.assign(text=long["family_id"].map(names), order=long["family_id"].map(order))
    return long.sort_values(["order", "state", "year"], ignore_index=True)[["text", "year", "state", "vote"]]
