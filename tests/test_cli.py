"""The commands: what a reader does without is named, and a mistake in the code is not made to look like that."""

import sys

import pytest

import pakrus
from pakrus import cli, extras


def test_a_package_that_only_one_command_needs_is_named_with_the_way_to_get_it(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert cli.main(["dyads", "--from", str(tmp_path), "--to", str(tmp_path / "dyads.parquet")]) == 2
    said = capsys.readouterr().err
    assert "Writing Parquet needs pyarrow" in said and "-r requirements-engines.txt; or give a name" in said


def test_what_fails_inside_an_installed_package_is_raised_as_it_is(monkeypatch, tmp_path):
    (tmp_path / "broken_extra.py").write_text("import nothing_of_this_name\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModuleNotFoundError, match="nothing_of_this_name"):
        extras.need("broken_extra", "This test", "requirements.txt")


def test_an_import_that_the_code_has_wrong_is_no_message_to_the_user(monkeypatch):
    def wrong(_):
        raise ImportError("cannot import name 'chekcs'")

    monkeypatch.setattr(cli, "_check", wrong)
    with pytest.raises(ImportError, match="chekcs"):
        cli.main(["check"])


def test_the_package_has_a_version_and_nothing_else_that_it_does_not_hold():
    assert pakrus.__version__
    with pytest.raises(AttributeError, match="no attribute 'versoin'"):
        _ = pakrus.versoin
