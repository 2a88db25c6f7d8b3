"""Download upstream files for who has a network: every byte verified, broken downloads resumed, every failure named.

A file gets its final name only when its sha256 is the one recorded in `upstream/sources.toml`; until then it is
`NAME.part`, which the next call continues. Other bytes are set aside as `NAME.wrong-XXXXXXXX` (the first digits of
their sha256), never deleted: they may be a new edition that is worth reviewing. Most sources have no direct address;
for these the page, the file and the sha256 are named, and who has saved the file there gets it verified.
"""

import errno
import functools
import hashlib
import http.client
import os
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pakrus.sources.files import UpstreamError, sources

TIMEOUT = 30.0  # seconds without a new byte, and the span in which LEAST_BYTES must arrive
LEAST_BYTES = 1024
ATTEMPTS = 4
PAUSE = 1.0  # seconds before the second attempt; doubled each time
CHUNK = 1 << 16
RETRIED = {408, 425, 429, 500, 502, 503, 504}
AGAIN = "Fetch it again: what has arrived is kept and continued."
SAY = functools.partial(print, flush=True)
GOOD = ("downloaded", "already there")


@dataclass(frozen=True)
class Result:
    """What became of one file: its path in the upstream folder, a state in a few words, and what to know or do."""

    name: str
    state: str
    detail: str = ""

    @property
    def good(self) -> bool:
        return self.state in GOOD

    def __str__(self) -> str:
        return f"{self.name}: {self.state}" + (f". {self.detail}" if self.detail else ".")


class _Failed(Exception):
    """One attempt failed: the state to report, what to know, and whether another attempt may help."""

    def __init__(self, state: str, detail: str, again: bool = False):
        super().__init__(state)
        self.state, self.detail, self.again = state, detail, again


def run(
    to: Path | str,
    wanted: list[str] | tuple[str, ...] = (),
    *,
    timeout: float = TIMEOUT,
    attempts: int = ATTEMPTS,
    pause: float = PAUSE,
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
        Seconds without progress after which a connection counts as stalled.
    attempts, pause : int, float
        How often a file is tried, and the seconds before the second attempt (doubled before each later one).
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
    results: list[Result] = []
    full = False
    for source in dict.fromkeys(wanted or records):
        record = records[source]
        for name, expected in record["files"].items():
            if full:
                result = Result(name, "not tried", "The disk is full; see above.")
            else:
                down = bool(results) and results[-1].state == "not reached"  # then once is enough
                result = _file(Path(to), name, expected, record, timeout, 1 if down else attempts, pause)
            full = full or result.state == "no space"
            results.append(result)
            say(result)
    return results


def _file(to: Path, name: str, expected: str, record: dict, timeout: float, attempts: int, pause: float) -> Result:
    path = to / name
    url = record.get("urls", {}).get(name)
    found = None
    try:
        if path.is_file():
            found = _digest(path)
            if found == expected:
                return Result(name, "already there")
            aside = _set_aside(path, path, found)
            if not url:
                remedy = _by_hand(path, expected, record)
                return Result(name, "wrong bytes", f"{_both(expected, found)} It is now {aside}. {remedy}")
        if not url:
            return Result(name, "no direct address known", _by_hand(path, expected, record))
        path.parent.mkdir(parents=True, exist_ok=True)
        return _download(path, name, expected, url, timeout, attempts, pause, _origin(record))
    except _Failed as failure:
        return Result(name, failure.state, failure.detail)
    except OSError as error:
        failure = _of_file_system(error, path)
        return Result(name, failure.state, failure.detail)


def _download(
    path: Path, name: str, expected: str, url: str, timeout: float, attempts: int, pause: float, origin: str
) -> Result:
    part = path.with_name(path.name + ".part")
    failure = None
    for attempt in range(attempts):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        resumed = part.is_file() and part.stat().st_size > 0
        try:
            _attempt(url, part, timeout)
            found = _digest(part)
            if found == expected:
                os.replace(part, path)
                return Result(name, "downloaded", f"{path.stat().st_size:,} bytes, sha256 as recorded")
            if resumed:  # the first half may have been of another edition: once more from the start
                part.unlink()
                raise _Failed("wrong bytes", f"{_both(expected, found)} Fetch it again.", again=True)
            aside = _set_aside(part, path, found)
            raise _Failed(
                "wrong bytes",
                f"{_both(expected, found)} {url} gives another edition than {origin}, or a page instead of "
                f"the file; what it gave is {aside}. Get the recorded edition, or review the new one and record it in "
                "pakrus/sources/sources.toml.",
            )
        except _Failed as error:
            failure = error
            if not error.again:
                raise
    raise failure or _Failed("not tried", "No attempt was allowed.")


def _attempt(url: str, part: Path, timeout: float) -> None:
    """Bring the `.part` file to its full length; raise _Failed saying why that could not be done."""
    have = part.stat().st_size if part.is_file() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "pakrus-fetch", "Accept-Encoding": "identity"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            start = _start(response) if response.status == 206 else 0
            if start not in (0, have):
                part.unlink()
                raise _interrupted(f"{url} sent another part than was asked for")
            length = response.headers.get("Content-Length")
            wanted = int(length) if length and length.isdigit() else None
            with _opened(part, "ab" if start else "wb") as file:
                got = 0
                for chunk in _chunks(response, timeout):
                    _write(file, chunk)
                    got += len(chunk)
        if wanted is not None and got < wanted:
            raise _interrupted(f"{url} broke off after {start + got:,} of {start + wanted:,} bytes")
    except urllib.error.HTTPError as error:
        with error:
            _refused(error, url, part, have)
    except TimeoutError:
        raise _stalled(url, timeout) from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _stalled(url, timeout) from None
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            remedy = "Set SSL_CERT_FILE to the file of the certificates that your network uses."
            raise _Failed("certificate not trusted", f"{url}: {error.reason.verify_message}. {remedy}") from None
        remedy = "Connect to the network (behind a proxy set HTTPS_PROXY) and fetch again."
        raise _Failed("not reached", f"{url}: {error.reason}. {remedy}", again=True) from None
    except (http.client.HTTPException, ConnectionError) as error:
        raise _interrupted(f"{url}: {error or type(error).__name__}") from None


def _refused(error: urllib.error.HTTPError, url: str, part: Path, have: int) -> None:
    """What an answer other than success means; returns only when the `.part` file is already whole."""
    if error.code == 416 and have:
        if error.headers.get("Content-Range", "").replace(" ", "").endswith(f"/{have}"):
            return
        part.unlink()
        raise _interrupted(f"{url} has fewer bytes than were there already")
    if error.code in (404, 410):
        remedy = "Look for the file on the source's page and save it by hand."
        raise _Failed("not found", f"HTTP {error.code}: {url} is not there (any more). {remedy}")
    answer = f"HTTP {error.code} ({error.reason}) from {url}"
    raise _Failed("refused", f"{answer}. Try later, or get the file by hand.", again=error.code in RETRIED)


def _start(response: http.client.HTTPResponse) -> int:
    """The first byte that a partial answer holds, or -1 when it does not say."""
    unit, _, span = response.headers.get("Content-Range", "").partition(" ")
    first = span.partition("-")[0]
    return int(first) if unit == "bytes" and first.isdigit() else -1


def _chunks(response: http.client.HTTPResponse, timeout: float) -> Iterator[bytes]:
    """The body as it arrives; a trickle below LEAST_BYTES per `timeout` counts as stalled, too."""
    since, arrived = time.monotonic(), 0
    while chunk := response.read1(CHUNK):
        yield chunk
        arrived += len(chunk)
        if arrived >= LEAST_BYTES:
            since, arrived = time.monotonic(), 0
        elif time.monotonic() - since > timeout:
            raise TimeoutError


def _opened(part: Path, mode: str) -> BinaryIO:
    try:
        return open(part, mode, buffering=0)
    except OSError as error:
        raise _of_file_system(error, part) from None


def _write(file: BinaryIO, chunk: bytes) -> None:
    try:
        view = memoryview(chunk)
        while view:
            view = view[file.write(view) :]
    except OSError as error:
        raise _of_file_system(error, Path(file.name)) from None


def _of_file_system(error: OSError, path: Path) -> _Failed:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        remedy = "Free some space and fetch again: what has arrived is kept and continued."
        return _Failed("no space", f"The disk of {path.parent} is full. {remedy}")
    return _Failed("cannot be written", f"{error.filename or path}: {error.strerror}. Give a folder of yours.")


def _stalled(url: str, timeout: float) -> _Failed:
    return _Failed("stalled", f"{url} sent next to nothing for {timeout:g} s. {AGAIN}", again=True)


def _interrupted(what: str) -> _Failed:
    return _Failed("interrupted", f"{what}. {AGAIN}", again=True)


def _set_aside(path: Path, final: Path, found: str) -> Path:
    aside = final.with_name(f"{final.name}.wrong-{found[:8]}")
    os.replace(path, aside)
    return aside


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _both(expected: str, found: str) -> str:
    return f"Expected sha256 {expected}, found {found}."


def _origin(record: dict) -> str:
    return f"{record['title']} ({record['edition']})"


def _by_hand(path: Path, expected: str, record: dict) -> str:
    where = f"Get it from {record['address']}"
    if not record["address"]:
        where = "No public address is known; ask the book's contributors for it"
    return f"{where}: {_origin(record)}. Save it as {path}; expected sha256 {expected}. Fetch again to verify it."
