"""The book's letters: cut to what is read, named after the book, the same bytes each time, as wide as their stand-ins."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pakrus.pages.web import fonts

ROOT = Path(__file__).resolve().parents[2]
STYLE = (ROOT / "_static" / "letters.css").read_text(encoding="utf-8")
FACES = {face.name: face for face in fonts.FACES}


@pytest.fixture(scope="module")
def cut():
    return {name: fonts.cut(face) for name, face in FACES.items()}


def test_a_face_has_its_letters_and_bears_no_reserved_name(cut):
    for name, face in FACES.items():
        font = TTFont(io.BytesIO(cut[name]))
        there = set(font.getBestCmap())
        wanted = "АЖяё" if name.endswith("cyrillic") else "Aaéßščğū“”–—−’…0123456789%"
        assert {ord(letter) for letter in wanted} - there == set(), name
        assert there <= set(face.letters)
        names = {record.nameID: str(record) for record in font["name"].names}
        assert names[1] == face.family and "Source" not in names[1] + names[4] + names[6]
        assert "Adobe" in names[0], "the notice of copyright stays"


def test_the_same_font_is_cut_to_the_same_bytes_and_few(cut):
    assert fonts.cut(FACES["serif"]) == cut["serif"]
    latin = sum(len(content) for name, content in cut.items() if not name.endswith("cyrillic"))
    assert latin < 130_000 and max(map(len, cut.values())) < 32_000


def test_the_stylesheet_names_every_face_and_no_other():
    named = re.findall(r'font-family: "([^"]+)"; src: url\("fonts/([\w-]+)\.woff2"\)', STYLE)
    assert named == [(face.family, face.name) for face in fonts.FACES]


@pytest.mark.parametrize(("name", "family", "stand_in"), [("serif", "Book Serif Meanwhile", "Liberation Serif"), ("sans", "Book Sans Meanwhile", "Liberation Sans")])  # fmt: skip
def test_a_stand_in_is_set_as_wide_as_the_letters_that_come(name, family, stand_in):
    if shutil.which("fc-match") is None:
        pytest.skip("no fontconfig here to find the stand-in with")
    found = subprocess.run(["fc-match", "-f", "%{family}|%{file}", stand_in], capture_output=True, text=True).stdout
    if stand_in not in found.partition("|")[0]:
        pytest.skip(f"{stand_in} is not on this machine")
    said = float(re.search(rf'"{family}".*size-adjust: ([\d.]+)%', STYLE).group(1))
    assert said == pytest.approx(fonts.wider(FACES[name], Path(found.partition("|")[2])), abs=0.1)
