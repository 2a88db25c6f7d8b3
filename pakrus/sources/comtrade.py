"""UN Comtrade: what Russia reports of its trade with Pakistan and with the world, 2000-2020, current dollars."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require

FILES = {year: f"trade/total-trade-value-{year}.csv" for year in range(2000, 2021)}
PARTNERS = {"PAK": "Pakistan", "WLD": "the world"}


def reports(upstream: Upstream) -> pd.DataFrame:
    """Return Russia's reports: `year`, `partner` (`PAK` or `WLD`), `exporter`, `importer`, `value` (US dollars)."""
    rows = []
    for year, name in FILES.items():
        frame = pd.read_csv(upstream.path(name), low_memory=False)
        frame = columns(frame, name, ["Trade Flow", "Reporter ISO", "Partner ISO", "Trade Value (US$)"])
        # re-exports have rows of their own in some years, but are part of exports
        frame = frame[(frame["Reporter ISO"] == "RUS") & frame["Trade Flow"].isin(["Export", "Import"])]
        for partner, words in PARTNERS.items():
            own = frame[frame["Partner ISO"] == partner]
            expected = f"one export and one import row with {words} expected."
            require(sorted(own["Trade Flow"]) == ["Export", "Import"], name, expected)
            for flow, _, _, value in own.itertuples(index=False):
                ends = ("RUS", partner) if flow == "Export" else (partner, "RUS")
                rows.append((year, partner, *ends, value))
    return pd.DataFrame(rows, columns=["year", "partner", "exporter", "importer", "value"])
