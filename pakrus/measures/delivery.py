"""Measures of promises as waiting times: what share is kept, how soon, and whether groups of promises differ.

What comes in: the promises ledger (`projects`, `project_milestones`, `project_kinds`). What goes out: one row a promise with its
waiting time and how it ended (`clock`), curves and tests on such rows. A promise is kept on the day of its first step
`delivered` or `completed`: the first cargo, the opening; whether supply went on is another question, which `status` answers.
The one difficulty: nobody says when a promise has died. Those whose end is unknown are most of the unkept, and that they fell
silent may itself tell something; so every curve has two bounds (`bound`), and abandonment is counted as an end of its own
(`incidence`) beside the curve that treats it as one more case that was lost from sight (`curve`).
"""

import datetime

import numpy as np
import pandas as pd

from pakrus import dates
from pakrus.estimate import Estimate, count, quantity, share, span_in_words
from pakrus.measures import chances
from pakrus.measures.projects import DONE
from pakrus.measures.proportions import exact, two_shares
from pakrus.measures.reliability import Coding, coding
from pakrus.measures.trade import deflate

KINDS = ("shipped", "built", "paid", "arranged")  # what would keep a promise, in order of print
KEPT, ABANDONED, OPEN = "kept", "abandoned", "open"
NORMAL = 1.959963984540054  # the normal quantile of a 95 % interval
DAYS = 365.25  # in a year
BASE_YEAR = 2021  # of prices: that of AidData's figures, beside which the sums stand


def _years(start: str, end: str, reading: str) -> float:
    """Return the years from one date to another, both of any precision, 0 at least."""
    ends = {
        "middle": (dates.middle(start), dates.middle(end)),
        "shortest": (dates.span(start)[1], dates.span(end)[0]),
        "longest": (dates.span(start)[0], dates.span(end)[1]),
    }
    first, last = (datetime.date.fromisoformat(day) for day in ends[reading])
    return max((last - first).days / DAYS, 0.0)


def _middles(column: pd.Series) -> pd.Series:
    return column.map(dates.middle)


def clock(
    projects: pd.DataFrame, milestones: pd.DataFrame, kinds: pd.DataFrame, phases: pd.DataFrame, reading: str = "middle"
) -> pd.DataFrame:
    """Return how long each promise waited and how that ended, one row a project, in order of the first announcement.

    Columns: `project_id`, `title`, `kind`, `object`, `payer`, `era` (title of the phase of its first announcement),
    `first_announced`, `end` (date at which the waiting ended), `waited` (years), `ending` (`kept`: the first step delivered or
    completed; `abandoned`: the last cancellation, or the date of the status where none is dated; `open`: the date of the latest
    source), `unknown` (whether nobody knows what became of it), `foretold` (for the kept: whether a source other than that
    of the delivery tells of it before; others True).

    `reading` says how dates of less than a day are taken: `middle`, `shortest` (last day of the first date to first day of
    the second) or `longest`.

    Raises
    ------
    ValueError
        When a project has no kind, or the reading is none of the three.
    """
    if reading not in ("middle", "shortest", "longest"):
        raise ValueError(f"{reading!r} is no reading of dates: middle, shortest or longest expected")
    kinds = kinds.set_index("project_id")
    without = sorted(set(projects["project_id"]) - set(kinds.index))
    if without:
        raise ValueError(f"no kind for {', '.join(without)}: give each a row in data/project_kinds.csv")
    rows = []
    for project in projects.itertuples():
        steps = milestones[milestones["project_id"] == project.project_id]
        steps = steps.sort_values("date", key=_middles, kind="stable")
        done, cancelled = steps[steps["step"].isin(DONE)], steps[steps["step"] == "cancelled"]
        foretold = True
        if len(done):
            ending, end = KEPT, done["date"].iloc[0]
            told = steps[~steps["step"].isin(DONE) & (steps["key"] != done["key"].iloc[0])]
            foretold = any(dates.before(date, end) for date in told["date"])
        elif project.status == ABANDONED:
            ending, end = ABANDONED, cancelled["date"].iloc[-1] if len(cancelled) else project.status_as_of
        else:
            ending, end = OPEN, project.status_as_of
        own, begun = kinds.loc[project.project_id], dates.span(project.first_announced)[0]
        era = phases.loc[phases["first_day"] <= begun, "title"].iloc[-1]
        rows.append({
            "project_id": project.project_id, "title": project.title, "kind": own["kind"], "object": own["object"],
            "payer": own["payer"], "era": era, "first_announced": project.first_announced, "end": end,
            "waited": _years(project.first_announced, end, reading), "ending": ending,
            "unknown": ending == OPEN and project.status == "unknown", "foretold": foretold,
        })  # fmt: skip
    return pd.DataFrame(rows).sort_values("first_announced", key=_middles, kind="stable", ignore_index=True)


def only(waits: pd.DataFrame, words: str = "", **wanted: object) -> pd.DataFrame:
    """Return the rows of `clock` with these values (`kind="built"`, a tuple for several), named for estimates by `words`.

    Without words the values name them: “built”, “shipped or built”.
    """
    kept = waits
    for column, value in wanted.items():
        kept = kept[kept[column].isin(value if isinstance(value, tuple) else (value,))]
    named = (" or ".join(value) if isinstance(value, tuple) else str(value) for value in wanted.values())
    before = waits.attrs.get("span")
    kept = kept.reset_index(drop=True)
    kept.attrs["span"] = ", ".join([*([before] if before else []), words or ", ".join(named)])
    return kept


def announced(waits: pd.DataFrame, first: str, last: str = dates.OPEN, words: str = "") -> pd.DataFrame:
    """Return the rows of `clock` first announced from one date to another (their first day counts)."""
    kept = waits[[dates.within(date, first, last) for date in waits["first_announced"]]].reset_index(drop=True)
    until = "" if last == dates.OPEN else f" to {dates.in_words(last)}"
    named = words or f"announced from {dates.in_words(first)}{until}"
    kept.attrs["span"] = ", ".join([*([waits.attrs["span"]] if waits.attrs.get("span") else []), named])
    return kept


def once_each(waits: pd.DataFrame) -> pd.DataFrame:
    """Return one row an object of each kind: from its first announcement, kept where any of its promises was kept.

    Promises of one plant are not independent: three plans for one steel mill that came to nothing are not three failures.
    Where none was kept, the object waits as long as the promise that was heard of last; it is abandoned only where all are.
    """
    rows = []
    for _, own in waits.groupby(["object", "kind"], sort=False):
        first = own.sort_values("first_announced", key=_middles, kind="stable").iloc[0]
        done = own[own["ending"] == KEPT].sort_values("end", key=_middles, kind="stable")
        row = (done.iloc[0] if len(done) else own.sort_values("end", key=_middles, kind="stable").iloc[-1]).copy()
        row["waited"], row["era"] = _years(first["first_announced"], row["end"], "middle"), first["era"]
        row["first_announced"] = first["first_announced"]
        if not len(done):
            row["ending"] = ABANDONED if (own["ending"] == ABANDONED).all() else OPEN
        rows.append(row)
    frame = pd.DataFrame(rows).reset_index(drop=True)
    frame.attrs["span"] = ", ".join([*([waits.attrs["span"]] if waits.attrs.get("span") else []), "each object once"])
    return frame


def bound(waits: pd.DataFrame, unknown: str, until: str) -> pd.DataFrame:
    """Return the rows with promises of unknown end taken as `kept` on the day after they were last heard of, or as `never` kept.

    Those never kept are waited for until a date (`until`, that of the latest source in the ledger). The truth lies between.

    Raises
    ------
    ValueError
        When the word for the unknown is neither of the two.
    """
    if unknown not in (KEPT, "never"):
        raise ValueError(f"{unknown!r} is no bound for the unknown: kept or never expected")
    out, lost = waits.copy(), waits["unknown"]
    if unknown == KEPT:
        out.loc[lost, "ending"] = KEPT
        out.loc[lost, "waited"] += 1 / DAYS
    else:
        waited = [_years(date, until, "middle") for date in waits.loc[lost, "first_announced"]]
        out.loc[lost, "waited"] = np.maximum(waited, waits.loc[lost, "waited"])
    named = "unknown counted as kept" if unknown == KEPT else "unknown counted as never kept"
    out.attrs["span"] = ", ".join([*([waits.attrs["span"]] if waits.attrs.get("span") else []), named])
    return out


def curve(waits: pd.DataFrame) -> pd.DataFrame:
    """Return the share of promises kept as the years pass: `years`, `share`, `low`, `high` (0-1) and `waiting` (not yet ended before).

    One less the Kaplan–Meier estimate; a promise that is open or abandoned leaves the count when it was last heard of. A row
    for 0, for each time at which one is kept, and for the longest waiting time. The 95 % interval is that of the complementary
    log-log; it is missing where nothing, or everything, is kept.
    Source: E. L. Kaplan and P. Meier (1958), Journal of the American Statistical Association 53(282), 457-481; as in
    statsmodels. Interval: J. D. Kalbfleisch and R. L. Prentice (2002), The Statistical Analysis of Failure Time Data, 2nd ed.
    """
    from statsmodels.duration.survfunc import SurvfuncRight  # here: it takes long to load

    time, kept = waits["waited"].to_numpy(), (waits["ending"] == KEPT).astype(int).to_numpy()
    rows = [{"years": 0.0, "share": 0.0, "low": np.nan, "high": np.nan, "waiting": len(waits)}]
    if kept.any():
        found = SurvfuncRight(time, kept)
        for years, left, error, waiting in zip(
            found.surv_times, found.surv_prob, found.surv_prob_se, found.n_risk, strict=True
        ):
            low = high = np.nan
            if 0 < left < 1:
                reach = NORMAL * error / (left * abs(np.log(left)))
                low, high = 1 - left ** np.exp(-reach), 1 - left ** np.exp(reach)
            rows.append({"years": years, "share": 1 - left, "low": low, "high": high, "waiting": int(waiting)})
    if time.max() > rows[-1]["years"]:
        rows.append({**rows[-1], "years": time.max(), "waiting": int((time >= time.max()).sum())})
    return pd.DataFrame(rows)


def kept_within(waits: pd.DataFrame, years: float) -> Estimate:
    """Return the share of promises kept within some years by `curve`, with its interval; `n` is the number of promises."""
    found = curve(waits)
    row = found[found["years"] <= years].iloc[-1]
    words = f"promises kept within {years:g} years (Kaplan–Meier){span_in_words(waits)}"
    return share(row["share"], words, len(waits), row["low"], row["high"])


def incidence(waits: pd.DataFrame) -> pd.DataFrame:
    """Return the share of promises kept and the share abandoned as the years pass: `years`, `kept`, `abandoned` (0-1).

    The Aalen–Johansen estimate: what is abandoned can no longer be kept, while `curve` takes it for one that might be. A row for
    0, for each time at which a promise ends, and for the longest waiting time.
    Source: O. O. Aalen and S. Johansen (1978), Scandinavian Journal of Statistics 5(3), 141-150.
    """
    left, shares = 1.0, {KEPT: 0.0, ABANDONED: 0.0}
    rows = [{"years": 0.0, **shares}]
    for years in np.unique(waits["waited"]):
        waiting = (waits["waited"] >= years).sum()
        ended = {how: ((waits["waited"] == years) & (waits["ending"] == how)).sum() for how in shares}
        shares = {how: shares[how] + left * number / waiting for how, number in ended.items()}
        left *= 1 - sum(ended.values()) / waiting
        if any(ended.values()) or years == waits["waited"].max():
            rows.append({"years": float(years), **shares})
    return pd.DataFrame(rows)


def incidence_at(waits: pd.DataFrame, ending: str, years: float) -> Estimate:
    """Return the share of promises that had ended so (`kept`, `abandoned`) after some years, by `incidence`."""
    found = incidence(waits)
    row = found[found["years"] <= years].iloc[-1]
    return share(
        row[ending], f"promises {ending} within {years:g} years (Aalen–Johansen){span_in_words(waits)}", len(waits)
    )


def kept(waits: pd.DataFrame) -> Estimate:
    """Return how many promises were kept at least in part; `n` is the number of all."""
    row = int((waits["ending"] == KEPT).sum())
    return Estimate(row, n=len(waits), words=f"number of promises kept, at least in part{span_in_words(waits)}")


def share_kept(waits: pd.DataFrame) -> Estimate:
    """Return the share of promises kept, whatever time they had, with its exact interval."""
    row = exact([(waits["ending"] == KEPT).sum()], [len(waits)]).iloc[0]
    return share(
        row["share"], f"promises kept, at least in part{span_in_words(waits)}", len(waits), row["low"], row["high"]
    )


def late(waits: pd.DataFrame, first: float, last: float) -> tuple[Estimate, Estimate, Estimate]:
    """Return how many promises were kept after more than `first` and at most `last` years, how many waited beyond the first, and the share.

    The share has its exact interval. A promise last heard of before the last year counts as not kept in time.
    """
    words = span_in_words(waits)
    kept_late = waits[(waits["ending"] == KEPT) & (waits["waited"] > first) & (waits["waited"] <= last)]
    waiting = int((waits["waited"] > first).sum())
    row = exact([len(kept_late)], [waiting]).iloc[0]
    between = f"kept between {first:g} and {last:g} years after the announcement{words}"
    return (
        count(kept_late, f"promises {between}"),
        count(waiting, f"promises still waited for after {first:g} years{words}"),
        share(row["share"], f"promises waited for until then that were {between}", waiting, row["low"], row["high"]),
    )


def median_wait(waits: pd.DataFrame) -> Estimate:
    """Return the median years from announcement to delivery of the promises that were kept; its interval is their quartiles."""
    found = waits.loc[waits["ending"] == KEPT, "waited"]
    words = f"median wait of the promises kept, with quartiles in place of an interval{span_in_words(waits)}"
    low, high = found.quantile([0.25, 0.75])
    return quantity(found.median(), words, 1, "years", len(found), low, high)


def longest_wait(waits: pd.DataFrame) -> Estimate:
    """Return the longest time in years from announcement to delivery of a promise that was kept."""
    found = waits.loc[waits["ending"] == KEPT, "waited"]
    return quantity(found.max(), f"longest wait of a promise that was kept{span_in_words(waits)}", 1, "years")


def same_curve(waits: pd.DataFrame, by: str) -> Estimate:
    """Return the p-value that groups of promises (by a column of `clock`) have one curve: the log-rank test.

    Source: N. Mantel (1966), Cancer Chemotherapy Reports 50(3), 163-170; as in statsmodels.

    Raises
    ------
    ValueError
        When there is but one group.
    """
    from statsmodels.duration.survfunc import survdiff  # here: it takes long to load

    if waits[by].nunique() < 2:
        raise ValueError(f"one {by} only, {waits[by].iloc[0]!r}: two groups or more expected")
    p = survdiff(waits["waited"].to_numpy(), (waits["ending"] == KEPT).astype(int).to_numpy(), waits[by].to_numpy())[1]
    return quantity(float(p), f"p-value of one curve for each {by} (log-rank){span_in_words(waits)}", 4, n=len(waits))


def same_share(first: pd.DataFrame, second: pd.DataFrame, words: str) -> Estimate:
    """Return the p-value that two sets of promises are kept at one rate (Fisher's exact test, two-sided)."""
    counts = [(int((rows["ending"] == KEPT).sum()), len(rows)) for rows in (first, second)]
    return quantity(two_shares(*counts), f"p-value of equal shares kept, {words}", 4, n=sum(n for _, n in counts))


def adjusted(*tests: Estimate) -> tuple[Estimate, ...]:
    """Return the p-values of several tests raised for their number (Benjamini and Hochberg), in the same order.

    Source: as of `proportions.groups_against_rest`.
    """
    found = chances.adjusted([test.value for test in tests])
    words = f"adjusted for {len(tests)} tests"
    return tuple(
        quantity(p, f"{test.words}, {words}", 4, n=test.n) for p, test in zip(found, tests, strict=True)
    )  # fmt: skip


def smallest_seen(base: int, base_n: int, n: int, level: float = 0.05) -> Estimate:
    """Return the smallest share above that of a first group (`base` of `base_n` kept) that a second of `n` would need for p below the level.

    It says what a comparison of so few can see at all (Fisher's exact test, two-sided).
    """
    for hits in range(n + 1):
        if hits / n > base / base_n and two_shares((base, base_n), (hits, n)) < level:
            return share(hits / n, f"share of {n} that would be told apart from {base} of {base_n}", n)
    return share(1.0, f"share of {n} that would not be told apart from {base} of {base_n}", n)


def by_group(waits: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return per group of promises (columns of `clock`) `promises`, `kept`, `share` with `low` and `high` (exact), `median_wait` in years."""
    found = waits.assign(done=waits["ending"] == KEPT, wait=waits["waited"].where(waits["ending"] == KEPT))
    found["kind"] = pd.Categorical(found["kind"], [kind for kind in KINDS if (waits["kind"] == kind).any()])
    found = found.sort_values("kind", kind="stable") if "kind" in columns else found
    frame = (
        found.astype({"kind": str})
        .groupby(list(columns), sort=False)
        .agg(promises=("done", "size"), kept=("done", "sum"), median_wait=("wait", "median"))
    )
    frame = frame.reset_index()
    ends = exact(frame["kept"], frame["promises"])
    return pd.concat([frame[[*columns, "promises", "kept"]], ends, frame["median_wait"]], axis=1)


def amounts(
    waits: pd.DataFrame, milestones: pd.DataFrame, kinds: pd.DataFrame, price_index: pd.DataFrame, base: int = BASE_YEAR
) -> pd.DataFrame:
    """Return the sum that stands for each promise that has one, in dollars of the day and of the year `base`, largest first.

    Columns: those of `clock`, `year` (of the step with the sum), `stated` and `constant` (million US dollars), `price_basis`.
    The sums are of different things (a price, a credit, a talk of one): they are set side by side, never added.
    """
    steps = milestones.set_index("milestone_id")
    sums = kinds.dropna(subset=["amount_step"]).set_index("project_id")["amount_step"]
    frame = waits[waits["project_id"].isin(sums.index)].copy()
    own = steps.loc[frame["project_id"].map(sums)]
    frame["year"] = own["date"].map(dates.year).to_numpy()
    frame["stated"] = own["amount"].to_numpy() / 1e6
    frame["price_basis"] = own["price_basis"].to_numpy()
    frame = deflate(frame, price_index, base, "stated")
    frame["constant"] = frame.pop("constant_usd_m")
    return frame.sort_values("constant", ascending=False, kind="stable").reset_index(drop=True)


def median_sum(sums: pd.DataFrame, words: str) -> Estimate:
    """Return the median of the sums (`amounts`) in million US dollars of constant prices."""
    return quantity(
        sums["constant"].median(), f"median sum of promises {words}", 0, "million US dollars of 2021", len(sums)
    )


def sums_alike(first: pd.DataFrame, second: pd.DataFrame, words: str) -> Estimate:
    """Return the p-value that two sets of sums (`amounts`) are of one size: the Mann–Whitney test, two-sided.

    Source: H. B. Mann and D. R. Whitney (1947), Annals of Mathematical Statistics 18(1), 50-60; as in scipy.
    """
    from scipy.stats import mannwhitneyu  # here: it takes long to load

    p = mannwhitneyu(first["constant"], second["constant"], alternative="two-sided").pvalue
    return quantity(float(p), f"p-value of sums of one size, {words}", 3, n=len(first) + len(second))


def committed(aid: pd.DataFrame, flow: str, donor: str = "CHN") -> tuple[Estimate, Estimate]:
    """Return the largest yearly sum of one flow in constant dollars (rows of `aid`), and the median year's.

    Both in million US dollars of 2021; of years in which the source found no agreement the value is 0 and counts.
    """
    rows = aid[(aid["donor"] == donor) & (aid["flow"] == flow) & (aid["price_basis"] == "constant 2021")]
    unit, words = "million US dollars of 2021", f"{donor} to Pakistan, {flow}"
    return (
        quantity(rows["value"].max(), f"largest sum of a year, {words}", 0, unit),
        quantity(rows["value"].median(), f"sum of the median year, {words}", 0, unit, n=len(rows)),
    )


def against_others(waits: pd.DataFrame, kept_there: int, of: int, words: str) -> Estimate:
    """Return the p-value that these promises and those of a published count (`kept_there` of `of`) are kept at one rate (Fisher)."""
    own = int((waits["ending"] == KEPT).sum()), len(waits)
    return quantity(two_shares(own, (kept_there, of)), f"p-value of equal shares kept, {words}", 4, n=len(waits) + of)


def coded_twice(kinds: pd.DataFrame) -> Coding:
    """Return how far the two assignments of kinds agree (rows of `project_kinds`: `first`, `second`)."""
    return coding(kinds["first"], kinds["second"], KINDS, "promises into four kinds")


def unknown(waits: pd.DataFrame) -> Estimate:
    """Return of how many promises nobody says what became of them; `n` is the number of all."""
    return Estimate(int(waits["unknown"].sum()), n=len(waits), words=f"promises of unknown end{span_in_words(waits)}")
