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


def load_book(folder: Path):
    """The module of the book.py that lies in a folder."""
    spec = importlib.util.spec_from_file_location("book_under_test", folder / "book.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_project(folder: Path) -> Path:
    """A folder that book.py takes for the book, small enough to set up in two seconds and with no network."""
    project = folder / FOLDER
    (project / "pakrus").mkdir(parents=True)
    shutil.copy(ROOT / "book.py", project)
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
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_", "PYTEST", "CI"))}
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
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "cannot be written"), (errno.EACCES, "cannot be written")],
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
        ("Building x\nerror: something nobody foresaw\nbye", "something nobody foresaw"),
    ],
)
def test_what_installers_say_becomes_cause_and_remedy(book, output, told):
    line = book.explain(output, "the log")
    assert told in line
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


def test_supported_pythons_are_accepted(book):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert declared == f">={book.OLDEST[0]}.{book.OLDEST[1]},<{book.NEWEST[0]}.{book.NEWEST[1] + 1}"
    for minor in range(book.OLDEST[1], book.NEWEST[1] + 1):
        book.check_python((3, minor, 0))


def test_old_pythons_can_read_far_enough_to_be_told():
    source = (ROOT / "book.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    assert not any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in ast.walk(tree))
    top = {name.name.split(".")[0] for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    top |= {node.module.split(".")[0] for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert top <= set(sys.stdlib_module_names)


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

    def ran_well(command, **options):
        ran.append(options["env"])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(book.os, "access", lambda path, mode: False)
    monkeypatch.setattr(book.subprocess, "run", ran_well)
    assert book.main(["check"]) == 0
    assert not str(ran[0]["MPLCONFIGDIR"]).startswith(str(project))
    assert sorted(project.rglob("*")) == before  # no lock, no settings
    assert book.main(["book"]) == 2  # what must be written says so in one line
    assert capsys.readouterr().err.count("\n") == 1


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
