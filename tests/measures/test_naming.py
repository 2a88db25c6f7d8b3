"""Who names whom: counts by hand, silence against the length of speeches, and what stands beside what."""

import math

import pandas as pd
import pytest

from pakrus.measures import naming


def rows(speaker, group, *speeches):
    """Rows of ungd_mentions for (year, words, mentions)."""
    return pd.DataFrame(
        [(speaker, year - 1945, year, words, group, mentions) for year, words, mentions in speeches],
        columns=["speaker", "session", "year", "words", "group", "mentions"],
    )


PAK = rows("RUS", "PAK", (1962, 1000, 0), (1960, 4000, 2), (1961, None, None), (1963, 5000, 3), (1964, 2000, 0))
IND = rows("RUS", "IND", (1960, 4000, 1), (1962, 1000, 1), (1963, 5000, 4), (1964, 2000, 0))
TABLE = pd.concat([PAK, IND], ignore_index=True)


def test_a_speech_that_is_not_kept_is_no_silence():
    found = naming.speeches(TABLE, "RUS", "PAK")
    assert found["year"].tolist() == [1960, 1962, 1963, 1964]
    assert found["named"].tolist() == [True, False, True, False] and found["words"].sum() == 12000
    with pytest.raises(ValueError, match="no speech of 'CHN'"):
        naming.speeches(TABLE, "CHN", "PAK")


def test_speeches_and_mentions_are_counted_apart():
    assert (naming.names(TABLE, "RUS", "PAK").value, naming.names(TABLE, "RUS", "PAK").n) == (2, 4)
    share = naming.share_naming(TABLE, "RUS", "PAK")
    assert share.value == 0.5 and (share.low, share.high) == pytest.approx(
        (0.0676, 0.9324), abs=1e-4
    )  # Clopper-Pearson, 2 of 4
    rate = naming.rate(TABLE, "RUS", "PAK")
    assert rate.value == pytest.approx(10000 * 5 / 12000) and rate.n == 5
    assert "Moscow" in rate.words and "Pakistan" in rate.words


def test_a_silence_is_counted_from_the_last_speech_that_names():
    found = naming.silence(TABLE, "RUS", "PAK")
    assert (found.last.text, found.since.value) == ("1963", 1)
    with pytest.raises(ValueError, match="in no speech"):
        naming.silence(PAK[PAK["year"].isin([1962, 1964])], "RUS", "PAK")


def test_the_median_speech_counts_each_speech_once():
    assert naming.words_a_speech(TABLE, "RUS").value == 3000 and naming.words_a_speech(TABLE, "RUS").n == 4


def test_the_table_has_a_row_a_pair():
    found = naming.table({"All": TABLE, "From 1962": TABLE[TABLE["year"] > 1961]}, [("RUS", "PAK"), ("RUS", "IND")])
    assert found["grouping"].tolist() == ["All", "All", "From 1962", "From 1962"]
    assert found["group"].tolist() == ["Moscow names Pakistan", "Moscow names India"] * 2
    assert found["naming"].tolist() == [2, 3, 1, 2] and found["speeches"].tolist() == [4, 4, 3, 3]


def test_two_namings_are_compared_in_the_years_in_which_one_alone_happens():
    series = pd.concat([
        rows("RUS", "PAK", *((1960 + i, 1000, 0) for i in range(6)), (1966, 1000, 1)),
        rows("RUS", "IND", *((1960 + i, 1000, 1) for i in range(5)), (1965, 1000, 0), (1966, 1000, 1)),
    ], ignore_index=True)  # fmt: skip
    found = naming.oftener(series, ("RUS", "IND"), ("RUS", "PAK"))
    assert (found.first_only.value, found.second_only.value, found.p.n) == (5, 0, 5)
    assert found.p.value == pytest.approx(2 * 0.5**5)
    assert found.first_only.words.startswith("years in which Moscow names India but not Pakistan")
    with pytest.raises(ValueError, match="nothing to compare"):
        naming.oftener(series, ("RUS", "IND"), ("RUS", "IND"))


def test_what_is_named_only_beside_another_is_found_and_its_run_is_kept():
    series = pd.concat([
        rows("RUS", "PAK", *((1960 + i, 1000, int(i in (1, 2))) for i in range(8))),
        rows("RUS", "IND", *((1960 + i, 1000, int(i in (1, 2, 3, 4))) for i in range(8))),
    ], ignore_index=True)  # fmt: skip
    found = naming.beside(series, "RUS", "PAK", "IND")
    assert (found.together.value, found.together.n) == (2, 2)
    assert (found.with_other.value, found.with_other.n, found.without_other.value) == (0.5, 4, 0.0)
    # Fisher: of 70 ways to choose the four with India, both of Pakistan's fall in them in C(6,2)=15, as many in none
    assert found.p.value == pytest.approx(30 / 70)
    assert found.p_shifted.value == pytest.approx(3 / 8)  # turned by 0, 1 or 2 years both stay beside India


def test_the_rate_per_word_is_the_most_likely_one():
    # speeches of one length: the share that names is 1 - exp(-rate * words)
    even = naming.speeches(rows("RUS", "PAK", *((1960 + i, 2000, int(i < 3)) for i in range(4))), "RUS", "PAK")
    assert naming.chance_per_word(even) == pytest.approx(-math.log(0.25) / 2000)
    with pytest.raises(ValueError, match="speeches that do not"):
        naming.chance_per_word(even[even["named"]])


def test_shorter_speeches_are_expected_to_name_less():
    earlier = rows(
        "RUS", "PAK", *((1960 + i, 2000, int(i < 2)) for i in range(4))
    )  # half of them name: rate log(2)/2000
    later = rows("RUS", "PAK", (1992, 2000, 0), (1993, 4000, 0))  # chances 1/2 and 3/4
    found = naming.at_rate_of(earlier, later, "RUS", "PAK")
    assert found.expected.value == pytest.approx(1.25) and found.found.value == 0
    assert found.p_few.value == pytest.approx(1 / 8) and found.p_many.value == pytest.approx(1.0)


def test_an_earlier_rate_is_itself_drawn_so_that_two_rates_are_tested_against_one():
    earlier = rows("RUS", "PAK", *((1960 + i, 2000, int(i < 12)) for i in range(20)))
    later = rows("RUS", "PAK", *((1992 + i, 2000, int(i < 4)) for i in range(20)))
    found = naming.at_rate_of(earlier, later, "RUS", "PAK")
    # speeches of one length: the test is that of 12 and 4 of 20 against 16 of 40, and chi square of one degree is a squared normal
    g = 2 * (12 * math.log(12 / 8) + 8 * math.log(8 / 12) + 4 * math.log(4 / 8) + 16 * math.log(16 / 12))
    assert found.p_alike.value == pytest.approx(math.erfc(math.sqrt(g / 2))) and found.p_alike.n == 40
    assert found.p_alike.value > 2 * found.p_few.value  # a rate taken as known promises too much
    same = naming.at_rate_of(earlier, earlier, "RUS", "PAK")
    assert same.p_alike.value == pytest.approx(1.0)


def test_a_time_in_which_all_or_none_name_the_group_has_a_p_value_too():
    earlier = rows("RUS", "PAK", *((1960 + i, 2000, int(i < 2)) for i in range(4)))
    none = rows("RUS", "PAK", *((1992 + i, 2000, 0) for i in range(4)))
    g = 2 * (2 * math.log(2 / 1) + 2 * math.log(2 / 3) + 4 * math.log(4 / 3))
    assert naming.at_rate_of(earlier, none, "RUS", "PAK").p_alike.value == pytest.approx(math.erfc(math.sqrt(g / 2)))


def test_places_are_shown_in_order_and_their_terms_counted():
    places = pd.DataFrame(
        [("PAK", 2019, 2, "Soviets", "b"), ("PAK", 2019, 1, "Russia", "a"), ("PAK", 1987, 1, "Soviet", "z"), ("RUS", 2019, 1, "Pakistan", "y")],
        columns=["speaker", "year", "number", "term", "context"],
    )  # fmt: skip
    found = naming.in_context(places, "PAK", 2000)
    assert found["context"].tolist() == ["a", "b"] and list(found.columns) == ["year", "term", "context"]
    soviet = naming.term_share(found, "Soviet")
    assert (soviet.value, soviet.n) == (1, 2)
