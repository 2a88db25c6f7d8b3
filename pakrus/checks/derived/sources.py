"""How far sources lie apart: each row of `cross_source` made again from the tables that hold both sources' figures.

In: `trade_mirror`, `trade_partners`, `macro`, `trade`, `arms_volume`, `arms_transfers`. Out: problems. The difficulty: a row that
differs may be wrong itself or tell of a changed figure that nothing else bears witness to, so both tables are named.
"""

import re
from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from pakrus.checks.derived.arms import even_split
from pakrus.checks.derived.known import Known, holds, unlike
from pakrus.checks.problem import Names
from pakrus.measures.trade import disagreement

TABLE = "cross_source"
NEEDS = "trade_mirror trade_partners macro trade arms_volume arms_transfers"
DIGITS = {
    "n": 0, "first_year": 0, "last_year": 0, "n_ratio": 0, "mean_ratio": 4, "median_ratio": 4, "lowest_ratio": 4,
    "highest_ratio": 4, "ratio_of_sums": 4, "mean_absolute_gap": 3, "largest_gap": 3, "largest_gap_year": 0,
}  # fmt: skip


def _series(known: Known, table: str, value: str, **wanted: str) -> pd.Series:
    """The figures of a table by year, of the rows whose cells are as wanted."""
    keep = ~np.isnan(known.number(table, "year")) & ~np.isnan(known.number(table, value))
    for column, cell in wanted.items():
        keep &= known.text(table, column) == cell
    return pd.Series(known.number(table, value)[keep], index=known.number(table, "year")[keep])


def _figures(known: Known, topic: str, flow: str, first: str, second: str) -> tuple[pd.Series, pd.Series] | None:
    """The two series that a row compares; None where it is not known which they are."""
    states = re.fullmatch(r"(\w{3}) to (\w{3})", flow)
    if topic == "trade" and states and {first, second} <= known.rows["trade_mirror"][0].keys():
        one, two = (
            _series(known, "trade_mirror", name, exporter=states[1], importer=states[2]) for name in (first, second)
        )
        return one, two
    if (first, second) == ("cowtrade", "wdi"):
        sides = [_series(known, "macro", "value", indicator=f"merchandise_{way}") for way in ("exports", "imports")]
        return _series(known, "trade_partners", "value_usd_m", partner="WLD"), pd.concat(sides).groupby(level=0).sum()
    if topic == "trade":
        return _statements(known, first, second)
    supplier = re.fullmatch(r"(\w{3}|all suppliers) to (\w{3})", flow)
    return _volumes(known, supplier[1], supplier[2]) if topic == "arms" and supplier else None


def _statements(known: Known, first: str, second: str) -> tuple[pd.Series, pd.Series] | None:
    """The two sources' single figures of the same flow and period."""
    columns = [known.text("trade", name) for name in ("source", "kind", "flow", "period", "year")]
    by_source: dict[str, dict] = {first: {}, second: {}}
    for place, (source, kind, flow, period, year) in enumerate(zip(*columns, strict=True)):
        if kind == "point" and source in by_source and year.isdigit():
            by_source[source][flow, period, int(year)] = known.number("trade", "value_usd_m")[place]
    both = sorted(by_source[first].keys() & by_source[second].keys())
    found = [pd.Series({key[2]: by_source[name][key] for key in both}, dtype=float) for name in (first, second)]
    return (found[0], found[1]) if both else None


def _volumes(known: Known, supplier: str, recipient: str) -> tuple[pd.Series, pd.Series]:
    """Published volumes and the register shared evenly, to the last year published; a year of only one counts as 0 in the other."""
    wanted = {"method": "published", "recipient": recipient} | (
        {} if supplier == "all suppliers" else {"supplier": supplier}
    )
    published = _series(known, "arms_volume", "tiv", **wanted).groupby(level=0).sum()
    last = _series(known, "arms_volume", "tiv", method="published").index.max()
    split: dict[float, float] = {}
    for (code, _, to, year), volume in known.once(even_split).items():
        if to == recipient and year <= last and supplier in ("all suppliers", code):
            split[float(year)] = split.get(float(year), 0.0) + volume
    years = published.index.union(pd.Index(split, dtype=float))
    return published.reindex(years, fill_value=0.0), pd.Series(split, dtype=float).reindex(years, fill_value=0.0)


def _made_again(known: Known) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """What the tables give for each row, by column, and which rows they do."""
    columns = [known.text(TABLE, name) for name in ("topic", "flow", "first_source", "second_source")]
    wanted = {column: np.full(len(columns[0]), np.nan) for column in DIGITS}
    asked = np.zeros(len(columns[0]), dtype=bool)
    for place, names in enumerate(zip(*columns, strict=True)):
        figures = _figures(known, *names)
        if figures is None or any(one.index.duplicated().any() for one in figures):
            continue
        if not figures[0].index.intersection(figures[1].index).empty:
            asked[place] = True
            for column, value in disagreement(*figures).items():
                wanted[column][place] = value
    return wanted, asked


def _as_the_tables_give(column: str, digits: int, known: Known) -> Iterator[tuple[int, Names]]:
    wanted, asked = known.once(_made_again)
    yield from unlike(known, TABLE, column, wanted[column], digits, asked)


for _column, _digits in DIGITS.items():
    holds(
        TABLE, _column,
        "{number}, as {first_source} and {second_source} give for {flow} in the tables that hold their figures (for trade "
        "trade_mirror, trade_partners, macro and trade; for arms arms_volume and arms_transfers)", NEEDS,
    )(partial(_as_the_tables_give, _column, _digits))  # fmt: skip


@holds(
    TABLE,
    "first_source",
    "two sources that both have figures for {flow} ({topic}) in the tables; found with {second_source}",
    NEEDS,
)
def _sources_that_the_tables_hold(known: Known) -> Iterator[tuple[int, Names]]:
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(~known.once(_made_again)[1]))


@holds(TABLE, "median_ratio", "ratios in the order lowest ({lowest_ratio}), mean and median, highest ({highest_ratio})")
def _ratios_in_order(known: Known) -> Iterator[tuple[int, Names]]:
    low, high = (known.number(TABLE, name) for name in ("lowest_ratio", "highest_ratio"))
    for column in ("mean_ratio", "median_ratio"):
        value = known.number(TABLE, column)
        wrong = (value < low - 1e-4) | (value > high + 1e-4)
        yield from ((int(i) + 2, {"column": column}) for i in np.flatnonzero(wrong))


@holds(TABLE, "n_ratio", "at most {n}, the years compared")
def _ratios_of_the_years_compared(known: Known) -> Iterator[tuple[int, Names]]:
    wrong = known.number(TABLE, "n_ratio") > known.number(TABLE, "n")
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(wrong))
