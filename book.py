#!/usr/bin/env python3
"""Build, test and run the book: `python book.py --help` lists the commands, pakrus/environment.py holds them.

Needs nothing but Python 3.11-3.13. Every other Python, Python 2 too, can read this file as far as being told so: no
syntax here that is younger than Python 2.7.
"""

import os
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = os.path.dirname(os.path.abspath(__file__))


def wrong_python(version):
    """Return what is wrong with a Python's version, in a line that names one on this machine that will do; None if good."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    usable = next((command for command in _commands() if _runs(command)), None)
    mend = "run the command with {0} instead" if usable else "install Python 3.12 and run the command with that"
    said = "this is Python {0}; the book needs Python 3.11 or newer (3.11 to 3.13): {1}"
    return said.format(".".join(str(part) for part in version[:3]), mend.format(usable))


def _commands():
    start = "py -3.{0}" if os.name == "nt" else "python3.{0}"
    return [start.format(minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]


def _runs(command):
    """Whether a command is there and starts (there may be a shim on PATH for what is not installed)."""
    with open(os.devnull, "w") as nowhere:
        try:
            return subprocess.call(command.split() + ["--version"], stdout=nowhere, stderr=nowhere) == 0
        except OSError:
            return False


def main():
    """Run one command and return its exit code: 2 for what keeps the book from being set up."""
    wrong = wrong_python(sys.version_info)
    if wrong:
        sys.stderr.write("book.py: " + wrong + "\n")
        return 2
    sys.path.insert(0, ROOT)
    from pakrus import environment

    return environment.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
