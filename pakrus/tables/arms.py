"""Arms transfers: the register (orders and deliveries) and volumes by delivery year."""

import pandas as pd

from pakrus.sources import sipri
from pakrus.sources.files import Upstream, require


def transfers(upstream: Upstream) -> pd.DataFrame:
    """Return the register's transfers to and from Pakistan and from the USSR/Russia to India, one row per order.

    Columns: `transfer_id`, `supplier`, `supplier_name`, `recipient`, `designation`, `description`, `order_year`,
    `order_year_uncertain`, `ordered`, `ordered_uncertain`, `delivered`, `delivered_uncertain`, `delivery_years`,
    `condition`, `tiv_unit`, `tiv_order`, `tiv_delivered`, `edition`. "Uncertain" is SIPRI's own mark.
    """
    frame = upstream.once(sipri.register)
    out = pd.DataFrame({
        "supplier": frame["supplier"], "supplier_name": frame["supplier_name"], "recipient": frame["recipient"],
        "designation": frame["designation"], "description": frame["description"], "order_year": frame["year_order"].astype("Int64"),
        "order_year_uncertain": frame["year_order_unc"].eq("?"), "ordered": frame["n_ordered"].astype("Int64"),
        "ordered_uncertain": frame["n_ordered_unc"].eq("?"), "delivered": frame["n_delivered"].astype("Int64"),
        "delivered_uncertain": frame["n_delivered_unc"].eq("?"), "delivery_years": frame["years_delivery"].fillna("").str.strip(),
        "condition": frame["status"], "tiv_unit": frame["tiv_unit"], "tiv_order": frame["tiv_order"],
        "tiv_delivered": frame["tiv_delivered"], "edition": sipri.REGISTER_EDITION,
    })  # fmt: skip
    key = ["recipient", "supplier", "order_year", "designation", "delivery_years", "ordered", "tiv_unit"]
    out = out.sort_values(key, kind="stable", ignore_index=True)
    number = out.groupby(["recipient", "supplier", "order_year", "designation"], dropna=False).cumcount() + 1
    slug = out["designation"].str.lower().str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-")
    supplier = out["supplier"].where(out["supplier"] != "", "unknown").str.lower()
    year = out["order_year"].astype(str).replace("<NA>", "nd")
    parts = (out["recipient"].str.lower(), year, slug, number.astype(str))
    out.insert(0, "transfer_id", supplier.str.cat(parts, sep="-"))
    require(not out["transfer_id"].duplicated().any(), sipri.TO_PAKISTAN, "two transfers get one id.")
    return out


def even_split(upstream: Upstream) -> pd.DataFrame:
    """Return the register's delivered volume shared evenly over each row's delivery years, in the columns of `volume`."""
    register = upstream.once(sipri.register)
    register = register[(register["tiv_delivered"] > 0) & register["years_delivery"].notna()].copy()
    register["year"] = register["years_delivery"].str.findall(r"\d{4}")
    register["tiv"] = register["tiv_delivered"] / register["year"].str.len()
    keys = ["year", "supplier", "supplier_name", "recipient"]
    split = register.explode("year").astype({"year": int}).groupby(keys, as_index=False)["tiv"].sum()
    return split.assign(tiv=split["tiv"].round(2), edition=sipri.REGISTER_EDITION, method="even split")


def volume(upstream: Upstream) -> pd.DataFrame:
    """Return volumes in SIPRI trend-indicator values by year of delivery: `year`, `supplier`, `supplier_name`, `recipient`, `tiv`, `edition`, `method`.

    `method` is `published` (deliveries to Pakistan 1950-2021, edition of July 2022) or `even split` (our own: the
    delivered volume of each register row shared evenly over its delivery years, edition of March 2025).
    """
    published = sipri.volumes(upstream).assign(recipient="PAK", edition=sipri.VOLUME_EDITION, method="published")
    split = even_split(upstream)
    order = ["year", "supplier", "supplier_name", "recipient", "tiv", "edition", "method"]
    frame = pd.concat([published[order], split.loc[split["supplier"] == "RUS", order]], ignore_index=True)
    return frame.sort_values(
        ["method", "recipient", "supplier", "supplier_name", "year"],
        ascending=[False, True, True, True, True],
        ignore_index=True,
    )


MEAN_OF = 5  # years


def suppliers(upstream: Upstream) -> pd.DataFrame:
    """Return who delivered arms to India and to Pakistan by year, from two editions of the register, evenly split.

    Columns: `recipient`, `year`, `supplier` (a state, or `other`), `tiv` (the later edition, to 2024), `tiv_earlier` (the
    edition of March 2024, to 2023), `share` (of the recipient's volume in that year), `share_five_years` (of its volume in
    the year and the four before). Every supplier told apart has a row in every year.
    """
    frame = sipri.editions(upstream)
    parts = []
    for recipient, rows in frame.groupby("recipient"):
        years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
        named = sorted(set(rows["supplier"]), key=lambda name: (name == "other", name))
        full = pd.MultiIndex.from_product([years, named], names=["year", "supplier"])
        last = rows.loc[rows["earlier"].notna(), "year"].max()
        found = rows.set_index(["year", "supplier"])[["later", "earlier"]].reindex(full).reset_index()
        found["later"] = found["later"].fillna(0.0)
        found["earlier"] = found["earlier"].fillna(0.0).where(found["year"] <= last)
        wide = found.pivot(index="year", columns="supplier", values="later")
        five = wide.rolling(MEAN_OF).sum()
        yearly = wide.div(wide.sum(axis=1).where(lambda total: total > 0), axis=0)
        fivefold = five.div(five.sum(axis=1, min_count=1).where(lambda total: total > 0), axis=0)
        for name, shares in (("share", yearly), ("share_five_years", fivefold)):
            found[name] = (
                shares.stack().reindex(pd.MultiIndex.from_frame(found[["year", "supplier"]])).to_numpy().round(4)
            )
        parts.append(found.assign(recipient=recipient))
    out = pd.concat(parts, ignore_index=True).rename(columns={"later": "tiv", "earlier": "tiv_earlier"})
    out[["tiv", "tiv_earlier"]] = out[["tiv", "tiv_earlier"]].round(2)
    return out[["recipient", "year", "supplier", "tiv", "tiv_earlier", "share", "share_five_years"]]
