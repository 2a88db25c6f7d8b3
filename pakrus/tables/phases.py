"""The phases and their rival boundaries as they lie in `data/`, sealed or not: deriving comes before sealing.

Who moves a boundary edits `phases.csv` or `phase_boundaries.csv`, derives, and seals what has changed in one go.
`pakrus.data.load` would refuse the edited file until it is sealed, so the two are read here without their seals.
"""

import pandas as pd

from pakrus import data
from pakrus import phases as sealed
from pakrus.folder import Folder


def _read(name: str, *numbers: str) -> pd.DataFrame:
    path = Folder.default().table(name)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)  # as text: the date 1991 is no number
    try:
        return frame.mask(frame == "").astype(dict.fromkeys(numbers, "int64"))
    except (KeyError, ValueError) as error:
        expected = f"whole numbers expected in {', '.join(numbers)}"
        raise data.DataError(f"{path}: {error}; {expected}. Run 'python -m pakrus check' for row and column.") from None


def table() -> pd.DataFrame:
    """Return `phases.csv`: dates as text (empty = missing), `number`, `first_session` and `last_session` as numbers."""
    return _read("phases", "number", "first_session", "last_session")


def boundaries() -> pd.DataFrame:
    """Return `phase_boundaries.csv`: dates as text (of any precision), `first_session` as a number."""
    return _read("phase_boundaries", "first_session")


def sessions() -> dict[str, tuple[int, int]]:
    """Return each phase's first and last session of the General Assembly."""
    return sealed.sessions(table())
