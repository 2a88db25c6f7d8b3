"""The charts of the claims say and hold what they draw."""

import pandas as pd
import pytest

from pakrus.figures import claims as charts
from pakrus.measures import claims

CLAIMS = pd.DataFrame(
    {
        "article": ["s0"] * 4 + ["s1"] * 3,
        "type": ["date", "date", "opinion", "number", "date", "number", "number"],
        "verdict": ["supported", "contradicted", "opinion", "unverifiable", "supported", "contradicted", "supported with nuance"],
    }
)  # fmt: skip


def test_verdict_bars_say_every_number():
    chart = charts.verdict_bars(claims.counts(CLAIMS, "article"), "article", {"s0": "First", "s1": "Second"})
    assert chart.alt.startswith(
        "Stacked bars of verdicts on 7 claims in 2 groups. First: 4 claims, 1 supported, 1 contradicted"
    )
    assert "Second: 3 claims, 1 supported, 1 supported with nuance, 1 contradicted." in chart.alt
    assert sum(bar.get_width() for bar in chart.figure.axes[0].patches) == 7


def test_rate_dots_have_a_band_per_grouping():
    rates = {"Article": claims.error_rates(CLAIMS, "article"), "Type": claims.error_rates(CLAIMS, "type")}
    chart = charts.rate_dots(rates, 0.4)
    assert chart.plotted["grouping"].tolist() == ["Article"] * 2 + ["Type"] * 2
    assert (
        "40\u00a0% in all" in chart.alt
        and "Article, s0: 1 of 2, 50\u00a0%" in chart.alt
        and "Type, number: 1 of 2" in chart.alt
    )
    dots = [line for line in chart.figure.axes[0].get_lines() if line.get_marker() == "o"]
    assert sorted(line.get_xdata()[0] for line in dots) == pytest.approx(sorted(100 * chart.plotted["share"]))


EVENTS = pd.DataFrame(
    {
        "event_id": ["a", "b", "c", "d"],
        "date": ["1966-01-10", "1971-12", "1971-12-04", "2016"],
        "title": ["Tashkent", "War", "Veto", "Drill"],
        "category": ["visit", "crisis", "crisis", "military"],
        "cooperation": [4, -4, -4, 3],
        "status": ["happened"] * 4,
    }
)
NAMED = pd.DataFrame({"event_id": ["a"]})


def test_coverage_and_silences_count_the_same():
    covered = claims.coverage(EVENTS, NAMED, "2022", "category")
    chart = charts.coverage_dots(covered, "category", {"crisis": "crises"})
    assert (
        "1 of 4 events are named" in chart.alt
        and "visit (1 of 1), 100\u00a0%" in chart.alt
        and "crises (0 of 2), 0\u00a0%" in chart.alt
    )
    line = charts.silence_timeline(EVENTS, NAMED, 1947, 2022)
    assert "4 strong events, 1947 to 2022: 1 are named by an article, 3 by none" in line.alt
    assert "1970s 2, 2010s 1" in line.alt
    assert line.plotted.set_index("event_id")["named"].to_dict() == {"a": True, "b": False, "c": False, "d": False}
    drawn = [tuple(point) for part in line.figure.axes[0].collections for point in part.get_offsets().tolist()]
    assert len(drawn) == len(set(drawn)) == 4, "two events of one year and code do not cover each other"


def test_overlap_bars_put_the_closest_pair_first():
    links = pd.DataFrame(
        {
            "kind": ["overlap", "overlap", "repeated-passage"],
            "first_article": ["s0", "s1", "s1"],
            "second_article": ["s1", "s2", "s2"],
            "shared_words": [2, 120, 26],
            "resemblance": [0.001, 0.05, None],
        }
    )
    chart = charts.overlap_bars(links)
    assert chart.plotted["pair"].tolist() == ["S1 and S2", "S0 and S1"]
    assert "S1 and S2 share 120 runs of five words, 5.0\u00a0% of all of both; the next pair shares 2." in chart.alt
