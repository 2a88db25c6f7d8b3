"""Known upstream errors: each is still there and used by a reader; one that is mended stops with the remedy."""

import inspect

import pandas as pd
import pytest

from pakrus.sources import corrections, cow, pew, sipri, unga, wdi
from pakrus.sources.files import Upstream, UpstreamError, sources

FILE = "pew_opinion/pew_pakistan_views_aggregate.csv"
READERS = {"pew_opinion": pew, "trade": cow, "macro": wdi, "arms": sipri, "unga_votes": unga}


@pytest.fixture
def rows():
    return pd.DataFrame({"year": [2012, 2013], "target": ["CHN", "CHN"], "favourable_pct": [85.4, 16.4]})


def test_record_is_complete():
    files = {name for record in sources().values() for name in record["files"]}
    entries = corrections.corrections()
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.file in files, entry.id
        assert entry.row and entry.column and entry.expect and entry.use and len(entry.why.split()) >= 3, entry.id


def test_every_entry_has_a_reader_that_checks_it():
    for entry in corrections.corrections():
        text = inspect.getsource(READERS[entry.file.split("/")[0]])
        group = entry.id.startswith("un-") and "_known_errors" in text
        assert group or entry.id in text or "corrections.apply(" in text, entry.id


def test_a_known_error_is_emptied(rows):
    result = corrections.apply(rows, FILE)
    assert result["favourable_pct"].tolist()[0] == 85.4 and pd.isna(result["favourable_pct"].iloc[1])
    assert rows["favourable_pct"].iloc[1] == 16.4  # the caller's table is untouched


@pytest.mark.parametrize(
    ("change", "found"),
    [(lambda d: d.assign(favourable_pct=[85.4, 81.0]), "found '81'"), (lambda d: d.iloc[:1], "found '0 such rows'"),
     (lambda d: pd.concat([d, d]), "found '2 such rows'"),
     (lambda d: d.assign(favourable_pct=[85.4, None]), "found ''")],
)  # fmt: skip
def test_a_mended_row_stops_with_the_remedy(rows, change, found):
    with pytest.raises(UpstreamError) as error:
        corrections.apply(change(rows), FILE)
    text = str(error.value)
    assert text.startswith(
        f"{FILE}: correction pew-china-2013-favourable no longer applies: {found} at year 2013, target CHN"
    )
    assert "expected '16.4'" in text and "remove or renew the correction in pakrus/sources/corrections.toml" in text


def _entry(use, expect="3"):
    return corrections.Correction("x", "f.csv", {"year": 1}, "value", expect, use, "a test entry only")


@pytest.mark.parametrize(("use", "expected"), [("drop", [5.0]), ("keep", [3.0, 5.0]), ("4.5", [4.5, 5.0])])
def test_what_use_means(monkeypatch, use, expected):
    monkeypatch.setattr(corrections, "corrections", lambda: (_entry(use),))
    frame = pd.DataFrame({"year": [1, 2], "value": [3.0, 5.0]})
    result = corrections.apply(frame, "f.csv")
    assert result["value"].tolist() == expected and result["value"].dtype == float
    assert corrections.apply(frame, "other.csv").equals(frame)


def test_a_fact_that_is_no_cell_is_confirmed_or_stops():
    assert corrections.confirm("unvotes-days", 7).use == "drop"
    with pytest.raises(UpstreamError, match="correction unvotes-days no longer applies: found '31'"):
        corrections.confirm("unvotes-days", 31)
    with pytest.raises(KeyError):
        corrections.confirm("no-such-entry", 7)


def test_un_files_with_a_new_error_or_without_a_known_one_stop():
    none = {"without-lists": [], "repeated": [], "doubled": []}
    with pytest.raises(
        UpstreamError, match=r"76\.json: repeated: A/RES/76/9\. If that is so, record it as un-76-repeated"
    ):
        unga._known_errors("unga_votes/unxml/76.json", {**none, "repeated": ["A/RES/76/9"]})
    with pytest.raises(UpstreamError, match="correction un-80-repeated no longer applies: found '' at"):
        unga._known_errors("unga_votes/unxml/80.json", none)


@pytest.mark.upstream
def test_all_known_errors_are_still_there(upstream):
    source = Upstream(upstream)
    pew.views(source), wdi.pakistan(source), sipri.register(source), cow.pair(source)
    unga.unxml(source), unga.every_vote(source)


@pytest.mark.upstream
def test_a_repaired_file_stops_the_reader(upstream, monkeypatch):
    read = pd.read_csv
    mended = lambda *a, **k: read(*a, **k).replace({"favourable_pct": {16.4: 81.0}})  # noqa: E731
    monkeypatch.setattr(pd, "read_csv", mended)
    with pytest.raises(UpstreamError, match="pew-china-2013-favourable no longer applies: found '81'"):
        pew.views(Upstream(upstream))


@pytest.mark.upstream
def test_the_council_page_of_1971_is_read_whole(upstream):
    """Meetings with two subjects stand in header cells there, which a reader of data cells alone loses."""
    text = (upstream / "unsc/scact1971_table_en.html").read_text(encoding="utf-8")
    assert "S/PV.1613" in text and "S/10446/Rev.1" in text.split("S/PV.1613")[-1][:900]
    row = text[text.index("S/PV.1606</a>") :].split("</tr>")[0]
    assert "04 December" in row and "<td>--</td>" in row.replace(" ", "")
