"""What a machine refuses, in one line that says what and how to mend it: no space, no right to write, a file in use.

In: an error of the operating system. Out: a line for people. Every command of the book, of `book.py` before there is an
environment too, is run by `guarded`, so it is the standard library alone. The one difficulty is what not to catch: an
error that names no file and is none of these is a fault of ours and shows itself.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

FULL = "the disk is full: free some space (about 2 GB for the set-up), then run the same command again"
NOT_OURS = "this folder cannot be written: copy the book to a folder of yours and run the same command there"
IN_USE = "close the program that has it open (JupyterLab, a spreadsheet), then run the same command again"
STOPPED = "stopped; run the same command again to go on"
WRITING = (errno.EROFS, errno.EACCES, errno.EPERM)
WINDOWS_IN_USE, WINDOWS_TOO_LONG = (5, 32, 33), (206,)  # the numbers of Windows' own errors
BOOK = Path(__file__).resolve().parents[1]


def told(error: OSError, book: Path = BOOK) -> str | None:
    """Return the line for an error of the operating system, or None for one that is no refusal of the machine.

    `book` is the book's folder: what cannot be written there is mended otherwise than a place that the user named.
    """
    number, windows = error.errno, getattr(error, "winerror", None)
    path = _place(error)
    if number in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    if path is None:
        return None
    if windows in WINDOWS_IN_USE or number in (errno.EBUSY, errno.ETXTBSY):
        return f"{path} is in use: {IN_USE}"
    if windows in WINDOWS_TOO_LONG or number == errno.ENAMETOOLONG:
        return f"{path}: the path is too long here: choose a shorter name or a folder nearer to the root"
    if number in WRITING or (number == errno.ENOENT and path.is_dir()):  # there, and takes no file: /proc
        inside = book in (path, *path.absolute().parents)
        return NOT_OURS if inside else f"{path} cannot be read or written: choose a folder of yours"
    if number in (errno.EEXIST, errno.ENOTDIR):
        return f"{path} is a file, or lies below one, where a folder is needed: choose another name"
    if number == errno.EISDIR:
        return f"{path} is a folder where a file is needed: choose another name"
    if number == errno.ENOENT:
        return f"{path} is not there and cannot be made there: check the name, then run the same command again"
    return f"{path}: {error.strerror}: mend it, then run the same command again"


def writable(folder: Path) -> None:
    """Ask before a long work whether its result can be written.

    Raises
    ------
    PermissionError
        When nothing can be written in the folder.
    """
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _place(error: OSError) -> Path | None:
    """What the error names; for the file beside it under which a file is written at first, the folder."""
    if not isinstance(error.filename, str | bytes | os.PathLike):
        return None
    path = Path(os.fsdecode(error.filename))
    return path.parent if path.name.startswith(".") and path.name.endswith(".part") else path


def guarded(command: Callable[[], int], name: str = "") -> int:
    """Run a command and return its exit code; what the machine refuses is told in one line after `name`, exit code 2.

    Who has stopped reading (`| head`) is told nothing and ends the command, as every program of Unix ends then (141);
    who stops it with Ctrl+C is told that it can go on (130).
    """
    try:
        try:
            return command()
        finally:
            sys.stdout.flush()  # here, not when the interpreter ends, where nobody can catch what it raises
    except KeyboardInterrupt:
        print(f"{name}{STOPPED}", file=sys.stderr)
        return 130
    except OSError as error:
        # Windows calls a pipe that nobody reads an invalid argument
        if isinstance(error, BrokenPipeError) or (
            os.name == "nt" and error.errno == errno.EINVAL and not error.filename
        ):
            _write_nowhere()
            return 141
        line = told(error)
        if line is None:
            raise
        print(f"{name}{line}", file=sys.stderr)
        return 2


def _write_nowhere() -> None:
    """What is still to be written goes nowhere, or the interpreter would complain of it when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
