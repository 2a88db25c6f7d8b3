"""How time and memory of `all_dyads` grow with the number of roll calls: each size measured in a process of its own.

When a reader needs it: before taking `all_dyads` to a larger set of votes, to see from `data/scaling.csv` or on their own
machine whether it will do, or whether the query of `pakrus.scale.engines` is called for.
"""

import multiprocessing
import os
import re
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from pakrus.measures import dyads

REPEATS = (1, 4, 16)
RUNS = 5
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
LATER = 1000  # what each repeat adds to the number of a session


def repeated(votes: pd.DataFrame, times: int) -> pd.DataFrame:
    """Return the roll calls `times` over, each repeat as further sessions."""
    parts = pd.concat([votes] * times, ignore_index=True)
    parts["session"] = parts["session"] + LATER * np.repeat(np.arange(times), len(votes))
    return parts


def _peak() -> float:
    """Return the most memory that this process has held so far, in MB (2**20 bytes)."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux; what getrusage says there includes the process that started this one
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 2**10
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _measure(votes: pd.DataFrame, times: int) -> dict:
    votes = repeated(votes, times)
    before = _peak()
    wall, processor = [], []
    for _ in range(RUNS):
        start, used = time.perf_counter(), time.process_time()
        pairs = len(dyads.all_dyads(votes))
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return {
        "repeats": times, "roll_calls": len(votes), "sessions": int(votes["session"].nunique()), "dyads": pairs,
        "seconds": round(min(wall), 2), "processor_seconds": round(min(processor), 2),
        "memory_mb": round(_peak()), "memory_added_mb": round(_peak() - before),
    }  # fmt: skip


def measure(votes: pd.DataFrame, repeats: tuple[int, ...] = REPEATS) -> pd.DataFrame:
    """Return one row per size of the input; `votes` is a table of codes of all states.

    Columns: `repeats` of the roll calls, `roll_calls`, `sessions`, `dyads` (rows of the answer), `seconds` and
    `processor_seconds` (the best of five runs), `memory_mb` (peak of the process), `memory_added_mb` (by how much
    `all_dyads` raised it), `machine` (its processor cores). The matrix products run in one thread: the matrices are
    small, a second thread gains nothing, and on a busy machine the two would wait for each other.
    """
    context = multiprocessing.get_context("spawn")
    rows = []
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        for times in repeats:
            with context.Pool(1) as pool:
                rows.append(pool.apply(_measure, (votes, times)))
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    return pd.DataFrame(rows).assign(machine=f"{os.cpu_count()} cores")
