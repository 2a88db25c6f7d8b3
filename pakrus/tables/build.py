"""Rebuild the derived tables from the publishers' files, or compare them with what is stored.

In: the folder of the publishers' files. Out: every table of `TABLES` in `data/`, and in `datapackage.json` the files that
each table rests on and its seal. The difficulty is that nothing may be half done or half said: all tables are made before
the first is written, and a table whose declared sources are not those that it read stops the build.
"""

import json
from pathlib import Path

import pandas as pd

from pakrus import data, store
from pakrus.folder import DESCRIPTOR, Folder
from pakrus.sources.files import Upstream, sources
from pakrus.tables import TABLES

Read = dict[str, dict[str, str]]  # by source id: the files that a table opened, with their sha256


def _made(folder: Path) -> dict[str, tuple[pd.DataFrame, Read]]:
    """Return every derived table with the files that it rests on.

    Raises
    ------
    UpstreamError
        When a publisher's file is missing, changed or not what its reader expects.
    """
    upstream = Upstream(folder)
    absent = upstream.absent()
    for source, record in sources().items():
        for name in record["files"] if source not in absent else ():
            upstream.path(name)  # whatever is missing or changed is told before the first table is made
    tables = [table for table in TABLES if not absent & _declared(table.name).keys()]
    return {table.name: (upstream.once(table.derive), upstream.opened(table.derive)) for table in tables}


def left_out(folder: Path) -> list[str]:
    """Return a line for each table that stays as it is stored, as the folder lacks the files of an optional source."""
    absent = Upstream(folder).absent()
    return [
        f"{table.name}: left as it is stored, neither derived nor compared. Bring its files with "
        f"'python -m pakrus fetch {source} --to {folder}'."
        for table in TABLES
        for source in sorted(absent & _declared(table.name).keys())
    ]


def _declared(name: str) -> dict[str, dict]:
    """Return a table's sources in the descriptor that are publishers' files, by their id in `sources.toml`."""
    return {s["pakrus:source"]: s for s in data.resource(name).get("sources", []) if s.get("pakrus:source")}


def _wrong_sources(name: str, read: Read) -> list[str]:
    """Return a line for a table whose declared sources are not those that it read."""
    declared = _declared(name)
    if declared.keys() == read.keys():
        return []
    more, less = (", ".join(sorted(keys)) for keys in (read.keys() - declared.keys(), declared.keys() - read.keys()))
    remedies = [f"add an entry with pakrus:source for {more}"] if more else []
    remedies += [f"take out the entry of {less}, which the table does not read"] if less else []
    return [
        f"data/{DESCRIPTOR}: table {name}: sources declared {', '.join(sorted(declared)) or 'none'}, "
        f"read {', '.join(sorted(read)) or 'none'}: {'; '.join(remedies)}."
    ]


def check(folder: Path) -> list[str]:
    """Derive every table from `folder`, write nothing, and return where what is stored differs (empty: equal bytes).

    Raises
    ------
    UpstreamError
        When a publisher's file is missing, changed or not what its reader expects.
    """
    problems = []
    for name, (frame, read) in _made(folder).items():
        path, fresh = Folder.default().table(name), store.to_csv(frame)
        stored = path.read_bytes() if path.is_file() else b""
        if stored != fresh:
            difference = store.first_difference(stored, fresh)
            problems.append(f"data/{path.name}: {difference}. Run 'python -m pakrus derive --from {folder}'.")
        wrong = _wrong_sources(name, read)
        problems += wrong or _wrong_inputs(name, read)
    return problems


def _wrong_inputs(name: str, read: Read) -> list[str]:
    """Return a line for a table whose recorded input files or their sha256 are not those that it read."""
    declared = _declared(name).values()
    recorded = {i["path"]: i["sha256"] for source in declared for i in source.get("pakrus:inputs", [])}
    opened = {path: digest for files in read.values() for path, digest in files.items()}
    if recorded == opened:
        return []
    differ = sorted(path for path in recorded.keys() | opened.keys() if recorded.get(path) != opened.get(path))
    where = f"data/{DESCRIPTOR}: table {name}: inputs differ from the files that it read"
    return [f"{where} in {', '.join(differ[:5])}. Run 'python -m pakrus derive'."]


def run(folder: Path) -> list[str]:
    """Derive every table from `folder`, write them, record what each rests on and seal; return the names that changed.

    Nothing is written unless every table could be derived and reads what the descriptor declares. The seal is set on
    every table that has changed, the phases too when a boundary was moved.

    Raises
    ------
    UpstreamError
        When a publisher's file is missing, changed or not what its reader expects.
    data.DataError
        When a table reads other sources than the descriptor declares, or a table in `data/` cannot be sealed.
    """
    made = _made(folder)
    if wrong := [line for name, (_, read) in made.items() for line in _wrong_sources(name, read)]:
        raise data.DataError("\n".join(wrong))
    contents = {name: store.to_csv(frame) for name, (frame, _) in made.items()}
    for name, content in contents.items():
        store.write(Folder.default().table(name), content)
    _record_inputs({name: read for name, (_, read) in made.items()})
    return store.seal(derived=True)


def _record_inputs(read: dict[str, Read]) -> None:
    package = data.descriptor()
    for entry in package["resources"]:
        for source in entry.get("sources", []):
            files = read.get(entry["name"], {}).get(source.get("pakrus:source"))
            if files:
                source["pakrus:inputs"] = [{"path": path, "sha256": digest} for path, digest in files.items()]
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    store.write(Folder.default().descriptor, text.encode("utf-8"))
