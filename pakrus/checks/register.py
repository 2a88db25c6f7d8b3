"""The rules of the register that a schema cannot say: events, testimony, origins, copies, phases.

In go rows in memory (all values text) and the bibliography, out come problems. The difficulty: what makes a row right
often stands in other rows, such as the sources of an event, so `Known` gathers once what the rules ask for again and again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pybtex.database import BibliographyData

from pakrus import dates
from pakrus.checks.calendar import FIRST_DAY, earlier
from pakrus.checks.problem import HasEvents, Names, Problem, Row, Rules

SUMMARY_WORDS = 60
COPIED_RUN = 12  # words in a row that two summaries may not share
TABLES = ("events", "event_sources", "actors", "phases")  # without one of these no rule can be asked
NAMED = ("event_sources", "leads", "claim_evidence")  # tables that name who stands behind a source
rule = Rules()


def problems(rows: Mapping[str, list[Row]], library: BibliographyData | None) -> list[Problem]:
    """Return where the tables of the register break its rules; without a `library` no source's date is looked at."""
    return rule.problems(rows, Known(rows, library)) if set(TABLES) <= rows.keys() else []


@dataclass(frozen=True)
class Known(HasEvents):
    """What the rules know of all tables and of the bibliography."""

    rows: Mapping[str, list[Row]]
    library: BibliographyData | None

    @cached_property
    def codes(self) -> set[str]:
        """Codes of the actors."""
        return {row["code"] for row in self.rows["actors"]}

    @cached_property
    def testimony(self) -> dict[str, list[Row]]:
        """The testimony on each event."""
        found = defaultdict(list)
        for row in self.rows["event_sources"]:
            found[row["event_id"]].append(row)
        return dict(found)

    @cached_property
    def spelling(self) -> dict[str, str]:
        """The usual spelling of each origin."""
        return usual_spelling(row["origin_group"] for table in NAMED for row in self.rows.get(table, []))

    def older(self, key: str, event: Row) -> str:
        """The date of a source that is older than an event which happened, else an empty text."""
        if self.library is None or key not in self.library.entries or event["status"] != "happened":
            return ""
        fields = self.library.entries[key].fields
        dated = fields.get("date") or fields.get("year") or ""
        return dated if earlier(dated, event["date"]) else ""


def phases_of(date: str, phases: list[Row]) -> list[str]:
    """Return the phases, of those in the rows of the table, into which a date may fall."""
    first, last = dates.span(date)
    return [row["phase"] for row in phases if row["first_day"] <= last and (row["last_day"] or dates.OPEN) >= first]


def origins(testimony: Iterable[Row]) -> set[str]:
    """Return the independent origins of those sources in rows of `event_sources` that report."""
    named = (row["origin_group"] for row in testimony if row["testimony"] == "reports")
    return {name.strip().casefold() for name in named if name.strip()}


def folded(name: str) -> str:
    """Return the name of an origin without what spellings differ by: case, article, points, an old plural."""
    return re.sub(r"\.com$|\W", "", name.casefold().removeprefix("the ")).replace("reuters", "reuter")


def usual_spelling(names: Iterable[str]) -> dict[str, str]:
    """Return for each folded name of an origin the spelling that is most frequent in `names`."""
    spelled = defaultdict(Counter)
    for name in filter(None, names):
        spelled[folded(name)][name] += 1
    return {key: max(count.items(), key=lambda item: (item[1], item[0]))[0] for key, count in spelled.items()}


# what an event says ---------------------------------------------------------------------------------------------------


@rule("events leads", "phase", "{possible} for {date}", "Correct the date or the phase.")
def _phase_of_its_date(row: Row, known: Known) -> Iterator[Names]:
    possible = phases_of(row["date"], known.rows["phases"]) if dates.valid(row["date"]) else [row["phase"]]
    if row["phase"] not in possible:
        yield {"possible": " or ".join(possible) or f"a date from {FIRST_DAY}"}


@rule("events", "actors", "a code of data/actors.csv, codes separated by '; '", "Add the actor there, or mend the spelling.")  # fmt: skip
def _actors_are_known(row: Row, known: Known) -> Iterator[Names]:
    yield from ({"found": code} for code in row["actors"].split("; ") if code not in known.codes)


@rule("events", "summary", f"at most {SUMMARY_WORDS} words", "Shorten it.")
def _summary_is_short(row: Row, _: Known) -> Iterator[Names]:
    words = len(row["summary"].split())
    if words > SUMMARY_WORDS:
        yield {"found": f"{words} words"}


@rule("events", "dispute_note", "who says what, as the row is marked disputed", "Say what the sources disagree on.")
def _dispute_is_told(row: Row, _: Known) -> Iterator[Names]:
    if row["confidence"] == "disputed" and not row["dispute_note"]:
        yield {}


@rule.whole(
    "events", "title", "no second row of the same day, actors, kind and title (row {first})",
    "Merge the two rows and keep the older identifier.",
)  # fmt: skip
def _no_event_twice(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    seen: dict[tuple, int] = {}
    for number, row in enumerate(rows, start=2):
        if row["date_precision"] == "day":
            twin = (row["date"], row["actors"], row["category"], row["title"].lower())
            if seen.setdefault(twin, number) != number:
                yield number, {"first": seen[twin]}


@rule.whole(
    "events", "summary", f"no run of {COPIED_RUN} words that also stands in row {{first}}",
    "Say it in words of its own, or merge the rows.",
)  # fmt: skip
def _no_summary_copied(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    seen: dict[tuple, int] = {}
    for number, row in enumerate(rows, start=2):
        words = re.findall(r"\w+", row["summary"].lower())
        runs = {tuple(words[i : i + COPIED_RUN]) for i in range(len(words) - COPIED_RUN + 1)}
        twin = next((seen[run] for run in sorted(runs) if run in seen), None)
        if twin:
            yield number, {"first": twin, "found": row["summary"][:60] + "…"}
        for run in runs:
            seen.setdefault(run, number)


# what its sources bear out --------------------------------------------------------------------------------------------


@rule(
    "event_sources", "testimony", "'announces', as the source is older than the event of {date}",
    "A plan is not an event: mark it as an announcement, and find a source that reports the event.",
)  # fmt: skip
def _no_report_before_the_event(row: Row, known: Known) -> Iterator[Names]:
    event = known.events.get(row["event_id"])
    dated = known.older(row["key"], event) if event and row["testimony"] == "reports" else ""
    if dated:
        yield {"found": f"reports ({row['key']}, {dated})", "date": event["date"]}


@rule(
    "event_sources", "date_given", "no date before {date}, that of the event",
    "Whoever tells of an earlier time bears out another thing: take the row out, or say in the event's dispute_note how the dates differ.",
)  # fmt: skip
def _tells_of_no_earlier_time(row: Row, known: Known) -> Iterator[Names]:
    """A source without a date of its own betrays by the date it gives that it is older than the event."""
    event = known.events.get(row["event_id"])
    told = event and row["testimony"] == "reports" and event["status"] == "happened" and not event["dispute_note"]
    if told and earlier(row["date_given"], event["date"]):
        yield {"date": event["date"]}


@rule(
    "events", "date", "{finer}, the date that {key} gives",
    "Take the finer date and keep the identifier; if it is not that of the whole event, say so in dispute_note.",
)  # fmt: skip
def _as_fine_as_its_witnesses(row: Row, known: Known) -> Iterator[Names]:
    """Where sources give finer dates that differ, the row stays coarse."""
    reports = [s for s in known.testimony.get(row["event_id"], []) if s["testimony"] == "reports"]
    finer = {s["date_given"]: s["key"] for s in reports if s["date_given"].startswith(f"{row['date']}-")}
    finest = [date for date in finer if not any(other.startswith(f"{date}-") for other in finer)]
    if len(finest) == 1 and row["date"] and not row["dispute_note"]:
        yield {"finer": finest[0], "key": finer[finest[0]]}


@rule(
    "events", "event_id", "at least one row in event_sources", "Add the source that was read, or remove the event."
)  # fmt: skip
def _has_a_source(row: Row, known: Known) -> Iterator[Names]:
    if row["event_id"] not in known.testimony:
        yield {}


@rule(
    "events", "status", "'planned', as its sources only announce it",
    "Find a source that reports it, or mark it as planned.",
)  # fmt: skip
def _somebody_reports_it(row: Row, known: Known) -> Iterator[Names]:
    testimony = known.testimony.get(row["event_id"])
    if testimony and row["status"] == "happened" and not any(s["testimony"] == "reports" for s in testimony):
        yield {}


@rule(
    "events", "confidence", "two sources of different origin that report it",
    "They all come from {origin!r}: find an independent one, or mark it 'reported'.",
)  # fmt: skip
def _confirmed_by_two_origins(row: Row, known: Known) -> Iterator[Names]:
    found = origins(known.testimony.get(row["event_id"], []))
    if row["status"] == "happened" and row["confidence"] == "confirmed" and len(found) == 1:
        yield {"origin": min(found)}


@rule(
    " ".join(NAMED), "origin_group", "{usual!r}, as other rows have it",
    "Write one origin one way, or two names of it count as two origins.",
)  # fmt: skip
def _origin_spelled_one_way(row: Row, known: Known) -> Iterator[Names]:
    usual = known.spelling.get(folded(row["origin_group"]), row["origin_group"])
    if row["origin_group"] != usual:
        yield {"usual": usual}
