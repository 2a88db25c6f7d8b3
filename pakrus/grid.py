"""A small table of finished texts, as HTML for a notebook and as plain text.

JupyterLab sets every cell of a table to the right; so each cell says on which side its text stands. Nothing else is styled:
a notebook that is not trusted keeps that, and a code host drops it without harm.
"""

from html import escape


def as_html(labels: list[str], rows: list[list[str]], right: list[bool]) -> str:
    """Return a table as HTML; `right` says which columns hold numbers, which stand at the right."""
    sides = [f' style="text-align: {"right" if number else "left"}"' for number in right]

    def line(tag: str, cells: list[str]) -> str:
        shown = (f"<{tag}{side}>{escape(cell)}</{tag}>" for cell, side in zip(cells, sides, strict=True))
        return f"<tr>{''.join(shown)}</tr>"

    body = "\n".join(line("td", row) for row in rows)
    return f"<table>\n<thead>{line('th', labels)}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def as_text(labels: list[str], rows: list[list[str]], right: list[bool]) -> str:
    """Return a table as lines of text, its columns two spaces apart."""
    lines = [labels, *rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(labels))]

    def cell(text: str, width: int, number: bool) -> str:
        return text.rjust(width) if number else text.ljust(width)

    return "\n".join("  ".join(map(cell, line, widths, right)).rstrip() for line in lines)
