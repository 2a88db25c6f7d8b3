"""How far the sources on trade and arms lie apart, in numbers."""

import pandas as pd

from pakrus.measures.trade import disagreement
from pakrus.sources import cow, sipri
from pakrus.sources.files import Upstream
from pakrus.tables import arms, macro, trade

FLOWS = (("PAK", "RUS"), ("RUS", "PAK"))
RUSSIA_REPORTS = "one report: Russia's customs stand behind both"
PAKISTAN_OTHER = "two reports: Pakistan's and Russia's own; freight is in the importer's figure"
BOTH_OR_MIRROR = "partly one report: ITPD takes either side's figure, and adds services"

# (first source, second source) -> by exporter: (independent, note)
TRADE = {
    ("cowtrade", "comtrade"): {"PAK": ("no", RUSSIA_REPORTS), "RUS": ("partly", PAKISTAN_OTHER)},
    ("cowtrade", "unctadmatrix"): {"PAK": ("yes", PAKISTAN_OTHER), "RUS": ("yes", PAKISTAN_OTHER)},
    ("comtrade", "unctadmatrix"): {"PAK": ("yes", PAKISTAN_OTHER), "RUS": ("no", RUSSIA_REPORTS)},
    ("itpd", "comtrade"): {"PAK": ("partly", BOTH_OR_MIRROR), "RUS": ("partly", BOTH_OR_MIRROR)},
    ("itpd", "cowtrade"): {"PAK": ("partly", BOTH_OR_MIRROR), "RUS": ("partly", BOTH_OR_MIRROR)},
}
ALL = "all suppliers"
SUPPLIERS = {"RUS": "RUS", "CHN": "CHN", "USA": "USA", "": ALL}
DOLLARS = "million current US dollars"
ARMS_NOTE = "one institute, editions of 2022 and 2025: revisions, and timing that the even split does not know"
ORDER = [
    "topic", "flow", "first_source", "second_source", "independent", "unit", "n", "first_year", "last_year", "n_ratio",
    "mean_ratio", "median_ratio", "lowest_ratio", "highest_ratio", "ratio_of_sums", "mean_absolute_gap", "largest_gap",
    "largest_gap_year", "note",
]  # fmt: skip


def _row(topic: str, flow: str, names: tuple[str, str], independent: str, unit: str, figures, note: str) -> dict:
    head = (topic, flow, *names, independent, unit)
    return {**dict(zip(ORDER, head, strict=False)), **disagreement(*figures), "note": note}


def _trade(upstream: Upstream) -> list[dict]:
    frame = upstream.once(trade.mirror).set_index("year")
    rows = []
    for names, cases in TRADE.items():
        for exporter, importer in FLOWS:
            flow = frame[frame["exporter"] == exporter]
            independent, note = cases[exporter]
            estimated = flow.index[trade.partner_estimate(flow)]
            if names == ("cowtrade", "comtrade") and len(estimated):
                years = ", ".join(map(str, estimated))
                note += f"; but in {years} Pakistan's figure is Russia's times {trade.PARTNER_FACTOR}: an estimate"
            figures = flow[names[0]], flow[names[1]]
            rows.append(_row("trade", f"{exporter} to {importer}", names, independent, DOLLARS, figures, note))
    return rows + _totals(upstream) + _statements(upstream)


def _totals(upstream: Upstream) -> list[dict]:
    partners = upstream.once(cow.partners)
    whole = partners[partners["partner"] == "WLD"].set_index("year")["value_usd_m"]
    wdi = upstream.once(macro.derive)
    wdi = wdi[wdi["indicator"].isin(["merchandise_exports", "merchandise_imports"])].groupby("year")["value"].sum()
    note = "Pakistan's trade with the world, both directions; the World Bank series breaks in 1968 and 1972"
    return [_row("trade", "PAK with all partners", ("cowtrade", "wdi"), "unknown", DOLLARS, (whole, wdi), note)]


def _statements(upstream: Upstream) -> list[dict]:
    points = upstream.once(trade.derive)
    points = points[(points["kind"] == "point") & (points["period"] == "2022-23")].set_index("source")
    names = ("app2023ejaz", "nation2024fpcci")
    figures = [pd.Series({points.loc[name, "year"]: points.loc[name, "value_usd_m"]}) for name in names]
    note = "two Pakistani statements of the turnover of fiscal year 2022-23; neither says how it counts"
    return [_row("trade", "PAK and RUS, turnover", names, "unknown", DOLLARS, figures, note)]


def _arms(upstream: Upstream) -> list[dict]:
    published = upstream.once(arms.volume)
    published = published[published["method"] == "published"]
    split = arms.even_split(upstream)
    split = split[(split["recipient"] == "PAK") & (split["year"] <= sipri.LAST_VOLUME_YEAR)]
    names = (f"SIPRI volumes, {sipri.VOLUME_EDITION}", f"SIPRI register, {sipri.REGISTER_EDITION}, even split")
    rows = []
    for supplier, name in SUPPLIERS.items():
        parts = [part if name == ALL else part[part["supplier"] == supplier] for part in (published, split)]
        first, second = (part.groupby("year")["tiv"].sum() for part in parts)
        years = first.index.union(second.index)  # a year without a row had no recorded delivery
        figures = [part.reindex(years, fill_value=0.0) for part in (first, second)]
        rows.append(_row("arms", f"{name} to PAK", names, "no", "SIPRI TIV, million", figures, ARMS_NOTE))
    return rows


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return the disagreement of sources on trade and arms, one row per pair of sources and flow.

    Columns: `topic` (trade, arms), `flow`, `first_source`, `second_source`, `independent` (yes, partly, no, unknown:
    whether different reporters stand behind the two), `unit`, then those of `pakrus.measures.trade.disagreement`
    (ratios are first over second), `note`.
    """
    frame = pd.DataFrame(_trade(upstream) + _arms(upstream), columns=ORDER)
    ratios = [column for column in ORDER if "ratio" in column and column != "n_ratio"]
    return frame.round({**dict.fromkeys(ratios, 4), "mean_absolute_gap": 3, "largest_gap": 3})
