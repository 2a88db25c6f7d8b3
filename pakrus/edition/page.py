"""The codebook as one HTML page: plain, accessible, with nothing beside it.

What comes in: the entries of `pakrus.codebook` and what CITATION.cff says. What goes out: one file that travels in the zip of the
data edition, without script, style sheet or picture of its own. The one difficulty: it must say what the web pages say, so it
writes entries and words nothing itself, and those pages (`pakrus.pages.tables`) are made of its parts: they differ in where a
table, a file or a source leads, which a `Lead` says.
"""

import re
from collections.abc import Callable
from html import escape

from pakrus import citation, codebook

Lead = Callable[[codebook.Part], str]


def html(package: dict, book: citation.Book, terms: str) -> str:
    """Return the page made from the descriptor `package`."""
    title = f"Codebook: {package.get('title', book.title)}"
    entries = [codebook.table(resource) for resource in package["resources"]]
    rows = [[_lead(codebook.Part("table", entry.name)), prose(entry.title), entry.rows] for entry in entries]
    sections = "\n".join(map(_section, entries))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
:root {{ color-scheme: light dark; color: #1b1b1b; background: #fff; }}
a {{ color: #0b4f9e; }}
@media (prefers-color-scheme: dark) {{ :root {{ color: #e6e6e6; background: #14181e; }} a {{ color: #9ecbff; }} }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; }}
caption {{ text-align: left; font-weight: bold; padding: .3rem 0; }}
th, td {{ border: 1px solid; padding: .25rem .5rem; text-align: left; vertical-align: top; }}
code {{ overflow-wrap: anywhere; }}
dt {{ font-weight: bold; }}
</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<p>Version {escape(book.version)}, {book.date.isoformat()}, by {escape(book.author)}.
Licence: {escape(book.content_licence)}. {prose(terms)}</p>
<p>{prose(package.get("description", ""))}</p>
</header>
<nav aria-label="Tables">
{boxed("Tables", ["Table", "What it holds", "Rows"], rows)}
</nav>
<main>
{sections}
</main>
</body>
</html>
"""


def _section(entry: codebook.Table) -> str:
    name = escape(entry.name)
    heading = f'<h2 id="{name}"><code>{name}</code> {prose(entry.title)}</h2>'
    parts = [description(entry), facts(entry, _lead), fields(entry, _lead), remarks(entry)]
    return "\n".join([f'<section aria-labelledby="{name}">', heading, *parts, "</section>"])


def _lead(part: codebook.Part) -> str:
    """Where the parts of a sentence lead that are elsewhere: tables on the same page, the rest nowhere."""
    said = escape(part.text)
    if part.kind == "table":
        return f'<a href="#{said}"><code>{said}</code></a>'
    return f"[{said}]" if part.kind == "source" else f"<code>{said}</code>"


def description(entry: codebook.Table) -> str:
    """The paragraphs that say what a table is."""
    return "\n".join(f"<p>{prose(text)}</p>" for text in entry.description)


def facts(entry: codebook.Table, lead: Lead) -> str:
    """The list of a table's facts."""
    said = (
        f"<dt>{fact.term}</dt>" + "".join(f"<dd>{_words(sentence, lead)}</dd>" for sentence in fact.said)
        for fact in entry.facts
    )
    return f"<dl>{''.join(said)}</dl>"


def fields(entry: codebook.Table, lead: Lead) -> str:
    """The table of a table's fields."""
    rows = [
        [
            f"<code>{escape(field.name)}</code>",
            escape(field.type),
            prose(field.unit),
            prose(field.meaning),
            _words(field.values, lead),
        ]
        for field in entry.fields
    ]
    return boxed(f"Fields of {entry.name}", ["Field", "Type", "Unit", "Meaning", "Values"], rows)


def remarks(entry: codebook.Table) -> str:
    """What must be known before a table is read: limits, gaps, how it was made."""
    return "\n".join(
        f"<p><strong>{escape(remark.heading)}.</strong> {prose(remark.paragraphs[0])}</p>"
        + "".join(f"<p>{prose(text)}</p>" for text in remark.paragraphs[1:])
        for remark in entry.remarks
    )


def _words(sentence: codebook.Sentence, lead: Lead) -> str:
    """A sentence of the codebook as HTML."""
    found = []
    for part in sentence:
        said = escape(part.text)
        if part.kind == "prose":
            found.append(prose(part.text))
        elif part.kind == "code":
            found.append(f"<code>{said}</code>")
        elif part.kind == "link":
            found.append(f'<a href="{escape(part.address, quote=True)}">{said}</a>')
        else:
            found.append(said if part.kind == "text" else lead(part))
    return "".join(found)


def prose(text: str) -> str:
    """Descriptor text as HTML: words between backticks are code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(" ".join(str(text).split()), quote=False))


def boxed(caption: str, heads: list[str], rows: list[list[str]]) -> str:
    """A table of HTML cells under its caption, in a box that scrolls and has a name."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "\n".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>" for row in rows
    )
    label = escape(caption, quote=True)
    return (
        f'<div class="scroll" role="region" aria-label="Table: {label}" tabindex="0"><table><caption>{escape(caption)}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>"
    )
