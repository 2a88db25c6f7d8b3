"""Figures and tables of the book: one style, alt text computed from the data, the plotted data beside each figure.

A chart function takes finished tables, draws and returns a `Chart`; `show` puts it on the page. Nothing is computed
here beyond what describing the picture needs. The charts are in one module a strand, and all of them here as well.
"""

from pakrus.figures.claims import (
    coverage_dots,
    overlap_bars,
    phase_box,
    rate_dots,
    silence_timeline,
    verdict_bars,
)
from pakrus.figures.delivery import (
    bound_curves,
    ends_areas,
    kept_curves,
    kept_dots,
    promise_lines,
    sum_dots,
)
from pakrus.figures.overview import years_of_acts
from pakrus.figures.page import Chart, box, data_used, rows, show, table
from pakrus.figures.record import (
    arms_bars,
    contact_and_votes,
    event_counts,
    event_timeline,
    visit_bars,
)
from pakrus.figures.third_parties import (
    pair_grid,
    place_lines,
    state_dots,
    supplier_lines,
    turn_bars,
    words_and_visits,
)
from pakrus.figures.trade import trade_lines, trade_points, trade_share
from pakrus.figures.turning import (
    both_ways,
    button_rows,
    changed_dots,
    council_dots,
    issue_dots,
    reading_lines,
    step_dates,
    step_panels,
)
from pakrus.figures.variants import variant_dots
from pakrus.figures.verdicts import criteria_grid, meeting_bars, share_bars, step_dots
from pakrus.figures.voices import (
    answers,
    attention_and_contact,
    culture_lines,
    naming_dots,
    naming_strips,
    title_dots,
)
from pakrus.figures.voting import (
    agreement_lines,
    contested_bars,
    ideal_point_lines,
    nearness_dots,
    percentile_lines,
    session_overview,
    twin_lines,
)

__all__ = [
    "Chart",
    "agreement_lines",
    "answers",
    "arms_bars",
    "attention_and_contact",
    "both_ways",
    "bound_curves",
    "box",
    "button_rows",
    "changed_dots",
    "contact_and_votes",
    "contested_bars",
    "council_dots",
    "coverage_dots",
    "criteria_grid",
    "culture_lines",
    "data_used",
    "ends_areas",
    "event_counts",
    "event_timeline",
    "ideal_point_lines",
    "issue_dots",
    "kept_curves",
    "kept_dots",
    "meeting_bars",
    "naming_dots",
    "naming_strips",
    "nearness_dots",
    "overlap_bars",
    "pair_grid",
    "percentile_lines",
    "phase_box",
    "place_lines",
    "promise_lines",
    "rate_dots",
    "reading_lines",
    "rows",
    "session_overview",
    "session_overview",
    "share_bars",
    "show",
    "silence_timeline",
    "state_dots",
    "step_dates",
    "step_dots",
    "step_panels",
    "sum_dots",
    "supplier_lines",
    "table",
    "title_dots",
    "trade_lines",
    "trade_points",
    "trade_share",
    "turn_bars",
    "twin_lines",
    "variant_dots",
    "verdict_bars",
    "visit_bars",
    "words_and_visits",
    "years_of_acts",
]
