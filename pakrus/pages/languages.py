"""Which words are in which language: by their script, and for the title of a source by its entry in references.bib.

In come running text and titles; out go pieces of text, each with a language tag (BCP 47) or none where the words are
the book's own English. The one difficulty: ``langid`` says in what language a source is written, but its title may
stand here translated, described or in Latin letters. So letters of another script always say what they are; a title in
Latin letters is taken as the source's own only if no word of English grammar occurs in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from docutils import nodes

CODES = {
    "arabic": "ar",
    "bengali": "bn",
    "bulgarian": "bg",
    "chinese": "zh",
    "dutch": "nl",
    "french": "fr",
    "german": "de",
    "hindi": "hi",
    "indonesian": "id",
    "italian": "it",
    "japanese": "ja",
    "kazakh": "kk",
    "korean": "ko",
    "pashto": "ps",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "russian": "ru",
    "sindhi": "sd",
    "spanish": "es",
    "tajik": "tg",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "uzbek": "uz",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "sd", "ur"})
# letters of a script; the languages written in it, of which a source's own goes before what letters tell
_SCRIPTS = {
    "arabic": ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", {"ar", "fa", "ps", "sd", "ur"}),
    "cyrillic": ("\u0400-\u052f", {"bg", "kk", "ru", "tg", "uk", "uz"}),
    "bengali": ("\u0980-\u09ff", {"bn"}),
    "devanagari": ("\u0900-\u0963\u0966-\u097f", {"hi"}),
    "gurmukhi": ("\u0a00-\u0a7f", {"pa"}),
    "kana": ("\u3040-\u30ff", {"ja"}),
    "han": ("\u3400-\u4dbf\u4e00-\u9fff", {"zh", "ja"}),
    "hangul": ("\u1100-\u11ff\uac00-\ud7af", {"ko"}),
}
# what may stand between two words of one language without ending it
_BETWEEN = r"[\s\d.,:;!?…·،۔؛؟।«»„“”\"'’№%/()\[\]\-–—]"
_RUNS = re.compile(
    "|".join(
        rf"(?P<{script}>[«„]?[{letters}](?:[{letters}\u200c\u200d\u0300-\u036f]|{_BETWEEN}+(?=[{letters}]))*[»؟۔…]?)"
        for script, (letters, _) in _SCRIPTS.items()
    )
)
_ANY = re.compile(f"[{''.join(letters for letters, _ in _SCRIPTS.values())}]")
_URDU, _ARABIC, _PERSIAN = re.compile("[ٹڈڑںےۓہھۂۃ]"), re.compile("[يكىةإأؤئ]"), re.compile("ه")
_ENGLISH = {
    "a", "an", "and", "as", "asked", "at", "began", "between", "by", "ends", "for", "from", "has", "have", "in", "is",
    "meets", "not", "of", "on", "says", "sign", "the", "to", "visits", "with",
}  # fmt: skip
# the same letters are words of grammar there
_SHARED = {
    "de": {"in", "an"}, "es": {"a", "has", "on"}, "fr": {"a", "as", "has", "on"}, "id": {"at"}, "it": {"a", "in"},
    "nl": {"an", "in", "is", "of"}, "pl": {"a", "to"}, "pt": {"a", "as", "has"}, "ru": {"a", "by", "to"}, "uk": {"a", "to"},
}  # fmt: skip
_LATIN = {code for code in CODES.values() if code in {"de", "es", "fr", "id", "it", "nl", "pl", "pt", "tr", "uz"}}
_REMARK = re.compile(r"\s*\((?:[^()]*\b(?:in|version|text|interview|headline|comment|abstract)\b[^()]*|[A-Z][a-z]+)\)$")


class Piece(NamedTuple):
    """Words and their language; None where they are English."""

    text: str
    language: str | None


class foreign(nodes.Inline, nodes.TextElement):
    """Words in another language than the book's; ``language`` is its tag."""


def pieces(text: str, own: str | None = None) -> list[Piece]:
    """Cut a text where its script changes; ``own`` is the tag of the language that its source is written in."""
    if not _ANY.search(text):  # nearly all
        return [Piece(text, None)] if text else []
    found, end = [], 0
    for match in _RUNS.finditer(text):
        if match.start() > end:
            found.append(Piece(text[end : match.start()], None))
        found.append(Piece(match.group(), _language(match.group(), match.lastgroup or "", own)))
        end = match.end()
    return [*found, Piece(text[end:], None)] if end < len(text) else found


def title_pieces(title: str, langid: str = "") -> list[Piece]:
    """Cut the title of a source, ``langid`` being that of its entry; the pieces together are the title."""
    own = CODES.get(langid.lower())
    found = pieces(title, own)
    if own is None or any(piece.language for piece in found) or not title:
        return found
    remark = _REMARK.search(title)
    words, rest = (title[: remark.start()], title[remark.start() :]) if remark else (title, "")
    before, bracket, described = words.partition(" [")
    if bracket and before.strip():
        words, rest = before, bracket + described + rest
    if _is_english(words, own):
        return [Piece(title, None)]
    return [Piece(words, own if own in _LATIN else f"{own}-Latn"), *([Piece(rest, None)] if rest else [])]


def direction(language: str) -> str | None:
    """Return "rtl" for what is written from right to left, else None: the page's own direction holds."""
    return "rtl" if language in RIGHT_TO_LEFT else None


def as_nodes(found: list[Piece]) -> list[nodes.Node]:
    """The pieces as nodes, each foreign one marked."""
    return [
        foreign("", piece.text, language=piece.language) if piece.language else nodes.Text(piece.text)
        for piece in found
    ]


def _is_english(words: str, own: str) -> bool:
    known = _ENGLISH - _SHARED.get(own, set())
    # capitals inside a title are names and initials ("A.", "RF"): only the first word may begin with one
    found = re.findall(r"[^\W\d_]+", words)
    return any((word.lower() if not number else word) in known for number, word in enumerate(found))


def _language(words: str, script: str, own: str | None) -> str:
    written = _SCRIPTS[script][1]
    if own in written:
        return own
    if script == "arabic":
        if _URDU.search(words):
            return "ur"
        if _ARABIC.search(words):
            return "ar"
        return "fa" if _PERSIAN.search(words) else "ur"
    if script == "cyrillic":
        return "uk" if re.search("[іїєґІЇЄҐ]", words) else "ru"
    return {"bengali": "bn", "devanagari": "hi", "gurmukhi": "pa", "kana": "ja", "han": "zh", "hangul": "ko"}[script]
