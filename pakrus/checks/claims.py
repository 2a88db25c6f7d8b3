"""The rules of the claims that a schema cannot say: quotes, verdicts, evidence, links, both codings.

In go the rows of the five tables (all values text), of the tables that serve as evidence, and the descriptor; out come
problems. The difficulty: a piece of evidence names a row of any table, by its key or by pairs that it must meet.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from pakrus.checks import register
from pakrus.checks.problem import Names, Problem, Row, Rules
from pakrus.terms import QUOTE_WORDS

# what must stand under a verdict for the two to say the same
BEARING = {
    "supported": {"supports"},
    "supported with nuance": {"supports", "qualifies"},
    "contradicted": {"against"},
    "internally inconsistent": {"supports", "against", "qualifies"},
}
# and what must not
EXCLUDED = {
    "supported": {"against"},
    "contradicted": {"supports"},
    "opinion": {"supports", "against", "qualifies"},
}
# a contradiction joins two claims, a copied passage a claim and a source, an overlap two articles
NEEDS = {
    "contradiction-within": ("first_claim", "second_claim"),
    "contradiction-between": ("first_claim", "second_claim"),
    "repeated-passage": ("first_article", "second_article", "shared_words"),
    "overlap": ("first_article", "second_article", "resemblance"),
    "copied-passage": ("first_article", "key", "shared_words"),
}
# what else a row of that kind may hold; of the other columns none
MAY_HOLD = {
    "contradiction-within": ("second_article", "note"),
    "contradiction-between": ("second_article", "note"),
    "repeated-passage": ("sample", "note"),
    "overlap": ("shared_words", "note"),
    "copied-passage": ("first_claim", "sample", "note"),
}
ALWAYS = ("link_id", "kind", "first_article")
SINGLE = ("supported", "opinion")  # verdicts on what is right as it stands, or is no matter of right and wrong
OVERTURNED = "Third reading"  # how the reason begins where a later reading overturned both codings
TABLES = ("claims", "claim_articles", "claim_codings", "claim_evidence", "claim_links")

rule = Rules()


def problems(rows: Mapping[str, list[Row]], package: dict) -> list[Problem]:
    """Return every problem of the five tables of the claims, in the order of the tables.

    `rows` maps a table's name to its rows as read, all values text; `package` is the descriptor.
    """
    return rule.problems(rows, Known(rows, package)) if set(TABLES) <= rows.keys() else []


def picked(reference: str, table: str, rows: list[Row], package: dict) -> list[Row]:
    """Return the rows of a table that a piece of evidence names.

    `reference` is the value of the table's key, or ``column=value`` pairs separated by "; " that all must hold.
    """
    if "=" in reference:
        pairs = [pair.split("=", 1) for pair in reference.split("; ") if "=" in pair]
        return [row for row in rows if all(row.get(name.strip()) == value.strip() for name, value in pairs)]
    key = next(entry for entry in package["resources"] if entry["name"] == table)["schema"].get("primaryKey")
    key = key[0] if isinstance(key, list) else key
    return [row for row in rows if row.get(key) == reference]


def origins(claim: str, bearing: str, rows: Mapping[str, list[Row]]) -> set[str]:
    """Return the independent origins of the evidence of one bearing: an event brings those of the sources that report it."""
    found = set()
    for row in rows["claim_evidence"]:
        if row["claim_id"] == claim and row["bearing"] == bearing:
            if row["table_name"] == "events":
                found |= register.origins(s for s in rows.get("event_sources", []) if s["event_id"] == row["row_key"])
            else:
                found.add(row["origin_group"].strip().casefold())
    return found - {""}


@dataclass(frozen=True)
class Known:
    """What the rules know of all tables and of the descriptor."""

    rows: Mapping[str, list[Row]]
    package: dict

    @cached_property
    def tables(self) -> set[str]:
        """Names of the tables that the descriptor has."""
        return {entry["name"] for entry in self.package["resources"]}

    @cached_property
    def articles(self) -> set[str]:
        """Codes of the articles."""
        return {row["article"] for row in self.rows["claim_articles"]}

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """The verdict of each claim."""
        return {row["claim_id"]: row["verdict"] for row in self.rows["claims"]}

    @cached_property
    def coded(self) -> set[str]:
        """The claims that were coded twice."""
        return {row["claim_id"] for row in self.rows["claim_codings"]}

    @cached_property
    def bearings(self) -> dict[str, set[str]]:
        """Which bearings each claim's evidence has."""
        found = defaultdict(set)
        for row in self.rows["claim_evidence"]:
            found[row["claim_id"]].add(row["bearing"])
        return found

    @cached_property
    def origins(self) -> dict[str, set[str]]:
        """Who stands behind each source by the register, where that names it."""
        found = defaultdict(set)
        for table in ("event_sources", "leads"):
            for row in self.rows.get(table, []):
                found[row["key"]].add(row["origin_group"])
        return found


# claims and their two codings -----------------------------------------------------------------------------------------


@rule("claims", "quote", f"at most {QUOTE_WORDS} words", "Quote the part that is judged.")
def _quote_is_short(row: Row, _: Known) -> Iterator[Names]:
    words = len(row["quote"].split())
    if words > QUOTE_WORDS:
        yield {"found": f"{words} words"}


@rule(
    "claims", "article", "an article of data/claim_articles.csv whose code begins the identifier {claim_id}",
    "Mend the article or the identifier.",
)  # fmt: skip
def _of_an_article(row: Row, known: Known) -> Iterator[Names]:
    if row["article"] not in known.articles or not row["claim_id"].startswith(f"{row['article'].upper()}-"):
        yield {}


@rule(
    "claims", "right_value", "the right value, as the claim is contradicted", "Say what the sources give instead."
)  # fmt: skip
def _right_value_of_what_is_wrong(row: Row, _: Known) -> Iterator[Names]:
    if row["verdict"] == "contradicted" and not row["right_value"]:
        yield {}


@rule(
    "claims", "verdict", "evidence against it of two origins; found {against}",
    "Add an independent source to claim_evidence, or choose another verdict.",
)  # fmt: skip
def _contradicted_by_two_origins(row: Row, known: Known) -> Iterator[Names]:
    if row["verdict"] == "contradicted":
        against = origins(row["claim_id"], "against", known.rows)
        if len(against) < 2:
            yield {"against": ", ".join(sorted(against)) or "none"}


@rule(
    "claims", "verdict", "at least one row in claim_evidence whose bearing is {bearing}",
    "Add the evidence or mend its bearing, or choose another verdict.",
)  # fmt: skip
def _verdict_has_evidence(row: Row, known: Known) -> Iterator[Names]:
    wanted = BEARING.get(row["verdict"], set())
    if wanted and not known.bearings[row["claim_id"]] & wanted:
        yield {"bearing": " or ".join(sorted(wanted))}


@rule(
    "claims", "verdict", "a verdict that goes with evidence whose bearing is {bearing}",
    "Mend the verdict, or the bearing in claim_evidence.",
)  # fmt: skip
def _no_evidence_speaks_otherwise(row: Row, known: Known) -> Iterator[Names]:
    there, verdict = known.bearings[row["claim_id"]], row["verdict"]
    otherwise = there & EXCLUDED.get(verdict, set())
    if otherwise and (verdict not in BEARING or there & BEARING[verdict]):
        yield {"bearing": " and ".join(sorted(otherwise))}


@rule("claims", "right_value", "nothing, as the verdict is {verdict}", "Take it out, or choose another verdict.")
def _nothing_to_put_right(row: Row, _: Known) -> Iterator[Names]:
    if row["verdict"] in SINGLE and row["right_value"]:
        yield {}


@rule("claims", "claim_id", "a row in claim_codings", "Code it twice, or take it out.")
def _is_coded(row: Row, known: Known) -> Iterator[Names]:
    if row["claim_id"] not in known.coded:
        yield {}


@rule("claim_codings", "adjudicated", "{stands!r}, the verdict in claims", "Make both tables say the same.")
def _adjudicated_verdict_stands(row: Row, known: Known) -> Iterator[Names]:
    stands = known.verdicts.get(row["claim_id"])
    if stands and row["adjudicated"] != stands:
        yield {"stands": stands}


@rule("claim_codings", "reason", "what decided between {first!r} and {second!r}", "Say why.")
def _difference_is_explained(row: Row, _: Known) -> Iterator[Names]:
    if row["first"] != row["second"] and not row["reason"]:
        yield {}


@rule(
    "claim_codings", "adjudicated", f"{{first!r}} or {{second!r}}, or a reason that begins with '{OVERTURNED}'",
    "Decide for one of the two, or say what overturned both.",
)  # fmt: skip
def _decided_between_the_two(row: Row, _: Known) -> Iterator[Names]:
    if row["adjudicated"] not in (row["first"], row["second"]) and not row["reason"].startswith(OVERTURNED):
        yield {}


# evidence: each piece is one row of a table or one source, and it is there --------------------------------------------


def _is_one_thing(row: Row) -> bool:
    return bool(row["table_name"]) == bool(row["row_key"]) != bool(row["key"])


@rule(
    "claim_evidence", "key", "either a table with its row or the key of a source",
    "Make two rows of it, or fill in what is missing.",
)  # fmt: skip
def _row_or_source(row: Row, _: Known) -> Iterator[Names]:
    if not _is_one_thing(row):
        yield {"found": f"table {row['table_name']!r}, row {row['row_key']!r}, key {row['key']!r}"}


@rule("claim_evidence", "table_name", "a table of the descriptor", "Mend the spelling.")
def _table_is_known(row: Row, known: Known) -> Iterator[Names]:
    if _is_one_thing(row) and row["table_name"] and row["table_name"] not in known.tables:
        yield {}


@rule(
    "claim_evidence", "row_key",
    "the key of a row of data/{table_name}.csv, or column=value pairs that at least one row meets",
    "Mend the key or the pairs, or the row that they name{near}.",
)  # fmt: skip
def _row_is_there(row: Row, known: Known) -> Iterator[Names]:
    table, there = row["table_name"], known.rows.get(row["table_name"], [])
    if _is_one_thing(row) and table in known.tables and not picked(row["row_key"], table, there, known.package):
        yield {"near": _near(row["row_key"], table, there, known.package)}


def _near(reference: str, table: str, rows: list[Row], package: dict) -> str:
    """Return in words the first row that a reference just misses, or an empty text."""
    pairs = reference.split("; ") if "=" in reference else []
    for pair in pairs:
        others = [other for other in pairs if other != pair]
        met = picked("; ".join(others), table, rows, package) if others else []
        column = pair.split("=", 1)[0].strip()
        if met and column in met[0]:
            number = next(number for number, row in enumerate(rows, start=2) if row is met[0])
            return f" (row {number} of data/{table}.csv has {column} {met[0][column]!r} and meets all else)"
    key = next(entry for entry in package["resources"] if entry["name"] == table)["schema"].get("primaryKey")
    if pairs or not isinstance(key, str):
        return ""
    numbers = {row[key]: number for number, row in reversed([*enumerate(rows, start=2)])}
    close = get_close_matches(reference, numbers, n=1, cutoff=0.8)
    return f" (row {numbers[close[0]]} of data/{table}.csv has {close[0]!r})" if close else ""


@rule(
    "claim_evidence", "origin_group", "who stands behind the source or the figures",
    "Name the origin, as in event_sources.",
)  # fmt: skip
def _origin_is_named(row: Row, _: Known) -> Iterator[Names]:
    if row["table_name"] != "events" and not row["origin_group"]:
        yield {}


@rule(
    "claim_evidence", "origin_group", "{origins}, as the register has it for {key}",
    "Mend the key or the origin, here or in event_sources.",
)  # fmt: skip
def _origin_as_in_the_register(row: Row, known: Known) -> Iterator[Names]:
    origins = known.origins.get(row["key"]) if row["key"] else None
    if origins and row["origin_group"] and row["origin_group"] not in origins:
        yield {"origins": " or ".join(map(repr, sorted(origins)))}


@rule("claim_evidence", "locator", "nothing, as no source is named", "Name the source, or take the place out.")
def _place_in_a_source(row: Row, _: Known) -> Iterator[Names]:
    if row["locator"] and not row["key"]:
        yield {}


# links ----------------------------------------------------------------------------------------------------------------


@rule("claim_links", "kind", "a value, as the kind is {kind}", "Fill it in.")
def _what_the_kind_needs(row: Row, _: Known) -> Iterator[Names]:
    yield from ({"column": column} for column in NEEDS.get(row["kind"], ()) if not row[column])


@rule("claim_links", "kind", "nothing, as the kind is {kind}", "Take it out, or mend the kind.")
def _no_more_than_the_kind_needs(row: Row, _: Known) -> Iterator[Names]:
    if row["kind"] in NEEDS:
        may = {*ALWAYS, *NEEDS[row["kind"]], *MAY_HOLD[row["kind"]]}
        yield from ({"column": column} for column, value in row.items() if value and column not in may)


@rule("claim_links", "first_claim", "a claim of the article {article}", "Mend the claim or the article.")
def _claims_of_their_articles(row: Row, _: Known) -> Iterator[Names]:
    for which in ("first", "second"):
        claim, article = row[f"{which}_claim"], row[f"{which}_article"]
        if claim and article and not claim.startswith(f"{article.upper()}-"):
            yield {"column": f"{which}_claim", "article": article}


@rule("claim_links", "second_article", "an article of data/claim_articles.csv", "Mend the code.")
def _other_article_is_there(row: Row, known: Known) -> Iterator[Names]:
    if row["second_article"] and row["second_article"] not in known.articles:
        yield {}


@rule("claim_links", "first_claim", "a claim_id of data/claims.csv", "Mend the identifier.")
def _claims_are_there(row: Row, known: Known) -> Iterator[Names]:
    for column in ("first_claim", "second_claim"):
        if row[column] and row[column] not in known.verdicts:
            yield {"column": column}


@rule(
    "claim_links", "kind", "contradiction-{which} for {first_claim} and {second_claim}", "Mend the kind or the claims."
)  # fmt: skip
def _within_or_between(row: Row, _: Known) -> Iterator[Names]:
    if row["kind"].startswith("contradiction") and row["first_claim"] and row["second_claim"]:
        which = "within" if row["first_claim"][:2] == row["second_claim"][:2] else "between"
        if row["kind"] != f"contradiction-{which}":
            yield {"which": which}
