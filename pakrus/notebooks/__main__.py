"""`python -m pakrus.notebooks run [CHAPTER ...]` and `new NAME`: what book.py hands on to, inside the environment."""

import argparse
import sys

from pakrus import refusals
from pakrus.notebooks import execute, scaffold


def main(arguments: list[str] | None = None) -> int:
    """Run one command; a wrong name is told in one line with exit code 2."""
    parser = argparse.ArgumentParser(prog="book.py")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="execute the notebooks and store their outputs")
    run.add_argument(
        "names", nargs="*", metavar="CHAPTER", help="a chapter's name or part of it; all when none is given"
    )
    new = commands.add_parser("new", help="write the frame of a new chapter")
    new.add_argument("name", metavar="NAME", help="lower-case words joined by hyphens: the file's name and its address")
    options = parser.parse_args(arguments)
    try:
        return execute.run(options.names) if options.command == "run" else scaffold.new(options.name)
    except (execute.NoNotebook, scaffold.BadName) as error:
        print(f"book.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(refusals.guarded(main, "book.py: "))
