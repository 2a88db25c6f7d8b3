"""The bibliography on the pages: style and letters for sphinxcontrib-bibtex, and what the list on the web has besides.

In come the entries that pages cite, the tables of testimony and evidence, and which page cites what; out goes, on the web,
a list under its letters with a bar of them, where each source is linked by its title and followed by its kind, whose
voice it is, and where the book uses it. A script adds a box to filter by and buttons that copy; on paper the list is
as sphinxcontrib-bibtex writes it. The one difficulty is rebuilding: a page is written again when a letter on it changes,
the list also when another page begins or ceases to cite.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from pybtex.backends.plaintext import Backend as PlainText
from pybtex.plugin import register_plugin
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from pakrus import data, dates
from pakrus.bibliography import BookStyle, prepare
from pakrus.folder import Folder
from pakrus.pages import formats
from pakrus.pages.chronology import address, library, perspectives, plain, words_of_kind, write_compact
from pakrus.pages.links import book_of_links, source_id
from pakrus.pages.nodes import join_texts

NAME = "pakrus"
SCRIPT, STYLE = "bibliography.js", "bibliography.css"
USES = {
    "event_sources": "event_id",
    "claim_evidence": "claim_id",
}  # tables that use a source (`key`), and what they say of
REST, OTHER = "other", "Other scripts"  # where names stand that begin with no Latin letter


class source_letter(nodes.General, nodes.Element):
    """The heading of a ``letter`` of the list."""


class source_entry(nodes.General, nodes.Element):
    """A source of the list: its words, then what it is and where it is used; ``read`` if not on the page's usual day."""


class source_tools(nodes.General, nodes.Element):
    """The bar of ``letters`` above the list, and the box to filter it by; ``read`` is the day on which most were read."""


# what the list is made of -------------------------------------------------------------------------------------------


def citing_pages(env: Any) -> Mapping[str, set[str]]:
    """The pages that cite each source."""
    found: dict[str, set[str]] = defaultdict(set)
    for reference in env.get_domain("cite").citation_refs:
        for target in reference.targets:
            found[target.key].add(reference.docname)
    return found


def _before_citations(app: Sphinx, env: Any) -> list[str]:
    """Prepare the whole bibliography, letters over what the pages cite; say which pages are to be written again."""
    domain = env.get_domain("cite")
    entries, citing = domain.bibdata.data.entries, citing_pages(env)
    lists = {key.docname: bibliography for key, bibliography in domain.bibliographies.items()}
    listed = {key for bibliography in lists.values() for key in bibliography.citation_nodes}
    prepare(entries.values(), set(citing), book_of_links(app).of_tables)
    years = {key: entries[key].fields["year"] for key in sorted(listed | set(citing)) if key in entries}
    # of the last build: a file that was read again has no letters yet
    before, env.pakrus_years = getattr(env, "pakrus_years", {}), years
    pages = {page for key, year in years.items() if year != before.get(key) for page in citing[key]}
    cited_before, env.pakrus_citing = getattr(env, "pakrus_citing", None), dict(citing)
    return sorted(pages | (set(lists) if cited_before != env.pakrus_citing else set()))


def letter_of(name: str) -> str:
    """The heading under which a name stands: its first letter, "0–9", or `REST`."""
    first = name[:1].upper()
    return first if re.fullmatch("[A-Z]", first) else "0–9" if first.isdecimal() else REST


def letter_id(letter: str) -> str:
    """The anchor of a heading of the list."""
    return f"letter-{'0-9' if letter == '0–9' else letter.lower()}"


class SourceList(SphinxPostTransform):
    """On the web the list has letters, and each source says what it is and where it is used."""

    default_priority = 880  # before the titles are marked with their language

    def run(self, **kwargs: Any) -> None:
        """Go through the list of one page."""
        if not formats.of(self.app.builder).entries:
            return
        citations = list(self.document.findall(nodes.citation))
        if not citations:
            return
        entries, style = library(self.env), BookStyle()
        prefix = self.config.bibtex_cite_id.partition("{")[0]
        self.voices, self.citing = perspectives(Path(self.env.srcdir)), citing_pages(self.env)
        self.used = {table: self.uses(table, column) for table, column in USES.items()}
        letters: list[str] = []
        for citation in citations:
            entry = next(
                (entries[key] for key in (name.removeprefix(prefix) for name in citation["ids"]) if key in entries),
                None,
            )
            if entry is None:
                continue
            letter = letter_of(style.order(entry)[0])
            if letter not in letters:
                letters.append(letter)
                citation.parent.insert(citation.parent.index(citation), source_letter(letter=letter))
            link_title(citation[-1], entry)
            citation["read"] = entry.fields.get("urldate", "")
            citation += nodes.paragraph("", "", *self.about(entry))
        first = next(self.document.findall(source_letter), None)
        if first is None:  # a list of nothing that the library knows
            return
        usual = Counter(filter(None, (citation.get("read") for citation in citations))).most_common(1)
        first.parent.insert(first.parent.index(first), source_tools(letters=letters, read=usual[0][0] if usual else ""))

    def uses(self, table: str, column: str) -> Mapping[str, list[str]]:
        """What the rows of a table that name a source are about, in the order of the table."""
        path, found = Path(self.env.srcdir, "data", f"{table}.csv"), defaultdict(list)
        for row in data.rows(table, Folder(path.parent)) if path.is_file() else []:
            if row[column] not in found[row["key"]]:
                found[row["key"]].append(row[column])
        return found

    def about(self, entry: Any) -> Iterable[nodes.Node]:
        """What a source is, and the pages, events and claims that use it."""
        words = words_of_kind(entry, self.voices.get(entry.key))
        yield nodes.inline("", words[:1].upper() + words[1:])
        yield from self.pages(entry.key)
        dated = {row: f"events/{row}" for row in self.used["event_sources"].get(entry.key, [])}
        yield from self.counted("event", {target: _date_of(row) for row, target in dated.items()})
        claims = self.used["claim_evidence"].get(entry.key, [])
        yield from self.counted("claim", {f"claims/{row.lower()}": row for row in claims})

    def pages(self, key: str) -> Iterable[nodes.Node]:
        """The chapters by number, then the other pages by title, each a link to where it first cites the source."""
        numbers = self.env.toc_secnumbers
        known = sorted((numbers.get(page, {}).get("") or (1000,), page) for page in self.citing.get(key, ()))
        for place, (number, page) in enumerate(known):
            chapter = number[0] < 1000
            before = " · cited in " if not place else ", "
            title = str(number[0]) if chapter else self.env.titles[page].astext()
            title = f"chapter {title}" if chapter and not place else title
            notebook = book_of_links(self.app).pages.get(page)
            fragment = f"#{source_id(key)}" if notebook is not None and notebook.notebook is not None else ""
            target = relative_uri(
                self.app.builder.get_target_uri(self.env.docname), self.app.builder.get_target_uri(page)
            )
            yield nodes.Text(before)
            yield nodes.reference("", title, internal=True, refuri=target + fragment)

    def counted(self, word: str, targets: Mapping[str, str]) -> Iterable[nodes.Node]:
        """Links to the pages of events or claims, the date or the number as words; their count before them."""
        if not targets:
            return
        count = f" · {len(targets)} {word}{'s' if len(targets) > 1 else ''}: "
        yield nodes.Text(count)
        here = self.app.builder.get_target_uri(self.env.docname)
        for place, (target, words) in enumerate(targets.items()):
            yield nodes.Text(", " if place else "")
            yield nodes.reference("", words, internal=True, refuri=relative_uri(here, f"{target}.html"))


class ShortEntries(SphinxPostTransform):
    """Once titles and words know their language, the sources become entries that are written in few bytes."""

    default_priority = 950

    def run(self, **kwargs: Any) -> None:
        """Go through the list of one page."""
        tools = next(self.document.findall(source_tools), None)
        if tools is None:
            return
        for citation in list(self.document.findall(nodes.citation)):
            told = [part for part in citation.children if isinstance(part, nodes.paragraph)]
            read = citation.get("read", "")
            citation.replace_self(
                source_entry("", *told, ids=citation["ids"], read=read if read != tools["read"] else None)
            )


def _date_of(event: str) -> str:
    """The date that an event's key begins with, in words."""
    found = re.match(r"\d{4}(-\d\d)?(-\d\d)?(?=-)", event)
    return dates.in_words(found.group()) if found else event


def link_title(paragraph: nodes.Element, entry: Any) -> None:
    """The title of a source leads to where it can be read, and the address at the end goes; a DOI stays, as words."""
    target, title = address(entry), plain(entry.fields.get("title", ""))
    for parent in {text.parent for text in paragraph.findall(nodes.Text)}:
        join_texts(parent)
    text = next((text for text in paragraph.findall(nodes.Text) if title and title in text), None)
    shown = next((link for link in reversed(list(paragraph.findall(nodes.reference))) if link.get("refuri")), None)
    if not target or text is None or shown is None:
        return
    before, _, after = text.partition(title)
    link = nodes.reference("", title, internal=False, refuri=target)
    around = [nodes.Text(before) if before else None, link, nodes.Text(after) if after else None]
    text.parent.replace(text, [node for node in around if node is not None])
    if "doi" in entry.fields:
        shown.parent.replace(shown, [nodes.Text(shown.astext())])
        return
    last, end = shown.parent.children[-1], shown.parent.index(shown)
    before_it = shown.parent.children[end - 1] if end else None
    shown.parent.remove(shown)
    if isinstance(last, nodes.Text) and last.strip() == "." and isinstance(before_it, nodes.Text):
        last.parent.remove(last)
        before_it.parent.replace(before_it, nodes.Text(before_it.rstrip()))


class ReadOn(SphinxDirective):
    """``{read-on}``: on which days the addresses of the sources were read, said once."""

    def run(self) -> list[nodes.Node]:
        """Make the sentence; the page follows the tables that use sources."""
        for table in USES:
            self.env.note_dependency(str(Path(self.env.srcdir, "data", f"{table}.csv")))
        found = sorted(entry.fields["urldate"] for entry in library(self.env).values() if "urldate" in entry.fields)
        if not found:
            return []
        days = dates.range_in_words(found[0], found[-1])
        words = f"The addresses were read on {days}, each on the day that its entry gives in "
        return [nodes.paragraph("", "", nodes.Text(words), nodes.literal("", "references.bib"), nodes.Text("."))]


# HTML -----------------------------------------------------------------------------------------------------------------


def _visit_letter(self: Any, node: source_letter) -> None:
    letter = node["letter"]
    words = OTHER if letter == REST else letter
    self.body.append(f'<h2 class="source-letter" id="{letter_id(letter)}">{words}</h2>\n')
    raise nodes.SkipNode


def _visit_entry(self: Any, node: source_entry) -> None:
    if not isinstance(node.previous_sibling(), source_entry):
        self.body.append('<ul class="citation-list" role="list">\n')
    read = "" if node["read"] is None else f' data-read="{node["read"]}"'  # for the button that copies
    self.body.append(f'<li id="{node["ids"][0]}"{read}>')
    for paragraph in node.children:
        self.body.append("<p>")
        for part in paragraph.children:
            if isinstance(part, nodes.inline):  # what it is
                self.body.append(f"<span>{escape(part.astext())}</span>")
            else:
                write_compact(self, part)
        self.body.append("</p>")
    self.body.append("</li>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), source_entry):
        self.body.append("</ul>\n")
    raise nodes.SkipNode


def _letter_link(letter: str) -> str:
    label, shown = (f' aria-label="{OTHER}"', "…") if letter == REST else ("", letter)
    return f'<a href="#{letter_id(letter)}"{label}>{shown}</a>'


def _visit_tools(self: Any, node: source_tools) -> None:
    links = " ".join(map(_letter_link, node["letters"]))
    self.body.append(
        f'<form class="source-filter" role="search" aria-label="Filter the sources" data-read="{node["read"]}" hidden>\n'
        '<label>Words <input type="search" autocomplete="off" spellcheck="false"></label>\n'
        '<label>Kind <select><option value="">any</option></select></label>\n'
        '<span role="status"></span></form>\n'
        f'<nav class="source-letters" aria-label="Letters of the list">{links}</nav>\n'
    )
    raise nodes.SkipNode


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script of the list, on the page that has it."""
    output = formats.of(app.builder)
    if output.entries and output.scripts and doctree is not None and any(doctree.findall(source_tools)):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the style, the list's parts and its script."""
    register_plugin("pybtex.style.formatting", NAME, BookStyle)
    # asked for at every citation: found at once, not by a search through all installed packages
    register_plugin("pybtex.backends", "plaintext", PlainText, force=True)
    app.add_node(source_letter, html=(_visit_letter, None))
    app.add_node(source_entry, html=(_visit_entry, None))
    app.add_node(source_tools, html=(_visit_tools, None))
    app.add_post_transform(SourceList)
    app.add_post_transform(ShortEntries)
    app.add_directive("read-on", ReadOn)
    app.add_css_file(STYLE)
    app.connect("env-updated", _before_citations, priority=100)
    app.connect("html-page-context", _add_script)
