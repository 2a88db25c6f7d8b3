"""What the back matter tells teachers, contributors and readers of itself is what there is."""

import json
import re

import pytest
import yaml
from book_notebooks import CHAPTERS, ROOT
from built_book import CHECKED, STATES

from pakrus import environment
from pakrus.checks import bibliography
from pakrus.notebooks.links import Book, links
from pakrus.terms import SOURCE_KINDS

BACK = ROOT / "back-matter"
COMMAND = re.compile(r"python3? book\.py (\S+)")
DATA_COMMAND = re.compile(r"python -m pakrus ([a-z-]+)")


def text_of(name):
    return (BACK / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def book():
    return Book(ROOT)


# ------------------------------------------------------------ teaching


def test_every_exercise_has_its_place_in_one_week(book):
    weeks = re.split(r"^## Week \d: .*$", text_of("teach"), flags=re.MULTILINE)[1:]
    weeks[-1] = weeks[-1].partition("\n## ")[0]
    assert len(weeks) == 4
    linked = [target for week in weeks for _, target in links(week) if "#exercise-" in target]
    there = [f"../{page.name}.ipynb#{name}" for page in book.pages.values() for name in page.exercises]
    assert sorted(linked) == sorted(there) and len(there) > 50
    for week in weeks:
        for part in ("**Read**", "**Run**", "**Discuss.**", "**Hand in**", "afterwards", "More: "):
            assert part in week
        assert len(re.sub(r"\]\([^)]*\)", "]", week).split()) < 420, "a week is one page"


def test_links_to_exercises_say_the_number_they_lead_to():
    for words, target in links(text_of("teach")):
        if "#exercise-" in target:
            assert words.split()[-1] == target.rpartition("-")[2], target


def test_every_exercise_has_a_solution_and_says_what_it_teaches(book):
    for path in CHAPTERS:
        page = book.pages[f"chapters/{path.stem}"]
        solutions = [cell for cell in page.notebook["cells"] if "solution" in cell["metadata"].get("tags", [])]
        aims = "\n".join(page.texts).count("*What it teaches:*")
        assert len(solutions) == len(page.exercises) == aims > 0, path.stem
        assert list(page.exercises) == [f"exercise-{number}" for number in range(1, aims + 1)]


# ------------------------------------------------------------ contributing


def test_commands_that_are_told_exist():
    from pakrus import cli

    parts = (ROOT / "pakrus" / "cli.py").read_text(encoding="utf-8")
    for path in [*BACK.glob("*.md"), ROOT / "README.md", ROOT / "RELEASE.md", ROOT / "CONTRIBUTING.md"]:
        text = path.read_text(encoding="utf-8")
        assert set(COMMAND.findall(text.replace("`", " "))) <= set(environment.COMMANDS), path.name
        for command in DATA_COMMAND.findall(text):
            assert f'"{command}"' in parts, (path.name, command)
    with pytest.raises(SystemExit):
        cli.main(["no-such-command"])


def test_the_example_of_a_source_is_one_of_the_book_and_its_kinds_are_all():
    shown = re.search(r"```bibtex\n(.*?)```", text_of("contribute"), re.DOTALL)[1]
    key = re.search(r"\{(\w+),", shown)[1]
    entry = re.search(rf"^@online\{{{key},.*?^\}}", (ROOT / "references.bib").read_text(encoding="utf-8"), re.M | re.S)
    assert set(shown.splitlines()) <= set(entry[0].splitlines())
    told = re.search(r"`keywords`\*\* says of what kind it is: (.*?)\.", text_of("contribute"), re.DOTALL)[1]
    assert set(re.findall(r"`(\w+)`", told)) == set(SOURCE_KINDS)
    assert "online" in bibliography.TYPES


def test_contributing_and_release_lead_on():
    for name in ("CONTRIBUTING.md", "RELEASE.md", "README.md"):
        for _, target in links((ROOT / name).read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (ROOT / target).is_file(), f"{name}: {target}"


# ------------------------------------------------------------ what the statement on accessibility says was measured


def test_widths_and_colours_that_are_named_are_those_that_are_tried():
    text = text_of("accessibility")
    assert {width for width, _ in STATES} == {360, 1280} and {scheme for _, scheme in STATES} == {"light", "dark"}
    assert "at 360 and at 1280 pixels, light and dark" in text
    whole, narrow = CHECKED[(1280, "light")], CHECKED[(360, "dark")]["runOnly"]
    assert whole == {}, "all rules, on a wide screen in light colours"
    assert set(narrow) == {"color-contrast", "scrollable-region-focusable", "target-size", "aria-hidden-focus"}


@pytest.mark.browser
def test_the_number_of_rules_is_that_of_the_version_that_is_used(tab, axe):
    tab.set_content("<p>A page.</p>")
    tab.evaluate(axe)
    version, rules = tab.evaluate("[axe.version, axe._audit.rules.filter(rule => rule.enabled).length]")
    short = ".".join(version.split(".")[:2])
    assert f"All {rules} rules that axe-core {short} applies by default" in text_of("accessibility")


def test_what_is_measured_is_measured_by_a_test_that_is_there():
    """Each row of the statement, by words of it, and the tests that stand behind it."""
    rows = [line for line in text_of("accessibility").splitlines() if line.startswith("| ")][1:]
    behind = {
        "All 96 rules": "tests/book/test_browser_back_matter.py::test_a_page_in_a_browser",
        "Contrast of text": "tests/book/test_browser.py::test_a_page_in_a_browser",
        "No page scrolls sideways": "tests/book/test_pages.py::test_one_page_in_a_browser",
        "Every control": "tests/book/test_browser_controls.py::test_every_control_shows_where_the_keyboard_is",
        "The contents can be reached": "tests/book/test_browser_controls.py::test_the_contents_are_reached_on_a_phone_without_script",
        "One main heading": "tests/book/test_pages.py::test_one_top_heading_language_and_title",
        "Every figure has words": "tests/book/test_pages.py::test_every_picture_has_words",
        "On a phone (360 pixels)": "tests/book/test_figures.py::test_letters_on_a_phone_have_eleven_pixels",
        "Words in Russian": "tests/book/test_html.py::test_words_in_another_script_say_their_language",
        "Lines are 60 to 75": "tests/book/test_browser_controls.py::test_lines_are_as_long_as_the_eye_likes_and_set_in_the_books_own_letters",
        "Notes, search": "tests/book/test_browser_notes.py::test_by_keyboard_the_card_takes_the_focus_and_gives_it_back",
        "The PDFs are tagged": "tests/book/test_volumes.py::test_every_condition_of_pdf_ua_that_a_machine_can_check_is_met",
    }
    assert len(rows) == len(behind)
    for row, (words, test) in zip(rows, behind.items(), strict=True):
        file, _, function = test.partition("::")
        assert words in row and re.search(rf"^def {function}\(", (ROOT / file).read_text(encoding="utf-8"), re.M), row


# ------------------------------------------------------------ the repository for hosts


def test_the_checklist_names_every_place_of_the_version_and_they_agree():
    from pakrus import __version__ as version

    written = {
        path.name for path in ROOT.iterdir() if path.suffix in (".md", ".cff") and version in path.read_text("utf-8")
    }
    places = re.split(r"^## 2", (ROOT / "RELEASE.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1].partition(
        "\n## "
    )[0]
    for name in sorted(written - {"RELEASE.md"}) + ["data/datapackage.json"]:
        assert f"- `{name}`: " in places, name
    assert json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["version"] == version


def test_a_hosted_service_installs_the_books_own_environment():
    folder = ROOT / ".binder"
    lines = [line for line in (folder / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    assert lines == ["-r ../requirements.txt"]
    version = (folder / "runtime.txt").read_text().strip().removeprefix("python-")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    low, high = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', project).groups()
    assert version in [f"3.{minor}" for minor in range(int(low), int(high))]
    script = folder / "postBuild"
    assert script.read_text().startswith("#!/bin/bash\n") and "-e ." in script.read_text()
    listed = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for needed in ("jupyterlab==", "ipykernel==", "setuptools==", "wheel=="):
        assert re.search(rf"^{needed}", listed, re.MULTILINE), f"{needed} is what the service and the script need"


@pytest.fixture(scope="module")
def workflow():
    return yaml.load((ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def test_it_publishes_tags_only_and_only_what_passed(workflow):
    assert workflow["on"] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}
    jobs = workflow["jobs"]
    assert {name: job.get("needs") for name, job in jobs.items()} == {
        "build": None,
        "pages": "build",
        "release": "build",
    }
    assert workflow["permissions"] == {"contents": "read"}
    for job in jobs.values():
        assert not any("continue-on-error" in step or "if" in step for step in job["steps"])


def test_its_commands_exist_and_come_in_order(workflow):
    lines = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    commands = COMMAND.findall("\n".join(lines))
    assert commands[:4] == ["check", "pdf", "book", "test"] and set(commands) <= set(environment.COMMANDS)
    assert {"test", "pdf", "epub"} <= set(commands)
    parts = (ROOT / "pakrus" / "cli.py").read_text(encoding="utf-8")
    assert all(f'"{command}"' in parts for command in DATA_COMMAND.findall("\n".join(lines)))
    assert "not upstream" in "\n".join(lines), "a host has not the publishers' files"


def test_it_installs_what_ci_installs_but_for_the_browser_that_hosts_have(workflow):
    ours = re.search(r"^packages=\((.*)\)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)[1]
    steps = "\n".join(step.get("run", "") for step in workflow["jobs"]["build"]["steps"])
    installed = re.search(r"--no-install-recommends (.*)$", steps, re.MULTILINE)[1]
    assert set(installed.split()) == set(ours.split()) - {"chromium"}


def test_it_uses_actions_of_the_host_alone(workflow):
    used = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used and all(re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", name) for name in used)
