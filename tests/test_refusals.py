"""What the machine refuses is told in one line, and what is a fault of ours is not made to look like that."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pakrus import cli, refusals
from pakrus.folder import ROOT

posix = pytest.mark.skipif(os.name == "nt", reason="uses a POSIX shell")


def error(number: int, path: object = "/somewhere/x", windows: int | None = None) -> OSError:
    found = OSError(number, os.strerror(number), path)
    found.winerror = windows
    return found


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (error(errno.ENOSPC), "the disk is full: free some space"),
        (error(errno.ENOSPC, None), "the disk is full: free some space"),
        (error(errno.EDQUOT), "the disk is full: free some space"),
        (error(errno.EROFS), "/somewhere/x cannot be read or written: choose a folder of yours"),
        (error(errno.EACCES), "/somewhere/x cannot be read or written: choose a folder of yours"),
        (error(errno.EROFS, str(ROOT / "data" / "x.csv")), "this folder cannot be written: copy the book to a folder"),
        (error(errno.ENOENT), "/somewhere/x is not there and cannot be made there: check the name"),
        (error(errno.ENOENT, str(ROOT.parent / ".x.csv.abc.part")), "cannot be read or written: choose a folder"),
        (error(errno.ENOTDIR), "is a file, or lies below one, where a folder is needed: choose another name"),
        (error(errno.EEXIST), "is a file, or lies below one, where a folder is needed: choose another name"),
        (error(errno.EISDIR), "is a folder where a file is needed: choose another name"),
        (error(errno.ENAMETOOLONG), "the path is too long here: choose a shorter name"),
        (error(errno.ENOENT, windows=206), "the path is too long here: choose a shorter name"),
        (error(errno.EACCES, windows=32), "/somewhere/x is in use: close the program that has it open"),
        (error(errno.ETXTBSY), "/somewhere/x is in use: close the program that has it open"),
        (error(errno.EIO, "/somewhere/.x.part"), f"/somewhere: {os.strerror(errno.EIO)}: mend it"),
    ],
)
def test_each_refusal_says_what_and_how_to_mend_it(monkeypatch, capsys, found, said):
    def refused(_):
        raise found

    monkeypatch.setattr(cli, "_check", refused)
    assert cli.main(["check"]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1 and said in line and "Traceback" not in line


def test_an_error_that_names_no_file_is_a_fault_of_ours(monkeypatch):
    def wrong(_):
        raise OSError("this has no number and no file")

    monkeypatch.setattr(cli, "_check", wrong)
    with pytest.raises(OSError, match="no number"):
        cli.main(["check"])


def test_ctrl_c_is_told_that_it_can_go_on(monkeypatch, capsys):
    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_check", stopped)
    assert cli.main(["check"]) == 130
    assert capsys.readouterr().err == "stopped; run the same command again to go on\n"


def run(command: str, **options) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", **options
    )


@posix
@pytest.mark.parametrize("command", ["cite trade", "describe events", "--help"])
def test_who_stops_reading_is_told_nothing(command):
    python = f'"{sys.executable}" -m pakrus {command}'
    done = run(f"{python} | head -1; {python} | true")
    assert done.stdout.count("\n") == 1 and done.stderr == ""


@posix
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("/proc/x", "/proc/x is not there and cannot be made there"),
        ("{file}", "is a file, or lies below one, where a folder is needed"),
        ("{file}/below", "is a file, or lies below one, where a folder is needed"),
        ("{folder}/" + "x" * 300, "the path is too long here"),
    ],
)
def test_a_target_that_cannot_be_is_told_in_one_line(tmp_path, capsys, target, said):
    if target.startswith("/proc") and not Path("/proc/self").is_dir():
        pytest.skip("no /proc here")
    (tmp_path / "file").write_text("x")
    target = target.format(file=tmp_path / "file", folder=tmp_path)
    assert cli.main(["edition", "--to", target]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1 and said in line


@pytest.mark.parametrize(
    ("target", "said"), [("nowhere/x.csv", "there is no folder"), ("folder.csv", "is a folder: name the file")]
)
@pytest.mark.parametrize("command", ["dyads", "scaling"])
def test_a_file_that_cannot_be_written_is_refused_before_the_work(tmp_path, capsys, command, target, said):
    (tmp_path / "folder.csv").mkdir()
    assert cli.main([command, "--from", str(tmp_path / "none"), "--to", str(tmp_path / target)]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1 and said in line


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_the_output_is_told_in_one_line():
    done = run(f'"{sys.executable}" -m pakrus cite trade > /dev/full')
    assert (done.returncode, done.stderr) == (2, refusals.FULL + "\n")


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch, capsys):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    assert cli.main(["edition", "--to", str(tmp_path / "out")]) == 2
    assert "disk is full" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("command", [["new-event"], ["derive", "--from", "."]])
def test_a_folder_that_cannot_be_written_is_told_before_any_question_or_work(data_copy, monkeypatch, capsys, command):
    monkeypatch.setattr(refusals.os, "access", lambda *_: False)
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("asked"))
    assert cli.main(command) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1 and "cannot be read or written" in line


@posix
def test_a_book_mounted_read_only_answers_in_one_line_or_does_what_it_can(tmp_path):
    """The real thing, where this machine lets us mount: a share of a course, prepared by somebody else."""
    commands = {
        "seal": 0,
        "describe trade": 0,
        "new-event": 2,
        "derive --from pakrus": 2,
        f"edition --to {ROOT}/made": 2,
    }
    python = f'"{sys.executable}" -m pakrus'
    lines = "\n".join(f'{python} {command} < /dev/null > "{tmp_path}/said" 2>&1; echo "$? $(wc -l < "{tmp_path}/said")"'
                      for command in commands)  # fmt: skip
    script = f'mount --bind "{ROOT}" "{ROOT}" && mount -o remount,ro,bind "{ROOT}" || exit 77\n{lines}'
    done = subprocess.run(
        ["unshare", "-m", "bash", "-c", f"cd /; {script.replace(python, f'cd {ROOT}; {python}')}"]
        if shutil.which("unshare")
        else ["false"],
        capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if done.returncode or len(done.stdout.splitlines()) != len(commands):
        pytest.skip("this machine lets nobody mount a folder read-only; the tests above pretend it")
    for (command, code), line in zip(commands.items(), done.stdout.splitlines(), strict=True):
        assert line.split()[0] == str(code), command
        assert code == 0 or line.split()[1] == "1", f"{command}: {line.split()[1]} lines"
