"""Who names whom in the yearly speeches to the General Assembly: how often, beside whom, and whether a silence says anything.

What comes in: the table `ungd_mentions` (one row a speech and group of names) and, for single places, `ungd_contexts`. What goes
out: estimates and tables of speeches. The unit is the speech: that a name falls nine times in one speech, as in a war, is one
speech that names it. The one difficulty is silence: a shorter speech names fewer states, so that the number of speeches
expected at an earlier rate per word stands beside the number found (`at_rate_of`).
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import chdtrc  # what scipy.stats calls, at a fifth of its time to load

from pakrus.estimate import Estimate, count, quantity, share, span_in_words, year, years_in_words
from pakrus.measures import chances
from pakrus.measures.lexicon import BY_CODE
from pakrus.measures.proportions import exact, two_shares
from pakrus.terms import in_sentence

TEN_THOUSAND = 10000
WHO = {"RUS": "Moscow", "USA": "the United States"}  # in a sentence; others as the lexicon names them


def _who(code: str) -> str:
    return WHO.get(code) or BY_CODE[code].title


def speeches(mentions: pd.DataFrame, speaker: str, group: str) -> pd.DataFrame:
    """Return the speeches of a state in order: `year`, `words`, `mentions` (of the group) and `named` (whether there is one).

    `mentions` are rows of `ungd_mentions`. A year without a speech in the corpus has no row: its silence is not known.

    Raises
    ------
    ValueError
        When the rows hold no speech of the state that was searched for the group.
    """
    rows = mentions[(mentions["speaker"] == speaker) & (mentions["group"] == group)].dropna(subset=["words"])
    if rows.empty:
        raise ValueError(f"no speech of {speaker!r} that was searched for {group!r}")
    found = rows.sort_values("year")[["year", "words", "mentions"]].astype(int).reset_index(drop=True)
    found["named"] = found["mentions"] > 0
    found.attrs.update(mentions.attrs)
    return found


def _said(speaker: str, group: str, rows: pd.DataFrame) -> str:
    return f"speeches of {_who(speaker)} that name {_who(group)}{span_in_words(rows)}"


def names(mentions: pd.DataFrame, speaker: str, group: str) -> Estimate:
    """Return in how many speeches a state names a group; `n` is the number of its speeches."""
    rows = speeches(mentions, speaker, group)
    return Estimate(int(rows["named"].sum()), n=len(rows), words=f"number of {_said(speaker, group, rows)}")


def share_naming(mentions: pd.DataFrame, speaker: str, group: str) -> Estimate:
    """Return the share of a state's speeches that name a group, with its exact interval.

    Speeches count as independent draws, which speeches of following years are not: the interval is too short.
    """
    rows = speeches(mentions, speaker, group)
    row = exact([rows["named"].sum()], [len(rows)]).iloc[0]
    return share(row["share"], _said(speaker, group, rows), len(rows), row["low"], row["high"])


def rate(mentions: pd.DataFrame, speaker: str, group: str) -> Estimate:
    """Return how often a state names a group in ten thousand words of its speeches; `n` is the number of mentions."""
    rows = speeches(mentions, speaker, group)
    words = f"mentions of {_who(group)} by {_who(speaker)}{span_in_words(rows)}"
    return quantity(
        TEN_THOUSAND * rows["mentions"].sum() / rows["words"].sum(),
        words, 1, "per 10,000 words", int(rows["mentions"].sum()),
    )  # fmt: skip


class Silence(NamedTuple):
    """The year of the last speech that names a group, and how many speeches have followed it."""

    last: Estimate
    since: Estimate


def silence(mentions: pd.DataFrame, speaker: str, group: str) -> Silence:
    """Return when a state last named a group, and how many of its speeches have not named it since.

    Raises
    ------
    ValueError
        When no speech names the group.
    """
    rows = speeches(mentions, speaker, group)
    if not rows["named"].any():
        raise ValueError(f"{_who(speaker)} names {_who(group)} in no speech{span_in_words(rows)}")
    last = int(rows.loc[rows["named"], "year"].max())
    words = f"{_who(speaker)} that named {_who(group)}"
    return Silence(
        year(last, f"year of the last speech of {words}"),
        count(rows[rows["year"] > last], f"speeches of {_who(speaker)} since the last that named {_who(group)}"),
    )


def words_a_speech(mentions: pd.DataFrame, speaker: str) -> Estimate:
    """Return the median number of words of a state's speeches; `n` is the number of speeches."""
    rows = mentions[mentions["speaker"] == speaker].dropna(subset=["words"]).drop_duplicates("year")
    words = f"words of the median speech of {_who(speaker)}{span_in_words(rows)}"
    return quantity(rows["words"].median(), words, n=len(rows))


def table(spans: dict[str, pd.DataFrame], pairs: list[tuple[str, str]]) -> pd.DataFrame:
    """Return for each span and pair (speaker, group) how many speeches of the speaker name the group, one row each.

    `spans` maps a title to rows of `ungd_mentions`. Columns: `grouping` (that title), `group` ("Moscow names India"), `speeches`,
    `naming`, `share`, `low`, `high` (0-1, exact interval).
    """
    rows = []
    for grouping, mentions in spans.items():
        for speaker, group in pairs:
            own, found = share_naming(mentions, speaker, group), names(mentions, speaker, group)
            title = f"{_who(speaker)} names {_who(group)}"
            rows.append((grouping, title[0].upper() + title[1:], own.n, found.value, own.value, own.low, own.high))
    return pd.DataFrame(rows, columns=["grouping", "group", "speeches", "naming", "share", "low", "high"])


def _both(mentions: pd.DataFrame, first: tuple[str, str], second: tuple[str, str]) -> pd.DataFrame:
    """Return the years in which both speak: `first` and `second`, whether each names its group."""
    pairs = {"first": speeches(mentions, *first), "second": speeches(mentions, *second)}
    named = pd.DataFrame({name: rows.set_index("year")["named"] for name, rows in pairs.items()})
    return named.dropna().astype(bool)


def _alone(first: tuple[str, str], second: tuple[str, str]) -> str:
    """Say that the first naming happens and the second does not."""
    (speaker, group), (other, unnamed) = first, second
    not_so = f"but not {_who(unnamed)}" if speaker == other else f"and {_who(other)} does not name {_who(unnamed)}"
    return f"{_who(speaker)} names {_who(group)} {not_so}"


class Oftener(NamedTuple):
    """Years in which only the first, or only the second, of two names is spoken, and the p-value that both are equally likely."""

    first_only: Estimate
    second_only: Estimate
    p: Estimate


def oftener(mentions: pd.DataFrame, first: tuple[str, str], second: tuple[str, str]) -> Oftener:
    """Return whether one naming, (speaker, group), is more frequent than another in the same years.

    The exact sign test on the years in which only one of the two happens: what a year has for both, a long speech or a war,
    cancels. Source: Q. McNemar (1947), Psychometrika 12(2), 153-157, in its exact form.

    Raises
    ------
    ValueError
        When in no year only one of the two happens.
    """
    years = _both(mentions, first, second)
    one, other = int((years["first"] & ~years["second"]).sum()), int((~years["first"] & years["second"]).sum())
    if not one + other:
        raise ValueError("in no year does only one of the two name: there is nothing to compare")
    said = [f"{_who(speaker)} names {_who(group)}" for speaker, group in (first, second)]
    where = span_in_words(mentions if mentions.attrs.get("span") else years.reset_index())
    found = chances.binomial(one, one + other, 0.5)
    return Oftener(
        Estimate(one, n=len(years), words=f"years in which {_alone(first, second)}{where}"),
        Estimate(other, n=len(years), words=f"years in which {_alone(second, first)}{where}"),
        quantity(found, f"p-value (exact sign test) that {said[0]} as often as {said[1]}{where}", 4, n=one + other),
    )


class Beside(NamedTuple):
    """Speeches that name one group, those of them that name another too, and how likely so many are by chance."""

    together: Estimate
    with_other: Estimate
    without_other: Estimate
    p: Estimate
    p_shifted: Estimate


def beside(mentions: pd.DataFrame, speaker: str, group: str, other: str) -> Beside:
    """Return whether a state names a group only where it names another too.

    `with_other` is the share of the speeches that name `other` which name the group as well, `without_other` that of the rest; `p`
    is Fisher's exact test of the two. `p_shifted` keeps the run of each: the one series is turned against the other by
    every number of speeches, and the share of turns with as many speeches that name both is the p-value.
    """
    years = _both(mentions, (speaker, group), (speaker, other))
    a, b = years["first"].to_numpy(), years["second"].to_numpy()
    both, alone = int((a & b).sum()), int((a & ~b).sum())
    turned = np.array([(a & np.roll(b, by)).sum() for by in range(len(a))])
    where = span_in_words(mentions if mentions.attrs.get("span") else years.reset_index())
    said = f"speeches of {_who(speaker)}"
    ends = exact([both, alone], [int(b.sum()), int((~b).sum())])
    groups = ((f"that name {_who(other)}", int(b.sum())), (f"that do not name {_who(other)}", int((~b).sum())))
    with_other, without_other = (
        share(row.share, f"{said} {words}: share that name {_who(group)}{where}", n, row.low, row.high)
        for (words, n), row in zip(groups, ends.itertuples(), strict=True)
    )
    tested = f"that {_who(speaker)} names {_who(group)} as often with {_who(other)} as without{where}"
    fisher = two_shares((both, int(b.sum())), (alone, int((~b).sum())))
    return Beside(
        Estimate(both, n=int(a.sum()), words=f"{said} that name {_who(group)} and {_who(other)} too{where}"),
        with_other,
        without_other,
        quantity(fisher, f"p-value (Fisher) {tested}", 4, n=len(years)),
        quantity((turned >= both).mean(), f"p-value by circular shifts {tested}", 4, n=len(years)),
    )


def chance_per_word(rows: pd.DataFrame) -> float:
    """Return the rate per word at which a group is first named in a speech, by maximum likelihood.

    `rows` are those of `speeches`. A speech of w words names the group with probability 1 - exp(-rate w): the chance that a
    Poisson stream of namings holds one at least. Only whether it is named counts, so that many mentions in one speech
    do not.

    Raises
    ------
    ValueError
        When no speech, or every speech, names the group: the rate is then 0, or has no upper end.
    """
    named, words = rows["named"].to_numpy(), rows["words"].to_numpy(dtype=float)
    if named.all() or not named.any():
        raise ValueError("a rate needs speeches that name the group and speeches that do not")

    def slope(log_rate: float) -> float:
        expected = np.exp(log_rate) * words[named]
        return (words[named] * np.exp(-expected) / -np.expm1(-expected)).sum() - words[~named].sum()

    return float(np.exp(brentq(slope, np.log(1e-9), np.log(1.0))))


def _best_fit(rows: pd.DataFrame) -> float:
    """Return the log-likelihood of speeches at their own best rate per word (`chance_per_word`); 0 where all, or none, name the group."""
    named, words = rows["named"].to_numpy(), rows["words"].to_numpy(dtype=float)
    if named.all() or not named.any():
        return 0.0
    expected = chance_per_word(rows) * words
    return float(np.log(-np.expm1(-expected[named])).sum() - expected[~named].sum())


class AtRate(NamedTuple):
    """Speeches that would name a group at another time's rate per word, those that do, the chance of so few and of so many, and
    the p-value that both times have one rate."""

    expected: Estimate
    found: Estimate
    p_few: Estimate
    p_many: Estimate
    p_alike: Estimate


def at_rate_of(earlier: pd.DataFrame, later: pd.DataFrame, speaker: str, group: str) -> AtRate:
    """Return how many later speeches of a state would name a group if it were named at the earlier rate per word.

    Both are rows of `ungd_mentions`. The rate is that of `chance_per_word`; the later speeches, each with its own length,
    then name the group with known chances, whose sum is `expected`; `p_few` and `p_many` are the exact chances of as few and of
    as many as were found. They take the rate as known, which with few early speeches makes them too small; `p_alike` does not: it
    is the likelihood ratio test (two-sided, one degree of freedom) of one rate for both times against a rate for each.
    Source: S. S. Wilks (1938), Annals of Mathematical Statistics 9(1), 60-62.
    """
    before, after = speeches(earlier, speaker, group), speeches(later, speaker, group)
    chances = -np.expm1(-chance_per_word(before) * after["words"].to_numpy(dtype=float))
    law = np.array([1.0])
    for chance in chances:
        law = np.convolve(law, [1 - chance, chance])
    found = int(after["named"].sum())
    where = span_in_words(after)
    said = f"speeches of {_who(speaker)} naming {_who(group)}{where}"
    gain = _best_fit(before) + _best_fit(after) - _best_fit(pd.concat([before, after]))
    base = before.attrs.get("span") or years_in_words(int(before["year"].min()), int(before["year"].max()))
    base = in_sentence(base)
    at = f"at the rate per word of {base}"
    return AtRate(
        quantity(chances.sum(), f"{said}, expected {at}", 1, n=len(after)),
        Estimate(found, n=len(after), words=f"number of {_said(speaker, group, after)}"),
        quantity(law[: found + 1].sum(), f"chance of as few {said}, {at}", 3, n=len(after)),
        quantity(law[found:].sum(), f"chance of as many {said}, {at}", 3, n=len(after)),
        quantity(
            chdtrc(1, 2 * max(gain, 0.0)),
            f"p-value (likelihood ratio) of one rate per word: {said}, and in {base}",
            3,
            n=len(before) + len(after),
        ),
    )


def in_context(contexts: pd.DataFrame, speaker: str, first: int) -> pd.DataFrame:
    """Return the places in which a state names the other side from a year on: `year`, `term`, `context` (rows of `ungd_contexts`)."""
    rows = contexts[(contexts["speaker"] == speaker) & (contexts["year"] >= first)]
    return rows.sort_values(["year", "number"])[["year", "term", "context"]].reset_index(drop=True)


def term_share(places: pd.DataFrame, start: str) -> Estimate:
    """Return how many places (`in_context`) use a term that begins so ("Soviet"); `n` is the number of places."""
    found = int(places["term"].str.startswith(start).sum())
    first, last = int(places["year"].min()), int(places["year"].max())
    return Estimate(found, n=len(places), words=f"mentions that say “{start}”, {first}–{last}")
