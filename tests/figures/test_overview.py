"""The picture of the landing page: bars follow the register, words name what is named, and no more than three events are."""

import pytest

from pakrus import data
from pakrus.figures import overview

NAMED = {"1965-04-ayub-khan-moscow": "Ayub Khan in Moscow", "1971-12-05-tass-statement": "Moscow stands with India"}


def chart(events=None, named=NAMED):
    return overview.years_of_acts(data.load("events") if events is None else events, 1947, 2026, named)


def shown(made):
    return {text.get_text() for text in made.figure.axes[0].texts}


def test_it_says_in_words_what_it_shows():
    made = chart()
    assert 100 < len(made.alt) < 1200 and made.alt.endswith("5 December 1971.") and "nan" not in made.alt
    assert made.sources == ("events",) and len(made.plotted) == 80
    totals = made.plotted[["cooperative", "conflictual"]].sum()
    assert f"{totals['cooperative']} cooperative" in made.alt and f"{totals['conflictual']} conflictual" in made.alt


def test_what_is_named_stands_with_its_year_and_phases_with_their_names():
    words = shown(chart())
    assert {"1965: Ayub Khan in Moscow", "1971: Moscow stands with India", "Cold War", "SCO era"} <= words
    assert not {word for word in shown(chart(named={})) if word[:4].isdigit()}


@pytest.mark.parametrize(
    "change, cooperative, conflictual",
    [
        ({}, 1, 0),
        ({"cooperation": -2}, 0, 1),
        ({"cooperation": 0}, 0, 0),
        ({"scope": "multilateral"}, 0, 0),
        ({"status": "cancelled"}, 0, 0),
    ],
)
def test_acts_are_bilateral_ones_that_happened_by_sign(change, cooperative, conflictual):
    own = {"event_id": "x", "date": "1972-03", "status": "happened", "scope": "bilateral", "cooperation": 3}
    row = data.load("events").head(1).assign(**{**own, **change})
    made = chart(row, {}).plotted.set_index("year")
    assert (made.at[1972, "cooperative"], made.at[1972, "conflictual"]) == (cooperative, conflictual)
    assert made.drop(1972).sum().sum() == 0


def test_events_that_are_not_there_or_too_many_are_refused():
    with pytest.raises(ValueError, match="no event: 1999-nothing"):
        chart(named={"1999-nothing": "x"})
    four = dict.fromkeys(data.load("events")["event_id"].head(4), "x")
    with pytest.raises(ValueError, match="at most 3"):
        chart(named=four)
