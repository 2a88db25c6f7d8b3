"""Error rates, silences and the comparison of texts, on small tables whose answers can be counted by hand."""

import pandas as pd
import pytest

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
