"""Build, test and run the book. Needs nothing but Python 3.11-3.13; the first call sets up `.venv` in its folder.

    python book.py book             the HTML book in _build/html; every warning is an error
    python book.py test [...]       the tests, all chapters among them; more arguments go to pytest
    python book.py test --all       the long trials too: browser, PDFs, editions, set-up, tables from the sources' files
    python book.py run [CHAPTER..]  execute the chapters and store their outputs
    python book.py new NAME         write the frame of a new chapter
    python book.py lab              JupyterLab, opened in chapters/
    python book.py check            validate the data and the references
    python book.py pdf [--only X]   accessible PDFs: reader's edition, data appendix, chronicle, and one a chapter
    python book.py epub             the reader's edition as an e-book
    python book.py clean [--all]    remove what was built; with --all the environment too

The environment is requirements.txt, exact and hashed: the same for readers, developers and CI. It is made anew whenever
requirements.txt, the Python version or the folder's place has changed, or when an earlier set-up was broken off.
Standard library only: this sets the environment up and hands on to what runs inside it. book.py calls it.
"""

import argparse
import contextlib
import errno
import functools
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from pakrus import refusals
from pakrus.refusals import FULL, IN_USE, NOT_OURS

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BUILD = ROOT / "_build"
UPSTREAM = Path(os.environ.get("PAKRUS_UPSTREAM") or ROOT.parent / "shared" / "upstream")  # the sources' own files
LONGEST = 174  # characters of the longest path below .venv, as Windows has it
# linear algebra here sums small tables: a second thread waits for the first and costs twice the time of one
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")
WINDOWS_PATH = 259  # characters that a path may have there, unless long paths were allowed
TOO_LONG = (
    "the folder's path is too long for Windows: move the book to C:\\book, or to another folder with a short path, "
    "then run the same command again"
)


class SetupError(Exception):
    """What keeps the book from being set up, and how to mend it: shown as one line, exit code 2."""


# ---------------------------------------------------------------- the environment


@functools.cache
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
            if os.name == "nt" and path_too_long(str(VENV), _long_paths_allowed()):
                raise SetupError(TOO_LONG)
            _set_up(wanted)
    return venv_python()


def path_too_long(venv: str, allowed: bool) -> bool:
    """Whether Windows could not hold the environment's files in a folder: said before anything is downloaded."""
    return not allowed and len(venv) + 1 + LONGEST > WINDOWS_PATH


def _long_paths_allowed() -> bool:
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return winreg.QueryValueEx(key, "LongPathsEnabled")[0] == 1
    except OSError:
        return False


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
    unfinished = VENV / "book.json.part"
    unfinished.write_text(json.dumps(stamp, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(unfinished, VENV / "book.json")


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
        # modules are compiled when they are first used, but where that is forbidden they would stay slow for ever
        compiled = ["--compile-bytecode"] if os.environ.get("PYTHONDONTWRITEBYTECODE") else []
        _run_installer(["uv", "pip", "install", *compiled, "--python", python, *arguments])
    elif subprocess.run([python, "-c", "import pip"], capture_output=True).returncode:
        _write_stamp({})
        raise SetupError("the environment was made by uv, which is gone: run the same command again to make it anew")
    else:
        options = ["--progress-bar", "off", "--disable-pip-version-check"]
        _run_installer([python, "-m", "pip", "install", *options, *arguments])


def _run_installer(command: list) -> None:
    """Run one step of the set-up and show how far it is; turn its failure into one line that says how to mend it."""
    environment = child_environment()
    for name in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PIP_QUIET", "PIP_VERBOSE"):
        environment.pop(name, None)  # a habit set for other work would send the packages elsewhere
    for name in ("UV_SYSTEM_CERTS", "UV_NATIVE_TLS"):  # new and old name: trust whom the system trusts, as pip does
        environment.setdefault(name, "true")
    draws = command[:2] == ["uv", "pip"] and sys.stderr.isatty()  # its own progress; again in words if that fails
    if draws and subprocess.run(command, cwd=ROOT, env=environment).returncode == 0:
        return
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipe) as process:
        output = _follow(process)
    if process.returncode:
        log = Path(tempfile.gettempdir()) / "pakrus-setup.log"
        with contextlib.suppress(OSError):
            log.write_text(output, encoding="utf-8")
        raise SetupError(explain(output, str(log)))


def _follow(process) -> str:
    """Read what an installer says to its end, counting the packages it meets and has installed; return the text."""
    wanted = len(re.findall(r"^[a-z0-9]", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    text, met = "", 0
    for line in (raw.decode("utf-8", "replace") for raw in process.stdout):
        text += line
        if line.startswith(("Collecting ", "Processing ", "Ignoring ")):  # pip, one line for each requirement
            met += 1
            _show("downloaded", met, wanted)
        elif process.args[0] == "uv" and re.match(r"(Resolved|Prepared|Installed) \d+ packages|Downloading ", line):
            _say(f"  {line.strip()}")
        elif line.startswith("Installing collected packages:"):  # pip says no more until it is done
            wanted, met = line.count(",") + 1, len(_installed())
            while process.poll() is None:
                _show("installed", len(_installed()) - met, wanted)
                time.sleep(0.3)
    process.wait()
    return text


def _installed() -> list:
    return [*VENV.glob("lib/python*/site-packages/*.dist-info"), *VENV.glob("Lib/site-packages/*.dist-info")]


def _show(what: str, done: int, wanted: int, shown=[]) -> None:  # noqa: B006 - remembers its last line
    """Say how far the set-up is: on a terminal in one line that counts up, elsewhere in a line for each tenth."""
    done = min(done, wanted)
    line = f"  {what}: {done} of {wanted} packages ({100 * done // wanted} %)"
    if sys.stdout.isatty():
        print(f"\r{line}", end="\n" if done == wanted else "", flush=True)
    elif wanted > 9 and shown[-1:] != [(what, 10 * done // wanted)]:
        shown[:] = [(what, 10 * done // wanted)]
        _say(line)


# what installers and systems say, in lower case, and what it means; the first that is met counts
_SAID = (
    (("no space left", "errno 28", "disk quota", "not enough space"), FULL),
    (("long path support", "winerror 206", "os error 206", "extension is too long", "path too long"), TOO_LONG),
    (
        ("winerror 32", "os error 32", "being used by another process", "winerror 5]", "os error 5)", "text file busy"),
        f"a file in .venv is in use: {IN_USE}",
    ),
    (("errno 30", "errno 13", "read-only file system", "permission denied"), NOT_OURS),
    (
        ("certificate",),
        "the package index's certificate is not trusted here: set SSL_CERT_FILE and PIP_CERT to the file of your "
        "organisation's certificates, then run the same command again",
    ),
)
_UNREACHABLE = ("connection", "connect error", "failed to fetch", "name resolution", "dns error", "max retries", "timed out",
                "proxyerror", "offline", "network", "error sending request")  # fmt: skip
_CONNECT = "connect to the network (behind a proxy set HTTPS_PROXY)"
# a package that an index does not have in the version pinned, as pip and as uv say it
_LACKS = (
    r"no matching distribution found for (?P<package>[\w.\[\]-]+)==(?P<version>[^\s(;]+)",
    r"satisfies the requirement (?P<package>[\w.\[\]-]+)==(?P<version>[^\s(;]+)",
    r"there is no version of (?P<package>[\w.\[\]-]+)==(?P<version>\S+)",
    r"(?P<package>[\w.\[\]-]+)(?:==(?P<version>\S+))? (?:was not found in|has no (?:wheels|usable|source))",
)


def explain(output: str, log: str) -> str:
    """One line for what an installer said: the disk, the path, the network, the index, or the last error that it named."""
    text = output.lower()
    for signs, line in _SAID:
        if any(said in text for said in signs):
            return line
    if any(said in text for said in _UNREACHABLE):
        return f"the package index cannot be reached: {_CONNECT}, then run the same command again"
    lacking = next(filter(None, (re.search(pattern, output, re.IGNORECASE) for pattern in _LACKS)), None)
    if lacking:
        version = f" {lacking['version'].rstrip(',.;')}" if lacking["version"] else ""
        unreached = f" (or cannot be reached: {_CONNECT})" if "from versions: none" in text else ""
        return (
            f"{_index(output)} does not have {lacking['package']}{version}{unreached}: ask its keeper for that version, or set "
            "PIP_INDEX_URL (for uv UV_DEFAULT_INDEX) to an index that has it, then run the same command again"
        )
    if "from versions: none" in text:
        return f"the package index cannot be reached: {_CONNECT}, then run the same command again"
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    errors = [line for line in lines if line.lower().startswith("error")]
    return f"the set-up failed ({(errors or lines)[-1][:200]}): see {log}, mend it, then run the same command again"


def _index(output: str) -> str:
    """The package index by the name of its host, as the installer or the settings give it, without anybody's password."""
    named = re.search(r"^Looking in indexes: (\S+?),?\s", output + "\n", re.MULTILINE)
    settings = (os.environ.get(name) for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"))
    address = named[1] if named else next(filter(None, settings), "")
    host = urlsplit(address).hostname if address else None
    return f"the package index {host}" if host else "the package index"


@contextlib.contextmanager
def _setup_errors():
    """Errors of the file system, as one line each."""
    try:
        yield
    except OSError as error:
        if isinstance(error, PermissionError) and VENV.exists() and os.name == "nt":
            raise SetupError(f"a file in .venv is in use: {IN_USE}") from error
        if error.errno in refusals.WRITING:
            raise SetupError(NOT_OURS) from error
        line = refusals.told(error, ROOT) or f"{error}: mend it, then run the same command again"
        raise SetupError(line) from error


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
    # a folder that is ready but not ours to write in (a course's, an archive's) can be read and run all the same
    settings = VENV if os.access(VENV if VENV.exists() else ROOT, os.W_OK) else Path(tempfile.gettempdir()) / "pakrus"
    if settings != VENV:
        environment["HYPOTHESIS_STORAGE_DIRECTORY"] = str(settings / "hypothesis")
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONWARNINGS", "PYTEST_ADDOPTS", "JUPYTER_PATH",
                 "MPLBACKEND", "MATPLOTLIBRC", "LANGUAGE", "__PYVENV_LAUNCHER__"):  # fmt: skip
        environment.pop(name, None)
    environment.update(
        TZ="UTC",
        LC_ALL="C.UTF-8",
        PYTHONUTF8="1",
        IPYTHONDIR=str(settings / "ipython"),  # no start-up files of the user's
        MPLCONFIGDIR=str(settings / "matplotlib"),
        VIRTUAL_ENV=str(VENV),
        PATH=os.pathsep.join([str(venv_python().parent), os.environ.get("PATH", "")]),
    )
    environment.setdefault(*ONE_THREAD)
    return environment


# ---------------------------------------------------------------- the commands


def call(*arguments, seed: str = "0") -> int:
    """Run the environment's Python in the book's folder and return its exit code."""
    environment = child_environment()
    environment["PYTHONHASHSEED"] = seed
    with subprocess.Popen([str(venv_python()), *map(str, arguments)], cwd=ROOT, env=environment) as process:
        while True:
            try:
                code = process.wait()
                break
            except KeyboardInterrupt:  # the child has had it as well, and ends, or asks (JupyterLab), by itself
                continue
    if code in (-signal.SIGINT, 0xC000013A):  # it was ended and said nothing; the second number is Windows'
        raise KeyboardInterrupt
    return code


def _can_build() -> None:
    """Refuse at once what would be found out after minutes of work."""
    with _setup_errors():
        BUILD.mkdir(exist_ok=True)
        refusals.writable(BUILD)


def command_book(extra: list) -> int:
    """Build the HTML book; every warning, also of a missing reference, is an error."""
    ensure_environment()
    _can_build()
    return call("-m", "pakrus.pages.build", *extra)


def command_test(extra: list) -> int:
    """Test the package, and execute every chapter again to compare it with what is stored: one session, one summary."""
    ensure_environment(derive=bool(extra) and needs_derive())  # the short tests derive no table again
    workers = max(2, min(os.cpu_count() or 2, 6))
    # A file's tests stay in one process, as all cells of one notebook must meet one kernel. The hash seed is left to
    # chance: nothing may hang on it. Which tests and where: pyproject.toml and conftest.py. In the order of their names
    # the browser's files, which take longest, come first.
    options = ["--nbval", "--nbval-current-env", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    if not os.access(ROOT, os.W_OK):
        options += ["-p", "no:cacheprovider"]  # a folder that is not ours to write in can be tested all the same
    return call("-m", "pytest", *options, *extra, seed="random")


def command_run(extra: list) -> int:
    """Execute the chapters, one kernel each, and store their outputs; a failing one stays as it was."""
    ensure_environment()
    with _setup_errors():
        refusals.writable(ROOT / "chapters")
    return call("-m", "pakrus.notebooks", "run", *extra)


def command_new(extra: list) -> int:
    """Write the frame of a new chapter."""
    ensure_environment()
    return call("-m", "pakrus.notebooks", "new", *extra)


def command_lab(extra: list) -> int:
    """Open the chapters in JupyterLab, in the book's own environment; it asks the network for nothing and nobody for news."""
    ensure_environment()
    settings = VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    quiet = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
    with _setup_errors():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps(quiet, indent=1) + "\n", encoding="utf-8")
    return call("-m", "jupyterlab", *extra, "chapters")


def command_check(extra: list) -> int:
    """Validate every table, the descriptor and the references."""
    ensure_environment()
    return call("-m", "pakrus", "check", *extra)


def command_pdf(extra: list) -> int:
    """Make the book as PDFs; the module says what is missing on the system and how to get it."""
    ensure_environment()
    _can_build()
    return call("-m", "pakrus.pages.print.pdf", *extra)


def command_epub(extra: list) -> int:
    """Make the reader's edition as an e-book."""
    ensure_environment()
    _can_build()
    return call("-m", "pakrus.pages.epub", *extra)


def command_clean(extra: list) -> int:
    """Remove what building and testing made; with --all the environment too."""
    remove = [BUILD, *(ROOT / name for name in (".pytest_cache", ".ruff_cache", ".hypothesis", "pakrus.egg-info"))]
    for folder in (ROOT / "pakrus", ROOT / "tests", ROOT / "chapters", ROOT / "back-matter"):
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
    "book": command_book, "test": command_test, "run": command_run, "new": command_new, "lab": command_lab,
    "check": command_check, "pdf": command_pdf, "epub": command_epub, "clean": command_clean,
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run one command; problems of the set-up are told in one line with exit code 2."""
    return refusals.guarded(lambda: _main(sys.argv[1:] if arguments is None else arguments), "book.py: ")


def _main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a folder's name may not fit the terminal's encoding
    parser = argparse.ArgumentParser(
        prog="book.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=", ".join(COMMANDS))
    command = parser.parse_args(arguments[:1]).command
    try:
        return COMMANDS[command](arguments[1:])
    except SetupError as error:
        print(f"book.py: {error}", file=sys.stderr)
        return 2
