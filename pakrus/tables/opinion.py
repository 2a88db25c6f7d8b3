"""What Pakistanis told Pew's interviewers about other countries."""

import pandas as pd

from pakrus.measures.proportions import wilson
from pakrus.sources import pew
from pakrus.sources.files import Upstream

POOLED = 2011


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return views of Pakistani respondents by year and country or body asked about.

    Columns: `year`, `target` (ISO3, or EU, UN), `favourable` (very or somewhat), `unfavourable`, `no_answer` (don't
    know or refused), all per cent of all respondents, weighted; `favourable_low`, `favourable_high` (95 % Wilson
    interval of a simple random sample of that size: a lower bound of the doubt), `n` (respondents), `flag`, `source`.
    """
    out = pew.views(upstream)
    empty = out["favourable"].isna()
    interval = wilson(out["favourable"].fillna(0) / 100 * out["n"], out["n"])
    out["favourable_low"] = (100 * interval["low"]).round(1).mask(empty)
    out["favourable_high"] = (100 * interval["high"]).round(1).mask(empty)
    out["flag"] = ""
    out.loc[out["year"] == POOLED, "flag"] = "two waves of interviews pooled"
    out.loc[empty, "flag"] = "item mis-filled in the source's file: not used"
    out["source"] = "pewglobal"
    shares = ["favourable", "unfavourable", "no_answer", "favourable_low", "favourable_high"]
    order = ["year", "target", *shares, "n", "flag", "source"]
    return out[order].sort_values(["target", "year"], ignore_index=True)
