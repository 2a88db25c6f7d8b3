"""The explorer: events, projects and claims as pictures and one list, with filters whose state is in the address.

In come the tables, the places and the outlines of land; out goes ``explore.html`` beside the pages, from the template of
that name. Without script it is the pictures and the whole list. The script (``static/explore.js``) filters that list and
dims what a filter leaves out in the pictures; it keeps no data of its own but other spellings of names.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from pakrus import data, dates
from pakrus.citation import FILE
from pakrus.folder import Folder
from pakrus.pages import chronology, files, formats
from pakrus.pages.citation import address_of, book_of
from pakrus.pages.doors import explorer_of
from pakrus.pages.entries import MODE, SHEETS, environment, shown, template_files
from pakrus.pages.entries.tables import NAMES, Row, Tables, read
from pakrus.pages.explorer import drawings
from pakrus.pages.web.search import Spellings, spellings, words
from pakrus.quotations import quoted
from pakrus.terms import CATEGORIES, THEMES, VERDICTS

PAGE, LAND = formats.EXPLORER, formats.LAND
STYLES, SCRIPT = tuple(f"{name}.css" for name in (*SHEETS, "explore")), f"{MODE}.js"
_FILE = re.compile(r"""(url\(["']?)(?![a-z]+:|[/#])""")
ACTS = ("cooperative", "neutral", "conflictual")


class Item(NamedTuple):
    """A row of the list: what it is, where its page is, what is said, and by what it can be filtered."""

    address: str
    title: str
    when: str
    first: str
    last: str
    kind: str
    sure: str
    text: str
    act: str = ""
    place: str = ""
    people: str = ""


def write(app: Sphinx, exception: Exception | None) -> None:
    """The page, if one of the things it hangs on has changed; none without events and places."""
    if exception or not formats.of(app.builder).entries:
        return
    folder, out = Path(app.srcdir, "data"), Path(app.outdir, PAGE)
    if not explorer_of(app) or not (folder / "events.csv").is_file():
        out.unlink(missing_ok=True)
        return
    stamp = Path(app.doctreedir, "explorer.stamp")
    here, static = Path(__file__).parent, Path(app.outdir, "_static")
    key = files.digest([
        Path(app.srcdir, LAND), *(folder / f"{name}.csv" for name in (*NAMES, "people", "places")), Path(app.srcdir, FILE), *here.glob("*.py"),
        *here.parent.glob("entries/*.py"), *template_files(app, PAGE), *(static / name for name in (*STYLES, SCRIPT)),
    ])  # fmt: skip
    if out.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == key:
        return
    page = environment(app).get_template(PAGE).render(**content(app, read(folder, {}), folder), **inlined(static))
    out.write_text(page, encoding="utf-8", newline="\n")
    stamp.write_text(key, encoding="utf-8")


def inlined(static: Path) -> dict[str, Markup]:
    """What the page shows itself with, inside it: it is long, and a browser on a slow line need not ask for more first."""
    there = [static / name for name in STYLES if (static / name).is_file()]
    style = "\n".join(_FILE.sub(r"\1_static/", path.read_text(encoding="utf-8").strip()) for path in there)
    mode = static / SCRIPT
    return {"style": Markup(style), "mode": Markup(mode.read_text(encoding="utf-8").strip() if mode.is_file() else "")}


def content(app: Sphinx, tables: Tables, folder: Path) -> dict[str, Any]:
    """What the template needs."""
    places = data.rows("places", Folder(folder))
    outlines = drawings.land(data.rows("land", Folder(Path(app.srcdir, LAND).parent)))
    events = list(tables.events.values())
    counts = Counter(name for row in events for name in row["place"].split(" / ") if name)
    last = max(dates.year(row["date"]) for row in events)
    listed = {
        "events": items_of_events(events),
        "projects": items_of_projects(tables),
        "claims": items_of_claims(tables),
    }
    themes = sorted({row["theme"] for row in tables.claims.values()})
    found = Counter((row["theme"], row["verdict"]) for row in tables.claims.values())
    given = {verdict for _, verdict in found}
    verdicts = [verdict for verdict in VERDICTS if verdict in given]  # no column for what nobody was told
    book = book_of(app)
    return {
        "book": book,
        "address": address_of(app, PAGE),
        "text": shown.text,
        "lists": listed,
        "first": drawings.FIRST,
        "last": last,
        "kinds": {
            "Events": {CATEGORIES[kind]: n for kind, n in _ordered(row["category"] for row in events)},
            "Projects": dict(_ordered(row["field"] for row in tables.projects.values())),
            "Claims": {THEMES[theme]: n for theme, n in _ordered(row["theme"] for row in tables.claims.values())},
        },
        "sureness": {
            "Events": dict(_ordered(row["confidence"] for row in events)),
            "Projects": dict(_ordered(row["status"] for row in tables.projects.values())),
            "Claims": dict(_ordered(row["verdict"] for row in tables.claims.values())),
        },
        "acts": ACTS,
        "places": sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
        "also": {row["name"]: row["other_spellings"] for row in places},
        "bars": drawings.bars(events),
        "lanes": drawings.lanes(events),
        "map": drawings.map_of(places, counts, outlines),
        "off": off_map(places, counts),
        "lines": drawings.life_lines(tables.projects.values(), tables.steps, last),
        "verdicts": verdicts,
        "grid": [(THEMES[theme], [found[theme, verdict] for verdict in verdicts]) for theme in themes],
        "alike": Markup(_script(alike(listed, folder))),
    }


def _ordered(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))


def items_of_events(events: Iterable[Row]) -> list[Item]:
    """Return the events as rows of the list."""
    return [
        Item(
            formats.entry_file("events", row["event_id"]),
            row["title"],
            dates.range_in_words(row["date"], row["end_date"]),
            row["date"],
            (row["end_date"] or row["date"])[:4],
            CATEGORIES[row["category"]],
            row["confidence"],
            row["summary"],
            drawings.act(row),
            chronology.places_in_words(row["place"]),
            chronology.listed(row["people"]),
        )
        for row in events
    ]


def items_of_projects(tables: Tables) -> list[Item]:
    """Return the projects as rows of the list; each lasts to the latest word on it."""
    return [
        Item(
            formats.entry_file("projects", name),
            row["title"],
            dates.in_words(row["first_announced"] or row["status_as_of"]),
            row["first_announced"] or row["status_as_of"],
            max(row["status_as_of"], *(step["date"] for step in tables.steps.get(name, [row | {"date": ""}])))[:4],
            row["field"],
            row["status"],
            row["summary"],
        )
        for name, row in tables.projects.items()
    ]


def items_of_claims(tables: Tables) -> list[Item]:
    """Return the claims as rows of the list; they have no date of their own."""
    return [
        Item(formats.entry_file("claims", name.lower()), f"{name}: {quoted(row['quote'])}", "", "", "", THEMES[row["theme"]], row["verdict"], row["note"])
        for name, row in tables.claims.items()
    ]  # fmt: skip


def off_map(places: Iterable[Row], counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the places of events that the map does not show, the most frequent first."""
    shown_ = {
        row["name"]
        for row in places
        if row["latitude"] and drawings.on_map(float(row["longitude"]), float(row["latitude"]))
    }
    return sorted(((name, n) for name, n in counts.items() if name not in shown_), key=lambda pair: (-pair[1], pair[0]))


def alike(listed: dict[str, list[Item]], folder: Path) -> dict[str, list[str]]:
    """Return, for words that somebody may look for, the words that the list has in their stead."""
    text = " ".join(
        f"{item.title} {item.place} {item.people} {item.text}" for items in listed.values() for item in items
    )
    there = set(words(text))
    return {
        word: found
        for word, others in sorted(Spellings(spellings(Folder(folder))).alike.items())
        if (found := sorted(others & there))
    }


def _script(content_: Any) -> str:
    return json.dumps(content_, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def lead_here(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The way to the explorer beside the contents of every page, where there is one."""
    if formats.of(app.builder).entries and explorer_of(app):
        context["explorer"] = relative_uri(app.builder.get_target_uri(pagename), PAGE)


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", lead_here)
    app.connect("build-finished", write)
