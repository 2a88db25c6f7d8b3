"""Arms: what a supplier delivered and which part of it was of a kind, by hand."""

import math

import pandas as pd

from pakrus.measures import arms


def test_a_kind_is_a_part_of_what_one_supplier_delivered():
    rows = pd.DataFrame({
        "supplier_name": ["Russia", "Russia", "Soviet Union"], "recipient": "PAK", "description": ["turbofan", "helicopter", "turbofan"],
        "tiv_delivered": [30.0, 10.0, 99.0],
    })  # fmt: skip
    found = arms.part_of(rows, "Russia", "turbofan")
    assert (found.text, found.n) == ("75 %", 2)
    assert math.isnan(arms.part_of(rows, "Ukraine", "turbofan").value)


def test_the_year_of_the_largest_deliveries_is_of_published_volumes():
    rows = pd.DataFrame({
        "year": [1968, 1969, 1970], "supplier": "RUS", "recipient": "PAK", "tiv": [5.0, 3.0, 9.0],
        "method": ["published", "published", "even split"],
    })  # fmt: skip
    assert arms.highest_year(rows, "RUS").text == "1968"
