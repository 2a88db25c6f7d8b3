"""What is heard of a page: the tree that a browser gives to programs that read aloud."""

import re

import pytest
from built_book import SAMPLE

pytestmark = pytest.mark.browser
EVENT = "events/1966-01-10-tashkent-declaration.html"
SILENT = {"none", "generic", "InlineTextBox"}


def opened(tab, html, page):
    """The nodes of a page by their names, each with its role, its words and what is below it."""
    tab.goto((html / page).as_uri(), wait_until="load")
    tab.add_style_tag(content="* { content-visibility: visible !important; }")
    found = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    return {
        node["nodeId"]: {
            "role": "" if node.get("ignored") else node["role"]["value"],
            "name": " ".join(node.get("name", {}).get("value", "").split()),
            "below": node.get("childIds", []),
        }
        for node in found
    }


def below(tree, node):
    """All nodes under one, in the order in which they are heard."""
    for name in node["below"]:
        if name in tree:
            yield tree[name]
            yield from below(tree, tree[name])


def heard(tree, node):
    """The words under a node, as they are heard."""
    return " ".join(part["name"] for part in below(tree, node) if part["role"] == "StaticText")


def having(tree, role):
    return [node for node in tree.values() if node["role"] == role]


def test_a_figure_is_heard_once(html, tab):
    tree = opened(tab, html, SAMPLE)
    figures = [node for node in having(tree, "figure") if any(part["role"] == "image" for part in below(tree, node))]
    assert len(figures) > 5
    for figure in figures:
        parts = list(below(tree, figure))
        (image,) = [part for part in parts if part["role"] == "image"]  # light or dark, not both
        assert not list(below(tree, image)), "what is written in a drawing is no part of the page"
        number, short = image["name"].split(": ", 1)
        assert re.fullmatch(r"Figure \d+\.\d+", number) and len(short) <= 162 and figure["name"] == number
        words = heard(tree, figure)
        assert words.startswith(number) and words.count(short) == 0, "the caption does not repeat the picture"
        finding = words.removeprefix(number).strip()[:60]
        assert words.count(finding) == 1 and finding not in short
        assert [part["name"] for part in parts if part["role"] == "DisclosureTriangle"][-1] == f"Cite {number}"


def test_the_box_of_a_table_is_called_by_its_caption_and_the_table_by_its_number(html, tab):
    tree = opened(tab, html, SAMPLE)
    boxes = [node for node in having(tree, "region") if re.match(r"Table \d", node["name"])]
    assert boxes and len({box["name"] for box in boxes}) == len(boxes)
    for box in boxes:
        (table,) = [part for part in below(tree, box) if part["role"] == "table"]
        assert re.fullmatch(r"Table \d+\.\d+", table["name"])
        assert box["name"].startswith(table["name"]) and len(box["name"]) > len(table["name"]) + 20
    tables = [node for node in having(tree, "figure") if node["name"].startswith("Table")]
    assert [node["name"] for node in tables if not re.fullmatch(r"Table \d+\.\d+", node["name"])] == []
    assert len(tables) == len(boxes)
    assert not [node["name"] for node in having(tree, "region") if re.fullmatch(r"Table: [a-z ]+", node["name"])]


def test_the_badges_of_an_event_are_kept_apart_and_no_key_is_heard(html, tab):
    tree = opened(tab, html, EVENT)
    (main,) = having(tree, "main")
    words = heard(tree, main)
    assert words.startswith("Kind of event: ") and re.search(r"10 January 1966 \. Sureness: confirmed \.", words)
    items = [node for node in having(tree, "listitem") if "perspective" in heard(tree, node)]
    assert len(items) > 3
    for item in items:
        said = [part for part in below(tree, item) if part["role"] not in SILENT | {"", "ListMarker"}]
        assert said[-1]["role"] == "StaticText" and re.search(r"[.…]$", said[-1]["name"]), said[-1]
        assert re.search(r"[^;] ; .+ perspective ; origin: .+ \.", heard(tree, item)) and "Key:" not in heard(
            tree, item
        )
