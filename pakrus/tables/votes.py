"""Roll calls of the General Assembly: two producers' files put together, one table of final-passage votes.

In: what `pakrus.sources.unga` reads. Out: the votes of the five states (`roll_calls`), of every state (`all_states`) and
those on which Washington and Moscow voted opposite ways (`contested`). The difficulty is the seam: session 74 is in both
files, each names the states in its own way, and only unvotes has issue codes, amendments and paragraphs.
"""

import numpy as np
import pandas as pd

from pakrus.measures import issues
from pakrus.measures.families import families
from pakrus.sources.files import Upstream, require
from pakrus.sources.unga import CODES, ROLL_CALLS, STATES, UNVOTES_NAMES, UNXML, UNXML_NAMES, one_name, unvotes, unxml
from pakrus.terms import year_of_session

LAST_SESSION_UNVOTES = 73  # session 74 is in both files and is counted from the UN's own
# resolution 2758 (XXVI) of 25 October 1971 gave China's seat to the People's Republic; resolutions are numbered in the
# order in which they are adopted, and the producer gives the month only
PRC_SEATED_SESSION, PRC_SEATED_BY, PRC_SEATED_MONTH = 26, 2758, "1971-10"
ISSUE_COLUMNS = {
    "me": "palestinian_conflict",
    "nu": "nuclear",
    "di": "arms_control",
    "co": "colonialism",
    "hr": "human_rights",
    "ec": "economic_development",
}


def _all_ballots(upstream: Upstream, *every: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the final-passage roll calls (one row each) and every state's ballot, from both files, session 74 once.

    With `every`, amendments and paragraphs too, as far as the files have them: to session 73.
    """
    calls_a, ballots_a, codes = upstream.once(unvotes, *every)
    calls_b, ballots_b = upstream.once(unxml)
    calls_a = calls_a[calls_a["session"] <= LAST_SESSION_UNVOTES]
    ids = "rcid-" + calls_a["rcid"].astype(str)
    flags = pd.crosstab(codes["rcid"], codes["short_name"]).reindex(calls_a["rcid"], fill_value=0).gt(0)
    first = calls_a.assign(vote_id=ids, source="unvotes", issue_source=issues.VOETEN).drop(columns="rcid")
    for code, column in ISSUE_COLUMNS.items():
        first[column] = flags[code].to_numpy()
    second = calls_b.assign(symbol=calls_b["vote_id"], source="unxml", issue_source=issues.RULE)
    second = pd.concat([second, issues.marks(second["title"])], axis=1)  # the UN files carry no issue codes
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
    before = (_china_seat(calls) == "ROC").to_numpy()  # unvotes calls those votes "Taiwan"
    wide.loc[before, "CHN"] = wide.loc[before, "Taiwan"]
    wide.loc[before, "Taiwan"] = 0
    return wide


def _china_seat(calls: pd.DataFrame) -> pd.Series:
    """Return who held China's seat in each roll call: ROC up to the vote on resolution 2758 itself, then PRC."""
    session, month = calls["session"], calls["date"].astype(str).str[:7]
    resolution = calls["symbol"].astype("string").str.extract(r"^R/26/(\d+)", expand=False).astype("Int64")
    later = (session == PRC_SEATED_SESSION) & (month == PRC_SEATED_MONTH) & (resolution > PRC_SEATED_BY)
    require(
        not later.fillna(False).any(),
        ROLL_CALLS,
        f"a roll call of {PRC_SEATED_MONTH} is on a resolution after {PRC_SEATED_BY}: its month no longer tells who held China's seat.",
    )
    before = (session < PRC_SEATED_SESSION) | ((session == PRC_SEATED_SESSION) & (month <= PRC_SEATED_MONTH))
    return pd.Series(np.where(before, "ROC", "PRC"), index=calls.index)


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
    `symbol`, `title`, `family_id` (of recurring texts, `pakrus.measures.families`), six issue flags, `issue_source` (who coded
    them: `Voeten`, to session 73, or the `rule` of `pakrus.measures.issues`, which the UN files need), the votes of PAK, RUS, USA,
    CHN and IND
    (`yes`, `abstain`, `no`; empty = no vote recorded), `china_seat` (ROC or PRC) and `source`.
    `every` as in `all_states`.
    """
    calls, _ = upstream.once(_all_ballots, *every)
    wide = upstream.once(_wide, *every)
    names = {code: vote for vote, code in CODES.items()}
    frame = calls.copy()
    for state in STATES:
        frame[state] = wide[state].map(names)
    frame["year"] = year_of_session(frame["session"])
    frame["china_seat"] = _china_seat(calls)
    frame = frame[frame["session"] >= 2]
    frame["family_id"] = families(frame["title"])["family_id"]
    order = [
        "vote_id",
        "session",
        "year",
        "date",
        "symbol",
        "title",
        "family_id",
        *ISSUE_COLUMNS.values(),
        "issue_source",
        *STATES,
        "china_seat",
        "source",
    ]
    return frame[order].reset_index(drop=True)


def recurring(upstream: Upstream) -> pd.DataFrame:
    """Return the families of recurring texts, one row each: see `pakrus.measures.families`.

    Columns: `family_id` (as in `roll_calls`), `family` (the title as it is compared), `roll_calls`, `sessions` (how many),
    `first_session`, `last_session`.
    """
    calls = upstream.once(roll_calls)
    calls = calls.assign(family=families(calls["title"])["family"])
    groups = calls.groupby(["family_id", "family"], sort=True)["session"]
    return groups.agg(roll_calls="size", sessions="nunique", first_session="min", last_session="max").reset_index()


def contested(upstream: Upstream, *every: bool) -> pd.DataFrame:
    """Return the roll calls on which the US and the USSR/Russia voted opposite ways (yes against no).

    Columns: `vote_id`, `session`, `year`, `date`, `symbol`, `title`, `family_id`, `RUS`, `USA`, `PAK`, `sided_with`
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
        ["vote_id", "session", "year", "date", "symbol", "title", "family_id", "RUS", "USA", "PAK", "sided_with"]
    ].reset_index(drop=True)


def overlap(upstream: Upstream) -> tuple[int, int, int]:
    """Return (roll calls of session 74 in both files, ballots compared, ballots that differ) for the five states."""
    calls_a, ballots_a, _ = upstream.once(unvotes)
    _, ballots_b = upstream.once(unxml)
    symbols = calls_a.loc[calls_a["session"] == 74, ["rcid", "symbol"]]
    left = (
        ballots_a.merge(symbols, on="rcid")
        .assign(country=lambda d: d["country"].astype(str).map(UNVOTES_NAMES))
        .dropna(subset=["country"])
    )
    right = ballots_b.assign(country=ballots_b["country"].map(UNXML_NAMES)).dropna(subset=["country"])
    both = left.merge(right, left_on=["symbol", "country"], right_on=["vote_id", "country"], suffixes=("", "_un"))
    return int(both["symbol"].nunique()), len(both), int((both["code"] != both["code_un"]).sum())
