"""The explorer's page and pictures, made from a small register."""

import json
import re

import pytest
from book_samples import build
from bs4 import BeautifulSoup
from test_claims import write
from test_entry_pages import TABLES

from pakrus.pages.explorer import drawings

PLACES = """\
place_id,name,other_spellings,kind,latitude,longitude,geonames,key,note
astana,Astana,Nur-Sultan,town,51.18,71.45,1,x,
moscow,Moscow,,town,55.75,37.62,2,x,
new-york,New York,,town,40.71,-74.0,3,x,
tashkent,Tashkent,,town,,,,,
"""
LAND = "ring,longitude,latitude\n1,10,10\n1,60,10\n1,60,10\n1,60,50\n1,10,10\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("explorer") / "book", **TABLES, places=PLACES)
    (folder / "data" / "geo").mkdir()
    (folder / "data" / "geo" / "land.csv").write_text(LAND, encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="module")
def page(book):
    return BeautifulSoup((book.out / "explore.html").read_text(encoding="utf-8"), "lxml")


def words(tag):
    return " ".join(tag.get_text().split())


def test_the_list_is_whole_and_leads_to_the_pages(book, page):
    assert book.warnings == ""
    links = {part["data-list"]: [tag["href"] for tag in part.select("li > a")] for part in page.select("#list section")}
    assert links == {
        "events": [f"events/{name}.html" for name in ("1950-05-04-talks", "1966-01-10-tashkent-declaration", "1968-base", "2017-06-sco")],
        "projects": ["projects/dam.html", "projects/mill.html"],
        "claims": ["claims/s0-01.html", "claims/s0-02.html", "claims/s1-01.html"],
    }  # fmt: skip
    assert all((book.out / address).is_file() for part in links.values() for address in part)


def test_a_row_says_by_what_it_can_be_filtered(page):
    row = page.select("#list li")[1]
    assert (row["data-k"], row["data-s"], row["data-a"], row["data-f"], row["data-l"]) == (
        "agreement", "disputed", "cooperative", "1966-01-10", "1966",
    )  # fmt: skip
    assert words(row.select_one(".place")) == "Tashkent, Moscow"
    assert words(row.select_one(".people")) == "Ayub Khan, Alexei Kosygin"
    assert "<b>Declaration</b>" in words(row) and not row.find("b"), "markup in the data stays text"
    mill = page.select("#list section[data-list=projects] li")[1]
    assert (mill["data-f"], mill["data-l"]) == ("1968", "1971")


def test_fields_offer_what_there_is(page):
    kinds = [(tag["value"], words(tag)) for tag in page.select("select[name=kind] optgroup[label=Events] option")]
    assert ("agreement", "agreement (1)") in kinds and len(kinds) == 4
    assert [tag["value"] for tag in page.select("select[name=place] option")] == ["", "Astana", "Moscow", "Tashkent"]
    assert "#filters { display: none" in page.select_one("noscript style").get_text(), "of no use without the script"
    assert json.loads(page.find(id="alike").string)["kossygin"] == ["kosygin"]


def test_the_map_has_no_border_and_names_what_it_leaves_out(page):
    assert "no border of any state is drawn" in words(page.find(id="map-words"))
    assert [tag["data-place"] for tag in page.select("#map circle")] == ["Astana", "Moscow"]
    assert len(page.select("#map path")) == 1, "land is one path"
    assert words(page.find(string=re.compile("Not on the map")).parent).endswith("outside: Tashkent 1.")


def test_pictures_stand_in_the_order_of_the_list(page):
    shapes = [(tag.name, *tag["class"]) for tag in page.select("#lanes .marks > *")]
    neutral, cooperative, conflictual = ("rect", "neutral"), ("circle", "cooperative"), ("path", "conflictual")
    assert shapes == [neutral, cooperative, conflictual, cooperative]
    assert [words(tag.title) for tag in page.select("#lines > g")] == ["Dam: delivered", "Steel <mill>: stalled"]
    rows = {words(row.th): [words(cell) for cell in row.find_all("td")] for row in page.select("#grid tbody tr")}
    assert rows == {"diplomacy": ["", "1", "1"], "the UN and the SCO": ["1", "", ""]}


def test_the_table_of_claims_has_no_empty_column(page):
    rows = [[words(cell) for cell in row.select("td")] for row in page.select("#grid tbody tr")]
    heads = [words(head) for head in page.select("#grid thead th")][1:]
    assert heads and all(len(row) == len(heads) for row in rows)
    assert all(any(column) for column in zip(*rows, strict=True)), heads


def test_entries_lead_to_the_explorer(book):
    event = BeautifulSoup((book.out / "events" / "1966-01-10-tashkent-declaration.html").read_text("utf-8"), "lxml")
    links = [tag["href"] for tag in event.dl.select("a")]
    assert links == ["../explore.html?place=Tashkent", "../explore.html?place=Moscow", "../explore.html?person=Ayub+Khan", "../explore.html?person=Alexei+Kosygin"]  # fmt: skip


def test_without_its_tables_there_is_none(tmp_path):
    book = build(write(tmp_path / "book"))
    assert not (book.out / "explore.html").exists()
    assert "explore.html" not in (book.out / "events" / "1968-base.html").read_text(encoding="utf-8")


# drawings ---------------------------------------------------------------------------------------------------------------


def test_acts_by_year_leave_no_year_out():
    rows = [
        {"date": "1950-05-04", "cooperation": "2"},
        {"date": "1950", "cooperation": "-1"},
        {"date": "1952-01", "cooperation": "0"},
    ]
    found = drawings.years(rows)
    assert list(found) == [1947, 1948, 1949, 1950, 1951, 1952]
    assert (dict(found[1950]), dict(found[1951]), dict(found[1952])) == (
        {"cooperative": 1, "conflictual": 1},
        {},
        {"neutral": 1},
    )


def test_bars_stay_in_their_picture():
    """However many events a year has: 200 of one act, 90 of another."""
    rows = [{"date": "1950", "cooperation": "1"}] * 200 + [{"date": "1950", "cooperation": "-1"}] * 90
    marks = re.findall(
        r'<rect class="(coop|conf)\w+" x="[\d.]+%" y="([-\d.]+)" width="[\d.]+%" height="([\d.]+)"',
        drawings.bars(rows).svg,
    )
    (_, top, up), (_, start, down) = marks
    assert float(top) >= 0 and float(start) + float(down) < 235, "above the years"
    assert float(up) / float(down) == pytest.approx(200 / 90, rel=0.01), "one scale up and down"


def test_a_place_lies_where_its_degrees_say():
    west, south, east, north = drawings.FRAME
    assert drawings.project(west, north) == (0, 0)
    assert drawings.project(east, north)[0] == pytest.approx(drawings.WIDE)
    x, y = drawings.project(west + 10, north - 10)
    assert x / y == pytest.approx(drawings.FLAT), "a degree of longitude is shorter by the cosine of the latitude"
    assert drawings.on_map(37.6, 55.8) and not drawings.on_map(-74, 40.7)


def test_land_is_one_path_without_a_point_twice():
    rows = [dict(zip(("ring", "longitude", "latitude"), line.split(","), strict=True)) for line in LAND.split()[1:]]
    path = drawings.land(rows)
    assert path.count("M") == path.count("Z") == 1 and path.count("L") == 3
    assert drawings.land(rows[:2]) == "", "no outline has two points"


def test_land_beyond_the_end_of_longitudes_is_further_east():
    rows = [
        {"ring": "1", "longitude": longitude, "latitude": latitude}
        for longitude, latitude in (("179", "65"), ("-179", "65"), ("-179", "60"), ("179", "60"))
    ]
    across = [int(point.split()[0]) for point in re.split("[MLZ]", drawings.land(rows)) if point]
    assert min(across) > drawings.WIDE and max(across) - min(across) < 15


def test_time_runs_from_edge_to_edge():
    assert drawings.across("1947-01-01", 2026) == 0
    assert drawings.across("2026-12-31", 2026) == pytest.approx(100, abs=0.01)


def test_words_over_a_line_find_room_on_a_phone():
    letters = int(drawings.NARROW / drawings.LETTER)
    assert drawings.beside(20, 60, "Mill") == ("start", 20)
    assert drawings.beside(90, 95, "Steel mill at Karachi") == ("end", 95)
    anchor, x = drawings.beside(40, 80, "x" * (letters - 3))
    assert anchor == "end" and 90 < x <= 100, "as near to its line as there is room"
    anchor, x = drawings.beside(20, 30, "x" * (letters - 3))
    assert anchor == "start" and 0 <= x < 10


def named(spots):
    page = BeautifulSoup("".join(drawings.names_on_map(spots, 500)), "lxml")
    return [(tag.text, *tag["class"]) for tag in page.find_all("text")]


def test_names_on_the_map_leave_each_other_and_other_circles_alone():
    spot = drawings.Spot("Alpha", "", 9, 300, 100, 7)
    near, nearer = spot._replace(name="Beta", y=130), spot._replace(name="Gamma", y=115)
    sides = [("Alpha", "start"), ("Beta", "end"), ("Delta", "start")]
    assert named([spot, near, nearer, spot._replace(name="Delta", x=700, y=300)]) == sides, (
        "on a phone no room is left for Gamma"
    )
    assert named([spot, spot._replace(name="Beta", x=320)])[0] == ("Alpha", "end"), "its right is Beta's circle"
