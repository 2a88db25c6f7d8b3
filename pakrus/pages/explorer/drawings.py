"""The explorer's pictures as SVG: bars by year, lanes by kind, the map, life-lines of projects. Drawn once, at the build.

In come rows; out comes markup without colours, which the style gives. Marks stand in the order of their rows in the list
below, so that the script can dim what a filter leaves out without any key. Shapes tell acts apart: a circle is
cooperative, a square neutral, a triangle conflictual.

One drawing serves every width, from a phone to a wide screen: what lies along a picture is a share of its width, what
lies up and down are pixels, so letters keep their size. Only the map grows and shrinks as a whole, under its letters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from pakrus import dates
from pakrus.terms import CATEGORIES

Row = dict[str, str]
FIRST = 1947
NARROW, LETTER = 316, 5.6  # pixels: a picture on a phone of 360, and a letter of a name, guessed on the high side
STRIP, RISE = 20, 5  # pixels: a lane's name, and how much higher each mark of a stack is than the one below
BELOW = 20  # pixels, for the years
FRAME = (-12.0, -2.0, 145.0, 66.0)  # west, south, east, north
FLAT = math.cos(math.radians(34))  # a degree of longitude at the latitude in the middle of the map
WIDE = 960  # of the map, in its own units
SCALE = WIDE / ((FRAME[2] - FRAME[0]) * FLAT)
NAMED = 6  # places of the map that are named on it


class Picture(NamedTuple):
    """A drawing, and the style of its box: how high it is, which the page keeps free until it draws."""

    svg: Markup
    box: str


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


def bars(events: Iterable[Row]) -> Picture:
    """One bar a year: cooperative up, neutral on top of it, conflictual down."""
    counts = years(events)
    step, ground, deep, tall = 100 / len(counts), 160, 65, 230
    most = max((acts["cooperative"] + acts["neutral"] for acts in counts.values()), default=1)
    least = max((acts["conflictual"] for acts in counts.values()), default=1)
    unit = min(6, (ground - 5) / max(most, 1), deep / max(least, 1))  # one scale up and down
    parts = []
    for at, (year, acts) in enumerate(counts.items()):
        x, width = f"{at * step:.2f}%", f"{step * 0.86:.2f}%"
        up, level, down = acts["cooperative"] * unit, acts["neutral"] * unit, acts["conflictual"] * unit
        words = (
            f"{year}: {acts['cooperative']} cooperative, {acts['neutral']} neutral, {acts['conflictual']} conflictual"
        )
        pieces = [
            f'<rect class="{kind}" x="{x}" y="{y:.1f}" width="{width}" height="{height:.1f}"/>'
            for kind, y, height in (
                ("cooperative", ground - up, up), ("neutral", ground - up - level, level), ("conflictual", ground + 2, down),
            ) if height
        ]  # fmt: skip
        hit = f'<rect class="hit" x="{x}" y="0" width="{step:.2f}%" height="{tall}"/>'
        label = f'<text x="{(at + 0.5) * step:.2f}%" y="{tall + 15}">{year}</text>' if year % 10 == 0 else ""
        parts.append(f'<g data-year="{year}"><title>{words}</title>{hit}{"".join(pieces)}{label}</g>')
    return Picture(Markup(f'<svg id="bars">{"".join(parts)}</svg>'), f"height: {tall + BELOW}px")


def across(date: str, last: int) -> float:
    """Where a date lies between the first year and the end of the last, in hundredths of the width."""
    return (dates.decimal(date) - FIRST) / (last + 1 - FIRST) * 100


def scale(last: int, high: float) -> str:
    """The lines and names of the decades."""
    lines = []
    for year in range(1950, last + 1, 10):
        x = f"{across(str(year) + '-01-01', last):.2f}%"
        lines.append(f'<line x1="{x}" x2="{x}" y2="{high:g}"/><text x="{x}" y="{high + 15:g}">{year}</text>')
    return "".join(lines)


def mark(kind: str, x: str, y: float) -> str:
    """The mark of an act: one element, which a browser draws sooner than a copy of another. A path knows no shares, so it is moved."""
    if kind == "cooperative":
        return f'<circle class="{kind}" cx="{x}" cy="{y:g}" r="3"/>'
    if kind == "neutral":
        return f'<rect class="{kind}" x="{x}" y="{y:g}" width="5.2" height="5.2"/>'
    return f'<path class="{kind}" d="M0 -3.6L3.6 3H-3.6Z" style="translate:{x} {y:g}px"/>'


def lanes(events: list[Row]) -> Picture:
    """Time by kind: a lane a kind with its name on top, a mark an event, the marks of one year stacked."""
    last = max((dates.year(row["date"]) for row in events), default=FIRST)
    stacks: dict[str, Counter[int]] = {kind: Counter() for kind in CATEGORIES}
    spots = []
    for row in events:
        year = dates.year(row["date"])
        spots.append((row["category"], stacks[row["category"]][year]))
        stacks[row["category"]][year] += 1
    ground, frame = {}, ""
    below = 0
    for kind, stack in stacks.items():
        name = f'<text class="start" x="0" y="{below + 13}">{CATEGORIES[kind]}</text>'
        below += STRIP + RISE * max(stack.values(), default=1)
        ground[kind] = below
        frame += f'{name}<line x2="100%" y1="{below}" y2="{below}"/>'
    marks = "".join(
        mark(act(row), f"{across(row['date'], last):.2f}%", ground[kind] - RISE * (at + 0.5) - 1)
        for row, (kind, at) in zip(events, spots, strict=True)
    )
    drawn = f'<svg id="lanes">{scale(last, below)}{frame}<g class="marks">{marks}</g></svg>'
    return Picture(Markup(drawn), f"height: {below + BELOW}px")


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A place on the map: degrees are as far apart as they are at its middle."""
    return (longitude - FRAME[0]) * FLAT * SCALE, (FRAME[3] - latitude) * SCALE


def on_map(longitude: float, latitude: float) -> bool:
    """Whether a place lies in the map's frame."""
    return FRAME[0] <= longitude <= FRAME[2] and FRAME[1] <= latitude <= FRAME[3]


def land(rows: Iterable[Row]) -> str:
    """Outlines as one path, in whole points; points that fall on the one before are left out.

    What lies beyond the line where the count of longitudes jumps from 180 to -180, as the east of Russia does, is taken for
    further east: else its coast would run back across the whole map.
    """
    behind = (FRAME[0] + FRAME[2]) / 2 - 180
    rings: dict[str, list[str]] = {}
    for row in rows:
        longitude = float(row["longitude"])
        x, y = project(longitude if longitude >= behind else longitude + 360, float(row["latitude"]))
        rings.setdefault(row["ring"], [])
        point = f"{x:.0f} {y:.0f}"
        if rings[row["ring"]][-1:] != [point]:
            rings[row["ring"]].append(point)
    return "".join(f"M{'L'.join(points)}Z" for points in rings.values() if len(points) > 3)


class Spot(NamedTuple):
    """A place on the map: its names, how many events are there, and its circle in units of the map."""

    name: str
    also: str
    number: int
    x: float
    y: float
    r: float

    @property
    def words(self) -> str:
        """What the circle says: the name, names of other times, and how many events."""
        also = f" (also {', '.join(self.also.split('; '))})" if self.also else ""
        return f"{self.name}{also}: {self.number} event{'s' if self.number > 1 else ''}"


def map_of(places: Iterable[Row], counts: Mapping[str, int], outlines: str) -> Picture:
    """Land and a circle a place, its area the number of events there, the largest with their names; no border is drawn."""
    spots = []
    for row in places:
        number = counts.get(row["name"], 0)
        if number and row["latitude"] and on_map(float(row["longitude"]), float(row["latitude"])):
            x, y = project(float(row["longitude"]), float(row["latitude"]))
            spots.append(Spot(row["name"], row["other_spellings"], number, x, y, 2.5 + 1.6 * math.sqrt(number)))
    spots.sort(key=lambda spot: (-spot.number, spot.name))
    dots = [
        Markup('<circle data-place="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(
            spot.name, f"{spot.x:.1f}", f"{spot.y:.1f}", f"{spot.r:.1f}", spot.words
        )
        for spot in spots
    ]
    high = round((FRAME[3] - FRAME[1]) * SCALE)
    body = Markup("").join(dots)
    drawn = Markup('<svg viewBox="0 0 {} {}"><path class="land" d="{}"/>{}</svg>').format(
        WIDE, high, Markup(outlines), body
    )
    return Picture(
        Markup('<svg id="map">{}{}</svg>').format(drawn, Markup("").join(names_on_map(spots, high))),
        f"aspect-ratio: {WIDE} / {high}",
    )


def names_on_map(spots: Sequence[Spot], high: float) -> list[Markup]:
    """The names of the places with most events, right or left of the circle.

    On a phone no name lies on another one, and on a wide screen none on the circle of another place.
    """
    unit, taken, found = NARROW / WIDE, [], []
    for spot in spots:
        for side, anchor in ((1, "start"), (-1, "end")):
            edge, wide = spot.x + side * spot.r, len(spot.name) * LETTER + 12
            left = edge * unit - (wide if side < 0 else 0)
            box = (left, spot.y * unit - 8, left + wide, spot.y * unit + 8)
            free = all(box[2] < x or right < box[0] or box[3] < y or low < box[1] for x, y, right, low in taken)
            begins = edge - (wide if side < 0 else 0)
            covers = any(
                -other.r < other.x - begins < wide + other.r and abs(other.y - spot.y) < 5 + other.r
                for other in spots
                if other != spot
            )
            if left >= 0 and box[2] <= NARROW and free and not covers:
                taken.append(box)
                found.append(
                    Markup('<text class="{}" x="{}%" y="{}%" dx="{}" dy="4">{}</text>').format(
                        anchor, f"{edge / WIDE * 100:.2f}", f"{spot.y / high * 100:.2f}", 3 * side, spot.name
                    )
                )
                break
        if len(found) == NAMED:
            break
    return found


def life_lines(projects: Iterable[Row], steps: Mapping[str, list[Row]], last: int) -> Picture:
    """A line a project from its first announcement to the last word on it, its name above, with a mark a step."""
    high, parts, rows = 26, [], list(projects)
    for at, row in enumerate(rows):
        y = at * high + 19
        known = [step["date"] for step in steps.get(row["project_id"], [])]
        start, end = min([row["first_announced"] or row["status_as_of"], *known]), max([row["status_as_of"], *known])
        left, right = across(start, last), across(end, last)
        marks = "".join(f'<circle cx="{across(date, last):.2f}%" cy="{y}" r="2.6"/>' for date in known)
        hit = f'<rect class="hit" y="{at * high}" width="100%" height="{high}"/>'
        span = f'<line class="life" x1="{left:.2f}%" x2="{right:.2f}%" y1="{y}" y2="{y}"/>'
        anchor, x = beside(left, right, row["title"])
        parts.append(
            Markup('<g class="{}"><title>{}: {}</title>{}<text class="{}" x="{}%" y="{}">{}</text></g>').format(
                row["status"], row["title"], row["status"], Markup(hit + span + marks), anchor, f"{x:.2f}", y - 7, row["title"]
            )
        )  # fmt: skip
    tall = len(rows) * high
    drawn = Markup(f'<svg id="lines">{scale(last, tall)}{Markup("").join(parts)}</svg>')
    return Picture(drawn, f"height: {tall + BELOW}px")


def beside(left: float, right: float, words: str) -> tuple[str, float]:
    """Where the words over a line begin or end: at its beginning, its end, or as near to one of them as a phone has room."""
    wide = min(len(words) * LETTER / NARROW * 100, 100)
    start, end = min(left, 100 - wide), max(right, wide)
    return ("start", start) if left - start <= end - right else ("end", end)
