"""Measures of arms deliveries in SIPRI's trend-indicator values (TIV): a volume, no price. TIV has no interval."""

from typing import NamedTuple

import pandas as pd

from pakrus.measures.estimate import Estimate, quantity, share, span_in_words
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
