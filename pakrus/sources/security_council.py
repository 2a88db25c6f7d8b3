"""Outcomes of Security Council meetings on Kashmir, East Pakistan and Afghanistan, and every Soviet or Russian veto.

Read from the Dag Hammarskjöld Library's pages of meetings by year and its list of vetoes. The pages were written by
hand over decades: each known irregularity is named here, and any other stops the reader.
"""

import re
from calendar import month_name
from collections import defaultdict

import pandas as pd
from lxml import html

from pakrus.sources.files import Upstream, require

YEARS = range(1946, 2023)
PAGES = {f"unsc/scact{year}_table_en.html": year for year in YEARS} | {"unsc/scact2020_covid_table_en.html": 2020}
VETOES = "unsc/scact_veto_table_en.html"
VETO_HEADER = ["Date", "Draft", "Written Record", "Agenda Item", "Permanent Member Casting Negative Vote"]
_OUTCOME = "Security Council Outcome / Vote"
HEADERS = (
    ["Meeting Record", "Date", "Topic", _OUTCOME],  # to 1993
    ["Meeting Record", "Date", "Press Release", "Topic", _OUTCOME],  # 1994 on
    [  # 2020-21
        "Meeting Record", "Date", "Recording", "Topic", "Letter with Vote Procedure / Briefings",
        "Letter with Vote Outcome", _OUTCOME,
    ],
)  # fmt: skip
WRONG_TITLE = {"unsc/scact2020_covid_table_en.html": 2021}  # its title says 2021, its symbols are of 2020
SPELLINGS = {"30 January 86": "30 January 1986"}
WRONG_WIDTH = {(1961, "S/PV.969"): 3, (1964, "S/PV.1152"): 5}  # a cell without outcome left out, one "--" too many
ENLARGED = 1966  # eleven members before, fifteen from then on
MEMBERS = {
    "USSR": "RUS", "Russian Federation": "RUS", "China": "CHN", "USA": "USA", "United States": "USA", "UK": "GBR",
    "United Kingdom": "GBR", "France": "FRA",
}  # fmt: skip

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
NUMBERS = ("in_favour", "against", "abstained")
COLUMNS = [
    "outcome_id", "date", "record", "topic_group", "sanctions", "topic", "symbol", "outcome", "in_favour", "against",
    "abstained", "vetoed_by", "RUS", "PAK", "found_in", "note",
]  # fmt: skip


def _text(cell) -> str:
    for line_break in cell.iter("br"):
        line_break.tail = " " + (line_break.tail or "")
    return re.sub(r"\s+", " ", cell.text_content()).strip()


def _rows(upstream: Upstream, name: str) -> list[list[str]]:
    """Return the texts of all cells of a page, row by row."""
    page = upstream.path(name).read_bytes().replace(b"</br>", b"<br>")
    root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    return [[_text(cell) for cell in row if cell.tag in ("td", "th")] for row in root.iter("tr")]


def _date(text: str, year: int, name: str) -> str:
    """Return the ISO date of "5 December" in a year, or of "05 December 1971"; of two days, the first."""
    spelled = SPELLINGS.get(text, text.replace("Sep.", "September"))
    match = re.fullmatch(r"(\d{1,2})(?: ?[-/+] ?\d{1,2})? ([A-Z][a-z]+)(?: (\d{4}))?", spelled)
    require(match is not None and bool(year or match[3]), name, f"{text!r} is no date of the expected form.")
    require(match[2] in month_name, name, f"{text!r} names no month.")
    return f"{match[3] or year}-{list(month_name).index(match[2]):02d}-{int(match[1]):02d}"


def _meetings(upstream: Upstream, name: str) -> list[dict]:
    """Return one entry per agenda item of a page: `name`, `date`, `record`, `topic`, `text` (of the outcome)."""
    year, rows = PAGES[name], _rows(upstream, name)
    title = re.match(r"Meetings conducted by the Security Council in (\d{4})", " ".join(rows[0]))
    titled = title is not None and int(title[1]) == WRONG_TITLE.get(name, year)
    require(titled, name, f"title is {rows[0]}, the meetings of {year} expected.")
    require(rows[1] in HEADERS, name, f"columns are {rows[1]}; known are {' or '.join(map(str, HEADERS))}.")
    width, items, record, date = len(rows[1]), [], None, None
    for cells in rows[2:]:
        if not any(cells) or (len(cells) == 1 and cells[0].startswith("Document links will work")):
            continue
        if len(cells) == 2 and record:  # a further item of the meeting above: the first two cells span both rows
            topic, text = cells
        elif len(cells) == width or WRONG_WIDTH.get((year, cells[0])) == len(cells):
            if cells[0] or cells[1]:  # both empty: again a further item (1948)
                record, date = cells[0], _date(cells[1], year, name)
            topic = cells[width - 2] if width == 4 else cells[3]
            text = cells[width - 1] if len(cells) >= width else ""
            if record == "--" or (width == 7 and not record.startswith("S/PV.")):  # votes in writing, 2020-21
                record = next((c for c in (cells[5], cells[4], text.split(" ")[0]) if c.startswith("S/")), "")
        else:
            require(False, name, f"a row has {len(cells)} cells, {width} expected: {cells}")
        items.append({"name": name, "date": date, "record": record, "topic": topic, "text": text})
    require(len(items) > 0, name, "no meetings found.")
    return items


_PIECE = re.compile(
    r"(?=S/RES/\d)|(?=(?:Power Four )?[Dd]raft [Rr]esolution)|(?=S/PRST/)|(?=Communiqu)|(?=S/[\w./]+ \(PRST\))"
    r"|(?<!esolution )(?<!esolution)(?<!in )(?<!and )(?<!, )(?=S/[\w./]+ (?:not adopted|vetoed))"
)
_DRAFT = re.compile(
    r"(?:.*?[Dd]raft [Rr]esolutions? ?)?((?:S/|\(S/).+?) ?(vetoed ?by (?:the )?([A-Z][A-Za-z, ]+)|not adopted)"
)
_VOTE = re.compile(r"(\d+)-(\d+)-(\d+)")


def _vetoing(text: str, name: str) -> str:
    names = re.findall("|".join(MEMBERS), text)
    require(bool(names), name, f"no permanent member in {text!r}.")
    return "; ".join(sorted({MEMBERS[found] for found in names}))


def outcomes(text: str, name: str = "") -> list[dict]:
    """Return the outcomes named in one cell.

    Keys: `outcome`, `symbol`, `vetoed_by`, `how` (unanimously, without vote), and, where counted, `in_favour`,
    `against`, `abstained`.
    """
    found = []
    for piece in (p.strip() for p in _PIECE.split(text)):
        if not piece:
            continue
        row = {"outcome": "other", "symbol": "", "vetoed_by": "", "how": ""}
        resolution = re.match(r"S/RES/(\d+) ?\((\d{4})\)", piece)
        draft = _DRAFT.match(piece)
        statement = re.match(r"(S/PRST/\d+/\d+)|(S/[\w./]+) \(PRST\)|PRST", piece)
        if resolution:
            row |= {"outcome": "adopted", "symbol": f"S/RES/{resolution[1]} ({resolution[2]})"}
            how = re.search(r"unanimously|without (?:a )?vote|by consensus", piece, re.IGNORECASE)
            row["how"] = how[0].lower() if how else ""
        elif draft:
            row |= {"outcome": "not-adopted", "symbol": re.sub(r"^\((S/\S+)\)", r"\1", draft[1])}
            if draft[3]:
                row |= {"outcome": "vetoed", "vetoed_by": _vetoing(draft[3], name)}
        elif statement:
            row |= {"outcome": "presidential-statement", "symbol": statement[1] or statement[2] or ""}
        elif piece.lower().startswith("communiqu"):
            row["outcome"] = "communique"
        elif piece == "--":
            row["outcome"] = "none"
        else:
            row["symbol"] = piece[:80]
        vote = _VOTE.search(piece)
        if vote and (resolution or draft):
            row |= dict(zip(NUMBERS, map(int, vote.groups()), strict=True))
        found.append(row)
    for earlier, later in zip(found, found[1:], strict=False):  # "S/RES/2082 (2012) and S/RES/2083 (2012) 15-0-0"
        together = earlier["outcome"] == later["outcome"] == "adopted" and f"{earlier['symbol']} and " in text
        if together and "in_favour" not in earlier:
            earlier |= {key: later[key] for key in NUMBERS if key in later}
    none = [{"outcome": "none", "symbol": "", "vetoed_by": "", "how": ""}]
    return [row for row in found if row["outcome"] != "none"] or none


def _group(topic: str) -> str:
    return next((group for group, pattern in TOPICS if re.search(pattern, topic, re.IGNORECASE)), "")


def _draft_key(symbol: str) -> str:
    """Return the first symbol of a draft, without revisions and additions, which the two sources write in many ways."""
    match = re.match(r"S/(?:PV\.)?\d+(?:/\d+)?", symbol)
    return match[0] if match else symbol


def veto_list(upstream: Upstream) -> pd.DataFrame:
    """Return the library's list of vetoes: `date`, `draft`, `records` (a tuple), `topic`, `vetoed_by` (codes)."""
    rows = _rows(upstream, VETOES)
    require(rows[2] == VETO_HEADER, VETOES, f"columns are {rows[2]}, {VETO_HEADER} expected.")
    found = []
    for cells in rows[3:]:
        require(len(cells) == 5, VETOES, f"a row has {len(cells)} cells, 5 expected: {cells}")
        date, draft, record, topic, members = cells
        found.append((_date(date, 0, VETOES), draft, tuple(record.split(" ")), topic, _vetoing(members, VETOES)))
    return pd.DataFrame(found, columns=["date", "draft", "records", "topic", "vetoed_by"])


def _all_outcomes(upstream: Upstream) -> list[dict]:
    """Return every outcome of every meeting of all pages; an item without outcome has one of kind `none`."""
    found = []
    for name in PAGES:
        for item in _meetings(upstream, name):
            for outcome in outcomes(item["text"], name):
                found.append({**item, **outcome, "found_in": "meetings", "note": ""})
        written = sum(cell.count("vetoed") for cells in _rows(upstream, name) for cell in cells)
        read = sum(row["outcome"] == "vetoed" for row in found if row["name"] == name)
        require(read == written, name, f"{written} vetoes are written on the page, {read} were read.")
    return found


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


def _join_vetoes(rows: list[dict], listed: pd.DataFrame) -> list[dict]:
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
    rows = upstream.once(_all_outcomes)
    rows = _join_vetoes([dict(row) for row in rows], veto_list(upstream))
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
            kept.append({**row, "RUS": _soviet_vote(row), "PAK": None, "vetoed_by": vetoed_by})
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
