"""China's seat at the United Nations follows the day of resolution 2758, not the session."""

import pandas as pd
import pytest

from pakrus import data
from pakrus.sources.files import UpstreamError
from pakrus.tables import votes


def test_the_seat_passes_with_resolution_2758_of_25_october_1971():
    calls = data.load("unga_votes")
    before = (calls["session"] < 26) | ((calls["session"] == 26) & (calls["date"].str[:7] <= "1971-10"))
    assert (calls["china_seat"] == "ROC").equals(before)
    session = calls[calls["session"] == 26]
    assert (session["china_seat"].value_counts().to_dict()) == {"ROC": 11, "PRC": 72}
    assert set(session.loc[session["symbol"].fillna("").str.startswith("R/26/2758"), "china_seat"]) == {"ROC"}
    # "CHN" is the vote of whoever held the seat: Taipei voted on its own representation, not on its own expulsion
    own = session.set_index("symbol")["CHN"]
    assert own["R/26/2758A"] == "yes" and pd.isna(own["R/26/2758G"])


def test_a_month_that_no_longer_tells_who_held_the_seat_stops_the_derivation():
    calls = pd.DataFrame({"session": 26, "date": ["1971-10", "1971-11"], "symbol": ["R/26/2758G", "R/26/2762"]})
    assert list(votes._china_seat(calls)) == ["ROC", "PRC"]
    calls.loc[0, "symbol"] = "R/26/2759"
    with pytest.raises(UpstreamError, match="after 2758"):
        votes._china_seat(calls)
