"""The box of a phase chapter: how the claims about it fared, each with a link to its evidence."""

import re

import pytest

from pakrus import data
from pakrus.figures import claims, page
from pakrus.quotations import quoted
from pakrus.terms import ERRORS


@pytest.fixture
def boxes(monkeypatch):
    found = {}
    monkeypatch.setattr(page, "box", found.__setitem__)
    return found


@pytest.mark.parametrize("phase", ["cold-war", "post-1991", "post-9-11", "sco-era"])
def test_the_box_counts_names_what_is_wrong_and_links_everything_once(boxes, phase):
    table = data.load("claims")
    rows = table[table["phase"] == phase]
    claims.phase_box(table, phase)
    text = boxes[f"{phase}-claims"]
    assert f"{len(rows)} statements about this phase" in text
    for verdict, count in rows["verdict"].value_counts().items():
        assert f"{count} {verdict}" in text.partition("\n")[0]
    for row in rows[rows["verdict"].isin(ERRORS)].itertuples():
        assert quoted(row.quote) in text
    linked = re.findall(r"\[(S\d-\d\d)\]\(\.\./back-matter/claims-ledger\.md#(s\d-\d\d)\)", text)
    assert sorted(claim for claim, _ in linked) == sorted(rows["claim_id"])
    assert all(claim.lower() == address for claim, address in linked)


def test_a_phase_without_claims_is_an_error():
    with pytest.raises(ValueError, match="no claim about 'interwar'"):
        claims.phase_box(data.load("claims"), "interwar")
