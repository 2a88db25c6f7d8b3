"""`python -m pakrus`: the data commands."""

import sys

from pakrus.cli import main

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
