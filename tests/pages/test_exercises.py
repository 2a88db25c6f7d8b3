"""Exercises have an address on the page, links lead to it, and the list says what each one teaches."""

import re

import pytest
from book_samples import PAGES, build, chapter, figure, table, write_book
from bs4 import BeautifulSoup
from nbformat import reads, v4, writes

EXERCISES = (
    "## Exercises\n\n**Exercise 1.** Count again.\n\n*What it teaches:* a count has *limits*.",
    "**Exercise 2.** Draw again.\n\n*What it teaches:* a line\nbends.",
)
LIST = "# Teach\n\nBegin with [the second](one.ipynb#exercise-2).\n\n## All of them\n\n```{exercises}\n```\n"
TOC = "root: index\nparts:\n  - numbered: 1\n    chapters:\n      - file: one\n      - file: two\n  - chapters:\n      - file: teach\n"


def notebook(*texts):
    book = reads(chapter("One", "How many?", figure("one-votes"), table("one-table")), as_version=4)
    book.cells += [v4.new_markdown_cell(text, id=f"exercise-{number}") for number, text in enumerate(texts)]
    return writes(book)


def made(folder, *texts, builder="html"):
    write_book(folder, {**PAGES, "one.ipynb": notebook(*texts), "teach.md": LIST})
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    return build(folder, builder)


def page(book, name):
    return BeautifulSoup((book.out / name).read_text(encoding="utf-8"), "lxml")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return made(tmp_path_factory.mktemp("exercises") / "book", *EXERCISES)


def test_each_has_an_address_and_a_link_leads_there(book):
    found = {tag["id"]: tag for tag in page(book, "one.html").select("p[id^=exercise-]")}
    assert list(found) == ["exercise-1", "exercise-2"]
    assert found["exercise-2"].get_text() == "Exercise 2. Draw again."
    (link,) = [a for a in page(book, "teach.html").select("article a") if a.get_text() == "the second"]
    assert link["href"] == "one.html#exercise-2"


def test_the_list_has_them_all_with_what_they_teach(book):
    teach = page(book, "teach.html").find("article")
    assert [tag.get_text() for tag in teach.select("p.rubric")] == ["1. One"]
    items = teach.select("li")
    assert [" ".join(item.get_text().split()) for item in items] == [
        "Exercise 1: a count has limits.",
        "Exercise 2: a line bends.",
    ]
    assert items[0].find("em").get_text() == "limits"
    assert [item.find("a")["href"] for item in items] == ["one.html#exercise-1", "one.html#exercise-2"]


def test_an_exercise_that_says_not_what_it_teaches_is_named(tmp_path):
    said = made(tmp_path / "book", EXERCISES[0], "**Exercise 2.** Draw again.").warnings
    assert re.search("one: 2 exercises, but 1 times", said)


def test_a_link_to_an_exercise_that_is_not_there_is_told(tmp_path):
    assert "exercise-2" in made(tmp_path / "book", EXERCISES[0]).warnings
