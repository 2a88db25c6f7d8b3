"""What every notebook must be: outputs stored and clean, numbers computed or cited, the frame whole, the accounts complete."""

import io
import json
import re

import pandas as pd
import pytest
from book_notebooks import (
    CHAPTERS,
    FIGURE,
    NOTEBOOKS,
    ROOT,
    TABLE,
    bundles,
    cells,
    cited,
    outputs,
    plain,
    prose,
    section,
)
from frictionless import Resource

from pakrus import references
from pakrus.notebooks.scaffold import AWAY, HEADINGS
from pakrus.pages.nodes import resource

PHASES = [path for path in CHAPTERS if path.stem in ("cold-war", "post-1991", "post-9-11", "sco-era")]
LONGEST = {
    "cold-war": 10000,
    "post-1991": 8500,
    "post-9-11": 8500,
    "sco-era": 8500,
    "introduction": 7000,
}  # without exercises

ids = {"argvalues": NOTEBOOKS, "ids": [path.stem for path in NOTEBOOKS]}
chapter_ids = {"argvalues": CHAPTERS, "ids": [path.stem for path in CHAPTERS]}


def test_the_chapters_are_there():
    names = [path.stem for path in CHAPTERS]
    for part in ("introduction", "cold-war", "post-1991", "post-9-11", "sco-era"):
        assert any(part in name for name in names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


# ------------------------------------------------------------ outputs


@pytest.mark.parametrize("path", **ids)
def test_every_cell_was_run_in_order_and_its_outputs_are_stored(path):
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert all(cell["text"].strip() for cell in code)
    assert sum(bool(cell["outputs"]) for cell in code) >= len(code) / 2
    for cell in code:  # what shows or glues something must have something stored
        if re.search(r"\b(figures\.(show|table|data_used)|facts\.publish)\(", cell["text"]):
            assert cell["outputs"], cell["text"][:80]


@pytest.mark.parametrize("path", **ids)
def test_outputs_hold_no_error_stream_address_or_path(path):
    for output in outputs(path):
        assert output["output_type"] != "error"
        assert output["output_type"] != "stream", output
        text = str(
            {
                k: v
                for k, v in output.get("data", {}).items()
                if k not in ("image/png", "image/svg+xml", "image/vnd.pakrus.narrow+xml")
            }
        )
        assert not re.search(r"\b0x[0-9a-fA-F]{6,}", text), "a memory address"
        assert not re.search(r"(?<![\w:/.])(/(home|root|work|tmp|Users)/|[A-Z]:\\)", text), "a path of one machine"


@pytest.mark.parametrize("path", **ids)
def test_source_names_no_path_of_a_machine_and_is_folded(path):
    for cell in cells(path, "code"):
        assert not re.search(r"(/(home|root|work|tmp|Users)/|[A-Z]:\\)", cell["text"])
        tags = set(cell["metadata"].get("tags", []))
        assert tags in ({"hide-input"}, {"hide-cell", "solution"}), "code is folded, never removed"


@pytest.mark.parametrize("path", **ids)
def test_metadata_is_stable(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    identifiers = [cell["id"] for cell in notebook["cells"]]
    assert len(set(identifiers)) == len(identifiers)
    assert "iopub" not in json.dumps([cell["metadata"] for cell in notebook["cells"]]), "time stamps"


@pytest.mark.parametrize("path", **ids)
def test_the_set_up_cell_is_that_of_a_new_chapter(path):
    assert cells(path, "code")[0]["text"].startswith(AWAY.rstrip())


# ------------------------------------------------------------ figures and tables


@pytest.mark.parametrize("path", **ids)
def test_each_figure_has_alt_finding_source_and_data(path):
    for figure in bundles(path, FIGURE):
        assert len(figure["alt"]) > 80 and re.search(r"\d", figure["alt"]), figure["name"]
        assert not re.match(r"(an? )?(image|picture|graph) of", figure["alt"].lower())
        assert len(figure["caption"].split()) >= 8, figure["name"]
        assert "table `" in figure["source"]
        assert figure["csv"].count("\n") >= 2
        assert "nan" not in figure["caption"].lower().split()


@pytest.mark.parametrize("path", **ids)
def test_each_number_behind_a_figure_or_table_has_its_unit_in_the_file(path):
    """The file alone tells: a unit in the header, or it is a year, an identifier or a count, declared so beside it."""
    for shown in [*bundles(path, FIGURE), *bundles(path, TABLE)]:
        frame = pd.read_csv(io.StringIO(shown["csv"]))
        fields = {field["name"]: field for field in shown["fields"]}
        assert list(fields) == list(frame.columns), shown["name"]
        for name, field in fields.items():
            where = f"{shown['name']}, column {name}"
            assert ("unit" in field) == name.endswith("]"), where
            if field["type"] in ("integer", "number"):
                assert "unit" in field or field["pakrus:kind"] in ("identifier", "count"), where
            if "pakrus:kind" in field or field["type"] == "year":
                values = frame[name].dropna()
                assert (values % 1 == 0).all(), f"{where}: {values.iloc[0]} is no whole number and has no unit"
            if field["type"] == "year":
                assert frame[name].dropna().between(1940, 2100).all(), where


@pytest.mark.parametrize("path", **ids)
def test_the_description_beside_the_data_is_a_frictionless_resource_and_true(path, tmp_path):
    for kind, found in (("figure", bundles(path, FIGURE)), ("table", bundles(path, TABLE))):
        for shown in found:
            described = resource(shown["name"], shown | {"kind": kind}, None)
            (tmp_path / described["path"]).write_text(shown["csv"], encoding="utf-8")
            (tmp_path / "resource.json").write_text(json.dumps(described), encoding="utf-8")
            report = Resource.from_descriptor(described, basepath=str(tmp_path)).validate()
            assert report.valid, (shown["name"], report.flatten(["title", "note"])[:3])
            assert "Source: " in described["description"] and len(described["title"].split()) > 5, shown["name"]
            text = json.dumps(described["title"] + described["description"])
            assert not re.search(r"\]\(|`|\{cite|\*", text), f"{shown['name']}: {text}"


def test_names_of_figures_and_tables_are_unique_in_the_book():
    names = [b["name"] for path in NOTEBOOKS for kind in (FIGURE, TABLE) for b in bundles(path, kind)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", **chapter_ids)
def test_a_chapter_has_figures_a_table_and_says_which_data_it_used(path):
    assert len(bundles(path, FIGURE)) >= 4
    assert len([b for b in bundles(path, TABLE) if not b["name"].endswith("-data-used")]) >= 1
    assert f"{path.stem}-data-used" in [b["name"] for b in bundles(path, TABLE)]


def test_no_raw_agreement_rate_stands_alone():
    for path in CHAPTERS:
        names = [{field["name"].partition(" [")[0] for field in b["fields"]} for b in bundles(path, FIGURE)]
        if any("agreement" in columns for columns in names):
            assert any({"percentile"} <= c or {"ideal_point"} <= c or {"distance"} <= c for c in names), path.stem
            assert any("with_RUS" in c for c in names), path.stem


# ------------------------------------------------------------ text


@pytest.mark.parametrize("path", **chapter_ids)
def test_the_frame_is_whole_and_in_order(path):
    found = re.findall(r"^## (.+?)\s*$", prose(path), flags=re.M)
    assert [h for h in found if h in HEADINGS] == list(HEADINGS)
    assert len(re.findall(r"^# ", prose(path), flags=re.M)) == 1
    assert tuple(found[:2]) == HEADINGS[:2] and found[-1] == "Next"


@pytest.mark.parametrize("path", PHASES, ids=[path.stem for path in PHASES])
def test_a_phase_explains_itself_after_its_story(path):
    found = re.findall(r"^## (.+?)\s*$", prose(path), flags=re.M)
    (why,) = [place for place, heading in enumerate(found) if heading.startswith("Why")]
    story = found[2:why]
    assert len(story) >= 3 and found[why + 1 :] == list(HEADINGS[2:])
    explained = plain(section(prose(path), found[why]))
    assert 500 <= len(explained.split()) <= 1800


@pytest.mark.parametrize("path", **chapter_ids)
def test_a_chapter_opens_with_an_abstract_that_can_be_quoted_and_its_keywords(path):
    opening = prose(path).split("\n## ")[0]
    (abstract,) = re.findall(r"^\*\*Abstract\.\*\* (.+?)\n\n", opening, flags=re.M | re.S)
    assert 80 <= len(plain(abstract).split()) <= 120, len(plain(abstract).split())
    (words,) = re.findall(r"^\*Keywords:\* (.+)$", opening, flags=re.M)
    assert 5 <= len(words.split(",")) <= 8 and not words.endswith(".")


def before_the_first_figure(path):
    """The Markdown of a notebook up to its first figure."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if "figures.show(" in "".join(cell["source"]):
            return
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])


@pytest.mark.parametrize("path", PHASES, ids=[path.stem for path in PHASES])
def test_the_story_begins_soon_and_shows_something(path):
    text = prose(path)
    opening = " ".join(plain(text.split("*Keywords:*")[1]).split()[:250])
    assert re.search(rf"\b(?:{MONTHS}) (?:19|20)\d\d\b", opening), "a dated act within the first 250 words"
    before = "\n".join(before_the_first_figure(path))
    assert len(re.findall(r"^## ", before, flags=re.M)) == 3, (
        "the first figure stands in the first section of the story"
    )


@pytest.mark.parametrize("path", PHASES, ids=[path.stem for path in PHASES])
def test_citations_do_not_drown_the_sentences(path):
    text = prose(path)
    text = text.replace(section(text, "Exercises"), "")
    known = references.read().entries
    spent = sum(len(words.split()) for words, key in re.findall(r"\[([^\]]*)\]\(#([^)]*)\)", text) if key in known)
    assert spent / len(plain(text).split()) <= 0.10
    assert len(set(cited(text))) >= 40


def crowded(text: str) -> list[str]:
    """Sentences with more than one group of citations; links side by side are one group, a row of a table may have several."""
    known = references.read().entries
    text = re.sub(r"\[[^\]]*\]\(#([^)]*)\)", lambda m: "CITED" if m[1] in known else "LINK", text)
    text = re.sub(r"CITED(?:[;,]\s+CITED)*", "GROUP", text)
    text = re.sub(r"\b([A-Z])\.(?=\s)", r"\1", text)  # initials end no sentence
    blocks = [block for block in re.split(r"\n\s*\n|\n(?=[-*] |\d+\. )", text) if not block.startswith("|")]
    found = [sentence for block in blocks for sentence in re.split(r"(?<=[.?!])[”\")*]*\s+(?=[A-Z“\"*(À-Я])", block)]
    return [sentence for sentence in found if sentence.count("GROUP") > 1]


def test_the_finder_of_crowded_sentences_finds_them():
    one, two = "([Häge 2011](#haege2011))", "([Malik 1990](#maliktroubled))"
    assert crowded(f"It rose {one}, and it fell {two}.")
    assert crowded(f"**Account.** M. N. Khan says so {one}; another does not {two}.")
    assert not crowded(f"It rose {one}. It fell {two}.")
    assert not crowded(f"It rose and fell ({one[1:-1]}; {two[1:-1]}).")


@pytest.mark.parametrize("path", **chapter_ids)
def test_a_sentence_has_one_group_of_citations(path):
    assert crowded(prose(path)) == []


@pytest.mark.parametrize("path", PHASES, ids=[path.stem for path in PHASES])
def test_a_phase_opens_with_one_paragraph_and_answers_in_five_sentences(path):
    opening = prose(path).split("\n## ")[0]
    scene = [block for block in opening.split("\n\n") if cited(block)]
    assert len(scene) == 1 and len(plain(scene[0]).split()) >= 80
    answers = re.findall(r"^\* (.+?)(?=\n\* |\n\n|\Z)", section(prose(path), "Short answer"), flags=re.M | re.S)
    assert len(answers) == 5
    for answer in answers:
        assert len(re.findall(r"[.?!](?=\s+[A-Z*]|\s*$)", plain(answer))) == 1, answer


@pytest.mark.parametrize("path", **chapter_ids)
def test_length_and_sources(path):
    text = prose(path)
    words = len(plain(text.replace(section(text, "Exercises"), "")).split())
    assert 2500 <= words <= LONGEST.get(path.stem, 5500), words
    assert len(set(cited(prose(path)))) >= 15


@pytest.mark.parametrize("path", **chapter_ids)
def test_each_contested_episode_has_three_accounts_each_cited(path):
    text = section(prose(path), "Where accounts differ")
    episodes = re.split(r"^### ", text, flags=re.M)[1:]
    assert episodes
    for episode in episodes:
        for voice in (r"Pakistani accounts?", r"(Soviet/Russian|Soviet|Russian) accounts?", r"Third-party accounts?"):
            found = re.search(rf"\*\*{voice}\.?\*\*(.*?)(?=\n\*\*[A-Z]|\Z)", episode, flags=re.S)
            assert found, (voice, episode[:60])
            assert cited(found[0]), (voice, episode[:60])


@pytest.mark.parametrize("path", **ids)
def test_quotations_are_short(path):
    for paragraph in re.split(r"\n\s*\n", prose(path)):
        for quotation in re.findall(r"“([^”]+)”|\"([^\"]+)\"", plain(paragraph)):
            assert len("".join(quotation).split()) <= 25, quotation


# a number that is neither computed nor cited has no place in the prose
DESIGNATIONS = re.compile(
    r"\b(?:[A-Z][A-Za-z]{0,6}-?\d+[A-Za-z]*(?:[-/]\d+[A-Za-z]*)*|\d+(?:st|nd|rd|th)\b|ES-\d+(?:/\d+)?|S/(?:PV\.)?[\d/]+|A/[\w/.-]+|Druzhba-\w+|AMAN-\d+|"
    r"Aman-\d+|CASA-1000|Badr-[AB1]|Druzhba \d{4}|Post-9/11|post-9/11|9/11|G20|\d+\+\d+|NPT|[Rr]esolutions? \d+(?:,? (?:and )?\d+)*|Article \d+|[Cc]hapters? \d+|[Ss]essions? \d+(?:[–-]\d+)?)"
    r"|[+−][0-5](?!\.?\d)"  # codes of the cooperation scale
    r"|95 % intervals?"  # the book's one level
)  # fmt: skip
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATES = re.compile(
    rf"\b(?:\d{{1,2}}(?:[–-]\d{{1,2}})?(?: and \d{{1,2}})? (?:{MONTHS})|(?:{MONTHS}) \d{{1,2}}\b|(?:18|19|20)\d\d(?:[–/-](?:\d\d\d\d|\d\d|\d))?s?)\b"
)


def bare_numbers(text: str) -> list[str]:
    """Sentences with a digit that is no date, no designation, no link, and not cited in the same sentence."""
    known = references.read().entries
    text = re.sub(r"```.*?```", " ", text, flags=re.S)
    text = re.sub(r"\[[^\]]*\]\(([^)]*)\)", lambda m: "CITED" if m[1][1:] in known else "LINK", text)
    text = re.sub(r"\((?:pp?\.|para\.?|paras\.?|doc\.?|docs\.?|no\.) ?[^)]*\)", " ", text)
    found = []
    for block in re.split(r"\n\s*\n|\n(?=[-*] |\d+\. |#)", text):
        for sentence in re.split(r"(?<=[.!?:;])\s+(?=[A-Z*_“\"(](?!ITED))", block):
            bare = re.sub(r"^\s*\d+\. |`[^`]*`", " ", sentence)
            bare = DATES.sub(" ", DESIGNATIONS.sub(" ", bare))
            if re.search(r"\d", bare) and "CITED" not in sentence:
                found.append(sentence.strip())
    return found


def test_the_finder_of_bare_numbers_finds_them():
    assert bare_numbers("Trade rose to 506 million.")
    assert bare_numbers("It fell by 12 per cent in 1991.")
    assert bare_numbers("It fell by 12 per cent, see [Figure 2.7](#cold-war-trade).")
    assert not bare_numbers("On 10 January 1966 the U-2 of the 1960s met resolution 1172 [20](#n) times.")
    assert not bare_numbers("Trade rose to 506 million ([Häge 2011](#haege2011)).")


@pytest.mark.parametrize("path", **ids)
def test_numbers_in_the_prose_are_links_or_cited(path):
    text = prose(path)
    for heading in ("Exercises",):
        text = text.replace(section(text, heading), "")
    assert bare_numbers(text) == []


def test_no_unfinished_text():
    for path in NOTEBOOKS:
        text = prose(path)
        assert not re.search(r"\b(TODO|FIXME|XXX|lorem ipsum|coming soon|placeholder)\b", text, flags=re.I), path.stem


def test_table_of_contents_names_every_notebook():
    import yaml

    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = {toc["root"]} | {c["file"] for part in toc["parts"] for c in part["chapters"]}
    assert {path.relative_to(ROOT).with_suffix("").as_posix() for path in NOTEBOOKS} <= files
