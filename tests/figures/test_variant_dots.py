"""The chart of variants: words and dots from the rows, errors for figures that are not there."""

import pytest

from pakrus import cuts, data
from pakrus.figures.variants import variant_dots
from pakrus.measures import variants
from pakrus.measures.variants import register


@pytest.fixture(scope="module")
def rows():
    cut = cuts.book_cut(data.load("phases"))
    events, codings, sources, visits = (data.load(t) for t in ("events", "event_codings", "event_sources", "visits"))
    found = register.rows(
        cut, variants.rivals(cut, data.load("phase_boundaries")), events, codings, sources, visits, "2026-06-30"
    )
    return variants.finished(found)


PANELS = {
    "balance": ["balance-change-post-1991", "balance-change-sco-era"],
    "leaders": ["leaders-change-post-1991", "leaders-change-sco-era"],
}


def test_it_says_and_draws_every_variant(rows):
    chart = variant_dots(rows, PANELS)
    wanted = rows[rows["figure_id"].isin(sum(PANELS.values(), []))]
    assert len(chart.plotted) == len(wanted) > 10
    dots = [
        line for axes in chart.figure.axes for line in axes.get_lines() if line.get_marker() not in ("None", None, "")
    ]
    assert len(dots) == len(wanted)
    assert f"{len(wanted)} dots" in chart.alt and "variants keep the direction" in chart.alt and len(chart.alt) > 100
    lost = rows.copy()
    changed = (lost["figure_id"] == "balance-change-post-1991") & lost["same_direction"].notna()
    lost.loc[changed, "same_direction"] = ~lost.loc[changed, "same_direction"]
    other = variant_dots(lost, PANELS)
    assert other.alt != chart.alt


def test_unknown_figures_and_uneven_panels_are_errors(rows):
    with pytest.raises(ValueError, match="no rows for nothing"):
        variant_dots(rows, {"a": ["nothing"]})
    with pytest.raises(ValueError, match="same number"):
        variant_dots(rows, {"a": PANELS["balance"], "b": PANELS["leaders"][:1]})


def test_a_table_for_readers_says_how_many_keep_the_direction(rows):
    spread = variants.spread(rows).set_index("figure_id", drop=False).loc[["leaders-change-overall", "leaders-sco-era"]]
    table = variants.readable(spread, digits=1)
    assert table.loc[0, "Keep direction"] == f"{spread['kept'].iloc[0]} of {spread['compared'].iloc[0]}"
    assert table.loc[1, "Keep direction"] == "–" and " to " in table.loc[1, "Interval, 95\u00a0%"]
    assert not table["Figure"].str.contains(": change").any()
