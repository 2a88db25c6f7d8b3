"""Every figure of the built book: its four forms, what can be seen and read of it in the dark, and its letters on a phone."""

import re
import xml.etree.ElementTree as tree

import pytest
from built_book import FIGURE

from pakrus.pages import dark
from pakrus.pages.lengths import HEARD, opening
from pakrus.pages.pictures import size

SVG = "{http://www.w3.org/2000/svg}"
FORMS = ("", "_phone", "_dark", "_phone_dark")
FAINT = 1.36  # bands of phases and lines of a grid: ground, not marks
CELLS = "third-parties-grid"  # its shades are the ground of numbers


@pytest.fixture(scope="module")
def files(html, outputs):
    """Figures to their files by form, for those that stand in notebooks."""
    names = [payload["name"] for _, kind, payload in outputs if kind == FIGURE]
    return {name: {form: html / "_images" / f"{name}{form}.svg" for form in FORMS} for name in names}


def test_every_figure_has_four_forms(files, pages, outputs):
    assert len(files) > 70
    for page, kind, payload in outputs:
        if kind != FIGURE:
            continue
        name = payload["name"]
        found = pages[page].find("figure", id=name)
        assert all(path.is_file() for path in files[name].values())
        asked = [tag.get("srcset") or tag["src"] for tag in found.select("picture > *")]
        assert [address.rsplit("/", 1)[1] for address in asked] == [
            f"{name}{form}.svg" for form in ("_phone", "", "_phone_dark", "_dark")
        ]
        (alt,) = {image["alt"] for image in found.find_all("img")}
        told = found.select_one(".figure-words p")
        number, short = alt.split(": ", 1)
        assert re.fullmatch(r"Figure [A-Z\d]+\.\d+", number) and len(short) <= HEARD + 2
        whole = " ".join(payload["alt"].split())
        assert short == (opening(whole) if told else whole) and (told is None or told.get_text() == whole)
        assert all(tag["width"] and tag["height"] for tag in found.select("picture > *"))
        assert not found.select("[tabindex]")  # nothing slides


def test_drawings_differ_in_form_not_in_words(files):
    for name, forms in files.items():
        words = {form: [text.text for text in tree.parse(path).iter(f"{SVG}text")] for form, path in forms.items()}
        assert words[""] == words["_dark"] and words["_phone"] == words["_phone_dark"], name
        wide, narrow = (set(" ".join(words[form]).replace("/ ", "/").split()) for form in ("", "_phone"))
        assert len(wide & narrow) > len(wide) / 2, name


def styled(element, inherited):
    own = dict(re.findall(r"([\w-]+):\s*([^;]+)", element.get("style", "")))
    own |= {key: element.get(key) for key in ("fill", "stroke") if element.get(key)}
    return inherited | own


def walk(element, inherited=None):
    """Every element with the style that it has, what is only defined left out."""
    now = styled(element, inherited or {})
    if element.tag in (f"{SVG}defs", f"{SVG}clipPath"):
        return
    yield element, now
    for child in element:
        yield from walk(child, now)


def mixed(colour, share):
    parts = [(int(c[i : i + 2], 16)) for c in (colour, dark.GROUND) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in zip(parts[:3], parts[3:], strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_numbers_read_on_every_cell_of_the_grid(files, form):
    looks = [(element.tag.removeprefix(SVG), look) for element, look in walk(tree.parse(files[CELLS][form]).getroot())]
    cells = {
        look["fill"] for kind, look in looks if kind == "path" and re.fullmatch("#[0-9a-f]{6}", look.get("fill", ""))
    }
    words = {look["fill"] for kind, look in looks if kind == "text"} & {"#1a1a1a", dark.colour("#1a1a1a")}
    assert len(cells) > 20 and len(words) == 1
    assert min(dark.contrast(cell, word) for cell in cells for word in words) >= 4.5


@pytest.mark.parametrize("form", ["_dark", "_phone_dark"])
def test_in_the_dark_nothing_is_white_and_all_is_seen(files, form):
    faint, unread = [], []
    for name, forms in files.items():
        text = forms[form].read_text(encoding="utf-8")
        assert not re.search(r"(?i)#fff(fff)?\b|white", text), name
        for element, look in walk(tree.fromstring(text)):
            kind = element.tag.removeprefix(SVG)
            colours = {part: look.get(part, "none") for part in ("fill", "stroke")}
            seen = [
                dark.contrast(mixed(colour, float(look.get(f"{part}-opacity", look.get("opacity", 1)))), dark.GROUND)
                for part, colour in colours.items()
                if re.fullmatch("#[0-9a-f]{6}", colour)
            ]
            if kind == "text" and colours["fill"] != dark.GROUND and seen[0] < 4.5:
                unread.append(f"{name}: {element.text} in {colours['fill']}")
            strong = min(float(look.get(f"{part}-opacity", 1)) for part in ("fill", "stroke")) >= 0.5
            if kind in ("path", "use", "circle") and strong and name != CELLS and seen and FAINT < max(seen) < 3:
                faint.append(f"{name}: {kind} {colours}")
    assert unread == []
    assert faint == []


def test_letters_on_a_phone_have_eleven_pixels(files):
    for name, forms in files.items():
        text = forms["_phone"].read_text(encoding="utf-8")
        width = size(text)[0]
        letters = [float(found) for found in re.findall(r"font(?:-size)?: (?:\w+ )?([\d.]+)px", text)]
        assert width <= 328 and letters and min(letters) * 4 / 3 * 328 / width >= 11, name


def test_stored_drawings_are_not_heavy(files):
    sizes = {f"{name}{form}": path.stat().st_size for name, forms in files.items() for form, path in forms.items()}
    assert max(sizes.values()) < 90_000, max(sizes, key=sizes.get)
    assert sum(sizes.values()) / len(sizes) < 30_000
