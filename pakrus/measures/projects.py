"""Measures of the promises ledger: how far each undertaking had come by the end of the rows given, and where all stand."""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus import dates
from pakrus.estimate import Estimate, count, share, span_in_words

# what carries an undertaking forward, in this order; the other steps (stalled, resumed, cancelled, expired) do not
FORWARD = ("announced", "agreed", "signed", "financed", "begun", "delivered", "completed")
DONE = ("delivered", "completed")  # steps
STANDING_DONE = ("delivered", "operating")  # states, by the latest source on a project
ROUTES = "pipeline|TAPI|CASA"  # in a title: a line from one country to another


def progress(projects: pd.DataFrame, milestones: pd.DataFrame) -> pd.DataFrame:
    """Return how far each of some projects came in some of its steps (rows of `projects` and `project_milestones`).

    Columns: `project_id`, `title`, `first_step` and `last_step` (dates as the ledger has them), `furthest` (the step that
    went furthest, as in `FORWARD`; missing where none did), `latest` (the step of the last date). In order of the first
    step; a date of less precision counts by its first day. Projects without a step among the rows are left out.
    """
    steps = milestones[milestones["project_id"].isin(projects["project_id"])]
    steps = steps.assign(day=steps["date"].map(dates.span).str[0]).sort_values("day", kind="stable")
    rank = steps["step"].map({step: place for place, step in enumerate(FORWARD)})
    found = steps.assign(rank=rank).groupby("project_id", sort=False)
    frame = pd.DataFrame({
        "first_step": found["date"].first(), "last_step": found["date"].last(),
        "furthest": found["rank"].max().map(dict(enumerate(FORWARD))), "latest": found["step"].last(),
    })  # fmt: skip
    titles = projects.set_index("project_id")["title"]
    frame.insert(0, "title", frame.index.map(titles))
    frame = frame.rename_axis("project_id").reset_index()
    frame.attrs["span"] = projects.attrs.get("span", "")
    return frame


def undertakings(progressed: pd.DataFrame) -> Estimate:
    """Return the number of undertakings (rows of `progress`)."""
    return count(progressed, f"undertakings in the promises ledger{span_in_words(progressed)}")


def delivered(progressed: pd.DataFrame) -> Estimate:
    """Return how many undertakings (rows of `progress`) had been delivered or completed, at least in part."""
    words = f"undertakings that were delivered, at least in part{span_in_words(progressed)}"
    return count(int(progressed["furthest"].isin(DONE).sum()), words)


def furthest(progressed: pd.DataFrame, step: str) -> Estimate:
    """Return how many undertakings (rows of `progress`) got as far as one step and no further."""
    words = f"undertakings whose furthest step was “{step}”{span_in_words(progressed)}"
    return count(int((progressed["furthest"] == step).sum()), words)


def routes(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects that are routes and lines: transport, pipelines, power lines across borders (by field or title)."""
    of = (projects["field"] == "transport") | projects["title"].str.contains(ROUTES, case=False)
    rows = projects[of].reset_index(drop=True)
    rows.attrs["span"] = "routes and lines"
    return rows


class Standing(NamedTuple):
    """Projects that are delivered or operate, as a number and a share, and those whose end is not known; `n` is the number of all."""

    projects: Estimate
    done: Estimate
    share: Estimate
    unknown: Estimate


def standing(projects: pd.DataFrame) -> Standing:
    """Return how many projects (rows of `projects`) are delivered or operate, by the latest source on each."""
    where, done = span_in_words(projects), projects["status"].isin(STANDING_DONE)
    return Standing(
        count(projects, f"projects in the ledger{where}"),
        replace(count(int(done.sum()), f"number of projects that are delivered or operate{where}"), n=len(done)),
        share(done.mean(), f"projects that are delivered or operate{where}", len(done)),
        count(int((projects["status"] == "unknown").sum()), f"projects whose end is not known{where}"),
    )
