"""``{claims}``: every audited claim under its permanent address; ``{claims-evidence}``: what each verdict rests on.

Claims come from data/claims.csv, their evidence from data/claim_evidence.csv, the articles from
data/claim_articles.csv. The anchor of a claim is its ``claim_id`` in lower case and stays with it;
``{claim}`s1-48` `` links to it, ``{claim}`evidence-s1-48` `` to its evidence, which has a page of its own: together they
would be too heavy for one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from pakrus import data
from pakrus.folder import Folder
from pakrus.pages import formats
from pakrus.pages.cells import badge_classes
from pakrus.pages.chronology import (
    CLAIMS,
    cited_nodes,
    counted,
    event_entry,
    event_sources,
    event_title,
    key_node,
    library,
    row_link,
    told_nodes,
)
from pakrus.pages.rows import NAMED_BY, Rows
from pakrus.quotations import quoted
from pakrus.terms import BEARINGS, CLAIM_PHASES, THEMES, VERDICTS

logger = logging.getLogger(__name__)
EVIDENCE, ARTICLES = "data/claim_evidence.csv", "data/claim_articles.csv"
LEDGER = "claims"  # what the address of an article in the ledger begins with: ``claims-s1``
Row = dict[str, str]


class ClaimsDirective(SphinxDirective):
    """What the directives share: the tables, read with the page noted as hanging on them."""

    has_content = False

    def table(self, name: str) -> list[Row]:
        """Return the rows of a table; the page is built again when it changes."""
        path = Path(self.env.srcdir, name)
        self.env.note_dependency(str(path))
        try:
            return data.rows(path.stem, Folder(path.parent))
        except data.DataError as error:
            raise self.error(str(error)) from None

    def note(self, titles: dict[str, str]) -> None:
        """Remember which rows stand on this page, and under which words others link to them."""
        known = self.env.__dict__.setdefault("pakrus_rows", {})
        known.update({row: (self.env.docname, title) for row, title in titles.items()})

    def section(self, article: Row, prefix: str) -> nodes.section:
        """Return an empty section for the claims of one article."""
        title = nodes.title("", f"{article['article'].upper()}: {article['title']}")
        return nodes.section("", title, ids=[f"{prefix}-{article['article']}"], classes=["chronology"])


def _entry(row: Row, address: str) -> event_entry:
    title = event_title(
        "",
        quoted(row["quote"]),
        date=row["claim_id"],
        refid=address,
        entry=formats.entry_file("claims", row["claim_id"].lower()),
    )
    entry = event_entry("", title)
    entry["ids"], entry["classes"] = [address], ["claim"]
    return entry


def _verdict(row: Row) -> nodes.paragraph:
    words = row["verdict"]
    return nodes.paragraph("", "", nodes.strong("", words.capitalize(), classes=badge_classes(words)))


class Claims(ClaimsDirective):
    """Every claim, article by article, with verdict, right value and note, and the way to its evidence."""

    def run(self) -> list[nodes.Node]:
        """Make the sections, one an article."""
        claims, evidence, articles = self.table(CLAIMS), self.table(EVIDENCE), self.table(ARTICLES)
        self.note({row["claim_id"].lower(): row["claim_id"] for row in claims})
        pieces = Counter(item["claim_id"] for item in evidence)
        found: list[nodes.Node] = []
        for article in articles:
            rows = [row for row in claims if row["article"] == article["article"]]
            section = self.section(article, LEDGER)
            section += self.about(article, rows)
            for row in rows:
                section += self.entry(row, pieces[row["claim_id"]])
            found.append(section)
        return found

    def about(self, article: Row, rows: list[Row]) -> nodes.paragraph:
        """Return who wrote an article, when, and how its claims fared."""
        numbers = Counter(row["verdict"] for row in rows)
        verdicts = ", ".join(f"{numbers[verdict]} {verdict}" for verdict in VERDICTS if numbers[verdict])
        who = f"{article['byline']}. " if article["byline"] else ""
        return nodes.paragraph(
            "", f"{who}{article['written_basis'].rstrip('.')}. {counted(len(rows), 'claim')}: {verdicts}."
        )

    def entry(self, row: Row, pieces: int) -> event_entry:
        """Return one claim under its address."""
        entry = _entry(row, row["claim_id"].lower())
        verdict = _verdict(row)
        if row["right_value"]:
            label = "Known" if row["verdict"] == "unverifiable" else "Right"
            verdict += nodes.Text(f". {label}: {row['right_value'].rstrip('.')}.")
        entry += verdict
        if row["reading"]:
            entry += nodes.paragraph("", f"Read as: {row['reading'].rstrip('.')}.")
        entry += nodes.paragraph("", row["note"])
        frame = f"frame: {row['frame'].replace('-', ' ')}" if row["frame"] else ""
        facts = [
            row["claim"],
            row["type"],
            THEMES[row["theme"]],
            CLAIM_PHASES.get(row["phase"], row["phase"]),
            frame,
        ]
        meta = nodes.paragraph("", " · ".join(filter(None, facts)), classes=["event-meta"])
        if pieces:
            link = row_link("claim", f"evidence-{row['claim_id'].lower()}", self.env.docname)
            meta += [nodes.Text(" · "), link]
        entry += meta
        return entry


class Evidence(ClaimsDirective):
    """What the verdict on each claim rests on: rows of the book's tables and sources, each with its bearing."""

    def run(self) -> list[nodes.Node]:
        """Make the sections, one an article."""
        claims, evidence, articles = self.table(CLAIMS), self.table(EVIDENCE), self.table(ARTICLES)
        for name in getattr(self.config, "bibtex_bibfiles", []):
            self.env.note_dependency(str(Path(self.env.srcdir, name)))
        for name in ("actors", *NAMED_BY):
            self.env.note_dependency(str(Path(self.env.srcdir, "data", f"{name}.csv")))
        self.library = library(self.env)
        self.rows = Rows(Folder(Path(self.env.srcdir, "data")), self.library)
        pieces: dict[str, list[Row]] = defaultdict(list)
        for item in evidence:
            pieces[item["claim_id"]].append(item)
        self.note(
            {f"evidence-{key.lower()}": f"{counted(len(rows), 'piece')} of evidence" for key, rows in pieces.items()}
        )
        found: list[nodes.Node] = []
        for article in articles:
            section = self.section(article, "evidence")
            for row in claims:
                if row["article"] == article["article"] and row["claim_id"] in pieces:
                    section += self.entry(row, pieces[row["claim_id"]])
            found.append(section)
        return found

    def entry(self, row: Row, evidence: list[Row]) -> event_entry:
        """Return one claim under its address."""
        entry = _entry(row, f"evidence-{row['claim_id'].lower()}")
        verdict = _verdict(row)
        verdict += [nodes.Text(": "), row_link("claim", row["claim_id"].lower(), self.env.docname)]
        entry += verdict
        items = (nodes.list_item("", nodes.paragraph("", "", *self.piece(row, item))) for item in evidence)
        summary = f"{counted(len(evidence), 'piece')} of evidence"
        entry += event_sources("", nodes.bullet_list("", *items), summary=summary, open=True)
        return entry

    def piece(self, row: Row, item: Row) -> list[nodes.Node]:
        """One piece of evidence: its bearing, the row or source with a link, what it says."""
        found: list[nodes.Node] = [nodes.Text(f"{BEARINGS[item['bearing']]}: ")]
        if item["table_name"] == "events":
            found.append(row_link("event", item["row_key"], self.env.docname))
        elif item["table_name"]:
            label = f"codebook-{item['table_name'].replace('_', '-')}"
            shown = nodes.inline("", f"table {item['table_name']}")
            found += [
                pending_xref("", shown, refdomain="std", reftype="ref", reftarget=label, refexplicit=True, refdoc=self.env.docname, refwarn=True),
                nodes.Text(", "), *self.rows.words(item["table_name"], item["row_key"]),
            ]  # fmt: skip
        else:
            if item["key"] not in self.library:
                logger.warning(
                    "the claim %s names the source %s, which is not in the bibliography",
                    row["claim_id"],
                    item["key"],
                    location=self.get_location(),
                )
            found += cited_nodes(self.library.get(item["key"]), item["locator"])
        if item["origin_group"]:
            found.append(nodes.Text(f". Origin: {item['origin_group']}"))
        found.append(nodes.Text("."))
        if item["note"]:
            found += told_nodes(f" {item['note'][:1].upper()}{item['note'][1:].rstrip('.')}.", self.library)
        return [*found, *([key_node(item["key"])] if item["key"] else [])]


def setup(app: Sphinx) -> None:
    app.add_directive("claims", Claims)
    app.add_directive("claims-evidence", Evidence)
