"""The register: how many events there are and of what kind, how sure they are, whose word they rest on.

What comes in: rows of `events`, `event_sources` or `leads`, cut to a phase or a few years (`Phase.of`, `spans.in_years`), whose
words tell their span. What goes out: estimates, and frames for tables. The one difficulty: a count is of what was found, so that
what happened, what is bilateral and what is sure are counted apart, and each page must mean the same by its count. Visits,
leaders and signed texts, and everything per year: `contact`.
"""

from typing import NamedTuple

import pandas as pd

from pakrus import dates
from pakrus.estimate import TEXT, Estimate, count, share, span_in_words, text
from pakrus.estimate import signed as with_sign
from pakrus.measures.proportions import wilson
from pakrus.terms import CATEGORIES, PERSPECTIVES, SCOPES


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


class Events(NamedTuple):
    """Counts of events of the register: all, by scope, by sign of the bilateral ones that happened, by sureness."""

    events: Estimate
    happened: Estimate
    bilateral: Estimate
    multilateral: Estimate
    context: Estimate
    not_bilateral: Estimate
    bilateral_cooperative: Estimate
    bilateral_conflictual: Estimate
    confirmed: Estimate
    reported: Estimate
    disputed: Estimate


def counts(events: pd.DataFrame) -> Events:
    """Return the counts of events (rows of `events`); by sign those between the two that happened.

    Of another scope, or of every one: `acts` (numbers), `shares_of_acts`.
    """
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
        count(int((own > 0).sum()), f"bilateral events that happened, coded as cooperative{where}"),
        count(int((own < 0).sum()), f"bilateral events that happened, coded as conflictual{where}"),
        having(events, "confidence", "confirmed", "events whose confidence is “confirmed”"),
        having(events, "confidence", "reported", "events whose confidence is “reported”"),
        having(events, "confidence", "disputed", "events whose confidence is “disputed”"),
    )


class Acts(NamedTuple):
    """Acts of one scope (or of every one) that happened: all, cooperative and conflictual."""

    acts: Estimate
    cooperative: Estimate
    conflictual: Estimate


def acts(events: pd.DataFrame, scope: str = "bilateral") -> Acts:
    """Return the counts of acts that happened (rows of `events`): those between the two, or of another of `terms.SCOPES`.

    With an empty `scope` those of every scope. Balances are taken of bilateral acts: the share of acts in forums and by others
    differs from phase to phase, so that a balance over all scopes also says what was entered.

    Raises
    ------
    ValueError
        When there is no such scope.
    """
    if scope and scope not in SCOPES:
        raise ValueError(f"{scope!r} is no scope; there are: {', '.join(SCOPES)}")
    where, what = span_in_words(events), SCOPES.get(scope, "acts of every scope")
    rows = events[events["scope"] == scope] if scope else events
    done = rows.loc[rows["status"] == "happened", "cooperation"].astype(float)
    return Acts(
        count(done, f"{what} that happened{where}"),
        count(int((done > 0).sum()), f"{what} that happened, coded as cooperative{where}"),
        count(int((done < 0).sum()), f"{what} that happened, coded as conflictual{where}"),
    )


def conflictual(events: pd.DataFrame) -> Estimate:
    """Return the number of entries coded as conflictual, whether they happened or not: a visit called off is one."""
    below = events["cooperation"].astype(float) < 0
    return count(int(below.sum()), f"entries of every scope and status coded as conflictual{span_in_words(events)}")


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
    return share(of.mean(), f"testimonies from {PERSPECTIVES[name]} sources{span_in_words(event_sources)}", len(of))


def cancelled(events: pd.DataFrame) -> Estimate:
    """Return the number of events in the register that were cancelled."""
    return count(int((events["status"] == "cancelled").sum()), f"events that were cancelled{span_in_words(events)}")


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


def shares_of_acts(events: pd.DataFrame, scope: str = "bilateral") -> tuple[Estimate, Estimate]:
    """Return the shares of `acts` of a scope that are cooperative and that are conflictual, with their Wilson intervals."""
    found = acts(events, scope)
    n = found.acts.value
    ends = wilson([found.cooperative.value, found.conflictual.value], [n, n])
    return tuple(
        share(row.share, f"share of {some.words}", n, row.low, row.high)
        for some, row in zip((found.cooperative, found.conflictual), ends.itertuples(), strict=True)
    )


def by_scope(events: list[pd.DataFrame]) -> pd.DataFrame:
    """Return acts that happened by phase and scope: `phase` (its title), `scope` (in words), `acts`, `cooperative`, `conflictual` (shares 0-1).

    What comes in are the events of each phase (`Phase.of`). Acts between the two come first, those in a forum and by others
    after them, so that no reader takes one for the other. A share of no acts is missing.
    """
    rows = []
    for frame in events:
        for scope, title in SCOPES.items():
            good, bad = shares_of_acts(frame, scope)
            rows.append({
                "phase": frame.attrs["span"], "scope": title[0].upper() + title[1:], "acts": good.n, "cooperative": good.value, "conflictual": bad.value,
            })  # fmt: skip
    return pd.DataFrame(rows)


def of_status(events: pd.DataFrame, status: str) -> Estimate:
    """Return the number of events of one status: `happened`, `planned` or `cancelled`."""
    return count((events["status"] == status).sum(), f"events whose status is {status}{span_in_words(events)}")


def confirmed_share(events: pd.DataFrame) -> Estimate:
    """Return the share of events whose confidence is `confirmed`: two sources of different origin bear them out."""
    sure = events["confidence"] == "confirmed"
    return share(
        sure.mean(), f"share of events whose confidence is “confirmed”{span_in_words(events)}", len(sure), digits=1
    )


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
