"""What any derived table is, whatever it is about: intervals around their value, shares between their limits, rows in order.

In goes the descriptor, which says what a column is (its name, its unit), and the tables' rows. Out come problems. The
difficulty is a row that is missing: it is told at the row after the gap, by what the other rows lead one to expect.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np

from pakrus.checks.derived.known import Known, holds, shown, usual
from pakrus.checks.problem import Names

TABLES = (
    "unga_votes", "unga_agreement", "unga_contested", "unga_agreement_issues", "unga_validation", "unga_dyads_rank",
    "unsc_votes", "ungd_mentions", "ungd_contexts", "ungd_checked", "ideal_points", "trade", "trade_partners", "trade_mirror",
    "arms_transfers", "arms_volume", "price_index", "macro", "aid", "opinion", "media_attention", "icews_dyads",
    "cross_source", "sensitivity", "scaling",
)  # fmt: skip
# units that say between which numbers a value lies
LIMITS = (
    (r"^share\b", (0, 1)),
    (r"^per cent\b|^percentile$", (0, 100)),
    (r"^percentile points$|^percentage points$", (-100, 100)),
    (r"^index, 1 = full agreement", (-1, 1)),
    (r"^(roll calls|states|items|events|votes|persons|words|names|years|sessions|times)$", (0, np.inf)),
)
# columns by which the rows of a table stand in order; a column of numbers goes by size
ORDER = {
    "unga_agreement": "=partner session",
    "unga_dyads_rank": "=partner session", "ideal_points": "state year", "trade_partners": "partner year",
    "trade_mirror": "exporter year", "trade": "=kind source year", "arms_volume": "=method recipient supplier supplier_name year",
    "arms_transfers": "recipient supplier order_year", "price_index": "year", "macro": "indicator state year",
    "aid": "donor flow price_basis year period", "opinion": "target year", "media_attention": "outlet month",
    "icews_dyads": "initiator target year", "unsc_votes": "date", "ungd_mentions": "=speaker session",
    "ungd_contexts": "=speaker session number", "ungd_checked": "check_id", "scaling": "repeats",
}  # fmt: skip
# table, columns that name a series, column of time: a series has every step between its first and its last
SERIES = (
    ("unga_agreement", "partner", "session"),
    ("unga_dyads_rank", "partner", "session"),
    ("trade_partners", "partner", "year"),
    ("trade_mirror", "exporter", "year"),
    ("price_index", "", "year"),
    ("macro", "indicator state", "year"),
    ("icews_dyads", "initiator target", "year"),
    ("ungd_mentions", "speaker group", "session"),
    ("ungd_contexts", "speaker session", "number"),
    ("ungd_checked", "", "check_id"),
)
# table, what stands there once for each of the others: where one of the second is, each of them is
GRIDS = (
    ("unga_agreement", "session", "partner"),
    ("unga_dyads_rank", "session", "partner"),
    ("unga_agreement_issues", "issue span", "partner"),
    ("unga_agreement_issues", "partner span", "issue"),
    ("trade_partners", "year", "partner"),
    ("trade_mirror", "year", "exporter"),
    ("icews_dyads", "year", "initiator target"),
    ("ungd_mentions", "speaker session", "group"),
    ("unga_validation", "roll_calls first_session", "partner"),
)
# table, columns that name a group, column that says the same in all rows of a group of three or more
SAME = (
    ("trade_mirror", "exporter", "importer"),
    ("arms_transfers", "supplier_name", "supplier"),
    ("arms_transfers", "", "edition"),
    ("arms_volume", "supplier_name", "supplier"),
    ("arms_volume", "method", "edition"),
    ("macro", "indicator state", "source"),
    ("macro", "", "unit"),
    ("macro", "", "price_basis"),
    ("aid", "donor source", "outlet"),
    ("aid", "donor flow", "source"),
    ("aid", "donor flow", "kind"),
    ("opinion", "", "source"),
    ("sensitivity", "figure", "strand"),
    ("unsc_votes", "topic", "topic_group"),
    ("sensitivity", "figure_id", "figure"),
    ("sensitivity", "figure_id", "part"),
    ("sensitivity", "figure", "unit"),
    ("cross_source", "topic", "unit"),
    ("scaling", "", "machine"),
)


def _limits(unit: str) -> tuple[float, float] | None:
    return next((limits for pattern, limits in LIMITS if re.search(pattern, unit or "")), None)


def _fields(known: Known, table: str) -> list[dict]:
    entry = next((entry for entry in known.package["resources"] if entry["name"] == table), None)
    have = known.rows[table][0].keys()
    return [field for field in entry["schema"]["fields"] if field["name"] in have] if entry else []


def intervals(names: list[str]) -> list[tuple[str, str, str]]:
    """Return (value, low, high) of the columns of a table: `x`, `x_low`, `x_high`, or the column before `low`, `low`, `high`."""
    found = []
    for place, name in enumerate(names):
        stem = name.removesuffix("low").removesuffix("_")
        high = f"{name.removesuffix('low')}high"
        if name.endswith("low") and high in names and (name == "low" or name.endswith("_low")) and (stem or place):
            found.append((stem or names[place - 1], name, high))
    return [one for one in found if one[0] in names]


def _interval_around_its_value(table: str, known: Known) -> Iterator[tuple[int, Names]]:
    for value, low, high in intervals([field["name"] for field in _fields(known, table)]):
        cells = [known.number(table, column) for column in (low, value, high)]
        sound = ~np.any([known.junk(table, column) for column in (low, value, high)], axis=0)
        for column, outside in ((low, cells[0] > cells[1]), (high, cells[2] < cells[1])):
            side = "no higher" if column == low else "no lower"
            for i in np.flatnonzero(outside & sound):
                said = f"a number {side} than {value}, which is {shown(cells[1][i], 6)}"
                yield int(i) + 2, {"column": column, "said": said}
        for column, other, lacks in ((low, high, 0), (high, low, 2)):
            alone = np.isnan(cells[lacks]) & ~np.isnan(cells[2 - lacks]) & sound
            for i in np.flatnonzero(alone):
                yield int(i) + 2, {"column": column, "said": f"a number, as {other} has one: an interval has two ends"}
        for i in np.flatnonzero(np.isnan(cells[1]) & ~np.isnan(cells[0]) & sound):
            yield int(i) + 2, {"column": value, "said": f"a number between {low} and {high}, as both are given"}


def _number_within_its_unit(table: str, known: Known) -> Iterator[tuple[int, Names]]:
    for field in _fields(known, table):
        limits = _limits(field.get("unit", "")) if field["type"] in ("integer", "number") else None
        if limits:
            values = known.number(table, field["name"])
            outside = (values < limits[0]) | (values > limits[1])
            upper = "" if np.isinf(limits[1]) else f" to {limits[1]}"
            said = f"a number from {limits[0]}{upper or ' up'}, as the unit is {field['unit']}"
            yield from ((int(i) + 2, {"column": field["name"], "said": said}) for i in np.flatnonzero(outside))


_entered: set[str] = set()


def enter(tables: Iterable[str]) -> None:
    """Enter the rules of intervals and units for tables that do not have them yet."""
    for table in tables:
        if table not in _entered:
            _entered.add(table)
            holds(table, "", "{said}")(partial(_interval_around_its_value, table))
            holds(table, "", "{said}")(partial(_number_within_its_unit, table))


def made_of_files(package: dict) -> list[str]:
    """Return the names of the tables that the descriptor says were made of publishers' files."""
    return [e["name"] for e in package["resources"] if any("pakrus:inputs" in s for s in e.get("sources", []))]


enter(TABLES)


def _key(known: Known, table: str, columns: str) -> list[tuple]:
    """The keys by which rows stand in order; "=" before a column: its values come in the order in which they first stand."""
    parts = []
    for column in columns.split():
        cells = known.text(table, column.lstrip("="))
        if column.startswith("="):
            seen: dict[str, int] = {}
            parts.append([seen.setdefault(cell, len(seen)) for cell in cells])
        else:
            numbers = known.number(table, column)
            whole = not known.junk(table, column).any()
            parts.append(numbers.tolist() if whole and not np.isnan(numbers).all() else cells.tolist())
    return list(zip(*parts, strict=True))


def _rows_in_order(table: str, columns: str, known: Known) -> Iterator[tuple[int, Names]]:
    keys = _key(known, table, columns)
    for number, (before, here) in enumerate(zip(keys, keys[1:], strict=False), start=3):
        if here < before:
            yield number, {"said": " and ".join(columns.replace("=", "").split())}


for _table, _columns in ORDER.items():
    holds(
        _table, _columns.replace("=", "").split()[-1],
        "a row that does not come before the row above it: rows stand in the order of {said}",
    )(partial(_rows_in_order, _table, _columns))  # fmt: skip


def _every_step_of_a_series(table: str, columns: str, time: str, known: Known) -> Iterator[tuple[int, Names]]:
    steps = known.number(table, time)
    groups = known.groups(table, *columns.split()) if columns else {(): np.arange(len(steps))}
    for key, places in groups.items():
        own = places[~np.isnan(steps[places])]
        for place in own[1:][np.diff(steps[own]) > 1]:
            before = steps[own[np.flatnonzero(own == place)[0] - 1]]
            yield int(place) + 2, {"lacking": shown(before + 1, 0), "of": ", ".join(key) or table}


for _table, _columns, _time in SERIES:
    holds(_table, _time, "a row of {lacking} before it: {of} has one for every step of " + _time)(
        partial(_every_step_of_a_series, _table, _columns, _time)
    )


def _each_with_each(table: str, these: str, those: str, known: Known) -> Iterator[tuple[int, Names]]:
    wanted = known.groups(table, *those.split())
    for key, places in known.groups(table, *these.split()).items():
        here = {tuple(known.text(table, column)[place] for column in those.split()) for place in places}
        for lacking in wanted.keys() - here if len(here) < len(wanted) else ():
            if len(wanted[lacking]) > 1:  # a value that stands but once is no part of the grid: it is wrong itself
                yield int(places[0]) + 2, {"lacking": ", ".join(lacking), "of": ", ".join(key)}


for _table, _these, _those in GRIDS:
    holds(
        _table, _those.split()[0], "a row of {lacking} too: each " + _these.replace(" ", " and ") + " ({of}) has one",
    )(partial(_each_with_each, _table, _these, _those))  # fmt: skip


def _same_in_all_rows(table: str, columns: str, column: str, known: Known) -> Iterator[tuple[int, Names]]:
    cells = known.text(table, column)
    groups = known.groups(table, *columns.split()) if columns else {(): np.arange(len(cells))}
    for key, places in groups.items():
        if (cells[places] != cells[places[0]]).any():
            most = usual(cells[places])
            number = int((cells[places] == most).sum())
            # a few among many are wrong; where groups are of two minds by nature nothing is said
            for i in places[cells[places] != most] if number >= max(3, 0.75 * len(places) - 1) else ():
                yield int(i) + 2, {"said": repr(most), "of": " and ".join(key) or "the table"}


for _table, _columns, _column in SAME:
    holds(_table, _column, "{said}, as in other rows of {of}")(partial(_same_in_all_rows, _table, _columns, _column))
