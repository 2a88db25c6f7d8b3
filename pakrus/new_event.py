"""A terminal helper that walks a contributor through a new row of the register and writes nothing that is not valid."""

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from pakrus import checks, data, dates, paths, phases, references, store

SKIP = {"event_id", "date_precision", "phase", "confidence", "dispute_note"}  # worked out, or asked at the end


class Refused(Exception):
    """The row cannot be entered; the message says why and what to do."""


class Dialogue:
    """Questions and answers; `ask` and `tell` are `input` and `print` in a terminal."""

    def __init__(self, ask: Callable[[str], str] | None = None, tell: Callable[[str], None] | None = None):
        self.ask, self.tell = ask or input, tell or print

    def field(self, field: dict, check: Callable[[str], str | None] = lambda text: None) -> str:
        """Ask for one field until the answer meets the descriptor's constraints and `check` (which returns what is wrong)."""
        rules = field.get("constraints", {})
        hint = (
            f" [{' | '.join(rules['enum'])}]"
            if "enum" in rules
            else ""
            if rules.get("required")
            else " (empty if not known)"
        )
        self.tell(f"\n{field['name']}: {field['description']}{hint}")
        while True:
            answer = " ".join(self.ask(f"{field['name']} > ").split())
            wrong = _wrong(field, answer) or (check(answer) if answer else None)
            if wrong is None:
                return answer
            self.tell(f"  {wrong}")

    def yes(self, question: str) -> bool:
        """Ask until the answer is yes or no."""
        while True:
            answer = self.ask(f"{question} [yes/no] > ").strip().lower()
            if answer in ("y", "yes", "n", "no"):
                return answer.startswith("y")
            self.tell("  yes or no, please.")


def _wrong(field: dict, answer: str) -> str | None:

    rules = field.get("constraints", {})
    if not answer:
        return "This may not be empty." if rules.get("required") else None
    if "enum" in rules and answer not in rules["enum"]:
        return f"{answer!r} is none of {', '.join(rules['enum'])}."
    if "pattern" in rules and not re.fullmatch(rules["pattern"], answer):
        return f"{answer!r} does not look like {rules['pattern']}."
    if field["type"] == "integer":
        if not re.fullmatch(r"[+-]?\d+", answer):
            return f"{answer!r} is no whole number."
        if not rules.get("minimum", -1e9) <= int(answer) <= rules.get("maximum", 1e9):
            return f"{answer} is not between {rules['minimum']} and {rules['maximum']}."
    return None


def _calendar(text: str) -> str | None:
    try:
        if not phases.phases_of(text):
            return f"{text} lies before the first phase."
    except ValueError as error:
        return f"{error}."
    return None


def _rows(table: str) -> list[dict]:
    with open(paths.DATA / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text(table: str, rows: list[dict]) -> bytes:
    fields = [field["name"] for field in data.resource(table)["schema"]["fields"]]
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def collect(dialogue: Dialogue) -> tuple[dict, list[dict]]:
    """Ask for one event and its sources; return the row of `events` and those of `event_sources`.

    Raises
    ------
    Refused
        When an event of the same day and actors is there already and the contributor does not say that it is another one.
    """
    fields = {field["name"]: field for field in data.resource("events")["schema"]["fields"]}
    codes = set(data.load("actors")["code"])
    row = dict.fromkeys(fields, "")
    special = {
        "date": _calendar,
        "end_date": lambda text: (
            _calendar(text) or ("It ends before it begins." if dates.before(text, row["date"]) else None)
        ),
        "summary": lambda text: (
            f"{len(text.split())} words; at most {checks.SUMMARY_WORDS}."
            if len(text.split()) > checks.SUMMARY_WORDS
            else None
        ),
        "actors": lambda text: next(
            (
                f"{code!r} is no code of data/actors.csv (codes separated by '; ')."
                for code in text.split("; ")
                if code not in codes
            ),
            None,
        ),
    }
    for name, field in fields.items():
        if name in SKIP:
            continue
        row[name] = dialogue.field(field, special.get(name, lambda text: None))
        if name == "date":
            row["date_precision"] = dates.precision(row["date"])
            possible = phases.phases_of(row["date"])
            row["phase"] = (
                possible[0]
                if len(possible) == 1
                else dialogue.field({**fields["phase"], "constraints": {"enum": possible, "required": True}})
            )
        if name == "actors":
            _refuse_twins(dialogue, row)
    row["event_id"] = dialogue.field(
        {**fields["event_id"], "description": f"Identifier: {row['date']}-… in lower case with hyphens"},
        lambda text: (
            f"It must begin with {row['date']}-."
            if not text.startswith(row["date"] + "-")
            else "This identifier is taken."
            if text in set(data.load("events")["event_id"])
            else None
        ),
    )
    sources = _sources(dialogue, row)
    origins = {source["origin_group"] for source in sources if source["testimony"] == "reports"}
    if dialogue.yes("Do these sources disagree on whether it happened, who did it or when?"):
        row["confidence"] = "disputed"
        row["dispute_note"] = dialogue.field({**fields["dispute_note"], "constraints": {"required": True}})
    else:
        row["confidence"] = "confirmed" if len(origins) >= 2 else "reported"
        dialogue.tell(f"  {len(origins)} origin{'s' if len(origins) != 1 else ''} report it: {row['confidence']}.")
    return row, sources


def _refuse_twins(dialogue: Dialogue, row: dict) -> None:
    actors = set(row["actors"].split("; "))
    twins = [
        other
        for other in _rows("events")
        if other["date"] == row["date"] and set(other["actors"].split("; ")) == actors
    ]
    for other in twins:
        dialogue.tell(f"  Already there on that date with these actors: {other['event_id']}: {other['title']}")
    if twins and not dialogue.yes("Is yours another event than these?"):
        raise Refused(
            f"{twins[0]['event_id']} is there already: add your source to it in data/event_sources.csv instead."
        )


def _sources(dialogue: Dialogue, row: dict) -> list[dict]:
    fields = {field["name"]: field for field in data.resource("event_sources")["schema"]["fields"]}
    library = references.read()
    known = [source["origin_group"] for source in _rows("event_sources")]
    found: list[dict] = []
    while not found or dialogue.yes("Another source?"):
        source = dict.fromkeys(fields, "")
        source["event_id"] = row["event_id"]
        for name, field in fields.items():
            if name in ("event_id", "testimony"):
                continue
            tests = {
                "key": lambda text: (
                    None
                    if text in library.entries
                    else f"{text!r} is not in references.bib: add the entry there first."
                ),
                "date_given": _calendar,
                "origin_group": lambda text: _misspelt(text, known),
            }
            source[name] = dialogue.field(field, tests.get(name, lambda text: None))
        entry = library.entries[source["key"]].fields
        dated = entry.get("date") or entry.get("year") or ""
        older = dated and row["status"] == "happened" and dates.before(dated, row["date"])
        source["testimony"] = "announces" if older else "reports"
        if older:
            dialogue.tell(f"  {source['key']} ({dated}) is older than the event: it announces, and does not confirm.")
        found.append(source)
        known.append(source["origin_group"])
    return found


def _misspelt(name: str, known: list[str]) -> str | None:
    usual = checks.usual_spelling(known).get(checks.folded(name), name)
    return None if name == usual else f"Other rows write it {usual!r}: two spellings would count as two origins."


def add(row: dict, sources: list[dict]) -> None:
    """Enter an event and its sources in their order and seal the tables, or raise and change nothing.

    Raises
    ------
    Refused
        When `pakrus check` finds a problem in the tables with the new rows; the message holds every problem.
    """
    fresh = {
        "events": _text("events", sorted([*_rows("events"), row], key=lambda r: r["event_id"])),
        "event_sources": _text(
            "event_sources",
            sorted([*_rows("event_sources"), *sources], key=lambda r: (r["event_id"], r["key"], r["locator"])),
        ),
    }
    home = paths.DATA
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "data"
        shutil.copytree(home, trial)
        shutil.copy(paths.references(), folder)
        try:
            paths.DATA = trial
            for table, content in fresh.items():
                store.write(trial / f"{table}.csv", content)
            store.seal()
            problems = checks.run()
        finally:
            paths.DATA = home
    if problems:
        raise Refused("Not entered:\n" + "\n".join(map(str, problems)))
    for table, content in fresh.items():
        store.write(home / f"{table}.csv", content)
    store.seal()


def run(dialogue: Dialogue | None = None) -> int:
    """Run the dialogue in a terminal; return 0 when the row was entered, 1 when not. Ctrl-C or the end of input enters nothing."""
    dialogue = dialogue or Dialogue()
    dialogue.tell(
        "A new event. Ctrl-C ends without entering anything. The rules are on the page 'Rules of the register'."
    )
    try:
        row, sources = collect(dialogue)
        dialogue.tell("\n" + "\n".join(f"{name}: {value}" for name, value in row.items() if value))
        if not dialogue.yes("Enter it?"):
            dialogue.tell("Nothing was entered.")
            return 1
        add(row, sources)
    except (KeyboardInterrupt, EOFError):
        dialogue.tell("\nNothing was entered.")
        return 1
    except Refused as refused:
        dialogue.tell(str(refused))
        return 1
    dialogue.tell(f"Entered as {row['event_id']}. Run the chapters again: python book.py run")
    return 0
