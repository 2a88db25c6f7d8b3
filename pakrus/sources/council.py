"""Votes of the Security Council's members on adopted texts since 2000, from the UN's machine-readable resolutions.

In: an extract with the votes of five states on every divided text, and the UN's own files by year with the votes of all
members. Out: one row per text, or one row per text and member. The difficulty
is the files' small faults: a text stands twice, a symbol lacks its blank, dates have three forms and blanks that do not break,
counts and lists contradict each other. What can be put right from the entry itself is; any other entry stops the reader.
"""

import json
import re

import pandas as pd

from pakrus.sources.files import Upstream, UpstreamError, columns, require

DIVIDED = "unsc_resolutions/unsc_nonunanimous_all.csv"
YEARS = range(2000, 2027)
FILES = tuple(f"unsc_resolutions/data_extract/{year}.json" for year in YEARS)
STATES = ("PAK", "RUS", "CHN", "USA", "IND")
LISTS = {"MS_in_favour": "yes", "MS_against": "no", "MS_abstaining": "abstain"}
# Adopted 13-0-2 by its own heading, but the list has all fifteen in favour: who abstained is not told
UNTOLD = ("S/RES/2812 (2026)",)
CODES = {
    "ALBANIA": "ALB", "ALGERIA": "DZA", "ANGOLA": "AGO", "ARGENTINA": "ARG", "AUSTRALIA": "AUS", "AUSTRIA": "AUT", "AZERBAIJAN": "AZE",
    "BAHRAIN": "BHR", "BANGLADESH": "BGD", "BELGIUM": "BEL", "BENIN": "BEN", "BOLIVIA (PLURINATIONAL STATE OF)": "BOL",
    "BOSNIA AND HERZEGOVINA": "BIH", "BRAZIL": "BRA", "BULGARIA": "BGR", "BURKINA FASO": "BFA", "CAMEROON": "CMR", "CANADA": "CAN",
    "CHAD": "TCD", "CHILE": "CHL", "CHILEs": "CHL", "CHINA": "CHN", "COLOMBIA": "COL", "CONGO": "COG", "COSTA RICA": "CRI",
    "CROATIA": "HRV", "C\u00d4TE D'IVOIRE": "CIV", "C\u00d4TE D\u2019IVOIRE": "CIV", "COTE D'IVOIRE": "CIV",
    "DEMOCRATIC REPUBLIC OF THE CONGO": "COD", "DENMARK": "DNK", "DOMINICAN REPUBLIC": "DOM", "ECUADOR": "ECU", "EGYPT": "EGY",
    "EQUATORIAL GUINEA": "GNQ", "ESTONIA": "EST", "ETHIOPIA": "ETH", "FRANCE": "FRA", "GABON": "GAB", "GERMANY": "DEU", "GHANA": "GHA",
    "GREECE": "GRC", "GUATEMALA": "GTM", "GUINEA": "GIN", "GUYANA": "GUY", "INDIA": "IND", "INDONESIA": "IDN", "IRELAND": "IRL",
    "ITALY": "ITA", "JAMAICA": "JAM", "JAPAN": "JPN", "JORDAN": "JOR", "KAZAKHSTAN": "KAZ", "KENYA": "KEN", "KUWAIT": "KWT",
    "LATVIA": "LVA", "LEBANON": "LBN", "LIBERIA": "LBR", "LIBYAN ARAB JAMAHIRIYA": "LBY", "LITHUANIA": "LTU", "LUXEMBOURG": "LUX",
    "MALAYSIA": "MYS", "MALI": "MLI", "MALTA": "MLT", "MAURITIUS": "MUS", "MEXICO": "MEX", "MOROCCO": "MAR", "MOZAMBIQUE": "MOZ",
    "NAMIBIA": "NAM", "NETHERLANDS": "NLD", "NETHERLANDS (KINGDOM OF THE)": "NLD", "NEW ZEALAND": "NZL", "NIGER": "NER",
    "NIGERIA": "NGA", "NORWAY": "NOR", "PAKISTAN": "PAK", "PANAMA": "PAN", "PERU": "PER", "PHILIPPINES": "PHL", "POLAND": "POL",
    "PORTUGAL": "PRT", "QATAR": "QAT", "REPUBLIC OF KOREA": "KOR", "ROMANIA": "ROU", "RUSSIAN FEDERATION": "RUS", "RWANDA": "RWA",
    "SAINT VINCENT AND THE GRENADINES": "VCT", "SENEGAL": "SEN", "SIERRA LEONE": "SLE", "SINGAPORE": "SGP", "SLOVAKIA": "SVK",
    "SLOVENIA": "SVN", "SOMALIA": "SOM", "SOUTH AFRICA": "ZAF", "SPAIN": "ESP", "SWEDEN": "SWE", "SWITZERLAND": "CHE",
    "SYRIAN ARAB REPUBLIC": "SYR", "TOGO": "TGO", "TUNISIA": "TUN", "TURKEY": "TUR", "T\u00dcRK\u0130YE": "TUR", "UGANDA": "UGA",
    "UKRAINE": "UKR", "UNITED ARAB EMIRATES": "ARE", "UNITED KINGDOM": "GBR", "UNITED REPUBLIC OF TANZANIA": "TZA",
    "UNITED STATES": "USA", "URUGUAY": "URY", "VENEZUELA (BOLIVARIAN REPUBLIC OF)": "VEN", "VIET NAM": "VNM",
}  # fmt: skip
_COUNTED = re.compile(r"(\d+)-(\d+)-(\d+)")


def _symbol(text: str, file: str) -> str:
    match = re.fullmatch(r"S/RES/(\d+) ?\((\d{4})\)", text.strip())
    require(match is not None, file, f"symbol {text!r}, one like 'S/RES/1500 (2003)' expected.")
    return f"S/RES/{match[1]} ({match[2]})"


def _date(text: str, file: str) -> str:
    """Return the ISO date of "17 January 2003" (blanks of any kind) or of "2024-01-30 00:00:00"."""
    try:
        return pd.to_datetime(" ".join(text.split()), dayfirst=False).strftime("%Y-%m-%d")
    except ValueError:
        raise UpstreamError(f"{file}: {text!r} is no date of the expected form.") from None


def divided(upstream: Upstream) -> pd.DataFrame:
    """Return every adopted text since 2000 with a vote against or an abstention, each once, with the votes of five states.

    Columns: `symbol`, `date`, `topic`, `in_favour`, `against`, `abstained`, and the votes of `STATES` (missing: no member).

    Raises
    ------
    UpstreamError
        When a text stands twice with other values, or a symbol, date or vote is not of a known form.
    """
    file = DIVIDED
    names = ["symbol", "date", "agenda_item", "adoption_type", "n_yes", "n_no", "n_abstain", *STATES]
    frame = columns(pd.read_csv(upstream.path(file), dtype=str, keep_default_na=False), file, names)
    frame["symbol"] = [_symbol(text, file) for text in frame["symbol"]]
    frame["date"] = [_date(text, file) for text in frame["date"]]
    differ = frame.drop_duplicates().duplicated("symbol")
    require(not differ.any(), file, f"two different entries of {', '.join(frame.drop_duplicates()[differ]['symbol'])}.")
    frame = frame.drop_duplicates(ignore_index=True)
    known = {"", *LISTS.values()}
    for state in STATES:
        odd = sorted(set(frame[state]) - known)
        require(not odd, file, f"vote of {state} is {', '.join(odd)}; yes, no, abstain or nothing expected.")
        frame[state] = frame[state].replace("", None)
    frame = frame.rename(
        columns={"agenda_item": "topic", "n_yes": "in_favour", "n_no": "against", "n_abstain": "abstained"}
    )
    numbers = ["in_favour", "against", "abstained"]
    frame[numbers] = frame[numbers].astype(int)
    frame["topic"] = frame["topic"].str.strip().str.rstrip(".")
    require((frame["against"] + frame["abstained"] > 0).all(), file, "a text without a vote against or an abstention.")
    return frame.drop(columns="adoption_type").sort_values(["date", "symbol"], ignore_index=True)


def _members(entry: dict, file: str) -> dict[str, str]:
    """Return how each member voted by one entry."""
    votes = {}
    for key, vote in LISTS.items():
        names = entry[key]
        if "C\u00d4TE." in names:  # one name broken in two
            names = [n for n in names if n not in ("C\u00d4TE.", "D'IVOIRE")] + ["C\u00d4TE D'IVOIRE"]
        unknown = sorted(set(names) - set(CODES))
        remedy = "add the name to CODES in pakrus/sources/council.py."
        require(not unknown, file, f"{entry['symbol']}: no code for {', '.join(unknown)}: {remedy}")
        for name in names:
            require(
                CODES[name] not in votes or votes[CODES[name]] == vote, file, f"{entry['symbol']}: {name} voted twice."
            )
            votes[CODES[name]] = vote
    return votes


def _entries(upstream: Upstream) -> list[tuple[str, str, dict, dict[str, str]]]:
    """Return every adopted text of the UN's files once: file, symbol, entry, and how each member voted."""
    found = []
    for file in FILES:
        entries = {}
        for line in upstream.path(file).read_text(encoding="utf-8").splitlines():
            if line.strip():
                entry = json.loads(line)
                symbol, votes = _symbol(entry["symbol"], file), _members(entry, file)
                if len(votes) >= len(
                    entries.get(symbol, ({}, {}))[1]
                ):  # an entry without lists yields to one with them
                    entries[symbol] = entry, votes
        found += [(file, symbol, entry, votes) for symbol, (entry, votes) in entries.items()]
    return found


def adopted(upstream: Upstream) -> pd.Series:
    """Return how many texts the Council adopted in each year since 2000, those without a vote too."""
    years = [int(symbol[-5:-1]) for _, symbol, _, _ in upstream.once(_entries)]
    return pd.Series(years).value_counts().sort_index()


def ballots(upstream: Upstream) -> pd.DataFrame:
    """Return how every member voted on every divided adopted text since 2000: `symbol`, `date`, `member`, `vote`.

    A text is divided when its lists have a vote against or an abstention. A member that took no part has no row, nor has one
    that the list forgot (in S/RES/2756). The texts of `UNTOLD` are left out.

    Raises
    ------
    UpstreamError
        When an entry's heading ("Adopted 13-0-2") says it was divided and its lists do not, or a name is unknown.
    """
    rows = []
    for file, symbol, entry, votes in upstream.once(_entries):
        heading = _COUNTED.search(entry["adoption_type"])
        split = heading is not None and (int(heading[2]) or int(heading[3]))
        if not {"no", "abstain"} & set(votes.values()):
            told = not split or symbol in UNTOLD
            heading_said = f"{symbol}: {entry['adoption_type']!r}"
            require(told, file, f"{heading_said}, but its lists name no one against or abstaining.")
            continue
        date = _date(entry["adoption_date"], file)
        rows += [(symbol, date, member, vote) for member, vote in votes.items()]
    frame = pd.DataFrame(rows, columns=["symbol", "date", "member", "vote"])
    return frame.sort_values(["date", "symbol", "member"], ignore_index=True)
