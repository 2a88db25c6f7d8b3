"""Trade between Pakistan and the USSR/Russia: three customs series and the published statements after them."""

import re

import pandas as pd

from pakrus.measures import trade as measures
from pakrus.sources import corrections, macro
from pakrus.sources.files import Upstream, columns, require

COW = "trade/cow_trade_v4_pakistan_all_partners.csv"
COW_TOTALS = "trade/cow_pakistan_partner_totals.csv"
COMTRADE = {year: f"trade/total-trade-value-{year}.csv" for year in range(2000, 2021)}
UNCTAD = {year: f"trade/{year}_DiGraph_All.dta" for year in (1995, 2005, 2015)}
ITPD = "trade/itpd_pakistan_selected_constant2010usd.csv"
ITPD_BASE = 2010
POINTS = "projects/point_figures.csv"

PAKISTAN, RUSSIA = 770, 365  # Correlates of War codes; 365 is the USSR and Russia without a break
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
    names = ["ccode1", "ccode2", "year", "flow1", "flow2", "smoothflow1", "smoothflow2"]
    frame = columns(pd.read_csv(upstream.path(COW)), COW, names)
    pair = frame[(frame["ccode1"] == PAKISTAN) & (frame["ccode2"] == RUSSIA)].sort_values("year")
    expected = "67 years 1948-2014 expected for Pakistan and the USSR/Russia."
    require(list(pair["year"]) == list(range(1948, 2015)), COW, expected)
    rows = []
    for row in corrections.apply(pair, COW).itertuples():
        territory = TERRITORY.get(row.year, "")
        legs = ("RUS", "PAK", row.flow1, row.smoothflow1), ("PAK", "RUS", row.flow2, row.smoothflow2)
        for exporter, importer, raw, smoothed in legs:
            kept = f"raw value kept; the smoothed one is {smoothed:g}" if raw != smoothed else ""
            flag = "; ".join(text for text in ("rounded to whole millions", kept, territory) if text)
            rows.append(_series(row.year, exporter, importer, raw, importer, "cowtrade", flag))
    return rows


def _comtrade(upstream: Upstream) -> list[dict]:
    rows = []
    for year, name in COMTRADE.items():
        frame = pd.read_csv(upstream.path(name), low_memory=False)
        frame = columns(frame, name, ["Year", "Trade Flow", "Reporter ISO", "Partner ISO", "Trade Value (US$)"])
        frame = frame[(frame["Partner ISO"] == "PAK") & (frame["Reporter ISO"] == "RUS")]
        require(
            sorted(frame["Trade Flow"]) == ["Export", "Import"],
            name,
            "one export and one import row with Pakistan expected.",
        )
        for row in frame.itertuples(index=False):
            exporter, importer = ("RUS", "PAK") if row[1] == "Export" else ("PAK", "RUS")
            flag = "a whole million in the source: rounded" if row[4] % 1e6 == 0 else ""
            rows.append(_series(year, exporter, importer, round(row[4] / 1e6, 3), "RUS", "comtrade", flag))
    return rows


def _unctad(upstream: Upstream) -> list[dict]:
    names = {"Pakistan": "PAK", "RussianFederation": "RUS"}
    rows = []
    for year, name in UNCTAD.items():
        frame = columns(pd.read_stata(upstream.path(name)), name, ["source", "target", "edgewidth"])
        frame = frame[frame["source"].isin(names) & frame["target"].isin(names)]
        require(len(frame) == 2, name, "two rows between Pakistan and the Russian Federation expected.")
        for row in frame.itertuples():
            exporter, importer = names[row.source], names[row.target]
            rows.append(_series(year, exporter, importer, round(row.edgewidth / 1e3, 3), exporter, "unctadmatrix"))
    return rows


def _points(upstream: Upstream) -> list[dict]:
    frame = columns(
        pd.read_csv(upstream.path(POINTS), dtype=str), POINTS, ["id", "period", "period_type", "value", "unit"]
    ).set_index("id")
    rows = []
    for key, (flow, exporter, importer, reporter, source) in STATEMENTS.items():
        require(key in frame.index, POINTS, f"row {key} is missing.")
        row = frame.loc[key]
        require(row["unit"] == "million USD", POINTS, f"row {key}: unit {row['unit']!r}, expected 'million USD'.")
        match = re.fullmatch(r"(>?)(\d+(?:\.\d+)?)(?:-(\d+))?", row["value"])
        require(match is not None, POINTS, f"row {key}: value {row['value']!r} is no number, range or lower bound.")
        flags = [{"FY": "fiscal year July-June", "CY": ""}.get(row["period_type"], row["period_type"])]
        if match[1]:
            flags.append("stated as 'more than': a lower bound")
        if match[3]:
            flags.append(f"lower end of a stated range up to {match[3]}")
        if "SBP" in row.get("reporter_side", "") or key in ("F013", "F017"):
            flags.append("central bank: payments, not customs")
        years = re.match(r"(\d{4})(?:-(\d{2}))?", row["period"])
        year = int(years[1]) + 1 if years[2] else int(years[1])
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


def partners(upstream: Upstream) -> pd.DataFrame:
    """Return Pakistan's trade (both directions) with selected partners and in total, current million dollars, 1948-2014.

    Columns: `year`, `partner` (ISO3, `WLD` for the national total), `value_usd_m`.
    """
    names = ["AFG", "CHN", "GBR", "IND", "IRN", "RUS", "SAU", "TUR", "USA", "PAK_total_nat"]
    frame = columns(pd.read_csv(upstream.path(COW_TOTALS)), COW_TOTALS, ["year", *names]).rename(
        columns={"PAK_total_nat": "WLD"}
    )
    long = frame.melt("year", var_name="partner", value_name="value_usd_m").round({"value_usd_m": 1})
    return long.sort_values(["partner", "year"], ignore_index=True)


def itpd(upstream: Upstream) -> pd.DataFrame:
    """Return the figures of the International Trade and Production Database for the pair.

    Columns: `year`, `exporter`, `importer`, `value_usd_m`. Goods and services. The file at hand gives dollars of 2010; they are brought back to current dollars with the
    price index with which they agree (US consumer prices: the results are then 1.00 to 1.03 times Russia's own import
    figures in 2008-2016).
    """
    frame = columns(pd.read_csv(upstream.path(ITPD)), ITPD, ["year", "PAK_to_RUS", "RUS_to_PAK"])
    require(list(frame["year"]) == list(range(2000, 2017)), ITPD, "17 years 2000-2016 expected.")
    prices = macro.price_index(upstream).set_index("year")["cpi_u"]
    long = frame.melt("year", var_name="flow", value_name="constant")
    current = long["constant"] / 1e6 * long["year"].map(prices) / prices[ITPD_BASE]
    ends = long["flow"].str.split("_to_", expand=True)
    return pd.DataFrame(
        {"year": long["year"], "exporter": ends[0], "importer": ends[1], "value_usd_m": current.round(3)}
    )


def totals(upstream: Upstream) -> pd.DataFrame:
    """Return both states' trade with all partners by year and direction.

    Columns: `year`, `exporter`, `importer` (one of them `WLD`), `source`, `value_usd_m`. Russia: UN Comtrade's own rows for the world, 2000-2020. Pakistan: sum over all partners in the
    Correlates of War file, 1948-2014 (imports as Pakistan reports them, exports as its partners do).
    """
    rows = []
    for year, name in COMTRADE.items():
        frame = pd.read_csv(upstream.path(name), low_memory=False)
        frame = columns(frame, name, ["Trade Flow", "Partner ISO", "Trade Value (US$)"])
        world = frame[frame["Partner ISO"] == "WLD"].set_index("Trade Flow")["Trade Value (US$)"]
        require(
            {"Export", "Import"} <= set(world.index), name, "one export and one import row with the world expected."
        )
        rows.append((year, "RUS", "WLD", "comtrade", round(world["Export"] / 1e6, 3)))
        rows.append((year, "WLD", "RUS", "comtrade", round(world["Import"] / 1e6, 3)))
    frame = columns(pd.read_csv(upstream.path(COW)), COW, ["ccode1", "year", "flow1", "flow2"])
    plain = set(frame["ccode1"]) == {PAKISTAN} and bool((frame[["flow1", "flow2"]].fillna(0) >= 0).all(axis=None))
    require(plain, COW, "Pakistan's pairs without codes for missing values expected.")
    sums = frame[frame["year"].between(1948, 2014)].groupby("year")[["flow1", "flow2"]].sum()
    rows += [(int(year), "WLD", "PAK", "cowtrade", float(row.flow1)) for year, row in sums.iterrows()]
    rows += [(int(year), "PAK", "WLD", "cowtrade", float(row.flow2)) for year, row in sums.iterrows()]
    return pd.DataFrame(rows, columns=["year", "exporter", "importer", "source", "value_usd_m"])


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
    frame = frame.merge(
        itpd(upstream).rename(columns={"value_usd_m": "itpd"}), on=keys, how="left", validate="one_to_one"
    )
    prices = macro.price_index(upstream)
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
