"""A table's entry in the codebook as plain data: what every reader of it is told, before any format.

What comes in is the table's entry in the descriptor (data/datapackage.json), what goes out a `Table`: its facts, fields
and remarks in words. Three writers set it: `markdown` here (for `data.describe`), `pages.codebook` (for the pages) and
`edition.page` (HTML in the zip); none of them words anything. The one difficulty: a fact is a sentence with code, links
and citations in it, which each format sets in its own way. So it is a row of `Part`s, each of which says what it is:

text (as it is), prose (Markdown of the descriptor), code, link (with an address), table (another table of the
codebook), file (a path in the data folder), source (a key of references.bib).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

# custom properties with a heading of their own, in reading order; any other "pakrus:" text follows under its name
HEADINGS = {
    "pakrus:notReadAs": "Not to be read as",
    "pakrus:knownGaps": "Known gaps",
    "pakrus:processing": "How it was made",
    "pakrus:corrections": "Corrections",
    "pakrus:terms": "Terms of use",
}
IN_FACTS = {"pakrus:rows", "pakrus:sourceColumn", "pakrus:sourcesIn", "pakrus:printed", "pakrus:cutBy"} | {
    "pakrus:sortedBy", "pakrus:inOrder"  # for `check` alone
}  # fmt: skip
# how a row is given to a phase (`pakrus.phases.Phase.of`), in words before the name of the field
CUTS = {
    "session": "the session in ", "session_year": "the session that opened in ", "phase": "the phase in ",
    "event": "the phase of the event in ", "date": "the date in ", "year": "the middle day of the year in ",
}  # fmt: skip


class Part(NamedTuple):
    """A piece of a sentence and what it is: text, prose, code, link, table, file or source."""

    kind: str
    text: str
    address: str = ""


Sentence = list[Part]


class Fact(NamedTuple):
    """A term and what is said of it: one sentence, or one for each of several."""

    term: str
    said: list[Sentence]


class Field(NamedTuple):
    """A column: name, type, unit (empty = none), meaning (prose), what its values may be."""

    name: str
    type: str
    unit: str
    meaning: str
    values: Sentence


class Remark(NamedTuple):
    """A heading with the paragraphs (prose) under it."""

    heading: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Table:
    """What the codebook says of one table."""

    name: str
    title: str
    description: list[str]  # paragraphs of prose
    rows: str  # how many, as readers see it; empty = not recorded
    facts: list[Fact]
    fields: list[Field]
    remarks: list[Remark]


def table(resource: dict[str, Any]) -> Table:
    """Return the codebook's entry for a table, from its entry in the descriptor; what this does not say is left out."""
    rows = resource.get("pakrus:rows")
    return Table(
        resource["name"],
        resource.get("title", ""),
        paragraphs(resource.get("description", "")),
        "" if rows is None else f"{rows:,}",
        list(_facts(resource)),
        [_field(field) for field in resource.get("schema", {}).get("fields", [])],
        _remarks(resource),
    )


def markdown(entry: Table) -> str:
    """Return the entry as Markdown."""

    def words(sentence: Iterable[Part]) -> str:
        return "".join(_MARKDOWN[part.kind].format(part) for part in sentence)

    lines = [f"# {entry.name}: {entry.title}", "", *(f"{text}\n" for text in entry.description)]
    for fact in entry.facts:
        one = len(fact.said) == 1
        lines += (
            [f"- {fact.term}: {words(fact.said[0])}"]
            if one
            else [f"- {fact.term}:", *(f"  - {words(said)}" for said in fact.said)]
        )
    lines += ["", "Fields:", ""]
    for field in entry.fields:
        kind = f"{field.type}, unit: {field.unit}" if field.unit else field.type
        said = [field.meaning.rstrip("."), f"Values: {words(field.values)}" if field.values else ""]
        lines.append(f"- `{field.name}` ({kind}): " + ". ".join(filter(None, said)))
    for remark in entry.remarks:
        lines += ["", f"{remark.heading}: " + "\n\n".join(remark.paragraphs)]
    return "\n".join(lines)


_MARKDOWN = {
    "text": "{0.text}",
    "prose": "{0.text}",
    "code": "`{0.text}`",
    "link": "[{0.text}]({0.address})",
    "table": "`{0.text}`",
    "file": "`data/{0.text}`",
    "source": "[@{0.text}]",
}


def paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs, which an empty line parts."""
    return [part for part in re.split(r"\n\s*\n", text) if part.strip()]


def as_list(value: str | list[str]) -> list[str]:
    """Return the fields of a key, which the descriptor may give as one name."""
    return [value] if isinstance(value, str) else list(value)


def _facts(resource: dict[str, Any]) -> Iterable[Fact]:
    schema = resource.get("schema", {})
    size = resource.get("bytes", 0)
    kilobytes = [Part("text", f" ({size / 1000:,.0f} kB)")] if size >= 1000 else []
    yield Fact("File", [[Part("file", resource.get("path", "")), *kilobytes]])
    if resource.get("pakrus:rows") is not None:
        yield Fact("Rows", [[Part("text", f"{resource['pakrus:rows']:,}")]])
    if schema.get("primaryKey"):
        yield Fact("One row per", [_codes(as_list(schema["primaryKey"]))])
    for key in schema.get("foreignKeys", []):
        here, there = _codes(as_list(key["fields"])), _codes(as_list(key["reference"]["fields"]))
        other = Part("table", key["reference"].get("resource") or resource["name"])
        yield Fact("Refers to", [[*here, Part("text", " is "), *there, Part("text", " of "), other]])
    cut: Sentence = []
    for kind, field in resource.get("pakrus:cutBy", {}).items():
        cut += [Part("text", (", and where there is none " if cut else "") + CUTS[kind]), Part("code", field)]
    if cut:
        yield Fact("Cut by phase by", [cut])
    sources = [list(_source(source)) for source in resource.get("sources", [])]
    if sources:
        yield Fact("Source" if len(sources) == 1 else "Sources", sources)
    for licence in resource.get("licenses", []):
        yield Fact("Licence", [[_link(licence.get("title") or licence.get("name", ""), licence.get("path", ""))]])
    if resource.get("hash"):
        yield Fact("SHA-256", [[Part("code", resource["hash"].removeprefix("sha256:"))]])


def _source(source: dict[str, Any]) -> Iterable[Part]:
    yield _link(source.get("title", source.get("path", "")), source.get("path", ""))
    if source.get("key"):
        yield from (Part("text", " "), Part("source", source["key"]))
    rest = []
    if source.get("version") and str(source["version"]) not in source.get("title", ""):
        rest.append(f"version {source['version']}")
    if source.get("accessed"):
        rest.append(f"read {source['accessed']}")
    yield Part("text", f" ({', '.join(rest)})." if rest else ".")
    if source.get("terms"):
        yield from (Part("text", " Terms: "), Part("prose", source["terms"].rstrip(".")), Part("text", "."))
    inputs = source.get("pakrus:inputs", [])
    if inputs:
        files = f"{len(inputs)} file{'s' if len(inputs) > 1 else ''}"
        yield Part("text", f" {files} read; their hashes are in the descriptor.")


def _link(label: str, address: str) -> Part:
    return Part("link", label, address) if re.match(r"https?://", address) else Part("text", label)


def _codes(names: list[str]) -> Sentence:
    found: Sentence = []
    for name in names:
        found += [Part("text", ", ")] if found else []
        found.append(Part("code", name))
    return found


def _field(field: dict[str, Any]) -> Field:
    kind = field.get("type", "")
    kind = f"{kind} ({field['format']})" if field.get("format", "default") != "default" else kind
    values = _constraints(field.get("constraints", {}))
    return Field(field["name"], kind, field.get("unit") or "", field.get("description", ""), values)


def _constraints(constraints: dict[str, Any]) -> Sentence:
    """What a field's values may be, in words."""
    clauses: list[Sentence] = []
    if constraints.get("required"):
        clauses.append([Part("text", "never empty")])
    if constraints.get("unique"):
        clauses.append([Part("text", "unique")])
    if constraints.get("enum"):
        clauses.append([Part("text", "one of "), *_codes([str(value) for value in constraints["enum"]])])
    low, high = constraints.get("minimum"), constraints.get("maximum")
    if low is not None and high is not None:
        clauses.append([Part("text", f"{low} to {high}")])
    elif low is not None:
        clauses.append([Part("text", f"at least {low}")])
    elif high is not None:
        clauses.append([Part("text", f"at most {high}")])
    if constraints.get("pattern"):
        clauses.append([Part("text", "pattern "), Part("code", constraints["pattern"])])
    for key, words in (("minLength", "at least"), ("maxLength", "at most")):
        if key in constraints:
            clauses.append([Part("text", f"{words} {constraints[key]} characters")])
    found: Sentence = []
    for clause in clauses:
        found += [Part("text", "; "), *clause] if found else clause
    return found


def _remarks(resource: dict[str, Any]) -> list[Remark]:
    """The custom properties that hold text, known ones first."""
    known = [(heading, resource[key]) for key, heading in HEADINGS.items() if resource.get(key)]
    others = [
        (_words(key), value)
        for key, value in resource.items()
        if key.startswith("pakrus:") and key not in HEADINGS and key not in IN_FACTS and value
    ]
    found = [Remark(heading, _texts(value)) for heading, value in known + others]
    return [remark for remark in found if remark.paragraphs]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return paragraphs(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    return []


def _words(key: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key.removeprefix("pakrus:")).lower()
    return words[:1].upper() + words[1:]
