"""How a row that evidence names reads where it has no page of its own: "Ayub Khan, Moscow, April 1965".

In comes the key of a row, or what picks it (``year=2017; flow=exports``); out go words, as nodes of docutils. A key that the
tables do not have stays, so that nothing is lost from sight.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from docutils import nodes
from pybtex.database import Entry

from pakrus import data, dates
from pakrus.folder import Folder
from pakrus.pages.chronology import called_node
from pakrus.terms import STATES

NAMED_BY = {  # the columns that say what a row is
    "agreements": ("title", "date"),
    "arms_transfers": ("designation", "supplier_name", "order_year"),
    "envoys": ("name", "title"),
    "exercises": ("series", "place", "start_date"),
    "institutions": ("body", "place", "start_date"),
    "leads": ("title", "date"),
    "project_milestones": ("description", "date"),
    "projects": ("title",),
    "unsc_votes": ("topic", "date"),
    "visits": ("visitor", "place", "start_date"),
}
CODED = ("series", "body")  # columns of codes that are words with hyphens


class Rows:
    """The rows of a data folder in words; ``library`` has the entries of the bibliography by their keys."""

    def __init__(self, folder: Folder, library: Mapping[str, Entry]) -> None:
        self.folder, self.library = folder, library
        self.read: dict[str, dict[str, dict[str, str]]] = {}

    @cached_property
    def titles(self) -> dict[str, dict[str, str]]:
        """How the descriptor calls the columns, by table."""
        resources = data.descriptor(self.folder)["resources"] if self.folder.descriptor.is_file() else []
        return {
            entry["name"]: {field["name"]: field.get("title", "") for field in entry["schema"]["fields"]}
            for entry in resources
        }

    @cached_property
    def states(self) -> dict[str, str]:
        """The names of states and bodies by their codes."""
        known = self.folder.table("actors").is_file()
        return ({row["code"]: row["name"] for row in data.rows("actors", self.folder)} if known else {}) | STATES

    def words(self, table: str, reference: str) -> list[nodes.Node]:
        """What a row is that is named by its key, or picked by columns and values."""
        return self.picked(table, reference) if "=" in reference else [nodes.Text(self.named(table, reference))]

    def named(self, table: str, key: str) -> str:
        """A row by the columns that say what it is, dates in words."""
        if table not in self.read:
            known = table in NAMED_BY and self.folder.table(table).is_file()
            rows = data.rows(table, self.folder) if known else []
            self.read[table] = {next(iter(row.values())): row for row in rows}
        row = self.read[table].get(key)
        if row is None:
            return key
        said = [row[column].replace("-", " ") if column in CODED else row[column] for column in NAMED_BY[table]]
        words = ", ".join(dates.in_words(part) if dates.valid(part) else part.rstrip(".") for part in said if part)
        return words[:1].upper() + words[1:]

    def picked(self, table: str, reference: str) -> list[nodes.Node]:
        """The columns by their titles with their values: states by their names, a source by what it is called."""
        found: list[nodes.Node] = []
        for column, _, value in (pair.partition("=") for pair in reference.split("; ")):
            title = (self.titles.get(table, {}).get(column) or column.replace("_", " ")).removesuffix(" code")
            found.append(nodes.Text(f"{', ' if found else ''}{title[:1].lower()}{title[1:]} "))
            is_source = column == "source" and value in self.library
            found.append(called_node(self.library[value]) if is_source else nodes.Text(self.states.get(value, value)))
        return found
