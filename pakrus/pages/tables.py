"""A page of its own for every table of the data: small, permanent, written without docutils, like those of events.

In come the tables that the codebook found (`pakrus.pages.codebook`), the descriptor and the bibliography as Sphinx has read
it; out goes ``codebook/<table>.html`` for each, from the template ``table.html``. What it says is written by
`pakrus.edition.page`, as in the zip; here is what only these pages have: where files, other tables and sources lead, the
rows of short tables, the forms of citation, schema.org.
"""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx

from pakrus import codebook, data
from pakrus.citation import FILE, LABELS, strings
from pakrus.edition import page
from pakrus.folder import Folder
from pakrus.pages import files, formats
from pakrus.pages.citation import PROGRAMS, TABLE_ANCHOR, book_of, offer, part_work
from pakrus.pages.codebook import cited, identifier_of
from pakrus.pages.edition import table_data
from pakrus.pages.entries import environment, template_files
from pakrus.pages.lengths import cut
from pakrus.pages.links import book_of_links
from pakrus.pages.metadata import book_data, script

TEMPLATE, STAMP = "table.html", "tables.stamp"
STYLES = ("apa", "in-text", "chicago-note", "chicago-author-date", "mla", "credit")


def write(app: Sphinx, exception: Exception | None) -> None:
    """All pages, if one of the things they hang on has changed."""
    if exception or not formats.of(app.builder).entries:
        return
    out, stamp = Path(app.outdir, formats.TABLES), Path(app.doctreedir, STAMP)
    known = getattr(app.env, "pakrus_tables", {})
    if not known:
        shutil.rmtree(out, ignore_errors=True)
        stamp.unlink(missing_ok=True)
        return
    home, descriptor = next((home, descriptor) for home, _, descriptor in known.values())
    source = Path(app.srcdir, descriptor)
    package = json.loads(source.read_text(encoding="utf-8"))
    printed = [entry["path"] for entry in package["resources"] if entry.get("pakrus:printed")]
    key = files.digest(
        [
            source,
            *(source.parent / path for path in printed),
            *(Path(app.srcdir, name) for name in (FILE, *getattr(app.config, "bibtex_bibfiles", []))),
            *(Path(module.__file__ or "") for module in (page, codebook)),
            Path(__file__),
            *template_files(app, TEMPLATE),
        ]
    )
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == key and out.is_dir():
        return
    template, leads = environment(app).get_template(TEMPLATE), lead(app, source.parent)
    entries = {entry["name"]: entry for entry in package["resources"]}
    order = list(entries)
    shared = {"home": app.builder.get_target_uri(home), "book": book_of(app), "cite": TABLE_ANCHOR}
    pages = {}
    for at, name in enumerate(order):
        near = [(word, other) for word, other in zip(("Before", "Next"), (at - 1, at + 1), strict=True)]
        beside = [
            (word, order[other], entries[order[other]].get("title", ""))
            for word, other in near
            if 0 <= other < len(order)
        ]
        pages[f"{name}.html"] = template.render(
            **shared, **parts(app, entries[name], leads), rows=rows(entries[name], source.parent), beside=beside
        )
    files.fill(out, pages)
    stamp.write_text(key, encoding="utf-8")


def parts(app: Sphinx, resource: dict[str, Any], leads: page.Lead) -> dict[str, Any]:
    """What the template says of one table."""
    entry, name = codebook.table(resource), resource["name"]
    work = part_work(app, "", cited(resource))
    said = " ".join(" ".join([f"{entry.title}." if entry.title else "", *entry.description]).replace("`", "").split())
    made = strings(work)
    whole = {part: value for part, value in book_data(work.book).items() if part in ("@type", "name", "version")}
    about = table_data(app, resource) | {"isPartOf": whole, "inLanguage": "en", "identifier": name}
    return {
        "entry": entry,
        "anchor": identifier_of(name),
        "description": cut(said),
        "address": work.address,
        "title": Markup(page.prose(entry.title)),
        "about": Markup(page.description(entry)),
        "facts": Markup(page.facts(entry, leads)),
        "fields": Markup(page.fields(entry, leads)),
        "remarks": Markup(page.remarks(entry)),
        "cited": [(LABELS[style], Markup(made[style])) for style in STYLES],
        "files": [(PROGRAMS[ending], path) for ending, path in offer(app, f"data-{name}", work).items()],
        "data": Markup(script({"@context": "https://schema.org", **about})),
    }


def rows(resource: dict[str, Any], folder: Path) -> Markup:
    """The rows themselves, of a table that is short and says how good the others are (`pakrus:printed`)."""
    if not resource.get("pakrus:printed"):
        return Markup()
    header = [field["name"] for field in resource["schema"]["fields"]]
    found = data.rows(Path(resource["path"]).stem, Folder(folder))
    cells = [[escape(row[name], quote=False) for name in header] for row in found]
    return Markup(page.boxed(f"The rows of {resource['name']}", [name.replace("_", " ") for name in header], cells))


def lead(app: Sphinx, folder: Path) -> page.Lead:
    """Where a table, a file and a source lead from a page of a table."""
    domain = app.env.get_domain("cite")
    listed = {
        found.key: f"{app.builder.get_target_uri(found.bibliography_key.docname)}#{found.citation_id}"
        for found in domain.citations
    }
    names = book_of_links(app).citations

    def leads(part: codebook.Part) -> str:
        said = escape(part.text)
        if part.kind == "table":
            return f'<a href="{said}.html"><code>{said}</code></a>'
        if part.kind == "source":  # a small book may have no such entry
            address = listed.get(part.text, "")
            return f'(<a href="../{address}">{escape(names[part.text])}</a>)' if address and part.text in names else ""
        relative = (folder / part.text).relative_to(app.srcdir).as_posix()
        kept = app.env.dlfiles.get(relative)
        address = f' href="../_downloads/{escape(kept[1])}" download' if kept else ""
        return f"<a{address}><code>{escape(relative)}</code></a>" if address else f"<code>{escape(relative)}</code>"

    return leads


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write, priority=450)  # before the search, which reads them
