"""The book's headline figures, each by every choice: rows for the table of `pakrus.measures.variants`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from statsmodels.stats.rates import confint_poisson

from pakrus.measures import dyads, summary, voting
from pakrus.measures import trade as trade_measures
from pakrus.measures.proportions import wilson
from pakrus.measures.variants import (
    NAN,
    Choice,
    Estimate,
    Figure,
    by_phase,
    difference,
    drawn_by_session,
    median,
    over_sessions,
    row,
)

# ------------------------------------------------------------ votes


def without_abstentions(votes: pd.DataFrame, states: list[str]) -> pd.DataFrame:
    """Return the votes with abstentions of these states taken as no vote: only yes and no are left."""
    new = votes.copy()
    for state in states:
        new[state] = (
            new[state].mask(new[state] == 2, 0)
            if pd.api.types.is_numeric_dtype(new[state])
            else new[state].mask(new[state] == "abstain")
        )
    return new


def _share(
    votes: pd.DataFrame,
    partner: str,
    level: float = 0.95,
    shift: int = 0,
    weights: np.ndarray = voting.SAME,
    by_session: bool = False,
):
    def measure(first: int, last: int, key: int) -> Estimate:
        found = voting.agreement_row(votes, "PAK", partner, key + shift, (first, last), level, weights)
        ends = (found["agreement_low"], found["agreement_high"])
        if by_session:
            ends = drawn_by_session(votes[votes["session"].between(first, last)], "PAK", partner, key, level)
        return Estimate(found["agreement"], *ends, found["n"], f"sessions {first}-{last}")

    return over_sessions(measure)


def _corrected(votes: pd.DataFrame, partner: str, place: int, weights: np.ndarray = voting.SAME):
    def measure(first: int, last: int, key: int) -> Estimate:
        span = votes[votes["session"].between(first, last)]
        table = voting.joint_table(span["PAK"], span[partner])
        ends = voting.chance_corrected_interval(table, key, weights=weights)[place]
        return Estimate(
            voting.chance_corrected(table, weights)[place],
            *ends,
            int(table.to_numpy().sum()),
            f"sessions {first}-{last}",
        )

    return over_sessions(measure)


def _published(scores: pd.DataFrame):
    def measure(first: int, last: int, key: int) -> Estimate:
        span = scores[scores["session"].between(first, last)].dropna(subset=["agreement"])
        n = int(span["n"].sum())
        value = float((span["agreement"] * span["n"]).sum() / n) if n else NAN
        return Estimate(value, n=n, covers=f"sessions {first}-{min(last, int(scores['session'].max()))}")

    return over_sessions(measure)


def _rank(percentiles: pd.DataFrame):
    def measure(first: int, last: int, key: int) -> Estimate:
        own = percentiles.loc[percentiles["session"].between(first, last), "percentile"]
        return median(own.astype(float), covers=f"sessions {first}-{last}")

    return over_sessions(measure)


@dataclass(frozen=True)
class Ballots:
    """Votes by one way of counting: the five states' (`votes`), every state's as codes (`wide`), the contested ones."""

    votes: pd.DataFrame
    wide: pd.DataFrame
    contested: pd.DataFrame


HANDLINGS = {
    "baseline": "final passage, equal votes",
    "all_roll_calls": "paragraphs and amendments too, to session 73",
    "abstention_dropped": "yes and no only",
    "abstention_half": "an abstention is half an agreement",
}
LAST_EVERY = 73  # the files of later sessions have no paragraphs and amendments
SCORES_2024 = "published scores of June 2024"


def _handled(handled: Callable, final: object, every: object, dropped: object) -> list[Choice]:
    """Return the choices of each voting figure: the book's, all roll calls, yes and no only, half agreement."""
    measures = handled(final), handled(every), handled(dropped), handled(final, weights=voting.HALF)
    return [Choice(kind, name, measure) for (kind, name), measure in zip(HANDLINGS.items(), measures, strict=True)]


def votes_rows(
    final: Ballots, every: Ballots, published: pd.DataFrame, cut: pd.DataFrame, others: dict, partner: str = "RUS"
) -> list[dict]:
    """Return agreement, pi, kappa and percentile of Pakistan with a partner, by phase, with every variant.

    `published` has the June 2024 scores: `state`, `session`, `agreement` with the partner and `n` votes of the state.
    """
    strand, words = "votes", "with the USSR/Russia"
    dropped = without_abstentions(final.votes, ["PAK", partner])
    last = int(published["session"].max())
    score = published[published["state"] == "PAK"]
    choices = _handled(lambda votes, **how: _share(votes, partner, **how), final.votes, every.votes, dropped)
    choices += [
        Choice("edition", SCORES_2024, _published(score), last),
        Choice("bootstrap", "other random numbers", _share(final.votes, partner, shift=5000)),
        Choice("bootstrap", "90 % level", _share(final.votes, partner, 0.90)),
        Choice("bootstrap", "99 % level", _share(final.votes, partner, 0.99)),
        Choice("bootstrap", "sessions drawn, not roll calls", _share(final.votes, partner, by_session=True)),
    ]
    rows = by_phase(
        Figure("agreement", strand, f"Share of identical votes {words}", "share 0-1"),
        choices,
        cut,
        others,
        "difference of shares",
    )
    for place, name, title in ((0, "pi", "Scott's pi"), (1, "kappa", "Cohen's kappa")):
        choices = _handled(
            lambda votes, place=place, **how: _corrected(votes, partner, place, **how),
            final.votes,
            every.votes,
            dropped,
        )
        rows += by_phase(
            Figure(name, strand, f"Agreement beyond chance {words}, {title}", name),
            choices,
            cut,
            others,
            f"difference of {name}",
        )
    states = dyads.states(final.wide)
    scored = published.assign(partner=partner, pi=NAN, kappa=NAN).query("state != @partner")
    ranked = dyads.ranks(scored, partner, "PAK").rename(
        columns={"percentile": "of_all", "partner_percentile": "percentile"}
    )
    choices = _handled(
        lambda wide, **how: _rank(voting.percentiles(wide, "PAK", partner, **how)),
        final.wide,
        every.wide,
        without_abstentions(final.wide, states),
    )
    choices.append(Choice("edition", SCORES_2024, _rank(ranked), last))
    return rows + by_phase(
        Figure(
            "percentile", strand, f"Percentile among all states' agreement {words}, median of sessions", "percentile"
        ),
        choices,
        cut,
        others,
        "percentile points",
    )


def contested_rows(final: Ballots, every: Ballots) -> list[dict]:
    """Return, by decade, the share of contested roll calls in which Pakistan voted as the USSR/Russia did."""

    def share(
        contested: pd.DataFrame,
        decade: int,
        half: float = 0.0,
        counted: tuple[str, ...] = ("RUS", "USA", "abstained", "no vote"),
    ) -> Estimate:
        own = contested[contested["year"].between(decade, decade + 9)]
        sides = own.loc[own["sided_with"].isin(counted), "sided_with"]
        score = float((sides == "RUS").sum() + half * (sides == "abstained").sum())
        found = wilson([score], [len(sides)]).iloc[0]
        covers = f"sessions {int(own['session'].min())}-{int(own['session'].max())}"
        return Estimate(float(found["share"]), float(found["low"]), float(found["high"]), len(sides), covers)

    rows, everyone = [], ("RUS", "USA", "abstained", "no vote")
    for decade in sorted(set(final.contested["year"] // 10 * 10)):
        words = "Share of contested roll calls voted with the USSR/Russia (against half)"
        figure = Figure(f"contested-{decade}s", "votes", words, "share 0-1", zero=0.5)
        trials = {
            "baseline": (final, 0.0, everyone), "all_roll_calls": (every, 0.0, everyone),
            "abstention_dropped": (final, 0.0, ("RUS", "USA")),
            "abstention_half": (final, 0.5, ("RUS", "USA", "abstained")),
        }  # fmt: skip
        if decade > LAST_EVERY + 1945:
            del trials["all_roll_calls"]
        found = {kind: share(ballots.contested, decade, *how) for kind, (ballots, *how) in trials.items()}
        base = found["baseline"].value
        rows += [row(figure, f"{decade}s", kind, HANDLINGS[kind], estimate, base) for kind, estimate in found.items()]
    return rows


# ------------------------------------------------------------ ideal points

WINDOWS = {  # spans over which the chapters say who moved: two windows of years each
    "1960s": ((1960, 1963), (1965, 1968)), "1980s": ((1979, 1981), (1986, 1988)),
    "1990-1993": ((1990, 1990), (1993, 1993)),
    "1993-2023": ((1993, 1993), (2023, 2023)),
}  # fmt: skip


def _distance(ideal: pd.DataFrame, partner: str):
    points = {
        column: ideal.pivot(index="year", columns="state", values=column).astype(float)
        for column in ("ideal_point", "low", "high")
    }
    state = {column: frame["PAK"] for column, frame in points.items()}
    other = {column: frame[partner] for column, frame in points.items()}
    gap = state["ideal_point"] - other["ideal_point"]
    low = gap - np.hypot(state["ideal_point"] - state["low"], other["high"] - other["ideal_point"])
    high = gap + np.hypot(state["high"] - state["ideal_point"], other["ideal_point"] - other["low"])
    nearest = np.minimum(low.abs(), high.abs()).where(low * high > 0, 0.0)
    yearly = pd.DataFrame({"value": gap.abs(), "low": nearest, "high": np.maximum(low.abs(), high.abs())}).dropna()

    def measure(first: int, last: int, key: int) -> Estimate:
        own = yearly[(yearly.index >= first + 1945) & (yearly.index <= last + 1945)]
        if own.empty:
            return Estimate(NAN, n=0)
        return Estimate(
            *(float(own[column].mean()) for column in ("value", "low", "high")),
            len(own),
            f"{own.index.min()}-{own.index.max()}",
        )

    return over_sessions(measure)


def _window(ideal: pd.DataFrame, state: str, span: tuple[int, int]) -> Estimate:
    own = ideal[(ideal["state"] == state) & ideal["year"].between(*span)]
    return Estimate(*(float(own[column].mean()) for column in ("ideal_point", "low", "high")), len(own))


def _size(found: Estimate) -> Estimate:
    ends = sorted((abs(found.low), abs(found.high)))
    return Estimate(abs(found.value), 0.0 if found.low * found.high <= 0 else ends[0], ends[1], found.n)


def _moves(ideal: pd.DataFrame, windows: tuple, partner: str, covers: str) -> dict[str, Estimate]:
    """Return both states' own moves between two windows (`movement.who_moved` has no intervals) and the lead."""
    pakistan, moscow = (
        difference(*(_window(ideal, state, span) for span in reversed(windows)), covers) for state in ("PAK", partner)
    )
    return {"pakistan": pakistan, "moscow": moscow, "lead": difference(_size(moscow), _size(pakistan), covers)}


def ideal_rows(
    editions: dict[tuple[str, str], pd.DataFrame], cut: pd.DataFrame, others: dict, partner: str = "RUS"
) -> list[dict]:
    """Return the distance of ideal points by phase and who moved, under each edition.

    `editions` maps (kind, name) to estimates with `state`, `year`, `ideal_point`, `low`, `high` (5th and 95th
    percentile); the first is the baseline. The interval of a mean distance is the mean of the yearly 90 % bounds: it
    takes the errors of all years of a phase as going together, which is on the safe side.
    """
    strand, unit = "ideal points", "units of the scale"
    choices = [
        Choice(kind, name, _distance(frame, partner), int(frame["year"].max()) - 1945)
        for (kind, name), frame in editions.items()
    ]
    rows = by_phase(
        Figure("distance", strand, "Distance of ideal points, mean of years", unit), choices, cut, others, unit
    )
    figures = {
        "pakistan": ("Pakistan's own movement of ideal point", 0.0),
        "moscow": ("The USSR/Russia's own movement of ideal point", 0.0),
        "lead": ("How much farther the USSR/Russia moved than Pakistan", 0.0),
    }  # fmt: skip
    for name, windows in WINDOWS.items():
        covers = " to ".join("-".join(map(str, sorted(set(window)))) for window in windows)
        found = {key: _moves(frame, windows, partner, covers) for key, frame in editions.items()}
        for who, (words, zero) in figures.items():
            base = next(iter(found.values()))[who].value
            figure = Figure(f"moved-{who}-{name}", strand, words, unit, zero)
            rows += [row(figure, name, kind, edition, moves[who], base) for (kind, edition), moves in found.items()]
    return rows


# ------------------------------------------------------------ trade and arms

YEARS = {
    1948: "cowtrade",
    1970: "cowtrade",
    1991: "cowtrade",
    1995: "cowtrade",
    2005: "cowtrade",
    2008: "cowtrade",
    2014: "cowtrade",
    2015: "comtrade",
    2019: "comtrade",
}
GROWTH = {
    (1948, 1970): "cowtrade",
    (1970, 1991): "cowtrade",
    (1970, 2014): "cowtrade",
    (1991, 2008): "cowtrade",
    (2008, 2019): "comtrade",
}
REPORTERS = {
    "cowtrade": "Correlates of War, as the importer reports",
    "comtrade": "Comtrade, as Russia reports",
    "unctadmatrix": "UNCTAD, as the exporter reports",
}
ROUNDED = {"cowtrade": 1.0}  # two flows, each rounded to whole millions: the sum may be one million off
BASES = (2015, 1970)
DOUBTFUL = (1984, 1985)  # Soviet deliveries of these years belong to an order of 1983 that rests on one row alone


def totals(trade: pd.DataFrame, source: str, value: str = "value_usd_m") -> pd.Series:
    """Return the trade of both directions by year as one source gives it; years with one direction are left out."""
    rows = trade[(trade["source"] == source) & (trade["kind"] == "series")]
    return rows.pivot_table(index="year", columns="exporter", values=value, aggfunc="sum").dropna().sum(axis=1)


def _total(series: pd.Series, year: int, source: str, factor: float = 1.0) -> Estimate:
    give = ROUNDED.get(source, NAN) * factor
    return Estimate(float(series[year]), float(series[year]) - give, float(series[year]) + give, 2, REPORTERS[source])


def _ratio(later: Estimate, earlier: Estimate, covers: str) -> Estimate:
    return Estimate(later.value / earlier.value, later.low / earlier.high, later.high / earlier.low, 2, covers)


def trade_rows(
    trade: pd.DataFrame,
    prices: pd.DataFrame,
    partners: pd.DataFrame,
    world_bank: pd.Series,
    cut: pd.DataFrame,
    others: dict,
) -> list[dict]:
    """Return totals, growth and peak of trade, and the partner's share in Pakistan's trade, by reporter and deflator.

    `world_bank` is Pakistan's merchandise trade by year (another total to take the share of). An interval of a total is
    what rounding leaves open. The one deflator is the US consumer price index, once in dollars of 2015, once of 1970.
    """
    current = {source: totals(trade, source) for source in REPORTERS}
    real = {
        (source, base): totals(trade_measures.deflate(trade, prices, base), source, "constant_usd_m")
        for source in REPORTERS
        for base in BASES
    }
    rows, index = [], prices.set_index("year")["cpi_u"].astype(float)
    for year, own in YEARS.items():
        figure = Figure(f"trade-{year}", "trade", "Trade of both directions", "million current US dollars")
        base = _total(current[own], year, own)
        rows.append(row(figure, str(year), "baseline", REPORTERS[own], base))
        rows += [
            row(figure, str(year), "reporter", REPORTERS[source], _total(series, year, source), base.value)
            for source, series in current.items()
            if source != own and year in series
        ]
        rows += [
            row(
                figure,
                str(year),
                "deflator",
                f"dollars of {to}",
                _total(real[own, to], year, own, index[to] / index[year]),
                unit=f"million US dollars of {to}",
            )
            for to in BASES
        ]
    for (early, late), own in GROWTH.items():
        figure = Figure(
            f"trade-growth-{early}-{late}", "trade", f"Trade of {late} over that of {early}", "ratio", zero=1.0
        )

        def grown(source: str, series: pd.Series, early: int = early, late: int = late) -> Estimate:
            return _ratio(_total(series, late, source), _total(series, early, source), REPORTERS[source])

        base = grown(own, current[own])
        rows.append(row(figure, f"{early}-{late}", "baseline", REPORTERS[own], base))
        if early in current["cowtrade"] and late not in current["cowtrade"]:
            mixed = _ratio(
                _total(current[own], late, own),
                _total(current["cowtrade"], early, "cowtrade"),
                f"{REPORTERS['cowtrade']}, then {REPORTERS[own]}",
            )
            rows.append(row(figure, f"{early}-{late}", "reporter", "two sources joined", mixed, base.value))
        for to in BASES:
            scale = {year: index[to] / index[year] for year in (early, late)}
            constant = _ratio(
                *(_total(real[own, to], year, own, scale[year]) for year in (late, early)), REPORTERS[own]
            )
            rows.append(row(figure, f"{early}-{late}", "deflator", f"dollars of {to}", constant, base.value))
    return rows + _peak_rows(current, real) + _share_rows(partners, world_bank, cut, others)


def _peak_rows(current: dict, real: dict) -> list[dict]:
    peaks = {
        ("baseline", REPORTERS["cowtrade"]): ("cowtrade", current["cowtrade"], None),
        ("reporter", REPORTERS["comtrade"]): ("comtrade", current["comtrade"], None),
    }
    for (source, base), series in real.items():
        if source != "unctadmatrix":
            peaks["deflator", f"{REPORTERS[source]}, dollars of {base}"] = (
                source,
                series,
                f"million US dollars of {base}",
            )
    size = Figure("trade-peak", "trade", "Largest yearly trade", "million current US dollars")
    when = Figure("trade-peak-year", "trade", "Year of the largest trade", "year")
    top = current["cowtrade"]
    rows = []
    for (kind, name), (_, series, unit) in peaks.items():
        covers = f"{int(series.index.min())}-{int(series.index.max())}"
        year = int(series.idxmax())
        rows.append(
            row(
                size,
                "peak",
                kind,
                name,
                Estimate(float(series.max()), n=len(series), covers=covers),
                float(top.max()),
                unit,
            )
        )
        found = Estimate(float(year), n=len(series), covers=covers)
        rows.append({**row(when, "peak", kind, name, found, float(top.idxmax())),
                     "same_direction": None if kind == "baseline" else year == int(top.idxmax())})  # fmt: skip
    return rows


def _share_rows(
    partners: pd.DataFrame, world_bank: pd.Series, cut: pd.DataFrame, others: dict, partner: str = "RUS"
) -> list[dict]:
    shares = {
        "national total of the Correlates of War file": trade_measures.shares(partners)
        .query("partner == @partner")
        .set_index("year")["share"]
        .astype(float)
    }
    flow = partners[partners["partner"] == partner].set_index("year")["value_usd_m"].astype(float)
    shares["merchandise total of the World Bank (half of other sources in 1968-1971)"] = (flow / world_bank).dropna()
    size = Figure(
        "trade-share-peak", "trade", "Largest yearly share of the USSR/Russia in Pakistan's trade", "share 0-1"
    )
    when = Figure("trade-share-peak-year", "trade", "Year of the largest share", "year")
    rows, choices, top = [], [], next(iter(shares.values()))
    for number, (name, series) in enumerate(shares.items()):
        kind, covers = ("reporter" if number else "baseline"), f"{int(series.index.min())}-{int(series.index.max())}"
        year = int(series.idxmax())
        rows.append(
            row(size, "peak", kind, name, Estimate(float(series.max()), n=len(series), covers=covers), float(top.max()))
        )
        rows.append(
            {
                **row(
                    when, "peak", kind, name, Estimate(float(year), n=len(series), covers=covers), float(top.idxmax())
                ),
                "same_direction": year == int(top.idxmax()) if number else None,
            }
        )

        def mean(one_cut: pd.DataFrame, series: pd.Series = series) -> dict[str, Estimate]:
            phase = summary.phase_of_years(pd.Series(series.index), one_cut)
            own = {name: series[(phase == name).to_numpy()] for name in one_cut["phase"]}
            return {
                name: Estimate(float(v.mean()), n=len(v), covers=f"{int(v.index.min())}-{int(v.index.max())}")
                for name, v in own.items()
                if len(v)
            }

        choices.append(Choice(kind, name, mean))
    figure = Figure("trade-share", "trade", "Share of the USSR/Russia in Pakistan's trade, mean of years", "share 0-1")
    return rows + by_phase(figure, choices, cut, others, "difference of shares")


def arms_rows(
    published: pd.DataFrame, split: pd.DataFrame, cut: pd.DataFrame, others: dict, supplier: str = "RUS"
) -> list[dict]:
    """Return volume delivered to Pakistan and the supplier's share, by state and by phase, in the two editions.

    Both frames have `year`, `supplier`, `recipient`, `tiv`; `split` is the register's volume shared evenly over each
    row's delivery years, cut off at the last year that the published volumes cover. TIV has no interval.
    """
    last = int(published["year"].max())
    own = published[published["recipient"] == "PAK"]
    doubtful = (own["supplier"] == supplier) & own["year"].isin(DOUBTFUL)
    to_pakistan = split["recipient"] == "PAK"
    editions = {
        ("baseline", "published, edition of July 2022"): own,
        ("definition", "without the doubtful order of 1983"): own[~doubtful],
        ("edition", "even split of the register of March 2025"): split[to_pakistan & (split["year"] <= last)],
    }  # fmt: skip
    spans = {"ussr": ("the USSR", 1950, 1991), "russia": ("Russia", 1992, last)}
    rows, sums, base = [], {}, next(iter(editions))
    for key, (name, first, end) in spans.items():
        found = {}
        for edition, frame in editions.items():
            inside = frame[frame["year"].between(first, end)]
            mine = sums[key, edition] = float(inside.loc[inside["supplier"] == supplier, "tiv"].sum())
            found[edition] = (mine, mine / float(inside["tiv"].sum()))
        for place, id_, words, unit in (
            (0, key, f"Volume of arms delivered to Pakistan by {name}", "million TIV"),
            (1, f"{key}-share", f"Share of {name} in the arms delivered to Pakistan", "share 0-1"),
        ):
            figure = Figure(f"arms-{id_}", "arms", words, unit)
            rows += [
                row(
                    figure,
                    f"{first}-{end}",
                    *edition,
                    Estimate(values[place], n=end - first + 1, covers=f"{first}-{end}"),
                    found[base][place],
                )
                for edition, values in found.items()
            ]
    more = Figure(
        "arms-russia-less-ussr", "arms", "Volume delivered by Russia less that by the USSR", "million TIV", zero=0.0
    )
    gaps = {edition: sums["russia", edition] - sums["ussr", edition] for edition in editions}
    rows += [
        row(
            more,
            f"1950-{last}",
            *edition,
            Estimate(gap, n=last - 1949, covers=f"1950-{last}"),
            next(iter(gaps.values())),
        )
        for edition, gap in gaps.items()
    ]

    def share(frame: pd.DataFrame):
        def of_cut(one_cut: pd.DataFrame) -> dict[str, Estimate]:
            found = summary.exchange_by(
                one_cut,
                frame.assign(method="published"),
                pd.DataFrame({"year": [], "partner": [], "value_usd_m": []}),
                supplier,
            )
            return {r.phase: Estimate(r.tiv_share, n=r.tiv_years, covers=f"to {last}") for r in found.itertuples()}

        return of_cut

    choices = [Choice(*edition, share(frame)) for edition, frame in editions.items()]
    return rows + by_phase(
        Figure("arms-share", "arms", "Share of the USSR/Russia in the arms delivered to Pakistan", "share 0-1"),
        choices,
        cut,
        others,
        "difference of shares",
    )


# ------------------------------------------------------------ the register


def register_rows(
    cut: pd.DataFrame, others: dict, events: pd.DataFrame, codings: pd.DataFrame, event_sources: pd.DataFrame,
    visits: pd.DataFrame, until: str,
) -> list[dict]:  # fmt: skip
    """Return, by phase, events with two origins, the balance of cooperation under each coding, and leaders' visits.

    The balance is the share of cooperative events less that of conflictual ones; `codings` has `event_id`, `first`,
    `second`, `adjudicated`. Visits, meetings and calls of heads of state or government are counted per year (to the day
    `until`), with the exact Poisson interval. Counts are of what was found.
    """
    done = events[events["status"] == "happened"]
    contact = cache(
        lambda name: summary.contact_by(cuts[name], events, event_sources, visits, until).set_index("phase")
    )
    cuts = {"": cut, **{name: moved for name, (_, moved) in others.items()}}
    code = {
        name: done["event_id"].map(codings.set_index("event_id")[name]).astype(float)
        for name in ("adjudicated", "first", "second")
    }

    def of(one_cut: pd.DataFrame) -> pd.DataFrame:
        name = next(key for key, other in cuts.items() if other["first_day"].tolist() == one_cut["first_day"].tolist())
        return contact(name)

    def origins(one_cut: pd.DataFrame) -> dict[str, Estimate]:
        frame = of(one_cut)
        ends = wilson((frame["two_origins"] * frame["events"]).round(), frame["events"])
        return {
            phase: Estimate(float(s), float(lo), float(hi), int(n))
            for phase, s, lo, hi, n in zip(
                frame.index, ends["share"], ends["low"], ends["high"], frame["events"], strict=True
            )
        }

    def balance(name: str):
        def of_cut(one_cut: pd.DataFrame) -> dict[str, Estimate]:
            phase, found = summary.phase_of_dates(done["date"], one_cut, done["phase"]), {}
            for key, one in enumerate(one_cut["phase"], start=2000):
                signs = np.sign(code[name][phase == one].to_numpy())
                found[one] = Estimate(float(signs.mean()), *voting.bootstrap_interval(signs, key), len(signs))
            return found

        return of_cut

    def leaders(columns: tuple[str, ...]):
        def of_cut(one_cut: pd.DataFrame) -> dict[str, Estimate]:
            found = {}
            for phase, record in of(one_cut).iterrows():
                count, years = int(record[list(columns)].sum()), float(record["years"])
                low, high = confint_poisson(count, years, method="exact-c")
                found[phase] = Estimate(count / years, 0.0 if np.isnan(low) else float(low), float(high), count)
            return found

        return of_cut

    strand = "register"
    rows = by_phase(
        Figure("two-origins", strand, "Share of events with two or more origins", "share 0-1"),
        [Choice("baseline", "as coded", origins)],
        cut,
        others,
        "difference of shares",
    )
    choices = [
        Choice("baseline", "adjudicated coding", balance("adjudicated")),
        Choice("coding", "first coding", balance("first")),
        Choice("coding", "second coding", balance("second")),
    ]
    rows += by_phase(
        Figure("balance", strand, "Cooperative less conflictual events, share", "difference of shares"),
        choices,
        cut,
        others,
        "difference of shares",
    )
    choices = [
        Choice("baseline", "all visits, meetings and calls", leaders(("leaders_PAK", "leaders_RUS"))),
        Choice("definition", "official visits only", leaders(("leaders_bilateral",))),
    ]
    return rows + by_phase(
        Figure("leaders", strand, "Leaders' visits, meetings and calls per year", "per year"),
        choices,
        cut,
        others,
        "per year",
    )
