"""The texts of links in the book's Markdown: numbers, citations, figure numbers, written from what is stored.

In a Markdown cell `[56 %](#agreement)` is a number: the text is what a reader sees in JupyterLab, on a code host and on the
page; the target is the fact that gives it. What comes in: the notebooks with their stored outputs (facts, figures, tables),
`references.bib`, the tables of claims and events. What goes out: the same notebooks with every such text as it must read
(`write`), or a list of where it does not (`problems`). The one difficulty: a text must come from exactly one thing, so a
target is looked up in a fixed order and a target that is nothing is an error.

Targets (headings are none): `#name` a fact of this page (`#name_n`, `#name_interval` its n and interval), a figure or table of the book, or a key
of references.bib; `page.ipynb#name` a fact of another page; `…/claims-ledger.md#s1-48` a claim, named by its number;
`…/chronology-x.md#id` an event, `chapter.ipynb#exercise-3` an exercise and `page.md` another page, whose words are the
author's, but they must be there.
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from pybtex.database import parse_string

from pakrus import data, facts, numbering
from pakrus.bibliography import labels, of_tables

LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]+)\)")
_INLINE_CODE = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
_FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})(.*)")
FOLDERS = ("", "chapters", "back-matter", "abstracts/*")
LEDGER, CHRONOLOGY, CODEBOOK = "back-matter/claims-ledger", "back-matter/chronology-", "back-matter/codebook"
EXERCISE = re.compile(r"^\*\*Exercise (\d+)\.\*\* ", re.MULTILINE)  # how an exercise of a chapter begins
REMEDY = "Run: python book.py run"


class LinkError(Exception):
    """A link that leads to nothing, or a text that is not what its target says: where, found, expected, remedy."""


@dataclass
class Page:
    """A page of the book as a file: its Markdown texts, and what its stored outputs give to link to."""

    path: Path
    name: str
    notebook: dict | None = None
    facts: dict[str, dict] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    captions: list[str] = field(default_factory=list)
    in_captions: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    @property
    def exercises(self) -> dict[str, str]:
        """What the exercises of a chapter ask, by the name that leads to them (`exercise-1`)."""
        texts = self.texts if self.notebook is not None else []
        begun = [(f"exercise-{match[1]}", text[match.end() :]) for text in texts for match in EXERCISE.finditer(text)]
        return {name: text.partition("\n\n")[0] for name, text in begun}

    @property
    def texts(self) -> list[str]:
        """The Markdown of its cells, or of the whole file where it is no notebook."""
        if self.notebook is None:
            return [self.path.read_text(encoding="utf-8")]
        return ["".join(cell["source"]) for cell in self.notebook["cells"] if cell["cell_type"] == "markdown"]


def read_page(path: Path, root: Path) -> Page:
    """Return a notebook or Markdown file as a page."""
    page = Page(path, path.relative_to(root).with_suffix("").as_posix())
    if path.suffix != ".ipynb":
        return page
    try:
        page.notebook = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise LinkError(f"{page.name}.ipynb is no notebook ({error}): restore it, e.g. with git checkout") from None
    for cell in page.notebook["cells"]:
        for output in cell.get("outputs", []):
            parts = output.get("data", {})
            for row in parts.get(facts.MIME, {}).get("facts", []):
                if row["name"] in page.facts:
                    page.twice.append(f"the fact {row['name']!r} is published twice; give one another name")
                page.facts[row["name"]] = row
            caption = parts.get("application/vnd.pakrus.caption+json")
            if caption and caption.get("label"):
                page.labels[caption["for"]] = caption["label"]
                page.captions.append("".join(parts["text/markdown"]))
                if numbering.sections(root) and numbering.page_of(caption["for"], root) != page.name:
                    page.twice.append(
                        f"the name {caption['for']!r} does not begin with this page's own, as _toc.yml has it"
                    )
            if "application/vnd.pakrus.box+json" in parts:
                page.captions.append("".join(parts["text/markdown"]))
            for kind in ("figure", "table"):
                page.in_captions += parts.get(f"application/vnd.pakrus.{kind}+json", {}).get("facts", [])
    return page


class Book:
    """All pages of a folder, and everything that a link can lead to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        paths = [
            path
            for folder in FOLDERS
            for pattern in ("*.ipynb", "*.md")
            for path in sorted(root.glob(f"{folder}/{pattern}".lstrip("/")))
        ]
        self.pages = {
            page.name: page
            for page in (read_page(path, root) for path in paths)
            if not page.name.isupper()  # README, CHANGELOG and the like are no pages
        }
        self.figures: dict[str, tuple[str, str]] = {}
        for page in self.pages.values():
            for name, label in page.labels.items():
                if name in self.figures:
                    other = self.figures[name][0]
                    page.twice.append(f"the name {name!r} is used in {other} too; give one another name")
                self.figures[name] = (page.name, label)
        file = root / "references.bib"
        library = parse_string(file.read_text(encoding="utf-8") if file.is_file() else "", "bibtex")
        descriptor = root / "data" / "datapackage.json"
        package = json.loads(descriptor.read_text(encoding="utf-8")) if descriptor.is_file() else {"resources": []}
        self.tables = {f"codebook-{entry['name'].replace('_', '-')}" for entry in package["resources"]}
        self.of_tables = of_tables(package)
        self.cited = {
            target.removeprefix("#")
            for page in self.pages.values()
            for text in [*page.texts, *page.captions]
            for _, target in links(text)
            if target.startswith("#") and target.removeprefix("#") in library.entries
        }
        self.citations = labels(library, self.cited, self.of_tables)
        for page in self.pages.values():
            for name in (*page.facts, *page.labels):
                if name in self.citations:
                    page.twice.append(f"{name!r} is a key of references.bib too; give the fact or figure another name")
        self.claims = self._ids("claims", "claim_id", str.lower)
        self.events = self._ids("events", "event_id")
        self.phases = {row["event_id"]: row["phase"] for row in self._rows("events")}

    def _rows(self, table: str) -> list[dict]:
        path = self.root / "data" / f"{table}.csv"
        if not path.is_file():
            return []
        return data.parse(path.read_bytes(), path)

    def _ids(self, table: str, column: str, change=str) -> set[str]:
        return {change(row[column]) for row in self._rows(table)}

    def kind(self, page: str, target: str) -> tuple[str, str, str]:
        """Return what a target is: (kind, page that holds it, its name there).

        Kinds: `fact`, `figure`, `source`, `claim`, `event`, `table`, `exercise`, `page`, `file`, `address`.

        Raises
        ------
        LinkError
            When it leads to nothing.
        """
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            return "address", "", target
        path, _, fragment = target.partition("#")
        other = page
        if path:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
            if not (self.root / place).is_file():
                raise LinkError(f"the link to {target} leads to no file")
            other = re.sub(r"\.(ipynb|md)$", "", place)
            if other not in self.pages:
                return "file", place, ""
        if not fragment:
            return "page", other, ""
        here = self.pages[other]
        if facts.view(here.facts, fragment) is not None:
            return "fact", other, fragment
        if fragment in self.figures and (not path or self.figures[fragment][0] == other):
            return "figure", self.figures[fragment][0], fragment
        if not path and fragment in self.citations:
            return "source", "back-matter/bibliography", fragment
        if other == LEDGER and fragment.removeprefix("evidence-") in self.claims:
            return "claim", other, fragment
        if fragment in self.events and other == f"{CHRONOLOGY}{self.phases[fragment]}":
            return "event", other, fragment
        if other == CODEBOOK and fragment in self.tables:
            return "table", other, fragment
        if fragment in here.exercises:
            return "exercise", other, fragment
        hint = "" if here.facts or here.notebook is None else f"; {other} has no facts stored, run it first"
        raise LinkError(
            f"the link to {target} leads to nothing: no fact of {other}, no figure or table, no source, no claim, no event, "
            f"no exercise of that name (headings are no targets){hint}"
        )

    def text(self, page: str, target: str) -> str | None:
        """Return the text that a link to a target must have; None where the words are the author's own."""
        kind, other, name = self.kind(page, target)
        if kind == "fact":
            return facts.view(self.pages[other].facts, name)
        if kind == "figure":
            return self.figures[name][1]
        if kind == "source":
            return self.citations[name]
        if kind == "claim" and not name.startswith("evidence-"):
            return name.upper()
        return None

    def problems(self) -> list[str]:
        """Return every name used twice, and every link that leads to nothing, has another text than its target says, or is
        written in a form that `write` does not know (with a title, by reference, with brackets in its text)."""
        found = [f"{page.name}: {twice}" for page in self.pages.values() for twice in page.twice]
        for page in self.pages.values():
            for text in [*page.texts, *page.captions]:
                for target in sorted(_targets(text) - {target for _, target in links(text)}):
                    found.append(
                        f"{page.name}: the link to {target} is written in a form that is not kept; write [text](target)"
                    )
                for shown, target in links(text):
                    paragraph = _paragraph(text, f"[{shown}]({target})")
                    try:
                        expected = self.text(page.name, target)
                    except LinkError as error:
                        found.append(f"{page.name}: {error}. Paragraph: {paragraph}")
                        continue
                    if expected is not None and shown != expected:
                        found.append(
                            f"{page.name}: found “{shown}” for {target}; expected “{expected}”. {REMEDY}. Paragraph: {paragraph}"
                        )
        return found

    def unused(self) -> list[str]:
        """Return the facts that no sentence and no caption of the book uses, as `page#fact`."""
        used = set()
        for page in self.pages.values():
            names = {(page.name, name) for name in page.in_captions}
            for text in page.texts:
                for _, target in links(text):
                    try:
                        kind, other, name = self.kind(page.name, target)
                    except LinkError:
                        continue
                    names |= {(other, name)} if kind == "fact" else set()
            used |= {(other, _fact(self.pages[other].facts, name)) for other, name in names}
        return [
            f"{page.name}#{name}"
            for page in self.pages.values()
            for name in page.facts
            if (page.name, name) not in used
        ]

    def written(self, page: Page, text: str) -> str:
        """Return a Markdown text with every link's text as its target says."""

        def one(match: re.Match) -> str:
            expected = self.text(page.name, match[2])
            return match[0] if expected is None else f"[{expected}]({match[2]})"

        return _outside_code(text, lambda part: LINK.sub(one, part))


def _fact(known: dict, name: str) -> str:
    return name if name in known else name.rpartition("_")[0]


def _outside_code(text: str, change) -> str:
    """Apply a change to all of a Markdown text but its code: fences (a directive's body is text) and code in a line."""
    parts: list[tuple[bool, list[str]]] = [(False, [])]
    opened: list[tuple[str, bool]] = []  # fences that are open: their mark, and whether what they hold is code
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        inside = bool(opened) and opened[-1][1]
        if mark and opened and mark[1].startswith(opened[-1][0]) and not mark[2].strip():
            opened.pop()
        elif mark and not inside:
            opened.append((mark[1], mark[1][0] != ":" and not mark[2].lstrip().startswith("{")))
            inside = opened[-1][1]
        if parts[-1][0] != inside:
            parts.append((inside, []))
        parts[-1][1].append(line)
    return "".join("".join(lines) if code else _outside_inline("".join(lines), change) for code, lines in parts)


def _outside_inline(text: str, change) -> str:
    parts, end = [], 0
    for match in _INLINE_CODE.finditer(text):
        parts += [change(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, change(text[end:])])


def _targets(text: str) -> set[str]:
    """Return the targets of all links to places of the book that a Markdown parser finds, in whatever form."""
    parts = MarkdownIt("commonmark").parse(text)
    found = (child.attrGet("href") for part in parts for child in part.children or [] if child.type == "link_open")
    return {unquote(target) for target in found if target and not re.match(r"[a-z][a-z0-9+.-]*:", target)}


def links(text: str) -> list[tuple[str, str]]:
    """Return the links of a Markdown text outside code: (text, target)."""
    found: list[tuple[str, str]] = []
    _outside_code(text, lambda part: found.extend((match[1], match[2]) for match in LINK.finditer(part)) or part)
    return found


def _paragraph(text: str, part: str) -> str:
    found = next((p for p in re.split(r"\n\s*\n", text) if part in p), text)
    words = " ".join(found.split())
    place = max(0, words.find(part) - 60)
    return ("… " if place else "") + words[place : place + 160] + (" …" if len(words) > place + 160 else "")


def write(root: Path) -> list[str]:
    """Write the texts of all links of a book's folder; return the pages that changed. Unchanged files are not touched.

    Raises
    ------
    LinkError
        When a link leads to nothing or a name is used twice; nothing is written then.
    """
    from pakrus.notebooks.files import as_text
    from pakrus.store import write as write_file

    book = Book(root)
    for page in book.pages.values():
        if page.twice:
            raise LinkError(f"{page.name}: {page.twice[0]}")
    fresh: dict[Path, str] = {}
    for page in book.pages.values():
        try:
            if page.notebook is None:
                fresh[page.path] = book.written(page, page.texts[0])
                continue
            changed = False
            for cell in page.notebook["cells"]:
                if cell["cell_type"] == "markdown":
                    old = "".join(cell["source"])
                    new = book.written(page, old)
                    if new != old:
                        cell["source"], changed = new, True
            if changed:
                fresh[page.path] = as_text(page.notebook)
        except LinkError as error:
            raise LinkError(f"{page.name}: {error}") from None
    changed = [path for path, text in fresh.items() if path.read_text(encoding="utf-8") != text]
    for path in changed:
        write_file(path, fresh[path].encode("utf-8"))
    return [path.relative_to(root).as_posix() for path in changed]
