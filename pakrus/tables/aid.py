"""What the United States, China and the USSR/Russia gave or lent Pakistan: three kinds of figure side by side.

In: obligations, commitments and single statements from `pakrus.sources`. Out: the table `aid`. The difficulty is that
the three are different things, in different dollars: they stand in one table and are never added up.
"""

import pandas as pd

from pakrus.sources import aid, statements
from pakrus.sources.files import Upstream, require

FLOWS = {"oda": "commitment, ODA-like", "oof": "commitment, OOF-like", "vof": "commitment, vague"}
ORDER = ["year", "period", "donor", "flow", "value", "unit", "price_basis", "kind", "source", "outlet", "flag"]
UNIT = "million US dollars"
CONSTANT = f"constant {aid.CONSTANT_YEAR}"

# statements of Soviet credits in dollars: id -> rows of (position in the cell, year, flow, BibTeX key, flag)
SOVIET = {
    "F027": [(0, 1961, "credit stated", "cia1961oilcredit", "oil exploration; 12 years at 2.5 per cent")],
    "F028": [
        (
            0,
            1961,
            "credit stated",
            "cable1973dacca01243",
            "oil exploration; the same credit as in the row of 1961 from another outlet",
        ),
        (1, 1969, "credit stated", "cable1973dacca01243", "oil exploration"),
    ],
    "F031": [
        (
            1,
            1985,
            "contribution stated",
            "worldsikhnews1985steel",
            "estimate of the Soviet part in the steel mill, up to the inauguration; no yearly figure",
        )
    ],
    "F032": [
        (
            0,
            1987,
            "credit stated",
            "dawn2004steelexpansion",
            "steel mill expansion; lapsed according to the outlet; the later of the two years named",
        )
    ],
}


def _usa(upstream: Upstream) -> list[dict]:
    rows = []
    for period, current, constant in aid.usa(upstream).itertuples(index=False):
        flag = "transition quarter July-September 1976, beside the fiscal year" if period.endswith("tq") else ""
        how = ("series", "usforeignassistance", "ForeignAssistance.gov", flag)
        for basis, value in (("current", current), (CONSTANT, constant)):
            rows.append(_row(int(period[:4]), period, "USA", "obligation", value / 1e6, basis, *how))
    return rows


def _china(upstream: Upstream) -> list[dict]:
    rows = []
    for record in aid.china(upstream).to_dict("records"):
        year = record["year"]
        for flow, name in FLOWS.items():
            adjusted, raw = round(record[f"{flow}_adj"] / 1e6, 6), round(record[f"{flow}_amt"] / 1e6, 6)
            flag = f"before the source's adjustment {raw:.1f}" if raw - adjusted > 0.05 else ""
            flag = "none found by the source" if adjusted == 0 else flag
            rows.append(_row(year, str(year), "CHN", name, adjusted, CONSTANT, "series", "gcdf3", "AidData", flag))
    return rows


def _soviet(upstream: Upstream) -> list[dict]:
    stated, rows = statements.read(upstream), []
    for key, parts in SOVIET.items():
        row = statements.one(stated, key)
        fits = row["topic"] == "soviet_aid" and row["unit"] == "million USD"
        require(fits, statements.FILE, f"row {key}: Soviet aid in 'million USD' expected.")
        values, periods = row["value"].split(" / "), row["period"].split(" / ")
        for position, year, flow, source, flag in parts:
            fewer = f"row {key}: value {row['value']!r} has fewer parts than expected."
            require(position < len(values), statements.FILE, fewer)
            period = periods[position] if len(periods) > 1 else row["period"]
            how = ("current", "point", source, row["outlet"], flag)
            rows.append(_row(year, period, "RUS", flow, float(values[position]), *how))
    return rows


def _row(year, period, donor, flow, value, basis, kind, source, outlet, flag) -> dict:
    return dict(
        zip(ORDER, (year, period, donor, flow, round(value, 6), UNIT, basis, kind, source, outlet, flag), strict=True)
    )


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return aid and official finance to Pakistan: US obligations, Chinese commitments, Soviet credits as stated.

    Columns: `year` (a US fiscal year by the year in which it ends), `period` as published, `donor` (USA, CHN, RUS),
    `flow` (`obligation`; `commitment, ODA-like`, `OOF-like`, `vague`; `credit stated`, `contribution stated`),
    `value`, `unit`, `price_basis` (`current` or `constant 2021`), `kind` (`series` or `point`), `source` (BibTeX key),
    `outlet`, `flag`. The donors' figures are different things and are not added up; there is no Soviet total.

    Raises
    ------
    UpstreamError
        When a file's years, countries, units or constant-dollar base are not those expected.
    """
    frame = pd.DataFrame(_usa(upstream) + _china(upstream) + _soviet(upstream), columns=ORDER)
    return frame.sort_values(["donor", "flow", "price_basis", "year", "period", "source"], ignore_index=True)
