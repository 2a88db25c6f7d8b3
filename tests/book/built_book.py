"""Where the built book is, its pages by the table of contents, and how a page is looked at in a browser."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(os.environ.get("PAKRUS_BOOK", Path(__file__).resolve().parents[2]))
FIGURE = "application/vnd.pakrus.figure+json"
TABLE = "application/vnd.pakrus.table+json"
SAMPLE = "chapters/post-1991.html"  # has all that a chapter has


def contents() -> list[str]:
    """Every page that a reader can open, as its address in the book: those of _toc.yml and the search."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]
    return [f"{file}.html" for file in [*files, "search"]]


def notebooks() -> Iterator[tuple[str, dict]]:
    """(page, notebook) of the landing page and the chapters, as far as they are notebooks."""
    for path in [*ROOT.glob("index.ipynb"), *sorted((ROOT / "chapters").glob("*.ipynb"))]:
        yield path.relative_to(ROOT).with_suffix(".html").as_posix(), json.loads(path.read_text(encoding="utf-8"))


FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
STATES = [(1280, "light"), (360, "light"), (360, "dark"), (1280, "dark")]
# every rule once; what narrow and dark may change once more
CHECKED = {
    (1280, "light"): {},
    (360, "dark"): {"runOnly": ["color-contrast", "scrollable-region-focusable", "target-size", "aria-hidden-focus"]},
}
BEYOND = """() => {
  const width = document.documentElement.clientWidth, found = [];
  const scrolls = e => { for (; e && e !== document.body; e = e.parentElement) {
    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(e).overflowX)) return true; } return false; };
  if (document.documentElement.scrollWidth > width || document.body.scrollWidth > width)
    document.querySelectorAll('body *').forEach(e => { const r = e.getBoundingClientRect();
      if (r.right > width + 1 && r.width > 0 && !scrolls(e)) found.push(e.tagName + '.' + e.className); });
  return [document.documentElement.scrollWidth > width, found.slice(0, 5)];
}"""
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What is off the screen has an estimated height, so that targets seem to lie over one another: all is laid out first.
AXE = """async rules => {
  document.head.append(Object.assign(document.createElement('style'), {textContent: '* {content-visibility: visible !important}'}));
  const found = await axe.run(document, {resultTypes: ['violations'], preload: false, ...rules});
  return found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', '));
}"""


def look(tab, axe: str, html: Path, name: str) -> list[str]:
    """Open a page from file:// at 360 and 1280 pixels, light and dark; return what sticks out, fails or calls elsewhere."""
    wrong, at = [], [""]

    def note(what: str) -> None:
        wrong.append(f"{at[0]}: {what}")

    def asked(request) -> None:
        if not re.match("file:|data:|blob:", request.url):
            note(f"asks {request.url}")

    tab.on("console", lambda message: note(f"console {message.text}") if message.type == "error" else None)
    tab.on("pageerror", lambda error: note(str(error)))
    tab.on("request", asked)
    tab.on("requestfailed", lambda request: note(f"{request.url} failed"))
    for width, scheme in STATES:
        at[0] = f"{name} {width} {scheme}"
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if (width, scheme) == STATES[0]:
            tab.goto((html / name).as_uri(), wait_until="load")
            tab.evaluate(axe)
        tab.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme, timeout=3000)
        tab.evaluate(PAINTED)  # a page just made narrow is measured once it stands as a reader sees it
        over, elements = tab.evaluate(BEYOND)
        if over:
            note(f"scrolls sideways because of {elements}")
        if (width, scheme) in CHECKED:
            for violation in tab.evaluate(AXE, CHECKED[(width, scheme)]):
                note(f"axe {violation}")
    return wrong
