"""Measures of the promises ledger: how far each undertaking had come by the end of the rows given."""

import pandas as pd

from pakrus import dates
from pakrus.estimate import Estimate, count, span_in_words

# what carries an undertaking forward, in this order; the other steps (stalled, resumed, cancelled, expired) do not
FORWARD = ("announced", "agreed", "signed", "financed", "begun", "delivered", "completed")
DONE = ("delivered", "completed")


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
