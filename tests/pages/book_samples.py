"""What the tests of the page extensions build: a small book with the kinds of output that chapters store."""

import base64
import json
import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import nbformat
from nbformat import v4

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="468pt" height="259.2pt" viewBox="0 0 468 259.2">'
    '<rect width="468" height="259.2" fill="#fff"/><text x="20" y="40">Agreement</text></svg>'
)
PHONE = SVG.replace("468", "234")
PNG = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
).decode()
ALT = "Line chart: agreement of Pakistan with the USSR falls from 0.71 in 1960 to 0.42 in 1980."
CSV = "year,agreement\n1960,0.71\n1980,0.42\n"

CITATION = """\
cff-version: 1.2.0
title: "A small book: an executable test"
abstract: A small book that exists to be built and looked at by tests.
authors:
  - name: Small book contributors
version: 0.3.0
date-released: 2026-02-03
license: CC-BY-4.0
references:
  - {type: software-code, title: Code, authors: [{name: Small book contributors}], license: MIT}
keywords: [test]
message: Cite it.
"""
BIB = """\
@article{haege2011, author = {H{\\"a}ge, Frank M.}, title = {Choice or Circumstance?}, journal = {Political Analysis}, year = {2011}}
@misc{votes, author = {{United Nations}}, title = {Votes}, year = {2024}}
"""
DESCRIPTOR = {
    "name": "small",
    "description": "Tables of the small book.",
    "resources": [
        {
            "name": "trade_flows",
            "path": "trade_flows.csv",
            "title": "Trade",
            "description": "One row is one year. Values in US$ m; {not a role}, US$ again.",
            "hash": "sha256:" + "0a" * 32,
            "bytes": 2345,
            "pakrus:rows": 1234,
            "sources": [
                {"title": "Votes of the UN", "path": "https://example.org/votes", "key": "votes", "terms": "free"}
            ],
            "licenses": [
                {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
            ],
            "pakrus:notReadAs": "Not a price.",
            "pakrus:knownGaps": "1972 is missing.",
            "schema": {
                "primaryKey": ["year", "state"],
                "foreignKeys": [{"fields": "state", "reference": {"resource": "states", "fields": "code"}}],
                "fields": [
                    {
                        "name": "year",
                        "type": "integer",
                        "description": "Calendar year",
                        "constraints": {"required": True, "minimum": 1947},
                    },
                    {"name": "state", "type": "string", "constraints": {"enum": ["PAK", "RUS"]}},
                    {"name": "value", "type": "number", "unit": "US$ million", "description": "Current prices"},
                ],
            },
        },
        {
            "name": "states",
            "path": "states.csv",
            "title": "States",
            "schema": {"fields": [{"name": "code", "type": "string"}]},
        },
    ],
}


def figure(name, **changes):
    """The two bundles of a figure, as pakrus.figures.show stores them."""
    payload = {
        "name": name,
        "alt": ALT,
        "caption": "Agreement **fell** in {term}`roll calls <roll call>` {cite:p}`haege2011`.",
        "source": "*Source:* {cite:t}`votes`, own computation.",
        "csv": CSV,
    } | changes
    data = {
        "image/svg+xml": SVG,
        "image/vnd.pakrus.narrow+xml": PHONE,
        "image/png": PNG,
        "text/plain": ALT,
        "application/vnd.pakrus.figure+json": {key: value for key, value in payload.items() if value is not None},
    }
    caption = {
        "text/markdown": "FOR JUPYTERLAB ONLY",
        "text/plain": "x",
        "application/vnd.pakrus.caption+json": {"for": name},
    }
    return [v4.new_output("display_data", data=data), v4.new_output("display_data", data=caption)]


def table(name, columns=3, **changes):
    payload = {
        "name": name,
        "caption": "Agreement by phase.",
        "source": "{cite:t}`votes`.",
        "columns": [
            {"label": "Phase", "align": "left"},
            *({"label": f"Partner {n}", "align": "right"} for n in range(columns - 1)),
        ],
        "rows": [[phase, *(f"0.{n}" for n in range(columns - 1))] for phase in ("Cold War", "SCO era")],
        "csv": "phase,partner,agreement\nCold War,RUS,0.4\n",
    } | changes
    data = {"text/html": "<table><tr><td>FOR JUPYTERLAB ONLY</td></tr></table>", "text/plain": "x"}
    return [v4.new_output("display_data", data={**data, "application/vnd.pakrus.table+json": payload})]


FACT = {
    "name": "agreement",
    "value": "56\u00a0%",
    "n": "628",
    "interval": "52 to 60 %",
    "words": "identical votes of Pakistan and Russia",
}


def facts(*rows):
    """The bundle of a cell that publishes facts, as pakrus.facts.publish stores it."""
    data = {
        "text/html": "<table><tr><td>FOR JUPYTERLAB ONLY</td></tr></table>",
        "text/plain": "FOR JUPYTERLAB ONLY",
        "application/vnd.pakrus.facts+json": {"facts": list(rows)},
    }
    return [v4.new_output("display_data", data=data)]


def chapter(title, words, *outputs):
    notebook = v4.new_notebook()
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    notebook.cells = [
        v4.new_markdown_cell(f"# {title}\n\n{words}\n\n## The same heading\n\nText.[^1]\n\n[^1]: A note.")
    ]
    for count, output in enumerate(outputs, 1):
        cell = v4.new_code_cell(f"show({count})")
        cell.execution_count, cell.outputs = count, output
        notebook.cells.append(cell)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    return nbformat.writes(notebook)


def write_book(folder, pages, extra_config=""):
    """Sources of a small book; ``pages`` are file names with their text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir()
    (folder / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    (folder / "data" / "datapackage.json").write_text(json.dumps(DESCRIPTOR), encoding="utf-8")
    (folder / "data" / "trade_flows.csv").write_text("year\n1950\n", encoding="utf-8")
    names = "\n".join(f"{name.rsplit('.', 1)[0]}" for name in pages)
    index = f"# A small book\n\nIt exists to be built by tests, and says so at some length.\n\n```{{toctree}}\n:numbered: 1\n:caption: Chapters\n\n{names}\n```\n"
    (folder / "index.md").write_text(index, encoding="utf-8")
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    config = (
        "extensions = ['myst_nb', 'sphinx_book_theme', 'sphinxcontrib.bibtex', 'sphinx_copybutton', 'pakrus.pages']\n"
        "html_theme = 'sphinx_book_theme'\nproject = html_title = 'A small book: an executable test'\n"
        "author = 'Small book contributors'\nbibtex_bibfiles = ['references.bib']\nbibtex_reference_style = 'author_year'\n"
        "exclude_patterns = ['_build']\nbibtex_cite_id = 'cite-{key}'\nnb_execution_mode = 'off'\nnumfig = True\nlanguage = 'en'\n"
        "numfig_format = {'figure': 'Figure %s', 'table': 'Table %s'}\nmyst_update_mathjax = False\n"
        "myst_enable_extensions = ['colon_fence', 'dollarmath']\nnb_code_prompt_show = 'Show code'\nnb_code_prompt_hide = 'Hide code'\n"
        f"templates_path = [{str(Path(__file__).resolve().parents[2] / '_templates')!r}]\n"
        "html_theme_options = {'article_footer_items': ['cite-box.html'], 'footer_content_items': ['book-footer.html']}\n"
        "html_context = {'default_mode': 'auto'}\n"
    )
    (folder / "conf.py").write_text(config + extra_config, encoding="utf-8")


def build(folder, builder="html"):
    """Build with plain Sphinx (the extensions must not need Jupyter Book); returns output folder and warnings."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    warnings = StringIO()
    out = folder / "_build" / builder
    sys_path = list(sys.path)
    try:
        with patch_docutils(), docutils_namespace():
            app = Sphinx(folder, folder, out, folder / "_build" / "doctrees", builder, status=None, warning=warnings)
            app.build(force_all=False)
    finally:
        sys.path[:] = sys_path
    return SimpleNamespace(out=out, warnings=warnings.getvalue(), source=folder)


def on_paper(built):
    """All volumes on paper of a built book, one text after the other."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(built.out.glob("*.html")))


PAGES = {
    "one.ipynb": chapter(
        "One",
        "How did they vote? See {numref}`one-votes` and {numref}`one-table`; formula $\\theta_i = \\alpha$; Пакистан и Россия, پاکستان اور روس."
        "\n\n$$\n\\pi = 1 - \\frac{a}{b}\n$$ (pi)",
        figure("one-votes"),
        table("one-table"),
    ),
    "two.ipynb": chapter(
        "Two",
        "See {numref}`one-votes`, {ref}`codebook-trade-flows` and {eq}`pi`, then read on.",
        figure("two-votes"),
        table("two-table", 16),
    ),
    "glossary.md": "# Glossary\n\n```{glossary}\nroll call\n  A recorded vote.\n```\n",
    "codebook.md": "# Codebook\n\n```{codebook}\n```\n",
    "bibliography.md": "# Bibliography\n\n```{bibliography}\n:style: plain\n```\n",
    "cite.md": "# How to cite\n\n```{cite-book}\n```\n\n```{admonition} Solution\n:class: dropdown\n\nIt is 4.\n```\n",
}
