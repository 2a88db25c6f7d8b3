"""Descriptions and what is heard of a picture end where one can stop."""

from pakrus.pages.lengths import DESCRIPTION, HEARD, cut, opening


def test_a_description_ends_with_a_word():
    text = cut("word, " * 50)
    assert len(text) <= DESCRIPTION + 2 and text.endswith("word …")
    assert cut("Short.") == "Short."


def test_a_picture_is_heard_by_how_its_description_begins():
    assert opening("Bars per year, 1947 to 1991. Between the two: 59.") == "Bars per year, 1947 to 1991."
    assert opening("One sentence: no more, 3.9 % of all") == "One sentence: no more, 3.9 % of all"
    long = "Line chart of ideal points from General Assembly votes: " + "Pakistan 0.08, " * 20
    assert opening(long) == "Line chart of ideal points from General Assembly votes."
    assert opening("Areas by year. shipped: 2 of 49") == "Areas by year."
    bare = "Dots: " + "trade 8 of 49, " * 20
    assert len(opening(bare)) <= HEARD + 2 and opening(bare).endswith("trade 8 of 49 …")
