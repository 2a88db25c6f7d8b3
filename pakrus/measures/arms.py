"""Measures of arms deliveries in SIPRI's trend-indicator values (TIV): a volume, no price; it has no interval.

What comes in: rows of `arms_volume` (by year of delivery) and `arms_transfers` (the register of orders). What goes out:
estimates. The one difficulty: two editions count differently, deliveries as published and an even split of the register over
its delivery years, so every measure says which it takes.
"""

from typing import NamedTuple

import pandas as pd

from pakrus.estimate import Estimate, count, quantity, share, span_in_words, year
from pakrus.terms import STATES, named


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
    where = f", {years[0]}–{years[1]}" if years else span_in_words(rows)
    split = "" if method == "published" else f" ({method})"
    pair = f"delivered by {_named(volume, supplier)} to {named(recipient)}{where}{split}"
    known = sorted(rows["year"].unique())
    return Deliveries(
        quantity(own, f"volume of arms {pair}", unit="million TIV", n=len(known)),
        share(own / total if total else float("nan"), f"share of the arms {pair}", len(known)),
    )


def share_in_years(volume: pd.DataFrame, supplier: str, years: tuple[int, int], recipient: str = "PAK") -> Estimate:
    """Return which share of all that a supplier delivered (published volumes) came in the years from first to last."""
    some, whole = (deliveries(volume, supplier, recipient, span).volume for span in (years, None))
    words = f"part of {years[0]}–{years[1]} in the {whole.words}"
    return share(some.value / whole.value if whole.value else float("nan"), words, whole.n)


def multiple(volume: pd.DataFrame, supplier: str, recipient: str, other: str = "PAK") -> Estimate:
    """Return how many times as much a supplier delivered to one recipient as to another.

    SIPRI's volumes by year are published here for Pakistan alone; other recipients' are the register's, split evenly.
    """
    first, second = (
        deliveries(volume, supplier, name, method="published" if name == "PAK" else "even split").volume
        for name in (recipient, other)
    )
    split = " and ".join(named(name) for name in (recipient, other) if name != "PAK")
    words = f"volume of arms from {named(supplier)}: that of {named(recipient)} as a multiple of that of {named(other)}"
    words += f" ({split} from the register, even split){span_in_words(volume)}"
    return quantity(first.value / second.value if second.value else float("nan"), words)


class Order(NamedTuple):
    """What was ordered of one weapon and what had come of it by the edition of the register."""

    ordered: Estimate
    delivered: Estimate


def of_weapon(
    transfers: pd.DataFrame, supplier: str, designation: str, recipient: str = "PAK", before: int | None = None
) -> Order:
    """Return how many items of a weapon (`designation`, such as `RD-33`) were ordered and delivered (rows of `arms_transfers`).

    `n` is the number of orders. Many of SIPRI's numbers are estimates (`ordered_uncertain`, `delivered_uncertain`).
    With `before` only orders count of which the first delivery came before that year.

    Raises
    ------
    KeyError
        When there is no such order.
    """
    rows = transfers[(transfers["supplier"] == supplier) & (transfers["recipient"] == recipient)]
    rows = rows[rows["designation"] == designation]
    rows = rows if before is None else rows[rows["delivery_years"].str[:4].astype(float) < before]
    if rows.empty:
        raise KeyError(f"no order of {designation!r} from {supplier} for {recipient}")
    until = "" if before is None else f", orders with a delivery before {before}"
    ends = f"{named(recipient)} from {named(supplier)}{until}{span_in_words(transfers)}"
    ordered, delivered = (rows[column].astype(float).sum() for column in ("ordered", "delivered"))
    return Order(
        quantity(ordered, f"items of {designation} ordered by {ends}", n=len(rows)),
        quantity(delivered, f"items of {designation} received by {ends}", n=len(rows)),
    )


COLUMNS = [
    "order_year", "designation", "description", "ordered", "ordered_uncertain", "delivery_years", "tiv_delivered"
]  # fmt: skip


def orders(transfers: pd.DataFrame, supplier: str, recipient: str = "PAK") -> pd.DataFrame:
    """Return the orders of one supplier and recipient (rows of `arms_transfers`) by year of order and designation.

    Columns: `order_year`, `designation`, `description`, `ordered`, `ordered_uncertain`, `delivery_years`, `tiv_delivered`.
    """
    rows = transfers[(transfers["supplier"] == supplier) & (transfers["recipient"] == recipient)]
    rows = rows.sort_values(["order_year", "designation"], kind="stable")[COLUMNS].reset_index(drop=True)
    rows.attrs["span"] = f"{named(supplier)} to {named(recipient)}{span_in_words(transfers)}"
    return rows


class Orders(NamedTuple):
    """How many orders there are, and of how many SIPRI marks the number as uncertain."""

    orders: Estimate
    uncertain: Estimate


def ordered(found: pd.DataFrame) -> Orders:
    """Return the number of orders (rows of `orders`) and how many of the numbers ordered are uncertain."""
    where = span_in_words(found)
    uncertain = int(found["ordered_uncertain"].fillna(False).sum())
    return Orders(
        count(found, f"orders of arms{where}"), count(uncertain, f"orders of arms with an uncertain number{where}")
    )


def _named(frame: pd.DataFrame, supplier: str) -> str:
    """Return a supplier's name: as the book writes it, else as SIPRI does."""
    if supplier in STATES:
        return named(supplier)
    return frame.loc[frame["supplier"] == supplier, "supplier_name"].iloc[-1]


def orders_from(transfers: pd.DataFrame, suppliers: list[str], recipient: str = "PAK") -> pd.DataFrame:
    """Return a recipient's orders from some suppliers (rows of `arms_transfers`), by year of order and supplier.

    Columns: `order_year`, `supplier_name`, `designation`, `description`, `ordered` (number), `delivery_years`,
    `tiv_order` (million TIV).
    """
    rows = transfers[(transfers["recipient"] == recipient) & transfers["supplier"].isin(suppliers)]
    columns = ["order_year", "supplier_name", "designation", "description", "ordered", "delivery_years", "tiv_order"]
    return rows.sort_values(["order_year", "supplier"])[columns].reset_index(drop=True)


def items_ordered(
    transfers: pd.DataFrame, supplier: str, kind: str, recipient: str = "PAK", year: int | None = None
) -> Estimate:
    """Return how many items of a kind a recipient ordered from a supplier (rows of `arms_transfers`; `kind` as SIPRI's
    description, such as "transport helicopter"), in one year of order or in all rows; `n` is the number of orders."""
    rows = transfers[(transfers["recipient"] == recipient) & (transfers["supplier"] == supplier)]
    rows = rows[rows["description"] == kind]
    rows = rows if year is None else rows[rows["order_year"] == year]
    where = span_in_words(transfers) if year is None else f", {year}"
    words = f"{kind}s ordered by {named(recipient)} from {_named(transfers, supplier)}{where}"
    return quantity(rows["ordered"].astype(float).sum(), words, n=len(rows))


def part_of(transfers: pd.DataFrame, supplier_name: str, description: str, recipient: str = "PAK") -> Estimate:
    """Return the share of one kind of weapon in the volume that SIPRI's register credits to a supplier (rows of `arms_transfers`).

    `supplier_name` is SIPRI's (`Russia` and `Soviet Union` are two), `description` its kind (`turbofan`); `n` are the rows
    of that supplier.
    """
    rows = transfers[(transfers["supplier_name"] == supplier_name) & (transfers["recipient"] == recipient)]
    own, total = rows.loc[rows["description"] == description, "tiv_delivered"].sum(), rows["tiv_delivered"].sum()
    words = (
        f"share of {description}s in the volume of arms from {supplier_name} to {named(recipient)}, SIPRI's register"
    )
    return share(own / total if total else float("nan"), words, len(rows))


def highest_year(volume: pd.DataFrame, supplier: str, recipient: str = "PAK") -> Estimate:
    """Return the year in which a supplier delivered most (rows of `arms_volume`, published volumes)."""
    rows = volume[(volume["method"] == "published") & (volume["recipient"] == recipient)]
    tiv = rows[rows["supplier"] == supplier].set_index("year")["tiv"]
    return year(tiv.idxmax(), f"year of the largest deliveries of arms by {named(supplier)} to {named(recipient)}")
