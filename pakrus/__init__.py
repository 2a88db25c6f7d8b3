"""Data, measures, figures and page extensions of *Pakistan and Russia since 1947: an executable history*."""


def __getattr__(name: str) -> str:
    """`__version__` is the version of CITATION.cff: one line of the file, read when it is asked for."""
    if name == "__version__":
        import re
        from pathlib import Path

        text = Path(__file__).resolve().parent.with_name("CITATION.cff").read_text(encoding="utf-8")
        return re.search(r"^version: *[\"']?([^\s\"']+)", text, re.MULTILINE)[1]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
