"""Who stands nearer to a power than Pakistan does, by the ideal points of all states."""

import pandas as pd

from pakrus.measures import clusters, positions
from pakrus.sources import ideal_points
from pakrus.sources.files import Upstream

PAIRS = (("PAK", "RUS"), ("PAK", "USA"), ("PAK", "CHN"), ("PAK", "IND"), ("IND", "RUS"), ("CHN", "RUS"))

ADMITTED = 1947  # the year in which Pakistan became a member


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return the place of states among all by the distance of ideal points, year by year: see `positions.places`."""
    points = ideal_points.every_state(upstream)
    points = points[points["year"] >= ADMITTED]
    frame = clusters.holding(positions.places(points, PAIRS))
    digits = {"distance": 4, "percentile": 1, "percentile_low": 1, "percentile_high": 1}
    return frame.round(digits).astype({"ranked": "Int64"})
