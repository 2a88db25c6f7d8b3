"""The page of the data edition: links that hold, metadata that parse, nothing made twice."""

import json
import pickle
import shutil
from pathlib import Path

from book_samples import PAGES, build, on_paper, write_book
from bs4 import BeautifulSoup

from pakrus.edition import snippets
from pakrus.folder import ROOT
from pakrus.pages import edition

TABLES = {
    "trade_flows": "year,state,value\n1950,PAK,17\n1951,RUS,\n",
    "states": "code\nPAK\nRUS\n",
}
EDITION = {
    "data.md": "# Data\n\nThe tables of the small book, to take away.\n\n```{data-edition}\n```\n\n```{load-table} trade_flows\n```\n\n"
    "```{cite-tables}\n```\n"
}
BOTH = {**EDITION, **{name: PAGES[name] for name in ("codebook.md", "bibliography.md")}}


def seal(folder, tables=TABLES):
    from hashlib import sha256

    path = folder / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for entry in package["resources"]:
        content = tables[entry["name"]].encode()
        (folder / "data" / entry["path"]).write_bytes(content)
        entry["hash"], entry["bytes"] = f"sha256:{sha256(content).hexdigest()}", len(content)
        entry["pakrus:rows"] = content.count(b"\n") - 1
    package["resources"][1]["schema"]["primaryKey"] = "code"
    path.write_text(json.dumps(package), encoding="utf-8")


def book(folder, extra=""):
    write_book(folder, BOTH, extra)
    seal(folder)
    for name in ("LICENSE", "LICENSE-content"):
        shutil.copy(ROOT / name, folder)
    return folder


def noted(folder):
    """The files whose change has the page read again."""
    with open(folder / "_build" / "doctrees" / "environment.pickle", "rb") as file:
        return {(folder / path).resolve() for path in pickle.load(file).dependencies["data"]}


def page(built):
    return BeautifulSoup((built.out / "data.html").read_text(encoding="utf-8"), "lxml")


def linked_data(built):
    scripts = [json.loads(tag.string) for tag in page(built).find_all("script", type="application/ld+json")]
    assert [data["@type"] for data in scripts] == ["Chapter", "Dataset"]
    return scripts[1]


def test_page_files_and_metadata(tmp_path):
    built = build(book(tmp_path / "book"))
    assert built.warnings == ""
    found = page(built)
    rows = [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in found.select("article table tr")]
    sums = (built.out / "edition" / "SHA256SUMS").read_text()
    for name in ("small-0.3.0.zip", "small-0.3.0.sqlite", "SHA256SUMS"):
        link = found.find("a", string=name)
        assert (built.out / link["href"]).is_file()
        (row,) = [row for row in rows if row[0] == name]
        if name.endswith(".zip"):
            assert f"{row[3]}  {name}\n" in sums
        elif name.endswith(".sqlite"):
            assert row[3].startswith("of its dump: ") and f": {row[3].removeprefix('of its dump: ')}\n" in sums
    assert ["trade_flows", "2"] in [[row[0], row[-1]] for row in rows]
    assert found.find("a", href="codebook/trade_flows.html")
    data = linked_data(built)
    assert (data["name"], data["version"], data["datePublished"]) == (
        "A small book: an executable test",
        "0.3.0",
        "2026-02-03",
    )
    assert data["creator"] == [{"@type": "Organization", "name": "Small book contributors"}]
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert not {"url", "identifier", "sameAs"} & set(data)
    assert [part["contentUrl"] for part in data["distribution"]] == [
        "edition/small-0.3.0.zip",
        "edition/small-0.3.0.sqlite",
    ]
    assert ["sha256" in part for part in data["distribution"]] == [True, False]  # the database's bytes vary
    assert all(
        (built.out / part["contentUrl"]).stat().st_size == int(part["contentSize"].split()[0])
        for part in data["distribution"]
    )
    assert {
        "@type": "PropertyValue",
        "name": "trade_flows.value",
        "description": "Current prices",
        "unitText": "US$ million",
    } in data["variableMeasured"]


def test_an_address_changes_no_path_of_a_file(tmp_path):
    data = linked_data(build(book(tmp_path / "book", "html_baseurl = 'https://example.org/book'\n")))
    assert data["url"] == "https://example.org/book/data.html"
    assert all(not part["contentUrl"].startswith(("http", "/")) for part in data["distribution"])


def test_the_page_says_how_to_load_a_table_in_each_program(tmp_path):
    built = build(book(tmp_path / "book"))
    heads = [tag.get_text() for tag in page(built).select("p.rubric")]
    assert heads == list(snippets.PROGRAMS)
    blocks = [tag.get_text() for tag in page(built).select("p.rubric + div div.highlight pre")]
    assert len(blocks) == len(heads) and all("trade_flows" in text for text in blocks)
    assert "small-0.3.0.sqlite" in blocks[-1] and "col_types" in blocks[heads.index("R")]
    missing = book(tmp_path / "other")
    (missing / "data.md").write_text("# Data\n\n```{load-table} nowhere\n```\n", encoding="utf-8")
    assert "no table 'nowhere' in the descriptor" in build(missing).warnings


def test_made_anew_only_when_something_changed(tmp_path, monkeypatch):
    made, write = [], edition.Edition.write
    monkeypatch.setattr(edition.Edition, "write", lambda self, to: made.append(self.name) or write(self, to))
    folder = book(tmp_path / "book")
    first = build(folder)
    (database,) = Path(first.out, "edition").glob("*.sqlite")
    before = database.read_bytes()
    assert build(folder).warnings == "" and made == ["small-0.3.0"]
    shutil.rmtree(first.out / "edition")
    build(folder)
    assert database.read_bytes() == before and len(made) == 1
    seal(folder, TABLES | {"states": "code\nPAK\nRUS\nIND\n"})
    again = build(folder)
    assert len(made) == 2 and database.read_bytes() != before
    assert linked_data(again)["distribution"][1]["contentSize"] == f"{database.stat().st_size} B"
    for path in edition.Edition(folder, folder / "data").depends_on():  # the page shows the sums: it must be read again
        assert path.resolve() in noted(folder), path
    citation = folder / "CITATION.cff"
    citation.write_text(citation.read_text(encoding="utf-8").replace("0.3.0", "0.4.0"), encoding="utf-8")
    build(folder)
    assert sorted(path.name for path in database.parent.iterdir()) == [
        "SHA256SUMS",
        "small-0.4.0.sqlite",
        "small-0.4.0.zip",
    ]


def test_a_changed_table_stops_with_the_remedy(tmp_path):
    folder = book(tmp_path / "book")
    (folder / "data" / "states.csv").write_text("code\nPAK\n", encoding="utf-8")
    assert "python -m pakrus seal" in build(folder).warnings


def test_in_print_the_files_are_named_only(tmp_path):
    built = build(book(tmp_path / "book"), "bookfile")
    assert built.warnings == ""
    text = on_paper(built)
    assert "small-0.3.0.zip" in text and 'href="edition/' not in text
    assert not (built.out / "edition").exists()


def test_every_table_is_cited_on_its_page_and_the_old_places_lead_there(tmp_path):
    built = build(book(tmp_path / "book"))
    assert built.warnings == ""
    leads = {name: page(built).find(id=f"cite-table-{name}").a["href"] for name in ("trade-flows", "states")}
    assert leads == {"trade-flows": "codebook/trade_flows.html#cite", "states": "codebook/states.html#cite"}
    own = BeautifulSoup((built.out / "codebook/trade_flows.html").read_text(encoding="utf-8"), "lxml")
    assert "(table trade_flows) [Data set]. In A small book" in own.find(id="cite").get_text()
    assert (built.out / "cite/data-trade_flows.ris").read_text(encoding="utf-8").startswith("TY  - DATA\n")


def test_the_edition_names_its_tables(tmp_path):
    built = build(book(tmp_path / "book", "html_baseurl = 'https://example.org/book/'\n"))
    table = linked_data(built)["hasPart"][0]
    assert (table["@type"], table["name"]) == ("Dataset", "Trade (table trade_flows)")
    assert table["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert table["isBasedOn"] == ["https://example.org/votes"]
    assert table["url"] == "https://example.org/book/codebook/trade_flows.html"
    own = BeautifulSoup((built.out / "codebook/trade_flows.html").read_text(encoding="utf-8"), "lxml")
    assert table["url"] in own.find(id="cite").get_text()
    assert own.find("link", rel="canonical")["href"] == table["url"]
