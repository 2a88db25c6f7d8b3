"""Published statements of trade, aid and projects, compiled for this book from the press and official pages."""

import pandas as pd

from pakrus.sources.files import Upstream, columns, require

FILE = "projects/point_figures.csv"
COLUMNS = ["topic", "period", "period_type", "value", "unit", "reporter_side", "outlet"]


def read(upstream: Upstream) -> pd.DataFrame:
    """Return the statements as text, by `id`: `topic`, `period`, `period_type`, `value`, `unit`, `reporter_side`, `outlet`."""
    frame = columns(pd.read_csv(upstream.path(FILE), dtype=str), FILE, ["id", *COLUMNS])
    require(not frame["id"].duplicated().any(), FILE, "an id is there twice.")
    return frame.set_index("id")


def one(frame: pd.DataFrame, key: str) -> pd.Series:
    """Return one statement; raise UpstreamError when it is not there."""
    require(key in frame.index, FILE, f"row {key} is missing.")
    return frame.loc[key]
