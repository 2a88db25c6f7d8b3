"""The headline figures once more under every other choice that the sources allow."""

import pandas as pd

from pakrus.measures import summary
from pakrus.measures import variants as measures
from pakrus.measures.variants import headlines
from pakrus.sources import cow, cpi, ideal_points
from pakrus.sources.files import Upstream
from pakrus.tables import arms, macro, phases, trade, votes


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
    cut = summary.book_cut(phases.table())
    others = measures.rivals(cut, phases.boundaries())
    final, every = (
        headlines.Ballots(
            upstream.once(votes.roll_calls, *kind),
            votes.all_states(upstream, *kind),
            upstream.once(votes.contested, *kind),
        )
        for kind in ((), (True,))
    )
    editions = {
        ("baseline", "July 2025, final passage"): upstream.once(ideal_points.estimates),
        ("all_roll_calls", "July 2025, all votes"): ideal_points.estimates(upstream, "all"),
        ("edition", "June 2024, all votes by session"): ideal_points.earlier(upstream),
    }  # fmt: skip
    published = upstream.once(ideal_points.scores).rename(columns={"RUS": "agreement"}).drop(columns="USA")
    volume = upstream.once(arms.volume)
    rows = headlines.votes_rows(final, every, published, cut, others)
    rows += headlines.contested_rows(final, every)
    rows += headlines.ideal_rows(editions, cut, others)
    rows += headlines.trade_rows(
        upstream.once(trade.derive),
        upstream.once(cpi.price_index),
        upstream.once(cow.partners),
        _merchandise(upstream),
        cut,
        others,
    )
    rows += headlines.arms_rows(volume[volume["method"] == "published"], arms.even_split(upstream), cut, others)
    return measures.finished(rows)
