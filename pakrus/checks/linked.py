"""The rules of what stands in two tables: visits, agreements, exercises, sessions and milestones agree with their events.

In go the rows of the register (all values text) and the bibliography, out come problems. The difficulty: a row and its
event tell of one thing at different length, so each rule asks only what must hold however much either says: that they
may have been at one time, that place and people of the row occur in the event, that one source bears both.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from pybtex.database import BibliographyData

from pakrus import dates, named
from pakrus.checks.calendar import near
from pakrus.checks.problem import HasEvents, Names, Problem, Row, Rules
from pakrus.checks.register import SUMMARY_WORDS
from pakrus.terms import SOVIET_UNTIL

COVERED = {  # table -> first and last day, the columns that name people, and the one that rows alike have in common
    "visits": ("start_date", "end_date", ("visitor", "counterpart"), "visitor"),
    "agreements": ("date", "date", ("signatory_pak", "signatory_rus"), "field"),
    "exercises": ("start_date", "end_date", (), "series"),
    "institutions": ("start_date", "end_date", ("head_pak", "head_rus"), "body"),
}
BOTH = {"PAK", "RUS"}
YEARS_APART = {"project_milestones": 5, "event_sources": 2}  # how far a row may look back or ahead from its event
BETWEEN_THE_TWO = ("state", "official", "working")  # kinds of visits that one of the two pays the other
TITLED = {  # type of an agreement -> how titles begin that say so
    "memorandum": ("Memorandum",),
    "protocol": ("Protocol",),
    "joint-statement": ("Joint statement", "Joint communiqué"),
    "contract": ("Contract",),
    "treaty": ("Treaty",),
}
NAMED_SERIES = ("druzhba", "arabian-monsoon", "aman", "peace-mission", "tsentr", "kavkaz")
TOLD = ("title", "summary", "dispute_note")  # where an event tells of itself

LEAST_SUM = 1000  # no undertaking of the ledger is about less
SAMPLE_WORDS = 13  # of a copied passage

rule = Rules()


@dataclass(frozen=True)
class Known(HasEvents):
    """What the rules know of all tables and of the bibliography."""

    rows: Mapping[str, list[Row]]
    library: BibliographyData | None

    @cached_property
    def leads(self) -> dict[str, Row]:
        """The leads by their identifier."""
        return {row["lead_id"]: row for row in self.rows.get("leads", [])}

    @cached_property
    def codes(self) -> dict[str, str]:
        """The kind of each actor, by its code."""
        return {row["code"]: row["kind"] for row in self.rows.get("actors", [])}

    @cached_property
    def persons(self) -> set[str]:
        """The names that the table of people has, without the bodies in it."""
        return {row["name"] for row in self.rows.get("people", []) if row["kind"] == "person"}

    @cached_property
    def alike(self) -> dict[tuple[str, str], set[str]]:
        """For rows of one table alike (visits of one person, sessions of one body) the sources of all their events."""
        found = defaultdict(set)
        for table, (*_, alike) in COVERED.items():
            for row in self.rows.get(table, []):
                found[table, row[alike]] |= self.keys.get(row["event_id"], set())
        return found

    @cached_property
    def keys(self) -> dict[str, set[str]]:
        """The sources of each event and each lead."""
        found = defaultdict(set)
        for row in self.rows.get("event_sources", []):
            found[row["event_id"]].add(row["key"])
        for name, row in self.leads.items():
            found[name] |= {row["key"], *filter(None, row["further_keys"].split("; "))}
        return found

    @cached_property
    def elsewhere(self) -> set[str]:
        """The sources of all events."""
        return {row["key"] for row in self.rows.get("event_sources", [])}

    @cached_property
    def milestones(self) -> dict[str, list[Row]]:
        """The milestones of each project."""
        found = defaultdict(list)
        for row in self.rows.get("project_milestones", []):
            found[row["project_id"]].append(row)
        return found

    def happened(self, row: Row) -> Row | None:
        """The event that covers a row which tells what happened."""
        return self.events.get(row["event_id"]) if row.get("status", "happened") == "happened" else None

    def dated(self, key: str) -> str:
        """The date of a source, an empty text where the bibliography has none."""
        fields = self.library.entries[key].fields if self.library and key in self.library.entries else {}
        date = fields.get("date") or fields.get("year") or ""
        return date if dates.valid(date) else ""

    def reprinted(self, key: str) -> bool:
        """Whether a source is a part of a volume, whose date is not the document's."""
        return bool(self.library and key in self.library.entries and self.library.entries[key].type == "incollection")


def problems(rows: Mapping[str, list[Row]], library: BibliographyData | None) -> list[Problem]:
    """Return where tables contradict each other; without a `library` no source's date is looked at."""
    return rule.problems(rows, Known(rows, library))


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Return a text in lower case and without marks on its letters, hyphens as blanks."""
    letters = unicodedata.normalize("NFKD", text.replace("-", " "))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def says(words: str, *texts: str) -> bool:
    """Return whether one of the words (of three letters or more) stands in one of the texts, in whatever letters."""
    found = " ".join(map(plain, texts))
    return any(word in found for word in re.findall(r"\w{3,}", plain(words)))


def _slug(key: str) -> str:
    return re.sub(r"^[\d-]+-", "", key).replace("-", " ")


# a row and the event that covers it -----------------------------------------------------------------------------------


def _at_its_time(table: str, row: Row, known: Known) -> Iterator[Names]:
    start, end, *_ = COVERED[table]
    event = known.happened(row)
    if event and not near(row[start], row[end], event["date"], event["end_date"]):
        yield {"date": dates.range_in_words(event["date"], event["end_date"])}


def _at_its_place(table: str, row: Row, known: Known) -> Iterator[Names]:
    """What is dated to the year alone may have been on another day than the event, and so elsewhere."""
    event, dated = known.happened(row), len(row[COVERED[table][0]]) > 4
    told = bool(event and dated and row["place"] and event["place"])
    if told and not says(row["place"], event["place"], *(event[column] for column in TOLD)):
        yield {"other": event["place"]}


def _with_its_people(column: str, row: Row, known: Known) -> Iterator[Names]:
    event = known.happened(row)
    if event:
        there = named.people(event["people"])
        for name in named.people(row[column]):
            if name in known.persons and name not in there and not says(name, *(event[told] for told in TOLD)):
                yield {"found": name, "people": event["people"] or "nobody"}


def _of_its_status(row: Row, known: Known) -> Iterator[Names]:
    """An event may be that something was called off; what happened, though, did so in an event that happened."""
    event = known.events.get(row["event_id"])
    if event and row["status"] == "happened" and event["status"] != "happened":
        yield {"other": event["status"]}


def _of_both(row: Row, known: Known) -> Iterator[Names]:
    event = known.events.get(row["event_id"])
    if event and not set(event["actors"].split("; ")) >= BOTH:
        yield {"actors": event["actors"]}


def _by_its_sources(table: str, row: Row, known: Known) -> Iterator[Names]:
    """A source may be the row's own; one that bears other events and neither this nor one alike was put there by mistake."""
    sources, alike = known.keys.get(row["event_id"]), known.alike[table, row[COVERED[table][-1]]]
    if sources and row["key"] in known.elsewhere and row["key"] not in alike:
        yield {"sources": ", ".join(sorted(sources))}


for _table, (_start, _, _people, _) in COVERED.items():
    rule(_table, _start, "the time of its event ({date}), or a day beside it", "Correct the date or the event.")(
        partial(_at_its_time, _table)
    )
    if _table != "exercises":  # a training ground and its region, a sea and its port
        rule(_table, "place", "the place of its event ({other})", "Correct the place, here or there.")(
            partial(_at_its_place, _table)
        )
    for _column in _people:
        rule(
            _table, _column, "somebody whom its event names ({people})", "Mend the name, here or in events, or the event."
        )(partial(_with_its_people, _column))  # fmt: skip
    rule(_table, "event_id", "an event with Pakistan and Russia among its actors ({actors})", "Mend the event.")(
        _of_both
    )
    rule(
        _table, "key", "a source of its event: {sources}", "Mend the key or the event, or enter the source in event_sources too."
    )(partial(_by_its_sources, _table))  # fmt: skip
    if _table != "agreements":
        rule(_table, "status", "{other!r}, as in events", "Make both tables say the same.")(_of_its_status)


def _near_its_event(table: str, date: str, row: Row, known: Known) -> Iterator[Names]:
    event, years = known.events.get(row["event_id"]), YEARS_APART[table]
    if event and row[date] and not near(row[date], "", event["date"], event["end_date"], days=366 * years):
        yield {"years": years, "when": event["date"]}


for _table, _date in (("project_milestones", "date"), ("event_sources", "date_given")):
    rule(_table, _date, "a date within {years} years of its event of {when}", "Correct the date, or the event.")(
        partial(_near_its_event, _table, _date)
    )


@rule("event_codings", "adjudicated", "{stands}, the value in events", "Make both tables say the same.")
def _value_stands(row: Row, known: Known) -> Iterator[Names]:
    event = known.events.get(row["event_id"])
    if event and row["adjudicated"] != event["cooperation"]:
        yield {"stands": event["cooperation"]}


@rule("event_codings", "rule", "what decided between {first} and {second}", "Name the rule of the scale.")
def _deciding_rule_is_named(row: Row, _: Known) -> Iterator[Names]:
    if len({row["first"], row["second"], row["adjudicated"]}) > 1 and not row["rule"]:
        yield {}


@rule(
    "event_sources", "testimony", "'reports', as the source is later than the event of {date}",
    "What was written afterwards reports or is silent: mark it so, or correct the date of the source.",
)  # fmt: skip
def _no_announcement_afterwards(row: Row, known: Known) -> Iterator[Names]:
    event, dated = known.events.get(row["event_id"]), known.dated(row["key"])
    if known.reprinted(row["key"]):  # the volume is younger than the document in it
        return
    if event and dated and row["testimony"] == "announces" and event["status"] == "happened":
        end = event["end_date"] or event["date"]
        if dates.valid(end) and dates.before(end, dated):
            yield {"found": f"announces ({row['key']}, {dated})", "date": event["date"]}


# what was read again --------------------------------------------------------------------------------------------------


@rule("recheck", "event_id", "an event, or a lead that was one", "Mend the identifier.")
def _read_again_is_there(row: Row, known: Known) -> Iterator[Names]:
    if row["event_id"] not in known.events and row["event_id"] not in known.leads:
        yield {}


@rule("recheck_testimony", "key", "a source of {table_name} for {row_key}", "Mend the key, the row or the table.")
def _testimony_read_again_is_there(row: Row, known: Known) -> Iterator[Names]:
    sources = known.keys.get(row["row_key"], set())
    if row["table_name"] == "claim_evidence":
        sources = {e["key"] for e in known.rows.get("claim_evidence", []) if e["claim_id"] == row["row_key"]}
    if row["key"] not in sources:
        yield {}


@rule("recheck recheck_testimony", "verdict", "{wanted}", "Make the verdict and what was found say the same.")
def _verdict_of_what_was_found(row: Row, _: Known) -> Iterator[Names]:
    faulty, told = row["verdict"] in ("minor", "wrong"), [row["found"], row["should_be"], row.get("column", "x")]
    if faulty and not all(told):
        yield {"wanted": "the fault: what the row said and what the sources bear out, and in recheck the column"}
    if not faulty and (row["found"] or row["should_be"] or row.get("column")):
        yield {"wanted": "'minor' or 'wrong', as a fault is told"}


# states, places, offices ----------------------------------------------------------------------------------------------


@rule("events", "actors", "each actor once", "Take the second out.")
def _actor_once(row: Row, _: Known) -> Iterator[Names]:
    actors = row["actors"].split("; ")
    yield from ({"found": code} for code in dict.fromkeys(actors) if actors.count(code) > 1)


@rule("events", "actors", "{wanted}", "Correct actors or scope; what others did to each other is 'context'.")
def _actors_of_its_scope(row: Row, known: Known) -> Iterator[Names]:
    """A group that acts from Pakistan may stand for it, and a forum for the states in it."""
    actors = row["actors"].split("; ")
    for_pakistan = {"bilateral": {"group"}, "multilateral": {"group", "organisation"}}.get(row["scope"])
    if for_pakistan is None:
        return
    if "RUS" not in actors or len(actors) < 2:
        yield {"wanted": f"RUS and at least one more, as the scope is {row['scope']}"}
    elif "PAK" not in actors and not for_pakistan & {known.codes.get(code) for code in actors}:
        yield {"wanted": f"PAK among them, as the scope is {row['scope']}"}


@rule("visits", "host_state", "{wanted}", "Correct the side of the visitor or the host.")
def _goes_abroad(row: Row, known: Known) -> Iterator[Names]:
    other = next(iter(BOTH - {row["from_state"]}), "")
    if row["host_state"] == row["from_state"]:
        yield {"wanted": f"another state than the visitor's, {row['from_state']}"}
    elif row["kind"] in BETWEEN_THE_TWO and row["host_state"] != other:
        yield {"wanted": f"{other}, as the visit is {row['kind']} and no meeting on the margin of another"}


@rule(
    "visits exercises", "host_state", "the code of a state in data/actors.csv", "Mend the code, or add the state there."
)
def _host_is_known(row: Row, known: Known) -> Iterator[Names]:
    if row["host_state"] and row["host_state"] not in known.codes:
        yield {}


@rule("visits", "visit_id", "an identifier that names the visitor, {visitor}", "Correct the visitor, or the identifier of a row never yet published.")  # fmt: skip
def _visit_named_after_its_visitor(row: Row, _: Known) -> Iterator[Names]:
    if row["visitor"] and not says(_slug(row["visit_id"]), row["visitor"]):
        yield {}


@rule("envoys", "envoy_id", "an identifier that names {name}", "Correct the name, or the identifier of a row never yet published.")  # fmt: skip
def _envoy_named_after_himself(row: Row, _: Known) -> Iterator[Names]:
    if not says(row["name"], row["envoy_id"]):
        yield {}


@rule("envoys", "receiving_state", "the other of the two states", "Correct one of the two.")
def _envoy_goes_abroad(row: Row, _: Known) -> Iterator[Names]:
    if row["receiving_state"] == row["sending_state"]:
        yield {}


@rule("exercises", "participants", "a code of data/actors.csv, codes separated by '; ', each once", "Mend the code, or add the actor there.")  # fmt: skip
def _participants_are_known(row: Row, known: Known) -> Iterator[Names]:
    codes = row["participants"].split("; ")
    yield from ({"found": c} for c in dict.fromkeys(codes) if c not in known.codes or codes.count(c) > 1)


@rule("exercises", "participants", "{missing} among them", "Correct participants or host.")
def _both_take_part(row: Row, _: Known) -> Iterator[Names]:
    missing = (BOTH | ({row["host_state"]} - {""})) - set(row["participants"].split("; "))
    if missing:
        yield {"missing": " and ".join(sorted(missing))}


@rule("exercises", "series", "the series of which the identifier speaks", "Correct the series.")
def _of_its_series(row: Row, _: Known) -> Iterator[Names]:
    said = [series for series in NAMED_SERIES if series in row["exercise_id"]]
    if said and row["series"] not in said or row["series"] in NAMED_SERIES and not said:
        yield {}


@rule("exercises", "event_id", "a military event", "Mend the event.")
def _exercise_is_military(row: Row, known: Known) -> Iterator[Names]:
    event = known.events.get(row["event_id"])
    if event and event["category"] != "military":
        yield {}


def _series(key: str) -> str:
    """What an identifier says of the series: without the date before and the number after it."""
    return re.sub(r"[\d-]+$|-[ivx]+$", "", _slug(key).replace(" ", "-"))


def _by_others(rows: list[Row], group: tuple[str, ...], value: str, often: int = 2) -> Iterator[tuple[int, str]]:
    """The rows whose value no other row of the group has while so many others agree on another, with that value."""
    found = defaultdict(Counter)
    for row in rows:
        found[tuple(row[column] for column in group)][row[value]] += 1
    for number, row in enumerate(rows, start=2):
        count = found[tuple(row[column] for column in group)]
        usual, times = max(count.items(), key=lambda item: (item[1], item[0]))
        if count[row[value]] == 1 and times >= often and all(row[column] for column in group):
            yield number, usual


@rule.whole("visits", "rank", "{usual!r}, as other rows have it for {office!r}", "Correct rank or office.")
def _rank_of_the_office(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    yield from ((number, {"usual": usual}) for number, usual in _by_others(rows, ("office",), "rank"))


@rule.whole("visits exercises", "host_state", "{usual!r}, as other rows have it for {place}", "Correct host or place.")
def _host_of_the_place(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    placed = [row | {"era": "Soviet" if row["start_date"] <= SOVIET_UNTIL else "after"} for row in rows]
    yield from ((n, {"usual": u}) for n, u in _by_others(placed, ("place", "era"), "host_state"))


@rule.whole(
    "institutions", "body", "{usual!r}, as other sessions of {series!r}", "Correct the body, or the identifier."
)
def _body_of_its_series(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    named = [row | {"series": _series(row["session_id"])} for row in rows]
    yield from ((n, {"usual": u, "series": named[n - 2]["series"]}) for n, u in _by_others(named, ("series",), "body"))


@rule.whole(
    "event_sources", "origin_group", "{usual!r}, as other rows have it for {key}", "Mend the key or the origin."
)
def _one_source_one_origin(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    """A collection or a paper that prints others may have several; one row against many is a slip."""
    yield from ((n, {"usual": u}) for n, u in _by_others(rows, ("key",), "origin_group", often=3))


@rule("agreements", "type", "{said!r}, as the title says", "Correct the type or the title.")
def _type_of_its_title(row: Row, _: Known) -> Iterator[Names]:
    said = [kind for kind, begins in TITLED.items() if row["title"].startswith(begins)]
    if said and row["type"] not in said and row["type"] not in row["title"].lower():
        yield {"said": said[0]}


# numbers, steps, amounts ----------------------------------------------------------------------------------------------


def _in_sequence(key: str, of: str, rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    """In a series the number rises with the date; the identifier tells series of one body apart."""
    last: dict[tuple[str, str], Row] = {}
    dated = [(row["start_date"], number, row) for number, row in enumerate(rows, start=2)]
    for _, number, row in sorted(dated, key=lambda item: item[:2]):
        if row["number"].isdigit():
            series = (row[of], _series(row[key]))
            before = last.get(series)
            if before and int(before["number"]) >= int(row["number"]):
                yield number, {"before": before["number"], "other": before[key]}
            last[series] = row


for _table, _key, _of in (("exercises", "exercise_id", "series"), ("institutions", "session_id", "body")):
    rule.whole(
        _table, "number", "a number above {before}, that of {other}", "Correct the number, or the dates of the two."
    )(partial(_in_sequence, _key, _of))


@rule("institutions", "number", "{said}, as the identifier says", "Correct the number, or the identifier of a row never yet published.")  # fmt: skip
def _number_of_its_identifier(row: Row, _: Known) -> Iterator[Names]:
    said = re.search(r"-(\d{1,2})$", row["session_id"])
    if said and row["number"] and row["number"] != said[1]:
        yield {"said": said[1]}


@rule("project_milestones", "currency", "{wanted}", "Fill in what is missing, or take out what stands alone.")
def _amount_with_its_unit(row: Row, _: Known) -> Iterator[Names]:
    if bool(row["amount"]) != bool(row["currency"]):
        yield {"wanted": "a currency or unit if there is an amount, and nothing if there is none"}
    money = len(row["currency"]) == 3 and row["currency"].isupper()
    if row["price_basis"] and not row["amount"] or money and not row["price_basis"]:
        yield {"column": "price_basis", "wanted": "a price basis for an amount of money, and nothing without an amount"}


@rule("project_milestones", "amount", "an amount above 0", "Correct the amount, or leave it empty.")
def _amount_above_zero(row: Row, _: Known) -> Iterator[Names]:
    if re.fullmatch(r"-.*|0+(\.0*)?", row["amount"]):
        yield {}


@rule("projects", "project_id", "a project with at least one milestone", "Add the milestone, or take the project out.")
def _has_a_milestone(row: Row, known: Known) -> Iterator[Names]:
    if not known.milestones.get(row["project_id"]):
        yield {}


@rule(
    "projects",
    "status_as_of",
    "a date no earlier than the last milestone, {last}",
    "Correct the date, or the milestone.",
)
def _as_of_its_last_milestone(row: Row, known: Known) -> Iterator[Names]:
    last = max((m["date"] for m in known.milestones.get(row["project_id"], []) if dates.valid(m["date"])), default="")
    if last and dates.valid(row["status_as_of"]) and dates.before(row["status_as_of"], last):
        yield {"last": last}


@rule("projects", "first_announced", "the date of one of its milestones", "Correct the date, or enter the announcement as a milestone.")  # fmt: skip
def _announced_by_a_milestone(row: Row, known: Known) -> Iterator[Names]:
    if row["first_announced"] and row["first_announced"] not in {m["date"] for m in known.milestones.get(row["project_id"], [])}:  # fmt: skip
        yield {}


@rule("agreements", "in_force", "another value, as a date of entry into force is given", "Correct one of the two.")
def _in_force_with_its_date(row: Row, _: Known) -> Iterator[Names]:
    if row["entry_into_force"] and row["in_force"] == "no":
        yield {}


@rule("leads", "further_keys", "a key of references.bib other than the row's own, keys separated by '; ', each once", "Mend the key, or add the entry there.")  # fmt: skip
def _further_keys_are_known(row: Row, known: Known) -> Iterator[Names]:
    further = [key for key in row["further_keys"].split("; ") if key]
    for key in dict.fromkeys(further):
        unknown = known.library is not None and key not in known.library.entries
        if unknown or key == row["key"] or further.count(key) > 1:
            yield {"found": key}


def _not_older(date: str, told: str, of: str, row: Row, known: Known) -> Iterator[Names]:
    """A source cannot tell of what came after it."""
    dated = known.dated(row["key"])
    if dated and row.get(told, of) == of and dates.valid(row[date]) and dates.before(dated, row[date]):
        yield {"found": f"{row['key']} ({dated})", "date": row[date]}


for _table, _date, _told, _of in (
    ("agreements", "date", "", ""),
    ("visits", "start_date", "status", "happened"),
    ("exercises", "start_date", "status", "happened"),
    ("institutions", "start_date", "status", "happened"),
    ("envoys", "arrival_or_appointment", "", ""),
    ("projects", "status_as_of", "", ""),
    ("phase_boundaries", "date", "", ""),
    ("leads", "date", "kind", "act"),
):
    rule(
        _table, "key", "a source that is not older than {date}", "Mend the key or the date; a plan is not what happened."
    )(partial(_not_older, _date, _told, _of))  # fmt: skip


# what a table lacks or has twice ----------------------------------------------------------------------------------------


@rule("recheck", "column", "columns of events or of event_sources, by their names, separated by '; '", "Mend the name.")
def _faulty_columns_exist(row: Row, known: Known) -> Iterator[Names]:
    names = {*next(iter(known.rows.get("events", [])), {}), *next(iter(known.rows.get("event_sources", [])), {})}
    named = row["column"].split("; ") if row["column"] else []
    yield from ({"found": n} for n in named if n.rpartition(".")[2] not in names | {"sources", "source row"})


@rule("project_milestones", "amount", "an amount in single units, not in thousands or millions ({least} or more)", "Write it out.")  # fmt: skip
def _amounts_are_written_out(row: Row, _: Known) -> Iterator[Names]:
    if (
        row["amount"]
        and row["currency"] in ("USD", "EUR", "PKR", "RUB", "SUR", "CNY")
        and float(row["amount"]) < LEAST_SUM
    ):
        yield {"least": f"{LEAST_SUM:,}"}


@rule.whole("projects leads events institutions", "summary", "words of its own; row {first} has the same", "Write what this row is about, or restore it.")  # fmt: skip
def _no_text_twice(rows: list[Row], _: Known) -> Iterator[tuple[int, Names]]:
    column = "summary" if rows and "summary" in rows[0] else "outcome"
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        text = row.get(column, "")
        if len(text.split()) >= 6 and seen.setdefault(text, number) != number:
            yield number, {"first": seen[text], "column": column}


@rule("projects", "summary", "at most {most} words", "Shorten it.")
def _summary_of_a_project_is_short(row: Row, _: Known) -> Iterator[Names]:
    if len(row["summary"].split()) > SUMMARY_WORDS:
        yield {"found": f"{len(row['summary'].split())} words", "most": SUMMARY_WORDS}


@rule("claim_links", "sample", "at most {most} words of a passage", "Keep its beginning.")
def _sample_of_a_passage_is_short(row: Row, _: Known) -> Iterator[Names]:
    if len(row["sample"].split()) > SAMPLE_WORDS:
        yield {"found": f"{len(row['sample'].split())} words", "most": SAMPLE_WORDS}
