"""The book's data commands: `python -m pakrus --help` lists them.

What comes in: a command line. What goes out: what the command prints, and an exit code (0 good, 1 problems found, 2 could not
run). The one difficulty is to start at once: each command imports what it needs when it runs, and only errors that say what to
do are turned into a line; any other is a fault of ours and shows itself.
"""

import argparse
import sys
from pathlib import Path

from pakrus import data, refusals
from pakrus.extras import MissingExtra, need
from pakrus.folder import Folder


def _check(_: argparse.Namespace) -> int:
    from pakrus import checks

    report = checks.report()
    problems = report.problems
    for line in (*problems, *report.skipped):
        print(line)
    print(
        f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in {len(data.tables())} tables and the references."
        if problems
        else f"{len(data.tables())} tables and the references are valid."
    )
    return 1 if problems else 0


def _derive(arguments: argparse.Namespace) -> int:
    from pakrus.tables import build

    if not arguments.check:
        refusals.writable(Folder.default().data)
    problems = build.check(arguments.folder) if arguments.check else []
    changed = [] if arguments.check else build.run(arguments.folder)
    for line in [*build.left_out(arguments.folder), *problems]:
        print(line)
    if not arguments.check:
        print(f"Derived. Changed: {', '.join(changed) or 'nothing'}.")
        return 0
    same = "Every derived table with its files at hand equals what they give, byte for byte."
    print(f"{len(problems)} differences." if problems else same)
    return 1 if problems else 0


def _fetch(arguments: argparse.Namespace) -> int:
    from pakrus.sources import fetch

    results = fetch.run(arguments.folder, arguments.sources, timeout=arguments.timeout)
    good = sum(result.good for result in results)
    print(f"{good} of {len(results)} files are in {arguments.folder} and verified.")
    return 0 if good == len(results) else 1


def _edition(arguments: argparse.Namespace) -> int:
    from pakrus.edition import Edition

    for file in Edition().write(arguments.folder):
        print(
            f"{file.path}: {file.bytes:,} bytes, sha256{'' if file.of == 'file' else f' of its {file.of}'} {file.sha256}"
        )
    return 0


def _seal(_: argparse.Namespace) -> int:
    from pakrus import store

    changed = store.seal()
    kept = store.kept()
    if changed or not kept:
        print(f"Fingerprints renewed: {', '.join(changed)}." if changed else "Every fingerprint was true already.")
    for line in kept:
        print(line, file=sys.stderr)
    return 1 if kept else 0


def _tidy(arguments: argparse.Namespace) -> int:
    from pakrus import tidy

    print("\n".join(tidy.run(arguments.table, write=arguments.write)))
    return 0


def _new_event(_: argparse.Namespace) -> int:
    from pakrus import new_event

    refusals.writable(Folder.default().data)  # before the questions, not after the last one
    return new_event.run()


def _describe(arguments: argparse.Namespace) -> int:
    print(data.describe(arguments.table))
    return 0


def _cite(arguments: argparse.Namespace) -> int:
    print(data.cite(arguments.table))
    return 0


def _dyads(arguments: argparse.Namespace) -> int:
    from pakrus import store
    from pakrus.measures import dyads
    from pakrus.sources.files import Upstream
    from pakrus.tables import votes

    if arguments.file.suffix not in (".parquet", ".csv"):
        raise data.DataError(f"{arguments.file}: a name that ends in .parquet or .csv expected.")
    parquet = arguments.file.suffix == ".parquet"
    if parquet:
        need("pyarrow", "Writing Parquet", "requirements-engines.txt", "give a name that ends in .csv")
    _can_be_written(arguments.file)
    frame = dyads.all_dyads(votes.all_states(Upstream(arguments.folder)))
    content = frame.to_parquet(None, index=False) if parquet else store.to_csv(frame)
    store.write(arguments.file, content)
    print(f"{len(frame):,} rows (a pair of states in a session) in {arguments.file}.")
    return 0


def _can_be_written(file: Path) -> None:
    """Refuse a file that cannot be written before minutes of work, not after."""
    if file.is_dir():
        raise data.DataError(f"{file} is a folder: name the file to write in it.")
    if not file.absolute().parent.is_dir():
        raise data.DataError(f"{file}: there is no folder {file.parent}: make it, or name a file in one that exists.")
    refusals.writable(file.absolute().parent)


def _scaling(arguments: argparse.Namespace) -> int:
    from pakrus import store
    from pakrus.scale import scaling
    from pakrus.sources.files import Upstream
    from pakrus.tables import votes

    if arguments.file:
        _can_be_written(arguments.file)
    frame = scaling.measure(votes.all_states(Upstream(arguments.folder)))
    print(frame.to_string(index=False))
    if arguments.file:
        store.write(arguments.file, store.to_csv(frame))
    return 0


def _engines(arguments: argparse.Namespace) -> int:
    from pakrus.scale import engines
    from pakrus.sources.files import Upstream
    from pakrus.tables import votes

    try:
        results, compared = engines.run(votes.all_states(Upstream(arguments.folder)), arguments.master)
    except engines.EngineError as error:
        print(error, file=sys.stderr)
        return 2
    for result in results:
        print(f"{result.name}: {len(result.frame):,} rows in {result.seconds:.1f} s")
    for (one, other), (found, largest) in compared.items():
        same = f"equal (largest difference of two shares {largest:.1g})"
        verdict = f"differ in {', '.join(found)}" if found else same
        print(f"{one} and {other}: {verdict}")
    return 1 if any(found for found, _ in compared.values()) else 0


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 problems found, 2 could not run."""
    parser = argparse.ArgumentParser(prog="python -m pakrus", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    commands.add_parser("check", help="validate every table, the descriptor and the references").set_defaults(
        run=_check
    )
    derive = commands.add_parser("derive", help="rebuild the derived tables from the upstream files")
    derive.add_argument(
        "--from", dest="folder", type=Path, required=True, metavar="DIR", help="folder of the upstream files"
    )
    derive.add_argument(
        "--check", action="store_true", help="write nothing; compare and name the first difference per table"
    )
    derive.set_defaults(run=_derive)
    fetch = commands.add_parser("fetch", help="download upstream files, verify them, and say how to get the others")
    fetch.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="ids in pakrus/sources/sources.toml; without any: all"
    )
    fetch.add_argument("--to", dest="folder", type=Path, required=True, metavar="DIR", help="the upstream folder")
    fetch.add_argument("--timeout", type=float, default=30.0, metavar="S", help="until a stalled connection ends")
    fetch.set_defaults(run=_fetch)
    edition = commands.add_parser("edition", help="make the data edition: one zip, one SQLite file, SHA256SUMS")
    edition.add_argument("--to", dest="folder", type=Path, required=True, metavar="DIR", help="folder for the files")
    edition.set_defaults(run=_edition)
    commands.add_parser(
        "seal", help="record the tables' fingerprints in the descriptor after an intended change"
    ).set_defaults(run=_seal)
    tidy = commands.add_parser("tidy", help="give a table back its form after a spreadsheet program has saved it")
    tidy.add_argument("table")
    tidy.add_argument("--write", action="store_true", help="write the table; without it, only show what would change")
    tidy.set_defaults(run=_tidy)
    commands.add_parser("new-event", help="enter an event, question by question").set_defaults(run=_new_event)
    for name, function, text in (
        ("dyads", _dyads, "write agreement of every pair of states by session to a .parquet or .csv file"),
        ("scaling", _scaling, "measure how time and memory of that grow with the number of roll calls"),
        ("engines", _engines, "run it as SQL on DuckDB and Apache Spark and prove equal answers"),
    ):
        command = commands.add_parser(name, help=text)
        folder = {"dest": "folder", "type": Path, "required": True, "metavar": "DIR"}
        command.add_argument("--from", **folder, help="folder of the upstream files")
        if name == "engines":
            command.add_argument("--master", default="local-cluster[2,1,1024]", help="of Spark (default: %(default)s)")
        else:
            target = {"dest": "file", "type": Path, "required": name == "dyads", "metavar": "FILE"}
            command.add_argument("--to", **target, help="file to write")
        command.set_defaults(run=function)
    for name, function, text in (
        ("describe", _describe, "print a table's codebook entry"),
        ("cite", _cite, "print BibTeX for a table and its sources"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("table")
        command.set_defaults(run=function)
    return refusals.guarded(lambda: _run(parser, argv))


def _run(parser: argparse.ArgumentParser, argv: list[str] | None) -> int:
    arguments = parser.parse_args(argv)
    from pakrus.sources.files import UpstreamError

    try:
        return arguments.run(arguments)
    except (data.DataError, UpstreamError, MissingExtra) as error:
        print(error, file=sys.stderr)
        return 2
