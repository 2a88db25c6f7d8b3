"""The Security Council when it was divided: how Pakistan voted beside Moscow, Peking and Washington, and beside the others elected.

What comes in: rows of `unsc_terms` (an elected member's term) or of `unsc_ballots` (a member's vote on a divided text). What goes
out: numbers of equal votes with exact intervals, and the same for the other elected members. The one difficulty: a term has
8 to 22 divided texts, and most elected members vote with Washington's side of such a text, since it was adopted; so no number of
Pakistan's stands without that of the median elected member on the same texts.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus.estimate import Estimate, count, quantity, share, years_in_words
from pakrus.measures import chances
from pakrus.measures.proportions import exact
from pakrus.terms import named

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
# Pakistan's terms, both years included: of the first five no file here tells Pakistan's votes
TERMS = ((1952, 1953), (1968, 1969), (1976, 1977), (1983, 1984), (1993, 1994), (2003, 2004), (2012, 2013), (2025, 2026))
FEWEST = 3  # texts that another elected member must share with Pakistan to be set beside it


class Term(NamedTuple):
    """How often a member voted as each of three powers on divided texts; each share's `n` is the number of these texts."""

    moscow: Estimate
    peking: Estimate
    washington: Estimate


class Parted(NamedTuple):
    """Whose vote a member cast where Moscow and Washington voted otherwise: numbers; `n` counts these texts."""

    with_moscow: Estimate
    with_washington: Estimate
    neither: Estimate


def _row(terms: pd.DataFrame, member: str, first_year: int) -> pd.Series:
    found = terms[(terms["member"] == member) & (terms["first_year"] == first_year)]
    if len(found) != 1:
        known = ", ".join(map(str, terms.loc[terms["member"] == member, "first_year"])) or "none"
        raise ValueError(f"no term of {named(member)} from {first_year} in unsc_terms; there are: {known}")
    return found.iloc[0]


def _when(row: pd.Series) -> str:
    return f"divided adopted texts of the Security Council, {years_in_words(int(row['first_year']), int(row['last_year']))}"


def term(terms: pd.DataFrame, member: str, first_year: int) -> Term:
    """Return how often a member voted as Russia, China and the United States in one term (rows of `unsc_terms`).

    Shares of the divided texts on which it voted, with exact 95 % intervals (Clopper and Pearson): they treat the texts as
    independent, while several belong to one matter.

    Raises
    ------
    ValueError
        When the member has no term from that year in the table.
    """
    row = _row(terms, member, first_year)
    found = []
    for partner in ("RUS", "CHN", "USA"):
        interval = exact([row[f"same_{partner.lower()}"]], [row["n"]]).iloc[0]
        words = f"votes of {named(member)} equal to those of {named(partner)}, {_when(row)}"
        found.append(share(interval["share"], words, int(row["n"]), interval["low"], interval["high"]))
    return Term(*found)


def parted(terms: pd.DataFrame, member: str, first_year: int) -> Parted:
    """Return whose vote a member cast where Russia and the United States voted otherwise (rows of `unsc_terms`).

    Raises
    ------
    ValueError
        When the member has no term from that year in the table.
    """
    row = _row(terms, member, first_year)
    both = {"with_moscow": int(row["parted_rus"]), "with_washington": int(row["parted_usa"])}
    both["neither"] = int(row["n_parted"]) - sum(both.values())
    said = {"with_moscow": f"as {named('RUS')}", "with_washington": f"as {named('USA')}", "neither": "as neither"}
    what = f"where {named('RUS')} and {named('USA')} voted otherwise"
    numbers = {
        name: replace(
            count(value, f"votes of {named(member)} {said[name]} {what}, {_when(row)}"), n=int(row["n_parted"])
        )
        for name, value in both.items()
    }
    return Parted(**numbers)


def beside(ballots: pd.DataFrame, years: tuple[int, int], partner: str, state: str = "PAK") -> pd.DataFrame:
    """Return how often each elected member voted as a partner on the divided texts on which a state voted too.

    `ballots` are rows of `unsc_ballots`; `years` the state's term. Columns: `member`, `n` (texts of these on which the
    member and the partner voted), `same`, `share`, with the highest share first; members with fewer than 3 texts are left out.

    Raises
    ------
    ValueError
        When the state cast no vote on a divided text in these years.
    """
    rows = ballots[ballots["date"].str[:4].astype(int).between(*years)]
    wide = rows.pivot(index="symbol", columns="member", values="vote")
    if state not in wide:
        raise ValueError(f"{named(state)} voted on no divided text in {years_in_words(*years)}")
    wide = wide[wide[state].notna() & wide[partner].notna()]
    found = []
    for member in (name for name in wide.columns if name not in PERMANENT):
        own = wide[member].notna()
        same = int((wide.loc[own, member] == wide.loc[own, partner]).sum())
        if own.sum() >= FEWEST:
            found.append({"member": member, "n": int(own.sum()), "same": same, "share": same / int(own.sum())})
    frame = pd.DataFrame(found, columns=["member", "n", "same", "share"])
    return frame.sort_values(["share", "member"], ascending=[False, True], ignore_index=True)


def beside_in_terms(ballots: pd.DataFrame, terms: Sequence[tuple[int, int]], partner: str) -> pd.DataFrame:
    """Return `beside` of Pakistan for several terms, one under the other, with the `term` ("2003–2004") before."""
    found = [beside(ballots, term, partner).assign(term=years_in_words(*term)) for term in terms]
    return pd.concat(found, ignore_index=True)[["term", "member", "n", "same", "share"]]


class Place(NamedTuple):
    """A state's share of equal votes, that of the median other elected member, and how many of these have a lower one."""

    own: Estimate
    median: Estimate
    below: Estimate


def place(ballots: pd.DataFrame, years: tuple[int, int], partner: str, state: str = "PAK") -> Place:
    """Return where a state stands among the elected members in its votes with a partner: see `beside`; `n` of the last two counts the others.

    Raises
    ------
    ValueError
        When the state cast no vote on a divided text in these years.
    """
    table = beside(ballots, years, partner, state).set_index("member")
    own, others = table.loc[state], table.drop(state)
    what = f"equal to those of {named(partner)} on the divided texts of {years_in_words(*years)} on which {named(state)} voted"
    interval = exact([own["same"]], [own["n"]]).iloc[0]
    return Place(
        share(own["share"], f"votes of {named(state)} {what}", int(own["n"]), interval["low"], interval["high"]),
        share(others["share"].median(), f"votes of the median other elected member {what}", len(others)),
        replace(
            count(int((others["share"] < own["share"]).sum()), f"other elected members with fewer votes {what}"),
            n=len(others),
        ),
    )


def chance_of_change(terms: pd.DataFrame, member: str, partner: str, before: int, after: int) -> Estimate:
    """Return Fisher's exact two-sided p for the share of equal votes with a partner in two terms (by their first years).

    It treats the texts as independent draws; with so few of them a p above 0.05 says little.

    Raises
    ------
    ValueError
        When the member has no term from one of the years in the table.
    """
    rows = [_row(terms, member, year) for year in (before, after)]
    cells = [[int(row[f"same_{partner.lower()}"]), int(row["n"] - row[f"same_{partner.lower()}"])] for row in rows]
    words = f"Fisher's exact p, votes of {named(member)} equal to those of {named(partner)} on divided texts, terms from {before} and {after}"
    return quantity(chances.fisher(*cells), words, 3, n=sum(map(sum, cells)))


def apart(outcomes: pd.DataFrame) -> Estimate:
    """Return the number of outcomes on which Russia and the United States voted otherwise; `n` counts those where both are known.

    `outcomes` are rows of `unsc_divided`: adopted texts since 2000, and a veto that both cast. Of other drafts and of texts
    before 2000 one of the two votes is not known, so a share over that year is not to be read as a change.
    """
    known = outcomes["parted"].dropna().astype(bool)
    words = f"outcomes in the Security Council on which {named('RUS')} and {named('USA')} voted otherwise"
    return replace(count(int(known.sum()), words), n=len(known))
