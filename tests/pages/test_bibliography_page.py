"""The letters of sources of one author and year are the same in the text as in the list, whoever cites them."""

import re

from book_samples import build


def test_letters_reach_the_text(make_book):
    words = "# One\n\nSee {cite:p}`x` and {cite:p}`y`.\n"
    bibliography = "# Sources\n\n```{bibliography}\n:style: pakrus\n```\n"
    book = make_book({"one.md": words, "sources.md": bibliography})
    (book.source / "references.bib").write_text(
        "@online{x, title = {B}, organization = {Dawn}, year = {2021}}\n@online{y, title = {A}, organization = {Dawn}, year = {2021}}\n"
    )
    again = build(book.source)
    assert again.warnings == ""
    text = re.sub("<[^>]+>", "", (again.out / "one.html").read_text(encoding="utf-8"))
    assert "See [Dawn, 2021b] and [Dawn, 2021a]." in text


def test_letters_count_the_sources_that_pages_cite_alone(make_book):
    bibliography = "# Sources\n\n```{bibliography}\n:style: pakrus\n```\n"
    book = make_book({"one.md": "# One\n\nSee {cite:p}`x`.\n", "sources.md": bibliography})
    (book.source / "references.bib").write_text(
        "@online{x, title = {B}, organization = {Dawn}, year = {2021}}\n@online{y, title = {A}, organization = {Dawn}, year = {2021}}\n"
    )
    again = build(book.source)
    assert again.warnings == ""
    text = re.sub("<[^>]+>", "", (again.out / "one.html").read_text(encoding="utf-8"))
    assert "See [Dawn, 2021]." in text
    (book.source / "two.md").write_text("# Two\n\nSee {cite:p}`y`.\n")
    index = (book.source / "index.md").read_text(encoding="utf-8").replace("\none\n", "\none\ntwo\n")
    (book.source / "index.md").write_text(index, encoding="utf-8")
    again = build(book.source)
    text = re.sub("<[^>]+>", "", (again.out / "one.html").read_text(encoding="utf-8"))
    assert "See [Dawn, 2021b]." in text, "a page whose letters changed is written again"
    listed = re.sub("<[^>]+>", "", (again.out / "sources.html").read_text(encoding="utf-8"))
    assert "Dawn (2021b)" in listed and "Dawn (2021a)" in listed
