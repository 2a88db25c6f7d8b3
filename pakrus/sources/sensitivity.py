"""The headline figures once more under every other choice that the sources allow."""

import pandas as pd

from pakrus import data
from pakrus.measures import summary
from pakrus.measures import variants as measures
from pakrus.measures.variants import headlines
from pakrus.sources import arms, ideal_points, macro, trade, votes
from pakrus.sources.files import Upstream, columns


def _published(upstream: Upstream) -> pd.DataFrame:
    """Return every state's agreement with the USSR/Russia as published in June 2024: state, session, agreement, n."""
    frame = columns(
        pd.read_csv(upstream.path(votes.PUBLISHED)), votes.PUBLISHED, ["iso3c", "session", "RUSSAgree", "NVotesAll"]
    )
    return frame.set_axis(["state", "session", "agreement", "n"], axis=1)


def _merchandise(upstream: Upstream) -> pd.Series:
    """Return Pakistan's merchandise exports and imports together by year, million current dollars."""
    frame = upstream.once(macro.derive)
    frame = frame[frame["indicator"].isin(["merchandise_exports", "merchandise_imports"])]
    return frame.pivot(index="year", columns="indicator", values="value").dropna().sum(axis=1)


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return one row per headline figure and variant: see `pakrus.measures.variants`.

    The phases and their rival boundaries come from `data/phases.csv` and `data/phase_boundaries.csv`, which define
    them: who changes a boundary derives anew. Figures of the register are not in: they change with every row of it.
    """
    cut = summary.book_cut(data.load("phases"))
    others = measures.rivals(cut, data.load("phase_boundaries"))
    final, every = (
        headlines.Ballots(
            upstream.once(votes.roll_calls, *kind),
            votes.all_states(upstream, *kind),
            upstream.once(votes.contested, *kind),
        )
        for kind in ((), (True,))
    )
    editions = {
        ("baseline", "July 2025, final passage"): upstream.once(ideal_points.derive),
        ("all_roll_calls", "July 2025, all votes"): ideal_points.derive(upstream, "all"),
        ("edition", "June 2024, all votes by session"): ideal_points.earlier(upstream),
    }  # fmt: skip
    volume = upstream.once(arms.volume)
    rows = headlines.votes_rows(final, every, _published(upstream), cut, others)
    rows += headlines.contested_rows(final, every)
    rows += headlines.ideal_rows(editions, cut, others)
    rows += headlines.trade_rows(
        upstream.once(trade.derive),
        upstream.once(macro.price_index),
        upstream.once(trade.partners),
        _merchandise(upstream),
        cut,
        others,
    )
    rows += headlines.arms_rows(volume[volume["method"] == "published"], arms.even_split(upstream), cut, others)
    return measures.finished(rows)
