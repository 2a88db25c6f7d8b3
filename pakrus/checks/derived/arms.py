"""Arms: what an order's cells say of each other, and volumes by year against the orders they are shared out of.

In: `arms_transfers`, `arms_volume`. Out: problems. The difficulty: published volumes come from another edition than the
register of orders, so only the even split is made again to the digit, and a published volume has room.
"""

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from pakrus.checks.derived.known import HALF, Known, holds, shown, unlike
from pakrus.checks.problem import Names

ORDERS, VOLUME = "arms_transfers", "arms_volume"
MORE = 3.0  # the edition of 2022 has for one supplier up to 2.5 times the register's volume
FEW = 30.0  # million TIV: below this one doubtful order decides


@holds(ORDERS, "transfer_id", "{said}: supplier, recipient, year of order, designation and a number")
def _identifier_of_its_order(known: Known) -> Iterator[tuple[int, Names]]:
    seen: dict[tuple[str, ...], int] = {}
    columns = (
        known.text(ORDERS, name) for name in ("recipient", "supplier", "order_year", "designation", "transfer_id")
    )
    for place, (*key, found) in enumerate(zip(*columns, strict=True)):
        recipient, supplier, year, designation = key
        seen[tuple(key)] = seen.get(tuple(key), 0) + 1
        slug = re.sub(r"[^a-z0-9]+", "-", designation.lower()).strip("-")
        parts = (supplier.lower() or "unknown", recipient.lower(), year or "nd", slug, str(seen[tuple(key)]))
        if found != "-".join(parts):
            yield place + 2, {"said": "-".join(parts)}


def _items_times_their_value(number: str, value: str, known: Known) -> Iterator[tuple[int, Names]]:
    items, unit = known.number(ORDERS, number), known.number(ORDERS, "tiv_unit")
    sound = ~known.junk(ORDERS, number) & ~np.isnan(unit)
    items = np.where(np.isnan(items), 0, items)  # a number that is not known counts for nothing
    yield from unlike(known, ORDERS, value, items * unit, 2, sound, room=items * HALF * 1e-2)


for _number, _value in (("ordered", "tiv_order"), ("delivered", "tiv_delivered")):
    holds(ORDERS, _value, f"{{number}}, {{{_number}}} items of tiv_unit {{tiv_unit}}")(
        partial(_items_times_their_value, _number, _value)
    )


@holds(ORDERS, "delivered", "no more than were ordered, {ordered}")
def _no_more_than_ordered(known: Known) -> Iterator[tuple[int, Names]]:
    ordered, delivered = (known.number(ORDERS, name) for name in ("ordered", "delivered"))
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(delivered > ordered))


def _years(known: Known) -> list[list[int] | None]:
    """The years of delivery of each order; None where the cell is no list of years."""
    found = []
    for cell in known.text(ORDERS, "delivery_years"):
        fits = re.fullmatch(r"\d{4}(?:; \d{4})*|", cell)
        found.append([int(year) for year in re.findall(r"\d{4}", cell)] if fits else None)
    return found


@holds(ORDERS, "delivery_years", "{said}")
def _years_of_delivery(known: Known) -> Iterator[tuple[int, Names]]:
    ordered, delivered = known.number(ORDERS, "order_year"), known.number(ORDERS, "delivered")
    for place, (years, edition) in enumerate(zip(known.once(_years), known.text(ORDERS, "edition"), strict=True)):
        last = int(edition[:4]) if edition[:4].isdigit() else 9999
        if years is None:
            yield place + 2, {"said": "years separated by '; '"}
        elif years != sorted(set(years)):
            yield place + 2, {"said": "years in ascending order, each once"}
        elif years and years[0] < ordered[place]:
            yield place + 2, {"said": f"years from {ordered[place]:.0f}, the year of the order, on"}
        elif years and years[-1] > last:
            yield place + 2, {"said": f"years up to {last}, that of the edition"}
        elif not years and delivered[place] > 0:
            yield place + 2, {"said": f"a year, as {delivered[place]:.0f} were delivered"}
        elif years and delivered[place] == 0:
            yield place + 2, {"said": "no value, as none was delivered"}


@holds(ORDERS, "order_year", "a year up to {said}, that of the edition")
def _ordered_before_the_edition(known: Known) -> Iterator[tuple[int, Names]]:
    years = known.number(ORDERS, "order_year")
    for place, edition in enumerate(known.text(ORDERS, "edition")):
        if edition[:4].isdigit() and not years[place] <= int(edition[:4]) and not np.isnan(years[place]):
            yield place + 2, {"said": edition[:4]}


def even_split(known: Known) -> dict[tuple[str, str, str, int], float]:
    """Return delivered volumes shared evenly over each order's years, by supplier, its name, recipient and year.

    They are rounded to two places like the table's.
    """
    found: dict[tuple[str, str, str, int], float] = {}
    columns = [known.text(ORDERS, name) for name in ("supplier", "supplier_name", "recipient")]
    volume = known.number(ORDERS, "tiv_delivered")
    for place, (years, *names) in enumerate(zip(known.once(_years), *columns, strict=True)):
        if years and volume[place] > 0:
            for year in years:
                key = (*names, year)
                found[key] = found.get(key, 0.0) + float(volume[place]) / len(years)
    return {key: round(value, 2) for key, value in found.items()}


@holds(VOLUME, "tiv", "{number}, the volume delivered by {supplier_name} to {recipient} in arms_transfers, shared evenly over the years of delivery", ORDERS)  # fmt: skip
def _shared_evenly(known: Known) -> Iterator[tuple[int, Names]]:
    split, keys = known.once(even_split), ("supplier", "supplier_name", "recipient")
    columns = [known.text(VOLUME, name) for name in keys]
    years, method = known.number(VOLUME, "year"), known.text(VOLUME, "method")
    wanted = np.array(
        [split.get((*names, int(y) if y == y else 0), np.nan) for *names, y in zip(*columns, years, strict=True)]
    )
    sound = not known.junk(ORDERS, "tiv_delivered").any() and None not in known.once(_years)
    for number, names in unlike(known, VOLUME, "tiv", wanted, 2, (method == "even split") & sound):
        yield number, names if names["number"] != "no value" else {"number": "no row of this year"}


@holds(VOLUME, "year", "a row of {said} too, as arms_transfers has deliveries of that year", ORDERS)
def _every_year_of_the_split(known: Known) -> Iterator[tuple[int, Names]]:
    own = known.text(VOLUME, "method") == "even split"
    columns = [known.text(VOLUME, name)[own] for name in ("supplier", "supplier_name", "recipient")]
    here = {(*names, y) for *names, y in zip(*columns, known.number(VOLUME, "year")[own], strict=True)}
    suppliers = set(columns[0])
    for key in sorted(known.once(even_split)):
        if key[0] in suppliers and key not in here and own.any() and key[2] in set(columns[2]):
            yield int(np.flatnonzero(own)[-1]) + 2, {"said": f"{key[3]} from {key[1]} to {key[2]}"}


@holds(
    VOLUME,
    "tiv",
    f"at most about {MORE:g} times {{number}}, all that {{supplier_name}} delivered to {{recipient}} by arms_transfers",
    ORDERS,
)
def _no_more_than_all_deliveries(known: Known) -> Iterator[tuple[int, Names]]:
    whole: dict[tuple[str, str], float] = {}
    for (supplier, _, recipient, _), volume in known.once(even_split).items():
        whole[supplier, recipient] = whole.get((supplier, recipient), 0.0) + volume
    columns = (known.text(VOLUME, name) for name in ("supplier", "recipient"))
    for place, (key, volume) in enumerate(zip(zip(*columns, strict=True), known.number(VOLUME, "tiv"), strict=True)):
        if key in whole and volume > MORE * whole[key] + FEW:
            yield place + 2, {"number": shown(whole[key], 1)}


@holds(VOLUME, "year", "a year up to {said}, that of the edition")
def _delivered_before_the_edition(known: Known) -> Iterator[tuple[int, Names]]:
    years = known.number(VOLUME, "year")
    for place, edition in enumerate(known.text(VOLUME, "edition")):
        if edition[:4].isdigit() and years[place] > int(edition[:4]):
            yield place + 2, {"said": edition[:4]}
