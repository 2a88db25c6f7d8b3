"""Measures of the register: counts by phase, cut and year, independence of sources, how much the events of a span weigh.

What comes in: rows of the register's tables, cut to a phase or a few years (`Phase.of`, `spans.in_years`), whose words
tell their span. What goes out: estimates, and frames for tables. The one difficulty: a count is of what was found, so that
what happened, what is bilateral and what is sure are counted apart, and each page must mean the same by its count.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import poisson

from pakrus import dates
from pakrus.estimate import TEXT, Estimate, count, quantity, share, span_in_words, text
from pakrus.estimate import signed as with_sign
from pakrus.measures.proportions import wilson
from pakrus.terms import BILATERAL, CATEGORIES, LEADERS, PERSPECTIVES, STATES

SEED = 1947
DRAWS = 10000


def origins(event_sources: pd.DataFrame) -> pd.Series:
    """Return the number of independent origins per event that report it.

    Outlets and offices of one state (`origin_group`) count once, announcements not at all.
    """
    return event_sources[event_sources["testimony"] == "reports"].groupby("event_id")["origin_group"].nunique()


def by_phase(events: pd.DataFrame, event_sources: pd.DataFrame) -> pd.DataFrame:
    """Return per phase: `events`, `happened`, `confirmed`, `reported`, `disputed`, `sources` (different keys), `two_origins` (share 0-1)."""
    number = events["event_id"].map(origins(event_sources)).fillna(0)
    keys = event_sources.merge(events[["event_id", "phase"]], on="event_id").groupby("phase")["key"].nunique()
    rows = []
    for phase, group in events.groupby("phase", sort=False):
        rows.append({
            "phase": phase, "events": len(group), "happened": int((group["status"] == "happened").sum()),
            **{level: int((group["confidence"] == level).sum()) for level in ("confirmed", "reported", "disputed")},
            "sources": int(keys.get(phase, 0)), "two_origins": float((number[group.index] >= 2).mean()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def between(frame: pd.DataFrame, first: str, last: str, column: str = "date") -> pd.DataFrame:
    """Return the rows whose date begins no earlier than `first` and no later than `last` (dates of any precision)."""
    return frame[_begins_within(frame[column], first, last)]


def _begins_within(column: pd.Series, first: str, last: str) -> pd.Series:
    return column.map(lambda date: dates.within(date, first, last)).astype(bool)


def rate(events: pd.DataFrame, years: float) -> float:
    """Return events that happened per year over a span of so many years."""
    return float((events["status"] == "happened").sum() / years)


def per_year(events: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return per calendar year the cooperative acts that happened and were done by the two or in a forum of both: `year`, `contacts`.

    Acts of others (scope `context`) and plans are left out. A year without an act counts zero: it says that none was
    found, not that there was none.
    """
    rows = events[
        (events["status"] == "happened") & (events["scope"] != "context") & (events["cooperation"].astype(float) > 0)
    ]
    counts = rows["date"].map(dates.year).value_counts()
    years = range(first, last + 1)
    return pd.DataFrame({"year": list(years), "contacts": [int(counts.get(year, 0)) for year in years]})


def _ranks(values: np.ndarray) -> np.ndarray:
    return pd.Series(values).rank(method="average").to_numpy()


def rank_correlation(first: pd.Series, second: pd.Series) -> dict:
    """Return Spearman's rank correlation of two series with its permutation p-value (two-sided, fixed seed): `rho`, `p`, `n`.

    Pairs with a missing value are left out; ties get the mean of their ranks. With few pairs the p-value is large unless
    the order is almost the same, and both series may follow time: read it as a description.
    """
    pairs = pd.DataFrame({"a": np.asarray(first, dtype=float), "b": np.asarray(second, dtype=float)}).dropna()
    n = len(pairs)
    if n < 3 or pairs["a"].nunique() < 2 or pairs["b"].nunique() < 2:
        return {"rho": float("nan"), "p": float("nan"), "n": n}
    a, b = _ranks(pairs["a"].to_numpy()), _ranks(pairs["b"].to_numpy())
    rho = float(np.corrcoef(a, b)[0, 1])
    generator = np.random.default_rng(SEED)
    permuted = generator.permuted(np.tile(b - b.mean(), (DRAWS, 1)), axis=1)
    shuffled = permuted @ (a - a.mean()) / np.sqrt(((a - a.mean()) ** 2).sum() * ((b - b.mean()) ** 2).sum())
    return {"rho": rho, "p": float((np.sum(np.abs(shuffled) >= abs(rho) - 1e-12) + 1) / (DRAWS + 1)), "n": n}


def per_decade(
    events: pd.DataFrame, visits: pd.DataFrame, agreements: pd.DataFrame, years: float, strong: int = 3
) -> pd.DataFrame:
    """Return what happened between the two per ten years of a span of so many years, as one row.

    What comes in are the rows of `events`, `visits` and `agreements` of the span (`Phase.of`). Columns: `phase` (its
    name), `years`; per ten years `bilateral` (bilateral events that happened), `strong_cooperative` and
    `strong_conflictual` (those with a cooperation score of at least `strong`, or at most minus `strong`), `leaders`
    (visits, meetings and calls of heads of state or government that happened) and `signed` (signed texts). Counts are
    of what was found.
    """
    happened = events[(events["status"] == "happened") & (events["scope"] == "bilateral")]
    score = happened["cooperation"].astype(float)
    counts = {
        "bilateral": len(happened),
        "strong_cooperative": int((score >= strong).sum()),
        "strong_conflictual": int((score <= -strong).sum()),
        "leaders": leaders(visits, years).meetings.value,
        "signed": signed(agreements).value,
    }
    rates = {name: 10 * found / years for name, found in counts.items()}
    return pd.DataFrame([{"phase": events.attrs.get("span", ""), "years": years, **rates}])


def chance_of_at_most(count: int, expected: float) -> float:
    """Return the probability of at most `count` events where `expected` are expected on average (Poisson distribution).

    A yardstick for small counts: it takes events as independent and as found with equal ease, which they are not.
    """
    return float(poisson.cdf(count, expected))


# ------------------------------------------------------------ what a chapter asks


class Events(NamedTuple):
    """Counts of events of the register: all, by scope, by sign of the bilateral ones that happened, by sureness."""

    events: Estimate
    happened: Estimate
    bilateral: Estimate
    multilateral: Estimate
    context: Estimate
    not_bilateral: Estimate
    cooperative: Estimate
    conflictual: Estimate
    confirmed: Estimate
    reported: Estimate
    disputed: Estimate


def counts(events: pd.DataFrame) -> Events:
    """Return the counts of events (rows of `events`); `cooperative` and `conflictual` are of bilateral acts that happened."""
    where = span_in_words(events)
    done = events[events["status"] == "happened"]
    own = done.loc[done["scope"] == "bilateral", "cooperation"].astype(float)

    def having(frame: pd.DataFrame, column: str, value: str, words: str) -> Estimate:
        return count(int((frame[column] == value).sum()), words + where)

    return Events(
        count(events, f"events in the register{where}"),
        count(done, f"events that happened{where}"),
        having(events, "scope", "bilateral", "events between the two states"),
        having(events, "scope", "multilateral", "events in a forum of many states"),
        having(events, "scope", "context", "acts of others that bore on the two"),
        count(int((events["scope"] != "bilateral").sum()), f"events in a forum or by others{where}"),
        count(int((own > 0).sum()), f"bilateral events coded as cooperative{where}"),
        count(int((own < 0).sum()), f"bilateral events coded as conflictual{where}"),
        having(events, "confidence", "confirmed", "events that are confirmed"),
        having(events, "confidence", "reported", "events reported by one origin"),
        having(events, "confidence", "disputed", "events that are disputed"),
    )


class Acts(NamedTuple):
    """Acts of every scope that happened: all, cooperative and conflictual."""

    acts: Estimate
    cooperative: Estimate
    conflictual: Estimate


def acts(events: pd.DataFrame) -> Acts:
    """Return the counts of acts that happened (rows of `events`), whoever did them: between the two, in a forum, of others."""
    where = span_in_words(events)
    done = events.loc[events["status"] == "happened", "cooperation"].astype(float)
    return Acts(
        count(done, f"events that happened{where}"),
        count(int((done > 0).sum()), f"events of every scope coded as cooperative{where}"),
        count(int((done < 0).sum()), f"events of every scope coded as conflictual{where}"),
    )


def conflictual(events: pd.DataFrame) -> Estimate:
    """Return the number of entries coded as conflictual, whether they happened or not: a visit called off is one."""
    below = events["cooperation"].astype(float) < 0
    return count(int(below.sum()), f"entries of every scope and status coded as conflictual{span_in_words(events)}")


def contacts(events: pd.DataFrame, first: int, last: int) -> Estimate:
    """Return the number of cooperative acts of the two or in a forum of both in the years from first to last (`per_year`)."""
    words = f"cooperative acts of the two or in a forum of both, {first}–{last}"
    return count(int(per_year(events, first, last)["contacts"].sum()), words)


class Correlation(NamedTuple):
    """Spearman's rank correlation of two yearly series, and its permutation p-value (two-sided)."""

    rho: Estimate
    p: Estimate


def goes_with(acts: pd.DataFrame, series: pd.Series, name: str, of: str = "cooperative acts") -> Correlation:
    """Return how cooperative acts a year go with another yearly series, by rank (`rank_correlation`).

    `acts` are rows of `per_year` (or other counts in its form: `of` says what is counted), `series` has the year as its
    index, `name` says in words what it is; `n` is the number of years with both. Both series may follow time: a
    description, no cause.
    """
    found = rank_correlation(acts["contacts"], series.reindex(acts["year"]))
    words = f"rank correlation of {of} a year with {name}, {acts['year'].min()}–{acts['year'].max()}"
    return Correlation(
        quantity(found["rho"], words, 2, n=found["n"]),
        quantity(found["p"], f"permutation p-value of the {words}", 2, n=found["n"]),
    )


def rare_correlation(n: int, chance: float = 0.05) -> Estimate:
    """Return how far from zero a rank correlation of `n` pairs must be for so small a chance when order says nothing.

    From as many shuffles as `rank_correlation` takes, without ties, two-sided, with a fixed seed.
    """
    places = np.arange(n) - (n - 1) / 2
    shuffled = np.random.default_rng(SEED).permuted(np.tile(places, (DRAWS, 1)), axis=1)
    size = np.abs(shuffled @ places / (places**2).sum())
    words = f"rank correlation of {n} pairs, up or down, that chance alone passes in {100 * chance:g} of 100 cases"
    return quantity(np.quantile(size, 1 - chance), words, 2, n=n)


def in_category(events: pd.DataFrame, category: str) -> pd.DataFrame:
    """Return the events of one category (of `terms.CATEGORIES`), with a fresh index; what is counted of them says so.

    Raises
    ------
    ValueError
        When there is no such category.
    """
    if category not in CATEGORIES:
        raise ValueError(f"{category!r} is no category; there are: {', '.join(CATEGORIES)}")
    rows = events[events["category"] == category].reset_index(drop=True)
    span, kind = events.attrs.get("span"), f"category {CATEGORIES[category]}"
    rows.attrs["span"] = f"{span}, {kind}" if span else kind
    return rows


def two_origins(events: pd.DataFrame, event_sources: pd.DataFrame) -> Estimate:
    """Return the share of events with sources of two or more independent origins, with its Wilson interval."""
    number = events["event_id"].map(origins(event_sources)).fillna(0)
    row = wilson([(number >= 2).sum()], [len(number)]).iloc[0]
    words = f"events with two or more independent origins{span_in_words(events)}"
    return share(row["share"], words, len(number), row["low"], row["high"])


def sources(event_sources: pd.DataFrame) -> Estimate:
    """Return the number of different sources that bear witness to the events."""
    return count(event_sources["key"].nunique(), f"different sources of the events{span_in_words(event_sources)}")


def perspective(event_sources: pd.DataFrame, name: str) -> Estimate:
    """Return the share of testimonies from one perspective (`pakistani`, `soviet-russian`, `third-party`)."""
    of = event_sources["perspective"] == name
    return share(of.mean(), f"testimonies whose perspective is {name}{span_in_words(event_sources)}", len(of))


class Leaders(NamedTuple):
    """Meetings of heads of state or government: all (with calls), by side of the visitor, and official visits alone."""

    meetings: Estimate
    by_pakistan: Estimate
    by_moscow: Estimate
    official: Estimate
    per_year: Estimate


def leaders(visits: pd.DataFrame, years: float) -> Leaders:
    """Return how often leaders met in a span of so many years (rows of `visits`; only what happened counts)."""
    where = span_in_words(visits)
    led = visits[(visits["status"] == "happened") & visits["rank"].isin(LEADERS)]
    return Leaders(
        count(led, f"visits, meetings and calls of heads of state or government{where}"),
        count(int((led["from_state"] == "PAK").sum()), f"leaders' meetings entered under a Pakistani visitor{where}"),
        count(
            int((led["from_state"] == "RUS").sum()),
            f"leaders' meetings entered under a Soviet or Russian visitor{where}",
        ),
        count(int(led["kind"].isin(BILATERAL).sum()), f"official visits of leaders{where}"),
        quantity(len(led) / years, f"visits, meetings and calls of leaders per year{where}", 1, n=len(led)),
    )


class Hosts(NamedTuple):
    """Where leaders met: in Pakistan, in the USSR or Russia, in third states."""

    in_pakistan: Estimate
    in_moscow: Estimate
    elsewhere: Estimate


def hosts(visits: pd.DataFrame) -> Hosts:
    """Return where heads of state or government met (rows of `visits`; only what happened counts, calls included)."""
    where = span_in_words(visits)
    host = visits.loc[(visits["status"] == "happened") & visits["rank"].isin(LEADERS), "host_state"]
    return Hosts(
        count(int((host == "PAK").sum()), f"leaders' meetings in Pakistan{where}"),
        count(int((host == "RUS").sum()), f"leaders' meetings in the USSR or Russia{where}"),
        count(int((~host.isin(["PAK", "RUS"])).sum()), f"leaders' meetings in third states{where}"),
    )


def visits_held(visits: pd.DataFrame) -> Estimate:
    """Return the number of visits and meetings that happened (rows of `visits`)."""
    return count(int((visits["status"] == "happened").sum()), f"visits and meetings{span_in_words(visits)}")


class Visits(NamedTuple):
    """Visits, meetings and calls that happened: all, by side of the visitor, on the margins of others, by telephone."""

    held: Estimate
    by_pakistan: Estimate
    by_moscow: Estimate
    on_margins: Estimate
    calls: Estimate


def visit_counts(visits: pd.DataFrame) -> Visits:
    """Return the counts of visits, meetings and calls of every rank that happened (rows of `visits`)."""
    where = span_in_words(visits)
    done = visits[visits["status"] == "happened"]

    def having(column: str, value: str, words: str) -> Estimate:
        return count(int((done[column] == value).sum()), f"visits, meetings and calls {words}{where}")

    return Visits(
        visits_held(visits),
        having("from_state", "PAK", "entered under a Pakistani visitor"),
        having("from_state", "RUS", "entered under a Soviet or Russian visitor"),
        having("kind", "multilateral-margin", "on the margins of a multilateral meeting"),
        having("kind", "call", "by telephone or video"),
    )


class Meetings(NamedTuple):
    """Meetings in person with a head of state or government on one side at least: all, and those in third states."""

    meetings: Estimate
    in_third_states: Estimate


def leaders_in_person(visits: pd.DataFrame) -> Meetings:
    """Return how often leaders met in person (rows of `visits`): `leaders` without calls, and how often in a third state."""
    where = span_in_words(visits)
    met = visits[(visits["status"] == "happened") & visits["rank"].isin(LEADERS) & (visits["kind"] != "call")]
    third = int((~met["host_state"].isin(["PAK", "RUS"])).sum())
    return Meetings(
        count(met, f"meetings in person of heads of state or government{where}"),
        count(third, f"meetings in person of heads of state or government in third states{where}"),
    )


def exercises_held(exercises: pd.DataFrame, series: str) -> Estimate:
    """Return the number of exercises of a series (such as `druzhba`) that happened (rows of `exercises`)."""
    rows = exercises[(exercises["series"] == series) & (exercises["status"] == "happened")]
    return count(rows, f"exercises of the series {series}{span_in_words(exercises)}")


def signed_as(agreements: pd.DataFrame, *types: str) -> Estimate:
    """Return the number of signed texts of some types (`memorandum`, `treaty`, …); `n` is the number of all texts."""
    words = f"signed texts of the type {' or '.join(types)}{span_in_words(agreements)}"
    return replace(count(int(agreements["type"].isin(types).sum()), words), n=len(agreements))


def signed(agreements: pd.DataFrame) -> Estimate:
    """Return the number of signed texts (rows of `agreements`): treaties, agreements, protocols, memoranda, statements."""
    return count(agreements, f"signed texts{span_in_words(agreements)}")


def signed_per_decade(agreements: pd.DataFrame, years: float) -> Estimate:
    """Return signed texts per ten years of a span of so many years; `n` is how many there are."""
    found = signed(agreements)
    return quantity(10 * found.value / years, f"{found.words}, per ten years", 1, n=found.value)


def bilateral_per_decade(events: pd.DataFrame, years: float) -> Estimate:
    """Return bilateral events that happened per ten years of a span of so many years; `n` is how many there are."""
    found = int(((events["status"] == "happened") & (events["scope"] == "bilateral")).sum())
    words = f"bilateral events that happened{span_in_words(events)}, per ten years"
    return quantity(10 * found / years, words, n=found)


def chance_of_so_few(agreements: pd.DataFrame, years: float, others: pd.DataFrame, others_years: float) -> Estimate:
    """Return the chance of as few signed texts as a span has, at the rate of another span (`chance_of_at_most`).

    `agreements` are the rows of the span of so many `years`, `others` those of the span whose rate is taken.
    """
    expected = signed(others).value * years / others_years
    chance = chance_of_at_most(signed(agreements).value, expected)
    here, there = (rows.attrs.get("span", "these years") for rows in (agreements, others))
    words = f"chance of as few signed texts as in {here}, at the rate of {there}"
    return quantity(chance, words, 2 if chance >= 0.01 else 3)


def cancelled(events: pd.DataFrame) -> Estimate:
    """Return the number of events in the register that were cancelled."""
    return count(int((events["status"] == "cancelled").sum()), f"events that were cancelled{span_in_words(events)}")


def events_per_year(events: pd.DataFrame, years: float, scope: str = "") -> Estimate:
    """Return events that happened per year over a span of so many years, of one scope or of all."""
    rows = events[events["scope"] == scope] if scope else events
    words = f"{scope + ' ' if scope else ''}events per year{span_in_words(events)}"
    return quantity(rate(rows, years), words, 1, n=int((rows["status"] == "happened").sum()))


def ends(events: pd.DataFrame) -> Estimate:
    """Return the month of the latest event, in words: up to when the register goes."""
    return text(dates.in_words(str(events["date"].max())[:7]), "month of the latest event in the register")


def dated_to_day(events: pd.DataFrame) -> Estimate:
    """Return the share of events that are dated to the day; the others have a month or a year."""
    exact = events["date_precision"] == "day"
    return share(exact.mean(), f"events dated to the day{span_in_words(events)}", len(exact))


def not_happened(events: pd.DataFrame) -> Estimate:
    """Return the number of events that were planned or cancelled and are not known to have happened."""
    return count((events["status"] != "happened").sum(), f"planned or cancelled acts{span_in_words(events)}")


def signs(events: pd.DataFrame) -> tuple[Estimate, Estimate]:
    """Return the shares of events of any scope that are coded as cooperative and as conflictual, of those that happened."""
    score = events.loc[events["status"] == "happened", "cooperation"].astype(float)
    words = "events that happened, of any scope, coded as {}" + span_in_words(events)
    return (
        share((score > 0).mean(), words.format("cooperative"), len(score)),
        share((score < 0).mean(), words.format("conflictual"), len(score)),
    )


def years_with_visits(visits: pd.DataFrame) -> Estimate:
    """Return the number of calendar years in which a visit or meeting was found that happened."""
    years = visits.loc[visits["status"] == "happened", "start_date"].map(dates.year)
    return count(years.nunique(), f"years with a visit or meeting{span_in_words(visits)}")


def heads_of_state(visits: pd.DataFrame, from_state: str, host_state: str) -> Estimate:
    """Return the number of visits of one state's heads of state to the other that happened."""
    of = visits["rank"].eq("head-of-state") & visits["from_state"].eq(from_state) & visits["host_state"].eq(host_state)
    words = f"visits of heads of state of {STATES[from_state]} to {STATES[host_state]}{span_in_words(visits)}"
    return count((of & visits["status"].eq("happened")).sum(), words)


def on_margins(visits: pd.DataFrame) -> Estimate:
    """Return the share of leaders' meetings that were no official visits: on the margins of others, or calls."""
    kinds = visits.loc[(visits["status"] == "happened") & visits["rank"].isin(LEADERS), "kind"]
    words = f"leaders' meetings on the margins of others, and calls{span_in_words(visits)}"
    return share(1 - kinds.isin(BILATERAL).mean(), words, len(kinds))


# ------------------------------------------------------------ what the page about the register asks


def of_status(events: pd.DataFrame, status: str) -> Estimate:
    """Return the number of events of one status: `happened`, `planned` or `cancelled`."""
    return count((events["status"] == status).sum(), f"events whose status is {status}{span_in_words(events)}")


def confirmed_share(events: pd.DataFrame) -> Estimate:
    """Return the share of events that are confirmed: two sources of different origin bear them out."""
    sure = events["confidence"] == "confirmed"
    return share(sure.mean(), f"share of events that are confirmed{span_in_words(events)}", len(sure), digits=1)


class Kinds(NamedTuple):
    """The kind of event with most rows and that with fewest; `n` is how many."""

    commonest: Estimate
    rarest: Estimate


def kinds(events: pd.DataFrame) -> Kinds:
    """Return which kind of event (`category`) has most rows and which has fewest; of equal ones the first by name."""
    found = events["category"].value_counts().sort_index()
    words = f"kind of event with {{}} rows{span_in_words(events)}"
    most, fewest = found.idxmax(), found.idxmin()
    return Kinds(
        Estimate(most, n=int(found[most]), kind=TEXT, words=words.format("most")),
        Estimate(fewest, n=int(found[fewest]), kind=TEXT, words=words.format("fewest")),
    )


def by_kind(events: list[pd.DataFrame]) -> pd.DataFrame:
    """Return how many events of each kind there are, commonest first: `category`, a column for each phase, `All`.

    What comes in are the events of each phase (`Phase.of`), after whose titles the columns are named.
    """
    columns = {rows.attrs["span"]: rows["category"].value_counts() for rows in events}
    table = pd.DataFrame(columns).fillna(0).astype(int).sort_index()
    table["All"] = table.sum(axis=1)
    ordered = table.sort_values("All", ascending=False, kind="stable")
    return ordered.rename_axis("category").reset_index()


def voices(event_sources: list[pd.DataFrame]) -> pd.DataFrame:
    """Return whose voice the testimonies of each phase are: `phase` (its title), a column of shares (0-1) per perspective.

    What comes in are the testimonies of each phase (`Phase.of`); the columns are named as readers see perspectives.
    """
    return pd.DataFrame([
        {"phase": rows.attrs["span"], **{title: perspective(rows, name).value for name, title in PERSPECTIVES.items()}}
        for rows in event_sources
    ])  # fmt: skip


class Leads(NamedTuple):
    """Leads, what one origin alone reports: all, by kind, and those that once stood among the events."""

    all: Estimate
    words: Estimate
    plans: Estimate
    acts: Estimate
    once_events: Estimate


def waiting(leads: pd.DataFrame) -> Leads:
    """Return the counts of leads (rows of `leads`), which wait for a second origin and are no events."""
    where, kind = span_in_words(leads), leads["kind"]
    return Leads(
        count(leads, f"leads, which one origin alone reports{where}"),
        count((kind == "words").sum(), f"leads that are statements, messages or records of talks{where}"),
        count((kind == "plan").sum(), f"leads that are announcements without a known outcome{where}"),
        count((kind == "act").sum(), f"leads that are acts{where}"),
        count(leads["was_event"].sum(), f"leads that once stood among the events{where}"),
    )


def examples(events: pd.DataFrame, event_ids: list[str]) -> pd.DataFrame:
    """Return some events in the order of their ids: `cooperation` (with its sign, as text), `date`, `title`.

    Raises
    ------
    KeyError
        When there is no such event.
    """
    rows = events.set_index("event_id").loc[event_ids, ["cooperation", "date", "title"]]
    return rows.assign(cooperation=rows["cooperation"].map(with_sign)).reset_index(drop=True)


def highest_to_lowest(events: pd.DataFrame, event_ids: list[str]) -> Estimate:
    """Return from where to where the codes of some events go, as a text: "+4 to −4"."""
    codes = events.set_index("event_id").loc[event_ids, "cooperation"]
    words = f"codes of {len(codes)} worked examples, highest to lowest"
    return text(f"{with_sign(codes.max())} to {with_sign(codes.min())}", words)
