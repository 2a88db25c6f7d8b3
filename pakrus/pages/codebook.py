"""``{codebook}``: the codebook, made from the descriptor (data/datapackage.json): the two cannot differ.

What is said of a table comes in words from `pakrus.codebook`; here it is set as nodes, with links to files, to other
tables and to the bibliography. All tables stand on the page in print; on the web the page is a list of them, each with a
page of its own (`pakrus.pages.tables`), and links to a table lead there. The old anchors are lines of the list.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from pakrus import codebook, data
from pakrus.folder import Folder
from pakrus.pages import formats
from pakrus.pages.chronology import library
from pakrus.pages.citation import cite_this
from pakrus.pages.nodes import scroll_box
from pakrus.pages.render import table_node

DESCRIPTOR = "data/datapackage.json"


class Codebook(SphinxDirective):
    """One section per table: what a row is, its fields, keys, sources, terms, limits."""

    has_content = False
    option_spec = {"file": directives.path}

    def run(self) -> list[nodes.Node]:
        """Make the sections, one a table."""
        name = self.options.get("file", DESCRIPTOR)
        path = Path(self.env.srcdir, name)
        self.env.note_dependency(str(path))
        try:
            package = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise self.error(
                f"{name} is missing: the codebook is made from it. Restore it with: git checkout -- {name}"
            ) from None
        except ValueError as error:
            raise self.error(f"{name} is no JSON ({error}). Restore it with: git checkout -- {name}") from None
        entries = [codebook.table(resource) for resource in package.get("resources", [])]
        known = self.env.__dict__.setdefault("pakrus_tables", {})  # by anchor: page, name, descriptor
        known.update({identifier_of(entry.name): (self.env.docname, entry.name, name) for entry in entries})
        found: list[nodes.Node] = []
        if package.get("description"):
            found.append(nodes.paragraph("", "", *self.inline(package["description"])))
        overview = [[[_table(entry.name)], self.inline(entry.title), entry.rows] for entry in entries]
        found.append(
            boxed(table_node(["Table", "What it holds", "Rows"], overview, ["left", "left", "right"]), "the tables")
        )
        for entry, resource in zip(entries, package.get("resources", []), strict=True):
            section = self.section(entry, path.parent)
            section += cited(resource)
            if resource.get("pakrus:printed"):
                section += self.printed(resource, path.parent)
            found.append(section)
        return found

    def section(self, entry: codebook.Table, folder: Path) -> nodes.section:
        """Return the entry of one table."""
        identifier = identifier_of(entry.name)
        section = nodes.section(ids=[identifier], names=[identifier], classes=["codebook-table"])
        section += nodes.title("", "", nodes.literal("", entry.name), nodes.Text(f" {entry.title}".rstrip()))
        self.state.document.note_explicit_target(section, section)
        for text in entry.description:
            section += nodes.paragraph("", "", *self.inline(text))
        facts = nodes.definition_list(classes=["codebook-facts"])
        for term, group in groupby(entry.facts, key=lambda fact: fact.term):  # a list has each of its terms once
            sentences = [sentence for fact in group for sentence in fact.said]
            said = [nodes.paragraph("", "", *self.words(sentence, folder)) for sentence in sentences]
            if len(said) > 1:
                said = [nodes.bullet_list("", *(nodes.list_item("", sentence) for sentence in said))]
            if term == "SHA-256":
                said[0][0]["classes"].append("hash")
            facts += nodes.definition_list_item("", nodes.term("", term), nodes.definition("", *said))
        section += facts
        rows = [
            [
                [nodes.literal("", field.name)],
                field.type,
                field.unit,
                self.inline(field.meaning),
                self.words(field.values, folder) or "",
            ]
            for field in entry.fields
        ]
        fields = table_node(["Field", "Type", "Unit", "Meaning", "Values"], rows, [None] * 5)
        fields["classes"].append("codebook-fields")
        section += boxed(fields, f"fields of {entry.name}")
        for remark in entry.remarks:
            for index, text in enumerate(remark.paragraphs):
                start = [nodes.strong("", f"{remark.heading}. ")] if index == 0 else []
                section += nodes.paragraph("", "", *start, *self.inline(text))
        return section

    def printed(self, resource: dict[str, Any], folder: Path) -> nodes.Node:
        """The rows themselves, of a table that is short and says how good the others are (`pakrus:printed`)."""
        path = folder / resource["path"]
        self.env.note_dependency(str(path))
        try:
            rows = data.rows(path.stem, Folder(path.parent))
        except data.DataError as error:
            raise self.error(str(error)) from None
        header = [field["name"] for field in resource["schema"]["fields"]]
        numeric = {f["name"] for f in resource["schema"]["fields"] if f["type"] in ("integer", "number")}
        aligns = ["right" if name in numeric else "left" for name in header]
        labels = [name.replace("_", " ") for name in header]
        return boxed(
            table_node(labels, [[row[name] for name in header] for row in rows], aligns),
            f"the rows of {resource['name']}",
        )

    def words(self, sentence: codebook.Sentence, folder: Path) -> list[nodes.Node]:
        """A sentence of the codebook as nodes."""
        found: list[nodes.Node] = []
        for kind, text, address in sentence:
            if kind == "prose":
                found += self.inline(text)
            elif kind == "code":
                found.append(nodes.literal("", text))
            elif kind == "link":
                found.append(nodes.reference("", text, refuri=address, internal=False))
            elif kind == "table":
                found.append(_table(text))
            elif kind == "file":
                found.append(self.file(folder / text))
            elif kind == "source":
                # a small book may have no such entry
                found += self.inline(f"{{cite:p}}`{text}`", plain=False) if text in library(self.env) else []
            else:
                found.append(nodes.Text(text))
        return found

    def file(self, path: Path) -> nodes.Node:
        """Return the line on a table's file: name, rows, bytes, fingerprint."""
        relative = path.relative_to(self.env.srcdir).as_posix()
        literal = nodes.literal("", relative)
        if not path.is_file():
            return literal
        return addnodes.download_reference(
            "", "", literal, refdoc=self.env.docname, reftarget=f"/{relative}", refwarn=False
        )

    def inline(self, text: str, plain: bool = True) -> list[nodes.Node]:
        """Markdown to nodes; in ``plain`` text a dollar is money and a brace a brace."""
        text = " ".join(str(text).split())
        if plain:
            text = text.replace("$", r"\$").replace("{", r"\{").replace("<", "&lt;")
        found, messages = self.state.inline_text(text, self.lineno)
        return [*found, *messages]


class TablesApart(SphinxPostTransform):
    """Where every table has a page of its own, the codebook is the list of them: each line has the anchor and leads there."""

    default_priority = 5  # before links are looked for: those of the tables go with them

    def run(self, **kwargs: Any) -> None:
        """Take the tables out of their page."""
        known = getattr(self.env, "pakrus_tables", {})
        here = {anchor: name for anchor, (page, name, _) in known.items() if page == self.env.docname}
        if not here or not formats.of(self.app.builder).entries:
            return
        for section in list(self.document.findall(nodes.section)):
            if "codebook-table" in section["classes"]:
                section.parent.remove(section)
        for link in self.document.findall(nodes.reference):
            if link.get("refid") in here:
                anchor = link.attributes.pop("refid")
                link["refuri"], link["ids"] = (
                    formats.entry(self.app.builder, formats.table_file(here[anchor])),
                    [anchor],
                )


class LinksToTables(SphinxPostTransform):
    """A link to a table leads to its page, not to its line in the list."""

    default_priority = 600  # links are resolved, and are no notes yet

    def run(self, **kwargs: Any) -> None:
        """Go through the links of one page."""
        builder = self.app.builder
        if not formats.of(builder).entries:
            return
        pages = {
            f"{builder.get_relative_uri(self.env.docname, page)}#{anchor}": formats.table_file(name)
            for anchor, (page, name, _) in getattr(self.env, "pakrus_tables", {}).items()
        }
        for link in self.document.findall(nodes.reference):
            if link.get("refuri") in pages:
                link["refuri"] = formats.entry(builder, pages[link["refuri"]])


def cited(resource: dict[str, Any]) -> cite_this:
    """Return what says how a table of the descriptor is cited; own work is not named as its source."""
    sources = [source["title"] for source in resource.get("sources", []) if "own work" not in source["terms"]]
    name = resource["name"]
    return cite_this(
        kind="data", name=name, title=resource.get("title", name), anchor=identifier_of(name), sources=sources
    )


def boxed(table: nodes.table, label: str) -> nodes.Node:
    """A table in a box of its own that scrolls and has a name."""
    return scroll_box("", table, label=f"Table: {label}")


def identifier_of(name: str) -> str:
    """Return the id of a table's entry."""
    return f"codebook-{name.replace('_', '-')}"


def _table(name: str) -> nodes.reference:
    return nodes.reference("", "", nodes.literal("", name), internal=True, refid=identifier_of(name))


def _forget(app: Sphinx, env: Any, docname: str) -> None:
    known = getattr(env, "pakrus_tables", {})
    for anchor in [anchor for anchor, (page, *_) in known.items() if page == docname]:
        del known[anchor]


def _merge(app: Sphinx, env: Any, docnames: set[str], other: Any) -> None:
    known = env.__dict__.setdefault("pakrus_tables", {})
    known.update({anchor: at for anchor, at in getattr(other, "pakrus_tables", {}).items() if at[0] in docnames})


def setup(app: Sphinx) -> None:
    app.add_directive("codebook", Codebook)
    app.add_post_transform(TablesApart)
    app.add_post_transform(LinksToTables)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
