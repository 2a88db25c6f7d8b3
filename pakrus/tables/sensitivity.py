"""The headline figures once more under every other choice that the sources allow."""

import pandas as pd

from pakrus import cuts
from pakrus.measures import variants
from pakrus.measures.variants import arms as arms_figures
from pakrus.measures.variants import ideal_points as ideal_figures
from pakrus.measures.variants import trade as trade_figures
from pakrus.measures.variants import votes as voting_figures
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
    cut = cuts.book_cut(phases.table())
    others = variants.rivals(cut, phases.boundaries())
    return variants.finished(
        [
            *_votes(upstream, cut, others),
            *_ideal_points(upstream, cut, others),
            *_trade(upstream, cut, others),
            *_arms(upstream, cut, others),
        ]
    )


def _votes(upstream: Upstream, *cuts) -> list[dict]:
    final, every = (
        voting_figures.Ballots(
            upstream.once(votes.roll_calls, *kind),
            votes.all_states(upstream, *kind),
            upstream.once(votes.contested, *kind),
        )
        for kind in ((), (True,))
    )
    published = upstream.once(ideal_points.scores).rename(columns={"RUS": "agreement"}).drop(columns="USA")
    return voting_figures.rows(final, every, published, *cuts) + voting_figures.contested_rows(final, every)


def _ideal_points(upstream: Upstream, *cuts) -> list[dict]:
    editions = {
        ("baseline", "July 2025, final passage"): upstream.once(ideal_points.estimates),
        ("all_roll_calls", "July 2025, all votes"): ideal_points.estimates(upstream, "all"),
        ("edition", "June 2024, all votes by session"): ideal_points.earlier(upstream),
    }  # fmt: skip
    return ideal_figures.rows(editions, *cuts)


def _trade(upstream: Upstream, *cuts) -> list[dict]:
    tables = (upstream.once(make) for make in (trade.derive, cpi.price_index, cow.partners))
    return trade_figures.rows(*tables, _merchandise(upstream), *cuts)


def _arms(upstream: Upstream, *cuts) -> list[dict]:
    volume = upstream.once(arms.volume)
    return arms_figures.rows(volume[volume["method"] == "published"], arms.even_split(upstream), *cuts)
