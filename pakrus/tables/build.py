"""Rebuild the derived tables from the upstream files, or compare them with what is stored."""

import json
from pathlib import Path

from pakrus import data, store
from pakrus.folder import DESCRIPTOR, Folder
from pakrus.sources import TABLES
from pakrus.sources.files import Upstream, UpstreamError, sources


def _recorded_inputs(name: str, source_ids: tuple[str, ...]) -> str | None:
    """Return what is wrong with the descriptor's record of a table's inputs, or None."""
    recorded = {i["path"]: i["sha256"] for s in data.resource(name)["sources"] for i in s.get("pakrus:inputs", [])}
    expected = {path: digest for source in source_ids for path, digest in sources()[source]["files"].items()}
    if recorded != expected:
        names = sorted(path for path in recorded.keys() | expected.keys() if recorded.get(path) != expected.get(path))
        return f"{DESCRIPTOR}: table {name}: inputs differ from pakrus/sources/sources.toml in {', '.join(names[:5])}. Run 'python -m pakrus derive'."
    return None


def _record_inputs() -> None:
    package = data.descriptor()
    wanted = {table.name: table.sources for table in TABLES}
    for entry in package["resources"]:
        for source in entry["sources"]:
            if entry["name"] in wanted and source.get("pakrus:source"):
                source["pakrus:inputs"] = [
                    {"path": p, "sha256": d} for p, d in sources()[source["pakrus:source"]]["files"].items()
                ]
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    store.write(Folder.default().descriptor, text.encode("utf-8"))


def run(folder: Path, check: bool = False) -> list[str]:
    """Derive every table from `folder`; write them and seal the descriptor, or with `check` only compare.

    Returns the problems found by `check` (empty: all tables are equal byte for byte). Without `check` nothing is
    written unless every table could be derived.

    Raises
    ------
    UpstreamError
        When an upstream file is missing, changed or not what its reader expects.
    """
    upstream = Upstream(folder)
    for source in dict.fromkeys(source for table in TABLES for source in table.sources):
        for name in sources()[source]["files"]:
            upstream.path(name)  # whatever is missing or changed is told before the first table is made
    fresh = {table.name: store.to_csv(upstream.once(table.derive)) for table in TABLES}
    if check:
        problems = []
        for table in TABLES:
            path = Folder.default().table(table.name)
            stored = path.read_bytes() if path.is_file() else b""
            if stored != fresh[table.name]:
                problems.append(
                    f"data/{table.name}.csv: {store.first_difference(stored, fresh[table.name])}. Run 'python -m pakrus derive --from {folder}'."
                )
            wrong = _recorded_inputs(table.name, table.sources)
            problems += [wrong] if wrong else []
        return problems
    for name, content in fresh.items():
        store.write(Folder.default().table(name), content)
    _record_inputs()
    return []


__all__ = ["run", "UpstreamError"]
