"""Weights per decade: by hand, over a span of ten years."""

import pandas as pd
import pytest

from pakrus.measures import register

EVENTS = pd.DataFrame({
    "date": ["1990", "1992-03", "1995-05-05", "1996-01-01", "1997"],
    "scope": ["bilateral"] * 4 + ["context"],
    "status": ["happened", "happened", "happened", "planned", "happened"], "cooperation": [3, -4, 1, 5, 5],
})  # fmt: skip
RANKS = ["head-of-state", "minister"]
VISITS = pd.DataFrame({"start_date": ["1993-01", "1994"], "rank": RANKS, "status": ["happened"] * 2})
AGREEMENTS = pd.DataFrame({"date": ["1990-01-01", "2005"]})


def test_one_decade_by_hand():
    row = register.per_decade(EVENTS, VISITS, AGREEMENTS, {"a": ("1990-01-01", "2000-01-01")}).iloc[0]
    assert row["years"] == pytest.approx(10, abs=0.01)
    assert row["events"] == pytest.approx(3, abs=0.01)  # the plan and the context are left out
    for column in ("strong_good", "strong_bad", "leaders", "agreements"):
        assert row[column] == pytest.approx(1, abs=0.01), column


def test_the_bar_for_strong_can_be_moved():
    row = register.per_decade(EVENTS, VISITS, AGREEMENTS, {"a": ("1990-01-01", "2000-01-01")}, strong=4).iloc[0]
    assert row["strong_good"] == 0
    assert row["strong_bad"] == pytest.approx(1, abs=0.01)


def test_poisson_by_hand():
    assert register.chance_of_at_most(0, 1) == pytest.approx(0.36788, abs=1e-5)
    assert register.chance_of_at_most(1, 2) == pytest.approx(3 * 0.135335, abs=1e-5)
