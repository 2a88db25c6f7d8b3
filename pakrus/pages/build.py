"""Build the HTML book (`python -m pakrus.pages.build`): every warning is an error, also of a missing reference.

Jupyter Book reads again only the pages whose own text has changed. But a page hangs on the package, the data and the
environment as well, so all pages are forgotten when one of these changed; and after a build that failed, since the
warnings of pages that are not read again do not come back and the next build would pass.
"""

import contextlib
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from pakrus import refusals

# `python -m jupyter_book.cli.main` does nothing and succeeds, and the script's first line breaks in some folders. Two savings,
# together a fifth of a full build: trees of pages are not garbage, so that Python need not look through them every moment; and a
# parser of addresses, which the check of `_config.yml` would compile at every start though it has no address to check, is hidden
STAMP = "pages.sha256"  # what the web pages were made of
START = """\
import gc, sys
gc.set_threshold(100_000, 50, 100)
sys.modules["rfc3987_syntax"] = None
from jupyter_book.cli.main import main
sys.argv[0] = "jupyter-book"
main()
"""


def main(arguments: list[str], root: Path) -> int:
    """Build the book of a folder into its `_build/html`; more `arguments` go to Jupyter Book. Return its exit code."""
    made, state = root / "_build", forget_what_changed(root)
    code = _jupyter_book("build", str(root), "-W", "-n", "--keep-going", *arguments)
    page = made / "html" / "index.html"
    if code == 0 and not page.exists():
        print("book.py: the build ended without making its first page", file=sys.stderr)
        code = 1
    if code:
        forget(made)
    else:
        (made / STAMP).write_text(state)
        print(f"\nThe book is ready. Open {page}")
    return code


def forget_what_changed(root: Path) -> str:
    """Have every page read again if what all hang on has changed since the pages were made; return its digest.

    For whoever builds from the same trees, the PDFs and the e-book too. They leave the stamp alone: it is the web pages' own.
    """
    stamp, state = root / "_build" / STAMP, _pages_depend_on(root)
    if not stamp.exists() or stamp.read_text() != state:
        forget(root / "_build")
    return state


def _jupyter_book(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-c", START, *arguments]).returncode


def _pages_depend_on(root: Path) -> str:
    """A digest of what every page may hang on beside its own text: the package, the data, the environment."""
    digest = hashlib.sha256(_sha256(root / "requirements.txt").encode())
    for folder in (root / "pakrus", root / "data"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(root).as_posix()} {_sha256(path)}\n".encode())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def forget(made: Path) -> None:
    """Have every page read again."""
    shutil.rmtree(made / ".doctrees", ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        (made / STAMP).unlink()


if __name__ == "__main__":
    sys.exit(refusals.guarded(lambda: main(sys.argv[1:], Path.cwd()), "book.py: "))
