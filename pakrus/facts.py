"""Numbers for the prose: formatted here, glued in the chapters, compared by nbval on every test."""

import re

from IPython.display import display

MINUS = "−"
RECORD = "application/papermill.record/"  # where myst-nb looks for glued values


def number(value: float, digits: int = 0) -> str:
    """Return a number as readers see it: thousands separated, a true minus sign, `digits` decimals."""
    return f"{float(value):,.{digits}f}".replace("-", MINUS)


def percent(share: float, digits: int = 0) -> str:
    """Return a share (0-1) as a percentage with its sign."""
    return f"{number(100 * float(share), digits)} %"


def interval(low: float, high: float, digits: int = 2) -> str:
    """Return an interval as "low to high"."""
    return f"{number(low, digits)} to {number(high, digits)}"


def publish(**values: object) -> None:
    """Glue values under their names for `{glue:text}` in the prose.

    Strings are glued as they are; integers get thousands separators (years, 1900-2099, do not). Floats must be formatted
    first with `number`, `percent` or `interval`, so that every page says how exact it is.

    Raises
    ------
    ValueError
        For an empty text, a float or a name that is not lower-case words joined by underscores.
    """
    for name, value in values.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise ValueError(f"{name!r}: lower-case letters, digits and underscores expected")
        if hasattr(value, "__index__") and not isinstance(value, bool):
            whole = int(value)
            value = str(whole) if 1900 <= whole <= 2099 else number(whole)
        if not isinstance(value, str) or not value or value == "nan":
            raise ValueError(
                f"{name}: {value!r} is no finished text; format it with facts.number, facts.percent or facts.interval"
            )
        _glue(name, value)


def _glue(name: str, text: str) -> None:
    """Store a text as `myst_nb.glue` does; importing that takes longer than all else that a chapter imports."""
    record = {"name": name, "mime_prefix": RECORD}
    display({f"{RECORD}text/plain": repr(text)}, raw=True, metadata={"scrapbook": record})
