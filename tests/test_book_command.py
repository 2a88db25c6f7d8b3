"""book.py sets the book up on a machine with nothing but Python, says what is wrong in one line, and recovers."""

import ast
import base64
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
BASE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable
FOLDER = "Kniga о России & others"  # spaces, Cyrillic and an ampersand in the path
posix = pytest.mark.skipif(os.name == "nt", reason="uses a POSIX shell script")


def load_book(folder: Path, file: str = "pakrus/environment.py"):
    """The module of what book.py does in a folder, or book.py itself."""
    spec = importlib.util.spec_from_file_location("book_under_test", folder / file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_project(folder: Path) -> Path:
    """A folder that book.py takes for the book, small enough to set up in two seconds and with no network."""
    project = folder / FOLDER
    (project / "pakrus").mkdir(parents=True)
    (project / "chapters").mkdir()
    for file in ("book.py", "pakrus/environment.py", "pakrus/refusals.py"):
        shutil.copy(ROOT / file, project / file)
    (project / "requirements.txt").write_text("# nothing\n")
    (project / "pyproject.toml").write_text('[project]\nname = "pakrus"\nversion = "0"\n')
    (project / "pakrus" / "__main__.py").write_text("import sys\nprint('checked', sys.prefix)\n")
    return project


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def book(project):
    return load_book(project)


def run_book(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run book.py as a reader without uv, without settings and without a network would."""
    nowhere = project.parent / "no programs"
    nowhere.mkdir(exist_ok=True)
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_", "PYTEST", "PYTHONPATH", "CI"))
    }
    environment |= {
        "PATH": str(nowhere),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "0",
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_CACHE_DIR": str(project.parent / "pip cache"),
    }
    command = [BASE_PYTHON, str(project / "book.py"), *arguments]
    return subprocess.run(
        command, env=environment | variables, cwd=project.parent, capture_output=True, text=True, encoding="utf-8"
    )


def make_wheel(folder: Path, name: str = "tinything") -> tuple[Path, str]:
    """A wheel with one module, and its requirement line with the hash."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "answer = 42\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for file, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{file},sha256={digest},{len(text)}\n"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in (files | {f"{info}/RECORD": record + f"{info}/RECORD,,\n"}).items():
            wheel.writestr(file, text)
    return path, f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def one_line(done: subprocess.CompletedProcess) -> str:
    """The single line that a failed set-up may show."""
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("book.py: ")
    return lines[0]


# ---------------------------------------------------------------- what installers say, word by word

PIP_LONG_PATH = """\
Installing collected packages: webencodings, jupyterlab
ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: 'C:\\\\Users\\\\student\\\\.venv\\\\x.js'
HINT: This error might have occurred since this system does not have Windows Long Path support enabled. You can find \
information on how to enable this at https://pip.pypa.io/warnings/enable-long-paths
"""
UV_LONG_PATH = """\
error: Failed to install: jupyterlab-4.5.0-py3-none-any.whl (jupyterlab==4.5.0)
  Caused by: failed to copy file from C:\\cache\\x.js to C:\\book\\.venv\\x.js: The filename or extension is too long. (os error 206)
"""
PIP_IN_USE = """\
ERROR: Could not install packages due to an OSError: [WinError 32] The process cannot access the file because it is being \
used by another process: 'C:\\\\book\\\\.venv\\\\Lib\\\\site-packages\\\\zmq\\\\_zmq.pyd'
Check the permissions.
"""
UV_IN_USE = """\
error: Failed to uninstall package at .venv\\Lib\\site-packages\\pyzmq-27.dist-info
  Caused by: failed to remove file `C:\\book\\.venv\\Lib\\site-packages\\zmq\\_zmq.pyd`: Access is denied. (os error 5)
"""
PIP_READ_ONLY = """\
ERROR: Could not install packages due to an OSError: [Errno 30] Read-only file system: '/mnt/share/book/.venv/lib'
"""
PIP_NO_VERSION = """\
Looking in indexes: https://me:****@mirror.example/simple
ERROR: Ignored the following versions that require a different python version: 3.2.0 Requires-Python >=3.12
ERROR: Could not find a version that satisfies the requirement pandas==3.1.1 (from versions: 2.2.3, 2.3.0, 3.0.0)
ERROR: No matching distribution found for pandas==3.1.1
"""
PIP_NO_PACKAGE = """\
ERROR: Could not find a version that satisfies the requirement pandas==3.1.1 (from versions: none)
ERROR: No matching distribution found for pandas==3.1.1
"""
UV_NO_VERSION = """\
error: No solution found when resolving dependencies
  cause: Because there is no version of pandas==3.1.1 and you require pandas==3.1.1, we can conclude that your requirements are \
unsatisfiable.
"""
UV_NO_PACKAGE = """\
  × No solution found when resolving dependencies:
  ╰─▶ Because pandas was not found in the package registry and you require pandas==3.1.1, we can conclude that your
      requirements are unsatisfiable.
"""


# ---------------------------------------------------------------- the set-up


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A project after its first command, and what that command printed."""
    project = make_project(tmp_path_factory.mktemp("ready"))
    return project, run_book(project, "check")


@pytest.mark.long
def test_sets_up_once(ready):
    project, first = ready
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Setting up" in first.stdout
    assert f"checked {project / '.venv'}" in first.stdout
    made = (project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns

    started = time.monotonic()
    second = run_book(project, "check")
    assert second.returncode == 0
    assert "Setting up" not in second.stdout
    assert time.monotonic() - started < 1.5
    assert (project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made


@pytest.mark.long
def test_no_network_is_told_in_one_line_and_the_next_run_recovers(project):
    wheel, requirement = make_wheel(project.parent / "wheels")
    (project / "requirements.txt").write_text(requirement)
    line = one_line(run_book(project, "check"))
    assert "cannot be reached" in line and "HTTPS_PROXY" in line and "run the same command again" in line
    assert (project / ".venv").exists() and not (project / ".venv" / "book.json").exists()  # half made

    # the network is back: what was half made is made anew, and what was pinned is there
    done = run_book(project, "check", PIP_NO_INDEX="1", PIP_FIND_LINKS=wheel.parent.as_uri())
    assert done.returncode == 0, done.stdout + done.stderr
    python = str(load_book(project).venv_python())
    assert subprocess.check_output([python, "-c", "import tinything; print(tinything.answer)"], text=True) == "42\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("pinned", "instead", "told"),
    [("sha256:....", "sha256:0000", "DO NOT MATCH THE HASHES"), (" --hash.*", "", "Hashes are required")],
)
def test_changed_or_unhashed_package_is_refused(ready, monkeypatch, capsys, pinned, instead, told):
    project, _ = ready
    wheel, requirement = make_wheel(project.parent / "wheels")
    (project / "requirements.txt").write_text(re.sub(pinned, instead, requirement))
    book = load_book(project)
    monkeypatch.setattr(book, "_make_venv", lambda: (project / ".venv" / "book.json").unlink(missing_ok=True))
    monkeypatch.setattr(book, "_runs", lambda command: False)  # no uv
    for name, value in {"NO_INDEX": "1", "FIND_LINKS": wheel.parent.as_uri(), "CONFIG_FILE": os.devnull}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    assert book.main(["check"]) == 2
    assert told in capsys.readouterr().err
    assert not book.read_stamp()


def test_environment_whose_python_has_gone_counts_as_none(project, book):
    python = book.venv_python()
    python.parent.mkdir(parents=True)
    python.touch()
    book._write_stamp(book.wanted_stamp())
    assert book.read_stamp() == book.wanted_stamp()
    python.unlink()  # as when the system's Python was removed or updated
    assert book.read_stamp() == {}


@posix
def test_missing_venv_module_names_the_package(project, book, monkeypatch, capsys):
    without = project.parent / "python"
    without.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexec "{BASE_PYTHON}" "$@"\n')
    without.chmod(0o755)
    monkeypatch.setattr(sys, "_base_executable", str(without), raising=False)
    monkeypatch.setattr(book, "_runs", lambda command: False)
    assert book.main(["check"]) == 2
    message = capsys.readouterr().err
    assert "no module ensurepip" in message
    assert "apt install python{}.{}-venv".format(*sys.version_info[:2]) in message
    assert not book.read_stamp()


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "cannot be written"),
        (errno.EACCES, "cannot be written"),
        (errno.ETXTBSY, "is in use"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_file_system_errors_are_told_in_one_line(book, monkeypatch, capsys, number, told):
    def fail(*arguments, **options):
        raise OSError(number, os.strerror(number), "somewhere")

    monkeypatch.setattr(book, "_make_venv", fail)
    assert book.main(["check"]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: Could not find a version that satisfies the requirement x (from versions: none)", "cannot be reached"),
        ("error: Failed to fetch: `x`\n  Caused by: dns error: failed to lookup address", "cannot be reached"),
        ("error: Failed to fetch: `x`\n  cause: invalid peer certificate: UnknownIssuer", "SSL_CERT_FILE"),
        (PIP_LONG_PATH, "too long for Windows: move the book to C:\\book"),
        (UV_LONG_PATH, "too long for Windows: move the book to C:\\book"),
        (PIP_IN_USE, "a file in .venv is in use: close the program"),
        (UV_IN_USE, "a file in .venv is in use: close the program"),
        (PIP_READ_ONLY, "cannot be written: copy the book"),
        (PIP_NO_VERSION, "the package index mirror.example does not have pandas 3.1.1: ask its keeper"),
        (PIP_NO_PACKAGE, "the package index does not have pandas 3.1.1 (or cannot be reached: connect to the network"),
        (UV_NO_VERSION, "the package index does not have pandas 3.1.1: ask its keeper"),
        (UV_NO_PACKAGE, "the package index does not have pandas: ask its keeper"),
        ("Building x\nerror: something nobody foresaw\nbye", "something nobody foresaw"),
    ],
)
def test_what_installers_say_becomes_cause_and_remedy(book, monkeypatch, output, told):
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    line = book.explain(output, "the log")
    assert told in line
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:secret@mirror.example/simple")
    assert "secret" not in book.explain(output, "the log")
    assert "\n" not in line and "run the same command" in line


def test_progress_counts_packages_while_pip_downloads_and_installs(project, book, capsys):
    (project / "requirements.txt").write_text("".join(f"package{i}==1 \\\n    --hash=sha256:0\n" for i in range(20)))
    for number in range(9):  # as installed by the time pip is asked
        (project / f".venv/lib/python3.12/site-packages/package{number}-1.dist-info").mkdir(parents=True)

    class Pip:
        args, returncode = ["python", "-m", "pip"], 0
        stdout = [f"Collecting package{i}\n".encode() for i in range(20)] + [b"Installing collected packages: a, b\n"]

        def poll(self):
            return 0

        def wait(self):
            return 0

    assert book._follow(Pip()).count("Collecting") == 20
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "  downloaded: 1 of 20 packages (5 %)" and told[-1] == "  downloaded: 20 of 20 packages (100 %)"
    assert len(told) == 11  # a line for each tenth where nobody watches


def test_stamp_follows_everything_the_environment_is_made_from(project, book, monkeypatch):
    before = book.wanted_stamp(derive=False)
    assert book.wanted_stamp() == before

    (project / "requirements.txt").write_text("# something else\n")
    after = book.wanted_stamp()
    assert {k for k in after if after[k] != before.get(k)} == {"requirements.txt"}

    monkeypatch.setattr(sys, "version", "3.12.99 (main)")
    monkeypatch.setattr(book, "ROOT", project.parent)
    shutil.copy(project / "requirements.txt", project.parent)
    moved = book.wanted_stamp()
    assert {k for k in moved if moved[k] != after.get(k)} == {"python", "place"}


def test_only_what_changed_is_installed_again(project, book, monkeypatch):
    installed = []
    monkeypatch.setattr(book, "_make_venv", lambda: installed.append("venv") or book.VENV.mkdir(exist_ok=True))
    monkeypatch.setattr(book, "_install", lambda *arguments: installed.append(arguments[-1]))
    monkeypatch.setattr(book, "venv_python", lambda: Path(sys.executable))
    (project / "requirements-derive.txt").write_text("")

    def calls(derive=False):
        installed.clear()
        book.ensure_environment(derive)
        return list(installed)

    assert calls() == ["venv", "requirements.txt"]
    assert calls() == []
    assert calls(derive=True) == ["requirements-derive.txt"]
    assert calls() == calls(derive=True) == []
    (project / "pakrus" / "__init__.py").write_text("")  # now there is a package to install
    assert calls() == ["."]
    with open(project / "pyproject.toml", "a") as file:
        file.write("# an entry point more\n")
    assert calls() == ["."]
    (project / "requirements.txt").write_text("# a version changed\n")
    assert calls() == ["venv", "requirements.txt", "."]
    (project / ".venv" / "book.json").write_text("{ half a fi")
    assert calls() == ["venv", "requirements.txt", "."]


def test_set_up_is_done_by_one_process_at_a_time(tmp_path, book):
    with open(tmp_path / "lock", "a+b") as first:
        with open(tmp_path / "lock", "a+b") as second:
            assert book._lock(first)
            assert not book._lock(second)
        first.close()
        with open(tmp_path / "lock", "a+b") as third:
            assert book._lock(third)


# ---------------------------------------------------------------- the wrong Python


@pytest.mark.parametrize("version", [(3, 6, 8), (3, 10, 12), (3, 14, 0), (4, 0, 0)])
def test_other_pythons_are_refused_with_the_way_out(project, version):
    script = str(project / "book.py")
    pretend = "import runpy, sys; sys.version_info = {}; sys.argv = {}; runpy.run_path({!r}, None, '__main__')"
    command = [BASE_PYTHON, "-c", pretend.format((*version, "final", 0), [script, "book"], script)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    line = one_line(done)
    assert ".".join(map(str, version)) in line and "3.11 to 3.13" in line
    assert re.search(r"run the command with (python3\.1[123] instead|that)$", line)
    assert not (project / ".venv").exists()


def test_supported_pythons_are_accepted():
    book = load_book(ROOT, "book.py")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert declared == f">={book.OLDEST[0]}.{book.OLDEST[1]},<{book.NEWEST[0]}.{book.NEWEST[1] + 1}"
    for minor in range(book.OLDEST[1], book.NEWEST[1] + 1):
        assert book.wrong_python((3, minor, 0)) is None


# what Python 2.7 cannot read: it would end on a SyntaxError before the first line is run
YOUNGER = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Nonlocal, ast.Starred, ast.Match,
           ast.YieldFrom, ast.MatMult, ast.TryStar)  # fmt: skip


def test_old_pythons_can_read_far_enough_to_be_told():
    source = (ROOT / "book.py").read_text(encoding="utf-8")
    assert source.isascii()  # Python 2 refuses other letters unless it is told their encoding
    tree = ast.parse(source, feature_version=(3, 4))
    for node in ast.walk(tree):
        assert not isinstance(node, YOUNGER), ast.unparse(node)
        if isinstance(node, ast.FunctionDef):
            assert not (node.returns or node.args.kwonlyargs or node.args.posonlyargs), node.name
            assert not any(argument.annotation for argument in node.args.args), node.name
        if isinstance(node, ast.Raise):
            assert node.cause is None
        if isinstance(node, ast.Call):
            assert getattr(node.func, "id", "") != "print"
        if isinstance(node, ast.ClassDef):
            assert not node.keywords
    top = {name.name.split(".")[0] for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    assert top == {"os", "subprocess", "sys"}  # Python 2 has them too
    assert not any(isinstance(node, ast.ImportFrom) for node in tree.body)


@posix
@pytest.mark.parametrize("version", ["2.7", "3.6", "3.10"])
def test_old_pythons_tell_their_user(project, version):
    program = next(iter(Path.home().glob(f".pyenv/versions/{version}.*/bin/python")), shutil.which(f"python{version}"))
    if (
        not program or subprocess.run([str(program), "-c", ""], capture_output=True).returncode
    ):  # a shim may lead nowhere
        pytest.skip(f"no Python {version} here; the test above reads the file as it would")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(program), "book.py", "book"], cwd=project, env=environment, capture_output=True, text=True
    )
    line = one_line(done)
    assert f"this is Python {version}." in line and "needs Python 3.11 or newer" in line
    assert not (project / ".venv").exists()


def test_what_book_py_does_needs_the_standard_library_alone():
    for name in ("environment", "refusals"):
        tree = ast.parse((ROOT / "pakrus" / f"{name}.py").read_text(encoding="utf-8"))
        found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        found |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert {module.split(".")[0] for module in found} <= set(sys.stdlib_module_names) | {"pakrus"}
        assert {module for module in found if module.startswith("pakrus")} <= {"pakrus", "pakrus.refusals"}


# ---------------------------------------------------------------- build, test, clean


@pytest.fixture
def calls(book, monkeypatch):
    """What book.py would run in the environment; the exit code is the fixture's to set."""

    class Calls(list):
        code = 0

    made = Calls()
    monkeypatch.setattr(book, "ensure_environment", lambda derive=False: made.append(f"derive={derive}"))
    monkeypatch.setattr(book, "call", lambda *arguments, **options: made.append(list(map(str, arguments))) or made.code)
    return made


def test_each_command_is_handed_on(project, book, calls, monkeypatch):
    monkeypatch.setenv("CI", "true")
    calls.code = 3
    for arguments, derive, handed_on in (
        (["book", "--all"], False, ["-m", "pakrus.pages.build", "--all"]),
        (["run", "cold-war"], False, ["-m", "pakrus.notebooks", "run", "cold-war"]),
        (["new", "arms"], False, ["-m", "pakrus.notebooks", "new", "arms"]),
        (["lab", "--no-browser"], False, ["-m", "jupyterlab", "--no-browser", "chapters"]),
        (["check"], False, ["-m", "pakrus", "check"]),
        (["pdf"], False, ["-m", "pakrus.pages.print.pdf"]),
        (["pdf", "--only", "reader"], False, ["-m", "pakrus.pages.print.pdf", "--only", "reader"]),
        (["epub"], False, ["-m", "pakrus.pages.epub"]),
    ):
        assert book.main(arguments) == 3
        assert calls[-2:] == [f"derive={derive}", handed_on]


def test_tests_are_one_session_and_only_the_long_ones_derive(project, book, calls, monkeypatch):
    monkeypatch.setenv("CI", "true")
    book.main(["test"])
    book.main(["test", "--all", "-x"])
    assert calls[0] == "derive=False" and calls[2] == "derive=True"
    assert calls[1][:3] == ["-m", "pytest", "--nbval"]
    assert calls[1][calls[1].index("--dist") + 1] == "loadfile"
    assert calls[3] == [*calls[1], "--all", "-x"]


SESSION = """
import pytest
def test_short(): pass
@pytest.mark.long
def test_trial(): pass
@pytest.mark.upstream
def test_of_the_sources(): pass
"""


@pytest.mark.parametrize(
    ("arguments", "run"),
    [
        ([], "short"),
        (["--all"], "short trial of_the_sources"),
        (["-m", "long"], "trial of_the_sources"),
        (["tests/test_x.py"], "short trial of_the_sources"),
        (["-n", "2"], "short"),
    ],
    ids=["short", "all", "long", "named", "spread"],
)
def test_every_test_is_short_or_long_and_what_is_named_is_run(tmp_path, arguments, run):
    shutil.copy(ROOT / "conftest.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(SESSION)
    command = [sys.executable, "-m", "pytest", "-v", "-p", "xdist", "-p", "no:cacheprovider", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "120"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    passed = {
        name
        for name in ("short", "trial", "of_the_sources")
        if re.search(rf"test_{name} .*PASSED|PASSED.*test_{name}\b", done.stdout)
    }
    assert passed == set(run.split())
    assert "100%]" in done.stdout  # the share done is shown


def test_a_ready_folder_that_cannot_be_written_is_used_all_the_same(project, book, monkeypatch, capsys):
    python = book.venv_python()
    python.parent.mkdir(parents=True)
    python.touch()
    book._write_stamp(book.wanted_stamp())
    before = sorted(project.rglob("*"))
    ran = []
    monkeypatch.setattr(book.os, "access", lambda path, mode: False)
    monkeypatch.setattr(book, "call", lambda *arguments, **_: ran.append(list(map(str, arguments))) or 0)
    assert book.main(["check"]) == book.main(["test"]) == 0
    environment = book.child_environment()
    for name in ("MPLCONFIGDIR", "IPYTHONDIR", "HYPOTHESIS_STORAGE_DIRECTORY"):
        assert not environment[name].startswith(str(project)), name
    assert "no:cacheprovider" in ran[1]  # pytest would warn that it cannot write, and a warning is an error
    assert sorted(project.rglob("*")) == before  # no lock, no settings
    for command in ("book", "run"):  # what must be written says so in one line, before it works for minutes
        assert book.main([command]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and "copy the book to a folder of yours" in said


@posix
def test_a_folder_mounted_read_only_is_told_in_one_line(project):
    """The real thing, where this machine lets us mount: a share of a course."""
    python = load_book(project).venv_python()
    python.parent.mkdir(parents=True)
    python.symlink_to(BASE_PYTHON)
    book = load_book(project)
    command = f"""
    set -e
    mount --bind "{project}" "{project}" && mount -o remount,ro,bind "{project}"
    touch "{project}/x" 2>/dev/null && exit 77
    cd "{project}" && exec "{BASE_PYTHON}" book.py run
    """
    stamp = book.wanted_stamp() | {"python": sys.version.split()[0]}
    book._write_stamp(stamp)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", command] if shutil.which("unshare") else ["false"],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode not in (0, 2) or "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("this machine lets nobody mount a folder read-only; the test above pretends it")
    assert "copy the book to a folder of yours" in one_line(done)


def test_ctrl_c_ends_in_one_line_after_the_child_has_ended(project, book, monkeypatch, capsys):
    """The child has had Ctrl+C as well: it is waited for, and the line is said once."""

    class Child:
        waited = 0

        def __init__(self, command, **options):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def wait(self):
            Child.waited += 1
            if Child.waited == 1:
                raise KeyboardInterrupt
            return self.code

    monkeypatch.setattr(book, "ensure_environment", lambda derive=False: None)
    monkeypatch.setattr(book.subprocess, "Popen", Child)
    for code, result, lines in ((130, 130, 0), (-2, 130, 1)):  # the child said so; the child was killed by it
        Child.waited, Child.code = 0, code
        assert book.main(["check"]) == result and Child.waited == 2
        said = capsys.readouterr().err
        assert said.count("\n") == lines and ("book.py: stopped; run the same command again" in said) == bool(lines)


@posix
def test_a_reader_that_stops_reading_is_no_error(project):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = f'"{BASE_PYTHON}" book.py --help | head -1'
    done = subprocess.run(["sh", "-c", command], cwd=project, env=environment, capture_output=True, text=True)
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_windows_is_told_of_a_path_that_is_too_long_before_anything_is_downloaded(book):
    longest = book.WINDOWS_PATH - 1 - book.LONGEST
    assert not book.path_too_long("x" * longest, False) and book.path_too_long("x" * (longest + 1), False)
    assert not book.path_too_long("x" * 300, True)  # where Windows was told to allow long paths
    assert len(r"C:\Users\a-name-of-average-length\Documents\pakistan-and-russia\.venv") <= longest


def test_the_longest_path_of_the_environment_is_known(book):
    """What `LONGEST` says, counted in the environment that runs the tests, as Windows lays it out."""
    environment = Path(sys.prefix)
    places = {path.name: path for path in environment.glob("lib/python3*")} or {"Lib": environment / "Lib"}
    found = []
    for folder, place in places.items():
        found += [f"Lib/{path.relative_to(place).as_posix()}" for path in place.rglob("*") if path.is_file()]
        assert folder
    found += [path.relative_to(environment).as_posix() for path in (environment / "share").rglob("*") if path.is_file()]
    assert 100 < max(map(len, found)) <= book.LONGEST, max(found, key=len)


def test_derivation_is_tested_wherever_the_sources_files_are(project, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("PAKRUS_UPSTREAM", raising=False)
    assert not load_book(project).needs_derive()
    (project.parent / "shared" / "upstream").mkdir(parents=True)
    assert load_book(project).needs_derive()
    monkeypatch.setenv("PAKRUS_UPSTREAM", str(project / "nowhere"))
    assert not load_book(project).needs_derive()
    monkeypatch.setenv("PAKRUS_UPSTREAM", str(project))
    assert load_book(project).needs_derive()


def test_clean_removes_what_was_made_and_nothing_else(project, book):
    (project / "_build" / "html").mkdir(parents=True)
    (project / ".venv").mkdir()
    cache = project / "pakrus" / "measures" / "__pycache__"
    cache.mkdir(parents=True)
    kept = project / "pakrus" / "__main__.py"
    assert book.main(["clean"]) == 0
    assert not (project / "_build").exists() and not cache.exists()
    assert (project / ".venv").exists() and kept.exists()
    assert book.main(["clean", "--all"]) == 0
    assert not (project / ".venv").exists() and kept.exists()


def test_unknown_commands_list_the_known_ones(project):
    done = run_book(project, "biuld")
    assert done.returncode == 2
    assert "'book'" in done.stderr or "book, test, run" in done.stderr
    assert not (project / ".venv").exists()


# ---------------------------------------------------------------- what is committed


def locked(name: str) -> dict[str, Requirement]:
    """The requirements of a lock file that apply here, by normalised name."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split("--hash")[0].strip() for line in text.splitlines() if line and line[0].isalpha()]
    found = map(Requirement, lines)
    return {r.name.lower().replace("_", "-"): r for r in found if r.marker is None or r.marker.evaluate()}


def test_this_environment_is_the_locked_one():
    wrong = {
        name: (metadata.version(name), str(requirement.specifier))
        for name, requirement in locked("requirements.txt").items()
        if f"=={metadata.version(name)}" != str(requirement.specifier)
    }
    assert wrong == {}


@pytest.mark.parametrize("name", ["requirements", "requirements-derive"])
def test_lock_is_complete_exact_hashed_and_names_no_host(name):
    text = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--?(i|f|index|extra|find|trusted)", text, re.MULTILINE)
    blocks = re.findall(r"^[a-z].*?(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 2
    for block in blocks:
        assert re.match(r"[a-z0-9._-]+(\[[a-z0-9,-]+\])?==\S+", block), block
        assert "--hash=sha256:" in block, block
    pins = locked(f"{name}.txt")
    for line in (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            wanted = Requirement(line.split("#")[0].strip())
            version = str(pins[wanted.name].specifier).removeprefix("==")
            assert wanted.specifier.contains(version, prereleases=True), line
            assert "#" in line or wanted.name in ("pytest", "setuptools", "wheel"), f"{line}: say why it is needed"


def test_derivation_adds_to_the_environment_and_changes_nothing_in_it():
    reader, derive = locked("requirements.txt"), locked("requirements-derive.txt")
    assert {name: str(r.specifier) for name, r in derive.items() if name in reader} == {
        name: str(reader[name].specifier) for name in derive if name in reader
    }
    assert "pyreadr" in derive and "pyreadr" not in reader


def test_package_is_installed_from_this_folder_with_its_entry_points():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    for group, entries in declared.items():
        found = {e.name: e for e in metadata.entry_points(group=group) if e.dist and e.dist.name == "pakrus"}
        assert {name: e.value for name, e in found.items()} == entries
        assert all(e.load() is not None for e in found.values())
    import pakrus

    assert Path(pakrus.__file__).resolve().parent == ROOT / "pakrus"


def test_one_version_and_one_title_everywhere():
    from setuptools.config.pyprojecttoml import read_configuration

    import pakrus

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    version = pakrus.__version__  # pyproject.toml takes it from there
    assert str(citation["version"]) == version
    assert citation["preferred-citation"]["edition"] == f"Version {version}"
    assert read_configuration(ROOT / "pyproject.toml")["project"]["version"] == version
    released = str(citation["date-released"])
    assert f"## [{version}] - {released}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(f"# {citation['title']}\n")
    assert f"*{citation['title']}*. Version {version}." in readme
    assert citation["authors"] == [{"name": "Pakistan and Russia since 1947 contributors"}]
    assert citation["authors"][0]["name"] in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert citation["authors"][0]["name"] in (ROOT / "LICENSE-content").read_text(encoding="utf-8")


def test_readme_make_and_book_know_the_same_commands(book):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert (
        set(re.findall(r"python book\.py (\w+)", readme))
        == set(book.COMMANDS)
        == set(re.findall(r"python book\.py (\w+)", book.__doc__))
    )
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()) == set(book.COMMANDS)
    for target in re.findall(r"^([\w.-]+/|[\w.-]+\.(?:py|in|bib|yml|md)) ", readme, re.MULTILINE):
        assert (ROOT / target).exists(), f"README.md names {target}"


@posix
@pytest.mark.parametrize(("build", "tests", "trials"), [(0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 2)])
def test_ci_fails_when_anything_fails_and_ends_with_the_summary(tmp_path, build, tests, trials):
    (tmp_path / "main" / ".ci").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / "main" / ".ci" / "run")
    ran = tmp_path / "ran"
    programs = {
        "python3": f'echo "$@ CI=$CI" >> "{ran}"; [ "$2" = test ] || exit {build}; echo "== 3 passed in 1s =="; '
        f'[ "$3" = -m ] && exit {trials}; exit {tests}',
        "dpkg-query": "printf installed",
    }
    for name, script in programs.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    script = str(tmp_path / "main" / ".ci" / "run")
    done = subprocess.run(["bash", script], env=environment, capture_output=True, text=True)
    assert (done.returncode == 0) == (build == tests == trials == 0)
    assert done.stdout.splitlines()[-1] == "== 3 passed in 1s =="
    assert ran.read_text().splitlines() == [
        "book.py book CI=true",
        "book.py test CI=true",  # the README's own command
        "book.py test -m long CI=true",
    ]
