"""The phases and the dates that fall into them."""

from datetime import date

import pytest

from pakrus import data, phases


def test_phases_follow_each_other_without_gap_or_overlap():
    table = phases.phases()
    days = [(row.first_day, row.last_day) for row in table.itertuples()]
    for (_, end), (start, _) in zip(days, days[1:], strict=False):
        assert (date.fromisoformat(start) - date.fromisoformat(end)).days == 1
    sessions = list(phases.sessions().values())
    assert all(b[0] == a[1] + 1 for a, b in zip(sessions, sessions[1:], strict=False))
    votes = data.load("unga_votes")["session"]
    assert (sessions[0][0], sessions[-1][1]) == (votes.min(), votes.max())


@pytest.mark.parametrize(
    ("day", "phase"),
    [("1947-08-14", "cold-war"), ("1991-12-25", "cold-war"), ("1991-12-26", "post-1991"), ("2001-09-10", "post-1991"), ("2001-09-11", "post-9-11"), ("2017-06-08", "post-9-11"), ("2017-06-09", "sco-era"), ("2026", "sco-era"), ("1966-01", "cold-war")],
)  # fmt: skip
def test_phase_of_a_date(day, phase):
    assert phases.phase_of(day) == phase


def test_a_date_that_leaves_two_phases_open_is_not_guessed():
    assert phases.phases_of("2001") == ["post-1991", "post-9-11"]
    with pytest.raises(ValueError, match="post-1991 or post-9-11"):
        phases.phase_of("2001")
    with pytest.raises(ValueError, match="no phase"):
        phases.phase_of("1946")


def test_a_phase_begins_in_the_book_and_where_its_rivals_have_it():
    found = phases.Phase("post-1991").beginnings
    assert list(found) == ["1989-02-15", "1991-12-26*", "1992-04"]
    assert found["1989-02-15"].sessions == (44, 55) and found["1991-12-26*"].sessions == (47, 55)
    assert found["1989-02-15"].before.sessions == (2, 43)
    assert list(phases.Phase("cold-war").beginnings) == ["1947-08-14*"]


def test_rows_of_a_rival_cut_say_what_they_span_and_no_more():
    book, rival = phases.Phase("sco-era"), phases.Phase("sco-era").rival("ukraine-2022")
    assert book.of("unga_votes").attrs["span"] == book.of("visits").attrs["span"] == "SCO era"
    assert rival.of("unga_votes").attrs["span"] == "SCO era, sessions of 2022–2025"
    assert rival.before.of("ideal_points").attrs["span"] == "Post-9/11, sessions of 2001–2021"
    later = phases.Phase("post-1991").rival("najibullah-1992")  # its day is not known
    assert later.of("events").attrs["span"] == "Post-1991 from 1992-04 to 2001-09-10"
    assert later.before.of("events").attrs["span"] == "Cold War from 1947-08-14 to 1992-03"
    assert later.of("trade_partners").attrs["span"] == "Post-1991, 1992–2001"


def test_rows_of_several_tables_are_those_of_each():
    phase = phases.Phase("sco-era")
    found = phase.rows(("unga_votes", "visits"))
    assert list(found) == ["unga_votes", "visits"] and found["visits"].equals(phase.of("visits"))
