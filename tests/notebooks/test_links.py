"""Texts of links: one target gives one text; what leads to nothing is said; unchanged files are left alone."""

import json

import pytest

from pakrus import facts
from pakrus.notebooks import links

BIB = """\
@article{haege2011, author = {H{\\"a}ge, Frank M.}, title = {Choice or Circumstance?}, journal = {Political Analysis}, year = {2011}}
@misc{dawn2003a, author = {{Dawn}}, title = {One}, year = {2003}}
@misc{dawn2003b, author = {{Dawn}}, title = {Two}, year = {2003}}
"""
FACT = {
    "name": "agreement",
    "value": "56\u00a0%",
    "n": "628",
    "interval": "52 to 60\u00a0%",
    "words": "identical votes",
}


def notebook(*texts, rows=(FACT,), figures=(("post-votes", "Figure 1.1"),), used=()):
    """A notebook of Markdown cells whose one code cell published facts and showed figures."""
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {facts.MIME: {"facts": list(rows)}, "text/plain": "x"}}
    ]
    for name, label in figures:
        caption = {"for": name, "label": label}
        text = f"**{label}.** A finding.\n\n*Source:* [Häge 2011](#haege2011)."
        part = {"application/vnd.pakrus.caption+json": caption, "text/markdown": text, "text/plain": "x"}
        figure = {"application/vnd.pakrus.figure+json": {"name": name, "facts": list(used)}, "text/plain": "x"}
        outputs += [{"output_type": "display_data", "metadata": {}, "data": data} for data in (figure, part)]
    cells = [{"cell_type": "markdown", "id": f"m{n}", "metadata": {}, "source": text} for n, text in enumerate(texts)]
    cells.append(
        {"cell_type": "code", "id": "c", "metadata": {}, "source": "x", "execution_count": 1, "outputs": outputs}
    )
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def root(tmp_path):
    """A small book with one chapter, a ledger, a chronology and data."""
    for folder in ("chapters", "back-matter", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "data" / "datapackage.json").write_text('{"resources": [{"name": "events"}]}')
    (tmp_path / "data" / "claims.csv").write_text("claim_id\nS1-48\n")
    (tmp_path / "data" / "events.csv").write_text("event_id,phase\n1966-01-10-tashkent,cold-war\n")
    for name in ("claims-ledger", "chronology-cold-war", "codebook"):
        (tmp_path / "back-matter" / f"{name}.md").write_text(f"# {name}\n")
    (tmp_path / "chapters" / "post.ipynb").write_text(notebook("# Post\n\n[](#agreement)"), encoding="utf-8")
    # letters tell apart only what the book cites: both papers of one year
    cited = "# Index\n\n[Dawn 2003a](#dawn2003a), [Dawn 2003b](#dawn2003b)"
    (tmp_path / "index.ipynb").write_text(notebook(cited, rows=(), figures=()), encoding="utf-8")
    return tmp_path


def put(root, *texts, **options):
    (root / "chapters" / "post.ipynb").write_text(notebook(*texts, **options), encoding="utf-8")
    return links.Book(root)


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("#agreement", "56\u00a0%"),
        ("#agreement_n", "628"),
        ("#agreement_interval", "52 to 60\u00a0%"),
        ("#post-votes", "Figure 1.1"),
        ("#haege2011", "Häge 2011"),
        ("#dawn2003b", "Dawn 2003b"),
        ("../back-matter/claims-ledger.md#s1-48", "S1-48"),
        ("../back-matter/claims-ledger.md#evidence-s1-48", None),
        ("../back-matter/chronology-cold-war.md#1966-01-10-tashkent", None),
        ("../back-matter/codebook.md#codebook-events", None),
        ("../back-matter/codebook.md", None),
        ("https://un.org/x#y", None),
    ],
)
def test_a_target_gives_one_text(root, target, text):
    assert links.Book(root).text("chapters/post", target) == text


@pytest.mark.parametrize(
    "target",
    ["#agreement_low", "#nobody2012", "#post-trade", "../back-matter/claims-ledger.md#s9-99", "gone.ipynb#agreement",
     "../back-matter/codebook.md#agreement", "../back-matter/chronology-cold-war.md#1999-01-01-nothing"],
)  # fmt: skip
def test_a_link_that_leads_to_nothing_is_an_error_with_its_paragraph(root, target):
    book = put(root, f"# Post\n\nThey agreed ([x]({target})) often.")
    (problem,) = book.problems()
    assert problem.startswith("chapters/post: the link to ") and "They agreed" in problem
    with pytest.raises(links.LinkError, match="chapters/post: the link to"):
        links.write(root)


def test_a_wrong_text_is_found_with_what_was_expected_and_the_remedy(root):
    (problem,) = put(root, "# Post\n\nAlike in [58\u00a0%](#agreement) of roll calls.").problems()
    assert (
        "found “58\u00a0%” for #agreement; expected “56\u00a0%”. Run: python book.py run" in problem
        and "Alike in" in problem
    )


def test_texts_are_written_and_then_nothing_is_left_to_write(root):
    put(
        root,
        "# Post\n\nAlike in [](#agreement) of [9](#agreement_n) ([](#dawn2003a)); see [](#post-votes).\n\n`[](#agreement)` stays.",
    )
    (root / "index.ipynb").write_text(
        notebook("# Index\n\n[](chapters/post.ipynb#agreement), [](#dawn2003b)", rows=(), figures=())
    )
    assert sorted(links.write(root)) == ["chapters/post.ipynb", "index.ipynb"]
    text = links.Book(root).pages["chapters/post"].texts[0]
    assert (
        "Alike in [56\u00a0%](#agreement) of [628](#agreement_n) ([Dawn 2003a](#dawn2003a)); see [Figure 1.1](#post-votes)."
        in text
    )
    assert "`[](#agreement)` stays." in text
    stamp = (root / "chapters" / "post.ipynb").stat().st_mtime_ns
    assert links.write(root) == [] and (root / "chapters" / "post.ipynb").stat().st_mtime_ns == stamp
    assert links.Book(root).problems() == []


def test_a_fact_that_nothing_uses_is_idle(root):
    assert put(root, "# Post").unused() == ["chapters/post#agreement"]
    assert put(root, "# Post\n\n[](#agreement_n)").unused() == []
    assert put(root, "# Post", used=["agreement_interval"]).unused() == []


def test_one_name_is_one_fact_and_one_figure(root):
    assert "the fact 'agreement' is published twice" in put(root, "# Post", rows=(FACT, FACT)).problems()[0]
    put(root, "# Post")
    (root / "index.ipynb").write_text(notebook("# Index", rows=()))
    assert "the name 'post-votes' is used in index too" in links.Book(root).problems()[0]
    with pytest.raises(links.LinkError, match="the name 'post-votes' is used"):
        links.write(root)


def test_a_directives_body_is_text_and_code_is_not(root):
    path = root / "back-matter" / "codebook.md"
    path.write_text("```{note}\n[](#haege2011)\n```\n\n```python\n[](#haege2011)\n```\n", encoding="utf-8")
    links.write(root)
    assert (
        path.read_text(encoding="utf-8")
        == "```{note}\n[Häge 2011](#haege2011)\n```\n\n```python\n[](#haege2011)\n```\n"
    )


def test_a_broken_notebook_is_named(root):
    (root / "chapters" / "post.ipynb").write_text("<<<<<<< HEAD\n{}", encoding="utf-8")
    with pytest.raises(links.LinkError, match="chapters/post.ipynb is no notebook"):
        links.Book(root)


def test_a_fact_may_not_have_the_name_of_a_source(root):
    book = put(root, "# Post", rows=({**FACT, "name": "haege2011"},))
    assert "'haege2011' is a key of references.bib too" in book.problems()[0]


@pytest.mark.parametrize("text", ['[9](#agreement "title")', "[9 [sic]](#agreement)", "[9][a]\n\n[a]: #agreement"])
def test_a_link_in_a_form_that_is_not_kept_is_told(root, text):
    assert any("written in a form that is not kept" in problem for problem in put(root, f"# Post\n\n{text}").problems())
