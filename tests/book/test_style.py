"""The code is in one style: ruff finds nothing, and its formatter would change nothing."""

import subprocess
import sys

import pytest
from book_notebooks import ROOT


@pytest.mark.parametrize(
    "command", [("check",), ("format", "--check", "--exclude", "*.ipynb")], ids=["rules", "format"]
)
def test_ruff_has_nothing_to_say(command):
    done = subprocess.run([sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
