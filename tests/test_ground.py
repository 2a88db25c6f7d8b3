"""Modules that others stand on can be used without what makes pages and draws figures."""

import subprocess
import sys

import pytest

GROUND = ["bibliography", "citation", "codebook", "dates", "references", "terms", "data", "edition"]
FAR = {"sphinx", "docutils", "matplotlib", "pakrus.pages", "pakrus.figures"}


@pytest.mark.parametrize("module", GROUND)
def test_neither_sphinx_nor_matplotlib_is_imported(module):
    assert not FAR & imported(f"pakrus.{module}")


def test_dates_and_words_need_no_table():
    assert not {"pandas", "numpy"} & imported("pakrus.dates", "pakrus.terms", "pakrus.codebook", "pakrus.bibliography")


def imported(*modules):
    """What a fresh interpreter has loaded after importing these."""
    script = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )
