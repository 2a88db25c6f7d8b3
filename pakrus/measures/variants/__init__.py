"""How much hangs on a choice: each headline figure once more under each other choice that one could have made.

A *choice* computes a figure for every phase of a cut (`pakrus.measures.summary`); the first choice of a list is the
book's own, the baseline. The tables that come back have one row per figure and variant, in `COLUMNS`:
`figure_id`, `strand`, `figure` (in words), `part` (phase, span or year), `covers` (what the value rests on),
`variant_kind`, `variant`, `value`, `low`, `high`, `n`, `unit`, `baseline` (the book's own choice over what the variant
covers), `difference_from_baseline` and `same_direction` (whether the comparison that the figure states keeps its sign;
empty for bare levels and for the baseline itself). The headline figures themselves stand in a module for each strand:
`votes`, `ideal_points`, `trade`, `arms`, `register`. Each gives rows, and `finished` makes them a table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy.stats import binom

from pakrus import cuts

NAN = float("nan")
LAST = 999  # later than any session
COLUMNS = ["figure_id", "strand", "figure", "part", "covers", "variant_kind", "variant", "value", "low", "high", "n",
           "unit", "baseline", "difference_from_baseline", "same_direction"]  # fmt: skip
KINDS = ("baseline", "all_roll_calls", "abstention_dropped", "abstention_half", "edition", "bootstrap", "reporter",
         "deflator", "phase_cut", "coding", "definition")  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """A value with its interval (missing where there is none), the number of things it rests on and what it covers."""

    value: float
    low: float = NAN
    high: float = NAN
    n: int | None = None
    covers: str = ""


@dataclass(frozen=True)
class Choice:
    """A way of computing a figure: `measure` takes a cut, gives an estimate per phase and sees to session `last`."""

    kind: str
    name: str
    measure: Callable[[pd.DataFrame], dict[str, Estimate]]
    last: int = LAST


@dataclass(frozen=True)
class Figure:
    """What a row says: id, strand, words, unit; `zero` is the value against which it states a direction, if it does."""

    id: str
    strand: str
    words: str
    unit: str
    zero: float | None = None


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
    rank = max(int(binom.ppf((1 - level) / 2, n, 0.5)), 1)
    return Estimate(float(np.median(ordered)), float(ordered[rank - 1]), float(ordered[n - rank]), n, covers)


# ------------------------------------------------------------ rows


def _signs_agree(value: float, other: float, zero: float | None) -> bool | None:
    if zero is None or np.isnan(value) or np.isnan(other):
        return None
    return bool(np.sign(round(value - zero, 9)) == np.sign(round(other - zero, 9)))


def row(
    figure: Figure, part: str, kind: str, variant: str, found: Estimate, baseline: float = NAN, unit: str | None = None
) -> dict:
    """Return one row of the table; a baseline, or a variant in another unit, is compared with nothing."""
    own = kind == "baseline" or (unit or figure.unit) != figure.unit
    return dict(zip(COLUMNS, (
        figure.id, figure.strand, figure.words, part, found.covers, kind, variant,
        found.value, found.low, found.high, found.n,
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
    return frame.astype({"n": "Int64", "same_direction": "boolean"})


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
        (choice.kind, choice.name, choice.measure(_seen(cut, choice.last)), own.measure(_seen(cut, choice.last)), order)
        for choice in choices
    ]
    for name, (into, moved) in others.items():
        trials.append(("phase_cut", name, own.measure(moved), base, [into, order[order.index(into) - 1]]))
    rows = []
    for phase in order:
        level = Figure(f"{figure.id}-{phase}", figure.strand, figure.words, figure.unit)
        rows += [
            row(level, titles[phase], kind, name, found[phase], reference[phase].value)
            for kind, name, found, reference, touched in trials
            if phase in touched and phase in found and phase in reference
        ]
    for later, earlier, suffix in pairs:
        step = Figure(f"{figure.id}-{suffix}", figure.strand, f"{figure.words}: change", change, zero=0.0)
        part = f"{titles[earlier]} to {titles[later]}"
        for kind, name, found, reference, touched in trials:
            if {later, earlier} & set(touched) and {later, earlier} <= set(found) & set(reference):
                rows.append(
                    row(
                        step,
                        part,
                        kind,
                        name,
                        difference(found[later], found[earlier]),
                        reference[later].value - reference[earlier].value,
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


def spread(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per figure: what it is by the book's choice and how far the variants lead away from it.

    Other draws and levels of the bootstrap change the interval, not the value: they are left out.
    Columns: `figure_id`, `strand`, `figure`, `part`, `unit`, `value`, `low`, `high`, `n` (of the baseline), `lowest`
    and `highest` (over all variants in the same unit, with the baseline), `variants`, `compared` (those that state a
    direction), `kept` (those of them that keep it), `farthest` (variant with the largest difference) and `difference`.
    """
    rows = []
    for id_, group in frame[frame["variant_kind"] != "bootstrap"].groupby("figure_id", sort=False):
        own = group[group["variant_kind"] == "baseline"].iloc[0]
        alike = group[group["unit"] == own["unit"]]
        others = alike[(alike["variant_kind"] != "baseline") & alike["difference_from_baseline"].notna()]
        told = others["same_direction"].dropna()
        far = others.loc[others["difference_from_baseline"].abs().idxmax()] if len(others) else None
        rows.append({
            "figure_id": id_, **{c: own[c] for c in ("strand", "figure", "part", "unit", "value", "low", "high", "n")},
            "lowest": alike["value"].min(), "highest": alike["value"].max(),
            "variants": len(others), "compared": len(told), "kept": int(told.sum()),
            "farthest": far["variant"] if far is not None else "",
            "difference": far["difference_from_baseline"] if far is not None else NAN,
        })  # fmt: skip
    return pd.DataFrame(rows)
