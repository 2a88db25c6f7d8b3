"""Numbers for the prose: finished texts only."""

import pytest

from pakrus import facts


def test_formats():
    assert facts.number(1234567.891, 1) == "1,234,567.9"
    assert facts.number(-0.5, 2) == "−0.50"
    assert facts.percent(0.7341) == "73 %" and facts.percent(0.7341, 1) == "73.4 %"
    assert facts.interval(0.2, 0.345) == "0.20 to 0.34"


def test_what_is_glued_is_text(monkeypatch):
    glued = {}
    monkeypatch.setattr(facts, "_glue", lambda name, value: glued.update({name: value}))
    facts.publish(votes=5670, year=1966, share="73 %")
    assert glued == {"votes": "5,670", "year": "1966", "share": "73 %"}


@pytest.mark.parametrize("value", [0.5, float("nan"), "nan", "", None, True])
def test_what_is_not_finished_is_refused(value):
    with pytest.raises(ValueError, match="no finished text"):
        facts.publish(share=value)


def test_names_are_plain():
    with pytest.raises(ValueError, match="lower-case letters"):
        facts.publish(**{"Share-1": "x"})
