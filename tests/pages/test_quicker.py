"""Less work, the same pages: what the typesetter is spared changes no byte."""

import gc
import random

import pytest

from pakrus.pages.print import quicker
from pakrus.pages.print.setting import Typesetter

pytestmark = pytest.mark.usefixtures("needs_pango")

WORDS = [
    "envoy",
    "signed",
    "in",
    "Tashkent",
    "that",
    "steel-making,",
    "quadrilateral",
    "of",
    "Moscow:",
    "wheat",
    "(1954)",
]


def text(draw, length):
    """So many words, by chance."""
    return " ".join(draw.choice(WORDS) for _ in range(length))


def paragraph(draw):
    """Words with notes between them, some as long as a third of a page, some in italics."""
    parts = [text(draw, draw.randint(3, 90))]
    for _ in range(draw.choice((0, 1, 2, 6))):
        note = f'<span class="foot">{text(draw, draw.choice((4, 15, 15, 200)))} <i>{text(draw, 3)}</i></span>'
        parts += [note, text(draw, draw.randint(1, 40))]
    return f"<p>{' '.join(parts)}</p>"


def document(seed):
    """Some pages of a book: headings, paragraphs, lists and a table."""
    draw = random.Random(seed)
    parts = []
    for number in range(7):
        rows = "".join(f"<tr><td>{text(draw, 3)}</td><td>{text(draw, 9)}</td></tr>" for _ in range(5))
        more = draw.choice((f"<table>{rows}</table>", f"<ul><li>{text(draw, 30)}</li></ul>", ""))
        parts += [f"<h2>{number}</h2>", *(paragraph(draw) for _ in range(4)), more]
    return f'<html lang="en"><title>Trial</title><body><main><section class="page">{"".join(parts)}</section></main></body></html>'


def written(seed, folder):
    """The bytes of the document, set twice as it is when its figures are placed."""
    setter = Typesetter("reader.css", folder)
    setter.lay_out(document(seed), more=".foot { display: none } ")
    pages = setter.lay_out(document(seed))
    assert len(pages.pages) > 2
    setter.write(pages, pages.pages, folder / "trial.pdf")
    return (folder / "trial.pdf").read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_the_same_pages(seed, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    slowly = written(seed, tmp_path)
    with quicker.sparing():
        assert written(seed, tmp_path) == slowly
        quicker.settled()


def test_less_work(tmp_path, monkeypatch):
    from weasyprint.layout import LayoutContext, inline
    from weasyprint.text import line_break

    split, joined, done = line_break.split_first_line, LayoutContext._update_footnote_area, []
    monkeypatch.setattr(
        line_break, "split_first_line", lambda *given, **more: done.append(given) or split(*given, **more)
    )
    monkeypatch.setattr(inline, "split_first_line", line_break.split_first_line)
    setter = Typesetter("reader.css", tmp_path)
    setter.lay_out(document(1))
    slowly = len(done)
    with quicker.sparing():
        assert not gc.isenabled() and LayoutContext._update_footnote_area is not joined
        setter.lay_out(document(1))
        first = len(done) - slowly
        setter.lay_out(document(1))
        assert len(done) == slowly + first < 1.5 * slowly
    assert gc.isenabled() and LayoutContext._update_footnote_area is joined
    assert inline.split_first_line is line_break.split_first_line and gc.get_freeze_count() == 0


def test_another_version_of_the_typesetter_sets_as_it_comes(monkeypatch):
    import weasyprint
    from weasyprint.layout import LayoutContext

    before = LayoutContext._update_footnote_area
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with quicker.sparing():
        assert LayoutContext._update_footnote_area is before
