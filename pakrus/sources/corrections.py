"""Known errors of upstream files: what is wrong, what is used instead, and a stop when the publisher has mended it.

`corrections.toml` says for each error which file, row and column, the value that is expected to be found there
(`expect`), what is used (`use`: `drop`, `empty`, `keep` or the right value) and why. A reader passes a table through
`apply`, or, where the error is not one cell of a table, what it found through `confirm`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from pakrus.sources.files import UpstreamError

RECORD = Path(__file__).with_name("corrections.toml")


@dataclass(frozen=True)
class Correction:
    """One error of one upstream file; `row` names the columns and values that single out the row."""

    id: str
    file: str
    row: dict
    column: str
    expect: str
    use: str
    why: str

    @property
    def place(self) -> str:
        """Where the error stands: row key and column."""
        return ", ".join(f"{key} {value}" for key, value in self.row.items()) + f", column {self.column}"


@cache
def corrections() -> tuple[Correction, ...]:
    """Return the record of known errors, in the order of `corrections.toml`."""
    return tuple(Correction(**entry) for entry in tomllib.loads(RECORD.read_text(encoding="utf-8"))["correction"])


def _text(value) -> str:
    """Return a cell as the record writes it: no '.0' behind whole numbers, missing = empty."""
    if pd.isna(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _mended(correction: Correction, found: str) -> UpstreamError:
    return UpstreamError(
        f"{correction.file}: correction {correction.id} no longer applies: found {found!r} at {correction.place}, "
        f"expected {correction.expect!r}. The publisher may have mended it: look at the row, then remove or renew the "
        f"correction in pakrus/sources/{RECORD.name}."
    )


def apply(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """Return the table with the corrections of `file` applied, those whose column and key columns the table has.

    Raises
    ------
    UpstreamError
        When a row is not there exactly once, or does not hold the expected value.
    """
    frame = frame.copy()
    for correction in corrections():
        if correction.file != file or not {*correction.row, correction.column} <= set(frame.columns):
            continue
        match = pd.Series(True, index=frame.index)
        for column, value in correction.row.items():
            match &= frame[column].map(_text) == str(value)
        if match.sum() != 1:
            raise _mended(correction, f"{int(match.sum())} such rows")
        index = match.idxmax()
        found = _text(frame.at[index, correction.column])
        if found != correction.expect:
            raise _mended(correction, found)
        if correction.use == "drop":
            frame = frame.drop(index=index)
        elif correction.use == "empty":
            frame.loc[index, correction.column] = None
        elif correction.use != "keep":
            frame[correction.column] = frame[correction.column].astype(object)
            frame.at[index, correction.column] = type(frame.at[index, correction.column])(correction.use)
            frame[correction.column] = frame[correction.column].infer_objects()
    return frame.reset_index(drop=True)


def confirm(identifier: str, found) -> Correction:
    """Return a correction after checking that the error is still there: `found` must read as `expect`.

    Raises
    ------
    UpstreamError
        When the file no longer shows the error.
    KeyError
        When there is no such correction.
    """
    by_id = {correction.id: correction for correction in corrections()}
    correction = by_id[identifier]
    if _text(found) != correction.expect:
        raise _mended(correction, _text(found))
    return correction
