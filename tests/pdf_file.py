"""What tests read out of a PDF without a library for it: its streams, its objects, what its pages draw."""

import contextlib
import re
import zlib
from functools import cached_property

_SPACE = rb"[\x00\t\n\f\r ]"
_TOKEN = re.compile(
    rb"(?:" + _SPACE + rb"|%[^\r\n]*)*"
    rb"(?:(?P<open><<|\[)|(?P<close>>>|\])|(?P<ref>\d+ \d+ R(?![A-Za-z]))|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))"
    rb"|(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*)|(?P<text>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))|(?P<hex><[0-9A-Fa-f\s]*>)"
    rb"|(?P<word>[A-Za-z'\"*][A-Za-z0-9'\"*]*))",
    re.DOTALL,
)
_STREAM = re.compile(_SPACE + rb"*stream\r?\n")
_WORDS = {b"true": True, b"false": False, b"null": None}
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def opened(content):
    """A PDF with its compressed streams opened."""
    found = [content]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(match.group(1)))
    return b"\n".join(found)


class Ref(int):
    """The number of an object that stands elsewhere."""


class Stream(dict):
    """A dictionary with the bytes that follow it."""

    data = b""

    @property
    def opened(self):
        """The bytes, decompressed."""
        return zlib.decompress(self.data) if self.get("Filter") else self.data


class Pdf:
    """The objects of a PDF by number. Names are words with a stroke before them, strings are bytes."""

    def __init__(self, content):
        self.content, self.known, self.places = content, {}, {}
        for match in re.finditer(rb"(?<![0-9])(\d+) 0 obj\b", content):
            self.places[int(match[1])] = (content, match.end())
        for number in list(self.places):
            held = self[number]
            if isinstance(held, Stream) and held.get("Type") == "/ObjStm":
                data, first = held.opened, held["First"]
                heads = [int(word) for word in data[:first].split()]
                for inner, at in zip(heads[::2], heads[1::2], strict=True):
                    self.places[inner] = (data, first + at)

    def __getitem__(self, number):
        """An object by its number; None if there is none."""
        if number not in self.known:
            self.known[number] = self.read(*self.places[number]) if number in self.places else None
        return self.known[number]

    def get(self, held, *names):
        """What is found in a dictionary by name, then in that by the next name; None if nothing is."""
        for name in names:
            held = self.value(held)
            held = held.get(name) if isinstance(held, dict) else None
        return self.value(held)

    def value(self, held):
        """What a reference stands for; anything else is itself."""
        while isinstance(held, Ref):
            held = self[int(held)]
        return held

    def read(self, data, at):
        """The object that begins at a place, with its stream."""
        held, at = parsed(data, at)
        follows = _STREAM.match(data, at) if isinstance(held, dict) else None
        if not follows:
            return held
        stream = Stream(held)
        length = self.value(held["Length"])
        stream.data = data[follows.end() : follows.end() + length]
        return stream

    @cached_property
    def trailer(self):
        """What the file says of itself at its end."""
        for number in self.places:
            held = self[number]
            if isinstance(held, dict) and "Root" in held and (held.get("Type") == "/XRef"):
                return held
        return parsed(self.content, self.content.rindex(b"trailer") + 7)[0]

    @cached_property
    def root(self):
        """The catalogue."""
        return self.value(self.trailer["Root"])

    @cached_property
    def pages(self):
        """The pages in order."""
        return list(self._below(self.root["Pages"]))

    def _below(self, node):
        node = self.value(node)
        if node.get("Type") == "/Page":
            yield node
        for kid in self.value(node.get("Kids")) or []:
            yield from self._below(kid)

    def drawn(self, page):
        """The bytes that draw a page."""
        contents = self.value(page.get("Contents"))
        parts = contents if isinstance(contents, list) else [page.get("Contents")]
        return b"\n".join(self.value(part).opened for part in parts if part is not None)


def parsed(data, at=0):
    """A PDF object and where it ends."""
    stack, kinds = [[]], []
    while True:
        token = _TOKEN.match(data, at)
        if not token:
            raise ValueError(f"no object at {at}: {data[at : at + 40]!r}")
        kind, words, at = token.lastgroup, token[token.lastgroup], token.end()
        if kind == "open":
            kinds.append(words)
            stack.append([])
            continue
        if kind == "close":
            held, opened_by = stack.pop(), kinds.pop()
            if opened_by == b"<<":
                held = {name[1:]: value for name, value in zip(held[::2], held[1::2], strict=True)}
            stack[-1].append(held)
        else:
            stack[-1].append(value_of(kind, words))
        if len(stack) == 1:
            return stack[0][0], at


def value_of(kind, words):
    """A number, name, string or reference as Python has it."""
    if kind == "ref":
        return Ref(words.split()[0])
    if kind == "number":
        return float(words) if b"." in words else int(words)
    if kind == "name":
        return re.sub(r"#([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), words.decode("latin-1"))
    if kind == "hex":
        digits = b"".join(words[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if kind == "text":
        plain = re.sub(rb"\\(\r?\n)", b"", words[1:-1])
        return re.sub(rb"\\([0-7]{1,3}|.)", _escaped, plain, flags=re.DOTALL)
    return _WORDS.get(words, words.decode("latin-1"))


def _escaped(found):
    word = found[1]
    return bytes([int(word, 8) & 255]) if word[:1].isdigit() else _ESCAPES.get(word, word)


def words(text):
    """A string of a PDF in words."""
    return text.decode("utf-16") if text[:2] in (b"\xfe\xff", b"\xff\xfe") else text.decode("latin-1")


def operators(data):
    """What a content stream does: each operator with the operands before it."""
    operands, at = [], 0
    while True:
        token = _TOKEN.match(data, at)
        if not token:
            return
        kind = token.lastgroup
        if kind == "word" and token["word"] not in _WORDS:
            yield token["word"].decode(), operands
            operands, at = [], token.end()
        elif kind == "open":
            held, at = parsed(data, token.start("open"))
            operands.append(held)
        else:
            operands.append(value_of(kind, token[kind]))
            at = token.end()
