"""Contact of the two states: visits, meetings of leaders, signed texts, exercises, and how many of them in a span of time.

What comes in: rows of `events`, `visits`, `agreements`, `exercises` or `envoys`, cut to a phase or a few years (`Phase.of`,
`spans.in_years`), and the length of that span in years. What goes out: estimates, and frames for tables. The one difficulty: a
count is of what was found and happened; calls are counted with visits unless the words say "in person", and the rank is the
visitor's alone.
"""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus import dates
from pakrus.estimate import Estimate, count, quantity, share, span_in_words
from pakrus.measures import chances
from pakrus.terms import BILATERAL, LEADERS, in_sentence, named


class Visits(NamedTuple):
    """Visits, meetings and calls that happened: all, by side of the visitor, on the margins of others, by telephone."""

    held: Estimate
    by_pakistan: Estimate
    by_moscow: Estimate
    on_margins: Estimate
    calls: Estimate


def visits_held(visits: pd.DataFrame) -> Visits:
    """Return the counts of visits, meetings and calls of every rank that happened (rows of `visits`)."""
    where = span_in_words(visits)
    done = visits[visits["status"] == "happened"]

    def having(column: str, value: str, words: str) -> Estimate:
        return count(int((done[column] == value).sum()), f"visits, meetings and calls {words}{where}")

    return Visits(
        count(done, f"visits, meetings and calls{where}"),
        having("from_state", "PAK", "entered under a Pakistani visitor"),
        having("from_state", "RUS", "entered under a Soviet or Russian visitor"),
        having("kind", "multilateral-margin", "on the margins of a multilateral meeting"),
        having("kind", "call", "by telephone or video"),
    )


def years_with_visits(visits: pd.DataFrame) -> Estimate:
    """Return the number of calendar years in which a visit, meeting or call was found that happened."""
    years = visits.loc[visits["status"] == "happened", "start_date"].map(dates.year)
    return count(years.nunique(), f"years with a visit, meeting or call{span_in_words(visits)}")


def heads_of_state(visits: pd.DataFrame, from_state: str, host_state: str) -> Estimate:
    """Return the number of visits of one state's heads of state to the other that happened."""
    of = visits["rank"].eq("head-of-state") & visits["from_state"].eq(from_state) & visits["host_state"].eq(host_state)
    words = f"visits of heads of state of {named(from_state)} to {named(host_state)}{span_in_words(visits)}"
    return count((of & visits["status"].eq("happened")).sum(), words)


def _of_leaders(visits: pd.DataFrame) -> pd.DataFrame:
    """Return the visits, meetings and calls that happened with a head of state or government as visitor."""
    return visits[(visits["status"] == "happened") & visits["rank"].isin(LEADERS)]


class Leaders(NamedTuple):
    """Meetings of heads of state or government: all (with calls), by side of the visitor, and official visits alone."""

    meetings: Estimate
    by_pakistan: Estimate
    by_moscow: Estimate
    official: Estimate
    per_year: Estimate


def leaders(visits: pd.DataFrame, years: float) -> Leaders:
    """Return how often leaders met in a span of so many years (rows of `visits`; only what happened counts, calls included).

    The rank is the visitor's. In person alone: `leaders_in_person`; by where they met: `hosts`.
    """
    where = span_in_words(visits)
    led, said = _of_leaders(visits), "visits, meetings and calls with a head of state or government as visitor"
    entered = "leaders' visits, meetings and calls entered under a {} visitor" + where
    return Leaders(
        count(led, said + where),
        count(int((led["from_state"] == "PAK").sum()), entered.format("Pakistani")),
        count(int((led["from_state"] == "RUS").sum()), entered.format("Soviet or Russian")),
        count(int(led["kind"].isin(BILATERAL).sum()), f"official visits of leaders{where}"),
        _over(count(led, said + where), years, per=1),
    )


def on_margins_or_calls(visits: pd.DataFrame) -> Estimate:
    """Return the share of leaders' meetings that were no official visits: on the margins of others, or calls."""
    kinds = _of_leaders(visits)["kind"]
    words = f"leaders' meetings that were calls or on the margins of other meetings{span_in_words(visits)}"
    return share(1 - kinds.isin(BILATERAL).mean(), words, len(kinds))


class Hosts(NamedTuple):
    """Where leaders met: in Pakistan, in the USSR or Russia, in third states."""

    in_pakistan: Estimate
    in_moscow: Estimate
    elsewhere: Estimate


def hosts(visits: pd.DataFrame) -> Hosts:
    """Return where heads of state or government met (rows of `visits`; only what happened counts, calls included)."""
    where = span_in_words(visits)
    host, words = (
        _of_leaders(visits)["host_state"],
        "leaders' visits, meetings and calls entered with {} as host" + where,
    )
    return Hosts(
        count(int((host == "PAK").sum()), words.format("Pakistan")),
        count(int((host == "RUS").sum()), words.format("the USSR or Russia")),
        count(int((~host.isin(["PAK", "RUS"])).sum()), words.format("a third state")),
    )


class Meetings(NamedTuple):
    """Meetings in person with a head of state or government on one side at least: all, and those in third states."""

    meetings: Estimate
    in_third_states: Estimate


def leaders_in_person(visits: pd.DataFrame) -> Meetings:
    """Return how often leaders met in person (rows of `visits`): `leaders` without calls, and how often in a third state."""
    where = span_in_words(visits)
    led = _of_leaders(visits)
    met, said = led[led["kind"] != "call"], "meetings in person with a head of state or government as visitor"
    third = int((~met["host_state"].isin(["PAK", "RUS"])).sum())
    return Meetings(
        count(met, said + where),
        count(third, f"{said}, in third states{where}"),
    )


def exercises_held(exercises: pd.DataFrame, series: str) -> Estimate:
    """Return the number of exercises of a series (such as `druzhba`) that happened (rows of `exercises`)."""
    rows = exercises[(exercises["series"] == series) & (exercises["status"] == "happened")]
    return count(rows, f"exercises of the series {series}{span_in_words(exercises)}")


def signed(agreements: pd.DataFrame, *types: str, scope: str = "bilateral") -> Estimate:
    """Return the number of texts signed or adopted by the two (rows of `agreements`): treaties, protocols, memoranda, statements.

    With `types` (`memorandum`, `treaty`, …) of these alone; then `n` is the number of texts of all types. With `scope`
    "multilateral" those that the two have with others, with an empty one both. This is the one count of texts: every page,
    table and rate takes it.
    """
    where = span_in_words(agreements)
    rows = agreements[agreements["scope"] == scope] if scope else agreements
    what = f"{scope} texts, signed or adopted" if scope else "texts signed or adopted, with others or without"
    if not types:
        return count(rows, f"{what}{where}")
    words = f"{what}, of the type {' or '.join(types)}{where}"
    return replace(count(int(rows["type"].isin(types).sum()), words), n=len(rows))


def _over(found: Estimate, years: float, per: int, digits: int = 1) -> Estimate:
    """Return a count per so many years (1 or 10) of a span of `years`; `n` is the count."""
    words = f"{found.words}, per {'year' if per == 1 else 'ten years'}"
    return quantity(per * found.value / years, words, digits, n=found.value)


def signed_rate(agreements: pd.DataFrame, years: float, per: int = 10) -> Estimate:
    """Return texts of the two (`signed`) per ten years (or `per` years) of a span of so many years; `n` is how many there are."""
    return _over(signed(agreements), years, per)


def event_rate(events: pd.DataFrame, years: float, scope: str = "", per: int = 1) -> Estimate:
    """Return events that happened, of one scope or of all, per year (or `per` years) of a span of so many years.

    `n` is how many there are.
    """
    done = events[events["status"] == "happened"]
    done = done[done["scope"] == scope] if scope else done
    found = count(done, f"{scope + ' ' if scope else ''}events that happened{span_in_words(events)}")
    return _over(found, years, per, digits=1 if per == 1 else 0)


def per_decade(
    events: pd.DataFrame, visits: pd.DataFrame, agreements: pd.DataFrame, years: float, strong: int = 3
) -> pd.DataFrame:
    """Return what happened between the two per ten years of a span of so many years, as one row.

    What comes in are the rows of `events`, `visits` and `agreements` of the span (`Phase.of`). Columns: `phase` (its
    name), `years`; per ten years `bilateral_per_decade` (bilateral events that happened), `strong_cooperative` and
    `strong_conflictual` (those with a cooperation score of at least `strong`, or at most minus `strong`),
    `leaders_per_decade` (visits, meetings and calls of heads of state or government that happened) and `signed_per_decade`
    (bilateral texts, `signed`). Counts are of what was found.
    """
    score = events["cooperation"].astype(float)
    strongly = {"strong_cooperative": events[score >= strong], "strong_conflictual": events[score <= -strong]}
    rates = {
        "bilateral_per_decade": event_rate(events, years, "bilateral", per=10),
        **{name: event_rate(rows, years, "bilateral", per=10) for name, rows in strongly.items()},
        "leaders_per_decade": leaders(visits, years / 10).per_year,
        "signed_per_decade": signed_rate(agreements, years),
    }
    values = {name: found.value for name, found in rates.items()}
    return pd.DataFrame([{"phase": events.attrs.get("span", ""), "years": years, **values}])


def occasions(agreements: pd.DataFrame) -> pd.DataFrame:
    """Return one row of `agreements` for each day on which bilateral texts were signed or adopted: texts come in packets.

    A text of less than a day's precision counts as an occasion of its own with others of that month or year.
    """
    rows = agreements[agreements["scope"] == "bilateral"].drop_duplicates("date").reset_index(drop=True)
    rows.attrs.update(agreements.attrs)
    return rows


class Rates(NamedTuple):
    """Two counts of texts compared as rates: the ratio of the rates with its 95 % interval, and the p-value that they are equal."""

    ratio: Estimate
    p: Estimate


def rates_compared(agreements: pd.DataFrame, years: float, others: pd.DataFrame, others_years: float) -> Rates:
    """Return how the rate of texts in one span stands to that in another: both counts are uncertain.

    `agreements` are the rows of the span of so many `years`, `others` those of the span compared with; for signing days
    instead of texts hand `occasions` of both. Given the sum of both counts, that of one is binomial if the rates are equal:
    the exact conditional test and interval (Clopper and Pearson, carried over to the ratio). Draws are taken as
    independent, which packets of texts are not; so ask it of `occasions` too.
    Source: J. Przyborowski and H. Wilenski (1940), "Homogeneity of results in testing samples from Poisson series",
    Biometrika 31(3/4), 313-323.

    Raises
    ------
    ValueError
        When neither span has a text.
    """
    here, there = int(signed(agreements).value), int(signed(others).value)
    if not here + there:
        raise ValueError("neither span has a text: there are no rates to compare")
    one, other = (in_sentence(rows.attrs.get("span", "these years")) for rows in (agreements, others))
    return _rates((here, years), (there, others_years), f"rate of bilateral texts in {one}, against that in {other}")


def _rates(here: tuple[int, float], there: tuple[int, float], words: str) -> Rates:
    """Compare two (count, years): the exact conditional test and interval (`rates_compared`)."""
    (count_here, years), (count_there, others_years) = here, there
    both = count_here + count_there
    p = chances.binomial(count_here, both, years / (years + others_years))
    ends = map(float, chances.exact_ends(count_here, both))
    low, high = (float("inf") if end == 1 else end / (1 - end) * others_years / years for end in ends)
    ratio = float("inf") if not count_there else count_here / count_there * others_years / years
    return Rates(
        quantity(ratio, f"{words}: ratio", 2, n=both, low=low, high=high),
        quantity(p, f"{words}: p-value of equal rates", 2 if p >= 0.01 else 3, n=both),
    )


def contacts_by_year(events: pd.DataFrame, first: int, last: int, scope: str = "bilateral") -> pd.DataFrame:
    """Return per calendar year the cooperative acts between the two that happened: `year`, `contacts`.

    Acts of another `scope` (`terms.SCOPES`) when asked; plans are left out. A year without an act counts zero: it says that
    none was found, not that there was none.
    """
    rows = events[
        (events["status"] == "happened") & (events["scope"] == scope) & (events["cooperation"].astype(float) > 0)
    ]
    counts = rows["date"].map(dates.year).value_counts()
    years = range(first, last + 1)
    return pd.DataFrame({"year": list(years), "contacts": [int(counts.get(year, 0)) for year in years]})


def contacts(events: pd.DataFrame, first: int, last: int) -> Estimate:
    """Return the number of cooperative acts between the two in the years from first to last (`contacts_by_year`)."""
    words = f"cooperative bilateral acts, {first}–{last}"
    return count(int(contacts_by_year(events, first, last)["contacts"].sum()), words)


def contacts_compared(events: pd.DataFrame, years: tuple[int, int], others: tuple[int, int]) -> Rates:
    """Return how the rate of cooperative acts in the years from first to last stands to that in other years.

    The counts are those of `contacts`, the test that of `rates_compared`, with the same caveat: acts of one visit are not
    independent of each other, and a register finds more of what is recent.

    Raises
    ------
    ValueError
        When neither span has a cooperative act.
    """
    counted = [(int(contacts(events, first, last).value), last - first + 1) for first, last in (years, others)]
    if not sum(found for found, _ in counted):
        raise ValueError("neither span has a cooperative act: there are no rates to compare")
    one, other = (f"{first}–{last}" for first, last in (years, others))
    return _rates(*counted, f"rate of cooperative bilateral acts in {one}, against that in {other}")


def years_with_envoy(envoys: pd.DataFrame, sending_state: str) -> set[int]:
    """Return the years in which a head of mission of a state is known by name.

    A row of `envoys` covers the years from its earliest to its latest date; with one date it covers that year alone,
    and without a date none: nothing is filled in between two persons.
    """
    known: set[int] = set()
    columns = ["arrival_or_appointment", "credentials_date", "named_from", "named_until", "end_date"]
    for _, row in envoys[envoys["sending_state"] == sending_state].iterrows():
        years = [dates.year(date) for date in row[columns].dropna() if date]
        known.update(range(min(years), max(years) + 1) if years else ())
    return known


def years_without_envoy(envoys: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return per sending state the years from first to last without a known head of mission.

    `from`: the state; `known` and `without`: numbers of years; `years`: those without, runs written as first–last.
    """
    rows = []
    for state in ("PAK", "RUS"):
        without = sorted(set(range(first, last + 1)) - years_with_envoy(envoys, state))
        rows.append((named(state), last - first + 1 - len(without), len(without), _runs(without)))
    return pd.DataFrame(rows, columns=["from", "known", "without", "years"])


def without_envoy(years: pd.DataFrame, state: str) -> Estimate:
    """Return how many years of `years_without_envoy` have no known head of mission of a state."""
    row = years[years["from"] == named(state)].iloc[0]
    return count(int(row["without"]), f"years without a known head of mission of {named(state)}")


def _runs(years: list[int]) -> str:
    """Write years that follow each other as first–last."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))
