"""The link that opens a chapter on a hosted service: none without the repository's address, the right one with it."""

import pytest
import yaml
from book_samples import PAGES
from bs4 import BeautifulSoup

from pakrus.folder import ROOT
from pakrus.pages import launch

HEADER = "html_theme_options['article_header_end'] = ['launch-link.html', 'article-header-buttons.html']\n"
REPOSITORY = "pakrus_repository = 'https://example.org/some/book'\n"


def links(book, name):
    page = BeautifulSoup((book.out / name).read_text(encoding="utf-8"), "lxml")
    return [link["href"] for link in page.select("a.launch-link")]


@pytest.mark.parametrize(
    ("repository", "place"),
    [
        ("https://github.com/some/book", "gh/some/book"),
        ("https://github.com/some/book.git", "gh/some/book"),
        ("https://gitlab.com/some/group/book/", "gl/some%2Fgroup%2Fbook"),
        ("https://example.org/book.git", "git/https%3A%2F%2Fexample.org%2Fbook.git"),
    ],
)
def test_a_repository_wherever_it_lies_is_named_as_the_service_wants(repository, place):
    found = launch.address("https://service.example/", repository, "v1.0.0", "chapters/one.ipynb")
    assert found == f"https://service.example/v2/{place}/v1.0.0?urlpath=lab%2Ftree%2Fchapters%2Fone.ipynb"


def test_without_an_address_nothing_is_offered(make_book):
    assert launch.address(launch.SERVICE, "", "v1", "x.ipynb") == launch.address("", "https://a.b/c", "v1", "x") == ""
    book = make_book(PAGES, HEADER)
    assert book.warnings == "" and links(book, "one.html") == []


def test_with_an_address_notebooks_are_offered_and_nothing_else(make_book):
    book = make_book(PAGES, HEADER + REPOSITORY)
    assert book.warnings == ""
    (found,) = links(book, "one.html")
    assert found == launch.address(launch.SERVICE, "https://example.org/some/book", "v0.3.0", "one.ipynb")
    assert links(book, "glossary.html") == []


def test_the_service_can_be_switched_off(make_book):
    assert links(make_book(PAGES, HEADER + REPOSITORY + "pakrus_launch = ''\n"), "one.html") == []


def test_the_book_as_it_is_has_no_address_and_the_place_for_the_link():
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    settings = config["sphinx"]["config"]
    assert settings["pakrus_repository"] == "" and config["html"]["baseurl"] == ""
    assert "launch-link.html" in settings["html_theme_options"]["article_header_end"]
