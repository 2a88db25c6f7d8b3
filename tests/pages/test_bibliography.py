"""Sources of any kind can be set and told apart."""

import re

import pytest
from pybtex.database import parse_string

from pakrus.pages.bibliography import BookStyle, prepare

ENTRIES = r"""
@online{a, title = {First}, organization = {Dawn}, date = {2021-03-04}, url = {https://www.example.org/a_b/}, urldate = {2026-11-22}}
@online{b, title = {Second}, organization = {Dawn}, date = {2021-02-01}}
@report{c, author = {H{\"a}ge, Frank and Doe, Jane and Roe, Rita}, title = {A report}, institution = {An Institute}, number = {7}, year = {2011}}
@article{d, author = {Doe, Jane}, title = {An article}, journal = {A Journal}, volume = {3}, number = {2}, pages = {1--9}, year = {1999}, doi = {https://doi.org/10.1/x}}
@incollection{e, author = {Doe, Jane}, title = {A part}, booktitle = {A whole}, editor = {Roe, Rita}, publisher = {A Press}, year = {2000}}
@misc{f, title = {No author, no year}}
@unheard-of{g, editor = {Roe, Rita}, title = {Edited}, year = {2001}, note = {Said so.}}
"""


@pytest.fixture
def entries():
    data = parse_string(ENTRIES, "bibtex")
    prepare(data.entries.values())
    return data.entries


@pytest.fixture
def read(entries):
    return {found.key: str(found.text) for found in BookStyle().format_entries(entries.values())}


def test_each_kind_reads_well(read):
    assert read["a"] == "Dawn (2021b). “First”. 4 March 2021. example.org/a_b (read 22 November 2026)."
    assert read["c"] == "Häge, Frank, Jane Doe and Rita Roe (2011). A report. An Institute, no. 7."
    assert read["d"] == "Doe, Jane (1999). “An article”. A Journal 3 (2), pp. 1–9. doi:10.1/x."
    assert read["e"] == "Doe, Jane (2000). “A part”. In A whole, ed. Rita Roe, A Press."
    assert read["f"] == "Anonymous (n.d.). “No author, no year”."
    assert read["g"] == "Roe, Rita (ed.) (2001). “Edited”. Said so."


def test_same_author_and_year_get_letters_by_date(entries):
    assert (entries["a"].fields["year"], entries["b"].fields["year"]) == ("2021b", "2021a")


def test_preparing_twice_changes_nothing(entries):
    before = {key: dict(entry.fields) for key, entry in entries.items()}
    prepare(entries.values())
    assert {key: dict(entry.fields) for key, entry in entries.items()} == before


def test_order_is_by_author_and_year(entries):
    keys = [found.key for found in BookStyle().format_entries(entries.values())]
    assert keys == ["f", "b", "a", "d", "e", "c", "g"]


def test_letters_reach_the_text(make_book):
    words = "# One\n\nSee {cite:p}`x` and {cite:p}`y`.\n"
    bibliography = "# Sources\n\n```{bibliography}\n:style: pakrus\n```\n"
    book = make_book({"one.md": words, "sources.md": bibliography})
    (book.source / "references.bib").write_text(
        "@online{x, title = {B}, organization = {Dawn}, year = {2021}}\n@online{y, title = {A}, organization = {Dawn}, year = {2021}}\n"
    )
    from book_samples import build

    again = build(book.source)
    assert again.warnings == ""
    text = re.sub("<[^>]+>", "", (again.out / "one.html").read_text(encoding="utf-8"))
    assert "See [Dawn, 2021b] and [Dawn, 2021a]." in text
