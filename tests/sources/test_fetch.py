"""`python -m pakrus fetch` against a server on this machine that answers as it is told."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from pakrus import cli
from pakrus.sources import fetch
from pakrus.sources.files import Upstream, UpstreamError, sources

CONTENT = bytes(range(256)) * 20
PAGE = b"<html>Sign in</html>"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server(monkeypatch):
    """A server whose `plan` says how it treats each request (its last word holds on); `asked` counts them."""
    state = SimpleNamespace(plan=["good"], asked=0)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def do_GET(self):
            way = state.plan[min(state.asked, len(state.plan) - 1)]
            state.asked += 1
            if way.isdigit():
                return self.send_error(int(way))
            body = PAGE if way == "wrong" else CONTENT
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:2000] if way == "cut" else body)
            return None

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{httpd.server_port}/a.bin"
    monkeypatch.setattr("pooch.core.time.sleep", lambda seconds: None)
    yield state
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture
def source(server, monkeypatch):
    """Make sources.toml know one source of one file, which the server has."""
    record = {
        "title": "A table", "edition": "first", "address": "https://example.org/page",
        "files": {"folder/a.bin": DIGEST}, "urls": {"folder/a.bin": server.address},
    }  # fmt: skip
    monkeypatch.setattr(fetch, "sources", lambda: {"one": record})
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return record


def get(folder):
    (result,) = fetch.run(folder, say=lambda result: None, timeout=1)
    assert "\n" not in str(result)
    return result


def files(folder):
    return {path.name: path.read_bytes() for path in (folder / "folder").iterdir()}


def test_downloads_once_and_knows_it_again(server, source, tmp_path):
    assert get(tmp_path / "new").state == "downloaded"
    assert files(tmp_path / "new") == {"a.bin": CONTENT}
    assert get(tmp_path / "new").state == "already there" and server.asked == 1


@pytest.mark.parametrize(
    ("plan", "state", "said"),
    [
        (["cut", "503", "good"], "downloaded", "sha256 as recorded"),
        (["cut"], "interrupted|not reached", "again"),
        (["404"], "refused", "404"),
        (["wrong"], "wrong bytes", "sources.toml"),
    ],
)
def test_what_a_server_does_and_no_other_bytes_get_the_name(server, source, tmp_path, plan, state, said):
    server.plan = plan
    result = get(tmp_path)
    assert result.state in state.split("|") and said in result.detail
    assert result.good == ("a.bin" in files(tmp_path)) and set(files(tmp_path)) <= {"a.bin"}
    assert server.asked == 1 + fetch.RETRIES and (result.good or server.address in result.detail)
    if state == "wrong bytes":
        assert DIGEST in result.detail and hashlib.sha256(PAGE).hexdigest() in result.detail


def test_nobody_listens(source, tmp_path):
    source["urls"]["folder/a.bin"] = "http://127.0.0.1:9/a.bin"
    result = get(tmp_path)
    assert result.state == "not reached" and "HTTPS_PROXY" in result.detail


def test_another_file_already_there_is_set_aside(source, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.bin").write_bytes(b"mine")
    assert get(tmp_path).state == "downloaded"
    aside = f"a.bin.wrong-{hashlib.sha256(b'mine').hexdigest()[:8]}"
    assert files(tmp_path) == {"a.bin": CONTENT, aside: b"mine"}


def test_a_folder_that_is_a_file(source, tmp_path):
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
    assert "Save it as" in result.detail and "a.bin" not in files(tmp_path)
    (tmp_path / "folder" / "a.bin").write_bytes(CONTENT)
    assert get(tmp_path).state == "already there"


def test_the_command_succeeds_only_when_all_is_there(source, tmp_path, capsys):
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
    there = [
        source for source in sources() if source not in Upstream(upstream).absent()
    ]  # an optional one may be missing
    results = fetch.run(upstream, there, say=lambda result: None)
    assert {result.state for result in results} == {"already there"} and len(results) > 500
