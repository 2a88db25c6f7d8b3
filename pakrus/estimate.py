"""A value that knows what it is: its interval, how many things it rests on, its unit, its digits and its words.

What comes in: numbers that a measure computed. What goes out: an `Estimate`, which is printed the same way wherever it
stands (in a chapter's table of facts, in a sentence, in a caption). The one difficulty is that a reader must see how exact
a number is, and that two pages must print the same number alike: so the digits belong to the measure, not to the page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from pakrus.terms import year_of_session

NAN = float("nan")
MINUS = "−"
PERCENT = "\u00a0%"  # a number and its sign stay on one line
SHARE, NUMBER, YEAR, TEXT = "share", "number", "year", "text"


def number(value: float, digits: int = 0) -> str:
    """Return a number as readers see it: thousands separated, a true minus sign, `digits` decimals."""
    shown = f"{float(value):,.{digits}f}"
    if float(shown.replace(",", "")) == 0:
        shown = shown.lstrip("-")  # no minus before a zero
    return shown.replace("-", MINUS)


def signed(value: float, digits: int = 0) -> str:
    """Return a number with its sign: +4, −4, 0 (what is printed as zero has none)."""
    shown = number(value, digits)
    return shown if shown.startswith(MINUS) or not shown.strip("0.,") else f"+{shown}"


def percent(share: float, digits: int = 0) -> str:
    """Return a share (0-1) as a percentage with its sign."""
    return f"{number(100 * float(share), digits)}{PERCENT}"


@dataclass(frozen=True)
class Estimate:
    """A value with its interval (missing where there is none), what it rests on, and how it is written.

    `n` is the number of things that the value rests on, `covers` says which (years, a source). `kind` is `share` (a
    number from 0 to 1, printed in per cent), `number`, `year` (printed without separator) or `text` (then `value` is a
    finished text). `digits` are decimals as printed; `unit` is the unit in words, for the table of facts; `words` says what
    the value is, in a few words and without the number. A number that is a `change` is printed with its sign.
    """

    value: float | str
    low: float = NAN
    high: float = NAN
    n: int | None = None
    covers: str = ""
    kind: str = NUMBER
    digits: int = 0
    unit: str = ""
    words: str = ""
    change: bool = False

    @property
    def text(self) -> str:
        """The value as it is printed.

        Raises
        ------
        ValueError
            When there is no value: a sentence cannot print what is missing.
        """
        written = self._written(self.value)
        return signed(self.value, self.digits) if self.change and self.kind == NUMBER else written

    @property
    def interval(self) -> str:
        """The interval as it is printed ("52 to 60 %"); empty where there is none."""
        if self.kind == TEXT or math.isnan(self.low) or math.isnan(self.high):
            return ""
        low, high = self._written(self.low), self._written(self.high)
        return f"{low.removesuffix(PERCENT)} to {high}"

    def _written(self, value: float | str) -> str:
        if self.kind == TEXT:
            if not isinstance(value, str) or not value.strip():
                raise ValueError(f"{self.words or 'a fact'}: {value!r} is no finished text")
            return value
        if value is None or math.isnan(float(value)):
            raise ValueError(f"{self.words or 'a fact'}: the value is missing, so no sentence can print it")
        if self.kind == SHARE:
            return percent(value, self.digits)
        return str(round(float(value))) if self.kind == YEAR else number(value, self.digits)

    def times(self, factor: float, **changes: object) -> Estimate:
        """Return the estimate multiplied by a factor (its interval too), with other changes by name."""
        ends = sorted((self.low * factor, self.high * factor))
        return replace(self, value=self.value * factor, low=ends[0], high=ends[1], **changes)

    def said(self, words: str) -> Estimate:
        """Return the same estimate with other words."""
        return replace(self, words=words)


def share(
    value: float, words: str, n: int | None = None, low: float = NAN, high: float = NAN, digits: int = 0
) -> Estimate:
    """Return a share (0-1), printed in per cent, of `n` things."""
    return Estimate(float(value), float(low), float(high), None if n is None else int(n), "", SHARE, digits, "%", words)


def count(value: int, words: str, unit: str = "") -> Estimate:
    """Return a number of things: `value` may also be the things themselves (anything with a length)."""
    whole = len(value) if hasattr(value, "__len__") else int(value)
    return Estimate(whole, unit=unit, words=words)


def quantity(
    value: float, words: str, digits: int = 0, unit: str = "", n: int | None = None, low: float = NAN, high: float = NAN
) -> Estimate:  # fmt: skip
    """Return a number with `digits` decimals in a unit."""
    return Estimate(
        float(value), float(low), float(high), None if n is None else int(n), "", NUMBER, digits, unit, words
    )


def year(value: int, words: str) -> Estimate:
    """Return a calendar year (or the number of a session): printed without a separator."""
    return Estimate(int(value), kind=YEAR, words=words)


def text(value: str, words: str) -> Estimate:
    """Return a finished text that was computed: a date in words, a name."""
    return Estimate(str(value), kind=TEXT, words=words)


def span_in_words(frame: pd.DataFrame) -> str:
    """Return ", SCO era" for rows that `Phase.of` cut: what a fact is about is part of its words.

    Rows that no one cut are all there are: their sessions or years are said; nothing of rows that have neither.
    """
    if frame.attrs.get("span"):
        return f", {frame.attrs['span']}"
    column = next((name for name in ("session", "year") if name in frame.columns), None)
    if column is None or frame[column].dropna().empty:
        return ""
    ends = [int(frame[column].min()), int(frame[column].max())]
    return (
        f", {sessions_in_words(*map(year_of_session, ends))}" if column == "session" else f", {years_in_words(*ends)}"
    )


def years_in_words(first: int, last: int) -> str:
    """Return "1965–1971", or "1965" where both are one year."""
    return str(first) if first == last else f"{first}–{last}"


def sessions_in_words(first: int, last: int) -> str:
    """Return "sessions of 1965–1971" (years in which they opened), or "session of 1965"."""
    return f"session{'' if first == last else 's'} of {years_in_words(first, last)}"
