"""Orders and volumes of arms: by hand, on a made-up register."""

import pandas as pd

from pakrus.measures import arms

TRANSFERS = pd.DataFrame({
    "order_year": [2001, 1995, 1996, 1995], "supplier": ["RUS", "RUS", "UKR", "RUS"],
    "supplier_name": ["Russia", "Russia", "Ukraine", "Russia"], "recipient": ["PAK", "PAK", "PAK", "IND"],
    "designation": "x", "description": ["transport helicopter", "transport helicopter", "tank", "tank"],
    "ordered": [12, 5, 320, 9], "delivery_years": "1997", "tiv_order": 1.0,
})  # fmt: skip
VOLUME = pd.DataFrame({
    "year": [1995, 1996], "supplier": ["UKR", "RUS"], "supplier_name": ["Ukraine", "Russia"], "recipient": "PAK",
    "tiv": [30.0, 10.0], "method": "published",
})  # fmt: skip


def test_items_ordered_of_one_kind_in_all_years_and_in_one():
    found = arms.items_ordered(TRANSFERS, "RUS", "transport helicopter")
    assert (found.text, found.n) == ("17", 2)
    assert arms.items_ordered(TRANSFERS, "RUS", "transport helicopter", year=2001).text == "12"
    assert arms.items_ordered(TRANSFERS, "RUS", "tank").text == "0"
    assert arms.items_ordered(TRANSFERS, "UKR", "tank").words == "tanks ordered by Pakistan from Ukraine"


def test_orders_are_the_recipients_own_by_year():
    found = arms.orders_from(TRANSFERS, ["RUS", "UKR"])
    assert found["order_year"].tolist() == [1995, 1996, 2001]
    assert arms.orders_from(TRANSFERS, ["CHN"]).empty


def test_a_supplier_whom_the_book_has_no_name_for_keeps_that_of_the_register():
    found = arms.deliveries(VOLUME, "UKR")
    assert (found.share.text, found.volume.words) == ("75 %", "volume of arms delivered by Ukraine to Pakistan")
