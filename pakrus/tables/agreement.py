"""How often Pakistan votes as four other states do, by session, by issue and among all states.

In: the roll calls of `pakrus.tables.votes`. Out: one table each for agreement by session, agreement by issue, the place among
all states over spans of sessions, the same where the two powers stood apart, the distance from published scores, and the place
of Pakistan's dyads among all. The measures themselves are in `pakrus.measures.voting`, `ranks` and `dyads`. The difficulty is what
a place among all states hangs on: the noise of a session's few texts (drawn again), and the mix of what is put to the vote (the
same texts in two spans, single issues).
"""

import pandas as pd

from pakrus import cuts
from pakrus.measures import clusters, dyads, issues, ranks, variants, voting
from pakrus.sources import ideal_points
from pakrus.sources.files import Upstream
from pakrus.sources.unga import UNVOTES_NAMES, every_vote
from pakrus.tables import nearness, phases, votes
from pakrus.terms import session_of_year, year_of_session

PAIRS = (("PAK", "RUS"), ("PAK", "USA"), ("PAK", "CHN"), ("PAK", "IND"))
BENCHMARKS = (("IND", "RUS"), ("CHN", "RUS"))  # what Pakistan's nearness to Moscow is held against
TURNED = tuple((partner, state) for state, partner in PAIRS)  # the place of each partner among Pakistan's partners
NAMED_SPANS = {  # years in which the first and the last session opened; what is a phase stands among the phases
    "1947-1953": (1947, 1953), "1954-1959": (1954, 1959), "1960-1963": (1960, 1963), "1965-1971": (1965, 1971),
    "1972-1978": (1972, 1978), "1979-1988": (1979, 1988), "1989-1991": (1989, 1991), "1992-1998": (1992, 1998),
    "1996-1998": (1996, 1998), "2000-2002": (2000, 2002), "2001-2008": (2001, 2008), "2009-2016": (2009, 2016),
}  # fmt: skip
COMPARED = (("1992-1998", "post-9-11"), ("1996-1998", "2000-2002"))  # on the texts of both, beside the phases in pairs
SESSION_DRAWS = 1000
LEAST_SESSIONS = 70  # states with a place in fewer sessions are no measure of how places move together
HALVES = {
    "all": slice(None),
    "odd": slice(0, None, 2),
    "even": slice(1, None, 2),
}  # of a session's roll calls in their order
LEAST_FAMILIES = 20  # with fewer families of texts in common two spans are not compared on them
SPANS = (
    (2, 25),
    (26, 51),
    (52, 73),
    (74, 78),
)  # of sessions, over which our scores are held against the published ones


def by_session(upstream: Upstream) -> pd.DataFrame:
    """Return agreement of Pakistan with each partner by session: see `pakrus.measures.voting.by_session`.

    `percentile` is Pakistan's place among all states' agreement with that partner in the session (0-100), `above_median_pp` its
    agreement less that of the median state in percentage points, both with the interval of 1,000 draws of the session's roll
    calls: see `pakrus.measures.ranks.percentiles`.
    """
    five, every = upstream.once(votes.roll_calls), votes.all_states(upstream)
    frame = pd.concat([voting.by_session(five, state, partner) for state, partner in PAIRS], ignore_index=True)
    shares = pd.concat(
        [ranks.percentiles(every, state, partner, draws=SESSION_DRAWS) for state, partner in PAIRS], ignore_index=True
    )
    frame = frame.merge(shares, on=["session", "state", "partner"], how="left", validate="one_to_one")
    added = [name for name in shares.columns if name not in ("session", "state", "partner")]
    first = ["percentile", "percentile_low", "percentile_high", "ranked"]
    frame = frame[
        [*(name for name in frame.columns if name not in added), *first, *(name for name in added if name not in first)]
    ]
    return frame.sort_values(
        ["partner", "session"],
        key=lambda s: s.map({p: i for i, (_, p) in enumerate(PAIRS)}) if s.name == "partner" else s,
        ignore_index=True,
    )


def moscow_places(upstream: Upstream) -> pd.DataFrame:
    """Return the place of states among all states' agreement with Moscow, session by session: see `ranks.every_place`.

    Columns: `state`, `session`, `year`, `half` (`all` roll calls, or each second one from the first or from the second: `odd`, `even`),
    `n`, `percentile`. On all roll calls every state with a place in seventy sessions or more; on the halves Pakistan and India, so that
    the places of the two can be held against each other on different texts.
    """
    wide = votes.all_states(upstream)
    wide = wide[wide["session"] >= session_of_year(nearness.ADMITTED)]
    frames = []
    for half, kept in HALVES.items():
        rows = pd.concat([group.iloc[kept] for _, group in wide.groupby("session", sort=True)])
        found = ranks.every_place(rows, "RUS")
        held = found["state"].value_counts() >= LEAST_SESSIONS if half == "all" else found["state"].isin(["PAK", "IND"])
        found = found[found["state"].map(held) if half == "all" else held]
        frames.append(found.assign(half=half, year=year_of_session(found["session"])))
    frame = pd.concat(frames, ignore_index=True)[["state", "session", "year", "half", "n", "percentile"]]
    return frame.sort_values(["half", "state", "session"], ignore_index=True)


def _five_years(last: int) -> dict[str, tuple[int, int]]:
    """Return spans of sessions, each of the five years that end in 0 or 5; the first and the last are shorter."""
    spans = {}
    for first in range(1, last + 1, 5):
        begin, end = max(first, 2), min(first + 4, last)
        spans[f"{year_of_session(begin)}-{year_of_session(end)}"] = (begin, end)
    return spans


def by_issue(upstream: Upstream) -> pd.DataFrame:
    """Return agreement of Pakistan with each partner by issue code, in spans of five years and in phases.

    Columns: `state`, `partner`, `issue` (see `votes.ISSUE_COLUMNS`), `span_type` (`five-year` or `phase`), `span`,
    `first_session`, `last_session`, `n`, `n_by_rule` (of them coded by the rule of `pakrus.measures.issues`, after session
    73), `agreement`, `agreement_low`, `agreement_high`, `pi`, `kappa`. A vote that carries several codes counts in each issue.
    """
    five = upstream.once(votes.roll_calls)
    last = int(five["session"].max())
    cut = {name: (first, min(end, last)) for name, (first, end) in phases.sessions().items() if first <= last}
    rows = []
    for state, partner in PAIRS:
        for issue in votes.ISSUE_COLUMNS.values():
            coded = five[five[issue]]
            by_rule = coded[(coded["issue_source"] == issues.RULE) & coded[state].notna() & coded[partner].notna()]
            for span_type, spans in (("five-year", _five_years(last)), ("phase", cut)):
                found = voting.by_phase(coded, state, partner, spans)
                found["span_type"], found["issue"] = span_type, issue
                found["first_session"] = [spans[name][0] for name in found["span"]]
                found["last_session"] = [spans[name][1] for name in found["span"]]
                found["n_by_rule"] = [int(by_rule["session"].between(*spans[name]).sum()) for name in found["span"]]
                rows.append(found)
    order = ["state", "partner", "issue", "span_type", "span", "first_session", "last_session"]
    order += ["n", "n_by_rule", "agreement", "agreement_low", "agreement_high", "pi", "kappa"]
    return pd.concat(rows, ignore_index=True)[order].round(4)


def _spans() -> dict[tuple[str, str], tuple[int, int]]:
    """Return first and last session by kind and name of a span: the phases, each as a rival boundary would have it, named spans."""
    cut = cuts.book_cut(phases.table())
    spans = {("phase", name): span for name, span in phases.sessions().items()}
    for boundary, (into, moved) in variants.rivals(cut, phases.boundaries()).items():
        order = list(moved["phase"])
        for row in moved[moved["phase"].isin([into, order[order.index(into) - 1]])].itertuples():
            spans["rival", f"{row.phase} by {boundary}"] = (int(row.first_session), int(row.last_session))
    for name, years in NAMED_SPANS.items():
        spans["named", name] = tuple(map(session_of_year, years))
    return spans


def _clustered_votes(upstream: Upstream) -> pd.DataFrame:
    """Return every state's votes with the `family_id` and the issue flags of the roll calls, since Pakistan's admission."""
    columns = ["vote_id", "family_id", *votes.ISSUE_COLUMNS.values()]
    return votes.all_states(upstream).merge(
        upstream.once(votes.roll_calls)[columns], on="vote_id", validate="one_to_one"
    )


def _bare(wide: pd.DataFrame) -> pd.DataFrame:
    return wide.drop(columns=[*votes.ISSUE_COLUMNS.values()])


def _placed(wide: pd.DataFrame, pairs: list, weights=None, **keys: object) -> pd.DataFrame:
    """Return `ranks.standing` of some roll calls with more columns of its own before it."""
    found = ranks.standing(_bare(wide), pairs, weights)
    for place, (name, value) in enumerate(keys.items()):
        found.insert(min(place + 2, found.shape[1]), name, value)
    return found


ROUNDED = {"agreement": 4, "median_state": 4, "agreement_pp": 2, "above_median_pp": 2, "percentile": 1, "rank": 0}


def _rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of `ranks.standing` as they are stored; ranks and numbers of things are whole."""
    frame = clusters.holding(frame)
    digits = {f"{name}{end}": places for name, places in ROUNDED.items() for end in ("", "_low", "_high")}
    frame = frame.round({name: places for name, places in digits.items() if name in frame})
    frame = frame.assign(**{name: frame[name] + 0.0 for name in digits if name in frame})  # no minus zero
    whole = ["rank", "rank_low", "rank_high", "ranked", "n", "n_before", "n_after", "roll_calls", "families"]
    return frame.astype({name: "Int64" for name in whole if name in frame})


def _common(texts: tuple[pd.DataFrame, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return of two sets of roll calls those on texts of families that both have; none where these are too few to compare."""
    both = set(texts[0]["family_id"]) & set(texts[1]["family_id"])
    both = both if len(both) >= LEAST_FAMILIES else set()
    return tuple(own[own["family_id"].isin(both)] for own in texts)


def _couples(spans: dict[tuple[str, str], tuple[int, int]]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Return the pairs of spans that are compared: every two phases, and those of `COMPARED`."""
    order = [key for key in spans if key[0] == "phase"]
    own = {name: (kind, name) for kind, name in spans if kind != "rival"}
    pairs = [(one, other) for place, one in enumerate(order) for other in order[place + 1 :]]
    return pairs + [(own[one], own[other]) for one, other in COMPARED]


def rank_spans(upstream: Upstream) -> pd.DataFrame:
    """Return where states stand among all states' agreement with a partner over spans of sessions, pooled, with intervals.

    Rows: the pairs of `PAIRS`, the same turned round (Moscow's place among Pakistan's partners) and the benchmarks (India's and
    China's place among Moscow's partners). `agenda` says on which roll calls: `all` of the span; one issue code; or
    `common`: the texts of families that were voted on in this span and in the one of `compared_with`, each family
    counting the same in each of the two. Other columns: `state`, `partner`, `span_type` (`phase`, `rival`: a phase as a
    rival boundary would have it, `named`), `span`, `first_session`, `last_session`, then those of `ranks.standing`.
    """
    wide, spans, parts, known = _clustered_votes(upstream), _spans(), [], {}
    short = [*PAIRS, *BENCHMARKS]

    def add(
        rows: pd.DataFrame, agenda: str, span: tuple[str, str], pairs: list, weights=None, other: str = "all texts"
    ) -> None:
        first, last = spans[span]
        keys = {"agenda": agenda, "compared_with": other, "span_type": span[0], "span": span[1]}
        parts.append(_placed(rows, pairs, weights, **keys, first_session=first, last_session=last))

    for key, span in spans.items():
        if key[0] == "rival" and span in known:  # two boundaries that cut the sessions alike
            again = known[span].assign(span_type=key[0], span=key[1])
            parts.append(again[[pair in short for pair in zip(again["state"], again["partner"], strict=True)]])
            continue
        add(
            wide[wide["session"].between(*span)],
            "all",
            key,
            [*PAIRS, *TURNED, *BENCHMARKS] if key[0] != "rival" else short,
        )
        known[span] = parts[-1]
    for issue in votes.ISSUE_COLUMNS.values():
        coded = wide[wide[issue].fillna(False).astype(bool)]
        for key in (key for key in spans if key[0] == "phase"):
            add(coded[coded["session"].between(*spans[key])], issue, key, short)
    for couple in _couples(spans):
        texts = _common(tuple(wide[wide["session"].between(*spans[key])] for key in couple))
        for own, key, other in zip(texts, couple, reversed(couple), strict=True):
            if len(own):
                add(own, "common", key, short, ranks.common_weights(own["family_id"]), other[1])
    return _rounded(pd.concat([part for part in parts if len(part)], ignore_index=True))


def rank_shifts(upstream: Upstream) -> pd.DataFrame:
    """Return how these places change from one span to a later one, on all texts and on those that both spans have.

    Columns: `state`, `partner`, `agenda` (`all` or `common`, as in `rank_spans`), `span_before`, `span_after`, `families` (of
    texts: in either span, or in both), then those of `ranks.shifts`.
    """
    wide, spans, parts = _clustered_votes(upstream), _spans(), []
    for couple in _couples(spans):
        texts = tuple(_bare(wide[wide["session"].between(*spans[key])]) for key in couple)
        for agenda, own in (("all", texts), ("common", _common(texts))):
            weights = tuple(None if agenda == "all" else ranks.common_weights(part["family_id"]) for part in own)
            if not all(map(len, own)):
                continue
            found = ranks.shifts(*own, [*PAIRS[:2], *BENCHMARKS], weights)
            families = pd.concat([part["family_id"] for part in own]).nunique()
            keys = {"agenda": agenda, "span_before": couple[0][1], "span_after": couple[1][1], "families": families}
            for place, (name, value) in enumerate(keys.items(), start=2):
                found.insert(place, name, value)
            parts.append(found)
    return _rounded(pd.concat(parts, ignore_index=True))


def contested_base(upstream: Upstream) -> pd.DataFrame:
    """Return how often Pakistan took a power's side where the two stood apart, beside all other states, by span and by session.

    Rows: contested roll calls (`votes.contested`) of each session, decade, phase, rival cut and named span; `partner` is the power.
    Columns: `state`, `partner`, `span_type` (`session`, `decade`, `phase`, `rival`, `named`), `span`, `first_session`,
    `last_session`, then those of `ranks.standing`: `agreement` is the share of the joint roll calls in which Pakistan voted
    with the power; abstentions count against it, roll calls without a vote do not count.
    """
    wide = _clustered_votes(upstream)
    wide = wide[wide["vote_id"].isin(upstream.once(votes.contested)["vote_id"])]
    spans = {("session", str(year_of_session(s))): (s, s) for s in sorted(wide["session"].unique())}
    years = sorted({year_of_session(s) // 10 * 10 for _, (s, _) in spans.items()})
    last = int(wide["session"].max())
    for decade in years:
        spans["decade", f"{decade}s"] = max(session_of_year(decade), 2), min(session_of_year(decade + 9), last)
    parts = []
    for (kind, name), (first, end) in (spans | _spans()).items():
        keys = {"span_type": kind, "span": name, "first_session": first, "last_session": end}
        parts.append(_placed(wide[wide["session"].between(first, end)], [("PAK", "RUS"), ("PAK", "USA")], **keys))
    return _rounded(pd.concat([part for part in parts if len(part)], ignore_index=True))


def _every_roll_call(upstream: Upstream, partner: str) -> pd.Series:
    """Return Pakistan's agreement with a partner by session over all roll calls of unvotes, amendments and paragraphs included."""
    calls, ballots = upstream.once(every_vote)
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
    published = upstream.once(ideal_points.scores)
    published = published[published["state"] == "PAK"].set_index("session")
    ours = upstream.once(by_session)
    rows = []
    for partner in ("RUS", "USA"):
        final = ours[ours["partner"] == partner].set_index("session")["agreement"]
        for kind, scores in (("final passage", final), ("all", _every_roll_call(upstream, partner))):
            difference = (scores - published[partner]).abs().dropna()
            for first, last in SPANS:
                if kind == "all" and last > votes.LAST_SESSION_UNVOTES:
                    continue
                span = difference.loc[first:last]
                mean, largest = round(float(span.mean()), 4), round(float(span.max()), 4)
                rows.append((partner, kind, first, last, len(span), mean, largest))
    names = ["partner", "roll_calls", "first_session", "last_session", "sessions"]
    return pd.DataFrame(rows, columns=[*names, "mean_absolute_difference", "largest_difference"])


def dyads_rank(upstream: Upstream) -> pd.DataFrame:
    """Return where Pakistan's dyads with four states stand among all dyads: see `pakrus.measures.dyads.ranks`.

    Columns: `session`, `year`, `state`, `partner`, `n`, `agreement`, `kappa`, `rank` among `dyads` dyads,
    `partner_rank` of the partner among `partners` partners of Pakistan (1 = highest agreement).
    """
    every = dyads.all_dyads(votes.all_states(upstream))
    frame = pd.concat([dyads.ranks(every, state, partner) for state, partner in PAIRS], ignore_index=True)
    frame.insert(1, "year", year_of_session(frame["session"]))
    places = ["rank", "dyads", "partner_rank", "partners"]
    return frame[["session", "year", "state", "partner", "n", "agreement", "kappa", *places]].round(4)
