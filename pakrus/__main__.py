"""`python -m pakrus`: the data commands."""

import os
import sys

from pakrus.environment import ONE_THREAD

os.environ.setdefault(*ONE_THREAD)  # before numpy is loaded, which reads it

from pakrus.cli import main

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
