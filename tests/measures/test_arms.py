"""Arms: shares, multiples and orders, by hand on made-up volumes."""

import math

import pandas as pd
import pytest

from pakrus.measures import arms

VOLUME = pd.DataFrame({
    "supplier": ["RUS", "RUS", "CHN", "RUS"], "recipient": ["PAK", "PAK", "PAK", "IND"],
    "year": [1968, 1984, 1968, 1968], "tiv": [30.0, 10.0, 60.0, 400.0],
    "method": ["published", "published", "published", "even split"],
})  # fmt: skip
TRANSFERS = pd.DataFrame({
    "supplier": ["RUS", "RUS", "CHN"], "recipient": ["PAK"] * 3, "order_year": [1968, 1966, 1966],
    "designation": ["T-54", "T-34", "T-59"], "description": ["tank"] * 3, "ordered": [100, 25, 80],
    "ordered_uncertain": [True, False, True], "delivery_years": ["1969", "1966", "1966"],
    "tiv_delivered": [44.0, 9.5, 20.0],
})  # fmt: skip


def test_a_share_in_years_is_of_all_that_the_supplier_delivered():
    found = arms.share_in_years(VOLUME, "RUS", (1966, 1970))
    assert found.value == pytest.approx(0.75)
    assert "1966–1970" in found.words


def test_a_multiple_takes_each_recipient_by_the_method_that_it_has():
    assert arms.multiple(VOLUME, "RUS", "IND").value == pytest.approx(10)


def test_orders_are_in_order_and_counted_with_their_uncertain_numbers():
    found = arms.orders(TRANSFERS, "RUS")
    assert list(found["designation"]) == ["T-34", "T-54"]
    assert [estimate.value for estimate in arms.ordered(found)] == [2, 1]
    assert "USSR/Russia to Pakistan" in arms.ordered(found).orders.words


REGISTER = pd.DataFrame({
    "order_year": [2001, 1995, 1996, 1995], "supplier": ["RUS", "RUS", "UKR", "RUS"],
    "supplier_name": ["Russia", "Russia", "Ukraine", "Russia"], "recipient": ["PAK", "PAK", "PAK", "IND"],
    "designation": "x", "description": ["transport helicopter", "transport helicopter", "tank", "tank"],
    "ordered": [12, 5, 320, 9], "delivery_years": "1997", "tiv_order": 1.0,
})  # fmt: skip
PUBLISHED = pd.DataFrame({
    "year": [1995, 1996], "supplier": ["UKR", "RUS"], "supplier_name": ["Ukraine", "Russia"], "recipient": "PAK",
    "tiv": [30.0, 10.0], "method": "published",
})  # fmt: skip


def test_items_ordered_of_one_kind_in_all_years_and_in_one():
    found = arms.items_ordered(REGISTER, "RUS", "transport helicopter")
    assert (found.text, found.n) == ("17", 2)
    assert arms.items_ordered(REGISTER, "RUS", "transport helicopter", year=2001).text == "12"
    assert arms.items_ordered(REGISTER, "RUS", "tank").text == "0"
    assert arms.items_ordered(REGISTER, "UKR", "tank").words == "tanks ordered by Pakistan from Ukraine"


def test_orders_are_the_recipients_own_by_year():
    found = arms.orders_from(REGISTER, ["RUS", "UKR"])
    assert found["order_year"].tolist() == [1995, 1996, 2001]
    assert arms.orders_from(REGISTER, ["CHN"]).empty


def test_a_supplier_whom_the_book_has_no_name_for_keeps_that_of_the_register():
    found = arms.deliveries(PUBLISHED, "UKR")
    assert (found.share.text, found.volume.words) == (
        "75\u00a0%",
        "volume of arms delivered by Ukraine to Pakistan, 1995–1996",
    )


def test_a_kind_is_a_part_of_what_one_supplier_delivered():
    rows = pd.DataFrame({
        "supplier_name": ["Russia", "Russia", "Soviet Union"], "recipient": "PAK", "description": ["turbofan", "helicopter", "turbofan"],
        "tiv_delivered": [30.0, 10.0, 99.0],
    })  # fmt: skip
    found = arms.part_of(rows, "Russia", "turbofan")
    assert (found.text, found.n) == ("75\u00a0%", 2)
    assert math.isnan(arms.part_of(rows, "Ukraine", "turbofan").value)


def test_the_year_of_the_largest_deliveries_is_of_published_volumes():
    rows = pd.DataFrame({
        "year": [1968, 1969, 1970], "supplier": "RUS", "recipient": "PAK", "tiv": [5.0, 3.0, 9.0],
        "method": ["published", "published", "even split"],
    })  # fmt: skip
    assert arms.highest_year(rows, "RUS").text == "1968"


def test_orders_of_a_weapon_whose_delivery_began_before_a_year():
    register = pd.DataFrame({
        "supplier": "RUS", "recipient": "PAK", "designation": ["Mi-17", "Mi-17", "RD-33"], "ordered": [12, 2, 250],
        "delivered": [12, 2, 206], "delivery_years": ["2002; 2003", "2016", "2007; 2024"],
    })  # fmt: skip
    found = arms.of_weapon(register, "RUS", "Mi-17", before=2014).delivered
    assert (found.text, found.n) == ("12", 1) and found.words.endswith("orders with a delivery before 2014")
    assert arms.of_weapon(register, "RUS", "Mi-17").delivered.text == "14"


def test_of_a_weapon_what_was_ordered_and_what_came():
    found = arms.of_weapon(TRANSFERS.assign(delivered=[90, 25, 80]), "RUS", "T-54")
    assert [(estimate.value, estimate.n) for estimate in found] == [(100, 1), (90, 1)]
    with pytest.raises(KeyError, match="T-59"):
        arms.of_weapon(TRANSFERS, "RUS", "T-59")  # China's
