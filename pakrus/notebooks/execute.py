"""Execute notebooks where they lie and store them, always in the same bytes.

In comes a notebook as an editor left it; out goes the same notebook with the outputs of a fresh kernel, without time
stamps, editors' settings and this machine's version of Python. The difficulty is to touch nothing without need: a page
is built again when its notebook's file changes, so a notebook whose outputs came out the same is not written at all, and
one that fails stays as it was. The kernels inherit the caller's environment: `book.py` sets time zone, language and hash
seed, so that no setting of a reader's machine gets into an output. They are told that what they show is stored: who runs a chapter in
JupyterLab waits for no form of a figure that JupyterLab does not show.
"""

import asyncio
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

from pakrus import store
from pakrus.folder import ROOT
from pakrus.notebooks import files, links

FOLDERS = ("chapters", "back-matter")


class NoNotebook(Exception):
    """No notebook has the name that was asked for; the message lists those that there are."""


def notebooks(root: Path = ROOT) -> list[Path]:
    """Return every notebook of the book in a folder: the landing page, the chapters, the back matter."""
    return [*sorted(root.glob("*.ipynb")), *(p for folder in FOLDERS for p in sorted((root / folder).glob("*.ipynb")))]


def find(names: Iterable[str], root: Path = ROOT) -> list[Path]:
    """Return the notebooks meant: all, or those whose name is or contains one of `names` (paths and suffixes are ignored).

    Raises
    ------
    NoNotebook
        When a name fits none, or there is no notebook at all.
    """
    everything = notebooks(root)
    if not everything:
        raise NoNotebook("there is no notebook in chapters/: get the whole book, then run the same command again")
    found = []
    for name in names:
        stem = name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".ipynb")
        hits = [p for p in everything if p.stem == stem] or [p for p in everything if stem and stem in p.stem]
        if not hits:
            raise NoNotebook(f"no chapter is called {name}; there are: {', '.join(p.stem for p in everything)}")
        found += [path for path in hits if path not in found]
    return found or everything


def run(names: Iterable[str] = (), root: Path = ROOT) -> int:
    """Execute the notebooks meant, as many at a time as there are processors, then write the texts of their links.

    Prints one line per notebook: stored, unchanged or FAILED with the cell and its error. Returns 0, or 1 if one failed.
    """
    return asyncio.run(_run(find(names, root), root))


async def _run(chosen: list[Path], root: Path) -> int:
    places = asyncio.Semaphore(max(2, os.cpu_count() or 2))
    finished = 0

    async def one(path: Path) -> bool:
        nonlocal finished
        async with places:
            started = time.monotonic()
            result = await execute(path)
        finished += 1
        name, seconds = path.relative_to(root).as_posix(), time.monotonic() - started
        print(f"[{finished}/{len(chosen)}] {name}: {result} ({seconds:.1f} s)", flush=True)
        return not result.startswith("FAILED")

    done = await asyncio.gather(*map(one, chosen))
    # once, when all facts are known: pages quote each other's numbers
    try:
        changed = links.write(root)
    except links.LinkError as error:
        print(f"links: {error}", flush=True)
        return 1
    if changed:
        print(f"link texts written: {', '.join(changed)}", flush=True)
    return 0 if all(done) else 1


async def execute(path: Path) -> str:
    """Execute one notebook with a fresh kernel and store it; return "stored", "unchanged" or "FAILED" with the error."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from nbformat import from_dict

    before = path.read_bytes()
    try:
        notebook = from_dict(files.plain(json.loads(before.decode("utf-8"))))
    except (ValueError, KeyError, TypeError) as error:
        return f"FAILED\n{path.name} is no notebook ({error!r}): restore it, e.g. with git checkout"
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=600,
        extra_arguments=["--IPKernelApp.log_level=40"],  # warns of each kernel on the terminal otherwise
        record_timing=False,
        coalesce_streams=True,  # one stream however the kernel's messages were cut
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        await client.async_execute(env={**os.environ, store.FORMS: "all"})
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return f"FAILED\n{error}"
    text = files.as_text(notebook)
    if path.read_bytes() != before:
        return f"FAILED\n{path.name} was saved by somebody else while it ran: nothing is stored; run it again"
    if before == text.encode("utf-8"):
        return "unchanged"  # and not touched, so that the pages are not built again
    files.write(path, text)
    return "stored"
