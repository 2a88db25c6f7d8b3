"""A folder of publishers' files: what was opened is credited to everything that rests on it."""

import hashlib

import pytest

from pakrus.sources import files
from pakrus.sources.files import Upstream, UpstreamError

CONTENT = {"a.csv": "one", "b.csv": "two", "c.csv": "three"}
DIGESTS = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in CONTENT.items()}


@pytest.fixture
def upstream(tmp_path, monkeypatch):
    """A folder of three files of two sources."""
    for name, text in CONTENT.items():
        (tmp_path / name).write_text(text)
    of = {"first": ("a.csv", "b.csv"), "second": ("c.csv",)}
    records = {
        source: {"title": "T", "edition": "E", "address": "", "files": {name: DIGESTS[name] for name in names}}
        for source, names in of.items()
    }
    monkeypatch.setattr(files, "sources", lambda: records)
    return Upstream(tmp_path)


def reader(upstream, name="a.csv"):
    return upstream.path(name).read_text()


def table(upstream):
    return upstream.once(reader), upstream.path("c.csv").read_text()


def twin(upstream):
    return upstream.once(reader) + upstream.once(reader, "b.csv")


def test_a_cached_reader_is_credited_to_every_table_that_uses_it(upstream):
    assert upstream.once(table) == ("one", "three") and upstream.once(twin) == "onetwo"
    assert upstream.opened(table) == {"first": {"a.csv": DIGESTS["a.csv"]}, "second": {"c.csv": DIGESTS["c.csv"]}}
    assert upstream.opened(twin) == {"first": {name: DIGESTS[name] for name in ("a.csv", "b.csv")}}
    assert upstream.opened(reader, "b.csv") == {"first": {"b.csv": DIGESTS["b.csv"]}}


def test_what_a_broken_reader_opened_is_nobody_elses(upstream):
    def broken(upstream):
        upstream.path("c.csv")
        raise UpstreamError("stop")

    def forgiving(upstream):
        with pytest.raises(UpstreamError):
            upstream.once(broken)
        return upstream.once(reader)

    upstream.once(forgiving)
    assert upstream.opened(forgiving) == {"first": {"a.csv": DIGESTS["a.csv"]}}
