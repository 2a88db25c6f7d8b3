"""The claims: quotes verbatim, evidence that exists, two origins against what is contradicted; what is broken is found, on rows in memory."""

from functools import partial

import pytest
from broken import PACKAGE, assert_every_rule_is_broken, assert_said, changed, find, tables

from pakrus import data
from pakrus.checks import claims as rules
from pakrus.folder import ROOT
from pakrus.measures import text
from pakrus.sources import articles
from pakrus.sources.files import UpstreamError
from pakrus.tables.articles import overlaps
from pakrus.terms import DECIDED, QUOTE_WORDS, VERDICTS

SEEDS = ROOT.parent / "shared" / "seeds"
needs_articles = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the five articles, which are their authors'")


# ------------------------------------------------------------ the claims as they stand


def test_every_article_is_audited_and_every_claim_coded_twice():
    claims, codings = data.load("claims"), data.load("claim_codings")
    assert claims["claim_id"].is_unique and len(claims) >= 247
    assert set(claims["article"]) == set(data.load("claim_articles")["article"]) == {"s0", "s1", "s2", "s3", "s4"}
    assert claims["claim_id"].tolist() == codings["claim_id"].tolist()
    assert set(claims["verdict"]) <= set(VERDICTS)
    assert (claims["quote"].str.split().str.len() <= QUOTE_WORDS).all()
    assert claims["note"].str.split().str.len().min() >= 6
    assert (codings["first"] != codings["second"]).any(), "two passes that never differ are one"


def test_what_is_contradicted_has_a_right_value_and_two_origins_against_it():
    stored = tables("claims", "claim_evidence", "event_sources")
    wrong = [row for row in stored["claims"] if row["verdict"] == "contradicted"]
    assert len(wrong) > 10
    for row in wrong:
        assert row["right_value"], row["claim_id"]
        assert len(rules.origins(row["claim_id"], "against", stored)) >= 2, row["claim_id"]
    decided = {row["claim_id"] for row in stored["claims"] if row["verdict"] in DECIDED}
    assert decided <= {row["claim_id"] for row in stored["claim_evidence"] if row["bearing"] != "context"}


@needs_articles
def test_every_quote_stands_verbatim_in_its_article():
    texts = articles.read(SEEDS, data.load("claim_articles"))
    missing = [c.claim_id for c in data.load("claims").itertuples() if c.quote not in texts[c.article]]
    assert not missing


@needs_articles
def test_overlaps_and_passages_are_those_of_the_articles():
    listed = data.load("claim_articles")
    texts = articles.read(SEEDS, listed)
    for row in listed.itertuples():
        assert text.words(articles.body(row.article, texts[row.article])) == row.words
    links = data.load("claim_links")
    stored = links[links["kind"].isin(["overlap", "repeated-passage"])]
    columns = ["kind", "first_article", "second_article", "shared_words", "resemblance", "sample"]
    fresh = overlaps(texts)[columns]

    def plain(frame):
        return sorted(
            (r.kind, r.first_article, r.second_article, int(r.shared_words), f"{r.resemblance:.4f}", r.sample if isinstance(r.sample, str) else "")
            for r in frame[columns].itertuples()
        )  # fmt: skip

    assert plain(stored) == plain(fresh)


def test_an_article_that_is_missing_or_another_is_named(tmp_path):
    listed = data.load("claim_articles")
    with pytest.raises(UpstreamError, match=r"000_.*missing"):
        articles.read(tmp_path, listed)
    for name in listed["file"]:
        (tmp_path / name).write_text("another text", encoding="utf-8")
    with pytest.raises(UpstreamError, match="not the text that was audited"):
        articles.read(tmp_path, listed)
    with pytest.raises(UpstreamError, match="s1: the text between"):
        articles.body("s1", "another text")


def test_samples_of_other_texts_are_short():
    assert (data.load("claim_links")["sample"].dropna().str.split().str.len() <= 14).all()


# ------------------------------------------------------------ broken rows

CELLS = [
    ("claims", {}, {"quote": "word " * 26}, ("quote", "26 words", "at most 25 words")),
    ("claims", {"article": "s1"}, {"article": "s2"}, ("article", "s2", "whose code begins")),
    ("claims", {"verdict": "contradicted"}, {"right_value": ""}, ("right_value", "", "the right value")),
    ("claims", {"verdict": "opinion"}, {"verdict": "contradicted", "right_value": "x"}, ("verdict", "contradicted", "two origins")),
    ("claim_evidence", {"table_name": "events"}, {"row_key": "1900-nothing"}, ("row_key", "1900-nothing", "the key of a row of data/events.csv")),
    ("claim_evidence", {"table_name": "trade"}, {"row_key": "year=1700"}, ("row_key", "year=1700", "column=value pairs")),
    ("claim_evidence", {"table_name": "events"}, {"table_name": "evnts"}, ("table_name", "evnts", "a table of the descriptor")),
    ("claim_evidence", {"table_name": "", "key": lambda key: key}, {"table_name": "events", "row_key": "x"}, ("key", "table 'events'", "either a table with its row or the key")),
    ("claim_evidence", {"table_name": "", "key": lambda key: key}, {"origin_group": ""}, ("origin_group", "", "who stands behind")),
    ("claim_codings", {"first": "supported"}, {"adjudicated": "opinion"}, ("adjudicated", "opinion", "the verdict in claims")),
    ("claim_codings", {"reason": "", "first": "supported"}, {"second": "opinion"}, ("reason", "", "what decided between")),
    ("claim_links", {"kind": "contradiction-within"}, {"second_claim": "S0-99"}, ("second_claim", "S0-99", "a claim_id of data/claims.csv")),
    ("claim_links", {"kind": "contradiction-within"}, {"kind": "contradiction-between"}, ("kind", "contradiction-between", "contradiction-within for")),
    ("claim_links", {"kind": "overlap"}, {"resemblance": ""}, ("resemblance", "", "as the kind is overlap")),
    ("claim_links", {"kind": "overlap"}, {"key": "dawn2022call"}, ("key", "dawn2022call", "nothing, as the kind is overlap")),
    ("claim_links", {"kind": "contradiction-within", "first_article": "s1"}, {"first_article": "s2"}, ("first_claim", "S1-", "a claim of the article s2")),
    ("claim_links", {"kind": "overlap"}, {"second_article": "s9"}, ("second_article", "s9", "an article of data/claim_articles.csv")),
    ("claims", {"verdict": "supported"}, {"right_value": "1949"}, ("right_value", "1949", "nothing, as the verdict is supported")),
    ("claims", {"claim_id": "S0-01"}, {"verdict": "opinion"}, ("verdict", "opinion", "a verdict that goes with evidence whose bearing is supports")),
    ("claim_codings", {"first": "supported", "second": "supported"}, {"adjudicated": "opinion", "reason": "Judgement."}, ("adjudicated", "opinion", "'supported' or 'supported', or a reason that begins")),
    ("claim_evidence", {"key": "gse1979agreements"}, {"origin_group": "Reuters"}, ("origin_group", "Reuters", "'Soviet/Russian state', as the register has it")),
    ("claim_evidence", {"table_name": "events"}, {"locator": "p. 3"}, ("locator", "p. 3", "nothing, as no source is named")),
]  # fmt: skip


def problems(rows):
    return rules.problems(rows, PACKAGE)


_cell = partial(changed, ())


def one_origin():
    """All evidence against one claim is put under one origin: the verdict no longer stands."""
    rows = tables()
    for number, claim in enumerate(rows["claims"], start=2):
        against = [
            e for e in rows["claim_evidence"] if e["claim_id"] == claim["claim_id"] and e["bearing"] == "against"
        ]
        if claim["verdict"] == "contradicted" and all(e["key"] for e in against):
            for row in against:
                row["origin_group"] = "Pakistani state"
            return rows, number


def turned():
    """All evidence under one supported claim is turned against it: verdict and evidence no longer say the same."""
    rows = tables()
    number, claim = find(rows["claims"], {"verdict": "supported"})
    for row in rows["claim_evidence"]:
        if row["claim_id"] == claim["claim_id"]:
            row["bearing"] = "against"
    return rows, number


def coded_once():
    """A claim has no row of codings."""
    rows = tables()
    gone = rows["claim_codings"].pop(0)
    return rows, find(rows["claims"], {"claim_id": gone["claim_id"]})[0]


PAIRS = [
    # what is broken, (column, value found, expectation)
    (one_origin, ("verdict", "contradicted", "evidence against it of two origins; found pakistani state")),
    (turned, ("verdict", "supported", "at least one row in claim_evidence whose bearing is supports")),
    (coded_once, ("claim_id", "", "a row in claim_codings")),
]


def test_the_claims_of_the_book_are_valid():
    assert problems(tables()) == []


@pytest.mark.parametrize(("table", "wanted", "cells", "said"), CELLS, ids=[f"{t}-{next(iter(c))}" for t, _, c, _ in CELLS])  # fmt: skip
def test_a_broken_cell_is_found(table, wanted, cells, said):
    rows, number = _cell(table, wanted, cells)
    assert_said(problems(rows), table, number, said)


@pytest.mark.parametrize(("broken", "said"), PAIRS, ids=[broken.__name__ for broken, _ in PAIRS])
def test_rows_that_do_not_go_together_are_found(broken, said):
    rows, number = broken()
    column, value, expected = said
    (problem,) = (p for p in problems(rows) if p.file == "data/claims.csv")
    assert (problem.row, problem.column) == (number, column)
    assert value in problem.value and expected in problem.expected


def test_every_rule_has_a_case():
    cases = [_cell(table, wanted, cells)[0] for table, wanted, cells, _ in CELLS] + [broken()[0] for broken, _ in PAIRS]
    assert_every_rule_is_broken(rules.rule, lambda rows: rules.Known(rows, PACKAGE), cases)


def test_rows_are_picked_by_key_or_by_pairs():
    rows = tables("events", "trade")
    assert len(rules.picked("1966-01-10-tashkent-declaration", "events", rows["events"], PACKAGE)) == 1
    some = rows["trade"][0]
    pairs = f"year={some['year']}; exporter={some['exporter']}"
    assert some in rules.picked(pairs, "trade", rows["trade"], PACKAGE)
    assert rules.picked("year=1700", "trade", rows["trade"], PACKAGE) == []
