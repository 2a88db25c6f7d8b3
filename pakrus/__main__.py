"""`python -m pakrus`: the data commands."""

import os
import sys

# sums of small tables: a second thread of the linear algebra costs twice the time of one (read before numpy is loaded)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pakrus.cli import main

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
