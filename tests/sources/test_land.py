"""The outlines of land: chains of arcs, some of them backwards, and only what reaches into the frame."""

import json

import pytest

from pakrus.folder import ROOT
from pakrus.sources import land

TOPOLOGY = json.dumps(
    {
        "transform": {"scale": [0.5, 2.0], "translate": [10.0, -20.0]},
        # whole numbers are differences: (0, 0), (2, 0), (2, 1) and (0, 0), (2, 1)
        "arcs": [[[0, 0], [2, 0], [0, 1]], [[0, 0], [2, 1]], [[400, 0], [1, 1], [-1, 0], [0, -1]]],
        "objects": {
            "land": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "MultiPolygon", "arcs": [[[0, ~1]]]},
                    {"type": "Polygon", "arcs": [[2]]},
                ],
            }
        },
    }
)


def test_rings_are_chains_of_arcs_of_which_some_run_backwards():
    first, second = land.rings(TOPOLOGY)
    assert first == [(10, -20), (11, -20), (11, -18), (10, -20)]
    assert second[0] == second[-1] == (210, -20)


def test_what_has_no_point_in_the_frame_is_left_out():
    assert [land.within(ring, (0, -90, 180, 90)) for ring in land.rings(TOPOLOGY)] == [True, False]


def test_another_file_is_refused(tmp_path, capsys):
    path = tmp_path / "land.json"
    path.write_text(TOPOLOGY, encoding="utf-8")
    assert land.main(path) == 1
    said = capsys.readouterr()
    assert land.SHA256 in said.err and said.out == ""


def test_the_outlines_are_closed_and_say_where_they_are_from():
    rows = (ROOT / "data" / "geo" / "land.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "ring,longitude,latitude"
    rings = {}
    for row in rows[1:]:
        number, *point = row.split(",")
        rings.setdefault(number, []).append(tuple(map(float, point)))
    assert all(ring[0] == pytest.approx(ring[-1], abs=0.02) and land.within(ring) for ring in rings.values())
    assert land.SHA256 in (ROOT / "data" / "geo" / "README.md").read_text(encoding="utf-8")
