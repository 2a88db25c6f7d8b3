"""The search's index: how words are cut, other spellings, the places of a page, and the files that a browser loads."""

import json
import re

import pytest

from pakrus.folder import Folder
from pakrus.pages.web import search

PAGE = """<html><body><nav>Elsewhere</nav><article class="bd-article"><section id="war"><h1>The war<a class="headerlink">#</a></h1>
<p>In 1971 Zulfikar Ali Bhutto went to Peking. <span>Whole</span>word.</p><details class="code-fold"><pre>secretcode</pre></details>
<figure id="war-votes"><figcaption><p>Votes on S/RES/303.</p></figcaption></figure>
<section class="event" id="e-1"><h2>Veto (S/10416)</h2><details><ul><li>Dawn, <a href="https://dawn.com/x">Long title</a>,
1,267 copies. <i>dawn1971</i></li></ul></details></section>
<dl><dt id="term-roll-call">roll call</dt><dd>A recorded vote.</dd></dl>
<div class="citation" id="cite-h"><p>Häge (2011). <a href="https://www.haege.org/a">haege.org/a</a> (read 2 May 2026)</p></div>
</section></article></body></html>"""


def places_of(index, word):
    at, found = 0, []
    for step in index["words"].get(word, []):
        at += step
        found.append(index["places"][at][1])
    return found


@pytest.mark.parametrize(
    ("text", "found", "not_found"),
    [
        ("in 1971", {"1971"}, {"in"}),
        ("since 9/11", {"9/11", "9", "11"}, set()),
        ("post-9/11", {"9/11", "post9/11", "post"}, set()),
        ("S/RES/303 (1971)", {"s/res/303", "res/303", "303", "1971"}, set()),
        ("A/RES/ES-11/1", {"a/res/es11/1", "es11/1", "res/es11/1"}, set()),
        ("S/PV.2190", {"s/pv2190", "pv2190", "2190"}, set()),
        ("Su\u201130 and Su\u00a030", {"su30", "su", "30"}, set()),
        ("1965–66", {"1965", "66", "1966", "196566"}, set()),
        ("5,670 votes", {"5670", "votes"}, {"5"}),
        ("κ = 0.58", {"κ", "0.58"}, {"58"}),
        ("Häge’s Łódź, Straße, ЁЛКА", {"hage", "lodz", "strasse", "елка"}, {"s"}),
        ("co-operation of a third-party", {"cooperation", "third", "party"}, {"thirdparty", "of"}),
        ("https://a.b/c/d/e/f/g", {"g"}, {"a.b/c"}),
    ],
)
def test_words_are_found_whole_and_in_parts(text, found, not_found):
    words = set(search.words(text))
    assert found <= words
    assert not words & not_found


def test_places_are_what_has_an_address():
    index = search.index([("a.html", PAGE)], [])
    assert index["pages"] == [["a.html", "The war"]]
    assert [place[1:] for place in index["places"]] == [
        ["war", ""],
        ["war-votes", "Votes on S/RES/303."],
        ["e-1", "Veto (S/10416)"],
        ["term-roll-call", "roll call"],
        ["cite-h", "Häge (2011)."],
    ]
    assert places_of(index, "1971") == ["war"]
    assert places_of(index, "s/res/303") == ["war-votes"]
    assert places_of(index, "1267") == places_of(index, "s/10416") == ["e-1"]
    assert places_of(index, "recorded") == ["term-roll-call"]
    assert places_of(index, "hage") == ["cite-h"]
    assert places_of(index, "wholeword") == ["war"]
    for silent in ("elsewhere", "secretcode", "dawn1971", "2026", "title", "haege"):
        assert silent not in index["words"], silent


def test_other_spellings_find_the_same_places(tmp_path):
    groups = [("Zulfikar", "Zulfiqar"), ("Beijing", "Peking"), ("Zulfikar Ali Bhutto", "Z. A. Bhutto", "Quaid-i-Awam")]
    index = search.index([("a.html", PAGE)], groups)
    assert index["alike"]["zulfiqar"] == ["zulfikar"] and index["alike"]["beijing"] == ["peking"]
    assert places_of(index, "awam") == ["war"]  # of several words: in the index itself
    assert "awam" not in search.index([("a.html", PAGE.replace("Ali Bhutto", "Khan"))], groups)["words"]


def test_people_have_their_spellings_in_their_table(folder_copy):
    table = folder_copy.data / "people.csv"
    table.unlink(missing_ok=True)
    without = search.spellings(folder_copy)
    assert ("Beijing", "Peking") in without
    table.write_text("name,other_spellings\nYahya Khan,Jahja Khan; Agha Yahya\nNobody Else,\n", encoding="utf-8")
    entry = {"name": "people", "path": "people.csv", "schema": {"fields": [{"name": "name", "type": "string"}, {"name": "other_spellings", "type": "string"}]}}  # fmt: skip
    path = folder_copy.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [*(r for r in package["resources"] if r["name"] != "people"), entry]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert [group for group in search.spellings(Folder(folder_copy.data)) if group not in without] == [
        ("Yahya Khan", "Jahja Khan", "Agha Yahya")
    ]


def test_the_index_comes_in_parts_that_a_page_on_a_disk_may_load(small_book):
    folder = small_book.out / search.FOLDER
    start = json.loads(re.fullmatch(r"bookSearch\.start\((.*)\);\n", (folder / "places.js").read_text("utf-8"))[1])
    assert sorted(path.stem for path in folder.iterdir()) == sorted([*start["parts"], "places"])
    assert [title for _, title in start["pages"]][0] == "A small book"
    for name in start["parts"]:
        call = re.fullmatch(r'bookSearch\.take\("(.+?)", (\{.*\})\);\n', (folder / f"{name}.js").read_text("utf-8"))
        assert call[1] == name
        assert {search.part_of(word) for word in json.loads(call[2])} == {name}
    assert "пакистан" in (folder / "other.js").read_text("utf-8")
    page = (small_book.out / "search.html").read_text("utf-8")
    assert "browser’s own search" in page.partition("<noscript>\n    <p>")[2].partition("</noscript>")[0]


def test_the_evidence_counts_to_its_claim_and_the_sources_to_their_event():
    entry = (
        '<article class="bd-article"><h1>{}</h1><section class="event" id="{}"><h2>{}</h2><p>{}</p></section></article>'
    )
    ledger, evidence = entry.format("L", "s1-02", "S1-02", "wrong"), entry.format("E", "evidence-s1-02", "S1-02", "dam")
    event = entry.format("C", "1966-x", "Pact", "signed")
    index = search.index([("l.html", ledger), ("e.html", evidence), ("c.html", event)], [], {"1966-x": "S/RES/303"})
    assert "evidence-s1-02" not in [place[1] for place in index["places"]]
    assert places_of(index, "wrong") == places_of(index, "dam") == ["s1-02"]
    assert places_of(index, "303") == places_of(index, "signed") == ["1966-x"]
