"""The rules of the bibliography: entries that a reader can follow, and keys that are in it."""

import pytest
from broken import LIBRARY, PACKAGE, assert_said, find, tables
from pybtex.database import parse_string

from pakrus.checks import bibliography

BIB = [
    ("@misc{Bad_Key, title={T}, howpublished={H}}", "Bad_Key", "a key of lower-case letters"),
    ("@misc{notitle2000, howpublished={H}}", "no title", "a title"),
    ("@misc{nowhere2000, title={T}}", "no address", "an address, or a place of publication"),
    ("@online{host2000, title={T}, url={https://www.dawn.com/}, keywords={press}}", "https://www.dawn.com/", "of a whole site"),
    ("@online{scheme2000, title={T}, url={www.dawn.com/news/1}}", "www.dawn.com/news/1", "a full http"),
    ("@book{copied2000, title={T}, publisher={P}, isbn={0160724015}, url={https://de.scribd.com/document/1}}", "https://de.scribd.com/document/1", "no address of an unofficial copy"),
    ("@book{wrong2000, title={T}, publisher={P}, isbn={978-0-8157-7414-4}}", "978-0-8157-7414-4", "whose last one fits"),
    ("@book{short2000, title={T}, publisher={P}, isbn={0-16-07240}}", "0-16-07240", "of 10 or 13 figures"),
    ("@article{bare2000, title={T}, journal={J}}", "no doi and no isbn", "identifier = {none in what was read}"),
    ("@article{both2000, title={T}, journal={J}, doi={10.1/x}, identifier={none in what was read}}", "identifier = {none in what was read}", "a doi, an isbn"),
    ("@article{false2000, title={T}, journal={J}, doi={10.1/x}, identifier={unknown}}", "identifier = {unknown}", "a doi, an isbn"),
    ("@incollection{other2000, title={T}, booktitle={B}, identifier={unknown}}", "identifier = {unknown}", "or else identifier"),
    ("@online{dated2000, title={T}, url={https://dawn.com/x1}, date={12 May 2000}}", "12 May 2000", "an ISO 8601 date"),
    ("@online{read2000, title={T}, url={https://dawn.com/x2}, urldate={May}}", "May", "an ISO 8601 urldate"),
]  # fmt: skip


def test_the_bibliography_of_the_book_is_valid():
    assert list(bibliography.problems(LIBRARY)) == list(bibliography.keys(PACKAGE, tables(), LIBRARY)) == []


@pytest.mark.parametrize(("entry", "value", "expected"), BIB, ids=[e.split("{")[1].split(",")[0] for e, *_ in BIB])
def test_a_broken_reference_is_found(entry, value, expected):
    (problem,) = bibliography.problems(parse_string(entry, "bibtex"))
    assert (problem.file, problem.column) == ("references.bib", entry.split("{")[1].split(",")[0])
    assert problem.value == value and expected in problem.expected and problem.remedy


def test_one_address_under_two_keys():
    entry = "@online{%s, title={T}, url={%s}}\n"
    first, second, third = "https://www.dawn.com/news/1/", "http://dawn.com/news/1", "https://doi.org/10.1/x"
    text = entry % ("one", first) + entry % ("two", second) + entry % ("three", third) + entry % ("four", third)
    (problem,) = bibliography.problems(parse_string(text, "bibtex"))
    assert problem.column == "two" and problem.expected == "an address that no other entry has (one)"


@pytest.mark.parametrize("table", ["event_sources", "claim_evidence", "leads", "visits"])
def test_a_key_of_a_table_that_is_not_in_the_bibliography(table):
    rows = tables()
    number, row = find(rows[table], {"key": lambda key: key})
    row["key"] = "nobody1999nothing"
    found = list(bibliography.keys(PACKAGE, rows, LIBRARY))
    assert len(found) == 1
    assert_said(found, table, number, ("key", "nobody1999nothing", "a key of references.bib"))


def test_a_key_of_the_descriptor_that_is_not_in_the_bibliography():
    entry = next(r for r in PACKAGE["resources"] if r["name"] == "trade")
    package = {"resources": [{**entry, "sources": [{**entry["sources"][0], "key": "nothing2000"}]}]}
    (problem,) = bibliography.keys(package, {}, LIBRARY)
    assert (problem.file, problem.column, problem.value) == ("data/datapackage.json", "trade.sources", "nothing2000")
