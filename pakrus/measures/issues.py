"""Issues: what a roll call is about, read from its title by a rule, and who moved on which issue.

What comes in: titles of roll calls; ideal points by issue (rows of `ideal_points_issues`). What goes out: six marks a title, the same six that Voeten's file has to session 73. A title is
of an issue when one of the issue's expressions stands in it, outside the phrases that only look so; it may be of several or
of none. The one difficulty: Voeten's codes come from a search for terms too, but in titles and longer descriptions that the
UN files do not have, and are not even ("Nuclear disarmament" is arms control in one session and not in the next); so the
rule follows his practice on texts that come back every year, and `scores` says how far it gets. What counts:

* palestinian_conflict: Israel, Palestine, the territories occupied since 1967 (the Golan too), UNRWA, the UN forces
  there; the Middle East as a zone free of nuclear weapons, or as a place where they may spread, does not count;
* nuclear: nuclear weapons, tests, materials and zones; the Agency in Vienna;
* arms_control: limits on arms of any kind, nuclear ones too; a zone, a test ban or a wish for a world without nuclear
  weapons alone is nuclear only;
* colonialism: decolonisation, territories that do not govern themselves, self-determination, the old colonies by name;
* human_rights: rights of persons and of peoples as rights, racism, apartheid, mercenaries, punishments; other states' records;
* economic_development: development, trade, money, debt, sanctions as an economic measure; "development" of weapons and
  "trade" in the Arms Trade Treaty do not count.

The rule was fitted to the titles of sessions to 73 alone. The sample after them was coded before it was written.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from pakrus.estimate import Estimate, quantity, share, years_in_words
from pakrus.measures.proportions import wilson
from pakrus.terms import named


@dataclass(frozen=True)
class Issue:
    """An issue: its column, what counts and what does not (regular expressions, any case); the latter are taken out first."""

    column: str
    counts: tuple[str, ...]
    not_counted: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern:
        """What counts, as one expression."""
        return re.compile("|".join(self.counts), re.IGNORECASE)

    @cached_property
    def outside(self) -> re.Pattern:
        """What only looks so, as one expression."""
        return re.compile("|".join(self.not_counted) or r"(?!)", re.IGNORECASE)

    def fits(self, title: str) -> bool:
        """Return whether a title (as `plain` leaves it) is of this issue."""
        return self.pattern.search(self.outside.sub(" ", title)) is not None


_WEAPON_FREE = r"nuclear[- ]weapons?[- ]free (?:zones?|world|southern|status)[^;.]*|denuclearization[^;.]*"

ISSUES = (
    Issue(
        "palestinian_conflict",
        (
            r"palestin", r"israel", r"\bUNRWA", r"relief and works agency", r"golan", r"jerusalem", r"june 1967",
            r"middle east", r"force in lebanon", r"lebanon, interi?m force", r"disengagement observer", r"occupied (?:arab )?territor",
            r"territories occupied", r"emergency force", r"arab territories",
        ),
        (
            r"(?:nuclear|weapons?)\b.{0,60}\bmiddle east\b",
            r"middle east--nuclear", r"middle east.{0,40}nuclear[- ]weapons?[- ]free",
            r"united nations operation in the congo.*", r"israeli nuclear.*",
        ),
    ),
    Issue(
        "nuclear",
        (
            r"nuclear", r"\batomic\b", r"fission", r"fissile", r"radioactiv", r"atomic radiation", r"tlatelolco", r"test[- ]ban",
            r"non-proliferation treaty",
        ),
    ),
    Issue(
        "arms_control",
        (
            r"disarm", r"\barms\b", r"armaments?", r"weapons?\b", r"munitions", r"\bland[- ]?mines?\b", r"personnel mines",
            r"missile", r"non-?proliferation", r"proliferation", r"fissile", r"fissionable", r"military (?:budgets?|expenditure)",
            r"bacteriological", r"military uses", r"science and technology in the context of international",
        ),
        (
            _WEAPON_FREE, r"nuclear[- ]weapons?[- ]tests?[^;.]*", r"nuclear tests?[^;.]*", r"arms embargo",
        ),
    ),
    Issue(
        "colonialism",
        (
            r"colon(?:ial|ies|iz|y\b)", r"decoloni[sz]", r"self[- ]?govern", r"self-determination", r"trust territor",
            r"trusteeship", r"namibia", r"south[- ]west africa", r"rhodesia", r"zimbabwe", r"portug", r"angola",
            r"mozambique", r"guinea-bissau", r"western sahara", r"\bguam\b", r"falkland", r"malvinas", r"puerto rico",
            r"mayotte", r"algeria", r"mercenar", r"permanent sovereignty of the palestinian", r"natural resources of",
            r"east timor|timor question", r"tokelau", r"new caledonia", r"gibraltar", r"chagos", r"granting of independence",
        ),
    ),
    Issue(
        "human_rights",
        (
            r"human rights?", r"\brights? (?:of|to)\b", r"racis", r"racial", r"apartheid", r"discriminat", r"torture",
            r"execution", r"death penalty", r"capital punishment", r"mercenar", r"freedom of", r"fundamental freedoms",
            r"minorit", r"nazi", r"palestinian rights", r"rights of the palestinian", r"equitable international order",
            r"genocide", r"covenant", r"persons with disabilities", r"religious", r"violence against", r"rule of law",
        ),
        (r"rights? of (?:passage|reply|states)", r"international criminal.*"),
    ),
    Issue(
        "economic_development",
        (
            r"developing countr", r"development\b", r"economic", r"\btrade\b", r"embargo", r"\bdebt", r"poverty", r"commodit",
            r"agricultur", r"industriali?[sz]?", r"globali[sz]ation", r"migration", r"financial system",
            r"financing for development", r"agenda 21", r"transnational corporations", r"transfer of (?:resources|technology)",
            r"natural resources", r"tariff", r"least developed",
        ),
        (
            r"arms trade", r"development,? (?:and )?(?:production|manufacture|testing|stockpiling)",
            r"economic and social council", r"illicit trade.{0,30}(?:arms|weapons)", r"arms embargo",
            r"globali[sz]ation.*human rights|human rights.*globali[sz]ation", r"developments in the field", r"financing of", r"permanent sovereignty of the palestinian.*",
            r"organization for democracy and economic development.*",
        ),
    ),
)  # fmt: skip

COLUMNS = tuple(issue.column for issue in ISSUES)
VOETEN, RULE = "Voeten", "rule"  # the two values of `issue_source` in `unga_votes`


def plain(title: str) -> str:
    """Return a title with plain hyphens and single spaces, without what library catalogues add to it."""
    title = re.sub("[\u2010-\u2015]", "-", title).replace("\xa0", " ")
    return re.sub(r" ?: resolution / adopted.*|\s+", lambda m: " " if m[0].isspace() else "", title).strip()


def marks(titles: pd.Series) -> pd.DataFrame:
    """Return for each title whether it is of each issue: one boolean column each of `COLUMNS`, the index of `titles`.

    A missing title is of no issue.
    """
    known = titles.fillna("").astype(str)
    found = {text: [issue.fits(plain(text)) for issue in ISSUES] for text in known.unique()}
    return pd.DataFrame([found[text] for text in known], columns=list(COLUMNS), index=titles.index, dtype=bool)


class Score(NamedTuple):
    """How well the rule finds an issue: precision, recall, with Wilson intervals; their `n` are what they are shares of."""

    precision: Estimate
    recall: Estimate


def scores(truth: pd.DataFrame, found: pd.DataFrame, words: str) -> dict[str, Score]:
    """Return precision and recall of the rule for each issue: what it marks against what others coded, row by row.

    `truth` (Voeten's codes, or a reader's) and `found` have the columns of `COLUMNS` and one index. `words`
    says what the titles are ("titles of sessions 52-73"). A share of nothing is missing.

    Raises
    ------
    ValueError
        When the two are not about the same titles, or a code is missing in a row.
    """
    if not truth.index.equals(found.index):
        raise ValueError(f"codes of {len(truth)} titles against marks of {len(found)} others")
    if truth[list(COLUMNS)].isna().any(axis=None):
        raise ValueError("a title that is not coded: leave it out")
    result = {}
    for column in COLUMNS:
        coded, marked = truth[column].astype(bool), found[column].astype(bool)
        both = int((coded & marked).sum())
        shares = wilson([both, both], [int(marked.sum()), int(coded.sum())])
        named = column.replace("_", " ")
        kinds = (
            f"{words} marked as {named} by the rule and so coded",
            f"{words} coded as {named} and found by the rule",
        )
        result[column] = Score(*(
            share(row.share, kind, n, row.low, row.high)
            for row, kind, n in zip(shares.itertuples(), kinds, (marked.sum(), coded.sum()), strict=True)
        ))  # fmt: skip
    return result


def table(votes: pd.DataFrame, sample: pd.DataFrame) -> pd.DataFrame:
    """Return precision and recall of the rule by issue on Voeten's codes (all, and sessions 52-73) and on the sample.

    `votes` are rows of `unga_votes`, `sample` those of `unga_issue_sample`. Columns: `titles`, `issue`, `coded`, `marked`,
    `precision`, `recall` (0-1), `precision_low`, `precision_high`, `recall_low`, `recall_high` (95 %, Wilson: titles that
    come back every year are counted each time, so the truth is less certain than they say).
    """
    voeten = votes[votes["issue_source"] == VOETEN].reset_index(drop=True)
    joined = sample.merge(votes[["vote_id", "title"]], on="vote_id", how="left", validate="one_to_one")
    rows = []
    for words, coded in (
        ("titles of sessions to 73", voeten),
        ("titles of sessions 52-73", voeten[voeten["session"] >= 52]),
        ("titles after session 73, read by hand", joined),
    ):
        for issue, score in scores(coded[list(COLUMNS)], marks(coded["title"]), words).items():
            row = {"titles": words, "issue": issue, "coded": score.recall.n, "marked": score.precision.n}
            for name, value in score._asdict().items():
                row |= {name: value.value, f"{name}_low": value.low, f"{name}_high": value.high}
            rows.append(row)
    return pd.DataFrame(rows)


_FROM_5_TO_95 = 2 * 1.6449  # standard deviations of a normal distribution between its 5th and its 95th percentile


def _mean_point(points: pd.DataFrame, issue: str, state: str, span: tuple[int, int]) -> tuple[float, float, int]:
    """Return mean, standard deviation and number of years of a state's points on an issue in a span of years."""
    rows = points[(points["issue"] == issue) & (points["state"] == state) & points["year"].between(*span)]
    if rows.empty:
        raise ValueError(f"no ideal point of {named(state)} on {issue} in {years_in_words(*span)}")
    deviations = (rows["high"] - rows["low"]).astype(float) / _FROM_5_TO_95
    return float(rows["ideal_point"].mean()), float(deviations.mean()), len(rows)


def moved(points: pd.DataFrame, issue: str, state: str, before: tuple[int, int], after: tuple[int, int]) -> Estimate:
    """Return how far a state's ideal point on one issue moved between two spans of years (rows of `ideal_points_issues`).

    Signed: up is towards the United States' side of that issue's scale. The interval is of 90 %, from the file's bounds: the
    years of a span count as one estimate (they are smoothed and go together), the two spans as independent. `n` is the number
    of years in the later span. Only moves on one issue can be compared: each issue has a scale of its own.

    Raises
    ------
    ValueError
        When a span has no estimate.
    """
    (old, old_sd, _), (new, new_sd, n) = (_mean_point(points, issue, state, span) for span in (before, after))
    half = _FROM_5_TO_95 / 2 * (old_sd**2 + new_sd**2) ** 0.5
    issue_named = issue.replace("_", " ")
    words = f"move of the ideal point of {named(state)} on {issue_named} votes, {years_in_words(*before)} to {years_in_words(*after)} (interval of 90\u00a0%)"
    return replace(quantity(new - old, words, 2, n=n, low=new - old - half, high=new - old + half), change=True)


def who_moved(
    points: pd.DataFrame, issue: str, states: tuple[str, ...], before: tuple[int, int], after: tuple[int, int]
) -> dict[str, Estimate]:
    """Return for each state how far it moved on one issue between two spans of years: see `moved`."""
    return {state: moved(points, issue, state, before, after) for state in states}


def nearness(points: pd.DataFrame, issue: str, span: tuple[int, int]) -> Estimate:
    """Return the mean share of states that stand farther from Moscow than Pakistan does on an issue, over a span of years.

    A rank among all states, so it can be set beside the same of another issue; `n` is the number of years.

    Raises
    ------
    ValueError
        When the span has no estimate.
    """
    rows = points[(points["issue"] == issue) & (points["state"] == "PAK") & points["year"].between(*span)]
    shares = rows["farther_share"].dropna().astype(float)
    if shares.empty:
        raise ValueError(f"no ideal point of {named('PAK')} on {issue} in {years_in_words(*span)}")
    words = f"states farther from {named('RUS')} than {named('PAK')} on {issue.replace('_', ' ')} votes, {years_in_words(*span)}"
    return share(shares.mean(), words, len(shares))
