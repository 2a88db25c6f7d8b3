"""Trade, prices, aid and output: a figure that stands in two tables is the same in both, and no figure leaves its series.

In: `trade`, `trade_mirror`, `trade_partners`, `price_index`, `aid`, `macro`. Out: problems. The difficulty is a figure that has
no second witness: it is held against its neighbours in time, by a factor wide enough for every year there is and for a boom or
a slump that may come; where two tables differ, a third cell (what the mirror says each side reports) tells which is wrong.
"""

import re
from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from pakrus.checks.derived.known import HALF, Known, holds, leaps, shown, unlike
from pakrus.checks.problem import Names
from pakrus.measures import trade as measures

SIDES = ("importer", "exporter")
KEYS = ("year", "exporter", "importer")
SERVICES = "itpd"  # the one source of the mirror that the table of trade has not
APART = 6.0  # two customs' figures of a flow above a million have differed by up to 2.3
TOTAL_STEP = 2.2  # a state's trade with the world has grown by up to 1.9 in a year, and fallen to 0.64
WHOLE = (0.5, 1.5)  # sum over partners over national total: 0.72 to 1.08
BETWEEN, AT_THE_END = 1.12, 1.35  # how far a year's deflator may leave those of both years beside it, or of one
LAST_SOVIET_YEAR = 1991
# series of one source: by how much a value may leave both its neighbours
FACTORS = (
    ("trade_partners", "partner", "value_usd_m", {"WLD": 2.5, "": 12.0}),
    (
        "macro",
        "indicator state",
        "value",
        {"gdp": 2.2, "merchandise_exports": 3.5, "merchandise_imports": 3.5, "": 6.0},
    ),
    ("price_index", "", "cpi_u", {"": 1.25}),
    ("trade", "source exporter", "value_usd_m", {"": 15.0}),
    ("trade_mirror", "exporter", "itpd", {"": 8.0}),
)
SMALL = 10.0  # million dollars: below this a series leaps as it likes


# series in time -------------------------------------------------------------------------------------------------------


def _no_leap(
    table: str, columns: str, value: str, factors: dict[str, float], known: Known
) -> Iterator[tuple[int, Names]]:
    values = known.number(table, value)
    groups = known.groups(table, *columns.split()) if columns else {("",): np.arange(len(values))}
    for key, places in groups.items():
        if table == "trade":
            places = places[known.text(table, "kind")[places] == "series"]
        factor = factors.get(key[0], factors[""])
        own = values[places]
        for at in np.flatnonzero(leaps(own, factor)):
            beside = [own[i] for i in (at - 1, at + 1) if 0 <= i < len(own)]
            if own[at] >= SMALL or table == "price_index" or min(beside) >= SMALL:
                said = f"{factor:g} times of those beside it, {' and '.join(shown(float(v), 3) for v in beside)}"
                yield int(places[at]) + 2, {"said": said}


for _table, _columns, _value, _factors in FACTORS:
    holds(_table, _value, "a number within {said}")(partial(_no_leap, _table, _columns, _value, _factors))


def _far_above_all_others(
    table: str, columns: str, value: str, times: float, known: Known
) -> Iterator[tuple[int, Names]]:
    values = known.number(table, value)
    for places in known.groups(table, *columns.split()).values():
        own = places[~np.isnan(values[places])]
        if len(own) > 2:
            top = own[values[own].argmax()]
            second = values[own[own != top]].max()
            if second > 0 and values[top] > times * second:
                yield int(top) + 2, {"said": f"{times:g} times the next largest, {shown(float(second), 3)}"}


for _table, _columns, _value, _times in (
    ("aid", "donor flow price_basis", "value", 8.0), ("aid", "kind price_basis", "value", 8.0),
    ("trade", "kind", "value_usd_m", 4.0), ("media_attention", "outlet", "n_all", 10.0), ("icews_dyads", "initiator target", "n", 10.0),
    ("arms_volume", "method recipient", "tiv", 4.0),
):  # fmt: skip
    holds(_table, _value, "a number below {said}")(partial(_far_above_all_others, _table, _columns, _value, _times))


# trade and its mirror -------------------------------------------------------------------------------------------------


def _reporters(known: Known) -> np.ndarray:
    """The reporter that each row of a yearly series must have: importer, exporter or one state, as most rows of its source."""
    found, ends = known.text("trade", "reporter"), [known.text("trade", side) for side in SIDES]
    wanted = found.copy()
    for (kind, _), places in known.groups("trade", "kind", "source").items():
        if kind == "series" and len(places) > 2:
            offers = [*(end[places] for end in ends), *(np.full(len(places), s, dtype=object) for s in ("PAK", "RUS"))]
            fits = [int((found[places] == offer).sum()) for offer in offers]
            wanted[places] = offers[int(np.argmax(fits))]
    return wanted


@holds("trade", "reporter", "{said}, who stands behind this source in all other rows")
def _reporter_of_its_source(known: Known) -> Iterator[tuple[int, Names]]:
    wanted = known.once(_reporters)
    for i in np.flatnonzero(wanted != known.text("trade", "reporter")):
        if wanted[i]:
            yield int(i) + 2, {"said": str(wanted[i])}


def _sources(known: Known) -> list[str]:
    """The columns of the mirror that hold a source's figures."""
    return [one for one in ("cowtrade", "comtrade", "unctadmatrix") if one in known.rows["trade_mirror"][0]]


def _wrong_in_trade(known: Known) -> dict[int, float]:
    """Rows of `trade` (positions) that the mirror contradicts and a third cell too, with the number that the mirror has."""
    places, found = known.places("trade_mirror", *KEYS), {}
    columns = [known.text("trade", name) for name in (*KEYS, "source", "kind")]
    values, reporters = known.number("trade", "value_usd_m"), known.once(_reporters)
    for place, (year, exporter, importer, source, kind) in enumerate(zip(*columns, strict=True)):
        there = places.get((year, exporter, importer))
        if kind != "series" or there is None or source not in _sources(known):
            continue
        mirror = known.number("trade_mirror", source)[there]
        if np.isnan(mirror) or np.isnan(values[place]) or abs(mirror - values[place]) <= HALF * 1e-3:
            continue
        side = "exporter" if reporters[place] == exporter else "importer"
        witness = known.number("trade_mirror", f"{side}_reports")[there]
        apart = [abs(np.log((max(one, 0) + 1e-3) / (witness + 1e-3))) for one in (mirror, values[place])]
        if (
            apart[0] < apart[1]
        ):  # NaN, where there is no witness: the mirror is held to be wrong, as it is made of trade
            found[place] = float(mirror)
    return found


@holds("trade", "value_usd_m", "{number}, as trade_mirror has twice in {year}", "trade_mirror")
def _trade_as_in_the_mirror(known: Known) -> Iterator[tuple[int, Names]]:
    for place, number in known.once(_wrong_in_trade).items():
        yield place + 2, {"number": shown(number, 3)}


def _mirror(known: Known) -> pd.DataFrame:
    """The rows of the mirror as `trade` gives them (where a row of it is right), by year, exporter and importer."""
    names = (*KEYS, "source", "kind", "flag")
    frame = pd.DataFrame({name: known.text("trade", name) for name in names})
    values = known.number("trade", "value_usd_m").copy()
    for place, number in known.once(_wrong_in_trade).items():
        values[place] = number
    frame = frame.assign(value_usd_m=values, reporter=known.once(_reporters))
    frame = frame[(frame["kind"] == "series") & frame["source"].isin(_sources(known)) & frame["value_usd_m"].notna()]
    frame = frame[frame["exporter"].isin(["PAK", "RUS"]) & frame["importer"].isin(["PAK", "RUS"])]
    return (
        measures.side_by_side(frame.drop_duplicates([*KEYS, "source"])).set_index(list(KEYS)) if len(frame) else frame
    )


def _expected(known: Known, column: str) -> np.ndarray:
    """What `trade` gives for each row of the mirror: numbers (NaN = empty), or texts."""
    frame = known.once(_mirror)
    text = column == "one_report"
    if column not in frame.columns:
        return np.full(len(known.rows["trade_mirror"]), "" if text else np.nan, dtype=object if text else float)
    here = zip(*(known.text("trade_mirror", name) for name in KEYS), strict=True)
    held = dict(zip(frame.index, frame[column], strict=True))
    return np.array([held.get(key, "" if text else np.nan) for key in here], dtype=object if text else float)


def _asked(known: Known) -> np.ndarray:
    """Rows of the mirror of which no figure in `trade` is no number."""
    bad = known.junk("trade", "value_usd_m")
    keys = set(zip(*(known.text("trade", name)[bad] for name in KEYS), strict=True))
    here = zip(*(known.text("trade_mirror", name) for name in KEYS), strict=True)
    return np.array([key not in keys for key in here], dtype=bool)


def _mirror_as_trade_gives(column: str, known: Known) -> Iterator[tuple[int, Names]]:
    yield from unlike(known, "trade_mirror", column, known.once(_expected, column), 3, known.once(_asked))


for _column in ("cowtrade", "comtrade", "unctadmatrix", "importer_reports", "exporter_reports"):
    holds(
        "trade_mirror", _column, "{number}, as the series of trade for {year}, {exporter} to {importer}, give", "trade"
    )(partial(_mirror_as_trade_gives, _column))


@holds("trade_mirror", "one_report", "{said}, as reporter in trade tells for {year}", "trade")
def _reports_that_are_one(known: Known) -> Iterator[tuple[int, Names]]:
    wanted, found = known.once(_expected, "one_report"), known.text("trade_mirror", "one_report")
    for i in np.flatnonzero((wanted != found) & known.once(_asked)):
        yield int(i) + 2, {"said": wanted[i] or "no value"}


@holds("trade", "year", "a year and direction of which trade_mirror has the figure of {source}", "trade_mirror")
def _every_series_in_the_mirror(known: Known) -> Iterator[tuple[int, Names]]:
    places = known.places("trade_mirror", *KEYS)
    columns = [known.text("trade", name) for name in (*KEYS, "source", "kind")]
    for place, (*key, source, kind) in enumerate(zip(*columns, strict=True)):
        if kind == "series" and source in _sources(known):
            there = places.get(tuple(key))
            if there is None:
                yield place + 2, {}


@holds("trade", "exporter", "{said}, as flow is {flow}")
def _ends_of_the_flow(known: Known) -> Iterator[tuple[int, Names]]:
    flow, ends = known.text("trade", "flow"), [known.text("trade", side) for side in SIDES]
    for column, end, other in (("importer", *ends), ("exporter", *ends[::-1])):
        for i in np.flatnonzero((flow == "turnover") & (end != "")):
            yield int(i) + 2, {"column": column, "said": "no value"}
        for i in np.flatnonzero((flow == "exports") & ((end == "") | ((end == other) & (column == "importer")))):
            yield (
                int(i) + 2,
                {
                    "column": column,
                    "said": "the state that the goods go to"
                    if column == "importer"
                    else "the state that they come from",
                },
            )


@holds("trade", "flow", "exports, as a yearly series has one direction in a row")
def _series_have_a_direction(known: Known) -> Iterator[tuple[int, Names]]:
    series = known.text("trade", "kind") == "series"
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(series & (known.text("trade", "flow") == "turnover")))


@holds("trade_mirror", "importer", "the other state than {exporter}, the exporter")
def _two_states(known: Known) -> Iterator[tuple[int, Names]]:
    exporter, importer = (known.text("trade_mirror", side) for side in ("exporter", "importer"))
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(exporter == importer))


def _year_of_the_period(table: str, known: Known) -> Iterator[tuple[int, Names]]:
    years = known.number(table, "year")
    for place, period in enumerate(known.text(table, "period")):
        parts = re.match(r"(\d{4})(?:-(\d{2})(?!\d|-))?", period)
        fiscal = parts and parts[2] and int(parts[2]) == (int(parts[1]) + 1) % 100
        wanted = int(parts[1]) + 1 if fiscal else int(parts[1]) if parts else years[place]
        if not np.isnan(years[place]) and years[place] != wanted:
            yield place + 2, {"number": str(wanted)}


for _table in ("trade", "aid"):
    holds(_table, "year", "{number}, the year in which the period {period} ends")(partial(_year_of_the_period, _table))


@holds("trade", "period", "{year}, as a row of a series is of one calendar year")
def _period_of_a_series(known: Known) -> Iterator[tuple[int, Names]]:
    columns = (known.text("trade", name) for name in ("period", "year", "kind"))
    for place, (period, year, kind) in enumerate(zip(*columns, strict=True)):
        if kind == "series" and period != year:
            yield place + 2, {}


@holds("trade", "value_usd_m", "less than {said}, which the flag has as the range's upper end")
def _lower_end_of_a_range(known: Known) -> Iterator[tuple[int, Names]]:
    values = known.number("trade", "value_usd_m")
    for place, flag in enumerate(known.text("trade", "flag")):
        upper = re.search(r"range up to (\d+)", flag)
        if upper and values[place] >= float(upper[1]):
            yield place + 2, {"said": upper[1]}


@holds(
    "trade",
    "flag",
    "'rounded' where the value is whole, as it is in the source, and not elsewhere (value {value_usd_m})",
)
def _whole_millions_are_flagged(known: Known) -> Iterator[tuple[int, Names]]:
    values, flags, source = (
        known.number("trade", "value_usd_m"),
        known.text("trade", "flag"),
        known.text("trade", "source"),
    )
    wrong = known.once(_wrong_in_trade) if known.rows.get("trade_mirror") else {}
    for place in np.flatnonzero((source == "comtrade") & ~np.isnan(values)):
        if (values[place] % 1 == 0) != ("rounded" in flags[place]) and int(place) not in wrong:
            yield int(place) + 2, {}
    for place in np.flatnonzero(np.array(["rounded to whole millions" in flag for flag in flags]) & (values % 1 != 0)):
        yield int(place) + 2, {}


@holds(
    "trade_mirror", SERVICES, f"a number within {APART:g} times of what the other sources give for the year, {{number}}"
)
def _services_near_the_goods(known: Known) -> Iterator[tuple[int, Names]]:
    found = known.number("trade_mirror", SERVICES)
    for name in _sources(known):
        goods = known.number("trade_mirror", name)
        far = (found > APART * goods) | (goods > APART * found)
        for i in np.flatnonzero(far & (np.fmax(found, goods) > SMALL) & (goods > 0)):
            yield int(i) + 2, {"number": shown(float(goods[i]), 3)}


# what follows from the mirror's own cells -----------------------------------------------------------------------------


def _sides(known: Known) -> dict[str, np.ndarray]:
    """What each side reports: as `trade` gives it, and as the mirror has it where there is no trade table."""
    if known.rows.get("trade"):
        return {side: known.once(_expected, f"{side}_reports") for side in SIDES}
    return {side: known.number("trade_mirror", f"{side}_reports") for side in SIDES}


@holds(
    "trade_mirror",
    "ratio",
    "{number}, importer_reports over exporter_reports ({importer_reports} over {exporter_reports})",
)
def _ratio_of_the_two_sides(known: Known) -> Iterator[tuple[int, Names]]:
    sides = known.once(_sides)
    ratio = np.where(sides["exporter"] > 0, sides["importer"] / sides["exporter"], np.nan)
    sound = ~known.junk("trade_mirror", "importer_reports") & ~known.junk("trade_mirror", "exporter_reports")
    yield from unlike(known, "trade_mirror", "ratio", ratio, 4, sound)


def _base(known: Known) -> float:
    """The year whose dollars the constant columns of the mirror are in, as their unit says."""
    entry = next((entry for entry in known.package["resources"] if entry["name"] == "trade_mirror"), None)
    units = [f.get("unit", "") for f in entry["schema"]["fields"] if f["name"] == "importer_constant"] if entry else []
    years = re.findall(r"\d{4}", " ".join(units))
    return float(years[0]) if years else np.nan


def _prices(known: Known) -> tuple[np.ndarray, np.ndarray]:
    """The price index of each row's year, and that of the base, for the rows of the mirror."""
    index = dict(
        zip(known.number("price_index", "year").tolist(), known.number("price_index", "cpi_u").tolist(), strict=True)
    )
    years = known.number("trade_mirror", "year")
    return np.array([index.get(year, np.nan) for year in years.tolist()]), np.full(
        len(years), index.get(known.once(_base), np.nan)
    )


def _wrong_prices(known: Known) -> dict[float, float]:
    """Years of which the price index is wrong, with what the mirror's constant dollars give: all of a year are off alike."""
    here, base = known.once(_prices)
    years, cells = known.number("trade_mirror", "year"), []
    for side, reports in known.once(_sides).items():
        constant = known.number("trade_mirror", f"{side}_constant")
        off = np.abs(reports * base / here - constant) > HALF * 1e-3 + 1e-9
        cells.append(np.array([years, off, reports * base / constant, reports > 0.5]).T)
    cells = np.concatenate(cells)
    cells = cells[(cells[:, 3] > 0) & ~np.isnan(cells).any(axis=1)]
    wrong = {year: cells[cells[:, 0] == year] for year in np.unique(cells[cells[:, 1] > 0, 0]).tolist()}
    wrong = {year: own for year, own in wrong.items() if len(own) > 1 and own[:, 1].all()}
    if len(wrong) > 3:  # then the base is
        year = known.once(_base)
        ratio = np.median(
            np.concatenate([own[:, 2] for own in wrong.values()])
            / here_of(known, [y for y, own in wrong.items() for _ in own])
        )
        return {year: float(base[0] / ratio)}
    return {year: float(np.median(own[:, 2])) for year, own in wrong.items()}


def here_of(known: Known, years: list[float]) -> np.ndarray:
    """Return the price index of each of some years."""
    index = dict(
        zip(known.number("price_index", "year").tolist(), known.number("price_index", "cpi_u").tolist(), strict=True)
    )
    return np.array([index[year] for year in years])


@holds(
    "price_index", "cpi_u", "about {number}, which the constant dollars of trade_mirror were made with", "trade_mirror"
)
def _prices_that_the_mirror_was_made_with(known: Known) -> Iterator[tuple[int, Names]]:
    places = {year: place for place, year in enumerate(known.number("price_index", "year").tolist())}
    for year, number in known.once(_wrong_prices).items():
        if year in places:
            yield places[year] + 2, {"number": shown(number, 2)}


def _constant_dollars(side: str, known: Known) -> Iterator[tuple[int, Names]]:
    here, base = known.once(_prices)
    reports, wrong = known.once(_sides)[side], known.once(_wrong_prices)
    years = known.number("trade_mirror", "year")
    asked = np.array([year not in wrong and known.once(_base) not in wrong for year in years.tolist()], dtype=bool)
    known_price = ~np.isnan(here) & ~np.isnan(base) | np.isnan(reports)
    sound = asked & known_price & ~known.junk("trade_mirror", f"{side}_reports")
    yield from unlike(known, "trade_mirror", f"{side}_constant", reports * base / here, 3, sound)


for _side in SIDES:
    holds(
        "trade_mirror", f"{_side}_constant", f"{{number}}: {_side}_reports ({{{_side}_reports}}) at the prices of price_index",
        "price_index",
    )(partial(_constant_dollars, _side))  # fmt: skip


@holds("trade_mirror", "flag", "{said}")
def _flags_of_the_mirror(known: Known) -> Iterator[tuple[int, Names]]:
    table, flags, sides = "trade_mirror", known.text("trade_mirror", "flag"), known.once(_sides)
    estimates = [
        (i, float(m[1])) for i, flag in enumerate(flags) if (m := re.search(r"times ([\d.]+): an estimate", flag))
    ]
    for factor in {factor for _, factor in estimates}:
        raised = (sides["exporter"] > 0) & (np.round(sides["exporter"] * factor) == sides["importer"])
        flagged = np.isin(np.arange(len(flags)), [i for i, one in estimates if one == factor])
        for i in np.flatnonzero(raised != flagged):
            said = (
                "that it is an estimate, as the importer's figure is"
                if raised[i]
                else "no estimate, as the importer's figure is not"
            )
            yield int(i) + 2, {"said": f"a flag: {said} the exporter's times {factor:g}"}
    told = {i for i, _ in estimates}
    for places in known.groups(table, "year").values():
        others = [i for i in places if i not in told]
        for i in others if len(others) == 2 and flags[others[0]] != flags[others[1]] else ():
            if not flags[i]:
                yield int(i) + 2, {"said": "the flag that the other direction of the year has, in both or in neither"}


SHARES = (("share_of_pakistan", "cowtrade"), ("share_of_russia", "comtrade"))


def _wholes(known: Known, share: str, source: str) -> np.ndarray:
    """A state's trade with the world that a share of it gives, for each row of the mirror."""
    found = known.number("trade_mirror", source) / known.number("trade_mirror", share)
    return np.where(np.isfinite(found) & (known.number("trade_mirror", share) > 0), found, np.nan)


def _share_where_there_is_a_figure(share: str, source: str, known: Known) -> Iterator[tuple[int, Names]]:
    value, found = known.number("trade_mirror", source), known.number("trade_mirror", share)
    sound = ~known.junk("trade_mirror", share) & ~known.junk("trade_mirror", source)
    for i in np.flatnonzero((np.isnan(value) != np.isnan(found)) & sound):
        yield (
            int(i) + 2,
            {"said": f"no value, as {source} has none" if np.isnan(value[i]) else f"a share, as {source} has a figure"},
        )
    for i in np.flatnonzero(((value == 0) != (found == 0)) & ~np.isnan(value + found)):
        yield int(i) + 2, {"said": "0, as the flow is 0" if value[i] == 0 else "more than 0, as the flow is"}


def _whole_in_step(share: str, source: str, known: Known) -> Iterator[tuple[int, Names]]:
    wholes = known.once(_wholes, share, source)
    for places in known.groups("trade_mirror", "exporter").values():
        for at in np.flatnonzero(leaps(wholes[places], TOTAL_STEP)):
            i = int(places[at])
            beside = wholes[places][~np.isnan(wholes[places])]
            near = float(np.median(wholes[places][max(at - 2, 0) : at + 3])) if len(beside) else np.nan
            value = known.number("trade_mirror", source)[i]
            yield (
                i + 2,
                {
                    "said": f"about {shown(float(value / near), 5)}, as in the years beside it this flow is a share of about {shown(near, 0)}"
                },
            )


for _share, _source in SHARES:
    holds("trade_mirror", _share, "{said}")(partial(_share_where_there_is_a_figure, _share, _source))
    holds("trade_mirror", _share, "{said}")(partial(_whole_in_step, _share, _source))


@holds("trade_mirror", "share_of_pakistan", "a share that makes both directions' totals together near {number}, Pakistan's trade in trade_partners", "trade_partners")  # fmt: skip
def _wholes_near_the_national_total(known: Known) -> Iterator[tuple[int, Names]]:
    places, wholes = known.places("trade_partners", "year", "partner"), known.once(_wholes, *SHARES[0])
    totals = known.number("trade_partners", "value_usd_m")
    for (year,), rows in known.groups("trade_mirror", "year").items():
        total = totals[places[year, "WLD"]] if (year, "WLD") in places else np.nan
        ratio = wholes[rows].sum() / total if len(rows) == 2 and total else np.nan
        if ratio < WHOLE[0] or ratio > WHOLE[1]:
            worse = rows[np.argmax(np.abs(np.log(wholes[rows] / (total / 2))))]
            yield int(worse) + 2, {"number": shown(float(total), 1)}


# partners -------------------------------------------------------------------------------------------------------------


@holds(
    "trade_partners", "value_usd_m", "{number}, both directions of cowtrade in trade_mirror together", "trade_mirror"
)
def _pair_as_in_the_mirror(known: Known) -> Iterator[tuple[int, Names]]:
    places, values = known.groups("trade_mirror", "year"), known.number("trade_mirror", "cowtrade")
    found = known.number("trade_partners", "value_usd_m")
    wrong = (
        {known.text("trade", "year")[place] for place in known.once(_wrong_in_trade)}
        if known.rows.get("trade")
        else set()
    )
    off = {i - 2 for i, _ in _mirror_as_trade_gives("cowtrade", known)} if known.rows.get("trade") else set()
    for i in np.flatnonzero(known.text("trade_partners", "partner") == "RUS"):
        year = known.text("trade_partners", "year")[i]
        rows = places.get((year,), np.array([], dtype=int))
        both = values[rows].sum() if len(rows) == 2 else np.nan
        if abs(both - found[i]) > HALF / 10 and year not in wrong and not off & set(rows.tolist()):
            yield int(i) + 2, {"number": shown(float(both), 1)}


@holds("trade_partners", "value_usd_m", "{said}")
def _partners_within_the_total(known: Known) -> Iterator[tuple[int, Names]]:
    values, partner = known.number("trade_partners", "value_usd_m"), known.text("trade_partners", "partner")
    for rows in known.groups("trade_partners", "year").values():
        whole = [i for i in rows if partner[i] == "WLD"]
        parts = [i for i in rows if partner[i] != "WLD" and not np.isnan(values[i])]
        if len(whole) == 1 and parts and values[parts].sum() > values[whole[0]] * 1.05 + 1:
            total = values[whole[0]]
            most = max(parts, key=lambda i: values[i])
            if values[most] > total:
                yield (
                    int(most) + 2,
                    {"said": f"less than {shown(float(total), 1)}, the trade with all partners of the year"},
                )
            else:
                yield (
                    int(whole[0]) + 2,
                    {"said": f"at least {shown(float(values[parts].sum()), 1)}, the partners of the year together"},
                )


# aid and output -------------------------------------------------------------------------------------------------------


@holds("aid", "value", "{said}")
def _deflated_as_in_the_years_beside(known: Known) -> Iterator[tuple[int, Names]]:
    values, bases = known.number("aid", "value"), known.text("aid", "price_basis")
    keys = zip(*(known.text("aid", name) for name in ("donor", "flow", "source", "period")), strict=True)
    by_period: dict[tuple, dict[str, int]] = {}
    for place, (donor, flow, source, period) in enumerate(keys):
        by_period.setdefault((donor, flow, source), {}).setdefault(period, {})[bases[place]] = place
    for (donor, *_), periods in by_period.items():
        kinds = {basis for held in periods.values() for basis in held}
        if len(kinds) != 2:
            continue
        constant = next((basis for basis in kinds if basis != "current"), "")
        for period, held in periods.items():
            if len(held) == 1:
                (place,) = held.values()
                lacking = ", ".join(kinds - held.keys())
                yield (
                    place + 2,
                    {
                        "column": "period",
                        "said": f"a row of {period} in prices '{lacking}' too, as other periods of {donor} have",
                    },
                )
        order = sorted(period for period, held in periods.items() if len(held) == 2 and "current" in held)
        pairs = [(periods[period][constant], periods[period]["current"]) for period in order]
        factors = np.array([values[a] / values[b] for a, b in pairs])
        for at, (period, (a, b)) in enumerate(zip(order, pairs, strict=True)):
            near = factors[[i for i in (at - 1, at + 1) if 0 <= i < len(factors)]]
            same = constant.endswith(period)
            room = BETWEEN if len(near) == 2 else AT_THE_END
            off = near.size and (factors[at] > near.max() * room or factors[at] < near.min() / room)
            if (same and values[a] != values[b]) or (off and min(values[a], values[b]) > 0.5):
                middle = 1.0 if same else float(np.mean(near))
                yield a + 2, {
                    "said": f"about {shown(float(values[b] * middle), 3)}: the current dollars of row {b + 2} ({shown(float(values[b]), 3)}) "
                    f"times {shown(middle, 3)}, as in the years beside it; one of the two rows is wrong"
                }  # fmt: skip


@holds("aid", "flag", "{said}")
def _flags_of_a_figure(known: Known) -> Iterator[tuple[int, Names]]:
    values = known.number("aid", "value")
    for place, flag in enumerate(known.text("aid", "flag")):
        raw = re.search(r"before the source's adjustment ([\d.]+)$", flag)
        if raw and values[place] >= float(raw[1]):
            yield (
                place + 2,
                {"column": "value", "said": f"less than {raw[1]}, the figure before the adjustment, as the flag says"},
            )
    zero = {flag for flag, value in zip(known.text("aid", "flag"), values, strict=True) if value == 0}
    for place, flag in enumerate(known.text("aid", "flag")):
        none = flag.startswith("none found")
        if (none and values[place] > 0) or (
            not none and values[place] == 0 and any(one.startswith("none found") for one in zero)
        ):
            yield place + 2, {"said": "'none found by the source' where the value is 0, and only there"}


@holds("aid", "year", "a row of {lacking} before it: the series of {donor} has one for every year")
def _every_year_of_commitments(known: Known) -> Iterator[tuple[int, Names]]:
    years = known.number("aid", "year")
    for (donor, flow, _, kind), places in known.groups("aid", "donor", "flow", "price_basis", "kind").items():
        own = places[~np.isnan(years[places])]
        if kind == "series" and flow.startswith("commitment"):
            for before, here in zip(own, own[1:], strict=False):
                if years[here] - years[before] > 1:
                    yield int(here) + 2, {"lacking": shown(years[before] + 1, 0), "donor": donor}


@holds("macro", "flag", "{said}")
def _flags_of_output_and_trade(known: Known) -> Iterator[tuple[int, Names]]:
    columns = [known.text("macro", name) for name in ("indicator", "state", "flag", "year")]
    flags = {(i, s, y): flag for i, s, flag, y in zip(*columns, strict=True)}
    twin = {"merchandise_exports": "merchandise_imports", "merchandise_imports": "merchandise_exports"}
    years = known.number("macro", "year")
    for place, (indicator, state, flag, year) in enumerate(zip(*columns, strict=True)):
        other = flags.get((twin.get(indicator, ""), state, year), flag)
        if flag != other and not flag:
            yield place + 2, {"said": f"'{other}', as {twin[indicator]} of the year has"}
        elif flag != other and other:
            yield place + 2, {"said": f"'{other}', as {twin[indicator]} of the year has, in both or in neither"}
        elif indicator == "gdp" and (bool(flag) != (state == "RUS" and years[place] <= LAST_SOVIET_YEAR)):
            yield (
                place + 2,
                {"said": f"a flag for Russia to {LAST_SOVIET_YEAR}, when it was a part of the USSR, and for no other"},
            )
