"""Outcomes of Security Council meetings on Kashmir, East Pakistan and Afghanistan, and every Soviet or Russian veto.

In: what `pakrus.sources.unsc` reads, every outcome of the meetings pages and the list of vetoes. Out: the table
`unsc_votes`. The difficulty is that the two lists differ: one draft may be vetoed several times, a symbol is written in
many ways, and a veto may stand in one list only; the veto list decides, and each row says where it was found.
"""

import re
from collections import defaultdict

import pandas as pd

from pakrus.measures.council import TERMS
from pakrus.sources.files import Upstream, require
from pakrus.sources.unsc import NUMBERS, VETOES, all_outcomes, veto_list

ENLARGED = 1966  # eleven members before, fifteen from then on
# Resolutions that belong to a topic although their agenda item does not say so
SANCTIONS = (
    1267, 1333, 1363, 1388, 1390, 1452, 1455, 1526, 1617, 1735, 1822, 1904, 1988, 1989, 2082, 2083, 2160, 2161,
    2253, 2255, 2368, 2501, 2557, 2560, 2610, 2611, 2615,
)  # fmt: skip
FILED_ELSEWHERE = {303: "east-pakistan"}  # 6 December 1971; the page's item is "Admission of new Members"
TOPICS = (  # the first that fits
    ("", r"^Letter, 13 June 1956, from Afghanistan|Tajik-Afghan border|^Request by .*Libya.* and Pakistan"),
    ("east-pakistan", r"India/Pakistan subcontinent|^Letter dated (?:4|12) December 1971 .*India-?Pakistan question"),
    ("east-pakistan", r"^Admission of new Members Bangladesh"),
    ("india-pakistan", r"^The India-Pakistan questions?$|Jammu and Kashmir"),
    ("nuclear-tests", r"nuclear tests by (?:India|Pakistan)"),
    ("pakistan", r"terrorist acts: Pakistan"),
    ("afghanistan", r"\bAfghanistan\b|^Letter dated 3 January 1980 from 52 countries"),
    ("sanctions", r"^1267/1989/2253 Committee"),
)
COLUMNS = [
    "outcome_id", "date", "record", "topic_group", "sanctions", "topic", "symbol", "outcome", "in_favour", "against",
    "abstained", "vetoed_by", "RUS", "PAK", "found_in", "note",
]  # fmt: skip


def _group(topic: str) -> str:
    return next((group for group, pattern in TOPICS if re.search(pattern, topic, re.IGNORECASE)), "")


def _draft_key(symbol: str) -> str:
    """Return the first symbol of a draft, without revisions and additions, which the two sources write in many ways."""
    match = re.match(r"S/(?:PV\.)?\d+(?:/\d+)?", symbol)
    return match[0] if match else symbol


def _pair(listed: list, written: list[dict]) -> list[tuple]:
    """Pair the vetoes of one draft in the list with those on the page, by the name in brackets if the page has one."""
    pairs, rest = [], list(written)
    for label in (True, False):
        for veto in [v for v in listed if v not in [p[0] for p in pairs]]:
            for row in rest:
                name = re.search(r"\((.+)\)", row["symbol"])
                fits = not label or (name is not None and (veto.topic.endswith(name[1]) or "amend" in name[1]))
                if (name is not None) == label and fits:
                    pairs.append((veto, row))
                    rest.remove(row)
                    break
    return pairs


def join_vetoes(rows: list[dict], listed: pd.DataFrame) -> list[dict]:
    """Return the outcomes, marked where the veto list has them too, and those that only it has.

    The list rests on the Council's official one and decides: a "veto" that only a page knows becomes `not-adopted`.
    """
    by_key = defaultdict(list)
    for row in rows:
        if row["outcome"] in ("vetoed", "not-adopted"):
            by_key[_draft_key(row["symbol"])].append(row)
    twice, only = [], []
    for key, group in listed.assign(key=listed["draft"].map(_draft_key)).groupby("key", sort=False):
        vetoes = list(group.itertuples())
        here = [row for row in by_key[key] if any(row["record"] in veto.records for veto in vetoes)]
        vetoed = [row for row in here if row["outcome"] == "vetoed"] or here
        elsewhere = [row for row in by_key[key] if row not in here and row["outcome"] == "vetoed"]
        pairs = _pair(vetoes, vetoed)
        votes = sorted({"-".join(str(row.get(k, "")) for k in NUMBERS) for _, row in pairs})
        told_apart = len(vetoes) == 1 or len(votes) == 1 or any("(" in row["symbol"] for _, row in pairs)
        for veto, row in pairs:
            if row["outcome"] == "not-adopted":
                row["note"] = "The meetings page says not adopted and names no veto; the veto list has it as a veto."
            elif row["vetoed_by"] != veto.vetoed_by:
                row["note"] = f"The meetings page names {row['vetoed_by']}, the veto list {veto.vetoed_by}."
            if elsewhere:
                row["note"] = f"{row['note']} The meetings page has it again under {elsewhere[0]['record']}.".strip()
            if not told_apart:
                row |= dict.fromkeys(NUMBERS)
                row["note"] = f"Several votes under one draft number, not told apart: {', '.join(votes)}."
            row |= {"outcome": "vetoed", "vetoed_by": veto.vetoed_by, "found_in": "both", "veto_topic": veto.topic}
        twice += elsewhere if pairs else []
        paired = [veto for veto, _ in pairs]
        for veto in (v for v in vetoes if v not in paired):
            only.append({
                "name": VETOES, "date": veto.date, "record": veto.records[0], "topic": veto.topic, "symbol": veto.draft,
                "outcome": "vetoed", "vetoed_by": veto.vetoed_by, "how": "", "found_in": "veto-list",
                "note": "The meetings page shows no such outcome; no vote count.",
            })  # fmt: skip
    for row in rows:
        if row["outcome"] == "vetoed" and row["found_in"] == "meetings" and row not in twice:
            row["outcome"] = "not-adopted"
            row["note"] = f"The meetings page says vetoed by {row['vetoed_by']}; the veto list has no such veto."
    return [row for row in rows if row not in twice] + only


def _soviet_vote(row: dict) -> str | None:
    """Return how the USSR or Russia voted where the outcome says so: a veto it cast, or a vote of all members."""
    if "RUS" in row["vetoed_by"]:
        return "no"
    everyone = 15 if int(row["date"][:4]) >= ENLARGED else 11
    if row["outcome"] == "adopted" and (row["how"].endswith("unanimously") or row.get("in_favour") == everyone):
        return "yes"
    return None


def _pakistani_vote(row: dict) -> str | None:
    """Return yes where all members voted in favour while Pakistan was one of them; no page tells another vote of its."""
    sat = any(first <= int(row["date"][:4]) <= last for first, last in TERMS)
    return "yes" if sat and _soviet_vote({**row, "vetoed_by": ""}) == "yes" else None


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return the Security Council's outcomes on the topics of this book and all Soviet and Russian vetoes.

    Columns: `outcome_id` (date and number), `date`, `record` (meeting record; for votes in writing, 2020-21, the
    letter), `topic_group` (`india-pakistan`, `east-pakistan`, `nuclear-tests`, `pakistan`, `afghanistan`, `sanctions`,
    or `veto`: any other subject), `sanctions` (of the family of resolution 1267), `topic` (as worded there), `symbol`,
    `outcome` (`adopted`, `vetoed`, `not-adopted`, `presidential-statement`, `communique`, `other`, `none`),
    `in_favour`, `against`, `abstained`, `vetoed_by` (codes), `RUS` and `PAK` (votes where known), `found_in`
    (`meetings`, `veto-list`, `both`), `note`.

    Raises
    ------
    UpstreamError
        When a page has a layout, title, date or veto that this reader does not know.
    """
    rows = upstream.once(all_outcomes)
    rows = join_vetoes([dict(row) for row in rows], upstream.once(veto_list))
    kept = []
    for row in rows:
        number = re.match(r"S/RES/(\d+)", row["symbol"])
        number = int(number[1]) if number else 0
        group = _group(row["topic"]) or _group(row.get("veto_topic", "")) or FILED_ELSEWHERE.get(number, "")
        if number in FILED_ELSEWHERE and not _group(row["topic"]):
            row["note"] = f'The page files it under "{row["topic"]}".'
        row["sanctions"] = number in SANCTIONS or group == "sanctions"
        row["topic_group"] = group or ("sanctions" if row["sanctions"] else "veto" if "RUS" in row["vetoed_by"] else "")
        if row["topic_group"]:
            if row["topic_group"] in ("veto", "east-pakistan") and row.get("veto_topic"):
                row["topic"] = row["veto_topic"]  # the list says whose admission; the page does not
            if row["outcome"] == "adopted" and row["how"]:
                row["note"] = row["note"] or f"Adopted {row['how'].removeprefix('adopted ')}; the page gives no count."
            vetoed_by = row["vetoed_by"] if row["outcome"] == "vetoed" else ""
            kept.append({**row, "RUS": _soviet_vote(row), "PAK": _pakistani_vote(row), "vetoed_by": vetoed_by})
    found = {int(m[1]) for row in kept if (m := re.match(r"S/RES/(\d+)", row["symbol"]))}
    missing = (set(SANCTIONS) | set(FILED_ELSEWHERE)) - found
    require(not missing, "unsc/", f"resolutions {sorted(missing)} are on no page.")
    frame = pd.DataFrame(kept)
    frame["order"] = pd.to_numeric(frame["record"].str.extract(r"(\d+)$", expand=False)).fillna(0)
    frame = frame.sort_values(["date", "order"], kind="stable", ignore_index=True)
    frame["outcome_id"] = frame["date"] + "-" + (frame.groupby("date").cumcount() + 1).astype(str)
    for column in NUMBERS:
        frame[column] = frame[column].astype("Int64")
    return frame[COLUMNS]
