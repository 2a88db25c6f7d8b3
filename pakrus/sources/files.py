"""Upstream files: where they are, what their bytes must be, and what to do when they are not.

In: a folder, and the sha256 of `sources.toml`. Out: paths of verified files, and a record of what was opened while a table
was made. The difficulty is that tables share what is slow to read: a result that is kept keeps the names of the files
that it rests on, and credits them to every table that uses it.
"""

import hashlib
import tomllib
from functools import cache, cached_property
from pathlib import Path

import pandas as pd


class UpstreamError(Exception):
    """An upstream file is missing, changed or not what its reader expects; the message says what to do."""


@cache
def sources() -> dict[str, dict]:
    """Return the records of `sources.toml` by source id (title, producer, edition, address, cite, terms, files)."""
    return tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))


class Upstream:
    """A folder of upstream files, each verified against its recorded sha256 before it is read.

    Parameters
    ----------
    root : path
        The folder that holds the files under the relative paths of `sources.toml`.
    """

    def __init__(self, root: Path | str):
        self.root = Path(root)
        if not self.root.is_dir():
            raise UpstreamError(f"{self.root}: no such folder. Give the folder of the upstream files with --from DIR.")
        self._verified: set[str] = set()
        self._shared: dict = {}  # (function, arguments) -> (result, names of the files that it rests on)
        self._reading: list[set[str]] = [set()]  # names of the files opened, one set for each call of `once` under way

    @cached_property
    def _records(self) -> dict[str, tuple[str, str]]:
        return {
            name: (source, digest) for source, record in sources().items() for name, digest in record["files"].items()
        }

    def absent(self) -> set[str]:
        """Return the ids of sources that may be missing (`optional` in `sources.toml`) and of which no file is there.

        A part of such a source is not enough: `path` then names the file that is missing.
        """
        optional = {source: record["files"] for source, record in sources().items() if record.get("optional")}
        return {source for source, names in optional.items() if not any((self.root / name).is_file() for name in names)}

    def path(self, name: str) -> Path:
        """Return the path of one upstream file after checking that it is there with the recorded bytes.

        Raises
        ------
        UpstreamError
            When the file is missing or its sha256 differs; the message names file, address and expected sha256.
        """
        self._reading[-1].add(name)
        source, expected = self._records[name]
        path = self.root / name
        record = sources()[source]
        origin = f"{record['title']} ({record['edition']}), {record['address'] or 'no public address known'}"
        if not path.is_file():
            raise UpstreamError(f"{path}: missing. Get it from {origin}; expected sha256 {expected}.")
        if name not in self._verified:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if found != expected:
                raise UpstreamError(
                    f"{path}: sha256 is {found}, expected {expected}. The file is damaged or another edition than {origin}. "
                    "Get that edition again, or review the new one and record it in pakrus/sources/sources.toml."
                )
            self._verified.add(name)
        return path

    def once(self, function, *args):
        """Call `function(self, *args)` once and keep the result, so that tables share what is slow to read.

        The files that the call opened are credited to whoever asks for its result, the second time as the first.
        """
        key = (function, args)
        if key not in self._shared:
            self._reading.append(set())
            try:
                result = function(self, *args)
            finally:
                opened = self._reading.pop()
            self._shared[key] = result, opened
        result, opened = self._shared[key]
        self._reading[-1] |= opened
        return result

    def opened(self, function, *args) -> dict[str, dict[str, str]]:
        """Return what the result of `once(function, *args)` rests on: by source id, file names with their sha256."""
        _, opened = self._shared[function, args]
        found = {}
        for name in (name for name in self._records if name in opened):
            source, digest = self._records[name]
            found.setdefault(source, {})[name] = digest
        return found


def require(condition: bool, name: str, message: str) -> None:
    """Raise UpstreamError naming the file when an upstream file is not what its reader expects."""
    if not condition:
        raise UpstreamError(f"{name}: {message}")


def columns(frame: pd.DataFrame, name: str, expected: list[str]) -> pd.DataFrame:
    """Return `frame` reduced to the expected columns; raise UpstreamError naming those that are missing."""
    missing = [c for c in expected if c not in frame.columns]
    require(not missing, name, f"column(s) {', '.join(missing)} missing; found {', '.join(map(str, frame.columns))}.")
    return frame[expected]
