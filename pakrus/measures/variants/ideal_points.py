"""How much hangs on a choice: the distance of two states' ideal points, and which of them moved, by each edition.

In: estimates of several editions. Out: rows for `pakrus.measures.variants.finished`. The difficulty is the interval of a
distance, which cannot be below zero: where the two states' intervals overlap it begins there.
"""

import numpy as np
import pandas as pd

from pakrus.measures.variants import NAN, Choice, Estimate, Figure, by_phase, difference, over_sessions, row
from pakrus.terms import session_of_year, year_of_session

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
    # of a difference of independent estimates, as in `difference`; of its size the lower end is at least zero
    gap = state["ideal_point"] - other["ideal_point"]
    low = gap - np.hypot(state["ideal_point"] - state["low"], other["high"] - other["ideal_point"])
    high = gap + np.hypot(state["high"] - state["ideal_point"], other["ideal_point"] - other["low"])
    nearest = np.minimum(low.abs(), high.abs()).where(low * high > 0, 0.0)
    yearly = pd.DataFrame({"value": gap.abs(), "low": nearest, "high": np.maximum(low.abs(), high.abs())}).dropna()

    def measure(first: int, last: int, key: int) -> Estimate:
        own = yearly.loc[year_of_session(first) : year_of_session(last)]
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
    """Return how far, whichever way: an interval that holds zero begins there."""
    ends = sorted((abs(found.low), abs(found.high)))
    return Estimate(abs(found.value), 0.0 if found.low * found.high <= 0 else ends[0], ends[1], found.n)


def _moves(ideal: pd.DataFrame, windows: tuple, partner: str, covers: str) -> dict[str, Estimate]:
    """Return both states' own moves between two windows (`positions.who_moved` has no intervals) and the lead."""
    pakistan, moscow = (
        difference(*(_window(ideal, state, span) for span in reversed(windows)), covers) for state in ("PAK", partner)
    )
    return {"pakistan": pakistan, "moscow": moscow, "lead": difference(_size(moscow), _size(pakistan), covers)}


def rows(
    editions: dict[tuple[str, str], pd.DataFrame], cut: pd.DataFrame, others: dict, partner: str = "RUS"
) -> list[dict]:
    """Return the distance of ideal points by phase and who moved, under each edition.

    `editions` maps (kind, name) to estimates with `state`, `year`, `ideal_point`, `low`, `high` (5th and 95th
    percentile); the first is the baseline. The interval of a mean distance is the mean of the yearly 90 % bounds: it
    takes the errors of all years of a phase as going together, which is on the safe side.
    """
    strand, unit = "ideal points", "units of the scale"
    choices = [
        Choice(kind, name, _distance(frame, partner), session_of_year(int(frame["year"].max())))
        for (kind, name), frame in editions.items()
    ]
    distance = Figure("distance", strand, "Distance of ideal points, mean of years", unit, level=90)
    out = by_phase(distance, choices, cut, others, unit)
    figures = {
        "pakistan": "Pakistan's own movement of ideal point",
        "moscow": "The USSR/Russia's own movement of ideal point",
        "lead": "How much farther the USSR/Russia moved than Pakistan",
    }
    for name, windows in WINDOWS.items():
        covers = " to ".join("-".join(map(str, sorted(set(window)))) for window in windows)
        found = {key: _moves(frame, windows, partner, covers) for key, frame in editions.items()}
        for who, words in figures.items():
            base = next(iter(found.values()))[who].value
            figure = Figure(f"moved-{who}-{name}", strand, words, unit, 0.0, 90)
            out += [row(figure, name, kind, edition, moves[who], base) for (kind, edition), moves in found.items()]
    return out
