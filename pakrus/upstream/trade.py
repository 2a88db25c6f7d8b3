"""Trade between Pakistan and the USSR/Russia: three customs series and the published statements after them."""

import re

import pandas as pd

from pakrus.upstream.files import Upstream, columns, require

COW = "trade/cow_trade_v4_pakistan_all_partners.csv"
COW_TOTALS = "trade/cow_pakistan_partner_totals.csv"
COMTRADE = {year: f"trade/total-trade-value-{year}.csv" for year in range(2000, 2021)}
UNCTAD = {year: f"trade/{year}_DiGraph_All.dta" for year in (1995, 2005, 2015)}
POINTS = "projects/point_figures.csv"

PAKISTAN, RUSSIA = 770, 365  # Correlates of War codes; 365 is the USSR and Russia without a break
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
    frame = columns(pd.read_csv(upstream.path(COW)), COW, ["ccode1", "ccode2", "year", "flow1", "flow2", "smoothflow1"])
    pair = frame[(frame["ccode1"] == PAKISTAN) & (frame["ccode2"] == RUSSIA)].sort_values("year")
    require(list(pair["year"]) == list(range(1948, 2015)), COW, "67 years 1948-2014 expected for Pakistan and the USSR/Russia.")
    rows = []
    for row in pair.itertuples():
        flags = ["rounded to whole millions"]
        if row.flow1 != row.smoothflow1:
            flags.append(f"raw value kept; the smoothed one is {row.smoothflow1:g}")
        if row.year == 1971:
            flags.append("East Pakistan leaves in December")
        if row.year in (1991, 1992):
            flags.append("the USSR breaks up: territory changes")
        flag = "; ".join(flags)
        rows.append(_series(row.year, "RUS", "PAK", row.flow1, "PAK", "cowtrade", flag))
        rows.append(_series(row.year, "PAK", "RUS", row.flow2, "RUS", "cowtrade", flag if row.flow1 == row.smoothflow1 else "; ".join([flags[0], *flags[2:]])))
    return rows


def _comtrade(upstream: Upstream) -> list[dict]:
    rows = []
    for year, name in COMTRADE.items():
        frame = pd.read_csv(upstream.path(name), low_memory=False)
        frame = columns(frame, name, ["Year", "Trade Flow", "Reporter ISO", "Partner ISO", "Trade Value (US$)"])
        frame = frame[(frame["Partner ISO"] == "PAK") & (frame["Reporter ISO"] == "RUS")]
        require(sorted(frame["Trade Flow"]) == ["Export", "Import"], name, "one export and one import row with Pakistan expected.")
        for row in frame.itertuples(index=False):
            exporter, importer = ("RUS", "PAK") if row[1] == "Export" else ("PAK", "RUS")
            rows.append(_series(year, exporter, importer, round(row[4] / 1e6, 3), "RUS", "comtrade", ""))
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
    frame = columns(pd.read_csv(upstream.path(POINTS), dtype=str), POINTS, ["id", "period", "period_type", "value", "unit"]).set_index("id")
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
    return frame.sort_values(["kind", "source", "year", "exporter", "period"], ascending=[False, True, True, True, True], ignore_index=True)


def partners(upstream: Upstream) -> pd.DataFrame:
    """Return Pakistan's trade (both directions) with selected partners and in total, current million dollars, 1948-2014.

    Columns: `year`, `partner` (ISO3, `WLD` for the national total), `value_usd_m`.
    """
    names = ["AFG", "CHN", "GBR", "IND", "IRN", "RUS", "SAU", "TUR", "USA", "PAK_total_nat"]
    frame = columns(pd.read_csv(upstream.path(COW_TOTALS)), COW_TOTALS, ["year", *names]).rename(columns={"PAK_total_nat": "WLD"})
    long = frame.melt("year", var_name="partner", value_name="value_usd_m").round({"value_usd_m": 1})
    return long.sort_values(["partner", "year"], ignore_index=True)
