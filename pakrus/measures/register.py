"""Measures of the register: counts by phase and cut, independence of sources."""

import pandas as pd


def origins(event_sources: pd.DataFrame) -> pd.Series:
    """Return the number of independent origins per event that report it.

    Outlets and offices of one state (`origin_group`) count once, announcements not at all.
    """
    return event_sources[event_sources["testimony"] == "reports"].groupby("event_id")["origin_group"].nunique()


def by_phase(events: pd.DataFrame, event_sources: pd.DataFrame) -> pd.DataFrame:
    """Return per phase: `events`, `happened`, `confirmed`, `reported`, `disputed`, `sources` (different keys), `two_origins` (share 0-1)."""
    number = events["event_id"].map(origins(event_sources)).fillna(0)
    keys = event_sources.merge(events[["event_id", "phase"]], on="event_id").groupby("phase")["key"].nunique()
    rows = []
    for phase, group in events.groupby("phase", sort=False):
        rows.append({
            "phase": phase, "events": len(group), "happened": int((group["status"] == "happened").sum()),
            **{level: int((group["confidence"] == level).sum()) for level in ("confirmed", "reported", "disputed")},
            "sources": int(keys.get(phase, 0)), "two_origins": float((number[group.index] >= 2).mean()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def between(frame: pd.DataFrame, first: str, last: str, column: str = "date") -> pd.DataFrame:
    """Return the rows whose date begins no earlier than `first` and no later than `last` (ISO prefixes, any precision)."""
    dates = frame[column].astype(str)
    return frame[(dates.str.slice(0, len(first)) >= first[:10]) & (dates <= last + "~")]


def rate(events: pd.DataFrame, years: float) -> float:
    """Return events that happened per year over a span of so many years."""
    return float((events["status"] == "happened").sum() / years)
