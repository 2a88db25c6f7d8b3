"""Counts and shares: events coded from news, items of outlets, answers, Council votes, variants of figures, times of runs.

In: `icews_dyads`, `media_attention`, `opinion`, `unsc_votes`, `sensitivity`, `scaling`. Out: problems. The difficulty is to
name the one cell that is wrong where several no longer fit: the interval knows the share and the number it was made from.
"""

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from pakrus.checks.derived.known import HALF, Known, Z, holds, shown, unlike, usual, wilson
from pakrus.checks.problem import Names

KINDS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
ENLARGED = 1966  # year from which the Council has fifteen members; the majority rose from seven to nine
SIGNED = (  # unit, value against which a figure states a direction
    (r"^difference|^percentile points$|^units of the scale$|^million TIV$", 0.0),
    (r"^share", 0.5),
    (r"^ratio$", 1.0),
)


def fits(found: np.ndarray, wanted: np.ndarray, digits: int) -> np.ndarray:
    """Return where numbers are those wanted, to the rounding of the cell; a missing one fits a missing one."""
    return (np.abs(found - wanted) <= HALF * 10.0**-digits + 1e-9) | (np.isnan(found) & np.isnan(wanted))


# events coded from news -----------------------------------------------------------------------------------------------


@holds("icews_dyads", "verbal_cooperation", "shares that make 1 together: the other three leave {number}")
def _four_shares_make_one(known: Known) -> Iterator[tuple[int, Names]]:
    shares = np.array([known.number("icews_dyads", kind) for kind in KINDS])
    n, conflict = known.number("icews_dyads", "n"), known.number("icews_dyads", "conflict")
    off = np.abs(shares.sum(axis=0) - 1) > 4 * HALF * 1e-4
    for i in np.flatnonzero(off & ~np.isnan(shares.sum(axis=0))):
        # of the four, the one that the total of conflict and whole numbers of events speak against
        away = np.abs(shares[:, i] * n[i] - np.round(shares[:, i] * n[i])) > HALF * 1e-4 * n[i]
        pair = (2, 3) if abs(shares[2:, i].sum() - conflict[i]) > 2e-4 else (0, 1)
        worst = next((k for k in pair if away[k]), pair[0])
        number = 1 - shares[:, i].sum() + shares[worst, i]
        yield int(i) + 2, {"column": KINDS[worst], "number": shown(float(number), 4)}


@holds(
    "icews_dyads",
    "conflict",
    "{number}, verbal_conflict ({verbal_conflict}) and material_conflict ({material_conflict}) together",
)
def _conflict_is_both(known: Known) -> Iterator[tuple[int, Names]]:
    verbal, material = (known.number("icews_dyads", name) for name in KINDS[2:])
    cooperation = sum(known.number("icews_dyads", name) for name in KINDS[:2])
    both = verbal + material
    sound = np.abs(both + cooperation - 1) <= 4 * HALF * 1e-4  # else one of the four is wrong, and is told
    yield from unlike(known, "icews_dyads", "conflict", both, 4, sound, room=1e-4)


def _of_whole_events(kind: str, known: Known) -> Iterator[tuple[int, Names]]:
    share, n = known.number("icews_dyads", kind), known.number("icews_dyads", "n")
    nearest = np.round(share * n) / n
    yield from unlike(known, "icews_dyads", kind, nearest, 4, ~np.isnan(nearest) & ~np.isnan(share))


for _kind in KINDS:
    holds("icews_dyads", _kind, "a share that a whole number of {n} events gives, such as {number}")(
        partial(_of_whole_events, _kind)
    )


def _n_of_interval(share: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The number of draws for which a share has a Wilson interval with this end."""
    return Z**2 * end * (1 - end) / (share - end) ** 2


@holds("icews_dyads", "conflict_low", "{number}, the end of the 95 % Wilson interval of {conflict} of {n} events")
def _interval_of_conflict(known: Known) -> Iterator[tuple[int, Names]]:
    table = "icews_dyads"
    share, n = known.number(table, "conflict"), known.number(table, "n")
    ends = wilson(np.where(n < 5000, np.round(share * n) / n, share), n)
    room = np.where(n < 5000, 0, 1e-4)
    apart = [
        {
            number: names
            for number, names in unlike(known, table, f"conflict_{end}", wanted, 4, ~np.isnan(share + n), room)
        }
        for end, wanted in zip(("low", "high"), ends, strict=True)
    ]
    for number in sorted(apart[0].keys() & apart[1].keys()):
        likely = _n_of_interval(share, known.number(table, "conflict_high"))[number - 2]
        yield (
            number,
            {
                "column": "n",
                "number": f"about {shown(float(likely), 0)}, with which the interval was made, not {n[number - 2]:.0f}; else {apart[0][number]['number']}",
            },
        )
    for end, own, other in (("low", *apart), ("high", *apart[::-1])):
        yield from (
            (number, {"column": f"conflict_{end}", **own[number]}) for number in sorted(own.keys() - other.keys())
        )


@holds("icews_dyads", "target", "another state than {initiator}, the initiator")
def _two_states(known: Known) -> Iterator[tuple[int, Names]]:
    same = known.text("icews_dyads", "initiator") == known.text("icews_dyads", "target")
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(same))


# items of outlets -----------------------------------------------------------------------------------------------------


@holds("media_attention", "share", "{number}")
def _share_and_its_interval(known: Known) -> Iterator[tuple[int, Names]]:
    table = "media_attention"
    n, naming, share, low, high = (
        known.number(table, name) for name in ("n_all", "n_pakistan", "share", "low", "high")
    )
    true = naming / n
    ends = wilson(true, n)
    right = [fits(found, wanted, 6) for found, wanted in ((share, true), (low, ends[0]), (high, ends[1]))]
    known_row = ~np.isnan(n + naming + share + low + high)
    # the counts that the share and its interval were made with
    other_naming, other_n = (
        np.round(share * n),
        np.where(share > 0, np.round(naming / share), np.round(_n_of_interval(share, high))),
    )
    by_naming, by_n = wilson(other_naming / n, n)[1], wilson(naming / other_n, other_n)[1]
    for i in np.flatnonzero(known_row & ~(right[0] & right[1] & right[2])):
        if (
            sum(bool(one[i]) for one in right) <= 1
            and fits(high[i], by_naming[i], 6)
            and fits(share[i], other_naming[i] / n[i], 6)
        ):
            yield (
                int(i) + 2,
                {"column": "n_pakistan", "number": f"{other_naming[i]:.0f}, with which share and interval were made"},
            )
        elif sum(bool(one[i]) for one in right) <= 2 and abs(by_n[i] - high[i]) < 2e-6 and other_n[i] != n[i]:
            yield (
                int(i) + 2,
                {"column": "n_all", "number": f"{other_n[i]:.0f}, with which share and interval were made"},
            )
        else:
            for column, good, wanted in zip(("share", "low", "high"), right, (true, *ends), strict=True):
                if not good[i]:
                    what = "n_pakistan over n_all" if column == "share" else "the end of its 95 % Wilson interval"
                    yield int(i) + 2, {"column": column, "number": f"{shown(float(wanted[i]), 6)}, {what}"}


@holds("media_attention", "n_pakistan_title", "at most {n_pakistan}, the items that name Pakistan anywhere")
def _titles_among_the_items(known: Known) -> Iterator[tuple[int, Names]]:
    more = known.number("media_attention", "n_pakistan_title") > known.number("media_attention", "n_pakistan")
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(more))


@holds("media_attention", "month", "a month from 01 to 12, after the year")
def _a_month(known: Known) -> Iterator[tuple[int, Names]]:
    for place, month in enumerate(known.text("media_attention", "month")):
        if not re.fullmatch(r"(19|20)\d{2}-(0[1-9]|1[0-2])", month):
            yield place + 2, {}


@holds("media_attention", "flag", "{said}")
def _flags_of_the_months(known: Known) -> Iterator[tuple[int, Names]]:
    table = "media_attention"
    flags, n, months = known.text(table, "flag"), known.number(table, "n_all"), known.text(table, "month")
    few = [int(m[1]) for flag in flags if (m := re.search(r"fewer than (\d+) items", flag))]
    limit = usual(np.array(few)) if few else None
    for place in np.flatnonzero(~np.isnan(n)) if limit else ():
        if (n[place] < limit) != (f"fewer than {limit} items" in flags[place]):
            side = "" if n[place] < limit else "without "
            yield int(place) + 2, {"said": f"{side}'fewer than {limit} items', as there are {n[place]:.0f}"}
    open_months = {month for month, flag in zip(months, flags, strict=True) if "not complete" in flag}
    if open_months:
        last = max(months)
        for place, (month, flag) in enumerate(zip(months, flags, strict=True)):
            if ("not complete" in flag) != (month == last):
                yield place + 2, {"said": f"'month not complete' in the last month, {last}, and only there"}


@holds(
    "media_attention",
    "month",
    "a row of {lacking} before it: {outlet} has items in every month between months of hundreds",
)
def _no_month_lost(known: Known) -> Iterator[tuple[int, Names]]:
    table = "media_attention"
    months, n = known.text(table, "month"), known.number(table, "n_all")
    for places in known.groups(table, "outlet").values():
        steps = [int(m[:4]) * 12 + int(m[5:7]) if re.fullmatch(r"\d{4}-\d{2}", m) else None for m in months[places]]
        gaps = [
            at for at in range(1, len(steps)) if None not in steps[at - 1 : at + 1] and steps[at] - steps[at - 1] > 1
        ]
        full = [at for at in gaps if steps[at] - steps[at - 1] == 2 and min(n[places[at - 1]], n[places[at]]) >= 100]
        for at in full if len(gaps) == len(full) else ():  # an outlet with other gaps has them of itself
            month = steps[at] - 1
            yield int(places[at]) + 2, {"lacking": f"{(month - 1) // 12}-{(month - 1) % 12 + 1:02}"}


# answers --------------------------------------------------------------------------------------------------------------

ANSWERS = ("favourable", "unfavourable", "no_answer")


@holds("opinion", "unfavourable", "answers that make 100 together: {said}")
def _answers_make_a_hundred(known: Known) -> Iterator[tuple[int, Names]]:
    parts = [known.number("opinion", name) for name in ANSWERS]
    total, low, n = sum(parts), known.number("opinion", "favourable_low"), known.number("opinion", "n")
    borne_out = np.abs(wilson(parts[0] / 100, n)[0] * 100 - low) < 0.2  # the interval was made with favourable
    off = np.abs(total - 100) > 3 * HALF / 10 + 0.05
    for i in np.flatnonzero(off):
        column = "unfavourable" if borne_out[i] else "favourable"
        rest = 100 - total[i] + parts[ANSWERS.index(column)][i]
        yield (
            int(i) + 2,
            {"column": column, "said": f"{shown(float(rest), 1)}, as they now make {shown(float(total[i]), 1)}"},
        )


@holds("opinion", "favourable", "all of favourable, unfavourable and no_answer, or none of them and no interval")
def _answers_all_or_none(known: Known) -> Iterator[tuple[int, Names]]:
    columns = (*ANSWERS, "favourable_low", "favourable_high")
    empty = np.array([known.text("opinion", name) == "" for name in columns])
    for i in np.flatnonzero(empty.any(axis=0) & ~empty.all(axis=0)):
        lacking = empty[:, i].sum() <= 2
        column = next(name for name, none in zip(columns, empty[:, i], strict=True) if none == lacking)
        yield int(i) + 2, {"column": column}


@holds("opinion", "favourable_low", "{number}, the end of the 95 % Wilson interval of {favourable} per cent of {n}")
def _interval_of_answers(known: Known) -> Iterator[tuple[int, Names]]:
    share, n = known.number("opinion", "favourable") / 100, known.number("opinion", "n")
    apart = [
        dict(unlike(known, "opinion", f"favourable_{end}", 100 * wanted, 1, ~np.isnan(share + n), room=0.06))
        for end, wanted in zip(("low", "high"), wilson(share, n), strict=True)
    ]
    total = sum(known.number("opinion", name) for name in ANSWERS)
    for end, own in zip(("low", "high"), apart, strict=True):
        for number in own:
            if abs(total[number - 2] - 100) <= 0.3:  # else an answer is wrong, and is told
                both = number in apart[0] and number in apart[1]
                yield number, {"column": "n" if both else f"favourable_{end}", **own[number]}


@holds("opinion", "flag", "{said}")
def _flags_of_the_answers(known: Known) -> Iterator[tuple[int, Names]]:
    flags, given = known.text("opinion", "flag"), known.text("opinion", "favourable") != ""
    for i in np.flatnonzero(~given & (flags == "")):
        yield int(i) + 2, {"said": "a flag that says why there are no answers"}
    for places in known.groups("opinion", "year").values():
        own = places[given[places]]
        most = usual(flags[own])
        if most is not None and (flags[own] == most).sum() >= len(own) - 1:
            yield from (
                (int(i) + 2, {"said": f"{most!r}, as in the other rows of the year"}) for i in own[flags[own] != most]
            )


# votes of the Council -------------------------------------------------------------------------------------------------

COUNCIL = "unsc_votes"
CAST = ("in_favour", "against", "abstained")


def _members(known: Known) -> np.ndarray:
    """Members of the Council at the time of each row; NaN where the date has no year."""
    years = [int(date[:4]) if date[:4].isdigit() else 0 for date in known.text(COUNCIL, "date")]
    return np.array([np.nan if not year else 15 if year >= ENLARGED else 11 for year in years])


@holds(COUNCIL, "in_favour", "votes of {said}")
def _votes_of_all_members(known: Known) -> Iterator[tuple[int, Names]]:
    votes, members = [known.number(COUNCIL, name) for name in CAST], known.once(_members)
    total = sum(votes)
    wrong = (total > members) | (total < members - 1)  # one member has stayed away at times
    for i in np.flatnonzero(wrong):
        said = f"{members[i]:.0f} members, or of all but one who stayed away; they are {total[i]:.0f} together"
        # the cell that alone could not be right comes first
        column = next((name for name, cast in zip(CAST, votes, strict=True) if cast[i] > members[i]), None)
        if column is None:
            most = 1 if votes[1][i] + votes[0][i] > members[i] and votes[1][i] > 4 else 0
            column = CAST[most if total[i] > members[i] else 0]
        yield int(i) + 2, {"column": column, "said": said}


@holds(COUNCIL, "in_favour", "all three of in_favour, against and abstained, or none of them")
def _all_three_or_none(known: Known) -> Iterator[tuple[int, Names]]:
    empty = np.array([known.text(COUNCIL, name) == "" for name in CAST])
    sound = ~np.any([known.junk(COUNCIL, name) for name in CAST], axis=0)
    for i in np.flatnonzero(empty.any(axis=0) & ~empty.all(axis=0) & sound):
        lacking = empty[:, i].sum() == 1
        yield (
            int(i) + 2,
            {"column": next(name for name, none in zip(CAST, empty[:, i], strict=True) if none == lacking)},
        )


@holds(COUNCIL, "in_favour", "{said}, as the outcome is {outcome}")
def _votes_that_the_outcome_needs(known: Known) -> Iterator[tuple[int, Names]]:
    favour, outcome, members = known.number(COUNCIL, "in_favour"), known.text(COUNCIL, "outcome"), known.once(_members)
    needed = np.where(members == 15, 9, 7)
    voted = np.isin(outcome, ["adopted", "vetoed", "not-adopted"])
    for i in np.flatnonzero(np.isin(outcome, ["adopted", "vetoed"]) & (favour < needed)):
        yield int(i) + 2, {"said": f"at least {needed[i]} votes"}
    for i in np.flatnonzero((outcome == "not-adopted") & (favour >= needed)):
        yield int(i) + 2, {"said": f"fewer than {needed[i]} votes"}
    for i in np.flatnonzero(~voted & ~np.isnan(favour)):
        yield int(i) + 2, {"said": "no value"}


@holds(COUNCIL, "vetoed_by", "{said}")
def _vetoes_of_the_outcome(known: Known) -> Iterator[tuple[int, Names]]:
    columns = (known.text(COUNCIL, name) for name in ("vetoed_by", "outcome", "RUS"))
    against = known.number(COUNCIL, "against")
    for place, (by, outcome, moscow) in enumerate(zip(*columns, strict=True)):
        states = [one for one in by.split("; ") if one]
        if (outcome == "vetoed") != bool(states):
            yield (
                place + 2,
                {
                    "said": "who vetoed, as the outcome is vetoed"
                    if not states
                    else f"no value, as the outcome is {outcome}"
                },
            )
        elif states != sorted(set(states)):
            yield place + 2, {"said": "codes in alphabetical order, each once"}
        elif against[place] < len(states):
            yield place + 2, {"column": "against", "said": f"at least {len(states)}, the vetoes of {by}"}
        elif "RUS" in states and moscow != "no":
            yield place + 2, {"column": "RUS", "said": f"no, as {by} vetoed it"}


@holds(COUNCIL, "RUS", "{said}")
def _vote_of_moscow(known: Known) -> Iterator[tuple[int, Names]]:
    columns = (known.text(COUNCIL, name) for name in ("RUS", "outcome", "note"))
    favour, against, members = (
        known.number(COUNCIL, "in_favour"),
        known.number(COUNCIL, "against"),
        known.once(_members),
    )
    for place, (moscow, outcome, note) in enumerate(zip(*columns, strict=True)):
        everyone = outcome == "adopted" and favour[place] == members[place]
        if everyone and moscow != "yes":
            yield place + 2, {"said": f"yes, as all {members[place]:.0f} members voted in favour"}
        elif (
            moscow == "yes"
            and not everyone
            and not (outcome == "adopted" and ("unanim" in note or np.isnan(favour[place])))
        ):
            yield place + 2, {"said": "no value: the outcome does not tell it, as not all members voted in favour"}
        elif moscow == "no" and (outcome == "adopted" or against[place] == 0):
            yield (
                place + 2,
                {"said": f"no vote against, as the outcome is {outcome} with {against[place]:.0f} votes against"},
            )
        elif moscow and outcome not in ("adopted", "vetoed", "not-adopted"):
            yield place + 2, {"said": f"no value, as the outcome is {outcome}"}


@holds(COUNCIL, "topic_group", "{said}")
def _vetoes_on_other_subjects(known: Known) -> Iterator[tuple[int, Names]]:
    columns = (known.text(COUNCIL, name) for name in ("topic_group", "sanctions", "outcome", "RUS"))
    for place, (group, sanctions, outcome, moscow) in enumerate(zip(*columns, strict=True)):
        if group == "sanctions" and sanctions != "true":
            yield place + 2, {"column": "sanctions", "said": "true, as the topic is sanctions"}
        elif group == "veto" and (outcome not in ("vetoed", "not-adopted") or moscow != "no"):
            yield (
                place + 2,
                {"said": f"another topic: veto is for what Moscow voted down, and the outcome is {outcome}"},
            )


@holds(COUNCIL, "found_in", "{said}")
def _where_an_outcome_was_found(known: Known) -> Iterator[tuple[int, Names]]:
    columns = (known.text(COUNCIL, name) for name in ("found_in", "outcome", "note", "vetoed_by"))
    for place, (found, outcome, note, by) in enumerate(zip(*columns, strict=True)):
        alone = "shows no such outcome" in note
        if outcome != "vetoed" and found != "meetings":
            yield place + 2, {"said": f"meetings, as the list has vetoes alone and the outcome is {outcome}"}
        elif outcome == "vetoed" and "RUS" in by and found != ("veto-list" if alone else "both"):
            yield (
                place + 2,
                {
                    "said": "veto-list, as the note says"
                    if alone
                    else "both: Moscow's vetoes are in the list and on the pages"
                },
            )


@holds(COUNCIL, "outcome_id", "{said}, the date and the number on that day")
def _identifier_of_the_day(known: Known) -> Iterator[tuple[int, Names]]:
    seen: dict[str, int] = {}
    for place, (date, found) in enumerate(
        zip(known.text(COUNCIL, "date"), known.text(COUNCIL, "outcome_id"), strict=True)
    ):
        seen[date] = seen.get(date, 0) + 1
        if found != f"{date}-{seen[date]}":
            yield place + 2, {"said": f"{date}-{seen[date]}"}


# variants of figures --------------------------------------------------------------------------------------------------

FIGURES = "sensitivity"
WIDER = 12.0  # an interval is up to 6 times as wide as the middle one of a figure's variants


def _baselines(known: Known) -> dict[str, int]:
    """The position of each figure's baseline row."""
    kinds, ids = known.text(FIGURES, "variant_kind"), known.text(FIGURES, "figure_id")
    return {ids[i]: int(i) for i in np.flatnonzero(kinds == "baseline")[::-1]}


def _wrong_baselines(known: Known) -> dict[int, str]:
    """Baseline rows whose value the variants of the figure contradict alike, with what these have."""
    values, kinds = known.text(FIGURES, "baseline"), known.text(FIGURES, "variant_kind")
    groups, found = known.groups(FIGURES, "figure_id"), {}
    for figure, place in known.once(_baselines).items():
        same_sessions = [
            i for i in groups[figure,] if kinds[i] not in ("baseline", "all_roll_calls", "edition") and values[i]
        ]
        others = [values[i] for i in groups[figure,] if values[i]]
        held = sorted({values[i] for i in same_sessions})
        value = known.number(FIGURES, "value")[place]
        if len(held) == 1 and len(same_sessions) > 1 and not np.isnan(value):
            if abs(float_of(held[0]) - value) > HALF * 1e-4:
                found[place] = held[0]
        elif (
            not held
            and len(others) > 1
            and len(set(others)) == 1
            and abs(float_of(others[0]) - value) > 0.2 * abs(value) + 0.1
        ):
            found[place] = others[0]
    return found


def float_of(cell: str) -> float:
    """Return a cell's number; NaN where it is none."""
    try:
        return float(cell)
    except ValueError:
        return np.nan


@holds(FIGURES, "value", "{said}, the baseline that the variants of {figure_id} were compared with")
def _value_of_the_baseline(known: Known) -> Iterator[tuple[int, Names]]:
    yield from ((place + 2, {"said": said}) for place, said in known.once(_wrong_baselines).items())


@holds(FIGURES, "baseline", "{number}, the value of the baseline row of {figure_id}")
def _baseline_of_the_figure(known: Known) -> Iterator[tuple[int, Names]]:
    kinds, ids, places = known.text(FIGURES, "variant_kind"), known.text(FIGURES, "figure_id"), known.once(_baselines)
    value, wrong = known.number(FIGURES, "value"), known.once(_wrong_baselines)
    wanted = np.array([value[places[one]] if one in places else np.nan for one in ids])
    # more votes and other editions reach fewer sessions: their baseline is that of the same sessions
    asked = ~np.isin(kinds, ["baseline", "all_roll_calls", "edition"]) & (known.text(FIGURES, "baseline") != "")
    asked &= np.array([places.get(one) not in wrong for one in ids], dtype=bool)
    yield from unlike(known, FIGURES, "baseline", wanted, 4, asked & ~np.isnan(wanted))


@holds(FIGURES, "difference_from_baseline", "{number}, value ({value}) minus baseline ({baseline})")
def _difference_of_the_two(known: Known) -> Iterator[tuple[int, Names]]:
    value, baseline = known.number(FIGURES, "value"), known.number(FIGURES, "baseline")
    sound = ~known.junk(FIGURES, "value") & ~known.junk(FIGURES, "baseline")
    yield from unlike(known, FIGURES, "difference_from_baseline", value - baseline, 4, sound, room=1e-4)


@holds(FIGURES, "baseline", "{said}")
def _compared_where_the_unit_is_the_same(known: Known) -> Iterator[tuple[int, Names]]:
    columns = [known.text(FIGURES, name) for name in ("figure_id", "variant_kind", "unit", "baseline")]
    places, units = known.once(_baselines), known.text(FIGURES, "unit")
    for place, (figure, kind, unit, baseline) in enumerate(zip(*columns, strict=True)):
        if kind == "baseline" and baseline:
            yield place + 2, {"said": "no value, as this row is the baseline"}
        elif figure not in places:
            yield place + 2, {"column": "figure_id", "said": "a figure that has a row of kind baseline"}
        elif kind != "baseline" and (unit == units[places[figure]]) != bool(baseline):
            side = "no value, as the unit is not" if baseline else "a number, as the unit is"
            yield place + 2, {"said": f"{side} that of the baseline, {units[places[figure]]}"}


@holds(FIGURES, "same_direction", "{said}")
def _direction_that_the_numbers_have(known: Known) -> Iterator[tuple[int, Names]]:
    value, baseline, units = (
        known.number(FIGURES, "value"),
        known.number(FIGURES, "baseline"),
        known.text(FIGURES, "unit"),
    )
    found = known.text(FIGURES, "same_direction")
    for i in np.flatnonzero(np.isin(found, ["true", "false"]) & ~np.isnan(value + baseline)):
        zero = next((zero for pattern, zero in SIGNED if re.search(pattern, units[i])), None)
        if units[i] == "year":
            same = value[i] == baseline[i]
        elif zero is None or min(abs(value[i] - zero), abs(baseline[i] - zero)) < 1e-4:
            continue  # rounded away
        else:
            same = (value[i] > zero) == (baseline[i] > zero)
        if found[i] != ("true" if same else "false"):
            against = "" if zero is None else f" of {zero:g}"
            side = "one side" if same else "two sides"
            said = f"'{str(same).lower()}', as {shown(value[i], 4)} and the baseline {shown(baseline[i], 4)} are on {side}{against}"
            yield (
                int(i) + 2,
                {
                    "said": said
                    if units[i] != "year"
                    else f"'{str(same).lower()}', as the years are {shown(value[i], 0)} and {shown(baseline[i], 0)}"
                },
            )


@holds(
    FIGURES,
    "high",
    f"an interval from low to high as wide as those of the other variants of {{figure_id}}: about {{number}}, not over {WIDER:g} times that",
)
def _as_wide_as_other_variants(known: Known) -> Iterator[tuple[int, Names]]:
    value, low, high = (known.number(FIGURES, name) for name in ("value", "low", "high"))
    width, out = high - low, (value - low) > (high - value)
    for places in known.groups(FIGURES, "figure_id", "unit").values():
        own = places[~np.isnan(width[places])]
        middle = float(np.median(width[own])) if len(own) > 2 else np.nan
        for i in own[width[own] > WIDER * middle]:
            yield int(i) + 2, {"column": "low" if out[i] else "high", "number": shown(middle, 4)}


@holds(FIGURES, "same_direction", "{said}")
def _direction_told_or_not(known: Known) -> Iterator[tuple[int, Names]]:
    found, baseline = known.text(FIGURES, "same_direction"), known.text(FIGURES, "baseline")
    for places in known.groups(FIGURES, "figure_id").values():
        compared = places[baseline[places] != ""]
        told = found[compared] != ""
        for i in compared[told != (told.sum() * 2 > len(told))] if 0 < told.sum() < len(told) and len(told) > 2 else ():
            yield (
                int(i) + 2,
                {
                    "said": "true or false, as other variants of the figure have"
                    if found[i] == ""
                    else "no value, as other variants of the figure have none"
                },
            )
        for i in places[(baseline[places] == "") & (found[places] != "")]:
            yield int(i) + 2, {"said": "no value, as nothing is compared with a baseline here"}


# times of runs --------------------------------------------------------------------------------------------------------


def _as_many_times_over(column: str, known: Known) -> Iterator[tuple[int, Names]]:
    repeats, values = known.number("scaling", "repeats"), known.number("scaling", column)
    unit = values / repeats
    known_units = unit[~np.isnan(unit)]
    middle = float(np.median(known_units)) if len(known_units) > 2 else np.nan
    yield from unlike(known, "scaling", column, middle * repeats, 0, ~np.isnan(middle * repeats))


for _column in ("roll_calls", "sessions", "dyads"):
    holds("scaling", _column, "{number}, as {repeats} times the real input has")(partial(_as_many_times_over, _column))


def _more_with_more(column: str, known: Known) -> Iterator[tuple[int, Names]]:
    repeats, values = known.number("scaling", "repeats"), known.number("scaling", column)
    for before, here in zip(range(len(values)), range(1, len(values)), strict=False):
        grown = repeats[here] / repeats[before] if repeats[before] else np.nan
        if values[here] < values[before]:
            yield here + 2, {"said": f"at least {shown(float(values[before]), 2)}, that of the smaller input"}
        elif values[here] > 4 * grown * values[before] and values[before] > 0:
            yield (
                here + 2,
                {
                    "said": f"a number that grows no more than the input, fourfold that at most: {shown(float(4 * grown * values[before]), 2)}"
                },
            )


for _column in ("seconds", "processor_seconds", "memory_mb", "memory_added_mb"):
    holds("scaling", _column, "{said}")(partial(_more_with_more, _column))


@holds("scaling", "memory_added_mb", "less than {memory_mb}, the whole memory held")
def _added_to_the_whole(known: Known) -> Iterator[tuple[int, Names]]:
    more = known.number("scaling", "memory_added_mb") >= known.number("scaling", "memory_mb")
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(more))


@holds("scaling", "processor_seconds", "about {seconds}, the time by the clock: matrix products ran in one thread")
def _one_thread(known: Known) -> Iterator[tuple[int, Names]]:
    clock, processor = known.number("scaling", "seconds"), known.number("scaling", "processor_seconds")
    off = (processor > 1.2 * clock + 0.05) | (processor < clock / 3 - 0.05)
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(off))


@holds(
    "sensitivity",
    "variant",
    "a boundary of data/phase_boundaries.csv, as the choice is of a boundary",
    "phase_boundaries",
)
def _boundary_exists(known: Known) -> Iterator[tuple[int, Names]]:
    there = set(known.text("phase_boundaries", "boundary_id"))
    kinds, names = known.text("sensitivity", "variant_kind"), known.text("sensitivity", "variant")
    yield from ((int(i) + 2, {}) for i in np.flatnonzero(kinds == "phase_cut") if names[i] not in there)
