"""Speeches: counts against rates, mentions against their contexts, what was read by hand against both.

In: `ungd_mentions`, `ungd_contexts`, `ungd_checked`, and the phases. Out: problems. The difficulty is a speech's length, which
stands in seven rows: the row that differs from the others is wrong, and the rate tells a wrong count from a wrong rate.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from pakrus.checks.derived.known import Known, holds, shown, usual
from pakrus.checks.problem import Names
from pakrus.measures.lexicon import BY_CODE

SPEECHES, PLACES, READ = "ungd_mentions", "ungd_contexts", "ungd_checked"
WORDS = 12  # of a context, at most


@holds(SPEECHES, "words", "{said}, as in the other rows of the speech")
def _one_length_of_a_speech(known: Known) -> Iterator[tuple[int, Names]]:
    cells, junk = known.text(SPEECHES, "words"), known.junk(SPEECHES, "words")
    for places in known.groups(SPEECHES, "speaker", "session").values():
        if (cells[places] != cells[places[0]]).any():
            most = usual(cells[places])
            for i in places[(cells[places] != most) & ~junk[places]] if most is not None else ():
                yield int(i) + 2, {"said": most or "no value"}


@holds(SPEECHES, "per_10000_words", "{said}")
def _rate_of_the_mentions(known: Known) -> Iterator[tuple[int, Names]]:
    words, count, rate = (known.number(SPEECHES, name) for name in ("words", "mentions", "per_10000_words"))
    off_length = {number - 2 for number, _ in _one_length_of_a_speech(known)}
    wanted = 10000 * count / words
    wrong = np.abs(wanted - rate) > 6e-4
    likely = np.round(rate * words / 10000)
    of_another_count = np.abs(10000 * likely / words - rate) <= 6e-4
    for i in np.flatnonzero(wrong):
        if i in off_length:
            continue
        if of_another_count[i]:
            yield (
                int(i) + 2,
                {
                    "column": "mentions",
                    "said": f"{likely[i]:.0f}, which gives the rate of {shown(rate[i], 3)} in {words[i]:.0f} words",
                },
            )
        else:
            yield int(i) + 2, {"said": f"{shown(wanted[i], 3)}, {count[i]:.0f} mentions in {words[i]:.0f} words"}


@holds(SPEECHES, "mentions", "{said}")
def _a_gap_is_not_zero(known: Known) -> Iterator[tuple[int, Names]]:
    empty = [known.text(SPEECHES, name) == "" for name in ("words", "mentions", "per_10000_words")]
    for column, none in zip(("mentions", "per_10000_words"), empty[1:], strict=True):
        for i in np.flatnonzero(none != empty[0]):
            if none[i]:
                yield (
                    int(i) + 2,
                    {"column": column, "said": "a number (0 where nothing is named), as there is a speech"},
                )
            else:
                yield (
                    int(i) + 2,
                    {"column": column, "said": "no value, as there is no speech (words is empty): a gap is not zero"},
                )


@holds(SPEECHES, "self", "{said}, as {speaker} speaks of {group}")
def _of_the_speakers_own_state(known: Known) -> Iterator[tuple[int, Names]]:
    wanted = np.where(known.text(SPEECHES, "speaker") == known.text(SPEECHES, "group"), "true", "false").astype(object)
    yield from ((int(i) + 2, {"said": wanted[i]}) for i in np.flatnonzero(wanted != known.text(SPEECHES, "self")))


@holds(SPEECHES, "phase", "{said}, as session {session} opened then (data/phases.csv)", "phases")
def _phase_in_which_the_session_opened(known: Known) -> Iterator[tuple[int, Names]]:
    session, wanted = known.number(SPEECHES, "session"), np.full(len(known.rows[SPEECHES]), "", dtype=object)
    ends = (known.number("phases", name) for name in ("first_session", "last_session"))
    for phase, first, last in zip(known.text("phases", "phase"), *ends, strict=True):
        wanted[(session >= first) & (session <= last)] = phase
    wrong = (wanted != known.text(SPEECHES, "phase")) & ~np.isnan(session)
    yield from ((int(i) + 2, {"said": wanted[i] or "no value"}) for i in np.flatnonzero(wrong))


@holds(SPEECHES, "mentions", "{number}, the rows of ungd_contexts for this speech", PLACES)
def _as_many_mentions_as_places(known: Known) -> Iterator[tuple[int, Names]]:
    placed = known.groups(PLACES, "speaker", "session", "group")
    pairs = set(zip(known.text(PLACES, "speaker"), known.text(PLACES, "group"), strict=True))
    columns = (known.text(SPEECHES, name) for name in ("speaker", "session", "group"))
    count = known.number(SPEECHES, "mentions")
    for place, (speaker, session, group) in enumerate(zip(*columns, strict=True)):
        rows = len(placed.get((speaker, session, group), ()))
        if (speaker, group) in pairs and not np.isnan(count[place]) and count[place] != rows:
            yield place + 2, {"number": str(rows)}


@holds(PLACES, "position", "a place further on than that of the mention before, {said}")
def _places_further_on(known: Known) -> Iterator[tuple[int, Names]]:
    position = known.number(PLACES, "position")
    for places in known.groups(PLACES, "speaker", "session").values():
        for before, here in zip(places, places[1:], strict=False):
            if position[here] < position[before]:
                yield int(here) + 2, {"said": shown(position[before], 0)}


@holds(PLACES, "number", "{number}, as mentions are counted from 1 in each speech")
def _numbered_from_one(known: Known) -> Iterator[tuple[int, Names]]:
    number = known.number(PLACES, "number")
    for places in known.groups(PLACES, "speaker", "session").values():
        for at, here in enumerate(places, start=1):
            if not np.isnan(number[here]) and number[here] != at:
                yield int(here) + 2, {"number": str(at)}


@holds(PLACES, "group", "the other side: RUS where Pakistan speaks, PAK where Moscow does")
def _named_by_the_other(known: Known) -> Iterator[tuple[int, Names]]:
    pairs = zip(known.text(PLACES, "speaker"), known.text(PLACES, "group"), strict=True)
    yield from ((place + 2, {}) for place, (speaker, group) in enumerate(pairs, start=0) if speaker == group)


def _within_the_speech(table: str, known: Known) -> Iterator[tuple[int, Names]]:
    lengths, words = known.places(SPEECHES, "speaker", "session"), known.number(SPEECHES, "words")
    columns = (known.text(table, name) for name in ("speaker", "session"))
    for place, (key, position) in enumerate(
        zip(zip(*columns, strict=True), known.number(table, "position"), strict=True)
    ):
        length = words[lengths[key]] if key in lengths else np.nan
        if position >= length:
            yield place + 2, {"number": shown(length, 0)}
        elif key not in lengths:
            yield (
                place + 2,
                {
                    "column": "session",
                    "number": "those of a session of which ungd_mentions has a speech by the speaker",
                },
            )


def _name_in_its_context(table: str, known: Known) -> Iterator[tuple[int, Names]]:
    columns = (known.text(table, name) for name in ("term", "context", "group"))
    verdicts = known.text(table, "verdict") if table == READ else np.full(len(known.rows[table]), "right", dtype=object)
    for place, ((term, context, group), verdict) in enumerate(zip(zip(*columns, strict=True), verdicts, strict=True)):
        if term and f"[{term}]" not in context:
            yield place + 2, {"column": "context", "said": f"words with the name in square brackets, [{term}]"}
        elif len(context.split()) > WORDS:
            yield place + 2, {"column": "context", "said": f"at most {WORDS} words"}
        elif term and group in BY_CODE and verdict in ("right", "wrong") and not _counts(group, term):
            yield place + 2, {"column": "term", "said": f"a name of {group} in the lexicon (pakrus.measures.lexicon)"}


def _counts(group: str, term: str) -> bool:
    """Whether a term is a name of a group; some count only before a hyphen (Sino-Soviet) or a number sign."""
    return any(
        (match := BY_CODE[group].pattern.match(term + after)) and match["hit"] == term for after in ("", "-", " ")
    )


for _table in (PLACES, READ):
    holds(_table, "position", "fewer than the words of the speech, {number}", SPEECHES)(
        partial(_within_the_speech, _table)
    )
    holds(_table, "context", "{said}")(partial(_name_in_its_context, _table))


@holds(READ, "verdict", "{said}")
def _verdict_of_its_sample(known: Known) -> Iterator[tuple[int, Names]]:
    columns = (known.text(READ, name) for name in ("sample", "verdict", "group", "term"))
    for place, (sample, verdict, group, term) in enumerate(zip(*columns, strict=True)):
        if sample == "hit" and verdict == "none":
            yield place + 2, {"said": "right, wrong or missed, as a name was drawn"}
        elif sample == "no-hit" and verdict in ("right", "wrong"):
            yield place + 2, {"said": "none or missed, as a passage without a counted name was drawn"}
        elif verdict == "none" and (group or term):
            yield place + 2, {"column": "group" if group else "term", "said": "no value, as nothing is named"}
        elif verdict in ("right", "wrong", "missed") and not (group and term):
            yield place + 2, {"column": "term" if group else "group", "said": f"a value, as the verdict is {verdict}"}


@holds(READ, "note", "the reason, as the verdict is {verdict}")
def _reason_where_it_is_not_plain(known: Known) -> Iterator[tuple[int, Names]]:
    wanted = np.isin(known.text(READ, "verdict"), ["wrong", "missed"])
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(wanted & (known.text(READ, "note") == "")))


@holds(
    READ,
    "position",
    "the place of a mention of {group} by {speaker} in session {session} of ungd_contexts: {said}",
    PLACES,
)
def _read_where_it_was_counted(known: Known) -> Iterator[tuple[int, Names]]:
    placed, terms = known.groups(PLACES, "speaker", "session", "group"), known.text(PLACES, "term")
    pairs = set(zip(known.text(PLACES, "speaker"), known.text(PLACES, "group"), strict=True))
    columns = [known.text(READ, name) for name in ("speaker", "session", "group", "verdict", "position", "term")]
    for place, (speaker, session, group, verdict, position, term) in enumerate(zip(*columns, strict=True)):
        if (speaker, group) in pairs and verdict in ("right", "wrong"):
            rows = placed.get((speaker, session, group), ())
            held = {(known.text(PLACES, "position")[i], terms[i]) for i in rows}
            if (position, term) not in held:
                yield place + 2, {"said": ", ".join(f"{at} ({name})" for at, name in sorted(held)) or "there is none"}


@holds(READ, "group", "a group that the speech names by ungd_mentions; it counts none", SPEECHES)
def _counted_in_the_speech(known: Known) -> Iterator[tuple[int, Names]]:
    places, count = known.places(SPEECHES, "speaker", "session", "group"), known.number(SPEECHES, "mentions")
    columns = [known.text(READ, name) for name in ("speaker", "session", "group", "verdict")]
    for place, (*key, verdict) in enumerate(zip(*columns, strict=True)):
        there = places.get(tuple(key))
        if verdict in ("right", "wrong") and (there is None or count[there] == 0):
            yield place + 2, {}
