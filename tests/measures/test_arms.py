"""Arms: shares, multiples and orders, by hand on made-up volumes."""

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


def test_of_a_weapon_what_was_ordered_and_what_came():
    found = arms.of_weapon(TRANSFERS.assign(delivered=[90, 25, 80]), "RUS", "T-54")
    assert [(estimate.value, estimate.n) for estimate in found] == [(100, 1), (90, 1)]
    with pytest.raises(KeyError, match="T-59"):
        arms.of_weapon(TRANSFERS, "RUS", "T-59")  # China's
