"""What respondents in Pakistan answered about another country: shares of all of them, with intervals, by year.

What comes in: the table `opinion`, one row a survey and country asked about. What goes out: answers by year, their extremes, how far
one country stands from others, and whether an answer follows the years. The one difficulty is who gave no answer: all shares
are of all respondents, so that a fall of both opinions may be a rise of none.
"""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd
from scipy.special import stdtrit  # what scipy.stats calls, at a fifth of its time to load

from pakrus.estimate import Estimate, quantity, share
from pakrus.measures.correlation import Correlation, rank_correlation
from pakrus.measures.proportions import wilson
from pakrus.terms import named

# as they were asked about: in surveys of this century Russia is not the USSR, and bodies are asked about too
ASKED_ABOUT = {"RUS": "Russia", "IRN": "Iran", "JPN": "Japan", "EU": "the European Union", "UN": "the United Nations"}
ANSWERS = ("favourable", "unfavourable", "no_answer")
SHARES = (
    "favourable",
    "favourable_low",
    "favourable_high",
    "unfavourable",
    "no_answer",
)  # of `by_year`: what a table shows


def by_year(opinion: pd.DataFrame, target: str) -> pd.DataFrame:
    """Return the answers about a country or body (`target`) year by year, as shares (0-1) of all respondents.

    `opinion` are rows of the table `opinion`. Columns: `year`, `n` (respondents); for each of `ANSWERS` its share, `…_low` and
    `…_high`, the ends of the 95 % Wilson interval. Years in which the question was not asked, or its answers are not usable, are
    left out. The interval is that of a simple random sample: the surveys are clustered and weighted, so it is too narrow.

    Raises
    ------
    ValueError
        When no row of the table has an answer about the target.
    """
    asked = opinion[opinion["target"] == target].dropna(subset=list(ANSWERS)).sort_values("year", ignore_index=True)
    if asked.empty:
        raise ValueError(f"table opinion: no answers about {target!r}; asked about: {sorted(set(opinion['target']))}")
    found = asked[["year", "n"]].astype(int)
    for answer in ANSWERS:
        ends = wilson(asked[answer].astype(float) / 100 * found["n"], found["n"])
        found[answer], found[f"{answer}_low"], found[f"{answer}_high"] = ends["share"], ends["low"], ends["high"]
    return found


def _said(target: str, answer: str) -> str:
    about = ASKED_ABOUT[target] if target in ASKED_ABOUT else named(target)
    return f"{answer.replace('_', ' ')}, about {about}, of all respondents in Pakistan"


def _of(row: pd.Series, answer: str, words: str) -> Estimate:
    return share(row[answer], words, n=int(row["n"]), low=row[f"{answer}_low"], high=row[f"{answer}_high"])


class Range(NamedTuple):
    """The lowest and the highest yearly share of one answer, each with the interval of its year."""

    lowest: Estimate
    highest: Estimate


def span(opinion: pd.DataFrame, target: str, answer: str) -> Range:
    """Return the lowest and the highest share of an answer (one of `ANSWERS`) about a country over the years (`by_year`).

    The words name the year of each; the first of equals. The extremes of several noisy years lie farther apart than the
    years would without noise: read them as a range, not as a rise or a fall.
    """
    years = by_year(opinion, target)
    of = _said(target, answer)
    ends = {"lowest": years[answer].idxmin(), "highest": years[answer].idxmax()}
    return Range(
        *(_of(years.loc[at], answer, f"{end} yearly share: {of} ({years.loc[at, 'year']})") for end, at in ends.items())
    )


def in_last_year(opinion: pd.DataFrame, target: str, answer: str) -> Estimate:
    """Return the share of an answer (one of `ANSWERS`) about a country in the last year with answers (`by_year`)."""
    last = by_year(opinion, target).iloc[-1]
    return _of(last, answer, f"{_said(target, answer)}, {int(last['year'])}")


def gap(opinion: pd.DataFrame, target: str, others: tuple[str, ...], answer: str = "no_answer") -> Estimate:
    """Return by how many percentage points an answer is more frequent about a country than about others, in the mean survey.

    In each year with answers about the target its share is set against the mean share of those of `others` that were asked
    about; the years are the draws, and the 95 % interval is Student's with one less degree of freedom than years. What a
    survey has for all countries, such as shy respondents, cancels; `n` is the number of years.

    Raises
    ------
    ValueError
        When fewer than two years have both.
    """
    own = by_year(opinion, target).set_index("year")[answer]
    rest = pd.DataFrame({other: by_year(opinion, other).set_index("year")[answer] for other in others}).mean(axis=1)
    differences = 100 * (own - rest).dropna()
    if len(differences) < 2:
        raise ValueError(
            f"table opinion: {len(differences)} years with answers about {target!r} and others; two expected"
        )
    reach = stdtrit(len(differences) - 1, 0.975) * differences.std(ddof=1) / len(differences) ** 0.5
    about, mean = " or ".join(ASKED_ABOUT.get(other) or named(other) for other in others), differences.mean()
    found = quantity(
        mean, f"{_said(target, answer)}, above that about {about}, mean of years", 0, "percentage points",
        len(differences), mean - reach, mean + reach,
    )  # fmt: skip
    return replace(found, change=True)


def trend(opinion: pd.DataFrame, target: str, answer: str) -> Correlation:
    """Return the rank correlation of an answer about a country with the year, and its permutation p-value; `n` is the number of years.

    With so few years only an order that is almost without exception can be told from chance.
    """
    years = by_year(opinion, target)
    found = rank_correlation(years["year"], years[answer])
    words = f"rank correlation with the year: {_said(target, answer)}, {years['year'].min()}–{years['year'].max()}"
    return Correlation(
        quantity(found["rho"], words, 2, n=found["n"]),
        quantity(found["p"], f"permutation p-value of the {words}", 2, n=found["n"]),
    )
