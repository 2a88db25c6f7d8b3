"""The tables that the pages of events, claims and projects are made from, each row findable from the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pakrus import data, dates
from pakrus.folder import Folder
from pakrus.pages.rows import Rows

Row = dict[str, str]
NAMES = (
    "events", "event_sources", "actors", "claims", "claim_articles", "claim_evidence", "claim_events", "projects",
    "project_milestones",
)  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """Rows by what they belong to; ``library`` has the entries of the bibliography by their keys, ``rows`` the words for other rows."""

    events: dict[str, Row]
    sources: Mapping[str, list[Row]]
    actors: dict[str, str]
    claims: dict[str, Row]
    articles: dict[str, Row]
    evidence: Mapping[str, list[Row]]
    claims_about: Mapping[str, list[str]]
    projects: dict[str, Row]
    steps: Mapping[str, list[Row]]
    steps_at: Mapping[str, list[Row]]
    library: Any
    rows: Rows

    @property
    def names(self) -> set[str]:
        """What other pages link to: the anchors of events and claims, and of the evidence on these."""
        claims = {name.lower() for name in self.claims}
        return {*self.events, *claims, *(f"evidence-{name}" for name in claims)}


def read(folder: Path, library: Any) -> Tables:
    """Return the tables of a data folder in order of time; one that is not there is empty."""
    rows = {name: data.rows(name, Folder(folder)) if (folder / f"{name}.csv").is_file() else [] for name in NAMES}
    projects = dates.in_reading_order(rows["projects"], "first_announced", "project_id")
    steps = dates.in_reading_order(rows["project_milestones"], "date", "milestone_id")
    about: dict[str, list[str]] = defaultdict(list)
    owner = {row["milestone_id"]: row["project_id"] for row in steps}
    pairs = [(row["event_id"], row["claim_id"]) for row in rows["claim_events"]]
    for row in rows["claim_evidence"]:
        if row["table_name"] in ("events", "projects", "project_milestones"):
            pairs.append((owner.get(row["row_key"], row["row_key"]), row["claim_id"]))
    for name, claim in sorted(set(pairs)):
        about[name].append(claim)
    return Tables(
        events=_by(dates.in_reading_order(rows["events"], "date", "event_id"), "event_id"),
        sources=_grouped(rows["event_sources"], "event_id"),
        actors={row["code"]: row["name"] for row in rows["actors"]},
        claims=_by(rows["claims"], "claim_id"),
        articles=_by(rows["claim_articles"], "article"),
        evidence=_grouped(rows["claim_evidence"], "claim_id"),
        claims_about=about,
        projects=_by(projects, "project_id"),
        steps=_grouped(steps, "project_id"),
        steps_at=_grouped((row for row in steps if row["event_id"]), "event_id"),
        library=library,
        rows=Rows(Folder(folder), library),
    )


def _by(rows: Iterable[Row], column: str) -> dict[str, Row]:
    return {row[column]: row for row in rows}


def _grouped(rows: Iterable[Row], column: str) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found
