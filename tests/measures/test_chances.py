"""The short forms say what scipy.stats and statsmodels say, and no chapter loads those for them."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from pakrus.folder import ROOT
from pakrus.measures import chances

COUNTS = st.integers(0, 60)


@given(COUNTS, COUNTS, st.floats(0.01, 0.99))
def test_the_binomial_test_is_scipys(hits, misses, rate):
    if hits + misses:
        expected = binomtest(hits, hits + misses, rate).pvalue
        assert chances.binomial(hits, hits + misses, rate) == pytest.approx(expected, rel=1e-9)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_fishers_test_is_scipys(a, b, c, d):
    expected = fisher_exact([[a, b], [c, d]]).pvalue
    assert chances.fisher((a, b), (c, d)) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("ends", "method"), [(chances.wilson_ends, "wilson"), (chances.exact_ends, "beta")])
@given(counts=st.lists(st.tuples(COUNTS, st.integers(1, 400)), min_size=1, max_size=9), level=st.floats(0.5, 0.999))
def test_intervals_are_those_of_statsmodels(ends, method, counts, level):
    hits, misses = np.array(counts, dtype=float).T
    expected = proportion_confint(hits, hits + misses, alpha=1 - level, method=method)
    for found, wanted in zip(ends(hits, hits + misses, level), expected, strict=True):
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_many_tests_at_once_pay_as_in_statsmodels(p):
    assert chances.adjusted(p).tolist() == multipletests(p, method="fdr_bh")[1].tolist()


MEASURES = (
    "breaks, recurring, summary, contact, council, compare, issues, nearness, proportions, third_parties, variants"
)


def test_what_most_chapters_load_does_not_load_the_large_libraries():
    code = f"import sys; from pakrus import figures; from pakrus.measures import {MEASURES}; print('scipy.stats' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_fishers_test_counts_things():
    assert chances.fisher((3.0, 1), (1, 3)) == chances.fisher((3, 1), (1, 3))
    with pytest.raises(ValueError, match="0 or more"):
        chances.fisher((-1, 2), (3, 4))
