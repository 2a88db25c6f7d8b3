"""From the publishers' files to the tables in `data/`: the only place that knows what an upstream file looks like.

Each module reads the files of one kind of source, checks them and returns finished tables. `TABLES` names every
derived table with the function that makes it and the sources that it needs.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pakrus.sources import (
    aid,
    arms,
    cross_source,
    icews,
    ideal_points,
    macro,
    media,
    opinion,
    security_council,
    sensitivity,
    speeches,
    trade,
    votes,
)
from pakrus.sources.files import Upstream


@dataclass(frozen=True)
class Derived:
    """A derived table: its name, the ids of its sources in `sources.toml` and the function that makes it."""

    name: str
    sources: tuple[str, ...]
    derive: Callable[[Upstream], pd.DataFrame]


CROSS_SOURCE = ("cowtrade", "comtrade", "unctad", "pointfigures", "itpd", "cpi", "wdi", "gdp", "sipri", "sipritiv")
SENSITIVITY = ("unvotes", "unxml", "idealpoints", "idealpoints2024", "cowtrade", "comtrade", "unctad", "pointfigures",
               "sipri", "sipritiv", "cpi", "wdi", "gdp")  # fmt: skip
TABLES = (
    Derived("unga_votes", ("unvotes", "unxml"), votes.roll_calls),
    Derived("unga_agreement", ("unvotes", "unxml"), votes.agreement),
    Derived("unga_contested", ("unvotes", "unxml"), votes.contested),
    Derived("unga_agreement_issues", ("unvotes", "unxml"), votes.agreement_by_issue),
    Derived("unga_validation", ("unvotes", "unxml", "idealpoints2024"), votes.validation),
    Derived("unga_dyads_rank", ("unvotes", "unxml"), votes.dyads_rank),
    Derived("unsc_votes", ("unsc",), security_council.derive),
    Derived("ungd_mentions", ("ungdc",), speeches.mentions),
    Derived("ungd_contexts", ("ungdc",), speeches.contexts),
    Derived("ideal_points", ("idealpoints",), ideal_points.derive),
    Derived("trade", ("cowtrade", "comtrade", "unctad", "pointfigures"), trade.derive),
    Derived("trade_partners", ("cowtrade",), trade.partners),
    Derived("arms_transfers", ("sipri",), arms.transfers),
    Derived("arms_volume", ("sipri", "sipritiv"), arms.volume),
    Derived("price_index", ("cpi",), macro.price_index),
    Derived("macro", ("wdi", "gdp"), macro.derive),
    Derived("aid", ("usaid", "gcdf", "pointfigures"), aid.derive),
    Derived("opinion", ("pew",), opinion.derive),
    Derived("media_attention", ("media",), media.derive),
    Derived("icews_dyads", ("icews",), icews.derive),
    Derived("trade_mirror", ("cowtrade", "comtrade", "unctad", "pointfigures", "itpd", "cpi"), trade.mirror),
    Derived("cross_source", CROSS_SOURCE, cross_source.derive),
    Derived("sensitivity", SENSITIVITY, sensitivity.derive),
)
