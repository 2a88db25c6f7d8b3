"""The whole period in a table: every measure by phase, for the book's cut and for each rival boundary.

A cut is a data frame of spans, one row per phase: `phase`, `title`, `first_day`, `last_day` (empty = open),
`first_session`, `last_session`. `book_cut` gives the book's own, `moved` the one with one boundary set elsewhere.
"""

import numpy as np
import pandas as pd

from pakrus.cuts import book_cut as book_cut
from pakrus.cuts import lengths, phase_of_dates, phase_of_years
from pakrus.cuts import moved as moved
from pakrus.estimate import Estimate, number, text
from pakrus.measures import register, voting
from pakrus.measures import trade as trade_measures
from pakrus.terms import BILATERAL, LEADERS, session_of_year


def voting_by(
    cut: pd.DataFrame,
    votes: pd.DataFrame,
    agreed: pd.DataFrame,
    ideal: pd.DataFrame,
    contested: pd.DataFrame,
    partner: str = "RUS",
    intervals: bool = True,
) -> pd.DataFrame:
    """Return how Pakistan voted with one partner, by phase of a cut.

    Columns: `phase`; `n`, `agreement`, `agreement_low`, `agreement_high`, `pi`, `kappa` (all roll calls of the phase
    pooled); `percentile` (median over the phase's sessions) and `sessions` (how many have one); `distance` (mean over
    years of the distance of the two ideal points); `contested` (roll calls on which the US and the USSR/Russia voted
    opposite ways), and of these the shares `with_RUS`, `with_USA`, `abstained` (0-1; the rest has no recorded vote).
    Without `intervals` the two ends of the interval are left out, which saves the resampling.
    """
    spans = {row.phase: (int(row.first_session), int(row.last_session)) for row in cut.itertuples()}
    pooled = (
        voting.by_phase(votes, "PAK", partner, spans).set_index("span") if intervals else _pooled(votes, partner, spans)
    )
    kept = [
        column for column in ("n", "agreement", "agreement_low", "agreement_high", "pi", "kappa") if column in pooled
    ]
    points = ideal.pivot(index="year", columns="state", values="ideal_point").astype(float)
    gap = (points["PAK"] - points[partner]).abs()
    ranks = agreed[(agreed["partner"] == partner) & agreed["percentile"].notna()]
    rows = []
    for phase, (first, last) in spans.items():
        own = ranks.loc[ranks["session"].between(first, last), "percentile"].astype(float)
        sides = contested.loc[contested["session"].between(first, last), "sided_with"]
        measured = pooled.loc[phase, kept].to_dict()
        shares = {
            f"{'with_' if side != 'abstained' else ''}{side}": float((sides == side).mean())
            if len(sides)
            else float("nan")
            for side in ("RUS", "USA", "abstained")
        }
        rows.append({
            "phase": phase, **measured, "percentile": float(own.median()), "sessions": len(own),
            "distance": float(gap[gap.index.map(session_of_year).to_series().between(first, last).to_numpy()].mean()), "contested": len(sides), **shares,
        })  # fmt: skip
    return pd.DataFrame(rows).astype({"n": int})


def _pooled(votes: pd.DataFrame, partner: str, spans: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Return n, agreement, pi and kappa over each span of sessions, without intervals."""
    rows = {}
    for name, (first, last) in spans.items():
        group = votes[votes["session"].between(first, last)]
        table = voting.joint_table(group["PAK"], group[partner])
        n = int(table.to_numpy().sum())
        pi, kappa = voting.chance_corrected(table)
        rows[name] = {
            "n": n,
            "agreement": float(np.trace(table.to_numpy()) / n) if n else float("nan"),
            "pi": pi,
            "kappa": kappa,
        }
    return pd.DataFrame.from_dict(rows, orient="index").astype({"n": int})


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


def across(cut: pd.DataFrame, into_phase: str, summary: pd.DataFrame, columns: list[str]) -> dict:
    """Return each measure's change across one boundary: its value in `into_phase` minus that in the phase before."""
    values = summary.set_index("phase")[columns].astype(float)
    order = list(cut["phase"])
    return (values.loc[into_phase] - values.loc[order[order.index(into_phase) - 1]]).to_dict()


def steadiness(changes: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
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


# ------------------------------------------------------------ what a chapter asks


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
    return text(f"{low} to {high}{' %' if shares else ''}", f"{words.get(column, column)}, lowest to highest of {len(cuts)} cuts of {cuts['cut'].iloc[0]}")  # fmt: skip
