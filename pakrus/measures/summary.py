"""The whole period in a table: every measure by phase, for the book's cut and for each rival boundary.

What comes in are the rows of a phase (`pakrus.phases.Phase.rows`), under the book's cut or another; what goes out is every
measure of it (`of_phase`), tables of the phases side by side (`compared`) and of what changes across each boundary
(`changes`), and which changes keep their sign wherever the boundary lies (`steadiness`). The one difficulty: a phase's
number here must be the number of its chapter, so every measure is asked, none is worked out again. `contact_by` and
`exchange_by` do the same for a whole cut at once, a data frame of spans with one row per phase, and from the same measures.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus.cuts import lengths, phase_of_dates, phase_of_years
from pakrus.estimate import PERCENT, Estimate, count, text
from pakrus.estimate import signed as with_sign
from pakrus.measures import arms, contact, positions, ranks, register, rollcalls, voting
from pakrus.measures import trade as trade_measures
from pakrus.terms import HEADINGS, in_sentence


def contact_by(
    cut: pd.DataFrame, events: pd.DataFrame, event_sources: pd.DataFrame, visits: pd.DataFrame, until: str
) -> pd.DataFrame:
    """Return how dense and of what kind contact was, by phase of a cut.

    Columns: `phase`, `years` (to the day `until`); `events` that happened, `two_origins` (share of these with sources of two
    or more origins); `bilateral` (those between the two), shares `cooperative` and `conflictual` of the bilateral ones; `leaders_PAK` and `leaders_RUS` (visits, meetings and calls with a head of state or government as
    visitor that happened, by side of the visitor), `leaders_bilateral` (those of them that were state, official or working
    visits), `leaders_per_year`. Counts are of what was found.
    """
    done = events[events["status"] == "happened"]
    phase, own = phase_of_dates(done["date"], cut, done["phase"]), events.set_index("event_id")["phase"]
    visit_phase = phase_of_dates(visits["start_date"], cut, visits["event_id"].map(own))
    years, rows = lengths(cut, until), []
    for name in cut["phase"]:
        here, led = done[phase == name], contact.leaders(visits[visit_phase == name], years[name])
        good, bad = register.shares_of_acts(here)
        rows.append({
            "phase": name, "years": years[name], "events": len(here), "two_origins": register.two_origins(here, event_sources).value,
            "bilateral": good.n, "cooperative": good.value, "conflictual": bad.value, "leaders_PAK": led.by_pakistan.value, "leaders_RUS": led.by_moscow.value, "leaders_bilateral": led.official.value, "leaders_per_year": led.per_year.value,
        })  # fmt: skip
    return pd.DataFrame(rows)


def exchange_by(cut: pd.DataFrame, volume: pd.DataFrame, partners: pd.DataFrame, partner: str = "RUS") -> pd.DataFrame:
    """Return arms and trade with one partner, by phase of a cut; a calendar year belongs where its middle day lies.

    Columns: `phase`; `tiv` (published volume delivered to Pakistan by the partner), `tiv_share` (of all deliveries to
    Pakistan, 0-1), `tiv_years` (years that the published volumes cover, with or without a delivery); `trade_share` (mean of
    the yearly shares of the partner in Pakistan's trade, 0-1, missing where no year is covered), `trade_years`.
    """
    published = volume[(volume["method"] == "published") & (volume["recipient"] == "PAK")]
    every = pd.Series(range(int(published["year"].min()), int(published["year"].max()) + 1))
    covered = phase_of_years(every, cut)
    arms_phase, trade_phase = phase_of_years(published["year"], cut), phase_of_years(partners["year"], cut)
    rows = []
    for name in cut["phase"]:
        arrived = arms.deliveries(published[arms_phase == name], partner)
        goods = trade_measures.mean_share(partners[trade_phase == name], partner)
        rows.append({
            "phase": name, "tiv": arrived.volume.value, "tiv_share": arrived.share.value,
            "tiv_years": int((covered == name).sum()), "trade_share": goods.value, "trade_years": goods.n,
        })  # fmt: skip
    return pd.DataFrame(rows)


# ------------------------------------------------------------ what a chapter asks

TABLES = (
    "unga_votes", "unga_agreement", "unga_contested", "ideal_points", "events", "event_sources", "visits", "arms_volume", "trade_partners",
)  # fmt: skip
# the measures of `of_phase` as a table shows them: their headings, and decimals where it shows more than a sentence does
ROWS = {
    "roll_calls": "Roll calls in which both voted", "agreement": "Identical votes with the USSR/Russia (95 % interval)",
    "kappa": "Agreement beyond chance, Cohen's κ", "percentile": "Percentile among all states, median of sessions",
    "distance": "Distance of ideal points, mean", "distance_USA": "The same with the United States",
    "agreement_USA": "Identical votes with the United States", "contested": "Contested roll calls",
    "with_RUS": "… with the USSR/Russia", "with_USA": "… with the United States", "abstained": "… abstained",
    "happened": "Events in the register that happened", "bilateral": "… bilateral", "cooperative": "… of the bilateral, cooperative",
    "conflictual": "… of the bilateral, conflictual", "multilateral": "… in a forum or with others",
    "multilateral_cooperative": "… of these, cooperative", "context": "… acts of others",
    "context_cooperative": "… of these, cooperative (acts of others)",
    "two_origins": "… with sources of two or more origins", "sources": "Different sources of the events",
    "leaders_PAK": "Leaders' visits, meetings and calls: Pakistani visitors", "leaders_RUS": "… Soviet or Russian visitors",
    "leaders_official": "… of both, official visits alone", "tiv": "Arms from the USSR/Russia, TIV million",
    "tiv_share": "… share of all arms delivered", "tiv_years": "… years covered",
    "trade_share": "Share of the USSR/Russia in trade, yearly mean", "trade_years": "… years covered (trade)",
}  # fmt: skip
DIGITS = {"distance": 2, "distance_USA": 2, "tiv_share": 1}
# the measures whose change across a boundary is compared (`changes`): headings, and what a sentence calls them
CHANGES = {
    "agreement": HEADINGS["agreement"], "kappa": HEADINGS["kappa"], "percentile": HEADINGS["percentile_RUS"],
    "distance": HEADINGS["distance"], "with_RUS": HEADINGS["share_with_RUS"], "with_USA": HEADINGS["share_with_USA"],
    "leaders_per_year": HEADINGS["leaders_per_year"], "cooperative": HEADINGS["cooperative"],
}  # fmt: skip
CHANGES_IN_WORDS = {
    "agreement": "share of identical votes", "kappa": "Cohen's κ", "percentile": "percentile among all states",
    "distance": "distance of ideal points", "with_RUS": "share of contested roll calls with Moscow",
    "with_USA": "share of contested roll calls with Washington", "leaders_per_year": "leaders' meetings a year",
    "cooperative": "share of cooperative acts among the bilateral",
}  # fmt: skip


def of_phase(rows: dict[str, pd.DataFrame], years: float, intervals: bool = True) -> dict[str, Estimate]:
    """Return every measure of one phase or other span, from its rows of `TABLES` and its length in years.

    Each is what its own measure gives, so that a table of the phases and the chapters say the same. Keys are those of
    `ROWS` and `leaders_per_year`; a measure without data has a missing value. Events are those that happened, sources those
    of every entry. Without
    `intervals` agreement has none, which saves the resampling.
    """
    votes, points = rows["unga_votes"], rows["ideal_points"]
    alike = voting.agreement(votes, "PAK", "RUS", intervals=intervals)
    sides = rollcalls.sides(rows["unga_contested"])
    done = rows["events"][rows["events"]["status"] == "happened"]
    told = rows["event_sources"]
    cooperative, conflictual = register.shares_of_acts(rows["events"])
    in_forums = register.shares_of_acts(rows["events"], "multilateral")[0]
    of_others = register.shares_of_acts(rows["events"], "context")[0]
    led = contact.leaders(rows["visits"], years)
    arrived = arms.deliveries(rows["arms_volume"], "RUS")
    goods = trade_measures.mean_share(rows["trade_partners"], "RUS")
    return {
        "roll_calls": count(alike.share.n, "roll calls in which both voted"),
        "agreement": alike.share, "kappa": alike.kappa, "percentile": ranks.percentile(rows["unga_agreement"], "RUS"),
        "distance": positions.distance(points, "PAK", "RUS"), "distance_USA": positions.distance(points, "PAK", "USA"),
        "agreement_USA": voting.agreement(votes, "PAK", "USA", intervals=False).share,
        "contested": count(sides.abstained.n, "contested roll calls"),
        "with_RUS": sides.with_moscow, "with_USA": sides.with_washington, "abstained": sides.abstained,
        "happened": count(done, "events that happened"),
        "bilateral": count(cooperative.n, "bilateral events that happened"), "cooperative": cooperative, "conflictual": conflictual,
        "multilateral": count(in_forums.n, "events in a forum or with others"), "multilateral_cooperative": in_forums,
        "context": count(of_others.n, "acts of others that bore on the two"), "context_cooperative": of_others,
        "two_origins": register.two_origins(done, told), "sources": register.sources(told),
        "leaders_PAK": led.by_pakistan, "leaders_RUS": led.by_moscow, "leaders_official": led.official,
        "leaders_per_year": led.per_year, "tiv": arrived.volume, "tiv_share": arrived.share,
        "tiv_years": count(arrived.share.n, "years of deliveries"), "trade_share": goods,
        "trade_years": count(goods.n, "years of trade"),
    }  # fmt: skip


def compared(titles: list[str], measured: list[dict[str, Estimate]]) -> pd.DataFrame:
    """Return what `of_phase` gave for several phases as a table to show: a row a measure (`Measure`), a column a phase.

    Cells are finished texts, since each row has its own unit; "–" where there is no value.
    """

    def cell(key: str, found: Estimate) -> str:
        if pd.isna(found.value):
            return "–"
        written = replace(found, digits=DIGITS.get(key, found.digits))
        return written.text + (f" ({written.interval.removesuffix(PERCENT)})" if key == "agreement" else "")

    columns = {title: [cell(key, found[key]) for key in ROWS] for title, found in zip(titles, measured, strict=True)}
    return pd.DataFrame({"Measure": list(ROWS.values()), **columns})


class Extremes(NamedTuple):
    """The lowest and the highest of one measure over the phases."""

    lowest: Estimate
    highest: Estimate


def extremes(estimates: list[Estimate], words: str) -> Extremes:
    """Return the lowest and the highest of the phases' values of one measure, missing ones left out; `words` say which."""
    known = [found for found in estimates if not pd.isna(found.value)]
    ordered = sorted(known, key=lambda found: found.value)
    return Extremes(
        ordered[0].said(f"lowest of the phases: {words}"), ordered[-1].said(f"highest of the phases: {words}")
    )


def across(before: dict[str, Estimate], after: dict[str, Estimate]) -> dict[str, float]:
    """Return each measure's change across a boundary (keys of `CHANGES`): its value after minus that before."""
    return {key: float(after[key].value) - float(before[key].value) for key in CHANGES}


def changes(
    into_phases: list[str], days: list[str], before: list[dict[str, Estimate]], after: list[dict[str, Estimate]]
) -> pd.DataFrame:
    """Return the change of each measure across each boundary: a row a boundary, `into_phase`, `day`, the keys of `CHANGES`.

    `before` and `after` are what `of_phase` gives of the phases on its two sides.
    """
    rows = [across(left, right) for left, right in zip(before, after, strict=True)]
    return pd.DataFrame({"into_phase": into_phases, "day": days}).join(pd.DataFrame(rows))


def shown(changes: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    """Return changes as a table to show: `Boundary` (the phase's title and the day), a column a measure, with their signs."""

    def cell(key: str, value: float) -> str:
        if pd.isna(value):
            return "–"
        return with_sign(value, 1 if key == "percentile" else 2)

    columns = {heading: [cell(key, value) for value in changes[key]] for key, heading in CHANGES.items()}
    return pd.DataFrame({"Boundary": changes["into_phase"].map(titles) + " " + changes["day"], **columns})


def steadiness(changes: pd.DataFrame, columns: Sequence[str] = tuple(CHANGES)) -> pd.DataFrame:
    """Return, per boundary (`into_phase`) and measure, whether all cuts agree on the direction of change.

    `changes` has one row per cut with `into_phase` and one column per measure. Columns: `into_phase`, `measure`, `cuts`,
    `rises`, `falls`, `steady` (all changes of one sign).
    """
    rows = []
    for phase, group in changes.groupby("into_phase", sort=False):
        for column in columns:
            values = group[column].dropna()
            up, down = int((values > 0).sum()), int((values < 0).sum())
            rows.append(
                {
                    "into_phase": phase,
                    "measure": column,
                    "cuts": len(values),
                    "rises": up,
                    "falls": down,
                    "steady": len(values) > 0 and len(values) in (up, down),
                }
            )
    return pd.DataFrame(rows)


class Steady(NamedTuple):
    """How many comparisons of a measure across a boundary keep their sign under all cuts, of how many, and which do not."""

    kept: Estimate
    compared: Estimate
    loose: Estimate


def steady(found: pd.DataFrame, titles: dict[str, str]) -> Steady:
    """Return what `steadiness` found, in figures and words; `titles` name the phases."""
    loose = "; ".join(
        f"{CHANGES_IN_WORDS[row.measure]}, into {in_sentence(titles[row.into_phase])} ({row.rises} up, {row.falls} down)"
        for row in found[~found["steady"]].itertuples()
    )
    return Steady(
        count(found["steady"].sum(), "comparisons across a boundary that keep their sign under all cuts"),
        count(found, "comparisons of a measure across a boundary"),
        text(loose or "none", "comparisons whose sign hangs on the cut"),
    )
