"""The book's criteria, applied: which marks of alignment, realignment, hedging or little each phase shows.

What comes in: the rows of a phase (`Phase.rows` of `TABLES`), places among all states (`unga_rank_spans`) and their changes
(`unga_rank_shifts`). What goes out: one row for each criterion and phase with verdict and the numbers that decide it. The
thresholds are written here and stated in the conclusion; none was fitted, all were set after the figures were known. The one
difficulty is sureness: votes have intervals, counts and shares have none, and a criterion that the tables cannot decide must say
so instead of failing. So there are five verdicts, and only votes can lean. "Cannot tell" is said where there is no series, where
there is no phase before, and of a step whose interval holds zero.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from pakrus.estimate import Estimate, count, number, percent, share, signed
from pakrus.measures import contact, nearness
from pakrus.measures.arms import deliveries
from pakrus.measures.trade import mean_share
from pakrus.terms import BILATERAL, CRITERION_VERDICTS, named

MET, LEANS, AGAINST, NOT_MET, UNKNOWN = VERDICTS = CRITERION_VERDICTS
TABLES = ("arms_volume", "trade_partners", "visits", "agreements")
MAIN_SUPPLIER = 0.10  # a supplier of arms or partner in trade from this share on
KEPT_SUPPLIER = 0.05  # a supplier that is kept: several of them are a mark of hedging
SMALL_TRADE = 0.01  # a share in trade below this is little; two records of the same flow may differ by as much
SECURITY = ("defence", "security", "political")  # fields of a treaty that would bind the two
OTHERS = ("IND", "CHN")  # whom Moscow must pass to be Pakistan's nearest
CAPITALS = ("RUS", "CHN", "IND", "USA")


class Finding(NamedTuple):
    """What a criterion found in a phase: its verdict and the numbers in words."""

    verdict: str
    found: str


class Given(NamedTuple):
    """What a criterion is asked of: a phase's id, the one before it, the rows of both, and the places among all states."""

    phase: str
    before: str | None
    rows: dict[str, pd.DataFrame]
    placed: pd.DataFrame
    shifts: pd.DataFrame
    rows_before: dict[str, pd.DataFrame] | None = None

    def points(self, partner: str) -> Estimate:
        """Return how far above the median state Pakistan votes with a power."""
        return nearness.near(self.placed, "PAK", partner, self.phase).above_median

    def step(self, state: str, partner: str) -> Estimate | None:
        """Return how far a pair moved against the median state since the phase before; None in the first phase."""
        if self.before is None:
            return None
        return nearness.shift(self.shifts, state, partner, self.before, self.phase).above_median


def _signed(one: Estimate) -> str:
    return f"{signed(one.value, 1)} [{number(one.low, 1)}, {number(one.high, 1)}]"


def _sure(holds: bool, sure: bool) -> str:
    """Return the verdict of a comparison: a bare one where intervals are apart, a leaning one where they are not."""
    return (MET if sure else LEANS) if holds else (NOT_MET if sure else AGAINST)


def nearest_is_moscow(given: Given) -> Finding:
    """Alignment: Pakistan stands nearer to Moscow than to Delhi and to Peking; sure where the intervals are apart."""
    own, others = given.points("RUS"), [given.points(name) for name in OTHERS]
    holds = all(own.value > other.value for other in others)
    # to be the nearest Moscow must pass both; that one is surely nearer is enough for it not to be
    sure = all(own.low > one.high for one in others) if holds else any(one.low > own.high for one in others)
    return Finding(_sure(holds, sure), f"{_signed(own)}; Delhi {_signed(others[0])}, Peking {_signed(others[1])}")


def moscow_in_upper_half(given: Given) -> Finding:
    """Alignment: Moscow stands in the upper half of Pakistan's own partners by identical votes."""
    rank = nearness.near(given.placed, "RUS", "PAK", given.phase).rank
    middle = (rank.n + 1) / 2
    holds = rank.value < middle
    sure = rank.high < middle if holds else rank.low > middle
    return Finding(_sure(holds, sure), f"{rank.text} of {rank.n} [{number(rank.low)}, {number(rank.high)}]")


def main_supplier(given: Given) -> Finding:
    """Alignment: Moscow delivers at least a tenth of the arms (`MAIN_SUPPLIER`)."""
    part = deliveries(given.rows["arms_volume"], "RUS").share
    return Finding(MET if part.value >= MAIN_SUPPLIER else NOT_MET, percent(part.value))


def main_partner(given: Given) -> Finding:
    """Alignment: Moscow has at least a tenth of Pakistan's trade; where no year is covered nothing can be told."""
    part = mean_share(given.rows["trade_partners"], "RUS")
    if not part.n:
        return Finding(UNKNOWN, "no series")
    return Finding(MET if part.value >= MAIN_SUPPLIER else NOT_MET, percent(part.value, 1))


def security_treaty(given: Given) -> Finding:
    """Alignment: the two signed a treaty, between themselves, on defence or security."""
    agreements = given.rows["agreements"]
    found = contact.signed(agreements[agreements["field"].isin(SECURITY)], "treaty")
    return Finding(MET if found.value else NOT_MET, found.text)


def official_both_ways(given: Given) -> Finding:
    """Alignment: leaders came on official visits in both directions."""
    visits = given.rows["visits"]
    official = contact.hosts(visits[visits["kind"].isin(BILATERAL)])
    holds = bool(official.in_moscow.value and official.in_pakistan.value)
    words = f"{official.in_moscow.text} to Moscow, {official.in_pakistan.text} to Pakistan"
    return Finding(MET if holds else NOT_MET, words)


def step_to_moscow(given: Given) -> Finding:
    """Realignment: since the phase before, Pakistan came nearer to Moscow by more than the interval."""
    return _step(given.step("PAK", "RUS"), up=True)


def step_from_washington(given: Given) -> Finding:
    """Realignment: since the phase before, Pakistan went from Washington by more than the interval."""
    return _step(given.step("PAK", "USA"), up=False)


def step_of_its_own(given: Given) -> Finding:
    """Realignment: Pakistan's step towards Moscow is one that neither Delhi nor Peking took."""
    own, others = given.step("PAK", "RUS"), [given.step(name, "RUS") for name in OTHERS]
    if own is None or own.low <= 0:
        return Finding(UNKNOWN, "no sure step")
    alone = all(other.low <= 0 for other in others)
    return Finding(MET if alone else NOT_MET, f"Delhi {_signed(others[0])}, Peking {_signed(others[1])}")


def _step(step: Estimate | None, up: bool) -> Finding:
    """Return the verdict of a step: one whose interval holds zero cannot be told from none."""
    if step is None:
        return Finding(UNKNOWN, "first phase")
    if step.low <= 0 <= step.high:
        return Finding(UNKNOWN, _signed(step))
    return Finding(MET if (step.value > 0) == up else NOT_MET, _signed(step))


def several_near(given: Given) -> Finding:
    """Hedging: Pakistan stands above the median state with Moscow and with another of the four capitals."""
    points = {name: given.points(name) for name in CAPITALS}
    above = [name for name, one in points.items() if one.value > 0]
    surely = [name for name, one in points.items() if one.low > 0]
    holds = "RUS" in above and len(above) > 1
    alone = all(one.high < 0 for name, one in points.items() if name != "RUS")
    sure = ("RUS" in surely and len(surely) > 1) if holds else points["RUS"].high < 0 or alone
    return Finding(_sure(holds, sure), f"{len(above)} of {len(CAPITALS)} above the median")


def several_suppliers(given: Given) -> Finding:
    """Hedging: three suppliers of arms or more with a twentieth each (`KEPT_SUPPLIER`), Moscow among them."""
    parts = _suppliers(given.rows["arms_volume"])
    kept = parts[parts >= KEPT_SUPPLIER]
    holds = len(kept) >= 3 and "RUS" in kept.index
    return Finding(MET if holds else NOT_MET, f"{len(kept)} suppliers, Moscow {percent(parts.get('RUS', 0.0))}")


def suppliers_kept(given: Given) -> Finding:
    """Hedging: no main supplier of the phase before (`MAIN_SUPPLIER`) has fallen below a twentieth (`KEPT_SUPPLIER`)."""
    if given.rows_before is None:
        return Finding(UNKNOWN, "first phase")
    before, now = _suppliers(given.rows_before["arms_volume"]), _suppliers(given.rows["arms_volume"])
    called = given.rows_before["arms_volume"].set_index("supplier")["supplier_name"].to_dict()
    main = before[before >= MAIN_SUPPLIER].index
    lost = [f"{called[name]} {percent(now.get(name, 0.0))}" for name in main if now.get(name, 0.0) < KEPT_SUPPLIER]
    words = f"{len(main) - len(lost)} of {len(main)} kept"
    return Finding(NOT_MET if lost else MET, f"{words}; lost: {', '.join(lost)}" if lost else words)


def _suppliers(volume: pd.DataFrame) -> pd.Series:
    """Return the share (0-1) of each supplier in the arms delivered to Pakistan, by published volumes (rows of `arms_volume`)."""
    own = volume[(volume["recipient"] == "PAK") & (volume["method"] == "published")]
    return own.groupby("supplier")["tiv"].sum() / own["tiv"].sum()


def at_the_median(given: Given) -> Finding:
    """Little: with Moscow Pakistan votes as the median state does."""
    own = given.points("RUS")
    holds = own.low <= 0 <= own.high
    return Finding(LEANS if holds else NOT_MET, _signed(own))  # an interval that holds zero proves no zero


def trade_is_small(given: Given) -> Finding:
    """Little: Moscow's share in trade is below a hundredth (`SMALL_TRADE`); where no year is covered nothing can be told."""
    part = mean_share(given.rows["trade_partners"], "RUS")
    if not part.n:
        return Finding(UNKNOWN, "no series")
    return Finding(MET if part.value < SMALL_TRADE else NOT_MET, percent(part.value, 1))


def met_where_many_meet(given: Given) -> Finding:
    """Little: most meetings of leaders were on the margins of others' or calls."""
    part = contact.on_margins_or_calls(given.rows["visits"])
    if not part.n:
        return Finding(UNKNOWN, "no meeting")
    return Finding(MET if part.value > 0.5 else NOT_MET, f"{percent(part.value)} of {part.n}")


# concept, criterion in words, what decides it
CRITERIA: tuple[tuple[str, str, Callable[[Given], Finding]], ...] = (
    ("Alignment", "Nearer to Moscow than to Delhi and Peking", nearest_is_moscow),
    ("Alignment", "Moscow in the upper half of Pakistan’s partners", moscow_in_upper_half),
    ("Alignment", "A tenth of the arms from Moscow", main_supplier),
    ("Alignment", "A tenth of the trade with Moscow", main_partner),
    ("Alignment", "A treaty on security", security_treaty),
    ("Alignment", "Official visits of leaders both ways", official_both_ways),
    ("Realignment", "A step towards Moscow in votes", step_to_moscow),
    ("Realignment", "… that Delhi and Peking did not take", step_of_its_own),
    ("Realignment", "A step away from Washington in votes", step_from_washington),
    ("Hedging", "Near to Moscow and to another capital", several_near),
    ("Hedging", "Several suppliers of arms, Moscow one of them", several_suppliers),
    ("Hedging", "Main suppliers of the phase before kept", suppliers_kept),
    ("Little", "Votes as the median state votes", at_the_median),
    ("Little", "Trade below a hundredth of the whole", trade_is_small),
    ("Little", "Leaders meet where many meet", met_where_many_meet),
)


def judged(rows: dict[str, dict[str, pd.DataFrame]], placed: pd.DataFrame, shifts: pd.DataFrame) -> pd.DataFrame:
    """Return the verdict of every criterion in every phase.

    `rows` are those of `TABLES` by phase, in the phases' order. Columns: `concept`, `criterion`, `phase`, `verdict` (one of
    `VERDICTS`), `found` (the numbers that decide, in words).

    Raises
    ------
    KeyError
        When places or changes lack a phase.
    """
    order = list(rows)
    given = [
        Given(phase, before, rows[phase], placed, shifts, rows.get(before))
        for before, phase in zip([None, *order], order, strict=False)
    ]
    return pd.DataFrame(
        [
            {"concept": concept, "criterion": words, "phase": one.phase, **decide(one)._asdict()}
            for concept, words, decide in CRITERIA
            for one in given
        ]
    )


# the changes between phases of which the table `sensitivity` has every variant: panel of the picture, ids of its figures
CHANGES = {
    title: [f"{kind}-change-{phase}" for phase in ("post-1991", "post-9-11", "sco-era")]
    for title, kind in (
        ("Identical votes", "agreement"),
        ("Percentile", "percentile"),
        ("Distance of ideal points", "distance"),
        ("Share of arms", "arms-share"),
    )
}
STEPS = (("PAK", "RUS"), ("PAK", "USA"), ("IND", "RUS"), ("CHN", "RUS"))


def steps(shifts: pd.DataFrame, phases: list[str]) -> pd.DataFrame:
    """Return how far four pairs moved against the median state from each phase to the next.

    Columns: `phase` (the later one), `state`, `partner`, `points` (percentage points) with `low` and `high` (95 %).
    """
    rows = []
    for before, phase in zip(phases, phases[1:], strict=False):
        for state, partner in STEPS:
            one = nearness.shift(shifts, state, partner, before, phase).above_median
            rows.append((phase, state, partner, one.value, one.low, one.high))
    return pd.DataFrame(rows, columns=["phase", "state", "partner", "points", "low", "high"])


def weights(
    rows: dict[str, dict[str, pd.DataFrame]], partners: tuple[str, ...] = ("RUS", "CHN", "USA")
) -> pd.DataFrame:
    """Return the shares of powers in the arms delivered to Pakistan and in its trade, by phase.

    Columns: `of` ("Arms delivered" or "Trade"), `phase`, `partner`, `share` (0-1); a phase without a series has no row.
    """
    found = []
    for of, table, measure in (
        ("Arms delivered", "arms_volume", lambda frame, name: deliveries(frame, name).share),
        ("Trade", "trade_partners", mean_share),
    ):
        for phase, tables in rows.items():
            parts = [(of, phase, name, measure(tables[table], name)) for name in partners if len(tables[table])]
            found += [(*one[:3], one[3].value) for one in parts if one[3].n]
    return pd.DataFrame(found, columns=["of", "phase", "partner", "share"])


def meetings(rows: dict[str, dict[str, pd.DataFrame]]) -> pd.DataFrame:
    """Return the meetings of leaders by phase and kind: official visits, on the margins of others', calls.

    Columns: `phase`, `kind` (`official`, `margins`, `calls`), `meetings`.
    """
    found = []
    for phase, tables in rows.items():
        visits = tables["visits"]
        met, in_person = contact.leaders(visits, 1.0), contact.leaders_in_person(visits)
        parts = {
            "official": met.official.value,
            "margins": in_person.meetings.value - met.official.value,
            "calls": met.meetings.value - in_person.meetings.value,
        }
        found += [(phase, kind, value) for kind, value in parts.items()]
    return pd.DataFrame(found, columns=["phase", "kind", "meetings"])


def tally(verdicts: pd.DataFrame, concept: str, phase: str) -> Estimate:
    """Return how many criteria of a concept a phase meets or leans to meet, of those that the tables can decide.

    Raises
    ------
    KeyError
        When there is no such concept or phase; the message lists those that are.
    """
    own = verdicts[(verdicts["concept"] == concept) & (verdicts["phase"] == phase)]
    if own.empty:
        there = {name: list(verdicts[name].unique()) for name in ("concept", "phase")}
        raise KeyError(f"no criteria of {concept!r} in {phase!r}; there are {there}")
    decided = own[own["verdict"] != UNKNOWN]
    words = f"criteria of {concept.lower()} met or leaning to be, of those that the tables decide, {phase}"
    found = count(int(decided["verdict"].isin([MET, LEANS]).sum()), words, "criteria")
    return Estimate(found.value, n=len(decided), unit="criteria", words=words)


def most(verdicts: pd.DataFrame, concept: str) -> Estimate:
    """Return the largest count of criteria of a concept that any phase meets or leans to meet."""
    counts = [tally(verdicts, concept, phase) for phase in verdicts["phase"].unique()]
    return count(max(one.value for one in counts), f"most criteria of {concept.lower()} met in any phase", "criteria")


def part(weights: pd.DataFrame, of: str, partner: str, phase: str) -> Estimate:
    """Return the share of a power in arms or trade in a phase (a row of `weights`).

    Raises
    ------
    KeyError
        When there is no such row; the message says which there are.
    """
    row = weights[(weights["of"] == of) & (weights["partner"] == partner) & (weights["phase"] == phase)]
    if row.empty:
        raise KeyError(
            f"no share of {partner!r} in {of!r} in {phase!r}; there are {weights['phase'].unique().tolist()}"
        )
    return share(row["share"].iloc[0], f"share of {named(partner)} in {of.lower()}, {phase}")


def largest(weights: pd.DataFrame, of: str, partner: str) -> Estimate:
    """Return the largest share of a power in arms or trade in any phase (rows of `weights`)."""
    own = weights[(weights["of"] == of) & (weights["partner"] == partner)]
    digits = 1 if own["share"].max() < 0.05 else 0
    words = f"largest share of {named(partner)} in {of.lower()}, by phase"
    return share(own["share"].max(), words, len(own), digits=digits)


def shown(verdicts: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    """Return the verdicts as a table for the page: a row a criterion, a column a phase, each cell verdict and numbers.

    `titles` are the phases' names by their ids.
    """
    cells = verdicts.assign(cell=verdicts["verdict"].str.capitalize() + ": " + verdicts["found"])
    order = list(dict.fromkeys(zip(verdicts["concept"], verdicts["criterion"], strict=True)))
    wide = cells.pivot(index=["concept", "criterion"], columns="phase", values="cell").loc[order, list(titles)]
    named_columns = titles | {"concept": "Concept", "criterion": "Criterion"}
    return wide.reset_index().rename(columns=named_columns).rename_axis(columns=None)
