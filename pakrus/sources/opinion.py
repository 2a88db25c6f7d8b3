"""What Pakistanis told Pew's interviewers about other countries."""

import pandas as pd

from pakrus.measures.proportions import wilson
from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, require

FILE = "pew_opinion/pew_pakistan_views_aggregate.csv"
SHARES = {"favourable_pct": "favourable", "unfavourable_pct": "unfavourable", "dk_refused_pct": "no_answer"}
POOLED = 2011


def derive(upstream: Upstream) -> pd.DataFrame:
    """Return views of Pakistani respondents by year and country or body asked about.

    Columns: `year`, `target` (ISO3, or EU, UN), `favourable` (very or somewhat), `unfavourable`, `no_answer` (don't
    know or refused), all per cent of all respondents, weighted; `favourable_low`, `favourable_high` (95 % Wilson
    interval of a simple random sample of that size: a lower bound of the doubt), `n` (respondents), `flag`, `source`.
    """
    frame = columns(
        pd.read_csv(upstream.path(FILE)), FILE, ["year", "target", "n_respondents", "n_answering", "usable", *SHARES]
    )
    # the column that should count those with an opinion repeats the number of respondents, so it is not used
    corrections.confirm("pew-n-answering", (frame["n_answering"] == frame["n_respondents"]).mean())
    require(not frame.duplicated(["year", "target"]).any(), FILE, "a country is asked about twice in a year.")
    frame = corrections.apply(frame, FILE)
    whole = frame[list(SHARES)].sum(axis=1, min_count=1).dropna()
    require(whole.sub(100).abs().max() < 0.25, FILE, "favourable, unfavourable and no answer should add up to 100.")
    empty = frame["favourable_pct"].isna()
    require(
        (frame["usable"] | empty).all(),
        FILE,
        "a row is marked unusable but has no entry in pakrus/sources/corrections.toml.",
    )
    out = frame.rename(columns={**SHARES, "n_respondents": "n"})[["year", "target", *SHARES.values(), "n"]]
    interval = wilson(out["favourable"].fillna(0) / 100 * out["n"], out["n"])
    out["favourable_low"] = (100 * interval["low"]).round(1).mask(empty)
    out["favourable_high"] = (100 * interval["high"]).round(1).mask(empty)
    out["flag"] = ""
    out.loc[out["year"] == POOLED, "flag"] = "two waves of interviews pooled"
    out.loc[empty, "flag"] = "item mis-filled in the source's file: not used"
    out["source"] = "pewglobal"
    order = [
        "year",
        "target",
        "favourable",
        "unfavourable",
        "no_answer",
        "favourable_low",
        "favourable_high",
        "n",
        "flag",
        "source",
    ]
    return out[order].sort_values(["target", "year"], ignore_index=True)
