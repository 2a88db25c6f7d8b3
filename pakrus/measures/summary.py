"""The whole period in a table: every measure by phase, for the book's cut and for each rival boundary.

What comes in are the rows of a phase (`pakrus.phases.Phase.rows`), under the book's cut or another; what goes out is every
measure of it (`of_phase`), tables of the phases side by side (`compared`) and of what changes across each boundary
(`changes`), and which changes keep their sign wherever the boundary lies (`steadiness`). The one difficulty: a phase's
number here must be the number of its chapter, so every measure is asked, none is worked out again. `contact_by` and
`exchange_by` do the same for a whole cut at once, a data frame of spans with one row per phase.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus.cuts import book_cut as book_cut
from pakrus.cuts import lengths, phase_of_dates, phase_of_years
from pakrus.cuts import moved as moved
from pakrus.estimate import PERCENT, Estimate, count, number, quantity, text
from pakrus.measures import arms, positions, register, voting
from pakrus.measures import trade as trade_measures
from pakrus.terms import BILATERAL, LEADERS


def contact_by(
    cut: pd.DataFrame, events: pd.DataFrame, event_sources: pd.DataFrame, visits: pd.DataFrame, until: str
) -> pd.DataFrame:
    """Return how dense and of what kind contact was, by phase of a cut.

    Columns: `phase`, `years` (to the day `until`); `events` that happened, `events_per_year`, shares `cooperative` and
    `conflictual` of them, `two_origins` (share with sources of two or more origins), `sources` (different keys);
    `leaders_PAK` and `leaders_RUS` (visits, meetings and calls of heads of state or government that happened, by side of
    the visitor), `leaders_bilateral` (those of them that were state, official or working visits, not calls on the margins
    of something else), `leaders_per_year`. Counts are of what was found.
    """
    done = events[events["status"] == "happened"]
    phase = phase_of_dates(done["date"], cut, done["phase"])
    number = done["event_id"].map(register.origins(event_sources)).fillna(0)
    keys = (
        event_sources.assign(phase=event_sources["event_id"].map(dict(zip(done["event_id"], phase, strict=True))))
        .groupby("phase")["key"]
        .nunique()
    )
    led = visits[(visits["status"] == "happened") & visits["rank"].isin(LEADERS)]
    led_phase = phase_of_dates(
        led["start_date"], cut, led["event_id"].map(dict(zip(events["event_id"], events["phase"], strict=True)))
    )
    years = lengths(cut, until)
    score = done["cooperation"].astype(float)
    rows = []
    for name in cut["phase"]:
        here = phase == name
        by_side = [int(((led_phase == name) & (led["from_state"] == side)).sum()) for side in ("PAK", "RUS")]
        rows.append({
            "phase": name, "years": years[name], "events": int(here.sum()), "events_per_year": float(here.sum() / years[name]),
            "cooperative": float((score[here] > 0).mean()), "conflictual": float((score[here] < 0).mean()),
            "two_origins": float((number[here] >= 2).mean()), "sources": int(keys.get(name, 0)),
            "leaders_PAK": by_side[0], "leaders_RUS": by_side[1],
            "leaders_bilateral": int(((led_phase == name) & led["kind"].isin(BILATERAL)).sum()), "leaders_per_year": sum(by_side) / years[name],
        })  # fmt: skip
    return pd.DataFrame(rows)


def exchange_by(cut: pd.DataFrame, volume: pd.DataFrame, partners: pd.DataFrame, partner: str = "RUS") -> pd.DataFrame:
    """Return arms and trade with one partner, by phase of a cut; a calendar year belongs where its middle day lies.

    Columns: `phase`; `tiv` (published volume delivered to Pakistan by the partner), `tiv_share` (of all deliveries to
    Pakistan, 0-1), `tiv_years` (years that the published volumes cover); `trade_share` (mean of the yearly shares of the
    partner in Pakistan's trade, 0-1, missing where no year is covered), `trade_years`.
    """
    published = volume[(volume["method"] == "published") & (volume["recipient"] == "PAK")]
    arms_years = pd.Series(range(int(published["year"].min()), int(published["year"].max()) + 1))
    arms_phase, covered = phase_of_years(published["year"], cut), phase_of_years(arms_years, cut)
    share = trade_measures.shares(partners)
    share = share[share["partner"] == partner]
    trade_phase = phase_of_years(share["year"], cut)
    rows = []
    for name in cut["phase"]:
        here = published[arms_phase == name]
        own, every = float(here.loc[here["supplier"] == partner, "tiv"].sum()), float(here["tiv"].sum())
        yearly = share.loc[trade_phase == name, "share"].astype(float)
        rows.append({
            "phase": name, "tiv": own, "tiv_share": own / every if every else float("nan"), "tiv_years": int((covered == name).sum()),
            "trade_share": float(yearly.mean()) if len(yearly) else float("nan"), "trade_years": len(yearly),
        })  # fmt: skip
    return pd.DataFrame(rows)


# ------------------------------------------------------------ what a chapter asks

TABLES = (
    "unga_votes", "unga_agreement", "unga_contested", "ideal_points", "events", "event_sources", "visits", "arms_volume", "trade_partners",
)  # fmt: skip
# the measures of `of_phase` as a table shows them: their headings, and decimals where it shows more than a sentence does
ROWS = {
    "roll_calls": "Roll calls in which both voted", "agreement": "Identical votes with the USSR/Russia (95 % interval)",
    "kappa": "Beyond chance, kappa", "percentile": "Percentile among all states, median of sessions",
    "distance": "Distance of ideal points, mean", "distance_USA": "The same with the United States",
    "agreement_USA": "Identical votes with the United States", "contested": "Contested roll calls",
    "with_RUS": "… with the USSR/Russia", "with_USA": "… with the United States", "abstained": "… abstained",
    "happened": "Events in the register that happened", "cooperative": "… cooperative", "conflictual": "… conflictual",
    "two_origins": "… with sources of two or more origins", "sources": "Sources",
    "leaders_PAK": "Leaders' visits, meetings and calls: by Pakistan's", "leaders_RUS": "… by the USSR/Russia's",
    "leaders_official": "… of both, official visits", "tiv": "Arms from the USSR/Russia, TIV million",
    "tiv_share": "… share of all arms delivered", "tiv_years": "… years covered",
    "trade_share": "Share of the USSR/Russia in trade, yearly mean", "trade_years": "… years covered (trade)",
}  # fmt: skip
DIGITS = {"distance": 2, "distance_USA": 2, "tiv_share": 1}
# the measures whose change across a boundary is compared (`changes`): heading, and what a change of 1 is printed as
CHANGES = {
    "agreement": "Alike", "kappa": "Kappa", "percentile": "Rank", "distance": "Distance", "with_RUS": "With Moscow",
    "with_USA": "With US", "leaders_per_year": "Leaders", "cooperative": "Cooperative",
}  # fmt: skip


def of_phase(rows: dict[str, pd.DataFrame], years: float, intervals: bool = True) -> dict[str, Estimate]:
    """Return every measure of one phase or other span, from its rows of `TABLES` and its length in years.

    Each is what its own measure gives, so that a table of the phases and the chapters say the same. Keys are those of
    `ROWS` and `leaders_per_year`; a measure without data has a missing value. Events are those that happened. Without
    `intervals` agreement has none, which saves the resampling.
    """
    votes, points = rows["unga_votes"], rows["ideal_points"]
    alike = voting.agreement(votes, "PAK", "RUS", intervals=intervals)
    sides = voting.sides(rows["unga_contested"])
    done = rows["events"][rows["events"]["status"] == "happened"]
    told = rows["event_sources"][rows["event_sources"]["event_id"].isin(done["event_id"])]
    cooperative, conflictual = register.signs(done)
    led = register.leaders(rows["visits"], years)
    arrived = arms.deliveries(rows["arms_volume"], "RUS")
    goods = trade_measures.mean_share(rows["trade_partners"], "RUS")
    return {
        "roll_calls": count(alike.share.n, "roll calls in which both voted"),
        "agreement": alike.share, "kappa": alike.kappa, "percentile": voting.percentile(rows["unga_agreement"], "RUS"),
        "distance": positions.distance(points, "PAK", "RUS"), "distance_USA": positions.distance(points, "PAK", "USA"),
        "agreement_USA": voting.agreement(votes, "PAK", "USA", intervals=False).share,
        "contested": count(sides.abstained.n, "contested roll calls"),
        "with_RUS": sides.with_moscow, "with_USA": sides.with_washington, "abstained": sides.abstained,
        "happened": count(done, "events that happened"), "cooperative": cooperative, "conflictual": conflictual,
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


def signed(changes: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    """Return changes as a table to show: `Boundary` (the phase's title and the day), a column a measure, with their signs."""

    def cell(key: str, value: float) -> str:
        if pd.isna(value):
            return "–"
        return ("+" if value > 0 else "") + number(value, 1 if key == "percentile" else 2)

    shown = {heading: [cell(key, value) for value in changes[key]] for key, heading in CHANGES.items()}
    return pd.DataFrame({"Boundary": changes["into_phase"].map(titles) + " " + changes["day"], **shown})


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
        f"{CHANGES[row.measure].lower()}, into {titles[row.into_phase]} ({row.rises} up, {row.falls} down)"
        for row in found[~found["steady"]].itertuples()
    )
    return Steady(
        count(found["steady"].sum(), "comparisons across a boundary that keep their sign under all cuts"),
        count(found, "comparisons of a measure across a boundary"),
        text(loose or "none", "comparisons whose sign hangs on the cut"),
    )


def change_range(changes: pd.DataFrame, into_phase: str, measure: str, digits: int = 0) -> Extremes:
    """Return the smallest and the largest size of a measure's change into a phase under all cuts; of shares in points."""
    sizes = changes.loc[changes["into_phase"] == into_phase, measure].abs()
    sizes = sizes * 100 if measure in ("agreement", "with_RUS", "with_USA", "cooperative") else sizes
    words = f"change of {measure} into {into_phase} under all cuts"
    return Extremes(
        quantity(sizes.min(), f"smallest {words}", digits, "points", len(sizes)),
        quantity(sizes.max(), f"largest {words}", digits, "points", len(sizes)),
    )


def percentile_statistics(agreed: pd.DataFrame, cut: pd.DataFrame, partner: str = "RUS") -> pd.DataFrame:
    """Return the median, the mean and the spread of Pakistan's percentile with a partner over each phase of a cut."""
    ranks = agreed[agreed["partner"] == partner].dropna(subset="percentile")
    rows = []
    for phase in cut.itertuples():
        own = ranks.loc[ranks["session"].between(phase.first_session, phase.last_session), "percentile"].astype(float)
        rows.append({
            "phase": phase.phase, "sessions": len(own), "median": own.median(), "mean": own.mean(), "standard deviation": own.std(),
        })  # fmt: skip
    return pd.DataFrame(rows)


def one_cut(events: pd.DataFrame, votes: pd.DataFrame, years: float) -> pd.DataFrame:
    """Return contact and votes of a phase as it is cut here, as one row: put those of rival cuts below each other.

    What comes in are the rows of `events` and `unga_votes` of the phase (`Phase.of`) and its length in years. Columns:
    `cut` (its name), `bilateral` (bilateral events that happened), `rate` (these a year); of Pakistan and Russia `n` (joint roll
    calls), `agreement` with `agreement_low` and `agreement_high`, `pi`.
    """
    done = events[(events["status"] == "happened") & (events["scope"] == "bilateral")]
    alike = voting.agreement(votes, "PAK", "RUS")
    return pd.DataFrame([{
        "cut": events.attrs.get("span", ""), "bilateral": len(done), "rate": len(done) / years,
        "n": alike.share.n, "agreement": alike.share.value, "agreement_low": alike.share.low,
        "agreement_high": alike.share.high, "pi": alike.pi.value,
    }])  # fmt: skip


def lowest_to_highest(cuts: pd.DataFrame, column: str) -> Estimate:
    """Return in words from where to where a measure goes over the rows of `one_cut`: `rate`, `agreement` or `pi`."""
    ends = [cuts[column].min(), cuts[column].max()]
    shares = column == "agreement"
    low, high = (number(100 * end) if shares else number(end, 1 if column == "rate" else 2) for end in ends)
    words = {"rate": "bilateral events per year", "agreement": "identical votes of Pakistan and USSR/Russia"}
    return text(f"{low} to {high}{PERCENT if shares else ''}", f"{words.get(column, column)}, lowest to highest of {len(cuts)} cuts of {cuts['cut'].iloc[0]}")  # fmt: skip
