"""Ideal points by issue: the same model, run by its authors on six sets of roll calls, sessions 1-74.

In: one file with the estimates of five states for six sets (all votes, nuclear ones, ...). Out: `ideal_points_issues`. The
difficulty: sign and scale of such an estimate are arbitrary and set anew for each set. The reader therefore checks that each
set has the United States at its high end, as `ideal_points` has, and never brings two sets to one scale.
"""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require
from pakrus.sources.unga import STATES
from pakrus.terms import year_of_session

FILE = "issue_ideal_points/issue_ideal_points_five_states.csv"
EDITION = "2020-04"
ISSUES = {
    "All": "all", "NoNukes": "all_but_nuclear", "Nuclear": "nuclear", "HumanRights": "human_rights",
    "MiddleEast": "middle_east", "Important": "important",
}  # fmt: skip
NEARNESS = "pak_nearness_percentile_to_RUS"


def estimates(upstream: Upstream) -> pd.DataFrame:
    """Return the ideal points of five states by issue and session.

    Columns: `issue` (`all`, `all_but_nuclear`, `nuclear`, `human_rights`, `middle_east`, `important`), `state`, `session`,
    `year` (in which it opened), `ideal_point`, `low`, `high` (5th and 95th percentile), `n` (votes of the state),
    `farther_share` (rows of Pakistan: share of all states whose point lies farther from Russia's than Pakistan's), `edition`.

    Raises
    ------
    UpstreamError
        When a set is unknown, a state has two rows in a session, or the United States is not at the high end of a set.
    """
    names = ["issue", "iso3c", "session", "year", "IdealPoint", "Q5%", "Q95%", "NVotes", NEARNESS]
    frame = columns(pd.read_csv(upstream.path(FILE)), FILE, names)
    frame = frame.set_axis(
        ["issue", "state", "session", "year", "ideal_point", "low", "high", "n", "farther_share"], axis=1
    )
    unknown = sorted(set(frame["issue"]) - set(ISSUES))
    require(not unknown, FILE, f"sets {', '.join(unknown)} found, {', '.join(ISSUES)} expected.")
    require(set(frame["state"]) == set(STATES), FILE, f"expected the states {', '.join(STATES)}.")
    require(not frame.duplicated(["issue", "state", "session"]).any(), FILE, "a state has two rows in one session.")
    require(frame["year"].eq(year_of_session(frame["session"])).all(), FILE, "a year is not that of its session.")
    means = frame.groupby(["issue", "state"])["ideal_point"].mean().unstack()
    turned = means.index[means.idxmax(axis=1) != "USA"].tolist()
    require(not turned, FILE, f"the United States is not at the high end of {', '.join(turned)}: its sign is turned.")
    frame["issue"] = frame["issue"].map(ISSUES)
    frame["farther_share"] = (frame["farther_share"] / 100).round(4)
    frame[["ideal_point", "low", "high"]] = frame[["ideal_point", "low", "high"]].round(4)
    frame["edition"] = EDITION
    order = {issue: place for place, issue in enumerate(ISSUES.values())}
    return frame.sort_values(
        ["issue", "state", "session"], key=lambda s: s.map(order) if s.name == "issue" else s, ignore_index=True
    )
