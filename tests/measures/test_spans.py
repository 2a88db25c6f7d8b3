"""Rows of a few years: which they are, and what is said of them."""

import pandas as pd
import pytest

from pakrus.measures.spans import about, in_years, since


def test_sessions_years_and_dates_are_cut_alike_and_say_so():
    by_session = in_years(pd.DataFrame({"session": [19, 20, 26, 27], "year": [1964, 1966, 1971, 1972]}), 1965, 1971)
    assert list(by_session["session"]) == [20, 26] and by_session.attrs["span"] == "sessions of 1965–1971"
    by_year = in_years(pd.DataFrame({"year": [1964, 1965]}), 1965)
    assert list(by_year["year"]) == [1965] and by_year.attrs["span"] == "1965"
    of_phase = pd.DataFrame({"date": ["2001-01-01"]})
    of_phase.attrs["span"] = "Post-1991"
    late = in_years(of_phase, 1997, 2001)
    assert late.attrs["span"] == "1997–2001, Post-1991"  # not all of 2001
    assert in_years(late, 1999).attrs["span"] == "1999, Post-1991"  # only the last cut is said
    by_date = in_years(pd.DataFrame({"date": ["1964-12-31", "1965", "1966-01"]}), 1965, 1966)
    assert list(by_date["date"]) == ["1965", "1966-01"] and list(by_date.index) == [0, 1]


def test_rows_without_a_year_are_refused():
    with pytest.raises(ValueError, match="found key"):
        in_years(pd.DataFrame({"key": []}), 1965)


def test_rows_about_a_word_are_of_any_table_with_titles():
    events = pd.DataFrame({"title": ["First four-party summit", "A loan", None]})
    events.attrs["span"] = "Post-9/11"
    found = about(events, "Four-Party")
    assert (
        list(found["title"]) == ["First four-party summit"]
        and found.attrs["span"] == "Post-9/11, with “Four-Party” in the title"
    )
    assert len(about(events, "Four-Party", without=True)) == 2


def test_rows_since_a_day_keep_what_they_are_about():
    rows = pd.DataFrame({"date": ["2022-02-23", "2022-02-24", "2022", "2023"]})
    rows.attrs["span"] = "on Ukraine"
    kept = since(rows, "2022-02-24")
    assert list(kept["date"]) == ["2022-02-24", "2023"] and list(kept.index) == [0, 1]
    assert kept.attrs["span"] == "on Ukraine, since 24 February 2022"
    with pytest.raises(ValueError, match="found key"):
        since(pd.DataFrame({"key": []}), "2022-02-24")
