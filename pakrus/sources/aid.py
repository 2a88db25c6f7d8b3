"""What the United States, China and the USSR/Russia gave or lent Pakistan: three kinds of figure side by side."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require
from pakrus.sources.trade import POINTS

USA = "aid/us_obligations_pakistan_1948_2023.csv"
CHINA = "aid/gcdf3_pakistan_by_year.csv"
CONSTANT_YEAR = 2021  # both files: see `_usa`; the adjusted amounts of AidData's version 3.0 are in dollars of 2021
FLOWS = {"oda": "commitment, ODA-like", "oof": "commitment, OOF-like", "vof": "commitment, vague"}
ORDER = ["year", "period", "donor", "flow", "value", "unit", "price_basis", "kind", "source", "outlet", "flag"]
UNIT = "million US dollars"

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
    names = ["Country Code", "Transaction Type Name", "Fiscal Year", "current_amount", "constant_amount"]
    frame = columns(pd.read_csv(upstream.path(USA), dtype={"Fiscal Year": str}), USA, names)
    require(
        set(frame["Country Code"]) == {"PAK"} and set(frame["Transaction Type Name"]) == {"Obligations"},
        USA,
        "obligations to Pakistan alone expected.",
    )
    require(not frame["Fiscal Year"].duplicated().any(), USA, "a fiscal year is there twice.")
    equal = frame.loc[frame["current_amount"] == frame["constant_amount"], "Fiscal Year"]
    require(
        list(equal) == [str(CONSTANT_YEAR)],
        USA,
        f"constant dollars of {CONSTANT_YEAR} expected (both amounts equal in that year alone), found {list(equal)}.",
    )
    rows = []
    for _, _, period, current, constant in frame.itertuples(index=False):
        flag = "transition quarter July-September 1976, beside the fiscal year" if period.endswith("tq") else ""
        for basis, value in (("current", current), (f"constant {CONSTANT_YEAR}", constant)):
            rows.append(
                _row(
                    int(period[:4]),
                    period,
                    "USA",
                    "obligation",
                    value / 1e6,
                    basis,
                    "series",
                    "usforeignassistance",
                    "ForeignAssistance.gov",
                    flag,
                )
            )
    return rows


def _china(upstream: Upstream) -> list[dict]:
    names = ["ccode", "year", *(f"{flow}_{kind}" for flow in FLOWS for kind in ("amt", "adj"))]
    frame = columns(pd.read_csv(upstream.path(CHINA)), CHINA, names)
    require(
        set(frame["ccode"]) == {770} and sorted(frame["year"]) == list(range(2000, 2022)),
        CHINA,
        "Pakistan, 22 years 2000-2021 expected.",
    )
    rows = []
    for record in frame.to_dict("records"):
        for flow, name in FLOWS.items():
            adjusted, raw = round(record[f"{flow}_adj"] / 1e6, 6), round(record[f"{flow}_amt"] / 1e6, 6)
            require(
                adjusted <= raw + 1e-5, CHINA, f"{record['year']}: the adjusted amount of {flow} is above the amount."
            )
            flag = (
                "none found by the source"
                if adjusted == 0
                else f"before the source's adjustment {raw:.1f}"
                if raw - adjusted > 0.05
                else ""
            )
            rows.append(
                _row(
                    record["year"],
                    str(record["year"]),
                    "CHN",
                    name,
                    adjusted,
                    f"constant {CONSTANT_YEAR}",
                    "series",
                    "gcdf3",
                    "AidData",
                    flag,
                )
            )
    return rows


def _soviet(upstream: Upstream) -> list[dict]:
    frame = columns(
        pd.read_csv(upstream.path(POINTS), dtype=str), POINTS, ["id", "topic", "period", "value", "unit", "outlet"]
    ).set_index("id")
    rows = []
    for key, statements in SOVIET.items():
        require(key in frame.index, POINTS, f"row {key} is missing.")
        row = frame.loc[key]
        require(
            row["topic"] == "soviet_aid" and row["unit"] == "million USD",
            POINTS,
            f"row {key}: Soviet aid in 'million USD' expected.",
        )
        values = row["value"].split(" / ")
        for position, year, flow, source, flag in statements:
            require(position < len(values), POINTS, f"row {key}: value {row['value']!r} has fewer parts than expected.")
            period = row["period"] if " / " not in row["period"] else row["period"].split(" / ")[position]
            rows.append(
                _row(
                    year, period, "RUS", flow, float(values[position]), "current", "point", source, row["outlet"], flag
                )
            )
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
