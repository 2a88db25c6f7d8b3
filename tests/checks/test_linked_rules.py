"""The rules of what stands in two tables, on rows in memory: each contradiction is found where it is, with a remedy."""

from functools import partial

import pytest
from broken import LIBRARY, assert_every_rule_is_broken, assert_said, changed, find, tables

from pakrus.checks import linked

NAMES = (
    ["events", "event_sources", "event_codings", "leads", "visits", "agreements", "exercises", "institutions", "envoys", "projects", "project_milestones", "phase_boundaries", "recheck", "recheck_testimony", "claim_evidence", "actors", "people", "claim_links"]
)  # fmt: skip
FIRST = tables("projects")["projects"][0]
TWICE = {  # the first long text of a table, to be written a second time
    table: next(row[column] for row in tables(table)[table] if len(row[column].split()) >= 6)
    for table, column in (("events", "summary"), ("leads", "summary"), ("institutions", "outcome"))
}
CELLS = [
    # table, wanted row, changed cells, (column, value found, expectation)
    ("visits", {"event_id": "2022-02-23-imran-khan-moscow-visit"}, {"start_date": "2022-04-23", "end_date": ""}, ("start_date", "2022-04-23", "the time of its event (23–24 February 2022)")),
    ("visits", {"event_id": "2022-02-23-imran-khan-moscow-visit"}, {"place": "Sochi"}, ("place", "Sochi", "the place of its event (Moscow)")),
    ("visits", {"event_id": "2022-02-23-imran-khan-moscow-visit"}, {"visitor": "Nawaz Sharif"}, ("visitor", "Nawaz Sharif", "somebody whom its event names (Imran Khan")),
    ("visits", {"event_id": "2022-02-23-imran-khan-moscow-visit"}, {"counterpart": "Nikita Khrushchev"}, ("counterpart", "Nikita Khrushchev", "somebody whom its event names")),
    ("visits", {"event_id": "2022-02-23-imran-khan-moscow-visit"}, {"event_id": "1950-05-03-liaquat-washington"}, ("event_id", "1950-05-03", "an event with Pakistan and Russia among its actors")),
    ("visits", {"event_id": "2022-02-23-imran-khan-moscow-visit"}, {"key": "unvotes"}, ("key", "unvotes", "a source of its event: ")),
    ("visits", {"event_id": "2022-02-23-imran-khan-moscow-visit"}, {"event_id": "2012-09-27-putin-visit-cancelled"}, ("status", "happened", "'cancelled', as in events")),
    ("visits", {"from_state": "PAK", "host_state": "RUS"}, {"host_state": "PAK"}, ("host_state", "PAK", "another state than the visitor's, PAK")),
    ("visits", {"from_state": "PAK", "kind": "official"}, {"host_state": "CHN"}, ("host_state", "CHN", "RUS, as the visit is official")),
    ("visits", {}, {"host_state": "XXX"}, ("host_state", "XXX", "the code of a state in data/actors.csv")),
    ("visits", {"visitor": "Imran Khan"}, {"visitor": "Ayaz Sadiq"}, ("visit_id", "imran-khan", "an identifier that names the visitor, Ayaz Sadiq")),
    ("visits", {"office": "Prime Minister"}, {"rank": "speaker"}, ("rank", "speaker", "'head-of-government', as other rows have it for 'Prime Minister'")),
    ("visits", {"place": "Moscow", "kind": "multilateral-margin"}, {"host_state": "UZB"}, ("host_state", "UZB", "'RUS', as other rows have it for Moscow")),
    ("agreements", {"event_id": "1956-06-27-trade-agreement"}, {"date": "1956-08-27"}, ("date", "1956-08-27", "the time of its event (27 June 1956)")),
    ("agreements", {"place": "Moscow", "event_id": lambda e: e}, {"place": "Karachi"}, ("place", "Karachi", "the place of its event (Moscow)")),
    ("agreements", {"signatory_pak": lambda s: s, "event_id": lambda e: e}, {"signatory_pak": "Zia ul-Haq"}, ("signatory_pak", "Zia ul-Haq", "somebody whom its event names")),
    ("agreements", {"signatory_rus": lambda s: s, "event_id": lambda e: e}, {"signatory_rus": "Nikita Khrushchev"}, ("signatory_rus", "Nikita Khrushchev", "somebody whom its event names")),
    ("agreements", {"event_id": lambda e: e}, {"event_id": "1950-05-03-liaquat-washington"}, ("event_id", "1950-05-03", "an event with Pakistan and Russia")),
    ("agreements", {"event_id": "1956-06-27-trade-agreement"}, {"key": "tass2025khorevmediate"}, ("key", "tass2025khorevmediate", "a source of its event: ")),
    ("agreements", {"date": lambda d: d > "1990"}, {"key": "guardian1956republic"}, ("key", "guardian1956republic (1956", "a source that is not older than")),
    ("visits", {"start_date": lambda d: d > "1990", "status": "happened"}, {"key": "guardian1956republic"}, ("key", "guardian1956republic (1956", "a source that is not older than")),
    ("exercises", {"status": "happened"}, {"key": "guardian1956republic"}, ("key", "guardian1956republic (1956", "a source that is not older than")),
    ("agreements", {"entry_into_force": lambda d: d}, {"in_force": "no"}, ("in_force", "no", "another value, as a date of entry into force is given")),
    ("agreements", {"title": lambda t: t.startswith("Protocol")}, {"type": "treaty"}, ("type", "treaty", "'protocol', as the title says")),
    ("exercises", {"event_id": "2016-09-24-druzhba-exercise"}, {"start_date": "2016-11-24", "end_date": ""}, ("start_date", "2016-11-24", "the time of its event")),
    ("exercises", {"event_id": "2016-09-24-druzhba-exercise"}, {"event_id": "2012-09-27-putin-visit-cancelled"}, ("status", "happened", "'cancelled', as in events")),
    ("exercises", {"event_id": "2016-09-24-druzhba-exercise"}, {"event_id": "1950-05-03-liaquat-washington"}, ("event_id", "1950-05-03", "an event with Pakistan and Russia")),
    ("exercises", {"event_id": "2016-09-24-druzhba-exercise"}, {"event_id": "1966-01-10-tashkent-declaration"}, ("event_id", "1966-01-10", "a military event")),
    ("exercises", {"event_id": "2016-09-24-druzhba-exercise"}, {"key": "unvotes"}, ("key", "unvotes", "a source of its event")),
    ("exercises", {}, {"host_state": "XXX"}, ("host_state", "XXX", "the code of a state")),
    ("exercises", {}, {"participants": "PAK; RUS; XYZ"}, ("participants", "XYZ", "a code of data/actors.csv")),
    ("exercises", {"host_state": "PAK"}, {"participants": "RUS; CHN"}, ("participants", "RUS; CHN", "PAK among them")),
    ("exercises", {"series": "druzhba"}, {"series": "aman"}, ("series", "aman", "the series of which the identifier speaks")),
    ("exercises", {"series": "druzhba", "number": "6"}, {"number": "4"}, ("number", "4", "a number above 5, that of 2020-11-08-druzhba-2020")),
    ("exercises", {"place": "Karachi"}, {"host_state": "RUS"}, ("host_state", "RUS", "'PAK', as other rows have it for Karachi")),
    ("institutions", {"session_id": "2019-12-11-igc-6"}, {"start_date": "2019-02-11", "end_date": ""}, ("start_date", "2019-02-11", "the time of its event")),
    ("institutions", {"session_id": "2019-12-11-igc-6"}, {"place": "Sochi"}, ("place", "Sochi", "the place of its event")),
    ("institutions", {"head_pak": lambda s: s, "event_id": lambda e: e, "status": "happened"}, {"head_pak": "Zia ul-Haq"}, ("head_pak", "Zia ul-Haq", "somebody whom its event names")),
    ("institutions", {"head_rus": lambda s: s, "event_id": lambda e: e, "status": "happened"}, {"head_rus": "Nikita Khrushchev"}, ("head_rus", "Nikita Khrushchev", "somebody whom its event names")),
    ("institutions", {"session_id": "2019-12-11-igc-6"}, {"event_id": "1950-05-03-liaquat-washington"}, ("event_id", "1950-05-03", "an event with Pakistan and Russia")),
    ("institutions", {"session_id": "2019-12-11-igc-6"}, {"key": "guardian1956republic"}, ("key", "guardian1956republic", "a source of its event")),
    ("institutions", {"session_id": "2019-12-11-igc-6"}, {"event_id": "2012-09-27-putin-visit-cancelled"}, ("status", "happened", "'cancelled', as in events")),
    ("institutions", {"session_id": "2019-12-11-igc-6"}, {"number": "5"}, ("number", "5", "6, as the identifier says")),
    ("institutions", {"session_id": "2019-12-11-igc-6"}, {"number": "3"}, ("number", "3", "a number above 5, that of 2017-11-28-igc-5")),
    ("institutions", {"session_id": "2019-12-11-igc-6"}, {"body": "sco"}, ("body", "sco", "'intergovernmental-commission', as other sessions of 'igc'")),
    ("project_milestones", {"event_id": "2015-10-16-north-south-pipeline-agreement"}, {"event_id": "1966-01-10-tashkent-declaration"}, ("date", "2015", "a date within 5 years of its event of 1966-01-10")),
    ("project_milestones", {"amount": lambda a: a}, {"currency": ""}, ("currency", "", "a currency or unit if there is an amount")),
    ("project_milestones", {"amount": ""}, {"price_basis": "contract"}, ("price_basis", "contract", "nothing without an amount")),
    ("project_milestones", {"currency": "USD"}, {"amount": "-5"}, ("amount", "-5", "an amount above 0")),
    ("projects", {}, {"project_id": "castles-in-the-air"}, ("project_id", "castles-in-the-air", "at least one milestone")),
    ("projects", {"project_id": "badr-b-launch"}, {"status_as_of": "1999"}, ("status_as_of", "1999", "no earlier than the last milestone, 2001-12-10")),
    ("projects", {"project_id": "badr-b-launch"}, {"first_announced": "1999-11-18"}, ("first_announced", "1999-11-18", "the date of one of its milestones")),
    ("projects", {"project_id": "badr-b-launch"}, {"key": "guardian1956republic"}, ("key", "guardian1956republic (1956", "a source that is not older than 2001")),
    ("envoys", {"envoy_id": "pak-to-rus-2025-tirmizi"}, {"key": "guardian1956republic"}, ("key", "guardian1956republic", "a source that is not older than 2025")),
    ("envoys", {"envoy_id": "pak-to-rus-2025-tirmizi"}, {"name": "Albert Khorev"}, ("envoy_id", "pak-to-rus-2025-tirmizi", "an identifier that names Albert Khorev")),
    ("envoys", {"sending_state": "PAK"}, {"receiving_state": "PAK"}, ("receiving_state", "PAK", "the other of the two states")),
    ("phase_boundaries", {"boundary_id": "ufa-2015"}, {"key": "guardian1956republic"}, ("key", "guardian1956republic", "not older than 2015-07-10")),
    ("leads", {"kind": "act", "date": lambda d: d > "1990"}, {"key": "guardian1956republic"}, ("key", "guardian1956republic", "a source that is not older")),
    ("leads", {}, {"further_keys": "nobody1999"}, ("further_keys", "nobody1999", "a key of references.bib")),
    ("leads", {"key": "hilallavrovvisit"}, {"further_keys": "hilallavrovvisit"}, ("further_keys", "hilallavrovvisit", "other than the row's own")),
    ("event_codings", {"first": "1"}, {"adjudicated": "3"}, ("adjudicated", "3", "the value in events")),
    ("event_codings", {"rule": ""}, {"second": "5"}, ("rule", "", "what decided between")),
    ("event_sources", {"event_id": "1966-01-10-tashkent-declaration"}, {"date_given": "1969-01-10"}, ("date_given", "1969-01-10", "a date within 2 years of its event of 1966-01-10")),
    ("event_sources", {"event_id": "1948-05-01-diplomatic-relations", "key": "ria2025relations"}, {"testimony": "announces"}, ("testimony", "announces (", "'reports', as the source is later")),
    ("event_sources", {"key": "unscmeetings"}, {"origin_group": "Dawn"}, ("origin_group", "Dawn", "as other rows have it for unscmeetings")),
    ("recheck", {}, {"event_id": "1900-nothing"}, ("event_id", "1900-nothing", "an event, or a lead that was one")),
    ("recheck", {"verdict": "right"}, {"verdict": "wrong"}, ("verdict", "wrong", "the fault: what the row said")),
    ("recheck", {"verdict": "wrong"}, {"verdict": "right"}, ("verdict", "right", "'minor' or 'wrong', as a fault is told")),
    ("recheck_testimony", {"table_name": "event_sources"}, {"key": "nobody1999"}, ("key", "nobody1999", "a source of event_sources for")),
    ("recheck_testimony", {"table_name": "claim_evidence"}, {"row_key": "S9-99"}, ("key", "", "a source of claim_evidence for S9-99")),
    ("recheck_testimony", {"verdict": "right"}, {"verdict": "wrong"}, ("verdict", "wrong", "the fault: what the row said")),
    ("events", {"scope": "bilateral"}, {"actors": "PAK; RUS; PAK"}, ("actors", "PAK", "each actor once")),
    ("events", {"scope": "bilateral"}, {"actors": "PAK; IND"}, ("actors", "PAK; IND", "RUS and at least one more")),
    ("events", {"scope": "bilateral"}, {"actors": "RUS; IND"}, ("actors", "RUS; IND", "PAK among them")),
    ("recheck", {"verdict": "wrong"}, {"column": "titel"}, ("column", "titel", "columns of events")),
    ("project_milestones", {"currency": "USD"}, {"amount": "8.5"}, ("amount", "8.5", "in single units")),
    ("projects", {"project_id": lambda p: p != FIRST["project_id"]}, {"summary": FIRST["summary"]}, ("summary", FIRST["summary"], "words of its own; row 2")),
    ("events", {"event_id": lambda e: e > "1990"}, {"summary": TWICE["events"]}, ("summary", TWICE["events"], "words of its own")),
    ("leads", {"date": lambda d: d > "1990"}, {"summary": TWICE["leads"]}, ("summary", TWICE["leads"], "words of its own")),
    ("institutions", {"start_date": lambda d: d > "2015"}, {"outcome": TWICE["institutions"]}, ("outcome", TWICE["institutions"], "words of its own")),
    ("projects", {"status": "stalled"}, {"summary": "word " * 61}, ("summary", "61 words", "at most 60 words")),
    ("claim_links", {"sample": lambda text: text}, {"sample": "word " * 14}, ("sample", "14 words", "at most 13 words")),
]  # fmt: skip


def problems(rows, library=LIBRARY):
    return linked.problems(rows, library)


_cell = partial(changed, NAMES)


def test_the_tables_of_the_book_agree():
    assert problems(tables()) == []


@pytest.mark.parametrize(("table", "wanted", "cells", "said"), CELLS, ids=[f"{t}-{next(iter(c))}" for t, _, c, _ in CELLS])  # fmt: skip
def test_a_contradiction_is_found(table, wanted, cells, said):
    rows, number = _cell(table, wanted, cells)
    assert_said(problems(rows), table, number, said)


def test_every_rule_has_a_case():
    cases = [_cell(table, wanted, cells)[0] for table, wanted, cells, _ in CELLS]
    assert_every_rule_is_broken(linked.rule, lambda rows: linked.Known(rows, LIBRARY), cases)


def test_what_was_called_off_may_be_of_another_day_and_place_than_its_event():
    rows = tables(*NAMES)
    _, visit = find(rows["visits"], {"status": "cancelled", "event_id": lambda e: e})
    visit |= {"start_date": "1990-01-01", "place": "Sochi", "end_date": ""}
    assert problems(rows) == []


def test_a_source_of_the_row_alone_is_good():
    rows = tables(*NAMES)
    _, visit = find(rows["visits"], {"event_id": "2022-02-23-imran-khan-moscow-visit"})
    visit["key"] = "a-source-that-no-event-has"
    assert problems(rows) == []


def test_a_person_whom_the_event_names_only_in_its_text_is_good():
    rows = tables(*NAMES)
    _, visit = find(rows["visits"], {"event_id": "2022-02-23-imran-khan-moscow-visit"})
    _, event = find(rows["events"], {"event_id": visit["event_id"]})
    event |= {"people": "", "summary": "Khan flew to Moscow with Qureshi and met Putin and Lavrov."}
    assert problems(rows) == []


def test_without_a_bibliography_no_source_is_too_old():
    rows, _ = _cell("projects", {"project_id": "badr-b-launch"}, {"key": "guardian1956republic"})
    assert problems(rows) and problems(rows, None) == []


def test_words_are_found_in_whatever_letters():
    assert linked.says("Píriz-Ballón", "Mr. PIRIZ spoke") and not linked.says("al", "all of it")
    assert linked.says("Amir-Abdollahian", "Abdollahian came")
