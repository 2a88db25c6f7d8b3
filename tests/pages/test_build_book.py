"""The build: a warning fails it, and the next one reads again whatever may have changed."""

import pytest

from pakrus.pages import build


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A folder, and a Jupyter Book that only ends with the exit code it is told."""
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "data").mkdir()

    class Book:
        root, code, arguments = tmp_path, 0, ()
        doctrees, page = tmp_path / "_build" / ".doctrees", tmp_path / "_build" / "html" / "index.html"

        def build(self, *more):
            return build.main(list(more), self.root)

    made = Book()

    def jupyter_book(*arguments):
        made.arguments = arguments
        return made.code

    monkeypatch.setattr(build, "_jupyter_book", jupyter_book)
    made.doctrees.mkdir(parents=True)
    return made


def test_warnings_fail_the_build_and_the_next_build_reads_everything_again(book, capsys):
    book.code = 1
    assert book.build("--quiet") == 1
    assert book.arguments == ("build", str(book.root), "-W", "-n", "--keep-going", "--quiet")
    assert not book.doctrees.exists()

    book.code = 0
    assert book.build() == 1  # nothing was made: no success
    book.page.parent.mkdir()
    book.page.write_text("the book")
    assert book.build() == 0
    assert str(book.page) in capsys.readouterr().out

    book.doctrees.mkdir()
    assert book.build() == 0
    assert book.doctrees.exists()  # nothing changed: pages are not read again
    book.code = 1
    assert book.build() == 1
    assert not book.doctrees.exists()  # or the warnings would not come back, and the next build would pass
    book.code = 0
    assert book.build() == 0
    book.doctrees.mkdir()
    (book.root / "data" / "trade.csv").write_text("year\n")
    assert book.build() == 0
    assert not book.doctrees.exists()  # the data changed: all are
