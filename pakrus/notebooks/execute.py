"""stand-in until the branch `tests` lands"""

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location("book_py", Path(__file__).resolve().parents[2] / "book.py")
_m = importlib.util.module_from_spec(spec)
spec.loader.exec_module(_m)


def notebook_text(nb):
    from nbformat import from_dict

    return _m.notebook_text(from_dict(nb))
