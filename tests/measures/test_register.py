"""Counting events and independent sources."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import contact, register


def test_origins_count_each_producer_once_and_announcements_not_at_all():
    rows = pd.DataFrame({
        "event_id": ["a", "a", "a", "b", "b"], "key": ["k1", "k2", "k3", "k4", "k5"], "origin_group": ["Soviet/Russian state", "Soviet/Russian state", "Dawn", "Dawn", "APP"],
        "testimony": ["reports", "reports", "reports", "reports", "announces"],
    })  # fmt: skip
    assert register.origins(rows).to_dict() == {"a": 2, "b": 1}


def test_phase_counts_add_up():
    events, sources = data.load("events"), data.load("event_sources")
    table = register.by_phase(events, sources)
    assert table["events"].sum() == len(events)
    assert (table[["confirmed", "reported", "disputed"]].sum(axis=1) == table["events"]).all()
    assert list(table["phase"]) == ["cold-war", "post-1991", "post-9-11", "sco-era"]
    assert (table["events"] >= 20).all()


def test_confirmed_events_have_two_origins():
    events, number = data.load("events"), register.origins(data.load("event_sources"))
    confirmed = events[(events["confidence"] == "confirmed") & (events["status"] == "happened")]
    assert (confirmed["event_id"].map(number) >= 2).all()


def _acts():
    events = pd.DataFrame({
        "status": ["happened", "happened", "happened", "planned", "happened"],
        "scope": ["bilateral", "context", "multilateral", "bilateral", "bilateral"], "cooperation": [2, -1, 0, 3, -2],
    })  # fmt: skip
    events.attrs["span"] = "Cold War"
    return events


def test_acts_are_of_the_two_and_happened_unless_another_scope_is_asked_for():
    assert [estimate.value for estimate in register.acts(_acts())] == [2, 1, 1]
    assert [estimate.value for estimate in register.acts(_acts(), "context")] == [1, 0, 1]
    assert [estimate.value for estimate in register.acts(_acts(), "")] == [4, 1, 2]
    assert register.acts(_acts()).acts.words == "bilateral acts that happened, Cold War"
    with pytest.raises(ValueError, match="'all' is no scope; there are: bilateral, multilateral, context"):
        register.acts(_acts(), "all")


def test_scopes_stand_apart_and_a_share_of_nothing_is_missing():
    table = register.by_scope([_acts()])
    assert table["acts"].tolist() == [2, 1, 1] and table["scope"].iloc[0] == "Bilateral acts"
    assert table["cooperative"].tolist() == [0.5, 0, 0] and table["conflictual"].tolist() == [0.5, 0, 1]
    nothing = _acts()[:0]
    nothing.attrs["span"] = "Post-1991"
    assert register.by_scope([nothing])["cooperative"].isna().all()


def test_the_even_rise_of_the_balance_is_of_bilateral_acts():
    """Over every scope the share of cooperative events leaps at 2001; between the two alone it rises evenly."""
    events = data.load("events")
    steps = {}
    for scope in ("bilateral", ""):
        shares = [register.shares_of_acts(rows, scope)[0].value for _, rows in events.groupby("phase", sort=False)]
        steps[scope] = shares[2] - shares[1]
    assert steps["bilateral"] < 0.15 and steps[""] > 0.35


def test_what_the_introduction_asks_of_the_register():
    events = pd.DataFrame({
        "date": ["2026-03-05", "1966-01", "1970"], "date_precision": ["day", "month", "year"],
        "status": ["happened", "happened", "planned"], "cooperation": [2, -1, 5], "scope": "bilateral",
    })  # fmt: skip
    assert register.ends(events).text == "March 2026" and register.dated_to_day(events).text == "33\u00a0%"
    assert register.not_happened(events).value == 1
    assert [value.text for value in register.shares_of_acts(events)] == ["50\u00a0%", "50\u00a0%"]


def test_visits_count_if_they_happened():
    visits = pd.DataFrame([
        ("happened", "head-of-state", "PAK", "RUS", "state", "1965-04"), ("happened", "head-of-state", "PAK", "RUS", "multilateral-margin", "1965"),
        ("cancelled", "head-of-state", "RUS", "PAK", "state", "2012-10"), ("happened", "foreign-minister", "RUS", "PAK", "official", "1993"),
    ], columns=["status", "rank", "from_state", "host_state", "kind", "start_date"])  # fmt: skip
    assert contact.years_with_visits(visits).value == 2 and contact.on_margins_or_calls(visits).value == 0.5
    assert contact.heads_of_state(visits, "PAK", "RUS").value == 2
    assert contact.heads_of_state(visits, "RUS", "PAK").value == 0


def _entries():
    frame = pd.DataFrame({
        "event_id": ["a", "b", "c"], "date": ["1960", "1961", "1962"], "title": ["A", "B", "C"], "cooperation": [2, 0, -3],
        "status": ["happened", "planned", "happened"], "confidence": ["confirmed", "reported", "confirmed"], "category": ["visit", "crisis", "visit"],
    })  # fmt: skip
    frame.attrs["span"] = "Cold War"
    return frame


def test_what_the_page_on_the_register_asks():
    events = _entries()
    assert register.of_status(events, "planned").value == 1 and register.confirmed_share(events).text == "66.7\u00a0%"
    kinds = register.kinds(events)
    assert (kinds.commonest.text, kinds.commonest.n, kinds.rarest.text, kinds.rarest.n) == ("visit", 2, "crisis", 1)
    assert register.by_kind([events]).to_dict("list") == {"category": ["visit", "crisis"], "Cold War": [2, 1], "All": [2, 1]}  # fmt: skip


def test_worked_examples_stand_in_their_order_with_signs():
    shown = register.examples(_entries(), ["c", "a", "b"])
    assert shown["cooperation"].tolist() == ["−3", "+2", "0"] and shown["title"].tolist() == ["C", "A", "B"]
    assert register.highest_to_lowest(_entries(), ["c", "a"]).text == "+2 to −3"
    with pytest.raises(KeyError, match="nowhere"):
        register.examples(_entries(), ["nowhere"])


def test_voices_and_leads_add_up():
    rows = pd.DataFrame({"perspective": ["pakistani", "third-party", "third-party", "soviet-russian"]})
    rows.attrs["span"] = "SCO era"
    (line,) = register.voices([rows]).to_dict("records")
    assert line == {"phase": "SCO era", "Pakistani": 0.25, "Soviet/Russian": 0.25, "Third-party": 0.5}
    leads = pd.DataFrame({"kind": ["words", "act", "words", "plan"], "was_event": [True, False, False, True]})
    assert [estimate.value for estimate in register.waiting(leads)] == [4, 2, 1, 1, 2]


def test_where_leaders_met():
    visits = pd.DataFrame([
        ("happened", "head-of-state", "PAK", "RUS"), ("happened", "head-of-government", "RUS", "PAK"),
        ("happened", "head-of-state", "PAK", "TJK"), ("cancelled", "head-of-state", "RUS", "PAK"),
        ("happened", "foreign-minister", "RUS", "PAK"),
    ], columns=["status", "rank", "from_state", "host_state"])  # fmt: skip
    assert [place.value for place in contact.hosts(visits)] == [1, 1, 1]


def test_a_visit_called_off_is_a_conflictual_entry_but_no_act():
    events = pd.DataFrame({"status": ["happened", "cancelled"], "scope": "bilateral", "cooperation": [2, -1]})
    assert register.conflictual(events).value == 1 and register.acts(events).conflictual.value == 0


def test_events_of_a_category_say_so():
    events = pd.DataFrame({
        "category": ["military", "visit"], "status": ["happened"] * 2, "scope": ["bilateral"] * 2, "cooperation": [1, 1],
    })  # fmt: skip
    events.attrs["span"] = "2022–2023"
    military = register.in_category(events, "military")
    assert register.acts(military).cooperative.value == 1
    assert register.acts(military).acts.words == "bilateral acts that happened, 2022–2023, category military"
    with pytest.raises(ValueError, match="'sport' is no category"):
        register.in_category(events, "sport")


def test_visits_are_counted_by_side_kind_and_rank():
    visits = pd.DataFrame({
        "status": ["happened"] * 4 + ["cancelled"], "from_state": ["PAK", "PAK", "RUS", "PAK", "PAK"],
        "host_state": ["CHN", "RUS", "PAK", "RUS", "RUS"], "kind": ["multilateral-margin", "call", "official", "official", "official"],
        "rank": ["head-of-state", "head-of-government", "head-of-government", "minister", "head-of-state"],
    })  # fmt: skip
    assert [found.value for found in contact.visits_held(visits)] == [4, 3, 1, 1, 1]
    assert [found.value for found in contact.leaders_in_person(visits)] == [2, 1]


def test_exercises_and_texts_are_counted_by_kind():
    exercises = pd.DataFrame({"series": ["druzhba", "druzhba", "aman"], "status": ["happened", "planned", "happened"]})
    assert contact.exercises_held(exercises, "druzhba").value == 1
    texts = pd.DataFrame({
        "type": ["treaty", "agreement", "memorandum", "treaty"], "scope": ["bilateral"] * 3 + ["multilateral"],
    })  # fmt: skip
    found = contact.signed(texts, "treaty", "agreement")
    assert (found.value, found.n) == (2, 3) and "treaty or agreement" in found.words
    assert [contact.signed(texts, scope=one).value for one in ("bilateral", "multilateral", "")] == [3, 1, 4]
