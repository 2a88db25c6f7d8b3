"""What became of promises: projects of the ledger by their state in the latest source on each."""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus.estimate import Estimate, count, share, span_in_words

DONE = ("delivered", "operating")
ROUTES = "pipeline|TAPI|CASA"  # in a title: a line from one country to another


def routes(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects that are routes and lines: transport, pipelines, power lines across borders (by field or title)."""
    of = (projects["field"] == "transport") | projects["title"].str.contains(ROUTES, case=False)
    rows = projects[of].reset_index(drop=True)
    rows.attrs["span"] = "routes and lines"
    return rows


class Delivery(NamedTuple):
    """Projects that are delivered or operate, as a number and a share, and those whose end is not known; `n` is the number of all."""

    projects: Estimate
    done: Estimate
    share: Estimate
    unknown: Estimate


def delivery(projects: pd.DataFrame) -> Delivery:
    """Return how many projects (rows of `projects`) are delivered or operate, by the latest source on each."""
    where, done = span_in_words(projects), projects["status"].isin(DONE)
    return Delivery(
        count(projects, f"projects in the ledger{where}"),
        replace(count(int(done.sum()), f"number of projects that are delivered or operate{where}"), n=len(done)),
        share(done.mean(), f"projects that are delivered or operate{where}", len(done)),
        count(int((projects["status"] == "unknown").sum()), f"projects whose end is not known{where}"),
    )
