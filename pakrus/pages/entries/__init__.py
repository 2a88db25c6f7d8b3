"""A page of its own for every event, claim and project: small, permanent, made from the tables without docutils.

In come the tables, the bibliography as Sphinx has read it and the finished pages, which tell who uses what; out go
``events/<event_id>.html``, ``claims/<claim_id>.html`` and ``projects/<project_id>.html`` beside the pages, all from the
template ``entry.html``. What they say in words is the chronology's (`pakrus.pages.chronology`), so both say it alike. The
anchors of chronology, ledger and evidence stay: these pages link to them, and their rows to these pages.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from sphinx.application import Sphinx

from pakrus.citation import FILE, LABELS, Work, strings
from pakrus.pages import files, formats
from pakrus.pages.chronology import library
from pakrus.pages.citation import PROGRAMS, address_of, book_of, keep, offer
from pakrus.pages.doors import OF_SMALL_PAGES, doors, explorer_of
from pakrus.pages.entries import shown, uses
from pakrus.pages.entries.tables import NAMES, read
from pakrus.pages.metadata import book_data, script
from pakrus.pages.reporting import ANCHOR, PAGE
from pakrus.pages.rows import NAMED_BY

SCALE_PAGE, SCALE = "back-matter/register", "the-cooperation-scale"
TEMPLATE, FRAME, STAMP = "entry.html", "small.html", "entries.stamp"
STYLES = ("apa", "in-text", "chicago-note", "chicago-author-date", "mla", "credit")
SHEETS = ("letters", "entries")  # the stylesheets that every small page has
MODE = "mode"  # and its script of light and dark


def write(app: Sphinx, exception: Exception | None) -> None:
    """All pages, if one of the things they hang on has changed."""
    if exception or not formats.of(app.builder).entries:
        return
    out, stamp = Path(app.outdir), Path(app.doctreedir, STAMP)
    rows = getattr(app.env, "pakrus_rows", {})
    homes = {page for page, _ in rows.values()}
    pages = sorted(set(app.env.found_docs) - homes)
    made_from = [
        *(Path(app.builder.get_outfilename(page)) for page in pages),
        *(Path(app.srcdir, "data", f"{name}.csv") for name in (*NAMES, *NAMED_BY, "places")),
        *(Path(app.srcdir, name) for name in (FILE, *getattr(app.config, "bibtex_bibfiles", []))),
        *Path(__file__).parent.glob("*.py"),
        *template_files(app, TEMPLATE),
    ]
    key = files.digest(made_from)
    stored = stamp.read_text(encoding="utf-8").split() if stamp.is_file() else []
    if stored[:1] == [key] and all((out / kind).is_dir() for kind in stored[1:]):
        return
    tables = read(Path(app.srcdir, "data"), library(app.env))
    found = uses.find(
        {page: Path(app.builder.get_outfilename(page)) for page in pages if page != "search"},
        {page: app.builder.get_target_uri(page) for page in pages},
        tables.names,
    )
    context = shown.Context(
        tables, found, places_of_rows(app), labels(app), book_of(app).author, explorer_of(app), scale_of(app)
    )
    template = environment(app).get_template(TEMPLATE)
    pages_of = {kind: entries for kind, entries in shown.all_entries(context).items() if entries}
    for kind in formats.ENTRIES:
        if kind in pages_of:
            made = {f"{entry.name}.html": template.render(**page_of(app, kind, entry)) for entry in pages_of[kind]}
            files.fill(out / kind, made)
        else:
            shutil.rmtree(out / kind, ignore_errors=True)
        keep(app, kind.removesuffix("s"), {entry.name for entry in pages_of.get(kind, ())})
    stamp.write_text(" ".join([key, *pages_of]), encoding="utf-8")


def environment(app: Sphinx) -> Environment:
    """Where templates are, and the doors back into the book; unlike Sphinx's own, it takes every text for text."""
    folders = [Path(app.confdir, folder) for folder in app.config.templates_path]
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"front": app.builder.get_target_uri(app.config.root_doc), "doors": doors(app, OF_SMALL_PAGES)}
    made.globals |= {"sheets": SHEETS, "script": MODE}
    return made


def template_files(app: Sphinx, template: str) -> list[Path]:
    """What a page of a template hangs on: the template, the frame that all small pages share, and where its doors lead."""
    names = [Path(folder, name) for folder in app.config.templates_path for name in (FRAME, template)]
    return [Path(app.confdir, "_toc.yml"), *(Path(app.confdir, name) for name in names)]


def places_of_rows(app: Sphinx) -> dict[str, str]:
    """Where events and claims stand in chronology, ledger and evidence: addresses by anchor."""
    rows = getattr(app.env, "pakrus_rows", {})
    return {name: f"{app.builder.get_target_uri(page)}#{name}" for name, (page, _) in rows.items()}


def labels(app: Sphinx) -> dict[str, str]:
    """Where the codebook describes each table: addresses by label."""
    return {label: formats.table_file(name) for label, (_, name, _) in getattr(app.env, "pakrus_tables", {}).items()}


def scale_of(app: Sphinx) -> str:
    """Where the scale of acts is explained, "" in a book without that page."""
    return f"{app.builder.get_target_uri(SCALE_PAGE)}#{SCALE}" if SCALE_PAGE in app.env.found_docs else ""


def page_of(app: Sphinx, kind: str, entry: shown.Entry) -> dict[str, Any]:
    """What the template needs for one page."""
    book = book_of(app)
    key = entry.name.upper() if kind == "claims" else entry.name
    path, one = formats.entry_file(kind, entry.name), kind.removesuffix("s")
    verdict = dict(entry.badges).get("Verdict", "")
    work = Work(book, entry.work_title, key, address=address_of(app, path), kind=one, path=path, verdict=verdict)
    work = replace(work, sources=entry.sources)
    made, offered = strings(work), offer(app, f"{one}-{entry.name}", work)
    whole = {part: value for part, value in book_data(book).items() if part in ("@type", "name", "version")}
    data = {"isPartOf": whole, "datePublished": book.date.isoformat(), "inLanguage": "en", **entry.about}
    return {
        "entry": entry,
        "text": shown.text,
        "badge": shown.badge,
        "heard": shown.heard,
        "cited": [(LABELS[style], shown.marked(Markup(made[style]))) for style in STYLES],
        "files": [(PROGRAMS[ending], path) for ending, path in offered.items()],
        "book": book,
        "address": work.address,
        "report": f"../{app.builder.get_target_uri(PAGE)}#{ANCHOR}" if PAGE in app.env.found_docs else "",
        "data": Markup(script(data | ({"url": work.address} if work.address else {}))),
    }


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write)
