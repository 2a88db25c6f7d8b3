"""What makes the data valid: the descriptor, every table against it, the rules of the register, the references.

Each problem names file, row, column, the value found, what was expected and how to mend it. Rows are counted as a
spreadsheet shows them: the header is row 1.
"""

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from pybtex.database import BibliographyDataError
from pybtex.scanner import PybtexError

from pakrus import data, dates, paths, references
from pakrus.checks import claims
from pakrus.checks.problem import Problem, cell

SUMMARY_WORDS = 60
COPIED_RUN = 12  # words in a row that two summaries may not share
PERIOD = ("1947-08-14", None)


def run() -> list[Problem]:
    """Return every problem of the data folder and the bibliography, in the order of the files.

    Raises
    ------
    data.DataError
        When the descriptor itself cannot be read.
    """
    package = data.descriptor()
    problems = list(_files(package)) + list(_schemas(package))
    library = None
    try:
        library = references.read()
    except (PybtexError, BibliographyDataError, FileNotFoundError, UnicodeDecodeError) as error:
        problems.append(
            Problem(
                "references.bib",
                None,
                "",
                str(error)[:200],
                "BibTeX with every key once",
                "Mend the entry that the message names.",
            )
        )
    rows = {entry["name"]: _rows(entry) for entry in package["resources"] if (paths.DATA / entry["path"]).is_file()}
    if library is not None:
        problems += list(_references(library)) + list(_keys(package, rows, library))
    if {"events", "event_sources", "actors", "phases"} <= rows.keys():
        problems += list(_events(rows)) + list(_testimony(rows, library)) + list(_copied(rows["events"]))
        problems += list(_origins(rows))
        problems += list(_spans(rows.get("visits", []), "visits", "visit_id", "start_date")) + list(
            _ids(rows.get("agreements", []), "agreements", "agreement_id", "date")
        )
    return problems + claims.problems(rows, package)


def _rows(entry: dict) -> list[dict]:
    with open(paths.DATA / entry["path"], encoding="utf-8", errors="replace", newline="") as file:
        return [{key: value or "" for key, value in row.items() if key is not None} for row in csv.DictReader(file)]


def _files(package: dict) -> Iterator[Problem]:
    """Every described file is there with its recorded bytes; every CSV is described; text is UTF-8 with LF."""
    described = {entry["path"] for entry in package["resources"]}
    for path in sorted(paths.DATA.glob("*.csv")):
        if path.name not in described:
            yield Problem(
                f"data/{path.name}",
                None,
                "",
                "a table",
                f"only tables described in {paths.DESCRIPTOR}",
                "Describe it there, or remove the file.",
            )
    for entry in package["resources"]:
        path, name = paths.DATA / entry["path"], f"data/{entry['path']}"
        if not path.is_file():
            yield Problem(
                name, None, "", "no file", "the table that the descriptor names", f"Restore it: git checkout -- {name}"
            )
            continue
        content = path.read_bytes()
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            yield Problem(
                name,
                line,
                "",
                repr(content[error.start : error.end]),
                "UTF-8",
                "Save the file as UTF-8 (in a spreadsheet: CSV UTF-8).",
            )
            continue
        if b"\r" in content:
            yield Problem(
                name,
                content[: content.index(b"\r")].count(b"\n") + 1,
                "",
                "a carriage return",
                "lines that end in LF alone",
                "Save the file with Unix line ends.",
            )
        if content.startswith(b"\xef\xbb\xbf"):
            yield Problem(name, 1, "", "a byte-order mark", "UTF-8 without one", "Save the file as UTF-8 without BOM.")
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        if digest != entry.get("hash"):
            yield Problem(
                name,
                None,
                "",
                digest,
                f"{entry.get('hash')} as recorded in the descriptor",
                f"If the change is meant, run 'python -m pakrus seal'; else git checkout -- {name}",
            )


REMEDIES = {
    "primary-key": "Give the row a key of its own; keys are never reused.",
    "foreign-key": "Add the row it points to, or mend the spelling.",
}


def _schemas(package: dict) -> Iterator[Problem]:
    """Types, constraints, keys and foreign keys of every table, by Frictionless."""
    present = {e["name"]: e for e in package["resources"] if (paths.DATA / e["path"]).is_file()}
    known, wanted = {}, {}
    for name, entry in present.items():
        # a key into a table that is missing cannot be followed; the missing file is reported by itself
        keys = [k for k in entry["schema"].get("foreignKeys", []) if k["reference"]["resource"] in present]
        stripped = {k: v for k, v in entry.items() if k not in ("hash", "bytes")}
        known[name] = stripped | {"schema": entry["schema"] | {"foreignKeys": keys}}
        wanted[name] = [name, *sorted({k["reference"]["resource"] for k in keys} - {name})]
    digests = {name: hashlib.sha256((paths.DATA / e["path"]).read_bytes()).hexdigest() for name, e in present.items()}
    found: dict[Problem, None] = {}
    for name, needed in wanted.items():
        # what a table is checked against: itself and the tables that its keys lead to, whose own keys do not matter here
        others = [known[n] | {"schema": known[n]["schema"] | {"foreignKeys": []}} for n in needed[1:]]
        text = json.dumps([known[name], *others], sort_keys=True)
        found |= dict.fromkeys(_validated(name, text, tuple(digests[n] for n in needed)))
    yield from found


@lru_cache(maxsize=512)
def _validated(name: str, descriptor: str, digests: tuple[str, ...]) -> tuple[Problem, ...]:
    """The problems of one table; the same bytes under the same description are read once in a process."""
    from frictionless import Package, system

    resources = json.loads(descriptor)
    with system.use_context(trusted=True):
        package = Package.from_descriptor({"name": "data", "resources": resources}, basepath=str(paths.DATA))
        report = package.get_resource(name).validate(limit_errors=200)
    fields = {field["name"]: field for field in resources[0]["schema"]["fields"]}
    problems = [
        Problem(
            f"data/{paths.DESCRIPTOR}", None, "", e.message[:300], "a Frictionless data package", "Mend the descriptor."
        )
        for e in report.errors
    ]
    for error in (error for task in report.tasks for error in task.errors):
        column = getattr(error, "field_name", "") or ", ".join(getattr(error, "field_names", []))
        value = getattr(error, "cell", None)
        if error.type == "foreign-key":
            value = ", ".join(map(str, error.field_cells))
        elif value is None:
            cells = getattr(error, "cells", None) or getattr(error, "labels", None) or []
            value = ", ".join(map(str, cells)) or error.note
        problems.append(
            Problem(
                f"data/{resources[0]['path']}",
                getattr(error, "row_number", None),
                column,
                str(value)[:120],
                _expectation(fields.get(column, {}), error),
                REMEDIES.get(error.type, "Correct the cell; leave it empty if it is not known and may be empty."),
            )
        )
    return tuple(problems)


def _expectation(field: dict, error) -> str:
    constraints = field.get("constraints", {})
    if error.type == "constraint-error":
        if '"enum"' in error.note:
            return "one of " + ", ".join(map(str, constraints["enum"]))
        if '"pattern"' in error.note:
            return f"a text like {constraints['pattern']}"
        if '"required"' in error.note:
            return "a value (the column may not be empty)"
        if "minimum" in error.note or "maximum" in error.note:
            return f"a number from {constraints.get('minimum', '…')} to {constraints.get('maximum', '…')}"
        if '"unique"' in error.note:
            return "a value that no other row has"
    if error.type == "primary-key":
        return "a primary key that no other row has"
    if error.type == "foreign-key":
        return (
            f"a value that is there in data/{error.reference_name}.csv, column {', '.join(error.reference_field_names)}"
        )
    if error.type == "type-error":
        return f"a value of type {field.get('type')}" + (f" ({field['unit']})" if field.get("unit") else "")
    return error.note


def _dates(rows: list[dict], table: str, start: str) -> Iterator[Problem]:
    """Dates exist in the calendar and no end comes before its start."""
    for number, row in enumerate(rows, start=2):
        for column in (start, "end_date", "entry_into_force", "date_given"):
            if row.get(column) and not dates.valid(row[column]):
                yield cell(
                    table,
                    number,
                    column,
                    row[column],
                    "a day, month or year of the calendar (ISO 8601)",
                    "Correct the date; give it no more precisely than the source.",
                )
        end = row.get("end_date")
        if end and dates.valid(end) and dates.valid(row[start]) and dates.before(end, row[start]):
            yield cell(table, number, "end_date", end, f"no earlier than {row[start]}", "Swap or correct the dates.")


def _ids(rows: list[dict], table: str, key: str, date: str) -> Iterator[Problem]:
    """Identifiers begin with the date as it was known when they were given; only the year must stay true."""
    yield from _dates(rows, table, date)
    for number, row in enumerate(rows, start=2):
        if row[key][:4] != row[date][:4]:
            yield cell(
                table,
                number,
                key,
                row[key],
                f"an identifier that begins with {row[date][:4]}",
                "Correct the date, or the identifier of a row never yet published.",
            )


def _spans(rows: list[dict], table: str, key: str, start: str) -> Iterator[Problem]:
    yield from _ids(rows, table, key, start)


def _events(rows: dict) -> Iterator[Problem]:
    """The rules of the register that a schema cannot say."""
    events = rows["events"]
    yield from _ids(events, "events", "event_id", "date")
    codes = {row["code"] for row in rows["actors"]}
    cuts = [(row["phase"], row["first_day"], row["last_day"] or dates.OPEN) for row in rows["phases"]]
    seen: dict[tuple, int] = {}
    for number, row in enumerate(events, start=2):
        if not dates.valid(row["date"]):
            continue
        if row["date_precision"] != dates.precision(row["date"]):
            yield cell(
                "events",
                number,
                "date_precision",
                row["date_precision"],
                f"{dates.precision(row['date'])} for {row['date']}",
                "Make precision and date say the same.",
            )
        first, last = dates.span(row["date"])
        possible = [phase for phase, start, end in cuts if start <= last and end >= first]
        if row["phase"] not in possible:
            yield cell(
                "events",
                number,
                "phase",
                row["phase"],
                f"{' or '.join(possible) or 'a date from ' + PERIOD[0]} for {row['date']}",
                "Correct the date or the phase.",
            )
        for code in row["actors"].split("; "):
            if code not in codes:
                yield cell(
                    "events",
                    number,
                    "actors",
                    code,
                    "a code of data/actors.csv, codes separated by '; '",
                    "Add the actor there, or mend the spelling.",
                )
        if len(row["summary"].split()) > SUMMARY_WORDS:
            yield cell(
                "events",
                number,
                "summary",
                f"{len(row['summary'].split())} words",
                f"at most {SUMMARY_WORDS} words",
                "Shorten it.",
            )
        if row["confidence"] == "disputed" and not row["dispute_note"]:
            yield cell(
                "events",
                number,
                "dispute_note",
                "",
                "who says what, as the row is marked disputed",
                "Say what the sources disagree on.",
            )
        if row["date_precision"] == "day":
            twin = (row["date"], row["actors"], row["category"], row["title"].lower())
            if twin in seen:
                yield cell(
                    "events",
                    number,
                    "title",
                    row["title"],
                    f"no second row of the same day, actors, kind and title (row {seen[twin]})",
                    "Merge the two rows and keep the older identifier.",
                )
            seen[twin] = number


def _testimony(rows: dict, library) -> Iterator[Problem]:
    """Sources bear out the confidence given, and none is older than what it reports."""
    by_event = defaultdict(list)
    events = {row["event_id"]: row for row in rows["events"]}
    yield from (
        p
        for p in _dates(
            [{**r, "start": r["date_given"] or "1947"} for r in rows["event_sources"]], "event_sources", "start"
        )
        if p.column == "date_given"
    )
    for number, row in enumerate(rows["event_sources"], start=2):
        by_event[row["event_id"]].append(row)
        event = events.get(row["event_id"])
        if library is None or event is None or row["key"] not in library.entries or not dates.valid(event["date"]):
            continue
        dated = library.entries[row["key"]].fields.get("date") or library.entries[row["key"]].fields.get("year") or ""
        older = dates.valid(dated) and event["status"] == "happened" and dates.before(dated, event["date"])
        if older and row["testimony"] == "reports":
            yield cell(
                "event_sources",
                number,
                "testimony",
                f"reports ({row['key']}, {dated})",
                f"'announces', as the source is older than the event of {event['date']}",
                "A plan is not an event: mark it as an announcement, and find a source that reports the event.",
            )
    for number, row in enumerate(rows["events"], start=2):
        testimony = by_event[row["event_id"]]
        origins = {
            source["origin_group"].strip().casefold() for source in testimony if source["testimony"] == "reports"
        }
        if not testimony:
            yield cell(
                "events",
                number,
                "event_id",
                row["event_id"],
                "at least one row in event_sources",
                "Add the source that was read, or remove the event.",
            )
        elif row["status"] == "happened" and not origins:
            yield cell(
                "events",
                number,
                "status",
                "happened",
                "'planned', as its sources only announce it",
                "Find a source that reports it, or mark it as planned.",
            )
        elif row["status"] == "happened" and row["confidence"] == "confirmed" and len(origins) < 2:
            yield cell(
                "events",
                number,
                "confidence",
                "confirmed",
                "two sources of different origin that report it",
                f"They all come from {next(iter(origins))!r}: find an independent one, or mark it 'reported'.",
            )


def _origins(rows: dict) -> Iterator[Problem]:
    """Who stands behind a source is written one way: Reuter beside Reuters would count as two origins."""
    found = [
        (table, number, row["origin_group"])
        for table in ("event_sources", "leads", "claim_evidence")
        for number, row in enumerate(rows.get(table, []), start=2)
        if row["origin_group"]
    ]
    usual = usual_spelling(name for _, _, name in found)
    for table, number, name in found:
        if name != usual[folded(name)]:
            yield cell(
                table,
                number,
                "origin_group",
                name,
                f"{usual[folded(name)]!r}, as other rows have it",
                "Write one origin one way, or two names of it count as two origins.",
            )


def folded(name: str) -> str:
    """Return the name of an origin without what spellings differ by: case, article, points, an old plural."""
    return re.sub(r"\.com$|\W", "", name.casefold().removeprefix("the ")).replace("reuters", "reuter")


def usual_spelling(names: Iterable[str]) -> dict[str, str]:
    """Return for each folded name of an origin the spelling that is most frequent in `names`."""
    spelled = defaultdict(Counter)
    for name in names:
        spelled[folded(name)][name] += 1
    return {key: max(count.items(), key=lambda item: (item[1], item[0]))[0] for key, count in spelled.items()}


def _copied(events: list[dict]) -> Iterator[Problem]:
    """No summary shares a long run of words with another row."""
    first: dict[tuple, int] = {}
    for number, row in enumerate(events, start=2):
        words = re.findall(r"\w+", row["summary"].lower())
        runs = {tuple(words[i : i + COPIED_RUN]) for i in range(len(words) - COPIED_RUN + 1)}
        twin = next((first[run] for run in sorted(runs) if run in first), None)
        if twin:
            yield cell(
                "events",
                number,
                "summary",
                row["summary"][:60] + "…",
                f"no run of {COPIED_RUN} words that also stands in row {twin}",
                "Say it in words of its own, or merge the rows.",
            )
        for run in runs:
            first.setdefault(run, number)


def _references(library) -> Iterator[Problem]:
    """Every entry has what and where (an author only where the source shows one); no two entries lead to one address; an address leads to a page."""
    addresses: dict[str, str] = {}
    for key, entry in library.entries.items():
        fields = entry.fields
        if not re.fullmatch(r"[a-z0-9]+", key):
            yield Problem(
                "references.bib",
                None,
                key,
                key,
                "a key of lower-case letters and digits",
                "Rename it here and in the tables.",
            )
        if "title" not in fields:
            yield Problem("references.bib", None, key, "no title", "a title", "Add it.")
        url = fields.get("url", "")
        if not url and not any(
            name in fields for name in ("howpublished", "journal", "publisher", "booktitle", "isbn", "doi")
        ):
            yield Problem(
                "references.bib",
                None,
                key,
                "no address",
                "an address, or a place of publication",
                "Add what a reader can follow.",
            )
        if url:
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.netloc:
                yield Problem("references.bib", None, key, url, "a full http(s) address", "Correct it.")
            elif parts.path.strip("/") == "" and not parts.query and entry.fields.get("keywords") == "press":
                yield Problem(
                    "references.bib",
                    None,
                    key,
                    url,
                    "the address of a page, not of a whole site",
                    "Give the page's own address.",
                )
            same = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
            if same in addresses and not same.startswith("doi.org/"):
                yield Problem(
                    "references.bib",
                    None,
                    key,
                    url,
                    f"an address that no other entry has ({addresses[same]})",
                    "Keep one entry and one key.",
                )
            addresses[same] = key
        for name in ("date", "urldate"):
            if fields.get(name) and not dates.valid(fields[name]):
                yield Problem(
                    "references.bib",
                    None,
                    key,
                    fields[name],
                    f"an ISO 8601 {name}",
                    "Correct it, or leave it out if it is not known.",
                )


def _keys(package: dict, rows: dict, library) -> Iterator[Problem]:
    """Every key that a table or the descriptor names is in the bibliography."""
    for entry in package["resources"]:
        for source in entry.get("sources", []):
            if source.get("key") and source["key"] not in library.entries:
                yield Problem(
                    f"data/{paths.DESCRIPTOR}",
                    None,
                    f"{entry['name']}.sources",
                    source["key"],
                    "a key of references.bib",
                    "Add the entry, or mend the key.",
                )
        column = entry.get("pakrus:sourceColumn")
        for number, row in enumerate(rows.get(entry["name"], []) if column else [], start=2):
            if row[column] and row[column] not in library.entries:
                yield cell(
                    entry["name"],
                    number,
                    column,
                    row[column],
                    "a key of references.bib",
                    "Add the entry, or mend the key.",
                )
