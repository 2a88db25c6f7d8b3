"""The register as pages: every row once at its own address, with all that its sources say."""

import csv
import json
import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from book_samples import build, on_paper, write_book
from bs4 import BeautifulSoup

from pakrus.pages import chronology

ROOT = Path(__file__).resolve().parents[2]
EVENTS = '''\
event_id,date,date_precision,end_date,phase,category,scope,title,summary,actors,people,place,cooperation,status,confidence,dispute_note
1966-01-10-tashkent-declaration,1966-01-10,day,,cold-war,agreement,multilateral,"Tashkent <b>Declaration</b> & ""peace""",Signed on <i>10 January</i>.,PAK; RUS,Ayub Khan; Alexei Kosygin,Tashkent / Moscow,4,happened,disputed,One says 9 January.
1950-05-04-talks,1950-05-04,day,1950-05-05,cold-war,trade-finance,bilateral,Talks held,They met.,PAK; RUS,,,0,happened,reported,
1968-base,1968,year,,cold-war,military,context,Base to be closed,It was to close.,PAK; RUS,,,-2,planned,confirmed,
2017-06-sco,2017-06,month,,sco-era,multilateral,bilateral,Member,Joined.,PAK; RUS,,Astana,2,cancelled,confirmed,
'''
SOURCES = """\
event_id,key,locator,testimony,date_given,perspective,origin,origin_group,note
1966-01-10-tashkent-declaration,dawn,p. 3,reports,1966-01-09,pakistani,Foreign Office,Pakistani state,Says <u>9 January</u>.
1966-01-10-tashkent-declaration,cables,,reports,,third-party,US Department of State,US Department of State,
1966-01-10-tashkent-declaration,radio,,announces,,pakistani,Radio Pakistan,Pakistani state,
1950-05-04-talks,dawn,,reports,,pakistani,Foreign Office,Pakistani state,
1968-base,radio,,announces,,pakistani,Radio Pakistan,Pakistani state,
"""
BIB = r"""
@online{dawn, author = {{{Dawn}}}, organization = {Dawn}, title = {Rs 5 & \$3 {for} <peace>}, date = {1966-01-11}, year = {1966}, url = {https://example.org/a?b=1&c=2}}
@report{cables, author = {Doe, Jane and H{\"a}ge, Frank}, institution = {Department of State}, title = {Cables}, year = {1970}, doi = {10.1/x}}
@misc{radio, title = {No link}, organization = {Radio Pakistan}}
"""
PAGES = {
    "cold-war.md": "# Cold War\n\nEvery event.\n\n```{chronology} cold-war\n```\n",
    "sco.md": "# SCO era\n\nEvery event.\n\n```{chronology} sco-era\n```\n",
    "text.md": "# Text\n\nSee {event}`1966-01-10-tashkent-declaration` and {event}`the base <1968-base>`.\n",
    "bibliography.md": "# Bibliography\n\n```{bibliography}\n:style: pakrus\n```\n",
}


def write(folder, pages=PAGES, events=EVENTS, sources=SOURCES):
    shutil.rmtree(folder, ignore_errors=True)
    write_book(folder, pages)
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    (folder / "data" / "events.csv").write_text(events, encoding="utf-8")
    (folder / "data" / "event_sources.csv").write_text(sources, encoding="utf-8")
    return folder


def soup(book, page):
    return BeautifulSoup((book.out / page).read_text(encoding="utf-8"), "lxml")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return build(write(tmp_path_factory.mktemp("chronology") / "book"))


@pytest.fixture(scope="module")
def page(book):
    return soup(book, "cold-war.html")


def words(tag):
    return " ".join(tag.get_text().split())


# the page


def test_builds_without_a_warning(book):
    assert book.warnings == ""


def test_events_stand_under_their_ids_in_order_of_time(page):
    assert [tag["id"] for tag in page.select("section.event")] == [
        "1950-05-04-talks",
        "1966-01-10-tashkent-declaration",
        "1968-base",
    ]
    assert [words(tag).rstrip("#") for tag in page.select("article h2, article h3")] == [
        "1950s", "1950", "1960s", "1966", "1968",
    ]  # fmt: skip
    assert {tag.name for tag in page.select(".event > :first-child")} == {"h4"}


def test_an_event_of_a_year_alone_stands_after_those_of_its_days(tmp_path):
    day = "1968-07-01-day,1968-07-01,day,,cold-war,military,context,A day,So.,PAK; RUS,,,0,happened,reported,\n"
    month = day.replace("1968-07-01", "1968-07").replace(",day,", ",month,").replace("-day", "-month")
    register = chronology.read(write(tmp_path / "book", events=EVENTS + month + day))
    assert [row["event_id"] for row in register.events[2:-1]] == ["1968-07-01-day", "1968-07-month", "1968-base"]


def test_contents_show_decades_and_years_only(page):
    links = [tag["href"] for tag in page.select("nav.page-toc a")]
    assert links == ["#decade-1950s", "#year-1950", "#decade-1960s", "#year-1966", "#year-1968"]
    overview = page.find(class_="chronology-years")
    assert words(overview) == "3 events, 5 testimonies. 1950 1966 1968"
    assert all(page.find(id=tag["href"][1:]) for tag in overview.find_all("a"))


def test_row_says_what_the_register_says(page):
    event = page.find(id="1966-01-10-tashkent-declaration")
    link = event.h4.a
    assert (link["href"], words(link)) == ("events/1966-01-10-tashkent-declaration.html", "10 January 1966")
    assert words(event.find(class_="event-meta")) == (
        "Agreement (multilateral) · Tashkent, Moscow · Ayub Khan, Alexei Kosygin · disputed · +4 cooperative"
    )
    assert "Accounts differ: One says 9 January." in words(event)
    meta = [words(tag) for tag in page.find_all(class_="event-meta")]
    assert meta[0] == "Trade and finance · reported by one origin: Pakistani state · 0 neutral"
    assert meta[2] == "Planned, not known to have happened · Military (context) · confirmed · −2 conflictual"


def test_markup_in_the_data_stays_text(page):
    event = page.find(id="1966-01-10-tashkent-declaration")
    assert not event.find_all(["b", "u", "peace"])
    assert not event.find_all("i"), "the keys are on its own page"
    text = words(event)
    for shown in ("<b>Declaration</b> &", "<i>10 January</i>"):
        assert shown in text


def test_sources_are_counted_and_stand_on_the_page_of_the_event(page):
    event = page.find(id="1966-01-10-tashkent-declaration")
    link = event.find(class_="event-sources").a
    assert words(link) == "2 sources of 2 origins and 1 announcement"
    assert link["href"] == "events/1966-01-10-tashkent-declaration.html" and not page.select(".event details")
    assert {words(tag) for tag in page.select(".event-sources")} >= {"1 source of 1 origin", "1 announcement"} - {""}


# words


def test_codes_have_a_sign_and_a_word():
    assert [chronology.code(value).replace("\u00a0", " ") for value in ("-5", "0", "3")] == [
        "−5 conflictual", "0 neutral", "+3 cooperative",
    ]  # fmt: skip


def test_offices_of_one_state_are_one_origin():
    row = {"testimony": "reports", "origin_group": "Pakistani state"}
    two = [row | {"origin": "Foreign Office"}, row | {"origin": "Radio Pakistan"}]
    assert chronology.count_of_sources(two) == "2 sources of 1 origin"
    assert chronology.count_of_sources([]) == "no source"
    assert chronology.trust("reported", two) == "reported by one origin: Pakistani state"
    assert chronology.trust("reported", [*two, row | {"origin_group": "Dawn"}]) == "reported"
    assert chronology.trust("confirmed", two) == "confirmed", "the row's own word stands"


# links from elsewhere


def test_event_role_links_to_the_row(book):
    links = {words(tag): tag["href"] for tag in soup(book, "text.html").select("article p a.reference")}
    assert links == {
        'Tashkent <b>Declaration</b> & "peace"': "cold-war.html#1966-01-10-tashkent-declaration",
        "the base": "cold-war.html#1968-base",
    }


def test_unknown_event_is_named(tmp_path):
    pages = PAGES | {"text.md": "# Text\n\nSee {event}`1966-01-11-no-such-thing`.\n"}
    book = build(write(tmp_path / "book", pages))
    assert book.warnings.count("WARNING") == 1
    assert re.search(r"text\.md:3: WARNING: .*no event '1966-01-11-no-such-thing'", book.warnings)


def test_unknown_phase_is_named(tmp_path):
    pages = {"one.md": "# One\n\nText.\n\n```{chronology} hot-war\n```\n"}
    book = build(write(tmp_path / "book", pages))
    assert "one.md" in book.warnings and "no phase 'hot-war'" in book.warnings
    assert "There are: cold-war, sco-era" in book.warnings


def test_a_phase_has_one_page(tmp_path):
    book = build(write(tmp_path / "book", PAGES | {"z.md": PAGES["cold-war.md"].replace("Cold War", "Again")}))
    assert "the phase cold-war is on the page cold-war already" in book.warnings


def test_a_source_without_entry_is_named(tmp_path):
    sources = SOURCES.replace("1950-05-04-talks,dawn", "1950-05-04-talks,nowhere")
    book = build(write(tmp_path / "book", PAGES, EVENTS, sources))
    assert "the event 1950-05-04-talks names the source nowhere" in book.warnings


def test_missing_register_is_named(tmp_path):
    folder = write(tmp_path / "book", {"cold-war.md": PAGES["cold-war.md"]})
    (folder / "data" / "events.csv").unlink()
    assert "data/events.csv is missing" in build(folder).warnings


def test_pages_follow_the_data(tmp_path):
    folder = write(tmp_path / "book")
    build(folder)
    events = folder / "data" / "events.csv"
    events.write_text(EVENTS.replace("Base to be closed", "Base closed").replace('Tashkent <b>Declaration</b> & ""peace""', "Peace"), encoding="utf-8")  # fmt: skip
    os.utime(events, (events.stat().st_mtime + 5,) * 2)
    again = build(folder)
    assert again.warnings == ""
    assert "Base closed" in (again.out / "cold-war.html").read_text(encoding="utf-8")
    assert ">Peace<" in (again.out / "text.html").read_text(encoding="utf-8")


# other formats


def test_print_gives_the_sources_in_a_line(tmp_path):
    pages = {"chronology-cold-war.md": PAGES["cold-war.md"], "bibliography.md": PAGES["bibliography.md"]}
    page = BeautifulSoup(on_paper(build(write(tmp_path / "book", pages), "bookfile")), "lxml")
    event = page.find(id="chronology-cold-war--1966-01-10-tashkent-declaration")
    line = words(event.find(class_="event-sources"))
    assert line.startswith(
        "2 sources of 2 origins and 1 announcement: Dawn, “Rs 5 & $3 for <peace>”, 11 January 1966; "
    )
    assert not page.find("details")


def test_plain_text_has_everything(tmp_path):
    book = build(write(tmp_path / "book"), "text")
    assert book.warnings == ""
    text = (book.out / "cold-war.txt").read_text(encoding="utf-8")
    assert "**10 January 1966: Tashkent" in text and "Announces it beforehand.** radio" in text


# the book's own


def test_every_phase_of_the_register_has_its_page():
    """With the directive's rule (a phase has one page) this puts every event of the descriptor's table on one page."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    table = next(entry for entry in package["resources"] if entry["name"] == "events")
    assert f"data/{table['path']}" == chronology.EVENTS
    rows = list(csv.DictReader((ROOT / chronology.EVENTS).read_text(encoding="utf-8").splitlines()))
    shown = re.findall(
        r"^```\{chronology\} (\S+)$",
        "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "back-matter").glob("chronology-*.md"))),
        re.M,
    )
    assert Counter(shown) == Counter({row["phase"] for row in rows})
    register = chronology.read(ROOT)
    assert Counter(row["event_id"] for row in register.events) == Counter(row["event_id"] for row in rows)
    assert set(register.sources) <= {row["event_id"] for row in rows}
