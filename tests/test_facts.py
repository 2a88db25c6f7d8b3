"""Facts: finished estimates only, shown as a table, quoted by name and by view."""

import pytest

from pakrus import facts
from pakrus.estimate import count, quantity, share, text, year


@pytest.fixture
def shown(monkeypatch):
    """What a cell displays, with a page that has no facts yet."""
    bundles = []
    monkeypatch.setattr(facts, "display", lambda bundle, raw: bundles.append(bundle))
    monkeypatch.setattr(facts, "_page", {})
    return bundles


def test_what_is_published_is_shown_and_stored(shown):
    facts.publish(
        agreement=share(0.559, "identical votes", 628, 0.52, 0.6), turn=year(1993, "year of the steepest fall")
    )
    (bundle,) = shown
    assert bundle[facts.MIME]["facts"] == [
        {
            "name": "agreement",
            "value": "56\u00a0%",
            "n": "628",
            "interval": "52 to 60\u00a0%",
            "words": "identical votes",
        },
        {"name": "turn", "value": "1993", "n": "", "interval": "", "words": "year of the steepest fall"},
    ]
    assert ">52 to 60\u00a0%</td>" in bundle["text/html"] and "identical votes" in bundle["text/plain"]


def test_columns_that_are_empty_are_left_out(shown):
    facts.publish(events=count([1, 2], "events in the register"))
    assert "interval" not in shown[0]["text/html"] and ">n<" not in shown[0]["text/html"]


def test_a_fact_is_quoted_by_name_and_by_view(shown):
    facts.publish(agreement=share(0.559, "identical votes", 1628, 0.52, 0.6))
    known = facts._page
    views = ("agreement", "agreement_n", "agreement_interval")
    assert [facts.view(known, name) for name in views] == ["56\u00a0%", "1,628", "52 to 60\u00a0%"]
    assert facts.view(known, "agreement_low") is None and facts.view(known, "other_n") is None
    filled = facts.fill("Alike in {agreement} of {agreement_n} roll calls.")
    assert filled == ("Alike in 56\u00a0% of 1,628 roll calls.", ["agreement", "agreement_n"])


def test_a_caption_cannot_name_what_is_not_published(shown):
    with pytest.raises(KeyError, match="no fact 'fall' on this page yet; published: none"):
        facts.fill("It fell by {fall}.")


def test_an_answer_is_shown_and_is_no_fact(shown):
    facts.answer(kappa=quantity(0.305, "Cohen's κ", 2))
    assert facts.MIME not in shown[0] and facts._page == {} and "0.30" in shown[0]["text/plain"]


@pytest.mark.parametrize("value", [0.5, 5, "73\u00a0%", None, True])
def test_what_is_no_estimate_is_refused(shown, value):
    with pytest.raises(TypeError, match="is no estimate; use a measure"):
        facts.publish(share=value)


@pytest.mark.parametrize(
    ("name", "estimate", "message"),
    [
        ("Share-1", count(1, "events"), "lower-case words joined by underscores"),
        ("votes_n", count(1, "events"), "not ending in _n or _interval"),
        ("events", count(1, ""), "an estimate without words"),
        ("events", share(float("nan"), "identical votes"), "the value is missing"),
        ("latest", text(" ", "latest month"), "no finished text"),
    ],
)
def test_what_no_sentence_can_quote_is_refused(shown, name, estimate, message):
    with pytest.raises(ValueError, match=message):
        facts.publish(**{name: estimate})
    assert shown == []


def test_a_cell_publishes_eight_facts_at_most(shown):
    with pytest.raises(ValueError, match="9 facts in one cell: at most 8"):
        facts.publish(**{f"number_{word}": count(1, "events") for word in "abcdefghi"})
