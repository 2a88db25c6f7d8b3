"""Try the rules of `checks` on single bad edits and judge what they say; a table by kind for whoever mends them.

    PYTHONPATH=. python tests/checks/trial.py --seed 7 --report /tmp/edits.md

In come `edits` of a seed, out go `Trial`s: each edit is made in a folder of links, `check` runs, `seal` runs, `check` runs
again, as a contributor would. An edit is caught if something other than the fingerprint of its bytes is then reported. The
one difficulty is to judge messages by code: see `faults`, which asks only what a reader of one message needs.
"""

import argparse
import re
import statistics
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from edits import KINDS, REFERENCES, Edit, edits

from pakrus import checks, data, store
from pakrus.checks.problem import Problem
from pakrus.folder import Folder

CAUGHT, MISSED, REFUSED, CRASH = "caught", "missed", "refused", "crash"
WHOLE_FILE = ("file form", "header", "rows of another length")
PATTERN = re.compile(
    r"\\[dwsbSWDAZ.]|\[[a-zA-Z0-9^][^\]]*-[^\]]*\][+*{?]?|\(\?|\)[*?+{]|(^|\s)\^\S|\{\d+(,\d*)?\}|\.\*|\w\$$"
)


@dataclass
class Trial:
    """What `check` said to one edit.

    Parameters
    ----------
    edit : Edit
    outcome : str
        "caught"; "missed": valid after sealing; "refused": `check` or `seal` stopped with one line, and nothing else was
        said; "crash": another exception.
    said : list of Problem
        What was reported, without the fingerprint.
    words : list of str
        The same as printed; of a crash or a refusal its last line.
    faults : list of str
        What is wrong with these messages.
    """

    edit: Edit
    outcome: str
    said: list[Problem] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def linked(folder: Folder, to: Path) -> Folder:
    """Return a folder whose files are links to those of another: cheap to make, to be changed by replacing files."""
    (to / "data").mkdir(parents=True)
    for path in folder.data.iterdir():
        (to / "data" / path.name).symlink_to(path.resolve())
    (to / "references.bib").symlink_to(folder.references.resolve())
    return Folder(to / "data", folder.root)


def of_bytes(problem: Problem) -> bool:
    """Whether a problem says only that a file is not the one that was sealed."""
    return problem.row is None and bool(re.search("sha256:|fingerprint", f"{problem.value} {problem.expected}"))


def tried(edit: Edit, book: Folder, *, unsealed: bool = True) -> Trial:
    """Make an edit, check, seal, check; `unsealed` = False leaves the first check out where `seal` accepts the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = linked(book, Path(temporary))
        path = edit.path(folder)
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(edit.change(content))
        stopped, at_work = "", "check"
        try:
            found = checks.run(folder) if unsealed else []
            try:
                at_work = "seal"
                store.seal(folder)
            except data.DataError as error:
                stopped = str(error)
            at_work = "check"
            found = checks.run(folder)
        except data.DataError as error:
            return Trial(edit, REFUSED, words=[_clean(error, folder)], faults=["check stops at the first line"])
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            words = f"{at_work}: {type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"
            return Trial(edit, CRASH, words=[_clean(words, folder)], faults=["traceback"])
    said = [problem for problem in found if not of_bytes(problem)]
    if not said and stopped:
        return Trial(edit, REFUSED, words=[_clean(stopped, folder)], faults=["only seal refuses"])
    outcome = CAUGHT if said else MISSED
    return Trial(edit, outcome, said, [_clean(problem, folder) for problem in said], faults(edit, said))


def _clean(text: object, folder: Folder) -> str:
    return str(text).replace(f"{folder.data.parent}/", "").replace("\n", " ")


def _file(table: str) -> str:
    return "references.bib" if table == REFERENCES else f"data/{table}.csv"


def limit(edit: Edit) -> int | None:
    """How many messages one edit may give: one a cell, two where two sides no longer agree or a file is in another form."""
    if edit.kind in WHOLE_FILE:
        return 2
    if edit.value is None and edit.table != REFERENCES:
        return None  # a row or a column touches many others
    return 2 if edit.near else 1


def faults(edit: Edit, said: list[Problem]) -> list[str]:
    """Return what a reader of these messages would miss: the file, the cell, the value, a plain expectation, a remedy."""
    if not said:
        return []
    found = []
    other = {_file(name) for name in edit.near}
    here = [problem for problem in said if problem.file == _file(edit.table)]
    beside = [problem for problem in said if problem.file in other]
    if not here + beside:
        found.append("names another file")
    if any(problem.file not in {_file(edit.table)} | other for problem in said) and here + beside:
        found.append("blames other files as well")
    if edit.value is not None and here:
        cells = [
            p for p in here if p.row == edit.row and set(re.split(r"[,;] ?", p.column)) & {edit.column, *edit.near}
        ]
        if not cells and not beside:
            found.append("does not name row and column")
        elif cells and edit.value.strip() and not any(p.value.strip() for p in cells):
            found.append("does not show the value")
    if edit.table == REFERENCES and edit.column and here and not any(edit.column in str(problem) for problem in here):
        found.append("does not name the entry")
    if any(PATTERN.search(problem.expected) for problem in said):
        found.append("a pattern as expectation")
    if any(not problem.expected.strip(" .") for problem in said):
        found.append("an empty expectation")
    if any(not problem.remedy.strip(" .") for problem in said):
        found.append("no remedy")
    most = limit(edit)
    if most is not None and len(said) > most:
        found.append(f"more than {most} message{'s' * (most > 1)}")
    return found


def trials(chosen: Iterable[Edit], book: Folder, *, unsealed: bool = True) -> Iterator[Trial]:
    """Try edits one after the other."""
    for edit in chosen:
        yield tried(edit, book, unsealed=unsealed)


def share(found: Iterable[Trial], outcome: str = CAUGHT) -> float:
    """Share of trials with an outcome."""
    outcomes = [trial.outcome for trial in found]
    return outcomes.count(outcome) / len(outcomes)


def report(found: list[Trial], seed: int, seconds: float) -> str:
    """Return Markdown: a table by kind, what was missed, refused or crashed, what was said badly, and what was said."""
    lines = [
        f"# {len(found)} bad edits, seed {seed}",
        "",
        f"{share(found):.1%} caught; {seconds / max(len(found), 1):.1f} seconds of processor time an edit.",
        "",
        "| kind | edits | caught | missed | refused | crash | median messages | most | with faults |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind in [*(kind for kind in KINDS if any(t.edit.kind == kind for t in found)), "all"]:
        part = [trial for trial in found if kind in (trial.edit.kind, "all")]
        numbers = [len(trial.said) for trial in part if trial.outcome == CAUGHT] or [0]
        counts = [sum(trial.outcome == outcome for trial in part) for outcome in (CAUGHT, MISSED, REFUSED, CRASH)]
        cells = [len(part), *counts, f"{statistics.median(numbers):g}", max(numbers), sum(bool(t.faults) for t in part)]
        lines.append(f"| {kind} | {' | '.join(map(str, cells))} |")
    for title, outcome in (("Crashed", CRASH), ("Refused", REFUSED), ("Missed", MISSED)):
        part = [trial for trial in found if trial.outcome == outcome]
        lines += ["", f"## {title}: {len(part)}", "", *(_line(trial) for trial in part)]
    bad = [trial for trial in found if trial.outcome == CAUGHT and trial.faults]
    lines += ["", f"## Caught, but said badly: {len(bad)}", "", *(_line(trial) for trial in bad)]
    good = [trial for trial in found if trial.outcome == CAUGHT and not trial.faults]
    lines += ["", f"## Caught and said well: {len(good)}", "", *(_line(trial) for trial in good)]
    return "\n".join(lines) + "\n"


def _line(trial: Trial) -> str:
    edit = trial.edit
    place = ", ".join(
        filter(
            None,
            [_file(edit.table), f"row {edit.row}" if edit.row else "", f"column {edit.column}" if edit.column else ""],
        )
    )
    said = "".join(f"\n  - {words[:420]}" for words in trial.words[:3])
    more = f"\n  - and {len(trial.words) - 3} more" if len(trial.words) > 3 else ""
    weak = f" **{'; '.join(trial.faults)}**" if trial.faults and trial.said else ""
    return f"- {edit.name}: {place}: {edit.words}{weak}{said}{more}".replace("\u200b", "\\u200b")


def main(arguments: list[str] | None = None) -> None:
    """Try the edits of a seed on the book and write the report."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--report", type=Path, default=None, help="where the report goes; without it, to the screen")
    parser.add_argument("--only", default="", help="only edits whose name begins so: a kind, or a kind and a number")
    options = parser.parse_args(arguments)
    book = Folder.default()
    chosen = [edit for edit in edits(options.seed, book) if edit.name.startswith(options.only)]
    begun = time.process_time()
    text = report(list(trials(chosen, book)), options.seed, time.process_time() - begun)
    if options.report:
        options.report.write_text(text, encoding="utf-8")
    print(text.split("\n## ")[0] if options.report else text)


if __name__ == "__main__":
    main()
