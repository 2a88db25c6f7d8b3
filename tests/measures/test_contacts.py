import pandas as pd
import pytest

from pakrus.measures import contact, correlation


def frame(*rows):
    return pd.DataFrame(rows, columns=["date", "status", "scope", "cooperation"])


def test_only_cooperative_acts_of_the_two_that_happened_count():
    events = frame(
        ("2003-02-05", "happened", "bilateral", 2),
        ("2003", "happened", "multilateral", 1),
        ("2003-03", "planned", "bilateral", 2),
        ("2003-02-04", "happened", "context", 1),
        ("2004-01-01", "happened", "bilateral", 0),
        ("2004-01-02", "happened", "bilateral", -1),
    )
    assert contact.contacts_by_year(events, 2003, 2005).to_dict("list") == {
        "year": [2003, 2004, 2005],
        "contacts": [1, 0, 0],
    }
    assert contact.contacts_by_year(events, 2003, 2003, scope="multilateral")["contacts"].tolist() == [1]


def test_rank_correlation_of_equal_and_reversed_order():
    up = pd.Series(range(8))
    assert correlation.rank_correlation(up, up)["rho"] == pytest.approx(1)
    down = correlation.rank_correlation(up, -up)
    assert down["rho"] == pytest.approx(-1) and down["p"] < 0.01 and down["n"] == 8


def test_rank_correlation_with_ties_is_pearson_of_midranks():
    assert correlation.rank_correlation(pd.Series([1, 2, 2, 3]), pd.Series([1, 2, 3, 4]))["rho"] == pytest.approx(
        0.9486833
    )


def test_rank_correlation_leaves_out_missing_pairs_and_refuses_constants():
    assert correlation.rank_correlation(pd.Series([1, None, 3, 4]), pd.Series([1, 2, 3, 4]))["n"] == 3
    assert pd.isna(correlation.rank_correlation(pd.Series([1, 1, 1]), pd.Series([1, 2, 3]))["rho"])


def test_contacts_of_some_years_and_how_they_go_with_another_series():
    events = frame(*[(f"{year}-05", "happened", "bilateral", 1) for year in (2003, 2004, 2004, 2005, 2005, 2005)])
    assert contact.contacts(events, 2003, 2004).value == 3
    acts = contact.contacts_by_year(events, 2003, 2006)
    found = correlation.goes_with(acts, pd.Series([0.9, 0.8, 0.7], index=[2003, 2004, 2005]), "like votes")
    assert (found.rho.text, found.rho.n) == ("−1.00", 3)
    assert found.rho.words == "rank correlation of cooperative acts a year with like votes, 2003–2006"


def test_rates_of_acts_in_two_spans_are_compared_by_the_exact_conditional_test():
    years = [2001] * 3 + [2002] * 15 + [2011] * 20 + [2012] * 10
    events = frame(*[(f"{year}-05", "happened", "bilateral", 1) for year in years])
    found = contact.contacts_compared(events, (2011, 2012), (2001, 2002))
    assert found.ratio.value == pytest.approx(30 / 18) and found.ratio.low < 1 < found.ratio.high
    assert found.p.value == pytest.approx(0.1114, abs=1e-4) and found.p.n == 48
    assert found.p.words.startswith("rate of cooperative bilateral acts in 2011–2012, against that in 2001–2002")
    with pytest.raises(ValueError, match="neither span has a cooperative act"):
        contact.contacts_compared(events, (1951, 1952), (1961, 1962))


def test_changes_of_acts_go_with_changes_and_not_with_a_common_rise():
    acts = pd.DataFrame(
        {"year": range(2001, 2009), "contacts": [1, 3, 4, 7, 8, 11, 12, 15]}
    )  # rises by turns of two and one
    rising = pd.Series([1.0, 2, 4, 5, 7, 8, 10, 11], index=range(2001, 2009))  # rises as well, by the opposite turns
    assert correlation.goes_with(acts, rising, "votes").rho.value == pytest.approx(1)
    found = correlation.changes_go_with(acts, rising, "votes")
    assert found.rho.value < -0.7 and found.rho.n == 7 and 1 / 7 <= found.p.value <= 1
    assert found.rho.words == "rank correlation of the yearly changes of cooperative acts and of votes, 2001–2008"


def test_a_gap_in_the_years_is_no_change():
    first = pd.Series([1.0, 2, 4, 3, 9], index=[2001, 2002, 2003, 2004, 2005])
    assert correlation.of_changes(first, first.drop(2003), "both").rho.n == 2  # 2002 and 2005 only


def test_with_few_pairs_only_a_strong_correlation_is_rare():
    assert correlation.rare_correlation(15).value == pytest.approx(0.52, abs=0.01)  # tables of Spearman's rho: 0.521
    assert correlation.rare_correlation(30).value < correlation.rare_correlation(15).value


def test_a_head_of_mission_covers_the_years_between_his_dates_and_no_others():
    columns = ["sending_state", "arrival_or_appointment", "credentials_date", "end_date", "named_from", "named_until"]
    envoys = pd.DataFrame(
        [
            ("PAK", "1949", "1949-12", None, None, None),
            ("PAK", None, None, None, "1951-03-01", "1952"),
            ("PAK", None, None, None, None, None),
            ("RUS", "1950-05", None, "1954-01-02", "1950-06", "1953"),
        ],
        columns=columns,
    )
    assert contact.years_with_envoy(envoys, "PAK") == {1949, 1951, 1952}
    without = contact.years_without_envoy(envoys, 1948, 1955)
    assert without["years"].tolist() == ["1948, 1950, 1953–1955", "1948–1949, 1955"]
    assert [contact.without_envoy(without, state).value for state in ("PAK", "RUS")] == [5, 3]
    assert without["known"].tolist() == [3, 5] and without["without"].tolist() == [5, 3]


def test_with_every_year_known_none_is_named():
    envoys = pd.DataFrame(
        [(state, "1948", None, "1949", None, None) for state in ("PAK", "RUS")],
        columns=[
            "sending_state",
            "arrival_or_appointment",
            "credentials_date",
            "end_date",
            "named_from",
            "named_until",
        ],
    )
    assert contact.years_without_envoy(envoys, 1948, 1949)["years"].tolist() == ["", ""]
