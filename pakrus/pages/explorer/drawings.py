"""The explorer's pictures as SVG: bars by year, lanes by kind, the map, life-lines of projects. Drawn once, at the build.

In come rows; out comes markup without colours, which the style gives. Marks stand in the order of their rows in the list
below, so that the script can dim what a filter leaves out without any key. Shapes tell acts apart: a circle is
cooperative, a square neutral, a triangle conflictual.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from pakrus import dates
from pakrus.terms import CATEGORIES

Row = dict[str, str]
FIRST, WIDE = 1947, 960
LEFT = 130  # where time begins, beside the words
FRAME = (-12.0, -2.0, 145.0, 66.0)  # west, south, east, north
FLAT = math.cos(math.radians(34))  # a degree of longitude at the latitude in the middle of the map
SCALE = WIDE / ((FRAME[2] - FRAME[0]) * FLAT)


def act(row: Row) -> str:
    """The act of an event: cooperative, neutral or conflictual."""
    score = int(row["cooperation"])
    return "cooperative" if score > 0 else "conflictual" if score < 0 else "neutral"


def years(events: Iterable[Row]) -> dict[int, Counter[str]]:
    """How many events of each act a year has, for every year from the first to the last."""
    found: dict[int, Counter[str]] = {}
    for row in events:
        found.setdefault(dates.year(row["date"]), Counter())[act(row)] += 1
    last = max(found, default=FIRST)
    return {year: found.get(year, Counter()) for year in range(FIRST, last + 1)}


def bars(events: Iterable[Row]) -> Markup:
    """One bar a year: cooperative up, neutral on top of it, conflictual down."""
    counts = years(events)
    step, ground, deep = WIDE / len(counts), 160, 65
    most = max((acts["cooperative"] + acts["neutral"] for acts in counts.values()), default=1)
    least = max((acts["conflictual"] for acts in counts.values()), default=1)
    unit = min(6, (ground - 5) / max(most, 1), deep / max(least, 1))  # one scale up and down
    parts = []
    for at, (year, acts) in enumerate(counts.items()):
        x, width = at * step, step - 1.5
        up, level, down = acts["cooperative"] * unit, acts["neutral"] * unit, acts["conflictual"] * unit
        words = (
            f"{year}: {acts['cooperative']} cooperative, {acts['neutral']} neutral, {acts['conflictual']} conflictual"
        )
        pieces = [
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
            for kind, y, height in (
                ("cooperative", ground - up, up), ("neutral", ground - up - level, level), ("conflictual", ground + 2, down),
            ) if height
        ]  # fmt: skip
        hit = f'<rect class="hit" x="{x:.1f}" y="0" width="{step:.1f}" height="230"/>'
        label = f'<text x="{x + step / 2:.1f}" y="245">{year}</text>' if year % 10 == 0 else ""
        parts.append(f'<g data-year="{year}"><title>{words}</title>{hit}{"".join(pieces)}{label}</g>')
    return Markup(f'<svg viewBox="0 0 {WIDE} 250" id="bars">{"".join(parts)}</svg>')


def across(date: str, last: int) -> float:
    """Where a date lies between the first year and the end of the last."""
    return LEFT + (dates.decimal(date) - FIRST) / (last + 1 - FIRST) * (WIDE - LEFT - 10)


def scale(last: int, high: float) -> str:
    """The lines and names of the decades."""
    lines = []
    for year in range(1950, last + 1, 10):
        x = across(str(year) + "-01-01", last)
        lines.append(f'<path class="line" d="M{x:.1f} 0V{high:g}"/><text x="{x:.1f}" y="{high + 14:g}">{year}</text>')
    return "".join(lines)


def lanes(events: list[Row]) -> Markup:
    """Time by kind: a lane a kind, a mark an event, marks of one month beside each other up and down."""
    last = max((dates.year(row["date"]) for row in events), default=FIRST)
    order, high, taken, marks = list(CATEGORIES), 34, Counter(), []
    for row in events:
        lane = order.index(row["category"])
        x = across(row["date"], last)
        turn = taken[lane, int(x / 7)]
        taken[lane, int(x / 7)] += 1
        y = lane * high + high / 2 + (turn + 1) // 2 * 5 * (1 if turn % 2 else -1)
        y = min(max(y, lane * high + 4), lane * high + high - 4)
        marks.append(f'<use href="#{act(row)}" x="{x:.1f}" y="{y:.1f}"/>')
    names = "".join(
        f'<text class="name" x="{LEFT - 8}" y="{at * high + high / 2 + 4:g}">{CATEGORIES[kind]}</text>'
        f'<path class="line" d="M{LEFT} {(at + 1) * high}H{WIDE}"/>'
        for at, kind in enumerate(order)
    )
    tall = len(order) * high
    return Markup(
        f'<svg viewBox="0 0 {WIDE} {tall + 20}" id="lanes">{scale(last, tall)}{names}<g class="marks">{"".join(marks)}</g></svg>'
    )


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A place on the map: degrees are as far apart as they are at its middle."""
    return (longitude - FRAME[0]) * FLAT * SCALE, (FRAME[3] - latitude) * SCALE


def on_map(longitude: float, latitude: float) -> bool:
    """Whether a place lies in the map's frame."""
    return FRAME[0] <= longitude <= FRAME[2] and FRAME[1] <= latitude <= FRAME[3]


def land(rows: Iterable[Row]) -> str:
    """Outlines as one path, in whole points; points that fall on the one before are left out."""
    rings: dict[str, list[str]] = {}
    for row in rows:
        x, y = project(float(row["longitude"]), float(row["latitude"]))
        rings.setdefault(row["ring"], [])
        point = f"{x:.0f} {y:.0f}"
        if rings[row["ring"]][-1:] != [point]:
            rings[row["ring"]].append(point)
    return "".join(f"M{'L'.join(points)}Z" for points in rings.values() if len(points) > 3)


def map_of(places: Iterable[Row], counts: Mapping[str, int], outlines: str) -> Markup:
    """Land and a circle a place, its area the number of events there; no border is drawn."""
    placed = [row for row in places if row["latitude"] and on_map(float(row["longitude"]), float(row["latitude"]))]
    dots = []
    for row in sorted(placed, key=lambda row: (-counts.get(row["name"], 0), row["name"])):
        number = counts.get(row["name"], 0)
        if number:
            x, y = project(float(row["longitude"]), float(row["latitude"]))
            words = Markup("{}: {}").format(row["name"], f"{number} event{'s' if number > 1 else ''}")
            dots.append(
                Markup('<circle data-place="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(
                    row["name"], f"{x:.1f}", f"{y:.1f}", f"{2.5 + 1.6 * math.sqrt(number):.1f}", words
                )
            )
    high = round((FRAME[3] - FRAME[1]) * SCALE)
    body = Markup("").join(dots)
    return Markup(f'<svg viewBox="0 0 {WIDE} {high}" id="map"><path class="land" d="{outlines}"/>{body}</svg>')


def life_lines(projects: Iterable[Row], steps: Mapping[str, list[Row]], last: int) -> Markup:
    """A line a project from its first announcement to the last word on it, its name above, with a mark a step."""
    high, parts, rows = 26, [], list(projects)
    for at, row in enumerate(rows):
        y = at * high + 19
        known = [step["date"] for step in steps.get(row["project_id"], [])]
        start, end = min([row["first_announced"] or row["status_as_of"], *known]), max([row["status_as_of"], *known])
        marks = "".join(f'<circle cx="{across(date, last):.1f}" cy="{y:g}" r="2.6"/>' for date in known)
        left, right = across(start, last), across(end, last)
        span = f'<rect class="hit" x="0" y="{at * high}" width="{WIDE}" height="{high}"/><path d="M{left:.1f} {y:g}H{right:.1f}"/>'
        anchor, x = ("start", left) if left < WIDE / 2 else ("end", max(right, left))
        parts.append(
            Markup('<g class="{}"><title>{}: {}</title>{}<text class="{}" x="{}" y="{}">{}</text></g>').format(
                row["status"], row["title"], row["status"], Markup(span + marks), anchor, f"{x:.1f}", f"{y - 7:g}", row["title"]
            )
        )  # fmt: skip
    tall = len(rows) * high
    return Markup(f'<svg viewBox="0 0 {WIDE} {tall + 20}" id="lines">{scale(last, tall)}{Markup("").join(parts)}</svg>')
