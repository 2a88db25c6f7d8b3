"""``{chronology} <phase>``: the register's events as a page to read; ``{event}`<event_id>` `` links to one of them.

Rows and testimony come from data/events.csv and data/event_sources.csv, authors and titles from references.bib. The
anchor of an event is its ``event_id`` and stays with it. The sources in full would be longer than the events: on the web they
stand on the event's own page, in print a line names them (`pakrus.pages.print.chronicle`); what sources and kinds are called in
words is said here for all pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from pybtex.database import BibliographyData, Entry, Person
from pybtex.richtext import Text
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from pakrus import data, dates, periodicals
from pakrus.bibliography import BODIES, labels
from pakrus.folder import Folder
from pakrus.pages import formats
from pakrus.pages.languages import as_nodes, title_pieces
from pakrus.terms import CATEGORIES, PERSPECTIVES, SOURCE_KINDS, STATUS

logger = logging.getLogger(__name__)
EVENTS, SOURCES, CLAIMS = "data/events.csv", "data/event_sources.csv", "data/claims.csv"
ROWS = {"event": EVENTS, "claim": CLAIMS}  # what a role links to, and the table it stands in
KEY = re.compile(r"(?<![\w-])[a-z][a-z0-9]+(?![\w-])")  # what may be the key of a source among words
SHORT_TITLE = 12  # letters without which what stands before a colon says too little
Row = dict[str, str]


class Register(NamedTuple):
    """The events in order of time, and the testimony on each."""

    events: list[Row]
    sources: dict[str, list[Row]]

    @property
    def phases(self) -> list[str]:
        """The phases in the order in which they come."""
        return list(dict.fromkeys(row["phase"] for row in self.events))


class event_entry(nodes.General, nodes.Element):
    """One row of the data under its identifier: an event, or (with the class ``claim``) a claim."""


class event_title(nodes.General, nodes.TextElement):
    """Its heading; ``date`` is the link to the page of its own (``entry``), or to the place where it stands (``refid``)."""


class event_sources(nodes.General, nodes.Element):
    """What the sources say: where there are any (``keys``) and a page of its own (``entry``), a link to that; else folded."""


# data ---------------------------------------------------------------------------------------------------------------


def read(root: Path) -> Register:
    """The register of the book in ``root``; read again only when a file has changed."""
    stamps = ((path, path.stat().st_mtime_ns, path.stat().st_size) for path in (root / EVENTS, root / SOURCES))
    return _read(*stamps)


@lru_cache(maxsize=2)
def _read(events: tuple[Path, int, int], sources: tuple[Path, int, int]) -> Register:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(sources[0]):
        found[row["event_id"]].append(row)
    return Register(dates.in_reading_order(_rows(events[0]), "date", "event_id"), dict(found))


def perspectives(root: Path) -> dict[str, str]:
    """Whose voice each source is, by key, where all that it testifies is in one voice; a book may have no register."""
    if not (root / SOURCES).is_file():
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    for rows in read(root).sources.values():
        for row in rows:
            found[row["key"]].add(row["perspective"])
    return {key: voices.pop() for key, voices in found.items() if len(voices) == 1}


def words_of_kind(entry: Entry | None, perspective: str | None) -> str:
    """What a source is, and whose account it gives where that is known: "press, Pakistani account"."""
    kind = SOURCE_KINDS.get(entry.fields.get("keywords", ""), "source") if entry is not None else "source"
    if not perspective:
        return kind
    whose = PERSPECTIVES[perspective]  # "Pakistani" is a name and keeps its letter, "Third-party" does not
    return f"{kind}, {whose.lower() if perspective == 'third-party' else whose} account"


def _rows(path: Path) -> list[Row]:
    return data.rows(path.stem, Folder(path.parent))


def code(value: str) -> str:
    """The cooperation code, signed and in a word."""
    number = int(value)
    if number == 0:
        return "0\u00a0neutral"
    return f"+{number}\u00a0cooperative" if number > 0 else f"\u2212{-number}\u00a0conflictual"


def origins(sources: list[Row]) -> list[str]:
    """Who stands behind the sources that report the event: what was written before it confirms nothing."""
    reports = (row for row in sources if row["testimony"] == "reports")
    return list(dict.fromkeys(row.get("origin_group") or row["origin"] for row in reports))


def count_of_sources(sources: list[Row]) -> str:
    """How many report the event, of how many origins."""
    reports = sum(row["testimony"] == "reports" for row in sources)
    announcements = len(sources) - reports
    parts = [f"{counted(reports, 'source')} of {counted(len(origins(sources)), 'origin')}"] if reports else []
    parts += [counted(announcements, "announcement")] if announcements else []
    return " and ".join(parts) or "no source"


def trust(confidence: str, sources: list[Row]) -> str:
    """The confidence of an event; where one origin alone reports it, whose word it is."""
    groups = origins(sources)
    return f"{confidence} by one origin: {groups[0]}" if confidence == "reported" and len(groups) == 1 else confidence


def counted(count: int, word: str) -> str:
    """Return a number with its noun in the right form."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def listed(text: str) -> str:
    """Return what a cell holds ("A; B") as readers see it: "A, B"."""
    return ", ".join(part.strip() for part in text.split(";") if part.strip())


def places_in_words(text: str) -> str:
    """Return the places of a row ("A / B") as readers see them: "A, B"."""
    return text.replace(" / ", ", ")


def kind_in_words(row: Row) -> str:
    """Return the kind of an event, with whose act it was unless it was the two states' own."""
    kind = CATEGORIES.get(row["category"], row["category"])
    return kind if row["scope"] == "bilateral" else f"{kind} ({row['scope']})"


# a source in words --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """BibTeX text as plain text; the slow way only where there is LaTeX in it."""
    if re.search(r"[\\$~]|--|``|''", text):
        return re.sub(r"\\([$%#&_])", r"\1", str(Text.from_latex(text)))  # pybtex leaves \$ as it is
    return text.replace("{", "").replace("}", "")


def authors(entry: Entry) -> tuple[str, str]:
    """Who wrote it, and the body that published it unless that is the same; of an unsigned text the body alone."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_name(person) for person in persons[:3]]
    if len(persons) > 3:
        names = [names[0], "others"]
    written = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    body = plain(next((entry.fields[name] for name in BODIES if name in entry.fields), ""))
    if body.startswith(written):
        return body or "Anonymous", ""
    return written, body


def _name(person: Person) -> str:
    parts = person.first_names + person.middle_names + person.prelast_names + person.last_names + person.lineage_names
    return plain(" ".join(parts))


def published(entry: Entry) -> str:
    """Return when a source appeared, in words."""
    date = entry.fields.get("date", "")
    if dates.valid(date):
        return dates.in_words(date)
    return date or re.sub(r"(?<=\d)[a-z]+$|^n\.d\..*", "", entry.fields.get("year", "")) or "no date"


def address(entry: Entry) -> str:
    """Return where a source can be read."""
    if "doi" in entry.fields:
        return "https://doi.org/" + re.sub(r"^https?://(dx\.)?doi\.org/", "", entry.fields["doi"])
    url = re.sub(r"\\([_%#&])", r"\1", entry.fields.get("url", ""))
    return url if re.match(r"https?://", url) else ""


def cited_nodes(entry: Entry | None, locator: str) -> list[nodes.Node]:
    """A source as a reader finds it: who, what (a link), where it appeared, when, where in it."""
    found: list[nodes.Node] = []
    if entry is not None:
        writer, body = authors(entry)
        link = title_node(entry, plain(entry.fields.get("title", "Untitled")))
        found = [*(body_nodes(writer, entry) if not body else [nodes.Text(writer)]), nodes.Text(", "), link]
        if body:
            found += [nodes.Text(", "), *body_nodes(body, entry)]
        found.append(nodes.Text(f", {published(entry)}"))
    if locator:
        found.append(nodes.Text(f", {locator}"))
    return found


def title_node(entry: Entry, title: str) -> nodes.Node:
    """The title of a source, its languages marked, as a link to where it can be read."""
    target, words = address(entry), as_nodes(title_pieces(title, entry.fields.get("langid", "")))
    return nodes.reference("", "", *words, refuri=target, internal=False) if target else nodes.inline("", "", *words)


def named_nodes(entry: Entry) -> list[nodes.Node]:
    """A source in few words: who, what without its subtitle, of the press in which newspaper."""
    writer, body = authors(entry)
    title = plain(entry.fields.get("title", "Untitled"))
    head, _, subtitle = title.partition(": ")
    short = head if subtitle and len(head) >= SHORT_TITLE else title
    found = [
        *(body_nodes(writer, entry) if not body else [nodes.Text(writer)]),
        nodes.Text(", "),
        title_node(entry, short),
    ]
    paper = body_nodes(body, entry)[:1] if body and entry.fields.get("keywords") == "press" else []
    return found + ([nodes.Text(", "), *paper] if paper and isinstance(paper[0], nodes.emphasis) else [])


def called_node(entry: Entry) -> nodes.Node:
    """What the text calls a source, its year without a letter ("Dawn 2020"), as a link to where it can be read."""
    words, target = labels(BibliographyData({entry.key: entry}))[entry.key], address(entry)
    return nodes.reference("", words, refuri=target, internal=False) if target else nodes.Text(words)


def told_nodes(text: str, library: Mapping[str, Entry]) -> list[nodes.Node]:
    """The words of a cell, with what the text calls each source that they name by its key."""
    found: list[nodes.Node] = []
    at = 0
    for named in KEY.finditer(text):
        if named[0] in library:
            called = called_node(library[named[0]])
            found += [nodes.Text(text[at : named.start()]), called]
            ends = called.astext().endswith(".") and text[named.end() :].startswith(".")  # "n.d." ends a sentence
            at = named.end() + ends
    return [*found, nodes.Text(text[at:])]


def body_nodes(body: str, entry: Entry) -> list[nodes.Node]:
    """The body that published a source, the name of a journal or newspaper in italics."""
    if body and body == plain(entry.fields.get("journal") or entry.fields.get("journaltitle", "")):
        return [nodes.emphasis("", body)]
    name, rest = periodicals.split(body) if entry.fields.get("keywords") == "press" else ("", body)
    return ([nodes.emphasis("", name)] if name else []) + ([nodes.Text(rest)] if rest else [])


def source_nodes(row: Row, library: Mapping[str, Entry], date: str) -> list[nodes.Node]:
    """One testimony: who, what, when, where in it; whose voice; what it says; its BibTeX key."""
    found = cited_nodes(library.get(row["key"]), row["locator"])
    origin, group = row["origin"], row.get("origin_group") or row["origin"]
    said = f". {PERSPECTIVES.get(row['perspective'], row['perspective'])} perspective; origin: {origin}"
    found.append(nodes.Text(f"{said} ({group})." if group != origin else f"{said}."))
    return [*found, *remark_nodes(row, date, library), key_node(row["key"])]


def key_node(key: str) -> nodes.inline:
    """The BibTeX key of a source, with the blank before it; left out where the row has a page of its own that says it."""
    return nodes.inline("", f" {key}", classes=["key"])


def remark_nodes(row: Row, date: str, library: Mapping[str, Entry]) -> list[nodes.Node]:
    """What a testimony says of its own: that it came before the event, another date, its note; each after a blank."""
    found: list[nodes.Node] = []
    if row["testimony"] == "announces":
        found += [nodes.Text(" "), nodes.strong("", "Announces it beforehand.")]
    if row["date_given"] and row["date_given"] != date:
        found.append(nodes.Text(f" Gives the date {dates.in_words(row['date_given'])}."))
    if row["note"]:
        found += told_nodes(f" {row['note'].rstrip('.')}.", library)
    return found


# directive and role -------------------------------------------------------------------------------------------------


class Chronology(SphinxDirective):
    """The events of one phase, by decade and year."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Make the page of one phase: overview, then the events year by year."""
        phase, root = self.arguments[0], Path(self.env.srcdir)
        for name in (EVENTS, SOURCES, *getattr(self.config, "bibtex_bibfiles", [])):
            self.env.note_dependency(str(root / name))
        try:
            register = read(root)
        except FileNotFoundError as error:
            name = Path(error.filename).relative_to(root).as_posix()
            raise self.error(
                f"{name} is missing: the chronology is made from it. Restore it with: git checkout -- {name}"
            ) from None
        except data.DataError as error:
            raise self.error(str(error)) from None
        if phase not in register.phases:
            raise self.error(f"chronology: no phase {phase!r} in {EVENTS}. There are: {', '.join(register.phases)}")
        self.library = library(self.env)
        events = [row for row in register.events if row["phase"] == phase]
        self.note(phase, events)
        testimonies = sum(len(register.sources.get(row["event_id"], [])) for row in events)
        found: list[nodes.Node] = [self.overview(events, testimonies)]
        for decade, rows in groupby(events, key=lambda row: f"{row['date'][:3]}0s"):
            # the theme looks for the places that the contents name as CSS selectors: no digit first
            section = nodes.section("", nodes.title("", decade), ids=[f"decade-{decade}"], classes=["chronology"])
            for year, group in groupby(rows, key=lambda row: row["date"][:4]):
                entries = [self.entry(row, register.sources.get(row["event_id"], [])) for row in group]
                section += nodes.section("", nodes.title("", year), *entries, ids=[f"year-{year}"])
            found.append(section)
        return found

    def note(self, phase: str, events: list[Row]) -> None:
        """Remember where each event stands."""
        known = self.env.__dict__.setdefault("pakrus_rows", {})
        here = self.env.docname
        elsewhere = {known[row["event_id"]][0] for row in events if row["event_id"] in known} - {here}
        for page in sorted(elsewhere):
            logger.warning(
                "the phase %s is on the page %s already: an event has one address", phase, page, location=here
            )
        known.update({row["event_id"]: (here, row["title"]) for row in events})

    def overview(self, events: list[Row], testimonies: int) -> nodes.paragraph:
        """Return the sentence that counts the events of the phase."""
        words = f"{counted(len(events), 'event')}, {testimonies} {'testimony' if testimonies == 1 else 'testimonies'}. "
        overview = nodes.paragraph("", nodes.Text(words), classes=["chronology-years"])
        for year in dict.fromkeys(row["date"][:4] for row in events):
            overview += [nodes.reference("", year, internal=True, refid=f"year-{year}"), nodes.Text(" ")]
        return overview

    def entry(self, row: Row, sources: list[Row]) -> event_entry:
        """Return one event: date, title, summary, accounts, sources."""
        entry = event_entry(
            "",
            event_title(
                "",
                row["title"],
                date=dates.range_in_words(row["date"], row["end_date"]),
                refid=row["event_id"],
                entry=formats.entry_file("events", row["event_id"]),
            ),
        )
        entry["ids"] = [row["event_id"]]
        entry += nodes.paragraph("", row["summary"])
        kind = kind_in_words(row)
        facts = [kind[:1].upper() + kind[1:], places_in_words(row["place"]), listed(row["people"])]
        facts += [trust(row["confidence"], sources), code(row["cooperation"])]
        meta = nodes.paragraph("", " · ".join(filter(None, facts)), classes=["event-meta"])
        if row["status"] != "happened":
            meta.insert(0, [nodes.strong("", STATUS.get(row["status"], row["status"])), nodes.Text(" · ")])
        entry += meta
        if row["dispute_note"]:
            entry += nodes.paragraph("", "", nodes.strong("", "Accounts differ: "), nodes.Text(row["dispute_note"]))
        keys = [source["key"] for source in sources]
        for key in keys:
            if key not in self.library:
                logger.warning(
                    "the event %s names the source %s, which is not in the bibliography",
                    row["event_id"],
                    key,
                    location=self.get_location(),
                )
        items = (
            nodes.list_item("", nodes.paragraph("", "", *source_nodes(source, self.library, row["date"])))
            for source in sources
        )
        own = formats.entry_file("events", row["event_id"])
        entry += event_sources(
            "", nodes.bullet_list("", *items), summary=count_of_sources(sources), keys=keys, entry=own
        )
        return entry


def library(env: BuildEnvironment) -> Any:
    """The bibliography as sphinxcontrib-bibtex has read it."""
    return env.get_domain("cite").bibdata.data.entries if "cite" in env.domains else {}


class RowRole(XRefRole):
    """``{event}`1966-01-10-tashkent-declaration` ``, ``{claim}`s1-48` ``: a link to the row, by its title or by words of one's own."""

    def process_link(
        self, env: BuildEnvironment, refnode: nodes.Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        """Take the words of a link that gives none from the row itself."""
        env.note_dependency(str(Path(env.srcdir, ROWS[refnode["reftype"]])))  # the title shown is the table's
        return title, target


def row_link(kind: str, target: str, page: str) -> pending_xref:
    """A link to a row (``kind`` is event or claim) by its title, for a directive on ``page``."""
    return pending_xref(
        "",
        nodes.inline("", target),
        refdomain="",
        reftype=kind,
        reftarget=target,
        refexplicit=False,
        refdoc=page,
        refwarn=True,
    )


def _resolve(app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Element) -> nodes.Node | None:
    if node.get("refdomain") or node.get("reftype") not in ROWS:
        return None
    page, title = getattr(env, "pakrus_rows", {}).get(node["reftarget"], (None, ""))
    if page is None:
        return None
    shown = content if node["refexplicit"] else nodes.inline("", title)
    return make_refnode(app.builder, node.get("refdoc", env.docname), page, node["reftarget"], shown)


def _unknown(app: Sphinx, domain: Any, node: pending_xref) -> bool | None:
    if domain is not None or node.get("reftype") not in ROWS:
        return None
    kind = node["reftype"]
    logger.warning(
        "no %s %r on a page of the book: see the identifiers in %s",
        kind,
        node["reftarget"],
        ROWS[kind],
        location=node,
        type="ref",
        subtype=kind,
    )
    return True


def _forget(app: Sphinx, env: Any, docname: str) -> None:
    known = getattr(env, "pakrus_rows", {})
    for name in [name for name, (page, _) in known.items() if page == docname]:
        del known[name]


def _merge(app: Sphinx, env: Any, docnames: set[str], other: Any) -> None:
    known = env.__dict__.setdefault("pakrus_rows", {})
    known.update({name: at for name, at in getattr(other, "pakrus_rows", {}).items() if at[0] in docnames})


# HTML ---------------------------------------------------------------------------------------------------------------


def _visit_entry(self: Any, node: event_entry) -> None:
    classes = " ".join(["event", *node["classes"]])
    self.body.append(f'<section class="{classes}" id="{escape(node["ids"][0], quote=True)}">\n')


def _depart_entry(self: Any, node: event_entry) -> None:
    self.body.append("</section>\n")


def _visit_title(self: Any, node: event_title) -> None:
    own = formats.entry(self.builder, node["entry"]) or f"#{node['refid']}"
    self.body.append(f'<h{self.section_level + 1}><a href="{escape(own, quote=True)}">{escape(node["date"])}</a> ')


def _depart_title(self: Any, node: event_title) -> None:
    self.body.append(f"</h{self.section_level + 1}>\n")


def _visit_sources(self: Any, node: event_sources) -> None:
    """The list in as little markup as it needs; most of the bytes of a chronology would be these."""
    output = formats.of(self.builder)
    own = formats.entry(self.builder, node["entry"]) if "entry" in node else None
    if own and node["keys"]:
        words = f"{node['summary'][:1].upper()}{node['summary'][1:]}"
        self.body.append(f'<p class="event-sources"><a href="{escape(own, quote=True)}">{words}</a></p>\n')
        raise nodes.SkipNode
    state = " open" if node.get("open") else ""
    head = f"<details{state}><summary>{node['summary']}</summary>" if output.folds else f"<p>{node['summary']}</p>"
    self.body.append(f"{head}\n<ul>\n")
    for item in node.findall(nodes.list_item):
        self.body.append("<li>")
        for part in item[0].children:
            write_compact(self, part)
        self.body.append("</li>\n")
    self.body.append("</ul>\n</details>\n" if output.folds else "</ul>\n")
    raise nodes.SkipNode


def write_compact(self: Any, part: nodes.Node) -> None:
    """Write a part of a source in few bytes: links without classes."""
    if isinstance(part, nodes.reference):
        target = part.get("refuri") or f"#{part['refid']}"
        self.body.append(f'<a href="{escape(target, quote=True)}">')
        for words in part.children:
            write_compact(self, words)
        self.body.append("</a>")
    elif "key" in getattr(part, "attributes", {}).get("classes", ()):
        if not formats.of(self.builder).entries:  # else the page of its own has it
            self.body.append(f" <i>{escape(part.astext().strip(), quote=False)}</i>")
    elif isinstance(part, nodes.Text):
        self.body.append(escape(part, quote=False))
    else:
        part.walkabout(self)


class SourcesApart(SphinxPostTransform):
    """Where every event has a page of its own, the sources on the chronology are a count; to go on with them takes time."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Leave the lists of one page out."""
        if formats.of(self.app.builder).entries:
            for sources in self.document.findall(event_sources):
                if "entry" in sources:
                    sources.clear()


# every other format ---------------------------------------------------------------------------------------------------


class EventToParagraphs(SphinxPostTransform):
    """Where a format knows neither sections of ours nor folds: date and title in bold, the sources as a list."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Make the page of one phase: overview, then the events year by year."""
        if formats.of(self.app.builder).html:
            return
        for entry in list(self.document.findall(event_entry)):
            title = next(entry.findall(event_title))
            words = nodes.strong("", f"{title['date']}: {title.astext()}")
            title.replace_self([nodes.target("", "", ids=entry["ids"]), nodes.paragraph("", "", words)])
            sources = next(entry.findall(event_sources))
            sources.replace_self(sources.children)
            entry.replace_self(entry.children)


def setup(app: Sphinx) -> None:
    app.add_node(event_entry, html=(_visit_entry, _depart_entry))
    app.add_node(event_title, html=(_visit_title, _depart_title))
    app.add_node(event_sources, html=(_visit_sources, None))
    app.add_post_transform(SourcesApart)
    app.add_post_transform(EventToParagraphs)
    app.add_directive("chronology", Chronology)
    for kind in ROWS:
        app.add_role(kind, RowRole(innernodeclass=nodes.inline, warn_dangling=True))
    app.connect("missing-reference", _resolve)
    app.connect("warn-missing-reference", _unknown)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
