"""The codebook as one HTML page: plain, accessible, with nothing beside it.

What comes in: the entries of `pakrus.codebook` and what CITATION.cff says. What goes out: one file that travels in the zip of the
data edition, without script, style sheet or picture of its own. The one difficulty: it must say what the web page says, so it
writes entries and words nothing itself.
"""

import re
from html import escape

from pakrus import citation, codebook


def html(package: dict, book: citation.Book, terms: str) -> str:
    """Return the page made from the descriptor `package`."""
    title = f"Codebook: {package.get('title', book.title)}"
    entries = [codebook.table(resource) for resource in package["resources"]]
    rows = [[_words([codebook.Part("table", entry.name)]), _prose(entry.title), entry.rows] for entry in entries]
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
Licence: {escape(book.content_licence)}. {_prose(terms)}</p>
<p>{_prose(package.get("description", ""))}</p>
</header>
<nav aria-label="Tables">
{_table("Tables", ["Table", "What it holds", "Rows"], rows)}
</nav>
<main>
{sections}
</main>
</body>
</html>
"""


def _section(entry: codebook.Table) -> str:
    name = escape(entry.name)
    facts = [
        f"<dt>{fact.term}</dt>" + "".join(f"<dd>{_words(sentence)}</dd>" for sentence in fact.said)
        for fact in entry.facts
    ]
    fields = [
        [
            f"<code>{escape(field.name)}</code>",
            escape(field.type),
            _prose(field.unit),
            _prose(field.meaning),
            _words(field.values),
        ]
        for field in entry.fields
    ]
    remarks = [
        f"<p><strong>{escape(remark.heading)}.</strong> {_prose(remark.paragraphs[0])}</p>"
        + "".join(f"<p>{_prose(text)}</p>" for text in remark.paragraphs[1:])
        for remark in entry.remarks
    ]
    return "\n".join(
        [
            f'<section aria-labelledby="{name}">',
            f'<h2 id="{name}"><code>{name}</code> {_prose(entry.title)}</h2>',
            *(f"<p>{_prose(text)}</p>" for text in entry.description),
            f"<dl>{''.join(facts)}</dl>",
            _table(f"Fields of {entry.name}", ["Field", "Type", "Unit", "Meaning", "Values"], fields),
            *remarks,
            "</section>",
        ]
    )


def _words(sentence: codebook.Sentence) -> str:
    """A sentence of the codebook as HTML."""
    found = []
    for kind, text, address in sentence:
        said = escape(text)
        if kind == "prose":
            found.append(_prose(text))
        elif kind in ("code", "file"):
            found.append(f"<code>{said}</code>")
        elif kind == "link":
            found.append(f'<a href="{escape(address, quote=True)}">{said}</a>')
        elif kind == "table":
            found.append(f'<a href="#{said}"><code>{said}</code></a>')
        else:
            found.append(f"[{said}]" if kind == "source" else said)
    return "".join(found)


def _prose(text: str) -> str:
    """Descriptor text as HTML: words between backticks are code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(" ".join(str(text).split()), quote=False))


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "\n".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>" for row in rows
    )
    label = escape(caption, quote=True)
    return (
        f'<div class="scroll" role="region" aria-label="Table: {label}" tabindex="0"><table><caption>{escape(caption)}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>"
    )
