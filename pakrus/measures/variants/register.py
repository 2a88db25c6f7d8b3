"""How much hangs on a choice: what the register counts, by coder, by scope, by what counts as a visit, and by phase boundary."""

from functools import cache

import numpy as np
import pandas as pd

from pakrus import cuts
from pakrus.measures import summary, voting
from pakrus.measures.proportions import wilson
from pakrus.measures.variants import Choice, Estimate, Figure, by_phase
from pakrus.terms import SCOPES


def rows(
    cut: pd.DataFrame, others: dict, events: pd.DataFrame, codings: pd.DataFrame, event_sources: pd.DataFrame,
    visits: pd.DataFrame, until: str,
) -> list[dict]:  # fmt: skip
    """Return, by phase, events with two origins, the balance of cooperation under each coding, and leaders' visits.

    The balance is the share of cooperative acts less that of conflictual ones, of bilateral acts; as another choice, of the
    acts of every scope. `codings` has `event_id`, `first`, `second`; an event that waits for its second coding is left
    out where the codings are compared, and only there. Visits, meetings and calls of heads of state or government are
    counted per year (to the day `until`), with the exact Poisson interval. Counts are of what was found.
    """
    done = events[events["status"] == "happened"]
    contact = cache(
        lambda name: summary.contact_by(every_cut[name], events, event_sources, visits, until).set_index("phase")
    )
    every_cut = {"": cut, **{name: moved for name, (_, moved) in others.items()}}
    coded = codings.set_index("event_id")
    code = {name: done["event_id"].map(coded[name]).astype(float) for name in ("first", "second")}
    code["adjudicated"] = done["cooperation"].astype(float)

    def of(
        one_cut: pd.DataFrame,
    ) -> pd.DataFrame:  # frames cannot be remembered by; the first days tell cuts apart
        name = next(
            key for key, other in every_cut.items() if other["first_day"].tolist() == one_cut["first_day"].tolist()
        )
        return contact(name)

    def origins(one_cut: pd.DataFrame) -> dict[str, Estimate]:
        frame = of(one_cut)
        ends = wilson((frame["two_origins"] * frame["events"]).round(), frame["events"])
        parts = zip(frame.index, ends["share"], ends["low"], ends["high"], frame["events"], strict=True)
        return {phase: Estimate(float(s), float(lo), float(hi), int(n)) for phase, s, lo, hi, n in parts}

    def balance(name: str, scopes: tuple[str, ...] = ("bilateral",)):
        def of_cut(one_cut: pd.DataFrame) -> dict[str, Estimate]:
            phase, found = cuts.phase_of_dates(done["date"], one_cut, done["phase"]), {}
            for key, one in enumerate(one_cut["phase"], start=2000):
                signs = np.sign(code[name][(phase == one) & done["scope"].isin(scopes)].dropna().to_numpy())
                found[one] = Estimate(float(signs.mean()), *voting.bootstrap_interval(signs, key), len(signs))
            return found

        return of_cut

    def leaders(columns: tuple[str, ...]):
        from statsmodels.stats.rates import confint_poisson  # here: it takes long to load

        def of_cut(one_cut: pd.DataFrame) -> dict[str, Estimate]:
            found = {}
            for phase, record in of(one_cut).iterrows():
                count, years = int(record[list(columns)].sum()), float(record["years"])
                low, high = confint_poisson(count, years, method="exact-c")  # low is missing for no event
                found[phase] = Estimate(count / years, 0.0 if np.isnan(low) else float(low), float(high), count)
            return found

        return of_cut

    unit = "difference of shares"
    figure = Figure("two-origins", "register", "Share of events with two or more origins", "share 0-1")
    out = by_phase(figure, [Choice("baseline", "as coded", origins)], cut, others, unit)
    choices = [
        Choice("baseline", "bilateral acts, adjudicated coding", balance("adjudicated")),
        Choice("coding", "first coding", balance("first")),
        Choice("coding", "second coding", balance("second")),
        Choice("scope", "acts of every scope", balance("adjudicated", tuple(SCOPES))),
    ]
    figure = Figure("balance", "register", "Cooperative less conflictual acts, share", unit)
    out += by_phase(figure, choices, cut, others, unit)
    choices = [
        Choice("baseline", "all visits, meetings and calls", leaders(("leaders_PAK", "leaders_RUS"))),
        Choice("definition", "official visits only", leaders(("leaders_bilateral",))),
    ]
    figure = Figure("leaders", "register", "Leaders' visits, meetings and calls per year", "per year")
    return out + by_phase(figure, choices, cut, others, "per year")
