"""``{data-edition}``: the page of the data edition, its files in the pages' folder, its schema.org metadata.

The files are made when the page is read and kept beside the doctrees; a build in which nothing has changed makes
nothing. Links and metadata name them by relative paths only, so that they hold wherever the pages are.
"""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.osutil import relative_uri

from pakrus.citation import LICENCES
from pakrus.data import DataError
from pakrus.edition import THIRD_PARTIES, Edition, File, snippets
from pakrus.folder import DESCRIPTOR
from pakrus.pages import formats
from pakrus.pages.citation import address_of, book_of, work_of
from pakrus.pages.codebook import Codebook, boxed, cited, identifier_of
from pakrus.pages.metadata import script
from pakrus.pages.render import table_node

FOLDER = "edition"
MARK = "data-edition"  # in the metadata of the page that shows the edition
KINDS = {
    ".zip": ("All tables as CSV, with descriptor, codebook, references and licences", "application/zip"),
    ".sqlite": ("All tables as one SQLite database, with types and keys", "application/vnd.sqlite3"),
}
SUMS = ("The sha256 of the zip and of what is in the database, to check a download with", "text/plain")


class edition_link(nodes.Inline, nodes.TextElement):
    """Link to the file ``name`` of the edition."""


class DataEdition(Codebook):
    """The files with size and sha256, and the tables that are in them."""

    option_spec = {}

    def run(self) -> list[nodes.Node]:
        """Make the list of files of the data edition, with their fingerprints."""
        try:
            edition, files = made(self.env.app)
        except DataError as error:
            raise self.error(str(error)) from None
        for path in edition.depends_on():
            self.env.note_dependency(str(path))
        self.env.metadata[self.env.docname][MARK] = edition.name
        listed = [
            [
                [edition_link("", file.path.name, name=file.path.name)],
                kind_of(file)[0],
                _size(file.bytes),
                [
                    *([nodes.Text(f"of its {file.of}: ")] if file.of != "file" else []),
                    nodes.literal("", file.sha256, classes=["hash"]),
                ],
            ]
            for file in files
        ]
        tables = [
            [
                self.inline(f"{{ref}}`{entry['name']} <codebook-{entry['name'].replace('_', '-')}>`", plain=False),
                self.inline(". ".join(filter(None, (entry.get("title", ""), entry.get("description", ""))))),
                f"{entry['pakrus:rows']:,}",
            ]
            for entry in edition.resources
        ]
        rows = sum(entry["pakrus:rows"] for entry in edition.resources)
        said = f"{len(tables)} tables with {rows:,} rows in all, version {edition.book.version} of "
        said += f"{edition.book.date.isoformat()}. Licence: {edition.book.content_licence}. {THIRD_PARTIES}"
        return [
            boxed(
                table_node(["File", "What it is", "Size", "SHA-256"], listed, ["left", "left", "right", "left"]),
                "files",
            ),
            nodes.paragraph("", said),
            boxed(table_node(["Table", "What it holds", "Rows"], tables, ["left", "left", "right"]), "the tables"),
        ]


class CiteTables(Codebook):
    """``{cite-tables}``: how each table is cited, in a box of its own."""

    option_spec = {}

    def run(self) -> list[nodes.Node]:
        """Make the boxes, with the ids that the codebook leads to."""
        edition = Edition(Path(self.env.app.srcdir), Path(self.env.app.srcdir, "data"))
        self.env.note_dependency(str(edition.folder / DESCRIPTOR))
        boxes = []
        for entry in edition.resources:
            box = cited(entry)
            box["names"].append(nodes.fully_normalize_name(f"cite-table-{entry['name']}"))
            self.state.document.note_explicit_target(box, box)
            boxes.append(box)
        return boxes


class LoadTable(Codebook):
    """``{load-table} NAME``: the lines that load one table with its types, for each program."""

    option_spec = {}
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make a heading and a block of code for each program."""
        edition = Edition(Path(self.env.app.srcdir), Path(self.env.app.srcdir, "data"))
        for path in (edition.folder / DESCRIPTOR, Path(snippets.__file__)):
            self.env.note_dependency(str(path))
        entry = next((entry for entry in edition.resources if entry["name"] == self.arguments[0]), None)
        if entry is None:
            raise self.error(f"no table {self.arguments[0]!r} in the descriptor")
        shown = []
        for program, language in snippets.PROGRAMS.items():
            text = snippets.snippet(program, entry, f"{edition.name}.sqlite").rstrip()
            block = nodes.literal_block(text, text, language=language, force=True)  # DuckDB's {…} is no standard SQL
            shown += [nodes.rubric("", program), block]
        return shown


def made(app: Sphinx) -> tuple[Edition, list[File]]:
    """The edition and its files, made anew only where tables, descriptor, references, licences or code have changed."""
    edition = Edition(Path(app.srcdir), Path(app.srcdir, "data"))
    folder, stamp = Path(app.doctreedir, FOLDER), Path(app.doctreedir, f"{FOLDER}.json")
    key = edition.key()
    try:
        stored = json.loads(stamp.read_text(encoding="utf-8"))
        files = [File(folder / name, *rest) for name, *rest in stored["files"]]
        if stored["key"] == key and all(file.path.stat().st_size == file.bytes for file in files):
            return edition, files
    except (OSError, ValueError, KeyError):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    files = edition.write(folder)
    listed = [(file.path.name, file.bytes, file.sha256, file.of) for file in files]
    stamp.write_text(json.dumps({"key": key, "files": listed}), encoding="utf-8")
    return edition, files


def kind_of(file: File) -> tuple[str, str]:
    """What a file of the edition is, in words and as a media type."""
    return KINDS.get(file.path.suffix, SUMS)


def publish(app: Sphinx, exception: Exception | None) -> None:
    """The files into the pages' folder, if a page shows them; those of another version go."""
    if exception or not formats.of(app.builder).data_beside:
        return
    target = Path(app.outdir, FOLDER)
    if not any(MARK in metadata for metadata in app.env.metadata.values()):
        shutil.rmtree(target, ignore_errors=True)
        return
    target.mkdir(exist_ok=True)
    _, files = made(app)
    for file in files:
        copy = target / file.path.name
        if not copy.is_file() or copy.read_bytes() != file.path.read_bytes():
            shutil.copyfile(file.path, copy)
    for path in target.iterdir():
        if path.name not in {file.path.name for file in files}:
            path.unlink()


def describe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The schema.org Dataset into the head of the page that shows the edition."""
    shows = doctree is not None and MARK in app.env.metadata.get(pagename, {})
    if not shows or not formats.of(app.builder).data_beside:
        return
    try:
        edition, files = made(app)
    except DataError as error:
        raise ExtensionError(str(error)) from None
    context["metatags"] = context.get("metatags", "") + script(dataset(app, pagename, edition, files)) + "\n"


def dataset(app: Sphinx, pagename: str, edition: Edition, files: list[File]) -> dict[str, Any]:
    """The edition in the words of schema.org; files by paths relative to the page, an address only if there is one."""
    book, package, here = book_of(app), edition.package, app.builder.get_target_uri(pagename)
    whole = {"@type": "Book", "name": book.title, "version": book.version}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": package.get("title", book.title),
        "description": package.get("description", book.abstract),
        "creator": [{"@type": "Organization", "name": author} for author in book.authors],
        "version": book.version,
        "datePublished": book.date.isoformat(),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "isPartOf": whole,
        "keywords": list(book.keywords),
        "conditionsOfAccess": THIRD_PARTIES,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": kind_of(file)[0],
                "encodingFormat": kind_of(file)[1],
                "contentUrl": relative_uri(here, f"{FOLDER}/{file.path.name}"),
                "contentSize": f"{file.bytes} B",
                **({"sha256": file.sha256} if file.of == "file" else {}),
            }
            for file in files
            if file.path.suffix in KINDS
        ],
        "hasPart": [table_data(app, entry) for entry in edition.resources],
        "variableMeasured": [variable for entry in edition.resources for variable in variables(entry)],
    }
    if LICENCES.get(book.content_licence):
        data["license"] = LICENCES[book.content_licence]
    if book.doi:
        data["identifier"] = f"doi:{book.doi}"
    address = work_of(app, pagename, data["name"]).address
    if address:
        data["url"] = address
    return data


def table_data(app: Sphinx, entry: dict[str, Any]) -> dict[str, Any]:
    """One table in the words of schema.org: what it holds, what it is based on, on which terms."""
    book, anchor = book_of(app), identifier_of(entry["name"])
    data: dict[str, Any] = {
        "@type": "Dataset",
        "name": f"{entry.get('title') or entry['name']} (table {entry['name']})",
        "description": entry.get("description") or entry.get("title") or entry["name"],
        "version": book.version,
    }
    licence = next((terms["path"] for terms in entry.get("licenses", []) if terms.get("path")), None)
    based_on = [source["path"] for source in entry.get("sources", []) if source.get("path")]
    described = anchor in getattr(app.env, "pakrus_tables", {})
    address = address_of(app, formats.table_file(entry["name"])) if described else ""
    found = {"license": licence, "isBasedOn": based_on, "url": address}
    return data | {name: value for name, value in found.items() if value}


def variables(entry: dict[str, Any]) -> list[dict[str, str]]:
    """What a table measures: its fields of numbers and truth values that are not part of a key."""
    schema = entry["schema"]
    keys = [schema.get("primaryKey", []), *(key["fields"] for key in schema.get("foreignKeys", []))]
    taken = {name for key in keys for name in ([key] if isinstance(key, str) else key)}
    found = []
    for field in schema["fields"]:
        if field["type"] in ("integer", "number", "boolean") and field["name"] not in taken:
            variable = {"@type": "PropertyValue", "name": f"{entry['name']}.{field['name']}"}
            variable |= {"description": field["description"]} if field.get("description") else {}
            variable |= {"unitText": field["unit"]} if field.get("unit") else {}
            found.append(variable)
    return found


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number >= 1e6 else f"{number / 1e3:,.1f} kB"


def _visit_link(self: Any, node: edition_link) -> None:
    words = escape(node["name"])
    found = formats.address(self.builder, f"{FOLDER}/{node['name']}")
    if found is None:
        self.body.append(f"<code>{words}</code>")
        raise nodes.SkipNode
    href, beside = escape(found[0], quote=True), found[1]
    if beside:
        self.body.append(f'<a class="reference download internal" href="{href}" download="{words}">{words}</a>')
    else:
        self.body.append(f'<a class="reference external" href="{href}">{words}</a>')
    raise nodes.SkipNode


def _pass(self: Any, node: nodes.Node) -> None:
    pass


def setup(app: Sphinx) -> None:
    others = {name: (_pass, _pass) for name in formats.PLAIN}
    app.add_node(edition_link, html=(_visit_link, None), **others)
    app.add_directive("data-edition", DataEdition)
    app.add_directive("cite-tables", CiteTables)
    app.add_directive("load-table", LoadTable)
    app.connect("html-page-context", describe, priority=310)  # after the page's own metadata
    app.connect("build-finished", publish)
