"""A small book, built once."""

import shutil

import pytest
from book_samples import PAGES, build, write_book


@pytest.fixture(scope="session")
def small_book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book") / "small"
    write_book(folder, PAGES)
    return build(folder)


@pytest.fixture
def make_book(tmp_path):
    def make(pages, extra_config="", builder="html"):
        folder = tmp_path / "book"
        shutil.rmtree(folder, ignore_errors=True)
        write_book(folder, pages, extra_config)
        return build(folder, builder)

    return make
