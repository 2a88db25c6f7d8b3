"""Pew Research Center: what Pakistanis told interviewers about other countries, as aggregated in the file at hand."""

import pandas as pd

from pakrus.sources import corrections
from pakrus.sources.files import Upstream, columns, require

FILE = "pew_opinion/pew_pakistan_views_aggregate.csv"
SHARES = {"favourable_pct": "favourable", "unfavourable_pct": "unfavourable", "dk_refused_pct": "no_answer"}


def views(upstream: Upstream) -> pd.DataFrame:
    """Return views by year and country or body asked about: `year`, `target`, `favourable`, `unfavourable`, `no_answer`, `n`.

    Shares are per cent of all respondents, weighted; `n` is their number. A row that the file fills wrongly has no shares.
    """
    names = ["year", "target", "n_respondents", "n_answering", "usable", *SHARES]
    frame = columns(pd.read_csv(upstream.path(FILE)), FILE, names)
    # the column that should count those with an opinion repeats the number of respondents, so it is not used
    corrections.confirm("pew-n-answering", (frame["n_answering"] == frame["n_respondents"]).mean())
    require(not frame.duplicated(["year", "target"]).any(), FILE, "a country is asked about twice in a year.")
    frame = corrections.apply(frame, FILE)
    whole = frame[list(SHARES)].sum(axis=1, min_count=1).dropna()
    require(whole.sub(100).abs().max() < 0.25, FILE, "favourable, unfavourable and no answer should add up to 100.")
    recorded = (frame["usable"] | frame["favourable_pct"].isna()).all()
    remedy = "a row is marked unusable but has no entry in pakrus/sources/corrections.toml."
    require(recorded, FILE, remedy)
    return frame.rename(columns={**SHARES, "n_respondents": "n"})[["year", "target", *SHARES.values(), "n"]]
