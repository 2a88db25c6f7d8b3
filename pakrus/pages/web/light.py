"""Light pages: one stylesheet with the rules in use, an icon font with the icons in use, scripts that do not hold up.

In come the built pages and the theme's files; out go ``styles/book.css``, the font and what no page asks for. The theme
brings 2.5 MB to every page; what is left out here is either never used by this book (icon scripts, live code, source
maps, fonts) or rules and glyphs that no page mentions. The one difficulty: scripts change pages in the browser, so a
name counts as used if a page has it or any text in a script says it. Nothing is asked of another host.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from logging import WARNING, getLogger
from pathlib import Path
from typing import Any

import tinycss2
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from tinycss2.ast import Node

from pakrus.pages import formats
from pakrus.pages.chronology import event_entry

logger = logging.getLogger(__name__)

STYLESHEET = "styles/book.css"
THEME = "styles/pydata-sphinx-theme.css"
SCRIPTS_LEFT_OUT = (
    "mathjax", "thebe", "fontawesome", "design-tabs", "togglebutton", "togglehint", "toggleopenonprint", "clipboard", "copybutton",
    # the theme's own, whose work page.js does
    "bootstrap", "pydata-sphinx-theme", "sphinx-book-theme",
)  # fmt: skip
SCRIPTS_ON_DEMAND = (
    "documentation_options",
    "doctools",
    "sphinx_highlight",
)  # page.js fetches them when they are needed
PAGE, CODE = "page.js", "code.js"  # for every page; for those with code
FAR, FAR_STEP, FAR_MOST = (
    150,
    1.3,
    24,
)  # the heights of which page.css has a class: 150 pixels, each next one higher by the step
FILES_LEFT_OUT = (
    "**/*.map",
    "scripts/fontawesome.js*",
    "scripts/*.LICENSE.txt",
    "**/*.ttf",
    "images/logo_*",
    "sphinx-thebe.*",
    "scripts/*.js",
    "clipboard.min.js",
    "copybutton*",
    "design-tabs.js",
    # of the stock search, which the book replaces
    "searchtools.js",
    "language_data.js",
)
_ICONS = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
_CONDITIONS = ("media", "supports", "layer", "container")  # at-rules that hold rules
_PROPERTY = re.compile(r"""(?<![\w-])(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|\([^()]*\)|[^;{}"'()])*+;?\s*""")
_ASKED = re.compile(r"var\(\s*(--[\w-]+)")
_TRUETYPE = re.compile(r",\s*url\([^)]*\.ttf[^)]*\)\s*format\([^)]*\)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_HTML_NAMES = re.compile(r"""<([a-zA-Z][\w-]*)|\b(?:class|id)=(?:"([^"]*)"|'([^']*)')""")


class Heights(SphinxPostTransform):
    """How high a section or an event may be on a phone, as a class: page.css lays out what is out of sight only when it comes near.

    What stands in a box that is guessed too low reaches over what follows, and programs that measure a page without showing
    it take that for a fault; so the guess is on the high side.
    """

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        """Guess the heights on one page."""
        if not formats.of(self.app.builder).theme:
            return
        for top in self.document.findall(nodes.section):
            for part in top.children:
                if isinstance(part, nodes.section):
                    part["classes"].append(_far(part))
            break
        for entry in self.document.findall(event_entry):
            entry["classes"].append(_far(entry))


def _far(part: nodes.Element) -> str:
    """The class of the least of the heights in page.css that is enough."""
    height = _height(part)
    step = 0
    while FAR * FAR_STEP**step < height and step < FAR_MOST:
        step += 1
    return f"far-{step}"


def _height(node: nodes.Node) -> float:
    """How many pixels a part of a page takes on a phone, guessed from its words."""
    if isinstance(node, (nodes.literal_block, nodes.raw)):
        return 60  # folded
    if isinstance(node, nodes.image):
        return 420
    if isinstance(node, nodes.table):
        rows = node.findall(nodes.row)
        return 80 + sum(24 + 22 * max((1 + len(cell.astext()) // 14 for cell in row), default=1) for row in rows)
    if isinstance(node, nodes.TextElement):
        return 40 + 30 * (1 + len(node.astext()) // 32)
    return 16 + sum(_height(child) for child in node.children)


def order_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The page's scripts, if the format knows any: none from elsewhere, none unused, and none that the page waits for."""
    context["output"] = formats.of(app.builder)  # for the templates
    scripts: list[Any] = []
    if not context["output"].scripts:
        context["script_files"] = scripts
        return
    if context["output"].theme:
        app.add_js_file(PAGE)
        if doctree is not None and any(doctree.findall(nodes.literal_block)):
            app.add_js_file(CODE)
    for script in context.get("script_files", []):
        name = str(getattr(script, "filename", script) or "")
        body = getattr(script, "attributes", {}).get("body", "")
        unused = any(word in (name + body).lower() for word in (*SCRIPTS_LEFT_OUT, *SCRIPTS_ON_DEMAND))
        if unused or name.startswith(("http:", "https:", "//")):
            continue
        if hasattr(script, "attributes"):  # shared by all pages
            script.attributes.pop("defer", None)
            if name:
                script.attributes["defer"] = "defer"
        scripts.append(script)
    context["script_files"] = scripts


def finish(app: Sphinx, exception: Exception | None) -> None:
    """One stylesheet and one icon font for all pages, once they are written; what no page asks for goes."""
    if exception or not formats.of(app.builder).theme:
        return
    static = Path(app.outdir, "_static")
    if (static / STYLESHEET).is_file() and not (static / THEME).is_file():
        return  # nothing was out of date: Sphinx copied no file, and what the last build made still holds
    sheets = stylesheets(app, static)
    names = names_in_pages(Path(app.outdir)) | names_in_scripts(static)
    key = hashlib.sha256(" ".join(sorted(names)).encode())
    for sheet in sheets:
        key.update(sheet.encode() + (static / sheet).read_bytes())
    cache = Path(app.doctreedir, "pakrus-style.json")
    style, icons = _cached(cache, key.hexdigest())
    if style is None:
        style = "\n".join(filter(None, (purge(rules_of(static, sheet), names, sheet) for sheet in sheets)))
        style = without_unasked(style, names)
        icons = subset(static / _ICONS, style)
        cache.parent.mkdir(parents=True, exist_ok=True)
        stored = {"key": key.hexdigest(), "style": style, "icons": icons.hex() if icons else None}
        cache.write_text(json.dumps(stored), encoding="utf-8")
    (static / STYLESHEET).parent.mkdir(parents=True, exist_ok=True)
    (static / STYLESHEET).write_text(style, encoding="utf-8")
    if icons:
        (static / _ICONS).write_bytes(icons)
    tidy(static)


def stylesheets(app: Sphinx, static: Path) -> list[str]:
    """The theme's stylesheets in the order in which the theme loads them, then the book's own."""
    ordered = sorted(getattr(app.builder, "_css_files", []), key=lambda sheet: sheet.priority)
    names = ["basic.css", THEME, *(str(sheet.filename).removeprefix("_static/").split("?")[0] for sheet in ordered)]
    unused = ("sphinx-thebe.css", "togglebutton.css", STYLESHEET)
    return [name for name in dict.fromkeys(names) if name not in unused and (static / name).is_file()]


def rules_of(static: Path, sheet: str) -> list[Node]:
    """The rules of a file in ``static``; addresses in them are made relative to where ``STYLESHEET`` lies."""
    path = static / sheet
    rules = tinycss2.parse_stylesheet(path.read_text(encoding="utf-8-sig"), skip_comments=True, skip_whitespace=True)
    for rule in rules:
        for token in _addresses(rule):
            if not re.match(r"(data|https?):|[#/]", token.value):
                file = path.parent / token.value
                token.value = Path(os.path.relpath(file, (static / STYLESHEET).parent)).as_posix()
                token.representation = f'url("{token.value}")' if token.type == "url" else f'"{token.value}"'
    return rules


def _addresses(node: Node) -> Iterator[Node]:
    """The tokens below that name a file: ``url(…)`` is one token, ``url("…")`` a function with a text in it."""
    if node.type == "url":
        yield node
    elif node.type == "function" and node.lower_name == "url":
        yield from (token for token in node.arguments if token.type == "string")
    else:
        for part in ("prelude", "content", "arguments"):
            for token in getattr(node, part, None) or ():
                yield from _addresses(token)


def names_in_pages(folder: Path) -> set[str]:
    """Every element, class and id of the built pages."""
    found: set[str] = set()
    for page in folder.rglob("*.html"):
        if page.relative_to(folder).parts[0] in (
            "_static",
            formats.EXPLORER,
            formats.TABLES,
            *formats.ENTRIES,
        ):  # these have a stylesheet of their own
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


def purge(rules: list[Node], names: set[str], sheet: str = "stylesheet") -> str:
    """The rules of ``sheet`` as text, without those that can match nothing among ``names``.

    Of a rule with several selectors those stay that can match. What is no rule is left out with a warning.
    """
    kept = []
    for rule in rules:
        if rule.type == "error":
            message = "%s, line %d: %s; browsers skip this rule, so it is left out"
            logger.warning(message, sheet, rule.source_line, rule.message, type="pakrus", subtype="style")
            continue
        content = _text(_tight(rule.content or []))
        if rule.type == "qualified-rule":
            selectors = [_text(selector) for selector in _selectors(rule.prelude) if can_match(selector, names)]
            if selectors and content:
                kept.append(f"{','.join(selectors)}{{{content}}}")
            continue
        word, head = rule.lower_at_keyword, f"@{rule.at_keyword} {_text(rule.prelude)}".strip()
        if rule.content is None:  # what these two name is read already
            kept += [] if word in ("import", "charset") else [f"{head};"]
        elif word in _CONDITIONS:
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            inner = purge(inside, names, sheet)
            kept += [f"{head}{{{inner}}}"] if inner else []
        elif word != "font-face" or not re.search(r"fa-(brands|regular|v4)", content):
            kept.append(f"{head}{{{_TRUETYPE.sub('', content)}}}")
    return "\n".join(kept)


def without_unasked(style: str, names: set[str]) -> str:
    """Leave out the custom properties that neither a rule nor a script (``names``) asks for, and then those of these."""
    before = None
    while before != style:
        before, asked = style, set(_ASKED.findall(style)) | {f"--{name}" for name in names}
        style = _PROPERTY.sub(lambda found, asked=asked: found.group() if found.group(1) in asked else "", style)
    return style


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    """The selectors between the commas; a comma in ``:is(b, c)`` lies one level deeper."""
    for comma, tokens in groupby(prelude, lambda token: token == ","):
        if not comma:
            yield list(tokens)


def _tight(tokens: list[Node]) -> list[Node]:
    """Declarations without the blanks that say nothing: after a colon, a comma or a semicolon, unless they are a value."""
    kept: list[Node] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.type == "whitespace" and kept and kept[-1] in (":", ",", ";") and after is not None and after != ";":
            continue
        kept.append(token)
    return kept


def _text(tokens: list[Node]) -> str:
    return tinycss2.serialize([token for token in tokens if token.type != "comment"]).strip()


def can_match(selector: Iterable[Node], names: set[str]) -> bool:
    """Whether all elements, classes and ids that the selector asks for occur among ``names``.

    Attributes and states (``[open]``, ``:hover``) may come and go, ``:not(…)`` asks for nothing, and of ``:is(…)`` and
    ``:where(…)`` one selector is enough.
    """
    before = None
    for token in selector:
        match token.type:
            case "hash":
                occurs = token.value in names
            case "ident" if before == ".":
                occurs = token.value in names
            case "ident" if before != ":":
                occurs = token.lower_value in names
            case "function" if token.lower_name in ("is", "where"):
                occurs = any(can_match(one, names) for one in _selectors(token.arguments))
            case _:
                occurs = True
        if not occurs:
            return False
        before = token
    return True


def subset(font: Path, style: str) -> bytes | None:
    """The icon font with the glyphs that the stylesheet names."""
    # a glyph is named as an escape ("\f015") or as the letter itself
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
    """Stylesheet and icons of the last build, if pages and rules are the same."""
    try:
        stored = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None, None
    if stored.get("key") != key:
        return None, None
    return stored["style"], bytes.fromhex(stored["icons"]) if stored["icons"] else None


def setup(app: Sphinx) -> None:
    """Last at both events: after whoever adds scripts to a page or files to ``_static``."""
    app.add_css_file("page.css")
    app.add_post_transform(Heights)
    app.connect("html-page-context", order_scripts, priority=900)
    app.connect("build-finished", finish, priority=900)
