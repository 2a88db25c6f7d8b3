#!/usr/bin/env python3
"""Build, test and run the book. Needs nothing but Python 3.11-3.13; the first call sets up `.venv` in this folder.

    python book.py book             the HTML book in _build/html; every warning is an error
    python book.py test [...]       all tests; more arguments go to pytest
    python book.py run [CHAPTER..]  execute the chapters and store their outputs
    python book.py lab              JupyterLab, opened in chapters/
    python book.py check            validate the data and the references
    python book.py pdf              the whole book as one accessible PDF
    python book.py clean [--all]    remove what was built; with --all the environment too

The environment is requirements.txt, exact and hashed: the same for readers, developers and CI. It is made anew whenever
requirements.txt, the Python version or the folder's place has changed, or when an earlier set-up was broken off.
Standard library only; what runs inside the environment is called as a program or imported where it is needed.
"""

import argparse
import contextlib
import errno
import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BUILD = ROOT / "_build"
UPSTREAM = ROOT.parent / "shared" / "upstream"
LANDING_PAGE = "index.ipynb"
NOTEBOOK_FOLDERS = ("chapters", "back-matter")
KEPT_NOTEBOOK_METADATA = ("title", "subtitle", "authors", "date", "description", "keywords", "mystnb", "myst", "tags")
KEPT_CELL_METADATA = ("tags", "mystnb", "slideshow", "editable", "deletable")


class SetupError(Exception):
    """What keeps the book from being set up, and how to mend it: shown as one line, exit code 2."""


# ---------------------------------------------------------------- the environment


def check_python(version=None):
    """Refuse a Python outside the supported range, naming one on this machine that will do."""
    version = tuple(version or sys.version_info)[:3]
    if OLDEST <= version[:2] <= NEWEST:
        return
    commands = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    usable = next(filter(_runs, commands), None)
    mend = f"run the command with {usable} instead" if usable else "install Python 3.12 and run the command with that"
    raise SetupError(f"this is Python {'.'.join(map(str, version))}; the book needs 3.11 to 3.13: {mend}")


@functools.lru_cache(maxsize=None)  # noqa: UP033 - a Python that is too old must get as far as being told so
def _runs(command):
    """Whether a command is there and starts (there may be a shim on PATH for what is not installed)."""
    if not shutil.which(command):
        return False
    return subprocess.run([command, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def venv_python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def needs_derive() -> bool:
    """Whether this is a place where the tables are derived again: the sources' files are at hand, or it is CI."""
    return UPSTREAM.is_dir() or os.environ.get("CI", "").lower() in ("1", "true")


def wanted_stamp(derive: bool = False) -> dict:
    """What a finished environment must have been made from."""
    stamp = {
        "python": sys.version.split()[0],
        "place": str(ROOT),
        "requirements.txt": _digest(ROOT / "requirements.txt"),
    }
    if (ROOT / "pakrus" / "__init__.py").exists():
        stamp["pyproject.toml"] = _digest(ROOT / "pyproject.toml")
    if derive:
        stamp["requirements-derive.txt"] = _digest(ROOT / "requirements-derive.txt")
    return stamp


def read_stamp() -> dict:
    """What the environment was made from; empty when it was never finished or its Python has gone."""
    try:
        stamp = json.loads((VENV / "book.json").read_text(encoding="utf-8"))
        return stamp if isinstance(stamp, dict) and venv_python().exists() else {}
    except (OSError, ValueError):
        return {}


def ensure_environment(derive: bool = False) -> Path:
    """Return the environment's Python, after making or completing the environment where it is not what it should be."""
    with _setup_errors():
        wanted = wanted_stamp(derive)
        if not wanted.items() <= read_stamp().items():
            _set_up(wanted)
    return venv_python()


def _set_up(wanted: dict) -> None:
    """Do the stages of the set-up that are missing or out of date; each is stamped when it is finished."""
    stages = {
        "requirements.txt": lambda: _install("--require-hashes", "-r", "requirements.txt"),
        "pyproject.toml": lambda: _install("--no-deps", "--no-build-isolation", "--no-index", "-e", "."),
        "requirements-derive.txt": lambda: _install("--require-hashes", "-r", "requirements-derive.txt"),
    }
    with _one_at_a_time():
        have = read_stamp()  # again: another process may have done it while this one waited
        if any(have.get(key) != wanted[key] for key in ("python", "place", "requirements.txt")):
            _say("Setting up the environment in .venv (once; a minute with pip, less with uv) ...")
            _make_venv()
            have = {key: wanted[key] for key in ("python", "place")}
        for name, install in stages.items():
            if name in wanted and have.get(name) != wanted[name]:
                started = time.monotonic()
                install()
                have[name] = wanted[name]
                _write_stamp(have)
                _say(f"... {name} installed in {time.monotonic() - started:.0f} s.")


def _write_stamp(stamp: dict) -> None:
    """The last step of a stage: without it the stage counts as not done."""
    _write_atomically(VENV / "book.json", json.dumps(stamp, indent=1, sort_keys=True) + "\n")


def _make_venv() -> None:
    """An empty environment, in place of whatever is there."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    base = getattr(sys, "_base_executable", None) or sys.executable  # not .venv's own Python, which has just gone
    if _runs("uv"):
        _run_installer(["uv", "venv", "--quiet", "--python", base, str(VENV)])
        return
    for module in ("venv", "ensurepip"):
        if subprocess.run([base, "-c", f"import {module}"], capture_output=True).returncode:
            version = "{}.{}".format(*sys.version_info[:2])
            raise SetupError(
                f"this Python has no module {module}: install it (Debian, Ubuntu: apt install python{version}-venv), "
                "or install uv, then run the same command again"
            )
    _run_installer([base, "-m", "venv", str(VENV)])


def _install(*arguments: str) -> None:
    """Install into the environment, with uv when it is there (four times as fast), else pip."""
    python = str(venv_python())
    if _runs("uv"):
        # as pip does: uncompiled packages stay slow for ever where PYTHONDONTWRITEBYTECODE is set
        options = ["--quiet", "--compile-bytecode", "--python", python]
        _run_installer(["uv", "pip", "install", *options, *arguments])
    elif subprocess.run([python, "-c", "import pip"], capture_output=True).returncode:
        _write_stamp({})
        raise SetupError("the environment was made by uv, which is gone: run the same command again to make it anew")
    else:
        _run_installer([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments])


def _run_installer(command: list) -> None:
    """Run one step of the set-up quietly; turn its failure into one line that says how to mend it."""
    environment = child_environment()
    for name in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"):
        environment.pop(name, None)  # a habit set for other work would send the packages elsewhere
    for name in ("UV_SYSTEM_CERTS", "UV_NATIVE_TLS"):  # new and old name: trust whom the system trusts, as pip does
        environment.setdefault(name, "true")
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        output = done.stdout.decode("utf-8", "replace")
        log = Path(tempfile.gettempdir()) / "pakrus-setup.log"
        with contextlib.suppress(OSError):
            log.write_text(output, encoding="utf-8")
        raise SetupError(explain(output, str(log)))


def explain(output: str, log: str = "") -> str:
    """One line for what an installer said: the cause and the remedy."""
    text = output.lower()

    def said(phrases: str) -> bool:
        return any(phrase in text for phrase in phrases.split("|"))

    if said("no space left|errno 28|disk quota|not enough space"):
        return "the disk is full: free about 2 GB, then run the same command again"
    if said("read-only file system|permission denied|access is denied|errno 13|errno 30"):
        return "this folder cannot be written: copy the book to a folder of yours and run the same command there"
    if said("do not match the hashes|hash mismatch"):
        return "a package arrived damaged or changed (its hash is not the pinned one): run the same command again"
    if said("certificate"):
        return (
            "the package index's certificate is not trusted here: set SSL_CERT_FILE and PIP_CERT to the file of your "
            "organisation's certificates, then run the same command again"
        )
    if said(
        "connection|connect error|failed to fetch|name resolution|dns error|max retries|timed out|proxyerror|offline|"
        "network|from versions: none|error sending request"
    ):
        return (
            "the package index cannot be reached: connect to the network (behind a proxy set HTTPS_PROXY), "
            "then run the same command again"
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    errors = [line for line in lines if line.lower().startswith("error")]
    return f"the set-up failed ({(errors or lines)[-1][:200]}): see {log}, mend it, then run the same command again"


@contextlib.contextmanager
def _setup_errors():
    """Errors of the file system while setting up, as one line each."""
    try:
        yield
    except OSError as error:
        if isinstance(error, PermissionError) and VENV.exists() and os.name == "nt":
            raise SetupError("a file in .venv is in use: close JupyterLab and its notebooks, then try again") from error
        raise SetupError(explain(f"{error.strerror} errno {error.errno} {error.filename or ''}")) from error


@contextlib.contextmanager
def _one_at_a_time():
    """Hold the set-up lock; a second process waits. The system frees it when its holder ends, however it ends."""
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / "setup.lock", "a+b") as lock:
        lock.seek(0)
        waiting = False
        while not _lock(lock):
            if not waiting:
                _say("Another book.py is setting up the environment; waiting for it ...")
            waiting = True
            time.sleep(0.2)
        yield


def _lock(file) -> bool:
    """Take the lock on the open file; False when another process has it. A file system without locks does without."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def child_environment() -> dict:
    """The caller's environment without what could change results: time zone, language, packages and settings."""
    environment = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONWARNINGS", "PYTEST_ADDOPTS", "JUPYTER_PATH",
                 "MPLBACKEND", "MATPLOTLIBRC", "LANGUAGE", "__PYVENV_LAUNCHER__"):  # fmt: skip
        environment.pop(name, None)
    environment.update(
        TZ="UTC",
        LC_ALL="C.UTF-8",
        PYTHONUTF8="1",
        IPYTHONDIR=str(VENV / "ipython"),  # no start-up files of the user's
        MPLCONFIGDIR=str(VENV / "matplotlib"),
        VIRTUAL_ENV=str(VENV),
        PATH=os.pathsep.join([str(venv_python().parent), os.environ.get("PATH", "")]),
    )
    return environment


# ---------------------------------------------------------------- the commands


def call(*arguments, seed: str = "0") -> int:
    """Run the environment's Python in the book's folder and return its exit code."""
    environment = child_environment()
    environment["PYTHONHASHSEED"] = seed
    return subprocess.run([str(venv_python()), *map(str, arguments)], cwd=ROOT, env=environment).returncode


def command_book(extra: list) -> int:
    """Build the HTML book; every warning, also of a missing reference, is an error."""
    ensure_environment()
    pages_of = _pages_depend_on()
    stamp = BUILD / "pages.sha256"
    if not stamp.exists() or stamp.read_text() != pages_of:
        _forget_pages()
    # `python -m jupyter_book.cli.main` does nothing and succeeds, and the script's first line breaks in some folders
    start = "import sys; from jupyter_book.cli.main import main; sys.argv[0] = 'jupyter-book'; main()"
    code = call("-c", start, "build", ".", "-W", "-n", "--keep-going", *extra)
    page = BUILD / "html" / "index.html"
    if code == 0 and not page.exists():
        print("book.py: the build ended without making its first page", file=sys.stderr)
        code = 1
    if code:
        _forget_pages()
    else:
        stamp.write_text(pages_of)
        print(f"\nThe book is ready. Open {page}")
    return code


def _pages_depend_on() -> str:
    """A digest of what every page may hang on beside its own text: the package, the data, the environment."""
    digest = hashlib.sha256(_digest(ROOT / "requirements.txt").encode())
    for folder in (ROOT / "pakrus", ROOT / "data"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(ROOT).as_posix()} {_digest(path)}\n".encode())
    return digest.hexdigest()


def _forget_pages() -> None:
    """Have every page read again. After a failed one too: else its warnings do not come back, and the next passes."""
    shutil.rmtree(BUILD / ".doctrees", ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        (BUILD / "pages.sha256").unlink()


def command_test(extra: list) -> int:
    """Test the package, and execute every chapter again to compare it with what is stored: one session, one summary."""
    ensure_environment(derive=needs_derive())
    workers = max(2, min(os.cpu_count() or 2, 6))
    # conftest.py keeps each file together, as all cells of one notebook must meet one kernel.
    # The hash seed is left to chance: nothing may hang on it.
    options = ["--nbval", "--nbval-current-env", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    places = [] if _names_tests(extra) else ["tests", *notebook_places()]
    return call("-m", "pytest", *options, *places, *extra, seed="random")


def _names_tests(arguments: list) -> bool:
    """Whether pytest's arguments say which files to run."""
    takes_value = {"-k", "-m", "-n", "-p", "-c", "-o", "-W", "-r", "--ignore", "--deselect", "--durations", "--maxfail"}
    return any(
        (ROOT / argument.split("::")[0]).exists()
        for before, argument in zip(["", *arguments], arguments, strict=False)
        if not argument.startswith("-") and before not in takes_value
    )


def notebook_places() -> list:
    """Where notebooks are: the landing page if it is one, and folders, `chapters` always: without chapters the tests must fail."""
    landing = [LANDING_PAGE] if (ROOT / LANDING_PAGE).exists() else []
    return landing + [name for name in NOTEBOOK_FOLDERS if name == "chapters" or any((ROOT / name).glob("*.ipynb"))]


def find_notebooks(names: list) -> list:
    """The notebooks meant: all, or those whose name is or contains one of the names."""
    places = [ROOT / name for name in notebook_places()]
    everything = [path for place in places for path in ([place] if place.suffix else sorted(place.glob("*.ipynb")))]
    if not names:
        return everything
    found = []
    for name in names:
        stem = name.replace("\\", "/").rsplit("/", 1)[-1]
        stem = stem[: -len(".ipynb")] if stem.endswith(".ipynb") else stem
        hits = [p for p in everything if p.stem == stem] or [p for p in everything if stem in p.stem]
        if not hits:
            raise SetupError(f"no chapter is called {name}; there are: {', '.join(p.stem for p in everything)}")
        found += [path for path in hits if path not in found]
    return found


def command_run(extra: list) -> int:
    """Execute the chapters, one process and one kernel each, and store their outputs; a failing one stays as it was."""
    ensure_environment()
    notebooks = find_notebooks(extra)
    if not notebooks:
        raise SetupError("there is no notebook in chapters/: get the whole book, then run the same command again")
    command, environment = [str(venv_python()), str(Path(__file__).resolve()), "execute-one"], child_environment()
    environment["PYTHONHASHSEED"] = "0"

    def execute(path: Path) -> int:
        started = time.monotonic()
        done = subprocess.run([*command, str(path)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = done.stdout.decode("utf-8", "replace").strip()
        result = text.splitlines()[-1] if done.returncode == 0 and text else f"FAILED\n{text}"
        _say(f"{path.relative_to(ROOT).as_posix()}: {result} ({time.monotonic() - started:.1f} s)")
        return done.returncode

    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        return max(pool.map(execute, notebooks))


def execute_one(path: Path) -> int:
    """Inside the environment: execute one notebook where it lies and store it, always in the same bytes."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError
    from nbformat import from_dict

    notebook = from_dict(plain_notebook(json.loads(path.read_text(encoding="utf-8"))))
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=600,
        record_timing=False,
        coalesce_streams=True,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        print(error)
        return 1
    text = notebook_text(notebook)
    if path.read_bytes() == text.encode("utf-8"):
        print("unchanged")  # and not touched, so that the pages are not built again
    else:
        _write_atomically(path, text)
        print("stored")
    return 0


def plain_notebook(notebook: dict) -> dict:
    """The notebook without outputs, and without what editors and machines leave behind; every cell has a lasting id."""
    cells, taken = [], {cell["id"] for cell in notebook["cells"] if "id" in cell}
    for number, cell in enumerate(notebook["cells"]):
        source = "".join(cell["source"])
        plain = {
            "cell_type": cell["cell_type"],
            "id": cell.get("id") or _new_id(f"{number}\n{source}", taken),
            "metadata": {k: v for k, v in cell["metadata"].items() if k in KEPT_CELL_METADATA},
            "source": source,
        }
        if cell.get("attachments"):
            plain["attachments"] = cell["attachments"]
        if cell["cell_type"] == "code":
            plain.update(execution_count=None, outputs=[])
        cells.append(plain)
    metadata = {k: v for k, v in notebook.get("metadata", {}).items() if k in KEPT_NOTEBOOK_METADATA}
    metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata["language_info"] = {"name": "python"}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _new_id(text: str, taken: set) -> str:
    """An id made from the cell itself, so that it is the same on every machine."""
    name = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    while name in taken:
        name = hashlib.sha256(name.encode("utf-8")).hexdigest()[:8]
    taken.add(name)
    return name


def notebook_text(notebook) -> str:
    """The stored form of an executed notebook: one way to write each notebook."""
    from nbformat import writes

    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
    notebook["metadata"]["language_info"] = {"name": "python"}  # the kernel adds the version of this Python
    return writes(notebook, indent=1).rstrip("\n") + "\n"


def _write_atomically(path: Path, text: str) -> None:
    """Write beside the file, then swap: nobody ever meets half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, path.stat().st_mode if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def command_lab(extra: list) -> int:
    """Open the chapters in JupyterLab, in the book's own environment."""
    ensure_environment()
    return call("-m", "jupyterlab", *extra, "chapters")


def command_check(extra: list) -> int:
    """Validate every table, the descriptor and the references."""
    ensure_environment()
    return call("-m", "pakrus", "check", *extra)


def command_pdf(extra: list) -> int:
    """Make the whole book as one PDF; the module says what is missing on the system and how to get it."""
    ensure_environment()
    return call("-m", "pakrus.pages.print.pdf", *extra)


def command_clean(extra: list) -> int:
    """Remove what building and testing made; with --all the environment too."""
    remove = [BUILD, *(ROOT / name for name in (".pytest_cache", ".ruff_cache", ".hypothesis", "pakrus.egg-info"))]
    for folder in (ROOT / "pakrus", ROOT / "tests", *(ROOT / name for name in NOTEBOOK_FOLDERS)):
        remove += [*folder.rglob("__pycache__"), *folder.rglob(".ipynb_checkpoints")]
    if "--all" in extra:
        remove.append(VENV)
    with _setup_errors():
        for path in filter(Path.exists, remove):
            shutil.rmtree(path)
            _say(f"removed {path.relative_to(ROOT).as_posix()}")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


COMMANDS = {
    "book": command_book, "test": command_test, "run": command_run, "lab": command_lab, "check": command_check,
    "pdf": command_pdf, "clean": command_clean,
}  # fmt: skip


def main(arguments=None) -> int:
    """Run one command; problems of the set-up are told in one line with exit code 2."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        check_python()
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="backslashreplace")  # a folder's name may not fit the terminal's encoding
        if arguments[:1] == ["execute-one"]:
            return execute_one(Path(arguments[1]))
        parser = argparse.ArgumentParser(
            prog="book.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=", ".join(COMMANDS))
        command = parser.parse_args(arguments[:1]).command
        return COMMANDS[command](arguments[1:])
    except SetupError as error:
        print(f"book.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("book.py: stopped; run the same command again to go on", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
