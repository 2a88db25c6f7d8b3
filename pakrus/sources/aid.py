"""Aid to Pakistan as two producers publish it: US obligations by fiscal year, Chinese commitments by year."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require

USA = "aid/us_obligations_pakistan_1948_2023.csv"
CHINA = "aid/gcdf3_pakistan_by_year.csv"
CONSTANT_YEAR = 2021  # both files: see `usa`; the adjusted amounts of AidData's version 3.0 are in dollars of 2021
FLOWS = ("oda", "oof", "vof")


def usa(upstream: Upstream) -> pd.DataFrame:
    """Return US obligations: `period` (fiscal year), `current` and `constant` US dollars (of `CONSTANT_YEAR`)."""
    names = ["Country Code", "Transaction Type Name", "Fiscal Year", "current_amount", "constant_amount"]
    frame = columns(pd.read_csv(upstream.path(USA), dtype={"Fiscal Year": str}), USA, names)
    alone = set(frame["Country Code"]) == {"PAK"} and set(frame["Transaction Type Name"]) == {"Obligations"}
    require(alone, USA, "obligations to Pakistan alone expected.")
    require(not frame["Fiscal Year"].duplicated().any(), USA, "a fiscal year is there twice.")
    # the file does not name its base year: it is the year in which both amounts are equal
    equal = list(frame.loc[frame["current_amount"] == frame["constant_amount"], "Fiscal Year"])
    expected = f"constant dollars of {CONSTANT_YEAR} expected (both amounts equal in that year alone), found {equal}."
    require(equal == [str(CONSTANT_YEAR)], USA, expected)
    return frame[names[2:]].set_axis(["period", "current", "constant"], axis=1)


def china(upstream: Upstream) -> pd.DataFrame:
    """Return Chinese commitments by `year` in US dollars of `CONSTANT_YEAR`: for each of `FLOWS` `<flow>_amt` and, adjusted, `<flow>_adj`."""
    names = ["ccode", "year", *(f"{flow}_{kind}" for flow in FLOWS for kind in ("amt", "adj"))]
    frame = columns(pd.read_csv(upstream.path(CHINA)), CHINA, names)
    complete = set(frame["ccode"]) == {770} and sorted(frame["year"]) == list(range(2000, 2022))
    require(complete, CHINA, "Pakistan, 22 years 2000-2021 expected.")
    for flow in FLOWS:
        above = frame.loc[frame[f"{flow}_adj"] > frame[f"{flow}_amt"] + 10, "year"]  # ten dollars: rounding
        require(above.empty, CHINA, f"{list(above)}: the adjusted amount of {flow} is above the amount.")
    return frame.drop(columns="ccode")
