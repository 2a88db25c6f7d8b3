"""Charts: alt text from the data, plotted data that are the data, stable bytes, and errors instead of empty pictures."""

import json
import os
import re
import subprocess
import sys

import pytest

from pakrus import data, figures, store
from pakrus.figures import page, style
from pakrus.measures import nearness
from pakrus.measures import trade as trade_measures

NEAR = lambda: nearness.table(data.load("unga_rank_spans"), ("post-1991", "sco-era"))  # noqa: E731

CHARTS = {
    "agreement": lambda: figures.agreement_lines(data.load("unga_agreement"), ["RUS", "USA"], 1947, 1990),
    "kappa": lambda: figures.agreement_lines(data.load("unga_agreement"), ["RUS", "USA"], 1990, 2025, measure="kappa"),
    "percentile": lambda: figures.percentile_lines(data.load("unga_agreement"), ["RUS", "USA"], 1947, 2025),
    "contested": lambda: figures.contested_bars(data.load("unga_contested"), 1947, 2025, 5),
    "median state": lambda: figures.contested_bars(data.load("unga_contested"), 1947, 2025, 3, data.load("unga_contested_base")),
    "nearness": lambda: figures.nearness_dots(NEAR(), {"sco-era": "SCO era"}),
    "points above": lambda: figures.nearness_dots(NEAR(), {}, "above_median_pp"),
    "ideal": lambda: figures.ideal_point_lines(data.load("ideal_points"), ["PAK", "RUS", "USA"], 1947, 2024),
    "overview": lambda: figures.session_overview(data.load("unga_agreement"), data.load("ideal_points")),
    "trade": lambda: figures.trade_lines(data.load("trade"), 1948, 2020),
    "constant": lambda: figures.trade_lines(trade_measures.deflate(data.load("trade"), data.load("price_index"), 2015), 1948, 2020, "constant_usd_m", "million US dollars of 2015"),
    "points": lambda: figures.trade_points(data.load("trade"), 2010, 2025),
    "share": lambda: figures.trade_share(trade_measures.shares(data.load("trade_partners")), 1948, 2014),
    "arms": lambda: figures.arms_bars(data.load("arms_volume"), 1950, 2021),
    "timeline": lambda: figures.event_timeline(data.load("events"), 1947, 2026),
    "counts": lambda: figures.event_counts(data.load("events"), 1947, 2026),
    "visits": lambda: figures.visit_bars(data.load("visits"), 1947, 2026),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_in_words_what_it_shows(name):
    chart = CHARTS[name]()
    assert 100 < len(chart.alt) < 1200 and chart.alt.endswith(".")
    assert "nan" not in chart.alt.lower().replace("finance", "") and len(re.findall(r"\d+", chart.alt)) >= 4
    assert len(chart.plotted) and set(chart.sources) <= set(data.tables())


def test_alt_text_follows_the_data():
    frame = data.load("unga_agreement")
    before = figures.agreement_lines(frame, ["RUS"], 1947, 1990)
    frame.loc[(frame["partner"] == "RUS") & (frame["year"] == 1988), "agreement"] = 0.05
    after = figures.agreement_lines(frame, ["RUS"], 1947, 1990)
    assert "highest 0.94 in 1988" in before.alt and "lowest 0.05 in 1988" in after.alt


def test_gaps_stay_gaps():
    chart = CHARTS["agreement"]()
    line = chart.figure.axes[0].get_lines()[0]
    values = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert values[1964] != values[1964]  # session 19 had one vote: no value, and no line across it


def test_every_state_has_a_colour_a_line_and_a_marker_of_its_own_that_can_be_seen():
    assert len(set(style.COLOURS.values())) == len(set(map(str, style.MARKERS.values()))) == 5

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in [*style.COLOURS.values(), style.NEUTRAL]:
        assert 1.05 / (luminance(colour) + 0.05) >= 3, colour


def test_an_empty_span_is_an_error_not_an_empty_picture():
    with pytest.raises(ValueError, match="no rows between 1900 and 1910; the table covers"):
        figures.contested_bars(data.load("unga_contested"), 1900, 1910)
    with pytest.raises(ValueError, match="no trade series between"):
        figures.trade_lines(data.load("trade"), 1900, 1910)


def test_who_runs_a_chapter_without_storing_it_waits_for_the_one_form_that_is_shown(monkeypatch):
    monkeypatch.delenv(store.FORMS, raising=False)
    chart = CHARTS["trade"]()
    wide = page._pictures(chart)
    monkeypatch.setenv(store.FORMS, "all")
    stored = page._pictures(chart)
    assert set(wide) == {"image/svg+xml"} and set(stored) == {"image/svg+xml", "image/png", page.NARROW}


def test_shown_bundle_holds_picture_alt_caption_source_and_data(monkeypatch):
    shown = []
    monkeypatch.setenv(store.FORMS, "all")
    monkeypatch.setattr(page, "display", lambda bundle, raw: shown.append(bundle))
    figures.show(CHARTS["trade"](), "cold-war-any", "Trade rose and fell.")
    bundle, caption = shown
    spec = bundle["application/vnd.pakrus.figure+json"]
    assert spec["alt"] == bundle["text/plain"] and spec["caption"] == "Trade rose and fell."
    assert "table `trade`" in spec["source"] and "](#cowtrade)" in spec["source"] and spec["facts"] == []
    assert spec["csv"].startswith("year,exporter,importer,value_usd_m [million current US dollars],")
    assert bundle["image/svg+xml"].startswith("<svg") and 'width="468pt"' in bundle["image/svg+xml"]
    assert bundle[page.NARROW].startswith("<svg") and 'width="244.8pt"' in bundle[page.NARROW]
    label = caption["application/vnd.pakrus.caption+json"]["label"]
    assert label.startswith("Figure 2.") and caption["text/markdown"].startswith(f"**{label}.** Trade rose and fell.")
    assert set(bundle) == {
        "image/svg+xml",
        "image/png",
        page.NARROW,
        "text/plain",
        "application/vnd.pakrus.figure+json",
    }
    json.dumps(spec)


def test_tables_print_missing_as_a_dash_and_years_whole(monkeypatch):
    import pandas as pd

    shown = []
    monkeypatch.setattr(page, "display", lambda bundle, raw: shown.append(bundle))
    frame = pd.DataFrame(
        {"Year": [1948, 1949], "Name": ["a", "b"], "Value": [1234.5, float("nan")], "Change": [-2.0, 1.0]}
    )
    figures.table(frame, "cold-war-t", "c", ("trade",), digits=1)
    spec = shown[0]["application/vnd.pakrus.table+json"]
    assert spec["rows"] == [["1948", "a", "1,234.5", "−2.0"], ["1949", "b", "–", "1.0"]]
    assert [column["align"] for column in spec["columns"]] == ["right", "left", "right", "right"]


def test_headings_come_from_the_descriptor_then_from_the_vocabulary(monkeypatch):
    import pandas as pd

    monkeypatch.setattr(page, "display", lambda bundle, raw: None)
    frame = pd.DataFrame({"visitor": ["a"], "per_year": [0.5], "Own words": [True]})
    titles = {field["name"]: field["title"] for field in data.resource("visits")["schema"]["fields"]}
    shown = page.headings(frame, ("visits",))
    assert shown == {"visitor": titles["visitor"], "per_year": "Per year", "Own words": "Own words"}


def test_shares_are_printed_in_per_cent_and_truth_in_words(monkeypatch):
    import numpy as np
    import pandas as pd

    shown = []
    monkeypatch.setattr(page, "display", lambda bundle, raw: shown.append(bundle))
    frame = pd.DataFrame({"Name": ["a"], "share": [0.559], "Kept": np.array([True])})
    figures.table(frame, "cold-war-u", "c", ("trade",), percent=("share",))
    assert shown[0]["application/vnd.pakrus.table+json"]["rows"] == [["a", "56\u00a0%", "yes"]]


def test_plotted_data_are_the_tables_own_values():
    chart = CHARTS["trade"]()
    merged = chart.plotted.merge(
        data.load("trade"), on=["year", "exporter", "importer", "source", "reporter"], suffixes=("", "_table")
    )
    assert len(merged) == len(chart.plotted) and (merged["value_usd_m"] == merged["value_usd_m_table"]).all()


@pytest.mark.skipif(
    sys.platform != "linux", reason="drawing bytes are compared on Linux only: fonts and libraries differ elsewhere"
)
@pytest.mark.long
def test_drawing_bytes_do_not_hang_on_the_process():
    code = (
        "import hashlib; from pakrus import data, figures; from pakrus.figures import page; "
        "c = figures.contested_bars(data.load('unga_contested'), 1947, 2025, 5); print(hashlib.sha256(''.join(page._pictures(c).values()).encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, store.FORMS: "all", "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Karachi"))
    }
    assert len(runs) == 1 and len(runs.pop().strip()) == 64
