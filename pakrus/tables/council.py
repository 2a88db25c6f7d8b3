"""The Security Council when it was divided: adopted texts with a vote against or an abstention, and drafts that failed.

In: the outcomes of the meetings pages and the veto list (to June 2022), the UN's texts with members' votes (2000 on). Out:
`unsc_divided`, one row per outcome since 1946; `unsc_ballots`, every member's vote since 2000; `unsc_terms`, each elected
member's term against Moscow, Peking and Washington. The difficulty: the pages tell no member's vote but a veto, and the
texts of the UN have no drafts that failed, so what is known of a row depends on its date, and each says where it is from.
"""

import pandas as pd

from pakrus.measures.council import PERMANENT, TERMS
from pakrus.sources import council
from pakrus.sources.files import Upstream, require
from pakrus.sources.unsc import NUMBERS, all_outcomes, veto_list
from pakrus.tables.unsc import join_vetoes

VOTES = ("PAK", "RUS", "CHN", "USA")
FAILED = ("vetoed", "not-adopted")
COLUMNS = [
    "outcome_id", "date", "symbol", "topic", "outcome", *NUMBERS, "vetoed_by", *VOTES, "parted", "pakistan_term", "found_in",
]  # fmt: skip


def _term(date: str) -> str:
    """Return Pakistan's term ("2003-04") on a day, empty when it was no member."""
    year = int(date[:4])
    return next((f"{first}-{last % 100:02d}" for first, last in TERMS if first <= year <= last), "")


def _from_pages(upstream: Upstream) -> pd.DataFrame:
    """Return divided and failed outcomes of the pages and the veto list in the columns of the table."""
    rows = join_vetoes([dict(row) for row in upstream.once(all_outcomes)], upstream.once(veto_list))
    kept = []
    for row in rows:
        against, abstained = row.get("against") or 0, row.get("abstained") or 0
        if not (row["outcome"] in FAILED or (row["outcome"] == "adopted" and against + abstained > 0)):
            continue
        vetoed_by = row["vetoed_by"] if row["outcome"] == "vetoed" else ""
        row["topic"] = row.get("veto_topic") or row["topic"]
        votes = {state: "no" if state in vetoed_by else None for state in VOTES}
        kept.append({**dict.fromkeys(NUMBERS), **row, **votes, "vetoed_by": vetoed_by})
    return pd.DataFrame(kept)


def divided(upstream: Upstream) -> pd.DataFrame:
    """Return every divided adopted text and every draft that failed, 1946 on (drafts: to June 2022).

    Columns: `outcome_id` (date and number), `date`, `symbol`, `topic`, `outcome` (`adopted`, `vetoed`, `not-adopted`),
    `in_favour`, `against`, `abstained`, `vetoed_by` (codes), the votes of PAK, RUS, CHN and USA (adopted texts since 2000;
    before, and of drafts, a permanent member's veto alone), `parted` (whether Russia and the United States voted
    otherwise; empty when one vote is unknown), `pakistan_term` (Pakistan's term, empty when it did not sit), `found_in`
    (`meetings`, `veto-list`, `both`, `texts` (of the UN), `meetings and texts`).

    Raises
    ------
    UpstreamError
        When both sources have a text and count its votes differently.
    """
    pages, texts = _from_pages(upstream), upstream.once(council.divided)
    symbols = pages["symbol"].str.replace(r"^(S/RES/\d+) ?\(", r"\1 (", regex=True)
    counted = pages.assign(symbol=symbols).drop_duplicates("symbol").set_index("symbol")
    for row in texts[texts["symbol"].isin(counted.index)].itertuples():
        two = tuple(
            tuple(int(n) for n in (at["in_favour"], at["against"], at["abstained"]))
            for at in (counted.loc[row.symbol], row._asdict())
        )
        require(two[0] == two[1], council.DIVIDED, f"{row.symbol}: {two[1]} votes, the page has {two[0]}.")
    both = texts["symbol"].isin(counted.index)
    texts = texts.assign(outcome="adopted", vetoed_by="", record="", found_in="texts")
    texts.loc[both, "found_in"] = "meetings and texts"
    frame = pd.concat([pages[~symbols.isin(texts["symbol"])], texts], ignore_index=True)
    # the pages' one row for two records of one veto is one outcome already; order within a day by meeting, then symbol
    frame["order"] = pd.to_numeric(frame["record"].str.extract(r"(\d+)$", expand=False)).fillna(0)
    frame = frame.sort_values(["date", "order", "symbol"], kind="stable", ignore_index=True)
    frame["outcome_id"] = frame["date"] + "-" + (frame.groupby("date").cumcount() + 1).astype(str)
    for column in NUMBERS:
        frame[column] = frame[column].astype("Int64")
    known = frame["RUS"].notna() & frame["USA"].notna()
    frame["parted"] = (frame["RUS"] != frame["USA"]).astype("boolean").where(known)
    frame["pakistan_term"] = frame["date"].map(_term)
    return frame[COLUMNS]


def ballots(upstream: Upstream) -> pd.DataFrame:
    """Return every member's vote on every divided adopted text since 2000: see `pakrus.sources.council.ballots`."""
    return upstream.once(council.ballots)


def terms(upstream: Upstream) -> pd.DataFrame:
    """Return for each elected member and term since 2000 how it voted beside Moscow, Peking and Washington.

    Columns: `member`, `first_year`, `last_year` (with divided texts, at most two), `complete` (both years of a term are in
    the files), `n_adopted` (all texts adopted in these years), `n` (divided texts on which it voted), `same_rus`, `same_chn`, `same_usa` (same vote), `n_parted` (of these,
    Russia and the United States voted otherwise), `parted_rus`, `parted_usa` (member with one of them).
    """
    frame, adopted = upstream.once(council.ballots), upstream.once(council.adopted)
    wide = frame.pivot(index=["symbol", "date"], columns="member", values="vote").reset_index()
    years = wide["date"].str[:4].astype(int)
    first, last = council.YEARS[0], council.YEARS[-1]
    rows = []
    for member in (name for name in wide.columns if name not in ("symbol", "date", *PERMANENT)):
        sat = sorted(set(years[wide[member].notna()]))
        while sat:
            term = [year for year in sat if year < sat[0] + 2]
            sat = [year for year in sat if year not in term]
            own = wide[years.isin(term) & wide[member].notna()]
            known = own["RUS"].notna() & own["USA"].notna()
            apart = own[known & (own["RUS"] != own["USA"])]
            rows.append({
                "member": member, "first_year": term[0], "last_year": term[-1],
                "complete": len(term) == 2 and first <= term[0] and term[-1] < last, "n_adopted": int(adopted[term].sum()), "n": len(own),
                **{f"same_{state.lower()}": int((own[member] == own[state]).sum()) for state in ("RUS", "CHN", "USA")},
                "n_parted": len(apart),
                **{f"parted_{state.lower()}": int((apart[member] == apart[state]).sum()) for state in ("RUS", "USA")},
            })  # fmt: skip
    return pd.DataFrame(rows).sort_values(["first_year", "member"], ignore_index=True)
