"""Change points: whether a yearly series steps, when, and whether such a step could be noise that only lasts.

What comes in: yearly series (`pakrus.measures.strands.yearly`), one value a year. What goes out: the best steps of each (`fit`), a test of
steps against none (`tested`), dates with intervals (`dated`), and how near dates lie to others that were given beforehand
(`nearest_to`). Steps are found exactly, by dynamic programming over all ways to cut a series into spans of `LEAST` years or more.
The one difficulty is persistence: a series that changes slowly looks as if it stepped. So the noise against which a step is
tested has the series' own persistence, read in two ways: over the whole series, as if there were no step (strict, since a true
step raises it), and within the spans that the steps leave (lenient, since it is then too small). A gap of a year is passed over.

Source: J. Bai and P. Perron (1998), "Estimating and testing linear models with multiple structural changes", Econometrica 66(1),
47-78, for the statistic (the largest over the numbers of steps, each number with the same weight) and (2003), Journal of Applied
Econometrics 18(1), 1-22, for the dynamic programming; critical values are drawn here, not taken from their tables.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.estimate import Estimate, quantity, share, year
from pakrus.measures import chances

SEED = 1947
DRAWS = 399  # so that a p-value is a multiple of 1/400
MORE, SMALL = 4000, 0.04  # further draws where the strict p-value is that small: near the threshold 399 are too few
TRIALS = 300  # drawn series a point of `calibrated`
MOST, LEAST = 3, 4  # steps a series at most; years between two steps and at both ends at least
LEVEL = 0.05
TOGETHER = 256  # series that are fitted at once: what they need stays in a processor's own memory
RUN_IN = 60  # years of noise that are thrown away before a drawn series begins
HIGHEST = 0.97  # of a persistence: noise must come back to its mean
# the years that commentary names: the end of the Soviet Union, the attacks of September 2001, the end of the embargo and Ufa, the SCO, Ukraine
COMMENTARY = {"1991": 1991, "2001": 2001, "2014–15": 2015, "2017": 2017, "2022": 2022}
CALENDAR = (1947, 2025)  # the years along which dates are shifted
WINDOW = 8  # years before and after a date that was given beforehand


class Fit(NamedTuple):
    """Steps of series of one length, a row a series: sums of squares by number of steps, and for each number where spans begin."""

    squares: np.ndarray  # series x (0 .. most steps)
    starts: list[np.ndarray]  # for 1 .. most steps: series x steps, places of the first value after each step


def fit(values: np.ndarray, most: int = MOST, least: int = LEAST, places: bool = True) -> Fit:
    """Return for each series (a row of `values`) the steps with the smallest sum of squares about the means of the spans.

    For every number of steps up to `most`; every span has at least `least` values. Without `places` the sums of squares alone: where
    the steps lie costs more time than how much they explain, and a test asks only that.

    Raises
    ------
    ValueError
        When the series are too short for that many steps.
    """
    values = np.atleast_2d(np.asarray(values, dtype=float))
    n = values.shape[1]
    if n < (most + 1) * least:
        raise ValueError(f"{n} values do not hold {most} steps with {least} values in each span")
    parts = [_fit(values[row : row + TOGETHER], most, least, places) for row in range(0, len(values), TOGETHER)]
    squares = np.maximum(np.concatenate([part.squares for part in parts]), 0.0)
    return Fit(squares, [np.concatenate(found) for found in zip(*(part.starts for part in parts), strict=True)])


def _fit(values: np.ndarray, most: int, least: int, places: bool) -> Fit:
    # a column a series: the smallest over the places of a step is then taken for all series at once
    number, n = values.shape
    centred = (values - values.mean(axis=1, keepdims=True)).T
    total, square = (np.zeros((n + 1, number)) for _ in range(2))
    total[1:], square[1:] = np.cumsum(centred, axis=0), np.cumsum(centred**2, axis=0)
    cost = np.full((most + 1, n + 1, number), np.inf)  # of the first so many values with so many steps
    cost[0, least:] = square[least:] - total[least:] ** 2 / np.arange(least, n + 1)[:, None]
    before, columns = np.zeros((most + 1, n + 1, number), dtype=np.int16), np.arange(number)
    spans, wholes = np.empty((2, n + 1, number))  # written over for each end: new memory would cost more than the sums
    for end in range(2 * least, n + 1):
        cut = np.arange(least, end - least + 1)[:, None]
        span = np.subtract(total[least : end - least + 1], total[end], out=spans[: len(cut)])
        np.multiply(span, span, out=span)
        span /= cut - end
        span -= square[least : end - least + 1]
        span += square[end]
        for steps in range(1, min(most, end // least - 1) + 1):
            from_here = (steps - 1) * least  # places of `cut` that leave room for the steps before
            room = wholes[: len(cut) - from_here]
            whole = np.add(cost[steps - 1, least + from_here : end - least + 1], span[from_here:], out=room)
            if places:
                place = whole.argmin(axis=0)
                cost[steps, end], before[steps, end] = whole[place, columns], place + least + from_here
            else:
                np.minimum.reduce(whole, axis=0, out=cost[steps, end])
    starts = []
    for steps in range(1, most + 1 if places else 1):
        end, found = np.full(number, n), np.zeros((number, steps), dtype=int)
        for place in range(steps - 1, -1, -1):
            end = before[place + 1][end, columns].astype(int)
            found[:, place] = end
        starts.append(found)
    return Fit(cost[:, n].T, starts)


def statistics(squares: np.ndarray, n: int) -> np.ndarray:
    """Return the F statistic of each number of steps against none, a row a series, from sums of squares (`fit`) of `n` values."""
    steps = np.arange(1, squares.shape[1])
    inside = np.maximum(squares[:, 1:], 1e-12 * np.maximum(squares[:, :1], 1e-300))
    return (squares[:, :1] - squares[:, 1:]) / steps / (inside / (n - steps - 1))


def persistence(residuals: np.ndarray) -> float:
    """Return the first-order autocorrelation of residuals about their means, corrected for the length of the series.

    The plain estimate is too small by about (1 + 3φ)/n; the result lies in 0-0.97.
    Source: F. H. C. Marriott and J. A. Pope (1954), "Bias in the estimation of autocorrelations", Biometrika 41(3/4), 390-402.
    """
    residuals = np.asarray(residuals, dtype=float)
    before, after = residuals[:-1], residuals[1:]
    whole = float((before**2).sum())
    plain = float((before * after).sum()) / whole if whole > 0 else 0.0
    return float(np.clip(plain + (1 + 3 * plain) / len(residuals), 0.0, HIGHEST))


def noise(residuals: np.ndarray, phi: float, draws: int, key: int) -> np.ndarray:
    """Return drawn noise of persistence `phi`, a row a draw: what is new in each year is drawn from what was new in the residuals."""
    residuals = np.asarray(residuals, dtype=float)
    n, new = len(residuals), residuals[1:] - phi * residuals[:-1]
    new = new - new.mean()
    drawn = np.random.default_rng([SEED, key]).choice(new, size=(n + RUN_IN, draws))
    for row in range(1, len(drawn)):
        drawn[row] += phi * drawn[row - 1]
    return drawn[RUN_IN:].T.copy()


def _means(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return the mean of its own span for each value; `starts` are the places of the first value after each step."""
    spans = np.split(values, starts)
    return np.concatenate([np.full(len(span), span.mean()) for span in spans])


class _Series(NamedTuple):
    """A series ready for a test: years, values, its best steps, and the persistence of both readings."""

    years: np.ndarray
    values: np.ndarray
    statistic: float
    starts: np.ndarray
    inside: np.ndarray  # residuals within the spans
    strict: float
    lenient: float


def _read(rows: pd.DataFrame) -> _Series:
    rows = rows.sort_values("year")
    years, values = rows["year"].to_numpy(), rows["value"].to_numpy(dtype=float)
    found = fit(values)
    by_number = statistics(found.squares, len(values))[0]
    starts = found.starts[int(by_number.argmax())][0]
    inside = values - _means(values, starts)
    return _Series(years, values, float(by_number.max()), starts, inside, persistence(values - values.mean()), persistence(inside))  # fmt: skip


def _chance(series: _Series, residuals: np.ndarray, phi: float, key: int, more: int = 0) -> float:
    """Return how rare a statistic as large is among drawn series without a step: the p-value.

    Where it is small (`SMALL`) so many `more` series are drawn, and the p-value is that of all.
    """
    hits = drawn = 0
    for part, number in enumerate((DRAWS, more)):
        if part and (not number or (hits + 1) / (drawn + 1) > SMALL):
            break
        values = noise(residuals, phi, number, 1000 * part + key)
        largest = statistics(fit(values, places=False).squares, values.shape[1]).max(axis=1)
        hits, drawn = hits + int(np.count_nonzero(largest >= series.statistic - 1e-9)), drawn + number
    return (hits + 1) / (drawn + 1)


def tested(yearly: pd.DataFrame, key: int = 0) -> pd.DataFrame:
    """Return for each series whether it steps at all, a row a series in their order.

    `yearly` has `series`, `year`, `value` and any columns that are the same in all rows of a series (kept). Columns added: `first`,
    `last` (years), `n`, `steps` (of the number with the largest statistic), `statistic`, then for the strict and the lenient
    reading `persistence`, `p`, `adjusted` (Benjamini and Hochberg over the series) and `persistence_within`, `p_within`,
    `adjusted_within`; `verdict`: `breaks` (strict, adjusted p below 0.05), `leans` (lenient alone), `none`.
    `key` sets the random numbers apart: another one must change no verdict.
    """
    same = [name for name in yearly.columns if name not in ("year", "value")]
    rows = []
    for place, (_, own) in enumerate(yearly.groupby("series", sort=False)):
        series = _read(own)
        about_mean = series.values - series.values.mean()
        rows.append({
            **own.iloc[0][same], "first": int(series.years.min()), "last": int(series.years.max()), "n": len(series.years),
            "steps": len(series.starts), "statistic": series.statistic,
            "persistence": series.strict, "p": _chance(series, about_mean, series.strict, 100 * key + place, MORE),
            "persistence_within": series.lenient, "p_within": _chance(series, series.inside, series.lenient, 100 * key + place),
        })  # fmt: skip
    frame = pd.DataFrame(rows)
    for name in ("", "_within"):
        frame[f"adjusted{name}"] = chances.adjusted(frame[f"p{name}"])
    firm, loose = frame["adjusted"] < LEVEL, frame["adjusted_within"] < LEVEL
    frame["verdict"] = np.where(firm, "breaks", np.where(loose, "leans", "none"))
    return frame


def dated(yearly: pd.DataFrame, key: int = 0) -> pd.DataFrame:
    """Return the best steps of each series, whether they stand or not, with the interval of their dates.

    Columns: those of `yearly` that are the same in all rows of a series, `year` (the first after the step), `low`, `high` (95 %:
    the means of the spans with fresh noise of the persistence within them, and the steps sought again), `before`, `after`
    (means of the spans on both sides). The number of steps is that of `tested` and taken as known.
    """
    same = [name for name in yearly.columns if name not in ("year", "value")]
    rows = []
    for place, (_, own) in enumerate(yearly.groupby("series", sort=False)):
        series = _read(own)
        means = _means(series.values, series.starts)
        drawn = means + noise(series.inside, series.lenient, DRAWS, 100 * key + 50 + place)
        found = np.sort(fit(drawn, len(series.starts)).starts[-1], axis=0)
        ends = (found[int(part * DRAWS)] for part in (0.025, 0.975))
        for start, low, high in zip(series.starts, *ends, strict=True):
            rows.append({
                **own.iloc[0][same], "year": int(series.years[start]),
                "low": int(series.years[min(low, start)]), "high": int(series.years[max(high, start)]),
                "before": means[start - 1], "after": means[start],
            })  # fmt: skip
    return pd.DataFrame(rows)


class Nearness(NamedTuple):
    """How far dates lie from the nearest of some given years, on average, and how rare that is when all are shifted together."""

    distance: Estimate
    expected: Estimate
    p: Estimate


def nearest_to(
    dates: pd.Series, given: Sequence[int], words: str, first: int = CALENDAR[0], last: int = CALENDAR[1]
) -> Nearness:
    """Return the mean distance in years of dates to the nearest of the given years, against all shifts along the calendar.

    The dates are moved together by every number of years, what leaves the calendar `first`-`last` at one end coming in at the
    other; so their distances from each other stay, and only their match with the given years is put to the test. The p-value
    is one-sided (as near or nearer); with a calendar of 78 years it is never below 1/78.
    """
    dates, given = np.asarray(dates, dtype=int), np.asarray(given, dtype=int)
    length = last - first + 1
    moved = first + (dates[None] - first + np.arange(length)[:, None]) % length
    distances = np.abs(moved[:, :, None] - given[None, None]).min(axis=2).mean(axis=1)
    p = np.count_nonzero(distances <= distances[0] + 1e-9) / length
    said = f"distance of {words} from the nearest of {', '.join(map(str, given))}"
    return Nearness(
        quantity(distances[0], f"mean {said}", 1, "years", len(dates)),
        quantity(distances.mean(), f"mean {said}, over all shifts of the calendar", 1, "years", len(dates)),
        quantity(p, f"share of shifts of the calendar with so small a {said}", 2, n=length),
    )


def owners(
    dates: pd.DataFrame, given: dict[str, int], first: int = CALENDAR[0], last: int = CALENDAR[1], within: int = 1
) -> pd.DataFrame:
    """Return for each given year which series step within some years of it, and how many would by a shift of the calendar.

    `dates` has `series` and `year` (rows of `dated`), `given` a year by its name. Columns: `date` (the name), `year`, `count`
    (series with such a step), `expected` (the mean over all shifts of `nearest_to`), `chance` (share of the shifts with as many
    or more), `which` (the series and their years, joined by "; ").
    """
    length, rows = last - first + 1, []
    years = first + (dates["year"].to_numpy()[None] - first + np.arange(length)[:, None]) % length
    for name, at in given.items():
        near = dates[(dates["year"] - at).abs() <= within]
        found = np.array([dates["series"][hit].nunique() for hit in np.abs(years - at) <= within])
        which = [f"{series} {when}" for series, when in zip(near["series"], near["year"], strict=True)]
        rows.append({
            "date": name, "year": at, "count": int(found[0]), "expected": float(found.mean()),
            "chance": float((found >= found[0]).mean()), "which": "; ".join(which) or "none",
        })  # fmt: skip
    return pd.DataFrame(rows)


class Crowd(NamedTuple):
    """The year near which most series step, how many, and how rare so many are when the strands are shifted apart."""

    year: Estimate
    series: Estimate
    p: Estimate


BLOCKS = {"votes": "Assembly", "positions": "Assembly"}  # both are made from the same roll calls


def crowded(
    dates: pd.DataFrame, first: int = CALENDAR[0], last: int = CALENDAR[1], within: int = 1, draws: int = 2000
) -> Crowd:
    """Return the year within some years of which most series step (rows of `dated`), of equals the first.

    The chance: strands are shifted along the calendar, each by a number of years of its own, and the fullest year is sought again.
    Series of one strand stay together, votes and positions too, since one event in New York moves them all.
    """
    length, years = last - first + 1, np.arange(first, last + 1)
    names, series = np.unique(dates["series"], return_inverse=True)
    blocks = np.unique(dates["strand"].map(lambda name: BLOCKS.get(name, name)), return_inverse=True)[1]

    def counts(places: np.ndarray) -> np.ndarray:
        """Return how many series step near each year: `places` from 0, a row a draw."""
        found = np.zeros((len(places), length))
        for name in range(len(names)):
            near = np.abs(places[:, series == name][:, :, None] - np.arange(length)[None, None]) <= within
            found += near.any(axis=1)
        return found

    own = dates["year"].to_numpy() - first
    here = counts(own[None])[0]
    moves = np.random.default_rng([SEED, 3]).integers(0, length, size=(draws, blocks.max() + 1))
    drawn = np.concatenate([counts((own + part[:, blocks]) % length).max(axis=1) for part in np.array_split(moves, 20)])
    words = f"year within {within} of which most series step"
    return Crowd(
        year(int(years[here.argmax()]), words),
        replace(quantity(here.max(), f"series that step there: {words}"), n=len(names)),
        quantity((np.count_nonzero(drawn >= here.max()) + 1) / (draws + 1), f"chance of so many series that step together, strands shifted apart: {words}", 2, n=draws),
    )  # fmt: skip


def able(tests: pd.DataFrame, at: int, least: int = LEAST) -> Estimate:
    """Return how many series could have a step in a year: those with `least` years on both sides (rows of `tested`)."""
    found = (tests["first"] + least <= at) & (at <= tests["last"] - least + 1)
    return replace(quantity(int(found.sum()), f"series long enough to have a step in {at}"), n=len(tests))


def at_given(yearly: pd.DataFrame, given: dict[str, int], window: int = WINDOW, least: int = LEAST, key: int = 0) -> pd.DataFrame:  # fmt: skip
    """Return how each series' mean changes across each given year, and whether noise of its persistence does as much.

    A date that was named beforehand needs no search, so this sees smaller steps than `tested`. The means are of up to `window`
    years before and from the year on, at least `least` on both sides; pairs without them are left out. Columns: `series`,
    `date`, `year`, `before`, `after`, `change` (in standard deviations of the series about its best steps), `p` (two-sided,
    strict reading), `adjusted` (Benjamini and Hochberg over all pairs).
    """
    rows = []
    for place, (name, own) in enumerate(yearly.groupby("series", sort=False)):
        series = _read(own)
        drawn = noise(series.values - series.values.mean(), series.strict, DRAWS, 100 * key + 30 + place)
        for date, at in given.items():
            sides = [(series.years >= at - window) & (series.years < at), (series.years >= at) & (series.years < at + window)]  # fmt: skip
            if min(side.sum() for side in sides) < least:
                continue
            before, after = (series.values[side].mean() for side in sides)
            chance = np.abs(drawn[:, sides[1]].mean(axis=1) - drawn[:, sides[0]].mean(axis=1))
            p = (np.count_nonzero(chance >= abs(after - before) - 1e-12) + 1) / (DRAWS + 1)
            spread = float(series.inside.std()) or float("nan")
            rows.append({"series": name, "date": date, "year": at, "before": before, "after": after, "change": (after - before) / spread, "p": p})  # fmt: skip
    frame = pd.DataFrame(rows)
    return frame.assign(adjusted=chances.adjusted(frame["p"]))


def _drawn(phi: float, n: int, draws: int, key: int) -> np.ndarray:
    """Return normal noise of persistence `phi` and standard deviation 1, a row a draw."""
    new = np.random.default_rng([SEED, key]).standard_normal((n + RUN_IN, draws)) * np.sqrt(1 - phi**2)
    for row in range(1, n + RUN_IN):
        new[row] += phi * new[row - 1]
    return new[RUN_IN:].T.copy()


GRID = (0.0, 0.2, 0.4, 0.55, 0.7, 0.8, 0.88, 0.94, HIGHEST)  # persistence at which critical values are drawn


def calibrated(phis: Sequence[float], steps: Sequence[float], n: int = 78, level: float = LEVEL) -> pd.DataFrame:
    """Return how often both readings call a step in drawn series of which it is known whether they have one.

    Series of `n` years have normal noise of a true persistence and standard deviation 1, and one step of so many standard deviations
    in their middle (0: none). Columns: `persistence`, `step`, `strict`, `lenient` (shares, 0-1). In the rows without a step they
    are false alarms, which should be `level`; in the others power. No correction for many series is in it.
    """
    highest = [statistics(fit(_drawn(phi, n, TRIALS, 7), places=False).squares, n).max(axis=1) for phi in GRID]
    critical = [np.quantile(one, 1 - level) for one in highest]
    rows = []
    for phi in phis:
        quiet = _drawn(phi, n, TRIALS, 11)
        for size in steps:
            values = quiet + size * (np.arange(n) >= n // 2)
            found = fit(values)
            by_number = statistics(found.squares, n)
            best = by_number.argmax(axis=1)
            inside = [own - _means(own, found.starts[number][row]) for row, (own, number) in enumerate(zip(values, best, strict=True))]  # fmt: skip
            readings = {"strict": values - values.mean(axis=1, keepdims=True), "lenient": np.array(inside)}
            called = {
                name: float(
                    (by_number.max(axis=1) > np.interp([persistence(row) for row in left], GRID, critical)).mean()
                )
                for name, left in readings.items()
            }
            rows.append({"persistence": phi, "step": size, **called})
    return pd.DataFrame(rows)


# ------------------------------------------------------------ what a chapter asks


def standing(tests: pd.DataFrame, verdict: str) -> Estimate:
    """Return how many series have a verdict (`breaks`, `leans`, `none`); `n` is the number of all (rows of `tested`)."""
    said = {"breaks": "series that break", "leans": "series that lean", "none": "series without a step"}[verdict]
    return replace(quantity(int((tests["verdict"] == verdict).sum()), said), n=len(tests))


def stepping(tests: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Return the dates (rows of `dated`) of the series that break or lean (rows of `tested`)."""
    kept = tests.loc[tests["verdict"] != "none", "series"]
    return dates[dates["series"].isin(kept)].reset_index(drop=True)


def shown(tests: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Return `tested` and `dated` together as a table for readers: a row a series, its steps and their intervals as text."""
    rows = []
    for row in tests.itertuples():
        own = dates[dates["series"] == row.series]
        steps = ", ".join(f"{step.year} ({step.low} to {step.high})" for step in own.itertuples())
        rows.append({
            "Series": row.series, "Years": row.n, "Best steps, first year after, with interval": steps,
            "Persistence, strict": row.persistence, "p, strict": row.adjusted,
            "Persistence, lenient": row.persistence_within, "p, lenient": row.adjusted_within, "Verdict": row.verdict,
        })  # fmt: skip
    return pd.DataFrame(rows)


def owners_shown(owned_years: pd.DataFrame, tests: pd.DataFrame) -> pd.DataFrame:
    """Return `owners` as a table for readers, with the number of series long enough to have a step there."""
    return pd.DataFrame([
        {
            "Date": row.date, "Long enough": int(able(tests, row.year).value), "Series within a year": row.count_,
            "Expected by shifts": row.expected, "Share of shifts with as many": row.chance, "Which, and when": row.which,
        }
        for row in owned_years.rename(columns={"count": "count_"}).itertuples()
    ])  # fmt: skip


def chance(tests: pd.DataFrame, series: str, reading: str = "strict") -> Estimate:
    """Return the adjusted p-value of one series by the `strict` or the `lenient` reading (rows of `tested`)."""
    row = tests.set_index("series").loc[series]
    column = {"strict": "adjusted", "lenient": "adjusted_within"}[reading]
    return quantity(row[column], f"p-value of a step, {series}, {reading} reading, adjusted for {len(tests)} series", 3, n=int(row["n"]))  # fmt: skip


class Step(NamedTuple):
    """A step of a series: the first year after it with its interval, the means before and after."""

    year: Estimate
    before: Estimate
    after: Estimate


def step(dates: pd.DataFrame, series: str, order: int = 1, digits: int = 0, times: float = 1, unit: str = "") -> Step:
    """Return one step of a series, the first or a later one in order of time (rows of `dated`).

    Raises
    ------
    KeyError
        When the series has no such step.
    """
    rows = dates[dates["series"] == series].sort_values("year")
    if not 1 <= order <= len(rows):
        raise KeyError(f"{series}: {len(rows)} steps, none is number {order}")
    row = rows.iloc[order - 1]
    words = f"{series}, step {order}"
    means = (
        quantity(times * row[name], f"mean {name} the step: {words}", digits, unit) for name in ("before", "after")
    )
    return Step(replace(year(row["year"], f"first year after the step: {words}"), low=row["low"], high=row["high"]), *means)  # fmt: skip


def called(trials: pd.DataFrame, phi: float, size: float, reading: str) -> Estimate:
    """Return how often a reading (`strict`, `lenient`) calls a step of so many standard deviations (rows of `calibrated`)."""
    row = trials[(trials["persistence"] == phi) & (trials["step"] == size)].iloc[0]
    what = (
        f"steps of {size:g} standard deviations that are seen"
        if size
        else "series without a step that are called broken"
    )
    return share(row[reading], f"{what}, {reading} reading, persistence {phi:g}", TRIALS)


def smallest(pairs: pd.DataFrame) -> Estimate:
    """Return the smallest adjusted p-value of all series at all given years (rows of `at_given`); `n` counts the pairs."""
    return quantity(pairs["adjusted"].min(), "smallest adjusted p-value of all series at the years of commentary", 2, n=len(pairs))  # fmt: skip


def owned(owned_years: pd.DataFrame, date: str) -> Estimate:
    """Return how many series step within a year of a named date (rows of `owners`)."""
    row = owned_years.set_index("date").loc[date]
    return quantity(int(row["count"]), f"series that step within a year of {date}")


def rarity(owned_years: pd.DataFrame, date: str) -> Estimate:
    """Return the share of shifts of the calendar with as many series near a named date (rows of `owners`)."""
    row = owned_years.set_index("date").loc[date]
    return quantity(row["chance"], f"share of shifts of the calendar with as many series within a year of {date}", 2)
