"""Fourteen yearly series of the tie, one value a year: votes, positions, goods, contact, words.

What comes in: the tables, whole. What goes out: one long frame (`yearly`), in which each series keeps its name and its strand. The
choice was made before any change point was sought (chapter "What turned, when, and who moved"). The one difficulty is a year
without a value: no roll calls in 1964, no act in a year of the register. Votes and scores leave it out; counts of meetings have a
zero there, which says that none was found.
"""

import pandas as pd

from pakrus import dates
from pakrus.measures.trade import share_series
from pakrus.measures.voting import MIN_JOINT
from pakrus.terms import LEADERS, year_of_session

MINISTERS = (*LEADERS, "foreign-minister", "defence-minister", "minister")  # ministers and above
TABLES = (
    "unga_agreement", "unga_contested_base", "ideal_nearness", "trade_partners", "arms_suppliers", "visits", "events", "ungd_mentions",
)  # fmt: skip
STRANDS = {  # series -> strand, unit
    "identical votes": ("votes", "share 0-1"),
    "above the median state": ("votes", "percentage points"),
    "percentile with Moscow": ("votes", "percentile 0-100"),
    "percentile with Washington": ("votes", "percentile 0-100"),
    "contested, with Moscow": ("votes", "share 0-1"),
    "contested, above the median": ("votes", "percentage points"),
    "distance of ideal points": ("positions", "standard scale of the estimate"),
    "nearness of ideal points": ("positions", "percentile 0-100"),
    "share in trade": ("goods", "share 0-1"),
    "share in arms": ("goods", "share 0-1"),
    "leaders' meetings": ("contact", "meetings a year"),
    "ministers and above": ("contact", "meetings a year"),
    "mean score of acts": ("contact", "points of the scale of acts"),
    "Moscow named in speeches": ("words", "mentions per 10,000 words"),
}

PANELS = {  # series that a figure shows, with what stands above each
    "contested, above the median": "Contested roll calls, points above the median",
    "percentile with Moscow": "Percentile with Moscow",
    "nearness of ideal points": "Nearness of ideal points, percentile",
    "ministers and above": "Ministers and above, meetings a year",
}


def yearly(tables: dict[str, pd.DataFrame], last: int = 2025) -> pd.DataFrame:
    """Return the fourteen series, one row a series and year in the order of `STRANDS`: `series`, `strand`, `unit`, `year`, `value`.

    `tables` are those of `TABLES`, whole. Years after `last` (the last whole one) are left out. Sessions with fewer than five
    joint roll calls have no value.
    """
    agreed, base, near = tables["unga_agreement"], tables["unga_contested_base"], tables["ideal_nearness"]
    votes = agreed[agreed["n"] >= MIN_JOINT].assign(year=year_of_session(agreed["session"]))
    moscow, washington = (votes[votes["partner"] == partner].set_index("year") for partner in ("RUS", "USA"))
    apart = base[(base["partner"] == "RUS") & (base["span_type"] == "session") & (base["n"] >= MIN_JOINT)]
    apart = apart[apart["span"].str.isdigit()]
    apart = apart.assign(year=apart["span"].astype(int)).set_index("year")
    points = near[(near["state"] == "PAK") & (near["partner"] == "RUS")].set_index("year")
    arms = tables["arms_suppliers"]
    supplied = arms[(arms["recipient"] == "PAK") & (arms["supplier"] == "RUS")].set_index("year")
    named = tables["ungd_mentions"]
    spoken = named[(named["speaker"] == "PAK") & (named["group"] == "RUS")].set_index("year")
    found = {
        "identical votes": moscow["agreement"], "above the median state": moscow["above_median_pp"],
        "percentile with Moscow": moscow["percentile"], "percentile with Washington": washington["percentile"],
        "contested, with Moscow": apart["agreement"], "contested, above the median": apart["above_median_pp"],
        "distance of ideal points": points["distance"], "nearness of ideal points": points["percentile"],
        "share in trade": share_series(tables["trade_partners"], "RUS"), "share in arms": supplied["share"],
        "leaders' meetings": _meetings(tables["visits"], LEADERS, last),
        "ministers and above": _meetings(tables["visits"], MINISTERS, last),
        "mean score of acts": _scores(tables["events"]), "Moscow named in speeches": spoken["per_10000_words"],
    }  # fmt: skip
    rows = []
    for name, values in found.items():
        kept = values.astype(float).dropna().sort_index()
        kept = kept[kept.index <= last]
        strand, unit = STRANDS[name]
        rows.append(pd.DataFrame({"series": name, "strand": strand, "unit": unit, "year": kept.index.astype(int), "value": kept.to_numpy()}))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def _meetings(visits: pd.DataFrame, ranks: tuple[str, ...], last: int, first: int = 1948) -> pd.Series:
    """Return visits, meetings and calls a year with a visitor of these ranks; a year without one counts zero."""
    rows = visits[(visits["status"] == "happened") & visits["rank"].isin(ranks)]
    counts = rows["start_date"].map(dates.year).value_counts()
    return counts.reindex(range(first, last + 1), fill_value=0)


def _scores(events: pd.DataFrame) -> pd.Series:
    """Return the mean score of the bilateral acts of a year that happened; a year without an act has none."""
    rows = events[(events["status"] == "happened") & (events["scope"] == "bilateral")]
    return rows["cooperation"].astype(float).groupby(rows["date"].map(dates.year)).mean()
