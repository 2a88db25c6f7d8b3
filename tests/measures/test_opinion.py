import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import opinion


def rows(*answers):
    columns = ["year", "target", "favourable", "unfavourable", "no_answer", "n"]
    return pd.DataFrame(answers, columns=columns)


ASKED = rows(
    (2009, "RUS", 10.0, 50.0, 40.0, 1000),
    (2007, "RUS", 20.0, 40.0, 40.0, 2000),
    (2013, "RUS", None, None, None, 1200),
    (2009, "CHN", 80.0, 5.0, 15.0, 1000),
)


def test_answers_by_year_are_shares_of_all_respondents_with_wilson_intervals():
    found = opinion.by_year(ASKED, "RUS")
    assert found["year"].tolist() == [2007, 2009]  # in order, without the year that has no usable answers
    assert found["favourable"].tolist() == pytest.approx([0.2, 0.1])
    assert found[["favourable_low", "favourable_high"]].iloc[1].tolist() == pytest.approx([0.0829, 0.1201], abs=5e-4)
    widths = found["no_answer_high"] - found["no_answer_low"]
    assert widths[0] < widths[1]  # more respondents, a shorter interval


def test_the_intervals_are_those_that_the_table_gives():
    table = data.load("opinion")
    for target in ("RUS", "CHN", "USA"):
        found = opinion.by_year(table, target).set_index("year")
        stored = table[table["target"] == target].set_index("year").loc[found.index]
        for end in ("favourable_low", "favourable_high"):
            assert (100 * found[end] - stored[end].astype(float)).abs().max() < 0.11  # both rounded to a tenth


def test_the_lowest_and_the_highest_year_are_named_with_their_intervals():
    found = opinion.span(ASKED, "RUS", "favourable")
    assert (found.lowest.value, found.highest.value) == pytest.approx((0.1, 0.2))
    assert found.lowest.low < 0.1 < found.lowest.high and (found.lowest.n, found.highest.n) == (1000, 2000)
    assert (
        found.highest.words == "highest yearly share: favourable, about Russia, of all respondents in Pakistan (2007)"
    )
    last = opinion.in_last_year(ASKED, "RUS", "no_answer")
    assert (last.text, last.n) == ("40\u00a0%", 1000)
    assert last.words == "no answer, about Russia, of all respondents in Pakistan, 2009"


def test_what_was_not_asked_is_refused_with_what_was():
    with pytest.raises(ValueError, match="no answers about 'IRN'; asked about: .'CHN', 'RUS'"):
        opinion.by_year(ASKED, "IRN")


def test_a_gap_takes_years_as_draws():
    table = rows(
        (2009, "RUS", 10.0, 50.0, 40.0, 1000),
        (2010, "RUS", 10.0, 40.0, 50.0, 1000),
        (2009, "CHN", 80.0, 10.0, 10.0, 1000),
        (2009, "USA", 60.0, 10.0, 30.0, 1000),
        (2010, "CHN", 80.0, 10.0, 10.0, 1000),
        (2011, "CHN", 80.0, 10.0, 10.0, 1000),
    )
    found = opinion.gap(table, "RUS", ("CHN", "USA"))
    # 40 less 20 and 50 less 10: mean 30, standard error 10, t of one degree of freedom 12.706
    assert found.value == pytest.approx(30) and (found.low, found.high) == pytest.approx(
        (30 - 127.06, 30 + 127.06), abs=0.01
    )
    assert (found.text, found.n, found.unit) == ("+30", 2, "percentage points")
    with pytest.raises(ValueError, match="0 years with answers about 'USA'"):
        opinion.gap(table[(table["target"] == "USA") | (table["year"] == 2011)], "USA", ("CHN",))


def test_a_trend_is_the_order_of_the_years():
    table = rows(*((2007 + i, "RUS", 10.0 + i, 40.0, 50.0 - i, 1000) for i in range(8)))
    found = opinion.trend(table, "RUS", "favourable")
    assert found.rho.value == pytest.approx(1) and found.rho.n == 8
    assert found.p.value < 0.001  # two of 40,320 orders are as strict
