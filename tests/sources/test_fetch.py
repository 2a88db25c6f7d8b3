"""`python -m pakrus fetch` against a server on this machine that does everything that servers do to downloads."""

import contextlib
import errno
import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from pakrus import cli
from pakrus.sources import fetch
from pakrus.sources.files import UpstreamError, sources

CONTENT = bytes(range(256)) * 2000  # 512,000 bytes
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server():
    """A server whose `plan` says how it treats each request (its last word holds on); `asked` lists their Range."""
    state = SimpleNamespace(plan=["good"], asked=[], released=threading.Event())

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def do_GET(self):
            wanted = self.headers.get("Range")
            way = state.plan[min(len(state.asked), len(state.plan) - 1)]
            state.asked.append(wanted)
            if way.isdigit():
                return self.send_error(int(way))
            body = b"<html>Sign in</html>" * 99 if way == "wrong" else CONTENT
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and way != "no range" else 0
            if start and start >= len(body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(body)}")
                self.send_header("Content-Length", "0")
                return self.end_headers()
            self.send_response(206 if start else 200)
            if start:
                first = start - 7 if way == "another part" else start
                self.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
            if way == "no length":
                self.close_connection = True
            else:
                self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            if way == "trickle":
                for byte in body[:60]:
                    self.wfile.write(bytes([byte]))
                    if state.released.wait(0.05):
                        return None
            if way in ("cut", "stall"):
                self.wfile.write(body[start : start + 200_000])
                if way == "stall":
                    state.released.wait(10)
                self.close_connection = True
            else:
                self.wfile.write(body[start:])
            return None

        def handle(self):
            with contextlib.suppress(ConnectionError):  # the client has given up, as it should
                super().handle()

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{httpd.server_port}"
    yield state
    state.released.set()
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture
def source(server, monkeypatch):
    """Make sources.toml know one source of one file, which the server has."""
    record = {
        "title": "A table", "edition": "first", "address": "https://example.org/page",
        "files": {"folder/a.bin": DIGEST}, "urls": {"folder/a.bin": f"{server.address}/a.bin"},
    }  # fmt: skip
    monkeypatch.setattr(fetch, "sources", lambda: {"one": record})
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return record


def get(folder, *wanted, **options):
    (result,) = fetch.run(
        folder, wanted, say=lambda result: None, **{"timeout": 0.4, "attempts": 3, "pause": 0.01} | options
    )
    return result


def only_the_file(folder):
    assert [path.name for path in (folder / "folder").iterdir()] == ["a.bin"]
    assert (folder / "folder" / "a.bin").read_bytes() == CONTENT


def half(folder, content=CONTENT[:300_000]):
    (folder / "folder").mkdir(parents=True)
    (folder / "folder" / "a.bin.part").write_bytes(content)


def test_downloads_once_and_knows_it_again(server, source, tmp_path):
    assert get(tmp_path / "new").state == "downloaded"
    only_the_file(tmp_path / "new")
    assert get(tmp_path / "new", "one").state == "already there"
    assert server.asked == [None]


def test_truncation_is_resumed_where_it_broke_off(server, source, tmp_path):
    server.plan = ["cut", "cut", "good"]
    assert get(tmp_path).state == "downloaded"
    only_the_file(tmp_path)
    assert server.asked == [None, "bytes=200000-", "bytes=400000-"]


def test_endless_truncation_stops_and_the_next_call_goes_on(server, source, tmp_path):
    server.plan = ["cut"]
    result = get(tmp_path, attempts=2)
    assert result.state == "interrupted" and "400,000 of 512,000 bytes" in result.detail
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["a.bin.part"]
    server.plan = ["good"]
    assert get(tmp_path).state == "downloaded"
    assert server.asked[-1] == "bytes=400000-"
    only_the_file(tmp_path)


def test_resumes_a_half_file(server, source, tmp_path):
    half(tmp_path)
    assert get(tmp_path).state == "downloaded"
    assert server.asked == ["bytes=300000-"]
    only_the_file(tmp_path)


@pytest.mark.parametrize("way", ["no range", "another part", "no length"])
def test_half_file_and_a_server_that_does_not_resume_properly(server, source, tmp_path, way):
    half(tmp_path)
    server.plan = [way, "good"]
    assert get(tmp_path).state == "downloaded"
    only_the_file(tmp_path)


def test_a_whole_part_is_taken_and_one_too_long_is_not(server, source, tmp_path):
    half(tmp_path, CONTENT)
    assert get(tmp_path).state == "downloaded"
    half(tmp_path / "long", CONTENT + b"more")
    assert get(tmp_path / "long").state == "downloaded"
    only_the_file(tmp_path)
    only_the_file(tmp_path / "long")


def test_a_half_of_another_edition_is_given_up(server, source, tmp_path):
    half(tmp_path, b"x" * 300_000)
    assert get(tmp_path).state == "downloaded"
    assert server.asked == ["bytes=300000-", None]
    only_the_file(tmp_path)


def test_wrong_bytes_never_get_the_name(server, source, tmp_path):
    server.plan = ["wrong"]
    result = get(tmp_path)
    found = hashlib.sha256(b"<html>Sign in</html>" * 99).hexdigest()
    assert result.state == "wrong bytes" and len(server.asked) == 1
    for words in (DIGEST, found, server.address, "sources.toml", f"a.bin.wrong-{found[:8]}"):
        assert words in result.detail
    assert [path.name for path in (tmp_path / "folder").iterdir()] == [f"a.bin.wrong-{found[:8]}"]


def test_wrong_file_already_there_is_set_aside_and_replaced(server, source, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.bin").write_bytes(b"mine")
    assert get(tmp_path).state == "downloaded"
    aside = f"a.bin.wrong-{hashlib.sha256(b'mine').hexdigest()[:8]}"
    assert {path.name: path.read_bytes() for path in (tmp_path / "folder").iterdir()} == {
        "a.bin": CONTENT,
        aside: b"mine",
    }


@pytest.mark.parametrize(
    ("code", "state", "requests"),
    [(404, "not found", 1), (410, "not found", 1), (403, "refused", 1), (503, "refused", 3)],
)
def test_an_answer_that_is_no_file(server, source, tmp_path, code, state, requests):
    server.plan = [str(code)]
    result = get(tmp_path)
    assert result.state == state and f"HTTP {code}" in result.detail and f"{server.address}/a.bin" in result.detail
    assert len(server.asked) == requests
    assert list((tmp_path / "folder").iterdir()) == []


def test_busy_server_is_asked_again(server, source, tmp_path):
    server.plan = ["503", "429", "good"]
    assert get(tmp_path).state == "downloaded"


@pytest.mark.parametrize("way", ["stall", "trickle"])
def test_a_stalled_connection_ends(server, source, tmp_path, way):
    server.plan = [way]
    started = time.monotonic()
    result = get(tmp_path, attempts=2)
    assert result.state == "stalled" and "for 0.4 s" in result.detail
    assert time.monotonic() - started < 5
    assert not (tmp_path / "folder" / "a.bin").exists()
    assert len(server.asked) == 2 and server.asked[1].startswith("bytes=")


def test_a_stalled_connection_is_resumed(server, source, tmp_path):
    server.plan = ["stall", "good"]
    assert get(tmp_path).state == "downloaded"
    assert server.asked == [None, "bytes=200000-"]
    only_the_file(tmp_path)


def test_pauses_grow_and_are_bounded(server, source, tmp_path, monkeypatch):
    server.plan, pauses = ["503"], []
    monkeypatch.setattr(fetch.time, "sleep", pauses.append)
    assert get(tmp_path, attempts=5, pause=1.0).state == "refused"
    assert pauses == [1.0, 2.0, 4.0, 8.0]


def test_nobody_listens(server, source, tmp_path, monkeypatch):
    source["urls"]["folder/a.bin"] = "http://127.0.0.1:9/a.bin"
    source["files"]["b.bin"], source["urls"]["b.bin"] = DIGEST, "http://127.0.0.1:9/b.bin"
    pauses = []
    monkeypatch.setattr(fetch.time, "sleep", pauses.append)
    results = fetch.run(tmp_path, say=lambda result: None, attempts=3)
    assert [result.state for result in results] == ["not reached"] * 2 and "HTTPS_PROXY" in results[0].detail
    assert len(pauses) == 2  # the second file is not waited for again


def test_no_space_keeps_what_came_and_stops(server, source, tmp_path, monkeypatch):
    source["files"]["b.bin"] = DIGEST
    source["urls"]["b.bin"] = f"{server.address}/b.bin"
    real, written = open, []

    class Full:
        def __init__(self, path, mode, buffering):
            self.file, self.name = real(path, mode, buffering=buffering), str(path)

        def write(self, chunk):
            if sum(written) + len(chunk) > 100_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            written.append(len(chunk))
            return self.file.write(chunk)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

    def open_on_a_full_disk(path, mode, buffering=-1):
        return real(path, mode) if mode == "rb" else Full(path, mode, buffering)

    monkeypatch.setattr(fetch, "open", open_on_a_full_disk, raising=False)
    results = fetch.run(tmp_path, say=lambda result: None, timeout=2, attempts=3, pause=0.01)
    assert [result.state for result in results] == ["no space", "not tried"]
    assert "full" in results[0].detail and not (tmp_path / "folder" / "a.bin").exists()
    assert len(server.asked) == 1  # a full disk does not empty itself
    kept = (tmp_path / "folder" / "a.bin.part").read_bytes()
    assert kept == CONTENT[: len(kept)] and kept
    monkeypatch.delattr(fetch, "open")
    assert [result.state for result in fetch.run(tmp_path, say=lambda result: None)] == ["downloaded"] * 2
    assert server.asked[1] == f"bytes={len(kept)}-"


def test_a_folder_that_is_a_file(server, source, tmp_path):
    (tmp_path / "folder").write_text("in the way")
    assert get(tmp_path).state == "cannot be written"
    with pytest.raises(UpstreamError, match="--to DIR"):
        fetch.run(tmp_path / "folder")


def test_no_direct_address_says_page_file_and_sha256(source, tmp_path):
    del source["urls"]
    result = get(tmp_path)
    assert result.state == "no direct address known" and not result.good
    for words in ("https://example.org/page", "A table (first)", str(tmp_path / "folder" / "a.bin"), DIGEST):
        assert words in result.detail
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.bin").write_bytes(b"another edition")
    result = get(tmp_path)
    assert result.state == "wrong bytes" and hashlib.sha256(b"another edition").hexdigest() in result.detail
    assert not (tmp_path / "folder" / "a.bin").exists()
    (tmp_path / "folder" / "a.bin").write_bytes(CONTENT)
    assert get(tmp_path).state == "already there"


def test_the_command_succeeds_only_when_all_is_there(server, source, tmp_path, capsys):
    source["files"]["b.bin"] = DIGEST
    assert cli.main(["fetch", "--to", str(tmp_path), "one"]) == 1
    out = capsys.readouterr().out
    assert "folder/a.bin: downloaded" in out and "b.bin: no direct address known" in out and "1 of 2 files" in out
    (tmp_path / "b.bin").write_bytes(CONTENT)
    assert cli.main(["fetch", "--to", str(tmp_path)]) == 0
    assert "2 of 2 files" in capsys.readouterr().out
    assert cli.main(["fetch", "--to", str(tmp_path), "two"]) == 2
    assert "There are: one." in capsys.readouterr().err


def test_addresses_belong_to_recorded_files():
    for source, record in sources().items():
        assert set(record.get("urls", {})) <= set(record["files"]), source
        assert all(url.startswith("https://") for url in record.get("urls", {}).values()), source


@pytest.mark.upstream
def test_the_upstream_folder_is_complete(upstream):
    wanted = [
        source for source, record in sources().items() if all((upstream / name).is_file() for name in record["files"])
    ]
    assert len(wanted) >= 10
    assert {result.state for result in fetch.run(upstream, wanted, say=lambda result: None)} == {"already there"}
