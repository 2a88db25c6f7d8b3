"""``{codebook}``: the codebook page, made from the descriptor (data/datapackage.json): the two cannot differ."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from pakrus.pages.nodes import scroll_box
from pakrus.pages.render import table_node

DESCRIPTOR = "data/datapackage.json"
# custom properties with a heading of their own, in reading order; any other "pakrus:" text follows under its name
HEADINGS = {
    "pakrus:notReadAs": "Not to be read as",
    "pakrus:knownGaps": "Known gaps",
    "pakrus:processing": "How it was made",
    "pakrus:corrections": "Corrections",
    "pakrus:terms": "Terms of use",
}
IN_FACTS = {"pakrus:rows", "pakrus:sourceColumn", "pakrus:sourcesIn", "pakrus:printed"}


class Codebook(SphinxDirective):
    """One section per table: what a row is, its fields, keys, sources, terms, limits."""

    has_content = False
    option_spec = {"file": directives.path}

    def run(self) -> list[nodes.Node]:
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
        resources = package.get("resources", [])
        found: list[nodes.Node] = []
        if package.get("description"):
            found.append(nodes.paragraph("", "", *self.inline(package["description"])))
        overview = [
            [[_link(entry)], self.inline(entry.get("title", "")), _count(entry.get("pakrus:rows"))]
            for entry in resources
        ]
        found.append(
            boxed(table_node(["Table", "What it holds", "Rows"], overview, ["left", "left", "right"]), "the tables")
        )
        return found + [self.section(entry, path.parent) for entry in resources]

    def section(self, entry: dict[str, Any], folder: Path) -> nodes.section:
        identifier = f"codebook-{entry['name'].replace('_', '-')}"
        section = nodes.section(ids=[identifier], names=[identifier])
        section += nodes.title(
            "", "", nodes.literal("", entry["name"]), nodes.Text(f" {entry.get('title', '')}".rstrip())
        )
        self.state.document.note_explicit_target(section, section)
        for text in _paragraphs(entry.get("description", "")):
            section += nodes.paragraph("", "", *self.inline(text))
        section += self.facts(entry, folder)
        section += self.fields(entry)
        for heading, texts in remarks(entry):
            for index, text in enumerate(texts):
                start = [nodes.strong("", f"{heading}. ")] if index == 0 else []
                section += nodes.paragraph("", "", *start, *self.inline(text))
        if entry.get("pakrus:printed"):
            section += self.printed(entry, folder)
        return section

    def printed(self, entry: dict[str, Any], folder: Path) -> nodes.Node:
        """The rows themselves, of a table that is short and says how good the others are (`pakrus:printed`)."""
        path = folder / entry["path"]
        self.env.note_dependency(str(path))
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        numeric = {f["name"] for f in entry["schema"]["fields"] if f["type"] in ("integer", "number")}
        aligns = ["right" if name in numeric else "left" for name in header]
        labels = [name.replace("_", " ") for name in header]
        return boxed(table_node(labels, rows, aligns), f"the rows of {entry['name']}")

    def facts(self, entry: dict[str, Any], folder: Path) -> nodes.definition_list:
        schema = entry.get("schema", {})
        facts = nodes.definition_list(classes=["codebook-facts"])

        def add(term: str, *content: nodes.Node) -> None:
            facts.append(nodes.definition_list_item("", nodes.term("", term), nodes.definition("", *content)))

        add("File", nodes.paragraph("", "", *self.file(entry, folder)))
        if entry.get("pakrus:rows") is not None:
            add("Rows", nodes.paragraph("", _count(entry["pakrus:rows"])))
        if schema.get("primaryKey"):
            add("One row per", nodes.paragraph("", "", *_codes(_list(schema["primaryKey"]))))
        for key in schema.get("foreignKeys", []):
            target = key["reference"].get("resource") or entry["name"]
            words = [*_codes(_list(key["fields"])), nodes.Text(" is "), *_codes(_list(key["reference"]["fields"]))]
            add("Refers to", nodes.paragraph("", "", *words, nodes.Text(" of "), _link({"name": target})))
        sources = [self.source(source) for source in entry.get("sources", [])]
        if len(sources) == 1:
            add("Source", nodes.paragraph("", "", *sources[0]))
        elif sources:
            listed = nodes.bullet_list(
                "", *(nodes.list_item("", nodes.paragraph("", "", *source)) for source in sources)
            )
            add("Sources", listed)
        for licence in entry.get("licenses", []):
            label = licence.get("title") or licence.get("name", "")
            add("Licence", nodes.paragraph("", "", _reference(label, licence.get("path", ""))))
        if entry.get("hash"):
            add(
                "SHA-256",
                nodes.paragraph("", "", nodes.literal("", entry["hash"].removeprefix("sha256:"), classes=["hash"])),
            )
        return facts

    def file(self, entry: dict[str, Any], folder: Path) -> list[nodes.Node]:
        path = entry.get("path", "")
        relative = (folder / path).relative_to(self.env.srcdir).as_posix()
        size = f" ({entry['bytes'] / 1000:,.0f} kB)" if entry.get("bytes", 0) >= 1000 else ""
        literal = nodes.literal("", relative)
        if not (folder / path).is_file():
            return [literal]
        link = addnodes.download_reference(
            "", "", literal, refdoc=self.env.docname, reftarget=f"/{relative}", refwarn=False
        )
        return [link, nodes.Text(size)] if size else [link]

    def source(self, source: dict[str, Any]) -> list[nodes.Node]:
        found: list[nodes.Node] = [_reference(source.get("title", source.get("path", "")), source.get("path", ""))]
        if source.get("key") in self.bibliography():
            found += [nodes.Text(" "), *self.inline(f"{{cite:p}}`{source['key']}`", plain=False)]
        rest = []
        if source.get("version") and str(source["version"]) not in source.get("title", ""):
            rest.append(f"version {source['version']}")
        if source.get("accessed"):
            rest.append(f"read {source['accessed']}")
        found.append(nodes.Text(f" ({', '.join(rest)})." if rest else "."))
        if source.get("terms"):
            found += [nodes.Text(" Terms: "), *self.inline(source["terms"].rstrip(".")), nodes.Text(".")]
        inputs = source.get("pakrus:inputs", [])
        if inputs:
            found.append(
                nodes.Text(
                    f" {len(inputs)} file{'s' if len(inputs) > 1 else ''} read; their hashes are in the descriptor."
                )
            )
        return found

    def bibliography(self) -> set[str]:
        keys = self.env.temp_data.get("pakrus_bib_keys")
        if keys is None:
            keys = set()
            for name in getattr(self.config, "bibtex_bibfiles", []):
                path = Path(self.env.srcdir, name)
                if path.is_file():
                    keys |= set(re.findall(r"^\s*@\w+\s*\{\s*([^,\s]+)\s*,", path.read_text(encoding="utf-8"), re.M))
            self.env.temp_data["pakrus_bib_keys"] = keys
        return keys

    def fields(self, entry: dict[str, Any]) -> nodes.Node:
        rows = []
        for field in entry.get("schema", {}).get("fields", []):
            kind = field.get("type", "")
            rows.append(
                [
                    [nodes.literal("", field["name"])],
                    f"{kind} ({field['format']})" if field.get("format", "default") != "default" else kind,
                    field.get("unit") or field.get("pakrus:unit") or "",
                    self.inline(field.get("description", "")),
                    _constraints(field.get("constraints", {})),
                ]
            )
        table = table_node(["Field", "Type", "Unit", "Meaning", "Values"], rows, [None] * 5)
        table["classes"].append("codebook-fields")
        return boxed(table, f"fields of {entry['name']}")

    def inline(self, text: str, plain: bool = True) -> list[nodes.Node]:
        """Markdown to nodes; in ``plain`` text a dollar is money and a brace a brace."""
        text = " ".join(str(text).split())
        if plain:
            text = text.replace("$", r"\$").replace("{", r"\{").replace("<", "&lt;")
        found, messages = self.state.inline_text(text, self.lineno)
        return [*found, *messages]


def remarks(entry: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The custom properties that hold text, known ones first: heading and paragraphs."""
    known = [(heading, _texts(entry[key])) for key, heading in HEADINGS.items() if entry.get(key)]
    others = [
        (_words(key), _texts(value))
        for key, value in entry.items()
        if key.startswith("pakrus:") and key not in HEADINGS and key not in IN_FACTS and value
    ]
    return [(heading, texts) for heading, texts in known + others if texts]


def constraint_words(constraints: dict[str, Any]) -> str:
    """What a field's values may be, in plain words."""
    return "".join(node.astext() for node in _constraints(constraints))


def boxed(table: nodes.table, label: str) -> nodes.Node:
    """A table in a box of its own that scrolls and has a name."""
    return scroll_box("", table, label=f"Table: {label}", kind="table")


def _link(entry: dict[str, Any]) -> nodes.reference:
    identifier = f"codebook-{entry['name'].replace('_', '-')}"
    return nodes.reference("", "", nodes.literal("", entry["name"]), internal=True, refid=identifier)


def _reference(label: str, address: str) -> nodes.Node:
    if re.match(r"https?://", address):
        return nodes.reference("", label, refuri=address, internal=False)
    return nodes.inline("", label)


def _codes(names: list[str]) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    for name in names:
        found += [nodes.Text(", ")] if found else []
        found.append(nodes.literal("", name))
    return found


def _constraints(constraints: dict[str, Any]) -> list[nodes.Node] | str:
    found: list[nodes.Node] = []

    def add(*parts: nodes.Node) -> None:
        found.extend([nodes.Text("; "), *parts] if found else parts)

    if constraints.get("required"):
        add(nodes.Text("never empty"))
    if constraints.get("unique"):
        add(nodes.Text("unique"))
    if constraints.get("enum"):
        add(nodes.Text("one of "), *_codes([str(value) for value in constraints["enum"]]))
    low, high = constraints.get("minimum"), constraints.get("maximum")
    if low is not None and high is not None:
        add(nodes.Text(f"{low} to {high}"))
    elif low is not None:
        add(nodes.Text(f"at least {low}"))
    elif high is not None:
        add(nodes.Text(f"at most {high}"))
    if constraints.get("pattern"):
        add(nodes.Text("pattern "), nodes.literal("", constraints["pattern"]))
    for key in ("minLength", "maxLength"):
        if key in constraints:
            add(nodes.Text(f"{'at least' if key == 'minLength' else 'at most'} {constraints[key]} characters"))
    return found or ""


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", text) if part.strip()]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return _paragraphs(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    return []


def _words(key: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key.removeprefix("pakrus:")).lower()
    return words[:1].upper() + words[1:]


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def setup(app: Sphinx) -> None:
    app.add_directive("codebook", Codebook)
