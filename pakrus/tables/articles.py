"""What the five audited articles share: rows for `claim_links`, which also holds what was found by reading."""

from itertools import combinations

import pandas as pd

from pakrus.measures import text as measures
from pakrus.sources.articles import body

SHINGLE = 5
RUN = 8


def overlaps(texts: dict[str, str]) -> pd.DataFrame:
    """Return what the articles share, as rows of `claim_links`: an `overlap` per pair, a `repeated-passage` per run of words.

    Columns: `kind`, `first_article`, `second_article`, `shared_words` (length of a run; for a pair the number of common
    runs of five words), `resemblance` (0-1, pairs only), `sample` (the first words of a run, at most twelve).
    """
    rows = []
    bodies = {article: body(article, text) for article, text in texts.items()}
    for first, second in combinations(sorted(bodies), 2):
        measured = measures.resemblance(bodies[first], bodies[second], SHINGLE)
        rows.append(("overlap", first, second, measured["shared"], round(measured["resemblance"], 4), ""))
        for run in measures.shared_runs(bodies[first], bodies[second], RUN).itertuples():
            words = run.text.split()
            sample = " ".join(words[:12]) + (" …" if len(words) > 12 else "")
            rows.append(("repeated-passage", first, second, run.words, float("nan"), sample))
    columns = ["kind", "first_article", "second_article", "shared_words", "resemblance", "sample"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["kind", "first_article", "second_article"], ignore_index=True, kind="stable"
    )
