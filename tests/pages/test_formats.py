"""What each output format can do, asked of the builder that writes it."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from pakrus.pages import formats

PAGES = Path(formats.__file__).parent
ABILITIES = ("folds", "scripts", "mathml", "lazy_images", "data_beside", "theme", "entries")


def builder(name, kind="html", base="", page="chapters/one.html"):
    config = SimpleNamespace(html_baseurl=base)
    return SimpleNamespace(
        name=name, format=kind, config=config, current_docname="chapters/one", get_target_uri=lambda _: page
    )


@pytest.mark.parametrize(
    ("name", "kind", "html", "able"),
    [
        ("html", "html", True, set(ABILITIES)),
        ("dirhtml", "html", True, set(ABILITIES)),
        ("singlehtml", "html", True, set(ABILITIES) - {"theme", "entries"}),
        ("bookfile", "html", True, set()),
        ("epub", "html", True, {"mathml"}),
        ("json", "html", True, set(ABILITIES) - {"theme", "data_beside", "entries"}),
        ("latex", "latex", False, set()),
        ("text", "text", False, set()),
        ("linkcheck", "", False, set()),
    ],
)
def test_abilities(name, kind, html, able):
    output = formats.of(builder(name, kind))
    assert output.html is html
    assert {ability for ability in ABILITIES if getattr(output, ability)} == able


@pytest.mark.parametrize(
    ("name", "base", "page", "found"),
    [
        ("html", "https://example.org/", "chapters/one.html", ("../figure-data/x.csv", True)),
        ("dirhtml", "", "chapters/one/", ("../../figure-data/x.csv", True)),
        ("singlehtml", "", "#document-chapters/one", ("figure-data/x.csv", True)),
        ("bookfile", "", "chapters/one.html", None),
        ("epub", "https://b.org/b/", "chapters/one.xhtml", ("https://b.org/b/figure-data/x.csv", False)),
    ],
)
def test_where_the_files_of_the_web_edition_are(name, base, page, found):
    assert formats.address(builder(name, base=base, page=page), "figure-data/x.csv") == found


def test_nothing_else_asks_for_builders_by_name():
    asked = re.compile(r"builder\.(?:name|format)\b|pakrus_output")
    found = {path.name for path in PAGES.rglob("*.py") if asked.search(path.read_text(encoding="utf-8"))}
    assert found == {"formats.py"}
