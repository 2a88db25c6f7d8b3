"""Security Council: every outcome on the Dag Hammarskjöld Library's pages of meetings by year, and its list of vetoes.

In: one page per year of meetings, 1946 to mid-2022, and one page of vetoes. Out: a row per outcome of a meeting's agenda
item, and a row per veto. The difficulty is that the pages were written by hand over decades: each known irregularity is
named here, and any other stops the reader. Which outcomes the book keeps is said in `pakrus.tables.unsc`.
"""

import re
from calendar import month_name

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
MEMBERS = {
    "USSR": "RUS", "Russian Federation": "RUS", "China": "CHN", "USA": "USA", "United States": "USA", "UK": "GBR",
    "United Kingdom": "GBR", "France": "FRA",
}  # fmt: skip

# the page prints 13-0-2 for a draft that China and Russia vetoed: both voted against (UN press release SC/14911, 26 May 2022)
SWAPPED = {"S/2022/431"}
NUMBERS = ("in_favour", "against", "abstained")


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
            if row.get("symbol") in SWAPPED:
                row["against"], row["abstained"] = row["abstained"], row["against"]
        found.append(row)
    for earlier, later in zip(found, found[1:], strict=False):  # "S/RES/2082 (2012) and S/RES/2083 (2012) 15-0-0"
        together = earlier["outcome"] == later["outcome"] == "adopted" and f"{earlier['symbol']} and " in text
        if together and "in_favour" not in earlier:
            earlier |= {key: later[key] for key in NUMBERS if key in later}
    none = [{"outcome": "none", "symbol": "", "vetoed_by": "", "how": ""}]
    return [row for row in found if row["outcome"] != "none"] or none


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


def all_outcomes(upstream: Upstream) -> list[dict]:
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
