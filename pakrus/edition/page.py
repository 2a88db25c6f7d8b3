"""The codebook as one HTML page: plain, accessible, with nothing beside it."""

import re
from html import escape

from pakrus import citation
from pakrus.edition.database import as_list
from pakrus.pages import codebook


def html(package: dict, book: citation.Book, terms: str) -> str:
    """Return the page made from the descriptor `package`."""
    title = f"Codebook: {package.get('title', book.title)}"
    rows = [
        [f'<a href="#{escape(e["name"])}"><code>{escape(e["name"])}</code></a>', _text(e.get("title", "")),
         f"{e['pakrus:rows']:,}"] for e in package["resources"]
    ]  # fmt: skip
    sections = "\n".join(_section(entry) for entry in package["resources"])
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
Licence: {escape(book.content_licence)}. {_text(terms)}</p>
<p>{_text(package.get("description", ""))}</p>
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


def _section(entry: dict) -> str:
    schema, name = entry["schema"], escape(entry["name"])
    facts = [("File", f"<code>{escape(entry['path'])}</code>"), ("Rows", f"{entry['pakrus:rows']:,}")]
    if schema.get("primaryKey"):
        facts.append(("One row per", _codes(as_list(schema["primaryKey"]))))
    for key in schema.get("foreignKeys", []):
        table = escape(key["reference"].get("resource") or entry["name"])
        words = f"{_codes(as_list(key['fields']))} is {_codes(as_list(key['reference']['fields']))} of "
        facts.append(("Refers to", f'{words}<a href="#{table}"><code>{table}</code></a>'))
    facts += [("Source", _source(source)) for source in entry.get("sources", [])]
    for licence in entry.get("licenses", []):
        facts.append(("Licence", _link(licence.get("title") or licence.get("name", ""), licence.get("path", ""))))
    facts.append(("SHA-256", f"<code>{escape(entry['hash'].removeprefix('sha256:'))}</code>"))
    fields = [
        [
            f"<code>{escape(field['name'])}</code>",
            escape(field.get("type", "")),
            _text(field.get("unit") or ""),
            _text(field.get("description", "")),
            escape(codebook.constraint_words(field.get("constraints", {}))),
        ]
        for field in schema["fields"]
    ]
    remarks = [
        f"<p><strong>{escape(heading)}.</strong> {_text(texts[0])}</p>"
        + "".join(f"<p>{_text(t)}</p>" for t in texts[1:])
        for heading, texts in codebook.remarks(entry)
    ]
    return "\n".join(
        [
            f'<section aria-labelledby="{name}">',
            f'<h2 id="{name}"><code>{name}</code> {_text(entry.get("title", ""))}</h2>',
            f"<p>{_text(entry.get('description', ''))}</p>",
            "<dl>" + "".join(f"<dt>{term}</dt><dd>{words}</dd>" for term, words in facts) + "</dl>",
            _table(f"Fields of {entry['name']}", ["Field", "Type", "Unit", "Meaning", "Values"], fields),
            *remarks,
            "</section>",
        ]
    )


def _source(source: dict) -> str:
    words = _link(source.get("title", ""), source.get("path", ""))
    words += f" [{escape(source['key'])}]" if source.get("key") else ""
    words += f", read {escape(source['accessed'])}" if source.get("accessed") else ""
    return f"{words}. Terms: {_text(source.get('terms', 'not seen').rstrip('.'))}."


def _link(label: str, address: str) -> str:
    if re.match(r"https?://", address):
        return f'<a href="{escape(address, quote=True)}">{_text(label)}</a>'
    return _text(label)


def _codes(names: list[str]) -> str:
    return ", ".join(f"<code>{escape(name)}</code>" for name in names)


def _text(text: str) -> str:
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
