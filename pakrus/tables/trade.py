"""Trade between Pakistan and the USSR/Russia: three customs series and the published statements after them.

In: what `pakrus.sources` reads of Correlates of War, Comtrade, UNCTAD, ITPD and single statements, each in its own unit.
Out: the tables `trade` and `trade_mirror`, in million dollars. The difficulty is who stands behind a figure: a missing
report is often filled with the partner's, so that two sources may be one report.
"""

import re

import pandas as pd

from pakrus.measures import trade as measures
from pakrus.sources import comtrade, cow, cpi, itpd, statements, unctad
from pakrus.sources.files import Upstream, require

PARTNER_FACTOR = 1.1  # a missing report is often filled with the partner's, a tenth added for freight and insurance
MIRROR_BASE = 2020  # constant dollars of the last year of the series
SPLIT = "the USSR breaks up: territory changes"
TERRITORY = {1971: "East Pakistan leaves in December", 1991: SPLIT, 1992: SPLIT}
ORDER = ["year", "period", "flow", "exporter", "importer", "value_usd_m", "reporter", "source", "kind", "flag"]

# statements in current dollars: id -> (flow, exporter, importer, reporter, BibTeX key); the rest of a row is read from the file.
# Rows in rupees or roubles, in words or as growth rates stay out: they are no dollar figures.
STATEMENTS = {
    "F005": ("turnover", "", "", "RUS", "brecorder2013traderep"),
    "F006": ("turnover", "", "", "PAK", "photonews2015exports"),
    "F007": ("turnover", "", "", "PAK", "photonews2015exports"),
    "F011": ("turnover", "", "", "RUS", "thenews2018tradekozlov"),
    "F013": ("turnover", "", "", "PAK", "dunya2021trade"),
    "F014": ("exports", "PAK", "RUS", "PAK", "tapetrader2021balance"),
    "F015": ("exports", "RUS", "PAK", "PAK", "tapetrader2021balance"),
    "F016": ("turnover", "", "", "RUS", "brecorder2022consulgeneral"),
    "F017": ("turnover", "", "", "PAK", "tdmi2022potential"),
    "F018": ("turnover", "", "", "PAK", "app2023ejaz"),
    "F019": ("turnover", "", "", "PAK", "nation2024fpcci"),
    "F020": ("turnover", "", "", "RUS", "tass2024khorev"),
    "F023": ("turnover", "", "", "PAK", "dailytimes2024lng"),
    "F026": ("exports", "PAK", "RUS", "PAK", "prime2026comtrade"),
}


def _series(year, exporter, importer, value, reporter, source, flag="") -> dict:
    return {
        "year": int(year), "period": str(int(year)), "flow": "exports", "exporter": exporter, "importer": importer,
        "value_usd_m": float(value), "reporter": reporter, "source": source, "kind": "series", "flag": flag,
    }  # fmt: skip


def _cow(upstream: Upstream) -> list[dict]:
    rows = []
    for row in cow.pair(upstream).itertuples():
        kept = f"raw value kept; the smoothed one is {row.smoothed:g}" if row.value != row.smoothed else ""
        notes = ("rounded to whole millions", kept, TERRITORY.get(row.year, ""))
        flag = "; ".join(note for note in notes if note)
        rows.append(_series(row.year, row.exporter, row.importer, row.value, row.importer, "cowtrade", flag))
    return rows


def _comtrade(upstream: Upstream) -> list[dict]:
    rows = []
    for row in _russia_reports(upstream, "PAK").itertuples():
        flag = "a whole million in the source: rounded" if row.value % 1e6 == 0 else ""
        rows.append(_series(row.year, row.exporter, row.importer, row.value_usd_m, "RUS", "comtrade", flag))
    return rows


def _russia_reports(upstream: Upstream, partner: str) -> pd.DataFrame:
    frame = upstream.once(comtrade.reports)
    frame = frame[frame["partner"] == partner].drop(columns="partner")
    return frame.assign(value_usd_m=(frame["value"] / 1e6).round(3))


def _unctad(upstream: Upstream) -> list[dict]:
    return [
        _series(row.year, row.exporter, row.importer, round(row.value / 1e3, 3), row.exporter, "unctadmatrix")
        for row in unctad.pair(upstream).itertuples()
    ]


def _points(upstream: Upstream) -> list[dict]:
    stated, rows = statements.read(upstream), []
    for key, (flow, exporter, importer, reporter, source) in STATEMENTS.items():
        row = statements.one(stated, key)
        wrong_unit = f"row {key}: unit {row['unit']!r}, expected 'million USD'."
        require(row["unit"] == "million USD", statements.FILE, wrong_unit)
        match = re.fullmatch(r"(>?)(\d+(?:\.\d+)?)(?:-(\d+))?", row["value"])
        no_number = f"row {key}: value {row['value']!r} is no number, range or lower bound."
        require(match is not None, statements.FILE, no_number)
        flags = [{"FY": "fiscal year July-June", "CY": ""}.get(row["period_type"], row["period_type"])]
        if match[1]:
            flags.append("stated as 'more than': a lower bound")
        if match[3]:
            flags.append(f"lower end of a stated range up to {match[3]}")
        if "SBP" in row["reporter_side"]:  # the State Bank of Pakistan
            flags.append("central bank: payments, not customs")
        years = re.match(r"(\d{4})(?:-(\d{2}))?", row["period"])
        year = int(years[1]) + 1 if years[2] else int(years[1])  # 2021-22 is the year that ends in 2022
        rows.append({
            "year": year, "period": row["period"], "flow": flow, "exporter": exporter, "importer": importer, "value_usd_m": float(match[2]),
            "reporter": reporter, "source": source, "kind": "point", "flag": "; ".join(f for f in flags if f),
        })  # fmt: skip
    return rows


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return trade between Pakistan and the USSR/Russia in current million dollars.

    Columns: `year` (a fiscal year by the year in which it ends), `period` as published, `flow` (`exports`: one
    direction; `turnover`: both together, then exporter and importer are empty), `exporter`, `importer`,
    `value_usd_m`, `reporter` (whose customs or officials), `source` (BibTeX key), `kind` (`series` or `point`), `flag`.
    """
    frame = pd.DataFrame(_cow(upstream) + _comtrade(upstream) + _unctad(upstream) + _points(upstream))[ORDER]
    return frame.sort_values(
        ["kind", "source", "year", "exporter", "period"], ascending=[False, True, True, True, True], ignore_index=True
    )


def services_too(upstream: Upstream) -> pd.DataFrame:
    """Return what the International Trade and Production Database has for the pair, goods and services.

    Columns: `year`, `exporter`, `importer`, `value_usd_m`. The file at hand gives dollars of 2010; they are brought back
    to current dollars with the price index with which they agree (US consumer prices: the results are then 1.00 to 1.03
    times Russia's own import figures in 2008-2016).
    """
    frame, prices = itpd.pair(upstream), cpi.price_index(upstream).set_index("year")["cpi_u"]
    current = frame["constant"] / 1e6 * frame["year"].map(prices) / prices[itpd.BASE]
    return frame.drop(columns="constant").assign(value_usd_m=current.round(3))


def totals(upstream: Upstream) -> pd.DataFrame:
    """Return both states' trade with all partners by year and direction.

    Columns: `year`, `exporter`, `importer` (one of them `WLD`), `source`, `value_usd_m`. Russia: UN Comtrade's own rows
    for the world, 2000-2020. Pakistan: sum over all partners in the Correlates of War file, 1948-2014 (imports as
    Pakistan reports them, exports as its partners do).
    """
    names = ["year", "exporter", "importer", "source", "value_usd_m"]
    russia = _russia_reports(upstream, "WLD").assign(source="comtrade")[names]
    sums = cow.every_pair(upstream).groupby("year")[["imports", "exports"]].sum()
    rows = [(int(year), "WLD", "PAK", "cowtrade", float(row.imports)) for year, row in sums.iterrows()]
    rows += [(int(year), "PAK", "WLD", "cowtrade", float(row.exports)) for year, row in sums.iterrows()]
    return pd.concat([russia, pd.DataFrame(rows, columns=names)], ignore_index=True)


def partner_estimate(mirror: pd.DataFrame) -> pd.Series:
    """Return which rows' importer figure is the exporter's times `PARTNER_FACTOR`, to the importer's rounding."""
    known = (mirror["exporter_reports"] > 0) & mirror["importer_reports"].notna()
    return known & ((mirror["exporter_reports"] * PARTNER_FACTOR).round() == mirror["importer_reports"])


def mirror(upstream: Upstream) -> pd.DataFrame:
    """Return mirror statistics of the pair by year and direction, with real terms and shares of each side's trade.

    Columns: those of `pakrus.measures.trade.side_by_side`, with `itpd` (goods and services) among the sources, all in
    million current dollars; `importer_constant`, `exporter_constant` (the two sides' figures in dollars of 2020);
    `share_of_pakistan` (Correlates of War: the flow over Pakistan's in that direction with all partners) and
    `share_of_russia` (Comtrade: over Russia's with the world), 0-1; `flag`.
    """
    series = upstream.once(derive)
    frame = measures.side_by_side(series)
    keys = ["year", "exporter", "importer"]
    both = services_too(upstream).rename(columns={"value_usd_m": "itpd"})
    frame = frame.merge(both, on=keys, how="left", validate="one_to_one")
    prices = cpi.price_index(upstream)
    for side in ("importer", "exporter"):
        frame[f"{side}_constant"] = measures.deflate(frame, prices, MIRROR_BASE, f"{side}_reports")["constant_usd_m"]
    world = totals(upstream).set_index(["year", "exporter", "importer"])["value_usd_m"]
    for state, source, name in (("PAK", "cowtrade", "share_of_pakistan"), ("RUS", "comtrade", "share_of_russia")):
        at_world = [frame[end].where(frame[end] == state, "WLD") for end in ("exporter", "importer")]
        whole = world.reindex(pd.MultiIndex.from_arrays([frame["year"], *at_world]))
        frame[name] = (frame[source] / whole.to_numpy()).round(6)
    frame["ratio"] = frame["ratio"].round(4)
    frame["flag"] = frame["year"].map(TERRITORY).fillna("")
    estimate = f"importer's figure is the exporter's times {PARTNER_FACTOR}: an estimate, no second report"
    frame.loc[partner_estimate(frame), "flag"] = estimate
    order = [*keys, "cowtrade", "comtrade", "unctadmatrix", "itpd", "importer_reports", "exporter_reports", "ratio",
             "one_report", "importer_constant", "exporter_constant", "share_of_pakistan", "share_of_russia", "flag"]  # fmt: skip
    return frame[order].sort_values(["exporter", "year"], ignore_index=True)
