"""How often Pakistan votes as four other states do, by session, by issue and among all states.

In: the roll calls of `pakrus.tables.votes`. Out: one table each for agreement by session, agreement by issue, the
distance from published scores, and the place of Pakistan's dyads among all. The measures themselves are in
`pakrus.measures.voting` and `pakrus.measures.dyads`.
"""

import pandas as pd

from pakrus.measures import dyads, issues, ranks, voting
from pakrus.sources import ideal_points
from pakrus.sources.files import Upstream
from pakrus.sources.unga import UNVOTES_NAMES, every_vote
from pakrus.tables import phases, votes
from pakrus.terms import year_of_session

PAIRS = (("PAK", "RUS"), ("PAK", "USA"), ("PAK", "CHN"), ("PAK", "IND"))
SPANS = (
    (2, 25),
    (26, 51),
    (52, 73),
    (74, 78),
)  # of sessions, over which our scores are held against the published ones


def by_session(upstream: Upstream) -> pd.DataFrame:
    """Return agreement of Pakistan with each partner by session: see `pakrus.measures.voting.by_session`.

    `percentile` is Pakistan's place among all states' agreement with that partner in the session (0-100).
    """
    five, every = upstream.once(votes.roll_calls), votes.all_states(upstream)
    frame = pd.concat([voting.by_session(five, state, partner) for state, partner in PAIRS], ignore_index=True)
    shares = pd.concat([ranks.percentiles(every, state, partner) for state, partner in PAIRS], ignore_index=True)
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
