"""Upstream files: where they are, what their bytes must be, and what to do when they are not."""

import hashlib
import tomllib
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from pakrus import phases
from pakrus.folder import Folder


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
        self._shared: dict = {}

    @cached_property
    def _records(self) -> dict[str, tuple[str, str]]:
        return {
            name: (source, digest) for source, record in sources().items() for name, digest in record["files"].items()
        }

    def path(self, name: str) -> Path:
        """Return the path of one upstream file after checking that it is there with the recorded bytes.

        Raises
        ------
        UpstreamError
            When the file is missing or its sha256 differs; the message names file, address and expected sha256.
        """
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
        """Call `function(self, *args)` once and keep the result, so that tables share what is slow to read."""
        key = (function, args)
        if key not in self._shared:
            self._shared[key] = function(self, *args)
        return self._shared[key]


def require(condition: bool, name: str, message: str) -> None:
    """Raise UpstreamError naming the file when an upstream file is not what its reader expects."""
    if not condition:
        raise UpstreamError(f"{name}: {message}")


def columns(frame: pd.DataFrame, name: str, expected: list[str]) -> pd.DataFrame:
    """Return `frame` reduced to the expected columns; raise UpstreamError naming those that are missing."""
    missing = [c for c in expected if c not in frame.columns]
    require(not missing, name, f"column(s) {', '.join(missing)} missing; found {', '.join(map(str, frame.columns))}.")
    return frame[expected]


def phase_sessions() -> dict[str, tuple[int, int]]:
    """Return each phase's sessions from `phases.csv` as it lies there: deriving comes before sealing."""
    return phases.sessions(pd.read_csv(Folder.default().table("phases")))
