"""Counting names in speeches, showing them in context, and saying how often the count is right.

What comes in: texts, and the lexicon's names with their exact rules. What goes out: counts, places with the words around them,
and shared runs of words. The one difficulty: the same letters are not always the same name, so a hand-checked sample says how
often a count is right, with its interval.
"""

import re

import pandas as pd

from pakrus.measures.lexicon import BY_CODE, GROUPS
from pakrus.measures.reliability import error_rate  # a share with its Wilson interval

WORD = re.compile(r"[^\W\d_]+(?:[.'’\-–][^\W\d_]+)*")


def words(text: str) -> int:
    """Return the number of words: runs of letters, with inner hyphens and apostrophes; numbers do not count."""
    return len(WORD.findall(text))


def plain(text: str) -> str:
    """Return one line of text: spaces for every run of white space, straight apostrophes."""
    return re.sub(r"\s+", " ", text.replace("\ufeff", " ").replace("’", "'").replace("‘", "'")).strip()


def spans(text: str, group: str) -> list[tuple[int, int]]:
    """Return where (start, end) the names of a group stand in a text, by the rules of `pakrus.measures.lexicon`."""
    return [match.span() for match in BY_CODE[group].pattern.finditer(text) if match["hit"]]


def mentions(text: str) -> dict[str, int]:
    """Return how often each group of the lexicon is named in a text."""
    return {group.code: len(spans(text, group.code)) for group in GROUPS}


def per_10000(count: int, length: int) -> float:
    """Return occurrences per 10,000 words; NaN for a text without words."""
    return 10000 * count / length if length else float("nan")


def concordance(text: str, group: str, width: int = 25) -> pd.DataFrame:
    """Return each name of a group with the words around it: `position`, `term`, `context` (at most `width` words).

    `position` is the number of words before the name. The name stands in the middle and in square brackets; where the
    text ends on one side, that side is shorter.
    """
    rows = []
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    for start, end in spans(text, group):
        first = next(i for i, (_, stop) in enumerate(tokens) if stop > start)
        last = next(i for i, (_, stop) in enumerate(tokens) if stop >= end)
        room = max(0, width - (last - first + 1))
        before, after = tokens[max(0, first - (room + 1) // 2) : first], tokens[last + 1 : last + 1 + room // 2]
        left, right = before[0][0] if before else tokens[first][0], after[-1][1] if after else tokens[last][1]
        rows.append((words(text[:start]), text[start:end], f"{text[left:start]}[{text[start:end]}]{text[end:right]}"))
    return pd.DataFrame(rows, columns=["position", "term", "context"])


def tokens(text: str) -> list[str]:
    """Return the words and numbers of a text in lower case, without punctuation: what two texts are compared by."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain(text).lower())


def shingles(text: str, size: int = 5) -> set[tuple[str, ...]]:
    """Return the set of all runs of `size` words of a text (w-shingles).

    Source: A. Z. Broder (1997), "On the resemblance and containment of documents", Proceedings of Compression and
    Complexity of Sequences, 21-29.
    """
    found = tokens(text)
    return {tuple(found[i : i + size]) for i in range(len(found) - size + 1)}


def resemblance(first: str, second: str, size: int = 5) -> dict:
    """Return how far two texts share runs of `size` words: `shared` (number of shingles), `resemblance`, `first_in_second`, `second_in_first`.

    Resemblance is the share of common shingles among all of both, containment that among those of one text (0-1);
    missing where a text is shorter than one shingle. Source: Broder (1997), as in `shingles`.
    """
    a, b = shingles(first, size), shingles(second, size)
    common = len(a & b)
    return {
        "shared": common,
        "resemblance": common / len(a | b) if a and b else float("nan"),
        "first_in_second": common / len(a) if a and b else float("nan"),
        "second_in_first": common / len(b) if a and b else float("nan"),
    }


def shared_runs(first: str, second: str, least: int = 8) -> pd.DataFrame:
    """Return the longest runs of words that two texts share: `words`, `first_start`, `second_start`, `text`.

    A run has at least `least` words and cannot be made longer on either side; punctuation and case do not count.
    Starts are counted in words from 0. A run inside a longer one of the same place in the first text is left out.
    """
    a, b = tokens(first), tokens(second)
    places: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(b) - least + 1):
        places.setdefault(tuple(b[j : j + least]), []).append(j)
    rows = []
    for i in range(len(a) - least + 1):
        for j in places.get(tuple(a[i : i + least]), []):
            if i and j and a[i - 1] == b[j - 1]:
                continue
            length = least
            while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
                length += 1
            rows.append((length, i, j, " ".join(a[i : i + length])))
    kept = [
        row
        for row in rows
        if not any(o is not row and o[1] <= row[1] and row[1] + row[0] <= o[1] + o[0] and o[0] > row[0] for o in rows)
    ]
    return pd.DataFrame(kept, columns=["words", "first_start", "second_start", "text"])


def precision_recall(checked: pd.DataFrame) -> pd.DataFrame:
    """Return per group how far a hand-checked sample bears out the count.

    `checked` has one row per judgement: `group` (empty where nothing was named) and `verdict`: `right` (counted and
    truly named), `wrong` (counted, but something else is meant), `missed` (named in a passage read, but not counted).
    Columns: `group`, `right`, `wrong`, `missed`, `precision` = right/(right+wrong) and `recall` = right/(right+missed),
    each with its 95 % Wilson interval (`_low`, `_high`). The last row, group `all`, pools them.

    Recall is that of the passages read. Where most of them were drawn because of a hit it flatters the count.
    """
    rows = []
    for group in [*[g.code for g in GROUPS if g.code in set(checked["group"].dropna())], "all"]:
        verdicts = checked["verdict"] if group == "all" else checked.loc[checked["group"] == group, "verdict"]
        right, wrong, missed = (int((verdicts == name).sum()) for name in ("right", "wrong", "missed"))
        row = {"group": group, "right": right, "wrong": wrong, "missed": missed}
        for name, total in (("precision", right + wrong), ("recall", right + missed)):
            values = error_rate(right, total) if total else (float("nan"),) * 3
            row |= dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
        rows.append(row)
    return pd.DataFrame(rows)
