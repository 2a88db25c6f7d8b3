"""Roll calls and what is counted from them: each count of agreement is made again from the votes and held against its table.

In: `unga_votes` and the tables made of it. Out: problems at the table that is wrong. The difficulty is to say which that
is: agreement by session stands in two tables, so where both say the same and the votes another thing, it is a vote that was
changed; the interval by resampling takes long to make, so it is made again only where a quick look finds it odd.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from pakrus.checks.derived.known import HALF, Known, holds, shown, unlike, usual, wilson
from pakrus.checks.problem import Names
from pakrus.measures import dyads, voting
from pakrus.terms import STATES, session_of_year, year_of_session

VOTE = {"": 0, **{vote: code for code, vote in voting.CODES.items()}}
ISSUES = ("palestinian_conflict", "nuclear", "arms_control", "colonialism", "human_rights", "economic_development")
PARTNERS = tuple(state for state in STATES if state != "PAK")
PRC_SEATED = 26  # session in which the seat of China passed
CLUSTERS = (0.4, 5)  # how far an interval of clusters reaches, least and most, beside one of single roll calls
COPIED = ("session", "year", "date", "symbol", "title", "RUS", "USA", "PAK")
OPENS, CLOSES = 9, 12  # a session opens in September; the source dates a vote of session 59 to December 2005
MEASURES = ("n", "agreement", "pi", "kappa")
RANKS = ("unga_agreement", "unga_dyads_rank")  # both have agreement by session and partner
PRECISION = {4: "a year", 7: "a month", 10: "a day"}


class Counted(NamedTuple):
    """What the votes of a group of roll calls give for a pair: joint roll calls, agreement, pi, kappa (unrounded)."""

    n: float
    agreement: float
    pi: float
    kappa: float


NONE = Counted(0, np.nan, np.nan, np.nan)


def _codes(known: Known) -> np.ndarray:
    """Codes of the five states' votes, one row a roll call, a column a state; −1 where a cell is no vote."""
    columns = [[VOTE.get(cell, -1) for cell in known.text("unga_votes", state)] for state in STATES]
    return np.array(columns, dtype=np.int8).T


def _sessions(known: Known) -> np.ndarray:
    """The session of each roll call; 0 where it contradicts the year or is no number."""
    session, year = known.number("unga_votes", "session"), known.number("unga_votes", "year")
    sound = (year_of_session(session) == year) & (session % 1 == 0)
    return np.where(sound, session, 0).astype(int)


def _doubtful(known: Known) -> set[int]:
    """Sessions that cannot be counted: of a roll call of which a cell is no vote, or session and year do not agree."""
    session, year = known.number("unga_votes", "session"), known.number("unga_votes", "year")
    bad = (known.once(_sessions) == 0) | (known.once(_codes) < 0).any(axis=1)
    claimed = np.concatenate([session[bad], session_of_year(year[bad])])
    return {int(one) for one in claimed[~np.isnan(claimed)]}


def counted(groups: np.ndarray, codes: np.ndarray) -> dict[tuple[int, str], Counted]:
    """Return Pakistan's agreement with each partner by group of roll calls (a number for each row of `codes`)."""
    frame = pd.DataFrame(codes.clip(min=0), columns=list(STATES)).assign(session=groups)
    found = dyads.all_dyads(frame)
    first, second = found["state"].astype(str).to_numpy(), found["partner"].astype(str).to_numpy()
    own = (first == "PAK") | (second == "PAK")
    partner = np.where(first == "PAK", second, first)[own]
    rows = zip(
        found["session"].to_numpy()[own], partner, *(found[name].to_numpy()[own] for name in MEASURES), strict=True
    )
    return {(int(group), other): Counted(*map(float, numbers)) for group, other, *numbers in rows}


def _by_session(known: Known) -> dict[tuple[int, str], Counted]:
    return counted(known.once(_sessions), known.once(_codes))


def _asked(known: Known, table: str) -> np.ndarray:
    """Which rows of a table of sessions and partners can be counted from the votes."""
    session, year = known.number(table, "session"), known.number(table, "year")
    sound = year_of_session(session) == year
    return sound & ~np.isin(session, list(known.once(_doubtful))) & np.isin(known.text(table, "partner"), PARTNERS)


def _expected(known: Known, table: str) -> np.ndarray:
    """What the votes give for each row of a table of sessions and partners; columns as MEASURES."""
    found, asked = known.once(_by_session), known.once(_asked, table)
    keys = zip(known.number(table, "session"), known.text(table, "partner"), asked, strict=True)
    return np.array([found.get((int(s), p), NONE) if ok else NONE for s, p, ok in keys], dtype=float).reshape(-1, 4)


def _apart(known: Known, table: str, expected: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """Which rows have in one of the columns another number than is expected."""
    cells = np.array([known.number(table, name) for name in names]).T
    wanted = expected[:, [MEASURES.index(name) for name in names]]
    apart = (np.abs(cells - wanted) > HALF * 1e-4) | (np.isnan(cells) != np.isnan(wanted))
    return apart.any(axis=1) & ~np.any([known.junk(table, name) for name in names], axis=0)


def _changed(known: Known) -> dict[int, list[str]]:
    """Sessions of which a vote was changed, with the partners concerned: both tables agree, and not with the votes."""
    if not all(known.rows.get(table) for table in RANKS):
        return {}
    names, off = ("n", "agreement", "kappa"), []
    for table in RANKS:
        apart = _apart(known, table, known.once(_expected, table), names) & known.once(_asked, table)
        cells = zip(*(known.text(table, name) for name in ("session", "partner", *names)), strict=True)
        off.append({(int(float(s)), p): rest for (s, p, *rest), bad in zip(cells, apart, strict=True) if bad})
    found: dict[int, list[str]] = {}
    for session, partner in sorted(key for key in off[0].keys() & off[1].keys() if off[0][key] == off[1][key]):
        found.setdefault(session, []).append(partner)
    return found


# the roll calls themselves --------------------------------------------------------------------------------------------


@holds(
    "unga_votes", "PAK", "votes that give {said} for {where}, as unga_agreement and unga_dyads_rank both say",
    " ".join(RANKS),
)  # fmt: skip
def _votes_that_both_tables_were_made_of(known: Known) -> Iterator[tuple[int, Names]]:
    sessions, found = known.once(_sessions), known.once(_by_session)
    stored = known.places("unga_agreement", "session", "partner")
    for session, partners in known.once(_changed).items():
        column = "PAK" if len(partners) > 1 else partners[0]
        rows = np.flatnonzero(sessions == session) + 2
        here, place = found.get((session, partners[0]), NONE), stored.get((str(session), partners[0]))
        if place is not None and len(rows):
            cells = (f"{name} {known.text('unga_agreement', name)[place]}" for name in ("n", "agreement", "kappa"))
            where = f"PAK and {partners[0]} in session {session} (one of rows {rows[0]} to {rows[-1]})"
            now = f"n {shown(here.n, 0)}, agreement {shown(here.agreement, 4)}, kappa {shown(here.kappa, 4)}"
            yield int(rows[0]), {"column": column, "found": now, "said": ", ".join(cells), "where": where}


def _year_of_the_session(table: str, known: Known) -> Iterator[tuple[int, Names]]:
    session = known.number(table, "session")
    yield from unlike(known, table, "year", year_of_session(session), 0, asked=~np.isnan(session))


for _table in ("unga_votes", "unga_contested", *RANKS, "ungd_mentions", "ungd_contexts"):
    holds(_table, "year", "{number}, the year in which session {session} opened")(partial(_year_of_the_session, _table))


@holds("unga_votes", "date", "a date of session {session}: {said}")
def _date_in_its_session(known: Known) -> Iterator[tuple[int, Names]]:
    years = known.number("unga_votes", "year")
    for place, (date, year) in enumerate(zip(known.text("unga_votes", "date"), years.tolist(), strict=True)):
        if year != year or len(date) not in PRECISION:
            continue
        first, last = f"{year:.0f}-{OPENS:02}", f"{year + 1:.0f}-{CLOSES:02}"
        if len(date) == 4 and date != first[:4]:
            yield place + 2, {"said": first[:4]}
        elif len(date) > 4 and not first <= date[:7] <= last:
            yield place + 2, {"said": f"from {first} to {last}"}


def _as_others_of_the_session(known: Known, column: str, said: dict | None = None) -> Iterator[tuple[int, Names]]:
    cells = (
        known.text("unga_votes", column)
        if said is None
        else np.array([len(c) for c in known.text("unga_votes", column)])
    )
    for places in known.groups("unga_votes", "session").values():
        if (cells[places] != cells[places[0]]).any():
            most = usual(cells[places])
            for i in places[cells[places] != most] if most is not None else ():
                yield int(i) + 2, {"said": most if said is None else said.get(most, f"{most} signs")}


@holds("unga_votes", "date", "a date as precise as those of the other roll calls of session {session}: {said}")
def _dates_of_one_precision(known: Known) -> Iterator[tuple[int, Names]]:
    return _as_others_of_the_session(known, "date", PRECISION)


@holds("unga_votes", "source", "{said}, the file of the other roll calls of session {session}")
def _one_file_for_a_session(known: Known) -> Iterator[tuple[int, Names]]:
    return _as_others_of_the_session(known, "source")


@holds("unga_votes", "china_seat", "{said}: the seat passed in session " + str(PRC_SEATED))
def _seat_of_china(known: Known) -> Iterator[tuple[int, Names]]:
    session, seat = known.number("unga_votes", "session"), known.text("unga_votes", "china_seat")
    held = (seat == "PRC") & (session == PRC_SEATED)  # from the first roll call of that session with the new seat on
    after = np.arange(len(seat)) > (np.flatnonzero(held)[0] if held.any() else -1)
    wanted = np.where((session < PRC_SEATED) | ((session == PRC_SEATED) & ~held & ~after), "ROC", "PRC").astype(object)
    yield from ((int(i) + 2, {"said": wanted[i]}) for i in np.flatnonzero((seat != wanted) & ~np.isnan(session)))


@holds("unga_votes", "vote_id", "{said}")
def _identifier_of_its_file(known: Known) -> Iterator[tuple[int, Names]]:
    columns = (known.text("unga_votes", name) for name in ("vote_id", "source", "symbol"))
    for place, (vote, file, symbol) in enumerate(zip(*columns, strict=True)):
        if file == "unvotes" and not re.fullmatch(r"rcid-\d+", vote):
            yield place + 2, {"said": "rcid- and a number, as the file is unvotes"}
        elif file == "unxml" and vote != symbol:
            yield place + 2, {"said": f"the symbol, {symbol}, as the file is unxml"}


@holds(
    "unga_votes", "vote_id", "a number above {said}, that of the row before: roll calls stand in the order of the file"
)
def _in_the_order_of_the_file(known: Known) -> Iterator[tuple[int, Names]]:
    before = -1
    for place, vote in enumerate(known.text("unga_votes", "vote_id")):
        number = re.fullmatch(r"rcid-(\d+)", vote)
        if number and int(number[1]) <= before:
            yield place + 2, {"said": str(before)}
        before = int(number[1]) if number else before


@holds("unga_votes", "session", "a roll call of session {said} somewhere, as there are some before and after it")
def _every_session_has_roll_calls(known: Known) -> Iterator[tuple[int, Names]]:
    sessions = known.once(_sessions)
    held = np.unique(sessions[sessions > 0])
    steps = set(range(*held[[0, -1]].tolist())) if len(held) else set()
    for lacking in sorted(steps - set(held.tolist()) - known.once(_doubtful)):
        yield int(np.flatnonzero(sessions > lacking)[0]) + 2, {"said": str(lacking)}


def _every_issue_is_told(issue: str, known: Known) -> Iterator[tuple[int, Names]]:
    for i in np.flatnonzero(known.text("unga_votes", issue) == ""):
        yield int(i) + 2, {}


for _issue in ISSUES:
    holds("unga_votes", _issue, "true or false, as every roll call has its issues, by a code or by our rule")(
        partial(_every_issue_is_told, _issue)
    )


@holds(
    "unga_votes", "issue_source", "{said}, as the roll call is of {source}: only the file of unvotes has issue codes"
)
def _issues_are_of_the_source_that_has_them(known: Known) -> Iterator[tuple[int, Names]]:
    source, told = known.text("unga_votes", "source"), known.text("unga_votes", "issue_source")
    for name, of in (("unvotes", "Voeten"), ("unxml", "rule")):
        for i in np.flatnonzero((source == name) & (told != of)):
            yield int(i) + 2, {"said": of, "source": name}


# contested roll calls -------------------------------------------------------------------------------------------------


def _opposed(known: Known) -> np.ndarray:
    """Positions of the roll calls with yes against no between Washington and Moscow."""
    moscow, washington = known.text("unga_votes", "RUS"), known.text("unga_votes", "USA")
    return np.flatnonzero(((moscow == "yes") & (washington == "no")) | ((moscow == "no") & (washington == "yes")))


def _at_fault(known: Known, place: int, *columns: str) -> bool:
    """Whether a vote of a roll call was changed, as far as the agreement of its session tells."""
    partners = known.once(_changed).get(int(known.once(_sessions)[place]), [])
    return any(column in partners or (column == "PAK" and partners) for column in columns)


def _contested_apart(known: Known) -> list[tuple[int, int, str]]:
    """Where a cell of a contested roll call is not that of `unga_votes`: position there, position here, column."""
    places, found = known.places("unga_votes", "vote_id"), []
    at = np.array([places.get((vote,), -1) for vote in known.text("unga_contested", "vote_id")])
    for column in COPIED:
        here, there = known.text("unga_contested", column), known.text("unga_votes", column)
        found += [(int(at[i]), int(i), column) for i in np.flatnonzero((there[at] != here) & (at >= 0))]
    return found


@holds("unga_votes", "PAK", "{said}, as row {other} of unga_contested has it", "unga_contested")
def _votes_as_in_the_contested(known: Known) -> Iterator[tuple[int, Names]]:
    for place, here, column in known.once(_contested_apart):
        if _at_fault(known, place, column):
            said = known.text("unga_contested", column)[here] or "no value"
            yield place + 2, {"column": column, "said": said, "other": here + 2}


@holds("unga_contested", "vote_id", "{said}, as row {other} of unga_votes has it", "unga_votes")
def _contested_as_in_the_votes(known: Known) -> Iterator[tuple[int, Names]]:
    for place, here, column in known.once(_contested_apart):
        if not _at_fault(known, place, column):
            said = known.text("unga_votes", column)[place] or "no value"
            yield here + 2, {"column": column, "said": said, "other": place + 2}


@holds(
    "unga_contested", "vote_id", "{said} here, as Washington and Moscow voted opposite ways on it (row {other} of unga_votes)",
    "unga_votes",
)  # fmt: skip
def _every_contested_roll_call(known: Known) -> Iterator[tuple[int, Names]]:
    here, ids = known.places("unga_contested", "vote_id"), known.text("unga_votes", "vote_id")
    for place in known.once(_opposed):
        if (ids[place],) not in here and not _at_fault(known, int(place), "RUS", "USA"):
            after = next(
                (here[vote,] for vote in ids[place:] if (vote,) in here), len(known.rows["unga_contested"]) - 1
            )
            yield after + 2, {"said": f"a row of {ids[place]}", "other": int(place) + 2}


@holds("unga_votes", "RUS", "votes that are not opposite, as {vote_id} is not in unga_contested", "unga_contested")
def _opposite_votes_are_contested(known: Known) -> Iterator[tuple[int, Names]]:
    here, ids = known.places("unga_contested", "vote_id"), known.text("unga_votes", "vote_id")
    for place in known.once(_opposed):
        for column in ("RUS", "USA"):
            if (ids[place],) not in here and _at_fault(known, int(place), column):
                yield int(place) + 2, {"column": column}


@holds("unga_contested", "vote_id", "roll calls in the order of unga_votes", "unga_votes")
def _contested_in_order(known: Known) -> Iterator[tuple[int, Names]]:
    places = known.places("unga_votes", "vote_id")
    order = [places.get((vote,), -1) for vote in known.text("unga_contested", "vote_id")]
    for number, (before, here) in enumerate(zip(order, order[1:], strict=False), start=3):
        if -1 < here < before:
            yield number, {}


@holds("unga_contested", "sided_with", "{said}, as PAK is {PAK!r}, RUS {RUS!r} and USA {USA!r}")
def _side_that_the_votes_give(known: Known) -> Iterator[tuple[int, Names]]:
    pak, rus, usa = (known.text("unga_contested", state) for state in ("PAK", "RUS", "USA"))
    sides = ["no vote", "abstained", "RUS", "USA"]
    wanted = np.select([pak == "", pak == "abstain", pak == rus, pak == usa], sides, "").astype(object)
    wrong = (wanted != known.text("unga_contested", "sided_with")) & (wanted != "")
    yield from ((int(i) + 2, {"said": wanted[i]}) for i in np.flatnonzero(wrong))


# agreement by session -------------------------------------------------------------------------------------------------


def _not_of_changed_votes(known: Known, table: str) -> np.ndarray:
    """Which rows are to be held against the votes: those that can be counted, and of which no vote was changed."""
    changed = known.once(_changed)
    keys = zip(known.number(table, "session"), known.text(table, "partner"), known.once(_asked, table), strict=True)
    return np.array([bool(ok) and p not in changed.get(int(s), ()) for s, p, ok in keys], dtype=bool)


def _as_the_votes_give(table: str, column: str, known: Known) -> Iterator[tuple[int, Names]]:
    expected, asked = known.once(_expected, table), known.once(_not_of_changed_votes, table)
    yield from unlike(known, table, column, expected[:, MEASURES.index(column)], 4, asked)


for _table, _columns in zip(RANKS, (MEASURES, ("n", "agreement", "kappa")), strict=True):
    for _column in _columns:
        holds(
            _table, _column, "{number}, as the votes of PAK and {partner} in session {session} of unga_votes give",
            "unga_votes",
        )(partial(_as_the_votes_give, _table, _column))  # fmt: skip


def _every_session(table: str, known: Known) -> Iterator[tuple[int, Names]]:
    here = set(zip(known.number(table, "session"), known.text(table, "partner"), strict=True))
    held = np.unique(known.once(_sessions))
    for session in set(held[held > 0].tolist()) - known.once(_doubtful):
        for partner in PARTNERS:
            if (session, partner) not in here:
                yield len(known.rows[table]) + 1, {"said": f"{session} and {partner}"}


for _table in RANKS:
    holds(_table, "session", "a row of session {said} too, as unga_votes has roll calls of it", "unga_votes")(
        partial(_every_session, _table)
    )


def _odd(low: np.ndarray, high: np.ndarray, share: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Which intervals are to be made again: an end is no whole number of roll calls, or lies off that of a normal curve."""
    spread = np.sqrt(share * (1 - share) / n)
    odd = np.zeros(len(n), dtype=bool)
    for end, sign in ((low, -1), (high, 1)):
        normal = np.clip(share + sign * 1.96 * spread, 0, 1)
        odd |= np.abs(end * n - np.round(end * n)) > HALF * 1e-4 * n
        odd |= np.abs(end - normal) > 1.1 / n + 0.12 * spread
        odd |= np.isnan(end) != (n == 0)
    return odd & ~np.isnan(n)


def _made_again(known: Known, table: str, draws: dict[int, tuple[np.ndarray, int]]) -> Iterator[tuple[int, Names]]:
    """Make odd intervals again: `draws` has by row whether the votes of each roll call were equal, and the key."""
    for place, (alike, key) in draws.items():
        ends = voting.bootstrap_interval(alike, key)
        for column, end in zip(("agreement_low", "agreement_high"), ends, strict=True):
            found = known.number(table, column)[place]
            same = abs(found - end) <= HALF * 1e-4 or (np.isnan(found) and np.isnan(end))
            if not same and not known.junk(table, column)[place]:
                yield place + 2, {"column": column, "number": shown(end, 4)}


def _alike(codes: np.ndarray, partner: str) -> np.ndarray:
    own, other = codes[:, 0], codes[:, list(STATES).index(partner)]
    joint = (own > 0) & (other > 0)
    return own[joint] == other[joint]


RESAMPLED = "{number}, the end of the interval that the votes of unga_votes give, drawn again with the fixed seed"


@holds("unga_agreement", "agreement_low", RESAMPLED, "unga_votes")
def _interval_by_session(known: Known) -> Iterator[tuple[int, Names]]:
    table, codes, sessions = "unga_agreement", known.once(_codes), known.once(_sessions)
    expected, asked = known.once(_expected, table), known.once(_not_of_changed_votes, table)
    ends = known.number(table, "agreement_low"), known.number(table, "agreement_high")
    draws = {}
    for place in np.flatnonzero(asked & _odd(*ends, expected[:, 1], expected[:, 0])):
        session = int(known.number(table, "session")[place])
        draws[int(place)] = _alike(codes[sessions == session], known.text(table, "partner")[place]), session
    yield from _made_again(known, table, draws)


# places among all states ----------------------------------------------------------------------------------------------

PLACES = {"unga_agreement": ("percentile", "ranked"), "unga_dyads_rank": ("rank", "dyads", "partner_rank", "partners")}


def _place_where_there_are_enough(table: str, column: str, known: Known) -> Iterator[tuple[int, Names]]:
    found, asked, n = known.text(table, column), known.once(_asked, table), known.once(_expected, table)[:, 0]
    for i in np.flatnonzero((n < voting.MIN_JOINT) & (found != "") & asked):
        yield int(i) + 2, {"said": "no value, as there are fewer than"}
    for i in np.flatnonzero((n >= voting.MIN_JOINT) & (found == "") & asked):
        yield int(i) + 2, {"said": "a number, as there are at least"}


for _table, _columns in PLACES.items():
    for _column in _columns:
        holds(_table, _column, f"{{said}} {voting.MIN_JOINT} joint roll calls of PAK and {{partner}}", "unga_votes")(
            partial(_place_where_there_are_enough, _table, _column)
        )


@holds("unga_agreement", "percentile", "a percentile that a place among {ranked} states can give, such as {number}")
def _percentile_of_a_place(known: Known) -> Iterator[tuple[int, Names]]:
    percentile, ranked = known.number("unga_agreement", "percentile"), known.number("unga_agreement", "ranked")
    nearest = 50 * np.round(percentile * ranked / 50) / ranked  # ties count half: a place is a number of halves
    wrong = np.abs(percentile - nearest) > HALF / 10
    yield from ((int(i) + 2, {"number": shown(float(nearest[i]), 1)}) for i in np.flatnonzero(wrong))


def _same_in_a_session(table: str, column: str, room: int, known: Known) -> Iterator[tuple[int, Names]]:
    values = known.number(table, column)
    for places in known.groups(table, "session").values():
        own = places[~np.isnan(values[places])]
        if len(own) > 2:
            middle = float(np.median(values[own]))
            far = own[np.abs(values[own] - middle) > room]
            yield from ((int(i) + 2, {"number": shown(middle, 0)}) for i in far)


# a state that voted five times with one partner may have voted four times with another: a few more or fewer are ranked
for _table, _column, _room in (
    ("unga_dyads_rank", "dyads", 0),
    ("unga_dyads_rank", "partners", 0),
    ("unga_agreement", "ranked", 6),
):
    holds(_table, _column, f"{'about ' if _room else ''}{{number}}, as in the other rows of session {{session}}")(
        partial(_same_in_a_session, _table, _column, _room)
    )


def _places_in_the_order_of_agreement(column: str, number: str, known: Known) -> Iterator[tuple[int, Names]]:
    rank, share, size = (known.number("unga_dyads_rank", name) for name in (column, "agreement", number))
    partner = known.text("unga_dyads_rank", "partner")
    for places in known.groups("unga_dyads_rank", "session").values():
        own = [int(i) for i in places if not np.isnan(rank[i] + share[i])]
        against = {i: [j for j in own if (share[i] - share[j]) * (rank[i] - rank[j]) > 0] for i in own}
        most = max(map(len, against.values()), default=0)
        for i in own:
            if against[i] and len(against[i]) == most:  # the row that contradicts most others is the wrong one
                j = against[i][0]
                side = "before" if share[i] > share[j] else "after"
                yield (
                    i + 2,
                    {"said": f"a place {side} {shown(rank[j], 0)}, that of {partner[j]}, as its agreement says"},
                )
            if rank[i] > size[i]:
                yield i + 2, {"said": f"a place from 1 to {shown(size[i], 0)}, the number of {number}"}


for _column, _number in (("rank", "dyads"), ("partner_rank", "partners")):
    holds("unga_dyads_rank", _column, "{said}")(partial(_places_in_the_order_of_agreement, _column, _number))


@holds(
    "unga_dyads_rank", "rank",
    "a place from {partner_rank} (that among Pakistan's partners, who are among all) to {number} (as the other partners are behind it)",
)  # fmt: skip
def _place_among_all_and_among_partners(known: Known) -> Iterator[tuple[int, Names]]:
    rank, every, own, near = (
        known.number("unga_dyads_rank", name)
        for name in PLACES["unga_dyads_rank"][:1] + ("dyads", "partner_rank", "partners")
    )
    last = own + every - near
    wrong = (rank < own) | (rank > last)
    yield from ((int(i) + 2, {"number": shown(float(last[i]), 0)}) for i in np.flatnonzero(wrong))


# agreement by issue ---------------------------------------------------------------------------------------------------

BY_ISSUE = "unga_agreement_issues"


def _spans(known: Known) -> np.ndarray:
    """First and last session of the span of each row of the table by issue; NaN where the span is unknown."""
    coded = known.number("unga_votes", "session")[known.text("unga_votes", "nuclear") != ""]
    ends = (known.number("phases", name) for name in ("first_session", "last_session"))
    codes_end = coded[~np.isnan(coded)].max(initial=0)
    phases = {p: (a, min(b, codes_end)) for p, a, b in zip(known.text("phases", "phase"), *ends, strict=True)}
    rows = []
    for span in known.text(BY_ISSUE, "span"):
        years = re.fullmatch(r"(\d{4})-(\d{4})", span)
        rows.append([session_of_year(int(y)) for y in years.groups()] if years else phases.get(span, (np.nan, np.nan)))
    return np.array(rows, dtype=float).reshape(-1, 2)


def _members(known: Known, issue: str, first: float, last: float) -> np.ndarray:
    """Positions of the roll calls of an issue in a span of sessions."""
    sessions = known.once(_sessions)
    return np.flatnonzero((known.text("unga_votes", issue) == "true") & (sessions >= first) & (sessions <= last))


def _by_issue(known: Known) -> tuple[np.ndarray, np.ndarray]:
    """What the votes give for each row of the table by issue (columns as MEASURES), and which rows can be counted."""
    spans, doubtful = known.once(_spans), known.once(_doubtful)
    keys = list(zip(known.text(BY_ISSUE, "issue"), *spans.T, strict=True))
    partners = known.text(BY_ISSUE, "partner")
    wanted = {key: None for key in keys if key[0] in ISSUES and key[1] == key[1]}
    members = [_members(known, *key) for key in wanted]
    number = {key: group for group, key in enumerate(wanted)}
    found = {}
    if sum(map(len, members)):
        groups = np.repeat(np.arange(len(members)), [len(places) for places in members])
        found = counted(groups, known.once(_codes)[np.concatenate(members)])
    rows = [found.get((number.get(key, -1), partner), NONE) for key, partner in zip(keys, partners, strict=True)]
    asked = [
        key in number and partner in PARTNERS and not any(key[1] <= one <= key[2] for one in doubtful)
        for key, partner in zip(keys, partners, strict=True)
    ]
    return np.array(rows, dtype=float).reshape(-1, 4), np.array(asked, dtype=bool)


def _off_with_the_votes(known: Known) -> np.ndarray:
    """Which rows by issue are off because of `unga_votes`: those of a phase and of five years alike, or of two partners."""
    expected, asked = known.once(_by_issue)
    off = _apart(known, BY_ISSUE, expected, MEASURES) & asked
    columns = [known.text(BY_ISSUE, name) for name in ("issue", "partner", "span_type")]
    kinds: dict[tuple[str, str], set[str]] = {}
    for issue, partner, kind in (tuple(column[place] for column in columns) for place in np.flatnonzero(off)):
        kinds.setdefault((issue, partner), set()).add(kind)
    return off & np.array([len(kinds.get(key, ())) > 1 for key in zip(*columns[:2], strict=True)], dtype=bool)


def _the_shorter_spans(known: Known) -> Iterator[int]:
    """Positions of rows that show that a code was changed, one an issue: of five years, and of sessions otherwise right."""
    spans, told = known.once(_spans), set()
    for place in np.flatnonzero(known.once(_off_with_the_votes)):
        issue, kind = known.text(BY_ISSUE, "issue")[place], known.text(BY_ISSUE, "span_type")[place]
        first, last = spans[place]
        if kind != "phase" and issue not in told and not any(first <= one <= last for one in known.once(_changed)):
            told.add(issue)
            yield int(place)


@holds(
    "unga_votes",
    "nuclear",
    "codes that give {said} for {where}, as two spans of unga_agreement_issues say",
    f"{BY_ISSUE} phases",
)
def _codes_that_the_table_was_made_of(known: Known) -> Iterator[tuple[int, Names]]:
    for place in _the_shorter_spans(known):
        issue, partner, span, n = (known.text(BY_ISSUE, name)[place] for name in ("issue", "partner", "span", "n"))
        first, last = known.once(_spans)[place]
        sessions = known.once(_sessions)
        rows = np.flatnonzero((sessions >= first) & (sessions <= last)) + 2
        if len(rows):
            now = f"{shown(known.once(_by_issue)[0][place, 0], 0)} joint roll calls"
            where = f"PAK and {partner} in {span} (one of rows {rows[0]} to {rows[-1]})"
            yield int(rows[0]), {"column": issue, "found": now, "said": f"{n} joint roll calls", "where": where}


def _issues_as_the_votes_give(column: str, known: Known) -> Iterator[tuple[int, Names]]:
    expected, asked = known.once(_by_issue)
    wanted = expected[:, MEASURES.index(column)]
    yield from unlike(known, BY_ISSUE, column, wanted, 4, asked & ~known.once(_off_with_the_votes))


for _column in MEASURES:
    holds(
        BY_ISSUE, _column, "{number}, as the votes of PAK and {partner} on {issue} in {span} of unga_votes give",
        "unga_votes phases",
    )(partial(_issues_as_the_votes_give, _column))  # fmt: skip


def _end_of_the_span(place: int, column: str, known: Known) -> Iterator[tuple[int, Names]]:
    wanted = known.once(_spans)[:, place]
    yield from unlike(known, BY_ISSUE, column, wanted, 0, ~np.isnan(wanted))


for _place, _column in enumerate(("first_session", "last_session")):
    holds(
        BY_ISSUE,
        _column,
        "{number}, by the years or the phase (data/phases.csv) of the span {span}",
        "unga_votes phases",
    )(partial(_end_of_the_span, _place, _column))


@holds(BY_ISSUE, "span_type", "{said}, as the span is {span}")
def _kind_of_the_span(known: Known) -> Iterator[tuple[int, Names]]:
    for place, span in enumerate(known.text(BY_ISSUE, "span")):
        wanted = "five-year" if re.fullmatch(r"\d{4}-\d{4}", span) else "phase"
        if known.text(BY_ISSUE, "span_type")[place] != wanted:
            yield place + 2, {"said": wanted}


@holds(BY_ISSUE, "agreement_low", "{number}: intervals of clusters reach {least} to {most} times as far as those of {n} single roll calls")  # fmt: skip
def _interval_by_issue(known: Known) -> Iterator[tuple[int, Names]]:
    """Draws of clusters are not made again here: how far they reach beside Wilson's ends is told within wide bounds."""
    share, n = known.number(BY_ISSUE, "agreement"), known.number(BY_ISSUE, "n")
    bare = wilson(share, n)
    apart = (
        (n >= 20) & (share > 0.1) & (share < 0.9)
    )  # where whole clusters may say the same, an interval may be narrow
    for column, end in zip(("agreement_low", "agreement_high"), bare, strict=True):
        reach, plain = np.abs(known.number(BY_ISSUE, column) - share), np.abs(end - share)
        least = np.where(apart, CLUSTERS[0] * plain, 0)
        wrong = (reach < least - 1e-4) | (reach > CLUSTERS[1] * plain + 0.02)
        sign = -1 if column == "agreement_low" else 1
        for i in np.flatnonzero(wrong):
            ends = sorted((share[i] + sign * least[i], share[i] + sign * CLUSTERS[1] * plain[i]))
            number = f"an end from {shown(max(ends[0], 0), 2)} to {shown(min(ends[1], 1), 2)}"
            yield (
                int(i) + 2,
                {"column": column, "number": number, "least": f"{CLUSTERS[0]:g}", "most": f"{CLUSTERS[1]:g}"},
            )


# how far our scores are from the published ones -----------------------------------------------------------------------


@holds("unga_validation", "mean_absolute_difference", "a mean from {number} (the largest difference over {sessions} sessions) to {largest_difference}")  # fmt: skip
def _mean_below_the_largest(known: Known) -> Iterator[tuple[int, Names]]:
    columns = ("mean_absolute_difference", "largest_difference", "sessions")
    mean, largest, n = (known.number("unga_validation", name) for name in columns)
    least = largest / n
    wrong = (mean > largest + 1e-4) | (mean < least - 1e-4)
    yield from ((int(i) + 2, {"number": shown(float(least[i]), 4)}) for i in np.flatnonzero(wrong))


@holds("unga_validation", "sessions", "at most {number}, the sessions of the span")
def _no_more_sessions_than_the_span(known: Known) -> Iterator[tuple[int, Names]]:
    n, first, last = (known.number("unga_validation", name) for name in ("sessions", "first_session", "last_session"))
    yield from (
        (int(i) + 2, {"number": shown(last[i] - first[i] + 1, 0)}) for i in np.flatnonzero(n > last - first + 1)
    )


def _as_in_the_other_rows_of_the_span(column: str, known: Known) -> Iterator[tuple[int, Names]]:
    cells, junk = known.text("unga_validation", column), known.junk("unga_validation", column)
    for places in known.groups("unga_validation", "first_session").values():
        most = usual(cells[places])
        yield from (
            (int(i) + 2, {"said": most})
            for i in places
            if most is not None and cells[i] not in (most, "") and not junk[i]
        )


for _column in ("sessions", "last_session"):
    holds("unga_validation", _column, "{said}, as in the other rows of the span from session {first_session}")(
        partial(_as_in_the_other_rows_of_the_span, _column)
    )


@holds("unga_validation", "first_session", "{number}, one after the last session of the span before")
def _span_begins_after_the_last(known: Known) -> Iterator[tuple[int, Names]]:
    first, last = (known.number("unga_validation", name) for name in ("first_session", "last_session"))
    for places in known.groups("unga_validation", "partner", "roll_calls").values():
        for before, here in zip(places, places[1:], strict=False):
            if not np.isnan(first[here] + last[before]) and first[here] != last[before] + 1:
                yield int(here) + 2, {"number": shown(last[before] + 1, 0)}
