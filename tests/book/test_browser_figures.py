"""Figures in a browser: one file is fetched of four, on a phone nothing slides, the switch of the theme works, and paper is wide and light."""

import gzip
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from built_book import SAMPLE

pytestmark = pytest.mark.browser
LOOK = """() => [...document.querySelectorAll('figure.pakrus-figure')].map(figure => {
  const image = [...figure.querySelectorAll('img')].filter(image => image.offsetParent);
  const box = figure.querySelector('.figure-box');
  return {shown: image.map(i => i.currentSrc.split('/').pop()), width: image[0]?.getBoundingClientRect().width,
          natural: image[0]?.naturalWidth, slides: box.scrollWidth > box.clientWidth};
})"""


def read_through(tab):
    """Stop at every figure as a reader does, until it is there."""
    tab.evaluate("""async () => {
      for (const figure of document.querySelectorAll('figure.pakrus-figure')) {
        figure.scrollIntoView();
        const there = () => [...figure.querySelectorAll('img')].some(i => i.offsetParent && i.complete && i.naturalWidth);
        for (let tries = 0; tries < 200 && !there(); tries++) await new Promise(r => setTimeout(r, 50));
      }
    }""")


def opened(tab, html, width, scheme, page=SAMPLE):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    tab.goto((html / page).as_uri(), wait_until="load")
    read_through(tab)
    return asked


@pytest.mark.parametrize(
    ("width", "scheme", "form"),
    [(360, "light", "_phone"), (360, "dark", "_phone_dark"), (1280, "light", ""), (1280, "dark", "_dark")],
)
def test_one_form_is_fetched_and_fits(html, tab, width, scheme, form):
    asked = opened(tab, html, width, scheme)
    drawings = {url.rsplit("/", 1)[1] for url in asked if "/_images/" in url}
    assert drawings and all(re.fullmatch(rf"[a-z0-9-]+{form}\.svg", name) for name in drawings)
    for figure in tab.evaluate(LOOK):
        assert figure["shown"] and set(figure["shown"]) <= drawings and not figure["slides"]
        assert figure["width"] <= width
        if width == 360:  # letters of the file are at least 11.3 pixels high
            assert figure["width"] / figure["natural"] >= 11 / 11.34


def test_a_reader_changes_to_the_dark(html, tab):
    opened(tab, html, 1280, "light")
    before = tab.evaluate(LOOK)[0]["shown"]
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    read_through(tab)
    after = tab.evaluate(LOOK)[0]["shown"]
    assert before[0].replace(".svg", "_dark.svg") == after[0] and len(after) == 1


def test_without_script_the_page_is_light(html, browser):
    context = browser.new_context(
        java_script_enabled=False, color_scheme="dark", viewport={"width": 360, "height": 900}
    )
    page = context.new_page()
    page.goto((html / SAMPLE).as_uri())
    page.mouse.wheel(0, 4000)
    visible = page.locator("figure.pakrus-figure picture:visible")
    assert visible.count() and {visible.nth(i).get_attribute("class") for i in range(visible.count())} == {"on-light"}
    context.close()


def test_paper_is_wide_and_light(html, tab):
    opened(tab, html, 360, "dark")
    tab.emulate_media(media="print", color_scheme="dark")
    read_through(tab)
    for figure in tab.evaluate(LOOK):
        assert len(figure["shown"]) == 1 and not re.search("_dark|_phone", figure["shown"][0])


@pytest.mark.parametrize("page", ["index.html", "chapters/cold-war.html", "chapters/introduction.html"])
def test_a_first_visit_is_light(html, tab, page):
    asked = opened(tab, html, 1280, "light", page)
    files = {Path(unquote(urlsplit(url).path)) for url in asked if url.startswith("file:")}
    sizes = {
        path: len(path.read_bytes() if path.suffix in (".woff2", ".png") else gzip.compress(path.read_bytes()))
        for path in files
    }
    assert sum(sizes.values()) < 450_000
