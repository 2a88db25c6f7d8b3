"""Names in speeches: what counts once, what does not count, where it stands, and how often the count is right."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pakrus.measures import text as measures
from pakrus.measures.lexicon import BY_CODE, GROUPS


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("The Soviet intervention in Afghanistan", {"RUS": 1, "AFG": 1}),
        ("the Union of Soviet Socialist Republics (USSR) and the U.S.S.R.", {"RUS": 2}),
        ("the USSR. Moscow and the Kremlin, Soviet leaders", {"RUS": 4}),
        ("the Ukrainian and Byelorussian Soviet Socialist Republics", {}),
        ("the Byelorussian SSR and White Russia, former Soviet republics", {}),
        ("the former Soviet Union", {"RUS": 1}),
        ("the Moscow Treaty, spoken in Russian", {}),
        ("Sino-Soviet relations", {"CHN": 1, "RUS": 1}),
        ("the Soviet-American talks", {"RUS": 1, "USA": 1}),
        ("the Indian Ocean, the Indian and Pacific Oceans", {}),
        ("Indian-occupied Jammu and Kashmir", {"IND": 1, "KASHMIR": 1}),
        ("the Indo-Pakistan war on the Indo-Pakistan subcontinent", {"IND": 1, "PAK": 1}),
        ("Indo-China, Indo- Chinese, Indochina and the South China Sea", {}),
        ("American Indians of Latin America, the Organization of American States", {}),
        ("the United States of America and the United States of Indonesia", {"USA": 1}),
        ("Let us pay $US 3 billion, US$ 5 or US dollars to the US", {"USA": 1}),
        ("the People's Republic of China in Beijing", {"CHN": 2}),
        ("Pakistani, Pakistanis, Islamabad's and Pakistan-USSR", {"PAK": 4, "RUS": 1}),
        ("Prussians, Afghanization, Pakhtunistan, Indira, Chinatown", {}),
    ],
)
def test_every_rule_of_the_lexicon(sentence, counts):
    assert {k: n for k, n in measures.mentions(sentence).items() if n} == counts


def test_capitals_count_but_not_as_names_of_texts():
    assert measures.mentions("Beijing Declaration, Beijing Platform, New Delhi summit, Washington Post, Kabul process")
    assert not any(measures.mentions("Beijing Platform, New Delhi summit, Washington Post, Kabul process").values())


def test_words_and_rate():
    assert measures.words("58. Mr. President, 1,000 well-meant words of India's: 3") == 6
    assert measures.per_10000(3, 6000) == 5
    assert pd.isna(measures.per_10000(0, 0))


def test_plain_leaves_single_spaces():
    assert measures.plain("\ufeffThe  Soviet\r\n Union’s\tplan ") == "The Soviet Union's plan"


def test_concordance_is_short_and_marks_the_name():
    line = "one two three four five six Soviet Union seven eight nine ten eleven twelve."
    (row,) = measures.concordance(line, "RUS", width=6).itertuples()
    assert (row.term, row.position, row.context) == ("Soviet Union", 6, "five six [Soviet Union] seven eight")
    (edge,) = measures.concordance("Russia is here", "RUS").itertuples()
    assert edge.context == "[Russia] is here"
    assert measures.concordance("nobody", "RUS").empty


pieces = st.sampled_from(["Soviet Union", "India", "the", "Indian Ocean", "Kashmir,", "of", "US", "China's", "(Kabul)"])


@settings(max_examples=80, deadline=None)
@given(st.lists(pieces, max_size=25), st.integers(4, 25))
def test_contexts_are_as_many_as_mentions_and_never_too_long(parts, width):
    line = " ".join(parts)
    for group in GROUPS:
        rows = measures.concordance(line, group.code, width)
        assert len(rows) == measures.mentions(line)[group.code] == len(measures.spans(line, group.code))
        assert rows["context"].str.split().str.len().le(width).all()
        assert all(row.context.replace("[", "").replace("]", "") in line for row in rows.itertuples())


@settings(max_examples=50, deadline=None)
@given(st.lists(pieces, max_size=10), st.lists(pieces, max_size=10))
def test_counts_add_up_over_sentences(first, second):
    one, two = (" ".join(parts) + "." for parts in (first, second))
    both = measures.mentions(f"{one} — {two}")
    assert both == {g.code: measures.mentions(one)[g.code] + measures.mentions(two)[g.code] for g in GROUPS}


def test_precision_and_recall_of_a_worked_example():
    verdicts = ["right"] * 8 + ["wrong"] * 2 + ["missed"] * 2
    checked = pd.DataFrame({"group": ["RUS"] * 10 + ["AFG"] * 2 + [None], "verdict": [*verdicts, "none"]})
    rows = measures.precision_recall(checked).set_index("group")
    assert list(rows.index) == ["RUS", "AFG", "all"]
    assert rows.loc["RUS", ["right", "wrong", "missed"]].tolist() == [8, 2, 0]
    assert rows.loc["RUS", "precision"] == pytest.approx(0.8)
    assert rows.loc["RUS", "precision_low"] == pytest.approx(0.4902, abs=1e-4)  # Wilson interval of 8 in 10
    assert rows.loc["RUS", "precision_high"] == pytest.approx(0.9433, abs=1e-4)
    assert pd.isna(rows.loc["AFG", "precision"]) and rows.loc["AFG", "recall"] == 0
    assert rows.loc["all", "recall"] == pytest.approx(0.8)


def test_groups_have_codes_of_their_own():
    assert len(BY_CODE) == len(GROUPS) == 7
