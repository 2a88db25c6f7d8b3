"""Speeches in the General Debate: the United Nations General Debate Corpus, one text per state and session."""

import re

from pakrus.sources.files import Upstream, require, sources
from pakrus.terms import year_of_session

SPEAKERS = ("PAK", "RUS", "IND", "CHN", "USA", "AFG")
SHORTEST = 500  # words; the shortest speech of these six has more than 670


def read(upstream: Upstream) -> dict[tuple[str, int], str]:
    """Return the speeches as they stand in the corpus, by speaker (ISO3) and session.

    The corpus holds one text per state and session; a state without one is missing, not silent.

    Raises
    ------
    UpstreamError
        When a file's name, encoding or length is not what is expected of a speech.
    """
    texts = {}
    for name in sources()["ungdc"]["files"]:
        match = re.fullmatch(r"ungdc/TXT/([A-Z]{3})_(\d{2})_(\d{4})\.txt", name)
        require(match is not None, name, "a name like ungdc/TXT/PAK_26_1971.txt expected.")
        speaker, session, year = match[1], int(match[2]), int(match[3])
        fits = speaker in SPEAKERS and year_of_session(session) == year
        require(fits, name, "speaker, session and year do not fit.")
        try:
            text = upstream.path(name).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            require(False, name, f"not UTF-8 at byte {error.start}.")
        length = len(text.split())
        require(length >= SHORTEST, name, f"{length} words, at least {SHORTEST} expected.")
        texts[speaker, session] = text
    return texts
