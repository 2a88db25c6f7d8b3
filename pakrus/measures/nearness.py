"""How near two states stand, beside its benchmarks: the place among all states, the distance from the median, both ways round.

What comes in: rows of `unga_rank_spans` (places over spans of sessions, pooled), `unga_rank_shifts` (their changes), `unga_contested_base`
(contested roll calls beside the median state). What goes out: estimates, and the table and the
rows of a figure that stand beside every statement of nearness. The one difficulty: "near" is three things. A state may rank high among
a power's partners by a few percentage points, India may rank as high, and the power may stand low among the state's own partners.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus.estimate import PERCENT, Estimate, number, quantity, sessions_in_words, share, signed
from pakrus.terms import STATES, named, year_of_session

# what stands side by side: Pakistan with each of the four, then Moscow's other partners
PAIRS = (("PAK", "RUS"), ("PAK", "USA"), ("PAK", "CHN"), ("PAK", "IND"), ("IND", "RUS"), ("CHN", "RUS"))
PHASES = ("cold-war", "post-1991", "post-9-11", "sco-era")
POINTS = "percentage points"


class Near(NamedTuple):
    """Where a state stands among all states by a partner: identical votes, distance from the median state, percentile, rank."""

    agreement: Estimate
    above_median: Estimate
    percentile: Estimate
    rank: Estimate


def _row(rows: pd.DataFrame, table: str, **wanted: str) -> pd.Series:
    """Return the one row with these values.

    Raises
    ------
    KeyError
        When there is none; the message says which values the last of the columns has.
    """
    found = rows
    for column, value in wanted.items():
        kept = found[found[column] == value]
        if kept.empty:
            there = ", ".join(map(str, found[column].unique()))
            raise KeyError(f"{table}: no row with {column} {value!r}; there are: {there or 'none'}")
        found = kept
    return found.iloc[0]


def _sessions(row: pd.Series) -> str:
    return sessions_in_words(*(year_of_session(int(row[end])) for end in ("first_session", "last_session")))


def _ends(row: pd.Series, name: str, times: float = 1) -> dict[str, float]:
    ends = {end: row[f"{name}_{end}"] for end in ("low", "high")}
    return {end: float("nan") if pd.isna(value) else times * float(value) for end, value in ends.items()}


def _on(row: pd.Series) -> str:
    """Return what the row counts, in words: nothing of all roll calls."""
    if row["agenda"] == "all":
        return ""
    other = row["compared_with"].replace("-", "–") if row["compared_with"][:1].isdigit() else row["compared_with"]
    return f", on texts common with {other}" if row["agenda"] == "common" else f", on {row['agenda'].replace('_', ' ')}"


def near(
    placed: pd.DataFrame, state: str, partner: str, span: str, agenda: str = "all", compared_with: str | None = None
) -> Near:
    """Return where a state stands among all states by a partner over a span (one row of `unga_rank_spans`).

    `span` is a phase or a named span ("1992-1998"), `agenda` is `all`, an issue code, or `common` with the span that it is
    `compared_with`. Intervals are 95 %, of drawn sessions or families, the wider (`ranks.standing`); `n` are joint roll calls, of
    percentile and rank the other states ranked.

    Raises
    ------
    KeyError
        When there is no such row.
    """
    wanted = {"state": state, "partner": partner, "span": span, "agenda": agenda}
    row = _row(placed[placed["span_type"] != "rival"], "unga_rank_spans", **wanted, **({"compared_with": compared_with} if compared_with else {}))  # fmt: skip
    pair, where = f"{named(state)} and {named(partner)}", f", {_sessions(row)}{_on(row)}"
    n, others = int(row["n"]), int(row["ranked"])
    place = f"{named(state)} among all states by identical votes with {named(partner)}"
    return Near(
        share(row["agreement"], f"identical votes of {pair}{where}", n, **_ends(row, "agreement")),
        replace(
            quantity(row["above_median_pp"], f"identical votes of {pair} less those of the median state{where}", 1, POINTS, n, **_ends(row, "above_median_pp")),
            change=True,
        ),
        quantity(row["percentile"], f"percentile of {place}{where}", n=others, **_ends(row, "percentile")),
        quantity(row["rank"], f"rank of {place}{where}", n=others + 1, **_ends(row, "rank")),
    )  # fmt: skip


class Shift(NamedTuple):
    """How a place changed from one span to a later one: identical votes, distance from the median state, percentile."""

    agreement: Estimate
    above_median: Estimate
    percentile: Estimate


def shift(shifts: pd.DataFrame, state: str, partner: str, before: str, after: str, agenda: str = "all") -> Shift:
    """Return how a state's place by a partner changed between two spans (one row of `unga_rank_shifts`), with 95 % intervals.

    On the `common` agenda only texts of families that both spans have count. An interval that holds zero: cannot be told from none.

    Raises
    ------
    KeyError
        When there is no such row.
    """
    row = _row(shifts, "unga_rank_shifts", state=state, partner=partner, span_before=before, span_after=after, agenda=agenda)  # fmt: skip
    texts = ", on texts common to both" if agenda == "common" else ""
    words = f"of {named(state)} with {named(partner)} from {before} to {after}{texts}"
    n = int(row["n_before"] + row["n_after"])
    names = {
        "agreement_pp": ("identical votes", 0, POINTS), "above_median_pp": ("identical votes less those of the median state", 1, POINTS),
        "percentile": ("percentile among all states", 0, ""),
    }  # fmt: skip
    found = [
        quantity(row[name], f"change of {what} {words}", digits, unit, n, **_ends(row, name))
        for name, (what, digits, unit) in names.items()
    ]
    return Shift(*(replace(one, change=True) for one in found))


class Contested(NamedTuple):
    """How often Pakistan took a power's side where the two stood apart, how often the median state did, and the difference."""

    share: Estimate
    median_state: Estimate
    above_median: Estimate
    percentile: Estimate


def contested(base: pd.DataFrame, span: str, partner: str = "RUS") -> Contested:
    """Return contested roll calls beside the median state over a span: phase, decade ("1960s"), year or span of years.

    `base` has rows of `unga_contested_base`; intervals are 95 %, of drawn sessions or families, the wider; `n` are roll calls with a
    vote of Pakistan, of the percentile the other states ranked.

    Raises
    ------
    KeyError
        When there is no such row.
    """
    row = _row(base[base["span_type"] != "rival"], "unga_contested_base", partner=partner, span=span)
    where, n = f", {_sessions(row)}", int(row["n"])
    side = f"contested roll calls voted with {named(partner)}"
    above = quantity(row["above_median_pp"], f"{side}, Pakistan less the median state{where}", 1, POINTS, n, **_ends(row, "above_median_pp"))  # fmt: skip
    return Contested(
        share(row["agreement"], f"{side} by Pakistan{where}", n, **_ends(row, "agreement")),
        share(row["median_state"], f"{side} by the median state{where}", int(row["ranked"])),
        replace(above, change=True),
        quantity(row["percentile"], f"percentile of Pakistan among all states by {side}{where}", n=int(row["ranked"]), **_ends(row, "percentile")),
    )  # fmt: skip


def table(
    placed: pd.DataFrame, spans: Sequence[str] = PHASES, pairs: Sequence[tuple[str, str]] = PAIRS
) -> pd.DataFrame:
    """Return nearness and its benchmarks, a row per span and pair, from the rows of `unga_rank_spans`.

    Columns: `span`, `state`, `partner`, `n`, `agreement`, `percentile`, `above_median_pp`, `rank`, each of these four with `…_low` and
    `…_high`, `ranked`; then the other way round, where the state is Pakistan: `partner_rank` of the partner among Pakistan's
    partners over the span, pooled, with `partner_rank_low` and `partner_rank_high`, of `partners` in all.
    """
    all_texts = placed[(placed["agenda"] == "all") & (placed["span_type"] != "rival")]
    rows = []
    for span in spans:
        for state, partner in pairs:
            row = _row(all_texts, "unga_rank_spans", state=state, partner=partner, span=span)
            names = [f"{name}{end}" for name in ("agreement", "percentile", "above_median_pp", "rank") for end in ("", "_low", "_high")]  # fmt: skip
            found = {
                "span": span,
                "state": state,
                "partner": partner,
                "n": row["n"],
                **row[names],
                "ranked": row["ranked"],
            }
            turned = all_texts[
                (all_texts["state"] == partner) & (all_texts["partner"] == state) & (all_texts["span"] == span)
            ]
            for back in turned.itertuples() if state == "PAK" else ():
                found |= {
                    "partner_rank": back.rank, "partner_rank_low": back.rank_low, "partner_rank_high": back.rank_high, "partners": back.ranked + 1,
                }  # fmt: skip
            rows.append(found)
    return pd.DataFrame(rows)


def shown(table: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    """Return `table` for readers: finished texts, a row per span and pair; `titles` name the spans."""

    def with_ends(row: pd.Series, name: str, write, unit: str = "") -> str:
        ends = [row[f"{name}_{end}"] for end in ("low", "high")]
        known = "" if any(map(pd.isna, ends)) else f" ({write(ends[0])} to {write(ends[1])})"
        return f"{write(row[name])}{unit}{known}"

    rows = []
    for _, row in table.iterrows():
        turned = pd.notna(row.get("partner_rank"))
        rows.append({
            "Span": titles.get(row["span"], row["span"]),
            "Pair": f"{STATES[row['state']]} and {STATES[row['partner']]}",
            "Joint roll calls": number(row["n"]),
            "Identical votes": f"{number(100 * row['agreement'])}{PERCENT}",
            "Points above the median state": with_ends(row, "above_median_pp", lambda value: signed(value, 1)),
            "Percentile among all states": with_ends(row, "percentile", number),
            "Rank of the partner among Pakistan's": f"{number(row['partner_rank'])} of {number(row['partners'])}" if turned else "–",
        })  # fmt: skip
    return pd.DataFrame(rows)


def by_issue(
    placed: pd.DataFrame, issues: Sequence[str], state: str = "PAK", partner: str = "RUS", spans: Sequence[str] = PHASES
) -> pd.DataFrame:
    """Return where a state stands by a partner on each issue over spans, a row per issue and span (rows of `unga_rank_spans`).

    Columns: `issue` (in words), `span`, `n`, `families`, `above_median_pp` and `percentile`, both with `…_low` and `…_high`.
    """
    rows = []
    for issue in issues:
        for span in spans:
            row = _row(placed, "unga_rank_spans", state=state, partner=partner, span=span, agenda=issue)
            names = [f"{name}{end}" for name in ("above_median_pp", "percentile") for end in ("", "_low", "_high")]
            rows.append({"issue": issue.replace("_", " "), "span": span, "n": row["n"], "families": row["families"], **row[names]})  # fmt: skip
    return pd.DataFrame(rows)
