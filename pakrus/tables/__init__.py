"""What the book makes of its sources: the derived tables.

`TABLES` names every derived table with the function that makes it from the publishers' files, read by `pakrus.sources`.
Which sources a table rests on is not said here: `data/datapackage.json` declares them, and `build` holds the declaration
against what was opened while the table was made.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pakrus.sources import cow, cpi, ideal_points, issue_ideal_points
from pakrus.sources.files import Upstream
from pakrus.tables import (
    agreement,
    aid,
    arms,
    council,
    cross_source,
    icews,
    macro,
    media,
    nearness,
    opinion,
    sensitivity,
    speeches,
    trade,
    unsc,
    votes,
)


@dataclass(frozen=True)
class Derived:
    """A derived table: its name in the descriptor and the function that makes it from the publishers' files."""

    name: str
    derive: Callable[[Upstream], pd.DataFrame]


TABLES = (
    Derived("unga_votes", votes.roll_calls),
    Derived("unga_agreement", agreement.by_session),
    Derived("unga_moscow_places", agreement.moscow_places),
    Derived("unga_contested", votes.contested),
    Derived("unga_families", votes.recurring),
    Derived("unga_rank_spans", agreement.rank_spans),
    Derived("unga_rank_shifts", agreement.rank_shifts),
    Derived("unga_contested_base", agreement.contested_base),
    Derived("unga_agreement_issues", agreement.by_issue),
    Derived("unga_validation", agreement.validation),
    Derived("unga_dyads_rank", agreement.dyads_rank),
    Derived("unsc_votes", unsc.derive),
    Derived("unsc_divided", council.divided),
    Derived("unsc_ballots", council.ballots),
    Derived("unsc_terms", council.terms),
    Derived("ungd_mentions", speeches.mentions),
    Derived("ungd_contexts", speeches.contexts),
    Derived("ideal_points", ideal_points.estimates),
    Derived("ideal_points_issues", issue_ideal_points.estimates),
    Derived("ideal_nearness", nearness.derive),
    Derived("trade", trade.derive),
    Derived("trade_partners", cow.partners),
    Derived("arms_transfers", arms.transfers),
    Derived("arms_volume", arms.volume),
    Derived("arms_suppliers", arms.suppliers),
    Derived("price_index", cpi.price_index),
    Derived("macro", macro.derive),
    Derived("aid", aid.derive),
    Derived("opinion", opinion.derive),
    Derived("media_attention", media.derive),
    Derived("media_comparators", media.comparators),
    Derived("icews_dyads", icews.derive),
    Derived("trade_mirror", trade.mirror),
    Derived("cross_source", cross_source.derive),
    Derived("sensitivity", sensitivity.derive),
)
