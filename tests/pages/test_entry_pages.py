"""Every event, claim and project on a page of its own: what it says, where it leads, what it must not do."""

import json

import pytest
from book_samples import build
from bs4 import BeautifulSoup
from pybtex.database import parse_string
from test_claims import PAGES, write

from pakrus.pages.entries import uses

TABLES = {
    "actors": "code,name,kind\nPAK,Pakistan,state\nRUS,USSR and Russia,state\n",
    "claim_events": "event_id,claim_id\n1950-05-04-talks,S0-02\n",
    "projects": (
        "project_id,title,field,summary,first_announced,status,status_as_of,status_note,key,locator\n"
        "mill,Steel <mill>,industry,A mill was promised.,1968,stalled,1971-03,No word since.,cables,\n"
        "dam,Dam,energy,A dam.,1950-05,delivered,1960,,dawn,p. 9\n"
    ),
    "project_milestones": (
        "milestone_id,project_id,date,step,description,amount,currency,price_basis,event_id,key,locator,note\n"
        "m2,mill,1970,signed,Contract signed.,1234.5,USD,contract,,cables,para. 3,\n"
        "m1,mill,1968,announced,A mill is announced.,2000000,USD,,1968-base,dawn,,Of the embassy.\n"
    ),
}
TEXT = (
    "# Text\n\nSee {claim}`s0-01`.\n\n## How it *began*\n\nSee {event}`1966-01-10-tashkent-declaration` and again "
    "{event}`1966-01-10-tashkent-declaration`.\n"
)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("entries") / "book"
    sco = "# SCO era\n\n```{chronology} sco-era\n```\n"
    return build(write(folder, PAGES | {"text.md": TEXT, "sco.md": sco}, **TABLES))


def soup(book, name):
    return BeautifulSoup((book.out / f"{name}.html").read_text(encoding="utf-8"), "lxml")


def words(tag):
    return " ".join(tag.get_text().split())


def section(page, heading):
    found = page.find("h2", string=heading)
    return found and found.parent


def items(page, heading):
    found = section(page, heading)
    return [words(item) for item in found.select("li")] if found else []


def test_every_row_has_its_page(book):
    assert book.warnings == ""
    made = {
        kind: sorted(path.stem for path in (book.out / kind).iterdir()) for kind in ("events", "claims", "projects")
    }
    assert made == {
        "events": ["1950-05-04-talks", "1966-01-10-tashkent-declaration", "1968-base", "2017-06-sco"],
        "claims": ["s0-01", "s0-02", "s1-01"],
        "projects": ["dam", "mill"],
    }


def test_an_event_says_what_the_register_says(book):
    page = soup(book, "events/1966-01-10-tashkent-declaration")
    assert words(page.h1) == 'Tashkent <b>Declaration</b> & "peace"'
    assert (page.time["datetime"], words(page.time)) == ("1966-01-10", "10 January 1966")
    facts = {words(term): words(term.find_next("dd")) for term in page.dl.select("dt")}
    assert facts == {
        "Place": "Tashkent, Moscow", "People": "Ayub Khan, Alexei Kosygin", "Parties": "Pakistan; USSR and Russia",
        "Act": "+4 cooperative, on a scale from −5 (war) to +5 (alliance)", "Sureness": "disputed",
    }  # fmt: skip
    assert "Accounts differ: One says 9 January." in words(page.main)
    assert words(section(page, "Sources").p) == "2 sources of 2 origins and 1 announcement."
    assert items(page, "Sources") == [
        "Dawn, Rs 5 & $3 for <peace>, 11 January 1966, p. 3. Pakistani perspective; origin: Foreign Office (Pakistani"
        " state). Gives the date 9 January 1966. Says <u>9 January</u>.",
        "Jane Doe and Frank Häge, Cables, Department of State, 1970. Third-party perspective; origin: US Department of"
        " State.",
        "Radio Pakistan, No link, no date. Pakistani perspective; origin: Radio Pakistan (Pakistani state). Announces it"
        " beforehand.",
    ]
    assert items(page, "Claims it bears on") == ["S0-01: “signed on <b>6th</b> January & sealed” contradicted."]
    assert items(page, "Before and after") == [
        "4–5 May 1950: Talks held", "1968: Base to be closed", "June 2017: Member",
    ]  # fmt: skip
    assert words(page.select_one(".kind")).startswith("Kind of event: ")
    assert words(page.select_one(".when")) == "10 January 1966. Sureness: disputed."
    planned = soup(book, "events/1968-base")
    assert words(planned.select_one(".when")) == (
        "1968. What came of it: Planned, not known to have happened. Sureness: confirmed."
    )
    assert [words(tag) for tag in planned.select(".when small")] == [
        "Planned, not known to have happened",
        "confirmed",
    ]
    assert items(planned, "Promises") == ["Steel <mill> announced. A mill is announced."]


def test_keys_of_sources_are_for_programs_alone(book):
    page = soup(book, "events/1966-01-10-tashkent-declaration")
    assert [tag["value"] for tag in section(page, "Sources").select("data")] == ["dawn", "cables", "radio"]
    assert not section(page, "Sources").select("code") and "cables" not in words(section(page, "Sources"))
    assert section(soup(book, "projects/mill"), "Steps").select("data[value=dawn], data[value=cables]")


def test_every_style_is_there_and_the_credit_names_what_lies_beneath(book):
    def cited(name):
        rows = soup(book, name).select("dl.cite div")
        return {words(row.dt): words(row.dd) for row in rows}

    event, claim = cited("events/1966-01-10-tashkent-declaration"), cited("claims/s0-01")
    styles = ["APA 7", "APA 7, in the text", "Chicago 17, note", "Chicago 17, author-date", "MLA 9", "Credit line"]
    for made in (event, claim, cited("projects/mill")):
        assert [label for label in made if label in styles] == styles
    assert event["Credit line"].startswith("Source: ") and "Cables" in event["Credit line"].partition(", in: ")[0]
    assert event["Credit line"].index("Cables") < event["Credit line"].index("Tashkent")
    assert claim["Credit line"].startswith("Source: ")


def test_many_sources_are_counted_in_a_credit(book):
    from types import SimpleNamespace

    from pakrus.pages.entries import shown

    known = SimpleNamespace(library=dict.fromkeys("abcd"))
    assert shown.underlying(known, ["a", "b", "c", "d", "a", "not there"]) == ("the 4 sources that the page names",)
    assert shown.underlying(known, ["not there"]) == ()


def test_the_sections_that_use_it_are_named_once(book):
    assert items(soup(book, "events/1966-01-10-tashkent-declaration"), "In the book") == ["4. Text: How it began"]
    assert items(soup(book, "claims/s0-01"), "In the book") == ["4. Text"]
    assert section(soup(book, "claims/s1-01"), "In the book") is None
    link = section(soup(book, "events/1966-01-10-tashkent-declaration"), "In the book").a["href"]
    assert link == "../text.html#how-it-began"


def test_a_claim_says_verdict_and_evidence(book):
    page = soup(book, "claims/s0-01")
    text = words(page.main)
    assert words(page.h1) == "“signed on <b>6th</b> January & sealed”"
    assert "Right: 10 January 1966" in text and "Read as: the day of signature" in text
    assert words(page.select_one(".when")) == "Verdict: contradicted."
    article = page.find("dt", string="Article").find_next("dd")
    ledger = soup(book, article.a["href"].removeprefix("../").partition(".html#")[0])
    assert words(ledger.find(id=article.a["href"].partition("#")[2]).find(["h1", "h2", "h3"])).startswith("S0: ")
    assert items(page, "Evidence") == [
        '10 January 1966: Tashkent <b>Declaration</b> & "peace". against. Signed on the 10th.',
        "Jane Doe and Frank Häge, Cables, Department of State, 1970, p. 4. against; origin: US Department of State. "
        "Says the <i>10th</i>.",
        "table trade_flows, year 1950. context; origin: Customs. No bearing.",
    ]
    assert section(page, "Evidence").select("a")[-1]["href"] == "../codebook/trade_flows.html"
    assert section(soup(book, "claims/s0-02"), "Evidence") is None
    assert [(words(tag), tag["href"]) for tag in page.select("nav .own a")] == [
        ("In the ledger", "../claims.html#s0-01"), ("In the evidence", "../evidence.html#evidence-s0-01"),
    ]  # fmt: skip


def test_a_project_says_its_steps_in_order(book):
    page = soup(book, "projects/mill")
    assert (words(page.h1), words(page.time)) == ("Steel <mill>", "from 1968")
    assert items(page, "Steps") == [
        "1968: announced. A mill is announced. 2,000,000 USD. Event: 1968: Base to be closed. Dawn, Rs 5 & $3 for <peace>,"
        " 11 January 1966. Of the embassy.",
        "1970: signed. Contract signed. 1,234.5 USD (contract). Jane Doe and Frank Häge, Cables, Department of State, 1970, para. 3.",
    ]
    assert items(page, "Before and after") == ["Dam, announced May 1950, delivered."]


def test_metadata_are_json_and_name_the_book(book):
    for path in sorted(book.out.glob("*/*.html")):
        if path.parent.name not in ("events", "claims", "projects"):
            continue
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        data = json.loads(page.find("script", type="application/ld+json").string)
        assert data["isPartOf"] == {"@type": "Book", "name": "A small book: an executable test", "version": "0.3.0"}
        assert page.find("link", rel="canonical") is None, "no address is known"
        kind = {"events": "Register entry", "claims": "Claim", "projects": "Project"}[path.parent.name]
        cited = words(page.find(class_="cite").dd)
        assert cited.startswith("Small book contributors. (2026).") and f"[{kind} {path.stem}]".lower() in cited.lower()
    event = json.loads(soup(book, "events/1950-05-04-talks").find("script", type="application/ld+json").string)
    assert event["about"] == {
        "@type": "Event",
        "name": "Talks held",
        "startDate": "1950-05-04",
        "endDate": "1950-05-05",
    }


def test_with_an_address_the_page_is_canonical(tmp_path):
    folder = write(tmp_path / "book")
    conf = folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + "html_baseurl = 'https://example.org/book'\n", encoding="utf-8")
    page = soup(build(folder), "claims/s1-01")
    address = "https://example.org/book/claims/s1-01.html"
    assert page.find("link", rel="canonical")["href"] == address
    assert words(page.find(class_="cite").dd).endswith(address)
    assert f"UR  - {address}\n" in (folder / "_build" / "html" / "cite" / "claim-s1-01.ris").read_text(encoding="utf-8")


def test_each_can_be_cited_by_files_and_by_its_place_in_a_copy(book):
    for path in sorted(book.out.glob("*/*.html")):
        if path.parent.name not in ("events", "claims", "projects"):
            continue
        place = path.relative_to(book.out).as_posix()
        cited = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").find(class_="cite")
        assert words(cited.dd).endswith(f" {place}")
        links = {words(link): path.parent / link["href"] for link in cited.select("a[download]")}
        assert list(links) == ["BibTeX", "RIS", "CSL-JSON"]
        for file in links.values():
            assert place in file.read_text(encoding="utf-8")
        (entry,) = parse_string(links["BibTeX"].read_text(encoding="utf-8"), "bibtex").entries.values()
        assert entry.fields["note"].endswith(place) and "url" not in entry.fields


def test_pages_follow_the_data_and_only_then(tmp_path):
    folder = write(tmp_path / "book", **TABLES)
    out = build(folder).out
    page = out / "projects" / "dam.html"
    before = page.stat().st_mtime_ns
    build(folder)
    assert page.stat().st_mtime_ns == before, "nothing has changed"
    (folder / "data" / "projects.csv").write_text(TABLES["projects"].replace("A dam.", "No dam.").replace("mill,Steel", "forge,Steel"), encoding="utf-8")  # fmt: skip
    (folder / "data" / "project_milestones.csv").write_text(TABLES["project_milestones"].replace(",mill,", ",forge,"), encoding="utf-8")  # fmt: skip
    assert (out / "cite" / "project-mill.ris").is_file()
    build(folder)
    assert not (out / "cite" / "project-mill.ris").exists() and (out / "cite" / "project-forge.ris").is_file()
    assert "No dam." in page.read_text(encoding="utf-8")
    assert sorted(path.stem for path in page.parent.iterdir()) == ["dam", "forge"], "what is no row has no page"


def test_other_formats_link_to_the_row_itself(tmp_path):
    folder = write(tmp_path / "book")
    book = build(folder, "singlehtml")
    assert not (book.out / "events").exists()
    page = BeautifulSoup((book.out / "index.html").read_text(encoding="utf-8"), "lxml")
    event = page.find("section", id=lambda name: name and name.endswith("1968-base"))
    assert event.find(["h4", "h5"]).a["href"] == "#1968-base"


def test_a_link_counts_to_the_heading_before_it(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        '<section id="a"><h1>A &amp; B<a class="headerlink" href="#a">#</a></h1><p><a class="x" href="c.html#s1">S1</a></p>'
        '<section class="y" id="b">\n<span id="old"></span><h2>Two <em>words</em><a class="headerlink">#</a></h2>'
        '<a href="#s1">own</a><a href="c.html#s2">S2</a> <a href="c.html#evidence-s1">e</a> <a href="c.html#s9">S9</a></section></section>'
    )
    found = uses.find({"a": page}, {"a": "x/a.html"}, {"s1", "s2", "evidence-s1"})
    top, below = uses.Use("A & B", "", "x/a.html#a"), uses.Use("A & B", "Two words", "x/a.html#b")
    assert dict(found) == {"s1": [top, below], "s2": [below]}
