"""The promises ledger: how far undertakings came, by hand."""

import pandas as pd

from pakrus.measures import projects

PROJECTS = pd.DataFrame({"project_id": ["line", "mill", "train"], "title": ["A line", "A mill", "A train"]})
PROJECTS.attrs["span"] = "Post-9/11"
STEPS = pd.DataFrame({
    "project_id": ["mill", "mill", "line", "line", "line", "other"],
    "date": ["2011-11-07", "2015", "2005", "2007-08-12", "2007", "2001"],
    "step": ["stalled", "stalled", "signed", "stalled", "delivered", "completed"],
})  # fmt: skip


def test_the_furthest_step_is_not_the_latest():
    found = projects.progress(PROJECTS, STEPS)
    assert found["title"].tolist() == ["A line", "A mill"]
    assert found["first_step"].tolist() == ["2005", "2011-11-07"] and found["last_step"].tolist() == [
        "2007-08-12",
        "2015",
    ]
    assert found.loc[0, ["furthest", "latest"]].tolist() == ["delivered", "stalled"]
    assert pd.isna(found.loc[1, "furthest"])


def test_undertakings_are_counted_by_how_far_they_came():
    found = projects.progress(PROJECTS, STEPS)
    assert projects.undertakings(found).value == 2 and projects.delivered(found).value == 1
    assert projects.furthest(found, "signed").value == 0
    assert projects.delivered(found).words == "undertakings that were delivered, at least in part, Post-9/11"


def test_where_projects_stand_by_the_latest_source():
    ledger = pd.DataFrame(
        {
            "title": ["A mill", "A gas pipeline", "Flights", "Money for CASA-1000"],
            "field": ["industry", "energy", "transport", "energy"],
            "status": ["operating", "stalled", "delivered", "unknown"],
        }
    )
    assert [estimate.text for estimate in projects.standing(ledger)] == ["4", "2", "50\u00a0%", "1"]
    routes = projects.standing(projects.routes(ledger))
    assert (routes.done.value, routes.done.n, routes.unknown.value) == (1, 3, 1)
    assert routes.done.words == "number of projects that are delivered or operate, routes and lines"
