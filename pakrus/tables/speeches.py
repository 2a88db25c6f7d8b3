"""Speeches in the General Debate: how often six states name each other and Kashmir, and in which words.

In: the texts of `pakrus.sources.speeches`. Out: the tables `ungd_mentions` and `ungd_contexts`, and the places that were
read by hand for `ungd_checked`. The difficulty is the gap: a session without a speech is missing, not silent.
"""

import re

import numpy as np
import pandas as pd

from pakrus.measures import text as measures
from pakrus.measures.lexicon import GROUPS
from pakrus.sources import speeches
from pakrus.sources.files import Upstream
from pakrus.sources.speeches import SPEAKERS
from pakrus.tables import phases
from pakrus.terms import session_of_year, year_of_session

LAST = session_of_year(2024)
WINDOW = 12
SEED = 1947
PAIR = (("PAK", "RUS"), ("RUS", "PAK"))


def _lines(upstream: Upstream) -> dict[tuple[str, int], str]:
    return {key: measures.plain(text) for key, text in speeches.read(upstream).items()}


def read(upstream: Upstream) -> dict[tuple[str, int], str]:
    """Return the speeches, one line each, by speaker and session, read once."""
    return upstream.once(_lines)


def mentions(upstream: Upstream) -> pd.DataFrame:
    """Return how often each speech names each group of the lexicon (see `pakrus.measures.lexicon`).

    Columns: `speaker`, `session`, `year`, `phase` (in which the session opened), `words`, `group`, `self` (the
    speaker's own state), `mentions`, `per_10000_words`. Sessions of which the corpus has no speech, from
    a state's first speech on, are rows without words and mentions: a gap, not zero.
    """
    texts = read(upstream)
    phase_of = {s: phase for phase, (first, last) in phases.sessions().items() for s in range(first, last + 1)}
    rows = []
    for speaker in SPEAKERS:
        begun = min(session for state, session in texts if state == speaker)
        for session in range(begun, LAST + 1):
            text = texts.get((speaker, session))
            length = measures.words(text) if text else None
            counts = measures.mentions(text) if text else {}
            for group in GROUPS:
                count = counts.get(group.code)
                rate = round(measures.per_10000(count, length), 3) if text else None
                here = (speaker, session, year_of_session(session), phase_of.get(session), length, group.code)
                rows.append((*here, group.code == speaker, count, rate))
    names = ["speaker", "session", "year", "phase", "words", "group", "self", "mentions", "per_10000_words"]
    return pd.DataFrame(rows, columns=names).astype({"words": "Int64", "mentions": "Int64"})


def contexts(upstream: Upstream) -> pd.DataFrame:
    """Return each mention of the USSR or Russia by Pakistan, and of Pakistan by them, in at most 12 words.

    Columns: `speaker`, `session`, `year`, `group`, `number` (of the mention in the speech), `position` (words before
    it), `term`, `context` (the term in square brackets).
    """
    texts, frames = read(upstream), []
    for speaker, group in PAIR:
        for (state, session), text in sorted(texts.items()):
            if state != speaker:
                continue
            found = measures.concordance(text, group, WINDOW)
            found = found.assign(speaker=speaker, session=session, year=year_of_session(session), group=group)
            frames.append(found.assign(number=range(1, len(found) + 1)))
    names = ["speaker", "session", "year", "group", "number", "position", "term", "context"]
    return pd.concat(frames, ignore_index=True)[names]


def draw_sample(upstream: Upstream, hits: int = 120, passages: int = 40, length: int = 60) -> pd.DataFrame:
    """Return the places that were read by hand for `ungd_checked`, drawn with a fixed seed.

    Mentions of others (not of the speaker's own state) are drawn in equal numbers per group; passages are runs of
    `length` words in which the lexicon finds nothing. Columns: `sample` (`hit`, `no-hit`), `speaker`, `session`,
    `group`, `position` (words before it), `term`, `passage` (what is to be read).
    """
    generator = np.random.default_rng(SEED)
    texts, rows = read(upstream), []
    for number, group in enumerate(GROUPS):
        places = [
            (state, session, start, end)
            for (state, session), text in sorted(texts.items()) if state != group.code
            for start, end in measures.spans(text, group.code)
        ]  # fmt: skip
        share = hits // len(GROUPS) + (number < hits % len(GROUPS))
        for i in sorted(generator.choice(len(places), size=share, replace=False)):
            state, session, start, end = places[i]
            text = texts[state, session]
            passage = f"{_tail(text[:start], length // 2)}[{text[start:end]}]{_head(text[end:], length // 2)}"
            rows.append(("hit", state, session, group.code, measures.words(text[:start]), text[start:end], passage))
    empty = []
    for (state, session), text in sorted(texts.items()):
        starts = [match.start() for match in measures.WORD.finditer(text)]
        for first in range(0, len(starts) - length, length):
            passage = text[starts[first] : starts[first + length]]
            if not any(measures.mentions(passage).values()):
                empty.append((state, session, first, passage))
    for i in sorted(generator.choice(len(empty), size=passages, replace=False)):
        state, session, first, passage = empty[i]
        rows.append(("no-hit", state, session, None, first, None, passage))
    return pd.DataFrame(rows, columns=["sample", "speaker", "session", "group", "position", "term", "passage"])


def _tail(text: str, number: int) -> str:
    return "".join(re.findall(r"\S+\s*", text)[-number:])


def _head(text: str, number: int) -> str:
    return "".join(re.findall(r"\s*\S+", text)[:number])
