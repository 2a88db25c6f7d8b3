"""Ideal points by issue: a turned sign, a strange set and a row twice stop the reader; scales stay apart."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.sources import issue_ideal_points as source
from pakrus.sources.files import Upstream, UpstreamError

pytestmark = pytest.mark.upstream


@pytest.fixture
def file(upstream):
    return pd.read_csv(upstream / source.FILE)


@pytest.fixture
def read(upstream, monkeypatch):
    def change(frame):
        monkeypatch.setattr(pd, "read_csv", lambda path: frame)
        return source.estimates(Upstream(upstream))

    return change


def test_a_turned_sign_stops(file, read):
    file.loc[file["issue"] == "Nuclear", "IdealPoint"] *= -1
    with pytest.raises(UpstreamError, match="the United States is not at the high end of Nuclear: its sign is turned"):
        read(file)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.replace({"issue": {"Nuclear": "Nukes"}}), "sets Nukes found, All, NoNukes"),
        (lambda f: pd.concat([f, f.tail(1)]), "a state has two rows in one session"),
        (lambda f: f.assign(year=f["year"] + 1), "a year is not that of its session"),
        (lambda f: f.replace({"iso3c": {"IND": "BGD"}}), "expected the states PAK, RUS, USA, CHN, IND"),
    ],
)
def test_what_is_not_expected_stops(file, read, change, said):
    with pytest.raises(UpstreamError, match=said):
        read(change(file))


def test_bounds_hold_and_all_votes_run_with_the_newer_edition(upstream):
    frame = source.estimates(Upstream(upstream))
    assert len(frame) == 1549 and frame["ideal_point"].between(frame["low"], frame["high"]).all()
    assert frame.loc[frame["state"] != "PAK", "farther_share"].isna().all()
    joined = frame[frame["issue"] == "all"].merge(
        data.load("ideal_points"), on=["state", "year"], suffixes=("", "_new")
    )
    assert joined["ideal_point"].corr(joined["ideal_point_new"]) > 0.98
