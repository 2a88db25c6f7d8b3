"""Error rates, silences and the comparison of texts, on small tables whose answers can be counted by hand."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.measures import claims, reliability, text
from pakrus.terms import DECIDED, ERRORS, VERDICTS

CLAIMS = pd.DataFrame(
    [
        ("S0-01", "s0", "supported"),
        ("S0-02", "s0", "contradicted"),
        ("S0-03", "s0", "opinion"),
        ("S1-01", "s1", "internally inconsistent"),
        ("S1-02", "s1", "unverifiable"),
        ("S1-03", "s1", "supported with nuance"),
        ("S1-04", "s1", "supported"),
    ],
    columns=["claim_id", "article", "verdict"],
)
EVENTS = pd.DataFrame(
    [
        ("a", "1966-01-10", "visit", 4, "happened"),
        ("b", "1971-12", "crisis", -5, "happened"),
        ("c", "1972", "visit", 1, "happened"),
        ("d", "2016-09-24", "military", 3, "planned"),
        ("e", "2025-01-01", "military", 3, "happened"),
    ],
    columns=["event_id", "date", "category", "cooperation", "status"],
)
NAMED = pd.DataFrame({"event_id": ["a", "a", "d"], "claim_id": ["S0-01", "S1-01", "S1-02"]})


def test_counts_have_every_verdict_and_sum_to_the_claims():
    table = claims.counts(CLAIMS, "article")
    assert list(table.columns) == ["article", *VERDICTS, "claims"]
    assert table.set_index("article").loc["s1"].to_dict() == {
        "supported": 1, "supported with nuance": 1, "contradicted": 0, "internally inconsistent": 1, "unverifiable": 1,
        "opinion": 0, "claims": 4,
    }  # fmt: skip
    assert table["claims"].sum() == len(CLAIMS)


def test_error_rates_leave_out_opinions_and_what_could_not_be_verified():
    rates = claims.error_rates(CLAIMS, "article").set_index("article")
    assert rates["decided"].to_dict() == {"s0": 2, "s1": 3}
    assert rates["errors"].to_dict() == {"s0": 1, "s1": 1}
    assert rates.loc["s0", "share"] == 0.5
    assert (rates["low"] < rates["share"]).all() and (rates["share"] < rates["high"]).all()
    whole = claims.error_rates(CLAIMS).iloc[0]
    assert (whole["decided"], whole["errors"]) == (5, 2)
    assert set(ERRORS) < set(DECIDED) < set(VERDICTS)
    assert claims.errors(CLAIMS)["claim_id"].tolist() == ["S0-02", "S1-01"]


def test_later_and_planned_events_are_no_silence():
    assert claims.silences(EVENTS, NAMED, last="2022-02-24")["event_id"].tolist() == ["b"]
    assert claims.silences(EVENTS, NAMED, last="2022-02-24", strength=1)["event_id"].tolist() == ["b", "c"]
    assert claims.silences(EVENTS, NAMED, last="2025-12-31")["event_id"].tolist() == ["b", "e"]
    covered = claims.coverage(EVENTS, NAMED, "2022-02-24", "category").set_index("category")
    assert covered["events"].to_dict() == {"visit": 2, "crisis": 1}
    assert covered["named"].to_dict() == {"visit": 1, "crisis": 0}


def test_nominal_kappa_by_hand():
    # 3 of 4 equal; margins 1/2, 1/2 and 3/4, 1/4: chance gives 1/2
    first, second = pd.Series(["a", "a", "b", "b"]), pd.Series(["a", "a", "a", "b"])
    found = reliability.nominal_kappa(first, second, ["a", "b"])
    assert found["n"] == 4 and found["same"] == 0.75
    assert found["kappa"] == pytest.approx((0.75 - 0.5) / 0.5)
    assert found["low"] < found["kappa"] < found["high"]
    with pytest.raises(ValueError, match="'c'"):
        reliability.nominal_kappa(first, pd.Series(["a", "c", "a", "b"]), ["a", "b"])


def test_tokens_fold_case_and_punctuation():
    assert text.tokens("Moscow’s U-2, “Six” decades—on 1.5") == ["moscow's", "u", "2", "six", "decades", "on", "1", "5"]


def test_resemblance_and_containment_by_hand():
    same = text.resemblance("a b c d e f", "A, b c d e. F", size=5)
    assert (same["shared"], same["resemblance"]) == (2, 1.0)
    part = text.resemblance("a b c d e f", "x a b c d e y z", size=5)  # 1 of 2 in the first, 1 of 4 in the second
    assert (part["shared"], part["first_in_second"], part["second_in_first"]) == (1, 0.5, 0.25)
    assert part["resemblance"] == pytest.approx(1 / 5)
    short = text.resemblance("a b", "a b c d e", size=5)
    assert short["shared"] == 0 and pd.isna(short["resemblance"])


def test_shared_runs_are_the_longest():
    found = text.shared_runs("one two three four five six", "zero one two three four nine two three four five", least=3)
    assert found["text"].tolist() == ["one two three four", "two three four five"]
    assert found["words"].tolist() == [4, 4] and found["first_start"].tolist() == [0, 1]
    inside = text.shared_runs("a b c d e", "a b c d x b c d", least=3)
    assert inside["text"].tolist() == ["a b c d"], "the run inside the longer one is left out"
    assert text.shared_runs("a b c", "d e f", least=2).empty


# ------------------------------------------------------------ what a chapter asks

TYPED = CLAIMS.assign(
    type=["date", "date", "opinion", "first/only", "number", "forecast", "date"],
    frame=["reset", "reset", None, None, "hedge", None, None],
    claim=["A", "B", "C", "READER COMMENT: D", "E", "F", "G"],
    note=[f"note {number}" for number in range(7)],
    phase="cold-war",
    theme="visits",
    right_value=None,
)
ARTICLES = pd.DataFrame(
    {
        "article": ["s0", "s1"],
        "title": ["One", "Two"],
        "byline": ["An author", None],
        "venue": [None, None],
        "written": ["2018-05-01", "2012-09"],
        "words": [1000, 500],
    }
)


def texts(estimates) -> list[str]:
    return [estimate.text for estimate in estimates]


def test_verdicts_and_errors_as_estimates():
    assert texts(claims.verdicts(TYPED)) == ["7", "2", "1", "1", "1", "1", "1"]
    errors, rate = claims.wrong(TYPED)
    assert (errors.value, errors.n, rate.value, rate.n) == (2, 5, 0.4, 5)
    assert 0.1 < rate.low < 0.4 < rate.high < 0.8 and rate.text == "40\u00a0%"
    part = claims.of(TYPED, article="s0")
    assert claims.wrong(part).errors.words == "number of decided claims found wrong, article S0"
    assert (claims.wrong(part).errors.value, claims.wrong(part).errors.n) == (1, 2)
    with pytest.raises(ValueError, match="no claim with type 'dates'; there are: date, first/only"):
        claims.of(TYPED, type="dates")
    nothing = claims.wrong(claims.of(TYPED, verdict="opinion"))
    assert nothing.errors.n == 0
    with pytest.raises(ValueError, match="the value is missing"):
        nothing.share.text  # noqa: B018 - no rate of nothing


def test_articles_by_what_they_show():
    assert texts(claims.described(ARTICLES)) == ["2", "1", "0", "1,500", "2012", "2018"]
    assert claims.names(ARTICLES) == {"s0": "S0 (2018)", "s1": "S1 (2012)"}
    assert claims.listed_articles(ARTICLES)[["article", "byline"]].to_numpy().tolist() == [
        ["S0", "An author"], ["S1", "none shown"],
    ]  # fmt: skip
    assert claims.reader_comments(TYPED).value == 1
    assert texts(claims.kinds(TYPED)) == ["3", "1", "3"]


def test_chosen_errors_are_errors_in_the_order_given():
    chosen = claims.chosen_errors(TYPED, "S1-01", "S0-02")
    assert chosen["claim_id"].tolist() == ["S1-01", "S0-02"]
    assert claims.kinds(chosen).dates.words == "claims of type date, 2 chosen errors"
    with pytest.raises(ValueError, match="S1-04: not found wrong"):
        claims.chosen_errors(TYPED, "S0-02", "S1-04")
    with pytest.raises(KeyError, match="S9-99"):
        claims.chosen_errors(TYPED, "S9-99")


def test_groups_apart_are_those_that_differ_after_counting_how_many_were_tested():
    frame = pd.DataFrame({"article": ["a", "b", "c"], "errors": [20, 2, 2], "decided": [30, 40, 30]})
    found = claims.apart({"Article": frame})
    assert found.groups.text == "a, b, c" and found.tested.value == 3 and found.next.text == "none"
    even = frame.assign(errors=[3, 4, 3])
    assert claims.apart({"Article": even}).groups.text == "none"
    book = claims.apart(claims.rates(data.load("claims"), data.load("claim_articles")))
    assert (book.groups.text, book.next.text) == ("energy and industry", "first/only")  # the referee's own two


def test_group_names_are_those_that_readers_see():
    grouped = claims.rates(TYPED, ARTICLES)
    assert grouped["Article"]["article"].tolist() == ["S0 (2018)", "S1 (2012)"]
    assert grouped["Phase"]["phase"].tolist() == ["Cold War"]


def test_frames_stand_in_their_order_with_zero_for_none():
    table = claims.frames(TYPED).set_index("frame")
    assert table.loc["Reset"].tolist() == [2, 1, 2]
    assert table.loc["Hedge"].tolist() == [1, 0, 0], "its one claim could not be verified"
    assert table.loc["Corridor"].tolist() == [0, 0, 0]
    number, commonest = claims.framed(TYPED)
    assert (number.value, number.n, commonest.text) == (3, 7, "reset")


def test_forecasts_have_the_year_of_their_article():
    assert claims.forecasts(TYPED, ARTICLES).to_numpy().tolist() == [
        ["S1-03", 2012, "F", "supported with nuance", "note 5"]
    ]


def test_unnamed_events_are_the_silences_by_number():
    record = (EVENTS, NAMED, "2022-02-24")
    silent = claims.unnamed(*record)
    assert (silent.events.value, silent.events.n, silent.share.text) == (1, 2, "50\u00a0%")
    assert claims.unnamed(*record, sign=-1).events.words == "number of events coded −3 or lower that no article names"
    assert [claims.unnamed(*record, sign=sign).events.value for sign in (-1, 1)] == [1, 0]
    assert claims.strong(EVENTS, "2022-02-24", 1, sign=1)["event_id"].tolist() == ["a", "c"]
    named = claims.mentioned(*record)
    assert (named.events.value, named.events.n) == (1, 3)
    assert claims.mentioned(*record, "visit").share.value == 0.5
    assert claims.mentioned(*record, "crisis").events.value == 0


def test_hard_silences_are_low_codes_and_vetoes_that_nobody_names():
    vetoes = EVENTS.iloc[[0, 0]].assign(event_id=["1957-soviet-veto-x", "1962-soviet-veto-y"], cooperation=-2)
    events = pd.concat([EVENTS, vetoes], ignore_index=True)
    named = pd.DataFrame({"event_id": ["1957-soviet-veto-x"]})
    assert claims.hard_silences(events, named, "2022")["event_id"].tolist() == ["1962-soviet-veto-y", "b"]
    assert claims.hard_acts_unnamed(events, named, "2022").value == 2
    assert (claims.vetoes_named(events, named).value, claims.vetoes_named(events, named).n) == (1, 2)


LINKS = pd.DataFrame(
    [
        ("contradiction-within", "s0", "S0-01", "s0", "S0-02", None, None, None, "1922 and 1948"),
        ("contradiction-between", "s0", "S0-01", "s1", "S1-01", None, None, None, "never and once"),
        ("overlap", "s0", None, "s1", None, None, 120, 0.047, None),
        ("overlap", "s0", None, "s2", None, None, 4, 0.001, None),
        ("repeated-passage", "s0", "S0-01", "s1", "S1-02", None, 26, None, None),
        ("copied-passage", "s0", "S0-02", None, None, "b2012", 9, None, None),
        ("copied-passage", "s1", "S1-04", None, None, "a2013", 12, None, None),
        ("copied-passage", "s0", "S0-01", None, None, "b2012", 11, None, None),
    ],
    columns=["kind", "first_article", "first_claim", "second_article", "second_claim", "key", "shared_words", "resemblance", "note"],
)  # fmt: skip


def test_copied_words_are_counted_by_text():
    assert claims.copied_texts(LINKS).to_numpy().tolist() == [
        ["b2012", 2, 11, "S0-01, S0-02"],
        ["a2013", 1, 12, "S1-04"],
    ]
    assert texts(claims.copied(LINKS)) == ["3", "2", "3", "b2012", "2"]
    assert texts(claims.copied_errors(LINKS, CLAIMS)) == ["1", "S0-02"]
    assert texts(claims.copied_errors(LINKS[:5], CLAIMS)) == ["0", "none"]
    assert texts(claims.repeated(LINKS)) == ["1", "26"]
    assert texts(claims.closest(LINKS)) == ["S0 and S1", "120", "4.7\u00a0%", "4"]


def test_contradictions_say_where():
    assert claims.contradictions(LINKS).to_numpy().tolist() == [
        ["S0-01", "S0-02", "inside one article", "1922 and 1948"],
        ["S0-01", "S1-01", "between articles", "never and once"],
    ]
    assert texts(claims.contradicting(LINKS)) == ["2", "1", "1"]


def test_evidence_against_an_error_names_sources_and_rows():
    evidence = pd.DataFrame(
        {
            "claim_id": ["S0-02", "S0-02", "S0-02", "S0-01"],
            "table_name": ["events", "projects", None, "events"],
            "row_key": ["1966-01-10-x", "steel-mill", None, "y"],
            "key": [None, None, "tass2015", None],
            "bearing": ["against", "against", "against", "supports"],
        }
    )
    shown = claims.errors_with_evidence(TYPED, evidence).set_index("claim_id")["evidence_against"]
    assert shown.to_dict() == {"S0-02": "1966-01-10-x; projects steel-mill; tass2015", "S1-01": "–"}
    assert texts(claims.evidence_read(evidence)) == ["4", "1"]


def test_differences_of_two_codings_and_what_a_third_reading_changed():
    supported, wrong, nuance = "supported", "contradicted", "supported with nuance"
    codings = pd.DataFrame(
        [
            ("S0-01", supported, supported, supported, None),
            ("S0-02", wrong, nuance, wrong, "Decided by the text."),
            ("S0-03", wrong, nuance, nuance, None),
            ("S1-01", wrong, wrong, nuance, "Third reading: a lesser part."),
            ("S1-02", supported, wrong, nuance, "Third reading: between them."),
        ],
        columns=["claim_id", "first", "second", "adjudicated", "reason"],
    )
    assert texts(claims.adjudicated(codings)) == ["3", "1", "1", "1", "2", "2", "4"]
    assert claims.decisions(codings, TYPED)["claim_id"].tolist() == ["S0-02", "S0-03", "S1-01", "S1-02"]
    assert claims.coarse(codings["second"]).tolist() == ["holds", "holds", "holds", "wrong", "wrong"]


def test_two_codings_as_estimates():
    first, second = pd.Series(["a", "a", "b", "b"]), pd.Series(["a", "a", "a", "b"])
    assert reliability.joint(first, second, ("a", "b", "c")).to_numpy().tolist() == [[2, 0, 0], [1, 1, 0], [0, 0, 0]]
    same, kappa = reliability.coding(first, second, ("a", "b"), "letters")
    assert (same.text, same.n, same.words) == ("75\u00a0%", 4, "equal codes in two codings of letters")
    assert (kappa.text, kappa.n) == ("0.50", 4) and kappa.low < 0.5 < kappa.high
