"""The rules of dates: days of the calendar, in order, in the span of the book, and as identifiers and phases have them.

In go the rows of all tables (all values text), the descriptor, which says what columns are dates and which identifiers
were given when a date was known otherwise, and the day on which is asked; out come problems. The difficulty: a date may
be known to the month or year alone, so only what is surely wrong is told: a date that merely may be wrong passes.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from pybtex.database import BibliographyData

from pakrus import dates
from pakrus.checks.problem import HasEvents, Names, Problem, Row, Rule, Rules, readable
from pakrus.terms import session_of_year

FIRST_DAY = "1947-08-14"  # Pakistan's first
LISTED = (
    "pakrus:datedOtherwise"  # in a table's entry: identifiers given when the date was known otherwise, with the date
)
SESSION_OPENS = ("09-10", "09-25")  # a regular session of the General Assembly opens between these days
IDENTIFIED = (  # table, identifier, the date that it begins with
    ("events", "event_id", "date"),
    ("leads", "lead_id", "date"),
    ("visits", "visit_id", "start_date"),
    ("agreements", "agreement_id", "date"),
    ("exercises", "exercise_id", "start_date"),
    ("institutions", "session_id", "start_date"),
    ("project_milestones", "milestone_id", "date"),
)
ORDERED = (  # table, the earlier and the later column
    ("events", "date", "end_date"),
    ("visits", "start_date", "end_date"),
    ("exercises", "start_date", "end_date"),
    ("institutions", "start_date", "end_date"),
    ("agreements", "date", "entry_into_force"),
    ("envoys", "arrival_or_appointment", "credentials_date"),
    ("envoys", "arrival_or_appointment", "end_date"),
    ("envoys", "credentials_date", "end_date"),
    ("envoys", "named_from", "named_until"),
    ("projects", "first_announced", "status_as_of"),
    ("phases", "first_day", "last_day"),
)
WITHIN = (  # tables by hand whose dates belong to the span of the book: since Pakistan's first day
    "event_sources", "visits", "agreements", "exercises", "envoys", "institutions", "projects", "project_milestones",
    "phases", "phase_boundaries", "claim_articles",
)  # fmt: skip
PAST = {  # table -> dates that cannot lie ahead, and the cell that says that a row tells what was, where one does
    "events": (("date", "end_date"), ("status", "happened")),
    "visits": (("start_date", "end_date"), ("status", "happened")),
    "exercises": (("start_date", "end_date"), ("status", "happened")),
    "institutions": (("start_date", "end_date"), ("status", "happened")),
    "event_sources": (("date_given",), ("testimony", "reports")),
    "leads": (("date",), ("kind", "act")),
    "agreements": (("date", "entry_into_force"), None),
    "envoys": (("arrival_or_appointment", "credentials_date", "end_date", "named_from", "named_until"), None),
    "projects": (("first_announced", "status_as_of"), None),
    "project_milestones": (("date",), None),
    "claim_articles": (("written",), None),
}

rule = Rules()


@dataclass(frozen=True)
class Known(HasEvents):
    """What the rules know of all tables, of the descriptor and of the last day on which a source was read."""

    rows: Mapping[str, list[Row]]
    package: dict
    read: str

    @cached_property
    def dated(self) -> dict[str, list[str]]:
        """The columns of each table that hold dates: those whose pattern lets a day of the calendar through and no word."""
        return {
            entry["name"]: [field["name"] for field in entry["schema"]["fields"] if _of_dates(field)]
            for entry in self.package["resources"]
        }

    @cached_property
    def listed(self) -> dict[str, dict[str, str]]:
        """For each table the identifiers that were given when the date was known otherwise, with the date."""
        return {entry["name"]: entry.get(LISTED, {}) for entry in self.package["resources"]}

    @cached_property
    def phases(self) -> dict[str, Row]:
        """The phases by their identifier."""
        return {row["phase"]: row for row in self.rows.get("phases", [])}


def last_reading(library: BibliographyData | None) -> str:
    """Return the last day on which a source was read (`urldate`): what happened lies no later.

    The machine's day would let the same data pass on one day and fail on another.
    """
    entries = library.entries.values() if library else ()
    return max((entry.fields.get("urldate", "") for entry in entries), default="") or dates.OPEN


def days(rows: Mapping[str, list[Row]], package: dict) -> list[Problem]:
    """Return the dates that the calendar does not have: a fault of form, so that no rule need ask what such a day means."""
    known = Known(rows, package, "")
    return [
        problem
        for table, columns in known.dated.items()
        for problem in OF_THE_CALENDAR.problems(table, readable(rows, table) if columns else [], (columns, known))
    ]


def problems(rows: Mapping[str, list[Row]], package: dict, read: str) -> list[Problem]:
    """Return where dates break the rules; `read` is the last day on which a source was read (`last_reading`)."""
    return rule.problems(rows, Known(rows, package, read))


def _of_dates(field: dict) -> bool:
    pattern = field.get("constraints", {}).get("pattern")
    lets = partial(re.search, pattern) if pattern else lambda text: None
    return bool(lets("2001-09-11")) and not any(map(lets, ("2001-09-11-a", "A", "1")))


def earlier(one: str, other: str) -> bool:
    """Return whether a cell is surely an earlier date than another; what is no date, as a cell may be, comes before nothing."""
    return dates.valid(one) and dates.valid(other) and dates.before(one, other)


def _impossible(rows: list[Row], asked: tuple[list[str], Known]) -> Iterator[tuple[int, Names]]:
    columns, _ = asked
    for number, row in enumerate(rows, start=2):
        yield from ((number, {"column": column}) for column in columns if row[column] and not dates.valid(row[column]))


OF_THE_CALENDAR = Rule(
    "date", "a day, month or year of the calendar (ISO 8601)",
    "Correct the date; give it no more precisely than the source.", _impossible,
)  # fmt: skip


# one date and another of its row --------------------------------------------------------------------------------------


def _comes_first(first: str, last: str, row: Row, _: Known) -> Iterator[Names]:
    if earlier(row[last], row[first]):
        yield {"first": row[first], "named": first}


for _table, _first, _last in ORDERED:
    rule(_table, _last, "no earlier than {first}, its {named}", "Swap or correct the dates.")(
        partial(_comes_first, _first, _last)
    )


def _begins_with_its_date(table: str, key: str, date: str, row: Row, known: Known) -> Iterator[Names]:
    """The identifier is given once; where the date was then known otherwise, the descriptor says what it is now."""
    listed = known.listed.get(table, {}).get(row[key])
    if not dates.valid(row[date]) or row[date] == listed:
        return
    if listed:
        yield {"column": date, "date": listed, "which": f"{listed}, as the descriptor lists it for {row[key]}"}
        return
    rest = row[key].removeprefix(f"{row[date]}-")
    finer = re.match(r"\d\d(?=-)", rest) if rest != row[key] and len(row[date]) < 10 else None
    if rest == row[key] or (finer and dates.valid(f"{row[date]}-{finer[0]}")):
        yield {"which": f"an identifier that begins with {row[date]}- as its {date} does"}


for _table, _key, _date in IDENTIFIED:
    rule(
        _table, _key, "{which}",
        "Correct the date, or the identifier of a row never yet published. If sources now date a published row otherwise, "
        f"keep the identifier and enter it with the date in the descriptor under {LISTED}.",
    )(partial(_begins_with_its_date, _table, _key, _date))  # fmt: skip


@rule("events", "date_precision", "{precision} for {date}", "Make precision and date say the same.")
def _precision_of_its_date(row: Row, _: Known) -> Iterator[Names]:
    if dates.valid(row["date"]) and row["date_precision"] != dates.precision(row["date"]):
        yield {"precision": dates.precision(row["date"])}


@rule("envoys", "envoy_id", "{which}", "Correct the states and dates, or the identifier of a row never yet published.")
def _envoy_of_his_identifier(row: Row, _: Known) -> Iterator[Names]:
    states = f"{row['sending_state']}-to-{row['receiving_state']}-".lower()
    if not row["envoy_id"].startswith(states):
        yield {"which": f"an identifier that begins with {states}"}
        return
    year = row["envoy_id"].removeprefix(states).split("-")[0]
    known = [row[column] for column in ("arrival_or_appointment", "credentials_date") if dates.valid(row[column])]
    if known and min(known)[:4] != year:
        yield {"which": f"the year {min(known)[:4]} of his first date after {states}"}


# the span of the book -------------------------------------------------------------------------------------------------


def _since_independence(table: str, row: Row, known: Known) -> Iterator[Names]:
    yield from ({"column": name} for name in known.dated[table] if earlier(row[name], FIRST_DAY))


for _table in WITHIN:
    rule(_table, "date", f"a date from {FIRST_DAY}", "Correct the date.")(partial(_since_independence, _table))


def _not_ahead(table: str, row: Row, known: Known) -> Iterator[Names]:
    columns, told = PAST[table]
    if told is None or row[told[0]] == told[1]:
        yield from ({"column": name, "read": known.read} for name in columns if earlier(known.read, row[name]))


for _table in PAST:
    rule(
        _table, "date", "a day no later than {read}, on which the last source was read, as the row says what was",
        "Correct the date, or say that it is planned.",
    )(partial(_not_ahead, _table))  # fmt: skip


# phases and their rivals ----------------------------------------------------------------------------------------------


@rule.whole("phases", "first_day", "{wanted}", "Phases follow each other without a gap: correct one of the two rows.")
def _phases_follow_each_other(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    day, session = FIRST_DAY, None
    for number, row in enumerate(rows, start=2):
        if row["number"] != str(number - 1):
            yield number, {"column": "number", "wanted": f"{number - 1}, its place in time"}
        if row["first_day"] != day:
            yield (
                number,
                {"wanted": f"{day}, the day after the phase before" if number > 2 else f"{day}, the first day"},
            )
        if session is not None and row["first_session"] != session:
            yield (
                number,
                {"column": "first_session", "wanted": f"{session}, the session after those of the phase before"},
            )
        if not row["last_day"] and number <= len(rows):
            yield number, {"column": "last_day", "wanted": "the day before the next phase begins"}
        if row["last_day"] and number == len(rows) + 1:
            yield number, {"column": "last_day", "wanted": "nothing, as the last phase lasts"}
        day = _next(row["last_day"]) if len(row["last_day"]) == 10 and dates.valid(row["last_day"]) else day
        session = str(int(row["last_session"]) + 1) if row["last_session"].isdigit() else None


def _next(day: str) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()


def opens_after(date: str) -> set[str]:
    """Return the sessions of the General Assembly that may be the first to open after a date; two in mid-September."""
    day, year = dates.span(date)[0], dates.year(date)
    early, late = (f"{year}-{day_of_year}" for day_of_year in SESSION_OPENS)
    this, following = (str(session_of_year(year)), str(session_of_year(year + 1)))
    return {this} if day < early else {following} if day > late else {this, following}


def _opening(date: str, row: Row, _: Known) -> Iterator[Names]:
    if dates.valid(row[date]) and row["first_session"] not in opens_after(row[date]):
        yield {"wanted": " or ".join(sorted(opens_after(row[date]))), "day": row[date]}


for _table, _date in (("phases", "first_day"), ("phase_boundaries", "date")):
    rule(
        _table, "first_session", "{wanted}, the first session that opens after {day}", "Correct the session or the date."
    )(partial(_opening, _date))  # fmt: skip


@rule(
    "phase_boundaries", "date", "another day than {first_day}, between the two phases that it would part",
    "Correct the date or the phase.",
)  # fmt: skip
def _parts_two_phases(row: Row, known: Known) -> Iterator[Names]:
    order = list(known.phases)
    if row["into_phase"] not in order or not dates.valid(row["date"]):
        return
    place = order.index(row["into_phase"])
    into, before = known.phases[row["into_phase"]], known.phases[order[max(place - 1, 0)]]
    last = into["last_day"] or dates.OPEN
    if place == 0 or row["date"] == into["first_day"] or not dates.overlap(row["date"], before["first_day"], last):
        yield {"first_day": into["first_day"]}


@rule(
    "phase_boundaries", "event_id", "an event of {date}, the boundary's own date, or of a day beside it",
    "Mend the identifier or the date.",
)  # fmt: skip
def _on_the_day_of_its_event(row: Row, known: Known) -> Iterator[Names]:
    event = known.events.get(row["event_id"])
    if event and not near(row["date"], "", event["date"], event["end_date"]):
        yield {}


def near(date: str, until: str, other: str, other_until: str, days: int = 1) -> bool:
    """Return whether two spans of time, with dates of any precision, may lie within some days of each other.

    An empty end stands for that of the beginning; what is no date is near everything, as it is reported by itself.
    """
    if not all(dates.valid(day) for day in (date, until or date, other, other_until or other)):
        return True
    slack = datetime.timedelta(days=days)
    first, last = dates.span(date)[0], dates.span(until or date)[1]
    start, end = dates.span(other)[0], dates.span(other_until or other)[1]
    one = datetime.date.fromisoformat
    return one(first) <= one(end) + slack and one(start) <= one(last) + slack
