"""In which unit each column of the data behind a figure or table is, said where the numbers are: in the file.

In: the plotted frame, the tables that it comes from, and what a chart says of columns of its own. Out: a description of
each column (for the JSON beside the CSV, a Frictionless resource) and the CSV's header, in which a unit follows the name
in brackets (`USA [SIPRI TIV, million]`). The one difficulty: a file that has left its page has nothing but its header. So
a number without a unit is a year, an identifier or a count, and its description says which; a decimal number is none of
these, and no page of the book has one without a unit (tests/book/test_chapters.py).
"""

import pandas as pd

from pakrus import data

SHARE, INDEX, VOTES = "share 0-1", "index, 1 = full agreement, 0 = chance", "roll calls"
SCALE = "standard scale of the estimate"
# units of what measures and charts compute and no table has; a table's own come from the descriptor
UNITS = {
    **dict.fromkeys(("agreement", "agreement_low", "agreement_high", "interval_low", "interval_high", "share", "low", "high",
                     "agreement_RUS", "agreement_USA", "share_with_RUS", "share_with_USA", "median_with_RUS", "two_origins", "cooperative"), SHARE),
    **dict.fromkeys(("kappa", "pi", "pi_RUS"), INDEX),
    **dict.fromkeys(("n", "contested", "with_RUS", "with_USA", "abstained", "no_vote"), VOTES),
    **dict.fromkeys(("percentile", "percentile_RUS", "percentile_USA"), "percentile 0-100"),
    **dict.fromkeys(("events", "happened", "confirmed", "reported", "disputed", "named", "bilateral", "contacts"), "events"),
    **dict.fromkeys(("bilateral_per_decade", "strong_cooperative", "strong_conflictual"), "events per ten years"),
    **dict.fromkeys(("claims", "errors", "decided"), "claims"),
    **dict.fromkeys(("PAK_leaders", "PAK_others", "RUS_leaders", "RUS_others", "official_visits"), "visits"),
    "distance": SCALE,
    "ideal_point": SCALE,
    "rate": "events a year",
    "leaders_per_decade": "meetings per ten years",
    "signed_per_decade": "texts per ten years",
    "years": "years",
    "other_meetings": "meetings",
    "trade_share_percent": "per cent",
    "tiv_RUS": "SIPRI TIV, million",
    "sources": "sources",
    "passages": "passages",
    "longest": "words",
    "Rows": "rows",
    "Book": "in the unit of the figure",  # one row, one figure: each has its own
}  # fmt: skip
IDENTIFIERS = ("session", "first_session", "last_session", "number", "position", "sample")
REFERENCES = {"see unit": "see column unit", "see description": "number"}  # in the descriptor
HEADER = 32  # characters of a unit in a header; a longer one is cut to what stands before its first comma


def described(
    frame: pd.DataFrame, sources: tuple[str, ...], units: dict[str, str], titles: dict[str, str]
) -> list[dict[str, str]]:
    """Return what each column is: `name` (as in the CSV's header), `title`, `type`, and `unit` or `pakrus:kind`.

    Parameters
    ----------
    sources : names of the tables whose fields say the unit of a column of the same name. units : units of columns by name,
        which go before those. titles : heading of each column.
    """
    known = UNITS | _of_tables(sources) | units
    return [_column(str(name), frame[name], known, titles) for name in frame.columns]


def _column(name: str, values: pd.Series, known: dict[str, str], titles: dict[str, str]) -> dict[str, str]:
    kind = _type(name, values)
    found = {"name": name, "title": titles.get(name, name), "type": kind}
    if name in known and (kind in ("integer", "number") or name == "Book"):
        unit = known[name]
        short = unit if len(unit) <= HEADER else unit.partition(",")[0]
        return found | {"name": f"{name} [{short}]", "unit": unit}
    if kind == "integer":
        found["pakrus:kind"] = "identifier" if name in IDENTIFIERS else "count"
    return found


def _type(name: str, values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "boolean"
    if not pd.api.types.is_numeric_dtype(values):
        return "string"
    if name == "year" or name.endswith("_year"):
        return "year"
    return "integer" if pd.api.types.is_integer_dtype(values) else "number"


def _of_tables(sources: tuple[str, ...]) -> dict[str, str]:
    """Units of the tables' fields by name; the first table that says one counts."""
    units: dict[str, str] = {}
    for table in sources:
        for field in data.resource(table)["schema"]["fields"]:
            if field.get("unit"):
                units.setdefault(field["name"], REFERENCES.get(field["unit"], field["unit"]))
    return units
