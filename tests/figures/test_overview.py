"""The overview of four strips: words and plotted data follow the tables, gaps stay gaps."""

import pytest

from pakrus import data
from pakrus.figures import overview
from pakrus.measures import trade


def chart(visits=None):
    made = overview.four_strips(
        data.load("unga_agreement"), trade.shares(data.load("trade_partners")), data.load("arms_volume"),
        data.load("visits") if visits is None else visits, 1947, 2026,
    )  # fmt: skip
    return made


def test_it_says_in_words_what_it_shows():
    made = chart()
    assert 100 < len(made.alt) < 1200 and made.alt.endswith(".") and "nan" not in made.alt
    assert set(made.sources) <= set(data.tables()) and len(made.plotted) == 80


def test_years_without_data_are_gaps_and_years_without_deliveries_are_zero():
    rows = chart().plotted.set_index("year")
    assert rows["trade_share_percent"].loc[2015:].isna().all() and rows["tiv_RUS"].loc[2022:].isna().all()
    assert rows.at[1955, "tiv_RUS"] == 0
    assert rows.at[1964, "percentile_RUS"] != rows.at[1964, "percentile_RUS"]  # session 19 had one vote


@pytest.mark.parametrize(
    "change, official, other",
    [({}, 1, 0), ({"kind": "call"}, 0, 1), ({"status": "cancelled"}, 0, 0), ({"rank": "minister"}, 0, 0)],
)
def test_meetings_are_of_leaders_that_happened_by_kind(change, official, other):
    row = (
        data.load("visits")
        .head(1)
        .assign(
            **{"start_date": "1972-03", "status": "happened", "rank": "head-of-state", "kind": "official", **change}
        )
    )
    made = chart(row).plotted.set_index("year")
    assert (made.at[1972, "official_visits"], made.at[1972, "other_meetings"]) == (official, other)
