import pandas as pd

from pakrus.figures.record import contact_and_votes


def test_the_words_and_the_data_say_what_is_drawn():
    contacts = pd.DataFrame({"year": [2002, 2003, 2004], "contacts": [3, 0, 7]})
    agreement = pd.DataFrame(
        {
            "year": [2002, 2003, 2004],
            "partner": ["RUS"] * 3,
            "n": [70, 71, 72],
            "agreement": [0.5, 0.6, 0.7],
            "agreement_low": [0.4, 0.5, 0.6],
            "agreement_high": [0.6, 0.7, 0.8],
            "percentile": [50.0, 60.0, 70.0],
        }
    )
    chart = contact_and_votes(contacts, agreement, 2002, 2004)
    assert "10 in all, fewest 0 in 2003, most 7 in 2004" in chart.alt
    assert "0.50 in 2002, 0.70 in 2004" in chart.alt
    assert list(chart.plotted["contacts"]) == [3, 0, 7] and list(chart.plotted["percentile"]) == [50.0, 60.0, 70.0]
