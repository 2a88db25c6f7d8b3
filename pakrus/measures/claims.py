"""How the claims of the articles fared: verdicts, error rates, copied words, what no article names, how it was coded.

What comes in: rows of `claims` and its kin (`claim_articles`, `claim_evidence`, `claim_codings`, `claim_links`,
`claim_events`) and of `events`. What goes out: tables that charts draw and pages show, and estimates that sentences quote.
The one difficulty: a rate of errors has claims as its denominator that somebody cut out of sentences, and only those that
could be decided; so each estimate of a part has the number of the whole as its `n`.
"""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pakrus import dates
from pakrus.estimate import Estimate, count, share, span_in_words, text, year
from pakrus.measures import reliability
from pakrus.measures.proportions import groups_against_rest, wilson
from pakrus.terms import CLAIM_PHASES, DECIDED, ERRORS, FRAMES, THEMES, VERDICTS

SUPERLATIVE, DATE, FORECAST = "first/only", "date", "forecast"  # types of claims
COMMENT = "READER COMMENT"  # how a claim begins that a reader of the article made below it
VETO = "soviet-veto"  # part of the identifier of each Soviet veto in the register
THIRD = "Third reading"  # how the reason begins where a third reading changed what two codings had said
# what a verdict comes to where only right and wrong are told apart
COARSE = {"supported": "holds", "supported with nuance": "holds", **dict.fromkeys(ERRORS, "wrong")}
COARSE_VERDICTS = ("holds", "wrong", "unverifiable", "opinion")
# how a claim may be grouped: what the reader sees, the column
GROUPINGS = {"Article": "article", "Phase": "phase", "Theme": "theme", "Type": "type"}


def counts(claims: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the number of claims per group and verdict: column `by`, one column per verdict in fixed order, `claims`.

    Groups stand in the order of their first claim; claims without a group are left out.
    """
    table = pd.crosstab(claims[by], claims["verdict"]).reindex(columns=list(VERDICTS), fill_value=0)
    table = table.reindex(claims[by].dropna().drop_duplicates())
    return table.assign(claims=table.sum(axis=1)).reset_index().rename_axis(columns=None)


def error_rates(claims: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Return how often decided claims are wrong, per group: `by`, `decided`, `errors`, `share` (0-1), `low`, `high`.

    Decided is every claim but opinions and what could not be verified; wrong is what is contradicted or internally
    inconsistent. The interval is Wilson's, 95 %: the claims are all that were found in these texts, so it says how
    far the rate could come from chance if they were draws from such texts, not how sure a verdict is.
    """
    decided = claims[claims["verdict"].isin(DECIDED)].assign(wrong=lambda frame: frame["verdict"].isin(ERRORS))
    if by is None:
        by, decided = "group", decided.assign(group="all")
    grouped = decided.dropna(subset=[by]).groupby(by, sort=False)["wrong"].agg(["size", "sum"])
    rates = wilson(grouped["sum"], grouped["size"]).set_axis(grouped.index)
    return rates.assign(decided=grouped["size"], errors=grouped["sum"]).reset_index()[
        [by, "decided", "errors", "share", "low", "high"]
    ]


def strong(events: pd.DataFrame, last: str, strength: int = 3, sign: int = 0) -> pd.DataFrame:
    """Return the strong events that happened, not after `last`: those of `|cooperation|` from `strength` on.

    `sign` keeps the conflictual (-1) or the cooperative (1) ones. `last` is the day of the latest article, so that nobody
    is blamed for not naming what came later. Columns as in `events`, in order of time.
    """
    happened = events[(events["status"] == "happened") & (events["date"] <= last)]
    score = happened["cooperation"] * sign if sign else happened["cooperation"].abs()
    return happened[score >= strength].sort_values(["date", "event_id"], ignore_index=True)


def silences(
    events: pd.DataFrame, named: pd.DataFrame, last: str, strength: int = 3, sign: int = 0
) -> pd.DataFrame:  # fmt: skip
    """Return the events of `strong` that no article names. `named` has the column `event_id` (table `claim_events`)."""
    rows = strong(events, last, strength, sign)
    return rows[~rows["event_id"].isin(set(named["event_id"]))].reset_index(drop=True)


def hard_silences(events: pd.DataFrame, named: pd.DataFrame, last: str) -> pd.DataFrame:
    """Return the hard acts that no article names: what is coded -3 or lower, and every Soviet veto. Columns as in `events`."""
    unseen = silences(events, named, last, strength=0)
    return unseen[(unseen["cooperation"] <= -3) | _vetoes(unseen)].reset_index(drop=True)


def _vetoes(events: pd.DataFrame) -> pd.Series:
    return events["event_id"].str.contains(VETO, regex=False)


def coverage(events: pd.DataFrame, named: pd.DataFrame, last: str, by: str) -> pd.DataFrame:
    """Return per group how many events the articles name: `by`, `events`, `named`, `share` (0-1), `low`, `high` (Wilson)."""
    happened = events[(events["status"] == "happened") & (events["date"] <= last)]
    hit = happened["event_id"].isin(set(named["event_id"]))
    grouped = hit.groupby(happened[by], sort=False).agg(["size", "sum"])
    rates = wilson(grouped["sum"], grouped["size"]).set_axis(grouped.index)
    return rates.assign(events=grouped["size"], named=grouped["sum"]).reset_index()[
        [by, "events", "named", "share", "low", "high"]
    ]


def errors(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that are contradicted or internally inconsistent, in the order of the table."""
    return claims[claims["verdict"].isin(ERRORS)].reset_index(drop=True)


# ------------------------------------------------------------ what a page shows


def names(articles: pd.DataFrame) -> dict[str, str]:
    """Return how readers see each article (rows of `claim_articles`): `s0` to "S0 (2018)", the year before which it was not."""
    rows = zip(articles["article"], articles["written"], strict=True)
    return {article: f"{article.upper()} ({dates.year(written)})" for article, written in rows}


def listed_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Return what the articles show of themselves: `article` (in capitals), `title`, `byline` ("none shown"), `written`, `words`."""
    rows = articles.assign(article=articles["article"].str.upper(), byline=articles["byline"].fillna("none shown"))
    return rows[["article", "title", "byline", "written", "words"]]


def rates(claims: pd.DataFrame, articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return `error_rates` by article, phase, theme and type, with articles, phases and themes as readers see them."""
    spelled = claims.assign(
        article=claims["article"].map(names(articles)),
        phase=claims["phase"].map(CLAIM_PHASES),
        theme=claims["theme"].map(THEMES),
    )
    return {label: error_rates(spelled, column) for label, column in GROUPINGS.items()}


def errors_with_evidence(claims: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the wrong claims: `claim_id`, `claim`, `right_value`, `evidence_against` (sources, rows of tables; "–" for none)."""
    against = evidence[evidence["bearing"] == "against"]
    # of a row of the register its identifier says enough, of others the table's name goes before it
    rows = against["table_name"].replace("events", "") + " " + against["row_key"]
    seen = against.assign(shown=against["key"].fillna(rows).str.strip()).groupby("claim_id")["shown"].agg("; ".join)
    found = errors(claims)
    return found.assign(evidence_against=found["claim_id"].map(seen).fillna("–"))[
        ["claim_id", "claim", "right_value", "evidence_against"]
    ]


def copied_texts(links: pd.DataFrame) -> pd.DataFrame:
    """Return the texts outside the set that share passages: `key`, `passages`, `longest` (words), `claims`; most passages first."""
    rows = links[links["kind"] == "copied-passage"].groupby("key")
    found = pd.DataFrame({
        "passages": rows.size(), "longest": rows["shared_words"].max(),
        "claims": rows["first_claim"].agg(lambda ids: ", ".join(sorted(ids))),
    })  # fmt: skip
    return found.reset_index().sort_values(["passages", "key"], ascending=[False, True], ignore_index=True)


def contradictions(links: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of claims that cannot both stand: `first_claim`, `second_claim`, `where`, `disagreement`."""
    places = {"contradiction-within": "inside one article", "contradiction-between": "between articles"}
    rows = links[links["kind"].isin(places)].reset_index(drop=True)
    return pd.DataFrame({
        "first_claim": rows["first_claim"], "second_claim": rows["second_claim"],
        "where": rows["kind"].map(places), "disagreement": rows["note"],
    })  # fmt: skip


def frames(claims: pd.DataFrame) -> pd.DataFrame:
    """Return how many claims serve each frame and how they fared: `frame` (in words), `claims`, `errors`, `decided`."""
    rows = error_rates(claims, "frame").set_index("frame").reindex(list(FRAMES))[["errors", "decided"]]
    number = claims["frame"].value_counts().reindex(list(FRAMES), fill_value=0)
    return pd.DataFrame({
        "frame": list(FRAMES.values()), "claims": number.to_numpy(),
        **rows.fillna(0).astype(int).reset_index(drop=True),
    })  # fmt: skip


def forecasts(claims: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the forecasts and what came: `claim_id`, `year` (of the article), `claim`, `verdict`, `outcome`."""
    written = articles.set_index("article")["written"].map(dates.year)
    rows = claims[claims["type"] == FORECAST].reset_index(drop=True)
    return rows.assign(year=rows["article"].map(written), outcome=rows["note"])[
        ["claim_id", "year", "claim", "verdict", "outcome"]
    ]


def decisions(codings: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims on which a decision was needed: `claim_id`, `claim`, `first`, `second`, `adjudicated`, `reason`.

    Needed is one where the two codings differ or a third reading overturned both.
    """
    rows = codings[(codings["first"] != codings["second"]) | _third(codings)]
    rows = rows.merge(claims[["claim_id", "claim"]], on="claim_id")
    return rows[["claim_id", "claim", "first", "second", "adjudicated", "reason"]]


def _third(codings: pd.DataFrame) -> pd.Series:
    return codings["reason"].fillna("").str.startswith(THIRD)


def coarse(verdicts: pd.Series) -> pd.Series:
    """Return verdicts as what they come to (`COARSE_VERDICTS`): holds, wrong, unverifiable, opinion."""
    return verdicts.replace(COARSE)


# ------------------------------------------------------------ what a chapter asks


def of(claims: pd.DataFrame, **values: str) -> pd.DataFrame:
    """Return the claims whose columns have these values (`article="s0"`); estimates from them say so in their words.

    Raises
    ------
    ValueError
        When a column has no such value; the message lists those that it has.
    """
    rows, said = claims, []
    for column, value in values.items():
        known = sorted(claims[column].dropna().unique())
        if value not in known:
            raise ValueError(f"no claim with {column} {value!r}; there are: {', '.join(known)}")
        rows = rows[rows[column] == value]
        said.append(f"{column} {value.upper() if column == 'article' else value}")
    rows = rows.reset_index(drop=True)
    rows.attrs["span"] = ", ".join(said)
    return rows


def chosen_errors(claims: pd.DataFrame, *ids: str) -> pd.DataFrame:
    """Return some of the wrong claims, in the order in which they are named.

    Raises
    ------
    KeyError
        When there is no such claim.
    ValueError
        When a claim was not found wrong.
    """
    rows = claims.set_index("claim_id").loc[list(ids)].reset_index()
    right = rows.loc[~rows["verdict"].isin(ERRORS), "claim_id"]
    if len(right):
        raise ValueError(f"{', '.join(right)}: not found wrong; choose among the claims with an error")
    rows.attrs["span"] = f"{len(rows)} chosen errors"
    return rows


class Articles(NamedTuple):
    """What the articles show of themselves: how many, signed ones, those that name their outlet, words, first and last year."""

    articles: Estimate
    signed: Estimate
    with_outlet: Estimate
    words: Estimate
    first_year: Estimate
    last_year: Estimate


def described(articles: pd.DataFrame) -> Articles:
    """Return counts of the articles (rows of `claim_articles`) and the years before which they were not written."""
    years = articles["written"].map(dates.year)
    return Articles(
        count(articles, "articles whose claims were checked"),
        count(int(articles["byline"].notna().sum()), "articles that are signed"),
        count(int(articles["venue"].notna().sum()), "articles that name their outlet"),
        count(int(articles["words"].sum()), "words of the articles"),
        year(years.min(), "year of the earliest article"),
        year(years.max(), "year of the latest article"),
    )


class Verdicts(NamedTuple):
    """Numbers of claims: all, and by verdict."""

    claims: Estimate
    supported: Estimate
    supported_with_nuance: Estimate
    contradicted: Estimate
    internally_inconsistent: Estimate
    unverifiable: Estimate
    opinion: Estimate


def verdicts(claims: pd.DataFrame) -> Verdicts:
    """Return the number of claims (rows of `claims`), and how many have each verdict."""
    where = span_in_words(claims)
    number = claims["verdict"].value_counts()
    found = [count(int(number.get(verdict, 0)), f"claims with the verdict “{verdict}”{where}") for verdict in VERDICTS]
    return Verdicts(count(claims, f"claims of the articles{where}"), *found)


class Wrong(NamedTuple):
    """Claims that are contradicted or internally inconsistent: their number and their share; `n` are the decided ones."""

    errors: Estimate
    share: Estimate


def wrong(claims: pd.DataFrame) -> Wrong:
    """Return how many of the decided claims are wrong, and which share, with its Wilson interval (as in `error_rates`)."""
    where = span_in_words(claims)
    decided = claims[claims["verdict"].isin(DECIDED)]
    return Wrong(*_part(decided["verdict"].isin(ERRORS), f"decided claims found wrong{where}"))


def _part(hit: pd.Series, words: str) -> tuple[Estimate, Estimate]:
    """Return the number and the share (with its Wilson interval) of what is true; `n` is the number of all."""
    row = wilson([hit.sum()], [len(hit)]).iloc[0]
    number = replace(count(int(hit.sum()), f"number of {words}"), n=len(hit))
    return number, share(row["share"], f"share of {words}", len(hit), row["low"], row["high"])


class Apart(NamedTuple):
    """Groups whose rate differs from that of the others (a text, "none" for none), how many were tested, the nearest misses."""

    groups: Estimate
    tested: Estimate
    next: Estimate


def apart(rates: dict[str, pd.DataFrame], level: float = 0.05) -> Apart:
    """Return which groups (of `rates`) differ from the other groups of their grouping, once it is counted how many were tested.

    Each is set against the rest by Fisher's exact test; `level` is the share of false findings that is accepted
    (`proportions.groups_against_rest`). `next` names the groups with the smallest adjusted value beyond it.
    """
    named = [
        (str(row[0]), row.errors, row.decided, label) for label, frame in rates.items() for row in frame.itertuples(index=False)
    ]  # fmt: skip
    names, errors, decided, labels = zip(*named, strict=True)
    adjusted = groups_against_rest(errors, decided, labels)["adjusted"]
    beyond = adjusted[adjusted > level]
    words = f"groups whose rate differs from the other groups', of {len(names)} tested together"

    def listed(mask: pd.Series) -> str:
        return ", ".join(name for name, hit in zip(names, mask, strict=True) if hit) or "none"

    closest = listed(adjusted == beyond.min()) if len(beyond) else "none"
    return Apart(
        text(listed(adjusted <= level), words),
        count(names, "groups of claims tested together"),
        text(closest, "groups that come closest to differing and do not"),
    )


def reader_comments(claims: pd.DataFrame) -> Estimate:
    """Return the number of claims that readers made in comments below an article."""
    found = claims["claim"].str.startswith(COMMENT)
    return count(int(found.sum()), f"claims of readers' comments{span_in_words(claims)}")


class Kinds(NamedTuple):
    """Numbers of claims by type: dates, superlatives (first, only, highest), all others."""

    dates: Estimate
    superlatives: Estimate
    others: Estimate


def kinds(claims: pd.DataFrame) -> Kinds:
    """Return how many claims are about a date, how many are superlatives, how many are others."""
    where, is_date, is_superlative = span_in_words(claims), claims["type"] == DATE, claims["type"] == SUPERLATIVE
    return Kinds(
        count(int(is_date.sum()), f"claims of type {DATE}{where}"),
        count(int(is_superlative.sum()), f"claims of type {SUPERLATIVE}{where}"),
        count(int((~is_date & ~is_superlative).sum()), f"claims of other types than {DATE} and {SUPERLATIVE}{where}"),
    )


class Closest(NamedTuple):
    """The two articles that share most runs of five words, and how many; the most that any other pair shares."""

    pair: Estimate
    runs: Estimate
    resemblance: Estimate
    next_runs: Estimate


def closest(links: pd.DataFrame) -> Closest:
    """Return which two articles resemble each other most (rows `overlap` of `claim_links`), by runs of five words."""
    rows = links[links["kind"] == "overlap"].sort_values("resemblance", ascending=False)
    first, others = rows.iloc[0], rows["shared_words"].iloc[1:]
    return Closest(
        text(f"{first['first_article'].upper()} and {first['second_article'].upper()}", "articles that resemble each other most"),
        count(first["shared_words"], "runs of five words that these two share"),
        share(first["resemblance"], "shared runs among all runs of five words of these two", digits=1),
        count(others.max(), "most runs of five words that another pair shares"),
    )  # fmt: skip


class Repeated(NamedTuple):
    """Passages of eight words or more that two of the articles share, and the words of the longest."""

    passages: Estimate
    longest: Estimate


def repeated(links: pd.DataFrame) -> Repeated:
    """Return the passages that two articles share (rows `repeated-passage` of `claim_links`)."""
    rows = links[links["kind"] == "repeated-passage"]
    return Repeated(
        count(rows, "passages that two of the articles share"),
        count(rows["shared_words"].max(), "words of the longest passage that two of the articles share"),
    )


class Copied(NamedTuple):
    """Passages that stand in other published texts too: their number, the texts, the claims, the text with most of them."""

    passages: Estimate
    texts: Estimate
    claims: Estimate
    most_in: Estimate
    most: Estimate


def copied(links: pd.DataFrame) -> Copied:
    """Return what the articles share with texts outside the set (rows `copied-passage` of `claim_links`)."""
    rows, texts = links[links["kind"] == "copied-passage"], copied_texts(links)
    return Copied(
        count(rows, "passages of the articles that stand in other published texts"),
        count(texts, "other published texts that share passages with the articles"),
        count(rows["first_claim"].nunique(), "claims in passages that stand in other published texts"),
        text(texts["key"].iloc[0], "other published text that shares most passages"),
        count(texts["passages"].iloc[0], "passages that stand in the text that shares most"),
    )


class CopiedErrors(NamedTuple):
    """Wrong claims in passages that stand in other texts: their number (`n` are all wrong claims) and which."""

    errors: Estimate
    which: Estimate


def copied_errors(links: pd.DataFrame, claims: pd.DataFrame) -> CopiedErrors:
    """Return how many of the wrong claims stand in passages that other published texts have too."""
    found = errors(claims)["claim_id"]
    both = sorted(found[found.isin(links.loc[links["kind"] == "copied-passage", "first_claim"])])
    words = "claims found wrong that stand in other published texts"
    return CopiedErrors(replace(count(both, words), n=len(found)), text(", ".join(both) or "none", f"the {words}"))


class Pairs(NamedTuple):
    """Pairs of claims that cannot both stand: all, inside one article, between two."""

    pairs: Estimate
    within: Estimate
    between: Estimate


def contradicting(links: pd.DataFrame) -> Pairs:
    """Return the number of pairs of claims that contradict each other (of `claim_links`)."""
    where = contradictions(links)["where"]
    return Pairs(
        count(where, "pairs of claims that contradict each other"),
        count(int((where == "inside one article").sum()), "pairs of contradicting claims inside one article"),
        count(int((where == "between articles").sum()), "pairs of contradicting claims of two articles"),
    )


class Part(NamedTuple):
    """Some events of a whole: their number and their share (with its Wilson interval); `n` is the number of all."""

    events: Estimate
    share: Estimate


def unnamed(events: pd.DataFrame, named: pd.DataFrame, last: str, strength: int = 3, sign: int = 0) -> Part:
    """Return how many of the strong events no article names: the numbers behind `silences`, whose parameters it has."""
    rows = strong(events, last, strength, sign)
    side = {0: f"{strength} or more on either side", 1: f"+{strength} or higher", -1: f"−{strength} or lower"}[sign]
    words = f"events coded {side} that no article names{span_in_words(events)}"
    return Part(*_part(~rows["event_id"].isin(set(named["event_id"])), words))


def mentioned(events: pd.DataFrame, named: pd.DataFrame, last: str, category: str = "") -> Part:
    """Return how many events up to the latest article are named by one: of all kinds, or of one category."""
    rows = strong(events, last, strength=0)
    kind = f" of kind {category}" if category else ""
    hit = rows.loc[rows["category"] == category if category else rows.index, "event_id"].isin(set(named["event_id"]))
    return Part(*_part(hit, f"events{kind} up to the latest article that an article names{span_in_words(events)}"))


def vetoes_named(events: pd.DataFrame, named: pd.DataFrame) -> Estimate:
    """Return how many Soviet vetoes in the register an article names; `n` is the number of all of them."""
    hit = events.loc[_vetoes(events), "event_id"].isin(set(named["event_id"]))
    return _part(hit, "Soviet vetoes that an article names")[0]


def hard_acts_unnamed(events: pd.DataFrame, named: pd.DataFrame, last: str) -> Estimate:
    """Return the number of hard acts that no article names (`hard_silences`)."""
    return count(hard_silences(events, named, last), "hard acts (−3 or lower, Soviet vetoes) that no article names")


class Framed(NamedTuple):
    """Claims that serve one of the frames, and the frame that most of them serve."""

    claims: Estimate
    commonest: Estimate


def framed(claims: pd.DataFrame) -> Framed:
    """Return how many claims serve a frame; `n` is the number of all claims."""
    number = claims["frame"].value_counts()
    return Framed(
        replace(count(int(number.sum()), f"claims that serve a frame{span_in_words(claims)}"), n=len(claims)),
        text(FRAMES[number.idxmax()].lower(), "frame that most claims serve"),
    )


class Evidence(NamedTuple):
    """Pieces of evidence, and the sources among them that are not those of the register's own rows."""

    pieces: Estimate
    sources: Estimate


def evidence_read(evidence: pd.DataFrame) -> Evidence:
    """Return how much evidence (rows of `claim_evidence`) the verdicts rest on."""
    return Evidence(
        count(evidence, "pieces of evidence on the claims"),
        count(evidence["key"].nunique(), "sources read for single claims, beyond those of the register's rows"),
    )


class Decisions(NamedTuple):
    """How claims were decided on which two codings differed, and what a third reading changed.

    `differ`: claims with two codes; of these `to_first`, `to_second`, `to_neither`. `overturned`: verdicts that the third
    reading changed; `tried`: contradictions that it tried to overturn; `listed`: claims on which a decision was needed.
    """

    differ: Estimate
    to_first: Estimate
    to_second: Estimate
    to_neither: Estimate
    overturned: Estimate
    tried: Estimate
    listed: Estimate


def adjudicated(codings: pd.DataFrame) -> Decisions:
    """Return how the differences of the two codings (rows of `claim_codings`) were decided, as numbers of claims."""
    third, kept = _third(codings), reliability.decided(codings)
    contradicted = (codings["adjudicated"] == "contradicted") | (third & (codings["first"] == "contradicted"))
    words = "claims on which the two codings differ"
    return Decisions(
        kept.differ.said(words),
        kept.first.said(f"{words}, decided for the first"),
        kept.second.said(f"{words}, decided for the second"),
        kept.neither.said(f"{words}, decided for neither"),
        count(int(third.sum()), "verdicts that the third reading changed"),
        count(int(contradicted.sum()), "contradictions that the third reading tried to overturn"),
        count(int((third | (codings["first"] != codings["second"])).sum()), "claims on which a decision was needed"),
    )
