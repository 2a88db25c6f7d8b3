"""The rules of texts: titles and summaries are whole, speak of their own row, and names are spelled as elsewhere.

In go the rows of the tables written by hand (all values text), out come problems. The difficulty: language has no
rule without exception, so only what no good sentence has is told.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from pakrus.checks.order import stems
from pakrus.checks.problem import Names, Problem, Row, Rules

HEADINGS = {  # short texts without a full stop
    "events": "title", "leads": "title", "agreements": "title", "projects": "title", "claims": "claim",
    "claim_articles": "title",
}  # fmt: skip
SENTENCES = {"events": "summary", "leads": "summary", "projects": "summary", "project_milestones": "description"}
FEWEST = {"events": 6, "leads": 6, "projects": 3, "project_milestones": 3}  # words of a sentence that tells something
TEXTS = {  # where our own words stand
    "events": ("title", "summary", "dispute_note"),
    "event_sources": ("note",),
    "visits": ("office", "outcome"),
    "agreements": ("title", "note"),
    "exercises": ("forces", "note"),
    "envoys": ("note",),
    "institutions": ("outcome", "note"),
    "projects": ("title", "summary", "status_note"),
    "project_milestones": ("description", "note"),
    "leads": ("title", "summary", "note"),
    "event_codings": ("rule",),
    "recheck": ("note",),
    "recheck_testimony": ("note",),
    "phases": ("reason",),
    "phase_boundaries": ("reason",),
    "claims": ("claim", "right_value", "reading", "note"),
    "claim_evidence": ("note",),
    "claim_codings": ("reason",),
    "claim_articles": ("written_basis",),
    "people": ("note",),
}
OF_ITS_ROW = (  # table, identifier, the text, what else tells of the row
    ("events", "event_id", "title", ("summary", "people", "place", "dispute_note")),
    ("events", "event_id", "summary", ("title", "people", "place", "dispute_note")),
    ("leads", "lead_id", "title", ("summary", "people", "place", "note", "key")),
    ("leads", "lead_id", "summary", ("title", "people", "place", "note", "key")),
)
COMMON = 0.1  # words that more rows than this share tell no row from another
SHARED = {"title": 3, "summary": 4}  # telling words that a text shares with the row that it comes from
SPELLED = {  # names that many rows share: table -> columns
    "place": ("events visits agreements institutions leads exercises", 0.8),
    "origin_group": ("event_sources leads claim_evidence", 0.88),
}
USUAL = 3  # rows from which a spelling is the usual one
TWICE = re.compile(r"\b(?!that |had )([a-z]{2,}) \1\b")
MARKS = re.compile(r"[^.\s]\s+[,.;:!?)](?=\s|$)|[,;:]{2}|(?<!\.)\.\.(?!\.)|[(\[]\s|^[,.;:)]|[,;(]$")
PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))

rule = Rules()


def problems(rows: Mapping[str, list[Row]]) -> list[Problem]:
    """Return where texts of the tables break the rules."""
    return rule.problems(rows, rows)


def _heading(column: str, row: Row, _: Mapping) -> Iterator[Names]:
    text = row[column]
    if text.endswith((".", ",", ";", ":")):
        yield {"wanted": "a heading without a stop at its end"}
    elif text[:1].islower():
        yield {"wanted": "a heading that begins with a capital"}
    elif text.isupper() and len(text) > 8:
        yield {"wanted": "a heading that is not all in capitals"}
    elif text and len(text.split()) < 2:
        yield {"wanted": "a heading of two words or more"}


def _sentence(column: str, fewest: int, row: Row, _: Mapping) -> Iterator[Names]:
    text = row[column]
    if text and len(text.split()) < fewest:
        yield {"wanted": f"sentences of {fewest} words or more"}
    elif text and not text.rstrip("”\"'’)").endswith((".", "?", "!")):
        yield {"wanted": "sentences that end with a full stop"}
    elif text[:1].islower():
        yield {"wanted": "sentences that begin with a capital"}
    elif text and text.rstrip(".") == row.get("title", "").rstrip("."):
        yield {"wanted": "more than the title says"}


def _text(columns: tuple[str, ...], row: Row, _: Mapping) -> Iterator[Names]:
    for column in columns:
        text = row[column]
        twice, mark = TWICE.search(text), MARKS.search(text)
        open_ = [a + b for a, b in PAIRS if text.count(a) != text.count(b)] + ['""'] * (text.count('"') % 2)
        if twice:
            yield {"column": column, "found": twice[0], "wanted": "each word once"}
        elif open_:
            yield {"column": column, "found": text[:80], "wanted": f"as many opening as closing {open_[0]}"}
        elif mark:
            yield {"column": column, "found": mark[0], "wanted": "marks where a sentence has them"}


for _table, _column in HEADINGS.items():
    rule(_table, _column, "{wanted}", "Mend the heading.")(partial(_heading, _column))
for _table, _column in SENTENCES.items():
    rule(_table, _column, "{wanted}", "Write what the sources say in whole sentences.")(
        partial(_sentence, _column, FEWEST[_table])
    )
for _table, _columns in TEXTS.items():
    rule(_table, _columns[0], "{wanted}", "Mend the text.")(partial(_text, _columns))


# a text and its row ---------------------------------------------------------------------------------------------------


def _of_its_row(key: str, column: str, others: tuple[str, ...], rows: list[Row], tables: Mapping) -> Iterator[tuple[int, Names]]:  # fmt: skip
    """A text that shares no telling word with its row, nor with the row's sources, while it shares several with another."""
    told = [frozenset().union(*(stems(row[name]) for name in (key, *others))) for row in rows]
    often = Counter(stem for row, other in zip(rows, told, strict=True) for stem in other | stems(row[column]))
    common = {stem for stem, count in often.items() if count > max(COMMON * len(rows), 2)}
    sources = tables.get("event_sources", []) if key == "event_id" else []
    for number, (row, other) in enumerate(zip(rows, told, strict=True), start=2):
        mine = stems(row[column]) - common
        if not mine or mine & other:
            continue
        if any(mine & (stems(s["note"]) | stems(s["key"])) for s in sources if s["event_id"] == row[key]):
            continue
        shared, fits = max((len(mine & those), -at) for at, those in enumerate(told, start=2))
        if shared >= SHARED[column]:
            yield number, {"found": row[column][:80], "fits": -fits}


for _table, _key, _column, _others in OF_ITS_ROW:
    rule.whole(
        _table, _column, "a text that speaks of its own row; it fits row {fits}", "Put each text back in its row."
    )(partial(_of_its_row, _key, _column, _others))  # fmt: skip


# one spelling ---------------------------------------------------------------------------------------------------------


def _spelled(column: str, tables: str, alike: float, rows: list[Row], known: Mapping) -> Iterator[tuple[int, Names]]:
    """What only one row has and is nearly what many have is a slip of the pen."""
    found = Counter(
        name for table in tables.split() for row in known.get(table, []) for name in row[column].split(" / ") if name
    )
    usual = [name for name, count in found.items() if count >= USUAL]
    for number, row in enumerate(rows, start=2):
        for name in row[column].split(" / "):
            if found[name] == 1 and not name.startswith("Government of "):
                near = difflib.get_close_matches(name, usual, n=1, cutoff=alike)
                if near:
                    yield number, {"found": name, "usual": near[0]}


for _column, (_tables, _alike) in SPELLED.items():
    rule.whole(
        _tables, _column, "{usual!r}, as other rows have it", "Mend the spelling; a name of its own must differ by more."
    )(partial(_spelled, _column, _tables, _alike))  # fmt: skip
