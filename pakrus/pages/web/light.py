"""Light pages: one stylesheet with the rules in use, an icon font with the icons in use, scripts that do not hold up.

The theme brings 2.5 MB to every page; what is left out here is either never used by this book (icon scripts, live code,
source maps, fonts) or rules and glyphs that no page mentions. Nothing is asked of another host.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from logging import WARNING, getLogger
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

from pakrus.pages import formats

logger = logging.getLogger(__name__)

STYLESHEET = "styles/book.css"
THEME = "styles/pydata-sphinx-theme.css"
SCRIPTS_LEFT_OUT = ("mathjax", "thebe", "fontawesome", "design-tabs")
# what scripts must have before the page is parsed
SCRIPTS_AT_ONCE = ("documentation_options.js",)
FILES_LEFT_OUT = (
    "**/*.map",
    "scripts/fontawesome.js*",
    "scripts/*.LICENSE.txt",
    "**/*.ttf",
    "images/logo_*",
    "sphinx-thebe.*",
)
_ICONS = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_HTML_NAMES = re.compile(r"""<([a-zA-Z][\w-]*)|\b(?:class|id)=(?:"([^"]*)"|'([^']*)')""")


def order_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Scripts of the page (where the format knows any): none from elsewhere, none unused, deferred where the page does not need them at once."""
    context["output"] = formats.of(app.builder)  # for the templates
    scripts: list[Any] = []
    if not context["output"].scripts:
        context["script_files"] = scripts
        return
    for script in context.get("script_files", []):
        name = str(getattr(script, "filename", script) or "")
        body = getattr(script, "attributes", {}).get("body", "")
        if name.startswith(("http:", "https:", "//")) or any(
            word in (name + body).lower() for word in SCRIPTS_LEFT_OUT
        ):
            continue
        if "togglebutton" in name + body or "toggleHint" in body or "toggleOpenOnPrint" in body:
            continue
        if hasattr(script, "attributes"):  # shared by all pages; the search page's own scripts need the others at once
            script.attributes.pop("defer", None)
            if name and pagename != "search" and not name.endswith(SCRIPTS_AT_ONCE):
                script.attributes["defer"] = "defer"
        scripts.append(script)
    context["script_files"] = scripts


def finish(app: Sphinx, exception: Exception | None) -> None:
    if exception or not formats.of(app.builder).theme:
        return
    static = Path(app.outdir, "_static")
    if (static / STYLESHEET).is_file() and not (static / THEME).is_file():
        return  # nothing was out of date: Sphinx copied no file, and what the last build made still holds
    css = "\n".join(text for text in (_read_css(static, name) for name in stylesheets(app, static)) if text)
    names = names_in_pages(Path(app.outdir)) | names_in_scripts(static)
    (static / STYLESHEET).parent.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256((css + " ".join(sorted(names))).encode()).hexdigest()
    cache = Path(app.doctreedir, "pakrus-style.json")
    style, icons = _cached(cache, key)
    if style is None:
        style = purge(css, names)
        icons = subset(static / _ICONS, style)
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_text(
            json.dumps({"key": key, "style": style, "icons": icons.hex() if icons else None}), encoding="utf-8"
        )
    (static / STYLESHEET).write_text(style, encoding="utf-8")
    if icons:
        (static / _ICONS).write_bytes(icons)
    tidy(static)


def stylesheets(app: Sphinx, static: Path) -> list[str]:
    """The theme's stylesheets in the order in which the theme loads them, then the book's own."""
    ordered = sorted(getattr(app.builder, "_css_files", []), key=lambda sheet: sheet.priority)
    names = ["basic.css", THEME]
    for sheet in ordered:
        name = str(sheet.filename).removeprefix("_static/").split("?")[0]
        if name not in names and not name.startswith(("http:", "https:")) and (static / name).is_file():
            names.append(name)
    unused = ("sphinx-thebe.css", "togglebutton.css", STYLESHEET)
    return [name for name in names if name not in unused]


def _read_css(static: Path, name: str) -> str:
    path = static / name
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S).replace('@charset "utf-8";', "").replace("\ufeff", "")
    folder = path.parent.relative_to(static)

    def moved(match: re.Match[str]) -> str:
        address = match.group(2)
        if address.startswith(("data:", "#", "/", "http:", "https:")):
            return match.group()
        target = static / folder / address.split("?")[0].split("#")[0]
        relative = Path(_relative(target, (static / STYLESHEET).parent)).as_posix()
        return f"url({match.group(1)}{relative}{match.group(1)})"

    return re.sub(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""", moved, text)


def _relative(path: Path, start: Path) -> str:
    return os.path.relpath(path, start)


def names_in_pages(folder: Path) -> set[str]:
    """Every element, class and id of the built pages."""
    found: set[str] = set()
    for page in folder.rglob("*.html"):
        if "_static" in page.relative_to(folder).parts:
            continue
        for tag, double, single in _HTML_NAMES.findall(page.read_text(encoding="utf-8")):
            if tag:
                found.add(tag.lower())
            else:
                found.update((double or single).split())
    return found


def names_in_scripts(static: Path) -> set[str]:
    """Every word inside the strings of the scripts that pages load: classes they may set."""
    found: set[str] = set()
    for script in static.rglob("*.js"):
        if any(word in script.name for word in SCRIPTS_LEFT_OUT):
            continue
        for _, text in re.findall(
            r"""(["'`])((?:\\.|(?!\1)[^\\\n])*)\1""", script.read_text(encoding="utf-8", errors="replace")
        ):
            found.update(_WORD.findall(text))
    return found


def blocks(css: str) -> list[tuple[str, str | None]]:
    """The top-level statements of a stylesheet: (prelude, content of the braces), or (statement, None)."""
    found, start, depth, opened, index = [], 0, 0, 0, 0
    while index < len(css):
        char = css[index]
        if char in "\"'":
            index = _after_string(css, index)
            continue
        if char == "{":
            depth += 1
            if depth == 1:
                opened = index
        elif char == "}":
            depth -= 1
            if depth == 0:
                found.append((css[start:opened].strip(), css[opened + 1 : index]))
                start = index + 1
        elif char == ";" and depth == 0:
            found.append((css[start : index + 1].strip(), None))
            start = index + 1
        index += 1
    return found


def _after_string(css: str, index: int) -> int:
    quote = css[index]
    index += 1
    while index < len(css) and css[index] != quote:
        index += 2 if css[index] == "\\" else 1
    return index + 1


def purge(css: str, names: set[str]) -> str:
    """The stylesheet without the rules that can match nothing among ``names``."""
    kept = []
    for prelude, content in blocks(css):
        if content is None:
            if not prelude.startswith(("@import", "@charset")):
                kept.append(prelude)
        elif prelude.startswith(("@media", "@supports", "@layer", "@container")):
            inner = purge(content, names)
            if inner:
                kept.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@"):
            if not (prelude.startswith("@font-face") and re.search(r"fa-(brands|regular|v4)", content)):
                kept.append(f"{prelude}{{{_without_ttf(content)}}}")
        else:
            selectors = [selector for selector in split_selectors(prelude) if can_match(selector, names)]
            if selectors and content.strip():
                kept.append(f"{','.join(selectors)}{{{content.strip()}}}")
    return "\n".join(kept)


def _without_ttf(content: str) -> str:
    return re.sub(r""",\s*url\([^)]*\.ttf[^)]*\)\s*format\([^)]*\)""", "", content)


def split_selectors(prelude: str) -> list[str]:
    """Commas at the top level only: ``a:is(b, c), d`` are two."""
    parts, depth, start = [], 0, 0
    for index, char in enumerate(prelude):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(prelude[start:index].strip())
            start = index + 1
    return [*parts, prelude[start:].strip()]


def can_match(selector: str, names: set[str]) -> bool:
    """Whether all elements, classes and ids that the selector asks for occur; what it excludes is left aside."""
    bare = re.sub(r"\[[^\]]*\]", "", selector)
    while True:
        shorter = re.sub(r"(?<!\\):[\w-]+\([^()]*\)", "", bare)
        if shorter == bare:
            break
        bare = shorter
    bare = re.sub(r"(?<!\\)::?[\w-]+", "", bare)
    named = (name.replace("\\", "") for name in re.findall(r"[.#]((?:\\.|[\w-])+)", bare))
    return all(name in names for name in named) and all(
        name.lower() in names for name in re.findall(r"(?:^|[\s>+~])([a-zA-Z][\w-]*)", bare)
    )


def subset(font: Path, style: str) -> bytes | None:
    """The icon font with the glyphs that the stylesheet names."""
    wanted = {int(code, 16) for code in re.findall(r"""["']\\(f[0-9a-f]{3}|e[0-9a-f]{3})["']""", style)}
    wanted |= {ord(char) for char in re.findall(r"""["']([\ue000-\uf8ff])["']""", style)}
    if not font.is_file() or not wanted:
        return None
    try:
        from fontTools import subset as cutter
        from fontTools.ttLib import TTFont

        getLogger("fontTools").setLevel(WARNING)
        options = cutter.Options(flavor="woff2", desubroutinize=True, notdef_outline=True, layout_features=[])
        face = TTFont(font, recalcTimestamp=False)
        cut = cutter.Subsetter(options)
        cut.populate(unicodes=wanted)
        cut.subset(face)
        face.flavor = "woff2"
        target = io.BytesIO()
        face.save(target, reorderTables=None)
        return target.getvalue()
    except ImportError as error:
        logger.info("the icon font stays whole: %s", error)
        return None


def tidy(static: Path) -> None:
    """Files that no page asks for."""
    for pattern in FILES_LEFT_OUT:
        for path in static.glob(pattern):
            path.unlink()
    for path in static.glob("vendor/fontawesome/webfonts/*"):
        if path.name != Path(_ICONS).name:
            path.unlink()
    for name in (THEME, "styles/sphinx-book-theme.css", "styles/theme.css"):
        (static / name).unlink(missing_ok=True)
    for script in static.rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        cleaned = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", text)
        if cleaned != text:
            script.write_text(cleaned, encoding="utf-8")


def _cached(cache: Path, key: str) -> tuple[str | None, bytes | None]:
    try:
        stored = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None, None
    if stored.get("key") != key:
        return None, None
    return stored["style"], bytes.fromhex(stored["icons"]) if stored["icons"] else None


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", order_scripts, priority=900)
    app.connect("build-finished", finish, priority=900)
