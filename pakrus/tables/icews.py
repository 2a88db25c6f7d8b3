"""Machine-coded news events between five states: what share of them was cooperation or conflict."""

import pandas as pd

from pakrus.measures.proportions import wilson
from pakrus.sources import icews
from pakrus.sources.files import Upstream
from pakrus.sources.icews import KINDS


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return shares of cooperative and conflictual events by directed pair of states and year, 2002-2014.

    Columns: `initiator`, `target` (ISO3), `year`, `n` (events of the four kinds), the four shares
    (`verbal_cooperation`, `material_cooperation`, `verbal_conflict`, `material_conflict`, 0-1), `conflict` (the two
    last together) with `conflict_low`, `conflict_high` (95 % Wilson interval). Compare shares, not `n`: the number of
    events follows the number of news reports.
    """
    frame = icews.counts(upstream)
    counts = frame[list(KINDS.values())]
    n = counts.sum(axis=1).astype(int)
    out = frame[["initiator", "target", "year"]].assign(n=n)
    for name in counts:
        out[name] = (counts[name] / n).round(4)
    interval = wilson(counts["verbal_conflict"] + counts["material_conflict"], n).round(4)
    out[["conflict", "conflict_low", "conflict_high"]] = interval[["share", "low", "high"]]
    return out.sort_values(["initiator", "target", "year"], ignore_index=True)
