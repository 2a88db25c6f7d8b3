"""The e-book of a small book: its files, its links, its notes; and what the referee of the format says."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from book_samples import PAGES, build, chapter, figure, write_book
from lxml import etree

from pakrus.pages.epub import make

XHTML = "{http://www.w3.org/1999/xhtml}"
JAR = Path("/usr/share/java/epubcheck.jar")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("epub") / "small"
    pages = PAGES | {"three.ipynb": chapter("Three", "A claim.[^2] More.\n\n[^2]: So they say.", figure("three-votes"))}
    write_book(folder, pages)
    built = build(folder, "bookfile")
    return make.made(built.out, folder / "small.epub"), built.out


@pytest.fixture(scope="module")
def files(book):
    with zipfile.ZipFile(book[0]) as packed:
        return {entry.filename: packed.read(entry) for entry in packed.infolist()}


@pytest.fixture(scope="module")
def pages(files):
    return {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}


def test_the_kind_of_file_is_known_by_its_first_bytes(book, files):
    assert book[0].read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    assert list(files)[:2] == ["mimetype", "META-INF/container.xml"]


def test_every_file_is_declared_and_every_page_is_read_in_order(files):
    package = etree.fromstring(files["book/book.opf"])
    space = {"o": "http://www.idpf.org/2007/opf"}
    declared = {f"book/{item.get('href')}": item.get("id") for item in package.iterfind(".//o:item", space)}
    assert set(declared) == set(files) - {"mimetype", "META-INF/container.xml", "book/book.opf"}
    order = [item.get("idref") for item in package.iterfind(".//o:itemref", space)]
    assert sorted(order) == sorted(declared[name] for name in declared if name.endswith(".xhtml"))
    assert [name for name in sorted(declared, key=lambda name: order.index(declared[name]) if declared[name] in order else 99)][:4] == [
        "book/title.xhtml", "book/nav.xhtml", "book/one.xhtml", "book/two.xhtml",
    ]  # fmt: skip


def test_links_pictures_and_ids(files, pages):
    ids = {name: [tag.get("id") for tag in page.iter() if tag.get("id")] for name, page in pages.items()}
    assert all(len(names) == len(set(names)) for names in ids.values())
    for name, page in pages.items():
        for link in page.iter(f"{XHTML}a"):
            href = link.get("href")
            if not href.startswith("http"):
                file, _, target = href.partition("#")
                file = f"book/{file}" if file else name
                assert file in files and (not target or target in ids[file]), (name, href)
        for image in page.iter(f"{XHTML}img"):
            assert image.get("alt") and f"book/{image.get('src')}" in files
        assert not list(page.iter(f"{XHTML}script"))
    assert not [name for name, data in files.items() if name.endswith(".svg") and b"<!DOCTYPE" in data]
    assert any(name.startswith("book/images/formula-") for name in files)


def test_the_same_input_gives_the_same_bytes(book, tmp_path):
    assert make.made(book[1], tmp_path / "again.epub").read_bytes() == book[0].read_bytes()


def test_the_text_is_that_of_the_volume_on_paper(book, pages):
    from bs4 import BeautifulSoup

    paper = BeautifulSoup((book[1] / "reader-one.html").read_text(encoding="utf-8"), "lxml").main
    for foot in paper.select(".foot"):
        foot.decompose()
    here = BeautifulSoup(etree.tostring(pages["book/one.xhtml"]), "lxml").body
    for apart in here.select("sup, .notes"):
        apart.decompose()
    assert here.get_text().split() == paper.get_text().split()


@pytest.mark.long
def test_epubcheck_has_nothing_to_say(book):
    if not (JAR.is_file() and shutil.which("java")):
        pytest.skip("no epubcheck on this system (Debian: apt-get install epubcheck)")
    done = subprocess.run(["java", "-jar", JAR, "--failonwarnings", book[0]], capture_output=True, text=True)
    assert done.returncode == 0 and "0 errors / 0 warnings" in done.stdout + done.stderr, done.stdout + done.stderr
