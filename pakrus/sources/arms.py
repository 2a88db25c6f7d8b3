"""Arms transfers: the register (orders and deliveries) and volumes by delivery year."""

import pandas as pd

from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, require

TO_PAKISTAN = "arms/sipri_register_recipient_pakistan_2025-03-13.csv"
FROM_PAKISTAN = "arms/sipri_register_supplier_pakistan_2025-03-13.csv"
RUSSIA_TO_INDIA = "arms/sipri_register_russia_ussr_to_india_2025-03-13.csv"
VOLUME = "arms/sipri_tiv_to_pakistan_by_supplier_1950_2021_gen2022-07-28.csv"
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
        f"no ISO3 code for {', '.join(n for n in unmapped if n not in known)}: add it to pakrus/sources/arms.py.",
    )
    return codes.fillna("")


def _register(upstream: Upstream) -> pd.DataFrame:
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


def transfers(upstream: Upstream) -> pd.DataFrame:
    """Return the register's transfers to and from Pakistan and from the USSR/Russia to India, one row per order.

    Columns: `transfer_id`, `supplier`, `supplier_name`, `recipient`, `designation`, `description`, `order_year`,
    `order_year_uncertain`, `ordered`, `ordered_uncertain`, `delivered`, `delivered_uncertain`, `delivery_years`,
    `condition`, `tiv_unit`, `tiv_order`, `tiv_delivered`, `edition`. "Uncertain" is SIPRI's own mark.
    """
    frame = _register(upstream)
    out = pd.DataFrame({
        "supplier": frame["supplier"], "supplier_name": frame["supplier_name"], "recipient": frame["recipient"],
        "designation": frame["designation"], "description": frame["description"], "order_year": frame["year_order"].astype("Int64"),
        "order_year_uncertain": frame["year_order_unc"].eq("?"), "ordered": frame["n_ordered"].astype("Int64"),
        "ordered_uncertain": frame["n_ordered_unc"].eq("?"), "delivered": frame["n_delivered"].astype("Int64"),
        "delivered_uncertain": frame["n_delivered_unc"].eq("?"), "delivery_years": frame["years_delivery"].fillna("").str.strip(),
        "condition": frame["status"], "tiv_unit": frame["tiv_unit"], "tiv_order": frame["tiv_order"],
        "tiv_delivered": frame["tiv_delivered"], "edition": REGISTER_EDITION,
    })  # fmt: skip
    key = ["recipient", "supplier", "order_year", "designation", "delivery_years", "ordered", "tiv_unit"]
    out = out.sort_values(key, kind="stable", ignore_index=True)
    number = out.groupby(["recipient", "supplier", "order_year", "designation"], dropna=False).cumcount() + 1
    slug = out["designation"].str.lower().str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-")
    supplier = out["supplier"].where(out["supplier"] != "", "unknown").str.lower()
    out.insert(
        0,
        "transfer_id",
        supplier
        + "-"
        + out["recipient"].str.lower()
        + "-"
        + out["order_year"].astype(str).replace("<NA>", "nd")
        + "-"
        + slug
        + "-"
        + number.astype(str),
    )
    require(not out["transfer_id"].duplicated().any(), TO_PAKISTAN, "two transfers get one id.")
    return out


def even_split(upstream: Upstream) -> pd.DataFrame:
    """Return the register's delivered volume shared evenly over each row's delivery years, in the columns of `volume`."""
    register = _register(upstream)
    register = register[(register["tiv_delivered"] > 0) & register["years_delivery"].notna()].copy()
    register["year"] = register["years_delivery"].str.findall(r"\d{4}")
    register["tiv"] = register["tiv_delivered"] / register["year"].str.len()
    keys = ["year", "supplier", "supplier_name", "recipient"]
    split = register.explode("year").astype({"year": int}).groupby(keys, as_index=False)["tiv"].sum()
    return split.assign(tiv=split["tiv"].round(2), edition=REGISTER_EDITION, method="even split")


def volume(upstream: Upstream) -> pd.DataFrame:
    """Return volumes in SIPRI trend-indicator values by year of delivery: `year`, `supplier`, `supplier_name`, `recipient`, `tiv`, `edition`, `method`.

    `method` is `published` (deliveries to Pakistan 1950-2021, edition of July 2022) or `even split` (our own: the
    delivered volume of each register row shared evenly over its delivery years, edition of March 2025).
    """
    published = columns(pd.read_csv(upstream.path(VOLUME)), VOLUME, ["year", "supplier", "value"])
    published = pd.DataFrame({
        "year": published["year"], "supplier": _code(published["supplier"], VOLUME), "supplier_name": published["supplier"], "recipient": "PAK",
        "tiv": published["value"].astype(float), "edition": VOLUME_EDITION, "method": "published",
    })  # fmt: skip
    split = even_split(upstream)
    split = split[split["supplier"] == "RUS"]
    frame = pd.concat([published, split], ignore_index=True)
    return frame.sort_values(
        ["method", "recipient", "supplier", "supplier_name", "year"],
        ascending=[False, True, True, True, True],
        ignore_index=True,
    )
