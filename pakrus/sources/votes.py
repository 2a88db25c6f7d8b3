"""Roll calls of the General Assembly: two published files, one table of final-passage votes."""

import json
import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from pakrus.extras import need
from pakrus.measures import dyads
from pakrus.measures import voting as measures
from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, phase_sessions, require

STATES = ("PAK", "RUS", "USA", "CHN", "IND")
PAIRS = (("PAK", "RUS"), ("PAK", "USA"), ("PAK", "CHN"), ("PAK", "IND"))
CODES = {"yes": 1, "abstain": 2, "no": 3}  # 0 = absent, not a member, or no vote recorded

UNVOTES = "unga_votes/un_votes.rda"
ROLL_CALLS = "unga_votes/un_roll_calls.rda"
ISSUES = "unga_votes/un_roll_call_issues.rda"
UNXML = tuple(
    f"unga_votes/unxml/{name}.json" for name in ("74", "75", "76", "77", "78", "79", "80", "ES-10", "ES-11", "S-32")
)
PUBLISHED = "unga_ideal_points/IdealpointestimatesAll_Jun2024.csv"

LAST_SESSION_UNVOTES = 73  # session 74 is in both files and is counted from the UN's own
PRC_SEATED = 26
ISSUE_COLUMNS = {
    "me": "palestinian_conflict",
    "nu": "nuclear",
    "di": "arms_control",
    "co": "colonialism",
    "hr": "human_rights",
    "ec": "economic_development",
}

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
    (frame,) = need("pyreadr", "Reading the R files", "requirements-derive.txt").read_r(str(path)).values()
    return frame


def _every_vote(upstream: Upstream) -> tuple[pd.DataFrame, pd.DataFrame]:
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


def _unvotes(upstream: Upstream, *every: bool) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return roll calls of unvotes (final passage, or `every` one), ballots (rcid, country, code) and issue codes."""
    calls, ballots = upstream.once(_every_vote)
    if not any(every):
        calls = calls[calls["amend"].fillna(0).ne(1) & calls["para"].fillna(0).ne(1)]
    ballots = ballots[ballots["rcid"].isin(calls["rcid"])]
    issues = columns(_read_rda(upstream.path(ISSUES)), ISSUES, ["rcid", "short_name"])
    return calls, ballots, issues.assign(rcid=issues["rcid"].astype(int), short_name=issues["short_name"].astype(str))


def _date_unvotes(session: pd.Series, date: pd.Series) -> pd.Series:
    """Dates at the precision that they bear: a year to session 25, a month to session 58, then days.

    Up to session 51 no day above 7 occurs, and known adoptions do not fit: those "days" are not days of the month.
    """
    text = date.astype(str)
    return pd.Series(
        np.select([session <= 25, session <= 58], [(session + 1945).astype(str), text.str[:7]], text.str[:10]),
        index=session.index,
    )


def _plain(text: str) -> str:
    """Return one line of text without markup remains of the file."""
    return re.sub(r"\s+", " ", str(text).replace("\\", " ").replace('"', "'")).strip()


def _country(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.strip().upper()) if not unicodedata.combining(c))
    return SPELLINGS.get(plain, plain)


def _session_of(symbol: str, date: pd.Timestamp) -> int:
    """Return the regular session of a resolution; emergency and special sessions count in the regular one then open."""
    match = re.match(r"A/RES/(\d+)/", symbol)
    return int(match[1]) if match else date.year - 1945 - (date.month < 9)


def _known_errors(name: str, errors: dict[str, list[str]]) -> None:
    """Check one UN file's faulty entries (kind -> symbols) against the record: a new one stops, so does one gone."""
    recorded = {correction.id for correction in corrections.corrections()}
    for kind, symbols in errors.items():
        identifier = f"un-{name.split('/')[-1].removesuffix('.json')}-{kind}"
        remedy = f"{kind}: {', '.join(symbols)}. If that is so, record it as {identifier} in corrections.toml."
        require(not symbols or identifier in recorded, name, remedy)
        if identifier in recorded:
            corrections.confirm(identifier, "; ".join(sorted(symbols)))


def _unxml(upstream: Upstream) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return resolutions with a recorded vote and their ballots (vote_id, country, code) from the UN files."""
    calls, ballots, lists_of = [], [], {}
    for name in UNXML:
        errors = {"without-lists": [], "repeated": [], "doubled": []}
        for number, line in enumerate(upstream.path(name).read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            row = json.loads(line)
            lists = [frozenset(map(_country, row[key])) for key in ("MS_in_favour", "MS_abstaining", "MS_against")]
            symbol = row["symbol"]
            if not any(lists):
                if row["adoption_type"] == "By a recorded vote":
                    errors["without-lists"].append(symbol)
                continue
            if symbol in lists_of:
                require(
                    lists_of[symbol] == lists, f"{name} line {number}", f"{symbol} is there twice with different votes."
                )
                errors["repeated"].append(symbol)
                continue
            if any(len(row[key]) > len(set(row[key])) for key in ("MS_in_favour", "MS_abstaining", "MS_against")):
                errors["doubled"].append(symbol)
            require(
                sum(map(len, lists)) == len(frozenset().union(*lists)),
                f"{name} line {number}",
                f"{symbol}: a state is in two lists.",
            )
            lists_of[symbol] = lists
            date = pd.to_datetime(
                row["adoption_date"][:10].strip() if row["adoption_date"][:4].isdigit() else row["adoption_date"],
                dayfirst=False,
            )
            calls.append((symbol, _session_of(symbol, date), date.strftime("%Y-%m-%d"), _plain(row["title"])))
            ballots += [
                (symbol, country, code) for code, states in enumerate(lists, start=1) for country in sorted(states)
            ]
        _known_errors(name, errors)
    return pd.DataFrame(calls, columns=["vote_id", "session", "date", "title"]), pd.DataFrame(
        ballots, columns=["vote_id", "country", "code"]
    )


def one_name(unvotes: Iterable[str], unxml: Iterable[str]) -> dict[str, str]:
    """Return the column name of each state of the UN files: a code for the five states, else its name in unvotes."""
    by_plain = {_country(name): name for name in unvotes}
    names = {name: UNXML_NAMES.get(name) or UNVOTES_NAME_OF.get(name) or by_plain.get(name) for name in unxml}
    unknown = sorted(name for name, known in names.items() if known is None)
    remedy = "add the name to UNVOTES_NAME_OF in pakrus/sources/votes.py."
    require(not unknown, UNXML[0], f"no state of {UNVOTES} is called {', '.join(unknown)}: {remedy}")
    return names


def _all_ballots(upstream: Upstream, *every: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the final-passage roll calls (one row each) and every state's ballot, from both files, session 74 once.

    With `every`, amendments and paragraphs too, as far as the files have them: to session 73.
    """
    calls_a, ballots_a, issues = upstream.once(_unvotes, *every)
    calls_b, ballots_b = upstream.once(_unxml)
    calls_a = calls_a[calls_a["session"] <= LAST_SESSION_UNVOTES]
    ids = "rcid-" + calls_a["rcid"].astype(str)
    flags = pd.crosstab(issues["rcid"], issues["short_name"]).reindex(calls_a["rcid"], fill_value=0).gt(0)
    title = (
        calls_a["short"].fillna("").where(calls_a["session"] < 71, calls_a["short"].fillna("").str.split(" : ").str[0])
    )
    title = title.where(title.str.strip() != "", calls_a["descr"].fillna("").str.slice(0, 120)).map(_plain)
    first = pd.DataFrame({
        "vote_id": ids, "session": calls_a["session"], "date": _date_unvotes(calls_a["session"], calls_a["date"]),
        "symbol": calls_a["unres"].fillna("").str.strip(), "title": title, "source": "unvotes",
    })  # fmt: skip
    for code, column in ISSUE_COLUMNS.items():
        first[column] = flags[code].to_numpy()
    second = calls_b.assign(symbol=calls_b["vote_id"], source="unxml")
    for column in ISSUE_COLUMNS.values():  # the UN files carry no issue codes
        first[column] = first[column].astype("boolean")
        second[column] = pd.array([pd.NA] * len(second), dtype="boolean")
    calls = pd.concat([first, second], ignore_index=True)
    require(not calls["vote_id"].duplicated().any(), UNXML[0], "a resolution is counted twice.")
    names = one_name(ballots_a["country"].cat.categories, ballots_b["country"].unique())
    ballots_a = ballots_a[ballots_a["rcid"].isin(calls_a["rcid"])]
    ballots_a = pd.DataFrame({
        "vote_id": ballots_a["rcid"].map(dict(zip(calls_a["rcid"], ids, strict=True))),
        "country": ballots_a["country"].cat.rename_categories(UNVOTES_NAMES).astype(str), "code": ballots_a["code"],
    })  # fmt: skip
    ballots_b = ballots_b.assign(country=ballots_b["country"].map(names))
    return calls, pd.concat([ballots_a, ballots_b], ignore_index=True)


def _wide(upstream: Upstream, *every: bool) -> pd.DataFrame:
    """Return one row per roll call with a column of codes for every state that ever voted (0 = no vote)."""
    calls, ballots = upstream.once(_all_ballots, *every)
    rows = pd.Categorical(ballots["vote_id"], categories=calls["vote_id"])
    countries = pd.Categorical(ballots["country"])
    matrix = np.zeros((len(calls), len(countries.categories)), dtype="int8")
    matrix[rows.codes, countries.codes] = ballots["code"].to_numpy()
    wide = pd.concat([calls[["vote_id", "session"]], pd.DataFrame(matrix, columns=countries.categories)], axis=1)
    # the seat of China was the Republic of China's until 25 October 1971 (session 26); unvotes calls those votes "Taiwan"
    before = wide["session"] < PRC_SEATED
    wide.loc[before, "CHN"] = wide.loc[before, "Taiwan"]
    wide.loc[before, "Taiwan"] = 0
    return wide


def all_states(upstream: Upstream, *every: bool) -> pd.DataFrame:
    """Return the votes of every state: one row per final-passage roll call since 1946, one column of codes per state.

    With `every` (True), amendments and paragraphs are in as well, as far as the files have them: to session 73.

    Columns: `vote_id`, `session`, then 0 = no vote recorded, 1 = yes, 2 = abstain, 3 = no. PAK, RUS, USA, CHN and IND
    go by their codes, the others by their names in unvotes ("Yugoslavia" goes on as Serbia; a state that ended has a
    column of its own). For `pakrus.measures.voting` and `pakrus.measures.dyads`.
    """
    return upstream.once(_wide, *every).copy()


def roll_calls(upstream: Upstream, *every: bool) -> pd.DataFrame:
    """Return the final-passage roll calls since Pakistan's admission with the votes of the five states.

    Columns: `vote_id`, `session`, `year` (in which the session opened), `date` (at the precision of the source),
    `symbol`, `title`, six issue flags (empty in the UN files), the votes of PAK, RUS, USA, CHN and IND
    (`yes`, `abstain`, `no`; empty = no vote recorded), `china_seat` (ROC or PRC) and `source`.
    `every` as in `all_states`.
    """
    calls, _ = upstream.once(_all_ballots, *every)
    wide = upstream.once(_wide, *every)
    names = {code: vote for vote, code in CODES.items()}
    frame = calls.copy()
    for state in STATES:
        frame[state] = wide[state].map(names)
    frame["year"] = frame["session"] + 1945
    frame["china_seat"] = np.where(frame["session"] < PRC_SEATED, "ROC", "PRC")
    frame = frame[frame["session"] >= 2]
    order = [
        "vote_id",
        "session",
        "year",
        "date",
        "symbol",
        "title",
        *ISSUE_COLUMNS.values(),
        *STATES,
        "china_seat",
        "source",
    ]
    return frame[order].reset_index(drop=True)


def agreement(upstream: Upstream) -> pd.DataFrame:
    """Return agreement of Pakistan with each partner by session: see `pakrus.measures.voting.by_session`.

    `percentile` is Pakistan's place among all states' agreement with that partner in the session (0-100).
    """
    votes = upstream.once(roll_calls)
    wide = upstream.once(_wide)
    frame = pd.concat([measures.by_session(votes, state, partner) for state, partner in PAIRS], ignore_index=True)
    shares = pd.concat([measures.percentiles(wide, state, partner) for state, partner in PAIRS], ignore_index=True)
    frame = frame.merge(shares, on=["session", "state", "partner"], how="left", validate="one_to_one")
    return frame.sort_values(
        ["partner", "session"],
        key=lambda s: s.map({p: i for i, (_, p) in enumerate(PAIRS)}) if s.name == "partner" else s,
        ignore_index=True,
    )


def _five_years(last: int) -> dict[str, tuple[int, int]]:
    """Return spans of sessions, each of the five years that end in 0 or 5; the first and the last are shorter."""
    spans = {}
    for first in range(1, last + 1, 5):
        begin, end = max(first, 2), min(first + 4, last)
        spans[f"{begin + 1945}-{end + 1945}"] = (begin, end)
    return spans


def agreement_by_issue(upstream: Upstream) -> pd.DataFrame:
    """Return agreement of Pakistan with each partner by issue code, in spans of five years and in phases.

    Columns: `state`, `partner`, `issue` (see `ISSUE_COLUMNS`), `span_type` (`five-year` or `phase`), `span`,
    `first_session`, `last_session` (of the coded votes: the codes end with session 73), `n`, `agreement`,
    `agreement_low`, `agreement_high`, `pi`, `kappa`. A vote that carries several codes counts in each issue.
    """
    votes = upstream.once(roll_calls)
    last = LAST_SESSION_UNVOTES
    cut = {name: (first, min(end, last)) for name, (first, end) in phase_sessions().items() if first <= last}
    rows = []
    for state, partner in PAIRS:
        for issue in ISSUE_COLUMNS.values():
            coded = votes[votes[issue].fillna(False).astype(bool)]
            for span_type, spans in (("five-year", _five_years(last)), ("phase", cut)):
                found = measures.by_phase(coded, state, partner, spans)
                found["span_type"], found["issue"] = span_type, issue
                found["first_session"] = [spans[name][0] for name in found["span"]]
                found["last_session"] = [spans[name][1] for name in found["span"]]
                rows.append(found)
    order = ["state", "partner", "issue", "span_type", "span", "first_session", "last_session"]
    order += ["n", "agreement", "agreement_low", "agreement_high", "pi", "kappa"]
    return pd.concat(rows, ignore_index=True)[order].round(4)


def contested(upstream: Upstream, *every: bool) -> pd.DataFrame:
    """Return the roll calls on which the US and the USSR/Russia voted opposite ways (yes against no).

    Columns: `vote_id`, `session`, `year`, `date`, `symbol`, `title`, `RUS`, `USA`, `PAK`, `sided_with`
    (`RUS`, `USA`, `abstained`, `no vote`). `every` as in `all_states`.
    """
    votes = upstream.once(roll_calls, *every)
    frame = votes[
        ((votes["RUS"] == "yes") & (votes["USA"] == "no")) | ((votes["RUS"] == "no") & (votes["USA"] == "yes"))
    ].copy()
    frame["sided_with"] = np.select(
        [frame["PAK"].isna(), frame["PAK"] == "abstain", frame["PAK"] == frame["RUS"]],
        ["no vote", "abstained", "RUS"],
        "USA",
    )
    return frame[
        ["vote_id", "session", "year", "date", "symbol", "title", "RUS", "USA", "PAK", "sided_with"]
    ].reset_index(drop=True)


def overlap(upstream: Upstream) -> tuple[int, int, int]:
    """Return (roll calls of session 74 in both files, ballots compared, ballots that differ) for the five states."""
    calls_a, ballots_a, _ = upstream.once(_unvotes)
    _, ballots_b = upstream.once(_unxml)
    symbols = calls_a.loc[calls_a["session"] == 74, ["rcid", "unres"]]
    left = (
        ballots_a.merge(symbols, on="rcid")
        .assign(country=lambda d: d["country"].astype(str).map(UNVOTES_NAMES))
        .dropna(subset=["country"])
    )
    right = ballots_b.assign(country=ballots_b["country"].map(UNXML_NAMES)).dropna(subset=["country"])
    both = left.merge(right, left_on=["unres", "country"], right_on=["vote_id", "country"], suffixes=("", "_un"))
    return int(both["unres"].nunique()), len(both), int((both["code"] != both["code_un"]).sum())


def _every_roll_call(upstream: Upstream, partner: str) -> pd.Series:
    """Return Pakistan's agreement with a partner by session over all roll calls of unvotes, amendments and paragraphs included."""
    calls, ballots = upstream.once(_every_vote)
    ballots = ballots[ballots["country"].isin(UNVOTES_NAMES)].assign(
        state=lambda d: d["country"].astype(str).map(UNVOTES_NAMES)
    )
    wide = (
        ballots.merge(calls[["rcid", "session"]], on="rcid")
        .pivot(index=["rcid", "session"], columns="state", values="code")
        .dropna(subset=["PAK", partner])
    )
    return (wide["PAK"] == wide[partner]).groupby("session").mean()


def validation(upstream: Upstream) -> pd.DataFrame:
    """Return mean absolute differences from the agreement scores published in June 2024, by partner and span of sessions.

    Columns: `partner`, `roll_calls` (`final passage`, as in `unga_agreement`, or `all`, as the published scores count),
    `first_session`, `last_session`, `sessions` compared, `mean_absolute_difference`, `largest_difference`.
    """
    published = columns(pd.read_csv(upstream.path(PUBLISHED)), PUBLISHED, ["ccode", "session", "RUSSAgree", "USAgree"])
    published = published[published["ccode"] == 770].set_index("session")
    ours = upstream.once(agreement)
    rows = []
    for partner, column in (("RUS", "RUSSAgree"), ("USA", "USAgree")):
        final = ours[ours["partner"] == partner].set_index("session")["agreement"]
        for kind, scores in (("final passage", final), ("all", _every_roll_call(upstream, partner))):
            difference = (scores - published[column]).abs().dropna()
            for first, last in ((2, 25), (26, 51), (52, 73), (74, 78)):
                span = difference.loc[first:last]
                if kind == "all" and last > LAST_SESSION_UNVOTES:
                    continue
                rows.append(
                    (partner, kind, first, last, len(span), round(float(span.mean()), 4), round(float(span.max()), 4))
                )
    return pd.DataFrame(
        rows,
        columns=[
            "partner",
            "roll_calls",
            "first_session",
            "last_session",
            "sessions",
            "mean_absolute_difference",
            "largest_difference",
        ],
    )


def dyads_rank(upstream: Upstream) -> pd.DataFrame:
    """Return where Pakistan's dyads with four states stand among all dyads: see `pakrus.measures.dyads.ranks`.

    Columns: `session`, `year`, `state`, `partner`, `n`, `agreement`, `kappa`, `rank` among `dyads` dyads,
    `partner_rank` of the partner among `partners` partners of Pakistan (1 = highest agreement).
    """
    every = dyads.all_dyads(upstream.once(_wide))
    frame = pd.concat([dyads.ranks(every, state, partner) for state, partner in PAIRS], ignore_index=True)
    frame.insert(1, "year", frame["session"] + 1945)
    places = ["rank", "dyads", "partner_rank", "partners"]
    return frame[["session", "year", "state", "partner", "n", "agreement", "kappa", *places]].round(4)
