"""The Security Council's pages: cells in all their spellings, and an unknown layout stops the reader."""

import pytest

from pakrus.sources import unsc
from pakrus.sources.files import Upstream, UpstreamError

pytestmark = pytest.mark.upstream


def test_cells_are_read_in_all_their_spellings():
    def brief(text):
        rows = unsc.outcomes(text)
        return [(row["outcome"], row["symbol"], row.get("in_favour"), row["vetoed_by"]) for row in rows]

    assert brief("--") == [("none", "", None, "")]
    glued = "Draft resolutionS/2004/313vetoed by the Russian Federation 14-1-0"
    assert brief(glued) == [("vetoed", "S/2004/313", 14, "RUS")]
    bare = "S/2020/667 vetoed by China, Russian Federation 13-2-0"
    assert brief(bare) == [("vetoed", "S/2020/667", 13, "CHN; RUS")]
    assert brief("Draft resolution (S/2014/189) vetoed by Russian Federation 13-1-1")[0][1] == "S/2014/189"
    assert brief("S/RES/1 (1946) adopted unanimously S/PRST/1994/4") == [
        ("adopted", "S/RES/1 (1946)", None, ""),
        ("presidential-statement", "S/PRST/1994/4", None, ""),
    ]  # fmt: skip
    with pytest.raises(UpstreamError, match="no permanent member"):
        unsc.outcomes("Draft resolution S/1 vetoed by Ruritania 1-1-1", "a page")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('<th width="30%">Topic</th>', "<th>Item</th>", "columns are"),
        ("Security Council in 1971", "Security Council in 1917", "title is"),
        ("30 December </td>", "December the 30th</td>", "is no date"),
        ("<td>29 December </td>", "", "cells, 4 expected"),
        ("vetoed by \r\n\t\tUK", "vetoed", "were read"),
    ],
)
def test_a_changed_page_stops_with_its_name(upstream, tmp_path, monkeypatch, old, new, message):
    name = "unsc/scact1971_table_en.html"
    page = (upstream / name).read_bytes().decode("utf-8")
    changed = page.replace(old, new, 1) if old in page else page.replace(old.replace("\r\n", "\n"), new, 1)
    assert changed != page
    (tmp_path / "unsc").mkdir()
    (tmp_path / name).write_text(changed, encoding="utf-8")
    monkeypatch.setattr(Upstream, "path", lambda self, wanted: tmp_path / wanted)
    monkeypatch.setattr(unsc, "PAGES", {name: 1971})
    with pytest.raises(UpstreamError, match=f"{name}: .*{message}"):
        unsc.all_outcomes(Upstream(tmp_path))
