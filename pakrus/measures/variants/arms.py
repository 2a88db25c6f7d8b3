"""How much hangs on a choice: arms delivered to Pakistan by Moscow, by edition and with and without a doubtful order."""

import pandas as pd

from pakrus.measures import summary
from pakrus.measures.variants import Choice, Estimate, Figure, by_phase, row

DOUBTFUL = (1984, 1985)  # Soviet deliveries of these years belong to an order of 1983 that rests on one row alone


def rows(
    published: pd.DataFrame, split: pd.DataFrame, cut: pd.DataFrame, others: dict, supplier: str = "RUS"
) -> list[dict]:
    """Return volume delivered to Pakistan and the supplier's share, by state and by phase, in the two editions.

    Both frames have `year`, `supplier`, `recipient`, `tiv`; `split` is the register's volume shared evenly over each
    row's delivery years, cut off at the last year that the published volumes cover. TIV has no interval.
    """
    last = int(published["year"].max())
    own = published[published["recipient"] == "PAK"]
    doubtful = (own["supplier"] == supplier) & own["year"].isin(DOUBTFUL)
    covered = split[(split["recipient"] == "PAK") & (split["year"] <= last)]
    editions = {
        ("baseline", "published, edition of July 2022"): own,
        ("definition", "without the doubtful order of 1983"): own[~doubtful],
        ("edition", "even split of the register of March 2025"): covered,
    }  # fmt: skip
    spans = {"ussr": ("the USSR", 1950, 1991), "russia": ("Russia", 1992, last)}
    out, sums, base = [], {}, next(iter(editions))
    for key, (name, first, end) in spans.items():
        found, years = {}, f"{first}-{end}"
        for edition, frame in editions.items():
            inside = frame[frame["year"].between(first, end)]
            mine = sums[key, edition] = float(inside.loc[inside["supplier"] == supplier, "tiv"].sum())
            found[edition] = (mine, mine / float(inside["tiv"].sum()))
        for place, id_, words, unit in (
            (0, key, f"Volume of arms delivered to Pakistan by {name}", "million TIV"),
            (1, f"{key}-share", f"Share of {name} in the arms delivered to Pakistan", "share 0-1"),
        ):
            figure = Figure(f"arms-{id_}", "arms", words, unit)
            for edition, values in found.items():
                estimate = Estimate(values[place], n=end - first + 1, covers=years)
                out.append(row(figure, years, *edition, estimate, found[base][place]))
    words, years = "Volume delivered by Russia less that by the USSR", f"1950-{last}"
    more = Figure("arms-russia-less-ussr", "arms", words, "million TIV", zero=0.0)
    gaps = {edition: sums["russia", edition] - sums["ussr", edition] for edition in editions}
    for edition, gap in gaps.items():
        out.append(row(more, years, *edition, Estimate(gap, n=last - 1949, covers=years), gaps[base]))
    no_trade = pd.DataFrame({"year": [], "partner": [], "value_usd_m": []})

    def share(frame: pd.DataFrame):
        def of_cut(one_cut: pd.DataFrame) -> dict[str, Estimate]:
            found = summary.exchange_by(one_cut, frame.assign(method="published"), no_trade, supplier)
            return {r.phase: Estimate(r.tiv_share, n=r.tiv_years, covers=f"to {last}") for r in found.itertuples()}

        return of_cut

    choices = [Choice(*edition, share(frame)) for edition, frame in editions.items()]
    figure = Figure("arms-share", "arms", "Share of the USSR/Russia in the arms delivered to Pakistan", "share 0-1")
    return out + by_phase(figure, choices, cut, others, "difference of shares")
