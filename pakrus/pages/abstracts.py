"""The book in Urdu and in Russian: a landing page in each, with question, answer and the abstract of every chapter.

In come the Markdown files of ``abstracts/LANGUAGE/`` (``index.md`` for the book, one file a chapter under the chapter's name), whose
numbers are links to facts as in the chapters (`pakrus.notebooks.links` writes and holds them); out go ``LANGUAGE/index.html`` beside the pages, from
the template ``abstracts.html``, and on the English pages the links there. A page in another language is a page of its own, since
direction, letters and words all around differ. The one difficulty is which address an alternative has: whole where the book
has one, else relative, as for everything here.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from markdown_it import MarkdownIt
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from pakrus import facts, numbering
from pakrus.citation import FILE
from pakrus.pages import files, formats
from pakrus.pages.citation import address_of, book_of
from pakrus.pages.doors import front_doors
from pakrus.pages.entries import environment, template_files
from pakrus.pages.languages import direction, foreign
from pakrus.pages.links import fact_id
from pakrus.pages.metadata import book_data, script

FOLDER, TEMPLATE, INDEX = "abstracts", "abstracts.html", "index"
_HEAD = re.compile(r"---\n(.*?)\n---\n", re.S)


@dataclass(frozen=True)
class Text:
    """A file of ``abstracts/``: its title, the words before its first heading, and its parts (heading, words), all Markdown."""

    title: str
    opening: str
    parts: tuple[tuple[str, str], ...]
    words: dict[str, str]


def languages(root: Path) -> list[str]:
    """Return the languages that a book's folder has a landing page in, beside English."""
    return [language for language in formats.ABSTRACTS if (root / FOLDER / language / f"{INDEX}.md").is_file()]


def read(path: Path) -> Text:
    """Return one file: a head of words in YAML (the book's only), a title, and text that may have headings of the second order."""
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    words = yaml.safe_load(head[1]) if head else {}
    title, _, rest = (text[head.end() :] if head else text).strip().removeprefix("# ").partition("\n")
    opening, *parts = re.split(r"^## ", rest, flags=re.M)
    split = [part.partition("\n") for part in parts]
    return Text(title.strip(), opening.strip(), tuple((name.strip(), body.strip()) for name, _, body in split), words)


def chapters(root: Path) -> dict[str, str]:
    """Return the numbered chapters in order: page (``chapters/cold-war``) to number."""
    return {page: number for page, number in numbering.sections(root).items() if number.isdigit()}


def markup(app: Sphinx, page: str, text: str) -> Markup:
    """Return Markdown as HTML; links to the book's pages and facts become those of ``page`` (``ur/index.html``)."""
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = parser.parse(text)
    for token in (child for block in tokens for child in block.children or [] if child.type == "link_open"):
        path, _, name = str(token.attrGet("href")).partition("#")
        target = app.builder.get_target_uri(path.removeprefix("../../").rpartition(".")[0])
        for view in facts.VIEWS:
            name = name.removesuffix(f"_{view}")
        token.attrSet("href", relative_uri(page, target) + (f"#{fact_id(name)}" if name else ""))
        if name:
            token.attrSet("class", "fact")
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def file_of(language: str) -> str:
    """Return where the landing page in a language lies in the pages' folder."""
    return f"{language}/{INDEX}.html"


def alternatives(app: Sphinx) -> list[tuple[str, str]]:
    """Return the landing page in each language with its whole address, which is what search engines ask for.

    None in a book with one language, or without a published address; readers have links of their own.
    """
    found = {"en": ""} | {name: file_of(name) for name in languages(Path(app.srcdir))}
    known = [(name, address) for name, target in found.items() if (address := address_of(app, target))]
    return known if len(known) > 1 else []


def write(app: Sphinx, exception: Exception | None) -> None:
    """The landing pages in other languages, if one of the things they hang on has changed."""
    if exception or not formats.of(app.builder).entries:
        return
    root, stamp = Path(app.srcdir), Path(app.doctreedir, "abstracts.stamp")
    found = languages(root)
    made_from = [
        root / FILE,
        Path(__file__),
        *template_files(app, TEMPLATE),
        *(root / FOLDER).rglob("*.md"),
    ]
    titles = sorted((page, app.env.titles[page].astext()) for page in chapters(root) if page in app.env.titles)
    root_page = app.builder.get_target_uri(app.config.root_doc)
    key = files.digest(made_from) + repr([titles, app.config.html_baseurl, front_doors(app, root_page)])
    there = all(Path(app.outdir, file_of(language)).is_file() for language in found)
    if there and stamp.is_file() and stamp.read_text(encoding="utf-8") == key:
        return
    for language in set(formats.ABSTRACTS) - set(found):
        shutil.rmtree(Path(app.outdir, language), ignore_errors=True)  # a language that the book no longer has
    template = environment(app).get_template(TEMPLATE) if found else None
    for language in found:
        files.fill(Path(app.outdir, language), {f"{INDEX}.html": template.render(**content(app, language))})
    stamp.write_text(key, encoding="utf-8")


def content(app: Sphinx, language: str) -> dict[str, Any]:
    """What the template needs for the page in one language."""
    root, page = Path(app.srcdir), file_of(language)
    texts = {path.stem: read(path) for path in sorted((root / FOLDER / language).glob("*.md"))}
    own, book = texts[INDEX], book_of(app)
    names = {name: read(root / FOLDER / name / f"{INDEX}.md").words["name"] for name in languages(root)}
    listed = [
        {
            "name": name.rpartition("/")[2],
            "number": number,
            "title": text.title,
            # its last paragraph, which says how the text was made, stands once, above all of them
            "text": markup(app, page, text.opening.rpartition("\n\n")[0]),
            "english": app.env.titles[name].astext(),
            "address": relative_uri(page, app.builder.get_target_uri(name)),
        }
        for name, number in chapters(root).items()
        if (text := texts.get(name.rpartition("/")[2])) and name in app.env.titles
    ]
    address = address_of(app, page)
    about = {"@type": "WebPage", "name": own.title, "inLanguage": language, "isPartOf": book_data(book)}
    return {
        "language": language,
        "direction": direction(language),
        "words": own.words,
        "title": own.title,
        "description": own.parts[0][1].replace("\n", " "),
        "note": markup(app, page, own.opening),
        "parts": [(heading, markup(app, page, text)) for heading, text in own.parts],
        "chapters": listed,
        "alternatives": alternatives(app),
        "others": [(name, names[name], relative_uri(page, file_of(name))) for name in names if name != language],
        "ways": [(own.words["doors"][name], target) for name, target in front_doors(app, page)],
        "home": relative_uri(page, app.builder.get_target_uri(app.config.root_doc)),
        "book": book,
        "edition": own.words["edition"].format(
            version=book.version,
            date=book.date.isoformat(),
            licence=book.content_licence_in_words,
        ),
        "address": address,
        "data": Markup(script(about | ({"url": address} if address else {}))),
    }


class AbstractsElsewhere(SphinxPostTransform):
    """Under the abstract of a chapter the way to the same in other languages."""

    default_priority = 800

    def run(self, **kwargs: Any) -> None:
        """Go through one page."""
        docname, root = self.env.docname, Path(self.app.srcdir)
        if not formats.of(self.app.builder).entries or docname not in chapters(root):
            return
        name, here = docname.rpartition("/")[2], self.app.builder.get_target_uri(docname)
        there = [language for language in languages(root) if (root / FOLDER / language / f"{name}.md").is_file()]
        opening = next(self.document.findall(nodes.section), nodes.section())
        starts = [
            part
            for part in opening.children
            if isinstance(part, nodes.paragraph) and part.astext().startswith("Abstract.")
        ]
        if not there or not starts:
            return
        line = nodes.paragraph("", "Abstract in ", classes=["abstract-elsewhere"])
        for number, language in enumerate(there):
            own = read(root / FOLDER / language / f"{INDEX}.md").words["name"]
            target = f"{relative_uri(here, file_of(language))}#{name}"
            line += [nodes.Text(" and ")] if number else []
            line += nodes.reference("", "", foreign("", own, language=language), refuri=target, internal=True)
        opening.insert(opening.index(starts[0]) + 1, line)


def lead_there(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The landing page's alternatives, for search engines."""
    if pagename != app.config.root_doc or not formats.of(app.builder).entries:
        return
    lines = [
        f'<link rel="alternate" hreflang="{language}" href="{escape(href, quote=True)}" />'
        for language, href in alternatives(app)
    ]
    context["metatags"] = context.get("metatags", "") + "\n".join(lines)


def setup(app: Sphinx) -> None:
    """Register the pages and the links to them."""
    app.add_post_transform(AbstractsElsewhere)
    app.connect("html-page-context", lead_there, priority=350)  # after the page's own metadata
    app.connect("build-finished", write)
