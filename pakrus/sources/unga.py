"""Roll calls of the General Assembly, as two producers publish them: the R package unvotes and the UN's own files.

In: three R files with all roll calls of sessions 1-74, and one JSON file per session from the UN, from session 74 on.
Out: for each of the two a table of roll calls and a table of ballots, one row per state that voted, still under each
producer's own names of states. The difficulty is that neither is clean: unvotes carries days that are no days, the UN
files repeat and leave out entries; each known error is confirmed against `corrections.toml`, a new one stops the reader.
Both are put together in `pakrus.tables.votes`.
"""

import json
import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, require
from pakrus.terms import session_of_year, year_of_session

STATES = ("PAK", "RUS", "USA", "CHN", "IND")
CODES = {"yes": 1, "abstain": 2, "no": 3}  # 0 = absent, not a member, or no vote recorded

UNVOTES = "unga_votes/un_votes.rda"
ROLL_CALLS = "unga_votes/un_roll_calls.rda"
ISSUES = "unga_votes/un_roll_call_issues.rda"
UNXML = tuple(
    f"unga_votes/unxml/{name}.json" for name in ("74", "75", "76", "77", "78", "79", "80", "ES-10", "ES-11", "S-32")
)
LISTS = ("MS_in_favour", "MS_abstaining", "MS_against")  # in the order of the codes

UNVOTES_NAMES = {"Pakistan": "PAK", "Russia": "RUS", "United States": "USA", "China": "CHN", "India": "IND"}
UNXML_NAMES = {"PAKISTAN": "PAK", "RUSSIAN FEDERATION": "RUS", "UNITED STATES": "USA", "CHINA": "CHN", "INDIA": "IND"}
# one state, several spellings within one session; accents are dropped first
SPELLINGS = {"TURKYYE": "TURKEY", "TURKIYE": "TURKEY", "NETHERLANDS (KINGDOM OF THE)": "NETHERLANDS"}
# names of the UN files that differ from those of unvotes in more than case; equal ballots in session 74 prove each pair
UNVOTES_NAME_OF = {
    "ANTIGUA AND BARBUDA": "Antigua & Barbuda", "BOLIVIA (PLURINATIONAL STATE OF)": "Bolivia",
    "BOSNIA AND HERZEGOVINA": "Bosnia & Herzegovina", "BRUNEI DARUSSALAM": "Brunei", "CABO VERDE": "Cape Verde",
    "CONGO": "Congo - Brazzaville", "COTE D'IVOIRE": "Côte d’Ivoire",
    "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA": "North Korea", "DEMOCRATIC REPUBLIC OF THE CONGO": "Congo - Kinshasa",
    "IRAN (ISLAMIC REPUBLIC OF)": "Iran", "LAO PEOPLE'S DEMOCRATIC REPUBLIC": "Laos", "MYANMAR": "Myanmar (Burma)",
    "REPUBLIC OF KOREA": "South Korea", "REPUBLIC OF MOLDOVA": "Moldova", "SAINT KITTS AND NEVIS": "St. Kitts & Nevis",
    "SAINT LUCIA": "St. Lucia", "SAINT VINCENT AND THE GRENADINES": "St. Vincent & Grenadines",
    "SAO TOME AND PRINCIPE": "São Tomé & Príncipe", "SERBIA": "Yugoslavia", "SYRIAN ARAB REPUBLIC": "Syria",
    "TRINIDAD AND TOBAGO": "Trinidad & Tobago", "UNITED REPUBLIC OF TANZANIA": "Tanzania",
    "VENEZUELA (BOLIVARIAN REPUBLIC OF)": "Venezuela", "VIET NAM": "Vietnam",
}  # fmt: skip


def _read_rda(path) -> pd.DataFrame:
    """Read the one data frame of an R file; pyreadr comes with requirements-derive.txt."""
    try:
        import pyreadr
    except ImportError as error:
        raise ImportError(
            "Reading the R files needs pyreadr: pip install --require-hashes -r requirements-derive.txt"
        ) from error
    (frame,) = pyreadr.read_r(str(path)).values()
    return frame


def every_vote(upstream: Upstream) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all roll calls and all ballots (rcid, country, code) of the unvotes files."""
    calls = columns(
        _read_rda(upstream.path(ROLL_CALLS)),
        ROLL_CALLS,
        ["rcid", "session", "date", "unres", "amend", "para", "short", "descr"],
    )
    require(len(calls) == 6203, ROLL_CALLS, f"6,203 roll calls expected, found {len(calls):,}.")
    calls = calls.assign(rcid=calls["rcid"].astype(int), session=calls["session"].astype(int))
    _known_dates(calls)
    ballots = columns(_read_rda(upstream.path(UNVOTES)), UNVOTES, ["rcid", "country", "vote"])
    require(len(ballots) == 870109, UNVOTES, f"870,109 votes expected, found {len(ballots):,}.")
    codes = ballots["vote"].astype("category").cat.rename_categories(lambda vote: CODES.get(vote, -1)).astype("int8")
    require(codes.gt(0).all(), UNVOTES, "a vote is neither yes, abstain nor no.")
    return calls, pd.DataFrame(
        {"rcid": ballots["rcid"].astype(int), "country": ballots["country"].astype("category"), "code": codes}
    )


def _known_dates(calls: pd.DataFrame) -> None:
    """Check that the dates still have the errors for which they are cut to a year or month."""
    date = calls["date"].astype(str)
    corrections.confirm("unvotes-days", date[calls["session"] <= 51].str[8:10].astype(int).max())
    twentieth = date[calls["session"] == 20]
    corrections.confirm("unvotes-session-20", f"{twentieth.min()} to {twentieth.max()}")


def unvotes(upstream: Upstream, *every: bool) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return roll calls of unvotes (final passage, or `every` one), the ballots and the issue codes.

    Roll calls: `rcid`, `session`, `date` (at the precision that it bears), `symbol`, `title`. Ballots: `rcid`, `country`
    (as unvotes names it), `code` (see `CODES`). Issue codes: `rcid`, `short_name`, a row for each code of a roll call.
    """
    calls, ballots = upstream.once(every_vote)
    if not any(every):
        calls = calls[calls["amend"].fillna(0).ne(1) & calls["para"].fillna(0).ne(1)]
    calls = pd.DataFrame({
        "rcid": calls["rcid"], "session": calls["session"], "date": _dates(calls["session"], calls["date"]),
        "symbol": calls["unres"].fillna("").str.strip(), "title": _titles(calls),
    })  # fmt: skip
    ballots = ballots[ballots["rcid"].isin(calls["rcid"])]
    issues = columns(_read_rda(upstream.path(ISSUES)), ISSUES, ["rcid", "short_name"])
    return calls, ballots, issues.assign(rcid=issues["rcid"].astype(int), short_name=issues["short_name"].astype(str))


def _dates(session: pd.Series, date: pd.Series) -> pd.Series:
    """Dates at the precision that they bear: a year to session 25, a month to session 58, then days.

    Up to session 51 no day above 7 occurs, and known adoptions do not fit: those "days" are not days of the month.
    """
    text = date.astype(str)
    years = year_of_session(session).astype(str)
    return pd.Series(np.select([session <= 25, session <= 58], [years, text.str[:7]], text.str[:10]), session.index)


def _titles(calls: pd.DataFrame) -> pd.Series:
    short = calls["short"].fillna("")
    title = short.where(calls["session"] < 71, short.str.split(" : ").str[0])  # from then on "title : resolution / ..."
    return title.where(title.str.strip() != "", calls["descr"].fillna("").str.slice(0, 120)).map(_plain)


def _plain(text: str) -> str:
    """Return one line of text without markup remains of the file."""
    return re.sub(r"\s+", " ", str(text).replace("\\", " ").replace('"', "'")).strip()


def _country(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.strip().upper()) if not unicodedata.combining(c))
    return SPELLINGS.get(plain, plain)


def _session_of(symbol: str, date: pd.Timestamp) -> int:
    """Return the regular session of a resolution; emergency and special sessions count in the regular one then open."""
    match = re.match(r"A/RES/(\d+)/", symbol)
    return int(match[1]) if match else session_of_year(date.year) - (date.month < 9)


def _known_errors(name: str, errors: dict[str, list[str]]) -> None:
    """Check one UN file's faulty entries (kind -> symbols) against the record: a new one stops, so does one gone."""
    recorded = {correction.id for correction in corrections.corrections()}
    for kind, symbols in errors.items():
        identifier = f"un-{name.split('/')[-1].removesuffix('.json')}-{kind}"
        remedy = f"{kind}: {', '.join(symbols)}. If that is so, record it as {identifier} in corrections.toml."
        require(not symbols or identifier in recorded, name, remedy)
        if identifier in recorded:
            corrections.confirm(identifier, "; ".join(sorted(symbols)))


def unxml(upstream: Upstream) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the resolutions with a recorded vote and their ballots from the UN files.

    Resolutions: `vote_id` (the symbol), `session`, `date`, `title`. Ballots: `vote_id`, `country` (capitals, without
    accents), `code` (see `CODES`).
    """
    calls, ballots, lists_of = [], [], {}
    for name in UNXML:
        errors = {"without-lists": [], "repeated": [], "doubled": []}
        for number, line in enumerate(upstream.path(name).read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            row = json.loads(line)
            symbol, lists = row["symbol"], [frozenset(map(_country, row[key])) for key in LISTS]
            if not any(lists):  # adopted without a vote, or its lists are missing
                if row["adoption_type"] == "By a recorded vote":
                    errors["without-lists"].append(symbol)
                continue
            where = f"{name} line {number}"
            if symbol in lists_of:  # the same entry once more: counted once
                require(lists_of[symbol] == lists, where, f"{symbol} is there twice with different votes.")
                errors["repeated"].append(symbol)
                continue
            if any(len(row[key]) > len(set(row[key])) for key in LISTS):  # every state twice in its list
                errors["doubled"].append(symbol)
            once = sum(map(len, lists)) == len(frozenset().union(*lists))
            require(once, where, f"{symbol}: a state is in two lists.")
            lists_of[symbol] = lists
            date = _day(row["adoption_date"])
            calls.append((symbol, _session_of(symbol, date), date.strftime("%Y-%m-%d"), _plain(row["title"])))
            for code, states in enumerate(lists, start=1):
                ballots += [(symbol, country, code) for country in sorted(states)]
        _known_errors(name, errors)
    return pd.DataFrame(calls, columns=["vote_id", "session", "date", "title"]), pd.DataFrame(
        ballots, columns=["vote_id", "country", "code"]
    )


def _day(text: str) -> pd.Timestamp:
    """Return the day of "2019-10-10 00:00:00" or of "7 October 2022"; both are in use."""
    return pd.to_datetime(text[:10].strip() if text[:4].isdigit() else text, dayfirst=False)


def one_name(unvotes: Iterable[str], unxml: Iterable[str]) -> dict[str, str]:
    """Return the column name of each state of the UN files: a code for the five states, else its name in unvotes."""
    by_plain = {_country(name): name for name in unvotes}
    names = {name: UNXML_NAMES.get(name) or UNVOTES_NAME_OF.get(name) or by_plain.get(name) for name in unxml}
    unknown = sorted(name for name, known in names.items() if known is None)
    remedy = "add the name to UNVOTES_NAME_OF in pakrus/sources/unga.py."
    require(not unknown, UNXML[0], f"no state of {UNVOTES} is called {', '.join(unknown)}: {remedy}")
    return names
