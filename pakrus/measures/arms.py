"""Measures of arms deliveries in SIPRI's trend-indicator values (TIV): a volume, no price. TIV has no interval."""

from typing import NamedTuple

import pandas as pd

from pakrus.estimate import Estimate, quantity, share, span_in_words, year
from pakrus.terms import STATES


class Deliveries(NamedTuple):
    """What one supplier delivered: its volume, and its share in all that the recipient received."""

    volume: Estimate
    share: Estimate


def deliveries(
    volume: pd.DataFrame, supplier: str, recipient: str = "PAK", years: tuple[int, int] | None = None, method: str = "published"
) -> Deliveries:  # fmt: skip
    """Return the volume that a supplier delivered and its share in the recipient's deliveries (rows of `arms_volume`).

    `years` keeps calendar years from the first to the last, both included; `method` is `published` (deliveries by year as
    SIPRI gives them) or `even split` (the register's volume shared evenly over each row's delivery years).
    """
    rows = volume[(volume["recipient"] == recipient) & (volume["method"] == method)]
    rows = rows[rows["year"].between(*years)] if years else rows
    own, total = float(rows.loc[rows["supplier"] == supplier, "tiv"].sum()), float(rows["tiv"].sum())
    where = f", {years[0]}–{years[1]}" if years else span_in_words(volume)
    split = "" if method == "published" else f" ({method})"
    pair = f"delivered by {STATES[supplier]} to {STATES[recipient]}{where}{split}"
    known = sorted(rows["year"].unique())
    return Deliveries(
        quantity(own, f"volume of arms {pair}", unit="million TIV", n=len(known)),
        share(own / total if total else float("nan"), f"share of the arms {pair}", len(known)),
    )


def part_of(transfers: pd.DataFrame, supplier_name: str, description: str, recipient: str = "PAK") -> Estimate:
    """Return the share of one kind of weapon in the volume that SIPRI's register credits to a supplier (rows of `arms_transfers`).

    `supplier_name` is SIPRI's (`Russia` and `Soviet Union` are two), `description` its kind (`turbofan`); `n` are the rows
    of that supplier.
    """
    rows = transfers[(transfers["supplier_name"] == supplier_name) & (transfers["recipient"] == recipient)]
    own, total = rows.loc[rows["description"] == description, "tiv_delivered"].sum(), rows["tiv_delivered"].sum()
    words = f"part of the kind {description} in the arms of {supplier_name} for {STATES[recipient]} in SIPRI's register"
    return share(own / total if total else float("nan"), words, len(rows))


def highest_year(volume: pd.DataFrame, supplier: str, recipient: str = "PAK") -> Estimate:
    """Return the year in which a supplier delivered most (rows of `arms_volume`, published volumes)."""
    rows = volume[(volume["method"] == "published") & (volume["recipient"] == recipient)]
    tiv = rows[rows["supplier"] == supplier].set_index("year")["tiv"]
    return year(tiv.idxmax(), f"year of the largest deliveries of arms by {STATES[supplier]} to {STATES[recipient]}")
