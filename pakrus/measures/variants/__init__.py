"""How much hangs on a choice: each headline figure once more under each other choice that one could have made.

A *choice* computes a figure for every phase of a cut (`pakrus.measures.summary`); the first choice of a list is the
book's own, the baseline. The tables that come back have one row per figure and variant, in `COLUMNS`:
`figure_id`, `strand`, `figure` (in words), `part` (phase, span or year), `covers` (what the value rests on),
`variant_kind`, `variant`, `value`, `low`, `high`, `interval_level` (per cent), `n`, `unit`, `baseline` (the book's own choice over what the variant
covers), `difference_from_baseline` and `same_direction` (whether the comparison that the figure states keeps its sign;
empty for bare levels and for the baseline itself). The headline figures themselves stand in a module for each strand:
`votes`, `ideal_points`, `trade`, `arms`, `register`. Each gives rows, and `finished` makes them a table.
What a page asks of such a table (`headline`, `under`, `directions`, …) comes out as estimates and says its variant in words.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import bdtr  # what scipy.stats calls, at a fifth of its time to load

from pakrus import cuts
from pakrus.estimate import NAN, PERCENT, SHARE, YEAR, Estimate, count, number, quantity, share, text

LAST = 999  # later than any session
COLUMNS = ["figure_id", "strand", "figure", "part", "covers", "variant_kind", "variant", "value", "low", "high",
           "interval_level", "n", "unit", "baseline", "difference_from_baseline", "same_direction"]  # fmt: skip
KINDS = ("baseline", "all_roll_calls", "abstention_dropped", "abstention_half", "edition", "draws", "bootstrap", "reporter",
         "deflator", "phase_cut", "coding", "scope", "definition")  # fmt: skip
DRAWN = ("draws", "bootstrap")  # kinds that change the interval alone: what is drawn, and with which numbers and level


@dataclass(frozen=True)
class Choice:
    """A way of computing a figure: `measure` takes a cut, gives an estimate per phase and sees to session `last`.

    `level` is that of its intervals in per cent, where it is not the figure's.
    """

    kind: str
    name: str
    measure: Callable[[pd.DataFrame], dict[str, Estimate]]
    last: int = LAST
    level: int | None = None


@dataclass(frozen=True)
class Figure:
    """What a row says: id, strand, words, unit; `zero` is the value against which it states a direction, if it does.

    `level` is that of its intervals, in per cent: 95, or what the source publishes.
    """

    id: str
    strand: str
    words: str
    unit: str
    zero: float | None = None
    level: int = 95


# ------------------------------------------------------------ intervals


def difference(later: Estimate, earlier: Estimate, covers: str = "") -> Estimate:
    """Return later minus earlier with the interval that the two intervals give when the estimates are independent.

    Source: R. G. Newcombe (1998), "Interval estimation for the difference between independent proportions", Statistics
    in Medicine 17(8), 873-890, method 10; for other estimates G. Y. Zou and A. Donner (2008), ibid. 27(10), 1693-1702.
    """
    value = later.value - earlier.value
    low = value - np.hypot(later.value - later.low, earlier.high - earlier.value)
    high = value + np.hypot(later.high - later.value, earlier.value - earlier.low)
    n = None if later.n is None or earlier.n is None else later.n + earlier.n
    return Estimate(value, float(low), float(high), n, covers or f"{earlier.covers} and {later.covers}")


def median(values: pd.Series, level: float = 0.95, covers: str = "") -> Estimate:
    """Return the median with the interval between two order statistics that covers it at least so often (sign test).

    With too few values for the level the interval is the whole range. It takes the values as independent draws.
    """
    ordered = np.sort(values.dropna().to_numpy(dtype=float))
    n = len(ordered)
    if n == 0:
        return Estimate(NAN, n=0, covers=covers)
    rank = max(int(np.searchsorted(bdtr(np.arange(n + 1), n, 0.5), (1 - level) / 2)), 1)
    return Estimate(float(np.median(ordered)), float(ordered[rank - 1]), float(ordered[n - rank]), n, covers)


# ------------------------------------------------------------ rows


def _signs_agree(value: float, other: float, zero: float | None) -> bool | None:
    if zero is None or np.isnan(value) or np.isnan(other):
        return None
    return bool(np.sign(round(value - zero, 9)) == np.sign(round(other - zero, 9)))


def row(
    figure: Figure, part: str, kind: str, variant: str, found: Estimate, baseline: float = NAN, unit: str | None = None,
    level: int | None = None,
) -> dict:  # fmt: skip
    """Return one row of the table; a baseline, or a variant in another unit, is compared with nothing."""
    own = kind == "baseline" or (unit or figure.unit) != figure.unit
    bare = np.isnan(found.low) or np.isnan(found.high)
    return dict(zip(COLUMNS, (
        figure.id, figure.strand, figure.words, part, found.covers, kind, variant,
        found.value, found.low, found.high, None if bare else level or figure.level, found.n,
        unit or figure.unit, NAN if own else baseline, NAN if own else found.value - baseline,
        None if own else _signs_agree(found.value, baseline, figure.zero),
    ), strict=True))  # fmt: skip


def finished(rows: list[dict]) -> pd.DataFrame:
    """Return rows as a table: numbers to four places, whole `n`, true/false/missing directions.

    Raises
    ------
    ValueError
        When a figure has a variant twice or none of its own.
    """
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame = frame[frame["value"].notna()].reset_index(drop=True)
    key = ["figure_id", "variant_kind", "variant"]
    if frame.duplicated(key).any():
        raise ValueError(f"twice: {frame.loc[frame.duplicated(key), key].iloc[0].to_dict()}")
    alone = set(frame["figure_id"]) - set(frame.loc[frame["variant_kind"] == "baseline", "figure_id"])
    if alone:
        raise ValueError(f"no baseline: {', '.join(sorted(alone))}")
    numbers = ["value", "low", "high", "baseline", "difference_from_baseline"]
    frame[numbers] = frame[numbers].astype(float).round(4) + 0.0  # no minus zero
    return frame.astype({"n": "Int64", "interval_level": "Int64", "same_direction": "boolean"})


def rivals(cut: pd.DataFrame, boundaries: pd.DataFrame) -> dict[str, tuple[str, pd.DataFrame]]:
    """Return, per rival boundary of the table `phase_boundaries`, the phase that it moves and the cut with it."""
    return {
        b.boundary_id: (b.into_phase, cuts.moved(cut, b.into_phase, b.date, int(b.first_session)))
        for b in boundaries.itertuples()
    }


def _seen(cut: pd.DataFrame, last: int) -> pd.DataFrame:
    clipped = cut.assign(last_session=cut["last_session"].clip(upper=last))
    return clipped[clipped["first_session"] <= clipped["last_session"]]


def by_phase(
    figure: Figure, choices: list[Choice], cut: pd.DataFrame, others: dict[str, tuple[str, pd.DataFrame]], change: str
) -> list[dict]:
    """Return a figure's rows: its level in each phase and its change between phases, by each choice and each rival cut.

    Levels have the id `<id>-<phase>`, changes `<id>-change-<later phase>` (from the phase before) and
    `<id>-change-overall` (from the first to the last); `change` is the unit of a change. A choice that does not see the
    last sessions is compared with the baseline over those that it sees.
    """
    own, order = choices[0], list(cut["phase"])
    titles = dict(zip(cut["phase"], cut["title"], strict=True))
    pairs = [(order[i], order[i - 1], f"change-{order[i]}") for i in range(1, len(order))] + [
        (order[-1], order[0], "change-overall")
    ]
    base = own.measure(cut)
    trials = [
        (
            choice.kind,
            choice.name,
            choice.measure(_seen(cut, choice.last)),
            own.measure(_seen(cut, choice.last)),
            order,
            choice.level,
        )
        for choice in choices
    ]
    for name, (into, moved) in others.items():
        trials.append(("phase_cut", name, own.measure(moved), base, [into, order[order.index(into) - 1]], None))
    rows = []
    for phase in order:
        own_level = Figure(f"{figure.id}-{phase}", figure.strand, figure.words, figure.unit, level=figure.level)
        rows += [
            row(own_level, titles[phase], kind, name, found[phase], reference[phase].value, level=level)
            for kind, name, found, reference, touched, level in trials
            if phase in touched and phase in found and phase in reference
        ]
    for later, earlier, suffix in pairs:
        step = Figure(f"{figure.id}-{suffix}", figure.strand, f"{figure.words}: change", change, 0.0, figure.level)
        part = f"{titles[earlier]} to {titles[later]}"
        for kind, name, found, reference, touched, level in trials:
            if {later, earlier} & set(touched) and {later, earlier} <= set(found) & set(reference):
                rows.append(
                    row(
                        step,
                        part,
                        kind,
                        name,
                        difference(found[later], found[earlier]),
                        reference[later].value - reference[earlier].value,
                        level=level,
                    )
                )
    return rows


def over_sessions(measure: Callable[[int, int, int], Estimate]) -> Callable[[pd.DataFrame], dict[str, Estimate]]:
    """Return a measure of first and last session and random key as one of a cut (keys as in `voting.by_phase`)."""
    remembered = cache(measure)

    def of_cut(cut: pd.DataFrame) -> dict[str, Estimate]:
        spans = zip(cut["phase"], cut["first_session"], cut["last_session"], strict=True)
        return {
            phase: remembered(int(first), int(last), key) for key, (phase, first, last) in enumerate(spans, start=1000)
        }

    return of_cut


# ------------------------------------------------------------ what it comes to


def by_construction(frame: pd.DataFrame) -> pd.Series:
    """Return which rows repeat another by construction: a rival boundary that cuts a figure's sessions or years as another does.

    Two boundaries between the same two sessions give the same roll calls. Such a row repeats the book's own choice, or an
    earlier rival, in what it covers, value, interval and n, so that it cannot disagree and counts as no comparison.
    """
    columns = ["figure_id", "covers", "value", "low", "high", "n"]
    of_cuts = frame["variant_kind"].isin(["baseline", "phase_cut"])
    again = frame.loc[of_cuts].sort_values("variant_kind", key=lambda kind: kind == "phase_cut", kind="stable")
    repeated = again.duplicated(columns) & (again["variant_kind"] == "phase_cut")
    return repeated.reindex(frame.index, fill_value=False)


def spread(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per figure: what it is by the book's choice and how far the variants lead away from it.

    Other draws and levels of an interval change it, not the value: they are left out, and so is what repeats another row
    `by_construction`.
    Columns: `figure_id`, `strand`, `figure`, `part`, `unit`, `value`, `low`, `high`, `interval_level`, `n` (of the baseline), `lowest`
    and `highest` (over all variants in the same unit, with the baseline), `variants`, `compared` (those that state a
    direction), `kept` (those of them that keep it), `farthest` (variant with the largest difference) and `difference`.
    """
    rows = []
    counted = frame[~frame["variant_kind"].isin(DRAWN) & ~by_construction(frame)]
    for id_, group in counted.groupby("figure_id", sort=False):
        own = group[group["variant_kind"] == "baseline"].iloc[0]
        alike = group[group["unit"] == own["unit"]]
        others = alike[(alike["variant_kind"] != "baseline") & alike["difference_from_baseline"].notna()]
        told = others["same_direction"].dropna()
        far = others.loc[others["difference_from_baseline"].abs().idxmax()] if len(others) else None
        rows.append({
            "figure_id": id_, **{c: own[c] for c in ("strand", "figure", "part", "unit", "value", "low", "high", "interval_level", "n")},
            "lowest": alike["value"].min(), "highest": alike["value"].max(),
            "variants": len(others), "compared": len(told), "kept": int(told.sum()),
            "farthest": far["variant"] if far is not None else "",
            "difference": far["difference_from_baseline"] if far is not None else NAN,
        })  # fmt: skip
    return pd.DataFrame(rows)


# ------------------------------------------------------------ what a page asks

HUNDREDTHS = ("share 0-1", "difference of shares", "pi", "difference of pi", "kappa", "difference of kappa")
DIGITS = {"percentile": 0, "percentile points": 0, "million current US dollars": 0}  # of other units two


def chosen(frame: pd.DataFrame, *patterns: str) -> pd.DataFrame:
    """Return the rows (of variants, or of `spread`) whose `figure_id` fits a pattern ("agreement-change-*"), by pattern.

    Raises
    ------
    ValueError
        When a pattern fits no figure.
    """
    parts = [frame[frame["figure_id"].map(lambda id_, pattern=pattern: fnmatchcase(id_, pattern))] for pattern in patterns]  # fmt: skip
    for pattern, part in zip(patterns, parts, strict=True):
        if part.empty:
            raise ValueError(f"no headline figure fits {pattern!r}; the first there are: {', '.join(frame['figure_id'].unique()[:5])}, …")  # fmt: skip
    return pd.concat(parts, ignore_index=True)


# what a table's caption says and its rows need not
SAID = r": change$| (with|among).*(?=,)| with the USSR/Russia| in the arms delivered to Pakistan| of arms delivered to Pakistan"


def readable(spread: pd.DataFrame, digits: int = 2, hundredths: bool = False) -> pd.DataFrame:
    """Return rows of `spread` as a table for readers: text, with `digits` decimals.

    With `hundredths` shares, pi and kappa, and differences of them, are given in hundredths; shares then say "per cent".
    Intervals are of 95 %; one of another level says so.
    """
    times = [100 if hundredths and unit in HUNDREDTHS else 1 for unit in spread["unit"]]
    named = spread["figure"].str.replace(SAID, "", regex=True)
    shares = hundredths & spread["unit"].isin(["share 0-1", "difference of shares"])

    def told(value: float, factor: int) -> str:
        return "–" if pd.isna(value) else number(factor * value, digits)

    def span(low: str, high: str) -> list[str]:
        ends = zip(spread[low], spread[high], times, strict=True)
        return [f"{told(a, by)} to {told(b, by)}" if pd.notna(a) else "–" for a, b, by in ends]

    levels = spread["interval_level"].fillna(95).astype(int)
    levelled = [
        f"{ends} ({level}{PERCENT})" if level != 95 else ends
        for ends, level in zip(span("low", "high"), levels, strict=True)
    ]
    return pd.DataFrame({
        "Figure": named.where(~shares, named + ", per cent").tolist(),
        "Where": spread["part"].tolist(),
        "Book": [told(value, by) for value, by in zip(spread["value"], times, strict=True)],
        "Interval, 95\u00a0%": levelled,
        "Variants": span("lowest", "highest"),
        "Keep direction": [f"{row.kept} of {row.compared}" if row.compared else "–" for row in spread.itertuples()],
        "Farthest": [name or "–" for name in spread["farthest"]],
    })  # fmt: skip


class Headline(NamedTuple):
    """A headline figure: by the book's choice, the lowest and highest that any variant gives, and both ends as a text."""

    book: Estimate
    lowest: Estimate
    highest: Estimate
    reach: Estimate


def headline(spread: pd.DataFrame, figure_id: str, digits: int | None = None, hundredths: bool = False) -> Headline:
    """Return a headline figure with what its variants lead to (one row of `spread`).

    `digits` are decimals where the unit's own do not do; with `hundredths` differences of shares, pi and kappa are given
    in hundredths. Changes are printed with their sign, except in the text of both ends.
    """
    found = chosen(spread, figure_id).iloc[0]
    words = f"{found['figure']}, {found['part']}"
    how = {"digits": digits, "hundredths": hundredths}
    lowest, highest = (_estimate(found, found[end], f"{words}: {end} of all variants", **how) for end in ("lowest", "highest"))  # fmt: skip
    ends = replace(lowest, low=lowest.value, high=highest.value).interval
    n = None if pd.isna(found["n"]) else int(found["n"])
    return Headline(
        _estimate(found, found["value"], f"{words}: the book's choice", found["low"], found["high"], n, **how),
        lowest,
        highest,
        text(ends, f"{words}: lowest to highest of all variants{', in hundredths' if hundredths else ''}"),
    )


def under(
    rows: pd.DataFrame, figure_id: str, kind: str, digits: int | None = None, hundredths: bool = False
) -> Estimate:
    """Return a headline figure under the one variant of a kind of choice (`KINDS`); digits and hundredths as in `headline`.

    Raises
    ------
    ValueError
        When the figure has no variant of that kind, or several.
    """
    own = chosen(rows, figure_id)
    found = own[own["variant_kind"] == kind]
    if len(found) != 1:
        there = ", ".join(own["variant_kind"].unique())
        raise ValueError(f"{figure_id}: {len(found)} variants of kind {kind!r}, one expected; kinds there are: {there}")
    row = found.iloc[0]
    n = None if pd.isna(row["n"]) else int(row["n"])
    words = f"{row['figure']}, {row['part']}: {row['variant']}"
    return _estimate(row, row["value"], words, row["low"], row["high"], n, digits, hundredths)


def _estimate(
    row: pd.Series, value: float, words: str, low: float = NAN, high: float = NAN, n: int | None = None,
    digits: int | None = None, hundredths: bool = False,
) -> Estimate:  # fmt: skip
    """Return a value of a row in its unit: a share in per cent, a year as a year, a change with its sign."""
    unit, change = row["unit"], row["figure"].endswith(": change")
    if hundredths and unit in HUNDREDTHS:
        words = f"{words}, in hundredths"
        found = quantity(100 * value, words, digits or 0, "hundredths", n, 100 * low, 100 * high)
    elif unit == "share 0-1":
        found = share(value, words, n, low, high, digits or 0)
    elif unit == "year":
        found = Estimate(int(value), n=n, kind=YEAR, words=words)
    else:
        found = quantity(value, words, DIGITS.get(unit, 2) if digits is None else digits, unit, n, low, high)
    return replace(found, change=change and found.kind != SHARE)


class Directions(NamedTuple):
    """Headline figures: all, those that state a direction, those that keep it under every variant and those that do not.

    `kept` is the share of single comparisons with a variant that keep it; its `n` is how many there are.
    """

    figures: Estimate
    told: Estimate
    firm: Estimate
    lost: Estimate
    kept: Estimate


def directions(spread: pd.DataFrame, about: str = "") -> Directions:
    """Return in how many headline figures (rows of `spread`) a choice turns the direction; `about` says in words which."""
    told = spread[spread["compared"] > 0]
    firm = int((told["kept"] == told["compared"]).sum())
    which = f"headline figures{about and ' on '}{about}"
    compared = int(told["compared"].sum())
    return Directions(
        count(spread, which),
        count(told, f"{which} that state a direction"),
        count(firm, f"{which} whose direction every variant keeps"),
        count(len(told) - firm, f"{which} whose direction some variant turns"),
        share(told["kept"].sum() / compared, f"comparisons with a variant that keep the direction, {which}", compared),
    )


def repeated(rows: pd.DataFrame) -> Estimate:
    """Return how many rows repeat another `by_construction`; they are no comparisons."""
    return count(int(by_construction(rows).sum()), "rows of rival boundaries that cut as another boundary does")


def trials(rows: pd.DataFrame) -> Estimate:
    """Return how many rows there are: each is a headline figure computed once, by the book's choice or another."""
    return count(rows, "rows, each a headline figure by one choice")


def clear_of_zero(frame: pd.DataFrame, what: str) -> Estimate:
    """Return how many of these rows have an interval that leaves out zero, of `n`; `what` says what they are."""
    clear = (frame["low"] * frame["high"]) > 0
    return quantity(clear.sum(), f"{what} whose interval leaves out zero", n=len(frame))


def drawn(rows: pd.DataFrame, *patterns: str, how: str) -> pd.DataFrame:
    """Return the rows of some figures whose interval comes from other draws: `how` is their variant.

    Raises
    ------
    ValueError
        When there are none; the message lists the variants that are.
    """
    own = chosen(rows, *patterns)
    draws = own[own["variant_kind"].isin(DRAWN)]
    found = draws[draws["variant"] == how].reset_index(drop=True)
    if found.empty:
        raise ValueError(f"no draws {how!r}; there are: {', '.join(draws['variant'].unique()) or 'none'}")
    return found


def largest_shift(rows: pd.DataFrame, *patterns: str, how: str) -> Estimate:
    """Return how far other draws move an end of an interval at most, in hundredths, over some figures of shares."""
    other = drawn(rows, *patterns, how=how).set_index("figure_id")
    own = rows[rows["variant_kind"] == "baseline"].set_index("figure_id").loc[other.index]
    shift = (other[["low", "high"]] - own[["low", "high"]]).abs().max().max()
    words = f"largest shift of an end of an interval, {how}, in hundredths"
    return quantity(100 * shift, words, 1, "hundredths", n=len(other))


def largest_difference(spread: pd.DataFrame, what: str, digits: int = 1) -> Estimate:
    """Return by how much a variant differs from the book's choice at most, over rows of `spread` in one unit."""
    units = spread["unit"].unique()
    if len(units) != 1:
        raise ValueError(f"figures in one unit expected, found {', '.join(units)}")
    return quantity(spread["difference"].abs().max(), f"largest difference of a variant, {what}", digits, units[0])


def largest_shortfall(spread: pd.DataFrame, what: str) -> Estimate:
    """Return by what share of the book's value a variant falls below it at most, over rows of `spread`."""
    below = 1 - (spread["lowest"] / spread["value"]).min()
    return share(below, f"largest shortfall of a variant below the book's choice, {what}", len(spread))


def highest(spread: pd.DataFrame, digits: int | None = None) -> Estimate:
    """Return the highest value that any variant of some figures gives: rows of `spread`, one figure in several parts."""
    row = spread.loc[spread["highest"].idxmax()]
    return _estimate(row, row["highest"], f"{row['figure']}: highest of all variants and parts", digits=digits)


def values_in_words(rows: pd.DataFrame, figure_id: str) -> Estimate:
    """Return every different value that the variants of a figure in whole numbers (a year) have, as a text: "1990 or 1995"."""
    own = chosen(rows, figure_id)
    values = sorted({int(value) for value in own["value"]})
    words = f"{own['figure'].iloc[0]}: by each variant"
    return text(" or ".join(map(str, values)), words)
