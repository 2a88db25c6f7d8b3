"""The land of the explorer's map: Natural Earth 1:110m (public domain), from the npm package world-atlas 2.0.2.

    python -m pakrus.sources.land land-110m.json > data/geo/land.csv

In comes the package's file `land-110m.json`, a TopoJSON topology of which only the object `land` exists: coastlines, no
border of any state. Out come the outlines that reach into `FRAME`, a row a point, in degrees with two decimals. The one
difficulty is the format: arcs are differences of whole numbers, and a ring is a chain of arcs of which some run
backwards (``~index``).
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

SHA256 = "ead5f68119c49a9250902e7da303bcb209341bbb8fefe7369a439b48b704658a"
FRAME = (-25.0, -20.0, 165.0, 82.0)  # west, south, east, north
Point = tuple[float, float]


def rings(text: str) -> list[list[Point]]:
    """Return the outlines of all land in a topology, each a list of (longitude, latitude)."""
    topology = json.loads(text)
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for steps in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arcs[-1].append((x * across + west, y * up + south))
    found = []
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found += [_joined(ring, arcs) for polygon in polygons for ring in polygon]
    return found


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc if not points else arc[1:]
    return points


def within(ring: list[Point], frame: tuple[float, float, float, float] = FRAME) -> bool:
    """Return whether an outline has a point in the frame."""
    west, south, east, north = frame
    return any(west <= x <= east and south <= y <= north for x, y in ring)


def main(path: Path) -> int:
    """Write the outlines of a file as CSV; a file with other bytes than those named here is refused."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        print(f"{path}: not the file of world-atlas 2.0.2 (sha256 {SHA256})", file=sys.stderr)
        return 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["ring", "longitude", "latitude"])
    for number, ring in enumerate(filter(within, rings(content.decode("utf-8"))), 1):
        writer.writerows((number, f"{x:.2f}", f"{y:.2f}") for x, y in ring)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
