"""Accounts of an episode stand side by side on the web, in the order of the text, and are plain paragraphs elsewhere."""

import pytest
from book_samples import build, chapter, write_book
from bs4 import BeautifulSoup

EPISODES = """
### The visit

Agreed is that it was put off.

**Pakistani account.** It was accepted ([Häge 2011](#haege2011)).

**Indian account.** Delhi knew.

**Soviet/Russian account.** There was no time. What he knew is not known to us.

**Third-party accounts.** One writer asks why. *Not known:* who answered. Nobody asks.

The record fits none.

### The mill

**Pakistani accounts.** It was a gift.

**Russian account.** A credit.

**Third-party account.** One paper gives a sum. Not known: what was repaid.

### The price

**Pakistani account.** Low.

**Russian account.** Not said.

**Third-party accounts.** High.

Not known: what was paid.

### One voice

**Pakistani account.** Alone.

**Bold words.** No account.
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("accounts") / "small"
    write_book(folder, {"one.ipynb": chapter("One", f"Words.\n\n## Where accounts differ\n{EPISODES}")})
    return folder


def episodes(source):
    page = BeautifulSoup((build(source).out / "one.html").read_text(encoding="utf-8"), "lxml")
    sections = page.select("#where-accounts-differ > section")
    return {section.h3.find(string=True).strip(): section for section in sections}


def columns(section):
    return [(item["class"][1], " ".join(item.get_text().split())) for item in section.select(".accounts > .account")]


def test_accounts_are_columns_in_the_order_of_the_text(source):
    found = episodes(source)
    sides = {
        "The visit": ["pakistani", "another", "soviet-russian", "third-party", "unknown"],
        "The mill": ["pakistani", "soviet-russian", "third-party", "unknown"],
        "The price": ["pakistani", "soviet-russian", "third-party", "unknown"],
        "One voice": [],
    }
    assert {name: [side for side, _ in columns(section)] for name, section in found.items()} == sides
    visit = dict(columns(found["The visit"]))
    assert visit["third-party"] == "Third-party accounts. One writer asks why."
    assert visit["unknown"] == "Not known: who answered. Nobody asks."
    assert visit["soviet-russian"].endswith("What he knew is not known to us.")
    assert dict(columns(found["The mill"]))["unknown"] == "Not known: what was repaid."
    assert dict(columns(found["The price"]))["soviet-russian"] == "Russian account. Not said."


def test_what_stands_around_them_stays_and_no_word_is_lost(source):
    visit = episodes(source)["The visit"]
    around = [tag.get_text(" ", strip=True)[:21] for tag in visit.find_all("p", recursive=False)]
    assert around == ["Agreed is that it was", "The record fits none."]
    words = " ".join(visit.get_text().split())
    order = ["put off", "accepted", "Delhi", "no time", "asks why", "Not known", "fits none"]
    assert sorted(order, key=words.index) == order


def test_the_other_formats_keep_the_paragraphs(source):
    text = (build(source, "text").out / "one.txt").read_text(encoding="utf-8")
    assert "asks why. *Not known:* who answered." in " ".join(text.split())
    paper = "".join(path.read_text(encoding="utf-8") for path in build(source, "bookfile").out.glob("*.html"))
    assert 'class="account' not in paper and "Third-party accounts." in paper
