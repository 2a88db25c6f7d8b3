"""The claims audit: quotes verbatim, evidence that exists, two origins against what is contradicted; broken copies are found."""

import csv
import json

import pytest
from test_checks import _store, assert_found

from pakrus import checks, data
from pakrus.checks import claims as audit
from pakrus.folder import DESCRIPTOR, ROOT
from pakrus.measures import text
from pakrus.sources import articles
from pakrus.sources.files import UpstreamError
from pakrus.tables.articles import overlaps
from pakrus.terms import DECIDED, QUOTE_WORDS, VERDICTS

SEEDS = ROOT.parent / "shared" / "seeds"
needs_articles = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the five articles, which are their authors'")


def rows(table):
    with open(ROOT / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ------------------------------------------------------------ the audit as it stands


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
    tables = {name: rows(name) for name in ("claims", "claim_evidence", "event_sources")}
    wrong = [row for row in tables["claims"] if row["verdict"] == "contradicted"]
    assert len(wrong) > 10
    for row in wrong:
        assert row["right_value"], row["claim_id"]
        assert len(audit.origins(row["claim_id"], "against", tables)) >= 2, row["claim_id"]
    decided = {row["claim_id"] for row in tables["claims"] if row["verdict"] in DECIDED}
    assert decided <= {row["claim_id"] for row in tables["claim_evidence"] if row["bearing"] != "context"}


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


# ------------------------------------------------------------ broken copies

CELLS = [
    ("claims", {}, {"quote": "word " * 26}, ("quote", "26 words", "at most 25 words")),
    ("claims", {}, {"verdict": "false"}, ("verdict", "false", "one of supported, supported with nuance")),
    ("claims", {"article": "s1"}, {"article": "s2"}, ("article", "s2", "whose code begins")),
    ("claims", {"verdict": "contradicted"}, {"right_value": ""}, ("right_value", "", "the right value")),
    ("claims", {"verdict": "opinion"}, {"verdict": "contradicted", "right_value": "x"}, ("verdict", "contradicted", "two origins")),
    ("claims", {"theme": "trade"}, {"theme": "gossip"}, ("theme", "gossip", "one of diplomacy")),
    ("claim_evidence", {"table_name": "events"}, {"row_key": "1900-nothing"}, ("row_key", "1900-nothing", "the key of a row of data/events.csv")),
    ("claim_evidence", {"table_name": "trade"}, {"row_key": "year=1700"}, ("row_key", "year=1700", "column=value pairs")),
    ("claim_evidence", {"table_name": "events"}, {"table_name": "evnts"}, ("table_name", "evnts", "a table of the descriptor")),
    ("claim_evidence", {"table_name": "", "key": lambda key: key}, {"key": "nobody1999nothing"}, ("key", "nobody1999nothing", "a key of references.bib")),
    ("claim_evidence", {"table_name": "", "key": lambda key: key}, {"table_name": "events", "row_key": "x"}, ("key", "table 'events'", "either a table with its row or the key")),
    ("claim_evidence", {"table_name": "", "key": lambda key: key}, {"origin_group": ""}, ("origin_group", "", "who stands behind")),
    ("claim_evidence", {}, {"bearing": "proves"}, ("bearing", "proves", "one of supports, against")),
    ("claim_evidence", {}, {"claim_id": "S9-01"}, ("claim_id", "S9-01", "that is there in data/claims.csv")),
    ("claim_codings", {"first": "supported"}, {"adjudicated": "opinion"}, ("adjudicated", "opinion", "the verdict in claims")),
    ("claim_codings", {"reason": "", "first": "supported"}, {"second": "opinion"}, ("reason", "", "what decided between")),
    ("claim_links", {"kind": "contradiction-within"}, {"second_claim": "S0-99"}, ("second_claim", "S0-99", "a claim_id of data/claims.csv")),
    ("claim_links", {"kind": "contradiction-within"}, {"kind": "contradiction-between"}, ("kind", "contradiction-between", "contradiction-within for")),
    ("claim_links", {"kind": "overlap"}, {"resemblance": ""}, ("resemblance", "", "as the kind is overlap")),
    ("claim_events", {}, {"event_id": "1900-nothing"}, ("event_id", "1900-nothing", "that is there in data/events.csv")),
    ("claim_articles", {}, {"sha256": "abc"}, ("sha256", "abc", "a text like")),
    ("leads", {}, {"kind": "rumour"}, ("kind", "rumour", "one of act, words, plan")),
    ("leads", {}, {"key": "nobody1999nothing"}, ("key", "nobody1999nothing", "a key of references.bib")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "wanted", "cells", "said"),
    CELLS,
    ids=[f"{t}-{next(iter(c))}-{i}" for i, (t, _, c, _) in enumerate(CELLS)],
)
def test_a_broken_cell_is_found(data_copy, table, wanted, cells, said):
    assert_found(data_copy, table, wanted, cells, said)


def test_two_sources_of_one_origin_contradict_nothing(data_copy):
    """All evidence against one claim is put under one origin: the verdict no longer stands."""
    tables = {name: rows(name) for name in ("claims", "claim_evidence", "event_sources")}
    by_sources = [
        row["claim_id"]
        for row in tables["claims"]
        if row["verdict"] == "contradicted"
        and all(e["key"] for e in tables["claim_evidence"] if e["claim_id"] == row["claim_id"] and e["bearing"] == "against")
    ]  # fmt: skip
    for row in tables["claim_evidence"]:
        if row["claim_id"] == by_sources[0] and row["bearing"] == "against":
            row["origin_group"] = "Pakistani state"
    _store(data_copy / "claim_evidence.csv", tables["claim_evidence"])
    (problem,) = checks.run()
    assert problem.column == "verdict" and "found pakistani state" in problem.expected


def test_a_claim_without_a_second_coding_is_found(data_copy):
    left = rows("claim_codings")[1:]
    _store(data_copy / "claim_codings.csv", left)
    assert any(p.file == "data/claims.csv" and "a row in claim_codings" in p.expected for p in checks.run())


def test_rows_are_picked_by_key_or_by_pairs():
    package = json.loads((ROOT / "data" / DESCRIPTOR).read_text(encoding="utf-8"))
    events = rows("events")
    assert len(audit.picked("1966-01-10-tashkent-declaration", "events", events, package)) == 1
    trade = rows("trade")
    some = trade[0]
    pairs = f"year={some['year']}; exporter={some['exporter']}"
    assert some in audit.picked(pairs, "trade", trade, package)
    assert audit.picked("year=1700", "trade", trade, package) == []


def test_a_verdict_that_its_evidence_does_not_bear_out_is_found(data_copy):
    """All evidence under one supported claim is turned against it: verdict and evidence no longer say the same."""
    pieces, claim = rows("claim_evidence"), next(row for row in rows("claims") if row["verdict"] == "supported")
    for piece in pieces:
        if piece["claim_id"] == claim["claim_id"]:
            piece["bearing"] = "against"
    _store(data_copy / "claim_evidence.csv", pieces)
    (problem,) = checks.run()
    assert (problem.column, problem.value) == ("verdict", "supported") and "bearing is supports" in problem.expected
