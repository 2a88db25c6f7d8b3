"""Ideal points: an estimate lies in the middle of its bounds, moves by small steps and stands there for the years of others."""

from collections.abc import Iterator

import numpy as np

from pakrus.checks.derived.known import Known, holds, shown
from pakrus.checks.problem import Names

TABLE = "ideal_points"
STEP = 2.5  # the largest step of a state from one year to the next is 1.03
WIDEST = 4.0  # the widest interval is 1.83
OFF_CENTRE = 0.12  # of the interval's width; estimates lie within 0.04 of its middle


@holds(TABLE, "ideal_point", "about {number}, the middle between low and high")
def _in_the_middle_of_its_bounds(known: Known) -> Iterator[tuple[int, Names]]:
    point, low, high = (known.number(TABLE, name) for name in ("ideal_point", "low", "high"))
    off = (np.abs((point - low) / (high - low) - 0.5) > OFF_CENTRE) & (high > low)
    yield from ((int(i) + 2, {"number": shown((low[i] + high[i]) / 2, 2)}) for i in np.flatnonzero(off))


@holds(TABLE, "high", f"a number less than {WIDEST:g} above low ({{low}}), as in all other years")
def _bounds_not_too_wide(known: Known) -> Iterator[tuple[int, Names]]:
    low, high = (known.number(TABLE, name) for name in ("low", "high"))
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(high - low > WIDEST))


@holds(TABLE, "ideal_point", f"a number less than {STEP:g} from those of the state's years beside it, {{said}}")
def _no_leap_between_years(known: Known) -> Iterator[tuple[int, Names]]:
    point = known.number(TABLE, "ideal_point")
    for places in known.groups(TABLE, "state").values():
        own = places[~np.isnan(point[places])]
        for at, here in enumerate(own):
            beside = [point[other] for other in (*own[max(at - 1, 0) : at], *own[at + 1 : at + 2])]
            if beside and all(abs(point[here] - other) > STEP for other in beside):
                yield int(here) + 2, {"said": " and ".join(shown(float(other), 4) for other in beside)}


@holds(TABLE, "year", "a row of {lacking} before it, as three other states have one")
def _the_same_years_for_every_state(known: Known) -> Iterator[tuple[int, Names]]:
    year, groups = known.number(TABLE, "year"), known.groups(TABLE, "state")
    held = [set(year[places][~np.isnan(year[places])].tolist()) for places in groups.values()]
    for places, own in zip(groups.values(), held, strict=True):
        others = [one for one in held if one is not own]
        for lacking in sorted(set().union(*others) - own):
            later = places[year[places] > lacking]
            begun = own and lacking > min(own)
            if begun and len(later) and sum(lacking in one for one in others) >= 3:
                yield int(later[0]) + 2, {"lacking": shown(lacking, 0)}


@holds(TABLE, "year", "a year that another state has a row of too")
def _no_year_alone(known: Known) -> Iterator[tuple[int, Names]]:
    groups = known.groups(TABLE, "year")
    several = len(known.groups(TABLE, "state")) > 2 and any(len(places) > 2 for places in groups.values())
    for (year,), places in groups.items():
        if several and len(places) == 1 and year.isdigit():
            yield int(places[0]) + 2, {}


@holds(TABLE, "n", "a number of roll calls like those of other states in {year}, at most about {number}")
def _votes_like_those_of_other_states(known: Known) -> Iterator[tuple[int, Names]]:
    n = known.number(TABLE, "n")
    for places in known.groups(TABLE, "year").values():
        for i in places if len(places) > 2 else ():
            others = n[places[places != i]]
            most = others[~np.isnan(others)].max(initial=0)
            if n[i] > 1.5 * most + 10:
                yield int(i) + 2, {"number": shown(float(most), 0)}
