"""The rules of the claims audit that a schema cannot say: quotes, verdicts, evidence, links, both codings."""

from collections import defaultdict
from collections.abc import Iterator

from pakrus.checks.problem import Problem, cell
from pakrus.terms import QUOTE_WORDS

# what must stand under a verdict for the two to say the same
BEARING = {
    "supported": {"supports"},
    "supported with nuance": {"supports", "qualifies"},
    "contradicted": {"against"},
    "internally inconsistent": {"supports", "against", "qualifies"},
}
TABLES = ("claims", "claim_articles", "claim_codings", "claim_evidence", "claim_links")


def problems(rows: dict[str, list[dict]], package: dict) -> list[Problem]:
    """Return every problem of the five tables of the audit, in the order of the tables.

    `rows` maps a table's name to its rows as read, all values text; `package` is the descriptor.
    """
    if not set(TABLES) <= rows.keys():
        return []
    return [*_claims(rows), *_codings(rows), *_evidence(rows, package), *_links(rows)]


def picked(reference: str, table: str, rows: list[dict], package: dict) -> list[dict]:
    """Return the rows of a table that a piece of evidence names.

    `reference` is the value of the table's key, or ``column=value`` pairs separated by "; " that all must hold.
    """
    if "=" in reference:
        pairs = [pair.split("=", 1) for pair in reference.split("; ") if "=" in pair]
        return [row for row in rows if all(row.get(name.strip()) == value.strip() for name, value in pairs)]
    key = next(entry for entry in package["resources"] if entry["name"] == table)["schema"].get("primaryKey")
    key = key[0] if isinstance(key, list) else key
    return [row for row in rows if row.get(key) == reference]


def origins(claim: str, bearing: str, rows: dict[str, list[dict]]) -> set[str]:
    """Return the independent origins of the evidence of one bearing: an event brings those of the sources that report it."""
    found = set()
    for row in rows["claim_evidence"]:
        if row["claim_id"] != claim or row["bearing"] != bearing:
            continue
        if row["table_name"] == "events":
            found |= {
                source["origin_group"]
                for source in rows.get("event_sources", [])
                if source["event_id"] == row["row_key"] and source["testimony"] == "reports"
            }
        else:
            found.add(row["origin_group"])
    return {origin.strip().casefold() for origin in found if origin.strip()}


def _claims(rows: dict) -> Iterator[Problem]:
    articles = {row["article"] for row in rows["claim_articles"]}
    bearing = defaultdict(set)
    for row in rows["claim_evidence"]:
        bearing[row["claim_id"]].add(row["bearing"])
    for number, row in enumerate(rows["claims"], start=2):
        said = len(row["quote"].split())
        if said > QUOTE_WORDS:
            yield cell(
                "claims",
                number,
                "quote",
                f"{said} words",
                f"at most {QUOTE_WORDS} words",
                "Quote the part that is judged.",
            )
        if row["article"] not in articles or not row["claim_id"].startswith(f"{row['article'].upper()}-"):
            yield cell(
                "claims",
                number,
                "article",
                row["article"],
                f"an article of data/claim_articles.csv whose code begins the identifier {row['claim_id']}",
                "Mend the article or the identifier.",
            )
        if row["verdict"] == "contradicted":
            if not row["right_value"]:
                yield cell(
                    "claims",
                    number,
                    "right_value",
                    "",
                    "the right value, as the claim is contradicted",
                    "Say what the sources give instead.",
                )
            against = origins(row["claim_id"], "against", rows)
            if len(against) < 2:
                yield cell(
                    "claims",
                    number,
                    "verdict",
                    "contradicted",
                    f"evidence against it of two origins; found {', '.join(sorted(against)) or 'none'}",
                    "Add an independent source to claim_evidence, or choose another verdict.",
                )
        wanted = BEARING.get(row["verdict"], set())
        if wanted and not bearing[row["claim_id"]] & wanted:
            yield cell(
                "claims",
                number,
                "verdict",
                row["verdict"],
                f"at least one row in claim_evidence whose bearing is {' or '.join(sorted(wanted))}",
                "Add the evidence or mend its bearing, or choose another verdict.",
            )


def _codings(rows: dict) -> Iterator[Problem]:
    """Each claim was coded twice, and the adjudicated verdict is the one that stands."""
    verdicts = {row["claim_id"]: row["verdict"] for row in rows["claims"]}
    coded = {row["claim_id"] for row in rows["claim_codings"]}
    for number, row in enumerate(rows["claims"], start=2):
        if row["claim_id"] not in coded:
            yield cell(
                "claims",
                number,
                "claim_id",
                row["claim_id"],
                "a row in claim_codings",
                "Code it twice, or take it out.",
            )
    for number, row in enumerate(rows["claim_codings"], start=2):
        stands = verdicts.get(row["claim_id"])
        if stands and row["adjudicated"] != stands:
            yield cell(
                "claim_codings",
                number,
                "adjudicated",
                row["adjudicated"],
                f"{stands!r}, the verdict in claims",
                "Make both tables say the same.",
            )
        if row["first"] != row["second"] and not row["reason"]:
            yield cell(
                "claim_codings",
                number,
                "reason",
                "",
                f"what decided between {row['first']!r} and {row['second']!r}",
                "Say why.",
            )


def _evidence(rows: dict, package: dict) -> Iterator[Problem]:
    """Each piece is one row of a table or one source, and it is there."""
    named = {entry["name"] for entry in package["resources"]}
    for number, row in enumerate(rows["claim_evidence"], start=2):
        if bool(row["table_name"]) == bool(row["key"]) or bool(row["table_name"]) != bool(row["row_key"]):
            yield cell(
                "claim_evidence",
                number,
                "key",
                f"table {row['table_name']!r}, row {row['row_key']!r}, key {row['key']!r}",
                "either a table with its row or the key of a source",
                "Make two rows of it, or fill in what is missing.",
            )
        elif row["table_name"] and row["table_name"] not in named:
            yield cell(
                "claim_evidence",
                number,
                "table_name",
                row["table_name"],
                "a table of the descriptor",
                "Mend the spelling.",
            )
        elif row["table_name"] and not picked(
            row["row_key"], row["table_name"], rows.get(row["table_name"], []), package
        ):
            yield cell(
                "claim_evidence",
                number,
                "row_key",
                row["row_key"],
                f"the key of a row of data/{row['table_name']}.csv, or column=value pairs that at least one row meets",
                "Mend the key or the pairs.",
            )
        if row["table_name"] != "events" and not row["origin_group"]:
            yield cell(
                "claim_evidence",
                number,
                "origin_group",
                "",
                "who stands behind the source or the figures",
                "Name the origin, as in event_sources.",
            )


def _links(rows: dict) -> Iterator[Problem]:
    """A contradiction joins two claims, a copied passage a claim and a source, an overlap two articles."""
    needs = {
        "contradiction-within": ("first_claim", "second_claim"),
        "contradiction-between": ("first_claim", "second_claim"),
        "repeated-passage": ("first_article", "second_article", "shared_words"),
        "overlap": ("first_article", "second_article", "resemblance"),
        "copied-passage": ("first_article", "key", "shared_words"),
    }
    known = {row["claim_id"] for row in rows["claims"]}
    for number, row in enumerate(rows["claim_links"], start=2):
        for column in needs.get(row["kind"], ()):
            if not row[column]:
                yield cell("claim_links", number, column, "", f"a value, as the kind is {row['kind']}", "Fill it in.")
        for column in ("first_claim", "second_claim"):
            if row[column] and row[column] not in known:
                yield cell(
                    "claim_links", number, column, row[column], "a claim_id of data/claims.csv", "Mend the identifier."
                )
        if row["kind"].startswith("contradiction") and row["first_claim"] and row["second_claim"]:
            same = row["first_claim"][:2] == row["second_claim"][:2]
            if same != (row["kind"] == "contradiction-within"):
                yield cell(
                    "claim_links",
                    number,
                    "kind",
                    row["kind"],
                    f"contradiction-{'within' if same else 'between'} for {row['first_claim']} and {row['second_claim']}",
                    "Mend the kind or the claims.",
                )
