"""SIPRI Arms Transfers Database: the register (orders and deliveries), and published volumes by year of delivery."""

import pandas as pd

from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, require

TO_PAKISTAN = "arms/sipri_register_recipient_pakistan_2025-03-13.csv"
FROM_PAKISTAN = "arms/sipri_register_supplier_pakistan_2025-03-13.csv"
RUSSIA_TO_INDIA = "arms/sipri_register_russia_ussr_to_india_2025-03-13.csv"
VOLUME = "arms/sipri_tiv_to_pakistan_by_supplier_1950_2021_gen2022-07-28.csv"
TWO_EDITIONS = "arms/tiv_even_split_india_pakistan.csv"
EARLIER, LATER = "2024-03-18", "2026-02 copy"  # the later copy lost its head; it has deliveries of 2024
REGISTER_EDITION = "2025-03-13"
VOLUME_EDITION = "2022-07-28"
LAST_VOLUME_YEAR = 2021

ISO3 = {
    "Argentina": "ARG", "Australia": "AUS", "Austria": "AUT", "Azerbaijan": "AZE", "Bahrain": "BHR", "Bangladesh": "BGD", "Belarus": "BLR",
    "Belgium": "BEL", "Brazil": "BRA", "Canada": "CAN", "China": "CHN", "Egypt": "EGY", "France": "FRA", "Germany": "DEU", "India": "IND",
    "Indonesia": "IDN", "Iran": "IRN", "Iraq": "IRQ", "Italy": "ITA", "Jordan": "JOR", "Lebanon": "LBN", "Libya": "LBY", "Lithuania": "LTU",
    "Malaysia": "MYS", "Malta": "MLT", "Myanmar": "MMR", "Netherlands": "NLD", "New Zealand": "NZL", "Nigeria": "NGA", "North Korea": "PRK",
    "Oman": "OMN", "Pakistan": "PAK", "Portugal": "PRT", "Qatar": "QAT", "Romania": "ROU", "Russia": "RUS", "Saudi Arabia": "SAU",
    "Slovakia": "SVK", "Soviet Union": "RUS", "Spain": "ESP", "Sri Lanka": "LKA", "Sweden": "SWE", "Switzerland": "CHE", "Syria": "SYR", "Thailand": "THA",
    "Turkey": "TUR", "Turkiye": "TUR", "UAE": "ARE", "Ukraine": "UKR", "United Kingdom": "GBR", "United States": "USA",
}  # fmt: skip


def _code(names: pd.Series, file: str) -> pd.Series:
    """ISO3 codes; suppliers that the register calls unknown or gives as a group keep their words in `*_name` and have no code."""
    codes = names.map(ISO3)
    unmapped = sorted(set(names[codes.isna()]))
    known = [n for n in unmapped if n.startswith("unknown") or "*" in n or "NATO" in n]
    require(
        unmapped == known,
        file,
        f"no ISO3 code for {', '.join(n for n in unmapped if n not in known)}: add it to pakrus/sources/sipri.py.",
    )
    return codes.fillna("")


def register(upstream: Upstream) -> pd.DataFrame:
    """Return the register's rows under SIPRI's own column names, transfers to and from Pakistan and from Moscow to India.

    `recipient` and `supplier` are ISO3 codes (empty where SIPRI names none), `recipient_name` and `supplier_name` SIPRI's.
    """
    names = ["recipient", "supplier", "year_order", "year_order_unc", "n_ordered", "n_ordered_unc", "designation", "description",
             "n_delivered", "n_delivered_unc", "years_delivery", "status", "tiv_unit", "tiv_order", "tiv_delivered"]  # fmt: skip
    parts = []
    for file in (TO_PAKISTAN, FROM_PAKISTAN, RUSSIA_TO_INDIA):
        part = columns(pd.read_csv(upstream.path(file), dtype={"years_delivery": str}), file, names)
        part = corrections.apply(part, file)
        for side in ("recipient", "supplier"):
            part = part.assign(**{f"{side}_name": part[side], side: _code(part[side], file)})
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def volumes(upstream: Upstream) -> pd.DataFrame:
    """Return the published volumes delivered to Pakistan: `year`, `supplier` (ISO3), `supplier_name`, `tiv` (million)."""
    frame = columns(pd.read_csv(upstream.path(VOLUME)), VOLUME, ["year", "supplier", "value"])
    return pd.DataFrame({
        "year": frame["year"], "supplier": _code(frame["supplier"], VOLUME), "supplier_name": frame["supplier"],
        "tiv": frame["value"].astype(float),
    })  # fmt: skip


def editions(upstream: Upstream) -> pd.DataFrame:
    """Return the even split of two editions of the whole register, for India and Pakistan, by group of suppliers.

    Columns: `recipient`, `year`, `supplier` (ISO3 of a supplier that is told apart, else `other`), `earlier`, `later` (TIV
    million; 0 where an edition has the year and no such delivery, missing where it ends before the year).

    Raises
    ------
    UpstreamError
        When the file has other editions or recipients, or a row twice.
    """
    names = ["recipient", "year", "sup", "t", "edition"]
    frame = columns(pd.read_csv(upstream.path(TWO_EDITIONS)), TWO_EDITIONS, names)
    found = sorted(set(frame["edition"]))
    require(found == [EARLIER, LATER], TWO_EDITIONS, f"editions {', '.join(found)}; {EARLIER} and {LATER} expected.")
    require(not frame.duplicated(names[:3] + ["edition"]).any(), TWO_EDITIONS, "a supplier has two rows in a year.")
    last = frame[frame["edition"] == EARLIER]["year"].max()
    wide = frame.pivot(index=["recipient", "year", "sup"], columns="edition", values="t").fillna(0.0).reset_index()
    wide = wide.rename(columns={EARLIER: "earlier", LATER: "later", "sup": "supplier"}).rename_axis(columns=None)
    wide["earlier"] = wide["earlier"].where(wide["year"] <= last)
    wide["recipient"] = _code(wide["recipient"], TWO_EDITIONS)
    return wide
