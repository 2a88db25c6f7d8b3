"""The book's data commands: python -m pakrus check | derive | fetch | seal | describe | cite | new-event."""

import argparse
import sys
from pathlib import Path

from pakrus import data


def _check(_: argparse.Namespace) -> int:
    from pakrus import checks

    problems = checks.run()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in {len(data.tables())} tables and the references." if problems else f"{len(data.tables())} tables and the references are valid.")
    return 1 if problems else 0


def _derive(arguments: argparse.Namespace) -> int:
    from pakrus import derive, tables

    problems = derive.run(arguments.folder, check=arguments.check)
    for problem in problems:
        print(problem)
    if arguments.check:
        print(f"{len(problems)} differences." if problems else "Every derived table equals what the upstream files give, byte for byte.")
    else:
        changed = tables.seal()
        print(f"Derived. Changed: {', '.join(changed) or 'nothing'}.")
    return 1 if problems else 0


def _fetch(arguments: argparse.Namespace) -> int:
    from pakrus import fetch

    results = fetch.run(arguments.folder, arguments.sources, timeout=arguments.timeout)
    good = sum(result.good for result in results)
    print(f"{good} of {len(results)} files are in {arguments.folder} and verified.")
    return 0 if good == len(results) else 1


def _seal(_: argparse.Namespace) -> int:
    from pakrus import tables

    changed = tables.seal()
    print(f"Fingerprints renewed: {', '.join(changed)}." if changed else "Every fingerprint was true already.")
    return 0


def _new_event(_: argparse.Namespace) -> int:
    from pakrus import new_event

    return new_event.run()


def _describe(arguments: argparse.Namespace) -> int:
    print(data.describe(arguments.table))
    return 0


def _cite(arguments: argparse.Namespace) -> int:
    print(data.cite(arguments.table))
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 problems found, 2 could not run."""
    parser = argparse.ArgumentParser(prog="python -m pakrus", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    commands.add_parser("check", help="validate every table, the descriptor and the references").set_defaults(run=_check)
    derive = commands.add_parser("derive", help="rebuild the derived tables from the upstream files")
    derive.add_argument("--from", dest="folder", type=Path, required=True, metavar="DIR", help="folder of the upstream files")
    derive.add_argument("--check", action="store_true", help="write nothing; compare and name the first difference per table")
    derive.set_defaults(run=_derive)
    fetch = commands.add_parser("fetch", help="download upstream files, verify them, and say how to get the others")
    fetch.add_argument("sources", nargs="*", metavar="SOURCE", help="ids in upstream/sources.toml; without any: all")
    fetch.add_argument("--to", dest="folder", type=Path, required=True, metavar="DIR", help="the upstream folder")
    fetch.add_argument("--timeout", type=float, default=30.0, metavar="S", help="until a stalled connection ends")
    fetch.set_defaults(run=_fetch)
    commands.add_parser("seal", help="record the tables' fingerprints in the descriptor after an intended change").set_defaults(run=_seal)
    commands.add_parser("new-event", help="enter an event, question by question").set_defaults(run=_new_event)
    for name, function, text in (("describe", _describe, "print a table's codebook entry"), ("cite", _cite, "print BibTeX for a table and its sources")):
        command = commands.add_parser(name, help=text)
        command.add_argument("table")
        command.set_defaults(run=function)
    arguments = parser.parse_args(argv)
    from pakrus.upstream.files import UpstreamError

    try:
        return arguments.run(arguments)
    except (data.DataError, UpstreamError, ImportError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
