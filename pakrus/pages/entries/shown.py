"""What the page of an event, a claim or a project says: from rows of the tables to the parts that the template sets.

In come `Tables`, the uses of each row and addresses; out come `Entry`, plain texts and pieces of markup. Words for dates,
codes, sources and counts are those of `pakrus.pages.chronology`. The one difficulty is that a source there is a list of
docutils nodes, since Sphinx pages are made of them: `markup` writes the five kinds that occur.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from docutils import nodes
from markupsafe import Markup, escape

from pakrus import dates
from pakrus.citation import named
from pakrus.pages import chronology, formats
from pakrus.pages.cells import badge_classes
from pakrus.pages.claims import LEDGER
from pakrus.pages.entries.tables import Row, Tables
from pakrus.pages.entries.uses import Use
from pakrus.pages.languages import direction, foreign, pieces
from pakrus.pages.lengths import cut
from pakrus.quotations import quoted
from pakrus.terms import BEARINGS, CLAIM_PHASES, PERSPECTIVES, SOURCE_KINDS, STATUS, THEMES

NAMED = 3  # sources in a line of credit
NEAR = 2  # neighbours in time on each side


class Context(NamedTuple):
    """What the pages are made from; addresses are relative to the pages' folder."""

    tables: Tables
    uses: Mapping[str, list[Use]]
    rows: dict[str, str]
    labels: dict[str, str]
    author: str = ""
    explorer: str = ""  # where the explorer is, if there is one
    scale: str = ""  # where the scale of acts is explained


class Section(NamedTuple):
    """A heading with its list."""

    heading: str
    items: list[Markup]
    intro: str = ""


@dataclass
class Entry:
    """The page of one row."""

    name: str
    title: str
    heading: str
    kind: tuple[str, str]  # words for who hears it, and what is seen
    summary: str
    description: str
    about: dict[str, Any]
    work_title: str
    when: str = ""
    machine_date: str = ""
    badges: list[tuple[str, str]] = field(default_factory=list)  # what each says, for who hears it, and its words
    notes: list[tuple[str, str]] = field(default_factory=list)
    facts: list[tuple[str, str | Markup]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    sources: tuple[str, ...] = ()  # what it rests on, for a line of credit
    also: list[tuple[str, str]] = field(default_factory=list)


def all_entries(context: Context) -> dict[str, list[Entry]]:
    """Return the pages of each kind."""
    tables = context.tables
    return {
        "events": [event(context, name) for name in tables.events],
        "claims": [claim(context, name) for name in tables.claims],
        "projects": [project(context, name) for name in tables.projects],
    }


# an event -----------------------------------------------------------------------------------------------------------


def event(context: Context, name: str) -> Entry:
    """Return the page of an event."""
    tables, row = context.tables, context.tables.events[name]
    sources = tables.sources.get(name, [])
    when = dates.range_in_words(row["date"], row["end_date"])
    kind = chronology.kind_in_words(row)
    place = chronology.places_in_words(row["place"])
    about: dict[str, Any] = {"@type": "Event", "name": row["title"], "startDate": row["date"]}
    about |= {"endDate": row["end_date"]} if row["end_date"] else {}
    about |= {"location": {"@type": "Place", "name": place}} if place else {}
    facts = [
        ("Place", explored(context, "place", place)),
        ("People", explored(context, "person", chronology.listed(row["people"]))),
        ("Parties", "; ".join(tables.actors.get(code, code) for code in row["actors"].split("; ") if code)),
        ("Act", on_the_scale(context, row["cooperation"])),
        ("Sureness", chronology.trust(row["confidence"], sources)),
    ]
    entry = Entry(
        name,
        row["title"],
        row["title"],
        ("Kind of event: ", kind[:1].upper() + kind[1:]),
        row["summary"],
        cut(f"{when}: {row['summary']}"),
        {"@type": "WebPage", "name": row["title"], "about": about},
        row["title"],
        when=when,
        machine_date=row["date"],
        badges=[
            *([("What came of it", STATUS[row["status"]])] if row["status"] != "happened" else []),
            ("Sureness", row["confidence"]),
        ],
        notes=[("Accounts differ", row["dispute_note"])],
        facts=[(term, value) for term, value in facts if value],
    )
    entry.notes = [note for note in entry.notes if note[1]]
    entry.sections = [
        Section("Sources", [source(tables, one, row["date"]) for one in sources], chronology.count_of_sources(sources)),
        Section("Claims it bears on", [claim_link(tables, claim) for claim in tables.claims_about.get(name, [])]),
        Section("Promises", [step_link(tables, step) for step in tables.steps_at.get(name, [])]),
        in_the_book(context, name),
        neighbours(tables, tables.events, name, event_link),
    ]
    entry.sources = underlying(tables, (one["key"] for one in sources))
    entry.also = also(context, [("In the chronology", name)])
    return entry


def on_the_scale(context: Context, value: str) -> Markup:
    """The code of an act, with the ends of the scale that it is on and the way to its rules."""
    scale = link(context.scale, "on a scale")
    return Markup("{}, {} from \u22125 (war) to +5 (alliance)").format(chronology.code(value), scale)


def explored(context: Context, field_: str, names: str) -> str | Markup:
    """Names as links to the list of all that is known of each, where there is an explorer."""
    if not context.explorer or not names:
        return names
    addresses = ((f"{context.explorer}?{urlencode({field_: name})}", name) for name in names.split(", "))
    return Markup(", ").join(link(address, name) for address, name in addresses)


def source(tables: Tables, row: Row, date: str) -> Markup:
    """One testimony with its badges: kind, perspective, origin."""
    origin, group = row["origin"], row.get("origin_group") or row["origin"]
    badges = [
        *kind_of(tables, row["key"]),
        f"{PERSPECTIVES.get(row['perspective'], row['perspective'])} perspective",
        f"origin: {origin} ({group})" if group != origin else f"origin: {origin}",
    ]
    remarks = markup(chronology.remark_nodes(row, date, tables.library))
    return Markup("{}. {}{}").format(cited(tables, row), badge(*badges), remarks)


def kind_of(tables: Tables, key: str) -> list[str]:
    """The kind of a source in words, if the bibliography says it."""
    entry = tables.library.get(key)
    word = entry.fields.get("keywords", "") if entry is not None else ""
    return [SOURCE_KINDS[word].capitalize()] if word in SOURCE_KINDS else []


def cited(tables: Tables, row: Row) -> Markup:
    """The source of a row as it is cited; its key in the bibliography is for programs, not for readers."""
    words = markup(chronology.cited_nodes(tables.library.get(row["key"]), row["locator"]))
    return Markup('<data value="{}">{}</data>').format(row["key"], words) if row["key"] else words


# a claim ------------------------------------------------------------------------------------------------------------


def claim(context: Context, name: str) -> Entry:
    """Return the page of a claim: what was said, the verdict, and what that rests on."""
    tables, row = context.tables, context.tables.claims[name]
    article = tables.articles.get(row["article"], {"title": "", "byline": "", "written": ""})
    evidence = tables.evidence.get(name, [])
    label = "Known" if row["verdict"] == "unverifiable" else "Right"
    facts = [
        ("As restated", row["claim"]),
        ("Article", article_link(context, row, article["title"])),
        ("Written by", article["byline"]),
        ("Written", dates.in_words(article["written"]) if dates.valid(article["written"]) else article["written"]),
        ("Type", row["type"]),
        ("Theme", THEMES[row["theme"]]),
        ("Time it is about", CLAIM_PHASES.get(row["phase"], row["phase"])),
        ("Frame", row["frame"].replace("-", " ")),
    ]
    entry = Entry(
        name.lower(),
        f"{name}: {quoted(row['quote'])}",
        quoted(row["quote"]),
        ("", f"Claim {name}"),
        row["note"],
        cut(f"{row['verdict'].capitalize()}. {row['note']}"),
        {
            "@type": "ClaimReview",
            "name": f"Claim {name}",
            "claimReviewed": row["claim"],
            "itemReviewed": {"@type": "Claim", "name": row["quote"]},
            "reviewRating": {"@type": "Rating", "alternateName": row["verdict"]},
            "author": {"@type": "Organization", "name": context.author},
        },
        quoted(row["quote"]),
        badges=[("Verdict", row["verdict"])],
        notes=[(label, row["right_value"]), ("Read as", row["reading"])],
        facts=[(term, value) for term, value in facts if value],
    )
    entry.notes = [note for note in entry.notes if note[1]]
    entry.sections = [
        Section(
            "Evidence",
            [piece(context, item) for item in evidence],
            f"{chronology.counted(len(evidence), 'piece')} of evidence",
        ),
        in_the_book(context, name.lower()),
        neighbours(tables, tables.claims, name, claim_link),
    ]
    year = f" ({dates.year(article['written'])})" if dates.valid(article["written"]) else ""
    entry.sources = (article["title"] + year,) if article["title"] else ()
    entry.also = also(context, [("In the ledger", name.lower()), ("In the evidence", f"evidence-{name.lower()}")])
    return entry


def article_link(context: Context, row: Row, title: str) -> Markup:
    """The article that a claim is taken from, with a link to where all its claims and what is known of it stand."""
    ledger = context.rows.get(row["claim_id"].lower(), "").partition("#")[0]
    address = f"{ledger}#{LEDGER}-{row['article']}" if ledger else ""
    return Markup("{} ({})").format(link(address, title), row["article"].upper())


def piece(context: Context, item: Row) -> Markup:
    """One piece of evidence: bearing, the row or source with its link, badges, what it says."""
    tables, badges = context.tables, [BEARINGS[item["bearing"]].lower()]
    if item["table_name"]:
        target = row_link(context, item["table_name"], item["row_key"])
    else:
        target = cited(tables, item)
        badges += kind_of(tables, item["key"])
    badges += [f"origin: {item['origin_group']}"] if item["origin_group"] else []
    note = f" {item['note'][:1].upper()}{item['note'][1:].rstrip('.')}." if item["note"] else ""
    return Markup("{}. {}{}").format(target, badge(*badges), told(tables, note))


def row_link(context: Context, table: str, key: str) -> Markup:
    """A link to a row: to its own page if it has one, else to where the codebook describes its table."""
    tables = context.tables
    if table == "events" and key in tables.events:
        return event_link(tables, key)
    step = next((row for rows in tables.steps.values() for row in rows if row["milestone_id"] == key), None)
    if table == "project_milestones" and step is not None:
        return step_link(tables, step)
    if table == "projects" and key in tables.projects:
        return project_link(tables, key)
    address = context.labels.get(f"codebook-{table.replace('_', '-')}", "")
    return Markup("{}, {}").format(link(address, f"table {table}"), markup(tables.rows.words(table, key)))


# a project ----------------------------------------------------------------------------------------------------------


def project(context: Context, name: str) -> Entry:
    """Return the page of a project: what was promised, step by step, and how far it came."""
    tables, row = context.tables, context.tables.projects[name]
    facts = [
        ("Field", row["field"].replace("-", " and ")),
        ("First announced", dates.in_words(row["first_announced"]) if row["first_announced"] else ""),
        ("Status", f"{row['status']}, as of {dates.in_words(row['status_as_of'])}"),
        ("What the status rests on", told(tables, row["status_note"].rstrip("."))),
    ]
    entry = Entry(
        name,
        row["title"],
        row["title"],
        ("", "Project"),
        row["summary"],
        cut(f"{row['status'].capitalize()}. {row['summary']}"),
        {"@type": "WebPage", "name": row["title"], "about": {"@type": "Project", "name": row["title"]}},
        row["title"],
        when=f"from {dates.in_words(row['first_announced'])}" if row["first_announced"] else "",
        machine_date=row["first_announced"],
        badges=[("Status", row["status"])],
        facts=[(term, value) for term, value in facts if value],
    )
    status = Markup("{}. {}").format(cited(tables, row), badge(*kind_of(tables, row["key"])))
    steps = tables.steps.get(name, [])
    entry.sections = [
        Section("Steps", [step_item(tables, step) for step in steps], chronology.counted(len(steps), "step")),
        Section("Source of the status", [status]),
        Section("Claims it bears on", [claim_link(tables, claim) for claim in tables.claims_about.get(name, [])]),
        in_the_book(context, *dict.fromkeys(step["event_id"] for step in steps if step["event_id"])),
        neighbours(tables, tables.projects, name, project_link),
    ]
    entry.sources = underlying(tables, (row["key"], *(step["key"] for step in steps)))
    return entry


def step_item(tables: Tables, step: Row) -> Markup:
    """One step of a project: when, which, what, how much, the event, the source."""
    amount = f" {amount_in_words(step)}." if step["amount"] else ""
    event_ = Markup(" Event: {}.").format(event_link(tables, step["event_id"])) if step["event_id"] else ""
    note = f" {step['note'].rstrip('.')}." if step["note"] else ""
    return Markup("<b>{}</b>{} {} {}.{}{} {}. {}{}").format(
        dates.in_words(step["date"]), heard(":"), badge(step["step"]), text(step["description"].rstrip(".")), amount, event_,
        cited(tables, step), badge(*kind_of(tables, step["key"])), told(tables, note),
    )  # fmt: skip


def amount_in_words(step: Row) -> str:
    """Return the amount of a step: "30,000,000 USD (contract)"."""
    number = float(step["amount"])
    written = f"{number:,.0f}" if number == int(number) else f"{number:,}"
    return f"{written} {step['currency']}" + (f" ({step['price_basis']})" if step["price_basis"] else "")


def underlying(tables: Tables, keys: Iterable[str]) -> tuple[str, ...]:
    """The sources of an entry for its line of credit: by name if they are few, else how many its page names."""
    found = [key for key in dict.fromkeys(keys) if key in tables.library]
    if len(found) > NAMED:
        return (f"the {len(found)} sources that the page names",)
    return tuple(named(tables.library[key]) for key in found)


# links and pieces ---------------------------------------------------------------------------------------------------


def link(address: str, words: str) -> Markup:
    """A link to an address of the pages' folder; the words alone where there is none."""
    return Markup('<a href="../{}">{}</a>').format(address, text(words)) if address else text(words)


def event_link(tables: Tables, name: str) -> Markup:
    """An event by date and title."""
    row = tables.events[name]
    when = dates.range_in_words(row["date"], row["end_date"])
    return Markup("{}: {}").format(when, link(formats.entry_file("events", name), row["title"]))


def claim_link(tables: Tables, name: str) -> Markup:
    """A claim by number, quotation and verdict."""
    row = tables.claims[name]
    address = formats.entry_file("claims", name.lower())
    return Markup("{} {}").format(link(address, f"{name}: {quoted(row['quote'])}"), badge(row["verdict"]))


def project_link(tables: Tables, name: str) -> Markup:
    """A project by title, first announcement and status."""
    row = tables.projects[name]
    when = f", announced {dates.in_words(row['first_announced'])}" if row["first_announced"] else ""
    return Markup("{}{}{} {}").format(
        link(formats.entry_file("projects", name), row["title"]), when, heard(","), badge(row["status"])
    )


def step_link(tables: Tables, step: Row) -> Markup:
    """A step by its project, with what it was."""
    project_ = link(formats.entry_file("projects", step["project_id"]), tables.projects[step["project_id"]]["title"])
    return Markup("{} {} {}").format(project_, badge(step["step"]), step["description"])


def in_the_book(context: Context, *names: str) -> Section:
    """The sections of the book that link to rows."""
    uses = dict.fromkeys(use for name in names for use in context.uses.get(name, []))
    items = [link(use.address, f"{use.page}: {use.section}" if use.section else use.page) for use in uses]
    return Section("In the book", items)


def neighbours(tables: Tables, rows: Mapping[str, Row], name: str, linked: Callable[[Tables, str], Markup]) -> Section:
    """The rows before and after one in the order of its table."""
    order = list(rows)
    at = order.index(name)
    near = [*order[max(at - NEAR, 0) : at], *order[at + 1 : at + 1 + NEAR]]
    return Section("Before and after", [linked(tables, other) for other in near])


def also(context: Context, wanted: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Where a row stands as well: words and address."""
    return [(words, f"../{context.rows[name]}") for words, name in wanted if name in context.rows]


def badge(*texts: str) -> Markup:
    """Words set as badges, a verdict with its shape; `small` is what they are, and there are thousands.

    What is heard, not seen, keeps them apart: else they would run into each other and into what follows.
    """
    named = [(" ".join(badge_classes(words)), text(words)) for words in texts]
    made = (
        Markup('<small class="{}">{}</small>').format(classes, words)
        if classes
        else Markup("<small>{}</small>").format(words)
        for classes, words in named
    )
    return Markup("{} ").format(heard(";")).join(made) + heard(".") if named else Markup()


def heard(words: str) -> Markup:
    """Words for who hears the page or copies from it; they are not seen. There are twenty thousand, so their mark is short."""
    return Markup("<s-r>{}</s-r>").format(words)


def markup(found: Iterable[nodes.Node]) -> Markup:
    """Inline nodes as HTML."""
    return Markup("").join(_one(node) for node in found)


def text(words: str | Markup) -> Markup:
    """Words as HTML, those of another script marked with their language; what is HTML already stays."""
    if isinstance(words, Markup):
        return words
    return Markup("").join(in_language(piece.text, piece.language) for piece in pieces(words))


def told(tables: Tables, words: str) -> Markup:
    """As `text`, for words that may name a source by its key: it is called as in the text, with a link to it."""
    return markup(chronology.told_nodes(words, tables.library))


def marked(words: Markup) -> Markup:
    """As `text`, for words that are HTML with tags of Latin letters only."""
    return Markup("").join(in_language(Markup(piece.text), piece.language) for piece in pieces(words))


def in_language(words: str | Markup, language: str | None) -> Markup:
    """Words of a language; None is the page's own."""
    if language is None:
        return escape(words)
    turned = Markup(' dir="{}"').format(direction(language)) if direction(language) else ""
    return Markup('<span lang="{}"{}>{}</span>').format(language, turned, words)


def _one(node: nodes.Node) -> Markup:
    if isinstance(node, nodes.Text):
        return text(node.astext())
    if isinstance(node, foreign):
        return in_language(node.astext(), node["language"])
    inner = markup(node.children)
    if isinstance(node, nodes.reference):
        return Markup('<a href="{}">{}</a>').format(node["refuri"], inner)
    tag = {nodes.strong: "strong", nodes.emphasis: "em"}.get(type(node))
    return Markup("<{}>{}</{}>").format(tag, inner, tag) if tag else inner
