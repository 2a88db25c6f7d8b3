"""The twin lines: alt text from the data, one state only."""

import pandas as pd
import pytest

from pakrus.figures import voting

ROWS = pd.DataFrame({
    "session": [47, 48, 47, 48], "year": [1992, 1993, 1992, 1993],
    "state": ["RUS"] * 4, "partner": ["PAK", "PAK", "IND", "IND"],
    "n": [10] * 4, "agreement": [0.4, 0.5, 0.3, 0.6], "agreement_low": [0.2] * 4, "agreement_high": [0.8] * 4,
})  # fmt: skip


def test_alt_names_both_partners_and_their_ends():
    chart = voting.twin_lines(ROWS, 1992, 1993)
    assert "with Pakistan from 0.40 in 1992 to 0.50 in 1993" in chart.alt
    assert "with India from 0.30 in 1992 to 0.60 in 1993" in chart.alt
    assert len(chart.plotted) == 4


def test_two_states_are_refused():
    with pytest.raises(ValueError, match="one state"):
        voting.twin_lines(ROWS.assign(state=["RUS", "RUS", "USA", "USA"]), 1992, 1993)
