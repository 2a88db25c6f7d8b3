"""Bring the publishers' files into a folder: download those that have an address, say of the others what to save where.

In: the addresses and sha256 of `sources.toml`, and a folder. Out: one result per file. The one difficulty is that no file
may get its name with other bytes than the recorded ones: pooch downloads beside it, compares, and only then renames; a
file already there with other bytes is set aside, for it may be a new edition that is worth a look.
"""

import functools
import hashlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pooch
from requests import exceptions  # what pooch downloads with

from pakrus.sources.files import UpstreamError, sources

TIMEOUT = 30.0  # seconds without a new byte
RETRIES = 2
SAY = functools.partial(print, flush=True)
GOOD = ("downloaded", "already there")
FAILURES = (  # the first that fits
    (
        exceptions.SSLError,
        "certificate not trusted",
        "Set REQUESTS_CA_BUNDLE to the file of your network's certificates.",
    ),
    (
        exceptions.ConnectionError,
        "not reached",
        "Connect to the network (behind a proxy set HTTPS_PROXY), fetch again.",
    ),
    (exceptions.HTTPError, "refused", "Fetch again later, or save the file by hand from the source's page."),
    (exceptions.RequestException, "interrupted", "Fetch again."),
    (OSError, "cannot be written", "Give a folder of yours with room for it."),
)


@dataclass(frozen=True)
class Result:
    """What became of one file: its path in the upstream folder, a state in a few words, and what to know or do."""

    name: str
    state: str
    detail: str = ""

    @property
    def good(self) -> bool:
        """Whether the file is there and verified."""
        return self.state in GOOD

    def __str__(self) -> str:
        return f"{self.name}: {self.state}" + (f". {self.detail}" if self.detail else ".")


def run(
    to: Path | str,
    wanted: list[str] | tuple[str, ...] = (),
    *,
    timeout: float = TIMEOUT,
    say: Callable[[Result], None] = SAY,
) -> list[Result]:
    """Bring the files of the wanted sources (all, if none is named) into the folder `to`; return one result per file.

    Parameters
    ----------
    to : path
        The upstream folder, as `python -m pakrus derive --from` takes it; made if it is not there.
    wanted : list of str
        Ids of sources in `sources.toml`.
    timeout : float
        Seconds without a new byte after which a connection is given up and tried again.
    say : callable
        Called with each result as soon as it is known.

    Raises
    ------
    UpstreamError
        When a source is unknown or the folder cannot be made.
    """
    records = sources()
    unknown = [source for source in wanted if source not in records]
    if unknown:
        raise UpstreamError(f"no source {', '.join(map(repr, unknown))}. There are: {', '.join(sorted(records))}.")
    try:
        Path(to).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UpstreamError(f"{to}: cannot be made ({error.strerror}). Give a folder of yours with --to DIR.") from None
    pooch.get_logger().setLevel(logging.WARNING)
    results = []
    for source in dict.fromkeys(wanted or records):
        for name in records[source]["files"]:
            results.append(_file(Path(to), name, records[source], timeout))
            say(results[-1])
    return results


def _file(to: Path, name: str, record: dict, timeout: float) -> Result:
    path, expected, url = to / name, record["files"][name], record.get("urls", {}).get(name)
    try:
        aside = ""
        if path.is_file():
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if found == expected:
                return Result(name, "already there")
            other = path.with_name(f"{path.name}.wrong-{found[:8]}")
            os.replace(path, other)
            aside = f"Its sha256 was {found}, expected {expected}; it is now {other}. "
        if url:
            return _download(path, name, expected, url, timeout)
        return Result(
            name, "wrong bytes" if aside else "no direct address known", aside + _by_hand(path, expected, record)
        )
    except OSError as error:
        state, remedy = next((state, remedy) for kind, state, remedy in FAILURES if isinstance(error, kind))
        what = " ".join(f"{url}: {error}".split()) if isinstance(error, exceptions.RequestException) else f"{error}"
        return Result(name, state, f"{what}. {remedy}")


def _download(path: Path, name: str, expected: str, url: str, timeout: float) -> Result:
    keeper = pooch.create(
        path.parent, "", registry={path.name: f"sha256:{expected}"}, urls={path.name: url}, retry_if_failed=RETRIES
    )
    try:
        keeper.fetch(path.name, downloader=pooch.HTTPDownloader(timeout=timeout))
    except exceptions.RequestException:
        raise
    except ValueError as error:  # other bytes: pooch has deleted them and names both sha256
        remedy = (
            "It is another edition or a page: save it by hand, review it and record it in pakrus/sources/sources.toml."
        )
        return Result(name, "wrong bytes", f"{url}: {' '.join(str(error).split())} {remedy}")
    return Result(name, "downloaded", f"{path.stat().st_size:,} bytes, sha256 as recorded")


def _by_hand(path: Path, expected: str, record: dict) -> str:
    where = f"Get it from {record['address']}"
    if not record["address"]:
        where = "No public address is known; ask the book's contributors for it"
    edition = f"{record['title']} ({record['edition']})"
    return f"{where}: {edition}. Save it as {path}; expected sha256 {expected}. Fetch again to verify it."
