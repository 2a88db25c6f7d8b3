"""A terminal helper that walks a contributor through a new row of the register and writes nothing that is not valid.

In come answers, out goes a row of `events` with those of `event_sources`, entered in both tables or in neither. The
difficulty: an answer is checked where it is given, by the descriptor and the rules of the register, but a row only
shows among all others whether it is valid; so it is tried on a copy of the folder first.
"""

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from pakrus import checks, data, dates, named, references, store
from pakrus.checks import people, register, schema
from pakrus.folder import Folder

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
        expected = schema.cell_reader(field)
        while True:
            answer = " ".join(self.ask(f"{field['name']} > ").split())
            unmet = expected(answer)
            wrong = f"found {answer!r}; expected {unmet}." if unmet else check(answer) if answer else None
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


def _calendar(text: str, known: register.Known) -> str | None:
    try:
        return None if register.phases_of(text, known.rows["phases"]) else f"{text} lies before the first phase."
    except ValueError as error:
        return f"{error}."


def _unknown(text: str, known: people.Known) -> str | None:
    """What is wrong with a list of names; who is new is entered in the table of people first, where a spelling is settled."""
    for name in named.people(text):
        wanted = people.meant(name, known)
        if wanted:
            return (
                f"found {name!r}; expected {wanted}. Write it so; who is new gets a row in data/people.csv first "
                "(then 'python -m pakrus seal'); leave it empty to go on (names are separated by '; ')."
            )
    return None


def _text(table: str, rows: list[dict], folder: Folder) -> bytes:
    fields = [field["name"] for field in data.resource(table, folder)["schema"]["fields"]]
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def _known(folder: Folder) -> register.Known:
    for table in register.TABLES:
        data.load(table, folder)  # a table that was changed and not sealed is told before the first question
    return register.Known({table: data.rows(table, folder) for table in register.TABLES}, references.read(folder))


def collect(dialogue: Dialogue, folder: Folder | None = None) -> tuple[dict, list[dict]]:
    """Ask for one event and its sources; return the row of `events` and those of `event_sources`.

    Raises
    ------
    Refused
        When an event of the same day and actors is there already and the contributor does not say that it is another one.
    data.DataError
        When a table of the register differs from the descriptor.
    """
    folder = folder or Folder.default()
    known, persons = _known(folder), people.Known({people.TABLE: data.rows(people.TABLE, folder)})
    fields = {field["name"]: field for field in data.resource("events", folder)["schema"]["fields"]}
    row = dict.fromkeys(fields, "")
    special = {
        "date": lambda text: _calendar(text, known),
        "end_date": lambda text: (
            _calendar(text, known) or ("It ends before it begins." if dates.before(text, row["date"]) else None)
        ),
        "summary": lambda text: (
            f"{len(text.split())} words; at most {register.SUMMARY_WORDS}."
            if len(text.split()) > register.SUMMARY_WORDS
            else None
        ),
        "people": lambda text: _unknown(text, persons),
        "actors": lambda text: next(
            (
                f"{code!r} is no code of data/actors.csv (codes separated by '; ')."
                for code in text.split("; ")
                if code not in known.codes
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
            possible = register.phases_of(row["date"], known.rows["phases"])
            row["phase"] = (
                possible[0]
                if len(possible) == 1
                else dialogue.field({**fields["phase"], "constraints": {"enum": possible, "required": True}})
            )
        if name == "actors":
            _refuse_twins(dialogue, row, known)
    row["event_id"] = dialogue.field(
        {**fields["event_id"], "description": f"Identifier: {row['date']}-… in lower case with hyphens"},
        lambda text: (
            f"It must begin with {row['date']}-."
            if not text.startswith(row["date"] + "-")
            else "This identifier is taken."
            if text in known.events
            else None
        ),
    )
    sources = _sources(dialogue, row, known, data.resource("event_sources", folder)["schema"]["fields"])
    origins = register.origins(sources)
    if dialogue.yes("Do these sources disagree on whether it happened, who did it or when?"):
        row["confidence"] = "disputed"
        row["dispute_note"] = dialogue.field({**fields["dispute_note"], "constraints": {"required": True}})
    else:
        row["confidence"] = "confirmed" if len(origins) >= 2 else "reported"
        dialogue.tell(f"  {len(origins)} origin{'s' if len(origins) != 1 else ''} report it: {row['confidence']}.")
    return row, sources


def _refuse_twins(dialogue: Dialogue, row: dict, known: register.Known) -> None:
    actors = set(row["actors"].split("; "))
    twins = [
        other
        for other in known.rows["events"]
        if other["date"] == row["date"] and set(other["actors"].split("; ")) == actors
    ]
    for other in twins:
        dialogue.tell(f"  Already there on that date with these actors: {other['event_id']}: {other['title']}")
    if twins and not dialogue.yes("Is yours another event than these?"):
        raise Refused(
            f"{twins[0]['event_id']} is there already: add your source to it in data/event_sources.csv instead."
        )


def _sources(dialogue: Dialogue, row: dict, known: register.Known, fields: list[dict]) -> list[dict]:
    origins = [source["origin_group"] for source in known.rows["event_sources"]]
    found: list[dict] = []
    while not found or dialogue.yes("Another source?"):
        source = dict.fromkeys((field["name"] for field in fields), "")
        source["event_id"] = row["event_id"]
        for field in fields:
            name = field["name"]
            if name in ("event_id", "testimony"):
                continue
            tests = {
                "key": lambda text: (
                    None
                    if text in known.library.entries
                    else f"{text!r} is not in references.bib: add the entry there first."
                ),
                "date_given": lambda text: _calendar(text, known),
                "origin_group": lambda text: _misspelt(text, origins),
            }
            source[name] = dialogue.field(field, tests.get(name, lambda text: None))
        older = known.older(source["key"], row)
        source["testimony"] = "announces" if older else "reports"
        if older:
            dialogue.tell(f"  {source['key']} ({older}) is older than the event: it announces, and does not confirm.")
        found.append(source)
        origins.append(source["origin_group"])
    return found


def _misspelt(name: str, known: list[str]) -> str | None:
    usual = register.usual_spelling(known).get(register.folded(name), name)
    return None if name == usual else f"Other rows write it {usual!r}: two spellings would count as two origins."


def add(row: dict, sources: list[dict], folder: Folder | None = None) -> None:
    """Enter an event and its sources in their order and seal the tables, or raise and change nothing.

    Raises
    ------
    Refused
        When `pakrus check` finds a problem in the tables with the new rows; the message holds every problem.
    """
    folder = folder or Folder.default()
    fresh = {
        "events": sorted([*data.rows("events", folder), row], key=lambda r: (r["date"], r["event_id"])),
        "event_sources": sorted(
            [*data.rows("event_sources", folder), *sources], key=lambda r: (r["event_id"], r["key"], r["locator"])
        ),
    }
    with tempfile.TemporaryDirectory() as place:
        trial = folder.copy(Path(place))
        _enter(fresh, trial)
        problems = checks.run(trial)
    if problems:
        raise Refused("Not entered:\n" + "\n".join(map(str, problems)))
    _enter(fresh, folder)


def _enter(fresh: dict[str, list[dict]], folder: Folder) -> None:
    for table, rows in fresh.items():
        store.write(folder.table(table), _text(table, rows, folder))
    store.seal(folder)


def run(dialogue: Dialogue | None = None, folder: Folder | None = None) -> int:
    """Run the dialogue in a terminal; return 0 when the row was entered, 1 when not. Ctrl-C or the end of input enters nothing."""
    dialogue = dialogue or Dialogue()
    dialogue.tell(
        "A new event. Ctrl-C ends without entering anything. The rules are on the page 'Rules of the register'."
    )
    try:
        row, sources = collect(dialogue, folder)
        dialogue.tell("\n" + "\n".join(f"{name}: {value}" for name, value in row.items() if value))
        if not dialogue.yes("Enter it?"):
            dialogue.tell("Nothing was entered.")
            return 1
        add(row, sources, folder)
    except (KeyboardInterrupt, EOFError):
        dialogue.tell("\nNothing was entered.")
        return 1
    except Refused as refused:
        dialogue.tell(str(refused))
        return 1
    dialogue.tell(f"Entered as {row['event_id']}. Run the chapters again: python book.py run")
    return 0
