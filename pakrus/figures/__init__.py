"""Figures and tables of the book: one style, alt text computed from the data, the plotted data beside each figure.

A chart function takes finished tables, draws and returns a `Chart`; `show` puts it on the page. Nothing is computed
here beyond what describing the picture needs.
"""

from pakrus.figures.page import Chart, data_used, show, table
from pakrus.figures.record import arms_bars, event_counts, event_timeline, visit_bars
from pakrus.figures.trade import trade_lines, trade_points, trade_share
from pakrus.figures.voting import (
    agreement_lines,
    contested_bars,
    ideal_point_lines,
    percentile_lines,
    session_overview,
)

__all__ = [
    "Chart", "agreement_lines", "arms_bars", "contested_bars", "data_used", "event_counts", "event_timeline", "ideal_point_lines", "percentile_lines",
    "session_overview", "show", "table", "trade_lines", "trade_points", "trade_share", "visit_bars",
]  # fmt: skip
